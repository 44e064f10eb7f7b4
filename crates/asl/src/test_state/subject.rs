//! The tested state: found in a whole machine, or put into a machine of its own.

use super::refusal::Refusal;
use crate::check::{self, MachineType, Severity};
use crate::definition::{BlockId, State, StateId, StateKind, StateMachine};
use crate::text::{Document, Node};
use serde_json::{Value, json};

/// What AWS calls a state that is given alone (recorded).
const LONE_NAME: &str = "StateName";

/// Errors that a refusal names.
const MOST_NAMED: usize = 100;

/// The tested state and the machine in which it stands.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    pub(super) machine: StateMachine,
    pub(super) state: StateId,
    /// The state as it is written, for fields that the typed machine does not keep.
    pub(super) written: Value,
}

impl Subject {
    /// Finds the state.
    pub(super) fn read(definition: &str, name: Option<&str>) -> Result<Self, Refusal> {
        let document = match name {
            Some(_) => Document::parse(definition),
            None => around_lone(definition)?,
        };
        must_pass(&document, name.is_none())?;
        let machine = StateMachine::build(&document).map_err(|errors| {
            let texts: Vec<String> = errors.iter().map(ToString::to_string).collect();
            Refusal::Definition(format!("SCHEMA_VALIDATION_FAILED: {}", texts.join(", ")))
        })?;
        let name = name.unwrap_or(LONE_NAME);
        let state = machine.state_named(name).map(|state| state.id);
        let state = state.ok_or(Refusal::StateNotFound)?;
        let written = written(&document, name).unwrap_or_default();
        Ok(Self {
            machine,
            state,
            written,
        })
    }

    /// The state.
    pub(super) fn state(&self) -> Option<&State> {
        self.machine.state(self.state)
    }

    /// The Map or Parallel whose block this is.
    fn owner(&self, block: BlockId) -> Option<&State> {
        self.machine.states().find(|state| match &state.kind {
            StateKind::Map(map) => map.processor == block,
            StateKind::Parallel(branches) => branches.contains(&block),
            StateKind::Task(_)
            | StateKind::Pass(_)
            | StateKind::Choice(_)
            | StateKind::Wait(_)
            | StateKind::Succeed
            | StateKind::Fail(_) => false,
        })
    }

    /// Whether the state stands in an iteration of a Map, at any depth.
    pub(super) fn is_in_map(&self) -> bool {
        let mut block = self.state().map(|state| state.block);
        while let Some(owner) = block.and_then(|block| self.owner(block)) {
            if matches!(owner.kind, StateKind::Map(_)) {
                return true;
            }
            block = Some(owner.block);
        }
        false
    }

    /// Whether a state of this name stands inside the tested one.
    pub(super) fn holds(&self, name: &str) -> bool {
        let Some(inner) = self.machine.state_named(name) else {
            return false;
        };
        let mut block = inner.block;
        while let Some(owner) = self.owner(block) {
            if owner.id == self.state {
                return true;
            }
            block = owner.block;
        }
        false
    }
}

/// A machine of the one state, with ends for the states that it names.
fn around_lone(definition: &str) -> Result<Document, Refusal> {
    let lone = Document::parse(definition);
    if !lone.faults().is_empty() {
        must_pass(&lone, true)?;
    }
    let mut states = format!("{}:{definition}", json!(LONE_NAME));
    for name in lone.root().map(targets).unwrap_or_default() {
        states.push_str(&format!(",{}:{{\"Type\":\"Succeed\"}}", json!(name)));
    }
    let text = format!(
        "{{\"StartAt\":{},\"States\":{{{states}}}}}",
        json!(LONE_NAME)
    );
    Ok(Document::parse(text))
}

/// The names of other states to which a state may go, each once.
fn targets(state: &Node) -> Vec<&str> {
    let rules = ["Choices", "Catch"].into_iter();
    let rules = rules.filter_map(|list| state.field(list));
    let rules = rules.flat_map(|list| list.elements()).chain([state]);
    let mut names: Vec<&str> = rules
        .filter_map(|rule| rule.field("Next"))
        .chain(state.field("Default"))
        .filter_map(Node::as_str)
        .filter(|name| *name != LONE_NAME && !name.is_empty())
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Refuses a definition with errors in it, naming them. Whether a machine ends does not matter for a lone state.
fn must_pass(document: &Document, is_lone: bool) -> Result<(), Refusal> {
    let found = check::check_deployed(document, MachineType::Standard);
    let count = if document.faults().is_empty() {
        MOST_NAMED
    } else {
        1
    };
    let errors = found
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .filter(|finding| !is_lone || finding.aws_code != Some("MISSING_END_STATE"));
    let texts: Vec<String> = errors
        .filter_map(|finding| finding.aws_text(document))
        .take(count)
        .collect();
    if texts.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Definition(texts.join(", ")))
    }
}

/// The state of this name as it is written, at any depth; names are unique in a machine.
fn written(document: &Document, name: &str) -> Option<Value> {
    let mut blocks = vec![document.root()?];
    while let Some(block) = blocks.pop() {
        let states = block.field("States")?;
        if let Some(state) = states.field(name) {
            return state.to_value();
        }
        let states = states.members().iter();
        blocks.extend(states.flat_map(|state| inner_blocks(&state.value)));
    }
    None
}

fn inner_blocks(state: &Node) -> Vec<&Node> {
    let branches = state.field("Branches").map(Node::elements);
    let processor = state.field("ItemProcessor").or(state.field("Iterator"));
    branches
        .unwrap_or_default()
        .iter()
        .chain(processor)
        .collect()
}
