//! The heading of a run: what happened, where, in plain words.

use super::story::{Condition, Fault, Outcome, Story, Visit};
use crate::api::{RunStatus, Time};
use crate::pages::words::{Zone, clock, counted, duration, spelled};

/// What the head of the run page says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// One sentence.
    pub headline: String,
    /// A second one, when there is more to say.
    pub more: Option<String>,
}

/// What is known of a run when its head is written.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// What its events tell.
    pub story: &'a Story,
    /// How the server says that it stands.
    pub status: RunStatus,
    /// The error and cause that the server gives.
    pub fault: Option<&'a Fault>,
    /// The present moment.
    pub now: Time,
    /// The reader's clock.
    pub zone: Zone,
}

/// The finding. `waits` says whether a state waits for a person.
pub fn finding(known: Known<'_>, waits: impl Fn(&str) -> bool) -> Finding {
    match known.status {
        RunStatus::Running => running(known, waits),
        RunStatus::Succeeded => succeeded(known.story),
        RunStatus::Failed => failed(known),
        RunStatus::TimedOut => timed_out(known),
        RunStatus::Aborted => stopped(known),
        RunStatus::PendingRedrive => Finding {
            headline: "Waiting to go on from where it failed".to_owned(),
            more: None,
        },
    }
}

/// The innermost visits that are under way.
fn open(story: &Story) -> Vec<&Visit> {
    let inner = |v: &&Visit| v.ended.is_none() && !matches!(&*v.kind, "Map" | "Parallel");
    story.visits.iter().filter(inner).collect()
}

fn running(known: Known<'_>, waits: impl Fn(&str) -> bool) -> Finding {
    let open = open(known.story);
    if let Some(visit) = open.iter().find(|v| waits(&v.state)) {
        let since = clock(visit.entered, known.zone);
        let since = since.get(..5).unwrap_or_default();
        return Finding {
            headline: format!("Waiting for review since {since}"),
            more: Some(format!(
                "{} goes on as soon as somebody has answered.",
                visit.state
            )),
        };
    }
    let retrying = open.iter().find(|v| v.pending.is_some());
    if let Some(visit) = retrying {
        return retry(visit);
    }
    let headline = match open.as_slice() {
        [] => "Running".to_owned(),
        [one] if &*one.kind == "Wait" => format!("Waiting in {}", one.state),
        [one] => format!("Running {}", one.state),
        many => format!("Running {} states at once", spelled(many.len())),
    };
    Finding {
        headline,
        more: None,
    }
}

fn retry(visit: &Visit) -> Finding {
    let tries = i64::try_from(visit.attempts.len()).unwrap_or(i64::MAX);
    let fault = visit.pending.clone().unwrap_or_default();
    Finding {
        headline: format!(
            "{} failed {} and is tried again",
            visit.state,
            counted_times(tries)
        ),
        more: Some(reason(&fault)),
    }
}

fn counted_times(n: i64) -> String {
    match n {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => counted(n, "time", "times"),
    }
}

fn succeeded(story: &Story) -> Finding {
    let took = story
        .end
        .as_ref()
        .zip(story.started)
        .map(|(e, s)| duration(e.time.0 - s.0));
    let again = story.visits.iter().flat_map(|v| v.attempts.iter().skip(1));
    let retries = again.filter(|a| !a.after_redrive).count();
    let caught = story
        .visits
        .iter()
        .filter(|v| matches!(v.condition, Condition::Caught(_)))
        .count();
    let on_the_way = [
        (retries, "retry", "retries"),
        (caught, "error caught", "errors caught"),
        (story.redrives.len(), "redrive", "redrives"),
    ];
    let notes: Vec<String> = on_the_way
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| counted(i64::try_from(count).unwrap_or(i64::MAX), one, many))
        .collect();
    Finding {
        headline: took.map_or_else(|| "Succeeded".to_owned(), |t| format!("Succeeded in {t}")),
        more: (!notes.is_empty()).then(|| format!("With {} on the way.", listed(&notes))),
    }
}

/// "a", "a and b", "a, b and c"
fn listed(parts: &[String]) -> String {
    match parts.split_last() {
        Some((last, before)) if !before.is_empty() => {
            format!("{} and {last}", before.join(", "))
        }
        Some((only, _)) => only.clone(),
        None => String::new(),
    }
}

