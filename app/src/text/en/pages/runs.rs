//! The list of a pipeline's runs.

use crate::text::words::{sentence, spelled};

pub(crate) const OPEN_STUDIO: &str = "Open in the studio";
pub(crate) const OPEN_STUDIO_SHORT: &str = "Studio";
pub(crate) const FILTER: &str = "Show";
pub(crate) const ALL: &str = "All";
pub(crate) const RUN: &str = "Run";
pub(crate) const OLDER: &str = "Show older runs";
pub(crate) const STOP_CAUSE: &str = "Stopped from the list of runs";

pub(crate) const NONE_HINT: &str = "Start one, or dry-run the pipeline first.";
pub(crate) const DRY_RUN: &str = "Dry-run it";
pub(crate) const NONE_FILTERED: &str = "No run stands so";
pub(crate) const NONE_FILTERED_HINT: &str = "Choose another filter to see the other runs.";

pub(crate) fn not_deployed(pipeline: &str) -> String {
    format!("{pipeline} is not deployed, so it has no runs.")
}

// The heading.

pub(crate) const ALL_WELL: &str = "All well, nothing runs now";
pub(crate) const ONLY_FAILED: &str = "The only run failed";

pub(crate) fn of_pipeline(pipeline: &str) -> String {
    format!("Runs of {pipeline}")
}

pub(crate) fn filtered(status: &str, pipeline: &str) -> String {
    format!("{status} runs of {pipeline}")
}

pub(crate) fn failed(count: usize, all: usize) -> String {
    if count == all {
        return format!("All of the latest {} runs failed", spelled(all));
    }
    format!(
        "{} of the latest {} runs failed",
        sentence(&spelled(count)),
        spelled(all)
    )
}

pub(crate) fn under_way(count: usize) -> String {
    match count {
        1 => "One run is under way".to_owned(),
        _ => format!("{} runs are under way", sentence(&spelled(count))),
    }
}
