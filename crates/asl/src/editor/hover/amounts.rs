//! Times in words.

use crate::query::timestamp::Instant;

const UNITS: [(u64, &str); 4] = [
    (86_400, "day"),
    (3_600, "hour"),
    (60, "minute"),
    (1, "second"),
];

/// A number of seconds in days, hours, minutes and seconds; none below a minute, which needs no words.
pub(super) fn seconds(number: &str) -> Option<String> {
    let mut rest: u64 = number.parse().ok().filter(|seconds| *seconds >= 60)?;
    let mut parts = Vec::new();
    for (length, name) in UNITS {
        let count = rest / length;
        rest %= length;
        if count > 0 {
            parts.push(format!(
                "{count} {name}{}",
                if count == 1 { "" } else { "s" }
            ));
        }
    }
    Some(match parts.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, first)) => format!("{} and {last}", first.join(", ")),
        None => return None,
    })
}

/// A timestamp with its weekday, in UTC.
pub(super) fn timestamp(text: &str) -> Option<String> {
    let millis = Instant::parse(text)?.millis();
    let time = jiff::Timestamp::from_millisecond(millis).ok()?;
    Some(time.strftime("%A, %-d %B %Y, %H:%M:%S UTC").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_told_in_larger_units() {
        assert_eq!(seconds("59"), None);
        assert_eq!(seconds("60").as_deref(), Some("1 minute"));
        assert_eq!(
            seconds("90061").as_deref(),
            Some("1 day, 1 hour, 1 minute and 1 second")
        );
        assert_eq!(seconds("7200").as_deref(), Some("2 hours"));
        assert_eq!(seconds("x"), None);
    }

    #[test]
    fn timestamps_are_told_with_their_weekday() {
        assert_eq!(
            timestamp("2026-01-31T13:00:00+01:00").as_deref(),
            Some("Saturday, 31 January 2026, 12:00:00 UTC")
        );
        assert_eq!(timestamp("tomorrow"), None);
    }
}
