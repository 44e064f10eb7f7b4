//! ValidateStateMachineDefinition (feature map, 9.7).

use super::AwsError;
use super::check::{Finding, findings};
use super::limits::{DEFINITION, MACHINE_TYPE};
use super::shape::{Member, Shape, optional, required};
use crate::app::App;
use asl::check::{MachineType, Severity};
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const INPUT: &[Member] = &[
    required("definition", DEFINITION),
    optional("type", MACHINE_TYPE),
    optional("severity", Shape::OneOf(&["ERROR", "WARNING"])),
    optional(
        "maxResults",
        Shape::Integer {
            min: 0,
            max: MAX_RESULTS,
        },
    ),
];

/// Most findings in one answer, and how many come when the request does not say.
const MAX_RESULTS: i64 = 100;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    definition: String,
    r#type: Option<MachineType>,
    severity: Option<LeastSeverity>,
    max_results: Option<i64>,
}

/// From which severity on findings are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum LeastSeverity {
    #[default]
    Error,
    Warning,
}

pub(super) async fn answer(_app: &App, request: Request) -> Result<Value, AwsError> {
    let found = findings(request.definition, request.r#type.unwrap_or_default()).await?;
    let failed = found
        .iter()
        .any(|finding| finding.severity == Severity::Error);
    let warnings = request.severity.unwrap_or_default() == LeastSeverity::Warning;
    let wanted: Vec<&Finding> = found
        .iter()
        .filter(|finding| warnings || finding.severity == Severity::Error)
        .collect();
    let limit = request
        .max_results
        .filter(|asked| *asked > 0)
        .unwrap_or(MAX_RESULTS);
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let diagnostics: Vec<Value> = wanted
        .iter()
        .take(limit)
        .map(|finding| finding.to_wire())
        .collect();
    Ok(json!({
        "result": if failed { "FAIL" } else { "OK" },
        "diagnostics": diagnostics,
        "truncated": wanted.len() > limit,
    }))
}
