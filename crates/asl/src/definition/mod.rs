//! The typed machine: states, transitions, rules, retriers, catchers, ready to run.
//!
//! It is built from a [`Document`]; what cannot be typed is said with the place where it stands. Judging the rest is the
//! work of [`crate::check`]: unknown fields and fields of the other query language are passed over here.

mod choice;
mod data;
mod distributed;
mod errors;
mod expressions;
mod field;
mod map;
mod place;
mod resource;
mod states;

#[cfg(test)]
mod tests;

pub use choice::{Choice, Condition, Operand, Rule, Test};
pub use data::{Assign, DataFlow, FlowPath, JsonPathFlow, JsonataFlow, ResultPath};
pub use distributed::{
    CsvHeaders, Distributed, ExecutionType, InputType, ItemBatcher, ItemReader, OutputType,
    ReaderAction, ReaderConfig, ReaderTransformation, ResultWriter, WriterTransformation,
};
pub use errors::{Catcher, Jitter, Retrier};
pub use field::{Amount, TextField, expression};
pub use map::{Items, Map, Processing, Selector};
pub use resource::{Pattern, Resource};
pub use states::{Fail, State, StateKind, Task, Transition, Wait};

use crate::text::{Document, Pointer};
use expressions::Expressions;
use place::Place;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::sync::Arc;

/// Levels of blocks inside blocks that a machine may have; deeper ones are refused.
const MAX_DEPTH: usize = 100;

/// A machine that can be run.
#[derive(Debug, Clone, PartialEq)]
pub struct StateMachine {
    comment: Option<String>,
    query_language: QueryLanguage,
    timeout_seconds: Option<u64>,
    blocks: Vec<Block>,
    states: Vec<State>,
    expressions: Expressions,
}

/// The language of a state's queries (asl-rules 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum QueryLanguage {
    /// `JSONPath`, the default.
    #[default]
    JsonPath,
    /// `JSONata`
    Jsonata,
}

/// A state of one machine: its number in the order of the document. Stored with executions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StateId(pub(crate) u32);

/// A `States` block of one machine; 0 is the machine's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BlockId(pub(crate) u32);

/// A `States` block: the machine's own, a branch, or a Map state's processor.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// The state in which it begins.
    pub start_at: StateId,
    /// Its states, in written order.
    pub states: Vec<StateId>,
}

/// What keeps a document from being run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message} at {}", shown(pointer))]
pub struct DefinitionError {
    /// Where.
    pub pointer: Pointer,
    /// A plain sentence.
    pub message: String,
}

/// The pointer for a reader: the root is a slash.
fn shown(pointer: &Pointer) -> String {
    if pointer.0.is_empty() {
        "/".to_owned()
    } else {
        pointer.to_string()
    }
}

impl StateMachine {
    /// The typed form of `document`.
    ///
    /// # Errors
    ///
    /// All faults that keep the machine from being run, in the order of the document; faults of the JSON text first.
    pub fn build(document: &Document) -> Result<Self, Vec<DefinitionError>> {
        if let Some(error) = placeholder_error(document) {
            return Err(vec![error]);
        }
        let errors = RefCell::new(syntax_errors(document));
        let machine = document
            .root()
            .and_then(|root| read(&Place::root(root, &errors)));
        let mut errors = errors.into_inner();
        match machine {
            Some(machine) if errors.is_empty() => Ok(machine),
            _ => {
                if errors.is_empty() {
                    let message = "The definition is empty; it must be a JSON object".to_owned();
                    errors.push(DefinitionError {
                        pointer: Pointer::default(),
                        message,
                    });
                }
                Err(errors)
            }
        }
    }

    /// The machine's comment.
    pub fn comment(&self) -> Option<&str> {
        self.comment.as_deref()
    }

    /// The query language of states that name none.
    pub fn query_language(&self) -> QueryLanguage {
        self.query_language
    }

    /// Seconds after which an execution is timed out.
    pub fn timeout_seconds(&self) -> Option<u64> {
        self.timeout_seconds
    }

    /// The machine's own block.
    pub fn root(&self) -> BlockId {
        BlockId(0)
    }

    /// A block; `None` for the number of another machine.
    pub fn block(&self, id: BlockId) -> Option<&Block> {
        self.blocks.get(id.0 as usize)
    }

    /// A state; `None` for the number of another machine.
    pub fn state(&self, id: StateId) -> Option<&State> {
        self.states.get(id.0 as usize)
    }

    /// All states, nested ones included, in the order of their numbers.
    pub fn states(&self) -> impl Iterator<Item = &State> {
        self.states.iter()
    }

