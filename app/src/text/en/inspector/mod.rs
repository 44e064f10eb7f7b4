//! The forms of a state and of the pipeline: what several panels say, and what stands around them.

pub(crate) mod approval;
pub(crate) mod catch;
pub(crate) mod choice;
pub(crate) mod comparison;
pub(crate) mod configuration;
pub(crate) mod convert;
pub(crate) mod data;
pub(crate) mod errors;
pub(crate) mod fail;
pub(crate) mod flow;
pub(crate) mod head;
pub(crate) mod help;
pub(crate) mod map;
pub(crate) mod map_data;
pub(crate) mod parallel;
pub(crate) mod parameters;
pub(crate) mod pass;
pub(crate) mod pipeline;
pub(crate) mod retry;
pub(crate) mod task;
pub(crate) mod value;
pub(crate) mod variables;
pub(crate) mod wait;

use super::words::counted;

pub(crate) const CONVERT: &str = "Convert to JSONata…";
pub(crate) const EXPRESS: &str = "Express: 5 minutes";
pub(crate) const EXPRESSIONS: &str = "Expressions";
pub(crate) const FROM_PATHS: &str = "Parameters: a name ending in .$ takes its value from a path";
pub(crate) const GO_ON_TO: &str = "Go on to";
pub(crate) const GO_ON_TO_HINT: &str = "Next";
pub(crate) const INPUT: &str = "The state's input";
pub(crate) const NO_LIMIT: &str = "No limit";
pub(crate) const NONE: &str = "None";
pub(crate) const NOTE: &str = "Note";
pub(crate) const NOTE_HINT: &str = "Comment: for people, ignored by the run";
pub(crate) const OUTPUT: &str = "Output";
pub(crate) const SECONDS: &str = "seconds";
pub(crate) const SET_VARIABLES: &str = "Set variables";
pub(crate) const SHOW_AS_JSON: &str = "Show as JSON";
pub(crate) const STANDARD: &str = "Standard: up to a year";
pub(crate) const VARIABLES: &str = "Variables";

// Around the forms.

pub(crate) const CONFIGURATION: &str = "Configuration";
pub(crate) const DATA: &str = "Input & output";
pub(crate) const ERRORS: &str = "Errors";
pub(crate) const FORMS: &str = "Settings of the selected state";
pub(crate) const GROUP_HELP: &str = "Help on this group";
pub(crate) const STALE: &str =
    "The code has a fault, so the forms wait. Mend it in the code view first.";
pub(crate) const TABS: &str = "Parts of this state";
pub(crate) const TITLE: &str = "Inspector";

// What is wrong, where no field shows it.

pub(crate) const LOOSE: &str = "What is wrong elsewhere";
pub(crate) const SHOW_IN_CODE: &str = "Show in the code";

pub(crate) fn go_to_tab(tab: &str) -> String {
    format!("Go to {tab}")
}

pub(crate) fn problems(count: usize) -> String {
    counted(count, "problem", "problems")
}

/// What a number that is shown stands for, with the blank after it.
pub(crate) fn problems_unit(count: usize) -> &'static str {
    if count == 1 { " problem" } else { " problems" }
}

// What a value gives.

pub(crate) const IN_DRY_RUN: &str = "In the last dry run";
pub(crate) const BY_DEFINITION: &str = "As far as the definition tells";
pub(crate) const ON_SAMPLE: &str = "On the sample input";

/// What one part of an entry gives: the one that the cursor is in. `basis` is one of the captions above.
pub(crate) fn at_cursor(basis: &str) -> String {
    format!("{basis}, at the cursor")
}

/// `fault` is a sentence.
pub(crate) fn sample_is_empty(fault: &str) -> String {
    format!("{fault} The sample input of the dry run is still empty; fill it in to see the value.")
}

// The state as JSON.

pub(crate) const RAW: &str = "The state as JSON";
pub(crate) const RAW_HINT: &str = "Everything that the state holds, also what no form shows";
pub(crate) const RAW_NO_OBJECT: &str = "A state is an object: begin with { and end with }.";
pub(crate) const RAW_NOTHING: &str = "A state cannot be empty. Delete it instead.";
