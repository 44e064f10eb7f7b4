//! Times as the AWS API writes them: seconds since 1970, with a fraction.

use serde_json::{Number, Value};

/// Milliseconds as seconds.
#[expect(
    clippy::cast_precision_loss,
    reason = "times fit 53 bits for the next 285,000 years"
)]
pub(super) fn seconds(milliseconds: i64) -> Value {
    Number::from_f64(milliseconds as f64 / 1000.0).map_or(Value::Null, Value::Number)
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn milliseconds_survive_as_a_fraction() {
        assert_eq!(seconds(1_700_000_000_123).to_string(), "1700000000.123");
    }
}
