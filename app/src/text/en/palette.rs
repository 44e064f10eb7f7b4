//! The palette of states, actions and patterns.

use super::words::counted;

pub(crate) const ACTIONS: &str = "Actions";
pub(crate) const ANY_SERVICE: &str = "Any service";
pub(crate) const CALLS_MISSING: &str = "The list of all calls of AWS could not be loaded, so some may be missing here. Search again to try once more.";
pub(crate) const FIND: &str = "Find";
pub(crate) const FIND_LABEL: &str = "Find a state or an action";
pub(crate) const FLOW: &str = "Flow";
pub(crate) const NONE: &str = "Nothing by that name. Try \"wait\" or \"lambda\".";
pub(crate) const PATTERNS: &str = "Patterns";
pub(crate) const PEOPLE: &str = "People";
pub(crate) const TABS: &str = "What to add";
pub(crate) const TITLE: &str = "States and actions";
pub(crate) const USED: &str = "Used in this pipeline";

/// How many calls are not listed.
pub(crate) fn more_calls(count: usize) -> String {
    match count {
        1 => "1 more call of AWS. Type more of its name.".to_owned(),
        _ => format!(
            "{} of AWS. Type more of their names.",
            counted(count, "more call", "more calls")
        ),
    }
}

pub(crate) fn item_title(label: &str) -> String {
    format!("{label}: click to add it after the selected state, or drag it")
}

// Words that people look for and that are not in the label or the hint.

pub(crate) const ALSO_CHOICE: &str = "if branch condition rule switch";
pub(crate) const ALSO_FAIL: &str = "end stop error";
pub(crate) const ALSO_MAP: &str = "loop for each iterate array";
pub(crate) const ALSO_PARALLEL: &str = "branches fork";
pub(crate) const ALSO_PASS: &str = "transform inject";
pub(crate) const ALSO_SUCCEED: &str = "end stop success";
pub(crate) const ALSO_TASK: &str = "resource work activity";
pub(crate) const ALSO_WAIT: &str = "delay sleep pause timer";

pub(crate) const ALSO_BATCH: &str = "compute container";
pub(crate) const ALSO_BEDROCK: &str = "llm generative ai";
pub(crate) const ALSO_ECS: &str = "fargate docker";
pub(crate) const ALSO_EKS: &str = "k8s docker pod";
pub(crate) const ALSO_EMR: &str = "spark hadoop hive";
pub(crate) const ALSO_GLUE: &str = "etl spark";
pub(crate) const ALSO_HTTP: &str = "rest api request web";
pub(crate) const ALSO_LAMBDA: &str = "code";
pub(crate) const ALSO_PEOPLE: &str = "approval approve human person activity";
pub(crate) const ALSO_SAGEMAKER: &str = "machine learning training inference";
pub(crate) const ALSO_SNS: &str = "notify alert mail topic";
pub(crate) const ALSO_SQL: &str = "sql database warehouse";
pub(crate) const ALSO_SQS: &str = "queue";
pub(crate) const ALSO_STATES: &str = "execution nested child state machine";

pub(crate) const ALSO_APPROVAL: &str = "human review timeout person";
pub(crate) const ALSO_BLUE_GREEN: &str = "deploy rollback endpoint traffic";
pub(crate) const ALSO_CIRCUIT_BREAKER: &str = "fallback outage protect";
pub(crate) const ALSO_FAN_OUT: &str = "distributed map s3 batch objects";
pub(crate) const ALSO_POLL: &str = "loop status wait job";
pub(crate) const ALSO_RETRY_WITH_ALERT: &str = "error catch notify backoff";
pub(crate) const ALSO_SPLIT: &str = "experiment canary traffic random";
pub(crate) const ALSO_VALIDATE_AND_GATE: &str = "quality check score";
