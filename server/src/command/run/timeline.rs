//! A history for a reader: what happened at which virtual time, by state, branches and iterations further in.

use asl::history::{
    ActivityEvent, Event, EventKind, ExecutionEvent, Failure, LambdaEvent, MapEvent, ParallelEvent,
    StateEvent, TaskEvent,
};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

/// Longest value on a line, in characters.
const SHOWN: usize = 100;

/// One line for everything that a reader wants to know; requests that only begin are left out. Where the story comes back
/// to a state after another one had its say, the state's name stands again.
pub(super) fn timeline(events: &[Event]) -> String {
    let start_ms = events.first().map_or(0, |event| event.timestamp_ms);
    let mut places = Places::default();
    let (mut out, mut last_time, mut last_state) = (String::new(), None, None);
    for event in events {
        let Place { depth, state } = places.of(event);
        let mut lines = lines(&event.kind);
        if lines.is_empty() {
            continue;
        }
        if let Some(state) = &state
            && last_state != Some(state.clone())
            && !is_entry(event)
        {
            lines.insert(0, format!("{state} …"));
        }
        last_state = state;
        let time = elapsed(event.timestamp_ms - start_ms);
        for line in lines {
            // The same time is written once.
            let is_new = last_time.as_ref() != Some(&time);
            let shown = if is_new { &time } else { "" };
            let indent = "  ".repeat(depth);
            // Writing into a text cannot fail.
            let _ = writeln!(out, "{shown:>12}  {indent}{line}");
            last_time = Some(time.clone());
        }
    }
    out
}

fn is_entry(event: &Event) -> bool {
    matches!(event.kind, EventKind::State(StateEvent::Entered { .. }))
}

/// Where an event stands in the story.
#[derive(Clone, Default)]
struct Place {
    depth: usize,
    /// The state to which it belongs.
    state: Option<Arc<str>>,
}

/// Where events stand, from what they follow.
#[derive(Default)]
struct Places {
    events: HashMap<u64, Place>,
    states: HashMap<Arc<str>, usize>,
}

impl Places {
    fn of(&mut self, event: &Event) -> Place {
        let before = self.events.get(&event.previous_event_id).cloned();
        let before = before.unwrap_or_default();
        let place = match &event.kind {
            EventKind::State(StateEvent::Entered { name, .. }) => {
                self.states.insert(name.clone(), before.depth);
                Place {
                    state: Some(name.clone()),
                    ..before
                }
            }
            EventKind::State(StateEvent::Exited { name, .. }) => Place {
                depth: self.states.get(name).copied().unwrap_or(before.depth),
                state: Some(name.clone()),
            },
            EventKind::Map(_) => self.of_map(event, before),
            EventKind::Execution(_) => Place::default(),
            EventKind::State(StateEvent::Aborted { .. })
            | EventKind::Task(_)
            | EventKind::Lambda(_)
            | EventKind::Activity(_)
            | EventKind::Parallel(_)
            | EventKind::EvaluationFailed(_) => before,
        };
        // What follows the beginning of branches or of iterations stands inside.
        let opens = matches!(
            event.kind,
            EventKind::Parallel(ParallelEvent::Started) | EventKind::Map(MapEvent::Started { .. })
        );
        let depth = place.depth + usize::from(opens);
        let kept = Place {
            depth,
            ..place.clone()
        };
        self.events.insert(event.id, kept);
        place
    }

    fn of_map(&self, event: &Event, before: Place) -> Place {
        let depth = event.state_name().and_then(|name| self.states.get(name));
        match depth {
            Some(depth) => Place {
                depth: depth + 1,
                state: None,
            },
            None => before,
        }
    }
}

fn lines(kind: &EventKind) -> Vec<String> {
    let one = |text: String| vec![text];
    match kind {
        EventKind::Execution(event) => execution(event),
        EventKind::State(event) => state(event),
        EventKind::Task(event) => task(event),
        EventKind::Lambda(event) => lambda(event),
        EventKind::Activity(event) => activity(event),
        EventKind::Map(MapEvent::IterationStarted(iteration)) => {
            one(format!("[{}]", iteration.index))
        }
        EventKind::Map(MapEvent::IterationFailed(iteration)) => {
            one(format!("[{}] failed", iteration.index))
        }
        EventKind::Map(MapEvent::IterationAborted(iteration)) => {
            one(format!("[{}] aborted", iteration.index))
        }
        EventKind::EvaluationFailed(event) => one(format!("  failed    {}", said(&event.failure))),
        EventKind::Map(_) | EventKind::Parallel(_) => Vec::new(),
    }
}

/// The beginning; the end is said below the timeline.
fn execution(event: &ExecutionEvent) -> Vec<String> {
    match event {
        ExecutionEvent::Started { input, .. } => vec![format!("begins with {}", shown(input))],
        ExecutionEvent::Redriven { .. } => vec!["is redriven".to_owned()],
        ExecutionEvent::Succeeded { .. }
        | ExecutionEvent::Failed(_)
        | ExecutionEvent::Aborted(_)
        | ExecutionEvent::TimedOut(_) => Vec::new(),
    }
}

fn state(event: &StateEvent) -> Vec<String> {
    match event {
        StateEvent::Entered {
            state_type,
            name,
            input,
        } => vec![
            format!("{name} ({})", state_type.name()),
            format!("  input     {}", shown(input)),
        ],
        StateEvent::Exited {
            output,
            assigned_variables,
            ..
        } => {
            let variables = assigned_variables
                .iter()
                .map(|(name, value)| format!("  ${name} = {}", shown(value)));
            let output = format!("  output    {}", shown(output));
            variables.chain([output]).collect()
        }
        StateEvent::Aborted { .. } => vec!["  aborted".to_owned()],
    }
}

