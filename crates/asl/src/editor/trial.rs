//! What a query, an expression or a payload in a text field gives on the data that is known: the values of the last run,
//! else what follows from the sample input.
//!
//! Unlike the guesses that completions are made of, a trial looks at whole values, evaluates in the way of the interpreter,
//! and says why it fails. The state itself is not run; moments and random numbers are examples.

use super::flow::{Flow, Sight, context, sight};
use super::knowledge::Knowledge;
use super::room::{Room, RoomKind, is_query};
use crate::check::fields::Language;
use crate::definition::expression;
use crate::graph::StateIx;
use crate::query::{Entropy, Scope, Template};
use crate::text::{Document, Pointer, Step};
use indexmap::IndexMap;
use jsonata::{Environment, Expression, FixedHost, Limits};
use serde_json::{Map, Value, json};

/// The data that a trial was made on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// What the last run has shown of the state.
    Run,
    /// What follows from the sample input.
    Sample,
    /// What the text alone lets expect.
    Text,
}

/// What came of a trial.
#[derive(Debug, Clone, PartialEq)]
pub enum Trial {
    /// The value that it gives.
    Value {
        /// The value.
        value: Value,
        /// On which data.
        basis: Basis,
    },
    /// Why it gives none, in a plain sentence.
    Fault {
        /// The sentence.
        words: String,
        /// On which data.
        basis: Basis,
    },
    /// What it reads is not known; a sentence says how to get it.
    Unknown(&'static str),
}

const NO_INPUT: &str =
    "What comes in here is not known. Dry-run the pipeline on a sample input to see the value.";
const NO_RESULT: &str =
    "What the work gives is not known. Dry-run the pipeline, or give it a sample result.";

/// Work that a trial may do; it is made again with each key.
const LIMITS: Limits = Limits {
    fuel: 2_000_000,
    depth: 200,
    sequence: 100_000,
    bytes: 4 << 20,
};

/// Tries `value` as the value at `pointer`: a path or an expression as it would be written, or a payload that holds some.
/// None where nothing is evaluated.
pub fn try_field(
    document: &Document,
    pointer: &Pointer,
    value: &Value,
    knowledge: &Knowledge,
) -> Option<Trial> {
    let edits = document.set(pointer, value, None).ok()?;
    let mended = document.apply(&edits).ok()?;
    let room = Room::at(&mended, &pointer.parent()?)?;
    let step = pointer.0.last()?;
    let (field, asks) = asked(&room, step, value)?;
    let flow = Flow::of_whole(&mended, knowledge);
    let ix = flow.outline.find(&room.state.as_ref()?.pointer)?;
    let sight = sight(&flow, ix, &room, &field, asks == Asks::Expressions);
    let trial = Attempt {
        flow: &flow,
        ix,
        sight: &sight,
        reads_result: asks != Asks::Expressions
            && matches!(&*field, "ResultSelector" | "OutputPath" | "Assign")
            && flow.has_result(ix),
    };
    Some(match asks {
        Asks::Query => trial.query(value),
        Asks::Target => trial.target(),
        Asks::Template => trial.template(value),
        Asks::Expressions => trial.expressions(value),
    })
}

/// How a value is evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    /// A path or a call of an intrinsic function.
    Query,
    /// Where a result goes.
    Target,
    /// A payload template.
    Template,
    /// JSONata.
    Expressions,
}

fn asked(room: &Room<'_>, step: &Step, value: &Value) -> Option<(String, Asks)> {
    let field = match room.kind {
        RoomKind::Fields(_) => step.name().into_owned(),
        RoomKind::Data(_, field) => field.to_owned(),
        RoomKind::States | RoomKind::List(_) | RoomKind::Texts(..) | RoomKind::Unknown => {
            return None;
        }
    };
    let node = room.node.child(step)?;
    let is_data = matches!(room.kind.inner(step, node), RoomKind::Data(..));
    let asks = match room.language {
        Language::Jsonata if is_data || value.as_str().and_then(expression).is_some() => {
            Asks::Expressions
        }
        Language::JsonPath if is_query(room.kind, step) => match field.as_str() {
            "ResultPath" => Asks::Target,
            _ => Asks::Query,
        },
        Language::JsonPath if is_data && !value.is_string() => Asks::Template,
        Language::Jsonata | Language::JsonPath => return None,
    };
    Some((field, asks))
}

/// One trial with what it sees.
struct Attempt<'a, 'd> {
    flow: &'a Flow<'d>,
    ix: StateIx,
    sight: &'a Sight,
    /// Whether what `$` is comes of the work's result.
    reads_result: bool,
}

impl Attempt<'_, '_> {
    fn basis(&self) -> Basis {
        if self.flow.was_entered(self.ix) && self.sight.is_seen() {
            Basis::Run
        } else if self.sight.is_seen() {
            Basis::Sample
        } else {
            Basis::Text
        }
    }

