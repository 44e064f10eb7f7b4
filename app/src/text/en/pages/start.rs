//! The dialog that starts a run.

pub(crate) fn title(pipeline: &str) -> String {
    format!("Start {pipeline}")
}

pub(crate) fn not_deployed(pipeline: &str) -> String {
    format!("{pipeline} is not deployed. Deploy it first.")
}

pub(crate) const ASKING: &str = "Asking which tasks are served…";
pub(crate) const INPUT: &str = "Input";
pub(crate) const NAME: &str = "Name of the run (optional)";
pub(crate) const NAME_HINT: &str = "Made by the server";
pub(crate) const STARTING: &str = "Starting…";
pub(crate) const START: &str = "Start the run";

// How tasks answer.

pub(crate) const WAYS: &str = "How tasks answer";
pub(crate) const WITH_SAMPLES: &str = "With sample results";
pub(crate) const WITH_SAMPLES_HINT: &str =
    "Tasks answer as written in the sample results. Everything else is real.";
pub(crate) const NO_SAMPLES: &str =
    "This pipeline has no sample results. Write some in the studio.";
pub(crate) const CASE: &str = "Case";
pub(crate) const FOR_REAL: &str = "For real";
pub(crate) const FOR_REAL_HINT: &str = "Tasks call their services.";
pub(crate) const UNSERVED: &str =
    "Nothing serves these tasks. A run that comes to one of them fails there:";

pub(crate) fn unserved(resource: &str) -> String {
    format!("nothing serves {resource}")
}

pub(crate) fn waits_for_people(states: &[String]) -> String {
    format!("{} waits for a person's answer.", states.join(", "))
}
