//! A Task that asks a person.

pub(crate) const REQUEST: &str = "The question";
pub(crate) const HEADLINE: &str = "Title";
pub(crate) const HEADLINE_EXAMPLE: &str = "New model for fraud scoring";
pub(crate) const QUESTION: &str = "Question";
pub(crate) const QUESTION_EXAMPLE: &str = "Should this model go into production?";
pub(crate) const DETAILS: &str = "Details";
pub(crate) const DETAILS_EXAMPLE: &str = "What the reviewer should know";
pub(crate) const EVIDENCE: &str = "Evidence";
pub(crate) const EVIDENCE_HINT: &str = "Evidence: what the decision is based on";
pub(crate) const EVIDENCE_LABELS: &str =
    "Evidence: labels and values; a name ending in .$ takes its value from a path";
pub(crate) const EVIDENCE_EXAMPLE: &str = r#"{ "Score.$": "$.score" }"#;
pub(crate) const EVIDENCE_PATH: &str = "Evidence, by path";
pub(crate) const EVIDENCE_PATH_HINT: &str = "Evidence.$: leads to what the decision is based on";
pub(crate) const REVIEWERS: &str = "Who may decide";
pub(crate) const REVIEWERS_HINT: &str = "Reviewers: names, with commas between them";
pub(crate) const EVERYBODY: &str = "Everybody";

pub(crate) const CHANGE_SOURCE: &str = "Change where the words come from";
pub(crate) const FROM_INPUT: &str = "Take it from the input";
pub(crate) const FROM_INPUT_HINT: &str = "A path or an intrinsic function gives the words";

pub(crate) const ANSWERS: &str = "What each answer causes";
pub(crate) const APPROVED: &str = "Approved: what the reviewer reads";
pub(crate) const APPROVED_EXAMPLE: &str = "Use the new model";
pub(crate) const REJECTED: &str = "Rejected: what the reviewer reads";
pub(crate) const REJECTED_EXAMPLE: &str = "Keep the present one";
pub(crate) const REJECTED_NEXT: &str = "Rejected: go on to";
pub(crate) const REJECTED_NEXT_HINT: &str = "Catch: a rejection is the error Approval.Rejected";
pub(crate) const FAIL: &str = "Fail the run";

pub(crate) const ASKED: &str = "Who is asked";
pub(crate) const INBOX: &str = "Inbox";
pub(crate) const INBOX_HINT: &str =
    "The activity in Resource. Deploying creates it, marked as answered by people";
pub(crate) const ANSWER_WITHIN: &str = "Answer within";
pub(crate) const ANSWER_WITHIN_HINT: &str =
    "TimeoutSeconds: after it the state fails with States.Timeout";
