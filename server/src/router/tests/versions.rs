//! Versions and aliases of state machines, and executions that are started on them.

use super::{PASS, ROLE, Server, WAIT, text};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A machine that gives its number, so that an execution shows which version it ran.
fn numbered(number: u32) -> String {
    json!({"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": number, "End": true}}})
        .to_string()
}

impl Server {
    /// A machine with so many versions, each giving its number; its ARN.
    async fn versions(&self, count: u32) -> String {
        let machine = self.machine("train", &numbered(1)).await;
        for number in 1..=count {
            if number > 1 {
                let change = json!({"stateMachineArn": machine, "definition": numbered(number)});
                self.ok("UpdateStateMachine", change).await;
            }
            let published = self
                .ok(
                    "PublishStateMachineVersion",
                    json!({"stateMachineArn": machine}),
                )
                .await;
            assert_eq!(
                published["stateMachineVersionArn"],
                format!("{machine}:{number}")
            );
        }
        machine
    }

    /// An alias of a machine; its ARN.
    async fn alias(&self, machine: &str, name: &str, routes: &[(u32, u8)]) -> String {
        let request = json!({"name": name, "routingConfiguration": routing(machine, routes)});
        let created = self.ok("CreateStateMachineAlias", request).await;
        text(&created, "stateMachineAliasArn")
    }

    /// The number of the version that an execution on `arn` ran, and its description.
    async fn ran(&self, arn: &str) -> (Value, Value) {
        let execution = self.execution(arn, &json!({})).await;
        let described = self.end_of(&execution).await;
        let output = serde_json::from_str(described["output"].as_str().unwrap()).unwrap();
        (output, described)
    }

    /// Members `member` of the items of a list, over pages of one.
    async fn all(&self, operation: &str, request: &Value, list: &str, member: &str) -> Vec<String> {
        let (mut found, mut request) = (Vec::new(), request.clone());
        request["maxResults"] = 1.into();
        loop {
            let page = self.ok(operation, request.clone()).await;
            let items = page[list].as_array().unwrap();
            assert!(items.len() <= 1);
            found.extend(items.iter().map(|item| text(item, member)));
            match page.get("nextToken") {
                Some(token) => request["nextToken"] = token.clone(),
                None => return found,
            }
        }
    }
}

fn routing(machine: &str, routes: &[(u32, u8)]) -> Value {
    routes
        .iter()
        .map(|(version, weight)| {
            json!({"stateMachineVersionArn": format!("{machine}:{version}"), "weight": weight})
        })
        .collect()
}

#[tokio::test]
async fn a_version_keeps_what_it_was_published_with() {
    let server = Server::start().await;
    let create = json!({
        "name": "train", "definition": numbered(1), "roleArn": ROLE, "publish": true, "versionDescription": "first",
    });
    let created = server.ok("CreateStateMachine", create.clone()).await;
    let machine = text(&created, "stateMachineArn");
    let first = text(&created, "stateMachineVersionArn");
    assert_eq!(first, format!("{machine}:1"));
    assert_eq!(server.ok("CreateStateMachine", create).await, created);
    let update = json!({"stateMachineArn": machine, "definition": numbered(2), "roleArn": format!("{ROLE}-2")});
    let updated = server.ok("UpdateStateMachine", update).await;
    assert_eq!(updated.get("stateMachineVersionArn"), None);

    let described = server
        .ok("DescribeStateMachine", json!({"stateMachineArn": first}))
        .await;
    assert_eq!(
        described,
        json!({
            "stateMachineArn": first, "name": "train", "status": "ACTIVE", "type": "STANDARD", "description": "first",
            "definition": numbered(1), "roleArn": ROLE, "creationDate": created["creationDate"],
            "loggingConfiguration": {"level": "OFF", "includeExecutionData": false},
            "tracingConfiguration": {"enabled": false},
            "encryptionConfiguration": {"type": "AWS_OWNED_KEY"},
        })
    );
    assert_eq!(server.ran(&first).await.0, 1);
    assert_eq!(server.ran(&machine).await.0, 2);
}

