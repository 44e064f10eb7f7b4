use super::suite::{Suite, Verdict};
use super::*;
use serde_json::{Value, json};
use std::path::PathBuf;

/// A folder with a definition of one task, and its scenarios.
fn folder(scenarios: &Value) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let task = json!({
        "Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f",
        "Catch": [{"ErrorEquals": ["Bad"], "Next": "Done"}], "Next": "Done"
    });
    let definition =
        json!({"StartAt": "Work", "States": {"Work": task, "Done": {"Type": "Succeed"}}});
    let text = serde_json::to_string_pretty(&definition).unwrap();
    std::fs::write(folder.path().join("m.asl.json"), text).unwrap();
    let text = serde_json::to_string_pretty(&json!({ "Scenarios": scenarios })).unwrap();
    std::fs::write(folder.path().join("m.scenarios.json"), text).unwrap();
    folder
}

fn suites(folder: &tempfile::TempDir) -> Vec<Suite> {
    let given = folder.path().join("m.asl.json").display().to_string();
    let files = find::scenario_files(&[given]).unwrap();
    files.iter().map(|file| Suite::run(file)).collect()
}

fn is(suites: &[Suite], min_coverage: Option<u8>, code: u8) -> bool {
    format!("{:?}", exit_code(suites, min_coverage)) == format!("{:?}", ExitCode::from(code))
}

fn good() -> Value {
    json!({"Name": "good", "Mocks": {"Work": {"Return": 1}}, "Expect": {"Output": 1}})
}

fn bad() -> Value {
    json!({"Name": "bad", "Mocks": {"Work": {"Return": {"a": 1}}}, "Expect": {"Status": "FAILED", "Output": {"a": 2}}})
}

#[test]
fn the_scenarios_of_the_starters_hold_and_reach_everything() {
    let pipelines = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../public/pipelines");
    let definitions = std::fs::read_dir(&pipelines).unwrap().filter(|entry| {
        let name = entry.as_ref().unwrap().file_name();
        name.to_string_lossy().ends_with(".asl.json")
    });
    let files = find::scenario_files(&[pipelines.display().to_string()]).unwrap();
    assert_eq!(
        files.len(),
        definitions.count(),
        "every starter has scenarios"
    );
    let suites: Vec<Suite> = files.iter().map(|file| Suite::run(file)).collect();
    let report = text::report(&suites, true, Some(100));
    assert!(is(&suites, Some(100), 0), "{report}");
}

#[test]
fn scenarios_that_hold_exit_with_0_and_one_that_does_not_with_1() {
    let folder = folder(&json!([good()]));
    assert!(is(&suites(&folder), None, 0));
    let folder = self::folder(&json!([good(), bad()]));
    let suites = suites(&folder);
    assert!(is(&suites, None, 1));
    let report = text::report(&suites, false, None);
    assert!(
        report.contains("ok      good  (SUCCEEDED, 2 transitions, 0 s)"),
        "{report}"
    );
    assert!(
        report.contains("FAILED  bad")
            && report.contains("Output/a\n              expected 2\n              but was  1"),
        "{report}"
    );
    assert!(report.ends_with("1 passed, 1 failed\n"), "{report}");
}

#[test]
fn too_little_coverage_exits_with_1_and_names_what_is_missing_with_its_line() {
    let folder = folder(&json!([good()]));
    let suites = suites(&folder);
    assert!(is(&suites, Some(66), 0));
    assert!(is(&suites, Some(67), 1));
    let report = text::report(&suites, false, Some(67));
    assert!(
        report.contains("reached 66.6 %, less than 67 %: states 2/2, catchers 0/1"),
        "{report}"
    );
    assert!(
        report.contains("not \"Work\" Catch[0] (line 8)"),
        "{report}"
    );
}

#[test]
fn what_cannot_be_run_exits_with_2_and_says_why() {
    let unknown = json!({"Name": "a", "Mocks": {"Wark": {"Return": 1}}, "Expect": {"Output": 1}});
    let folder = folder(&json!([unknown]));
    let broken = suites(&folder);
    assert!(is(&broken, None, 2));
    assert!(text::report(&broken, false, None).contains("did you mean \"Work\"?"));
    std::fs::write(
        folder.path().join("m.scenarios.json"),
        "{\n  \"Scenario\": []\n}",
    )
    .unwrap();
    let unreadable = suites(&folder);
    assert!(is(&unreadable, None, 2));
    let report = text::report(&unreadable, false, None);
    assert!(
        report.contains(
            "m.scenarios.json:2:15: Scenario: there is no such member; did you mean Scenarios?"
        ),
        "{report}"
    );
}

#[test]
fn a_task_that_no_mock_answers_is_named() {
    let folder = folder(&json!([{"Name": "a", "Expect": {"Status": "SUCCEEDED"}}]));
    let report = text::report(&suites(&folder), false, None);
    assert!(report.contains("No mock answers \"Work\""), "{report}");
}

