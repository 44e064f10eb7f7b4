//! JSON shown in colour, and read with words for what is wrong.

use crate::text::{common, ui as words};
use asl::text::{Document, Node, Positions};
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
pub(super) fn read_with_placeholders(entry: &str) -> Result<Option<Value>, String> {
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