    /// Its JSONata expressions.
    pub(crate) fn expressions(&self) -> &Expressions {
        &self.expressions
    }

    /// The first state of this name, at any depth.
    pub fn state_named(&self, name: &str) -> Option<&State> {
        self.states.iter().find(|state| &*state.name == name)
    }
}

/// What stands for a placeholder is not known, so that every other complaint could be wrong.
fn placeholder_error(document: &Document) -> Option<DefinitionError> {
    let names = document.open_placeholders();
    let message = match names.as_slice() {
        [] => return None,
        [name] => format!("The placeholder ${{{name}}} must be filled in first"),
        names => format!(
            "These placeholders must be filled in first: {}",
            names.join(", ")
        ),
    };
    Some(DefinitionError {
        pointer: Pointer::default(),
        message,
    })
}

fn syntax_errors(document: &Document) -> Vec<DefinitionError> {
    let faults = document.faults().iter();
    let error = |message: &str| DefinitionError {
        pointer: Pointer::default(),
        message: message.to_owned(),
    };
    faults.map(|fault| error(&fault.message)).collect()
}

fn read(place: &Place<'_>) -> Option<StateMachine> {
    place.object()?;
    let query_language = read_language(place).unwrap_or_default();
    let mut builder = Builder {
        query_language,
        blocks: Vec::new(),
        states: Vec::new(),
        depth: 0,
    };
    let timeout_seconds = place
        .member("TimeoutSeconds")
        .and_then(|place| place.positive());
    builder.block(place);
    let states: Option<Vec<State>> = builder.states.into_iter().collect();
    let blocks: Option<Vec<Block>> = builder.blocks.into_iter().collect();
    Some(StateMachine {
        comment: place
            .member("Comment")
            .and_then(|place| place.string())
            .map(str::to_owned),
        query_language,
        timeout_seconds,
        blocks: blocks?,
        states: states?,
        expressions: Expressions::among(place.texts()),
    })
}

fn read_language(place: &Place<'_>) -> Option<QueryLanguage> {
    let place = place.member("QueryLanguage")?;
    match place.string()? {
        "JSONPath" => Some(QueryLanguage::JsonPath),
        "JSONata" => Some(QueryLanguage::Jsonata),
        _ => place.refuse("QueryLanguage must be \"JSONPath\" or \"JSONata\""),
    }
}

/// The machine under construction. Numbers are given out before states are read, so that states can name each other.
struct Builder {
    query_language: QueryLanguage,
    blocks: Vec<Option<Block>>,
    states: Vec<Option<State>>,
    depth: usize,
}

/// The names that states of one block can see, with their numbers.
type Names = indexmap::IndexMap<Arc<str>, StateId>;

impl Builder {
    /// Reads `StartAt` and `States` of `place` as a new block.
    fn block(&mut self, place: &Place<'_>) -> Option<BlockId> {
        if self.depth >= MAX_DEPTH {
            return place.refuse(format!(
                "Blocks may not be nested more than {MAX_DEPTH} deep"
            ));
        }
        self.depth += 1;
        let block = self.read_block(place);
        self.depth -= 1;
        block
    }

    fn read_block(&mut self, place: &Place<'_>) -> Option<BlockId> {
        let id = BlockId(u32::try_from(self.blocks.len()).ok()?);
        self.blocks.push(None);
        let states_place = place.required("States");
        let start_place = place.required("StartAt");
        let states_place = states_place?;
        let members = states_place.object()?;
        let names = self.number(&members)?;
        let start_at = start_place.and_then(|start| target(&start, &names));
        for (name, place) in &members {
            let state = self.state(name, place, id, &names);
            if let Some(slot) = names
                .get(*name)
                .and_then(|id| self.states.get_mut(id.0 as usize))
            {
                *slot = state;
            }
        }
        let states = names.into_values().collect();
        self.blocks[id.0 as usize] = Some(Block {
            start_at: start_at?,
            states,
        });
        Some(id)
    }

    fn number(&mut self, members: &[(&str, Place<'_>)]) -> Option<Names> {
        let mut names = Names::new();
        for (name, _) in members {
            if !names.contains_key(*name) {
                let id = StateId(u32::try_from(self.states.len()).ok()?);
                self.states.push(None);
                names.insert(Arc::from(*name), id);
            }
        }
        Some(names)
    }
}

/// The state of the same block that a text names.
fn target(place: &Place<'_>, names: &Names) -> Option<StateId> {
    let name = place.string()?;
    match names.get(name) {
        Some(id) => Some(*id),
        None => place.refuse(format!("There is no state \"{name}\" beside this one")),
    }
}
