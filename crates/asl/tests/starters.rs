//! The starter pipelines that the studio offers: each is accepted, and each of its cases ends as the index says.

use asl::check::{MachineType, Severity, check};
use asl::convert::{Scenario, Scope, compare, to_jsonata};
use asl::definition::{Resource, StateMachine};
use asl::dry_run::mocks::{Case, MockConfig};
use asl::dry_run::{DryRun, Options, Status};
use asl::graph::Outline;
use asl::machine::{Finish, TaskRequest};
use asl::text::Document;
use serde_json::Value;
use std::path::PathBuf;
use std::sync::Arc;

/// One entry of the index, with its files.
struct Starter {
    id: String,
    definition: Document,
    mocks: MockConfig,
    input: Arc<str>,
    /// Name and expected end.
    cases: Vec<(String, String)>,
}

fn file(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../public/pipelines")
        .join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key]
        .as_str()
        .unwrap_or_else(|| panic!("{key} is missing in {value}"))
}

fn starters() -> Vec<Starter> {
    let index: Value = serde_json::from_str(&file("index.json")).expect("the index is JSON");
    index
        .as_array()
        .expect("the index is a list")
        .iter()
        .map(read)
        .collect()
}

fn read(entry: &Value) -> Starter {
    let cases = entry["cases"].as_array().expect("a list of cases").iter();
    Starter {
        id: text(entry, "id").to_owned(),
        definition: Document::parse(file(text(entry, "file"))),
        mocks: MockConfig::parse(&file(text(entry, "mocks"))).expect("a mock file"),
        input: file(text(entry, "inputs")).into(),
        cases: cases
            .map(|case| (text(case, "name").to_owned(), text(case, "ends").to_owned()))
            .collect(),
    }
}

impl Starter {
    fn machine(&self) -> Arc<StateMachine> {
        Arc::new(
            StateMachine::build(&self.definition)
                .unwrap_or_else(|errors| panic!("{}: {errors:?}", self.id)),
        )
    }

    fn case(&self, name: &str) -> Case {
        self.mocks
            .case(&self.id, name)
            .unwrap_or_else(|| panic!("{} has no case {name}", self.id))
    }
}

/// Runs to the end, or until nothing happens without an answer.
fn end_of(starter: &Starter, case: &str) -> (&'static str, Status) {
    let options = Options {
        start_ms: 1_700_000_000_000,
        seed: 7,
        machine_name: starter.id.clone(),
        max_steps: 10_000,
    };
    let mut run = DryRun::new(
        starter.machine(),
        starter.input.clone(),
        starter.case(case),
        options,
    );
    let status = run.run(&|_| false);
    let end = match &status {
        Status::Waiting(tasks) if tasks.iter().all(is_for_people) => "WAITS",
        Status::Finished(Finish::Succeeded { .. }) => "SUCCEEDED",
        Status::Finished(Finish::Failed { .. }) => "FAILED",
        Status::Finished(Finish::TimedOut { .. } | Finish::Aborted { .. })
        | Status::Waiting(_)
        | Status::Ready
        | Status::Exhausted => "ELSE",
    };
    (end, status)
}

fn is_for_people(task: &TaskRequest) -> bool {
    matches!(Resource::parse(&task.resource), Resource::Activity(_))
}

#[test]
fn every_definition_is_in_the_index() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../public/pipelines");
    let names = std::fs::read_dir(folder)
        .unwrap()
        .filter_map(|file| file.unwrap().file_name().into_string().ok());
    let mut found: Vec<_> = names
        .filter_map(|name| name.strip_suffix(".asl.json").map(str::to_owned))
        .collect();
    let mut listed: Vec<_> = starters().into_iter().map(|starter| starter.id).collect();
    found.sort();
    listed.sort();
    assert_eq!(found, listed);
}

#[test]
fn every_starter_is_accepted() {
    for starter in starters() {
        assert!(starter.definition.faults().is_empty(), "{}", starter.id);
        let found = check(&starter.definition, MachineType::Standard);
        let errors: Vec<_> = found
            .iter()
            .filter(|diagnostic| diagnostic.severity == Severity::Error)
            .collect();
        assert!(errors.is_empty(), "{}: {errors:?}", starter.id);
        starter.machine();
    }
}

#[test]
fn every_case_is_in_the_index_and_mocks_states_that_exist() {
    for starter in starters() {
        let listed: Vec<_> = starter.cases.iter().map(|(name, _)| name.clone()).collect();
        assert_eq!(starter.mocks.cases(&starter.id), listed, "{}", starter.id);
        assert!(listed.len() >= 2, "{}", starter.id);
        let outline = Outline::of(&starter.definition);
        let mocks = starter.mocks.to_json();
        for case in listed {
            let states = mocks["StateMachines"][&starter.id]["TestCases"][&case]
                .as_object()
                .unwrap();
            for state in states.keys() {
                let exists = outline.states.iter().any(|node| *node.name == **state);
                assert!(exists, "{} mocks {state} in {case}", starter.id);
            }
        }
    }
}

#[test]
fn every_case_ends_as_the_index_says() {
    for starter in starters() {
        for (case, expected) in &starter.cases {
            let (end, status) = end_of(&starter, case);
            assert_eq!(end, expected, "{} {case}: {status:?}", starter.id);
        }
    }
}

#[test]
fn the_first_case_of_the_main_starter_waits_for_a_person() {
    let starters = starters();
    let main = starters
        .iter()
        .find(|starter| starter.id == "train-validate-approve-deploy")
        .unwrap();
    let (_, status) = end_of(main, &main.cases[0].0);
    let Status::Waiting(tasks) = status else {
        panic!("{status:?}")
    };
    assert_eq!(tasks.len(), 1);
    assert_eq!(tasks[0].state, "Approve deployment");
    let request: Value = serde_json::from_str(&tasks[0].input).unwrap();
    assert_eq!(
        request["Question"],
        "Should the new fraud model replace the one in use?"
    );
    assert_eq!(request["Evidence"][1]["Value"], "91.8 (now 88.4)");
    assert_eq!(request["Reviewers"], Value::Array(Vec::new()));
}

#[test]
fn every_case_does_the_same_in_jsonata() {
    for starter in starters() {
        let conversion = to_jsonata(&starter.definition, &Scope::Machine);
        assert!(
            conversion.left.is_empty(),
            "{}: {:?}",
            starter.id,
            conversion.findings
        );
        let new = starter
            .definition
            .apply(&conversion.edits)
            .expect("edits do not overlap");
        let after =
            StateMachine::build(&new).unwrap_or_else(|errors| panic!("{}: {errors:?}", starter.id));
        let input = serde_json::from_str(&starter.input).expect("an input is JSON");
        let scenario = |(name, _): &(String, String)| Scenario {
            name: name.clone(),
            input: Value::clone(&input),
            case: starter.case(name),
        };
        let scenarios: Vec<_> = starter.cases.iter().map(scenario).collect();
        let differences = compare(&starter.machine(), &Arc::new(after), &scenarios);
        assert!(differences.is_empty(), "{}: {}", starter.id, differences[0]);
    }
}
