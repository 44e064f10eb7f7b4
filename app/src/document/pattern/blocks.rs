//! The states of each pattern. An empty target is the way out of the pattern.

use super::pen::{Named, Pen, Test, named, with};
use crate::text::document::patterns as text;
use asl::catalog::Form::{Activity, Optimized};
use serde_json::{Value, json};

const ON: &str = "";
const TOPIC: &str = "arn:aws:sns:us-east-1:123456789012:my-topic";

pub(super) fn retry_with_alert(pen: Pen) -> Vec<Named> {
    let work = with(
        pen.function("work"),
        json!({
            "TimeoutSeconds": 900,
            "Retry": [{ "ErrorEquals": ["States.ALL"], "IntervalSeconds": 5, "MaxAttempts": 4, "BackoffRate": 2, "MaxDelaySeconds": 120, "JitterStrategy": "FULL" }],
            "Catch": [pen.catcher(&["States.ALL"], text::retry::TELL)],
            "Next": ON,
        }),
    );
    vec![
        named(text::retry::WORK, text::retry::WORK_COMMENT, work),
        named(
            text::retry::TELL,
            text::retry::TELL_COMMENT,
            alert(pen, text::retry::STOP),
        ),
        named(
            text::retry::STOP,
            text::retry::STOP_COMMENT,
            fail("Work.Failed", text::retry::CAUSE),
        ),
    ]
}

pub(super) fn validate_and_gate(pen: Pen) -> Vec<Named> {
    let validate = with(pen.function("quality"), json!({ "Next": text::gate::GATE }));
    let gate = choice(
        &[pen.rule("quality.Payload.score", Test::AtLeast(0.9), ON)],
        text::gate::REJECT,
    );
    vec![
        named(text::gate::VALIDATE, text::gate::VALIDATE_COMMENT, validate),
        named(text::gate::GATE, text::gate::GATE_COMMENT, gate),
        named(
            text::gate::REJECT,
            text::gate::REJECT_COMMENT,
            fail("Data.NotGoodEnough", text::gate::CAUSE),
        ),
    ]
}

pub(super) fn split(pen: Pen) -> Vec<Named> {
    let draw = with(pen.draw("split"), json!({ "Next": text::split::WHICH }));
    let which = choice(
        &[pen.rule("split.number", Test::Below(50.0), text::split::A)],
        text::split::B,
    );
    let variant = || with(pen.function("variant"), json!({ "Next": ON }));
    vec![
        named(text::split::DRAW, text::split::DRAW_COMMENT, draw),
        named(text::split::WHICH, text::split::WHICH_COMMENT, which),
        named(text::split::A, text::split::A_COMMENT, variant()),
        named(text::split::B, text::split::B_COMMENT, variant()),
    ]
}

pub(super) fn fan_out(pen: Pen) -> Vec<Named> {
    let object = with(pen.function("result"), json!({ "End": true }));
    let (name, object) = named(text::fan_out::OBJECT, text::fan_out::OBJECT_COMMENT, object);
    let map = json!({
        "Type": "Map",
        "Label": "DataSet",
        "MaxConcurrency": 100,
        "ToleratedFailurePercentage": 5,
        "ItemReader": pen.map_data("listObjectsV2", json!({ "Bucket": "my-bucket", "Prefix": "my-data-set/" })),
        "ItemProcessor": {
            "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
            "StartAt": name,
            "States": { name: object },
        },
        "ResultWriter": pen.map_data("putObject", json!({ "Bucket": "my-bucket", "Prefix": "my-results" })),
        "Next": text::fan_out::SUM,
    });
    let sum = with(pen.function("summary"), json!({ "Next": ON }));
    vec![
        named(text::fan_out::MAP, text::fan_out::MAP_COMMENT, map),
        named(text::fan_out::SUM, text::fan_out::SUM_COMMENT, sum),
    ]
}

pub(super) fn poll(pen: Pen) -> Vec<Named> {
    let look = with(pen.function("job"), json!({ "Next": text::poll::DONE }));
    let done = choice(
        &[
            pen.rule("job.Payload.status", Test::Is("DONE"), ON),
            pen.rule("job.Payload.status", Test::Is("FAILED"), text::poll::FAILED),
        ],
        text::poll::WAIT,
    );
    vec![
        named(
            text::poll::START,
            text::poll::START_COMMENT,
            with(pen.function("started"), json!({ "Next": text::poll::WAIT })),
        ),
        named(
            text::poll::WAIT,
            text::poll::WAIT_COMMENT,
            json!({ "Type": "Wait", "Seconds": 30, "Next": text::poll::LOOK }),
        ),
        named(text::poll::LOOK, text::poll::LOOK_COMMENT, look),
        named(text::poll::DONE, text::poll::DONE_COMMENT, done),
        named(
            text::poll::FAILED,
            "",
            fail("Job.Failed", text::poll::CAUSE),
        ),
    ]
}

pub(super) fn approval(pen: Pen) -> Vec<Named> {
    let team = [
        pen.catcher(&["Approval.Rejected"], text::approval::REFUSED),
        pen.catcher(&["States.Timeout"], text::approval::LEAD),
    ];
    let lead = [pen.catcher(
        &["Approval.Rejected", "States.Timeout"],
        text::approval::REFUSED,
    )];
    vec![
        named(
            text::approval::TEAM,
            text::approval::TEAM_COMMENT,
            ask(pen, text::approval::TEAM_DETAILS, &team),
        ),
        named(
            text::approval::LEAD,
            text::approval::LEAD_COMMENT,
            ask(pen, text::approval::LEAD_DETAILS, &lead),
        ),
        named(
            text::approval::REFUSED,
            "",
            fail("Approval.Rejected", text::approval::CAUSE),
        ),
    ]
}

