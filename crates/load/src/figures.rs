//! What many measurements say: percentiles in milliseconds.

use serde_json::{Value, json};
use std::time::Duration;

/// The median, the 99th percentile and the longest.
pub(crate) fn latencies(mut values: Vec<Duration>) -> Value {
    values.sort_unstable();
    json!({
        "p50Ms": milliseconds(percentile(&values, 50)),
        "p99Ms": milliseconds(percentile(&values, 99)),
        "longestMs": milliseconds(values.last().copied().unwrap_or_default()),
    })
}

/// The value that so many of a hundred do not pass; `values` are in order.
fn percentile(values: &[Duration], percent: usize) -> Duration {
    let rank = (values.len() * percent).div_ceil(100).saturating_sub(1);
    values.get(rank).copied().unwrap_or_default()
}

/// Milliseconds with three decimals.
pub(crate) fn milliseconds(value: Duration) -> f64 {
    (value.as_secs_f64() * 1_000_000.0).round() / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_the_smallest_value_that_so_many_do_not_pass() {
        let values: Vec<Duration> = (1..=200).map(Duration::from_millis).collect();
        assert_eq!(percentile(&values, 50), Duration::from_millis(100));
        assert_eq!(percentile(&values, 99), Duration::from_millis(198));
        assert_eq!(percentile(&values[..1], 99), Duration::from_millis(1));
        assert_eq!(percentile(&[], 99), Duration::ZERO);
    }
}
