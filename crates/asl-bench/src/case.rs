//! One case for the interpreter: a definition, an input, and what happens outside.

use serde::{Deserialize, Serialize};

/// A case; as JSON it crosses from the native program to the one in Node.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// By which people find it.
    pub name: String,
    /// JSON text.
    pub definition: String,
    /// JSON text.
    pub input: String,
    /// What chance begins with: entropy, and the order and outcome of what is open.
    pub seed: u64,
    /// How tasks end, in the order in which they are asked for; after that they give their input back. Without it, chance decides.
    pub outcomes: Option<Vec<TaskOutcome>>,
}

/// How a task ends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum TaskOutcome {
    /// With a result, as JSON text.
    Succeeded(String),
    /// With an error.
    Failed {
        /// Its name.
        error: Option<String>,
        /// Its cause.
        cause: Option<String>,
    },
    /// Not at all; only a limit of time ends it.
    Silent,
}
