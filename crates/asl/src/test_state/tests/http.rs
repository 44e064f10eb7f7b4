use super::*;

fn task() -> Value {
    json!({
        "Type": "Task", "Resource": "arn:aws:states:::http:invoke", "End": true,
        "Parameters": {
            "ApiEndpoint": "https://example.com/v1", "Method": "POST",
            "Authentication": {"ConnectionArn": "arn:aws:events:us-east-1:123456789012:connection/c/1"},
            "Headers": {"X-Kind": "a"}, "QueryParameters": {"q": ["x", "y"]},
            "RequestBody": {"n.$": "$.n"},
        },
    })
}

fn answer() -> Value {
    json!({"StatusCode": 200, "StatusText": "OK", "Headers": {"date": ["now"]}, "ResponseBody": {"ok": true}})
}

#[test]
fn the_level_trace_shows_what_is_sent_and_what_comes_back() {
    let mut asked = with_result(&task(), &json!({"n": 1}), &answer());
    asked.inspection_level = InspectionLevel::Trace;
    let reply = reply(&asked);
    assert_eq!(
        reply["inspectionData"]["request"],
        json!({
            "protocol": "https", "method": "POST", "url": "https://example.com/v1?q=x&q=y",
            "headers": "[X-Kind: a]", "body": {"n": 1},
        })
    );
    assert_eq!(
        reply["inspectionData"]["response"],
        json!({
            "protocol": "https", "statusCode": 200, "statusMessage": "OK", "headers": "[date: now]",
            "body": {"ok": true},
        })
    );
}

#[test]
fn other_levels_and_other_tasks_show_neither() {
    let reply = reply(&with_result(&task(), &json!({"n": 1}), &answer()));
    assert_eq!(reply["inspectionData"].get("request"), None);
    let other = json!({"Type": "Task", "Resource": INVOKE, "End": true, "Parameters": {"FunctionName": "f"}});
    let mut asked = with_result(&other, &json!({}), &json!({}));
    asked.inspection_level = InspectionLevel::Trace;
    assert_eq!(super::reply(&asked)["inspectionData"].get("request"), None);
}

#[test]
fn a_failed_call_shows_what_was_sent() {
    let mut asked = with_error(&task(), &json!({"n": 1}), "States.Http.StatusCode.500");
    asked.inspection_level = InspectionLevel::Trace;
    let data = &reply(&asked)["inspectionData"];
    assert!(data["request"].is_object());
    assert_eq!(data.get("response"), None);
}
