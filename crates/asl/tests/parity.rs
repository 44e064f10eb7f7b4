//! The dry run gives the same bytes natively and as WebAssembly: both replay the starter pipelines and compare with the
//! histories in `tests/histories/`. `UPDATE_EXPECT=1 cargo test -p asl --test parity` writes those files anew.

use asl::definition::StateMachine;
use asl::dry_run::{DryRun, Options, mocks::MockConfig};
use asl::text::Document;
use std::sync::Arc;

/// A starter pipeline with its sample results, its sample input and the recorded histories.
struct Starter {
    id: &'static str,
    definition: &'static str,
    mocks: &'static str,
    input: &'static str,
    histories: &'static str,
}

macro_rules! starter {
    ($id:literal) => {
        Starter {
            id: $id,
            definition: include_str!(concat!("../../../public/pipelines/", $id, ".asl.json")),
            mocks: include_str!(concat!("../../../public/pipelines/", $id, ".mocks.json")),
            input: include_str!(concat!("../../../public/pipelines/", $id, ".input.json")),
            histories: include_str!(concat!("histories/", $id, ".jsonl")),
        }
    };
}

const STARTERS: &[Starter] = &[
    starter!("ab-test-split"),
    starter!("human-in-the-loop"),
    starter!("preprocess-data"),
    starter!("train-validate-approve-deploy"),
    starter!("train-with-retry"),
];

/// One line for each event of each case, exactly as GetExecutionHistory writes it.
fn histories(starter: &Starter) -> String {
    let document = Document::parse(starter.definition);
    let machine = Arc::new(StateMachine::build(&document).expect("a starter can be run"));
    let mocks = MockConfig::parse(starter.mocks).expect("a starter's sample results can be read");
    let cases = mocks.cases(starter.id);
    assert!(!cases.is_empty(), "{} has no cases", starter.id);
    cases
        .iter()
        .map(|case| history(starter, &machine, &mocks, case))
        .collect()
}

fn history(
    starter: &Starter,
    machine: &Arc<StateMachine>,
    mocks: &MockConfig,
    case: &str,
) -> String {
    let options = Options {
        start_ms: 1_773_194_400_000,
        seed: 7,
        machine_name: starter.id.to_owned(),
        max_steps: 10_000,
    };
    let answers = mocks.case(starter.id, case).expect("the case is there");
    let mut run = DryRun::new(machine.clone(), Arc::from(starter.input), answers, options);
    run.run(&|_| false);
    let mut lines = format!("{}\n", serde_json::json!({ "case": case }));
    for event in run.events() {
        lines.push_str(&event.to_wire().to_string());
        lines.push('\n');
    }
    lines
}

fn differences() -> Vec<&'static str> {
    let differs = |starter: &&Starter| histories(starter) != starter.histories;
    STARTERS
        .iter()
        .filter(differs)
        .map(|starter| starter.id)
        .collect()
}

#[cfg(not(target_family = "wasm"))]
#[test]
fn native_dry_runs_of_the_starters_give_the_recorded_bytes() {
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        for starter in STARTERS {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/histories");
            std::fs::write(format!("{folder}/{}.jsonl", starter.id), histories(starter)).unwrap();
        }
        return;
    }
    assert_eq!(
        differences(),
        [] as [&str; 0],
        "run with UPDATE_EXPECT=1 and read the diff"
    );
}

#[cfg(target_family = "wasm")]
#[wasm_bindgen_test::wasm_bindgen_test]
fn dry_runs_of_the_starters_as_webassembly_give_the_recorded_bytes() {
    assert_eq!(differences(), [] as [&str; 0]);
}
