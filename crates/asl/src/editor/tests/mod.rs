//! Claims in a compact notation: `|` is the cursor, `‹…›` a place to fill in.

mod completing;
mod fields;
mod hovering;
mod inset;
mod outlining;
mod paths;
#[cfg(not(target_family = "wasm"))]
mod recall;
mod renaming;
#[cfg(not(target_family = "wasm"))]
mod robust;
mod signatures;
mod trials;
mod yaml;

use super::{Completion, Completions, Knowledge, complete};
use crate::text::TextEdit;

/// The text without `|`, and where it stood.
fn cursor(text: &str) -> (String, usize) {
    let offset = text.find('|').expect("a cursor");
    (text.replacen('|', "", 1), offset)
}

fn offers_with(text: &str, knowledge: &Knowledge) -> Completions {
    let (text, offset) = cursor(text);
    complete(&text, offset, knowledge)
}

fn offers(text: &str) -> Completions {
    offers_with(text, &Knowledge::default())
}

/// The labels, best first.
fn labels(text: &str) -> Vec<String> {
    offers(text)
        .items
        .into_iter()
        .map(|item| item.label)
        .collect()
}

/// The text after an offer has been taken, with places to fill in between `‹` and `›`.
fn accept_with(text: &str, label: &str, knowledge: &Knowledge) -> String {
    let Completions { items, also } = offers_with(text, knowledge);
    let named = items.iter().find(|item| item.label == label);
    let item = named.unwrap_or_else(|| {
        panic!(
            "{label} is not among {:?}",
            items.iter().map(|item| &item.label).collect::<Vec<_>>()
        )
    });
    let (text, _) = cursor(text);
    apply(&text, item, &also)
}

fn accept(text: &str, label: &str) -> String {
    accept_with(text, label, &Knowledge::default())
}

fn apply(text: &str, item: &Completion, also: &[TextEdit]) -> String {
    let mut insert = item.edit.text.clone();
    for stop in item.edit.stops.iter().rev() {
        insert.insert(stop.end, '›');
        insert.insert(stop.start, '‹');
    }
    let mut edits: Vec<TextEdit> = also.to_vec();
    edits.push(TextEdit::new(item.edit.span, insert));
    let document = crate::editor::read(text);
    document
        .apply(&edits)
        .expect("edits that fit")
        .text()
        .to_string()
}
