//! The shapes that travel between studio and server.
//!
//! Only the members that the studio uses are read; unknown ones are ignored, so that a newer server still works.

use crate::text::api as text;
pub use asl::approval::Evidence;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// A moment in milliseconds since 1970-01-01T00:00:00Z. Reads AWS's seconds and RFC 3339 text alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Time(pub i64);

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Self::from_json(&value).ok_or_else(|| serde::de::Error::custom(text::no_time(&value)))
    }
}

impl Time {
    /// Reads a number of seconds or RFC 3339 text.
    pub fn from_json(value: &Value) -> Option<Self> {
        match value {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "dates stay far below 2^53 milliseconds"
            )]
            Value::Number(seconds) => Some(Self((seconds.as_f64()? * 1000.0).round() as i64)),
            Value::String(text) => text
                .parse::<jiff::Timestamp>()
                .ok()
                .map(|t| Self(t.as_millisecond())),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        }
    }
}

/// `GET /api/info`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Info {
    /// The server's version.
    pub version: String,
    /// The region in the ARNs that it makes.
    pub region: String,
    /// The account in the ARNs that it makes.
    pub account_id: String,
}

/// A deployed pipeline in ListStateMachines.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MachineItem {
    /// Its ARN.
    pub state_machine_arn: String,
    /// Its name.
    pub name: String,
    /// `STANDARD` or `EXPRESS`.
    #[serde(rename = "type")]
    pub kind: String,
    /// When it was created.
    pub creation_date: Time,
}

/// A version in ListStateMachineVersions.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PublishedVersion {
    /// Its ARN, which ends in its number.
    pub state_machine_version_arn: String,
    /// When it was published.
    pub creation_date: Time,
}

/// DescribeStateMachine, and the part of DescribeStateMachineForExecution that is the same.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MachineDetail {
    /// Its ARN.
    pub state_machine_arn: String,
    /// Its name.
    pub name: String,
    /// Its definition, as deployed.
    pub definition: String,
    /// `STANDARD` or `EXPRESS`; missing when asked for an execution.
    #[serde(rename = "type", default)]
    pub kind: Option<String>,
    /// The role given at creation.
    #[serde(default)]
    pub role_arn: String,
}

/// How a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RunStatus {
    /// Not over.
    Running,
    /// Over, with an output.
    Succeeded,
    /// Over, with an error.
    Failed,
    /// Its time ran out.
    TimedOut,
    /// Somebody stopped it.
    Aborted,
    /// It failed and will be redriven.
    PendingRedrive,
}

impl RunStatus {
    /// Whether nothing more can happen.
    pub fn is_over(self) -> bool {
        match self {
            Self::Running | Self::PendingRedrive => false,
            Self::Succeeded | Self::Failed | Self::TimedOut | Self::Aborted => true,
        }
    }

    /// AWS's name, as `statusFilter` takes it.
    pub fn wire_name(self) -> &'static str {
        match self {
            Self::Running => "RUNNING",
            Self::Succeeded => "SUCCEEDED",
            Self::Failed => "FAILED",
            Self::TimedOut => "TIMED_OUT",
            Self::Aborted => "ABORTED",
            Self::PendingRedrive => "PENDING_REDRIVE",
        }
    }
}

/// A run in ListExecutions.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RunItem {
    /// Its ARN.
    pub execution_arn: String,
    /// Its name.
    pub name: String,
    /// How it stands.
    pub status: RunStatus,
    /// When it began.
    pub start_date: Time,
    /// When it ended.
    #[serde(default)]
    pub stop_date: Option<Time>,
}

/// Whether a run that ended without success can go on (feature map, RED-05).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RedriveStatus {
    /// It can.
    Redrivable,
    /// It cannot.
    NotRedrivable,
    /// Only together with the Map Run whose child it is.
    RedrivableByMapRun,
}

/// DescribeExecution.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExecutionDetail {
    /// Its ARN.
    pub execution_arn: String,
    /// ARN of its machine, perhaps with `#case`.
    pub state_machine_arn: String,
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
    /// How it stands.
    pub status: RunStatus,
    /// When it began.
    pub start_date: Time,
    /// When it ended.
    #[serde(default)]
    pub stop_date: Option<Time>,
    /// What it began with, as JSON text.
    #[serde(default)]
    pub input: Option<String>,
    /// What it gave, as JSON text.
    #[serde(default)]
    pub output: Option<String>,
    /// The error's name.
    #[serde(default)]
    pub error: Option<String>,
    /// The cause.
    #[serde(default)]
    pub cause: Option<String>,
    /// How often it was redriven.
    #[serde(default)]
    pub redrive_count: u32,
    /// When it was redriven last.
    #[serde(default)]
    pub redrive_date: Option<Time>,
    /// Whether it can be redriven.
    #[serde(default)]
    pub redrive_status: Option<RedriveStatus>,
    /// Why it cannot be redriven.
    #[serde(default)]
    pub redrive_status_reason: Option<String>,
}

/// News of a run in the live lists: `execution`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExecutionNews {
    /// Its ARN.
    pub execution_arn: String,
    /// Its name.
    pub name: String,
    /// Its machine's name.
    pub machine: String,
    /// How it stands now.
    pub status: RunStatus,
    /// When it began.
    pub start_date: Time,
    /// When it ended.
    #[serde(default)]
    pub stop_date: Option<Time>,
}

