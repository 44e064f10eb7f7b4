//! What each field is for, in one or two short sentences, with its unit, default and limits (asl-rules 1 to 3, 11 to 13;
//! feature map 4 to 7).

use super::operators::OPERATORS;
use crate::check::fields::Kind;
use crate::check::shape::{QueryShape, Shape};

/// The words on a field of such an object; empty when there are none.
pub(in crate::editor) fn field(kind: Kind, name: &str) -> &'static str {
    special(kind, name)
        .or_else(|| {
            let table = if OPERATORS.iter().any(|(known, _)| *known == name) {
                OPERATORS
            } else {
                FIELDS
            };
            let found = table.binary_search_by(|(known, _)| (*known).cmp(name));
            table.get(found.ok()?).map(|(_, words)| *words)
        })
        .unwrap_or_default()
}

/// What a field takes, in few words.
pub(in crate::editor) fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Any => "any JSON",
        Shape::Text => "text",
        Shape::Flag => "Boolean",
        Shape::Object => "object",
        Shape::Objects | Shape::SomeObjects => "array of objects",
        Shape::SomeTexts => "array of texts",
        Shape::Array => "array",
        Shape::Integer(..) => "whole number",
        Shape::Number(..) => "number",
        Shape::OneOf(_) => "one of several words",
        Shape::Timestamp => "timestamp",
        Shape::Query(query) => match query {
            QueryShape::NullablePath | QueryShape::ResultPath => "path or null",
            QueryShape::Path | QueryShape::RulePath => "path",
            QueryShape::ReferencePath => "path to one place",
            QueryShape::PathOrIntrinsic => "path or function",
        },
        Shape::Template => "object with paths",
    }
}

/// Fields that mean something else in some objects.
fn special(kind: Kind, name: &str) -> Option<&'static str> {
    Some(match (kind, name) {
        (Kind::Machine, "TimeoutSeconds") => {
            "Seconds after which the whole execution ends as timed out; nothing can catch that. 1 to 99,999,999; no default."
        }
        (Kind::Machine, "QueryLanguage") => {
            "How values are computed in all states that do not say otherwise: `JSONPath` (default) or `JSONata`."
        }
        (Kind::Catcher, "Next") => "The state that goes on after a caught error.",
        (Kind::Rule, "Next") => "The state that goes on when this rule matches.",
        (Kind::Catcher, "ResultPath") => {
            "Where the error output `{Error, Cause}` is put into the state's raw input. Default `$`: it replaces the input."
        }
        (Kind::Catcher, "Output") => {
            "The state's output after this catch; default the error output. `$states.errorOutput` holds `Error` and `Cause`."
        }
        (Kind::Catcher, "Assign") => {
            "Variables to set when this catcher takes the error; the state's own Assign is then left out."
        }
        (Kind::Rule, "Assign") => {
            "Variables to set when this rule matches; the state's own Assign is then left out."
        }
        (Kind::Rule, "Output") => "The state's output when this rule matches; default its input.",
        (Kind::ItemReader, "Resource") => {
            "How items are read: `arn:aws:states:::s3:getObject` reads a file, `arn:aws:states:::s3:listObjectsV2` lists objects."
        }
        (Kind::ResultWriter, "Resource") => "Where results go: `arn:aws:states:::s3:putObject`.",
        (Kind::ItemReader, "Parameters" | "Arguments") => {
            "What is read: Bucket, Key or Prefix, VersionId, ExpectedBucketOwner."
        }
        (Kind::ResultWriter, "Parameters" | "Arguments") => {
            "Where results are written: Bucket and Prefix."
        }
        (Kind::WriterConfig, "Transformation") => {
            "`NONE`: each result with the data of its execution; `COMPACT`: outputs only; `FLATTEN`: outputs that are arrays are joined."
        }
        _ => return None,
    })
}

