//! GetExecutionHistory.

use super::limits::{ARN, PAGE_SIZE, PAGE_TOKEN};
use super::shape::{Member, Shape, optional, required};
use super::{AwsError, arn, page};
use crate::app::App;
use crate::store::HistoryQuery;
use serde::Deserialize;
use serde_json::{Value, json};

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

pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
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
    let Some(mut found) = app.store.history(&execution, query).await? else {
        return Err(AwsError::ExecutionDoesNotExist(execution.to_string()));
    };
    if request.include_execution_data == Some(false) {
        found.events.iter_mut().for_each(remove_data);
    }
    let mut answer = json!({"events": found.events});
    if let Some(next) = found.next {
        answer["nextToken"] = page::token(&purpose, &next.to_string()).into();
    }
    Ok(answer)
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
