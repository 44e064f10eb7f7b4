//! Running a scenario and comparing what happened with what was expected.

use super::compare::{Manner, Mismatch, differences};
use super::{Expected, RunStatus, Scenario};
use crate::definition::StateMachine;
use crate::dry_run::mocks::Case;
use crate::dry_run::{DryRun, Options, SampleObjects, Status};
use crate::history::{Event, EventKind, StateEvent};
use crate::machine::{Finish, Passage, Through};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// Steps after which a run is given up: more than any history can have.
const MAX_STEPS: usize = 200_000;

/// What a scenario did, and how that differs from what was expected.
#[derive(Debug, Clone)]
pub struct Report {
    /// What happened.
    pub actual: Actual,
    /// What is not as expected; empty when the scenario holds.
    pub mismatches: Vec<Mismatch>,
    /// What the run came through, for [`crate::dry_run::coverage`].
    pub passages: Vec<Passage>,
}

/// What a run did.
#[derive(Debug, Clone, PartialEq)]
pub struct Actual {
    /// How it ended.
    pub status: RunStatus,
    /// Its output.
    pub output: Option<Value>,
    /// The error's name.
    pub error: Option<String>,
    /// The cause.
    pub cause: Option<String>,
    /// The states that were entered, in order.
    pub path: Vec<Arc<str>>,
    /// The states whose tasks nothing answered.
    pub waits_for: Vec<String>,
    /// The last value that each variable was given.
    pub variables: Map<String, Value>,
    /// States entered and tried again.
    pub transitions: u64,
    /// Virtual time, in milliseconds.
    pub duration_ms: i64,
}

/// What a scenario runs on, with everything that it names read.
#[derive(Debug, Clone)]
pub struct Setting<'a> {
    /// The definition.
    pub machine: &'a Arc<StateMachine>,
    /// The machine's name, for ARNs and the context object.
    pub machine_name: &'a str,
    /// The input, as JSON text.
    pub input: Arc<str>,
    /// The answers of the case that it names; its own mocks win.
    pub case: Case,
    /// The sample objects.
    pub objects: SampleObjects,
}

impl Scenario {
    /// Runs it and judges what happened. A scenario that expects nothing has no mismatches.
    pub fn run(&self, setting: Setting<'_>) -> Report {
        let machine = setting.machine;
        let case = setting.case.with(&self.mocks);
        let options = Options {
            start_ms: self.start_ms,
            seed: self.seed.or(case.seed()).unwrap_or(0),
            machine_name: setting.machine_name.to_owned(),
            max_steps: MAX_STEPS,
        };
        let run = DryRun::new(machine.clone(), setting.input, case, options);
        let mut run = run.with_objects(setting.objects);
        let status = run.run(&|_| false);
        let actual = Actual::of(machine, &run, status, self.start_ms);
        let expected = self.expected.as_ref();
        let mismatches = expected.map(|expected| expected.judge(&actual));
        Report {
            mismatches: mismatches.unwrap_or_default(),
            actual,
            passages: run.passages().to_vec(),
        }
    }
}

impl Actual {
    fn of(machine: &StateMachine, run: &DryRun, status: Status, start_ms: i64) -> Self {
        let mut actual = Self {
            status: RunStatus::Exhausted,
            output: None,
            error: None,
            cause: None,
            path: path(machine, run.passages()),
            waits_for: Vec::new(),
            variables: variables(run.events()),
            transitions: transitions(run.passages()),
            duration_ms: run.now_ms() - start_ms,
        };
        match status {
            Status::Finished(finish) => actual.finish(finish),
            Status::Waiting(tasks) => {
                actual.status = RunStatus::Waiting;
                actual.waits_for = tasks.into_iter().map(|task| task.state).collect();
            }
            Status::Exhausted | Status::Ready => {}
        }
        actual
    }

    fn finish(&mut self, finish: Finish) {
        match finish {
            Finish::Succeeded { output } => {
                self.status = RunStatus::Succeeded;
                self.output = serde_json::from_str(&output).ok();
            }
            Finish::Failed { error, cause } => {
                (self.status, self.error, self.cause) = (RunStatus::Failed, error, cause);
            }
            Finish::TimedOut { error, cause } => {
                (self.status, self.error, self.cause) = (RunStatus::TimedOut, error, cause);
            }
            Finish::Aborted { error, cause } => {
                (self.status, self.error, self.cause) = (RunStatus::Aborted, error, cause);
            }
        }
    }
}

fn path(machine: &StateMachine, passages: &[Passage]) -> Vec<Arc<str>> {
    let entries = passages
        .iter()
        .filter(|passage| passage.through == Through::Entry);
    let states = entries.filter_map(|passage| machine.state(passage.state));
    states.map(|state| state.name.clone()).collect()
}

fn transitions(passages: &[Passage]) -> u64 {
    let counted = passages.iter().filter(|passage| match passage.through {
        Through::Entry | Through::Retrier(_) => true,
        Through::Rule(_) | Through::Default | Through::Failure(_) | Through::Catcher(_) => false,
    });
    u64::try_from(counted.count()).unwrap_or(u64::MAX)
}

