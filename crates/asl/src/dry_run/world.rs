//! The execution with everything around it at one moment of a dry run: its tasks, its map runs and their children.

use super::Options;
use super::agenda::{Agenda, Happening, Place};
use super::map_runs::MapRuns;
use super::mocks::{self, Answer, Case};
use super::objects::SampleObjects;
use crate::definition::{Pattern, Resource, StateId, StateMachine};
use crate::machine::{
    Effect, Execution, FailurePoint, Finish, Identity, Input, Moment, Outcome, TaskId, TaskRequest,
    step,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The place of the execution itself.
pub(super) const MAIN: Place = 0;

/// Bits of a task's number below those that say in which execution it is.
const NUMBER_BITS: u32 = 32;

/// The executions, what is planned, and the time.
#[derive(Debug, Clone)]
pub(super) struct World {
    main: Execution,
    /// Children of map runs that are not over.
    pub(super) children: BTreeMap<Place, Execution>,
    /// Executions that have work left over.
    busy: BTreeSet<Place>,
    pub(super) map_runs: MapRuns,
    pub(super) objects: SampleObjects,
    pub(super) agenda: Agenda,
    pub(super) now_ms: i64,
    /// What mocks leave to chance is drawn from it.
    pub(super) seed: u64,
    unanswered: Vec<TaskRequest>,
}

impl World {
    pub(super) fn new(machine: &StateMachine, input: Arc<str>, options: &Options) -> Self {
        let mut main = Execution::new(machine, identity(&options.machine_name), input);
        main.observe(true);
        main.one_at_a_time(true);
        let mut agenda = Agenda::default();
        agenda.plan(options.start_ms, Happening::Execution(MAIN, Input::Start));
        Self {
            main,
            children: BTreeMap::new(),
            busy: BTreeSet::new(),
            map_runs: MapRuns::default(),
            objects: SampleObjects::default(),
            agenda,
            now_ms: options.start_ms,
            seed: options.seed,
            unanswered: Vec::new(),
        }
    }

    pub(super) fn finish(&self) -> Option<&Finish> {
        self.main.finish()
    }

    pub(super) fn now_ms(&self) -> i64 {
        self.now_ms
    }

    pub(super) fn unanswered(&self) -> &[TaskRequest] {
        &self.unanswered
    }

    /// The state that is entered next by an execution with work left over.
    pub(super) fn next_to_enter(&self) -> Option<StateId> {
        self.execution(self.next_busy()?)?.next_to_enter()
    }

    /// The execution that does the next piece of work left over.
    pub(super) fn next_busy(&self) -> Option<Place> {
        self.busy.first().copied()
    }

    pub(super) fn execution(&self, place: Place) -> Option<&Execution> {
        match place {
            MAIN => Some(&self.main),
            place => self.children.get(&place),
        }
    }

    /// Adds a child of a map run, which starts now.
    pub(super) fn add_child(&mut self, place: Place, mut execution: Execution) {
        execution.observe(true);
        execution.one_at_a_time(true);
        execution.number_from(u64::from(place) << NUMBER_BITS);
        self.children.insert(place, execution);
        self.plan_now(Happening::Execution(place, Input::Start));
    }

    pub(super) fn plan_now(&mut self, happening: Happening) {
        self.agenda.plan(self.now_ms, happening);
    }

    /// Whether something can happen. While somebody must answer a task, limits of time are not waited for.
    pub(super) fn can_go_on(&self) -> bool {
        let is_limit = |happening: &Happening| match happening {
            Happening::Execution(place, Input::TimerFired { timer }) => self
                .execution(*place)
                .is_some_and(|execution| execution.is_limit(*timer)),
            Happening::Execution(..) | Happening::MapRun(..) => false,
        };
        let mut planned = self.agenda.happenings();
        let waits = !self.unanswered.is_empty();
        !self.busy.is_empty() || planned.any(|happening| !waits || !is_limit(happening))
    }

    /// The next thing that happens; time moves to it.
    pub(super) fn next(&mut self) -> Option<Happening> {
        if let Some(place) = self.busy.first() {
            return Some(Happening::Execution(*place, Input::Continue));
        }
        let (at_ms, happening) = self.agenda.pop()?;
        self.now_ms = self.now_ms.max(at_ms);
        Some(happening)
    }

    pub(super) fn take_unanswered(&mut self, task: TaskId) -> Option<TaskRequest> {
        let index = self
            .unanswered
            .iter()
            .position(|request| request.task == task)?;
        Some(self.unanswered.remove(index))
    }

    /// Takes one thing that happens and plans what follows from it. Gives the events and values of the
    /// execution itself, and what any execution came through.
    pub(super) fn take(
        &mut self,
        machine: &StateMachine,
        case: &Case,
        happening: Happening,
        moment: Moment,
    ) -> Outcome {
        self.now_ms = moment.now_ms;
        match happening {
            Happening::Execution(place, input) => {
                let outcome = self.take_input(machine, case, place, input, moment);
                if place == MAIN {
                    return outcome;
                }
                Outcome {
                    passages: outcome.passages,
                    ..Outcome::default()
                }
            }
            Happening::MapRun(place, input) => Outcome {
                observations: self.take_map_run_input(machine, place, input, moment),
                ..Outcome::default()
            },
        }
    }

    fn take_input(
        &mut self,
        machine: &StateMachine,
        case: &Case,
        place: Place,
        input: Input,
        moment: Moment,
    ) -> Outcome {
        if let Input::TaskSucceeded { task, .. } | Input::TaskFailed { task, .. } = &input {
            self.take_unanswered(*task);
        }
        let execution = match place {
            MAIN => Some(&mut self.main),
            place => self.children.get_mut(&place),
        };
        let Some(execution) = execution else {
            return Outcome::default();
        };
        let outcome = step(machine, execution, input, moment);
        if execution.has_work() {
            self.busy.insert(place);
        } else {
            self.busy.remove(&place);
        }
        for effect in &outcome.effects {
            self.follow(case, place, effect);
        }
        outcome
    }

    fn follow(&mut self, case: &Case, place: Place, effect: &Effect) {
        match effect {
            Effect::Schedule(request) => self.schedule(case, place, request),
            Effect::CancelTask { task } => {
                self.agenda.cancel_task(*task);
                self.take_unanswered(*task);
            }
            Effect::StartMapRun(request) => self.start_map_run(case, place, request),
            // Nobody redrives a dry run.
            Effect::RedriveMapRun { .. } => {}
            Effect::AbortMapRun { map_run } => self.abort_map_run(place, *map_run),
            Effect::SetTimer { timer, at_ms } => {
                let fired = Input::TimerFired { timer: *timer };
                self.agenda.plan(*at_ms, Happening::Execution(place, fired));
            }
            Effect::CancelTimer { timer } => self.agenda.cancel_timer(*timer),
            Effect::Finish(finish) => self.child_finished(place, finish),
        }
    }

    fn schedule(&mut self, case: &Case, place: Place, request: &TaskRequest) {
        match case.answer(request, self.seed) {
            None => self.unanswered.push(request.clone()),
            Some(Err(error)) => {
                let (error, cause) = (Some("States.Runtime".to_owned()), Some(format!("{error}.")));
                let failed = Input::TaskFailed {
                    task: request.task,
                    error,
                    cause,
                    at: FailurePoint::Schedule,
                };
                self.plan_now(Happening::Execution(place, failed));
            }
            Some(Ok(drawn)) => {
                let latency_ms = i64::try_from(drawn.latency_ms).unwrap_or(i64::MAX);
                let done_ms = self.now_ms.saturating_add(latency_ms);
                for input in answer(request, drawn.answer) {
                    let is_end = matches!(
                        input,
                        Input::TaskSucceeded { .. } | Input::TaskFailed { .. }
                    );
                    let at_ms = if is_end { done_ms } else { self.now_ms };
                    self.agenda.plan(at_ms, Happening::Execution(place, input));
                }
            }
        }
    }
}

/// The execution in which a task is.
pub(super) fn place_of(task: TaskId) -> Place {
    place_of_number(task.0)
}

/// The execution in which a task, timer or thread has its number.
pub(super) fn place_of_number(number: u64) -> Place {
    Place::try_from(number >> NUMBER_BITS).unwrap_or(MAIN)
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
pub(super) fn identity(machine_name: &str) -> Identity {
    let arn =
        |kind: &str, name: &str| format!("arn:aws:states:us-east-1:123456789012:{kind}:{name}");
    Identity {
        execution_arn: arn("execution", &format!("{machine_name}:dry-run")),
        execution_name: "dry-run".to_owned(),
        machine_arn: arn("stateMachine", machine_name),
        machine_name: machine_name.to_owned(),
        role_arn: "arn:aws:iam::123456789012:role/dry-run".to_owned(),
        region: "us-east-1".to_owned(),
        alias_arn: None,
        version_arn: None,
        trace_header: None,
    }
}
