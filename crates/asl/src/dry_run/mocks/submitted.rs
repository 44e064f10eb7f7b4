//! What a mock file leaves open: what a service would have answered to the request half of a mocked callback or job task.
//!
//! A mock file gives only the final result; the `TaskSubmitted` event needs an answer of the service, too. Ids and
//! dates in it are made up and say so.

use crate::definition::Resource;
use serde_json::{Value, json};

/// The answer of the service named by `resource`, for example `arn:aws:states:::sqs:sendMessage.waitForTaskToken`.
pub fn submitted(resource: &str) -> Value {
    let service = resource.rsplit(":::").next().unwrap_or_default();
    let api = service.split('.').next().unwrap_or_default();
    let mut answer = match api {
        "sqs:sendMessage" => json!({
            "MD5OfMessageBody": "00000000000000000000000000000000",
            "MessageId": "00000000-0000-4000-8000-000000000000",
        }),
        "sns:publish" => json!({"MessageId": "00000000-0000-4000-8000-000000000000"}),
        "states:startExecution" => json!({
            "ExecutionArn": "arn:aws:states:us-east-1:123456789012:execution:mocked:mocked",
            "StartDate": 0,
        }),
        "lambda:invoke" => {
            json!({"ExecutedVersion": "$LATEST", "Payload": null, "StatusCode": 202})
        }
        _ => json!({}),
    };
    answer["SdkHttpMetadata"] =
        json!({"AllHttpHeaders": {}, "HttpHeaders": {}, "HttpStatusCode": 200});
    answer["SdkResponseMetadata"] = json!({"RequestId": "00000000-0000-4000-8000-000000000000"});
    answer
}

/// The result of a task from what its mock returns.
///
/// For a function's ARN a mock may return Lambda's whole answer, as Step Functions Local wants it: then the result is
/// its `Payload`. For everything else, the result is what the mock returns.
pub fn result(resource: &str, returned: &Value) -> Value {
    let is_function = matches!(Resource::parse(resource), Resource::Function(_));
    match returned.as_object() {
        Some(answer) if is_function && answer.contains_key("StatusCode") => {
            answer.get("Payload").unwrap_or(returned).clone()
        }
        _ => returned.clone(),
    }
}
