//! The event of a query that could not be evaluated (asl-rules 7).

use super::{Details, Failure, wire};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;

/// `EvaluationFailed`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EvaluationFailed {
    /// The state that was running.
    pub state: Arc<str>,
    /// The field inside the state, as a slash path; missing when no expression is at fault.
    pub location: Option<Arc<str>>,
    /// The error's name and cause.
    pub failure: Failure,
}

impl EvaluationFailed {
    pub(super) fn details(&self) -> Details {
        let details = wire::Object::default()
            .text("state", &self.state)
            .maybe_text("location", self.location.as_ref())
            .failure(&self.failure);
        Some(("evaluationFailedEventDetails", details.into()))
    }

    pub(super) fn from_wire(type_name: &str, event: &Value) -> Option<Self> {
        if type_name != "EvaluationFailed" {
            return None;
        }
        let details = event.get("evaluationFailedEventDetails")?;
        Some(Self {
            state: wire::text(details, "state")?,
            location: wire::text(details, "location"),
            failure: wire::failure(details),
        })
    }
}
