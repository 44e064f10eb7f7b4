//! Drives the interpreter through a case, with everything outside decided by the case and its seed.

use crate::case::{Case, TaskOutcome};
use crate::draw::Draw;
use crate::random;
use asl::definition::StateMachine;
use asl::machine::{
    Effect, Execution, FailurePoint, Identity, Input, MapRunEnd, MapRunId, Moment, Outcome, TaskId,
    TaskRequest, TimerId, step,
};
use std::collections::VecDeque;
use std::sync::Arc;

/// Inputs after which a run is left as it is.
const MAX_STEPS: usize = 150;

/// A moment in 2026.
const START_MS: i64 = 1_773_184_800_000;

/// One execution and what is around it.
pub struct World<'m> {
    machine: &'m StateMachine,
    /// The execution as it stands.
    pub execution: Execution,
    draw: Draw,
    now_ms: i64,
    steps: usize,
    outcomes: Option<VecDeque<TaskOutcome>>,
    /// Answers that are on their way.
    due: VecDeque<Input>,
}

impl<'m> World<'m> {
    /// Before the first step.
    pub fn new(machine: &'m StateMachine, case: &Case) -> Self {
        let mut draw = Draw::new(case.seed);
        let mut execution = Execution::new(machine, identity(), Arc::from(case.input.as_str()));
        execution.observe(case.outcomes.is_some() || draw.once_in(2));
        Self {
            machine,
            execution,
            draw,
            now_ms: START_MS,
            steps: 0,
            outcomes: case.outcomes.clone().map(VecDeque::from),
            due: VecDeque::new(),
        }
    }

    /// Takes the next step; `None` when nothing happens any more.
    pub fn step(&mut self) -> Option<(Input, Moment, Outcome)> {
        if self.steps == MAX_STEPS {
            return None;
        }
        let input = self.next()?;
        self.steps += 1;
        let moment = Moment {
            now_ms: self.now_ms,
            entropy: self.draw.entropy(),
        };
        let outcome = step(self.machine, &mut self.execution, input.clone(), moment);
        if self.outcomes.is_some() {
            self.answer_in_order(&outcome.effects);
        }
        Some((input, moment, outcome))
    }

    /// Whether something can still happen.
    pub fn is_open(&self) -> bool {
        let execution = &self.execution;
        execution.has_work()
            || !execution.open_effects().is_empty()
            || execution.open_map_runs(self.machine).next().is_some()
    }

    /// Whether it ended because there was too much of it, not because it was over.
    pub fn was_cut(&self) -> bool {
        self.steps == MAX_STEPS
    }

    fn next(&mut self) -> Option<Input> {
        if self.steps == 0 {
            return Some(Input::Start);
        }
        if self.outcomes.is_some() {
            let due = self.due.pop_front();
            return due.or_else(|| self.earliest_timer());
        }
        if self.execution.finish().is_some() {
            let again = self.execution.is_redrivable() && self.draw.once_in(4);
            return again.then_some(Input::Redrive);
        }
        match self.draw.below(100) {
            0 => Some(Input::Stop {
                error: Some("Stopped".to_owned()),
                cause: None,
            }),
            1..=4 => Some(self.late()),
            _ => self.open(),
        }
    }

    /// Something that the execution does not wait for, or not any more.
    fn late(&mut self) -> Input {
        let number = self.draw.bits() % 30;
        match self.draw.below(3) {
            0 => Input::TimerFired {
                timer: TimerId(1_000 + number),
            },
            1 => Input::Heartbeat {
                task: TaskId(number),
            },
            _ => Input::Start,
        }
    }

    /// One of the things that are open, whichever comes first.
    fn open(&mut self) -> Option<Input> {
        let open = self.execution.open_effects();
        let map_runs = self.execution.open_map_runs(self.machine);
        let map_runs: Vec<MapRunId> = map_runs.map(|open| open.map_run).collect();
        let at = self.draw.below(open.len() + map_runs.len());
        if let Some(map_run) = map_runs.get(at) {
            return Some(self.end_of_map_run(*map_run));
        }
        match open.into_iter().nth(at - map_runs.len())? {
            Effect::SetTimer { timer, at_ms } => {
                self.now_ms = self.now_ms.max(at_ms);
                Some(Input::TimerFired { timer })
            }
            Effect::Schedule(request) => Some(self.answer(&request)),
            _ => self.earliest_timer(),
        }
    }

