use super::expand::{Piece, pieces};
use super::facts::{self, Rule, When};
use super::*;
use crate::catalog::{self, Form};
use crate::text::Document;
use serde_json::{Value, json};

fn home() -> Home {
    Home {
        partition: Some("aws".to_owned()),
        region: Some("eu-central-1".to_owned()),
        account: Some("111122223333".to_owned()),
        unknown: Unknown::Any,
    }
}

fn subject() -> Subject {
    Subject {
        home: home(),
        name: Some("pipeline".to_owned()),
        ..Subject::default()
    }
}

/// The policy of a machine with one state.
#[track_caller]
fn of_state(state: &Value) -> Policy {
    let definition = json!({"StartAt": "A", "States": {"A": state}});
    derive(&Document::parse(definition.to_string()), &subject())
}

#[track_caller]
fn of_task(resource: &str, parameters: &Value) -> Policy {
    of_state(
        &json!({"Type": "Task", "Resource": format!("arn:aws:states:::{resource}"), "Parameters": parameters, "End": true}),
    )
}

/// What is allowed: each action with its resources.
fn lines(policy: &Policy) -> Vec<String> {
    let statements = policy.statements.iter();
    let lines = statements.flat_map(|statement| {
        let on = statement.resources.join(" ");
        statement
            .actions
            .iter()
            .map(move |action| format!("{action} {on}"))
    });
    lines.collect()
}

#[track_caller]
fn wide(policy: &Policy, action: &str) -> Option<String> {
    let with = |statement: &&Statement| statement.actions.iter().any(|known| known == action);
    let statement = policy.statements.iter().find(with).expect(action);
    statement
        .reasons
        .iter()
        .find_map(|reason| reason.wide.clone())
}

