//! How fields and states are written, one short example each.

use crate::check::fields::{Field, Kind, Language};
use crate::check::shape::{QueryShape, Shape};
use crate::graph::StateType;

/// What the definition of a pipeline is.
pub(in crate::editor) const MACHINE: &str = "States that follow one another, from the one that `StartAt` names. Each takes JSON and gives JSON on to the next.";

/// A small pipeline.
pub(in crate::editor) const MACHINE_EXAMPLE: &str = r#"{
  "StartAt": "Rest",
  "States": {
    "Rest": { "Type": "Wait", "Seconds": 10, "Next": "Done" },
    "Done": { "Type": "Succeed" }
  }
}"#;

/// A state of this type.
pub(in crate::editor) fn state_example(kind: StateType) -> &'static str {
    match kind {
        StateType::Task => {
            r#"{
  "Type": "Task",
  "Resource": "arn:aws:states:::lambda:invoke",
  "Parameters": { "FunctionName": "clean", "Payload.$": "$" },
  "Next": "B"
}"#
        }
        StateType::Pass => {
            r#"{
  "Type": "Pass",
  "Result": { "stage": "train" },
  "ResultPath": "$.settings",
  "Next": "B"
}"#
        }
        StateType::Choice => {
            r#"{
  "Type": "Choice",
  "Choices": [
    { "Variable": "$.accuracy", "NumericGreaterThanEquals": 0.9, "Next": "B" }
  ],
  "Default": "C"
}"#
        }
        StateType::Wait => {
            r#"{
  "Type": "Wait",
  "Seconds": 10,
  "Next": "B"
}"#
        }
        StateType::Succeed => {
            r#"{
  "Type": "Succeed"
}"#
        }
        StateType::Fail => {
            r#"{
  "Type": "Fail",
  "Error": "OrderRefused",
  "Cause": "The order is over the limit."
}"#
        }
        StateType::Parallel => {
            r#"{
  "Type": "Parallel",
  "Branches": [
    { "StartAt": "Left", "States": { "Left": { "Type": "Pass", "End": true } } },
    { "StartAt": "Right", "States": { "Right": { "Type": "Pass", "End": true } } }
  ],
  "Next": "B"
}"#
        }
        StateType::Map => {
            r#"{
  "Type": "Map",
  "ItemsPath": "$.orders",
  "ItemProcessor": {
    "StartAt": "Check",
    "States": { "Check": { "Type": "Pass", "End": true } }
  },
  "Next": "B"
}"#
        }
    }
}

/// A value of a field, as JSON.
pub(in crate::editor) fn example(kind: Kind, field: &Field, language: Language) -> Option<String> {
    let own = special(kind, field.name).or_else(|| match language {
        Language::Jsonata => computed(field.name),
        Language::JsonPath => None,
    });
    own.or_else(|| plain(field.name))
        .map(str::to_owned)
        .or_else(|| of_shape(field.shape))
}

/// Fields whose values differ from object to object.
fn special(kind: Kind, name: &str) -> Option<&'static str> {
    Some(match (kind, name) {
        (Kind::State(kind), "Type") => match kind {
            StateType::Task => "\"Task\"",
            StateType::Pass => "\"Pass\"",
            StateType::Choice => "\"Choice\"",
            StateType::Wait => "\"Wait\"",
            StateType::Succeed => "\"Succeed\"",
            StateType::Fail => "\"Fail\"",
            StateType::Parallel => "\"Parallel\"",
            StateType::Map => "\"Map\"",
        },
        (Kind::ItemReader, "Resource") => "\"arn:aws:states:::s3:getObject\"",
        (Kind::ItemReader, "Parameters" | "Arguments") => {
            r#"{ "Bucket": "data", "Key": "orders.csv" }"#
        }
        (Kind::ResultWriter, "Resource") => "\"arn:aws:states:::s3:putObject\"",
        (Kind::ResultWriter, "Parameters" | "Arguments") => {
            r#"{ "Bucket": "data", "Prefix": "results" }"#
        }
        _ => return None,
    })
}

/// Fields whose values are expressions in JSONata.
fn computed(name: &str) -> Option<&'static str> {
    Some(match name {
        "Arguments" | "ItemSelector" | "Output" | "BatchInput" => {
            r#"{ "id": "{% $states.input.order.id %}" }"#
        }
        "Assign" => r#"{ "total": "{% $sum($states.input.items.price) %}" }"#,
        "Items" => "\"{% $states.input.orders %}\"",
        _ => return None,
    })
}

