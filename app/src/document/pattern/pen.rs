//! The same thought in both query languages.

use crate::document::Language;
use crate::document::blueprint::{members, task};
use asl::catalog::{Form, find};
use serde_json::{Map, Value, json};

/// Writes values in a query language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pen(pub(super) Language);

/// How a rule compares.
#[derive(Debug, Clone, Copy)]
pub(super) enum Test<'a> {
    AtLeast(f64),
    Below(f64),
    Is(&'a str),
}

/// A state under its name.
pub(super) type Named = (String, Value);

/// A state under its name, with a comment unless that is empty.
pub(super) fn named(name: &str, comment: &str, state: Value) -> Named {
    let mut told = members(json!({ "Type": state["Type"] }));
    if !comment.is_empty() {
        told.insert("Comment".to_owned(), json!(comment));
    }
    told.extend(
        members(state)
            .into_iter()
            .filter(|(field, _)| field != "Type"),
    );
    (name.to_owned(), Value::Object(told))
}

impl Pen {
    /// A request, where a text that begins with `=` is a place in the data: `=input.rows`, `=context.Execution.Name`.
    fn request(self, value: Value) -> Value {
        match value {
            Value::Object(members) => Value::Object(
                members
                    .into_iter()
                    .map(|(name, value)| self.member(name, value))
                    .collect(),
            ),
            other => other,
        }
    }

    fn member(self, name: String, value: Value) -> (String, Value) {
        let Some(place) = value.as_str().and_then(|text| text.strip_prefix('=')) else {
            return (name, self.request(value));
        };
        match self.0 {
            Language::JsonPath => (format!("{name}.$"), json!(path(place))),
            Language::JsonAta => (name, json!(format!("{{% $states.{place} %}}"))),
        }
    }

    /// A call of a service with its request; what most calls have comes from the catalogue.
    pub(super) fn call(self, form: Form, (service, name): (&str, &str), request: Value) -> Value {
        let mut called = find(form, service, name)
            .map(|action| task(action, self.0))
            .unwrap_or_default();
        for field in ["OutputPath", "Output", "ResultPath"] {
            called.shift_remove(field);
        }
        called.insert(self.request_field().to_owned(), self.request(request));
        Value::Object(called)
    }

    /// A function that gets the input; what it answers is kept under a member of the input.
    pub(super) fn function(self, under: &str) -> Value {
        let request = json!({ "FunctionName": "my-function", "Payload": "=input" });
        let called = self.call(Form::Optimized, ("lambda", "invoke"), request);
        self.kept(called, under, Some("Payload"))
    }

    /// Keeps the answer, or a part of it, under a member of the input.
    pub(super) fn kept(self, state: Value, under: &str, part: Option<&str>) -> Value {
        let dotted = part.map_or(String::new(), |part| format!(".{part}"));
        let how = match (self.0, part) {
            (Language::JsonPath, None) => json!({ "ResultPath": format!("$.{under}") }),
            (Language::JsonPath, Some(part)) => json!({
                "ResultSelector": { format!("{part}.$"): format!("$.{part}") },
                "ResultPath": format!("$.{under}"),
            }),
            (Language::JsonAta, None) => json!({
                "Output": format!("{{% $merge([$states.input, {{'{under}': $states.result}}]) %}}"),
            }),
            (Language::JsonAta, Some(part)) => json!({
                "Output": format!("{{% $merge([$states.input, {{'{under}': {{'{part}': $states.result{dotted}}}}}]) %}}"),
            }),
        };
        with(state, how)
    }

    /// Leaves the input as it is.
    pub(super) fn unchanged(self, state: Value) -> Value {
        with(
            state,
            match self.0 {
                Language::JsonPath => json!({ "ResultPath": null }),
                Language::JsonAta => json!({ "Output": "{% $states.input %}" }),
            },
        )
    }

    /// A catcher that keeps the error in the input.
    pub(super) fn catcher(self, errors: &[&str], next: &str) -> Value {
        let kept = match self.0 {
            Language::JsonPath => json!({ "ResultPath": "$.error" }),
            Language::JsonAta => json!({
                "Output": "{% $merge([$states.input, {'error': $states.errorOutput}]) %}",
            }),
        };
        with(json!({ "ErrorEquals": errors, "Next": next }), kept)
    }

    /// A rule of a Choice on a place in the input.
    pub(super) fn rule(self, place: &str, test: Test<'_>, next: &str) -> Value {
        let (operator, sign, value) = match test {
            Test::AtLeast(least) => ("NumericGreaterThanEquals", ">=", json!(least)),
            Test::Below(limit) => ("NumericLessThan", "<", json!(limit)),
            Test::Is(word) => ("StringEquals", "=", json!(word)),
        };
        match self.0 {
            Language::JsonPath => {
                json!({ "Variable": format!("$.{place}"), operator: value, "Next": next })
            }
            Language::JsonAta => {
                let value = match test {
                    Test::Is(word) => format!("'{word}'"),
                    Test::AtLeast(number) | Test::Below(number) => number.to_string(),
                };
                json!({ "Condition": format!("{{% $states.input.{place} {sign} {value} %}}"), "Next": next })
            }
        }
    }

    /// A rule that holds where a place of the input is there and is a word.
    pub(super) fn rule_if_there(self, place: &str, word: &str, next: &str) -> Value {
        match self.0 {
            Language::JsonPath => json!({
                "And": [
                    { "Variable": format!("$.{place}"), "IsPresent": true },
                    { "Variable": format!("$.{place}"), "StringEquals": word },
                ],
                "Next": next,
            }),
            Language::JsonAta => self.rule(place, Test::Is(word), next),
        }
    }

    /// A state that adds a random number below 100 to the input.
    pub(super) fn draw(self, under: &str) -> Value {
        match self.0 {
            Language::JsonPath => json!({
                "Type": "Pass",
                "Parameters": { "number.$": "States.MathRandom(0, 100)" },
                "ResultPath": format!("$.{under}"),
            }),
            Language::JsonAta => json!({
                "Type": "Pass",
                "Output": format!("{{% $merge([$states.input, {{'{under}': {{'number': $floor($random() * 100)}}}}]) %}}"),
            }),
        }
    }

    fn request_field(self) -> &'static str {
        match self.0 {
            Language::JsonPath => "Parameters",
            Language::JsonAta => "Arguments",
        }
    }

    /// The data of a Map's reader or writer.
    pub(super) fn map_data(self, name: &str, request: Value) -> Value {
        json!({ "Resource": format!("arn:aws:states:::s3:{name}"), self.request_field(): self.request(request) })
    }
}

/// A state or rule with further members.
pub(super) fn with(value: Value, more: Value) -> Value {
    let mut all: Map<String, Value> = members(value);
    all.extend(members(more));
    Value::Object(all)
}

fn path(place: &str) -> String {
    if let Some(rest) = place.strip_prefix("input") {
        return format!("${rest}");
    }
    place
        .strip_prefix("context")
        .map_or_else(|| format!("$.{place}"), |rest| format!("$${rest}"))
}