/// By name, in the order of bytes.
const FIELDS: &[(&str, &str)] = &[
    (
        "And",
        "Matches when all of these rules match; they are tried in order until one does not.",
    ),
    (
        "Arguments",
        "What the task or the branches get; default the state's input. Expressions stand between `{%` and `%}`.",
    ),
    (
        "Assign",
        "Variables to set, name by name. All values are computed before any is set; they are seen from the next state on. 256 KiB each.",
    ),
    (
        "BackoffRate",
        "The wait grows by this factor with every retry. At least 1; default 2.",
    ),
    (
        "BatchInput",
        "JSON that is merged into the input of every batch, as its member `BatchInput`.",
    ),
    (
        "Branches",
        "The branches, at least one. All run at the same time on copies of the input; the result is the array of their outputs in this order.",
    ),
    (
        "CSVDelimiter",
        "What separates the columns of a CSV file; default `COMMA`.",
    ),
    (
        "CSVHeaderLocation",
        "`FIRST_ROW`: the first row holds the names of the columns; `GIVEN`: CSVHeaders does.",
    ),
    (
        "CSVHeaders",
        "The names of the columns, with `CSVHeaderLocation` `GIVEN`.",
    ),
    (
        "Catch",
        "Where to go after an error that retries did not mend. Catchers are tried in order; the first that names the error takes it.",
    ),
    (
        "Cause",
        "The cause in plain words; at most 32,768 characters.",
    ),
    (
        "CausePath",
        "A path, or a function that gives a text, for the cause.",
    ),
    (
        "Choices",
        "The rules, at least one, tried in order; the first that matches decides.",
    ),
    ("Comment", "A note for people; never used in a run."),
    (
        "Condition",
        "A Boolean, mostly as an expression: `{% $states.input.score > 0.8 %}`.",
    ),
    (
        "Credentials",
        "The role that the task runs as: `RoleArn`, needed when the resource belongs to another account.",
    ),
    (
        "Default",
        "The state that goes on when no rule matches. Without it, that is the error `States.NoChoiceMatched`.",
    ),
    (
        "End",
        "`true`: the block ends with this state. Exactly one of Next and End.",
    ),
    (
        "Error",
        "The name of the error; at most 256 characters. Names that begin with `States.` are reserved.",
    ),
    (
        "ErrorEquals",
        "Names of errors, compared exactly. `States.ALL` takes every error and stands alone, last.",
    ),
    (
        "ErrorPath",
        "A path, or a function that gives a text, for the name of the error.",
    ),
    (
        "ExecutionType",
        "What the child executions of a distributed Map are: `STANDARD` or `EXPRESS`.",
    ),
    (
        "HeartbeatSeconds",
        "The longest silence of the worker, in seconds; less than the timeout. After it the task fails with `States.Timeout`. No default.",
    ),
    (
        "HeartbeatSecondsPath",
        "Where the input holds the heartbeat, in seconds.",
    ),
    (
        "InputPath",
        "The part of the raw input that the state works on; default `$`, all of it. `null` gives `{}`.",
    ),
    (
        "InputType",
        "What the file is: CSV, JSON, JSONL, Parquet, or a manifest of files.",
    ),
    (
        "IntervalSeconds",
        "Seconds before the first retry. 1 to 99,999,999; default 1.",
    ),
    (
        "ItemBatcher",
        "Gives each child execution several items. At least one of its two limits must be set.",
    ),
    ("ItemProcessor", "The block that runs once for every item."),
    (
        "ItemReader",
        "Reads the items of a distributed Map from S3 instead of the input.",
    ),
    (
        "ItemSelector",
        "What each iteration gets; default the item itself. `$$.Map.Item.Value` is the item, `.Index` its number from 0.",
    ),
    (
        "Items",
        "The array to go through; default the state's input.",
    ),
    (
        "ItemsPath",
        "Where the input holds the array to go through; default `$`.",
    ),
    (
        "ItemsPointer",
        "A JSON Pointer to the array inside a JSON file.",
    ),
    ("Iterator", "The old name of ItemProcessor; use that."),
    (
        "JitterStrategy",
        "`FULL`: waits a random time between 0 and the computed delay; `NONE` (default): the delay itself.",
    ),
    (
        "Label",
        "Part of the names of child executions; at most 40 characters, unique in the workflow.",
    ),
    (
        "ManifestType",
        "What wrote the manifest: Athena (`ATHENA_DATA`) or S3 inventory (`S3_INVENTORY`).",
    ),
    (
        "MaxAttempts",
        "How many retries. 0 to 99,999,999; default 3; 0 means none.",
    ),
    (
        "MaxConcurrency",
        "How many iterations run at the same time. 0 (default): no limit, in fact about 40 inline and 10,000 distributed. 1: one after the other, in order.",
    ),
    (
        "MaxConcurrencyPath",
        "Where the input holds the number of iterations at the same time.",
    ),
    (
        "MaxDelaySeconds",
        "The longest wait between retries. 1 to 31,622,400 seconds; no default.",
    ),
    (
        "MaxInputBytesPerBatch",
        "How large a batch may be, in bytes. 1 to 262,144.",
    ),
    (
        "MaxInputBytesPerBatchPath",
        "Where the input holds the size of a batch, in bytes.",
    ),
    (
        "MaxItems",
        "Stops after so many items. 0 to 100,000,000; 0 means all.",
    ),
    (
        "MaxItemsPath",
        "Where the input holds the number of items to stop after.",
    ),
    ("MaxItemsPerBatch", "How many items a batch has at most."),
    (
        "MaxItemsPerBatchPath",
        "Where the input holds the number of items of a batch.",
    ),
    (
        "Mode",
        "`INLINE` (default): iterations are part of this execution. `DISTRIBUTED`: each is an execution of its own.",
    ),
    (
        "Next",
        "The state that goes on, in the same block. Exactly one of Next and End.",
    ),
    ("Not", "Matches when this rule does not."),
    (
        "Or",
        "Matches when one of these rules matches; they are tried in order until one does.",
    ),
    (
        "Output",
        "The state's output; default the result, or the input where there is none. Expressions stand between `{%` and `%}`.",
    ),
    (
        "OutputPath",
        "The part of the data that becomes the state's output; the last of the filters. Default `$`; `null` gives `{}`.",
    ),
    (
        "OutputType",
        "How results are written: `JSON`, one array, or `JSONL`, one line each.",
    ),
    (
        "Parameters",
        "What the task or the branches get. Keys that end in `.$` hold paths or functions; all others are copied.",
    ),
    (
        "ProcessorConfig",
        "How iterations run: `Mode`, and `ExecutionType` for distributed ones.",
    ),
    (
        "QueryLanguage",
        "How values are computed in this state: `JSONPath` or `JSONata`; default the workflow's. States inside it do not inherit it.",
    ),
    (
        "ReaderConfig",
        "What the file is and how much of it is read.",
    ),
    (
        "Resource",
        "What does the work: an integration, a Lambda function or an activity, by ARN. A constant: it is never computed.",
    ),
    (
        "Result",
        "The state's result, copied as it is; nothing in it is evaluated.",
    ),
    (
        "ResultPath",
        "Where the result is put into the raw input. Default `$`: it replaces the input; `null` drops the result.",
    ),
    (
        "ResultSelector",
        "Reshapes the result before ResultPath; `$` is the raw result.",
    ),
    (
        "ResultWriter",
        "Writes the results of a distributed Map to S3 instead of the output.",
    ),
    (
        "Retry",
        "Which errors to try again after, and when. The first retrier that names the error decides; each keeps its own count.",
    ),
    ("Seconds", "How long to wait, in seconds. 0 to 99,999,999."),
    ("SecondsPath", "Where the input holds the seconds to wait."),
    (
        "StartAt",
        "The name of the state that the block begins with.",
    ),
    (
        "States",
        "The states of the block by name; names have at most 80 characters and are unique in the whole workflow.",
    ),
    (
        "TimeoutSeconds",
        "The longest time that the task may take, in seconds; then it fails with `States.Timeout`. 1 to 99,999,999; default 99,999,999.",
    ),
    (
        "TimeoutSecondsPath",
        "Where the input holds the timeout, in seconds.",
    ),
    (
        "Timestamp",
        "The moment to wait for: `2026-01-31T12:00:00Z`. One in the past does not wait.",
    ),
    (
        "TimestampPath",
        "Where the input holds the moment to wait for.",
    ),
    (
        "ToleratedFailureCount",
        "How many items may fail before the Map does; default 0.",
    ),
    (
        "ToleratedFailureCountPath",
        "Where the input holds the number of items that may fail.",
    ),
    (
        "ToleratedFailurePercentage",
        "What share of the items may fail before the Map does, in percent. 0 to 100; default 0.",
    ),
    (
        "ToleratedFailurePercentagePath",
        "Where the input holds the percentage of items that may fail.",
    ),
    (
        "Transformation",
        "`LOAD_AND_FLATTEN`: lists the objects and then reads each of them; `NONE` (default): lists them only.",
    ),
    ("Type", "What the state does."),
    (
        "Variable",
        "The value to test, as a path: `$.score`, `$$.State.Name` or `$variable`.",
    ),
    ("Version", "The version of the language; only `1.0` exists."),
    ("WriterConfig", "How results are written."),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        assert!(FIELDS.is_sorted_by(|a, b| a.0 < b.0));
        assert!(OPERATORS.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn every_field_of_every_object_has_its_words() {
        for (kind, known) in Kind::all_fields() {
            let words = field(kind, known.name);
            assert!(!words.is_empty(), "{kind:?} {}", known.name);
        }
    }

    #[test]
    fn there_are_words_on_nothing_else() {
        let is_known = |name: &str| Kind::all_fields().any(|(_, known)| known.name == name);
        assert_eq!(FIELDS.iter().find(|(name, _)| !is_known(name)), None);
    }
}
