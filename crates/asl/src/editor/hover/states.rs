//! States in words: type, comment, who leads to them.

use crate::editor::room::Room;
use crate::graph::{Outline, Role, StateIx, StateNode, StateType};
use crate::text::{Document, Node, Pointer};

/// How many names a list holds.
const LISTED: usize = 6;

/// The state of this name in the block around a place.
pub(super) fn named(document: &Document, room: &Room<'_>, name: &str) -> Option<String> {
    let block = &room.block.as_ref()?.pointer;
    explained(document, &block.join("States").join(name))
        .or_else(|| Some(format!("There is no state **{name}** in this block.")))
}

/// The state at a pointer.
pub(super) fn explained(document: &Document, pointer: &Pointer) -> Option<String> {
    let outline = Outline::of(document);
    let ix = outline.find(pointer)?;
    let state = outline.state(ix)?;
    let node = document.get(pointer)?;
    let kind = state.kind.map_or("", StateType::name);
    let mut text = format!("**{}**, {kind} state", state.name);
    if let Some(comment) = node.field("Comment").and_then(Node::as_str) {
        text.push_str("\n\n");
        text.push_str(comment);
    }
    if let Some(resource) = &state.resource {
        text.push_str(&format!("\n\n`{resource}`"));
    }
    text.push_str("\n\n");
    text.push_str(&leading(&outline, ix, state));
    Some(text)
}

/// Who leads to a state.
fn leading(outline: &Outline, ix: StateIx, state: &StateNode) -> String {
    let block = outline.block(state.block);
    let mut names: Vec<String> = Vec::new();
    if block.is_some_and(|block| block.start == Some(ix)) {
        names.push("the start".to_owned());
    }
    let states = block
        .map(|block| block.states.as_slice())
        .unwrap_or_default();
    for from in states.iter().filter_map(|ix| outline.state(*ix)) {
        let Some(way) = from
            .transitions
            .iter()
            .find(|transition| transition.to == Some(ix))
        else {
            continue;
        };
        names.push(match way.role {
            Role::Catch(_) => format!("{} after an error", from.name),
            Role::Next | Role::Choice(_) | Role::Default => from.name.to_string(),
        });
    }
    let more = names.len().saturating_sub(LISTED);
    names.truncate(LISTED);
    match (names.is_empty(), more) {
        (true, _) => "Nothing leads here.".to_owned(),
        (false, 0) => format!("Reached from {}.", names.join(", ")),
        (false, more) => format!("Reached from {} and {more} more.", names.join(", ")),
    }
}
