//! JSON shown in colour, and a light editor that says what is wrong and where.

use super::attention::Attention;
use super::field::{Field, is_new};
use super::tried::{Tried, TriedView};
use super::{fresh_id, note::Notes};
use crate::text::{common, ui as words};
use asl::text::{Document, Node, Positions};
use leptos::callback::Callable;
use leptos::prelude::*;
use serde_json::Value;

/// What a piece of JSON text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// The name of a member.
    Key,
    /// A string.
    Text,
    /// A number.
    Number,
    /// `true`, `false`, `null`.
    Literal,
    /// Everything else.
    Plain,
}

impl Piece {
    /// The class that gives its colour.
    pub fn class(self) -> &'static str {
        match self {
            Self::Key => "jk",
            Self::Text => "js",
            Self::Number => "jn",
            Self::Literal => "jl",
            Self::Plain => "",
        }
    }
}

/// Cuts JSON text into pieces of one colour; also works for text that is no valid JSON.
pub fn pieces(text: &str) -> Vec<(Piece, &str)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (piece, length) = match first {
            '"' => string_piece(rest),
            '-' | '0'..='9' => (
                Piece::Number,
                run(rest, |c| {
                    c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '-')
                }),
            ),
            'a'..='z' => (Piece::Literal, run(rest, |c| c.is_ascii_lowercase())),
            _ => (
                Piece::Plain,
                run(rest, |c| c != '"' && c != '-' && !c.is_ascii_alphanumeric())
                    .max(first.len_utf8()),
            ),
        };
        let (head, tail) = rest.split_at(length);
        found.push((piece, head));
        rest = tail;
    }
    found
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

fn string_piece(text: &str) -> (Piece, usize) {
    let mut escaped = false;
    let close = text.char_indices().skip(1).find(|&(_, c)| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    let length = close.map_or(text.len(), |(at, _)| at + 1);
    let is_key = text
        .get(length..)
        .is_some_and(|rest| rest.trim_start().starts_with(':'));
    (if is_key { Piece::Key } else { Piece::Text }, length)
}

/// JSON text with two spaces of indentation; text that is no JSON stays as it is.
pub fn pretty(text: &str) -> String {
    serde_json::from_str::<Value>(text)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| text.to_owned())
}

/// One line or text in colour.
pub fn coloured(text: &str) -> impl IntoView + use<> {
    pieces(text)
        .into_iter()
        .map(|(piece, part)| view! { <span class=piece.class()>{part.to_owned()}</span> })
        .collect_view()
}

/// JSON text in colour, indented.
#[component]
pub fn JsonView(
    /// JSON text; may change.
    #[prop(into)]
    text: Signal<String>,
    /// What it is called.
    #[prop(optional, into)]
    label: Signal<String>,
) -> impl IntoView {
    view! {
        <pre class="json" tabindex="0" aria-label=move || Some(label.get()).filter(|label| !label.is_empty())>
            {move || coloured(&pretty(&text.get()))}
        </pre>
    }
}

/// Reads an entry: empty is no value; otherwise JSON, or a sentence that says what is wrong and where.
pub fn read(entry: &str) -> Result<Option<Value>, String> {
    if entry.trim().is_empty() {
        return Ok(None);
    }
    serde_json::from_str(entry).map(Some).map_err(|error| {
        // A number out of range is JSON all the same.
        fault_of(entry, &Document::parse_strict(entry))
            .unwrap_or_else(|| words::unreadable(&error.to_string()))
    })
}

/// Reads an entry in which placeholders (`${Name}`) may stand outside quotes, as in a definition.
fn read_with_placeholders(entry: &str) -> Result<Option<Value>, String> {
    let document = Document::parse(entry);
    if document.open_placeholders().is_empty() {
        return read(entry);
    }
    match fault_of(entry, &document) {
        Some(words) => Err(words),
        None => Ok(document.root().and_then(Node::to_value)),
    }
}

/// The first fault of an entry, with its place.
fn fault_of(entry: &str, document: &Document) -> Option<String> {
    let fault = document.faults().first()?;
    let place = Positions::new(entry).line_column(fault.span.start);
    Some(common::at_place(place.line, place.column, &fault.message))
}

