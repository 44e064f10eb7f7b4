//! Dry runs: bar, time line, data, samples, cost.

use super::words::{counted, grouped};

pub(crate) const NOTHING: &str = "Nothing has run yet";
pub(crate) const NOTHING_HINT: &str = "Run it, or step into the first state.";
pub(crate) const TITLE: &str = "Dry run";

// The bar.

pub(crate) const ASK_ALWAYS: &str = "Ask me for every result";
pub(crate) const CLOSE: &str = "Close the dry run";
pub(crate) const CONTROLS: &str = "Run controls";
pub(crate) const COST: &str = "Cost…";
pub(crate) const RUN: &str = "Run";
pub(crate) const RUN_HINT: &str = "Run to the next breakpoint";
pub(crate) const RUN_TO_END: &str = "Run to the end";
pub(crate) const SAMPLES: &str = "Sample results";
pub(crate) const SAMPLES_EDIT: &str = "Sample results…";
pub(crate) const SAMPLES_HINT: &str = "Which sample results the tasks give";
pub(crate) const START_OVER: &str = "Start over";
pub(crate) const STEP: &str = "Step";
pub(crate) const STEP_BACK: &str = "Step back";
pub(crate) const STEP_INTO: &str = "Step into the next state";
pub(crate) const STOP: &str = "Stop";
pub(crate) const VIRTUAL: &str = "virtual";
pub(crate) const VIRTUAL_TIME: &str = "Virtual time since the start";

pub(crate) fn step_of(step: usize, all: usize) -> String {
    format!("step {step} of {all}")
}

// Why it cannot be done now.

pub(crate) const NOT_AT_WORK: &str = "The dry run is not at work.";
pub(crate) const NOT_BEGUN: &str = "Begin a dry run first.";
pub(crate) const STILL_AT_WORK: &str = "The dry run is at work.";
pub(crate) const WAITS: &str = "The dry run waits for an answer.";
pub(crate) const OVER: &str = "The dry run is over. Start over.";
pub(crate) const AT_START: &str = "It stands before its first step.";

// How it stands.

pub(crate) const CHANGED: &str = "The pipeline was changed, so the dry run begins anew.";
pub(crate) const READY: &str = "Ready";
pub(crate) const TOO_MANY_STEPS: &str = "Stopped: too many steps";

pub(crate) fn cannot_run(first: &str) -> String {
    format!("The pipeline cannot run yet. {first} Open the problems for all of them.")
}

/// How the run failed: in which state, and why.
pub(crate) fn failure(state: Option<&str>, reason: &str) -> String {
    match state {
        Some(state) => format!("{state} failed, so the run stopped. {reason}"),
        None => format!("The run failed. {reason}"),
    }
}

pub(crate) fn input_invalid(why: &str) -> String {
    format!("The input is no valid JSON. {why}")
}

pub(crate) fn paused_before(state: &str) -> String {
    format!("Paused before {state}")
}

pub(crate) fn paused_in(state: &str) -> String {
    format!("Paused in {state}")
}

pub(crate) fn samples_unusable(error: &str) -> String {
    format!("The sample results cannot be used. {error}.")
}

pub(crate) fn stopped_after(steps: usize) -> String {
    let steps = grouped(steps);
    format!("The run was stopped after {steps} steps. Does it go round in a circle?")
}

pub(crate) fn waits_for_answer(state: &str) -> String {
    format!("{state} waits for your answer")
}

// Before a run.

pub(crate) const BEGIN: &str = "A run without any service";
pub(crate) const BEGIN_HINT: &str = "The pipeline runs here in the browser, on virtual time, with the same engine as on the server. Tasks give their sample results; a task without one stops and asks you.";
pub(crate) const BEGIN_STEP: &str = "Step into the first state";
pub(crate) const BEGIN_STOP: &str =
    "Stop before a state: select it and press B, or use “Stop here in a dry run” in the inspector.";