/// The innermost visit that failed last: where the cause is.
fn culprit(story: &Story) -> Option<&Visit> {
    let failed = |v: &&Visit| matches!(v.condition, Condition::Failed(_) | Condition::TimedOut(_));
    let inner = |v: &&Visit| failed(v) && !matches!(&*v.kind, "Map" | "Parallel");
    story
        .visits
        .iter()
        .rfind(inner)
        .or_else(|| story.visits.iter().rfind(failed))
}

fn failed(known: Known<'_>) -> Finding {
    let fault = known.fault.cloned().unwrap_or_default();
    let Some(visit) = culprit(known.story) else {
        return Finding {
            headline: "Failed".to_owned(),
            more: Some(reason(&fault)),
        };
    };
    // A Fail state that a Catch led to only repeats what went wrong before.
    let origin = caught_before(known.story, visit);
    match origin {
        Some((from, origin_fault)) => Finding {
            headline: format!(
                "{}{}, so the run ended in {}",
                from.state,
                tries(from),
                visit.state
            ),
            more: Some(reason(origin_fault)),
        },
        None => Finding {
            headline: format!("Failed in {}{}", visit.state, after_tries(visit)),
            more: Some(reason(&fault)),
        },
    }
}

/// For a Fail state: the latest caught error that led to it.
fn caught_before<'a>(story: &'a Story, visit: &Visit) -> Option<(&'a Visit, &'a Fault)> {
    if &*visit.kind != "Fail" {
        return None;
    }
    story.visits.iter().rev().find_map(|v| match &v.condition {
        Condition::Caught(fault) => Some((v, fault)),
        Condition::Running
        | Condition::Succeeded
        | Condition::Failed(_)
        | Condition::TimedOut(_)
        | Condition::Aborted => None,
    })
}

fn tries(visit: &Visit) -> String {
    match visit.attempts.len() {
        0 | 1 => " failed".to_owned(),
        2 => " failed on both attempts".to_owned(),
        n => format!(" failed on all {} attempts", spelled(n)),
    }
}

fn after_tries(visit: &Visit) -> String {
    match visit.attempts.len() {
        0 | 1 => String::new(),
        n => format!(" after {} attempts", spelled(n)),
    }
}

fn timed_out(known: Known<'_>) -> Finding {
    let place = known
        .story
        .visits
        .iter()
        .rfind(|v| matches!(v.condition, Condition::TimedOut(_)));
    Finding {
        headline: place.map_or_else(
            || "Ran out of time".to_owned(),
            |v| format!("Ran out of time in {}", v.state),
        ),
        more: Some("The run took longer than its time limit allows.".to_owned()),
    }
}

fn stopped(known: Known<'_>) -> Finding {
    let place = known
        .story
        .visits
        .iter()
        .rfind(|v| matches!(v.condition, Condition::Aborted));
    let cause = match known.story.end.as_ref().map(|e| &e.outcome) {
        Some(Outcome::Aborted(fault)) if !fault.cause.is_empty() => Some(fault.cause.clone()),
        Some(_) | None => None,
    };
    Finding {
        headline: place.map_or_else(
            || "Stopped".to_owned(),
            |v| format!("Stopped in {}", v.state),
        ),
        more: cause,
    }
}

/// An error in one line: the message inside a cause that is JSON, else the cause, else the error's name.
pub fn reason(fault: &Fault) -> String {
    let message = message_in(&fault.cause).unwrap_or_else(|| fault.cause.clone());
    let line: String = message
        .lines()
        .next()
        .unwrap_or_default()
        .chars()
        .take(240)
        .collect();
    match (fault.error.as_str(), line.as_str()) {
        ("", "") => "No reason was given.".to_owned(),
        (error, "") => error.to_owned(),
        ("", line) => line.to_owned(),
        (error, line) => format!("{error}: {line}"),
    }
}

