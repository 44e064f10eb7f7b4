//! The starter pipelines run on their own sample results: to their end, or until a person is asked.

use asl::definition::{Resource, StateMachine};
use asl::dry_run::mocks::MockConfig;
use asl::dry_run::{DryRun, Options, Status};
use asl::text::Document;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../public/pipelines")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn names() -> Vec<String> {
    let files = std::fs::read_dir(folder()).expect("there are starter pipelines");
    let names = files.filter_map(|file| file.ok()?.file_name().into_string().ok());
    names
        .filter_map(|name| name.strip_suffix(".asl.json").map(str::to_owned))
        .collect()
}

#[test]
fn every_starter_ends_or_asks_a_person_in_every_case() {
    assert!(names().len() >= 5);
    for name in names() {
        let file = |ending: &str| read(&folder().join(format!("{name}.{ending}.json")));
        let machine = StateMachine::build(&Document::parse(file("asl"))).expect("it can be run");
        let machine = Arc::new(machine);
        let mocks = MockConfig::parse(&file("mocks")).expect("its sample results can be used");
        let cases: Vec<_> = mocks
            .machines()
            .flat_map(|machine| {
                let cases = mocks.cases(machine);
                cases
                    .into_iter()
                    .map(|case| (machine.to_owned(), case))
                    .collect::<Vec<_>>()
            })
            .collect();
        assert!(!cases.is_empty(), "{name} has sample results");
        for (machine_name, case_name) in cases {
            let case = mocks
                .case(&machine_name, &case_name)
                .expect("the case is there");
            let options = Options {
                start_ms: 1_767_225_600_000,
                seed: 1,
                machine_name,
                max_steps: 10_000,
            };
            let mut run = DryRun::new(
                machine.clone(),
                Arc::from(file("input").trim()),
                case,
                options,
            );
            let status = run.run(&|_| false);
            println!(
                "{name} {case_name}: {} events, {status:?}",
                run.events().len()
            );
            assert!(ends_or_asks(&status), "{name} {case_name}: {status:?}");
        }
    }
}

fn ends_or_asks(status: &Status) -> bool {
    match status {
        Status::Finished(_) => true,
        Status::Waiting(tasks) => tasks
            .iter()
            .all(|task| matches!(Resource::parse(&task.resource), Resource::Activity(_))),
        Status::Ready | Status::Exhausted => false,
    }
}
