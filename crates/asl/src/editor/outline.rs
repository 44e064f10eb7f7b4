//! The text as a whole: its states as a tree, the parts that can be folded, and the parts around a place.

use super::read;
use crate::graph::{BlockIx, Outline, StateIx, StateType};
use crate::text::{Node, Span};

/// A state in the outline of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// Its name.
    pub name: String,
    /// Its type; none when missing or unknown.
    pub kind: Option<StateType>,
    /// A Task's resource, shortened; else empty.
    pub detail: String,
    /// Its whole text, name included.
    pub span: Span,
    /// Its name in the text.
    pub name_span: Span,
    /// The states of its branches or its processor.
    pub children: Vec<Symbol>,
}

/// The states of a text in written order, each with those inside it.
pub fn symbols(text: &str) -> Vec<Symbol> {
    let outline = Outline::of(&read(text));
    of_block(&outline, BlockIx(0))
}

/// The recursion is bounded by [`crate::graph::MAX_BLOCK_DEPTH`].
fn of_block(outline: &Outline, block: BlockIx) -> Vec<Symbol> {
    let states = outline
        .block(block)
        .map(|block| block.states.as_slice())
        .unwrap_or_default();
    states
        .iter()
        .filter_map(|ix| symbol(outline, *ix))
        .collect()
}

fn symbol(outline: &Outline, ix: StateIx) -> Option<Symbol> {
    let state = outline.state(ix)?;
    let detail = state.resource.as_deref().unwrap_or_default();
    let detail = detail.rsplit(":::").next().unwrap_or_default();
    Some(Symbol {
        name: state.name.to_string(),
        kind: state.kind,
        detail: detail.to_owned(),
        span: state.span,
        name_span: state.name_span,
        children: state
            .children
            .iter()
            .flat_map(|block| of_block(outline, *block))
            .collect(),
    })
}

/// The objects and arrays that take more than one line, outer before inner.
pub fn folding(text: &str) -> Vec<Span> {
    let document = read(text);
    let mut found = Vec::new();
    let mut open: Vec<&Node> = document.root().into_iter().collect();
    while let Some(node) = open.pop() {
        if !(node.is_object() || node.is_array()) {
            continue;
        }
        if document.slice(node.span).contains('\n') {
            found.push(node.span);
            // What stands in one line has nothing to fold inside.
            open.extend(node.members().iter().rev().map(|member| &member.value));
            open.extend(node.elements().iter().rev());
        }
    }
    found.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    found
}

/// The parts around a place, inner before outer, for growing a selection: name or value, member, object.
pub fn selection(text: &str, offset: usize) -> Vec<Span> {
    let document = read(text);
    let mut found: Vec<Span> = Vec::new();
    let mut next = document.root();
    while let Some(node) = next.filter(|node| node.span.touches(offset)) {
        found.push(node.span);
        let member = node
            .members()
            .iter()
            .find(|member| member.span().touches(offset));
        if let Some(member) = member {
            found.push(member.span());
            found.extend(Some(member.key_span).filter(|span| span.touches(offset)));
        }
        let element = || {
            node.elements()
                .iter()
                .find(|item| item.span.touches(offset))
        };
        next = member.map(|member| &member.value).or_else(element);
    }
    found.reverse();
    found.dedup();
    found
}
