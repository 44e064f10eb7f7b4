//! What data is likely to stand at a state: what runs have shown of it, else what follows from the text and the sample
//! input. Nothing is run; an unknown value is null, and walks end after [`DEEPEST`] states.

mod context;
mod data;
mod results;
mod scope;
mod steps;
mod variables;

pub(super) use context::context;
pub(super) use scope::{Sight, at as sight};
pub(super) use variables::{Variable, assigned_members};

use super::knowledge::Knowledge;
use crate::check::fields::Language;
use crate::graph::{Block, Outline, Parts, Role, StateIx, StateType, parts};
use crate::text::{Document, Member, Node};
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// How many states before a state are looked at, the nearest first.
const FARTHEST: usize = 256;

/// In how many of them expressions are evaluated and results put into the input; farther ones hand the input on.
const NEAREST: usize = 64;

/// How many states a walk goes back at once.
const DEEPEST: usize = 12;

/// A value that is likely.
#[derive(Debug, Clone, Default)]
pub(super) struct Guess {
    pub(super) value: Rc<Value>,
    /// Whether a run has shown it, or it follows from the sample input alone.
    pub(super) is_seen: bool,
}

impl Guess {
    pub(super) fn likely(value: Value) -> Self {
        Self {
            value: Rc::new(value),
            is_seen: false,
        }
    }
    /// The same knowledge of another value.
    fn with(&self, value: Value) -> Self {
        Self {
            value: Rc::new(value),
            is_seen: self.is_seen,
        }
    }
    fn is_known(&self) -> bool {
        !self.value.is_null()
    }
}

/// The data of a definition.
pub(super) struct Flow<'d> {
    document: &'d Document,
    pub(super) outline: Outline,
    /// The text of each block and of each state, by position.
    blocks: Vec<&'d Node>,
    states: Vec<&'d Member>,
    knowledge: &'d Knowledge,
    /// Whether values are looked at as a whole, however large they are.
    is_whole: bool,
    /// Which states lead to each state, and how.
    before: HashMap<StateIx, Vec<(StateIx, Role)>>,
    /// Raw inputs that have been found; none while they are looked for.
    inputs: RefCell<HashMap<StateIx, Option<Guess>>>,
    /// Whether the items of a Map are being looked for, which the context object would ask for again.
    seeks_items: Cell<bool>,
    /// The states that are looked at closely.
    near: RefCell<HashSet<StateIx>>,
}

impl<'d> Flow<'d> {
    pub(super) fn of(document: &'d Document, knowledge: &'d Knowledge) -> Self {
        let outline = Outline::of(document);
        let Parts { blocks, states } = parts(document, &outline);
        let mut before: HashMap<StateIx, Vec<(StateIx, Role)>> = HashMap::new();
        for (index, state) in outline.states.iter().enumerate() {
            for transition in &state.transitions {
                let Some(to) = transition.to else { continue };
                before
                    .entry(to)
                    .or_default()
                    .push((StateIx(index), transition.role));
            }
        }
        Self {
            document,
            outline,
            blocks,
            states,
            knowledge,
            is_whole: false,
            before,
            inputs: RefCell::default(),
            seeks_items: Cell::default(),
            near: RefCell::default(),
        }
    }

    /// The same, with values that are not cut to what is worth looking at.
    pub(super) fn of_whole(document: &'d Document, knowledge: &'d Knowledge) -> Self {
        Self {
            is_whole: true,
            ..Self::of(document, knowledge)
        }
    }

    /// A value that a run or the sample shows.
    fn shown(&self, value: &Value) -> Guess {
        let value = match self.is_whole {
            true => value.clone(),
            false => data::trimmed(value, data::DEPTH),
        };
        Guess {
            value: Rc::new(value),
            is_seen: true,
        }
    }

    /// Whether a run has shown what comes into a state.
    pub(super) fn was_entered(&self, ix: StateIx) -> bool {
        self.seen_of(ix).is_some_and(|seen| seen.input.is_some())
    }

    /// What a state has when its result was put where `ResultPath` says.
    pub(super) fn merged(&self, ix: StateIx, node: &Node) -> Guess {
        self.input(ix);
        self.before_output_path(ix, node, DEEPEST)
    }

