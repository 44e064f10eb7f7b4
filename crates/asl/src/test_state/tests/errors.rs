use super::*;

fn task() -> Value {
    json!({
        "Type": "Task", "Resource": INVOKE, "QueryLanguage": "JSONata", "End": true,
        "Arguments": {"FunctionName": "f"},
        "Retry": [
            {"ErrorEquals": ["Other"]},
            {"ErrorEquals": ["Busy"], "IntervalSeconds": 2, "BackoffRate": 2.0, "MaxAttempts": 3, "MaxDelaySeconds": 7},
        ],
        "Catch": [
            {"ErrorEquals": ["Never"], "Next": "A"},
            {"ErrorEquals": ["States.ALL"], "Next": "B", "Output": "{% $states.errorOutput %}"},
        ],
    })
}

fn after(retries: u64) -> Value {
    let mut asked = with_error(&task(), &json!({}), "Busy");
    asked.configuration.retrier_retry_count = Some(retries);
    reply(&asked)
}

#[test]
fn an_error_that_a_retrier_takes_is_retriable() {
    assert_eq!(
        after(0),
        json!({
            "status": "RETRIABLE", "error": "Busy", "cause": "because",
            "inspectionData": {
                "input": {}, "afterArguments": {"FunctionName": "f"},
                "errorDetails": {"retryIndex": 1, "retryBackoffIntervalSeconds": 2},
            },
        })
    );
}

#[test]
fn the_delay_grows_with_the_retries_that_were_made_up_to_its_limit() {
    let delay = |retries| {
        after(retries)["inspectionData"]["errorDetails"]["retryBackoffIntervalSeconds"].clone()
    };
    assert_eq!((delay(1), delay(2)), (json!(4), json!(7)));
}

#[test]
fn an_error_whose_retrier_is_used_up_goes_to_a_catcher() {
    let reply = after(3);
    assert_eq!(reply["status"], "CAUGHT_ERROR");
    assert_eq!(reply["nextState"], "B");
    assert_eq!(
        reply["output"],
        json!({"Error": "Busy", "Cause": "because"})
    );
    assert_eq!(
        reply["inspectionData"]["errorDetails"],
        json!({"catchIndex": 1})
    );
}

#[test]
fn the_state_sees_how_often_it_was_tried() {
    let mut task = task();
    task["Arguments"]["Payload"] = json!("{% $states.context.State.RetryCount %}");
    let mut asked = with_error(&task, &json!({}), "Busy");
    asked.configuration.retrier_retry_count = Some(2);
    let reply = reply(&asked);
    assert_eq!(reply["inspectionData"]["afterArguments"]["Payload"], 2);
}

#[test]
fn an_error_that_nobody_takes_fails_the_state_without_details() {
    let task = json!({"Type": "Task", "Resource": INVOKE, "End": true, "Parameters": {"FunctionName": "f"}});
    let reply = reply(&with_error(&task, &json!({}), "Boom"));
    assert_eq!(
        (&reply["status"], &reply["error"]),
        (&json!("FAILED"), &json!("Boom"))
    );
    assert_eq!(
        shown(&reply),
        ["afterInputPath", "afterParameters", "input"]
    );
}

#[test]
fn what_a_catcher_puts_together_is_the_output_and_no_stage_of_the_state() {
    let task = json!({
        "Type": "Task", "Resource": INVOKE, "End": true, "Parameters": {"FunctionName": "f"},
        "Catch": [{"ErrorEquals": ["Boom"], "ResultPath": "$.error", "Next": "B"}],
    });
    let reply = reply(&with_error(&task, &json!({"a": 1}), "Boom"));
    let error = json!({"Error": "Boom", "Cause": "because"});
    assert_eq!(reply["output"], json!({"a": 1, "error": error}));
    assert_eq!(
        shown(&reply),
        ["afterInputPath", "afterParameters", "errorDetails", "input"]
    );
}

#[test]
fn a_mocked_error_without_a_name_is_taken_by_all() {
    let mut asked = with_error(&task(), &json!({}), "x");
    asked.mock.as_mut().unwrap().error_output = Some(ErrorOutput::default());
    let reply = reply(&asked);
    assert_eq!(reply["status"], "CAUGHT_ERROR");
    assert_eq!(reply["output"], json!({"Error": null, "Cause": null}));
    assert_eq!(reply.get("error"), None);
}

#[test]
fn a_field_that_cannot_be_evaluated_fails_the_state() {
    let pass = json!({"Type": "Pass", "Parameters": {"x.$": "$.nowhere"}, "End": true});
    let reply = reply(&request(&pass, &json!({"a": 1})));
    assert_eq!(
        (&reply["status"], &reply["error"]),
        (&json!("FAILED"), &json!("States.Runtime"))
    );
    assert_eq!(shown(&reply), ["afterInputPath", "input"]);
}

#[test]
fn an_expression_that_fails_can_be_caught() {
    let mut task = task();
    task["Output"] = json!("{% $states.result.none %}");
    let reply = reply(&with_result(&task, &json!({}), &json!({"Payload": 1})));
    assert_eq!(reply["status"], "CAUGHT_ERROR");
    assert_eq!(reply["error"], "States.QueryEvaluationError");
}
