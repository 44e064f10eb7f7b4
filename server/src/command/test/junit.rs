//! Results as JUnit XML, the form that continuous integration reads.

use super::suite::{Ran, Suite, Verdict};
use super::text::{explain, percent, why};
use std::fmt::Write as _;
use std::time::Duration;

/// One `testsuite` for each definition; what could not be run is an `error`, too little coverage a test case of its own.
pub(super) fn report(suites: &[Suite], min_coverage: Option<u8>) -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n".to_owned();
    suites
        .iter()
        .for_each(|found| suite(&mut out, found, min_coverage));
    out.push_str("</testsuites>\n");
    out
}

fn suite(out: &mut String, suite: &Suite, min_coverage: Option<u8>) {
    let cases = cases(suite, min_coverage);
    let count = |word: &str| {
        let counted = cases.iter().filter(|case| {
            case.outcome
                .as_ref()
                .is_some_and(|outcome| outcome.element == word)
        });
        counted.count()
    };
    let took: Duration = cases.iter().map(|case| case.took).sum();
    // Writing into a text cannot fail.
    let _ = writeln!(
        out,
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" time=\"{:.3}\">",
        escaped(&suite.name),
        cases.len(),
        count("failure"),
        count("error"),
        took.as_secs_f64()
    );
    cases
        .iter()
        .for_each(|case| write_case(out, &suite.name, case));
    out.push_str("  </testsuite>\n");
}

struct Case {
    name: String,
    took: Duration,
    outcome: Option<Outcome>,
}

struct Outcome {
    /// `failure` or `error`
    element: &'static str,
    message: String,
    text: String,
}

fn cases(suite: &Suite, min_coverage: Option<u8>) -> Vec<Case> {
    let trouble = suite.trouble.as_ref().map(|trouble| Case {
        name: "scenarios".to_owned(),
        took: Duration::ZERO,
        outcome: Some(Outcome {
            element: "error",
            message: first_line(trouble),
            text: trouble.clone(),
        }),
    });
    let runs = suite.runs.iter().map(|run| Case {
        name: run.name.clone(),
        took: run.took,
        outcome: outcome(run),
    });
    let low = suite
        .coverage
        .as_ref()
        .filter(|_| suite.is_below(min_coverage))
        .map(|coverage| Case {
            name: "coverage".to_owned(),
            took: Duration::ZERO,
            outcome: Some(low_coverage(
                &percent(coverage.total()),
                min_coverage.unwrap_or(0),
            )),
        });
    trouble.into_iter().chain(runs).chain(low).collect()
}

fn low_coverage(percent: &str, least: u8) -> Outcome {
    let message = format!("{percent} % was reached, less than {least} %");
    Outcome {
        element: "failure",
        text: message.clone(),
        message,
    }
}

fn outcome(run: &Ran) -> Option<Outcome> {
    let (element, text) = match &run.verdict {
        Verdict::Passed | Verdict::Updated => return None,
        Verdict::Failed(mismatches) => {
            let why = run
                .actual
                .as_ref()
                .and_then(|actual| why(actual, mismatches));
            let lines: Vec<String> = mismatches.iter().map(explain).chain(why).collect();
            ("failure", lines.join("\n"))
        }
        Verdict::ExpectsNothing => ("failure", "It has no Expect.".to_owned()),
        Verdict::Broken(message) => ("error", message.clone()),
    };
    Some(Outcome {
        element,
        message: first_line(&text),
        text,
    })
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

fn write_case(out: &mut String, suite: &str, case: &Case) {
    let (class, name) = (escaped(suite), escaped(&case.name));
    let time = case.took.as_secs_f64();
    let head = format!("    <testcase classname=\"{class}\" name=\"{name}\" time=\"{time:.3}\"");
    let _ = match &case.outcome {
        None => writeln!(out, "{head}/>"),
        Some(Outcome {
            element,
            message,
            text,
        }) => writeln!(
            out,
            "{head}>\n      <{element} message=\"{}\">{}</{element}>\n    </testcase>",
            escaped(message),
            escaped(text)
        ),
    };
}

/// Text for an element or an attribute; characters that XML cannot hold become a question mark.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(character),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => out.push('?'),
            _ => out.push(character),
        }
    }
    out
}
