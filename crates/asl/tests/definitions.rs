//! Real definitions: each is read, becomes YAML and the same JSON again, survives an edit of nothing byte for byte, and is laid
//! out the same way twice.
//!
//! The definitions are not part of this repository. They are looked for in the folder named by `STATECRAFT_SHARED`, else
//! beside the repository; without them the test says so and passes.

use asl::check::{MachineType, Severity, check};
use asl::text::{Document, Node, Pointer, Step};
use serde_json::Value;
use std::path::PathBuf;

/// A line of the file, as far as it matters here.
#[derive(serde::Deserialize)]
struct Line {
    id: String,
    definition: Value,
}

fn lines() -> Option<Vec<Line>> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("STATECRAFT_SHARED").map_or_else(beside, PathBuf::from);
    let text = std::fs::read_to_string(folder.join("corpora/definitions.jsonl")).ok()?;
    let read = |line| serde_json::from_str(line).expect("a line is JSON");
    Some(text.lines().map(read).collect())
}

/// The text of a definition in both notations.
fn both(line: &Line) -> [Document; 2] {
    let json = serde_json::to_string_pretty(&line.definition).expect("a value can be written");
    let json = Document::parse(json);
    let yaml = Document::parse_yaml(json.to_yaml());
    [json, yaml]
}

fn value(document: &Document) -> Option<Value> {
    document.root().and_then(Node::to_value)
}

/// All places in a document.
fn places(document: &Document) -> Vec<Pointer> {
    let mut found = Vec::new();
    let mut open: Vec<(Pointer, &Node)> = document
        .root()
        .map(|root| (Pointer::root(), root))
        .into_iter()
        .collect();
    while let Some((pointer, node)) = open.pop() {
        let members = node.members().iter();
        let steps = members.map(|member| (Step::from(&*member.key), &member.value));
        let items = node.elements().iter().enumerate();
        let steps = steps.chain(items.map(|(index, item)| (Step::Index(index), item)));
        open.extend(steps.map(|(step, inner)| (pointer.join(step), inner)));
        found.push(pointer);
    }
    found
}

#[test]
fn real_definitions_survive_every_way_through_the_text() {
    let Some(lines) = lines() else {
        println!("no definitions found: set STATECRAFT_SHARED");
        return;
    };
    let (mut accepted, mut edits) = (0, 0);
    for line in &lines {
        let [json, yaml] = both(line);
        for document in [&json, &yaml] {
            assert_eq!(document.faults(), &[], "{}", line.id);
            assert_eq!(
                value(document).as_ref(),
                Some(&line.definition),
                "{}",
                line.id
            );
            let unchanged = document.apply(&[]).expect("no edit is an edit");
            assert_eq!(unchanged.text(), document.text(), "{}", line.id);
            let once = document.formatted().expect("it has no faults");
            let again = Document::parse_as(once.as_str(), document.format());
            assert_eq!(value(&again), value(document), "{}", line.id);
            assert_eq!(
                again.formatted().as_deref(),
                Some(once.as_str()),
                "{}",
                line.id
            );
        }
        assert_eq!(yaml.to_json(&[]), json.to_json(&[]), "{}", line.id);
        let errors = |document: &Document| {
            let found = check(document, MachineType::Standard).into_iter();
            let errors = found.filter(|finding| finding.severity == Severity::Error);
            errors
                .map(|error| (error.code, error.pointer))
                .collect::<Vec<_>>()
        };
        assert_eq!(errors(&json), errors(&yaml), "{}", line.id);
        accepted += usize::from(errors(&yaml).is_empty());
        edits += edits_of(&json, &line.id) + edits_of(&yaml, &line.id);
    }
    let count = lines.len();
    println!(
        "{count} definitions became YAML and the same JSON again; {accepted} have no errors; {edits} places edited"
    );
}

/// Sets some values to what they are, which changes nothing, and then to something else or to nothing.
fn edits_of(document: &Document, id: &str) -> usize {
    let mut count = 0;
    for pointer in places(document).iter().step_by(53) {
        let fails = |error| panic!("{id} {pointer}: {error}");
        let own = document
            .get(pointer)
            .and_then(Node::to_value)
            .expect("a whole value");
        assert_eq!(
            document.set(pointer, &own, None),
            Ok(Vec::new()),
            "{id} {pointer}"
        );
        let other = serde_json::json!({"x": ["a\nb\n", 1]});
        let edits = document.set(pointer, &other, None).unwrap_or_else(fails);
        let edited = document.apply(&edits).expect("edits fit");
        assert_eq!(
            edited.get(pointer).and_then(Node::to_value),
            Some(other),
            "{id} {pointer}"
        );
        if pointer.parent().is_some() {
            let edits = document.remove(pointer).unwrap_or_else(fails);
            assert_eq!(
                document.apply(&edits).expect("edits fit").faults(),
                &[],
                "{id} {pointer}"
            );
        }
        count += 1;
    }
    count
}
