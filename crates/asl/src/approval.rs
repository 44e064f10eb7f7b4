//! The request that a task puts to a person, and what a decision makes of the task (ARCHITECTURE.md, "Approvals"). A dry run and
//! the server ask and answer by it; who is told, and how long a review waits, is the server's.
//!
//! Reading never fails: an input of another shape is shown whole, under a question made from the state's name, so that nothing
//! that waits for a person stays hidden.

use serde_json::{Map, Value, json};

/// The error of a task that a person rejected, for a Catch to take.
pub const REJECTED: &str = "Approval.Rejected";

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// The task succeeds.
    Approve,
    /// The task fails with [`REJECTED`].
    Reject,
}

/// What is wrong with a rejection that says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unexplained;

impl Verdict {
    /// What a decision keeps of the words that came with it; none when there were none. A rejection says why, so that those who
    /// asked know what to change.
    pub fn comment(self, said: &str) -> Result<Option<String>, Unexplained> {
        let said = said.trim();
        match (self, said.is_empty()) {
            (Self::Reject, true) => Err(Unexplained),
            (Self::Approve, true) => Ok(None),
            (Self::Approve | Self::Reject, false) => Ok(Some(said.to_owned())),
        }
    }
}

/// What a person decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Yes or no.
    pub verdict: Verdict,
    /// Who.
    pub by: String,
    /// What they said.
    pub comment: Option<String>,
}

impl Decision {
    /// What the task gives when it was approved; as text, the cause of its error when it was rejected. `at` is the time in the
    /// form of RFC 3339.
    pub fn record(&self, at: &str) -> Value {
        let word = match self.verdict {
            Verdict::Approve => "approved",
            Verdict::Reject => "rejected",
        };
        json!({"decision": word, "decidedBy": self.by, "decidedAt": at, "comment": self.comment})
    }
}

/// What a person is asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Request {
    /// A short title.
    pub title: Option<String>,
    /// The question.
    pub question: String,
    /// More words.
    pub details: Option<String>,
    /// What to judge by.
    pub evidence: Vec<Evidence>,
    /// What approval causes.
    pub if_approved: Option<String>,
    /// What rejection causes.
    pub if_rejected: Option<String>,
}

/// Something to judge by.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Evidence {
    /// What it is.
    pub label: String,
    /// Any JSON.
    pub value: Value,
}

impl Request {
    /// Reads a task's input; `state` is the state that asks.
    pub fn read(input: &str, state: &str) -> Self {
        match serde_json::from_str(input) {
            Ok(Value::Object(members)) if is_text(members.get("Question")) => {
                Self::from_members(&members)
            }
            Ok(Value::Object(members)) => Self::about(state, from_object(&members)),
            Ok(Value::Null) => Self::about(state, Vec::new()),
            Ok(value) => Self::about(
                state,
                vec![Evidence {
                    label: "Value".into(),
                    value,
                }],
            ),
            Err(_) => Self::about(
                state,
                vec![Evidence {
                    label: "Value".into(),
                    value: input.into(),
                }],
            ),
        }
    }

    fn about(state: &str, evidence: Vec<Evidence>) -> Self {
        Self {
            question: format!("{state}: approve or reject?"),
            evidence,
            ..Self::default()
        }
    }

    fn from_members(members: &Map<String, Value>) -> Self {
        Self {
            title: text(members, "Title"),
            question: text(members, "Question").unwrap_or_default(),
            details: text(members, "Details"),
            evidence: members.get("Evidence").map(evidence).unwrap_or_default(),
            if_approved: text(members, "IfApproved"),
            if_rejected: text(members, "IfRejected"),
        }
    }
}

fn is_text(value: Option<&Value>) -> bool {
    value
        .and_then(Value::as_str)
        .is_some_and(|text| !text.trim().is_empty())
}

