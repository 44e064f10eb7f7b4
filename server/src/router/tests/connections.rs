//! Connections by EventBridge's API, and HTTP tasks that use them.

use super::{ROLE, Server, text};
use crate::config::AllowedHost;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};

impl Server {
    /// One request of EventBridge's API: the status and the body.
    async fn events(&self, operation: &str, request: &Value) -> (StatusCode, Value) {
        let request = Request::post("/")
            .header("host", "127.0.0.1:8080")
            .header("content-type", "application/x-amz-json-1.1")
            .header("x-amz-target", format!("AWSEvents.{operation}"))
            .body(request.to_string().into());
        let answer = self.send(request.unwrap()).await;
        (answer.status, answer.json())
    }

    /// One that succeeds.
    async fn connects(&self, operation: &str, request: &Value) -> Value {
        let (status, answer) = self.events(operation, request).await;
        assert_eq!(status, StatusCode::OK, "{operation}: {answer}");
        answer
    }

    /// One that is refused; the error's name.
    async fn disconnects(&self, operation: &str, request: &Value) -> String {
        let (status, answer) = self.events(operation, request).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{operation}: {answer}");
        text(&answer, "__type")
    }
}

fn basic(name: &str, password: &str) -> Value {
    json!({
        "Name": name, "AuthorizationType": "BASIC",
        "AuthParameters": {"BasicAuthParameters": {"Username": "me", "Password": password}},
    })
}

#[tokio::test]
async fn a_connection_is_made_shown_changed_and_deleted() {
    let server = Server::start().await;
    let made = server
        .connects("CreateConnection", &basic("api", "hush-1"))
        .await;
    let arn = text(&made, "ConnectionArn");
    assert!(
        arn.starts_with("arn:aws:events:eu-west-1:123456789012:connection/api/"),
        "{arn}"
    );
    assert_eq!(made["ConnectionState"], "AUTHORIZED");
    let twice = server
        .disconnects("CreateConnection", &basic("api", "x"))
        .await;
    assert_eq!(twice, "ResourceAlreadyExistsException");
    let change = json!({
        "Name": "api", "Description": "d",
        "AuthParameters": {"InvocationHttpParameters": {"HeaderParameters": [{"Key": "h", "Value": "hush-2", "IsValueSecret": true}]}},
    });
    assert_eq!(
        server.connects("UpdateConnection", &change).await["ConnectionArn"],
        arn
    );
    let name = json!({"Name": "api"});
    let shown = server.connects("DescribeConnection", &name).await;
    assert_eq!(
        (&shown["Description"], &shown["AuthorizationType"]),
        (&json!("d"), &json!("BASIC"))
    );
    assert_eq!(
        shown["AuthParameters"],
        json!({
            "BasicAuthParameters": {"Username": "me"},
            "InvocationHttpParameters": {
                "HeaderParameters": [{"Key": "h", "IsValueSecret": true}],
                "QueryStringParameters": [], "BodyParameters": [],
            },
        })
    );
    assert_eq!(
        server.connects("DeleteConnection", &name).await["ConnectionState"],
        "DELETING"
    );
    for operation in ["DescribeConnection", "DeleteConnection", "UpdateConnection"] {
        assert_eq!(
            server.disconnects(operation, &name).await,
            "ResourceNotFoundException"
        );
    }
}

#[tokio::test]
async fn connections_come_page_by_page_in_the_order_of_their_names() {
    let server = Server::start().await;
    for name in ["b", "a2", "a1"] {
        server.connects("CreateConnection", &basic(name, "x")).await;
    }
    let (mut names, mut token) = (Vec::new(), Value::Null);
    loop {
        let request = json!({"NamePrefix": "a", "Limit": 1, "NextToken": token});
        let page = server.connects("ListConnections", &request).await;
        names.push(text(&page["Connections"][0], "Name"));
        token = page["NextToken"].clone();
        if token.is_null() {
            break;
        }
    }
    assert_eq!(names, ["a1", "a2"]);
    let gone = json!({"ConnectionState": "DEAUTHORIZED"});
    assert_eq!(
        server.connects("ListConnections", &gone).await["Connections"],
        json!([])
    );
}

#[tokio::test]
async fn bad_requests_are_refused_without_repeating_secrets() {
    let server = Server::start().await;
    let mut nameless = basic("a b", "hush");
    assert_eq!(
        server.disconnects("CreateConnection", &nameless).await,
        "ValidationException"
    );
    nameless["Name"] = Value::Null;
    assert_eq!(
        server.disconnects("CreateConnection", &nameless).await,
        "ValidationException"
    );
    for parameters in [
        json!({}),
        json!({"BasicAuthParameters": {"Username": "hush"}}),
        json!({"BasicAuthParameters": {"Username": "me", "Password": "hush".repeat(200)}}),
        json!({"ApiKeyAuthParameters": {"ApiKeyName": "n", "ApiKeyValue": "hush"}}),
    ] {
        let mut request = basic("api", "x");
        request["AuthParameters"] = parameters;
        let (status, answer) = server.events("CreateConnection", &request).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert!(!answer.to_string().contains("hush"), "{answer}");
    }
    let other = server.disconnects("PutEvents", &json!({})).await;
    assert_eq!(other, "UnknownOperationException");
    let states = server.disconnects("ListStateMachines", &json!({})).await;
    assert_eq!(states, "UnknownOperationException");
}

