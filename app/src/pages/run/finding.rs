//! The heading of a run: what happened, where, in plain words.

use super::story::{Condition, Fault, Outcome, Story, Visit};
use crate::api::{RunStatus, Time};
use crate::pages::words::{Zone, clock, duration};
use crate::text::pages::run as says;

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
            headline: says::GOES_ON_LATER.to_owned(),
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
            headline: says::waits_for_review(since),
            more: Some(says::goes_on_after(&visit.state)),
        };
    }
    let retrying = open.iter().find(|v| v.pending.is_some());
    if let Some(visit) = retrying {
        return retry(visit);
    }
    let headline = match open.as_slice() {
        [] => says::RUNNING.to_owned(),
        [one] if &*one.kind == "Wait" => says::waiting_in(&one.state),
        [one] => says::running(&one.state),
        many => says::running_at_once(many.len()),
    };
    Finding {
        headline,
        more: None,
    }
}

fn retry(visit: &Visit) -> Finding {
    let fault = visit.pending.clone().unwrap_or_default();
    Finding {
        headline: says::tried_again(&visit.state, visit.attempts.len()),
        more: Some(reason(&fault)),
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
    Finding {
        headline: took.map_or_else(|| says::SUCCEEDED.to_owned(), |t| says::succeeded_in(&t)),
        more: says::on_the_way(retries, caught, story.redrives.len()),
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
            headline: says::FAILED.to_owned(),
            more: Some(reason(&fault)),
        };
    };
    // A Fail state that a Catch led to only repeats what went wrong before.
    let origin = caught_before(known.story, visit);
    match origin {
        Some((from, origin_fault)) => Finding {
            headline: says::ended_after(&from.state, from.attempts.len(), &visit.state),
            more: Some(reason(origin_fault)),
        },
        None => Finding {
            headline: says::failed_in(&visit.state, visit.attempts.len()),
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

fn timed_out(known: Known<'_>) -> Finding {
    let place = known
        .story
        .visits
        .iter()
        .rfind(|v| matches!(v.condition, Condition::TimedOut(_)));
    Finding {
        headline: place.map_or_else(
            || says::TIMED_OUT.to_owned(),
            |v| says::timed_out_in(&v.state),
        ),
        more: Some(says::TIMED_OUT_HINT.to_owned()),
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
        headline: place.map_or_else(|| says::STOPPED.to_owned(), |v| says::stopped_in(&v.state)),
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
        ("", "") => says::NO_REASON.to_owned(),
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
