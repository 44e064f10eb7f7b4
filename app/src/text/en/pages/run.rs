//! The page of one run.

use crate::text::words::{counted, grouped, spelled};

pub(crate) const OPENING: &str = "Opening the run…";
pub(crate) const MISSING: &str = "There is no such run";
pub(crate) const MISSING_HINT: &str =
    "It may have been deleted with its pipeline, or the address is incomplete.";
pub(crate) const ALL_RUNS: &str = "See all runs";
pub(crate) const DRAWING: &str = "The pipeline in this run";
pub(crate) const DRAWING_COMES: &str = "The drawing is on its way…";
pub(crate) const TABS: &str = "What to show of the run";
pub(crate) const STATES: &str = "States";
pub(crate) const EVENTS: &str = "Events";
pub(crate) const VALUES: &str = "Input and output";
pub(crate) const NOT_LIVE: &str = "Not live";
pub(crate) const NOT_LIVE_HINT: &str =
    "The live line to the server is lost. The page asks every few seconds until it is back.";

// Input, output and what lies between.

pub(crate) const INPUT: &str = "Input";
pub(crate) const ARGUMENTS: &str = "Arguments";
pub(crate) const RESULT: &str = "Result";
pub(crate) const ERROR: &str = "Error";
pub(crate) const OUTPUT: &str = "Output";
pub(crate) const NO_VALUE: &str = "Nothing yet.";
pub(crate) const NO_VALUES: &str = "No values yet.";
pub(crate) const VALUE: &str = "Value";

pub(crate) fn bytes(count: usize) -> String {
    counted(count, "byte", "bytes")
}

// The facts in the head.

pub(crate) const SO_FAR: &str = "So far";
pub(crate) const REDRIVEN: &str = "Redriven";
pub(crate) const SAMPLES: &str = "Sample results";

/// `last` is a moment inside a sentence.
pub(crate) fn redriven(count: u32, last: &str) -> String {
    format!("{count} times, last {last}")
}

// What can be done.

pub(crate) const OPEN_REVIEW: &str = "Open the review";
pub(crate) const NEW_RUN: &str = "New run with this input…";
pub(crate) const DRY_RUN: &str = "Open in dry run";
pub(crate) const DRY_RUN_HINT: &str = "Step through this pipeline with this run's input";
pub(crate) const STOP_CAUSE: &str = "Why (kept with the run)";

pub(crate) const REDRIVE: &str = "Redrive…";
pub(crate) const REDRIVE_NOT: &str = "Leave it";
pub(crate) const REDRIVE_NOW: &str = "Redrive the run";
pub(crate) const REDRIVE_STOPPED: &str =
    "The run goes on where it was stopped. What has succeeded is kept.";
pub(crate) const REDRIVE_TIMED_OUT: &str =
    "The run goes on where its time ran out. What has succeeded is kept.";
pub(crate) const REDRIVE_FAILED: &str =
    "The run goes on where it failed. What has succeeded is kept.";
pub(crate) const REDRIVEN_WITH_MAP: &str =
    "It goes on when the run whose Map started it is redriven";
pub(crate) const NOT_REDRIVABLE: &str = "This run cannot be redriven";

pub(crate) fn redrive_question(run: &str) -> String {
    format!("Redrive {run}?")
}

// What happened, in the head.

pub(crate) const GOES_ON_LATER: &str = "Waiting to go on from where it failed";
pub(crate) const RUNNING: &str = "Running";
pub(crate) const SUCCEEDED: &str = "Succeeded";
pub(crate) const FAILED: &str = "Failed";
pub(crate) const TIMED_OUT: &str = "Ran out of time";
pub(crate) const TIMED_OUT_HINT: &str = "The run took longer than its time limit allows.";
pub(crate) const STOPPED: &str = "Stopped";
pub(crate) const NO_REASON: &str = "No reason was given.";

pub(crate) fn waits_for_review(since: &str) -> String {
    format!("Waiting for review since {since}")
}

pub(crate) fn goes_on_after(state: &str) -> String {
    format!("{state} goes on as soon as somebody has answered.")
}

pub(crate) fn waiting_in(state: &str) -> String {
    format!("Waiting in {state}")
}

pub(crate) fn running(state: &str) -> String {
    format!("Running {state}")
}

pub(crate) fn running_at_once(count: usize) -> String {
    format!("Running {} states at once", spelled(count))
}

pub(crate) fn tried_again(state: &str, times: usize) -> String {
    let times = match times {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => counted(times, "time", "times"),
    };
    format!("{state} failed {times} and is tried again")
}

