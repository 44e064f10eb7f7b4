//! Operations on state machines, their tags, and the check of definitions.

use super::{PASS, ROLE, Server, text};
use serde_json::{Value, json};

fn request(name: &str) -> Value {
    json!({"name": name, "definition": PASS, "roleArn": ROLE})
}

#[tokio::test]
async fn a_machine_is_described_as_it_was_created() {
    let server = Server::start().await;
    let created = server.ok("CreateStateMachine", request("train")).await;
    let arn = text(&created, "stateMachineArn");
    assert_eq!(
        arn,
        "arn:aws:states:eu-west-1:123456789012:stateMachine:train"
    );
    let described = server
        .ok("DescribeStateMachine", json!({"stateMachineArn": arn}))
        .await;
    assert_eq!(
        described,
        json!({
            "stateMachineArn": arn, "name": "train", "status": "ACTIVE", "type": "STANDARD",
            "definition": PASS, "roleArn": ROLE, "creationDate": created["creationDate"],
            "loggingConfiguration": {"level": "OFF", "includeExecutionData": false},
            "tracingConfiguration": {"enabled": false},
            "encryptionConfiguration": {"type": "AWS_OWNED_KEY"},
        })
    );
    assert!(created["creationDate"].is_f64());
}

#[tokio::test]
async fn creating_a_machine_again_answers_as_before_unless_it_differs() {
    let server = Server::start().await;
    let first = server.ok("CreateStateMachine", request("train")).await;
    let mut other_role = request("train");
    other_role["roleArn"] = "arn:aws:iam::123456789012:role/other".into();
    other_role["tags"] = json!([{"key": "a", "value": "b"}]);
    assert_eq!(server.ok("CreateStateMachine", other_role).await, first);
    for (member, value) in [
        ("definition", json!(format!("{PASS} "))),
        ("type", json!("EXPRESS")),
        ("tracingConfiguration", json!({"enabled": true})),
    ] {
        let mut different = request("train");
        different[member] = value;
        let (code, message) = server.refused("CreateStateMachine", different).await;
        assert_eq!(code, "StateMachineAlreadyExists", "{member}");
        assert_eq!(
            message,
            "State Machine Already Exists: 'arn:aws:states:eu-west-1:123456789012:stateMachine:train'"
        );
    }
}

#[tokio::test]
async fn bad_machines_are_refused_and_not_kept() {
    let server = Server::start().await;
    for (member, value, code, part) in [
        ("name", json!("a b"), "InvalidName", "Invalid Name: 'a b'"),
        (
            "name",
            json!(""),
            "ValidationException",
            "at 'name' failed to satisfy constraint: Member must have length greater",
        ),
        (
            "name",
            json!("x".repeat(81)),
            "ValidationException",
            "less than or equal to 80",
        ),
        (
            "name",
            Value::Null,
            "ValidationException",
            "Value null at 'name'",
        ),
        (
            "definition",
            json!(""),
            "ValidationException",
            "Value at 'definition'",
        ),
        (
            "definition",
            json!({}),
            "SerializationException",
            "'definition' must be a string",
        ),
        (
            "type",
            json!("standard"),
            "ValidationException",
            "enum value set: [STANDARD, EXPRESS]",
        ),
        (
            "versionDescription",
            json!("x"),
            "ValidationException",
            "only be set when publish is true",
        ),
        (
            "loggingConfiguration",
            json!({"level": "ALL"}),
            "InvalidLoggingConfiguration",
            "exactly one Log Destination",
        ),
        (
            "tags",
            json!([{"value": "x"}]),
            "ValidationException",
            "tags.1.member.key",
        ),
    ] {
        let mut bad = request("train");
        bad[member] = value;
        let (found, message) = server.refused("CreateStateMachine", bad).await;
        assert_eq!(found, code, "{member}: {message}");
        assert!(message.contains(part), "{message}");
    }
    let listed = server.ok("ListStateMachines", json!({})).await;
    assert_eq!(listed, json!({"stateMachines": []}));
}

#[tokio::test]
async fn a_definition_with_an_error_is_refused_with_its_place() {
    let server = Server::start().await;
    let mut bad = request("train");
    bad["definition"] = r#"{"Comment": "c", "StartAt": "State_1"}"#.into();
    assert_eq!(
        server.refused("CreateStateMachine", bad.clone()).await,
        (
            "InvalidDefinition".to_owned(),
            "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /'".to_owned()
        )
    );
    for text in [
        "{",
        "nope",
        "[]",
        "null",
        &"{\"a\":".repeat(100_000),
        &"[".repeat(500_000),
    ] {
        bad["definition"] = text.into();
        let (code, message) = server.refused("CreateStateMachine", bad.clone()).await;
        assert_eq!(code, "InvalidDefinition", "{message}");
    }
}

#[tokio::test]
async fn an_update_makes_a_revision_only_when_something_changes() {
    let server = Server::start().await;
    let arn = server.machine("train", PASS).await;
    let other = PASS.replace("\"A\"", "\"B\"");
    let update =
        json!({"stateMachineArn": arn, "definition": other, "roleArn": "arn:aws:iam::1:role/new"});
    let first = server.ok("UpdateStateMachine", update.clone()).await;
    assert_eq!(server.ok("UpdateStateMachine", update).await, first);
    let described = server
        .ok("DescribeStateMachine", json!({"stateMachineArn": arn}))
        .await;
    assert_eq!(described["revisionId"], first["revisionId"]);
    assert_eq!(described["definition"], json!(other));
    assert_eq!(described["roleArn"], "arn:aws:iam::1:role/new");
    let back = server
        .ok(
            "UpdateStateMachine",
            json!({"stateMachineArn": arn, "definition": PASS}),
        )
        .await;
    assert_ne!(back["revisionId"], first["revisionId"]);
}

