//! The states of a document, nested ones included, with their places.

use crate::graph::StateType;
use crate::text::{Document, Node, Pointer, Span};

/// A state and where it stands.
pub(super) struct StatePlace<'d> {
    pub(super) name: &'d str,
    /// The name in the text.
    pub(super) name_span: Span,
    pub(super) pointer: Pointer,
    pub(super) node: &'d Node,
    pub(super) kind: StateType,
    /// Whether its query language is JSONPath.
    pub(super) is_json_path: bool,
}

/// All states, outer ones before inner ones. A `QueryLanguage` holds for the state alone; others have the machine's
/// (asl-rules 1).
pub(super) fn states(document: &Document) -> Vec<StatePlace<'_>> {
    let Some(root) = document.root() else {
        return Vec::new();
    };
    let language = |node: &Node| {
        node.field("QueryLanguage")
            .and_then(Node::as_str)
            .map(|text| text == "JSONPath")
    };
    let default = language(root).unwrap_or(true);
    let mut found = Vec::new();
    let mut blocks = vec![(Pointer::root(), root)];
    while let Some((at, block)) = blocks.pop() {
        let Some(states) = block.field("States") else {
            continue;
        };
        for state in states.members() {
            let pointer = at.join("States").join(&*state.key);
            let kind = state
                .value
                .field("Type")
                .and_then(Node::as_str)
                .and_then(StateType::from_name);
            let Some(kind) = kind else {
                continue;
            };
            blocks.extend(inner(&pointer, &state.value));
            found.push(StatePlace {
                name: &state.key,
                name_span: state.key_span,
                pointer,
                node: &state.value,
                kind,
                is_json_path: language(&state.value).unwrap_or(default),
            });
        }
    }
    found
}

/// The blocks inside a state.
fn inner<'d>(pointer: &Pointer, state: &'d Node) -> Vec<(Pointer, &'d Node)> {
    let branches = state.field("Branches").into_iter().flat_map(Node::elements);
    let branches = branches
        .enumerate()
        .map(|(index, branch)| (pointer.join("Branches").join(index), branch));
    let processors = ["ItemProcessor", "Iterator"].into_iter();
    let processors = processors.filter_map(|name| Some((pointer.join(name), state.field(name)?)));
    branches.chain(processors).collect()
}