#[tokio::test]
async fn a_machine_created_again_must_be_published_alike() {
    let server = Server::start().await;
    let create = |publish: Value| json!({"name": "train", "definition": PASS, "roleArn": ROLE, "publish": publish});
    let machine = server.ok("CreateStateMachine", create(json!(false))).await;
    assert_eq!(
        server.ok("CreateStateMachine", create(Value::Null)).await,
        machine
    );
    let (code, _) = server
        .refused("CreateStateMachine", create(json!(true)))
        .await;
    assert_eq!(code, "StateMachineAlreadyExists");
    let arn = json!({"stateMachineArn": machine["stateMachineArn"]});
    server.ok("PublishStateMachineVersion", arn).await;
    assert_eq!(
        server.ok("CreateStateMachine", create(json!(false))).await,
        machine
    );
}

#[tokio::test]
async fn publishing_a_revision_again_gives_the_same_version_and_numbers_are_not_used_again() {
    let server = Server::start().await;
    let machine = server.versions(2).await;
    let arn = json!({"stateMachineArn": machine});
    let again = server.ok("PublishStateMachineVersion", arn.clone()).await;
    assert_eq!(again["stateMachineVersionArn"], format!("{machine}:2"));
    let same = json!({"stateMachineArn": machine, "definition": numbered(2), "publish": true});
    let updated = server.ok("UpdateStateMachine", same).await;
    assert_eq!(updated["stateMachineVersionArn"], format!("{machine}:2"));

    let second = json!({"stateMachineVersionArn": format!("{machine}:2")});
    for _ in 0..2 {
        let deleted = server.ok("DeleteStateMachineVersion", second.clone()).await;
        assert_eq!(deleted, json!({}));
    }
    let third = server.ok("PublishStateMachineVersion", arn.clone()).await;
    assert_eq!(third["stateMachineVersionArn"], format!("{machine}:3"));
    let listed = server
        .all(
            "ListStateMachineVersions",
            &arn,
            "stateMachineVersions",
            "stateMachineVersionArn",
        )
        .await;
    assert_eq!(listed, [format!("{machine}:3"), format!("{machine}:1")]);
}

#[tokio::test]
async fn only_the_revision_that_was_meant_is_published() {
    let server = Server::start().await;
    let machine = server.machine("train", PASS).await;
    let publish = |revision: &Value| json!({"stateMachineArn": machine, "revisionId": revision});
    let first = json!("INITIAL");
    server
        .ok("PublishStateMachineVersion", publish(&first))
        .await;
    let update = json!({"stateMachineArn": machine, "definition": WAIT});
    let updated = server.ok("UpdateStateMachine", update).await;
    let revision = text(&updated, "revisionId");
    assert_eq!(
        server
            .refused("PublishStateMachineVersion", publish(&first))
            .await,
        (
            "ConflictException".to_owned(),
            format!(
                "Failed to publish the State Machine version for revision INITIAL. The current State Machine revision is {revision}."
            )
        )
    );
    let second = server
        .ok("PublishStateMachineVersion", publish(&json!(revision)))
        .await;
    assert_eq!(second["stateMachineVersionArn"], format!("{machine}:2"));
    let described = server
        .ok(
            "DescribeStateMachine",
            json!({"stateMachineArn": second["stateMachineVersionArn"]}),
        )
        .await;
    assert_eq!(described["revisionId"], revision);
}

#[tokio::test]
async fn an_execution_says_on_which_version_and_alias_it_was_started() {
    let server = Server::start().await;
    let machine = server.versions(2).await;
    let alias = server.alias(&machine, "PROD", &[(1, 100)]).await;
    let version = format!("{machine}:1");
    for (on, version_arn, alias_arn) in [
        (&machine, None, None),
        (&version, Some(&version), None),
        (&alias, Some(&version), Some(&alias)),
    ] {
        let (output, described) = server.ran(on).await;
        assert_eq!(output, if version_arn.is_some() { 1 } else { 2 }, "{on}");
        let history = server
            .ok(
                "GetExecutionHistory",
                json!({"executionArn": described["executionArn"]}),
            )
            .await;
        let listed = server
            .ok("ListExecutions", json!({"stateMachineArn": on}))
            .await;
        let listed = &listed["executions"][0];
        let started = &history["events"][0]["executionStartedEventDetails"];
        assert_eq!(listed["executionArn"], described["executionArn"]);
        for found in [&described, listed, started] {
            let texts = ["stateMachineVersionArn", "stateMachineAliasArn"].map(|name| {
                found
                    .get(name)
                    .map(|arn| arn.as_str().unwrap_or_default().to_owned())
            });
            assert_eq!(texts, [version_arn.cloned(), alias_arn.cloned()], "{found}");
        }
        assert_eq!(described["stateMachineArn"], machine);
    }
    for (on, count) in [(&machine, 3), (&version, 2), (&alias, 1)] {
        let request = json!({"stateMachineArn": on});
        let listed = server
            .all("ListExecutions", &request, "executions", "executionArn")
            .await;
        assert_eq!(listed.len(), count, "{on}");
    }
}