/// Services often put an object into the cause; the sentence is in one of a few members.
fn message_in(cause: &str) -> Option<String> {
    let value: serde_json::Value = serde_json::from_str(cause).ok()?;
    let members = [
        "errorMessage",
        "message",
        "Message",
        "FailureReason",
        "comment",
        "Cause",
    ];
    members
        .iter()
        .find_map(|m| value.get(m)?.as_str().map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::RunEvent;
    use serde_json::{Value, json};

    fn story(list: &[(&str, u64, Value)]) -> Story {
        let mut story = Story::default();
        for (id, (kind, previous, details)) in (1_u64..).zip(list) {
            let time = Time(i64::try_from(id).expect("small") * 1000);
            story.push(&RunEvent {
                id,
                previous: *previous,
                time,
                kind: (*kind).to_owned(),
                details: details.clone(),
            });
        }
        story
    }

    fn say(story: &Story, status: RunStatus, fault: Option<&Fault>, waits: bool) -> Finding {
        finding(
            Known {
                story,
                status,
                fault,
                now: Time(60_000),
                zone: Zone(0),
            },
            |_| waits,
        )
    }

    fn asking() -> Story {
        story(&[
            ("ExecutionStarted", 0, json!({})),
            ("TaskStateEntered", 0, json!({"name": "Ask"})),
            ("ActivityScheduled", 2, json!({})),
        ])
    }

    #[test]
    fn a_run_says_what_it_does_or_whom_it_waits_for() {
        assert_eq!(
            say(&asking(), RunStatus::Running, None, false).headline,
            "Running Ask"
        );
        assert_eq!(
            say(&asking(), RunStatus::Running, None, true).headline,
            "Waiting for review since 00:00"
        );
    }

    #[test]
    fn a_failure_names_the_state_and_the_reason() {
        let story = story(&[
            ("ExecutionStarted", 0, json!({})),
            ("TaskStateEntered", 0, json!({"name": "Train"})),
            ("TaskScheduled", 2, json!({})),
            (
                "TaskFailed",
                3,
                json!({"error": "Oops", "cause": "{\"errorMessage\":\"no memory\"}"}),
            ),
            (
                "ExecutionFailed",
                4,
                json!({"error": "Oops", "cause": "{\"errorMessage\":\"no memory\"}"}),
            ),
        ]);
        let fault = Fault {
            error: "Oops".into(),
            cause: "{\"errorMessage\":\"no memory\"}".into(),
        };
        let said = say(&story, RunStatus::Failed, Some(&fault), false);
        assert_eq!(said.headline, "Failed in Train");
        assert_eq!(said.more.as_deref(), Some("Oops: no memory"));
    }

    #[test]
    fn a_fail_state_after_a_catch_blames_the_state_that_failed_first() {
        let story = story(&[
            ("ExecutionStarted", 0, json!({})),
            ("TaskStateEntered", 0, json!({"name": "Train"})),
            ("TaskScheduled", 2, json!({})),
            ("TaskFailed", 3, json!({"error": "Oops", "cause": "x"})),
            ("TaskScheduled", 4, json!({})),
            (
                "TaskFailed",
                5,
                json!({"error": "Oops", "cause": "no memory"}),
            ),
            ("TaskStateExited", 6, json!({"name": "Train"})),
            ("FailStateEntered", 7, json!({"name": "Give up"})),
            ("ExecutionFailed", 8, json!({"error": "GaveUp"})),
        ]);
        let said = say(&story, RunStatus::Failed, None, false);
        assert_eq!(
            said.headline,
            "Train failed on both attempts, so the run ended in Give up"
        );
        assert_eq!(said.more.as_deref(), Some("Oops: no memory"));
    }

    #[test]
    fn a_success_counts_what_went_wrong_on_the_way() {
        let story = story(&[
            ("ExecutionStarted", 0, json!({})),
            ("TaskStateEntered", 0, json!({"name": "Train"})),
            ("TaskScheduled", 2, json!({})),
            ("TaskFailed", 3, json!({"error": "Oops"})),
            ("TaskScheduled", 4, json!({})),
            ("TaskSucceeded", 5, json!({})),
            ("TaskStateExited", 6, json!({"name": "Train"})),
            ("ExecutionSucceeded", 7, json!({})),
        ]);
        let said = say(&story, RunStatus::Succeeded, None, false);
        assert_eq!(said.headline, "Succeeded in 7 s");
        assert_eq!(said.more.as_deref(), Some("With 1 retry on the way."));
    }

    #[test]
    fn a_redrive_is_told_from_a_retry() {
        let story = story(&[
            ("ExecutionStarted", 0, json!({})),
            ("TaskStateEntered", 0, json!({"name": "Train"})),
            ("TaskScheduled", 2, json!({})),
            ("TaskFailed", 3, json!({"error": "Oops"})),
            ("ExecutionFailed", 4, json!({"error": "Oops"})),
            ("ExecutionRedriven", 5, json!({"redriveCount": 1})),
            ("TaskScheduled", 4, json!({})),
            ("TaskSucceeded", 7, json!({})),
            ("TaskStateExited", 8, json!({"name": "Train"})),
            ("ExecutionSucceeded", 9, json!({})),
        ]);
        let said = say(&story, RunStatus::Succeeded, None, false);
        assert_eq!(said.more.as_deref(), Some("With 1 redrive on the way."));
    }
}
