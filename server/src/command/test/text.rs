//! Results for a reader.

use super::suite::{Ran, Suite, Verdict};
use asl::dry_run::coverage::{Coverage, Group, Reached, Share};
use asl::dry_run::scenario::{Actual, Mismatch, RunStatus};
use asl::graph::Outline;
use asl::text::Positions;
use serde_json::Value;
use std::fmt::Write as _;

/// Longest value on a line, in characters.
const SHOWN: usize = 120;

pub(super) fn report(suites: &[Suite], with_coverage: bool, min_coverage: Option<u8>) -> String {
    let mut out = String::new();
    for suite in suites {
        let _ = writeln!(out, "{}", suite.name);
        if let Some(trouble) = &suite.trouble {
            let _ = writeln!(out, "  error   {}", indented(trouble));
        }
        suite.runs.iter().for_each(|run| scenario(&mut out, run));
        if let Some(covered) = &suite.coverage
            && (with_coverage || suite.is_below(min_coverage))
        {
            coverage(&mut out, suite, covered, min_coverage);
        }
        out.push('\n');
    }
    out.push_str(&summary(suites));
    out
}

fn scenario(out: &mut String, run: &Ran) {
    let name = &run.name;
    let how = run.actual.as_ref().map(how).unwrap_or_default();
    // Writing into a text cannot fail.
    let _ = match &run.verdict {
        Verdict::Passed => writeln!(out, "  ok      {name}{how}"),
        Verdict::Updated => writeln!(out, "  updated {name}{how}"),
        Verdict::Failed(mismatches) => {
            let _ = writeln!(out, "  FAILED  {name}{how}");
            let why = run
                .actual
                .as_ref()
                .and_then(|actual| why(actual, mismatches));
            let mut lines = mismatches.iter().map(explain).chain(why);
            lines.try_for_each(|line| writeln!(out, "{}", shifted(&line)))
        }
        Verdict::ExpectsNothing => writeln!(
            out,
            "  FAILED  {name}{how}\n            It has no Expect yet; --update writes what happens."
        ),
        Verdict::Broken(message) => {
            writeln!(out, "  error   {name}\n            {}", indented(message))
        }
    };
}

/// How it ended, in how many transitions and how much virtual time.
fn how(actual: &Actual) -> String {
    #[expect(clippy::cast_precision_loss, reason = "only shown")]
    let seconds = actual.duration_ms as f64 / 1000.0;
    let transitions = match actual.transitions {
        1 => "1 transition".to_owned(),
        count => format!("{count} transitions"),
    };
    format!("  ({}, {transitions}, {seconds} s)", actual.status)
}

/// What is not as expected, in one or more lines.
pub(super) fn explain(mismatch: &Mismatch) -> String {
    let Mismatch {
        place,
        expected,
        actual,
    } = mismatch;
    match (place.as_str(), expected, actual) {
        ("Path", Some(expected), Some(actual)) => path(expected, actual),
        ("Through", Some(missed), Some(actual)) => format!(
            "Through: {} was not entered after those before it\n  entered {}",
            shown(missed),
            names(actual)
        ),
        ("NotThrough", _, Some(entered)) => format!("NotThrough: {} was entered", shown(entered)),
        ("MaxTransitions" | "MaxSeconds", Some(limit), Some(is)) => {
            format!("{place}: at most {limit} were expected, it was {is}")
        }
        (_, Some(expected), Some(actual)) => {
            format!(
                "{place}\n  expected {}\n  but was  {}",
                shown(expected),
                shown(actual)
            )
        }
        (_, Some(expected), None) => {
            format!(
                "{place}\n  expected {}\n  but there is none",
                shown(expected)
            )
        }
        (_, None, Some(actual)) => format!("{place}\n  not expected: {}", shown(actual)),
        (_, None, None) => place.clone(),
    }
}

/// Why a run did not end as expected, when the status alone does not say it.
pub(super) fn why(actual: &Actual, mismatches: &[Mismatch]) -> Option<String> {
    let is_told = |place: &str| mismatches.iter().any(|mismatch| mismatch.place == place);
    if !is_told("Status") {
        return None;
    }
    match actual.status {
        RunStatus::Waiting => {
            let states: Vec<String> = actual
                .waits_for
                .iter()
                .map(|state| format!("\"{state}\""))
                .collect();
            Some(format!("No mock answers {}", states.join(", ")))
        }
        RunStatus::Failed | RunStatus::TimedOut | RunStatus::Aborted if !is_told("Error") => {
            let parts: Vec<&str> = [&actual.error, &actual.cause]
                .into_iter()
                .flatten()
                .map(String::as_str)
                .collect();
            (!parts.is_empty()).then(|| format!("It ended with {}", parts.join(": ")))
        }
        RunStatus::Exhausted => {
            Some("It was given up after too many steps; it may never end".to_owned())
        }
        RunStatus::Succeeded | RunStatus::Failed | RunStatus::TimedOut | RunStatus::Aborted => None,
    }
}