#[tokio::test]
async fn an_alias_shares_executions_out_as_its_weights_say_and_is_pointed_back() {
    let server = Server::start().await;
    let machine = server.versions(2).await;
    let alias = server.alias(&machine, "PROD", &[(1, 0), (2, 100)]).await;
    assert_eq!(server.ran(&alias).await.0, 2);
    let update = |routes: &[(u32, u8)]| json!({"stateMachineAliasArn": alias, "routingConfiguration": routing(&machine, routes)});
    server
        .ok("UpdateStateMachineAlias", update(&[(2, 50), (1, 50)]))
        .await;
    // With even odds, sixty-four executions on one version alone would be a wonder.
    let mut seen = BTreeSet::new();
    for _ in 0..64 {
        seen.insert(server.ran(&alias).await.0.as_u64());
    }
    assert_eq!(seen, BTreeSet::from([Some(1), Some(2)]));
    server
        .ok("UpdateStateMachineAlias", update(&[(1, 100)]))
        .await;
    assert_eq!(server.ran(&alias).await.0, 1);
    let described = server
        .ok(
            "DescribeStateMachineAlias",
            json!({"stateMachineAliasArn": alias}),
        )
        .await;
    assert_eq!(
        described["routingConfiguration"],
        routing(&machine, &[(1, 100)])
    );
    assert_eq!(described["name"], "PROD");
}

#[tokio::test]
async fn an_alias_is_created_once_and_changed_only_when_something_changes() {
    let server = Server::start().await;
    let machine = server.versions(2).await;
    let create = |description: &str, routes: &[(u32, u8)]| json!({"name": "PROD", "description": description, "routingConfiguration": routing(&machine, routes)});
    let routes = [(1, 30), (2, 70)];
    let first = server
        .ok("CreateStateMachineAlias", create("d", &routes))
        .await;
    for same in [&routes[..], &[(2, 70), (1, 30)]] {
        assert_eq!(
            server
                .ok("CreateStateMachineAlias", create("d", same))
                .await,
            first
        );
    }
    for other in [create("e", &routes), create("d", &[(1, 100)])] {
        let (code, message) = server.refused("CreateStateMachineAlias", other).await;
        assert_eq!(code, "ConflictException");
        assert!(message.contains("already exists"), "{message}");
    }
    let alias = text(&first, "stateMachineAliasArn");
    let describe = json!({"stateMachineAliasArn": alias});
    let before = server
        .ok("DescribeStateMachineAlias", describe.clone())
        .await;
    assert_eq!(before["creationDate"], before["updateDate"]);
    let same = json!({"stateMachineAliasArn": alias, "description": "d"});
    let unchanged = server.ok("UpdateStateMachineAlias", same).await;
    assert_eq!(unchanged["updateDate"], before["updateDate"]);
    let other = json!({"stateMachineAliasArn": alias, "description": "e"});
    server.ok("UpdateStateMachineAlias", other).await;
    let after = server.ok("DescribeStateMachineAlias", describe).await;
    assert_eq!(after["description"], "e");
    assert_eq!(
        after["routingConfiguration"],
        before["routingConfiguration"]
    );
}

