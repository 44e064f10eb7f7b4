//! Names of states: which ones a transition can lead to, and which ones are missing.

use super::cursor::MARKER;
use super::room::{Inside, Room};
use crate::graph::{BlockIx, Outline, StateType};
use crate::text::{Document, Node};

/// A state that a transition can lead to.
pub(super) struct Candidate {
    pub(super) name: String,
    pub(super) kind: Option<StateType>,
    /// What its `Comment` says.
    pub(super) comment: String,
    /// Whether a run can enter it.
    pub(super) is_reachable: bool,
    /// Whether it is the state that the transition belongs to.
    pub(super) is_self: bool,
}

/// The states of the block around a place.
pub(super) fn targets(document: &Document, room: &Room<'_>) -> Vec<Candidate> {
    let outline = Outline::of(document);
    let Some(ix) = block(&outline, room.block.as_ref()) else {
        return Vec::new();
    };
    let reachable = outline.reachable(ix);
    let states = outline
        .block(ix)
        .map(|block| block.states.as_slice())
        .unwrap_or_default();
    let own = room.state.as_ref().map(|state| &state.pointer);
    let states = states
        .iter()
        .filter_map(|ix| Some((ix, outline.state(*ix)?)));
    let candidates = states
        .filter(|(_, state)| &*state.name != MARKER)
        .map(|(ix, state)| Candidate {
            name: state.name.to_string(),
            kind: state.kind,
            comment: comment(document.get(&state.pointer)),
            is_reachable: reachable.contains(ix),
            is_self: own.is_some_and(|own| own.same_place(&state.pointer)),
        });
    candidates.collect()
}

/// Names that transitions in the block around a place lead to and no state has.
pub(super) fn dangling(document: &Document, room: &Room<'_>) -> Vec<String> {
    let outline = Outline::of(document);
    let Some(block) = block(&outline, room.block.as_ref()).and_then(|ix| outline.block(ix)) else {
        return Vec::new();
    };
    let start = block.start_at.as_ref().filter(|_| block.start.is_none());
    let states = block.states.iter().filter_map(|ix| outline.state(*ix));
    let transitions = states.flat_map(|state| &state.transitions);
    let open = transitions
        .filter(|transition| transition.to.is_none())
        .map(|transition| &transition.target);
    let mut names: Vec<String> = Vec::new();
    for name in start.into_iter().chain(open) {
        if !name.is_empty() && !names.iter().any(|known| **known == **name) {
            names.push(name.to_string());
        }
    }
    names
}

fn block(outline: &Outline, inside: Option<&Inside<'_>>) -> Option<BlockIx> {
    let pointer = &inside?.pointer;
    let at = outline
        .blocks
        .iter()
        .position(|block| block.pointer.same_place(pointer))?;
    Some(BlockIx(at))
}

fn comment(state: Option<&Node>) -> String {
    let comment = state.and_then(|state| state.field("Comment")?.as_str());
    comment.unwrap_or_default().to_owned()
}