pub(crate) const INPUT: &str = "Input";

// The time line and the events.

pub(crate) const EVENT_DETAILS: &str = "Details of the event";
pub(crate) const EVENTS: &str = "Events";
pub(crate) const STATES: &str = "States";

// Values.

/// A stage in plain words, with AWS's name for the tooltip.
pub(crate) type Stage = (&'static str, &'static str);

pub(crate) const STAGE_ARGUMENTS: Stage = ("Arguments", "After Arguments: what the work gets");
pub(crate) const STAGE_BATCH: Stage = ("Each batch", "After ItemBatcher");
pub(crate) const STAGE_CONCURRENCY: Stage = ("Concurrency", "MaxConcurrency");
pub(crate) const STAGE_ERROR: Stage = ("Error", "The error");
pub(crate) const STAGE_INPUT: Stage = ("Input", "What came in");
pub(crate) const STAGE_INPUT_PATH: Stage = ("After InputPath", "InputPath");
pub(crate) const STAGE_ITEM: Stage = ("Each item", "After ItemSelector");
pub(crate) const STAGE_ITEMS: Stage = ("Items", "After ItemsPath");
pub(crate) const STAGE_ITEMS_IN_FILE: Stage = ("Items in the file", "After ItemsPointer");
pub(crate) const STAGE_OUTPUT: Stage = ("Output", "What goes on");
pub(crate) const STAGE_PARAMETERS: Stage = ("Parameters", "After Parameters: what the work gets");
pub(crate) const STAGE_PUT_TOGETHER: Stage = ("Put together", "After ResultPath");
pub(crate) const STAGE_RESULT: Stage = ("Result", "What the work gave");
pub(crate) const STAGE_SELECTED: Stage = ("Selected", "After ResultSelector");
pub(crate) const STAGE_TOLERATED: Stage = ("Tolerated failures", "ToleratedFailureCount");
pub(crate) const STAGE_TOLERATED_SHARE: Stage =
    ("Tolerated share of failures", "ToleratedFailurePercentage");
pub(crate) const STAGE_VARIABLES: Stage = ("Variables", "Variables after Assign");

pub(crate) const COUNTS: &str = "Added, removed, changed";
pub(crate) const FIRST_AND_LAST: &str = "First and last";
pub(crate) const STAGES: &str = "Stages of the value";
pub(crate) const VALUE_AFTER: &str = "Value after, with what changed";
pub(crate) const VALUE_BEFORE: &str = "Value before";

/// An object in one line.
pub(crate) fn keys(count: usize) -> String {
    format!("{{ {} }}", counted(count, "key", "keys"))
}

/// An array in one line.
pub(crate) fn items(count: usize) -> String {
    format!("[ {} ]", counted(count, "item", "items"))
}

// What is asked of the person.

pub(crate) const ANSWER: &str = "Give this answer";
pub(crate) const APPROVE: &str = "Approve";
pub(crate) const COMMENT: &str = "Comment";
pub(crate) const COMMENT_HINT: &str = "Needed if you reject";
pub(crate) const ENDS: &str = "How it ends";
pub(crate) const FAILS: &str = "It fails";
pub(crate) const GIVES: &str = "It gives a result";
pub(crate) const IF_APPROVED: &str = "If approved: ";
pub(crate) const IF_REJECTED: &str = "If rejected: ";
pub(crate) const QUESTION_AS_JSON: &str = "As JSON";
pub(crate) const REJECT: &str = "Reject";
pub(crate) const RESULT: &str = "Result";
pub(crate) const TASK_GOT: &str = "What the task got";
pub(crate) const YOU: &str = "You";

pub(crate) fn ask_decision(state: &str) -> String {
    format!("{state} asks for a decision")
}

