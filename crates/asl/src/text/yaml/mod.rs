//! YAML 1.2 as a tree with spans, beside the JSON of the rest of this module.
//!
//! `granit-parser` finds the tokens; this module makes values of them with the core schema: `yes`, `no`, `on` and `off` are
//! texts, `007` and `0x1F` are numbers; only `08`, no number in YAML 1.1, is a text. Anchors, aliases and merge keys are written out, within a budget; the tags of
//! CloudFormation become what they stand for (`!Ref A` is `{"Ref": "A"}`). A definition is one document.

mod alias;
mod edit;
mod faults;
mod layout;
mod read;
mod scalar;
mod schema;
mod source;
mod spot;
mod tags;
#[cfg(test)]
mod tests;
mod verify;
mod write;

use crate::text::{Node, SyntaxFault};
use source::Source;

/// How often lines are left out to read on behind a fault.
const ATTEMPTS: usize = 20;

/// As much of a tree as the text allows, and what is wrong with it.
///
/// The parser gives up at the first fault, so that only that one is told. Its line and what belongs to it are left out
/// then, as often as needed, so that the rest of a broken definition is still there.
fn read(text: &str) -> (Option<Node>, Vec<SyntaxFault>) {
    let mut source = Source::new(text);
    let mut reading = read::pass(&source);
    let stopped_at = |reading: &read::Reading| {
        let stop = reading.stop.as_ref();
        stop.map(|error| faults::offset(error, text))
    };
    if stopped_at(&reading).is_some_and(|at| source.mask_placeholders(at)) {
        reading = read::pass(&source);
    }
    let mut faults = std::mem::take(&mut reading.faults);
    let mut root = reading.root.take();
    if let Some(error) = &reading.stop {
        faults.push(faults::of_error(error, text));
        let mut attempts = 0;
        while let Some(at) = stopped_at(&reading) {
            attempts += 1;
            // A bracket that is not closed breaks lines that follow it.
            let at = reading.open_bracket.map_or(at, |bracket| bracket.min(at));
            if attempts > ATTEMPTS || !source.hide_line(at) {
                break;
            }
            reading = read::pass(&source);
        }
        if reading.stop.is_none() {
            root = reading.root.filter(Node::is_object).or(root);
        }
    }
    if root.is_none() && faults.is_empty() {
        faults.push(faults::nothing(text));
    }
    faults.sort_by_key(|fault| fault.span.start);
    (root, faults)
}

/// A value as a whole text of YAML.
pub(super) fn written(node: &Node) -> String {
    write::document(node)
}

/// YAML as a notation.
#[derive(Debug)]
pub(super) struct Yaml;