/// An editor for a small piece of JSON. A wrong entry stays with a message and changes nothing.
#[component]
pub fn JsonEditor(
    /// What it is called.
    #[prop(into)]
    label: Signal<String>,
    /// The present value, as text.
    #[prop(into)]
    value: Signal<String>,
    /// Takes a finished entry; none when it was emptied.
    #[prop(into)]
    on_change: UnsyncCallback<Option<Value>>,
    /// The tooltip of the label.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// Shown while it is empty.
    #[prop(optional, into)]
    placeholder: Signal<String>,
    /// How many lines it shows at least.
    #[prop(default = 4)]
    rows: u32,
    /// Whether it is part of a definition, where placeholders may stand outside quotes.
    #[prop(optional)]
    placeholders: bool,
    /// What is known of the value.
    #[prop(optional)]
    notes: Notes,
    /// What an entry gives, shown under it while it is written.
    #[prop(optional)]
    attempt: Option<Callback<String, Option<Tried>>>,
) -> impl IntoView {
    let id = fresh_id("json");
    let read = if placeholders {
        read_with_placeholders
    } else {
        read
    };
    let error = RwSignal::new(None::<String>);
    let lines = Signal::derive(move || {
        let count = u32::try_from(value.with(|text| text.lines().count())).unwrap_or(u32::MAX);
        count.saturating_add(1).clamp(rows, 18)
    });
    Effect::new(move || {
        value.track();
        error.set(None);
    });
    let take = move |event: web_sys::Event| {
        let entry = event_target_value(&event);
        match read(&entry) {
            Ok(found) => {
                error.set(None);
                if is_new(value, &entry) {
                    on_change.run(found);
                }
            }
            Err(message) => error.set(Some(message)),
        }
    };
    let (attention, entry) = (Attention::new(), RwSignal::new(String::new()));
    let tried = Memo::new(move |_| {
        let attempt = attempt.filter(|_| attention.is_on())?;
        attempt.run(entry.get())
    });
    let described = match attempt {
        Some(_) => format!("{} {id}-tried", Notes::described(&id)),
        None => Notes::described(&id),
    };
    let judge = move |event: web_sys::Event| {
        if attempt.is_some() {
            entry.set(event_target_value(&event));
        }
        // While typing, only a message that is there already is kept up to date.
        if error.with_untracked(Option::is_some) {
            error.set(read(&event_target_value(&event)).err());
        }
    };
    view! {
        <Field id=id.clone() label=label hint=hint error=error notes=notes>
            <textarea
                id=id.clone()
                class="area mono"
                class:bad=move || error.with(Option::is_some) || notes.is_bad()
                rows=move || lines.get()
                autocomplete="off"
                spellcheck="false"
                wrap="off"
                placeholder=move || placeholder.get()
                aria-describedby=described
                aria-invalid=move || (error.with(Option::is_some) || notes.is_bad()).to_string()
                prop:value=move || value.get()
                on:input=judge
                on:change=take
                on:focus=move |event| if attempt.is_some() {
                    entry.set(event_target_value(&event));
                    attention.gained();
                }
                on:blur=move |_| if attempt.is_some() { attention.lost() }
            ></textarea>
            {attempt.map(|_| view! { <TriedView id=format!("{id}-tried") tried=tried/> })}
        </Field>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_strings_numbers_and_literals_are_told_apart() {
        let found = pieces(r#"{"a": "x\"y", "n": -1.5e3, "t": true}"#);
        let kinds: Vec<_> = found
            .iter()
            .filter(|(piece, _)| *piece != Piece::Plain)
            .copied()
            .collect();
        assert_eq!(
            kinds,
            [
                (Piece::Key, "\"a\""),
                (Piece::Text, "\"x\\\"y\""),
                (Piece::Key, "\"n\""),
                (Piece::Number, "-1.5e3"),
                (Piece::Key, "\"t\""),
                (Piece::Literal, "true"),
            ]
        );
    }

    #[test]
    fn cutting_loses_no_character_of_broken_text() {
        for text in ["{\"a", "é: [Ü", "\"\\", "- x", "{]}", "A\"B"] {
            let joined: String = pieces(text).into_iter().map(|(_, part)| part).collect();
            assert_eq!(joined, text);
        }
    }

    #[test]
    fn a_wrong_entry_says_where_it_is_wrong() {
        assert!(read("{\n  \"a\": \n}").is_err_and(|why| why.starts_with("Line 2")));
        assert_eq!(read(" "), Ok(None));
    }

    #[test]
    fn a_placeholder_without_quotes_is_read_where_it_is_part_of_a_definition() {
        let entry = "{\"TimeoutSeconds\": ${Limit}}";
        assert!(read(entry).is_err());
        let value = read_with_placeholders(entry).unwrap().unwrap();
        assert_eq!(
            Document::parse(asl::text::json_of(&value)).open_placeholders(),
            ["Limit"]
        );
        assert!(read_with_placeholders("{\"a\": ${Limit}, }").is_err());
    }
}
