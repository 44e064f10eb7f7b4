//! Random machines: all types of states, nested, in both query languages, with whatever a state may have.
//!
//! They are well formed, so that they can be built; whether a run makes sense of them is left to chance.

mod queries;
mod states;

use crate::draw::Draw;
pub(crate) use queries::{ERRORS, EXPRESSIONS, INTRINSICS, PATHS, RESOURCES, VALUES};
use serde_json::{Map, Value, json};

/// Levels of Parallel and Map states inside each other.
const DEPTH: usize = 3;

/// A machine under construction.
pub(crate) struct Builder<'d> {
    pub(crate) draw: &'d mut Draw,
    /// Whether the machine's own language is JSONata; then no state can be JSONPath.
    is_jsonata: bool,
    /// Names given so far.
    named: usize,
    depth: usize,
}

/// A random definition.
pub fn definition(draw: &mut Draw) -> Value {
    let is_jsonata = draw.once_in(3);
    let limit = draw.once_in(4).then(|| 1 + draw.below(600));
    let mut builder = Builder {
        draw,
        is_jsonata,
        named: 0,
        depth: 0,
    };
    let mut machine = builder.block();
    if is_jsonata {
        machine["QueryLanguage"] = json!("JSONata");
    }
    if let Some(seconds) = limit {
        machine["TimeoutSeconds"] = json!(seconds);
    }
    machine
}

/// A random input or result, as JSON text.
pub fn value(draw: &mut Draw) -> &'static str {
    let end = if draw.once_in(4) { VALUES.len() } else { 5 };
    VALUES[draw.below(end)]
}

impl Builder<'_> {
    /// A block: a chain of states with ways back and forth.
    pub(crate) fn block(&mut self) -> Value {
        let count = 1 + self.draw.below(4);
        let first = self.named;
        self.named += count;
        let names: Vec<String> = (first..first + count)
            .map(|number| format!("S{number}"))
            .collect();
        let states: Map<String, Value> = names
            .iter()
            .enumerate()
            .map(|(index, name)| (name.clone(), self.state(&names, index)))
            .collect();
        json!({"StartAt": names[0], "States": states})
    }

    /// A state of its block, by position.
    fn state(&mut self, names: &[String], index: usize) -> Value {
        let jsonata = self.is_jsonata || self.draw.once_in(4);
        let mut state = states::draw(self, jsonata, names);
        if jsonata && !self.is_jsonata {
            state["QueryLanguage"] = json!("JSONata");
        }
        let kind = state["Type"].as_str().unwrap_or_default();
        if !matches!(kind, "Choice" | "Succeed" | "Fail") {
            match names.get(index + 1) {
                Some(next) => state["Next"] = json!(next),
                None => state["End"] = json!(true),
            }
        }
        state
    }

    /// What a Parallel or Map state runs; `None` when it is nested enough.
    pub(crate) fn nested(&mut self) -> Option<Value> {
        if self.depth == DEPTH {
            return None;
        }
        self.depth += 1;
        let block = self.block();
        self.depth -= 1;
        Some(block)
    }
}