#[tokio::test]
async fn bad_aliases_are_refused_and_not_kept() {
    let server = Server::start().await;
    let machine = server.versions(3).await;
    let good = routing(&machine, &[(1, 100)]);
    let three = routing(&machine, &[(1, 50), (2, 30), (3, 20)]);
    let pattern =
        r"Member must satisfy regular expression pattern: ^(?=.*[a-zA-Z_\-\.])[a-zA-Z0-9_\-\.]+$";
    for (name, routes, code, part) in [
        ("123", &good, "ValidationException", pattern),
        ("a b", &good, "ValidationException", pattern),
        (
            "",
            &good,
            "ValidationException",
            "length greater than or equal to 1",
        ),
        (
            &"a".repeat(81),
            &good,
            "ValidationException",
            "length less than or equal to 80",
        ),
        (
            "a",
            &json!([]),
            "ValidationException",
            "'routingConfiguration' failed to satisfy constraint: Member must have length greater",
        ),
        (
            "a",
            &three,
            "ValidationException",
            "Value '[RoutingConfigurationListItem(stateMachineVersionArn=arn:aws:states:eu-west-1:123456789012:stateMachine:train:1, weight=50), ",
        ),
        (
            "a",
            &routing(&machine, &[(1, 101)]),
            "ValidationException",
            "Value '101' at 'routingConfiguration.1.member.weight'",
        ),
        (
            "a",
            &routing(&machine, &[(9, 100)]),
            "ResourceNotFound",
            "stateMachine:train:9'",
        ),
        (
            "a",
            &json!([null]),
            "ValidationException",
            "Value null at 'routingConfiguration.1.member'",
        ),
        (
            "a",
            &json!([{"weight": 100}]),
            "ValidationException",
            "Value null at 'routingConfiguration.1.member.stateMachineVersionArn'",
        ),
    ] {
        let request = json!({"name": name, "routingConfiguration": routes});
        let (found, message) = server.refused("CreateStateMachineAlias", request).await;
        assert_eq!(found, code, "{name}: {message}");
        assert!(message.contains(part), "{message}");
    }
    let listed = server
        .ok(
            "ListStateMachineAliases",
            json!({"stateMachineArn": machine}),
        )
        .await;
    assert_eq!(listed, json!({"stateMachineAliases": []}));
}

#[tokio::test]
async fn a_version_that_an_alias_leads_to_cannot_be_deleted() {
    let server = Server::start().await;
    let machine = server.versions(2).await;
    let alias = server.alias(&machine, "PROD", &[(1, 90), (2, 10)]).await;
    server.alias(&machine, "TEST", &[(2, 100)]).await;
    let version = |number: u32| json!({"stateMachineVersionArn": format!("{machine}:{number}")});
    assert_eq!(
        server.refused("DeleteStateMachineVersion", version(2)).await,
        (
            "ConflictException".to_owned(),
            "Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [PROD, TEST]"
                .to_owned()
        )
    );
    let list =
        json!({"stateMachineArn": format!("{machine}:1"), "maxResults": 5, "nextToken": null});
    let listed = server.ok("ListStateMachineAliases", list).await;
    assert_eq!(
        listed["stateMachineAliases"].as_array().map(Vec::len),
        Some(1)
    );
    let request = json!({"stateMachineArn": machine});
    let all = server
        .all(
            "ListStateMachineAliases",
            &request,
            "stateMachineAliases",
            "stateMachineAliasArn",
        )
        .await;
    assert_eq!(all, [format!("{machine}:PROD"), format!("{machine}:TEST")]);
    let gone = json!({"stateMachineAliasArn": alias});
    server.ok("DeleteStateMachineAlias", gone.clone()).await;
    server.ok("DeleteStateMachineVersion", version(1)).await;
    for operation in ["DeleteStateMachineAlias", "DescribeStateMachineAlias"] {
        let (code, _) = server.refused(operation, gone.clone()).await;
        assert_eq!(code, "ResourceNotFound", "{operation}");
    }
}

#[tokio::test]
async fn what_is_not_there_cannot_be_started_listed_or_described() {
    let server = Server::start().await;
    let machine = server.versions(1).await;
    let gone = [
        format!("{machine}:2"),
        format!("{machine}:PROD"),
        format!("{machine}-2:1"),
    ];
    for arn in &gone {
        for operation in ["StartExecution", "ListExecutions", "DescribeStateMachine"] {
            let (code, message) = server
                .refused(operation, json!({"stateMachineArn": arn}))
                .await;
            assert_eq!(code, "StateMachineDoesNotExist", "{operation} {arn}");
            assert_eq!(message, format!("State Machine Does Not Exist: '{arn}'"));
        }
    }
    for (operation, member, arn) in [
        (
            "DeleteStateMachineVersion",
            "stateMachineVersionArn",
            &machine,
        ),
        (
            "DescribeStateMachineAlias",
            "stateMachineAliasArn",
            &format!("{machine}:1"),
        ),
        (
            "ListStateMachineAliases",
            "stateMachineArn",
            &format!("{machine}:PROD"),
        ),
        (
            "StartExecution",
            "stateMachineArn",
            &format!("{machine}:007"),
        ),
    ] {
        let (code, message) = server.refused(operation, json!({member: arn})).await;
        assert_eq!(code, "InvalidArn", "{operation}: {message}");
    }
}

