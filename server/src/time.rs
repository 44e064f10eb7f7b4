//! Times as they are written: seconds for the AWS API, RFC 3339 for people and the studio's API.

use serde_json::{Number, Value};

/// Milliseconds since 1970 as seconds, with a fraction.
#[expect(
    clippy::cast_precision_loss,
    reason = "times fit 53 bits for the next 285,000 years"
)]
pub(crate) fn seconds(milliseconds: i64) -> Value {
    Number::from_f64(milliseconds as f64 / 1000.0).map_or(Value::Null, Value::Number)
}

/// RFC 3339 with milliseconds, in UTC. A time outside the years that can be written becomes the first moment of 1970.
pub(crate) fn rfc3339(milliseconds: i64) -> String {
    let time = jiff::Timestamp::from_millisecond(milliseconds).unwrap_or_default();
    format!("{time:.3}")
}

/// RFC 3339 with whole seconds, in UTC.
pub(crate) fn rfc3339_seconds(milliseconds: i64) -> String {
    let time = jiff::Timestamp::from_millisecond(milliseconds).unwrap_or_default();
    format!("{time:.0}")
}

/// The day in UTC, for example `2023-11-14`.
pub(crate) fn day(milliseconds: i64) -> String {
    rfc3339(milliseconds).chars().take(10).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn milliseconds_survive_as_a_fraction() {
        assert_eq!(seconds(1_700_000_000_123).to_string(), "1700000000.123");
    }

    #[test]
    fn times_have_three_decimals() {
        assert_eq!(rfc3339(1_700_000_000_000), "2023-11-14T22:13:20.000Z");
        assert_eq!(rfc3339(1_700_000_000_007), "2023-11-14T22:13:20.007Z");
        assert_eq!(rfc3339_seconds(1_700_000_000_999), "2023-11-14T22:13:20Z");
        assert_eq!(day(1_700_000_000_007), "2023-11-14");
    }
}
