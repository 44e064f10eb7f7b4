//! The context object of a test: what the state sees unless the request says otherwise, and what a request may say.

use super::refusal::Refusal;
use super::request::{Request, Surroundings};
use super::subject::Subject;
use crate::definition::{Resource, StateKind};
use crate::machine::Identity;
use crate::query::timestamp::format_millis;
use serde_json::{Map, Value, json};

/// The fields that a context object may have, in AWS's order, with what each holds.
const FIELDS: &[(&str, &[(&str, Kind)])] = &[
    (
        "Execution",
        &[
            ("Id", Kind::Text),
            ("Input", Kind::Any),
            ("Name", Kind::Text),
            ("RoleArn", Kind::Text),
            ("StartTime", Kind::Text),
            ("RedriveCount", Kind::Number),
            ("RedriveTime", Kind::Text),
        ],
    ),
    ("StateMachine", &[("Id", Kind::Text), ("Name", Kind::Text)]),
    (
        "State",
        &[
            ("Name", Kind::Text),
            ("EnteredTime", Kind::Text),
            ("RetryCount", Kind::Number),
        ],
    ),
    ("Task", &[("Token", Kind::Text)]),
];

#[derive(Debug, Clone, Copy)]
enum Kind {
    Text,
    Number,
    Any,
}

impl Kind {
    /// What a value should have been, when it is not.
    fn fault(self, value: &Value) -> Option<&'static str> {
        match self {
            Self::Text if !value.is_string() => Some("a string"),
            Self::Number if !value.is_number() => Some("a number"),
            Self::Text | Self::Number | Self::Any => None,
        }
    }
}

/// The names that a test runs under: AWS's are those of an Express execution (recorded).
pub(super) fn identity(around: &Surroundings, role_arn: Option<&str>) -> Identity {
    let Surroundings {
        region,
        account_id,
        machine_name,
        execution_name,
    } = around;
    let arn =
        |kind: &str, rest: &str| format!("arn:aws:states:{region}:{account_id}:{kind}:{rest}");
    Identity {
        execution_arn: arn("express", &format!("{machine_name}:{execution_name}")),
        execution_name: execution_name.clone(),
        machine_arn: arn("stateMachine", machine_name),
        machine_name: machine_name.clone(),
        role_arn: role_arn.unwrap_or_default().to_owned(),
        region: region.clone(),
        alias_arn: None,
        version_arn: None,
        trace_header: None,
    }
}

/// What the state sees, with the request's own members in their places.
pub(super) fn context(
    subject: &Subject,
    request: &Request,
    identity: &Identity,
    input: &Value,
    now_ms: i64,
) -> Result<Value, Refusal> {
    let mut context = usual(subject, request, identity, input, now_ms);
    let Some(given) = &request.context else {
        return Ok(Value::Object(context));
    };
    for (name, members) in given_members(given, subject)? {
        match (context.get_mut(&name), members) {
            (Some(Value::Object(old)), Value::Object(new)) => old.extend(new),
            (_, members) => {
                context.insert(name, members);
            }
        }
    }
    Ok(Value::Object(context))
}

fn usual(
    subject: &Subject,
    request: &Request,
    identity: &Identity,
    input: &Value,
    now_ms: i64,
) -> Map<String, Value> {
    let now = format_millis(now_ms);
    let mut execution = json!({
        "Id": identity.execution_arn,
        "Input": input,
        "Name": identity.execution_name,
    });
    if request.role_arn.is_some() {
        execution["RoleArn"] = Value::from(identity.role_arn.as_str());
    }
    execution["StartTime"] = Value::from(now.as_str());
    let mut context = Map::new();
    context.insert("Execution".to_owned(), execution);
    let machine = json!({"Id": identity.machine_arn, "Name": identity.machine_name});
    context.insert("StateMachine".to_owned(), machine);
    context.insert("State".to_owned(), state(subject, request, &now));
    if subject.is_in_map() {
        let item = json!({"Item": {"Index": 0, "Value": input}});
        context.insert("Map".to_owned(), item);
    }
    context
}

fn state(subject: &Subject, request: &Request, now: &str) -> Value {
    let Some(state) = subject.state() else {
        return Value::Null;
    };
    let mut value = json!({"Name": state.name, "EnteredTime": now});
    match &state.kind {
        StateKind::Task(_) | StateKind::Parallel(_) | StateKind::Map(_) => {
            let retries = request.configuration.retrier_retry_count;
            value["RetryCount"] = Value::from(retries.unwrap_or(0));
        }
        StateKind::Pass(_)
        | StateKind::Choice(_)
        | StateKind::Wait(_)
        | StateKind::Succeed
        | StateKind::Fail(_) => {}
    }
    value
}

/// The members of a given context object, each of them allowed.
fn given_members(text: &str, subject: &Subject) -> Result<Map<String, Value>, Refusal> {
    let refuse = |reason: String| Err(Refusal::Context(reason));
    let Ok(Value::Object(members)) = serde_json::from_str(text) else {
        return refuse("Context object must be a valid JSON object".to_owned());
    };
    for (name, value) in &members {
        if name == "Map" {
            let reason = "'Map' field is not supported when mocking a Context object";
            return refuse(reason.to_owned());
        }
        let Some((_, fields)) = FIELDS.iter().find(|(known, _)| known == name) else {
            return refuse(format!("Field '{name}' is not allowed"));
        };
        if name == "Task" && !has_token(subject) {
            let reason = "'Task' field is only supported for a Task state with the .waitForTaskToken \
                          or .sync pattern";
            return refuse(reason.to_owned());
        }
        judge(name, value, fields)?;
    }
    Ok(members)
}

fn judge(name: &str, value: &Value, fields: &[(&str, Kind)]) -> Result<(), Refusal> {
    let Value::Object(members) = value else {
        return Err(Refusal::Context(format!("{name} must be an object")));
    };
    for (member, value) in members {
        let known = fields.iter().find(|(known, _)| known == member);
        let Some((_, kind)) = known else {
            return Err(Refusal::Context(format!("Field '{member}' is not allowed")));
        };
        if let Some(expected) = kind.fault(value) {
            return Err(Refusal::Context(format!(
                "{name}.{member} must be {expected}"
            )));
        }
    }
    Ok(())
}

fn has_token(subject: &Subject) -> bool {
    subject.state().is_some_and(|state| match &state.kind {
        StateKind::Task(task) => Resource::has_token(&task.resource),
        StateKind::Pass(_)
        | StateKind::Choice(_)
        | StateKind::Wait(_)
        | StateKind::Succeed
        | StateKind::Fail(_)
        | StateKind::Parallel(_)
        | StateKind::Map(_) => false,
    })
}
