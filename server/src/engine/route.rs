//! Who runs a task: sample results, an activity's workers or people, a connector, or nobody.

use super::Inner;
use super::slots::Loaded;
use crate::arn::{ActivityArn, ExecutionArn, MachineArn};
use crate::connectors::{Asker, Connector, Refusal, TaskAnswer};
use crate::store::StoreError;
use crate::traces::header_of_child;
use asl::definition::Resource;
use asl::dry_run::FileError;
use asl::dry_run::mocks::{self, Answer, Case, Drawn, MockConfig};
use asl::machine::{FailurePoint, MapRunEnd, MapRunId, TaskRequest};
use sha2::{Digest, Sha256};
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
    /// Nobody can; this is its answer.
    Refused(TaskAnswer),
    /// Sample results answer it.
    Sample(Drawn),
    /// A worker fetches it.
    Worker(ActivityArn),
    /// People decide on the review of this id.
    People {
        activity: ActivityArn,
        review: String,
    },
    /// A connector runs it for an execution.
    Connector(Arc<dyn Connector>, Asker),
}

impl Route {
    fn refused(refusal: Refusal) -> Self {
        let Refusal { error, cause } = refusal;
        let at = FailurePoint::Schedule;
        Self::Refused(TaskAnswer::Failed {
            error: Some(error),
            cause: Some(cause),
            at,
        })
    }
}

/// The answer that a sample result stands for.
pub(super) fn sample_answer(request: &TaskRequest, answer: &Answer) -> TaskAnswer {
    match answer {
        Answer::Return(value) => {
            let output = mocks::result(&request.resource, value).to_string();
            TaskAnswer::Succeeded {
                output: output.into(),
            }
        }
        Answer::Throw { error, cause } => TaskAnswer::failed(error.clone(), cause.clone()),
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
                if let Some(drawn) = case.answer(request, seed(case, loaded)) {
                    return Ok(
                        drawn.map_or_else(|error| Route::refused(used_up(&error)), Route::Sample)
                    );
                }
            }
        }
        match Resource::parse(&request.resource) {
            Resource::Activity(arn) => self.activity_route(&arn).await,
            resource @ (Resource::Function(_) | Resource::Service { .. }) => {
                Ok(match self.connectors.find(&resource) {
                    Ok(connector) => Route::Connector(connector, self.asker(loaded)),
                    Err(refusal) => Route::refused(refusal),
                })
            }
        }
    }

    /// An execution, as connectors know it.
    fn asker(&self, loaded: &Loaded) -> Asker {
        let is_traced = self.observer.makes_traces();
        Asker {
            execution: loaded.arn.clone(),
            trace_header: is_traced.then(|| header_of_child(loaded.state.identity())),
        }
    }

    /// How the map run of a mocked Map state ends, and after how many milliseconds; `None` when it is to be run.
    pub(super) fn mocked_map_run(
        &self,
        loaded: &Loaded,
        map_run: MapRunId,
        state: &str,
        attempt: u32,
    ) -> Option<(MapRunEnd, u64)> {
        match &loaded.samples {
            Samples::None | Samples::Lost(_) => None,
            Samples::Case(case) => case.map_run_end(map_run, state, attempt, seed(case, loaded)),
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

    /// The sample results of a case that an execution of this machine was started on.
    pub(super) async fn samples_of(
        &self,
        machine: &MachineArn,
        case: &str,
    ) -> Result<Samples, StoreError> {
        Ok(match self.samples(machine, case).await? {
            Some(case) => Samples::Case(Box::new(case)),
            None => Samples::Lost(case.to_owned()),
        })
    }

    /// The sample results of a machine under this name: its own, else those of the shared file.
    pub(super) async fn samples(
        &self,
        machine: &MachineArn,
        case: &str,
    ) -> Result<Option<Case>, StoreError> {
        let own = self.store.mocks(machine.deployed_name()).await?;
        let own = own.and_then(|file| MockConfig::parse(&file).ok());
        let found = own.and_then(|mocks| mocks.case(machine.deployed_name(), case));
        let shared = || {
            self.shared_mocks
                .as_ref()
                .and_then(|mocks| mocks.case(machine.deployed_name(), case))
        };
        Ok(found.or_else(shared))
    }
}

/// What an execution draws from when sample results leave something to chance.
fn seed(case: &Case, loaded: &Loaded) -> u64 {
    case.seed().unwrap_or_else(|| seed_of(&loaded.arn))
}

/// The seed of an execution whose sample results name none: every execution draws anew, and the same again after a restart.
fn seed_of(arn: &ExecutionArn) -> u64 {
    let digest: [u8; 32] = Sha256::digest(arn.to_string()).into();
    let bytes = digest.iter().take(8);
    bytes.fold(0, |seed, byte| seed << 8 | u64::from(*byte))
}

fn lost(case: &str) -> Refusal {
    Refusal {
        error: "States.Runtime".into(),
        cause: format!(
            "The sample results named {case}, which this execution runs on, are not there any more."
        ),
    }
}

fn used_up(error: &FileError) -> Refusal {
    Refusal {
        error: "States.Runtime".into(),
        cause: format!("{error}."),
    }
}

fn no_activity(arn: &str) -> Refusal {
    Refusal {
        error: "States.Runtime".into(),
        cause: format!("The activity {arn} does not exist."),
    }
}
