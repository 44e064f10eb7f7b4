//! The execution with everything around it at one moment of a dry run.

use super::Options;
use super::agenda::Agenda;
use super::mocks::{self, Answer, Case};
use crate::definition::{Pattern, Resource, StateId, StateMachine};
use crate::machine::{
    Effect, Execution, FailurePoint, Finish, Identity, Input, Moment, Outcome, TaskId, TaskRequest,
    step,
};
use std::sync::Arc;

/// The execution, what is planned, and the time.
#[derive(Debug, Clone)]
pub(super) struct World {
    execution: Execution,
    agenda: Agenda,
    now_ms: i64,
    /// What mocks leave to chance is drawn from it.
    seed: u64,
    unanswered: Vec<TaskRequest>,
}

impl World {
    pub(super) fn new(machine: &StateMachine, input: Arc<str>, options: &Options) -> Self {
        let mut execution = Execution::new(machine, identity(&options.machine_name), input);
        execution.observe(true);
        execution.one_at_a_time(true);
        let mut agenda = Agenda::default();
        agenda.plan(options.start_ms, Input::Start);
        Self {
            execution,
            agenda,
            now_ms: options.start_ms,
            seed: options.seed,
            unanswered: Vec::new(),
        }
    }

    pub(super) fn finish(&self) -> Option<&Finish> {
        self.execution.finish()
    }

    pub(super) fn now_ms(&self) -> i64 {
        self.now_ms
    }

    pub(super) fn unanswered(&self) -> &[TaskRequest] {
        &self.unanswered
    }

    pub(super) fn next_to_enter(&self) -> Option<StateId> {
        self.execution.next_to_enter()
    }

    /// Whether something can happen. While somebody must answer a task, limits of time are not waited for.
    pub(super) fn can_go_on(&self) -> bool {
        let is_limit = |input: &Input| match input {
            Input::TimerFired { timer } => self.execution.is_limit(*timer),
            Input::Start
            | Input::TaskStarted { .. }
            | Input::TaskSubmitted { .. }
            | Input::TaskSucceeded { .. }
            | Input::TaskFailed { .. }
            | Input::Heartbeat { .. }
            | Input::Continue
            | Input::Redrive
            | Input::Stop { .. } => false,
        };
        let mut inputs = self.agenda.inputs();
        let waits = !self.unanswered.is_empty();
        self.execution.has_work() || inputs.any(|input| !waits || !is_limit(input))
    }

    /// The next thing that happens; time moves to it.
    pub(super) fn next(&mut self) -> Option<Input> {
        if self.execution.has_work() {
            return Some(Input::Continue);
        }
        let (at_ms, input) = self.agenda.pop()?;
        self.now_ms = self.now_ms.max(at_ms);
        Some(input)
    }

    pub(super) fn take_unanswered(&mut self, task: TaskId) -> Option<TaskRequest> {
        let index = self
            .unanswered
            .iter()
            .position(|request| request.task == task)?;
        Some(self.unanswered.remove(index))
    }

    /// Takes one input and plans what follows from it.
    pub(super) fn take(
        &mut self,
        machine: &StateMachine,
        case: &Case,
        input: Input,
        moment: Moment,
    ) -> Outcome {
        self.now_ms = moment.now_ms;
        if let Input::TaskSucceeded { task, .. } | Input::TaskFailed { task, .. } = &input {
            self.take_unanswered(*task);
        }
        let outcome = step(machine, &mut self.execution, input, moment);
        for effect in &outcome.effects {
            match effect {
                Effect::Schedule(request) => self.schedule(case, request),
                Effect::CancelTask { task } => {
                    self.agenda.cancel_task(*task);
                    self.take_unanswered(*task);
                }
                Effect::SetTimer { timer, at_ms } => {
                    self.agenda
                        .plan(*at_ms, Input::TimerFired { timer: *timer });
                }
                Effect::CancelTimer { timer } => self.agenda.cancel_timer(*timer),
                Effect::Finish(_) => {}
            }
        }
        outcome
    }

    fn schedule(&mut self, case: &Case, request: &TaskRequest) {
        match case.answer(request, self.seed) {
            None => self.unanswered.push(request.clone()),
            Some(Err(error)) => {
                let (error, cause) = (Some("States.Runtime".to_owned()), Some(format!("{error}.")));
                let at = FailurePoint::Schedule;
                self.agenda.plan(
                    self.now_ms,
                    Input::TaskFailed {
                        task: request.task,
                        error,
                        cause,
                        at,
                    },
                );
            }
            Some(Ok(drawn)) => {
                let latency_ms = i64::try_from(drawn.latency_ms).unwrap_or(i64::MAX);
                let done_ms = self.now_ms.saturating_add(latency_ms);
                for input in answer(request, drawn.answer) {
                    let is_end = matches!(
                        input,
                        Input::TaskSucceeded { .. } | Input::TaskFailed { .. }
                    );
                    self.agenda
                        .plan(if is_end { done_ms } else { self.now_ms }, input);
                }
            }
        }
    }
}

/// The inputs by which a task is answered, those that come before the answer itself included.
pub(super) fn answer(request: &TaskRequest, answer: Answer) -> Vec<Input> {
    let task = request.task;
    let before = match Resource::parse(&request.resource) {
        Resource::Activity(_) => Some(Input::TaskStarted { task, worker: None }),
        Resource::Service {
            pattern: Pattern::Sync | Pattern::Callback,
            ..
        } => {
            let output = Arc::from(mocks::submitted(&request.resource).to_string());
            Some(Input::TaskSubmitted { task, output })
        }
        Resource::Service {
            pattern: Pattern::RequestResponse,
            ..
        }
        | Resource::Function(_) => None,
    };
    let end = match answer {
        Answer::Return(value) => {
            let output = Arc::from(mocks::result(&request.resource, &value).to_string());
            Input::TaskSucceeded { task, output }
        }
        Answer::Throw { error, cause } => {
            let (error, cause) = (Some(error), Some(cause));
            Input::TaskFailed {
                task,
                error,
                cause,
                at: FailurePoint::Work,
            }
        }
    };
    before.into_iter().chain([end]).collect()
}

/// What a dry run says about itself: names as AWS would give them, in an account that nobody has.
fn identity(machine_name: &str) -> Identity {
    let arn =
        |kind: &str, name: &str| format!("arn:aws:states:us-east-1:123456789012:{kind}:{name}");
    Identity {
        execution_arn: arn("execution", &format!("{machine_name}:dry-run")),
        execution_name: "dry-run".to_owned(),
        machine_arn: arn("stateMachine", machine_name),
        machine_name: machine_name.to_owned(),
        role_arn: "arn:aws:iam::123456789012:role/dry-run".to_owned(),
        region: "us-east-1".to_owned(),
    }
}
