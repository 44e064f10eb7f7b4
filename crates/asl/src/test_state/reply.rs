//! What a test answers, as AWS writes it.

use serde_json::{Map, Value};
use std::sync::Arc;

/// How the state ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// `SUCCEEDED`
    Succeeded,
    /// `FAILED`
    Failed,
    /// `RETRIABLE`: a retrier takes the error.
    Retriable,
    /// `CAUGHT_ERROR`: a catcher takes the error.
    CaughtError,
}

impl Status {
    /// AWS's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Succeeded => "SUCCEEDED",
            Self::Failed => "FAILED",
            Self::Retriable => "RETRIABLE",
            Self::CaughtError => "CAUGHT_ERROR",
        }
    }
}

/// What a test answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// How the state ended.
    pub status: Status,
    /// Its output, as JSON text; none when it failed.
    pub output: Option<Arc<str>>,
    /// The state that comes next.
    pub next_state: Option<Arc<str>>,
    /// The error's name.
    pub error: Option<Arc<str>>,
    /// The cause.
    pub cause: Option<Arc<str>>,
    /// `inspectionData`; none at the level INFO.
    pub inspection_data: Option<Map<String, Value>>,
}

impl Reply {
    /// The reply of the AWS API.
    pub fn to_wire(&self) -> Value {
        let mut wire = Map::new();
        let texts = [
            ("output", &self.output),
            ("error", &self.error),
            ("cause", &self.cause),
            ("nextState", &self.next_state),
        ];
        for (name, text) in texts {
            if let Some(text) = text {
                wire.insert(name.to_owned(), Value::from(&**text));
            }
        }
        if let Some(data) = &self.inspection_data {
            wire.insert("inspectionData".to_owned(), Value::Object(data.clone()));
        }
        wire.insert("status".to_owned(), Value::from(self.status.as_str()));
        Value::Object(wire)
    }
}
