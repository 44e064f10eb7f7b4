//! The states of each pattern. An empty target is the way out of the pattern.

use super::pen::{Named, Pen, Test, named, with};
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
            "Catch": [pen.catcher(&["States.ALL"], "Tell the team")],
            "Next": ON,
        }),
    );
    vec![
        named(
            "Do the work",
            "Tried five times in all, with growing pauses.",
            work,
        ),
        named(
            "Tell the team",
            "Every attempt failed.",
            alert(pen, "Stop after the alert"),
        ),
        named(
            "Stop after the alert",
            "The team knows; the run ends here.",
            fail("Work.Failed", "Every attempt failed. The team was told."),
        ),
    ]
}

pub(super) fn validate_and_gate(pen: Pen) -> Vec<Named> {
    let validate = with(pen.function("quality"), json!({ "Next": "Good enough" }));
    let gate = choice(
        &[pen.rule("quality.Payload.score", Test::AtLeast(0.9), ON)],
        "Reject the data",
    );
    vec![
        named(
            "Validate data",
            "Answers with a score from 0 to 1.",
            validate,
        ),
        named("Good enough", "Only good data goes on.", gate),
        named(
            "Reject the data",
            "The score is under the limit.",
            fail(
                "Data.NotGoodEnough",
                "The data did not pass its validation.",
            ),
        ),
    ]
}

pub(super) fn split(pen: Pen) -> Vec<Named> {
    let draw = with(pen.draw("split"), json!({ "Next": "Which variant" }));
    let which = choice(
        &[pen.rule("split.number", Test::Below(50.0), "Variant A")],
        "Variant B",
    );
    let variant = || with(pen.function("variant"), json!({ "Next": ON }));
    vec![
        named(
            "Draw a number",
            "From 0 to 99; decides the variant of this run.",
            draw,
        ),
        named("Which variant", "Half of the runs get each one.", which),
        named("Variant A", "The present way.", variant()),
        named("Variant B", "The way to try.", variant()),
    ]
}

pub(super) fn fan_out(pen: Pen) -> Vec<Named> {
    let object = with(pen.function("result"), json!({ "End": true }));
    let (name, object) = named(
        "Process object",
        "Works on one object of the data set.",
        object,
    );
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
        "Next": "Sum up",
    });
    let sum = with(pen.function("summary"), json!({ "Next": ON }));
    vec![
        named(
            "Work on the data set",
            "A run of its own for every object, 100 at a time.",
            map,
        ),
        named("Sum up", "Reads where the results are.", sum),
    ]
}

pub(super) fn poll(pen: Pen) -> Vec<Named> {
    let look = with(pen.function("job"), json!({ "Next": "Job done" }));
    let done = choice(
        &[
            pen.rule("job.Payload.status", Test::Is("DONE"), ON),
            pen.rule("job.Payload.status", Test::Is("FAILED"), "Job failed"),
        ],
        "Wait for the job",
    );
    vec![
        named(
            "Start the job",
            "Answers at once; the job goes on.",
            with(
                pen.function("started"),
                json!({ "Next": "Wait for the job" }),
            ),
        ),
        named(
            "Wait for the job",
            "The pause between two looks.",
            json!({ "Type": "Wait", "Seconds": 30, "Next": "Look at the job" }),
        ),
        named(
            "Look at the job",
            "Answers with a status: DONE, FAILED or another.",
            look,
        ),
        named(
            "Job done",
            "Another status means: wait and look again.",
            done,
        ),
        named(
            "Job failed",
            "",
            fail("Job.Failed", "The job ended with an error."),
        ),
    ]
}

pub(super) fn approval(pen: Pen) -> Vec<Named> {
    let team = [
        pen.catcher(&["Approval.Rejected"], "Not approved"),
        pen.catcher(&["States.Timeout"], "Ask the lead"),
    ];
    let lead = [pen.catcher(&["Approval.Rejected", "States.Timeout"], "Not approved")];
    vec![
        named(
            "Ask the team",
            "Waits a day for the first answer.",
            ask(pen, "A decision is needed.", &team),
        ),
        named(
            "Ask the lead",
            "Nobody answered in time, so somebody else is asked.",
            ask(pen, "The team has not answered within a day.", &lead),
        ),
        named(
            "Not approved",
            "",
            fail(
                "Approval.Rejected",
                "The reviewer said no, or nobody answered.",
            ),
        ),
    ]
}

fn ask(pen: Pen, details: &str, catchers: &[Value]) -> Value {
    let request = json!({
        "Title": "Approve the next step",
        "Question": "Shall this go on?",
        "Details": details,
        "IfApproved": "The pipeline goes on.",
        "IfRejected": "The pipeline stops here.",
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
        "Back to blue",
    );
    vec![
        named(
            "Configure green",
            "The next configuration, beside the present one.",
            step("createEndpointConfig", configuration, "Switch to green"),
        ),
        named(
            "Switch to green",
            "The endpoint takes the next configuration without a pause.",
            step("updateEndpoint", green, "Let green work"),
        ),
        named(
            "Let green work",
            "Long enough to see how it does.",
            json!({ "Type": "Wait", "Seconds": 600, "Next": "Check green" }),
        ),
        named(
            "Check green",
            "Answers with the share of requests that failed.",
            with(pen.function("health"), json!({ "Next": "Green healthy" })),
        ),
        named(
            "Green healthy",
            "Fewer than 1 in 100 requests failed.",
            healthy,
        ),
        named(
            "Back to blue",
            "The endpoint takes the configuration of before.",
            step("updateEndpoint", blue, "Rolled back"),
        ),
        named(
            "Rolled back",
            "",
            fail(
                "Green.NotHealthy",
                "The next model failed too often, so the one of before is back.",
            ),
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
        json!({ "TimeoutSeconds": 30, "Catch": [pen.catcher(&["States.ALL"], "Open the breaker")], "Next": ON }),
    );
    let is_open = choice(
        &[pen.rule_if_there("breaker.Item.state.S", "open", "Do without")],
        "Call the service",
    );
    vec![
        named(
            "Read the breaker",
            "Give the table a time to live, so that an open breaker closes by itself.",
            with(
                pen.kept(read, "breaker", None),
                json!({ "Next": "Breaker open" }),
            ),
        ),
        named(
            "Breaker open",
            "While it is open the service is spared.",
            is_open,
        ),
        named("Call the service", "Its failure opens the breaker.", call),
        named(
            "Open the breaker",
            "The next runs do without the service.",
            with(pen.unchanged(open), json!({ "Next": "Do without" })),
        ),
        named(
            "Do without",
            "What counts when the service does not answer.",
            json!({ "Type": "Pass", "Next": ON }),
        ),
    ]
}

fn alert(pen: Pen, next: &str) -> Value {
    let told = pen.call(
        Optimized,
        ("sns", "publish"),
        json!({ "TopicArn": TOPIC, "Subject": "A pipeline needs a look", "Message": "=input" }),
    );
    with(pen.unchanged(told), json!({ "Next": next }))
}

fn choice(rules: &[Value], otherwise: &str) -> Value {
    json!({ "Type": "Choice", "Choices": rules, "Default": otherwise })
}

fn fail(error: &str, cause: &str) -> Value {
    json!({ "Type": "Fail", "Error": error, "Cause": cause })
}