/// An API that answers with the authorization it was sent, on the loopback interface.
async fn api() -> std::net::SocketAddr {
    let routes = axum::Router::new().fallback(|headers: axum::http::HeaderMap| async move {
        let is_known = headers
            .get("authorization")
            .is_some_and(|it| it == "Basic bWU6aHVzaA==");
        if is_known {
            StatusCode::OK
        } else {
            StatusCode::FORBIDDEN
        }
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, routes).await });
    address
}

#[tokio::test]
async fn an_http_task_uses_its_connection_and_the_secret_is_nowhere_to_be_read() {
    let address = api().await;
    let allow = AllowedHost::parse(&address.to_string()).unwrap();
    let server = Server::start_with(|config| config.http_allow = vec![allow]).await;
    let made = server
        .connects("CreateConnection", &basic("api", "hush"))
        .await;
    let task = json!({
        "Type": "Task", "Resource": "arn:aws:states:::http:invoke", "End": true,
        "Parameters": {
            "ApiEndpoint": format!("http://{address}/"), "Method": "GET",
            "Authentication": {"ConnectionArn": made["ConnectionArn"]},
        },
    });
    let definition = json!({"StartAt": "A", "States": {"A": task}}).to_string();
    let machine = server.machine("calls", &definition).await;
    let execution = server.execution(&machine, &json!({})).await;
    let described = server.end_of(&execution).await;
    assert_eq!(described["status"], "SUCCEEDED", "{described}");
    let history = server
        .ok("GetExecutionHistory", json!({"executionArn": execution}))
        .await;
    assert!(!history.to_string().contains("hush") && !history.to_string().contains("bWU6aHVzaA"));
    for is_revealed in [false, true] {
        let request = json!({
            "definition": task.to_string(), "roleArn": ROLE, "inspectionLevel": "TRACE", "input": "{}",
            "revealSecrets": is_revealed,
        });
        let tested = server.ok("TestState", request).await;
        assert_eq!(tested["inspectionData"]["response"]["statusCode"], "200");
        let sent = text(&tested["inspectionData"]["request"], "headers");
        assert!(
            sent.contains("user-agent: Amazon|StepFunctions|HttpInvoke|eu-west-1"),
            "{sent}"
        );
        assert_eq!(sent.contains("bWU6aHVzaA"), is_revealed, "{sent}");
    }
    server.app.engine.shut_down().await;
    let files = bytes_of(server.folder.path());
    let holds = |text: &str| {
        let text = text.as_bytes();
        files
            .iter()
            .any(|bytes| bytes.windows(text.len()).any(|window| window == text))
    };
    assert!(holds(":connection/api/"), "the search finds what is there");
    assert!(!holds("hush") && !holds("bWU6aHVzaA"));
}

/// What all files of a folder hold.
fn bytes_of(folder: &std::path::Path) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(bytes_of(&path));
        } else {
            found.push(std::fs::read(&path).unwrap());
        }
    }
    found
}

#[tokio::test]
async fn a_connection_outlives_a_restart_and_is_useless_with_another_key() {
    let server = Server::start().await;
    let made = server
        .connects("CreateConnection", &basic("api", "hush"))
        .await;
    let arn = text(&made, "ConnectionArn");
    assert!(server.app.connections.open(&arn).await.is_ok());
    let mut config = server.app.config.clone();
    let again = crate::connections::Connections::new(&config, server.app.store.clone());
    assert!(again.open(&arn).await.is_ok());
    config.secret_key = crate::connections::SecretKey::parse(&"07".repeat(32));
    let other = crate::connections::Connections::new(&config, server.app.store.clone());
    let message = other.open(&arn).await.err().unwrap().to_string();
    assert!(
        message.contains("another key") && !message.contains("hush"),
        "{message}"
    );
    let wanted = |parameters: Option<Value>| crate::connections::Wanted {
        name: "api".into(),
        description: None,
        authorization: Some(crate::connections::Authorization::Basic),
        parameters,
    };
    assert!(other.update(wanted(None), 2).await.is_err());
    let given = basic("api", "anew")["AuthParameters"].clone();
    other.update(wanted(Some(given)), 2).await.unwrap();
    assert!(other.open(&arn).await.is_ok());
}

#[tokio::test]
async fn a_resource_that_is_none_is_refused_when_the_machine_is_made() {
    let server = Server::start().await;
    for resource in ["arn:aws:states:::nonsense", "nowhere"] {
        let definition = json!({"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": resource, "End": true}}});
        let request = json!({"name": "m", "definition": definition.to_string(), "roleArn": ROLE});
        let (code, _) = server.refused("CreateStateMachine", request).await;
        assert_eq!(code, "InvalidDefinition", "{resource}");
    }
    let task = json!({"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "Parameters": {"JobName": "j"}, "End": true});
    let definition = json!({"StartAt": "A", "States": {"A": task}}).to_string();
    let machine = server.machine("m", &definition).await;
    let execution = server.execution(&machine, &json!({})).await;
    let described = server.end_of(&execution).await;
    assert_eq!(described["status"], "FAILED");
    let cause = text(&described, "cause");
    assert!(
        cause.contains("does not call Glue") && cause.contains("sample results"),
        "{cause}"
    );
}
