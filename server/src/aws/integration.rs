//! The API as a service that tasks call: `arn:aws:states:::aws-sdk:sfn:<operation>` (feature map, INT-05).
//!
//! A call is one of the API's own operations, in this process: parameters and answers have names in PascalCase, dates are
//! texts, errors are named as AWS's SDK names them (asl-rules 18). Nothing goes over a wire and nobody signs.
//! StartExecution is not called here, since a task that is asked again must not start a second execution
//! (`engine/child.rs`).

use super::dispatch::Operation;
use super::error::AwsError;
use super::shape::{Member, Shape};
use crate::app::App;
use crate::connectors::{Connector, Job, Ran, TaskAnswer};
use crate::ids;
use crate::time::rfc3339;
use asl::definition::{Pattern, Resource};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde_json::{Map, Value};
use std::sync::{Arc, Weak};
use tokio::sync::SetOnce;

/// Which integration calls: errors and results differ (asl-rules 18).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// `states:…`
    Optimised,
    /// `aws-sdk:sfn:…`
    Sdk,
}

/// How a task fails whose call the API refused.
pub(crate) fn failed_call(error: &AwsError, style: Style) -> TaskAnswer {
    let (code, status) = (error.code(), error.status().as_u16());
    let id = ids::uuid().unwrap_or_default();
    let name = format!("{}Exception", code.trim_end_matches("Exception"));
    match style {
        Style::Optimised => TaskAnswer::failed(
            format!("StepFunctions.{name}"),
            format!(
                "{error} (Service: AWSStepFunctions; Status Code: {status}; Error Code: {code}; Request ID: {id}; Proxy: null)"
            ),
        ),
        Style::Sdk => TaskAnswer::failed(
            format!("Sfn.{name}"),
            format!(
                "{error} (Service: Sfn, Status Code: {status}, Request ID: {id}) (SDK Attempt Count: 1)"
            ),
        ),
    }
}

/// Calls the API of the server that it belongs to, once that is there.
#[derive(Debug, Clone, Default)]
pub(crate) struct OwnApi(Arc<SetOnce<Weak<App>>>);

impl OwnApi {
    /// Says which server; tasks that came before have waited for it.
    pub(crate) fn belongs_to(&self, app: &Arc<App>) {
        if self.0.set(Arc::downgrade(app)).is_err() {
            tracing::error!("the API belongs to a server already");
        }
    }

    async fn work(self, job: Job) -> TaskAnswer {
        let resource = Resource::parse(&job.request.resource);
        let app = self.0.wait().await.upgrade();
        let (Some(app), Some((operation, pattern))) = (app, call_of(&resource)) else {
            return TaskAnswer::broken();
        };
        let parameters: Value = serde_json::from_str(&job.request.input).unwrap_or_default();
        let request = request_of(&parameters, operation.members());
        match operation.perform(&app, request).await {
            Err(error) => failed_call(&error, Style::Sdk),
            Ok(answer) => {
                let Some(answer) = answer.into_value() else {
                    return TaskAnswer::broken();
                };
                let output = answer_of(answer).to_string().into();
                match pattern {
                    Pattern::Callback => TaskAnswer::Submitted { output },
                    Pattern::RequestResponse | Pattern::Sync => TaskAnswer::Succeeded { output },
                }
            }
        }
    }
}

fn call_of(resource: &Resource) -> Option<(Operation, Pattern)> {
    let Resource::Service { names, pattern, .. } = resource else {
        return None;
    };
    if &*names.resource_type != "aws-sdk:sfn" || *pattern == Pattern::Sync {
        return None;
    }
    let name = names.resource.split('.').next()?;
    let operation = Operation::find(&with_first(name, char::to_ascii_uppercase)).ok()?;
    Some((operation, *pattern))
}

/// A name with its first letter changed.
fn with_first(name: &str, change: fn(&char) -> char) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|letter| change(&letter));
    first.into_iter().chain(letters).collect()
}

/// The request that a call's parameters stand for. `null` is left out, and what should be a text and is none is written as
/// JSON, as AWS does with the payloads of its API.
pub(super) fn request_of(parameters: &Value, members: &'static [Member]) -> Value {
    let mut request = Map::new();
    for member in members {
        let name = with_first(member.name, char::to_ascii_uppercase);
        match parameters.get(name) {
            None | Some(Value::Null) => {}
            Some(value) => {
                drop(request.insert(member.name.to_owned(), value_of(value, &member.shape)))
            }
        }
    }
    Value::Object(request)
}

