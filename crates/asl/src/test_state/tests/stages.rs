use super::*;

#[test]
fn the_level_info_shows_the_outcome_alone() {
    let mut asked = request(&json!({"Type": "Pass", "Next": "B"}), &json!({"a": 1}));
    asked.inspection_level = InspectionLevel::Info;
    assert_eq!(
        reply(&asked),
        json!({"status": "SUCCEEDED", "output": {"a": 1}, "nextState": "B"})
    );
}

#[test]
fn a_pass_shows_what_each_filter_gave() {
    let pass = json!({
        "Type": "Pass", "InputPath": "$.payload", "Parameters": {"data": 1}, "ResultPath": "$.result",
        "OutputPath": "$.result.data", "Next": "Another State",
    });
    assert_eq!(
        reply(&request(&pass, &json!({"payload": {"foo": "bar"}}))),
        json!({
            "status": "SUCCEEDED", "nextState": "Another State", "output": 1,
            "inspectionData": {
                "input": {"payload": {"foo": "bar"}},
                "afterInputPath": {"foo": "bar"},
                "afterParameters": {"data": 1},
                "afterResultSelector": {"data": 1},
                "afterResultPath": {"payload": {"foo": "bar"}, "result": {"data": 1}},
            },
        })
    );
}

#[test]
fn a_written_result_of_a_pass_is_shown_as_such() {
    let pass = json!({"Type": "Pass", "Result": [1], "End": true});
    let reply = reply(&request(&pass, &json!({})));
    assert_eq!(reply["inspectionData"]["result"], json!([1]));
    assert_eq!(reply["output"], json!([1]));
}

#[test]
fn a_jsonpath_task_shows_every_filter_even_those_it_does_not_have() {
    let task =
        json!({"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:1:function:f", "End": true});
    let reply = reply(&with_result(&task, &json!({"n": 1}), &json!("done")));
    assert_eq!(
        reply["inspectionData"],
        json!({
            "input": {"n": 1}, "afterInputPath": {"n": 1}, "afterParameters": {"n": 1}, "result": "done",
            "afterResultSelector": "done", "afterResultPath": "done",
        })
    );
}

#[test]
fn a_jsonata_task_shows_its_arguments_and_its_result() {
    let task = json!({
        "Type": "Task", "QueryLanguage": "JSONata", "Resource": INVOKE, "End": true,
        "Arguments": {"FunctionName": "f", "Payload": "{% $states.input.n + 1 %}"},
        "Output": "{% $states.result.Payload %}",
    });
    let reply = reply(&with_result(
        &task,
        &json!({"n": 1}),
        &json!({"Payload": 5}),
    ));
    assert_eq!(reply["output"], 5);
    assert_eq!(
        reply["inspectionData"],
        json!({
            "input": {"n": 1}, "afterArguments": {"FunctionName": "f", "Payload": 2},
            "result": {"Payload": 5},
        })
    );
}

#[test]
fn a_choice_says_where_it_goes() {
    let choice = json!({
        "Type": "Choice", "Default": "Other",
        "Choices": [{"Variable": "$.n", "NumericGreaterThan": 3, "Next": "Many"}],
    });
    let next = |n: u32| reply(&request(&choice, &json!({ "n": n })));
    assert_eq!(next(4)["nextState"], "Many");
    assert_eq!(next(3)["nextState"], "Other");
    assert_eq!(shown(&next(3)), ["afterInputPath", "input"]);
}

#[test]
fn a_choice_without_a_way_fails() {
    let choice = json!({
        "Type": "Choice", "QueryLanguage": "JSONata",
        "Choices": [{"Condition": "{% $states.input.n > 3 %}", "Next": "Many"}],
    });
    let reply = reply(&request(&choice, &json!({"n": 1})));
    assert_eq!(reply["status"], "FAILED");
    assert_eq!(reply["error"], "States.NoChoiceMatched");
    assert_eq!(reply.get("nextState"), None);
    assert_eq!(reply.get("output"), None);
}

#[test]
fn a_wait_does_not_wait() {
    let wait = json!({"Type": "Wait", "Seconds": 86400, "Next": "B"});
    let reply = reply(&request(&wait, &json!({"a": 1})));
    assert_eq!(reply["status"], "SUCCEEDED");
    assert_eq!(reply["nextState"], "B");
    assert_eq!(reply["output"], json!({"a": 1}));
}

