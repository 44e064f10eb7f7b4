//! `bench-time`: how long each piece of work takes: the best of several rounds, since others may use the machine as well.

use asl_bench::work::{Kind, Work};
use serde_json::json;
use std::time::{Duration, Instant};

/// Time for all rounds of one piece of work, and the fewest rounds.
const TIME: Duration = Duration::from_millis(1_500);
const ROUNDS: usize = 5;

/// Prints `{"name", "ms", "units"}` for each: milliseconds of the best round, and what was done in it.
#[expect(clippy::print_stdout, reason = "its output is its purpose")]
fn main() -> Result<(), String> {
    for kind in Kind::ALL {
        let (ms, units) = best(&kind.prepare()?);
        println!("{}", json!({"name": kind.name(), "ms": ms, "units": units}));
    }
    Ok(())
}

fn best(work: &Work) -> (f64, usize) {
    let begin = Instant::now();
    let (mut best, mut units, mut rounds) = (f64::MAX, 0, 0);
    while rounds < ROUNDS || begin.elapsed() < TIME {
        let round = Instant::now();
        units = work.run();
        best = best.min(round.elapsed().as_secs_f64() * 1_000.0);
        rounds += 1;
    }
    (best, units)
}
