//! Controls that all parts share.

use super::words::counted;

pub(crate) const CLOSE_NOTICE: &str = "Close this notice";
pub(crate) const EXPLAIN: &str = "Help on this field";
pub(crate) const NOTHING_FOUND: &str = "Nothing is called that.";
pub(crate) const NOTICES: &str = "Notices";
pub(crate) const NOT_SET: &str = "Not set";
pub(crate) const OFFERS: &str = "What can stand here";
pub(crate) const RESIZER: &str = "Drag to resize, double-click to fold";

/// The choice of what was typed, among those that are known.
pub(crate) fn as_typed(typed: &str) -> String {
    format!("“{typed}”, as typed")
}

/// How many choices are not shown.
pub(crate) fn more_choices(more: usize) -> String {
    format!("{more} more: type to find them.")
}

pub(crate) fn problems(count: usize) -> String {
    format!("({})", counted(count, "problem", "problems"))
}

// What is wrong with an entry.

pub(crate) const NOT_WHOLE: &str = "Only whole numbers are allowed here.";

pub(crate) fn not_a_number(entry: &str) -> String {
    format!("“{entry}” is not a number.")
}

pub(crate) fn out_of_range(least: f64, most: f64) -> String {
    format!("The number must be from {least} to {most}.")
}

pub(crate) fn unreadable(error: &str) -> String {
    format!("This cannot be read: {error}.")
}

// Light and dark.

pub(crate) const THEME: &str = "Light or dark";
pub(crate) const THEME_DARK: &str = "Dark";
pub(crate) const THEME_LIGHT: &str = "Light";
pub(crate) const THEME_SYSTEM: &str = "As the system";

pub(crate) fn theme_now(theme: &str) -> String {
    format!("{theme} (now)")
}

// Kinds of states, and what they are for.

pub(crate) const CHOICE: &str = "Choice";
pub(crate) const CHOICE_HINT: &str = "Go one way or another";
pub(crate) const FAIL: &str = "Fail";
pub(crate) const FAIL_HINT: &str = "End with an error";
pub(crate) const MAP: &str = "Map";
pub(crate) const MAP_HINT: &str = "Repeat for every item";
pub(crate) const PARALLEL: &str = "Parallel";
pub(crate) const PARALLEL_HINT: &str = "Several things at once";
pub(crate) const PASS: &str = "Pass";
pub(crate) const PASS_HINT: &str = "Reshape the data";
pub(crate) const PERSON: &str = "Ask a reviewer";
pub(crate) const PERSON_HINT: &str = "Wait for a decision";
pub(crate) const SUCCEED: &str = "Succeed";
pub(crate) const SUCCEED_HINT: &str = "End without an error";
pub(crate) const TASK: &str = "Task";
pub(crate) const TASK_HINT: &str = "Call a service or a function";
pub(crate) const UNKNOWN: &str = "No type";
pub(crate) const UNKNOWN_HINT: &str = "Choose what it does";
pub(crate) const WAIT: &str = "Wait";
pub(crate) const WAIT_HINT: &str = "For a time, or to a date";

// How a state or a run stands, or what became of a state.

pub(crate) const ABORTED: &str = "Stopped";
pub(crate) const ADDED: &str = "Added";
pub(crate) const CHANGED: &str = "Changed";
pub(crate) const FAILED: &str = "Failed";
pub(crate) const PAUSED: &str = "Paused";
pub(crate) const REMOVED: &str = "Removed";
pub(crate) const RUNNING: &str = "Running";
pub(crate) const SKIPPED: &str = "Not reached";
pub(crate) const SUCCEEDED: &str = "Succeeded";
pub(crate) const TIMED_OUT: &str = "Timed out";
pub(crate) const WAITING: &str = "Waits for a person";
