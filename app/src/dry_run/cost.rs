//! What a month of runs like the dry run costs on AWS (feature map, COST-01 to 11, WANT-11). Pure.
//!
//! Counted is what Step Functions itself charges: state transitions (Standard) or starts, time and memory (Express). What tasks call, logs and
//! transfers cost besides, and are not known here.

use crate::api::RunEvent;
use crate::text::dry_run as text;
use asl::machine::{Passage, Through};

/// Prices of Step Functions in US dollars.
pub(super) struct Prices {
    /// Where they hold.
    pub(super) region: &'static str,
    /// When they were published so.
    pub(super) as_of: &'static str,
    /// For a thousand state transitions.
    thousand_transitions: f64,
    /// Transitions a month that cost nothing.
    free_transitions: f64,
    /// For a million starts of Express runs.
    million_starts: f64,
    /// For GB-hours of Express runs: up to so many in a month, the price of one.
    gb_hours: [(f64, f64); 3],
}

/// The prices that are reckoned with.
pub(super) const PRICES: Prices = Prices {
    region: text::REGION,
    as_of: "2025",
    thousand_transitions: 0.025,
    free_transitions: 4000.0,
    million_starts: 1.0,
    gb_hours: [(1000.0, 0.06), (5000.0, 0.03), (f64::INFINITY, 0.01642)],
};

/// The memory that every Express run takes, in MB, and in what steps memory and time are charged.
const BASE_MB: f64 = 50.0;
const STEP_MB: f64 = 64.0;
const STEP_MS: f64 = 100.0;

/// An Express run that takes longer is ended.
pub(super) const LONGEST_EXPRESS_MS: f64 = 300_000.0;

/// What one run did.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Work {
    /// States entered and tried again.
    pub(super) transitions: f64,
    /// How long it took, in milliseconds.
    pub(super) took_ms: f64,
    /// The length of the definition, in bytes.
    pub(super) definition: f64,
    /// The longest input or output of a state, in bytes.
    pub(super) payload: f64,
    /// How many Parallel and Map states were entered.
    pub(super) fans: f64,
}

/// States entered and tried again, as AWS counts transitions (COST-02).
pub(super) fn transitions(passages: &[Passage]) -> usize {
    let counted = passages.iter().filter(|passage| match passage.through {
        Through::Entry | Through::Retrier(_) => true,
        Through::Rule(_) | Through::Default | Through::Failure(_) | Through::Catcher(_) => false,
    });
    counted.count()
}

/// The longest input or output, and how many Parallel and Map states were entered.
pub(super) fn memory(events: &[RunEvent]) -> (usize, usize) {
    let texts = events
        .iter()
        .flat_map(|event| [event.text("input"), event.text("output")]);
    let longest = texts.flatten().map(str::len).max();
    let fans = events.iter().filter(|event| {
        matches!(
            event.kind.as_str(),
            "ParallelStateEntered" | "MapStateEntered"
        )
    });
    (longest.unwrap_or_default(), fans.count())
}

/// A month of Standard runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Standard {
    /// Transitions in all.
    pub(super) transitions: f64,
    /// What they cost, in dollars.
    pub(super) cost: f64,
}

/// A month of Express runs, at least.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Express {
    /// The memory that is charged, in MB.
    pub(super) megabytes: f64,
    /// The time that is charged for each run, in milliseconds.
    pub(super) charged_ms: f64,
    /// GB-hours in all.
    pub(super) gb_hours: f64,
    /// What starts and GB-hours cost, in dollars.
    pub(super) cost: f64,
}

/// What `runs` Standard runs in a month cost.
pub(super) fn standard(work: Work, runs: f64) -> Standard {
    let transitions = work.transitions * runs;
    let charged = (transitions - PRICES.free_transitions).max(0.0);
    Standard {
        transitions,
        cost: charged / 1000.0 * PRICES.thousand_transitions,
    }
}

