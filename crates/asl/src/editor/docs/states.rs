//! What the types of states and the words of fields mean.

use crate::graph::StateType;

/// What a state of this type does.
pub(in crate::editor) fn state_type(kind: StateType) -> &'static str {
    match kind {
        StateType::Task => {
            "Has work done by a function, a service, an activity or a person, and waits for the result."
        }
        StateType::Pass => "Passes its input on, reshaped or with data added.",
        StateType::Choice => "Decides where to go on by rules.",
        StateType::Wait => "Waits for a time or until a moment.",
        StateType::Succeed => "Ends the block with success.",
        StateType::Fail => "Ends the block with an error.",
        StateType::Parallel => "Runs several branches at the same time and gathers their outputs.",
        StateType::Map => "Runs a block once for every item of an array or a file.",
    }
}

/// What a word means that a field takes; empty when the word says it.
pub(in crate::editor) fn word(field: &str, word: &str) -> &'static str {
    match (field, word) {
        ("QueryLanguage", "JSONPath") => {
            "Paths such as `$.order.id`, and functions such as `States.Format`."
        }
        ("QueryLanguage", "JSONata") => "Expressions between `{%` and `%}`.",
        ("Mode", "INLINE") => {
            "Iterations are part of this execution; about 40 run at the same time."
        }
        ("Mode", "DISTRIBUTED") => {
            "Each item or batch is an execution of its own; up to 10,000 at the same time."
        }
        ("ExecutionType", "STANDARD") => "Up to a year, with a history.",
        ("ExecutionType", "EXPRESS") => "Up to five minutes, no callbacks, no `.sync`.",
        ("JitterStrategy", "FULL") => "A random wait between 0 and the computed delay.",
        ("JitterStrategy", "NONE") => "The computed delay itself; the default.",
        ("Transformation", "LOAD_AND_FLATTEN") => "Lists the objects, then reads each of them.",
        ("Transformation", "COMPACT") => "Outputs only.",
        ("Transformation", "FLATTEN") => "Outputs that are arrays are joined into one.",
        ("InputType", "MANIFEST") => "A list of files, from Athena or S3 inventory.",
        ("InputType", "JSONL") => "One JSON value in each line.",
        _ => "",
    }
}
