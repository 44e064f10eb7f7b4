//! The retry rules and their attempts.

pub(crate) const TITLE: &str = "Retry";
pub(crate) const ADD: &str = "Add a retry rule";
pub(crate) const NONE: &str = "Nothing is tried again.";

pub(crate) fn remove(number: usize) -> String {
    format!("Remove retry rule {number}")
}

pub(crate) const NEVER: &str = "never";

pub(crate) fn once(wait: f64) -> String {
    format!("once, after {}", duration(wait))
}

pub(crate) fn up_to(count: usize) -> String {
    format!("up to {count} times")
}

pub(crate) const FIRST_WAIT: &str = "First wait";
pub(crate) const ATTEMPTS: &str = "Retries";
pub(crate) const ATTEMPTS_HINT: &str = "MaxAttempts: 0 never tries again";
pub(crate) const RATE: &str = "Each wait";
pub(crate) const RATE_UNIT: &str = "× longer";
pub(crate) const LONGEST_WAIT: &str = "Longest wait";
pub(crate) const LONGEST_WAIT_HINT: &str = "MaxDelaySeconds: at most 31,622,400, which is a year";
pub(crate) const SPREAD: &str = "Spread waits at random";
pub(crate) const SPREAD_HINT: &str = "JitterStrategy: FULL waits a random part of each wait";
pub(crate) const SPREAD_NONE: &str = "Off";
pub(crate) const SPREAD_FULL: &str = "Full";
pub(crate) const SECONDS: &str = "s";

pub(crate) const ERRORS: &str = "On these errors";
pub(crate) const ADD_ERROR: &str = "Add an error name";
pub(crate) const ADD_ERROR_HINT: &str = "Add…";
pub(crate) const ON_NO_ERROR: &str = "On no error yet";
pub(crate) const ON_ANY_ERROR: &str = "On any error";

pub(crate) fn on_error(name: &str) -> String {
    format!("On {name}")
}

pub(crate) fn on_errors(count: usize) -> String {
    format!("On {count} errors")
}

pub(crate) fn remove_error(name: &str) -> String {
    format!("Remove {name}")
}

pub(crate) const OF_WAITING: &str = " of waiting at most";

/// `waits` are those that are drawn.
pub(crate) fn timeline(attempts: usize, waits: &[f64]) -> String {
    let waits: Vec<String> = waits.iter().map(|wait| duration(*wait)).collect();
    format!(
        "{attempts} attempts; waits between them: {}",
        waits.join(", ")
    )
}

/// The sum of the waits stands after it, then [`OF_WAITING`].
pub(crate) fn attempts(count: usize) -> String {
    format!("{count} attempts, ")
}

/// A length of time in words: "30 s", "3 min 30 s", "2 h", "4 days".
pub(crate) fn duration(seconds: f64) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to what fits"
    )]
    let whole = seconds.clamp(0.0, 4e15).round() as u64;
    let parts = |large: u64, small: u64, one: &str, other: &str| {
        let rest = whole % large / small;
        if rest == 0 {
            format!("{} {one}", whole / large)
        } else {
            format!("{} {one} {rest} {other}", whole / large)
        }
    };
    match whole {
        0..60 => format!("{whole} s"),
        60..3600 => parts(60, 1, "min", "s"),
        3600..86_400 => parts(3600, 60, "h", "min"),
        _ if whole / 86_400 == 1 => parts(86_400, 3600, "day", "h"),
        _ => parts(86_400, 3600, "days", "h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_with_two_units_at_most() {
        assert_eq!(duration(30.0), "30 s");
        assert_eq!(duration(210.0), "3 min 30 s");
        assert_eq!(duration(7200.0), "2 h");
        assert_eq!(duration(90_000.0), "1 day 1 h");
    }
}
