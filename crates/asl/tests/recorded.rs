//! Replays recorded executions with the pure machine and compares the histories.
//!
//! The recordings are not part of this repository. They are looked for in the folder named by `STATECRAFT_SHARED`, else
//! beside the repository; without them the test says so and passes. Tasks are answered with what the recording says
//! that the service answered, so that every kind of task can be replayed without a service.

mod recorded {
    pub(crate) mod case;
    pub(crate) mod compare;
    mod conversion;
    pub(crate) mod map_runs;
    pub(crate) mod replay;
}

use recorded::case::Case;
use recorded::{compare, replay};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Share of the replayed JSONPath executions whose history must match, in percent.
const LEAST_MATCHING: usize = 98;

/// How far a case matches: each level includes the one before.
#[derive(Default)]
struct Score {
    cases: usize,
    finals: usize,
    histories: usize,
    causes: usize,
}

/// A file of the shared folder, when it is there.
fn shared(file: &str) -> Option<PathBuf> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("STATECRAFT_SHARED").map_or_else(beside, PathBuf::from);
    Some(folder.join(file)).filter(|file| file.is_file())
}

#[test]
fn recorded_executions_give_the_recorded_histories() {
    let Some(file) = shared("conformance/aws-cases.jsonl") else {
        println!("no recordings found: set STATECRAFT_SHARED");
        return;
    };
    let text = std::fs::read_to_string(file).expect("the recordings can be read");
    let shown = std::env::var("STATECRAFT_SHOW").ok();
    let mut table: BTreeMap<(&'static str, String), Score> = BTreeMap::new();
    for case in text.lines().filter_map(Case::read) {
        let score = table
            .entry((case.language(), case.area.clone()))
            .or_default();
        score.cases += 1;
        let result = replay::run(&case);
        let verdict = compare::judge(&case, &result);
        score.finals += usize::from(verdict.is_final_equal);
        score.histories += usize::from(verdict.difference.is_none());
        score.causes += usize::from(verdict.difference.is_none() && verdict.are_causes_equal);
        let wanted = shown
            .as_ref()
            .is_some_and(|shown| case.id.contains(shown.as_str()));
        if let (Some(difference), true) = (&verdict.difference, wanted) {
            println!("{}\n    {difference}", case.id);
        }
    }
    print(&table);
    let json_path = table
        .iter()
        .filter(|((language, _), _)| *language == "JSONPath");
    let (matching, cases) = json_path.fold((0, 0), |(matching, cases), (_, score)| {
        (matching + score.histories, cases + score.cases)
    });
    assert!(
        matching * 100 >= cases * LEAST_MATCHING,
        "only {matching} of {cases} histories match"
    );
}

fn print(table: &BTreeMap<(&'static str, String), Score>) {
    println!(
        "{:<10} {:<24} {:>6} {:>6} {:>8} {:>6}",
        "language", "area", "cases", "final", "history", "cause"
    );
    let mut totals: BTreeMap<&str, Score> = BTreeMap::new();
    for ((language, area), score) in table {
        row(language, area, score);
        let total = totals.entry(language).or_default();
        total.cases += score.cases;
        total.finals += score.finals;
        total.histories += score.histories;
        total.causes += score.causes;
    }
    totals
        .iter()
        .for_each(|(language, score)| row(language, "all", score));
}

fn row(language: &str, area: &str, score: &Score) {
    let Score {
        cases,
        finals,
        histories,
        causes,
    } = score;
    println!("{language:<10} {area:<24} {cases:>6} {finals:>6} {histories:>8} {causes:>6}");
}
