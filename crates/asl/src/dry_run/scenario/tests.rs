use super::*;
use crate::definition::StateMachine;
use crate::dry_run::SampleObjects;
use crate::dry_run::mocks::MockConfig;
use serde_json::json;

fn machine() -> Arc<StateMachine> {
    let definition = json!({"StartAt": "Begin", "States": {
        "Begin": {"Type": "Pass", "Assign": {"n": 1}, "Next": "Train"},
        "Train": {
            "Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f",
            "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 10}],
            "Catch": [{"ErrorEquals": ["Bad"], "Next": "Tell"}],
            "Assign": {"n": 2}, "End": true
        },
        "Tell": {"Type": "Fail", "Error": "Bad", "Cause": "the data is bad"}
    }});
    Arc::new(StateMachine::build(&Document::parse(definition.to_string())).unwrap())
}

fn file(scenario: &Value) -> ScenarioFile {
    ScenarioFile::parse(&json!({"Scenarios": [scenario]}).to_string()).unwrap()
}

/// Runs a scenario on the answers of a case.
fn run(scenario: &Scenario, case: Case) -> Report {
    scenario.run(Setting {
        machine: &machine(),
        machine_name: "m",
        input: Arc::from("{}"),
        case,
        objects: SampleObjects::default(),
    })
}

fn report(scenario: &Value) -> Report {
    run(&file(scenario).scenarios[0], Case::default())
}

/// The places of the mismatches of a run whose task returns `{"score": 1, "tags": ["a"]}` after one retry.
fn mismatches(expect: &Value) -> Vec<String> {
    let busy = json!({"Throw": {"Error": "Busy", "Cause": ""}});
    let done = json!({"Return": {"score": 1, "tags": ["a"]}});
    let mocks = json!({"Train": {"0": busy, "1": done}});
    let report = report(&json!({"Name": "a", "Mocks": mocks, "Expect": expect}));
    let places = report.mismatches.into_iter();
    places.map(|mismatch| mismatch.place).collect()
}

#[test]
fn expectations_that_hold_give_no_mismatch() {
    let expect = json!({
        "Status": "SUCCEEDED",
        "Output": {"tags": ["a"], "score": 1.0},
        "OutputContains": {"score": 1},
        "Path": ["Begin", "Train"],
        "Through": ["Train"],
        "NotThrough": ["Tell"],
        "Variables": {"n": 2},
        "MaxTransitions": 3,
        "MaxSeconds": 10
    });
    assert_eq!(mismatches(&expect), [] as [String; 0]);
}

#[test]
fn each_expectation_that_does_not_hold_is_named_where_it_differs() {
    let found = |expect: Value| mismatches(&expect).join(" ");
    assert_eq!(
        found(json!({"Status": "FAILED", "Error": "Bad"})),
        "Status Error"
    );
    assert_eq!(
        found(json!({"Output": {"score": 2, "tags": ["a", "b"]}})),
        "Output/score Output/tags/1"
    );
    assert_eq!(found(json!({"Output": {"score": 1}})), "Output/tags");
    assert_eq!(
        found(json!({"OutputContains": {"name": 1}})),
        "OutputContains/name"
    );
    assert_eq!(found(json!({"Path": ["Train"]})), "Path");
    assert_eq!(found(json!({"Through": ["Train", "Begin"]})), "Through");
    assert_eq!(found(json!({"NotThrough": ["Begin"]})), "NotThrough");
    assert_eq!(
        found(json!({"Variables": {"n": 1, "m": 0}})),
        "Variables/n Variables/m"
    );
    assert_eq!(
        found(json!({"MaxTransitions": 2, "MaxSeconds": 9})),
        "MaxTransitions MaxSeconds"
    );
    assert_eq!(
        found(json!({"Cause": "x", "CauseContains": "x"})),
        "Cause CauseContains"
    );
}

#[test]
fn a_task_without_a_mock_waits_and_can_be_expected_to() {
    let waiting = json!({"Name": "a", "Expect": {"Status": "WAITING", "WaitsFor": ["Train"]}});
    assert_eq!(report(&waiting).mismatches, []);
    let other = json!({"Name": "a", "Expect": {"WaitsFor": []}});
    assert_eq!(report(&other).mismatches[0].place, "WaitsFor/0");
}

#[test]
fn one_response_stands_for_every_task_and_wins_over_the_case() {
    let mocks = json!({
        "StateMachines": {"m": {"TestCases": {"C": {"Train": "R"}}}},
        "MockedResponses": {"R": {"0": {"Return": 1}}}
    });
    let case = MockConfig::parse(&mocks.to_string())
        .unwrap()
        .case("m", "C")
        .unwrap();
    let mocks = json!({"Train": {"Throw": {"Error": "Busy", "Cause": "c"}}});
    let scenario =
        json!({"Name": "a", "Mocks": mocks, "Expect": {"Error": "Busy", "MaxTransitions": 5}});
    let report = run(&file(&scenario).scenarios[0], case);
    assert_eq!(report.mismatches, []);
}

