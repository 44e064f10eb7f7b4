//! What all tests of the language share: an expression, data, and what comes out as one text.

use jsonata::{Environment, Expression, FixedHost, Limits, Value};
use serde_json::Value as Json;

/// The moment of `$now` in tests: 2023-11-14T22:13:20Z.
pub(crate) const NOW: f64 = 1_700_000_000_000.0;

pub(crate) fn host() -> FixedHost {
    FixedHost {
        millis: NOW,
        seed: 1,
    }
}

/// The result as JSON, `nothing`, or the code of the error.
pub(crate) fn evaluate_in(
    environment: &Environment<'_>,
    expression: &str,
    data: Option<&Json>,
) -> String {
    let expression = match Expression::parse(expression) {
        Ok(expression) => expression,
        Err(error) => return error.code().to_string(),
    };
    let input = data.map_or(Value::Undefined, Value::from);
    match expression.evaluate(input, environment, &mut host()) {
        Ok(Value::Undefined) => "nothing".to_owned(),
        Ok(value) => match value.to_json() {
            Ok(json) => json.to_string(),
            Err(error) => error.to_string(),
        },
        Err(error) => error.code().to_string(),
    }
}

pub(crate) fn evaluate(expression: &str, data: &Json) -> String {
    evaluate_in(&Environment::new(), expression, Some(data))
}

pub(crate) fn evaluate_within(limits: Limits, expression: &str) -> String {
    evaluate_in(&Environment::new().with_limits(limits), expression, None)
}

/// Each line: an expression and what it gives, on data that is given once.
#[track_caller]
pub(crate) fn check(data: &Json, cases: &[(&str, &str)]) {
    for (expression, expected) in cases {
        assert_eq!(evaluate(expression, data), *expected, "{expression}");
    }
}
