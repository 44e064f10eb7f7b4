//! A block as items and links: what stands for which state, and which ways are drawn as one line.

use super::flow::{Graph, Item, ItemKind, Link, LinkKind};
use super::labels;
use super::{EdgeStyle, Layout, Orientation};
use crate::Way;
use asl::graph::{BlockIx, Former, Outline, Role, StateIx, StateType};
use rustc_hash::FxHashMap;

/// What the items and links of a block stand for.
pub(crate) struct Cast {
    pub(crate) graph: Graph,
    /// For each link, the ways that are drawn as it.
    pub(crate) cables: Vec<Vec<Strand>>,
    pub(crate) states: Vec<Option<StateIx>>,
    /// Drawings of containers, by item; their origin is the container's corner.
    pub(crate) inner: FxHashMap<usize, (Layout, Vec<f64>)>,
    orientation: Orientation,
    /// The link between two items, of a kind.
    links: FxHashMap<(usize, usize, EdgeStyle), usize>,
}

/// A way that is drawn, alone or with others of its kind between the same states.
#[derive(Debug, Clone)]
pub(crate) struct Strand {
    pub(crate) way: Way,
    pub(crate) style: EdgeStyle,
    pub(crate) label: Option<String>,
    pub(crate) from: Option<StateIx>,
    pub(crate) to: Option<StateIx>,
}

impl Cast {
    pub(crate) fn new(orientation: Orientation) -> Self {
        Self {
            graph: Graph::default(),
            cables: Vec::new(),
            states: Vec::new(),
            inner: FxHashMap::default(),
            orientation,
            links: FxHashMap::default(),
        }
    }

    /// Adds an item of a size across and along the flow.
    pub(crate) fn add(
        &mut self,
        kind: ItemKind,
        (w, h): (f64, f64),
        state: Option<StateIx>,
    ) -> usize {
        self.graph.items.push(Item { kind, w, h });
        self.states.push(state);
        self.states.len() - 1
    }

    /// Adds the links of a block, from its start to its end.
    pub(crate) fn add_links(
        &mut self,
        outline: &Outline,
        block: BlockIx,
        items: &FxHashMap<StateIx, usize>,
        end: Option<usize>,
    ) {
        for &state in &outline.blocks[block.0].states {
            let node = &outline.states[state.0];
            for way in &node.transitions {
                let Some(to) = way.to.filter(|to| items.contains_key(to)) else {
                    continue;
                };
                let otherwise = (way.role == Role::Default).then(|| "otherwise".to_owned());
                let strand = Strand {
                    way: Way::Transition(way.pointer.clone()),
                    style: style_of(way.role),
                    label: way.label.clone().or(otherwise),
                    from: Some(state),
                    to: Some(to),
                };
                self.link((items[&state], items[&to]), kind_of(way.role), strand);
            }
            if let Some(end) = end.filter(|_| goes_to_end(outline, state)) {
                let strand = Strand {
                    way: Way::End(node.pointer.clone()),
                    style: EdgeStyle::Next,
                    label: None,
                    from: Some(state),
                    to: None,
                };
                self.link((items[&state], end), LinkKind::Next, strand);
            }
        }
        for (link, cable) in self.graph.links.iter_mut().zip(&self.cables) {
            let labels = cable.iter().filter_map(|strand| strand.label.as_deref());
            let size = labels::stack_size(labels);
            link.chip = size.map(|size| self.orientation.turned(size));
        }
    }

    pub(crate) fn link(&mut self, (from, to): (usize, usize), kind: LinkKind, strand: Strand) {
        let key = (from, to, strand.style);
        if let Some(&link) = self.links.get(&key) {
            self.cables[link].push(strand);
            return;
        }
        self.links.insert(key, self.graph.links.len());
        self.cables.push(vec![strand]);
        self.graph.links.push(Link {
            from,
            to,
            kind,
            chip: None,
        });
    }
}

/// What a state is for the drawing of its block.
pub(crate) fn item_kind(kind: Option<StateType>) -> ItemKind {
    match kind {
        Some(StateType::Choice) => ItemKind::Choice,
        Some(StateType::Fail) => ItemKind::Fail,
        Some(
            StateType::Task
            | StateType::Pass
            | StateType::Wait
            | StateType::Succeed
            | StateType::Parallel
            | StateType::Map,
        )
        | None => ItemKind::State,
    }
}

/// Whether a state has a way to the end, or had one; Succeed and Fail are ends themselves.
pub(crate) fn goes_to_end(outline: &Outline, state: StateIx) -> bool {
    let node = &outline.states[state.0];
    let is_end = matches!(node.kind, Some(StateType::Succeed | StateType::Fail));
    node.ends && !is_end || has_ended(outline, state)
}

/// Whether a state's way to the end is one that it had.
pub(crate) fn has_ended(outline: &Outline, state: StateIx) -> bool {
    outline.former.contains(&Former::End(state))
}

/// The ways on which a block begins, with the states that they lead to: its own, then those that it had.
pub(crate) fn begins(outline: &Outline, block: BlockIx) -> impl Iterator<Item = (Way, StateIx)> {
    let shape = &outline.blocks[block.0];
    let own = shape.start.map(|to| (shape.pointer.clone(), to));
    let former = outline.former.iter().filter_map(move |way| match way {
        Former::Start {
            block: at,
            to,
            pointer,
        } if *at == block => Some((pointer.clone(), *to)),
        Former::Start { .. } | Former::End(_) => None,
    });
    let all = own.into_iter().chain(former);
    all.map(|(pointer, to)| (Way::Start(pointer), to))
}

fn kind_of(role: Role) -> LinkKind {
    match role {
        Role::Next => LinkKind::Next,
        Role::Choice(_) => LinkKind::Branch { default: false },
        Role::Default => LinkKind::Branch { default: true },
        Role::Catch(_) => LinkKind::Catch,
    }
}

/// How the edge of a transition is drawn.
fn style_of(role: Role) -> EdgeStyle {
    match role {
        Role::Next => EdgeStyle::Next,
        Role::Choice(_) | Role::Default => EdgeStyle::Branch,
        Role::Catch(_) => EdgeStyle::Catch,
    }
}