#[test]
fn a_wait_still_judges_its_time() {
    let wait = json!({"Type": "Wait", "SecondsPath": "$.nowhere", "Next": "B"});
    let reply = reply(&request(&wait, &json!({})));
    assert_eq!(reply["status"], "FAILED");
    let cause = reply["cause"].as_str().unwrap();
    assert!(
        cause.contains("'StateName'") && cause.contains("$.nowhere"),
        "{cause}"
    );
}

#[test]
fn succeed_and_fail_end_without_a_next_state() {
    let succeeded = reply(&request(
        &json!({"Type": "Succeed", "OutputPath": "$.a"}),
        &json!({"a": 1}),
    ));
    assert_eq!(
        (&succeeded["status"], &succeeded["output"]),
        (&json!("SUCCEEDED"), &json!(1))
    );
    let failed = reply(&request(
        &json!({"Type": "Fail", "Error": "Boom"}),
        &json!({"a": 1}),
    ));
    assert_eq!(
        failed,
        json!({"status": "FAILED", "error": "Boom", "inspectionData": {"input": {"a": 1}}})
    );
}

#[test]
fn a_parallel_shows_its_result_and_not_its_branches() {
    let branch = json!({"StartAt": "B", "States": {"B": {"Type": "Pass", "End": true}}});
    let other = json!({"StartAt": "C", "States": {"C": {"Type": "Pass", "End": true}}});
    let parallel = json!({"Type": "Parallel", "Branches": [branch, other], "End": true});
    let reply = reply(&with_result(&parallel, &json!({"k": 1}), &json!([1, 2])));
    assert_eq!(reply["output"], json!([1, 2]));
    assert_eq!(
        shown(&reply),
        ["afterResultPath", "afterResultSelector", "input"]
    );
}

#[test]
fn variables_come_in_and_those_assigned_are_shown_with_them() {
    let pass = json!({
        "Type": "Pass", "QueryLanguage": "JSONata", "End": true,
        "Output": "{% $a %}", "Assign": {"b": "{% $a + 1 %}"},
    });
    let mut asked = request(&pass, &json!({}));
    asked.variables = Some(r#"{"a": 1}"#.to_owned());
    let reply = reply(&asked);
    assert_eq!(reply["output"], 1);
    assert_eq!(
        reply["inspectionData"]["variables"],
        json!({"a": 1, "b": 2})
    );
}

#[test]
fn given_variables_are_shown_when_the_state_assigns_none() {
    let mut asked = request(&json!({"Type": "Succeed"}), &json!({}));
    asked.variables = Some(r#"{"a": [1]}"#.to_owned());
    assert_eq!(
        reply(&asked)["inspectionData"]["variables"],
        json!({"a": [1]})
    );
    asked.variables = Some("[1]".to_owned());
    assert!(refused(&asked).contains("variables"));
}

#[test]
fn a_task_without_a_mock_is_left_to_the_caller() {
    let task = json!({"Type": "Task", "Resource": INVOKE, "End": true, "Parameters": {"FunctionName": "f"}});
    let mut asked = request(&task, &json!({}));
    asked.role_arn = Some("arn:aws:iam::123456789012:role/r".to_owned());
    let (mut test, progress) = begun(&asked).unwrap();
    let Progress::Task(task) = progress else {
        panic!("{progress:?}")
    };
    assert_eq!(
        (&*task.input, &*task.resource),
        (r#"{"FunctionName":"f"}"#, INVOKE)
    );
    let done = crate::machine::Input::TaskSucceeded {
        task: task.task,
        output: "7".into(),
    };
    let reply = test.take(done, moment());
    assert_eq!(
        (reply.status, reply.output.as_deref()),
        (Status::Succeeded, Some("7"))
    );
}

#[test]
fn an_output_that_is_no_object_stays_as_it_was_written() {
    let branch = json!({"StartAt": "B", "States": {"B": {"Type": "Pass", "End": true}}});
    let parallel = json!({"Type": "Parallel", "Branches": [branch], "End": true});
    let mut asked = with_result(&parallel, &json!({}), &json!([]));
    asked.mock.as_mut().unwrap().result = Some("[ 1.0 ]".to_owned());
    let (_, progress) = begun(&asked).unwrap();
    let Progress::Done(reply) = progress else {
        panic!("{progress:?}")
    };
    assert_eq!(reply.output.as_deref(), Some("[ 1.0 ]"));
}