/// What `runs` Express runs in a month cost (COST-04 to 07).
pub(super) fn express(work: Work, runs: f64) -> Express {
    const MB: f64 = 1_048_576.0;
    let taken = BASE_MB + (work.definition + work.payload * work.fans) / MB;
    let megabytes = up_to_step(taken, STEP_MB);
    let charged_ms = up_to_step(work.took_ms, STEP_MS);
    let gb_hours = runs * charged_ms / 3_600_000.0 * megabytes / 1024.0;
    Express {
        megabytes,
        charged_ms,
        gb_hours,
        cost: runs / 1_000_000.0 * PRICES.million_starts + of_tiers(gb_hours),
    }
}

fn up_to_step(value: f64, step: f64) -> f64 {
    (value / step).ceil().max(1.0) * step
}

fn of_tiers(gb_hours: f64) -> f64 {
    let mut from = 0.0;
    let mut cost = 0.0;
    for (to, price) in PRICES.gb_hours {
        cost += (gb_hours.min(to) - from).max(0.0) * price;
        from = to;
    }
    cost
}

/// Dollars, with cents, and with more digits where cents would say nothing.
pub(super) fn dollars(amount: f64) -> String {
    if amount > 0.0 && amount < 0.01 {
        return format!("${amount:.4}");
    }
    let cents = format!("{amount:.2}");
    let (whole, rest) = cents.split_once('.').unwrap_or((&cents, "00"));
    let whole: i64 = whole.parse().unwrap_or_default();
    format!("${}.{rest}", crate::pages::words::grouped(whole))
}

#[cfg(test)]
mod tests {
    use super::*;
    use asl::definition::StateMachine;
    use asl::dry_run::mocks::Case;
    use asl::dry_run::{DryRun, Options};
    use asl::text::Document;
    use std::sync::Arc;

    fn run(definition: &str, input: &str) -> DryRun {
        let machine = StateMachine::build(&Document::parse(definition)).expect("a machine");
        let options = Options {
            start_ms: 0,
            seed: 1,
            machine_name: "a".into(),
            max_steps: 10_000,
        };
        let mut run = DryRun::new(
            Arc::new(machine),
            Arc::from(input),
            Case::default(),
            options,
        );
        while run.step() == asl::dry_run::Status::Ready {}
        run
    }

    #[test]
    fn the_published_example_of_express_runs_comes_out() {
        let work = Work {
            took_ms: 10_000.0,
            ..Work::default()
        };
        let month = express(work, 100_000_000.0);
        assert_eq!((month.megabytes, month.charged_ms), (64.0, 10_000.0));
        assert!((month.gb_hours - 17_361.11).abs() < 0.01, "{month:?}");
        assert_eq!(dollars(month.cost), "$482.97");
    }

    #[test]
    fn time_and_memory_are_charged_in_steps() {
        let work = Work {
            took_ms: 101.0,
            definition: 1_048_576.0,
            payload: 262_144.0,
            fans: 56.0,
            ..Work::default()
        };
        let month = express(work, 1.0);
        assert_eq!((month.megabytes, month.charged_ms), (128.0, 200.0));
    }

    #[test]
    fn the_first_four_thousand_transitions_of_a_month_are_free() {
        let work = Work {
            transitions: 10.0,
            ..Work::default()
        };
        assert_eq!(dollars(standard(work, 400.0).cost), "$0.00");
        assert_eq!(dollars(standard(work, 100_000.0).cost), "$24.90");
        assert_eq!(dollars(standard(work, 100_000_000.0).cost), "$24,999.90");
        assert_eq!(dollars(0.0014), "$0.0014");
    }

    #[test]
    fn states_of_branches_and_items_count_each_time() {
        let done = run(
            r#"{ "StartAt": "Each", "States": { "Each": { "Type": "Map", "Next": "Done", "ItemProcessor": {
                "StartAt": "One", "States": { "One": { "Type": "Pass", "End": true } } } },
                "Done": { "Type": "Succeed" } } }"#,
            "[1, 2, 3]",
        );
        assert_eq!(transitions(done.passages()), 5);
        let events: Vec<RunEvent> = done
            .events()
            .iter()
            .filter_map(|event| RunEvent::from_json(&event.to_wire()))
            .collect();
        assert_eq!(memory(&events), ("[1, 2, 3]".len(), 1));
    }
}
