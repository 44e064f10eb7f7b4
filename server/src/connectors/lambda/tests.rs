//! The connector against a function service on the loopback interface.

use super::*;
use asl::machine::TaskId;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response as Answer};
use axum::routing::post;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

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

/// An endpoint that answers each request with these bytes and closes the connection, or never answers.
async fn raw_endpoint(answer: Option<Vec<u8>>) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            // The client's request fits one read; what it says does not matter.
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await;
            match &answer {
                Some(bytes) => drop(stream.write_all(bytes).await),
                None => std::future::pending().await,
            }
        }
    });
    format!("http://{address}")
}

fn response(content_type: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let mut response = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\ncontent-length: {length}\r\n\r\n"
    )
    .into_bytes();
    response.extend_from_slice(body);
    response
}

async fn raw_answer(resource: &str, bytes: Vec<u8>) -> TaskAnswer {
    let lambda = Lambda::new(&raw_endpoint(Some(bytes)).await).unwrap();
    lambda
        .work(request(resource, &json!({"FunctionName": "f"})))
        .await
}

fn output(answer: TaskAnswer) -> Value {
    match answer {
        TaskAnswer::Succeeded { output } => serde_json::from_str(&output).unwrap(),
        other => panic!("{other:?}"),
    }
}

const FUNCTION: &str = "arn:aws:lambda:us-east-1:123456789012:function:f";
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

#[tokio::test]
async fn an_answer_of_ten_megabytes_is_refused_as_lambda_refuses_it() {
    let body = json!("x".repeat(10 * 1024 * 1024)).to_string();
    for resource in [FUNCTION, INVOKE] {
        let bytes = response("application/json", body.as_bytes());
        let (error, cause) = failure(raw_answer(resource, bytes).await);
        assert_eq!(error, "Function.ResponseSizeTooLarge");
        let document: Value = serde_json::from_str(&cause).unwrap();
        assert_eq!(document["errorType"], error);
    }
}

#[tokio::test]
async fn a_function_that_never_answers_ends_at_the_limit_of_a_call() {
    let endpoint = raw_endpoint(None).await;
    let lambda = Lambda::with_limit(&endpoint, Duration::from_millis(50)).unwrap();
    let (error, cause) = failure(lambda.work(request(FUNCTION, &json!({}))).await);
    assert_eq!(error, "Lambda.SdkClientException");
    assert!(
        cause.contains(&endpoint) && cause.contains("timed out"),
        "{cause}"
    );
}

/// An endpoint that sends these bytes one by one and then goes on saying nothing.
async fn dripping_endpoint(answer: Vec<u8>) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.set_nodelay(true).unwrap();
        let mut request = [0; 4096];
        let _ = stream.read(&mut request).await;
        for byte in answer {
            stream.write_all(&[byte]).await.unwrap();
            tokio::task::yield_now().await;
        }
        std::future::pending::<()>().await;
    });
    format!("http://{address}")
}

#[tokio::test]
async fn an_answer_that_comes_byte_by_byte_is_read_to_its_end_or_to_the_limit_of_a_call() {
    let whole = response("application/json", br#"{"a": 1}"#);
    let endpoint = dripping_endpoint(whole.clone()).await;
    let lambda = Lambda::new(&endpoint).unwrap();
    let answer = lambda.work(request(FUNCTION, &json!({}))).await;
    assert_eq!(output(answer), json!({"a": 1}));
    let endpoint = dripping_endpoint(whole[..whole.len() - 1].to_vec()).await;
    let lambda = Lambda::with_limit(&endpoint, Duration::from_millis(200)).unwrap();
    let (error, _) = failure(lambda.work(request(FUNCTION, &json!({}))).await);
    assert_eq!(error, "Lambda.SdkClientException");
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_a_failure_of_the_call() {
    let whole = response("application/json", br#"{"a": 1}"#);
    for length in [0, 20, whole.len() - 3] {
        let (error, _) = failure(raw_answer(FUNCTION, whole[..length].to_vec()).await);
        assert_eq!(error, "Lambda.SdkClientException", "after {length} bytes");
    }
}

#[tokio::test]
async fn an_answer_that_is_no_json_is_a_text_and_none_is_null() {
    for (body, expected) in [
        (&b"{\"a\": "[..], json!("{\"a\": ")),
        (b"hello", json!("hello")),
        (b"\xff", json!("\u{fffd}")),
        (b"", Value::Null),
    ] {
        let bytes = response("application/json", body);
        assert_eq!(output(raw_answer(FUNCTION, bytes.clone()).await), expected);
        let payload = output(raw_answer(INVOKE, bytes).await)["Payload"].clone();
        assert_eq!(payload, expected);
    }
}

#[tokio::test]
async fn json_is_read_whatever_its_content_type() {
    for kind in ["text/html", "application/octet-stream", "nonsense"] {
        let bytes = response(kind, br#"{"a": 1}"#);
        assert_eq!(output(raw_answer(FUNCTION, bytes).await), json!({"a": 1}));
    }
}