fn plain(name: &str) -> Option<&'static str> {
    Some(match name {
        "And" | "Or" => {
            r#"[{ "Variable": "$.size", "NumericGreaterThan": 10 }, { "Variable": "$.urgent", "BooleanEquals": true }]"#
        }
        "Not" => r#"{ "Variable": "$.status", "StringEquals": "done" }"#,
        "Arguments" => r#"{ "FunctionName": "clean" }"#,
        "Assign" => r#"{ "total.$": "$.order.total" }"#,
        "BackoffRate" => "2",
        "Branches" => r#"[{ "StartAt": "A", "States": { "A": { "Type": "Pass", "End": true } } }]"#,
        "CSVHeaders" => r#"["id", "price"]"#,
        "Catch" => r#"[{ "ErrorEquals": ["States.ALL"], "Next": "Tell somebody" }]"#,
        "Cause" => "\"The order is over the limit.\"",
        "Choices" => r#"[{ "Variable": "$.status", "StringEquals": "done", "Next": "B" }]"#,
        "Comment" => "\"Reads the orders of the day.\"",
        "Condition" => "\"{% $states.input.size > 10 %}\"",
        "Credentials" => r#"{ "RoleArn": "arn:aws:iam::123456789012:role/other" }"#,
        "Default" | "Next" => "\"Done\"",
        "Error" => "\"OrderRefused\"",
        "ErrorEquals" => r#"["States.Timeout", "States.TaskFailed"]"#,
        "ItemBatcher" => r#"{ "MaxItemsPerBatch": 100 }"#,
        "ItemProcessor" | "Iterator" => {
            r#"{ "StartAt": "A", "States": { "A": { "Type": "Pass", "End": true } } }"#
        }
        "ItemReader" => {
            r#"{ "Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": { "InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW" }, "Parameters": { "Bucket": "data", "Key": "orders.csv" } }"#
        }
        "ItemSelector" => r#"{ "order.$": "$$.Map.Item.Value", "index.$": "$$.Map.Item.Index" }"#,
        "Items" => r#"["a", "b"]"#,
        "ItemsPointer" => "\"/data/orders\"",
        "Label" => "\"Orders\"",
        "Output" | "Result" => r#"{ "stage": "train" }"#,
        "ProcessorConfig" => r#"{ "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" }"#,
        "ReaderConfig" => r#"{ "InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW" }"#,
        "Resource" => "\"arn:aws:states:::lambda:invoke\"",
        "ResultPath" => "\"$.result\"",
        "ResultSelector" => r#"{ "score.$": "$.Payload.score" }"#,
        "ResultWriter" => {
            r#"{ "Resource": "arn:aws:states:::s3:putObject", "Parameters": { "Bucket": "data", "Prefix": "results" } }"#
        }
        "Retry" => {
            r#"[{ "ErrorEquals": ["States.TaskFailed"], "IntervalSeconds": 2, "MaxAttempts": 3, "BackoffRate": 2 }]"#
        }
        "StartAt" => "\"Rest\"",
        "States" => r#"{ "Rest": { "Type": "Wait", "Seconds": 10, "End": true } }"#,
        "Version" => "\"1.0\"",
        "WriterConfig" => r#"{ "OutputType": "JSONL", "Transformation": "COMPACT" }"#,
        _ => return None,
    })
}

/// A value of the shape.
fn of_shape(shape: Shape) -> Option<String> {
    Some(match shape {
        Shape::Text => "\"done\"".to_owned(),
        Shape::Flag => "true".to_owned(),
        Shape::Integer(low, high) => 10.clamp(low, high).to_string(),
        Shape::Number(..) => "10".to_owned(),
        Shape::OneOf(words) => format!("\"{}\"", words.first()?),
        Shape::Timestamp => "\"2030-01-01T00:00:00Z\"".to_owned(),
        Shape::Query(query) => match query {
            QueryShape::NullablePath
            | QueryShape::ResultPath
            | QueryShape::Path
            | QueryShape::RulePath
            | QueryShape::ReferencePath
            | QueryShape::PathOrIntrinsic => "\"$.order.value\"".to_owned(),
        },
        Shape::Template => r#"{ "id.$": "$.order.id" }"#.to_owned(),
        Shape::Any
        | Shape::Object
        | Shape::Objects
        | Shape::SomeObjects
        | Shape::SomeTexts
        | Shape::Array => return None,
    })
}
