//! The scale above the bars: a few round moments between the run's beginning and its end. Pure.

use crate::text::words::{DAYS, HOURS, MILLISECONDS, MINUTES, SECONDS};

/// A mark on the scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// Milliseconds since the run began.
    pub at_ms: i64,
    /// What it says.
    pub label: String,
}

/// Steps that people read easily, with their unit and how many of it.
const STEPS: [(i64, i64, &str); 21] = [
    (100, 100, MILLISECONDS),
    (200, 200, MILLISECONDS),
    (500, 500, MILLISECONDS),
    (1_000, 1, SECONDS),
    (2_000, 2, SECONDS),
    (5_000, 5, SECONDS),
    (10_000, 10, SECONDS),
    (15_000, 15, SECONDS),
    (30_000, 30, SECONDS),
    (60_000, 1, MINUTES),
    (120_000, 2, MINUTES),
    (300_000, 5, MINUTES),
    (600_000, 10, MINUTES),
    (900_000, 15, MINUTES),
    (1_800_000, 30, MINUTES),
    (3_600_000, 1, HOURS),
    (7_200_000, 2, HOURS),
    (21_600_000, 6, HOURS),
    (43_200_000, 12, HOURS),
    (86_400_000, 1, DAYS),
    (604_800_000, 7, DAYS),
];

/// Round moments inside `total_ms`, four at most, without the beginning.
pub fn ticks(total_ms: i64) -> Vec<Tick> {
    let fits = |step: &&(i64, i64, &str)| total_ms / step.0 <= 4;
    let longest = (total_ms / 4).max(1);
    let (step, count, unit) =
        STEPS
            .iter()
            .find(fits)
            .copied()
            .unwrap_or((longest, longest / 86_400_000, DAYS));
    let last = total_ms - total_ms / 6;
    (1_i64..)
        .map(|i| Tick {
            at_ms: i * step,
            label: format!("{} {unit}", i * count),
        })
        .take_while(|tick| tick.at_ms <= last)
        .collect()
}

/// Where a moment lies on the scale, in percent.
pub fn percent(at_ms: i64, total_ms: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a share of a bar")]
    let share = at_ms as f64 / total_ms.max(1) as f64;
    (share * 100.0).clamp(0.0, 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(total_ms: i64) -> Vec<String> {
        ticks(total_ms).into_iter().map(|t| t.label).collect()
    }

    #[test]
    fn a_scale_has_few_round_marks() {
        assert_eq!(labels(41 * 60_000), ["10 min", "20 min", "30 min"]);
        assert_eq!(labels(7_300), ["2 s", "4 s", "6 s"]);
        assert_eq!(labels(0), Vec::<String>::new());
    }

    #[test]
    fn even_a_year_has_a_scale() {
        assert!((1..=4).contains(&labels(365 * 86_400_000).len()));
    }

    #[test]
    fn a_moment_past_the_end_stays_on_the_bar() {
        assert!((percent(20, 10) - 100.0).abs() < f64::EPSILON);
    }
}
