//! Who runs a task: sample results, an activity's workers or people, a connector, or nobody.

use super::Inner;
use super::slots::Loaded;
use crate::arn::{ActivityArn, MachineArn};
use crate::connectors::{Connector, Refusal, TaskAnswer};
use crate::store::StoreError;
use asl::definition::Resource;
use asl::dry_run::mocks::{Answer, Case, MockConfig, Response};
use asl::machine::{FailurePoint, TaskRequest};
use std::sync::Arc;

/// The sample results that an execution runs on.
#[derive(Debug, Clone)]
pub(super) enum Samples {
    /// It runs for real.
    None,
    /// This case.
    Case(Box<Case>),
    /// The case of this name, which is not there any more.
    Lost(String),
}

/// Who runs a task.
#[derive(Debug)]
pub(super) enum Route {
    /// Its answer is known, and comes after so many milliseconds.
    Answer { answer: TaskAnswer, latency_ms: u64 },
    /// A worker fetches it.
    Worker(ActivityArn),
    /// People decide on the review of this id.
    People {
        activity: ActivityArn,
        review: String,
    },
    /// A connector runs it.
    Connector(Arc<dyn Connector>),
}

impl Route {
    fn refused(refusal: Refusal) -> Self {
        let Refusal { error, cause } = refusal;
        let answer = TaskAnswer::Failed {
            error: Some(error),
            cause: Some(cause),
            at: FailurePoint::Schedule,
        };
        Self::Answer {
            answer,
            latency_ms: 0,
        }
    }

    fn sample(response: Response) -> Self {
        let answer = match response.answer {
            Answer::Return(value) => TaskAnswer::Succeeded {
                output: value.to_string().into(),
            },
            Answer::Throw { error, cause } => TaskAnswer::Failed {
                error: Some(error),
                cause: Some(cause),
                at: FailurePoint::Work,
            },
        };
        Self::Answer {
            answer,
            latency_ms: response.latency_ms,
        }
    }
}

impl Inner {
    /// Finds who runs a task.
    pub(super) async fn route(
        &self,
        loaded: &Loaded,
        request: &TaskRequest,
    ) -> Result<Route, StoreError> {
        match &loaded.samples {
            Samples::None => {}
            Samples::Lost(case) => return Ok(Route::refused(lost(case))),
            Samples::Case(case) => {
                if let Some(response) = case.response(&request.state, request.attempt) {
                    return Ok(response
                        .map_or_else(|error| Route::refused(used_up(&error)), Route::sample));
                }
            }
        }
        match Resource::parse(&request.resource) {
            Resource::Activity(arn) => self.activity_route(&arn).await,
            resource @ (Resource::Function(_) | Resource::Service { .. }) => Ok(self
                .connectors
                .find(&resource)
                .map_or_else(Route::refused, Route::Connector)),
        }
    }

    async fn activity_route(&self, arn: &str) -> Result<Route, StoreError> {
        let activity = match ActivityArn::parse(arn) {
            Some(arn) => self.store.activity(&arn).await?,
            None => None,
        };
        Ok(match activity {
            None => Route::refused(no_activity(arn)),
            Some(activity) if activity.answered_by_people() => Route::People {
                activity: activity.arn,
                review: crate::ids::url_safe()?,
            },
            Some(activity) => Route::Worker(activity.arn),
        })
    }

    /// The sample results of a machine under this name: its own, else those of the shared file.
    pub(super) async fn samples(
        &self,
        machine: &MachineArn,
        case: &str,
    ) -> Result<Option<Case>, StoreError> {
        let own = self.store.mocks(machine.name()).await?;
        let own = own.and_then(|file| MockConfig::parse(&file).ok());
        let found = own.and_then(|mocks| mocks.case(machine.name(), case));
        let shared = || {
            self.shared_mocks
                .as_ref()
                .and_then(|mocks| mocks.case(machine.name(), case))
        };
        Ok(found.or_else(shared))
    }
}

fn lost(case: &str) -> Refusal {
    Refusal {
        error: "States.Runtime".into(),
        cause: format!(
            "The sample results named {case}, which this execution runs on, are not there any more."
        ),
    }
}

fn used_up(error: &asl::dry_run::mocks::MockError) -> Refusal {
    Refusal {
        error: "States.Runtime".into(),
        cause: error.to_string(),
    }
}

fn no_activity(arn: &str) -> Refusal {
    Refusal {
        error: "States.Runtime".into(),
        cause: format!("The activity {arn} does not exist."),
    }
}
