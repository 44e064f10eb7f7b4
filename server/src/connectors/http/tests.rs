//! HTTP tasks against an API and an authorization endpoint on the loopback interface.

use super::*;
use crate::config::Config;
use crate::connections::Wanted;
use crate::store::Store;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response as Answer};
use serde_json::{Value, json};
use std::sync::Mutex;

/// What the API saw: method, address, headers and body of each request.
#[derive(Debug, Default)]
struct Api {
    seen: Mutex<Vec<Seen>>,
}

#[derive(Debug, Clone)]
struct Seen {
    line: String,
    headers: axum::http::HeaderMap,
    body: String,
}

async fn api(State(api): State<Arc<Api>>, request: Request) -> Answer {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let count = {
        let mut seen = api.seen.lock().unwrap();
        seen.push(Seen {
            line: format!("{} {}", parts.method, parts.uri),
            headers: parts.headers.clone(),
            body: String::from_utf8(body.to_vec()).unwrap(),
        });
        seen.iter().filter(|it| it.line.contains("/token")).count()
    };
    let authorization = parts.headers.get("authorization");
    match parts.uri.path() {
        "/json" => (
            [("x-a", "1"), ("content-type", "application/json")],
            r#"{"n": 1}"#,
        )
            .into_response(),
        "/text" => ([(header::CONTENT_TYPE, "text/plain")], "12").into_response(),
        "/missing" => (StatusCode::NOT_FOUND, "secret details").into_response(),
        "/moved" => (StatusCode::FOUND, [(header::LOCATION, "/json")]).into_response(),
        "/binary" => ([(header::CONTENT_TYPE, "application/octet-stream")], "x").into_response(),
        "/latin" => (
            [(header::CONTENT_TYPE, "text/plain")],
            Body::from(&b"\xe9"[..]),
        )
            .into_response(),
        "/long" => "x".repeat(262_145).into_response(),
        "/slow" => std::future::pending().await,
        "/token" => axum::Json(json!({"access_token": format!("t{count}"), "expires_in": 3600}))
            .into_response(),
        "/no-token" => (StatusCode::FORBIDDEN, "hush").into_response(),
        "/guarded" if authorization.is_some_and(|it| it == "Bearer t2") => "in".into_response(),
        "/guarded" => StatusCode::UNAUTHORIZED.into_response(),
        _ => StatusCode::NO_CONTENT.into_response(),
    }
}

struct World {
    api: Arc<Api>,
    /// Base address of the API.
    base: String,
    connections: Connections,
    _folder: tempfile::TempDir,
}

impl World {
    async fn new() -> Self {
        let api = Arc::new(Api::default());
        let routes = axum::Router::new()
            .fallback(self::api)
            .with_state(Arc::clone(&api));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, routes).await });
        let folder = tempfile::tempdir().unwrap();
        let variable = |_: &str| None;
        let config = Config::gather(Some(folder.path().to_owned()), None, &variable).unwrap();
        let store = Store::open(folder.path()).unwrap();
        Self {
            api,
            base: format!("http://{address}"),
            connections: Connections::new(&config, store),
            _folder: folder,
        }
    }

    fn tasks(&self, limit: Duration) -> HttpTasks {
        let host = AllowedHost::parse(self.base.trim_start_matches("http://")).unwrap();
        HttpTasks::with_limit(&[host], "eu-west-1", self.connections.clone(), limit)
    }

    /// The ARN of a new connection.
    async fn connection(&self, authorization: Authorization, parameters: Value) -> String {
        let wanted = Wanted {
            name: "c".into(),
            description: None,
            authorization: Some(authorization),
            parameters: Some(parameters),
        };
        self.connections
            .create(wanted, authorization, 1)
            .await
            .unwrap()
            .arn
    }

    async fn basic(&self) -> String {
        let parameters = json!({"BasicAuthParameters": {"Username": "me", "Password": "hush"}});
        self.connection(Authorization::Basic, parameters).await
    }

    fn input(&self, connection: &str, path: &str, more: &Value) -> String {
        let mut input = json!({
            "ApiEndpoint": format!("{}{path}", self.base), "Method": "POST",
            "Authentication": {"ConnectionArn": connection},
        });
        for (name, value) in more.as_object().into_iter().flatten() {
            input[name] = value.clone();
        }
        input.to_string()
    }

    async fn call(&self, connection: &str, path: &str, more: &Value) -> TaskAnswer {
        let input = self.input(connection, path, more);
        self.tasks(TIME_LIMIT).0.work(&input, None).await
    }

    fn last(&self) -> Seen {
        self.api.seen.lock().unwrap().last().unwrap().clone()
    }
}

fn output(answer: TaskAnswer) -> Value {
    match answer {
        TaskAnswer::Succeeded { output } => serde_json::from_str(&output).unwrap(),
        other => panic!("{other:?}"),
    }
}

