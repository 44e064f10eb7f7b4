//! From a document to its outline.

use super::{
    Block, BlockIx, MAX_BLOCK_DEPTH, Outline, Role, StateIx, StateNode, StateType, Transition,
    label,
};
use crate::text::{Document, Member, Node, Pointer};
use std::collections::HashMap;
use std::sync::Arc;

/// What of the text each part of an outline is.
pub(crate) struct Parts<'a> {
    /// The object of each block, by its position.
    pub(crate) blocks: Vec<&'a Node>,
    /// The member of each state, by its position.
    pub(crate) states: Vec<&'a Member>,
}

/// The parts of `outline`, which is that of `document`; none when it is not.
pub(crate) fn parts<'a>(document: &'a Document, outline: &Outline) -> Parts<'a> {
    let mut blocks: Vec<&Node> = Vec::with_capacity(outline.blocks.len());
    let mut states: Vec<Option<&Member>> = vec![None; outline.states.len()];
    for block in &outline.blocks {
        let node = match block.owner {
            None => document.root(),
            Some(owner) => inside(outline, &states, owner, &block.pointer),
        };
        let Some(node) = node else { break };
        blocks.push(node);
        let mut members = node.field("States").map(Node::members).unwrap_or_default();
        // From behind: of several members of one name, the last is the state.
        for ix in block.states.iter().rev() {
            let Some(state) = outline.state(*ix) else {
                break;
            };
            let named = |member: &Member| *member.key == *state.name;
            let Some(at) = members.iter().rposition(named) else {
                break;
            };
            let (before, rest) = members.split_at(at);
            members = before;
            if let Some(found) = states.get_mut(ix.0) {
                *found = rest.first();
            }
        }
    }
    let states: Option<Vec<&Member>> = states.into_iter().collect();
    let states = states.unwrap_or_default();
    Parts { blocks, states }
}

/// The object at a pointer that leads into a state.
fn inside<'a>(
    outline: &Outline,
    states: &[Option<&'a Member>],
    owner: StateIx,
    pointer: &Pointer,
) -> Option<&'a Node> {
    let depth = outline.state(owner)?.pointer.0.len();
    let mut node = &states.get(owner.0).copied().flatten()?.value;
    for step in pointer.0.get(depth..)? {
        node = node.child(step)?;
    }
    Some(node)
}

pub(crate) fn outline(document: &Document) -> Outline {
    let mut reader = Reader {
        outline: Outline::default(),
    };
    if let Some(root) = document.root().filter(|root| root.is_object()) {
        reader.block(root, Pointer::root(), None, 0);
    }
    reader.outline
}

struct Reader {
    outline: Outline,
}

impl Reader {
    fn block(
        &mut self,
        node: &Node,
        pointer: Pointer,
        owner: Option<StateIx>,
        depth: usize,
    ) -> BlockIx {
        let ix = BlockIx(self.outline.blocks.len());
        let start_at = node.field("StartAt").and_then(Node::as_str).map(Arc::from);
        let states_at = pointer.join("States");
        self.outline.blocks.push(Block {
            pointer,
            owner,
            start_at,
            start: None,
            states: Vec::new(),
        });
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
        let Outline { blocks, states, .. } = &mut self.outline;
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
        member: &Member,
        states_at: &Pointer,
        block: BlockIx,
        depth: usize,
    ) -> StateIx {
        let ix = StateIx(self.outline.states.len());
        let node = &member.value;
        let pointer = states_at.join(&*member.key);
        let kind = node
            .field("Type")
            .and_then(Node::as_str)
            .and_then(StateType::from_name);
        let count = |field| node.field(field).map_or(0, |list| list.elements().len());
        self.outline.states.push(StateNode {
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
            if let Some(state) = self.outline.states.get_mut(ix.0) {
                state.children = children;
            }
        }
        ix
    }

    fn children(
        &mut self,
        node: &Node,
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
