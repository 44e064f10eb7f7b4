//! The run of a test: from a request to a reply, with a stop where a task must be done for real.

use super::context;
use super::inspection::{self, Shown};
use super::mock;
use super::refusal::Refusal;
use super::reply::{Reply, Status};
use super::request::{InspectionLevel, MockedWork, Request, Surroundings};
use super::subject::Subject;
use crate::history::Failure;
use crate::machine::alone::{self, Alone, Work};
use crate::machine::{
    self, Effect, Execution, FailurePoint, Finish, Input, Moment, Observation, Outcome, Stage,
    TaskId, TaskRequest, Through, TimerId,
};
use serde_json::{Map, Value};
use std::sync::Arc;

/// The error of a Map in which too many iterations failed (asl-rules 11).
const EXCEEDED: &str = "States.ExceedToleratedFailureThreshold";
const EXCEEDED_CAUSE: &str = "The specified tolerated failure threshold was exceeded";

/// What a test comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Progress {
    /// The state's task has no mock: do it, and give the answer to [`TestState::take`].
    Task(TaskRequest),
    /// The test is over.
    Done(Reply),
}

/// A test of one state.
#[derive(Debug, Clone)]
pub struct TestState {
    subject: Subject,
    execution: Execution,
    level: InspectionLevel,
    mocked: Option<MockedWork>,
    failed_iterations: Option<u64>,
    observations: Vec<Observation>,
    end: End,
}

/// What the interpreter has said about the end of the state.
#[derive(Debug, Clone, Default)]
struct End {
    variables: Option<Arc<str>>,
    failure: Option<Failure>,
    retry_index: Option<usize>,
    catch_index: Option<usize>,
    /// The timer set last, and when it is due.
    timer: Option<(TimerId, i64)>,
}

impl TestState {
    /// A test that has not begun.
    ///
    /// # Errors
    ///
    /// What AWS refuses before it runs a state: parts of the request that do not go together, a definition with errors, a
    /// mock that does not fit the state.
    pub fn new(request: &Request, around: &Surroundings, moment: Moment) -> Result<Self, Refusal> {
        let mocked = request.judge()?;
        let variables = variables(request.variables.as_deref())?;
        let input = request.input.as_deref().unwrap_or("{}");
        let seen: Value =
            serde_json::from_str(input).map_err(|error| Refusal::Input(error.to_string()))?;
        let subject = Subject::read(&request.definition, request.state_name.as_deref())?;
        mock::judge(&subject, request, mocked.as_ref())?;
        let identity = context::identity(around, request.role_arn.as_deref());
        let context = context::context(&subject, request, &identity, &seen, moment.now_ms)?;
        let read = request.configuration.map_item_reader_data.as_deref();
        let alone = Alone {
            state: subject.state,
            retried: request.configuration.retrier_retry_count.unwrap_or(0),
            context,
            read: read.map(Arc::from),
            map: None,
            variables: variables.iter().map(clone_pair).collect(),
        };
        let input = Arc::from(input);
        let execution = Execution::alone(&subject.machine, identity, input, alone);
        Ok(Self {
            execution,
            subject,
            level: request.inspection_level,
            mocked,
            failed_iterations: request.configuration.map_iteration_failure_count,
            observations: Vec::new(),
            end: End {
                variables: shown_variables(variables),
                ..End::default()
            },
        })
    }

    /// Enters the state and goes as far as it goes without a task.
    ///
    /// # Errors
    ///
    /// A number of failed iterations that the Map does not have.
    pub fn begin(&mut self, moment: Moment) -> Result<Progress, Refusal> {
        self.step(Input::Start, moment);
        self.step(Input::Continue, moment);
        if let Some((timer, _)) = self.end.timer.filter(|_| self.waits()) {
            self.step(Input::TimerFired { timer }, moment);
        }
        if self.execution.awaits_conclusion() {
            let work = self.conclusion()?;
            let outcome = alone::conclude(&self.subject.machine, &mut self.execution, work, moment);
            self.note(outcome);
        }
        let open = self.execution.open_tasks().next().cloned();
        match (open, self.mocked.clone()) {
            (Some(request), Some(mocked)) => {
                self.step(answer(request.task, mocked), moment);
                Ok(Progress::Done(self.reply(moment)))
            }
            (Some(request), None) => Ok(Progress::Task(request)),
            (None, _) => Ok(Progress::Done(self.reply(moment))),
        }
    }

    /// Takes what came of the task.
    pub fn take(&mut self, input: Input, moment: Moment) -> Reply {
        self.step(input, moment);
        self.reply(moment)
    }

    fn step(&mut self, input: Input, moment: Moment) {
        let machine = &self.subject.machine;
        let outcome = machine::step(machine, &mut self.execution, input, moment);
        self.note(outcome);
    }

    fn note(&mut self, outcome: Outcome) {
        for seen in &outcome.observations {
            if seen.stage == Stage::Variables {
                self.end.variables = Some(seen.value.clone());
            }
        }
        self.observations.extend(outcome.observations);
        for passage in outcome.passages {
            match passage.through {
                Through::Failure(failure) => self.end.failure = Some(failure),
                Through::Retrier(index) => self.end.retry_index = Some(index),
                Through::Catcher(index) => self.end.catch_index = Some(index),
                Through::Entry | Through::Rule(_) | Through::Default => {}
            }
        }
        for effect in outcome.effects {
            if let Effect::SetTimer { timer, at_ms } = effect {
                self.end.timer = Some((timer, at_ms));
            }
        }
    }