#[tokio::test]
async fn updates_of_nothing_and_of_nobody_are_refused() {
    let server = Server::start().await;
    let arn = server.machine("train", PASS).await;
    let (code, message) = server
        .refused("UpdateStateMachine", json!({"stateMachineArn": arn}))
        .await;
    assert_eq!(code, "MissingRequiredParameter");
    assert!(message.starts_with("Either the definition, the role ARN"));
    let bad = json!({"stateMachineArn": arn, "definition": "{}"});
    assert_eq!(
        server.refused("UpdateStateMachine", bad).await.0,
        "InvalidDefinition"
    );
    let nobody = json!({"stateMachineArn": format!("{arn}x"), "definition": PASS});
    assert_eq!(
        server.refused("UpdateStateMachine", nobody).await,
        (
            "StateMachineDoesNotExist".to_owned(),
            format!("State Machine Does Not Exist: '{arn}x'")
        )
    );
}

#[tokio::test]
async fn machines_are_listed_page_by_page_and_foreign_tokens_are_refused() {
    let server = Server::start().await;
    for name in ["a", "b", "c"] {
        server.machine(name, PASS).await;
    }
    let first = server
        .ok("ListStateMachines", json!({"maxResults": 2}))
        .await;
    let names = |page: &Value| -> Vec<String> {
        page["stateMachines"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| text(item, "name"))
            .collect()
    };
    assert_eq!(names(&first), ["a", "b"]);
    let token = text(&first, "nextToken");
    let second = server
        .ok(
            "ListStateMachines",
            json!({"maxResults": 2, "nextToken": token}),
        )
        .await;
    assert_eq!(names(&second), ["c"]);
    assert!(second.get("nextToken").is_none());
    let foreign = server
        .refused("ListActivities", json!({"nextToken": token}))
        .await;
    assert_eq!(
        foreign,
        (
            "InvalidToken".to_owned(),
            "Invalid Token: 'Invalid token'".to_owned()
        )
    );
}

#[tokio::test]
async fn a_deleted_machine_is_gone_and_deleting_it_again_is_no_error() {
    let server = Server::start().await;
    let arn = server.machine("train", PASS).await;
    for _ in 0..2 {
        assert_eq!(
            server
                .ok("DeleteStateMachine", json!({"stateMachineArn": arn}))
                .await,
            json!({})
        );
    }
    let (code, _) = server
        .refused("DescribeStateMachine", json!({"stateMachineArn": arn}))
        .await;
    assert_eq!(code, "StateMachineDoesNotExist");
}

#[tokio::test]
async fn tags_are_set_listed_and_removed() {
    let server = Server::start().await;
    let arn = server.machine("train", PASS).await;
    let tags = json!([{"key": "k1", "value": "v"}, {"key": "k1", "value": ""}, {"key": "k2", "value": "v2"}]);
    server
        .ok("TagResource", json!({"resourceArn": arn, "tags": tags}))
        .await;
    let listed = server
        .ok("ListTagsForResource", json!({"resourceArn": arn}))
        .await;
    assert_eq!(
        listed,
        json!({"tags": [{"key": "k1", "value": ""}, {"key": "k2", "value": "v2"}]})
    );
    server
        .ok(
            "UntagResource",
            json!({"resourceArn": arn, "tagKeys": ["k1", "other"]}),
        )
        .await;
    let listed = server
        .ok("ListTagsForResource", json!({"resourceArn": arn}))
        .await;
    assert_eq!(listed, json!({"tags": [{"key": "k2", "value": "v2"}]}));
    let many: Vec<Value> = (0..50)
        .map(|at| json!({"key": format!("m{at}"), "value": ""}))
        .collect();
    let (code, _) = server
        .refused("TagResource", json!({"resourceArn": arn, "tags": many}))
        .await;
    assert_eq!(code, "TooManyTags");
    let version = format!("{arn}:1");
    let (code, message) = server
        .refused("TagResource", json!({"resourceArn": version, "tags": []}))
        .await;
    assert_eq!(
        (code.as_str(), message),
        (
            "ResourceNotFound",
            format!("Resource not found: '{version}'")
        )
    );
}

#[tokio::test]
async fn validation_says_what_is_wrong_and_where() {
    let server = Server::start().await;
    let fine = server
        .ok(
            "ValidateStateMachineDefinition",
            json!({"definition": PASS}),
        )
        .await;
    assert_eq!(
        fine,
        json!({"result": "OK", "diagnostics": [], "truncated": false})
    );
    let bad = r#"{"States": {"A": {"Type": "Pass", "End": true}}}"#;
    let found = server
        .ok(
            "ValidateStateMachineDefinition",
            json!({"definition": bad, "type": "EXPRESS"}),
        )
        .await;
    assert_eq!(found["result"], "FAIL");
    assert_eq!(
        found["diagnostics"][0],
        json!({
            "severity": "ERROR", "code": "SCHEMA_VALIDATION_FAILED",
            "message": "These fields are required: [StartAt]", "location": "/",
        })
    );
    let broken = server
        .ok(
            "ValidateStateMachineDefinition",
            json!({"definition": "{\n \"StartAt\": }"}),
        )
        .await;
    assert_eq!(broken["result"], "FAIL");
    assert!(
        text(&broken["diagnostics"][0], "location").contains("line: 2"),
        "{broken}"
    );
}