fn failure(answer: TaskAnswer) -> (String, String) {
    match answer {
        TaskAnswer::Failed { error, cause, .. } => (error.unwrap(), cause.unwrap()),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_answer_has_its_headers_body_and_status() {
    let world = World::new().await;
    let connection = world.basic().await;
    let answer = output(world.call(&connection, "/json", &json!({})).await);
    let members: Vec<&str> = answer
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        members,
        ["Headers", "ResponseBody", "StatusCode", "StatusText"]
    );
    assert_eq!(answer["Headers"]["x-a"], json!(["1"]));
    assert_eq!(
        (&answer["ResponseBody"], &answer["StatusCode"]),
        (&json!({"n": 1}), &json!(200))
    );
    assert_eq!(answer["StatusText"], "OK");
    let text = output(world.call(&connection, "/text", &json!({})).await);
    assert_eq!(text["ResponseBody"], "12");
    let empty = output(world.call(&connection, "/empty", &json!({})).await);
    assert_eq!(
        (&empty["ResponseBody"], &empty["StatusCode"]),
        (&json!(""), &json!(204))
    );
}

#[tokio::test]
async fn a_request_carries_what_the_task_and_its_connection_say() {
    let world = World::new().await;
    let connection = world
        .connection(
            Authorization::ApiKey,
            json!({
                "ApiKeyAuthParameters": {"ApiKeyName": "X-Key", "ApiKeyValue": "hush"},
                "InvocationHttpParameters": {"QueryStringParameters": [{"Key": "q", "Value": "1"}]},
            }),
        )
        .await;
    let more = json!({
        "RequestBody": {"a": [1, 2]}, "QueryParameters": {"q": "0", "p": "x y"},
        "Transform": {"RequestBodyEncoding": "URL_ENCODED", "RequestEncodingOptions": {"ArrayFormat": "BRACKETS"}},
    });
    output(world.call(&connection, "/json", &more).await);
    let seen = world.last();
    assert_eq!(seen.line, "POST /json?p=x%20y&q=1");
    assert_eq!(seen.body, "a%5B%5D=1&a%5B%5D=2");
    for (name, value) in [
        ("x-key", "hush"),
        ("content-type", "application/x-www-form-urlencoded"),
        ("user-agent", "Amazon|StepFunctions|HttpInvoke|eu-west-1"),
    ] {
        assert_eq!(seen.headers[name], value);
    }
}

#[tokio::test]
async fn a_password_is_sent_and_appears_nowhere_else() {
    let world = World::new().await;
    let connection = world.basic().await;
    let answer = format!("{:?}", world.call(&connection, "/json", &json!({})).await);
    assert_eq!(world.last().headers["authorization"], "Basic bWU6aHVzaA==");
    assert!(
        !answer.contains("hush") && !answer.contains("bWU6aHVzaA"),
        "{answer}"
    );
}

#[tokio::test]
async fn a_status_that_is_no_success_is_an_error_with_its_words_alone() {
    let world = World::new().await;
    let connection = world.basic().await;
    for (path, error, cause) in [
        ("/missing", "States.Http.StatusCode.404", "Not Found"),
        ("/moved", "States.Http.StatusCode.302", "Found"),
    ] {
        let failed = failure(world.call(&connection, path, &json!({})).await);
        assert_eq!(failed, (error.to_owned(), cause.to_owned()));
    }
    assert_eq!(world.last().line, "POST /moved");
}

#[tokio::test]
async fn answers_that_are_no_text_or_too_long_are_refused() {
    let world = World::new().await;
    let connection = world.basic().await;
    for (path, error) in [
        ("/binary", "States.Runtime"),
        ("/latin", "States.Runtime"),
        ("/long", "States.DataLimitExceeded"),
    ] {
        let failed = failure(world.call(&connection, path, &json!({})).await);
        assert_eq!(failed.0, error, "{path}");
    }
}

#[tokio::test]
async fn an_api_that_never_answers_or_is_not_there_is_a_socket_error_without_its_query() {
    let world = World::new().await;
    let connection = world.basic().await;
    let input = world.input(&connection, "/slow", &json!({}));
    let tasks = world.tasks(Duration::from_millis(200));
    let (error, cause) = failure(tasks.0.work(&input, None).await);
    assert_eq!(error, "States.Http.Socket");
    assert!(cause.contains("timed out"), "{cause}");
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let gone = listener.local_addr().unwrap();
    drop(listener);
    let host = AllowedHost::parse(&gone.to_string()).unwrap();
    let tasks = HttpTasks::new(&[host], "eu-west-1", world.connections.clone());
    let more =
        json!({"ApiEndpoint": format!("http://{gone}/"), "QueryParameters": {"key": "hush"}});
    let input = world.input(&connection, "/", &more);
    let (error, cause) = failure(tasks.0.work(&input, None).await);
    assert_eq!(error, "States.Http.Socket");
    assert!(!cause.contains("hush"), "{cause}");
}

#[tokio::test]
async fn a_private_address_is_not_called_unless_it_is_allowed() {
    let world = World::new().await;
    let connection = world.basic().await;
    let host = AllowedHost::parse("localhost:2").unwrap();
    let tasks = HttpTasks::new(&[host], "eu-west-1", world.connections.clone());
    for endpoint in [
        world.base.clone(),
        "https://localhost:1/".into(),
        "https://169.254.169.254/".into(),
    ] {
        let input = world.input(&connection, "/", &json!({"ApiEndpoint": endpoint}));
        let (_, cause) = failure(tasks.0.work(&input, None).await);
        assert!(
            cause.contains("STATECRAFT_HTTP_ALLOW"),
            "{endpoint}: {cause}"
        );
    }
    assert!(world.api.seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn bad_parameters_and_unknown_connections_have_the_errors_of_aws() {
    let world = World::new().await;
    let connection = world.basic().await;
    let answer = world
        .call(&connection, "/json", &json!({"Method": "FETCH"}))
        .await;
    let TaskAnswer::Failed {
        at: FailurePoint::Schedule,
        cause: Some(cause),
        ..
    } = answer
    else {
        panic!("{answer:?}")
    };
    let end = "could not be used to start the Task: [The value of the field 'Method' has an invalid format]";
    assert!(cause.ends_with(end), "{cause}");
    let unknown = failure(
        world
            .call("arn:aws:events:x:1:connection/d/1", "/json", &json!({}))
            .await,
    );
    assert_eq!(unknown.0, "Events.ConnectionResource.ResourceNotFound");
}

fn oauth(base: &str, path: &str) -> Value {
    json!({"OAuthParameters": {
        "ClientParameters": {"ClientID": "id", "ClientSecret": "hush"},
        "AuthorizationEndpoint": format!("{base}{path}"), "HttpMethod": "POST",
        "OAuthHttpParameters": {"BodyParameters": [{"Key": "scope", "Value": "a"}]},
    }})
}

#[tokio::test]
async fn a_token_is_fetched_once_and_again_when_the_api_refuses_it() {
    let world = World::new().await;
    let parameters = oauth(&world.base, "/token");
    let connection = world.connection(Authorization::OAuth, parameters).await;
    let tasks = world.tasks(TIME_LIMIT);
    let lines = || -> Vec<String> {
        let seen = world.api.seen.lock().unwrap();
        seen.iter().map(|it| it.line.clone()).collect()
    };
    let json = world.input(&connection, "/json", &json!({}));
    output(tasks.0.work(&json, None).await);
    output(tasks.0.work(&json, None).await);
    assert_eq!(lines(), ["POST /token", "POST /json", "POST /json"]);
    let body = world.api.seen.lock().unwrap()[0].body.clone();
    assert_eq!(
        body,
        "scope=a&grant_type=client_credentials&client_id=id&client_secret=hush"
    );
    // The first token has been withdrawn.
    let guarded = world.input(&connection, "/guarded", &json!({}));
    assert_eq!(
        output(tasks.0.work(&guarded, None).await)["ResponseBody"],
        "in"
    );
    assert_eq!(
        lines()[3..],
        ["POST /guarded", "POST /token", "POST /guarded"]
    );
}

#[tokio::test]
async fn credentials_that_give_no_token_leave_the_connection_without_authorization() {
    let world = World::new().await;
    let parameters = oauth(&world.base, "/no-token");
    let connection = world.connection(Authorization::OAuth, parameters).await;
    let (error, cause) = failure(world.call(&connection, "/json", &json!({})).await);
    assert_eq!(error, "Events.ConnectionResource.InvalidConnectionState");
    assert!(cause.contains("403") && !cause.contains("hush"), "{cause}");
}

#[tokio::test]
async fn a_trace_shows_what_was_sent_and_secrets_only_when_they_are_revealed() {
    let world = World::new().await;
    let connection = world.basic().await;
    let more = json!({"QueryParameters": {"q": "1"}, "RequestBody": {"a": 1}});
    let input = world.input(&connection, "/missing", &more);
    for (secrets, is_seen) in [(Secrets::Hidden, false), (Secrets::Revealed, true)] {
        let trace = Trace::new(secrets);
        let failed = world.tasks(TIME_LIMIT).0.work(&input, Some(&trace)).await;
        assert_eq!(failure(failed).0, "States.Http.StatusCode.404");
        let seen = trace.seen();
        let request = seen.request.unwrap();
        assert_eq!(request["url"], format!("{}/missing?q=1", world.base));
        assert_eq!(
            (&request["method"], &request["body"]),
            (&json!("POST"), &json!("{\"a\":1}"))
        );
        let headers = request["headers"].as_str().unwrap();
        assert!(headers.contains("range: bytes=0-262144"), "{headers}");
        assert_eq!(headers.contains("Basic bWU6aHVzaA=="), is_seen, "{headers}");
        let response = seen.response.unwrap();
        assert_eq!(
            (
                &response["statusCode"],
                &response["statusMessage"],
                &response["body"]
            ),
            (&json!("404"), &json!("Not Found"), &json!("secret details"))
        );
        assert!(!format!("{trace:?}").contains("Basic"));
    }
}
