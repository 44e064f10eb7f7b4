//! What the work of a state gives, as far as it is known without a run (asl-rules 18).

use super::{Flow, Guess};
use crate::check::arn::{self, Pattern, Resource};
use crate::check::fields::Language;
use crate::graph::{StateIx, StateType};
use crate::text::Node;
use serde_json::{Value, json};

impl Flow<'_> {
    /// The raw result of a state.
    pub(super) fn result(&self, ix: StateIx, node: &Node, depth: usize) -> Guess {
        let seen = self.seen_of(ix);
        if let Some(result) = seen.and_then(|seen| seen.result.as_ref()) {
            return self.shown(result);
        }
        match self.kind(ix) {
            Some(StateType::Pass) => match node.field("Result") {
                Some(result) if self.language(node) == Language::JsonPath => Guess {
                    is_seen: true,
                    ..Guess::likely(result.to_value().unwrap_or_default())
                },
                _ => self.parameters(ix, node, depth),
            },
            Some(StateType::Task) => {
                let resource = node.field("Resource").and_then(Node::as_str);
                Guess::likely(resource.map(of_resource).unwrap_or_default())
            }
            Some(StateType::Parallel | StateType::Map) => self.gathered_output(ix, depth),
            Some(StateType::Choice | StateType::Wait | StateType::Succeed | StateType::Fail)
            | None => self.filtered(ix, node, depth),
        }
    }

    /// The outputs of all branches, or of one iteration.
    fn gathered_output(&self, ix: StateIx, depth: usize) -> Guess {
        let Some(depth) = depth.checked_sub(1) else {
            return Guess::default();
        };
        let blocks = self
            .outline
            .state(ix)
            .map(|state| state.children.clone())
            .unwrap_or_default();
        let outputs: Vec<Guess> = blocks
            .iter()
            .map(|block| self.block_output(*block, depth))
            .collect();
        let is_seen = !outputs.is_empty() && outputs.iter().all(|output| output.is_seen);
        let values = outputs.iter().map(|output| (*output.value).clone());
        Guess {
            is_seen,
            ..Guess::likely(Value::Array(values.collect()))
        }
    }
}

/// What a catcher gets.
pub(super) fn error_output() -> Value {
    json!({"Error": null, "Cause": null})
}

/// The members that the answer of an integration has; null stands for what only a run can show.
fn of_resource(resource: &str) -> Value {
    let Resource::Optimized { action, pattern } = arn::read(resource) else {
        return Value::Null;
    };
    let metadata = |mut answer: Value| {
        answer["SdkHttpMetadata"] = json!({"HttpStatusCode": 200});
        answer["SdkResponseMetadata"] = json!({"RequestId": null});
        answer
    };
    match (action.service, action.name, pattern) {
        (_, _, Pattern::Callback) => Value::Null,
        ("lambda", "invoke", _) => {
            metadata(json!({"ExecutedVersion": "$LATEST", "Payload": null, "StatusCode": 200}))
        }
        ("states", "startExecution", Pattern::Sync | Pattern::Sync2) => json!({
            "ExecutionArn": null, "Input": null, "Name": null, "Output": null, "StartDate": null,
            "StateMachineArn": null, "Status": "SUCCEEDED", "StopDate": null
        }),
        ("states", "startExecution", Pattern::Request) => {
            metadata(json!({"ExecutionArn": null, "StartDate": null}))
        }
        ("sqs", "sendMessage", _) => metadata(json!({"MD5OfMessageBody": null, "MessageId": null})),
        ("sns", "publish", _) => metadata(json!({"MessageId": null})),
        ("dynamodb", "getItem", _) => metadata(json!({"Item": null})),
        ("events", "putEvents", _) => {
            metadata(json!({"Entries": [{"EventId": null}], "FailedEntryCount": 0}))
        }
        ("http", "invoke", _) => {
            json!({"Headers": {}, "ResponseBody": null, "StatusCode": 200, "StatusText": "OK"})
        }
        ("sagemaker", "createTrainingJob", Pattern::Sync) => json!({
            "TrainingJobArn": null, "TrainingJobName": null, "TrainingJobStatus": "Completed",
            "ModelArtifacts": {"S3ModelArtifacts": null}, "FinalMetricDataList": [{"MetricName": null, "Value": null}]
        }),
        _ => Value::Null,
    }
}