    fn earliest_timer(&mut self) -> Option<Input> {
        let open = self.execution.open_effects();
        let timers = open.iter().filter_map(|effect| match effect {
            Effect::SetTimer { timer, at_ms } => Some((*at_ms, *timer)),
            _ => None,
        });
        let (at_ms, timer) = timers.min()?;
        self.now_ms = self.now_ms.max(at_ms);
        Some(Input::TimerFired { timer })
    }

    fn answer(&mut self, request: &TaskRequest) -> Input {
        let task = request.task;
        self.now_ms += i64::try_from(self.draw.below(3_000)).unwrap_or(0);
        match self.draw.below(12) {
            0 => Input::TaskStarted {
                task,
                worker: self.draw.once_in(2).then(|| "worker".to_owned()),
            },
            1 => Input::TaskSubmitted {
                task,
                output: Arc::from(random::value(&mut self.draw)),
            },
            2 => Input::Heartbeat { task },
            3 | 4 => {
                let points = [
                    FailurePoint::Schedule,
                    FailurePoint::Start,
                    FailurePoint::Submit,
                    FailurePoint::Work,
                ];
                let errors = [
                    "E",
                    "Custom.Error",
                    "States.TaskFailed",
                    "States.Timeout",
                    "States.Runtime",
                    "Lambda.Unknown",
                ];
                Input::TaskFailed {
                    task,
                    error: (!self.draw.once_in(5)).then(|| self.draw.pick(&errors).to_owned()),
                    cause: self.draw.once_in(2).then(|| "{\"why\": 1}".to_owned()),
                    at: self.draw.pick(&points),
                }
            }
            5 if self.draw.once_in(6) => Input::TaskSucceeded {
                task,
                output: Arc::from("not json"),
            },
            6 => Input::TaskSucceeded {
                task,
                output: request.input.clone(),
            },
            _ => Input::TaskSucceeded {
                task,
                output: Arc::from(random::value(&mut self.draw)),
            },
        }
    }

    fn end_of_map_run(&mut self, map_run: MapRunId) -> Input {
        let end = match self.draw.below(6) {
            0 => MapRunEnd::TooLong,
            1 => MapRunEnd::Failed {
                error: Some(Arc::from("States.ExceedToleratedFailureThreshold")),
                cause: self.draw.once_in(2).then(|| Arc::from("as drawn")),
            },
            2 if self.draw.once_in(4) => MapRunEnd::Aborted,
            _ => MapRunEnd::Succeeded {
                output: Arc::from(random::value(&mut self.draw)),
            },
        };
        Input::MapRunFinished { map_run, end }
    }

    /// The case says how tasks end.
    fn answer_in_order(&mut self, effects: &[Effect]) {
        for effect in effects {
            let Effect::Schedule(request) = effect else {
                continue;
            };
            let task = request.task;
            let outcome = self.outcomes.as_mut().and_then(VecDeque::pop_front);
            match outcome {
                None => self.due.push_back(Input::TaskSucceeded {
                    task,
                    output: request.input.clone(),
                }),
                Some(TaskOutcome::Succeeded(text)) => {
                    self.due.push_back(Input::TaskSucceeded {
                        task,
                        output: Arc::from(text),
                    });
                }
                Some(TaskOutcome::Failed { error, cause }) => {
                    self.due.push_back(Input::TaskFailed {
                        task,
                        error,
                        cause,
                        at: FailurePoint::Work,
                    });
                }
                Some(TaskOutcome::Silent) => {}
            }
        }
    }
}

/// What every execution of the tests is told about itself.
pub fn identity() -> Identity {
    Identity {
        execution_arn: "arn:aws:states:us-east-1:123456789012:execution:measured:run".to_owned(),
        execution_name: "run".to_owned(),
        machine_arn: "arn:aws:states:us-east-1:123456789012:stateMachine:measured".to_owned(),
        machine_name: "measured".to_owned(),
        role_arn: "arn:aws:iam::123456789012:role/measured".to_owned(),
        region: "us-east-1".to_owned(),
        alias_arn: None,
        version_arn: None,
        trace_header: None,
    }
}
