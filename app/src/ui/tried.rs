//! What an entry gives, shown under its field, and words with the simplest marks.

use super::json::{coloured, pretty};
use leptos::prelude::*;

/// More characters of a value than these are not shown.
const MOST: usize = 2_000;

/// More lines of it neither.
const LINES: usize = 14;

/// What became of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tried {
    /// It gives this JSON; the caption says on which data.
    Value {
        /// JSON text.
        text: String,
        /// For example "On the sample input".
        caption: String,
    },
    /// It fails; the caption says on which data, or is empty.
    Fault {
        /// A sentence.
        words: String,
        /// On which data.
        caption: String,
    },
    /// Nobody can tell yet; a sentence says what to do.
    Unknown(String),
}

/// What an entry gives.
#[component]
pub(super) fn TriedView(id: String, #[prop(into)] tried: Signal<Option<Tried>>) -> impl IntoView {
    let shown = move || {
        tried.get().map(|tried| match tried {
            Tried::Value { text, caption } => {
                let text = cut(&pretty(&text));
                view! {
                    <span class="tried-caption">{caption}</span>
                    <pre class="json">{coloured(&text)}</pre>
                }
                .into_any()
            }
            Tried::Fault { words, caption } => view! {
                <span class="tried-caption">{caption}</span>
                <p class="tried-fault">{words}</p>
            }
            .into_any(),
            Tried::Unknown(words) => view! { <p class="t3">{words}</p> }.into_any(),
        })
    };
    view! { <div class="tried" id=id hidden=move || tried.with(Option::is_none)>{shown}</div> }
}

fn cut(text: &str) -> String {
    let long = text.char_indices().nth(MOST).map(|(at, _)| at);
    let high = text.match_indices('\n').nth(LINES - 1).map(|(at, _)| at);
    match long.into_iter().chain(high).min() {
        Some(at) => format!("{} …", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// A piece of marked words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'t> {
    Plain(&'t str),
    Code(&'t str),
    Strong(&'t str),
}

/// Cuts a paragraph at `` `code` `` and `**bold**`.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let next = ["`", "**"]
            .into_iter()
            .filter_map(|mark| {
                let start = rest.find(mark)?;
                let inner = rest.get(start + mark.len()..)?;
                let length = inner.find(mark)?;
                Some((
                    start,
                    mark,
                    inner.get(..length)?,
                    inner.get(length + mark.len()..)?,
                ))
            })
            .min_by_key(|(start, ..)| *start);
        let Some((start, mark, inner, after)) = next else {
            found.push(Piece::Plain(rest));
            break;
        };
        if start > 0 {
            found.push(Piece::Plain(rest.get(..start).unwrap_or_default()));
        }
        found.push(match mark {
            "`" => Piece::Code(inner),
            _ => Piece::Strong(inner),
        });
        rest = after;
    }
    found
}

/// Words in paragraphs, with `code` and **bold**.
pub fn marked(text: &str) -> impl IntoView + use<> {
    let paragraphs = text.split("\n\n").map(|paragraph| {
        let pieces = pieces(paragraph).into_iter().map(|piece| match piece {
            Piece::Plain(text) => text.to_owned().into_any(),
            Piece::Code(text) => view! { <code>{text.to_owned()}</code> }.into_any(),
            Piece::Strong(text) => view! { <b>{text.to_owned()}</b> }.into_any(),
        });
        view! { <p>{pieces.collect_view()}</p> }
    });
    paragraphs.collect_view()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_from_words_and_lone_ones_stay() {
        assert_eq!(
            pieces("Last value: `{\"a\": 1}` of **A**"),
            [
                Piece::Plain("Last value: "),
                Piece::Code("{\"a\": 1}"),
                Piece::Plain(" of "),
                Piece::Strong("A"),
            ]
        );
        assert_eq!(pieces("a ` b ** c"), [Piece::Plain("a ` b ** c")]);
    }

    #[test]
    fn a_long_value_is_cut_between_characters() {
        let text = "ä".repeat(MOST + 1);
        assert_eq!(cut(&text).chars().count(), MOST + 2);
        assert_eq!(cut(&"a\n".repeat(50)).lines().count(), LINES);
        assert_eq!(cut("short"), "short");
    }
}
