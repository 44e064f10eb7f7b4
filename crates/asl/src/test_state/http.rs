//! `request` and `response` of an HTTP task at the level TRACE (feature map 9.6): what the task would send, and the answer
//! that its result stands for. Secrets of a connection are not known here, so none are shown.

use super::request::InspectionLevel;
use super::subject::Subject;
use crate::definition::{Resource, StateKind};
use crate::machine::{Observation, Stage};
use serde_json::{Map, Value};

/// Adds both, as far as they are known.
pub(super) fn add(
    data: &mut Map<String, Value>,
    level: InspectionLevel,
    subject: &Subject,
    observations: &[Observation],
) {
    if level != InspectionLevel::Trace || !is_http(subject) {
        return;
    }
    let seen = |stages: &[Stage]| {
        let seen = observations.iter().rev();
        let mut seen = seen.filter(|seen| stages.contains(&seen.stage));
        serde_json::from_str::<Value>(&seen.next()?.value).ok()
    };
    let asked = seen(&[Stage::AfterParameters, Stage::AfterArguments]).unwrap_or_default();
    let endpoint = asked.get("ApiEndpoint").map(shown).unwrap_or_default();
    let protocol = endpoint
        .split_once("://")
        .map_or("https", |(scheme, _)| scheme);
    data.insert("request".to_owned(), request(&asked, &endpoint, protocol));
    if let Some(result) = seen(&[Stage::Result]) {
        data.insert("response".to_owned(), response(&result, protocol));
    }
}

fn is_http(subject: &Subject) -> bool {
    let Some(StateKind::Task(task)) = subject.state().map(|state| &state.kind) else {
        return false;
    };
    match &task.resource {
        Resource::Service { names, .. } => &*names.resource_type == "http",
        Resource::Function(_) | Resource::Activity(_) => false,
    }
}

fn request(asked: &Value, endpoint: &str, protocol: &str) -> Value {
    members([
        ("protocol", Some(protocol.to_owned())),
        ("method", asked.get("Method").map(shown)),
        (
            "url",
            Some(with_query(endpoint, asked.get("QueryParameters"))),
        ),
        ("headers", asked.get("Headers").map(headers)),
        ("body", asked.get("RequestBody").map(shown)),
    ])
}

fn response(result: &Value, protocol: &str) -> Value {
    members([
        ("protocol", Some(protocol.to_owned())),
        ("statusCode", result.get("StatusCode").map(shown)),
        ("statusMessage", result.get("StatusText").map(shown)),
        ("headers", result.get("Headers").map(headers)),
        ("body", result.get("ResponseBody").map(shown)),
    ])
}

fn members<const N: usize>(members: [(&str, Option<String>); N]) -> Value {
    let members = members.into_iter();
    let members = members.filter_map(|(name, text)| Some((name.to_owned(), text?.into())));
    Value::Object(members.collect())
}

/// Text as it is, anything else as JSON.
fn shown(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// `[name: value, …]`
fn headers(value: &Value) -> String {
    let pairs = value.as_object().into_iter().flatten();
    let pairs = pairs.flat_map(|(name, value)| {
        let each = value
            .as_array()
            .map_or(std::slice::from_ref(value), Vec::as_slice);
        each.iter()
            .map(move |value| format!("{name}: {}", shown(value)))
    });
    format!("[{}]", pairs.collect::<Vec<_>>().join(", "))
}

fn with_query(endpoint: &str, query: Option<&Value>) -> String {
    let pairs = query.and_then(Value::as_object).into_iter().flatten();
    let pairs = pairs.flat_map(|(name, value)| {
        let each = value
            .as_array()
            .map_or(std::slice::from_ref(value), Vec::as_slice);
        each.iter()
            .map(move |value| format!("{name}={}", shown(value)))
    });
    let pairs: Vec<String> = pairs.collect();
    match (pairs.is_empty(), endpoint.contains('?')) {
        (true, _) => endpoint.to_owned(),
        (false, false) => format!("{endpoint}?{}", pairs.join("&")),
        (false, true) => format!("{endpoint}&{}", pairs.join("&")),
    }
}
