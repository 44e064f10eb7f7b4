//! The context object (asl-rules 9), built only for states that read it.

use super::run::{Run, Visit};
use crate::definition::StateKind;
use crate::query::Context;
use crate::query::context::{Execution, Item, State};
use serde_json::Value;

/// What is in the context object only at certain moments.
#[derive(Default)]
pub(super) struct Extras {
    /// `Task.Token`
    pub(super) token: Option<String>,
    /// `Map.Item`
    pub(super) item: Option<Item>,
}

impl Run<'_> {
    /// The context object of a visit; `null` when the state does not read it.
    pub(super) fn context(&self, visit: &Visit<'_>, extras: Extras) -> Value {
        if !visit.state.reads_context {
            return Value::Null;
        }
        if let Some(alone) = &self.execution.alone {
            return alone.context(extras);
        }
        let identity = &self.execution.identity;
        let execution = Execution {
            id: identity.execution_arn.clone(),
            input: self.execution.input.to_value(),
            start_ms: self.execution.start_ms,
            name: identity.execution_name.clone(),
            role_arn: identity.role_arn.clone(),
            redrive_count: (!identity.is_express()).then_some(self.execution.redrives),
            redrive_ms: self.execution.redriven_ms(),
        };
        let context = Context {
            execution,
            machine_id: identity.machine_arn.clone(),
            machine_name: identity.machine_name.clone(),
            state: Some(state(visit)),
            task_token: extras.token,
            item: extras.item,
        };
        context.to_value()
    }
}

fn state(visit: &Visit<'_>) -> State {
    let retry_count = match &visit.state.kind {
        StateKind::Task(_) | StateKind::Parallel(_) | StateKind::Map(_) => Some(visit.retries),
        StateKind::Pass(_)
        | StateKind::Choice(_)
        | StateKind::Wait(_)
        | StateKind::Succeed
        | StateKind::Fail(_) => None,
    };
    State {
        name: visit.state.name.to_string(),
        entered_ms: visit.entered_ms,
        retry_count,
    }
}
