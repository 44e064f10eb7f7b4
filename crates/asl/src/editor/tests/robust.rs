//! Any text, any place: nothing panics, and what is offered fits the text.

use super::apply;
use crate::editor::{
    Knowledge, complete, definition_at, folding, hover, references, rename, selection,
    signature_help, symbols,
};
use crate::text::Document;
use proptest::prelude::*;
use serde_json::json;

/// Asks everything at a place, and takes the first offers.
fn ask(text: &str, offset: usize, knowledge: &Knowledge) {
    let found = complete(text, offset, knowledge);
    for item in found.items.iter().take(3) {
        apply(text, item, &found.also);
    }
    for item in &found.items {
        assert!(text.get(item.edit.span.start..item.edit.span.end).is_some());
        let stops = &item.edit.stops;
        assert!(
            stops
                .iter()
                .all(|stop| item.edit.text.get(stop.start..stop.end).is_some())
        );
    }
    ask_names(text, offset);
    let _ = signature_help(text, offset);
    if let Some(hover) = hover(text, offset, knowledge) {
        assert!(text.get(hover.span.start..hover.span.end).is_some());
    }
}

/// Asks what knows names and parts.
fn ask_names(text: &str, offset: usize) {
    if let Some(names) = references(text, offset) {
        assert!(names.here.touches(offset));
    }
    if let Ok(edits) = rename(text, offset, "Other") {
        crate::editor::read(text)
            .apply(&edits)
            .expect("edits that fit");
    }
    let _ = (
        symbols(text),
        folding(text),
        selection(text, offset),
        definition_at(text, offset),
    );
}

fn knowledge() -> Knowledge {
    Knowledge {
        input: Some(json!({"a": {"b": [1, {"ü": "x"}]}})),
        ..Knowledge::default()
    }
}

const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\\",
    "\n",
    " ",
    "//",
    "/*",
    "ü",
    "😀",
    "\\u00e4",
    "\\ud83d",
    "$",
    "$.a",
    "$$.",
    "{% ",
    " %}",
    "\"States\":",
    "\"StartAt\"",
    "\"Type\"",
    "\"Task\"",
    "\"Map\"",
    "\"Choices\"",
    "\"Retry\"",
    "\"ErrorEquals\"",
    "\"Next\"",
    "\"Assign\"",
    "\"x.$\"",
    "\"QueryLanguage\":\"JSONata\"",
    "\"ItemProcessor\"",
    "\"Branches\"",
    "States.Format(",
    "'",
    ")",
    "null",
    "true",
    "1",
    "$states.input",
    "$map(",
    "\"A\"",
    "\"Parameters\"",
    "\"Resource\"",
    "StartAt: ",
    "States:\n  A:\n    ",
    "- ",
    "Type: Task\n",
    "#",
    "|\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn texts_of_random_pieces_are_answered_at_every_place(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24)) {
        let text = pieces.concat();
        let knowledge = knowledge();
        for offset in 0..=text.len() + 1 {
            ask(&text, offset, &knowledge);
        }
    }

    #[test]
    fn random_texts_are_answered(text in "\\PC{0,40}", offset in 0usize..60) {
        ask(&text, offset, &knowledge());
    }
}

#[test]
fn deep_nesting_is_answered() {
    for (open, close) in [("{\"States\":", "}"), ("[", "]"), ("{\"Not\":", "}")] {
        let text = open.repeat(3_000) + "\"" + &close.repeat(10);
        ask(&text, text.len() - 10, &knowledge());
        ask(&text, 500, &knowledge());
    }
}

/// The definitions of `STATECRAFT_SHARED`, cut at many places.
#[test]
fn truncated_definitions_are_answered_at_their_end() {
    let Some(folder) = std::env::var_os("STATECRAFT_SHARED") else {
        println!("no definitions found: set STATECRAFT_SHARED");
        return;
    };
    let lines =
        std::fs::read_to_string(std::path::Path::new(&folder).join("corpora/definitions.jsonl"))
            .unwrap();
    let knowledge = knowledge();
    let (mut asked, mut offered) = (0_usize, 0_usize);
    for (index, line) in lines.lines().enumerate() {
        let entry: serde_json::Value = serde_json::from_str(line).unwrap();
        let pretty = serde_json::to_string_pretty(&entry["definition"]).unwrap();
        let yaml = Document::parse(pretty.clone()).to_yaml();
        for text in [entry["definition"].to_string(), pretty, yaml] {
            for cut in 0..4 {
                let at =
                    text.floor_char_boundary((cut * 7919 + index * 104_729) % (text.len() + 1));
                let (before, _) = text.split_at(at);
                ask(before, at, &knowledge);
                offered += usize::from(!complete(&text, at, &knowledge).items.is_empty());
                asked += 2;
            }
        }
        assert!(
            Document::parse(entry["definition"].to_string())
                .faults()
                .is_empty()
        );
    }
    println!(
        "{asked} places asked; offers at {offered} of {} in whole texts",
        asked / 2
    );
}