#[test]
fn a_training_job_that_is_waited_for_needs_what_aws_documents() {
    let policy = of_task(
        "sagemaker:createTrainingJob.sync",
        &json!({"TrainingJobName.$": "States.Format('train-{}', $.id)", "RoleArn": "arn:aws:iam::111122223333:role/training"}),
    );
    assert_eq!(
        lines(&policy),
        [
            "sagemaker:CreateTrainingJob arn:aws:sagemaker:eu-central-1:111122223333:training-job/train-*",
            "sagemaker:DescribeTrainingJob arn:aws:sagemaker:eu-central-1:111122223333:training-job/train-*",
            "sagemaker:StopTrainingJob arn:aws:sagemaker:eu-central-1:111122223333:training-job/train-*",
            "sagemaker:ListTags *",
            "iam:PassRole arn:aws:iam::111122223333:role/training",
            "events:PutTargets arn:aws:events:eu-central-1:111122223333:rule/StepFunctionsGetEventsForSageMakerTrainingJobsRule",
            "events:PutRule arn:aws:events:eu-central-1:111122223333:rule/StepFunctionsGetEventsForSageMakerTrainingJobsRule",
            "events:DescribeRule arn:aws:events:eu-central-1:111122223333:rule/StepFunctionsGetEventsForSageMakerTrainingJobsRule",
        ]
    );
    let passed = policy
        .statements
        .iter()
        .find(|it| it.sid == "PassRoleToSagemaker")
        .unwrap();
    assert_eq!(
        passed.to_value()["Condition"],
        json!({"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}})
    );
    assert_eq!(
        passed.reasons[0].words,
        "\"A\" gives the service the role to work with."
    );
    assert_eq!(passed.reasons[0].pointer.to_string(), "/States/A");
    assert_eq!(
        wide(&policy, "sagemaker:CreateTrainingJob").as_deref(),
        Some("TrainingJobName has a part that is known only at run time.")
    );
    assert_eq!(policy.notes, []);
}

#[test]
fn without_waiting_no_rule_is_needed() {
    let policy = of_task(
        "sagemaker:createTransformJob",
        &json!({"TransformJobName": "Nightly", "ModelName": "m"}),
    );
    assert_eq!(
        lines(&policy),
        [
            "sagemaker:CreateTransformJob arn:aws:sagemaker:eu-central-1:111122223333:transform-job/Nightly \
             arn:aws:sagemaker:eu-central-1:111122223333:transform-job/nightly",
            "sagemaker:ListTags *",
        ]
    );
    assert_eq!(wide(&policy, "sagemaker:CreateTransformJob"), None);
}

#[test]
fn resources_are_as_narrow_as_the_arguments() {
    let cases = [
        (
            "lambda:invoke",
            json!({"FunctionName": "score"}),
            "lambda:InvokeFunction arn:aws:lambda:eu-central-1:111122223333:function:score",
        ),
        (
            "lambda:invoke",
            json!({"FunctionName": "arn:aws:lambda:us-east-1:444455556666:function:score:live"}),
            "lambda:InvokeFunction arn:aws:lambda:us-east-1:444455556666:function:score:live",
        ),
        (
            "lambda:invoke",
            json!({"FunctionName": "score", "Qualifier": "live"}),
            "lambda:InvokeFunction arn:aws:lambda:eu-central-1:111122223333:function:score:live",
        ),
        (
            "lambda:invoke",
            json!({"FunctionName": "444455556666:function:score"}),
            "lambda:InvokeFunction arn:aws:lambda:eu-central-1:444455556666:function:score",
        ),
        (
            "sqs:sendMessage",
            json!({"QueueUrl": "https://sqs.us-west-2.amazonaws.com/444455556666/orders.fifo", "MessageBody": "x"}),
            "sqs:SendMessage arn:aws:sqs:us-west-2:444455556666:orders.fifo",
        ),
        (
            "sqs:sendMessage",
            json!({"QueueUrl": "https://sqs.cn-north-1.amazonaws.com.cn/444455556666/orders"}),
            "sqs:SendMessage arn:aws-cn:sqs:cn-north-1:444455556666:orders",
        ),
        (
            "sns:publish",
            json!({"TopicArn": "arn:aws:sns:eu-central-1:111122223333:alerts", "Message": "x"}),
            "sns:Publish arn:aws:sns:eu-central-1:111122223333:alerts",
        ),
        (
            "dynamodb:putItem",
            json!({"TableName": "runs"}),
            "dynamodb:PutItem arn:aws:dynamodb:eu-central-1:111122223333:table/runs",
        ),
        (
            "events:putEvents",
            json!({"Entries": [{"Source": "a"}, {"EventBusName": "team"}]}),
            "events:PutEvents arn:aws:events:eu-central-1:111122223333:event-bus/default arn:aws:events:eu-central-1:111122223333:event-bus/team",
        ),
        (
            "aws-sdk:s3:getObject",
            json!({"Bucket": "data", "Key": "in/a.csv"}),
            "s3:GetObject arn:aws:s3:::data/in/a.csv",
        ),
        (
            "aws-sdk:s3:listObjectsV2",
            json!({"Bucket": "data", "Prefix": "in/"}),
            "s3:ListBucket arn:aws:s3:::data",
        ),
        (
            "aws-sdk:dynamodb:query",
            json!({"TableName": "runs"}),
            "dynamodb:Query arn:aws:dynamodb:eu-central-1:111122223333:table/runs",
        ),
        (
            "bedrock:invokeModel",
            json!({"ModelId": "amazon.nova-lite-v1:0", "Body": {}}),
            "bedrock:InvokeModel arn:aws:bedrock:eu-central-1::foundation-model/amazon.nova-lite-v1:0",
        ),
        (
            "states:startExecution",
            json!({"StateMachineArn": "arn:aws:states:eu-central-1:111122223333:stateMachine:child"}),
            "states:StartExecution arn:aws:states:eu-central-1:111122223333:stateMachine:child",
        ),
        (
            "apigateway:invoke",
            json!({"ApiEndpoint": "abc123.execute-api.eu-central-1.amazonaws.com", "Stage": "prod", "Method": "GET", "Path": "/score", "AuthType": "IAM_ROLE"}),
            "execute-api:Invoke arn:aws:execute-api:eu-central-1:111122223333:abc123/prod/GET/score",
        ),
    ];
    for (resource, parameters, line) in cases {
        let policy = of_task(resource, &parameters);
        assert_eq!(lines(&policy), [line], "{resource}");
        let reasons = policy.statements.iter().flat_map(|it| &it.reasons);
        assert!(
            reasons.into_iter().all(|reason| reason.wide.is_none()),
            "{resource}"
        );
    }
}

#[test]
fn what_only_a_run_knows_is_wide_and_says_so() {
    let policy = of_task("lambda:invoke", &json!({"FunctionName.$": "$.function"}));
    assert_eq!(
        lines(&policy),
        ["lambda:InvokeFunction arn:aws:lambda:eu-central-1:111122223333:function:*"]
    );
    assert_eq!(
        wide(&policy, "lambda:InvokeFunction").as_deref(),
        Some("FunctionName is known only at run time.")
    );
    let policy = of_state(&json!({
        "Type": "Task", "QueryLanguage": "JSONata", "Resource": "arn:aws:states:::dynamodb:getItem", "Arguments": "{% $states.input %}", "End": true,
    }));
    assert_eq!(
        lines(&policy),
        ["dynamodb:GetItem arn:aws:dynamodb:eu-central-1:111122223333:table/*"]
    );
    let policy =
        of_state(&json!({"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "End": true}));
    assert_eq!(
        wide(&policy, "sns:Publish").as_deref(),
        Some("TopicArn is known only at run time.")
    );
}

#[test]
fn placeholders_and_functions_of_templates_stay_in_the_resources() {
    let policy = of_task(
        "lambda:invoke",
        &json!({"FunctionName": "${ScoreFunctionArn}"}),
    );
    assert_eq!(
        lines(&policy),
        ["lambda:InvokeFunction ${ScoreFunctionArn}"]
    );
    let policy = of_task("dynamodb:getItem", &json!({"TableName": {"Ref": "Runs"}}));
    assert_eq!(
        lines(&policy),
        ["dynamodb:GetItem arn:aws:dynamodb:eu-central-1:111122223333:table/${Runs}"]
    );
    let policy = of_task(
        "sns:publish",
        &json!({"TopicArn": {"Fn::GetAtt": ["Alerts", "TopicArn"]}}),
    );
    assert_eq!(lines(&policy), ["sns:Publish ${Alerts.TopicArn}"]);
    let policy = of_task("sqs:sendMessage", &json!({"QueueUrl": "${Queue}"}));
    assert!(wide(&policy, "sqs:SendMessage").is_some());
    let policy = of_state(&json!({"Type": "Task", "Resource": "${ScoreArn}", "End": true}));
    assert_eq!(lines(&policy), ["lambda:InvokeFunction ${ScoreArn}"]);
}

#[test]
fn an_unknown_place_is_any_or_left_to_the_template() {
    let definition = json!({"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:getItem", "Parameters": {"TableName": "t"}, "End": true}}});
    let document = Document::parse(definition.to_string());
    let mut subject = Subject::default();
    assert_eq!(
        lines(&derive(&document, &subject)),
        ["dynamodb:GetItem arn:aws:dynamodb:*:*:table/t"]
    );
    subject.home.unknown = Unknown::Template;
    assert_eq!(
        lines(&derive(&document, &subject)),
        [
            "dynamodb:GetItem arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/t"
        ]
    );
}

#[test]
fn a_nested_execution_is_followed_and_stopped() {
    let policy = of_task(
        "states:startExecution.sync:2",
        &json!({"StateMachineArn": "arn:aws:states:eu-central-1:111122223333:stateMachine:child:7"}),
    );
    assert_eq!(
        lines(&policy)[1],
        "states:DescribeExecution arn:aws:states:eu-central-1:111122223333:execution:child:*"
    );
    assert!(
        lines(&policy)
            .iter()
            .any(|line| line.ends_with("rule/StepFunctionsGetEventsForStepFunctionsExecutionRule"))
    );
}

#[test]
fn a_distributed_map_starts_itself_reads_and_writes() {
    let policy = of_state(&json!({
        "Type": "Map", "End": true,
        "ItemProcessor": {
            "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
            "StartAt": "B",
            "States": {"B": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "End": true}},
        },
        "ItemReader": {"Resource": "arn:aws:states:::s3:listObjectsV2", "Parameters": {"Bucket": "in", "Prefix": "day/"}},
        "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "out", "Prefix": "runs"}},
    }));
    let lines = lines(&policy);
    for line in [
        "states:StartExecution arn:aws:states:eu-central-1:111122223333:stateMachine:pipeline",
        "states:RedriveExecution arn:aws:states:eu-central-1:111122223333:execution:pipeline/*:*",
        "s3:ListBucket arn:aws:s3:::in",
        "s3:PutObject arn:aws:s3:::out/runs*",
        "s3:AbortMultipartUpload arn:aws:s3:::out/runs*",
        "lambda:InvokeFunction arn:aws:lambda:eu-central-1:111122223333:function:f",
    ] {
        assert!(
            lines.iter().any(|known| known == line),
            "{line} in {lines:#?}"
        );
    }
    let listing = policy
        .statements
        .iter()
        .find(|it| it.sid == "S3ListBucket")
        .unwrap();
    assert_eq!(
        listing.to_value()["Condition"],
        json!({"StringLike": {"s3:prefix": "day/*"}})
    );
}

#[test]
fn a_prefix_that_only_a_run_knows_reaches_the_whole_bucket() {
    let policy = of_state(&json!({
        "Type": "Map", "End": true,
        "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED"}, "StartAt": "B", "States": {"B": {"Type": "Succeed"}}},
        "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "out", "Prefix.$": "$.day"}},
    }));
    assert!(lines(&policy).contains(&"s3:PutObject arn:aws:s3:::out/*".to_owned()));
    assert_eq!(
        wide(&policy, "s3:PutObject").as_deref(),
        Some("Prefix is known only at run time.")
    );
}

