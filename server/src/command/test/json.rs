//! Results for a program.

use super::suite::{Ran, Suite, Verdict};
use asl::dry_run::coverage::{Coverage, Group, Share};
use asl::dry_run::scenario::{Actual, Mismatch};
use serde_json::{Map, Value, json};

/// `{"suites": [{"definition", "error", "scenarios": [...], "coverage"}]}`; absent values are `null`.
pub(super) fn report(suites: &[Suite]) -> String {
    let suites: Vec<Value> = suites.iter().map(suite).collect();
    let report = json!({ "suites": suites });
    let text = serde_json::to_string_pretty(&report).unwrap_or_else(|_| report.to_string());
    format!("{text}\n")
}

fn suite(suite: &Suite) -> Value {
    let scenarios: Vec<Value> = suite.runs.iter().map(scenario).collect();
    json!({
        "definition": suite.name,
        "error": suite.trouble,
        "scenarios": scenarios,
        "coverage": suite.coverage.as_ref().map(coverage),
    })
}

fn scenario(run: &Ran) -> Value {
    let (verdict, mismatches, error) = match &run.verdict {
        Verdict::Passed => ("passed", Vec::new(), None),
        Verdict::Updated => ("updated", Vec::new(), None),
        Verdict::Failed(mismatches) => (
            "failed",
            mismatches.iter().map(mismatch).collect::<Vec<_>>(),
            None,
        ),
        Verdict::ExpectsNothing => ("failed", Vec::new(), Some("it has no Expect")),
        Verdict::Broken(message) => ("error", Vec::new(), Some(message.as_str())),
    };
    json!({
        "name": run.name,
        "verdict": verdict,
        "mismatches": mismatches,
        "error": error,
        "actual": run.actual.as_ref().map(actual),
    })
}

fn mismatch(mismatch: &Mismatch) -> Value {
    json!({"place": mismatch.place, "expected": mismatch.expected, "actual": mismatch.actual})
}

fn actual(actual: &Actual) -> Value {
    let path: Vec<&str> = actual.path.iter().map(|state| &**state).collect();
    json!({
        "status": actual.status.word(),
        "output": actual.output,
        "error": actual.error,
        "cause": actual.cause,
        "path": path,
        "waitsFor": actual.waits_for,
        "variables": actual.variables,
        "transitions": actual.transitions,
        "durationMs": actual.duration_ms,
    })
}

fn coverage(coverage: &Coverage) -> Value {
    let mut shares = Map::new();
    shares.insert("total".to_owned(), share(coverage.total()));
    for group in Group::ALL {
        shares.insert(group.name().to_owned(), share(coverage.share(group)));
    }
    let missing = coverage
        .missing()
        .map(|place| json!({"state": place.state.as_ref(), "part": place.part.to_string()}));
    shares.insert("notReached".to_owned(), missing.collect());
    Value::Object(shares)
}

fn share(share: Share) -> Value {
    json!({"reached": share.reached, "total": share.total, "percent": share.percent()})
}