#[test]
fn an_update_makes_scenarios_hold() {
    let folder = folder(&json!([good(), bad(), {"Name": "new", "Mocks": {"Work": {"Return": 3}}}]));
    let mut first = suites(&folder);
    first.iter_mut().for_each(Suite::update);
    let words: Vec<bool> = first[0]
        .verdicts()
        .map(|verdict| matches!(verdict, Verdict::Updated))
        .collect();
    assert_eq!(words, [false, true, true]);
    assert!(is(&first, None, 0));
    let again = suites(&folder);
    assert!(
        again[0]
            .verdicts()
            .all(|verdict| matches!(verdict, Verdict::Passed))
    );
}

#[test]
fn junit_counts_failures_and_errors_and_escapes_what_it_says() {
    let mut named = bad();
    named["Name"] = json!("a < b & \"c\"\u{7}");
    let unknown = json!({"Name": "x", "Expect": {"Path": ["Nowhere"]}});
    let folder = folder(&json!([good(), named, unknown]));
    let report = junit::report(&suites(&folder), Some(100));
    assert!(
        report.contains("tests=\"4\" failures=\"2\" errors=\"1\""),
        "{report}"
    );
    assert!(
        report.contains("name=\"a &lt; b &amp; &quot;c&quot;?\""),
        "{report}"
    );
    assert!(report.contains("<failure message=\"Status\">"), "{report}");
    assert!(
        report.contains("66.6 % was reached, less than 100 %"),
        "{report}"
    );
}

#[test]
fn json_says_what_happened_and_what_was_reached() {
    let folder = folder(&json!([good(), bad()]));
    let report: Value = serde_json::from_str(&json::report(&suites(&folder))).unwrap();
    let suite = &report["suites"][0];
    assert_eq!(suite["scenarios"][0]["verdict"], "passed");
    assert_eq!(
        suite["scenarios"][0]["actual"]["path"],
        json!(["Work", "Done"])
    );
    assert_eq!(
        suite["scenarios"][1]["mismatches"][1],
        json!({"place": "Output/a", "expected": 2, "actual": 1})
    );
    assert_eq!(
        suite["coverage"]["states"],
        json!({"reached": 2, "total": 2, "percent": 100.0})
    );
    assert_eq!(
        suite["coverage"]["notReached"],
        json!([{"state": "Work", "part": "Catch[0]"}])
    );
}

#[test]
fn a_definition_without_scenarios_and_a_folder_without_any_are_said() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("m.asl.json");
    std::fs::write(&file, "{}").unwrap();
    let message =
        |given: PathBuf| find::scenario_files(&[given.display().to_string()]).unwrap_err();
    assert!(
        message(file.clone()).contains("there is no file"),
        "{}",
        message(file)
    );
    assert!(
        message(folder.path().to_owned()).contains("holds no file that ends with .scenarios.json")
    );
    assert!(message(folder.path().join("none.json")).starts_with("there is no file"));
}

#[test]
fn a_distributed_map_reads_the_objects_of_the_folder_that_a_scenario_names() {
    let folder =
        folder(&json!([{"Name": "a", "ObjectFolder": "objects", "Expect": {"Output": [1, 2]}}]));
    let processor = json!({
        "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
        "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}
    });
    let reader = json!({
        "Resource": "arn:aws:states:::s3:getObject",
        "ReaderConfig": {"InputType": "JSON"},
        "Parameters": {"Bucket": "b", "Key": "items.json"}
    });
    let map = json!({"Type": "Map", "ItemReader": reader, "ItemProcessor": processor, "End": true});
    let definition = json!({"StartAt": "M", "States": {"M": map}});
    std::fs::write(folder.path().join("m.asl.json"), definition.to_string()).unwrap();
    std::fs::create_dir_all(folder.path().join("objects/b")).unwrap();
    std::fs::write(folder.path().join("objects/b/items.json"), "[1, 2]").unwrap();
    let suites = suites(&folder);
    assert!(
        is(&suites, Some(100), 0),
        "{}",
        text::report(&suites, true, None)
    );
}

#[test]
fn a_definition_in_yaml_is_tested_and_its_lines_are_named() {
    let folder =
        folder(&json!([{"Name": "a", "Input": {"n": 1}, "Expect": {"Status": "SUCCEEDED"}}]));
    std::fs::remove_file(folder.path().join("m.asl.json")).unwrap();
    let yaml = "StartAt: C\nStates:\n  C:\n    Type: Choice\n    Choices:\n      - Variable: $.n\n        NumericEquals: 1\n        Next: S\n    Default: F\n  S:\n    Type: Succeed\n  F:\n    Type: Fail\n";
    std::fs::write(folder.path().join("m.asl.yaml"), yaml).unwrap();
    let file = folder.path().join("m.scenarios.json");
    let suites = [Suite::run(&file)];
    assert!(is(&suites, None, 0));
    let report = text::report(&suites, true, None);
    assert!(
        report.contains("not \"C\" Default (line 9)") && report.contains("not \"F\""),
        "{report}"
    );
}
