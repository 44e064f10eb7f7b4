//! `inspectionData`: which intermediate values a reply shows, by the state's type and query language (recorded where
//! asl-rules 19 says so, the rest after the same pattern).

use super::http;
use super::request::InspectionLevel;
use super::subject::Subject;
use crate::definition::{DataFlow, StateKind};
use crate::machine::{Observation, Stage};
use serde_json::{Map, Value};
use std::sync::Arc;

/// What the reply shows beside the observed values.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// Variables after the state, as JSON text; none when there are no variables.
    pub(super) variables: Option<Arc<str>>,
    /// The number of the catcher that took the error.
    pub(super) catch_index: Option<usize>,
    /// The number of the retrier that took it.
    pub(super) retry_index: Option<usize>,
    /// Seconds until the retry.
    pub(super) backoff_seconds: Option<i64>,
}

impl Shown {
    /// What a catcher put together is the output, not the state's own `ResultPath`.
    fn hides(&self, stage: Stage) -> bool {
        match stage {
            Stage::AfterResultPath => self.catch_index.is_some(),
            Stage::Input
            | Stage::AfterInputPath
            | Stage::AfterParameters
            | Stage::AfterArguments
            | Stage::MaxConcurrency
            | Stage::AfterItemsPath
            | Stage::ToleratedFailureCount
            | Stage::ToleratedFailurePercentage
            | Stage::AfterItemsPointer
            | Stage::AfterItemSelector
            | Stage::AfterItemBatcher
            | Stage::Result
            | Stage::AfterResultSelector
            | Stage::Output
            | Stage::Variables
            | Stage::Error => false,
        }
    }
}

/// The data; none at the level INFO.
pub(super) fn data(
    level: InspectionLevel,
    subject: &Subject,
    observations: &[Observation],
    shown: &Shown,
) -> Option<Map<String, Value>> {
    match level {
        InspectionLevel::Info => return None,
        InspectionLevel::Debug | InspectionLevel::Trace => {}
    }
    let mut data = Map::new();
    for (stage, name) in members(subject) {
        if shown.hides(stage) {
            continue;
        }
        if let Some(value) = value(stage, observations) {
            data.insert(name.to_owned(), value);
        }
    }
    if let Some(variables) = &shown.variables {
        data.insert("variables".to_owned(), Value::from(&**variables));
    }
    http::add(&mut data, level, subject, observations);
    let details = error_details(shown);
    if !details.is_empty() {
        data.insert("errorDetails".to_owned(), Value::Object(details));
    }
    Some(data)
}

fn error_details(shown: &Shown) -> Map<String, Value> {
    let details = [
        ("catchIndex", shown.catch_index.map(Value::from)),
        ("retryIndex", shown.retry_index.map(Value::from)),
        (
            "retryBackoffIntervalSeconds",
            shown.backoff_seconds.map(Value::from),
        ),
    ];
    let details = details.into_iter();
    details
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect()
}

/// The members that a state of this type and query language shows.
fn members(subject: &Subject) -> Vec<(Stage, &'static str)> {
    let mut members = vec![(Stage::Input, "input")];
    let Some(state) = subject.state() else {
        return members;
    };
    let is_jsonpath = matches!(state.data, DataFlow::JsonPath(_));
    match (&state.kind, is_jsonpath) {
        (StateKind::Fail(_), _) => {}
        (StateKind::Task(_) | StateKind::Parallel(_), false) => {
            members.push((Stage::AfterArguments, "afterArguments"));
        }
        (StateKind::Parallel(_), true) => {
            members.extend(written(subject, "InputPath", BEFORE_WORK[0]));
            members.extend(written(subject, "Parameters", BEFORE_WORK[1]));
        }
        (StateKind::Task(_) | StateKind::Pass(_), true) => members.extend(BEFORE_WORK),
        (StateKind::Map(_), _) => members.extend(map_members(is_jsonpath)),
        (StateKind::Choice(_) | StateKind::Wait(_) | StateKind::Succeed, true) => {
            members.push(BEFORE_WORK[0]);
        }
        (
            StateKind::Pass(_) | StateKind::Choice(_) | StateKind::Wait(_) | StateKind::Succeed,
            false,
        ) => {}
    }
    let has_result = match &state.kind {
        StateKind::Task(_) => true,
        StateKind::Pass(result) => result.is_some(),
        StateKind::Choice(_)
        | StateKind::Wait(_)
        | StateKind::Succeed
        | StateKind::Fail(_)
        | StateKind::Parallel(_)
        | StateKind::Map(_) => false,
    };
    if has_result {
        members.push((Stage::Result, "result"));
    }
    if is_jsonpath {
        members.extend(after_work(&state.kind));
    }
    members
}

const BEFORE_WORK: [(Stage, &str); 2] = [
    (Stage::AfterInputPath, "afterInputPath"),
    (Stage::AfterParameters, "afterParameters"),
];

/// The member, when the state has the field.
fn written(
    subject: &Subject,
    field: &str,
    member: (Stage, &'static str),
) -> Option<(Stage, &'static str)> {
    subject.written.get(field).map(|_| member)
}

fn map_members(is_jsonpath: bool) -> Vec<(Stage, &'static str)> {
    let mut members = vec![
        (Stage::AfterItemsPointer, "afterItemsPointer"),
        (Stage::AfterItemSelector, "afterItemSelector"),
        (Stage::AfterItemBatcher, "afterItemBatcher"),
        (Stage::MaxConcurrency, "maxConcurrency"),
        (Stage::ToleratedFailureCount, "toleratedFailureCount"),
        (
            Stage::ToleratedFailurePercentage,
            "toleratedFailurePercentage",
        ),
    ];
    if is_jsonpath {
        members.push(BEFORE_WORK[0]);
        members.push((Stage::AfterItemsPath, "afterItemsPath"));
    }
    members
}

/// A Pass has no result of its own to select from: what it gives is shown in that place.
fn after_work(kind: &StateKind) -> Vec<(Stage, &'static str)> {
    let selected = match kind {
        StateKind::Pass(_) => Stage::Result,
        StateKind::Task(_) | StateKind::Parallel(_) | StateKind::Map(_) => {
            Stage::AfterResultSelector
        }
        StateKind::Choice(_) | StateKind::Wait(_) | StateKind::Succeed | StateKind::Fail(_) => {
            return Vec::new();
        }
    };
    vec![
        (selected, "afterResultSelector"),
        (Stage::AfterResultPath, "afterResultPath"),
    ]
}

/// The last value of a stage; two stages give one for each iteration, which are shown as an array.
fn value(stage: Stage, observations: &[Observation]) -> Option<Value> {
    let mut seen = observations.iter().filter(|seen| seen.stage == stage);
    match stage {
        Stage::AfterItemSelector | Stage::AfterItemBatcher => {
            let texts: Vec<&str> = seen.map(|seen| &*seen.value).collect();
            let is_used = !texts.is_empty();
            is_used.then(|| Value::from(format!("[{}]", texts.join(","))))
        }
        Stage::MaxConcurrency
        | Stage::ToleratedFailureCount
        | Stage::ToleratedFailurePercentage => serde_json::from_str(&seen.next_back()?.value).ok(),
        Stage::Input
        | Stage::AfterInputPath
        | Stage::AfterParameters
        | Stage::AfterArguments
        | Stage::AfterItemsPath
        | Stage::AfterItemsPointer
        | Stage::Result
        | Stage::AfterResultSelector
        | Stage::AfterResultPath
        | Stage::Output
        | Stage::Variables
        | Stage::Error => seen.next_back().map(|seen| Value::from(&*seen.value)),
    }
}
