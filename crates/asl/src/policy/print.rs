//! Policies as IAM's JSON.

use super::{Condition, Home, Policy, Statement};
use serde_json::{Map, Value, json};

/// The version of the policy language that all policies name.
const VERSION: &str = "2012-10-17";

impl Policy {
    /// The policy of the machine's own role as a document of IAM.
    pub fn to_value(&self) -> Value {
        document(&self.statements)
    }

    /// The same as text, indented.
    pub fn to_json(&self) -> String {
        pretty(&self.to_value())
    }
}

impl Statement {
    /// The statement as it stands in a document.
    pub fn to_value(&self) -> Value {
        let mut value = json!({
            "Sid": self.sid,
            "Effect": "Allow",
            "Action": self.actions,
            "Resource": self.resources,
        });
        if let Value::Object(members) = &mut value
            && !self.conditions.is_empty()
        {
            members.insert("Condition".to_owned(), conditions(&self.conditions));
        }
        value
    }
}

/// A document of IAM with these statements.
pub(super) fn document(statements: &[Statement]) -> Value {
    let statements: Vec<Value> = statements.iter().map(Statement::to_value).collect();
    json!({"Version": VERSION, "Statement": statements})
}

fn conditions(conditions: &[Condition]) -> Value {
    let mut all = Map::new();
    for Condition {
        operator,
        key,
        values,
    } in conditions
    {
        let value = match values.as_slice() {
            [one] => json!(one),
            several => json!(several),
        };
        let by_operator = all.entry(*operator).or_insert_with(|| json!({}));
        if let Value::Object(members) = by_operator {
            members.insert((*key).to_owned(), value);
        }
    }
    Value::Object(all)
}

/// The trust policy of the role: that Step Functions may take it on, for machines of this account alone when the account is known.
pub fn trust_policy(home: &Home) -> Value {
    let mut statement = json!({
        "Sid": "StepFunctionsTakesTheRole",
        "Effect": "Allow",
        "Principal": {"Service": "states.amazonaws.com"},
        "Action": "sts:AssumeRole",
    });
    let (region, account) = (home.region(), home.account());
    if let Value::Object(members) = &mut statement
        && account != "*"
    {
        let machines = format!("arn:{}:states:{region}:{account}:*", home.partition());
        let condition = json!({
            "StringEquals": {"aws:SourceAccount": account},
            "ArnLike": {"aws:SourceArn": machines},
        });
        members.insert("Condition".to_owned(), condition);
    }
    json!({"Version": VERSION, "Statement": [statement]})
}

fn pretty(value: &Value) -> String {
    // A value of texts, lists and objects always has a text.
    serde_json::to_string_pretty(value).unwrap_or_default()
}