fn task(event: &TaskEvent) -> Vec<String> {
    match event {
        TaskEvent::Scheduled {
            resource,
            parameters,
            ..
        } => vec![asks(
            &format!("{}:{}", resource.resource_type, resource.resource),
            parameters,
        )],
        TaskEvent::Succeeded(_, output) => vec![answered(output)],
        TaskEvent::Failed(_, failure)
        | TaskEvent::StartFailed(_, failure)
        | TaskEvent::SubmitFailed(_, failure) => vec![failed(failure)],
        TaskEvent::TimedOut(_, failure) => vec![timed_out(failure)],
        TaskEvent::Started(_) | TaskEvent::Submitted(..) => Vec::new(),
    }
}

fn lambda(event: &LambdaEvent) -> Vec<String> {
    match event {
        LambdaEvent::Scheduled {
            resource, input, ..
        } => vec![asks(resource, input)],
        LambdaEvent::Succeeded(output) => vec![answered(output)],
        LambdaEvent::Failed(failure)
        | LambdaEvent::ScheduleFailed(failure)
        | LambdaEvent::StartFailed(failure) => vec![failed(failure)],
        LambdaEvent::TimedOut(failure) => vec![timed_out(failure)],
        LambdaEvent::Started => Vec::new(),
    }
}

fn activity(event: &ActivityEvent) -> Vec<String> {
    match event {
        ActivityEvent::Scheduled {
            resource, input, ..
        } => vec![asks(resource, input)],
        ActivityEvent::Succeeded(output) => vec![answered(output)],
        ActivityEvent::Failed(failure) | ActivityEvent::ScheduleFailed(failure) => {
            vec![failed(failure)]
        }
        ActivityEvent::TimedOut(failure) => vec![timed_out(failure)],
        ActivityEvent::Started { .. } => Vec::new(),
    }
}

fn asks(resource: &str, input: &str) -> String {
    format!("  asks      {resource} with {}", shown(input))
}

fn answered(output: &str) -> String {
    format!("  answer    {}", shown(output))
}

fn failed(failure: &Failure) -> String {
    format!("  failed    {}", said(failure))
}

fn timed_out(failure: &Failure) -> String {
    format!("  timed out {}", said(failure))
}

fn said(failure: &Failure) -> String {
    let parts = [&failure.error, &failure.cause].into_iter().flatten();
    shown(&parts.map(|part| &**part).collect::<Vec<_>>().join(": "))
}

/// A value on one line, cut when it is long.
fn shown(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(&text)),
        None => text,
    }
}

/// `1:02:03.004`
fn elapsed(ms: i64) -> String {
    let (seconds, ms) = (ms / 1000, ms % 1000);
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    format!("{}:{:02}:{seconds:02}.{ms:03}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use asl::definition::StateMachine;
    use asl::dry_run::mocks::{Answer, Case, Latency, Response};
    use asl::dry_run::{DryRun, Options};
    use asl::text::Document;
    use serde_json::json;

    #[test]
    fn time_is_written_as_a_clock_writes_it() {
        assert_eq!(elapsed(3_723_004), "1:02:03.004");
    }

    #[test]
    fn long_values_are_cut_between_characters() {
        assert_eq!(shown(&"ü".repeat(170)).chars().count(), SHOWN + 1);
    }

    #[test]
    fn a_run_reads_as_a_story_with_branches_further_in() {
        let function = "arn:aws:lambda:us-east-1:123456789012:function:f";
        let task = json!({"Type": "Task", "Resource": function, "Assign": {"n": 1}, "End": true});
        let branch = json!({"StartAt": "T", "States": {"T": task}});
        let definition = json!({"StartAt": "P", "States": {
            "P": {"Type": "Parallel", "Branches": [branch], "Next": "E"},
            "E": {"Type": "Succeed"}
        }});
        let machine = StateMachine::build(&Document::parse(definition.to_string())).unwrap();
        let mut case = Case::default();
        let answer = Response {
            latency: Latency::Exactly(1_500),
            ..Response::at_once(Answer::Return(json!(5)))
        };
        case.set("T", "R", vec![answer]);
        let options = Options {
            start_ms: 0,
            seed: 0,
            machine_name: "m".into(),
            max_steps: 100,
        };
        let mut run = DryRun::new(Arc::new(machine), "{}".into(), case, options);
        run.run(&|_| false);
        let expected = "\
 0:00:00.000  begins with {}
              P (Parallel)
                input     {}
                T (Task)
                  input     {}
                  asks      arn:aws:lambda:us-east-1:123456789012:function:f with {}
 0:00:01.500      answer    5
                  $n = 1
                  output    5
              P …
                output    [5]
              E (Succeed)
                input     [5]
                output    [5]
";
        let found = timeline(run.events());
        let trimmed = |text: &str| {
            text.lines()
                .map(|line| line.trim_start().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(trimmed(&found), trimmed(expected), "{found}");
        let depth = |text: &str| {
            found
                .lines()
                .find(|line| line.contains(text))
                .unwrap()
                .find(text)
                .unwrap()
        };
        assert_eq!(depth("T (Task)") - depth("P (Parallel)"), 2);
        assert_eq!(depth("E (Succeed)"), depth("P (Parallel)"));
    }
}