    /// Whether the state is a Wait that waits.
    fn waits(&self) -> bool {
        self.end.retry_index.is_none()
            && self.execution.finish().is_none()
            && !self.execution.has_work()
            && self.execution.open_tasks().next().is_none()
            && !self.execution.awaits_conclusion()
    }

    /// What came of a Parallel's branches or a Map's iterations.
    fn conclusion(&self) -> Result<Work, Refusal> {
        let is_exceeded = match (self.failed_iterations, self.execution.looked_at()) {
            (Some(failures), Some(map)) => {
                let total = map.iterations.unwrap_or(u64::MAX);
                if failures > total {
                    return Err(Refusal::TooManyFailures);
                }
                map.tolerance.is_exceeded(failures, total)
            }
            (Some(_), None) | (None, _) => false,
        };
        Ok(match self.mocked.clone() {
            Some(MockedWork::Error(error)) => Work::Failed {
                error: error.error,
                cause: error.cause,
            },
            Some(MockedWork::Result(_)) | None if is_exceeded => Work::Failed {
                error: Some(EXCEEDED.to_owned()),
                cause: Some(EXCEEDED_CAUSE.to_owned()),
            },
            Some(MockedWork::Result(result)) => Work::Done(Arc::from(result)),
            None => Work::Done(Arc::from("null")),
        })
    }

    fn reply(&self, moment: Moment) -> Reply {
        let status = self.status();
        let next = self.execution.next_to_enter();
        let next = next.and_then(|next| self.subject.machine.state(next));
        let output = self
            .observations
            .iter()
            .rev()
            .find(|seen| seen.stage == Stage::Output);
        let failure = match status {
            Status::Succeeded => Failure::default(),
            Status::Failed => self.failed(),
            Status::Retriable | Status::CaughtError => self.end.failure.clone().unwrap_or_default(),
        };
        Reply {
            status,
            output: match status {
                Status::Succeeded | Status::CaughtError => output.map(|seen| seen.value.clone()),
                Status::Failed | Status::Retriable => None,
            },
            next_state: next.map(|next| next.name.clone()),
            error: failure.error,
            cause: failure.cause,
            inspection_data: self.inspection(status, moment),
        }
    }

    fn status(&self) -> Status {
        let left = self.execution.finish();
        match left {
            Some(Finish::Succeeded { .. }) => Status::Succeeded,
            Some(Finish::Failed { .. } | Finish::TimedOut { .. } | Finish::Aborted { .. }) => {
                Status::Failed
            }
            None if self.end.catch_index.is_some() => Status::CaughtError,
            None if self.end.retry_index.is_some() => Status::Retriable,
            None => Status::Succeeded,
        }
    }

    fn failed(&self) -> Failure {
        match self.execution.finish() {
            Some(
                Finish::Failed { error, cause }
                | Finish::TimedOut { error, cause }
                | Finish::Aborted { error, cause },
            ) => Failure {
                error: error.as_deref().map(Arc::from),
                cause: cause.as_deref().map(Arc::from),
            },
            Some(Finish::Succeeded { .. }) | None => Failure::default(),
        }
    }

    fn inspection(&self, status: Status, moment: Moment) -> Option<Map<String, Value>> {
        let is_caught = status == Status::CaughtError;
        let retry_index = self.end.retry_index.filter(|_| status == Status::Retriable);
        let due_ms = self.end.timer.filter(|_| retry_index.is_some());
        let shown = Shown {
            variables: self.end.variables.clone(),
            catch_index: self.end.catch_index.filter(|_| is_caught),
            retry_index,
            backoff_seconds: due_ms.map(|(_, at_ms)| at_ms.saturating_sub(moment.now_ms) / 1000),
        };
        inspection::data(self.level, &self.subject, &self.observations, &shown)
    }
}

/// What a mock says to the interpreter.
fn answer(task: TaskId, mocked: MockedWork) -> Input {
    match mocked {
        MockedWork::Result(result) => Input::TaskSucceeded {
            task,
            output: Arc::from(result),
        },
        MockedWork::Error(error) => Input::TaskFailed {
            task,
            error: error.error,
            cause: error.cause,
            at: FailurePoint::Work,
        },
    }
}

fn variables(text: Option<&str>) -> Result<Map<String, Value>, Refusal> {
    match text.map(serde_json::from_str) {
        None => Ok(Map::new()),
        Some(Ok(Value::Object(variables))) => Ok(variables),
        Some(Ok(_) | Err(_)) => Err(Refusal::Variables),
    }
}

fn clone_pair((name, value): (&String, &Value)) -> (String, Value) {
    (name.clone(), value.clone())
}

fn shown_variables(variables: Map<String, Value>) -> Option<Arc<str>> {
    let is_used = !variables.is_empty();
    is_used.then(|| Arc::from(Value::Object(variables).to_string()))
}
