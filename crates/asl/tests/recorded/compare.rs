//! Compares what a replay gave with what was recorded.

use super::case::Case;
use super::replay::Replayed;
use asl::machine::Finish;
use serde_json::Value;

pub(crate) struct Verdict {
    pub(crate) is_final_equal: bool,
    /// The first difference of the histories, cause texts aside.
    pub(crate) difference: Option<String>,
    pub(crate) are_causes_equal: bool,
}

pub(crate) fn judge(case: &Case, replayed: &Replayed) -> Verdict {
    let with_causes = Comparison {
        tokens: &case.tokens,
        causes: true,
    };
    let without = Comparison {
        tokens: &case.tokens,
        causes: false,
    };
    let difference = if replayed.execution.is_none() {
        Some(replayed.refused.clone())
    } else {
        without.histories(case, &replayed.events)
    };
    Verdict {
        is_final_equal: is_final_equal(&without, case, replayed),
        difference,
        are_causes_equal: with_causes.histories(case, &replayed.events).is_none(),
    }
}

fn is_final_equal(comparison: &Comparison<'_>, case: &Case, replayed: &Replayed) -> bool {
    let finish = replayed
        .execution
        .as_ref()
        .and_then(|execution| execution.finish());
    let actual = match finish {
        None => serde_json::json!({"status": "RUNNING"}),
        Some(Finish::Succeeded { output }) => {
            serde_json::json!({"status": "SUCCEEDED", "output": **output})
        }
        Some(Finish::Failed { error, .. }) => {
            serde_json::json!({"status": "FAILED", "error": error})
        }
        Some(Finish::TimedOut { error, .. }) => {
            serde_json::json!({"status": "TIMED_OUT", "error": error})
        }
        Some(Finish::Aborted { error, .. }) => {
            serde_json::json!({"status": "ABORTED", "error": error})
        }
    };
    let expected = case.result.as_object();
    expected
        .into_iter()
        .flatten()
        .all(|(name, value)| name == "cause" || comparison.equal(value, &actual[name]))
}

struct Comparison<'a> {
    tokens: &'a [String],
    causes: bool,
}

impl Comparison<'_> {
    fn histories(&self, case: &Case, actual: &[Value]) -> Option<String> {
        let (expected, actual) = (ordered(case, &case.history), ordered(case, actual));
        for (index, recorded) in expected.iter().enumerate() {
            let Some(given) = actual.get(index) else {
                return Some(format!("missing: {recorded}"));
            };
            if let Some(place) = self.difference(recorded, given) {
                return Some(format!(
                    "event {} {place}\n      recorded {recorded}\n      given    {given}",
                    index + 1
                ));
            }
        }
        actual
            .get(expected.len())
            .map(|more| format!("too much: {more}"))
    }

    fn difference(&self, expected: &Value, actual: &Value) -> Option<String> {
        let (expected, actual) = (expected.as_object()?, actual.as_object()?);
        let missing = expected.iter().filter(|(name, _)| *name != "timestamp");
        for (name, value) in missing {
            if !self.member(name, value, actual.get(name)) {
                return Some(name.clone());
            }
        }
        actual
            .keys()
            .find(|name| !expected.contains_key(*name))
            .map(|name| format!("has {name}"))
    }

    fn member(&self, name: &str, expected: &Value, actual: Option<&Value>) -> bool {
        let is_free = matches!(name, "cause" | "Cause") && !self.causes;
        let loose = [
            "SdkHttpMetadata",
            "SdkResponseMetadata",
            "RedriveCount",
            "stackTrace",
        ];
        actual
            .is_some_and(|actual| is_free || loose.contains(&name) || self.equal(expected, actual))
    }

    fn equal(&self, expected: &Value, actual: &Value) -> bool {
        match (expected, actual) {
            (Value::Object(left), Value::Object(right)) => {
                let newer = |name: &String| name == "RedriveCount" || left.contains_key(name);
                left.iter()
                    .all(|(name, value)| self.member(name, value, right.get(name)))
                    && right.keys().all(newer)
            }
            (Value::Array(left), Value::Array(right)) => {
                left.len() == right.len()
                    && left
                        .iter()
                        .zip(right)
                        .all(|(left, right)| self.equal(left, right))
            }
            (Value::Number(left), Value::Number(right)) => left.as_f64() == right.as_f64(),
            (Value::Object(_) | Value::Array(_) | Value::Number(_), Value::String(text)) => {
                serde_json::from_str(text).is_ok_and(|value| self.equal(expected, &value))
            }
            (Value::String(left), Value::String(right)) => self.texts(left, right),
            (Value::String(left), _) => self.fits(left, &actual.to_string()),
            _ => expected == actual,
        }
    }

    fn texts(&self, expected: &str, actual: &str) -> bool {
        if self.fits(expected, actual) {
            return true;
        }
        let read = |text| {
            serde_json::from_str::<Value>(text)
                .ok()
                .filter(|value| !value.is_string())
        };
        match (read(expected), read(actual)) {
            (Some(left), Some(right)) => self.equal(&left, &right),
            _ => false,
        }
    }

    /// Whether a text fits a recorded one, in which tokens and words in angle brackets stand for any text.
    fn fits(&self, expected: &str, actual: &str) -> bool {
        let mut pattern = expected.to_owned();
        for token in self.tokens {
            pattern = pattern.replace(token.as_str(), "\u{0}");
        }
        if matches!(
            pattern.as_str(),
            "datetime" | "date" | "\"date\"" | "timestamp"
        ) {
            return true;
        }
        while let Some(start) = pattern.find('<') {
            let Some(end) = pattern[start..].find('>') else {
                break;
            };
            pattern.replace_range(start..=start + end, "\u{0}");
        }
        let mut rest = actual;
        let mut parts = pattern.split('\u{0}');
        let first = parts.next().unwrap_or_default();
        let Some(after) = rest.strip_prefix(first) else {
            return false;
        };
        rest = after;
        let parts: Vec<&str> = parts.collect();
        let Some((last, middle)) = parts.split_last() else {
            return rest.is_empty();
        };
        for part in middle {
            let Some(at) = rest.find(part) else {
                return false;
            };
            rest = &rest[at + part.len()..];
        }
        rest.ends_with(last)
    }
}

/// Without order inside the Parallel states, only what stands around them is compared.
fn ordered<'a>(case: &Case, events: &'a [Value]) -> Vec<&'a Value> {
    if !case.is_unordered {
        return events.iter().collect();
    }
    let is_started = |event: &Value| event["type"] == "ParallelStateStarted";
    let end = events
        .iter()
        .position(is_started)
        .map_or(events.len(), |index| index + 1);
    events.iter().take(end).collect()
}
