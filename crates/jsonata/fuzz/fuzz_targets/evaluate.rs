//! Any expression on any data, in small limits: it ends, without a panic, and within them.
//!
//! The input is an expression, a zero byte, and the data as JSON; data that cannot be read is nothing. The editor's functions look at the same
//! text, with the cursor somewhere in it.

#![no_main]

use jsonata::{Environment, Expression, FixedHost, Limits, Value, editor};
use libfuzzer_sys::fuzz_target;

const LIMITS: Limits = Limits {
    fuel: 30_000,
    depth: 400,
    sequence: 5_000,
    bytes: 2 << 20,
};

/// Longer texts find nothing that shorter ones do not, only slower.
const LONGEST: usize = 4_096;

fuzz_target!(|input: &[u8]| {
    let input = &input[..input.len().min(LONGEST)];
    let mut parts = input.splitn(2, |byte| *byte == 0);
    let (Some(text), data) = (parts.next(), parts.next()) else {
        return;
    };
    let Ok(text) = std::str::from_utf8(text) else {
        return;
    };
    let data = data.and_then(|data| serde_json::from_slice::<serde_json::Value>(data).ok());
    evaluate(text, data.as_ref());
    edit(text, input.len(), data.as_ref());
});

fn evaluate(text: &str, data: Option<&serde_json::Value>) {
    for aws in [false, true] {
        let Ok(expression) = Expression::parse(text) else {
            continue;
        };
        let environment = if aws { Environment::aws() } else { Environment::new() }.with_limits(LIMITS);
        let input = data.map_or(Value::Undefined, Value::from);
        let once = outcome(&expression, input.clone(), &environment);
        let twice = outcome(&expression, input, &environment);
        assert_eq!(once, twice, "the same evaluation gives the same");
    }
}

/// The result as text, or the error.
fn outcome<'a>(expression: &'a Expression, input: Value<'a>, environment: &'a Environment<'a>) -> String {
    let mut host = FixedHost { millis: 1.7e12, seed: 7 };
    match expression.evaluate(input, environment, &mut host) {
        Ok(value) => match value.to_json() {
            Ok(json) => json.to_string(),
            Err(error) => error.to_string(),
        },
        Err(error) => {
            if let Some(span) = error.span() {
                assert!(span.start <= span.end);
            }
            error.to_string()
        }
    }
}

/// The cursor stands at a place that depends on the input; what is offered must fit into the text.
fn edit(text: &str, seed: usize, data: Option<&serde_json::Value>) {
    let cursor = seed.wrapping_mul(31) % (text.len() + 2);
    let input = data.map_or(Value::Undefined, Value::from);
    let sample = editor::Sample::new(input, jsonata::Profile::Reference);
    for highlight in editor::tokens(text) {
        assert!(text.get(highlight.range).is_some(), "a token is a part of the text");
    }
    let offered = editor::complete(text, cursor, &sample);
    assert!(text.get(offered.replace).is_some(), "what is replaced is a part of the text");
    let _ = editor::hover(text, cursor, &sample);
    let _ = editor::signature_help(text, cursor, &sample);
    if let Ok(formatted) = editor::format(text) {
        assert_eq!(editor::format(&formatted).as_deref(), Ok(formatted.as_str()), "formatting once is enough");
    }
}
