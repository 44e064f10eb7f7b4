//! What stands in the starter pipelines is among the offers where it stands.

use crate::editor::room::{Room, RoomKind};
use crate::editor::{Knowledge, complete};
use crate::text::{Document, Member, Node, Pointer, Span};
use std::path::PathBuf;

/// Every so many places are asked; all of them take long without optimisation.
const STRIDE: usize = 5;

fn starters() -> Vec<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../public/pipelines");
    let files = std::fs::read_dir(folder).expect("the folder of the starters");
    let paths = files.map(|file| file.expect("a file").path());
    let definitions = paths.filter(|path| path.to_string_lossy().ends_with(".asl.json"));
    definitions
        .map(|path| std::fs::read_to_string(path).expect("a starter"))
        .collect()
}

/// The places of a text whose content is known to the language, with this content.
fn places(document: &Document) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    let mut open: Vec<(Pointer, &Node)> = document
        .root()
        .map(|root| (Pointer::root(), root))
        .into_iter()
        .collect();
    while let Some((pointer, node)) = open.pop() {
        let room = Room::at(document, &pointer).expect("a place");
        for member in node.members() {
            if matches!(room.kind, RoomKind::Fields(_)) {
                found.extend(known(member));
            }
            open.push((pointer.join(&*member.key), &member.value));
        }
        let elements = node.elements().iter().enumerate();
        open.extend(elements.map(|(index, item)| (pointer.join(index), item)));
    }
    found
}

/// A field, and its value where that is a name or a word of the language.
fn known(member: &Member) -> Vec<(Span, String)> {
    let mut found = vec![(member.key_span, member.key.to_string())];
    let is_named = matches!(
        &*member.key,
        "Type" | "Next" | "Default" | "StartAt" | "QueryLanguage" | "Mode"
    );
    let value = member.value.as_str().filter(|_| is_named);
    found.extend(value.map(|value| (member.value.span, value.to_owned())));
    found
}

#[test]
fn what_stands_in_the_starters_is_offered_where_it_stands() {
    let mut asked = 0;
    for text in starters() {
        let document = Document::parse(text.clone());
        for (span, wanted) in places(&document).into_iter().step_by(STRIDE) {
            let mut open = text.clone();
            open.replace_range(span.start..span.end, "\"\"");
            let found = complete(&open, span.start + 1, &Knowledge::default());
            let is_offered = found.items.iter().any(|item| item.label == wanted);
            assert!(is_offered, "{wanted} at {} of {open}", span.start);
            asked += 1;
        }
    }
    assert!(asked > 50, "{asked} places");
}