fn ask(pen: Pen, details: &str, catchers: &[Value]) -> Value {
    let request = json!({
        "Title": text::approval::TITLE,
        "Question": text::approval::QUESTION,
        "Details": details,
        "IfApproved": text::approval::IF_APPROVED,
        "IfRejected": text::approval::IF_REJECTED,
        "Evidence": "=input",
    });
    let asked = pen.call(Activity, ("people", "approvals"), request);
    let timed = json!({ "TimeoutSeconds": 86_400, "Catch": catchers, "Next": ON });
    with(pen.kept(asked, "review", None), timed)
}

pub(super) fn blue_green(pen: Pen) -> Vec<Named> {
    let configuration = json!({
        "EndpointConfigName": "=context.Execution.Name",
        "ProductionVariants": [{ "VariantName": "green", "ModelName": "my-model", "InitialInstanceCount": 1, "InstanceType": "ml.m5.large" }],
    });
    let green =
        json!({ "EndpointName": "my-endpoint", "EndpointConfigName": "=context.Execution.Name" });
    let blue = json!({ "EndpointName": "my-endpoint", "EndpointConfigName": "my-endpoint-config" });
    let step = |call: &str, request: Value, next: &str| {
        let called = pen.call(Optimized, ("sagemaker", call), request);
        with(pen.unchanged(called), json!({ "Next": next }))
    };
    let healthy = choice(
        &[pen.rule("health.Payload.errorRate", Test::Below(0.01), ON)],
        text::blue_green::BACK,
    );
    vec![
        named(
            text::blue_green::CONFIGURE,
            text::blue_green::CONFIGURE_COMMENT,
            step(
                "createEndpointConfig",
                configuration,
                text::blue_green::SWITCH,
            ),
        ),
        named(
            text::blue_green::SWITCH,
            text::blue_green::SWITCH_COMMENT,
            step("updateEndpoint", green, text::blue_green::WORK),
        ),
        named(
            text::blue_green::WORK,
            text::blue_green::WORK_COMMENT,
            json!({ "Type": "Wait", "Seconds": 600, "Next": text::blue_green::CHECK }),
        ),
        named(
            text::blue_green::CHECK,
            text::blue_green::CHECK_COMMENT,
            with(
                pen.function("health"),
                json!({ "Next": text::blue_green::HEALTHY }),
            ),
        ),
        named(
            text::blue_green::HEALTHY,
            text::blue_green::HEALTHY_COMMENT,
            healthy,
        ),
        named(
            text::blue_green::BACK,
            text::blue_green::BACK_COMMENT,
            step("updateEndpoint", blue, text::blue_green::ROLLED_BACK),
        ),
        named(
            text::blue_green::ROLLED_BACK,
            "",
            fail("Green.NotHealthy", text::blue_green::CAUSE),
        ),
    ]
}

pub(super) fn circuit_breaker(pen: Pen) -> Vec<Named> {
    let key = json!({ "service": { "S": "my-service" } });
    let read = pen.call(
        Optimized,
        ("dynamodb", "getItem"),
        json!({ "TableName": "my-breakers", "Key": key }),
    );
    let open = pen.call(
        Optimized,
        ("dynamodb", "putItem"),
        json!({ "TableName": "my-breakers", "Item": { "service": { "S": "my-service" }, "state": { "S": "open" }, "since": { "S": "=context.State.EnteredTime" } } }),
    );
    let call = with(
        pen.function("answer"),
        json!({ "TimeoutSeconds": 30, "Catch": [pen.catcher(&["States.ALL"], text::breaker::OPEN)], "Next": ON }),
    );
    let is_open = choice(
        &[pen.rule_if_there("breaker.Item.state.S", "open", text::breaker::WITHOUT)],
        text::breaker::CALL,
    );
    vec![
        named(
            text::breaker::READ,
            text::breaker::READ_COMMENT,
            with(
                pen.kept(read, "breaker", None),
                json!({ "Next": text::breaker::IS_OPEN }),
            ),
        ),
        named(
            text::breaker::IS_OPEN,
            text::breaker::IS_OPEN_COMMENT,
            is_open,
        ),
        named(text::breaker::CALL, text::breaker::CALL_COMMENT, call),
        named(
            text::breaker::OPEN,
            text::breaker::OPEN_COMMENT,
            with(
                pen.unchanged(open),
                json!({ "Next": text::breaker::WITHOUT }),
            ),
        ),
        named(
            text::breaker::WITHOUT,
            text::breaker::WITHOUT_COMMENT,
            json!({ "Type": "Pass", "Next": ON }),
        ),
    ]
}

fn alert(pen: Pen, next: &str) -> Value {
    let told = pen.call(
        Optimized,
        ("sns", "publish"),
        json!({ "TopicArn": TOPIC, "Subject": text::retry::SUBJECT, "Message": "=input" }),
    );
    with(pen.unchanged(told), json!({ "Next": next }))
}

fn choice(rules: &[Value], otherwise: &str) -> Value {
    json!({ "Type": "Choice", "Choices": rules, "Default": otherwise })
}

fn fail(error: &str, cause: &str) -> Value {
    json!({ "Type": "Fail", "Error": error, "Cause": cause })
}
