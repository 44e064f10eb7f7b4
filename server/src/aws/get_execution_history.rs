//! GetExecutionHistory.

use super::limits::{ARN, PAGE_SIZE, PAGE_TOKEN};
use super::shape::{Member, Shape, optional, required};
use super::{Answer, AwsError, arn, page};
use crate::app::App;
use crate::store::{HistoryEvent, HistoryPage, HistoryQuery};
use serde::Deserialize;
use serde_json::Value;

pub(super) const INPUT: &[Member] = &[
    required("executionArn", ARN),
    optional("maxResults", PAGE_SIZE),
    optional("reverseOrder", Shape::Flag),
    optional("nextToken", PAGE_TOKEN),
    optional("includeExecutionData", Shape::Flag),
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    execution_arn: String,
    max_results: Option<i64>,
    reverse_order: Option<bool>,
    next_token: Option<String>,
    include_execution_data: Option<bool>,
}

pub(super) async fn answer(app: &App, request: Request) -> Result<Answer, AwsError> {
    let execution = arn::execution(&request.execution_arn)?;
    let reverse = request.reverse_order.unwrap_or(false);
    let direction = if reverse {
        "newest first"
    } else {
        "oldest first"
    };
    let purpose = ["GetExecutionHistory", execution.as_str(), direction];
    let from = request
        .next_token
        .as_deref()
        .map(|token| page::number(&purpose, token))
        .transpose()?;
    let query = HistoryQuery {
        from,
        reverse,
        limit: page::length(request.max_results),
    };
    let Some(found) = app.store.history(&execution, query).await? else {
        return Err(AwsError::ExecutionDoesNotExist(execution.to_string()));
    };
    let next = found
        .next
        .map(|next| page::token(&purpose, &next.to_string()));
    let events = if request.include_execution_data == Some(false) {
        without_data(&found)?
    } else {
        found.events_text()
    };
    Ok(Answer::Text(body(&events, next.as_deref())))
}

/// The answer's body: events stay the texts that they are on disk.
fn body(events: &str, next: Option<&str>) -> String {
    match next {
        None => format!(r#"{{"events":{events}}}"#),
        Some(token) => format!(
            r#"{{"events":{events},"nextToken":{}}}"#,
            Value::from(token)
        ),
    }
}

fn without_data(found: &HistoryPage) -> Result<String, AwsError> {
    let read = |event: &HistoryEvent| -> serde_json::Result<Value> {
        let mut event = serde_json::from_str(event.text.get())?;
        remove_data(&mut event);
        Ok(event)
    };
    let events: Result<Vec<Value>, _> = found.events.iter().map(read).collect();
    let events = events.map_err(|error| AwsError::Internal(error.to_string()))?;
    Ok(Value::Array(events).to_string())
}

/// Members of the details that hold data of the execution.
const DATA: &[&str] = &[
    "input",
    "inputDetails",
    "output",
    "outputDetails",
    "parameters",
    "assignedVariables",
    "assignedVariablesDetails",
];

fn remove_data(event: &mut Value) {
    let Some(members) = event.as_object_mut() else {
        return;
    };
    let details = members
        .iter_mut()
        .filter(|(name, _)| name.ends_with("EventDetails"));
    for details in details.filter_map(|(_, value)| value.as_object_mut()) {
        details.retain(|name, _| !DATA.contains(&name.as_str()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn without_data_an_event_keeps_its_names_only() {
        let mut event = json!({
            "id": 2, "type": "TaskStateEntered",
            "stateEnteredEventDetails": {"name": "Train", "input": "{}", "inputDetails": {"truncated": false}},
        });
        remove_data(&mut event);
        assert_eq!(
            event,
            json!({"id": 2, "type": "TaskStateEntered", "stateEnteredEventDetails": {"name": "Train"}})
        );
    }
}
