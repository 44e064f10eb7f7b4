//! The pages around the studio: start, deploy, runs, reviews.

pub(crate) mod deploy;
pub(crate) mod home;
pub(crate) mod review;
pub(crate) mod run;
pub(crate) mod runs;
pub(crate) mod start;

use crate::text::words::counted;

// The frame of a page, and what stands in several.

pub(crate) const WAY: &str = "Where you are";
pub(crate) const RUNS: &str = "Runs";
pub(crate) const ACTS: &str = "What can be done";
pub(crate) const OLDER: &str = "The server does not answer, so this may be older than it looks. The page asks again by itself.";
pub(crate) const EMPTY_INPUT: &str = "There is nothing here. Write {} for an empty input.";

/// What stands below JSON that is not shown to its end.
pub(crate) fn more_lines(count: usize) -> String {
    format!(
        "\n… {}; copy to see them all",
        counted(count, "more line", "more lines")
    )
}

// Runs, in a list and one by one.

pub(crate) const STATUS: &str = "Status";
pub(crate) const STARTED: &str = "Started";
pub(crate) const TOOK: &str = "Took";
pub(crate) const NO_RUNS: &str = "No runs yet";
pub(crate) const START: &str = "Start…";
pub(crate) const START_RUN: &str = "Start a run…";
pub(crate) const STOP: &str = "Stop…";
pub(crate) const STOP_EFFECT: &str =
    "What works now is ended, and nothing after it is done, unless the run is redriven.";
pub(crate) const STOP_NOT: &str = "Let it run";
pub(crate) const STOP_NOW: &str = "Stop the run";

pub(crate) fn stop_question(run: &str) -> String {
    format!("Stop {run}?")
}