#[test]
fn an_http_task_may_call_its_address_by_its_method_alone() {
    let policy = of_task(
        "http:invoke",
        &json!({
            "ApiEndpoint": "https://api.example.com/score", "Method": "POST",
            "Authentication": {"ConnectionArn": "arn:aws:events:eu-central-1:111122223333:connection/c/1"},
        }),
    );
    let call = &policy.statements[0];
    assert_eq!(
        call.resources,
        ["arn:aws:states:eu-central-1:111122223333:stateMachine:pipeline"]
    );
    assert_eq!(
        call.to_value()["Condition"],
        json!({"StringEquals": {"states:HTTPMethod": "POST"}, "StringLike": {"states:HTTPEndpoint": "https://api.example.com/score"}})
    );
    assert_eq!(
        lines(&policy)[1..],
        [
            "events:RetrieveConnectionCredentials arn:aws:events:eu-central-1:111122223333:connection/c/1",
            "secretsmanager:GetSecretValue arn:aws:secretsmanager:eu-central-1:111122223333:secret:events!connection/*",
            "secretsmanager:DescribeSecret arn:aws:secretsmanager:eu-central-1:111122223333:secret:events!connection/*",
        ]
    );
}

#[test]
fn a_method_that_only_a_run_knows_is_no_condition() {
    let policy = of_task(
        "http:invoke",
        &json!({"ApiEndpoint": "https://api.example.com/score", "Method.$": "$.method"}),
    );
    let call = &policy.statements[0];
    assert_eq!(
        call.to_value()["Condition"],
        json!({"StringLike": {"states:HTTPEndpoint": "https://api.example.com/score"}})
    );
    assert_eq!(
        call.reasons[0].wide.as_deref(),
        Some("The value for states:HTTPMethod is known only at run time.")
    );
}

