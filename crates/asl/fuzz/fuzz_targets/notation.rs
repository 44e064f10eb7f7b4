//! Any text as JSON and as YAML: it is read, laid out, written in the other notation and edited, and keeps its value.

#![no_main]

use asl::check::{MachineType, check};
use asl::text::{Document, EditError, Format, Node, NodeKind, Span};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

/// Longer texts find nothing that shorter ones do not, only slower.
const LONGEST: usize = 4_096;

fuzz_target!(|input: &[u8]| {
    let Ok(text) = std::str::from_utf8(&input[..input.len().min(LONGEST)]) else {
        return;
    };
    let cursor = input.len().wrapping_mul(31) % (text.len() + 2);
    for format in [Format::Json, Format::Yaml] {
        let document = Document::parse_as(text, format);
        read(&document);
        edit(&document, cursor);
        if document.faults().is_empty() {
            lay_out(&document);
            convert(&document);
        }
    }
});

fn value(document: &Document) -> Option<Value> {
    document.root().and_then(Node::to_value)
}

fn fits(document: &Document, span: Span) {
    let text = document.text();
    assert!(
        text.get(span.start..span.end).is_some(),
        "{span:?} is no part of the text"
    );
}

/// Every part of the tree, every fault and every finding stands in the text.
fn read(document: &Document) {
    let mut open: Vec<&Node> = document.root().into_iter().collect();
    while let Some(node) = open.pop() {
        fits(document, node.span);
        if let NodeKind::Object(members) = &node.kind {
            members
                .iter()
                .for_each(|member| fits(document, member.key_span));
        }
        open.extend(node.elements());
        open.extend(node.members().iter().map(|member| &member.value));
    }
    for fault in document.faults() {
        fits(document, fault.span);
    }
    for finding in check(document, MachineType::Standard) {
        fits(document, finding.span);
        if let Some(fix) = &finding.fix {
            assert!(document.apply(&fix.edits).is_ok(), "{:?}", fix.edits);
        }
    }
}

/// What can be set is set, and the rest of a sound text stays sound.
fn edit(document: &Document, cursor: usize) {
    let Some((pointer, _)) = document.at_offset(cursor) else {
        return;
    };
    let new = serde_json::json!({"set": [1, "ü", "no"]});
    let changes = [
        document.set(&pointer, &new, None),
        document.remove(&pointer),
        document.rename_key(&pointer, "another name"),
    ];
    for edits in changes {
        match edits {
            Ok(edits) => {
                let changed = match document.apply(&edits) {
                    Ok(changed) => changed,
                    Err(error) => panic!("{edits:?} cannot be made: {error}"),
                };
                let was_sound = document.faults().is_empty() && !pointer.0.is_empty();
                assert!(!was_sound || changed.faults().is_empty(), "{edits:?}");
            }
            Err(EditError::NoSuchPlace(_) | EditError::Tangled(_)) => {}
            Err(error @ EditError::Overlap) => panic!("{error}"),
        }
    }
}

/// A layout keeps the value, and a second one changes nothing.
fn lay_out(document: &Document) {
    let Some(text) = document.formatted() else {
        return;
    };
    let again = Document::parse_as(text.as_str(), document.format());
    assert_eq!(again.faults(), [], "{text}");
    assert_eq!(value(&again), value(document), "{text}");
    assert_eq!(again.formatted().as_deref(), Some(text.as_str()));
}

/// The other notation has the same value, and so has the way back.
fn convert(document: &Document) {
    let yaml = document.to_yaml();
    let there = Document::parse_yaml(yaml.as_str());
    assert_eq!(there.faults(), [], "{yaml}");
    assert_eq!(value(&there), value(document), "{yaml}");
    let json = there.to_json(&[]);
    let back = Document::parse(json.as_str());
    assert_eq!(back.faults(), [], "{json}");
    assert_eq!(value(&back), value(document), "{json}");
}
