//! Trying one state.

pub(crate) const ANEW: &str = "Begin anew";
pub(crate) const ANEW_HINT: &str = "Fills everything in as at first";
pub(crate) const FAULTS: &str = "Mend what is marked first.";
pub(crate) const KEEP: &str = "Use as sample result";
pub(crate) const KEEP_HINT: &str = "The dry run answers this task so from here on";
pub(crate) const OUTCOME: &str = "What comes of it";
pub(crate) const RUN: &str = "Run the test";
pub(crate) const TITLE: &str = "Test a state";

pub(crate) fn kept(state: &str, case: &str) -> String {
    format!("The sample results answer “{state}” so in the case {case}")
}

pub(crate) fn title(state: &str) -> String {
    format!("Test “{state}”")
}

// What goes in.

pub(crate) const CONTEXT: &str = "Context";
pub(crate) const CONTEXT_EXAMPLE: &str = "{ \"Execution\": { \"Name\": \"night\" } }";
pub(crate) const CONTEXT_HINT: &str =
    "Members of the context object that differ from the usual ones";
pub(crate) const FORM: &str = "What goes in";
pub(crate) const INNER: &str = "It comes from the state";
pub(crate) const INNER_ANY: &str = "Any";
pub(crate) const INNER_HINT: &str =
    "The name of a state inside, for $states.errorOutput and retries that look at it";
pub(crate) const INPUT: &str = "Input";
pub(crate) const INPUT_HINT: &str = "What comes into the state, as JSON";
pub(crate) const READER_DATA: &str = "What the reader has read";
pub(crate) const READER_DATA_HINT: &str = "For a Map with an ItemReader";
pub(crate) const ITERATIONS_FAILED: &str = "Iterations that failed";
pub(crate) const ITERATIONS_FAILED_HINT: &str = "They are held against what the Map tolerates";
pub(crate) const JUDGED: &str = "The result against the service's API";
pub(crate) const JUDGED_OFF: &str = "It is not looked at";
pub(crate) const JUDGED_PRESENT: &str = "What is there must fit";
pub(crate) const JUDGED_STRICT: &str = "All that is always there must be there and fit";
pub(crate) const MORE: &str = "Variables, context and what happened before";
pub(crate) const NO_OBJECT: &str = "This takes an object: begin with { and end with }.";
pub(crate) const NO_RESULT: &str = "Say what the work gives; null where it gives nothing.";
pub(crate) const RESULT: &str = "Result";
pub(crate) const RESULT_HINT: &str = "What the task gives, as JSON";
pub(crate) const RESULT_OF_BRANCHES: &str = "Results of the branches";
pub(crate) const RESULT_OF_BRANCHES_HINT: &str = "An array with one element for each branch";
pub(crate) const RESULT_OF_ITERATIONS: &str = "Results of the iterations";
pub(crate) const RESULT_OF_ITERATIONS_HINT: &str = "An array with one element for each item";
pub(crate) const RETRIES: &str = "Retries before";
pub(crate) const RETRIES_HINT: &str = "How many retries the rule has made that takes the error";
pub(crate) const VARIABLES: &str = "Variables";
pub(crate) const VARIABLES_HINT: &str =
    "The variables that the state sees: an object of names and values";
pub(crate) const WORK: &str = "Its work";
pub(crate) const WORK_FAILS: &str = "Fails";
pub(crate) const WORK_GIVES: &str = "Gives a result";

// What came of it.

pub(crate) const APART: &str =
    "The rest of the pipeline has errors, so the state was tested apart from it.";
pub(crate) const ENDS: &str = "Ends here";
pub(crate) const FAILS: &str = "It fails";
pub(crate) const FAILS_AND_IS_CAUGHT: &str = "It fails, and the error is caught";
pub(crate) const FAILS_AND_IS_RETRIED: &str = "It fails, and is tried again";
pub(crate) const HANDLED: &str = "What takes it";
pub(crate) const NOTHING: &str = "Nothing was tested yet";
pub(crate) const NOTHING_HINT: &str =
    "Fill in what comes in, then run the test. Nothing is called for real.";
pub(crate) const SUCCEEDS: &str = "It succeeds";
pub(crate) const THEN: &str = "Then";

pub(crate) fn caught_by(rule: u64) -> String {
    format!("Catch rule {rule} takes it.")
}

pub(crate) fn goes_on_to(state: &str) -> String {
    format!("Goes on to {state}")
}

pub(crate) fn retried_by(rule: u64, seconds: u64) -> String {
    format!("Retry rule {rule} tries again after {seconds} s.")
}

// Values on the way through the state.

pub(crate) const AFTER_INPUT_PATH: &str = "After InputPath";
pub(crate) const AFTER_PARAMETERS: &str = "After Parameters";
pub(crate) const AFTER_RESULT_PATH: &str = "After ResultPath";
pub(crate) const AFTER_RESULT_SELECTOR: &str = "After ResultSelector";
pub(crate) const ARGUMENTS: &str = "Arguments";
pub(crate) const AT_ONCE: &str = "At once";
pub(crate) const EACH_BATCH: &str = "Each batch";
pub(crate) const EACH_ITEM: &str = "Each item";
pub(crate) const ITEMS: &str = "Items";
pub(crate) const ITEMS_IN_FILE: &str = "Items in the file";
pub(crate) const OUTPUT: &str = "Output";
pub(crate) const TOLERATED: &str = "Tolerated failures";
pub(crate) const TOLERATED_SHARE: &str = "Tolerated share of failures";

// Why a test cannot be made.

pub(crate) const NO_ARRAY: &str = "The result of this state is an array.";
pub(crate) const NO_OBJECT_RESULT: &str = "The result of this state is an object.";
pub(crate) const NOT_OF_EACH_BRANCH: &str =
    "The result is an array with one element for each branch.";
pub(crate) const TOO_MANY_FAILURES: &str =
    "More iterations are said to have failed than there are items.";

pub(crate) fn has_errors(found: &str) -> String {
    format!("The state has errors, so it cannot run. Mend them first: {found}.")
}

pub(crate) fn not_inside(name: &str) -> String {
    format!("There is no state “{name}” inside this one.")
}

pub(crate) fn unfitting(why: &str) -> String {
    format!(
        "The result does not fit the service's API: {why}. Change it, or set how it is held against the API."
    )
}
