//! A Task: what does the work, and how long it is waited for.

pub(crate) const WORK: &str = "Work";
pub(crate) const WORKER: &str = "Who does it";
pub(crate) const FUNCTION: &str = "A Lambda function";
pub(crate) const FUNCTION_NAME: &str = "Function";
pub(crate) const ACTIVITY: &str = "An activity: people, or a worker of yours";
pub(crate) const ACTIVITY_NAME: &str = "Activity";
pub(crate) const SERVICE: &str = "A service's action";
pub(crate) const OTHER: &str = "Something else";
pub(crate) const NAME_HINT: &str = "The last part of the ARN";
pub(crate) const ACTION: &str = "Action";
pub(crate) const ACTION_HINT: &str = "What the service does. Where a call of AWS's API stands, every other call of its service can be found by typing";
pub(crate) const CALLS_MISSING: &str = "The list of all calls of AWS could not be loaded, so other calls of this service are missing here. Select the state again to try once more.";
pub(crate) const WAIT: &str = "Wait";
pub(crate) const WAIT_HINT: &str = "The end of the resource: .sync waits for the job, .waitForTaskToken for an answer with the token $$.Task.Token";
pub(crate) const WAIT_REQUEST: &str = "Until the request was taken";
pub(crate) const WAIT_JOB: &str = "Until the job is done";
pub(crate) const WAIT_CALLBACK: &str = "Until somebody sends the answer";
pub(crate) const RESOURCE: &str = "Resource";
pub(crate) const RESOURCE_HINT: &str = "Resource: the ARN of what does the work";
pub(crate) const RESOURCE_EXAMPLE: &str = "arn:aws:…";

pub(crate) const AS_WHOM: &str = "As whom";
pub(crate) const ROLE: &str = "Role";
pub(crate) const ROLE_HINT: &str =
    "Credentials.RoleArn: the role that this task works as, also of another account";
pub(crate) const OWN_ROLE: &str = "The pipeline's own role";

// What does the work, in a few words.

/// An action of a service, where both are picked in one list.
pub(crate) fn action(service: &str, action: &str) -> String {
    format!("{service}: {action}")
}

pub(crate) const NO_RESOURCE: &str = "no resource yet";

pub(crate) fn activity(name: &str) -> String {
    format!("activity {name}")
}

pub(crate) fn function(name: &str) -> String {
    format!("function {name}")
}

pub(crate) fn runs_job(service: &str) -> String {
    format!("{service}, run and wait")
}

pub(crate) fn waits_for_answer(service: &str) -> String {
    format!("{service}, wait for an answer")
}
