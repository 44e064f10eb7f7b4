//! Proof of a conversion: both definitions are run on the same scenarios, and what they did is compared.
//!
//! Compared are the states entered with their inputs, what tasks were asked for, outputs and variables with their key
//! order, and how the run ended. Numbers are compared by value. Texts of causes are not compared, and the errors of failing
//! queries, which have other names in JSONata, count as one. Random values differ from run to run: definitions that draw
//! some are not equal.

use crate::definition::StateMachine;
use crate::dry_run::mocks::Case;
use crate::dry_run::{DryRun, Options};
use crate::history::{ActivityEvent, Event, EventKind, LambdaEvent, StateEvent, TaskEvent};
use crate::machine::Finish;
use crate::query::json;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// Steps after which a run counts as endless.
const MAX_STEPS: usize = 5_000;

/// Names of the errors that a failing query raises.
const QUERY_ERRORS: [&str; 5] = [
    "States.Runtime",
    "States.IntrinsicFailure",
    "States.ParameterPathFailure",
    "States.ResultPathMatchFailure",
    "States.QueryEvaluationError",
];

/// One run to compare: an input and the answers of tasks.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// What it is called in differences.
    pub name: String,
    /// The execution's input.
    pub input: Value,
    /// The sample results; tasks without one stop the run.
    pub case: Case,
}

/// Where two runs of one scenario differ first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The scenario's name.
    pub scenario: String,
    /// What the definition before did.
    pub before: String,
    /// What the definition after did.
    pub after: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: before: {}; after: {}",
            self.scenario, self.before, self.after
        )
    }
}

/// Runs both machines on each scenario; gives the first difference of each.
pub fn compare(
    before: &Arc<StateMachine>,
    after: &Arc<StateMachine>,
    scenarios: &[Scenario],
) -> Vec<Difference> {
    scenarios
        .iter()
        .filter_map(|scenario| difference(before, after, scenario))
        .collect()
}

fn difference(
    before: &Arc<StateMachine>,
    after: &Arc<StateMachine>,
    scenario: &Scenario,
) -> Option<Difference> {
    let (before, after) = (trace(before, scenario), trace(after, scenario));
    let length = before.len().max(after.len());
    let index = (0..length).find(|index| before.get(*index) != after.get(*index))?;
    let shown = |moments: &[Moment]| match moments.get(index) {
        Some(moment) => moment.to_string(),
        None => "nothing more".to_owned(),
    };
    Some(Difference {
        scenario: scenario.name.clone(),
        before: shown(&before),
        after: shown(&after),
    })
}

/// What is compared of one event, or of the end.
#[derive(Debug, Clone, PartialEq)]
enum Moment {
    Entered(Arc<str>, Data),
    Exited(Arc<str>, Data, BTreeMap<Arc<str>, Data>),
    Scheduled(Data, Option<u64>, Option<u64>, Option<Arc<str>>),
    Succeeded(Data),
    Failed(Option<String>),
    /// A task has no sample result, or the run does not end.
    Stopped,
}

/// JSON, with numbers by value.
#[derive(Debug, Clone)]
struct Data(Value);

impl Data {
    fn of(text: &str) -> Self {
        Self(serde_json::from_str(text).unwrap_or_else(|_| Value::from(text)))
    }
}

impl PartialEq for Data {
    fn eq(&self, other: &Self) -> bool {
        same(&self.0, &other.0)
    }
}

/// Equality with the order of keys.
fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => json::compare_numbers(left, right).is_eq(),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right)
                    .all(|(left, right)| same(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right)
                    .all(|((key, left), (other, right))| key == other && same(left, right))
        }
        _ => left == right,
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Moment::Entered(name, input) => write!(f, "\"{name}\" is entered with {}", input.0),
            Moment::Exited(name, output, variables) => {
                write!(f, "\"{name}\" is left with {}", output.0)?;
                for (name, value) in variables {
                    write!(f, ", ${name} = {}", value.0)?;
                }
                Ok(())
            }
            Moment::Scheduled(input, timeout, heartbeat, role) => {
                write!(f, "a task is asked for with {}", input.0)?;
                if let Some(timeout) = timeout {
                    write!(f, ", timeout {timeout} s")?;
                }
                if let Some(heartbeat) = heartbeat {
                    write!(f, ", heartbeat {heartbeat} s")?;
                }
                role.as_ref()
                    .map_or(Ok(()), |role| write!(f, ", as {role}"))
            }
            Moment::Succeeded(output) => write!(f, "it succeeds with {}", output.0),
            Moment::Failed(error) => match error {
                Some(error) => write!(f, "it fails with {error}"),
                None => write!(f, "it fails"),
            },
            Moment::Stopped => write!(f, "it stops"),
        }
    }
}

fn trace(machine: &Arc<StateMachine>, scenario: &Scenario) -> Vec<Moment> {
    let options = Options {
        start_ms: 0,
        seed: 0,
        machine_name: "machine".to_owned(),
        max_steps: MAX_STEPS,
    };
    let input = Arc::from(scenario.input.to_string());
    let mut run = DryRun::new(machine.clone(), input, scenario.case.clone(), options);
    let status = run.run(&|_| false);
    let mut moments: Vec<Moment> = run.events().iter().filter_map(moment).collect();
    moments.push(match status {
        crate::dry_run::Status::Finished(finish) => ended(&finish),
        crate::dry_run::Status::Ready
        | crate::dry_run::Status::Waiting(_)
        | crate::dry_run::Status::Exhausted => Moment::Stopped,
    });
    moments
}

fn moment(event: &Event) -> Option<Moment> {
    match &event.kind {
        EventKind::State(StateEvent::Entered { name, input, .. }) => {
            Some(Moment::Entered(name.clone(), Data::of(input)))
        }
        EventKind::State(StateEvent::Exited {
            name,
            output,
            assigned_variables,
            ..
        }) => {
            let variables = assigned_variables
                .iter()
                .map(|(name, value)| (name.clone(), Data::of(value)))
                .collect();
            Some(Moment::Exited(name.clone(), Data::of(output), variables))
        }
        EventKind::Task(TaskEvent::Scheduled {
            parameters,
            timeout_seconds,
            heartbeat_seconds,
            role_arn,
            ..
        }) => Some(Moment::Scheduled(
            Data::of(parameters),
            *timeout_seconds,
            *heartbeat_seconds,
            role_arn.clone(),
        )),
        EventKind::Lambda(LambdaEvent::Scheduled {
            input,
            timeout_seconds,
            role_arn,
            ..
        }) => Some(Moment::Scheduled(
            Data::of(input),
            *timeout_seconds,
            None,
            role_arn.clone(),
        )),
        EventKind::Activity(ActivityEvent::Scheduled {
            input,
            timeout_seconds,
            heartbeat_seconds,
            ..
        }) => Some(Moment::Scheduled(
            Data::of(input),
            *timeout_seconds,
            *heartbeat_seconds,
            None,
        )),
        _ => None,
    }
}

fn ended(finish: &Finish) -> Moment {
    match finish {
        Finish::Succeeded { output } => Moment::Succeeded(Data::of(output)),
        Finish::Failed { error, .. }
        | Finish::TimedOut { error, .. }
        | Finish::Aborted { error, .. } => Moment::Failed(error.as_deref().map(|error| {
            if QUERY_ERRORS.contains(&error) {
                "a query error".to_owned()
            } else {
                error.to_owned()
            }
        })),
    }
}