/// A member as text: a string as it is, anything else but `null` as JSON.
fn text(members: &Map<String, Value>, name: &str) -> Option<String> {
    match members.get(name)? {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// An object gives a piece for each member; a list gives a piece for each item, with its label when it brings one.
fn evidence(value: &Value) -> Vec<Evidence> {
    match value {
        Value::Null => Vec::new(),
        Value::Object(members) => from_object(members),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(at, item)| labelled(at, item))
            .collect(),
        other => vec![Evidence {
            label: "Evidence".into(),
            value: other.clone(),
        }],
    }
}

fn from_object(members: &Map<String, Value>) -> Vec<Evidence> {
    members
        .iter()
        .map(|(label, value)| Evidence {
            label: label.clone(),
            value: value.clone(),
        })
        .collect()
}

fn labelled(at: usize, item: &Value) -> Evidence {
    let label = item.get("Label").and_then(Value::as_str);
    match (label, item.get("Value")) {
        (Some(label), Some(value)) => Evidence {
            label: label.to_owned(),
            value: value.clone(),
        },
        _ => Evidence {
            label: format!("Evidence {}", at + 1),
            value: item.clone(),
        },
    }
}

/// Who may decide; empty when anybody may. What is there and is no name lets nobody in by itself: it counts as a name that
/// nobody has, and is shown.
pub fn reviewers(input: &str) -> Vec<String> {
    let request: Value = serde_json::from_str(input).unwrap_or_default();
    match request.get("Reviewers") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(items)) => items.iter().map(name).collect(),
        Some(single) => vec![name(single)],
    }
}

fn name(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_read_member_by_member() {
        let input = json!({
            "Title": "Deploy", "Question": "Deploy this model?", "Details": "It passed.",
            "Evidence": {"Score": 0.81, "Data": "s3://x"}, "Reviewers": ["Maria"],
            "IfApproved": "It goes live.", "IfRejected": "It is dropped.",
        });
        let request = Request::read(&input.to_string(), "Approve");
        assert_eq!(request.title.as_deref(), Some("Deploy"));
        assert_eq!(request.question, "Deploy this model?");
        assert_eq!(
            request.evidence[0],
            Evidence {
                label: "Score".into(),
                value: json!(0.81)
            }
        );
        assert_eq!(reviewers(&input.to_string()), ["Maria"]);
        assert_eq!(request.if_rejected.as_deref(), Some("It is dropped."));
    }

    #[test]
    fn a_rejection_says_why_and_an_approval_may() {
        assert_eq!(Verdict::Reject.comment(" \n"), Err(Unexplained));
        assert_eq!(Verdict::Approve.comment(" \n"), Ok(None));
        for verdict in [Verdict::Approve, Verdict::Reject] {
            assert_eq!(verdict.comment(" Too old. "), Ok(Some("Too old.".into())));
        }
    }

    #[test]
    fn evidence_may_be_a_list_with_labels() {
        let input = json!({"Question": "?", "Evidence": [{"Label": "Score", "Value": 1}, "plain"]});
        let request = Request::read(&input.to_string(), "Approve");
        assert_eq!(request.evidence[0].label, "Score");
        assert_eq!(
            request.evidence[1],
            Evidence {
                label: "Evidence 2".into(),
                value: json!("plain")
            }
        );
    }

    #[test]
    fn reviewers_that_are_no_names_let_nobody_in() {
        for (input, wanted) in [
            (
                r#"{"Question": "?", "Reviewers": ["Ada", "Bob"]}"#,
                vec!["Ada", "Bob"],
            ),
            (r#"{"Reviewers": "Ada"}"#, vec!["Ada"]),
            (
                r#"{"Reviewers": [{"Name": "Ada"}, 7]}"#,
                vec![r#"{"Name":"Ada"}"#, "7"],
            ),
            (r#"{"Reviewers": null}"#, vec![]),
            (r#"{"Reviewers": []}"#, vec![]),
            ("[1]", vec![]),
            ("no json", vec![]),
        ] {
            assert_eq!(reviewers(input), wanted, "{input}");
        }
    }

    #[test]
    fn an_input_of_another_shape_is_shown_whole_under_the_states_name() {
        for (input, count) in [
            ("{\"a\": 1, \"b\": 2}", 2),
            ("[1]", 1),
            ("null", 0),
            ("no json", 1),
            ("{\"Question\": 7}", 1),
        ] {
            let request = Request::read(input, "Check model");
            assert_eq!(request.question, "Check model: approve or reject?");
            assert_eq!(request.evidence.len(), count, "{input}");
        }
    }
}