#[test]
fn what_stands_beside_the_scenarios_holds_for_those_that_say_nothing_else() {
    let text = json!({
        "MockFile": "m.json", "Input": {"a": 1}, "Seed": 3, "StartTime": "1970-01-01T00:00:01Z",
        "Scenarios": [{"Name": "a"}, {"Name": "b", "InputFile": "i.json", "Case": "C", "Seed": 4}]
    });
    let file = ScenarioFile::parse(&text.to_string()).unwrap();
    let [first, second] = file.scenarios() else {
        panic!()
    };
    assert_eq!(first.input, ScenarioInput::Written(Arc::from(r#"{"a":1}"#)));
    assert_eq!(
        (first.seed, first.start_ms, first.case.as_deref()),
        (Some(3), 1_000, None)
    );
    assert_eq!(second.input, ScenarioInput::File("i.json".to_owned()));
    assert_eq!((second.seed, second.case.as_deref()), (Some(4), Some("C")));
    assert_eq!(second.mock_file.as_deref(), Some("m.json"));
}

#[test]
fn a_bad_file_says_what_is_wrong_and_where() {
    let error = |scenario: Value| {
        let text = json!({"Scenarios": [scenario]}).to_string();
        ScenarioFile::parse(&text).unwrap_err().to_string()
    };
    assert_eq!(error(json!({})), "Scenarios/0: Name is missing");
    assert_eq!(
        error(json!({"Name": "a", "Expect": {"Satus": "FAILED"}})),
        "Scenarios/0/Expect/Satus: there is no such member; did you mean Status?"
    );
    assert!(
        error(json!({"Name": "a", "Expect": {"Status": "OK"}})).contains("\"OK\" is no status")
    );
    assert!(error(json!({"Name": "a", "Expect": {}})).contains("expects nothing"));
    assert!(
        error(json!({"Name": "a", "Input": 1, "InputFile": "f"})).contains("exclude each other")
    );
    let twice = json!({"Scenarios": [{"Name": "a"}, {"Name": "a"}]});
    let twice = ScenarioFile::parse(&twice.to_string()).unwrap_err();
    assert_eq!(twice.place, "Scenarios/1");
    assert!(ScenarioFile::parse(r#"{"Scenarios": []}"#).is_err());
}

#[test]
fn an_update_writes_what_happened_and_leaves_all_other_text() {
    let text = r#"{
  "Comment": "kept",
  "Scenarios": [
    { "Name": "new", "Mocks": { "Train": { "Return": 7 } } },
    {
      "Name": "old",
      "Mocks": { "Train": { "Throw": { "Error": "Bad", "Cause": "c" } } },
      "Expect": { "Status": "SUCCEEDED", "Output": 1, "Through": ["Train"] }
    },
    { "Name": "right", "Mocks": { "Train": { "Return": 7 } }, "Expect": {   "Output": 7.0 } }
  ]
}
"#;
    let file = ScenarioFile::parse(text).unwrap();
    let actual: Vec<Actual> = file
        .scenarios()
        .iter()
        .map(|scenario| run(scenario, Case::default()).actual)
        .collect();
    let updated = file.updated(&actual);
    let read = ScenarioFile::parse(&updated).unwrap();
    let expected: Vec<_> = read
        .scenarios()
        .iter()
        .map(|scenario| scenario.expected.clone().unwrap())
        .collect();
    assert_eq!(
        (expected[0].status, &expected[0].output),
        (Some(RunStatus::Succeeded), &Some(json!(7)))
    );
    assert_eq!(
        expected[0].path.as_deref(),
        Some(&["Begin".to_owned(), "Train".to_owned()][..])
    );
    assert_eq!(
        (expected[1].error.as_deref(), &expected[1].output),
        (Some("Bad"), &None)
    );
    assert_eq!(expected[1].through, ["Train"]);
    assert!(updated.contains(r#""Expect": {   "Output": 7.0 }"#) && updated.contains("kept"));
    assert_eq!(
        read.updated(&actual),
        updated,
        "an update of what is right changes nothing"
    );
}

#[test]
fn a_state_that_is_not_there_is_named_with_what_was_meant() {
    let fits = |scenario: Value| file(&scenario).scenarios[0].fits(&machine());
    assert_eq!(
        fits(json!({"Name": "a", "Mocks": {"Train": {"Return": 1}}, "Expect": {"Path": ["Tell"]}})),
        Ok(())
    );
    let unknown = fits(json!({"Name": "a", "Expect": {"NotThrough": ["Trein"]}})).unwrap_err();
    assert_eq!(
        unknown.to_string(),
        "NotThrough names the state \"Trein\", which the definition does not have; did you mean \"Train\"?"
    );
}