fn value_of(value: &Value, shape: &Shape) -> Value {
    match (shape, value) {
        (Shape::Structure(members), Value::Object(_)) => request_of(value, members),
        (Shape::List(shape) | Shape::Few { member: shape, .. }, Value::Array(items)) => {
            items.iter().map(|item| value_of(item, shape)).collect()
        }
        (Shape::Text { .. }, Value::Array(_) | Value::Object(_)) => {
            Value::String(value.to_string())
        }
        _ => value.clone(),
    }
}

/// What the API answered, as a task shows it.
fn answer_of(answer: Value) -> Value {
    match answer {
        Value::Array(items) => items.into_iter().map(answer_of).collect(),
        Value::Object(members) => {
            let members = members.into_iter().map(|(name, value)| {
                let value = match value.as_f64() {
                    Some(seconds) if is_date(&name) => date(seconds).into(),
                    _ => answer_of(value),
                };
                (with_first(&name, char::to_ascii_uppercase), value)
            });
            Value::Object(members.collect())
        }
        plain @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => plain,
    }
}

fn is_date(name: &str) -> bool {
    name == "timestamp" || name.ends_with("Date")
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "times in milliseconds fit in 64 bits"
)]
fn date(seconds: f64) -> String {
    rfc3339((seconds * 1000.0).round() as i64)
}

impl Connector for OwnApi {
    fn serves(&self, resource: &Resource) -> bool {
        call_of(resource).is_some()
    }

    fn describe(&self) -> String {
        "This server".into()
    }

    fn calls_out(&self) -> bool {
        false
    }

    fn run(&self, job: Job) -> BoxFuture<'static, Ran> {
        self.clone().work(job).map(Ran::Answer).boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_call_has_the_names_of_the_sdk_and_payloads_as_json_texts() {
        let find = |name: &str| Operation::find(name).unwrap().members();
        let parameters = json!({"TaskToken": "t", "Output": {"a": [1]}, "Unknown": 1});
        assert_eq!(
            request_of(&parameters, find("SendTaskSuccess")),
            json!({"taskToken": "t", "output": "{\"a\":[1]}"})
        );
        let parameters = json!({"ResourceArn": "r", "Tags": [{"Key": "k", "Value": "v"}]});
        assert_eq!(
            request_of(&parameters, find("TagResource")),
            json!({"resourceArn": "r", "tags": [{"key": "k", "value": "v"}]})
        );
        let routes = json!([{"StateMachineVersionArn": "v", "Weight": 100}]);
        let parameters = json!({"Name": "live", "RoutingConfiguration": routes});
        assert_eq!(
            request_of(&parameters, find("CreateStateMachineAlias")),
            json!({"name": "live", "routingConfiguration": [{"stateMachineVersionArn": "v", "weight": 100}]})
        );
        let parameters = json!({"StateMachineArn": "a", "Name": null});
        assert_eq!(
            request_of(&parameters, find("StartExecution")),
            json!({"stateMachineArn": "a"})
        );
    }

    #[test]
    fn an_answer_has_the_names_of_the_sdk_and_dates_as_texts() {
        let answer = json!({"executions": [{"startDate": 1.5, "name": "n"}], "nextToken": null});
        assert_eq!(
            answer_of(answer),
            json!({"Executions": [{"StartDate": "1970-01-01T00:00:01.500Z", "Name": "n"}], "NextToken": null})
        );
    }

    #[test]
    fn errors_have_the_names_of_each_integration() {
        let name = |error: &AwsError, style| match failed_call(error, style) {
            TaskAnswer::Failed { error, cause, .. } => (error.unwrap(), cause.unwrap()),
            other => panic!("{other:?}"),
        };
        let taken = AwsError::ExecutionAlreadyExists("arn".into());
        let (error, cause) = name(&taken, Style::Optimised);
        assert_eq!(error, "StepFunctions.ExecutionAlreadyExistsException");
        assert!(
            cause.contains("Error Code: ExecutionAlreadyExists;"),
            "{cause}"
        );
        assert_eq!(
            name(&taken, Style::Sdk).0,
            "Sfn.ExecutionAlreadyExistsException"
        );
        let wrong = AwsError::Validation("Too long".into());
        assert_eq!(name(&wrong, Style::Sdk).0, "Sfn.ValidationException");
    }
}