fn variables(events: &[Event]) -> Map<String, Value> {
    let mut texts = indexmap::IndexMap::new();
    for event in events {
        if let EventKind::State(StateEvent::Exited {
            assigned_variables, ..
        }) = &event.kind
        {
            texts.extend(assigned_variables.clone());
        }
    }
    let values = texts
        .into_iter()
        .filter_map(|(name, text)| Some((name.to_string(), serde_json::from_str(&text).ok()?)));
    values.collect()
}

impl Expected {
    fn judge(&self, actual: &Actual) -> Vec<Mismatch> {
        let mut found = Vec::new();
        let same = |place: &str, wanted: Option<Value>, is: Option<Value>| {
            let wanted = wanted?;
            let differs = is.as_ref() != Some(&wanted);
            differs.then(|| Mismatch {
                place: place.to_owned(),
                expected: Some(wanted),
                actual: is,
            })
        };
        let text = |text: &Option<String>| text.clone().map(Value::from);
        let status = |status: RunStatus| Value::from(status.word());
        found.extend(same(
            "Status",
            self.status.map(status),
            Some(status(actual.status)),
        ));
        found.extend(same("Error", text(&self.error), text(&actual.error)));
        found.extend(same("Cause", text(&self.cause), text(&actual.cause)));
        found.extend(self.judge_cause(actual));
        found.extend(self.judge_output(actual));
        found.extend(self.judge_variables(actual));
        found.extend(self.judge_waiting(actual));
        found.extend(self.judge_path(actual));
        found.extend(self.judge_limits(actual));
        found
    }

    fn judge_cause(&self, actual: &Actual) -> Option<Mismatch> {
        let wanted = self.cause_contains.as_ref()?;
        let cause = actual.cause.as_deref();
        if cause.is_some_and(|cause| cause.contains(wanted.as_str())) {
            return None;
        }
        Some(Mismatch {
            place: "CauseContains".to_owned(),
            expected: Some(json!(wanted)),
            actual: cause.map(Value::from),
        })
    }

    fn judge_output(&self, actual: &Actual) -> Vec<Mismatch> {
        let expected = [
            ("Output", &self.output, Manner::Exact),
            ("OutputContains", &self.output_contains, Manner::Contains),
        ];
        let wanted = expected
            .into_iter()
            .filter_map(|(place, value, manner)| Some((place, value.as_ref()?, manner)));
        let compared = wanted.flat_map(|(place, wanted, manner)| match &actual.output {
            Some(output) => differences(place, wanted, output, manner),
            None => vec![Mismatch {
                place: place.to_owned(),
                expected: Some(wanted.clone()),
                actual: None,
            }],
        });
        compared.collect()
    }

    fn judge_variables(&self, actual: &Actual) -> Vec<Mismatch> {
        let wanted = Value::Object(self.variables.clone());
        let variables = Value::Object(actual.variables.clone());
        differences("Variables", &wanted, &variables, Manner::Contains)
    }

    fn judge_waiting(&self, actual: &Actual) -> Vec<Mismatch> {
        let Some(wanted) = &self.waits_for else {
            return Vec::new();
        };
        let (mut wanted, mut found) = (wanted.clone(), actual.waits_for.clone());
        wanted.sort();
        found.sort();
        differences("WaitsFor", &json!(wanted), &json!(found), Manner::Exact)
    }

    fn judge_path(&self, actual: &Actual) -> Vec<Mismatch> {
        let mut found = Vec::new();
        let path = json!(names(&actual.path));
        if let Some(wanted) = &self.path
            && json!(wanted) != path
        {
            found.push(Mismatch {
                place: "Path".to_owned(),
                expected: Some(json!(wanted)),
                actual: Some(path.clone()),
            });
        }
        let mut rest = actual.path.iter();
        let missed = self
            .through
            .iter()
            .find(|wanted| !rest.any(|state| **state == ***wanted));
        found.extend(missed.map(|missed| Mismatch {
            place: "Through".to_owned(),
            expected: Some(json!(missed)),
            actual: Some(path),
        }));
        let entered = self
            .not_through
            .iter()
            .filter(|name| actual.path.iter().any(|state| **state == ***name));
        found.extend(entered.map(|name| Mismatch {
            place: "NotThrough".to_owned(),
            expected: None,
            actual: Some(json!(name)),
        }));
        found
    }

    fn judge_limits(&self, actual: &Actual) -> Vec<Mismatch> {
        let millis = u64::try_from(actual.duration_ms).unwrap_or(0);
        let limits = [
            ("MaxTransitions", self.max_transitions, actual.transitions),
            ("MaxSeconds", self.max_seconds, millis.div_ceil(1_000)),
        ];
        let passed = limits.into_iter().filter_map(|(place, limit, is)| {
            limit.filter(|limit| is > *limit).map(|l| (place, l, is))
        });
        passed
            .map(|(place, limit, is)| Mismatch {
                place: place.to_owned(),
                expected: Some(json!(limit)),
                actual: Some(json!(is)),
            })
            .collect()
    }
}

fn names(path: &[Arc<str>]) -> Vec<&str> {
    path.iter().map(|name| &**name).collect()
}