    /// The text of a state.
    pub(super) fn node(&self, ix: StateIx) -> Option<&'d Node> {
        self.states.get(ix.0).map(|member| &member.value)
    }

    /// The language of a state.
    pub(super) fn language(&self, node: &Node) -> Language {
        let own = super::room::own_language;
        let machine = || self.document.root().and_then(own);
        own(node).or_else(machine).unwrap_or(Language::JsonPath)
    }

    fn kind(&self, ix: StateIx) -> Option<StateType> {
        self.outline.state(ix)?.kind
    }

    fn seen_of(&self, ix: StateIx) -> Option<&'d super::Seen> {
        let name = &self.outline.state(ix)?.name;
        self.knowledge.seen.get(name)
    }

    /// The raw input of a state.
    pub(super) fn input(&self, ix: StateIx) -> Guess {
        let around = self.around(ix);
        self.near.borrow_mut().extend(around.iter().take(NEAREST));
        // States before it come first, so that the way back is short wherever they stand.
        for state in self.in_order(ix, &around.into_iter().collect()) {
            self.input_within(state, DEEPEST);
        }
        self.input_within(ix, DEEPEST)
    }

    fn is_near(&self, ix: StateIx) -> bool {
        self.near.borrow().contains(&ix)
    }

    /// A state and those that its data comes from, the nearest first.
    fn around(&self, ix: StateIx) -> Vec<StateIx> {
        let mut met = HashSet::from([ix]);
        let mut found = vec![ix];
        let mut at = 0;
        while let Some(state) = found.get(at).copied().filter(|_| found.len() < FARTHEST) {
            found.extend(
                self.sources(state)
                    .into_iter()
                    .filter(|source| met.insert(*source)),
            );
            at += 1;
        }
        found
    }

    /// These states, each after those that it gets its data from.
    fn in_order(&self, ix: StateIx, among: &HashSet<StateIx>) -> Vec<StateIx> {
        let mut order = Vec::new();
        let mut met = HashSet::from([ix]);
        let mut open = vec![(ix, self.sources(ix))];
        while let Some((state, sources)) = open.last_mut() {
            match sources.pop() {
                Some(source) if among.contains(&source) && met.insert(source) => {
                    open.push((source, self.sources(source)));
                }
                Some(_) => {}
                None => {
                    order.push(*state);
                    open.pop();
                }
            }
        }
        order
    }

    /// The states that a state gets its data from; none when a run has shown it.
    fn sources(&self, ix: StateIx) -> Vec<StateIx> {
        let is_known = self.seen_of(ix).is_some_and(|seen| seen.input.is_some());
        if is_known || self.inputs.borrow().contains_key(&ix) {
            return Vec::new();
        }
        let before = self.before.get(&ix).map(Vec::as_slice).unwrap_or_default();
        let block = self
            .outline
            .state(ix)
            .and_then(|state| self.outline.block(state.block));
        let owner = block
            .filter(|block| block.start == Some(ix))
            .and_then(|block| block.owner);
        before.iter().map(|(from, _)| *from).chain(owner).collect()
    }

    fn input_within(&self, ix: StateIx, depth: usize) -> Guess {
        if let Some(input) = self.seen_of(ix).and_then(|seen| seen.input.as_ref()) {
            return self.shown(input);
        }
        let known = self.inputs.borrow().get(&ix).cloned();
        if let Some(known) = known {
            return known.unwrap_or_default();
        }
        let Some(depth) = depth.checked_sub(1) else {
            return Guess::default();
        };
        self.inputs.borrow_mut().insert(ix, None);
        let found = self.gathered(ix, depth);
        self.inputs.borrow_mut().insert(ix, Some(found.clone()));
        found
    }

    /// What the block gives to its first state, and what comes from the states before.
    fn gathered(&self, ix: StateIx, depth: usize) -> Guess {
        let block = self.outline.state(ix).map(|state| state.block);
        let block = block.and_then(|block| self.outline.block(block));
        let from_block = block
            .filter(|block| block.start == Some(ix))
            .map(|block| self.block_input(block, depth));
        let before = self.before.get(&ix).map(Vec::as_slice).unwrap_or_default();
        let from_states = before.iter().map(|(from, role)| match role {
            Role::Catch(index) => self.caught(*from, *index, depth),
            Role::Next | Role::Choice(_) | Role::Default => self.output(*from, depth),
        });
        let mut found = Guess::default();
        for guess in from_block.into_iter().chain(from_states) {
            found = data::merged(found, guess);
        }
        found
    }

    /// What a block gets: the machine's input, a branch's copy, an item.
    fn block_input(&self, block: &Block, depth: usize) -> Guess {
        let Some(owner) = block.owner else {
            return self
                .knowledge
                .input
                .as_ref()
                .map(|input| self.shown(input))
                .unwrap_or_default();
        };
        let Some(node) = self.node(owner) else {
            return Guess::default();
        };
        match self.kind(owner) {
            Some(StateType::Map) => self.item(owner, node, depth),
            Some(StateType::Parallel) => self.parameters(owner, node, depth),
            Some(
                StateType::Task
                | StateType::Pass
                | StateType::Choice
                | StateType::Wait
                | StateType::Succeed
                | StateType::Fail,
            )
            | None => Guess::default(),
        }
    }
}