#[test]
fn a_task_with_credentials_only_takes_on_the_role() {
    let policy = of_state(&json!({
        "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "arn:aws:lambda:eu-central-1:444455556666:function:f"},
        "Credentials": {"RoleArn": "arn:aws:iam::444455556666:role/there"}, "End": true,
    }));
    assert_eq!(
        lines(&policy),
        ["sts:AssumeRole arn:aws:iam::444455556666:role/there"]
    );
    assert_eq!(policy.assumed.len(), 1);
    assert_eq!(
        policy.assumed[0].role,
        "arn:aws:iam::444455556666:role/there"
    );
    assert_eq!(
        policy.assumed[0].statements[0].actions,
        ["lambda:InvokeFunction"]
    );
}

#[test]
fn activities_and_states_without_a_call_need_nothing() {
    let policy = of_state(
        &json!({"Type": "Task", "Resource": "arn:aws:states:eu-central-1:111122223333:activity:review", "End": true}),
    );
    assert_eq!(policy, Policy::default());
    assert_eq!(
        of_state(&json!({"Type": "Pass", "End": true})),
        Policy::default()
    );
}

#[test]
fn logging_tracing_and_a_key_are_needed_when_they_are_on() {
    let subject = Subject {
        logging: true,
        tracing: true,
        key: Some("arn:aws:kms:eu-central-1:111122223333:key/1".to_owned()),
        ..subject()
    };
    let policy = derive(
        &Document::parse(r#"{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}"#),
        &subject,
    );
    let sids: Vec<&str> = policy.statements.iter().map(|it| &*it.sid).collect();
    assert_eq!(
        sids,
        [
            "LogsCreateLogDelivery",
            "XrayPutTraceSegments",
            "KmsDecrypt"
        ]
    );
    assert!(
        policy
            .statements
            .iter()
            .all(|it| it.reasons[0].state.is_none())
    );
}

#[test]
fn states_that_need_the_same_share_a_statement_with_a_reason_each() {
    let call = |function: &str, next: Value| {
        let mut state = json!({"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": function}});
        state
            .as_object_mut()
            .unwrap()
            .extend(next.as_object().unwrap().clone());
        state
    };
    let definition = json!({"StartAt": "A", "States": {
        "A": call("f", json!({"Next": "B"})), "B": call("g", json!({"Next": "C"})), "C": call("f", json!({"End": true})),
    }});
    let policy = derive(&Document::parse(definition.to_string()), &subject());
    let [statement] = policy.statements.as_slice() else {
        panic!("{:#?}", policy.statements);
    };
    assert_eq!(statement.sid, "LambdaInvokeFunction");
    assert_eq!(statement.resources.len(), 2);
    let names: Vec<&str> = statement
        .reasons
        .iter()
        .filter_map(|it| it.state.as_deref())
        .collect();
    assert_eq!(names, ["A", "B", "C"]);
    assert_eq!(
        statement.reasons[1].resources,
        [statement.resources[1].clone()]
    );
}

