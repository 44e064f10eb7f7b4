//! Definitions ready to run, by revision: running executions keep the one they started with (API-106).

use super::Inner;
use crate::store::StoreError;
use asl::definition::StateMachine;
use asl::text::Document;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Revisions that stay ready.
const CAPACITY: usize = 256;

#[derive(Debug, Default)]
pub(super) struct Programs(Mutex<HashMap<i64, Arc<StateMachine>>>);

/// The definition ready to run, or what keeps it from being run.
pub(super) fn compile(definition: &str) -> Result<StateMachine, String> {
    StateMachine::build(&Document::parse(definition)).map_err(|errors| {
        let texts: Vec<String> = errors.iter().map(ToString::to_string).collect();
        texts.join("; ")
    })
}

impl Programs {
    fn get(&self, revision: i64) -> Option<Arc<StateMachine>> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&revision)
            .cloned()
    }

    fn keep(&self, revision: i64, program: &Arc<StateMachine>) {
        let mut table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if table.len() >= CAPACITY {
            table.clear();
        }
        table.insert(revision, Arc::clone(program));
    }
}

impl Inner {
    /// The program of a revision whose definition is at hand.
    pub(super) fn compiled(
        &self,
        revision: i64,
        definition: &str,
    ) -> Result<Arc<StateMachine>, String> {
        if let Some(program) = self.programs.get(revision) {
            return Ok(program);
        }
        let program = Arc::new(compile(definition)?);
        self.programs.keep(revision, &program);
        Ok(program)
    }

    /// The program of a revision.
    pub(super) async fn program(&self, revision: i64) -> Result<Arc<StateMachine>, StoreError> {
        if let Some(program) = self.programs.get(revision) {
            return Ok(program);
        }
        let definition = self.store.revision(revision).await?.definition;
        self.compiled(revision, &definition)
            .map_err(|error| StoreError::Corrupt(format!("revision {revision}: {error}")))
    }
}
