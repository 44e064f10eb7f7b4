//! What is known beyond the text: sample input, what runs have shown, resources that exist.

use serde_json::{Map, Value};
use std::collections::HashMap;
use std::sync::Arc;

/// What is known beyond the text. All of it may be empty.
#[derive(Debug, Clone, Default)]
pub struct Knowledge {
    /// A sample input of the workflow.
    pub input: Option<Value>,
    /// What the last run showed of each state, by its name.
    pub seen: HashMap<Arc<str>, Seen>,
    /// ARNs of functions, activities and workflows that exist, with a few words on each.
    pub resources: Vec<(String, String)>,
}

/// What a run showed of a state.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// Its raw input.
    pub input: Option<Value>,
    /// What its work gave, before it was reshaped.
    pub result: Option<Value>,
    /// Its output.
    pub output: Option<Value>,
    /// The variables when it was entered, by name.
    pub variables: Map<String, Value>,
}