/// Where two paths part.
fn path(expected: &Value, actual: &Value) -> String {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let (expected, actual) = (list(expected), list(actual));
    let same = expected.iter().zip(&actual).take_while(|(a, b)| a == b);
    let index = same.count();
    let state = |list: &[Value]| list.get(index).map_or("the end".to_owned(), shown);
    let after = match index.checked_sub(1).and_then(|before| actual.get(before)) {
        Some(before) => format!("after {}", shown(before)),
        None => "at the beginning".to_owned(),
    };
    format!(
        "Path: state {} {after}\n  expected {}\n  but was  {}",
        index + 1,
        state(&expected),
        state(&actual)
    )
}

fn names(path: &Value) -> String {
    let items = path.as_array().into_iter().flatten();
    let names: Vec<String> = items.map(shown).collect();
    names.join(", ")
}

fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(&text)),
        None => text,
    }
}

fn shifted(text: &str) -> String {
    format!("            {}", indented(text))
}

fn indented(text: &str) -> String {
    text.replace('\n', "\n            ")
}

fn coverage(out: &mut String, suite: &Suite, coverage: &Coverage, min_coverage: Option<u8>) {
    let total = percent(coverage.total());
    let shares = Group::ALL.into_iter().filter_map(|group| {
        let Share { reached, total } = coverage.share(group);
        (total > 0).then(|| format!("{} {reached}/{total}", group.name()))
    });
    let shares: Vec<String> = shares.collect();
    let low = match min_coverage {
        Some(least) if suite.is_below(min_coverage) => format!(", less than {least} %"),
        Some(_) | None => String::new(),
    };
    let _ = writeln!(out, "  reached {total} %{low}: {}", shares.join(", "));
    for missing in coverage.missing() {
        let _ = writeln!(out, "    not {}", place(suite, &missing));
    }
}

/// Cut and not rounded, so that only everything is 100.
pub(super) fn percent(share: Share) -> String {
    let tenths = (share.percent() * 10.0).floor() / 10.0;
    tenths.to_string()
}

fn place(suite: &Suite, missing: &Reached) -> String {
    let part = missing.part.to_string();
    let space = if part.is_empty() { "" } else { " " };
    let line = line(suite, missing).map_or(String::new(), |line| format!(" (line {line})"));
    format!("\"{}\"{space}{part}{line}", missing.state)
}

/// The line of the definition on which it stands.
fn line(suite: &Suite, missing: &Reached) -> Option<usize> {
    let document = &suite.definition.as_ref()?.document;
    let outline = Outline::of(document);
    let state = outline
        .states
        .iter()
        .find(|node| node.name == missing.state)?;
    let mut pointer = state.pointer.clone();
    pointer.0.extend(missing.part.steps());
    let node = document.get(&pointer)?;
    let positions = Positions::new(document.text().clone());
    Some(positions.line_column(node.span.start).line)
}

fn summary(suites: &[Suite]) -> String {
    let (mut passed, mut failed, mut broken, mut updated) = (0, 0, 0, 0);
    for verdict in suites.iter().flat_map(Suite::verdicts) {
        match verdict {
            Verdict::Passed => passed += 1,
            Verdict::Failed(_) | Verdict::ExpectsNothing => failed += 1,
            Verdict::Updated => updated += 1,
            Verdict::Broken(_) => broken += 1,
        }
    }
    broken += suites
        .iter()
        .filter(|suite| suite.trouble.is_some())
        .count();
    let parts = [
        (passed, "passed"),
        (updated, "updated"),
        (failed, "failed"),
        (broken, "could not be run"),
    ];
    let parts = parts
        .into_iter()
        .filter(|(count, word)| *count > 0 || *word == "passed")
        .map(|(count, word)| format!("{count} {word}"));
    format!("{}\n", parts.collect::<Vec<_>>().join(", "))
}
