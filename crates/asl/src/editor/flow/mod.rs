//! What data is likely to stand at a state: what runs have shown of it, else what follows from the text and the sample
//! input. Nothing is run; an unknown value is null, and walks end after [`DEEPEST`] states.

mod context;
mod data;
mod results;
mod scope;
mod variables;

pub(super) use context::context;
pub(super) use scope::{Sight, at as sight};
pub(super) use variables::{Variable, assigned_members};

use super::knowledge::Knowledge;
use crate::check::fields::Language;
use crate::graph::{Block, BlockIx, Outline, Role, Shape, StateIx, StateType, shape};
use crate::text::{Document, Member, Node};
use serde_json::{Value, json};
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
    fn seen(value: &Value) -> Self {
        Self {
            value: Rc::new(data::trimmed(value, data::DEPTH)),
            is_seen: true,
        }
    }
    fn assumed(value: Value) -> Self {
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
        let Shape {
            outline,
            blocks,
            states,
        } = shape(document);
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
            before,
            inputs: RefCell::default(),
            seeks_items: Cell::default(),
            near: RefCell::default(),
        }
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
            return Guess::seen(input);
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
                .map(Guess::seen)
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

    /// The input of a state after `InputPath`.
    fn filtered(&self, ix: StateIx, node: &Node, depth: usize) -> Guess {
        let input = self.input_within(ix, depth);
        match node
            .field("InputPath")
            .filter(|_| self.language(node) == Language::JsonPath)
        {
            Some(path) if path.is_null() => input.with(json!({})),
            Some(path) => self.path(path.as_str().unwrap_or("$"), &input, ix),
            None => input,
        }
    }

    /// What the work of a state gets.
    fn parameters(&self, ix: StateIx, node: &Node, depth: usize) -> Guess {
        let input = self.filtered(ix, node, depth);
        match (
            self.language(node),
            node.field("Parameters"),
            node.field("Arguments"),
        ) {
            (Language::JsonPath, Some(template), _) => self.template(template, &input, ix),
            (Language::Jsonata, _, Some(data)) => {
                self.expressions(data, &Sight::of_input(input), ix)
            }
            _ => input,
        }
    }

    /// The items of a Map, as an array.
    fn items(&self, ix: StateIx, node: &Node, depth: usize) -> Guess {
        let input = self.filtered(ix, node, depth);
        if node.field("ItemReader").is_some() {
            return Guess::default();
        }
        match (
            self.language(node),
            node.field("ItemsPath"),
            node.field("Items"),
        ) {
            (Language::JsonPath, Some(path), _) => {
                self.path(path.as_str().unwrap_or("$"), &input, ix)
            }
            (Language::Jsonata, _, Some(items)) => {
                self.expressions(items, &Sight::of_input(input), ix)
            }
            _ => input,
        }
    }

    /// The first item of a Map, before `ItemSelector`.
    fn raw_item(&self, ix: StateIx, node: &Node, depth: usize) -> Guess {
        let outer = self.seeks_items.replace(true);
        let items = self.items(ix, node, depth);
        self.seeks_items.set(outer);
        let first = items.value.get(0).cloned().unwrap_or_default();
        items.with(first)
    }

    /// What an iteration of a Map gets.
    fn item(&self, ix: StateIx, node: &Node, depth: usize) -> Guess {
        let item = self.raw_item(ix, node, depth);
        let selector = node
            .field("ItemSelector")
            .or_else(|| node.field("Parameters"));
        let selected = match (self.language(node), selector) {
            (Language::JsonPath, Some(template)) => {
                let input = self.filtered(ix, node, depth);
                self.template(template, &input, ix)
            }
            (Language::Jsonata, Some(data)) => {
                let input = Sight::of_input(self.input_within(ix, depth));
                self.expressions(data, &input, ix)
            }
            (Language::JsonPath | Language::Jsonata, None) => item,
        };
        if node.field("ItemBatcher").is_some() {
            return selected.with(json!({"Items": [&*selected.value]}));
        }
        selected
    }

    /// The output of a state.
    fn output(&self, ix: StateIx, depth: usize) -> Guess {
        let seen = self.seen_of(ix);
        if let Some(output) = seen.and_then(|seen| seen.output.as_ref()) {
            return Guess::seen(output);
        }
        let Some(node) = self.node(ix) else {
            return Guess::default();
        };
        if self.language(node) == Language::Jsonata {
            return self.jsonata_output(ix, node, depth);
        }
        let merged = self.before_output_path(ix, node, depth);
        match node.field("OutputPath") {
            Some(path) if path.is_null() => merged.with(json!({})),
            Some(path) => self.path(path.as_str().unwrap_or("$"), &merged, ix),
            None => merged,
        }
    }

    fn jsonata_output(&self, ix: StateIx, node: &Node, depth: usize) -> Guess {
        let sight = Sight {
            result: self.has_result(ix).then(|| self.result(ix, node, depth)),
            ..Sight::of_input(self.input_within(ix, depth))
        };
        match node.field("Output") {
            Some(data) => self.expressions(data, &sight, ix),
            None => sight.result.unwrap_or(sight.input),
        }
    }

    /// What `OutputPath` is applied to.
    fn before_output_path(&self, ix: StateIx, node: &Node, depth: usize) -> Guess {
        if !matches!(
            self.kind(ix),
            Some(StateType::Task | StateType::Pass | StateType::Map | StateType::Parallel)
        ) {
            return self.filtered(ix, node, depth);
        }
        let result = self.result(ix, node, depth);
        let result = match node.field("ResultSelector") {
            Some(template) => self.template(template, &result, ix),
            None => result,
        };
        let raw = self.input_within(ix, depth);
        self.placed(ix, node, raw, result)
    }

    /// The raw input with a result where `ResultPath` of a state or catcher puts it.
    fn placed(&self, ix: StateIx, holder: &Node, raw: Guess, result: Guess) -> Guess {
        match holder.field("ResultPath") {
            Some(path) if !path.is_null() && path.as_str() != Some("$") && !self.is_near(ix) => raw,
            path => data::placed(path, raw, result),
        }
    }

    /// Whether the state has work whose result `$states.result` holds.
    fn has_result(&self, ix: StateIx) -> bool {
        matches!(
            self.kind(ix),
            Some(StateType::Task | StateType::Map | StateType::Parallel)
        )
    }

    /// What a catcher hands on.
    fn caught(&self, ix: StateIx, index: usize, depth: usize) -> Guess {
        let error = Guess::assumed(results::error_output());
        let catcher = self
            .node(ix)
            .and_then(|node| node.field("Catch")?.elements().get(index));
        let Some((node, catcher)) = self.node(ix).zip(catcher) else {
            return error;
        };
        let raw = self.input_within(ix, depth);
        match (self.language(node), catcher.field("Output")) {
            (Language::JsonPath, _) => self.placed(ix, catcher, raw, error),
            (Language::Jsonata, None) => error,
            (Language::Jsonata, Some(data)) => {
                let sight = Sight {
                    error: Some(error),
                    ..Sight::of_input(raw)
                };
                self.expressions(data, &sight, ix)
            }
        }
    }

    /// What a block gives at its end.
    fn block_output(&self, block: BlockIx, depth: usize) -> Guess {
        let states = self
            .outline
            .block(block)
            .map(|block| block.states.as_slice())
            .unwrap_or_default();
        let mut found = Guess::default();
        let ends = |ix: &&StateIx| {
            let state = self.outline.state(**ix);
            state.is_some_and(|state| state.ends && state.kind != Some(StateType::Fail))
        };
        for ix in states.iter().filter(ends).take(4) {
            if let Some(depth) = depth.checked_sub(1) {
                found = data::merged(found, self.output(*ix, depth));
            }
        }
        found
    }
}