/// The `status` news of one run.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusNews {
    /// How it stands now.
    pub status: RunStatus,
    /// When it began.
    #[serde(default)]
    pub start_date: Option<Time>,
    /// When it ended.
    #[serde(default)]
    pub stop_date: Option<Time>,
    /// What it gave, as JSON text.
    #[serde(default)]
    pub output: Option<String>,
    /// The error's name.
    #[serde(default)]
    pub error: Option<String>,
    /// The cause.
    #[serde(default)]
    pub cause: Option<String>,
}

/// One event of a run, as GetExecutionHistory writes it.
#[derive(Debug, Clone, PartialEq)]
pub struct RunEvent {
    /// From 1, without gaps.
    pub id: u64,
    /// The event that caused it; 0 for none.
    pub previous: u64,
    /// When it happened.
    pub time: Time,
    /// AWS's name of its type, for example `TaskStateEntered`.
    pub kind: String,
    /// Its details member's content; null when it has none.
    pub details: Value,
}

impl RunEvent {
    /// Reads one event; `None` when it has no id or type.
    pub fn from_json(value: &Value) -> Option<Self> {
        let details = value
            .as_object()?
            .iter()
            .find(|(k, _)| k.ends_with("EventDetails"));
        Some(Self {
            id: value.get("id")?.as_u64()?,
            previous: value
                .get("previousEventId")
                .and_then(Value::as_u64)
                .unwrap_or(0),
            time: value
                .get("timestamp")
                .and_then(Time::from_json)
                .unwrap_or_default(),
            kind: value.get("type")?.as_str()?.to_owned(),
            details: details.map_or(Value::Null, |(_, v)| v.clone()),
        })
    }

    /// Whether nothing comes after it, unless the run is redriven.
    pub fn ends_run(&self) -> bool {
        matches!(
            self.kind.as_str(),
            "ExecutionSucceeded" | "ExecutionFailed" | "ExecutionAborted" | "ExecutionTimedOut"
        )
    }

    /// Whether the run goes on after an end.
    pub fn reopens_run(&self) -> bool {
        self.kind == "ExecutionRedriven"
    }

    /// A text member of the details.
    pub fn text(&self, member: &str) -> Option<&str> {
        self.details.get(member).and_then(Value::as_str)
    }
}

impl<'de> Deserialize<'de> for RunEvent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Self::from_json(&value).ok_or_else(|| serde::de::Error::custom(text::NO_EVENT))
    }
}

/// Whether something serves a task, and why not.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TaskReadiness {
    /// The state.
    pub state: String,
    /// Its resource.
    pub resource: String,
    /// Whether something serves it.
    pub served: bool,
    /// What serves it.
    #[serde(default)]
    pub by: Option<String>,
    /// Why nothing does.
    #[serde(default)]
    pub reason: Option<String>,
}

/// How a review stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReviewStatus {
    /// Nobody decided.
    Waiting,
    /// Somebody approved.
    Approved,
    /// Somebody rejected.
    Rejected,
    /// The run ended, or the time is over.
    Gone,
}

/// A question to a person.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Review {
    /// Its identity in the address.
    pub id: String,
    /// How it stands.
    pub status: ReviewStatus,
    /// A short title.
    #[serde(default)]
    pub title: Option<String>,
    /// The question.
    pub question: String,
    /// More words.
    #[serde(default)]
    pub details: Option<String>,
    /// What to judge by.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// Who may decide; empty for everybody.
    #[serde(default)]
    pub reviewers: Vec<String>,
    /// What approval causes.
    #[serde(default)]
    pub if_approved: Option<String>,
    /// What rejection causes.
    #[serde(default)]
    pub if_rejected: Option<String>,
    /// The pipeline's name.
    #[serde(default)]
    pub machine: String,
    /// The run's name.
    #[serde(default)]
    pub execution: String,
    /// The state that asks.
    #[serde(default)]
    pub state: String,
    /// When it was asked.
    #[serde(default)]
    pub asked_at: Option<Time>,
    /// Until when it can be answered.
    #[serde(default)]
    pub due_at: Option<Time>,
    /// When it was decided.
    #[serde(default)]
    pub decided_at: Option<Time>,
    /// Who decided.
    #[serde(default)]
    pub decided_by: Option<String>,
    /// What that person wrote.
    #[serde(default)]
    pub comment: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_time_reads_seconds_and_text_alike() {
        assert_eq!(
            Time::from_json(&json!(1_700_000_000.5)),
            Some(Time(1_700_000_000_500))
        );
        assert_eq!(
            Time::from_json(&json!("2023-11-14T22:13:20.500Z")),
            Some(Time(1_700_000_000_500))
        );
    }

    #[test]
    fn an_event_takes_its_details_from_whichever_member_holds_them() {
        let event = RunEvent::from_json(&json!({
            "id": 2, "previousEventId": 0, "timestamp": 1.5, "type": "TaskStateEntered",
            "stateEnteredEventDetails": {"name": "Train", "input": "{}"}
        }));
        let event = event.expect("an event");
        assert_eq!((event.id, event.time), (2, Time(1500)));
        assert_eq!(event.text("name"), Some("Train"));
    }

    #[test]
    fn a_review_may_leave_out_everything_but_its_question() {
        let review: Review =
            serde_json::from_value(json!({"id": "a", "status": "waiting", "question": "Ship it?", "title": null, "dueAt": null}))
                .expect("a review");
        assert_eq!(review.due_at, None);
        assert!(review.reviewers.is_empty());
    }
}