    /// What is not known of the data; nothing when all of it is.
    fn unknown(&self) -> Option<&'static str> {
        let has_result = self.sight.result.as_ref().is_none_or(|it| it.is_seen);
        match (self.sight.input.is_seen, has_result) {
            (true, true) if self.sight.error.is_none() => None,
            (true, false) => Some(NO_RESULT),
            (true, true) => Some("Which error comes is not known before one does."),
            (false, _) if self.reads_result => Some(NO_RESULT),
            (false, _) => Some(NO_INPUT),
        }
    }

    /// A fault, unless it may come of what is not known.
    fn fault(&self, words: &str) -> Trial {
        self.unknown().map_or_else(
            || Trial::Fault {
                words: sentence(words),
                basis: self.basis(),
            },
            Trial::Unknown,
        )
    }

    /// A value, unless it is nothing because the data is not known.
    fn value(&self, value: Value) -> Trial {
        match self.unknown() {
            Some(words) if value.is_null() => Trial::Unknown(words),
            Some(_) | None => Trial::Value {
                value,
                basis: self.basis(),
            },
        }
    }

    fn query(&self, value: &Value) -> Trial {
        match self.templated(&json!({ "value.$": value })) {
            Ok(mut found) => self.value(found["value"].take()),
            Err(trial) => trial,
        }
    }

    fn template(&self, value: &Value) -> Trial {
        match self.templated(value) {
            Ok(found) => self.value(found),
            Err(trial) => trial,
        }
    }

    fn templated(&self, template: &Value) -> Result<Value, Trial> {
        let read = Template::parse(template).map_err(|(_, error)| wrong(&error.to_string()))?;
        let context = context(self.flow, Some(self.ix));
        let variables = self.variables();
        let scope = Scope {
            input: &self.sight.input.value,
            context: &context,
            variables: &variables,
        };
        let found = read.eval(&scope, &mut Example(0));
        found.map_err(|error| self.fault(&error.to_string()))
    }

    /// What the state has when its result was put where `ResultPath` says.
    fn target(&self) -> Trial {
        let Some(node) = self.flow.node(self.ix) else {
            return Trial::Unknown(NO_INPUT);
        };
        let found = self.flow.merged(self.ix, node);
        match (&*found.value, found.is_seen) {
            (Value::Null, false) => Trial::Unknown(NO_RESULT),
            (value, true) => Trial::Value {
                value: value.clone(),
                basis: self.basis(),
            },
            (value, false) => Trial::Value {
                value: value.clone(),
                basis: Basis::Text,
            },
        }
    }

    fn variables(&self) -> IndexMap<String, Value> {
        let known = self.flow.variables(self.ix).into_iter();
        known
            .map(|(name, variable)| (name, (*variable.value.value).clone()))
            .collect()
    }

    fn expressions(&self, value: &Value) -> Trial {
        let states = self.sight.states(self.flow, self.ix, true);
        let variables = self.variables();
        let mut environment = Environment::aws().with_limits(LIMITS);
        environment.bind("states", (&states).into());
        for (name, value) in &variables {
            environment.bind(name, value.into());
        }
        match self.data(value, &environment) {
            Ok(value) => self.value(value),
            Err(trial) => trial,
        }
    }

    fn data(&self, value: &Value, environment: &Environment<'_>) -> Result<Value, Trial> {
        Ok(match value {
            Value::Object(members) => {
                let mut all = Map::new();
                for (name, value) in members {
                    all.insert(name.clone(), self.data(value, environment)?);
                }
                Value::Object(all)
            }
            Value::Array(items) => {
                let items = items.iter().map(|item| self.data(item, environment));
                Value::Array(items.collect::<Result<_, _>>()?)
            }
            Value::String(text) => match expression(text) {
                Some(text) => self.evaluated(text, environment)?,
                None => value.clone(),
            },
            Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
        })
    }

    fn evaluated(&self, text: &str, environment: &Environment<'_>) -> Result<Value, Trial> {
        let read = Expression::parse(text).map_err(|error| wrong(&error.to_string()))?;
        let mut host = FixedHost::default();
        let found = read
            .evaluate(jsonata::Value::Undefined, environment, &mut host)
            .map_err(|error| self.fault(&error.to_string()))?;
        found
            .to_json()
            .map_err(|_| self.fault("the expression gives nothing on this data"))
    }
}

/// What is wrong whatever the data is.
fn wrong(words: &str) -> Trial {
    Trial::Fault {
        words: sentence(words),
        basis: Basis::Text,
    }
}

/// Words of an error as a sentence.
fn sentence(words: &str) -> String {
    let mut characters = words.chars();
    let first = characters.next().map(|c| c.to_uppercase().to_string());
    let rest = characters.as_str();
    let stop = if rest.ends_with(['.', '?']) { "" } else { "." };
    format!("{}{rest}{stop}", first.unwrap_or_default())
}

/// Random numbers for an example.
struct Example(u64);

impl Entropy for Example {
    fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        self.0
    }
}
