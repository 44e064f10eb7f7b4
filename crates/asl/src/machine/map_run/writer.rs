//! The results of a map run: the state's output, or what a `ResultWriter` writes (feature map, ASL-413 to 415).

use super::plan::{Plan, Target, Writing};
use super::{ChildRecord, Object};
use crate::definition::{OutputType, WriterTransformation};
use crate::machine::Finish;
use crate::query::timestamp::format_millis;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// Where results are written; `None` when the state's output holds them.
pub(super) fn target(plan: &Plan) -> Option<&Target> {
    plan.writing.as_ref()?.target.as_ref()
}

/// The results as the state's output, in the order of the items.
pub(super) fn output(plan: &Plan, records: &[ChildRecord]) -> String {
    let transformation = transformation(plan).unwrap_or(WriterTransformation::Compact);
    let results = records
        .iter()
        .flat_map(|record| results(plan, transformation, record));
    Value::Array(results.collect()).to_string()
}

/// The state's output when the results were written.
pub(super) fn details(plan: &Plan) -> String {
    let key = |target: &Target| path(plan, target, "manifest.json");
    let details = target(plan).map(|target| json!({"Bucket": target.bucket, "Key": key(target)}));
    json!({"MapRunArn": plan.arn(), "ResultWriterDetails": details}).to_string()
}

/// The objects that hold the results, and then the manifest that names them. Each kind of result fits one object here.
/// `pending` are the inputs of children that were not started, because the map run failed or was aborted before.
pub(super) fn objects(
    plan: &Plan,
    target: &Target,
    records: &[ChildRecord],
    pending: &[Arc<str>],
) -> Vec<Object> {
    let mut objects = Vec::new();
    let mut files = Map::new();
    let (succeeded, failed): (Vec<_>, Vec<_>) = records
        .iter()
        .partition(|record| matches!(record.finish, Finish::Succeeded { .. }));
    for (name, results) in [
        ("FAILED", all_results(plan, &failed)),
        (
            "PENDING",
            pending.iter().map(|input| unstarted(input)).collect(),
        ),
        ("SUCCEEDED", all_results(plan, &succeeded)),
    ] {
        let mut listed = Vec::new();
        if !results.is_empty() {
            let object = results_object(plan, target, name, results);
            listed.push(json!({"Key": object.key, "Size": object.bytes.len()}));
            objects.push(object);
        }
        files.insert(name.to_owned(), Value::Array(listed));
    }
    let manifest = json!({
        "DestinationBucket": target.bucket,
        "MapRunArn": plan.arn(),
        "ResultFiles": files,
    });
    objects.push(object(plan, target, "manifest.json", &manifest.to_string()));
    objects
}

fn all_results(plan: &Plan, records: &[&ChildRecord]) -> Vec<Value> {
    let transformation = transformation(plan).unwrap_or(WriterTransformation::None);
    let results = records
        .iter()
        .flat_map(|record| results(plan, transformation, record));
    results.collect()
}

/// A child that was not started. It has no name yet.
fn unstarted(input: &str) -> Value {
    json!({"Input": input, "InputDetails": {"Included": true}, "Status": "PENDING"})
}

fn results_object(plan: &Plan, target: &Target, name: &str, results: Vec<Value>) -> Object {
    let output_type = plan.writing.as_ref().map(|writing| writing.output_type);
    match output_type.unwrap_or_default() {
        OutputType::Json => {
            let text = Value::Array(results).to_string();
            object(plan, target, &format!("{name}_0.json"), &text)
        }
        OutputType::Jsonl => {
            let lines = results.iter().map(|result| format!("{result}\n"));
            let text: String = lines.collect();
            object(plan, target, &format!("{name}_0.jsonl"), &text)
        }
    }
}

fn object(plan: &Plan, target: &Target, name: &str, text: &str) -> Object {
    Object {
        bucket: target.bucket.clone(),
        key: path(plan, target, name),
        bytes: Arc::from(text.as_bytes()),
    }
}

/// `<prefix>/<id of the map run>/<name>`
fn path(plan: &Plan, target: &Target, name: &str) -> String {
    let id = &plan.naming.id;
    match target.prefix.trim_end_matches('/') {
        "" => format!("{id}/{name}"),
        prefix => format!("{prefix}/{id}/{name}"),
    }
}

fn transformation(plan: &Plan) -> Option<WriterTransformation> {
    plan.writing
        .as_ref()
        .and_then(|writing: &Writing| writing.transformation)
}

/// What a child contributes. That of a failed one is its whole description, whatever the transformation.
fn results(plan: &Plan, transformation: WriterTransformation, record: &ChildRecord) -> Vec<Value> {
    let Finish::Succeeded { output } = &record.finish else {
        return vec![description(plan, record)];
    };
    let output = || serde_json::from_str(output).unwrap_or(Value::Null);
    match transformation {
        WriterTransformation::None => vec![description(plan, record)],
        WriterTransformation::Compact => vec![output()],
        WriterTransformation::Flatten => match output() {
            Value::Array(items) => items,
            other => vec![other],
        },
    }
}

/// The whole description of a child, with the members of feature map, ASL-415.
fn description(plan: &Plan, record: &ChildRecord) -> Value {
    let mut members = Map::new();
    let mut put = |name: &str, value: Value| drop(members.insert(name.to_owned(), value));
    let (status, output) = match &record.finish {
        Finish::Succeeded { output } => ("SUCCEEDED", Some(output)),
        Finish::Failed { .. } => ("FAILED", None),
        Finish::TimedOut { .. } => ("TIMED_OUT", None),
        Finish::Aborted { .. } => ("ABORTED", None),
    };
    match &record.finish {
        Finish::Succeeded { .. } => {}
        Finish::Failed { error, cause }
        | Finish::TimedOut { error, cause }
        | Finish::Aborted { error, cause } => {
            cause
                .iter()
                .for_each(|cause| put("Cause", cause.as_str().into()));
            error
                .iter()
                .for_each(|error| put("Error", error.as_str().into()));
        }
    }
    put("ExecutionArn", record.arn.as_str().into());
    put("Input", (*record.input).into());
    put("InputDetails", json!({"Included": true}));
    put("Name", record.name.as_str().into());
    if let Some(output) = output {
        put("Output", (**output).into());
        put("OutputDetails", json!({"Included": true}));
    }
    put("RedriveCount", record.redrive_count.into());
    if output.is_some() {
        put("RedriveStatus", "NOT_REDRIVABLE".into());
        let reason = format!("Execution is {status} and cannot be redriven");
        put("RedriveStatusReason", reason.into());
    } else {
        put("RedriveStatus", "REDRIVABLE_BY_MAP_RUN".into());
    }
    put("StartDate", format_millis(record.start_ms).into());
    put("StateMachineArn", plan.machine_arn().into());
    put("Status", status.into());
    put("StopDate", format_millis(record.stop_ms).into());
    Value::Object(members)
}
