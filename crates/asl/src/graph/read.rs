//! From a document to its outline.

use super::{
    Block, BlockIx, MAX_BLOCK_DEPTH, Outline, Role, StateIx, StateNode, StateType, Transition,
    label,
};
use crate::text::{Document, Member, Node, Pointer};
use std::collections::HashMap;
use std::sync::Arc;

/// An outline, and what of the text each of its parts is.
pub(crate) struct Shape<'a> {
    pub(crate) outline: Outline,
    /// The object of each block, by its position.
    pub(crate) blocks: Vec<&'a Node>,
    /// The member of each state, by its position.
    pub(crate) states: Vec<&'a Member>,
}

pub(crate) fn shape(document: &Document) -> Shape<'_> {
    let outline = Outline::default();
    let mut reader = Reader {
        shape: Shape {
            outline,
            blocks: Vec::new(),
            states: Vec::new(),
        },
    };
    if let Some(root) = document.root().filter(|root| root.is_object()) {
        reader.block(root, Pointer::root(), None, 0);
    }
    reader.shape
}

struct Reader<'a> {
    shape: Shape<'a>,
}

impl<'a> Reader<'a> {
    fn block(
        &mut self,
        node: &'a Node,
        pointer: Pointer,
        owner: Option<StateIx>,
        depth: usize,
    ) -> BlockIx {
        let ix = BlockIx(self.shape.outline.blocks.len());
        let start_at = node.field("StartAt").and_then(Node::as_str).map(Arc::from);
        let states_at = pointer.join("States");
        self.shape.outline.blocks.push(Block {
            pointer,
            owner,
            start_at,
            start: None,
            states: Vec::new(),
        });
        self.shape.blocks.push(node);
        let members = node.field("States").map(Node::members).unwrap_or_default();
        let mut names: HashMap<Arc<str>, StateIx> = HashMap::with_capacity(members.len());
        for member in last_of_each(members) {
            let state = self.state(member, &states_at, ix, depth);
            names.insert(Arc::from(&*member.key), state);
        }
        self.connect(ix, &names);
        ix
    }

    /// Fills in which states the names in a block mean.
    fn connect(&mut self, ix: BlockIx, names: &HashMap<Arc<str>, StateIx>) {
        let Outline { blocks, states } = &mut self.shape.outline;
        let Some(block) = blocks.get_mut(ix.0) else {
            return;
        };
        block.start = block
            .start_at
            .as_ref()
            .and_then(|name| names.get(name).copied());
        block.states = names.values().copied().collect();
        block.states.sort_unstable();
        for state in &block.states {
            let Some(state) = states.get_mut(state.0) else {
                continue;
            };
            for transition in &mut state.transitions {
                transition.to = names.get(&transition.target).copied();
            }
        }
    }

    fn state(
        &mut self,
        member: &'a Member,
        states_at: &Pointer,
        block: BlockIx,
        depth: usize,
    ) -> StateIx {
        let ix = StateIx(self.shape.outline.states.len());
        let node = &member.value;
        let pointer = states_at.join(&*member.key);
        let kind = node
            .field("Type")
            .and_then(Node::as_str)
            .and_then(StateType::from_name);
        self.shape.states.push(member);
        let count = |field| node.field(field).map_or(0, |list| list.elements().len());
        self.shape.outline.states.push(StateNode {
            name: Arc::from(&*member.key),
            kind,
            span: member.span(),
            name_span: member.key_span,
            block,
            transitions: transitions(node, &pointer),
            ends: ends(node, kind),
            children: Vec::new(),
            resource: node.field("Resource").and_then(Node::as_str).map(Arc::from),
            retriers: count("Retry"),
            catchers: count("Catch"),
            pointer: pointer.clone(),
        });
        if depth < MAX_BLOCK_DEPTH {
            let children = self.children(node, kind, &pointer, ix, depth + 1);
            if let Some(state) = self.shape.outline.states.get_mut(ix.0) {
                state.children = children;
            }
        }
        ix
    }

    fn children(
        &mut self,
        node: &'a Node,
        kind: Option<StateType>,
        pointer: &Pointer,
        owner: StateIx,
        depth: usize,
    ) -> Vec<BlockIx> {
        inner_blocks(node, kind, pointer)
            .into_iter()
            .map(|(at, block)| self.block(block, at, Some(owner), depth))
            .collect()
    }
}

/// Branches and processors that a state of this type holds; those of all types when it is unknown.
fn inner_blocks<'a>(
    node: &'a Node,
    kind: Option<StateType>,
    pointer: &Pointer,
) -> Vec<(Pointer, &'a Node)> {
    let mut found = Vec::new();
    if matches!(kind, None | Some(StateType::Parallel)) {
        let at = pointer.join("Branches");
        let branches = node
            .field("Branches")
            .map(Node::elements)
            .unwrap_or_default();
        found.extend(
            branches
                .iter()
                .enumerate()
                .map(|(index, branch)| (at.join(index), branch)),
        );
    }
    if matches!(kind, None | Some(StateType::Map)) {
        for field in ["ItemProcessor", "Iterator"] {
            found.extend(
                node.field(field)
                    .map(|processor| (pointer.join(field), processor)),
            );
        }
    }
    found.retain(|(_, block)| block.is_object());
    found
}

/// The members without those that a later one of the same name replaces.
fn last_of_each(members: &[Member]) -> Vec<&Member> {
    let last: HashMap<&str, usize> = members
        .iter()
        .enumerate()
        .map(|(index, member)| (&*member.key, index))
        .collect();
    let stands = |(index, member): &(usize, &Member)| last.get(&*member.key) == Some(index);
    members
        .iter()
        .enumerate()
        .filter(stands)
        .map(|(_, member)| member)
        .collect()
}

fn ends(node: &Node, kind: Option<StateType>) -> bool {
    matches!(kind, Some(StateType::Succeed | StateType::Fail))
        || node.field("End").and_then(Node::as_bool) == Some(true)
}

fn transitions(state: &Node, pointer: &Pointer) -> Vec<Transition> {
    let mut found = Vec::new();
    let rules = state
        .field("Choices")
        .map(Node::elements)
        .unwrap_or_default();
    for (index, rule) in rules.iter().enumerate() {
        let at = || pointer.join("Choices").join(index).join("Next");
        found.extend(transition(rule, "Next", Role::Choice(index), at, || {
            label::rule(rule)
        }));
    }
    let at = |field| move || pointer.join(field);
    let otherwise = || Some("otherwise".to_owned());
    found.extend(transition(
        state,
        "Default",
        Role::Default,
        at("Default"),
        otherwise,
    ));
    found.extend(transition(state, "Next", Role::Next, at("Next"), || None));
    let catchers = state.field("Catch").map(Node::elements).unwrap_or_default();
    for (index, catcher) in catchers.iter().enumerate() {
        let at = || pointer.join("Catch").join(index).join("Next");
        found.extend(transition(catcher, "Next", Role::Catch(index), at, || {
            label::catcher(catcher)
        }));
    }
    found
}

fn transition(
    holder: &Node,
    field: &str,
    role: Role,
    pointer: impl FnOnce() -> Pointer,
    label: impl FnOnce() -> Option<String>,
) -> Option<Transition> {
    let node = holder.field(field)?;
    let target = Arc::from(node.as_str()?);
    Some(Transition {
        role,
        target,
        to: None,
        pointer: pointer(),
        span: node.span,
        label: label(),
    })
}
