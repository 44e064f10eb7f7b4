//! Runs a case with the pure machine; tasks are answered from the recording.

use super::case::Case;
use super::map_runs;
use asl::definition::StateMachine;
use asl::dry_run::SampleObjects;
use asl::history::Event;
use asl::machine::{Effect, Execution, FailurePoint, Input, Moment, TaskId, TimerId, step};
use asl::text::Document;
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// Inputs after which a replay is given up.
const MAX_STEPS: u8 = 200;

pub(crate) struct Replayed {
    pub(crate) events: Vec<Value>,
    pub(crate) execution: Option<Execution>,
    pub(crate) refused: String,
}

pub(crate) fn run(case: &Case) -> Replayed {
    let document = Document::parse(case.definition.to_string());
    let machine = match StateMachine::build(&document) {
        Ok(machine) => machine,
        Err(errors) => {
            let refused = errors
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join("; ");
            return Replayed {
                events: Vec::new(),
                execution: None,
                refused,
            };
        }
    };
    let mut replay = Replay {
        execution: Execution::new(
            &machine,
            case.identity.clone(),
            Arc::from(case.input.as_str()),
        ),
        machine: &machine,
        now_ms: case.start_ms,
        events: Vec::new(),
        answers: answers(&case.history),
        due: VecDeque::from([Input::Start]),
        timers: BTreeMap::new(),
        objects: case.objects.clone(),
        stops: case
            .history
            .iter()
            .any(|event| event["type"] == "ExecutionAborted"),
    };
    for entropy in 0..MAX_STEPS {
        let Some(input) = replay.next() else { break };
        replay.take(input, entropy);
    }
    let events = replay.events.iter().map(Event::to_wire).collect();
    Replayed {
        events,
        execution: Some(replay.execution),
        refused: String::new(),
    }
}

struct Replay<'a> {
    machine: &'a StateMachine,
    execution: Execution,
    now_ms: i64,
    events: Vec<Event>,
    answers: VecDeque<Vec<Value>>,
    due: VecDeque<Input>,
    timers: BTreeMap<(i64, TimerId), ()>,
    objects: SampleObjects,
    stops: bool,
}

impl Replay<'_> {
    fn next(&mut self) -> Option<Input> {
        if let Some(input) = self.due.pop_front() {
            return Some(input);
        }
        if std::mem::take(&mut self.stops) {
            return Some(Input::Stop {
                error: None,
                cause: None,
            });
        }
        let ((at_ms, timer), ()) = self.timers.pop_first()?;
        self.now_ms = self.now_ms.max(at_ms);
        Some(Input::TimerFired { timer })
    }

    fn take(&mut self, input: Input, entropy: u8) {
        let moment = Moment {
            now_ms: self.now_ms,
            entropy: [entropy; 32],
        };
        let outcome = step(self.machine, &mut self.execution, input, moment);
        self.events.extend(outcome.events);
        for effect in outcome.effects {
            match effect {
                Effect::Schedule(request) => {
                    let answer = self.answers.pop_front().unwrap_or_default();
                    self.due.extend(
                        answer
                            .iter()
                            .filter_map(|event| input_of(event, request.task)),
                    );
                }
                Effect::SetTimer { timer, at_ms } => {
                    self.timers.insert((at_ms, timer), ());
                }
                Effect::CancelTimer { timer } => self.timers.retain(|(_, id), ()| *id != timer),
                Effect::StartMapRun(request) => {
                    let mut world = map_runs::World {
                        machine: self.machine,
                        objects: &mut self.objects,
                        now_ms: self.now_ms,
                    };
                    let map_run = request.map_run;
                    let end = world.map_run(request.run);
                    self.due.push_back(Input::MapRunFinished { map_run, end });
                }
                Effect::CancelTask { .. }
                | Effect::RedriveMapRun { .. }
                | Effect::AbortMapRun { .. }
                | Effect::Finish(_) => {}
            }
        }
    }
}

/// For each scheduled task of the recording, the events that follow from it, in order.
fn answers(history: &[Value]) -> VecDeque<Vec<Value>> {
    let scheduled = [
        "TaskScheduled",
        "LambdaFunctionScheduled",
        "ActivityScheduled",
    ];
    let starts = history
        .iter()
        .filter(|event| scheduled.contains(&event["type"].as_str().unwrap_or_default()));
    starts.map(|start| chain(history, &start["id"])).collect()
}

fn chain(history: &[Value], id: &Value) -> Vec<Value> {
    let mut chain: Vec<Value> = Vec::new();
    let mut id = id.clone();
    let works = ["Task", "Lambda", "Activity"];
    let is_work =
        |name: &str| works.iter().any(|work| name.starts_with(work)) && !name.contains("State");
    while let Some(next) = history.iter().find(|event| event["previousEventId"] == id) {
        let name = next["type"].as_str().unwrap_or_default();
        if !is_work(name) || name.ends_with("Scheduled") {
            break;
        }
        chain.push(next.clone());
        id = next["id"].clone();
    }
    chain
}

/// What an event of the recording means as an input.
fn input_of(event: &Value, task: TaskId) -> Option<Input> {
    let details = event
        .as_object()?
        .iter()
        .find(|(name, _)| name.ends_with("Details"));
    let details = details.map_or(&Value::Null, |(_, details)| details);
    let text = |name: &str| details.get(name).map(as_text);
    let output = || Some(Arc::from(text("output")?));
    let (error, cause) = (text("error"), text("cause"));
    let failed = |at| {
        Some(Input::TaskFailed {
            task,
            error: error.clone(),
            cause: cause.clone(),
            at,
        })
    };
    match event["type"].as_str()? {
        "ActivityStarted" => Some(Input::TaskStarted {
            task,
            worker: text("workerName"),
        }),
        "TaskSubmitted" => Some(Input::TaskSubmitted {
            task,
            output: output()?,
        }),
        "TaskSucceeded" | "LambdaFunctionSucceeded" | "ActivitySucceeded" => {
            Some(Input::TaskSucceeded {
                task,
                output: output()?,
            })
        }
        "TaskSubmitFailed" => failed(FailurePoint::Submit),
        "TaskStartFailed" | "LambdaFunctionStartFailed" => failed(FailurePoint::Start),
        "LambdaFunctionScheduleFailed" | "ActivityScheduleFailed" => failed(FailurePoint::Schedule),
        name if name.ends_with("Failed") => failed(FailurePoint::Work),
        _ => None,
    }
}

/// Texts that hold a JSON object are recorded as that object.
fn as_text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