pub(crate) fn succeeded_in(duration: &str) -> String {
    format!("Succeeded in {duration}")
}

/// What went wrong before a run succeeded; nothing when all went well.
pub(crate) fn on_the_way(retries: usize, caught: usize, redrives: usize) -> Option<String> {
    let notes: Vec<String> = [
        (retries, "retry", "retries"),
        (caught, "error caught", "errors caught"),
        (redrives, "redrive", "redrives"),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, one, many)| counted(count, one, many))
    .collect();
    (!notes.is_empty()).then(|| format!("With {} on the way.", listed(&notes)))
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

/// A state failed, its error was caught, and what the Catch led to ended the run.
pub(crate) fn ended_after(failed: &str, attempts: usize, end: &str) -> String {
    let tries = match attempts {
        0 | 1 => String::new(),
        2 => " on both attempts".to_owned(),
        n => format!(" on all {} attempts", spelled(n)),
    };
    format!("{failed} failed{tries}, so the run ended in {end}")
}

pub(crate) fn failed_in(state: &str, attempts: usize) -> String {
    match attempts {
        0 | 1 => format!("Failed in {state}"),
        n => format!("Failed in {state} after {} attempts", spelled(n)),
    }
}

pub(crate) fn timed_out_in(state: &str) -> String {
    format!("Ran out of time in {state}")
}

pub(crate) fn stopped_in(state: &str) -> String {
    format!("Stopped in {state}")
}

// On the drawing and in the list of states.

pub(crate) const WAITS_FOR_PERSON: &str = "waits for a person";
pub(crate) const STATE: &str = "State";
pub(crate) const ATTEMPTS: &str = "Attempts";

/// How long a state took, and in how many attempts.
pub(crate) fn took_attempts(took: &str, attempts: usize) -> String {
    format!("{took}, {attempts} attempts")
}

pub(crate) fn visits(count: usize) -> String {
    counted(count, "visit", "visits")
}

pub(crate) fn caught(status: &str) -> String {
    format!("{status}, caught")
}

pub(crate) fn not_reached(count: usize) -> String {
    format!("{} not reached", counted(count, "state", "states"))
}

// One state.

pub(crate) const NOTHING_HAPPENED: &str = "Nothing has happened yet.";
pub(crate) const SHOW_STATE: &str = "Show in the studio";
pub(crate) const VISIT: &str = "Visit";
pub(crate) const ITEMS_ELSEWHERE: &str = "Items run as executions of their own";
pub(crate) const WAITS_FOR_ATTEMPT: &str = "Waits for the next attempt";
pub(crate) const WAITS_FOR_ANSWER: &str = "Waits for somebody's answer";
pub(crate) const UNDER_WAY: &str = "Under way";
pub(crate) const CAUGHT: &str = "No retries left; the error was caught";
pub(crate) const NOT_CAUGHT: &str = "Nothing caught the error";
pub(crate) const ENDED_OUTSIDE: &str = "Ended from outside";

pub(crate) fn runs_elsewhere(state: &str) -> String {
    format!("{state} runs in executions of its own, one for each item or batch.")
}

pub(crate) fn state_not_reached(state: &str) -> String {
    format!("{state} was not reached in this run.")
}

pub(crate) fn visit(number: usize) -> String {
    format!("Visit {number}")
}

pub(crate) fn item(number: u64) -> String {
    format!("Item {number}")
}

pub(crate) fn attempt(number: usize) -> String {
    format!("Attempt {number}")
}

/// The pause between two attempts.
pub(crate) fn waited(duration: &str, is_redriven: bool) -> String {
    if is_redriven {
        format!("redriven after {duration}")
    } else {
        format!("waited {duration}")
    }
}

pub(crate) fn items_done(done: u64, total: u64) -> String {
    format!("{} of {} items done", grouped(done), grouped(total))
}

/// What stands after how many items are done.
pub(crate) fn items_failed(count: u64) -> String {
    format!(", {} failed", grouped(count))
}

// Events.

pub(crate) const FIND_EVENT: &str = "Find an event";
pub(crate) const ONLY_WRONG: &str = "Only what went wrong";
pub(crate) const EVENT_NUMBER: &str = "No.";
pub(crate) const EVENT: &str = "What happened";
pub(crate) const WHEN: &str = "When";
pub(crate) const NO_EVENT: &str = "No event speaks of that.";
pub(crate) const EARLIER: &str = "Earlier events";
pub(crate) const LATER: &str = "Later events";

pub(crate) fn page_of(first: usize, last: usize, total: usize) -> String {
    let [first, last, total] = [first, last, total].map(grouped);
    format!("{first}–{last} of {total}")
}
