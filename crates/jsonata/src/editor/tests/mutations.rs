//! Random changes of tokens: whatever the text becomes, nothing panics, and what can be read is formatted without a change of meaning.

use super::expressions::EXPRESSIONS;
use super::formatting::checked;
use crate::editor::lexeme::Role;
use crate::editor::structure::scan;
use crate::editor::{Sample, complete, format, hover, signature_help, tokens};
use crate::evaluate::{FixedHost, Host, Profile};
use crate::syntax;
use serde_json::json;
use std::hint::black_box;

/// A chooser that always chooses the same.
pub(super) struct Dice(FixedHost);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(FixedHost { millis: 0.0, seed })
    }

    pub(super) fn roll(&mut self, sides: usize) -> usize {
        usize::try_from(self.0.next_u64() % sides as u64).unwrap()
    }

    fn pick<'p>(&mut self, from: &[&'p str]) -> &'p str {
        from[self.roll(from.len())]
    }
}

/// Larger expressions, so that lines are broken.
const FRAMES: &[&str] = &[
    "(A; B; C)",
    "$map(A, function($v) { B }) & C",
    "A ~> $filter(function($v, $k) { B }) ~> C",
    "{'a': A, B: C}",
    "[A, B, C]",
    "A ? B : C",
    "$x := A and B or C",
    "$f(A, [B], {'c': C})",
    "(A).(B){'x': C}",
    "A ?? B ?: C",
];

const MORE: &[&str] = &[
    " ",
    "\n",
    "  ",
    "",
    "/* c */",
    "/* c */\n",
    "\n/* c */\n",
    "\n/* c */",
    "+",
    "/",
    "*",
    "[",
    "]",
    "(",
    ")",
    "?",
    ":",
    ",",
    ";",
    "|",
    "<",
    ">",
    "^",
    "@$x",
    "function($y)",
    "'",
    "`",
    "/x/",
    "~>",
    ":=",
    "%",
    "and",
    "..",
    "λ",
    "é",
    "$",
    "[]",
    "{",
    "}",
    "-",
    "\\",
    "\"",
];

fn text(dice: &mut Dice) -> String {
    let mut text = dice.pick(EXPRESSIONS).to_owned();
    for _ in 0..dice.roll(4) {
        let frame = dice.pick(FRAMES).replace('A', &text);
        text = frame
            .replace('B', dice.pick(EXPRESSIONS))
            .replace('C', dice.pick(EXPRESSIONS));
    }
    text
}

/// Takes away, doubles, exchanges and adds tokens.
fn mutated(text: &str, dice: &mut Dice) -> String {
    let lexemes = scan(text);
    let mut parts: Vec<String> = lexemes
        .iter()
        .map(|lexeme| text[lexeme.range.clone()].to_owned())
        .collect();
    for _ in 0..dice.roll(4) {
        if parts.is_empty() {
            break;
        }
        let (one, two) = (dice.roll(parts.len()), dice.roll(parts.len()));
        match dice.roll(5) {
            0 => drop(parts.remove(one)),
            1 => parts.insert(one, parts[two].clone()),
            2 => parts.swap(one, two),
            _ => parts.insert(one, dice.pick(MORE).to_owned()),
        }
    }
    let blanks = ["", " ", "", " ", "\n", " /* x */ ", "\n/* y */\n"];
    let blank = if dice.roll(2) == 0 { 4 } else { blanks.len() };
    parts
        .iter()
        .map(|part| part.clone() + blanks[dice.roll(blank)])
        .collect()
}

#[test]
fn a_changed_text_is_formatted_with_its_meaning_or_not_at_all() {
    let mut dice = Dice::new(7);
    let mut read = 0;
    for _ in 0..6_000 {
        let text = text(&mut dice);
        let text = mutated(&text, &mut dice);
        match syntax::parse(&text).1.first() {
            None => {
                checked(&text);
                read += 1;
            }
            Some(error) => assert_eq!(&format(&text).unwrap_err(), error),
        }
    }
    assert!(read > 1_500, "{read}");
}

/// The scanner and the parser see the same tokens: a formatter that left texts as they are would pass the test before.
#[test]
fn blanks_in_a_text_do_not_matter() {
    let mut dice = Dice::new(11);
    let mut compared = 0;
    for _ in 0..2_000 {
        let text = text(&mut dice);
        let lexemes = scan(&text);
        let has_comment = lexemes.iter().any(|lexeme| lexeme.role == Role::Comment);
        if has_comment || !syntax::parse(&text).1.is_empty() {
            continue;
        }
        compared += 1;
        let spaced: Vec<&str> = lexemes
            .iter()
            .map(|lexeme| &text[lexeme.range.clone()])
            .collect();
        assert_eq!(format(&spaced.join(" ")).unwrap(), format(&text).unwrap());
    }
    assert!(compared > 500, "{compared}");
}

#[test]
fn no_text_and_no_place_makes_a_question_panic() {
    let data = json!({"orders": [{"id": 1, "lines": [{"price": 2}]}], "a": {"b": {"c": [1, {"d": null}]}}});
    let sample = Sample::new(&data, Profile::Aws).with("x", &data);
    let mut dice = Dice::new(13);
    for _ in 0..2_500 {
        let text = text(&mut dice);
        let mut text = mutated(&text, &mut dice);
        let cut = dice.roll(text.len() + 1);
        text.truncate(text.floor_char_boundary(cut));
        let cursor = dice.roll(text.len() + 3);
        black_box(complete(&text, cursor, &sample));
        black_box(complete(&text, text.len(), &sample));
        black_box(hover(&text, cursor, &sample));
        black_box(signature_help(&text, cursor, &sample));
        let mut end = 0;
        for token in tokens(&text) {
            assert!(
                end <= token.range.start && token.range.start < token.range.end,
                "{text}"
            );
            assert!(text.get(token.range.clone()).is_some(), "{text}");
            assert!(
                text[end..token.range.start]
                    .chars()
                    .all(|blank| " \t\n\r\u{b}".contains(blank)),
                "{text}"
            );
            end = token.range.end;
        }
    }
}

#[test]
fn long_broken_texts_take_little_work() {
    let sample = Sample::default();
    let pieces = [
        "a[",
        "(",
        "function($x){",
        "'",
        "`\n",
        "/(\n",
        "$f(",
        "a.",
        "{'a':",
        "|",
        "/* ",
        "]",
        "? ",
        "$x:=",
        "<",
        "\"\\q",
        "(/**/",
        "a@$x",
    ];
    for piece in pieces {
        for text in [
            piece.repeat(20_000),
            format!("{}{}", piece.repeat(10_000), "]})".repeat(10_000)),
        ] {
            black_box(tokens(&text));
            black_box(complete(&text, text.len(), &sample));
            black_box(complete(&text, text.len() / 2, &sample));
            black_box(hover(&text, text.len(), &sample));
            black_box(signature_help(&text, text.len(), &sample));
        }
    }
}
