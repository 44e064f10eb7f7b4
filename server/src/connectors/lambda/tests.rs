//! The connector against a function service on the loopback interface.

use super::*;
use asl::machine::TaskId;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response as Answer};
use axum::routing::post;

async fn function(Path(name): Path<String>, body: String) -> Answer {
    match name.as_str() {
        "echo" => (
            [
                ("x-amzn-requestid", "r1"),
                ("x-amz-executed-version", "$LATEST"),
            ],
            body,
        )
            .into_response(),
        "raise" => {
            let document = r#"{"errorMessage": "bad", "errorType": "ValueError"}"#;
            ([("x-amz-function-error", "Unhandled")], document).into_response()
        }
        _ => {
            let headers = [
                ("x-amzn-errortype", "ResourceNotFoundException"),
                ("x-amzn-requestid", "r2"),
            ];
            let document =
                format!(r#"{{"Message":"Function not found: {name}:$LATEST","Type":"User"}}"#);
            (StatusCode::NOT_FOUND, headers, document).into_response()
        }
    }
}

async fn endpoint() -> String {
    let routes =
        axum::Router::new().route("/2015-03-31/functions/{name}/invocations", post(function));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, routes).await });
    format!("http://{address}")
}

fn request(resource: &str, input: &Value) -> TaskRequest {
    TaskRequest {
        task: TaskId(1),
        state: "Train".into(),
        resource: resource.into(),
        input: input.to_string().into(),
        token: None,
        attempt: 0,
        timeout_seconds: None,
        heartbeat_seconds: None,
        role_arn: None,
    }
}

async fn answer(resource: &str, input: Value) -> TaskAnswer {
    Lambda::new(&endpoint().await)
        .unwrap()
        .work(request(resource, &input))
        .await
}

fn failure(answer: TaskAnswer) -> (String, String) {
    match answer {
        TaskAnswer::Failed { error, cause, .. } => (error.unwrap(), cause.unwrap()),
        TaskAnswer::Succeeded { output } | TaskAnswer::Submitted { output } => panic!("{output}"),
    }
}

const INVOKE: &str = "arn:aws:states:::lambda:invoke";

#[tokio::test]
async fn a_function_task_gives_the_payload_itself() {
    let answer = answer(
        "arn:aws:lambda:us-east-1:123456789012:function:echo",
        json!({"x": 1.0}),
    )
    .await;
    assert_eq!(
        answer,
        TaskAnswer::Succeeded {
            output: r#"{"x":1.0}"#.into()
        }
    );
}

#[tokio::test]
async fn an_invoke_task_gives_the_whole_document() {
    let answer = answer(INVOKE, json!({"FunctionName": "echo:3", "Payload": [1, 2]})).await;
    let TaskAnswer::Succeeded { output } = answer else {
        panic!("{answer:?}")
    };
    let document: Value = serde_json::from_str(&output).unwrap();
    let keys: Vec<_> = document
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        keys,
        [
            "ExecutedVersion",
            "Payload",
            "SdkHttpMetadata",
            "SdkResponseMetadata",
            "StatusCode"
        ]
    );
    assert_eq!(document["Payload"], json!([1, 2]));
    assert_eq!(document["SdkResponseMetadata"]["RequestId"], "r1");
    assert_eq!(document["SdkHttpMetadata"]["HttpStatusCode"], 200);
}

#[tokio::test]
async fn the_request_half_of_a_callback_is_submitted() {
    let resource = "arn:aws:states:::lambda:invoke.waitForTaskToken";
    let answer = answer(resource, json!({"FunctionName": "echo", "Payload": {}})).await;
    assert!(matches!(answer, TaskAnswer::Submitted { .. }), "{answer:?}");
}

#[tokio::test]
async fn an_error_document_is_verbatim_for_functions_and_compact_for_invoke() {
    let (error, cause) = failure(
        answer(
            "arn:aws:lambda:us-east-1:123456789012:function:raise",
            json!({}),
        )
        .await,
    );
    assert_eq!(
        (error.as_str(), cause.as_str()),
        (
            "ValueError",
            r#"{"errorMessage": "bad", "errorType": "ValueError"}"#
        )
    );
    let (error, cause) = failure(answer(INVOKE, json!({"FunctionName": "raise"})).await);
    assert_eq!(
        (error.as_str(), cause.as_str()),
        (
            "ValueError",
            r#"{"errorMessage":"bad","errorType":"ValueError"}"#
        )
    );
}

#[tokio::test]
async fn a_missing_function_is_named_as_aws_does() {
    let (error, cause) = failure(answer(INVOKE, json!({"FunctionName": "none"})).await);
    assert_eq!(error, "Lambda.ResourceNotFoundException");
    let expected = "Function not found: none:$LATEST (Service: AWSLambda; Status Code: 404; \
                    Error Code: ResourceNotFoundException; Request ID: r2; Proxy: null)";
    assert_eq!(cause, expected);
}

#[tokio::test]
async fn an_endpoint_that_is_not_there_is_named() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let lambda = Lambda::new(&endpoint).unwrap();
    let (error, cause) = failure(
        lambda
            .work(request(INVOKE, &json!({"FunctionName": "f"})))
            .await,
    );
    assert_eq!(error, "Lambda.SdkClientException");
    assert!(cause.contains(&endpoint), "{cause}");
}

#[test]
fn a_payload_is_json_or_a_text_that_holds_it() {
    assert_eq!(payload(&json!(null)), "");
    assert_eq!(payload(&json!("0.0")), "0.0");
    assert_eq!(payload(&json!("no json")), "\"no json\"");
    assert_eq!(payload(&json!({"a": [1]})), r#"{"a":[1]}"#);
}
