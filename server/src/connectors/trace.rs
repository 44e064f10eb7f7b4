//! What TestState shows of a task's talk with a service, at the level TRACE (feature map, 9.6). Executions are never traced.

use serde_json::Value;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// Where a connector notes what it sends and gets; cheap to clone.
#[derive(Clone)]
pub(crate) struct Trace {
    secrets: Secrets,
    seen: Arc<Mutex<Seen>>,
}

/// Whether secrets may be noted (`revealSecrets`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Secrets {
    Revealed,
    Hidden,
}

/// What was noted, as TestState answers it.
#[derive(Clone, Default)]
pub(crate) struct Seen {
    pub(crate) request: Option<Value>,
    pub(crate) response: Option<Value>,
}

/// What was noted may be secret.
impl fmt::Debug for Trace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Trace")
            .field("secrets", &self.secrets)
            .finish_non_exhaustive()
    }
}

impl Trace {
    pub(crate) fn new(secrets: Secrets) -> Self {
        Self {
            secrets,
            seen: Arc::default(),
        }
    }

    pub(crate) fn secrets(&self) -> Secrets {
        self.secrets
    }

    /// Changes what was noted.
    pub(crate) fn note(&self, note: impl FnOnce(&mut Seen)) {
        note(&mut self.seen.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// What was noted.
    pub(crate) fn seen(&self) -> Seen {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.clone()
    }
}