#[test]
fn a_wide_resource_takes_in_narrow_ones() {
    let definition = json!({"StartAt": "A", "States": {
        "A": {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:getItem", "Parameters": {"TableName": "t"}, "Next": "B"},
        "B": {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:getItem", "Parameters": {"TableName.$": "$.t"}, "End": true},
    }});
    let policy = derive(&Document::parse(definition.to_string()), &subject());
    assert_eq!(
        lines(&policy),
        ["dynamodb:GetItem arn:aws:dynamodb:eu-central-1:111122223333:table/*"]
    );
    assert_eq!(
        policy.statements[0].reasons[0].resources,
        policy.statements[0].resources
    );
}

#[test]
fn calls_of_the_sdk_get_their_prefix_and_guesses_are_told() {
    let policy = of_task(
        "aws-sdk:sfn:describeExecution",
        &json!({"ExecutionArn": "arn:aws:states:eu-central-1:111122223333:execution:m:1"}),
    );
    assert_eq!(
        lines(&policy),
        ["states:DescribeExecution arn:aws:states:eu-central-1:111122223333:execution:m:1"]
    );
    assert_eq!(policy.notes, []);
    let policy = of_task("aws-sdk:someday:doThing", &json!({}));
    assert_eq!(lines(&policy), ["someday:DoThing *"]);
    assert_eq!(policy.notes[0].kind, NoteKind::Guessed);
    assert!(wide(&policy, "someday:DoThing").is_some());
}

#[test]
fn a_role_that_a_call_of_the_sdk_hands_on_may_be_handed_on() {
    let role = "arn:aws:iam::111122223333:role/pipeline";
    let policy = of_task(
        "aws-sdk:sagemaker:createPipeline",
        &json!({"PipelineName": "p", "RoleArn": role}),
    );
    assert_eq!(lines(&policy)[1], format!("iam:PassRole {role}"));
    let policy = of_task("aws-sdk:sts:assumeRole", &json!({"RoleArn": role}));
    assert_eq!(lines(&policy), [format!("sts:AssumeRole {role}")]);
}

#[test]
fn region_and_account_in_the_arn_of_an_integration_mean_nothing() {
    let state = json!({"Type": "Task", "Resource": "arn:aws:states:us-east-1:111122223333:aws-sdk:s3:getObject", "Parameters": {"Bucket": "b", "Key": "k"}, "End": true});
    assert_eq!(lines(&of_state(&state)), ["s3:GetObject arn:aws:s3:::b/k"]);
}

#[test]
fn what_is_not_known_is_told() {
    for resource in [
        "arn:aws:states:::lambda:dance",
        "arn:aws:states:::nowhere",
        "https://example.com",
        "${Something}",
    ] {
        let policy = of_state(&json!({"Type": "Task", "Resource": resource, "End": true}));
        assert_eq!(policy.statements, [], "{resource}");
        assert_eq!(policy.notes[0].kind, NoteKind::Missing, "{resource}");
    }
    let policy = of_task("eks:runJob.sync", &json!({"ClusterName": "c"}));
    assert_eq!(policy.notes[0].kind, NoteKind::Elsewhere);
}

#[test]
fn a_query_that_only_reads_does_not_get_the_right_to_change_tables() {
    let of = |sql: Value| lines(&of_task("athena:startQueryExecution.sync", &sql));
    let writes = |lines: &[String]| {
        lines
            .iter()
            .any(|line| line.starts_with("glue:CreateTable"))
    };
    assert!(!writes(&of(json!({"QueryString": "SELECT 1"}))));
    assert!(writes(&of(
        json!({"QueryString": "INSERT INTO t VALUES (1)"})
    )));
    assert!(writes(&of(json!({"QueryString.$": "$.sql"}))));
}

#[test]
fn every_call_of_the_catalog_has_its_rights() {
    for action in catalog::all() {
        match action.form {
            Form::Optimized => {
                let right = facts::of(action.form, action.service, action.name);
                assert!(right.is_some(), "{}:{}", action.service, action.name);
            }
            Form::Sdk => {
                let call = super::sdk::call(action.service, action.name, |_| true);
                let known = facts::of(action.form, action.service, action.name).is_some();
                assert!(
                    known || !call.is_guess && call.on != ["*"],
                    "{}:{}",
                    action.service,
                    action.name
                );
            }
            Form::MapData | Form::Activity => {}
        }
    }
}

#[test]
fn every_row_is_a_call_of_the_catalog_and_its_patterns_name_what_it_takes() {
    for right in facts::all() {
        let name = format!("{}:{}", right.service, right.name);
        assert!(
            catalog::find(right.form, right.service, right.name).is_some(),
            "{name}"
        );
        let waits = right.allows.iter().any(|allow| allow.when == When::Waiting);
        assert!(waits || right.rule == Rule::None, "{name}");
        for allow in right.allows {
            assert!(
                allow.actions.iter().all(|action| action.contains(':')),
                "{name}"
            );
            for pattern in allow.on {
                let fits = *pattern == "*" || pattern.matches(':').count() >= 3;
                assert!(fits, "{name}: {pattern}");
                for piece in pieces(pattern) {
                    if let Piece::Argument { paths, .. } = piece {
                        assert!(
                            paths.starts_with(|c: char| c.is_ascii_uppercase()),
                            "{name}: {pattern}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn policies_are_documents_of_iam() {
    let policy = of_task(
        "sqs:sendMessage",
        &json!({"QueueUrl": "https://sqs.eu-central-1.amazonaws.com/111122223333/q"}),
    );
    assert_eq!(
        policy.to_value(),
        json!({"Version": "2012-10-17", "Statement": [{
            "Sid": "SqsSendMessage", "Effect": "Allow", "Action": ["sqs:SendMessage"], "Resource": ["arn:aws:sqs:eu-central-1:111122223333:q"],
        }]})
    );
    assert!(
        policy
            .to_json()
            .starts_with("{\n  \"Version\": \"2012-10-17\",\n")
    );
    let trust = trust_policy(&home());
    assert_eq!(
        trust["Statement"][0]["Principal"],
        json!({"Service": "states.amazonaws.com"})
    );
    assert_eq!(
        trust["Statement"][0]["Condition"],
        json!({"StringEquals": {"aws:SourceAccount": "111122223333"}, "ArnLike": {"aws:SourceArn": "arn:aws:states:eu-central-1:111122223333:*"}})
    );
    assert_eq!(
        trust_policy(&Home::default())["Statement"][0].get("Condition"),
        None
    );
}

#[test]
fn a_partition_may_be_a_placeholder() {
    let state = json!({"Type": "Task", "Resource": "arn:${AWS::Partition}:states:::sqs:sendMessage", "End": true,
        "Parameters": {"QueueUrl": "https://sqs.us-west-2.amazonaws.com/444455556666/orders", "MessageBody": "x"}});
    assert_eq!(
        lines(&of_state(&state)),
        ["sqs:SendMessage arn:aws:sqs:us-west-2:444455556666:orders"]
    );
}

#[test]
fn a_call_whose_arguments_only_a_run_knows_reaches_everything_and_says_so() {
    let state = json!({"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:secretsmanager:listSecrets",
        "QueryLanguage": "JSONata", "Arguments": "{% $request %}", "End": true});
    let policy = of_state(&state);
    assert_eq!(lines(&policy), ["secretsmanager:ListSecrets *"]);
    assert!(wide(&policy, "secretsmanager:ListSecrets").is_some());
    assert!(
        policy
            .notes
            .iter()
            .any(|note| note.kind == NoteKind::Missing)
    );
}

#[test]
fn an_index_and_a_version_have_rights_of_their_own() {
    let query = of_task(
        "aws-sdk:dynamodb:query",
        &json!({"TableName": "orders", "IndexName": "by-day"}),
    );
    assert_eq!(
        lines(&query),
        ["dynamodb:Query arn:aws:dynamodb:eu-central-1:111122223333:table/orders/index/by-day"]
    );
    let object = of_task(
        "aws-sdk:s3:getObject",
        &json!({"Bucket": "b", "Key": "k", "VersionId": "1"}),
    );
    assert_eq!(lines(&object), ["s3:GetObjectVersion arn:aws:s3:::b/k"]);
}

#[test]
fn statements_of_one_action_have_names_of_their_own() {
    let states: serde_json::Map<String, Value> = (0..40)
        .map(|number| {
            let state = json!({"Type": "Task", "Resource": "arn:aws:states:::http:invoke", "End": true, "Parameters": {
                "ApiEndpoint": format!("https://{number}.example"), "Method": "GET",
                "Authentication": {"ConnectionArn": "arn:aws:events:eu-central-1:111122223333:connection/c/1"}}});
            (format!("S{number}"), state)
        })
        .collect();
    let definition = json!({"StartAt": "S0", "States": states});
    let policy = derive(&Document::parse(definition.to_string()), &subject());
    let names: std::collections::HashSet<&str> =
        policy.statements.iter().map(|it| it.sid.as_str()).collect();
    assert_eq!(names.len(), policy.statements.len());
    assert!(policy.statements.len() >= 40);
}