/// Who may decide when the pipeline runs.
pub(crate) fn who_decides(names: &[String]) -> String {
    match names {
        [] => "In a run, anybody with the review's page may decide.".to_owned(),
        [one] => format!("In a run, {one} decides."),
        [first @ .., last] => format!("In a run, {} or {last} decides.", first.join(", ")),
    }
}

pub(crate) fn ask_result(state: &str) -> String {
    format!("What does {state} give?")
}

/// Which try a task is at, from the second one on.
pub(crate) fn attempt(number: u32) -> String {
    format!("This is try {number}. Those before it failed.")
}

// Sample results.

pub(crate) const AFTER: &str = "After";
pub(crate) const AFTER_HINT: &str = "DelayMs: our own addition to AWS's format";
pub(crate) const AS_FILE: &str = "As a file";
pub(crate) const ASK: &str = "Ask me";
pub(crate) const BY_TASK: &str = "Task by task";
pub(crate) const DONE: &str = "Done";
pub(crate) const FILE: &str = "Mock file";
pub(crate) const FILE_HINT: &str = "AWS's MockConfigFile.json; our additions are DelayMs beside Return or Throw, Failure beside Return, and Seed";
/// What a first case is called in the file.
pub(crate) const FIRST_CASE: &str = "MyCase";
pub(crate) const HOW_TO_EDIT: &str = "How to edit";
pub(crate) const IN_CASE: &str = "In this case";
pub(crate) const NO_CASE: &str = "A first entry begins the case “My case”.";
pub(crate) const SEVERAL: &str = "Several answers, one for each try. Edit them as a file.";

pub(crate) fn answers(count: u64) -> String {
    format!("{count} answers, one for each try")
}

pub(crate) fn case(title: &str) -> String {
    format!("Case “{title}”")
}

pub(crate) fn edit_as_file(sentences: &[String]) -> String {
    format!("{} Edit this as a file.", sentences.join(" "))
}

pub(crate) fn fails_by_chance(error: &str, percent: f64) -> String {
    format!("Fails with {error} in {percent} % of the tries.")
}

pub(crate) fn file_wrong(error: &str) -> String {
    format!("{error}. What was valid before still counts.")
}

pub(crate) fn takes(min_ms: u64, max_ms: u64) -> String {
    format!("Takes {min_ms} to {max_ms} ms.")
}

// What it costs.

pub(crate) const A_MONTH: &str = "A month";
pub(crate) const CHARGED: &str = "What is charged";
pub(crate) const COST_TABLE: &str = "Cost of a month";
pub(crate) const COST_TITLE: &str = "What it costs";
pub(crate) const EXPRESS_REFUSED: &str = "Express cannot run this pipeline: the checks for that type find errors, such as tasks that wait for a callback or a job.";
pub(crate) const EXPRESS_TOO_LONG: &str =
    "Express runs end after five minutes; the dry run took longer.";
pub(crate) const REGION: &str = "US East (N. Virginia)";
pub(crate) const RUNS: &str = "Such runs a month";
pub(crate) const THIS_PIPELINE: &str = "This pipeline";

pub(crate) fn express(starts: &str, megabytes: &str, time: &str) -> String {
    format!("{starts} starts; {megabytes} MB for {time} each")
}

pub(crate) fn prices(region: &str, as_of: &str) -> String {
    format!(
        "Prices of Step Functions in {region}, as of {as_of}. What tasks call, logs and transfers cost besides. Waiting for people, callbacks and jobs costs nothing with Standard; times here are virtual, as the sample results say."
    )
}

pub(crate) fn standard(transitions: &str) -> String {
    format!("{transitions} transitions, 4,000 of them free")
}

/// What the dry run did, and whether that was all.
pub(crate) fn work(transitions: usize, took: &str, is_whole: bool) -> String {
    let transitions = counted(transitions, "state transition", "state transitions");
    let rest = if is_whole {
        ""
    } else {
        " It has not run to its end, so a whole run costs more."
    };
    format!("The dry run made {transitions} in {took}; each try again counts as one.{rest}")
}
