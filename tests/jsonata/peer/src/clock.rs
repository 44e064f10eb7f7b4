//! Medians of several rounds, after a warm-up.

use std::time::{Duration, Instant};

const WARM_UP: Duration = Duration::from_millis(100);
const ROUND: Duration = Duration::from_millis(50);
const ROUNDS: usize = 11;

/// How long `work` takes: the median of the rounds, each of which is the mean of as many runs as fit.
pub(crate) fn median_microseconds(mut work: impl FnMut()) -> f64 {
    let mut runs = 1;
    let begin = Instant::now();
    while begin.elapsed() < WARM_UP {
        work();
        runs += 1;
    }
    let runs =
        (f64::from(runs) * ROUND.as_secs_f64() / begin.elapsed().as_secs_f64()).max(1.0) as u32;
    let mut rounds: Vec<f64> = (0..ROUNDS).map(|_| round(runs, &mut work)).collect();
    rounds.sort_by(f64::total_cmp);
    rounds[ROUNDS / 2]
}

fn round(runs: u32, work: &mut impl FnMut()) -> f64 {
    let begin = Instant::now();
    for _ in 0..runs {
        work();
    }
    begin.elapsed().as_secs_f64() * 1e6 / f64::from(runs)
}
