//! Any text as a definition: it is read, checked, drawn, edited, completed and run, without a panic and within the text.

#![no_main]

use asl::check::{MachineType, check};
use asl::definition::StateMachine;
use asl::dry_run::{DryRun, Options, mocks::Case};
use asl::editor::{self, Knowledge};
use asl::graph::Outline;
use asl::text::{Document, Node, NodeKind, Span, TextEdit};
use libfuzzer_sys::fuzz_target;
use std::sync::Arc;

/// Longer texts find nothing that shorter ones do not, only slower.
const LONGEST: usize = 4_096;

/// Steps of a dry run.
const STEPS: usize = 60;

fuzz_target!(|input: &[u8]| {
    let Ok(text) = std::str::from_utf8(&input[..input.len().min(LONGEST)]) else {
        return;
    };
    let document = Document::parse(text);
    read(&document);
    find(&document);
    draw(&document);
    let cursor = input.len().wrapping_mul(31) % (text.len() + 2);
    edit(&document, cursor);
    help(text, cursor);
    run(&document);
});

fn fits(text: &str, span: Span) {
    assert!(
        text.get(span.start..span.end).is_some(),
        "{span:?} is no part of the text"
    );
}

/// Every part of the tree stands in the text, and each mend of a fault can be made.
fn read(document: &Document) {
    let text = document.text();
    let mut open: Vec<&Node> = document.root().into_iter().collect();
    while let Some(node) = open.pop() {
        fits(text, node.span);
        match &node.kind {
            NodeKind::Array(items) => open.extend(items),
            NodeKind::Object(members) => {
                members
                    .iter()
                    .for_each(|member| fits(text, member.key_span));
                open.extend(members.iter().map(|member| &member.value));
            }
            _ => {}
        }
    }
    for fault in document.faults() {
        fits(text, fault.span);
        if let Some(fix) = &fault.fix {
            apply(document, std::slice::from_ref(fix));
        }
    }
}

fn apply(document: &Document, edits: &[TextEdit]) -> Document {
    match document.apply(edits) {
        Ok(changed) => changed,
        Err(error) => panic!("{edits:?} cannot be made: {error}"),
    }
}

/// Findings stand in the text; what mends them can be made.
fn find(document: &Document) {
    for machine_type in [MachineType::Standard, MachineType::Express] {
        let found = check(document, machine_type);
        assert_eq!(
            found,
            check(document, machine_type),
            "the same check finds the same"
        );
        for finding in found {
            fits(document.text(), finding.span);
            assert!(!finding.message.is_empty() && !finding.code.is_empty());
            let _ = finding.aws_location(document);
            if let Some(fix) = &finding.fix {
                apply(document, &fix.edits);
            }
        }
    }
}

fn draw(document: &Document) {
    let outline = Outline::of(document);
    for state in &outline.states {
        fits(document.text(), state.span);
        fits(document.text(), state.name_span);
        assert!(
            document.get(&state.pointer).is_some(),
            "{} leads to nothing",
            state.pointer
        );
        for transition in &state.transitions {
            fits(document.text(), transition.span);
        }
    }
}

/// What was set is read back, and the rest of a sound text stays sound.
fn edit(document: &Document, cursor: usize) {
    let Some((pointer, node)) = document.at_offset(cursor) else {
        return;
    };
    let (value, is_sound) = (
        serde_json::json!({"set": [1, "ü"]}),
        document.faults().is_empty(),
    );
    let same = node.to_value();
    if let Ok(edits) = document.set(&pointer, &value, None) {
        let changed = apply(document, &edits);
        if is_sound {
            assert_eq!(changed.faults(), []);
        }
    }
    if let (Some(same), true) = (same, is_sound)
        && let Ok(edits) = document.set(&pointer, &same, None)
    {
        let root = |document: &Document| document.root().and_then(Node::to_value);
        assert_eq!(
            root(&apply(document, &edits)),
            root(document),
            "setting what is there changes nothing"
        );
    }
    if let Ok(edits) = document.remove(&pointer) {
        let changed = apply(document, &edits);
        assert!(!is_sound || changed.faults().is_empty() || pointer.0.is_empty());
    }
}

/// What the editor offers stands in the text.
fn help(text: &str, cursor: usize) {
    let knowledge = Knowledge::default();
    let document = Document::parse(text);
    let offered = editor::complete(text, cursor, &knowledge);
    for item in &offered.items {
        fits(text, item.edit.span);
    }
    apply(&document, &offered.also);
    if let Some(hover) = editor::hover(text, cursor, &knowledge) {
        fits(text, hover.span);
    }
    let _ = editor::signature_help(text, cursor);
    let _ = editor::symbols(text);
    editor::folding(text)
        .into_iter()
        .for_each(|span| fits(text, span));
    editor::selection(text, cursor)
        .into_iter()
        .for_each(|span| fits(text, span));
    editor::definition_at(text, cursor)
        .into_iter()
        .for_each(|span| fits(text, span));
    if let Some(names) = editor::references(text, cursor) {
        let places = names.definitions.iter().chain(&names.references);
        places
            .chain([&names.here])
            .for_each(|span| fits(text, *span));
    }
    if let Ok(edits) = editor::rename(text, cursor, "Another name") {
        apply(&document, &edits);
    }
}

fn run(document: &Document) {
    let Ok(machine) = StateMachine::build(document) else {
        return;
    };
    let machine = Arc::new(machine);
    let histories = [(); 2].map(|()| {
        let options = Options {
            start_ms: 1_773_184_800_000,
            seed: 7,
            machine_name: "fuzzed".to_owned(),
            max_steps: STEPS,
        };
        let mut run = DryRun::new(
            machine.clone(),
            Arc::from(r#"{"a": [1, "x", {"b": 2}]}"#),
            Case::default(),
            options,
        );
        run.run(&|_| false);
        run.events().to_vec()
    });
    assert_eq!(
        histories[0], histories[1],
        "the same run gives the same history"
    );
}
