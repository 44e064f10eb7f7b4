//! The head of the inspector and its foot.

pub(crate) const ASKS: &str = "Task · asks a person";
pub(crate) const TEST: &str = "Test this state";
pub(crate) const HELP: &str = "Help on this type of state";
pub(crate) const MORE: &str = "More for this state";
pub(crate) const NAME_HINT: &str = "The state's name";

pub(crate) fn task(work: &str) -> String {
    format!("Task · {work}")
}

pub(crate) const STOP: &str = "Stop here in a dry run";
pub(crate) const STOP_HINT: &str = "The dry run stops before this state";
pub(crate) const STOPS: &str = "Stops here";

pub(crate) fn line(number: usize) -> String {
    format!("Line {number} in the code")
}
