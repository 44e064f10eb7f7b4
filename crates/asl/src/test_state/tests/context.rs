use super::*;

fn task() -> Value {
    json!({
        "Type": "Task", "QueryLanguage": "JSONata", "Resource": INVOKE, "End": true,
        "Arguments": {"FunctionName": "f"}, "Output": "{% $states.context %}",
    })
}

fn seen(definition: &Value, context: Option<Value>) -> Value {
    let mut asked = with_result(definition, &json!({"a": 1}), &json!({}));
    asked.role_arn = Some("arn:aws:iam::123456789012:role/r".to_owned());
    asked.context = context.map(|context| context.to_string());
    reply(&asked)["output"].clone()
}

fn refusal(definition: &Value, context: &str) -> String {
    let mut asked = with_result(definition, &json!({}), &json!({}));
    asked.context = Some(context.to_owned());
    let text = refused(&asked);
    text.strip_prefix("Invalid Context object provided: ")
        .unwrap()
        .to_owned()
}

#[test]
fn a_lone_state_sees_an_express_execution() {
    let machine = "arn:aws:states:eu-west-1:123456789012:stateMachine:machine";
    assert_eq!(
        seen(&task(), None).to_string(),
        json!({
            "Execution": {
                "Id": "arn:aws:states:eu-west-1:123456789012:express:machine:execution",
                "Input": {"a": 1}, "Name": "execution",
                "RoleArn": "arn:aws:iam::123456789012:role/r",
                "StartTime": "2023-11-14T22:13:20Z",
            },
            "StateMachine": {"Id": machine, "Name": "machine"},
            "State": {"Name": "StateName", "EnteredTime": "2023-11-14T22:13:20Z", "RetryCount": 0},
        })
        .to_string()
    );
}

#[test]
fn given_members_take_the_place_of_the_usual_ones() {
    let given = json!({"Execution": {"Name": "mine"}, "State": {"RetryCount": 3}});
    let seen = seen(&task(), Some(given));
    assert_eq!(seen["Execution"]["Name"], "mine");
    assert_eq!(seen["Execution"]["Input"], json!({"a": 1}));
    assert_eq!(
        (&seen["State"]["Name"], &seen["State"]["RetryCount"]),
        (&json!("StateName"), &json!(3))
    );
}

#[test]
fn a_callback_has_a_token_and_a_given_one_counts() {
    let mut task = task();
    task["Resource"] = json!("arn:aws:states:::lambda:invoke.waitForTaskToken");
    task["Arguments"]["Payload"] = json!("{% $states.context.Task.Token %}");
    let token = |context| {
        let mut asked = with_result(&task, &json!({}), &json!({}));
        asked.context = context;
        reply(&asked)["inspectionData"]["afterArguments"]["Payload"].clone()
    };
    assert_eq!(token(None).as_str().map(str::len), Some(64));
    assert_eq!(
        token(Some(r#"{"Task": {"Token": "mine"}}"#.to_owned())),
        "mine"
    );
}

#[test]
fn members_of_the_wrong_type_are_refused() {
    for (context, expected) in [
        (
            r#"{"Execution": {"Id": 1}}"#,
            "Execution.Id must be a string",
        ),
        (
            r#"{"Execution": {"Name": {}}}"#,
            "Execution.Name must be a string",
        ),
        (
            r#"{"StateMachine": {"Name": null}}"#,
            "StateMachine.Name must be a string",
        ),
        (
            r#"{"State": {"RetryCount": "1"}}"#,
            "State.RetryCount must be a number",
        ),
        (r#"{"State": []}"#, "State must be an object"),
    ] {
        assert_eq!(refusal(&task(), context), expected);
    }
}

#[test]
fn members_that_do_not_exist_are_refused() {
    for (context, expected) in [
        (r#"{"Pokedex": {}}"#, "Field 'Pokedex' is not allowed"),
        (
            r#"{"Execution": {"pokemon": 1}}"#,
            "Field 'pokemon' is not allowed",
        ),
        (
            r#"{"Map": {}}"#,
            "'Map' field is not supported when mocking a Context object",
        ),
    ] {
        assert_eq!(refusal(&task(), context), expected);
    }
    assert!(refusal(&task(), r#"{"Task": {"Token": "t"}}"#).contains("'Task'"));
    for context in ["[]", "{", "1"] {
        assert!(refusal(&task(), context).contains("JSON object"));
    }
}