#[tokio::test]
async fn a_deleted_machine_takes_its_versions_and_aliases_with_it() {
    let server = Server::start().await;
    let machine = server.versions(2).await;
    let alias = server.alias(&machine, "PROD", &[(1, 50), (2, 50)]).await;
    let arn = json!({"stateMachineArn": machine});
    assert_eq!(
        server.ok("DeleteStateMachine", arn.clone()).await,
        json!({})
    );
    let versions = server.ok("ListStateMachineVersions", arn.clone()).await;
    assert_eq!(versions, json!({"stateMachineVersions": []}));
    let (code, _) = server.refused("ListStateMachineAliases", arn).await;
    assert_eq!(code, "StateMachineDoesNotExist");
    let (code, _) = server
        .refused("StartExecution", json!({"stateMachineArn": alias}))
        .await;
    assert_eq!(code, "StateMachineDoesNotExist");
}

#[tokio::test]
async fn a_machine_has_no_more_than_a_hundred_aliases() {
    let server = Server::start().await;
    let machine = server.versions(1).await;
    for number in 0..100 {
        server
            .alias(&machine, &format!("a-{number}"), &[(1, 100)])
            .await;
    }
    let one_more =
        json!({"name": "one-more", "routingConfiguration": routing(&machine, &[(1, 100)])});
    let (code, message) = server.refused("CreateStateMachineAlias", one_more).await;
    assert_eq!(code, "ServiceQuotaExceededException");
    assert!(message.contains("100 aliases"), "{message}");
    let again = json!({"name": "a-7", "routingConfiguration": routing(&machine, &[(1, 100)])});
    server.ok("CreateStateMachineAlias", again).await;
}

#[tokio::test]
async fn express_machines_run_on_versions_and_aliases() {
    let server = Server::start().await;
    let create = json!({"name": "quick", "definition": numbered(1), "roleArn": ROLE, "type": "EXPRESS", "publish": true});
    let machine = text(
        &server.ok("CreateStateMachine", create).await,
        "stateMachineArn",
    );
    let update = json!({"stateMachineArn": machine, "definition": numbered(2)});
    server.ok("UpdateStateMachine", update).await;
    let alias = server.alias(&machine, "PROD", &[(1, 100)]).await;
    for (on, output) in [
        (&machine, "2"),
        (&format!("{machine}:1"), "1"),
        (&alias, "1"),
    ] {
        let answer = server
            .ok("StartSyncExecution", json!({"stateMachineArn": on}))
            .await;
        assert_eq!(answer["output"], output, "{on}");
        assert_eq!(answer["stateMachineArn"], machine);
    }
}

#[tokio::test]
async fn an_execution_starts_another_on_an_alias_and_sees_its_version() {
    let server = Server::start().await;
    let machine = server.versions(1).await;
    let alias = server.alias(&machine, "PROD", &[(1, 100)]).await;
    let start = json!({
        "Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
        "Parameters": {"StateMachineArn": alias}, "End": true,
    });
    let parent = json!({"StartAt": "A", "States": {"A": start}}).to_string();
    let parent = server.machine("parent", &parent).await;
    let (output, _) = server.ran(&parent).await;
    assert_eq!(output["StateMachineAliasArn"], alias);
    assert_eq!(output["StateMachineVersionArn"], format!("{machine}:1"));
    assert_eq!(output["StateMachineArn"], machine);
    assert_eq!(output["Output"], 1);
}

#[tokio::test]
async fn running_executions_outlive_their_version() {
    let server = Server::start().await;
    let machine = server.machine("wait", WAIT).await;
    let arn = json!({"stateMachineArn": machine});
    let version = text(
        &server.ok("PublishStateMachineVersion", arn).await,
        "stateMachineVersionArn",
    );
    let execution = server.execution(&version, &json!({})).await;
    server
        .ok(
            "DeleteStateMachineVersion",
            json!({"stateMachineVersionArn": version}),
        )
        .await;
    let described = server
        .ok("DescribeExecution", json!({"executionArn": execution}))
        .await;
    assert_eq!(described["status"], "RUNNING");
    assert_eq!(described["stateMachineVersionArn"], version);
    let ran = server
        .ok(
            "DescribeStateMachineForExecution",
            json!({"executionArn": execution}),
        )
        .await;
    assert_eq!(ran["definition"], WAIT);
}
