//! The context object, `$$`, with AWS's order of keys (asl-rules 9).

use super::timestamp::format_millis;
use serde_json::{Map, Value, json};

/// What an execution may know about itself at one moment. `to_value` gives the object that `$$` reads.
#[derive(Debug, Clone, PartialEq)]
pub struct Context {
    /// `Execution`
    pub execution: Execution,
    /// `StateMachine.Id`: ARN of the machine.
    pub machine_id: String,
    /// `StateMachine.Name`
    pub machine_name: String,
    /// `State`; none before the first state is entered.
    pub state: Option<State>,
    /// `Task.Token`, in callback tasks.
    pub task_token: Option<String>,
    /// `Map.Item`, while an `ItemSelector` is evaluated.
    pub item: Option<Item>,
}

/// The execution.
#[derive(Debug, Clone, PartialEq)]
pub struct Execution {
    /// Its ARN.
    pub id: String,
    /// Its input.
    pub input: Value,
    /// When it started, in milliseconds since 1970.
    pub start_ms: i64,
    /// Its name.
    pub name: String,
    /// The role that it runs as.
    pub role_arn: String,
    /// How often it was redriven; Express executions do not count it (recorded in TestState).
    pub redrive_count: Option<u32>,
    /// When it was redriven last, in milliseconds since 1970; `None` when it never was.
    pub redrive_ms: Option<i64>,
}

/// The state that runs.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// Its name.
    pub name: String,
    /// When it was entered, in milliseconds since 1970.
    pub entered_ms: i64,
    /// Retries so far; only Task, Parallel and Map have it.
    pub retry_count: Option<u32>,
}

/// The item of a Map.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Zero-based.
    pub index: usize,
    /// The item itself.
    pub value: Value,
    /// Its key, when the Map walks over an object.
    pub key: Option<String>,
    /// Where it comes from: `STATE_DATA` or an address in S3; only distributed Maps have it.
    pub source: Option<String>,
}

impl Context {
    /// The object.
    pub fn to_value(&self) -> Value {
        let mut members = Map::new();
        members.insert("Execution".to_owned(), self.execution.to_value());
        members.insert(
            "StateMachine".to_owned(),
            json!({"Id": self.machine_id, "Name": self.machine_name}),
        );
        if let Some(state) = &self.state {
            members.insert("State".to_owned(), state.to_value());
        }
        if let Some(token) = &self.task_token {
            members.insert("Task".to_owned(), json!({"Token": token}));
        }
        if let Some(item) = &self.item {
            members.insert("Map".to_owned(), json!({"Item": item.to_value()}));
        }
        Value::Object(members)
    }
}

impl Execution {
    fn to_value(&self) -> Value {
        let mut value = json!({
            "Id": self.id,
            "Input": self.input,
            "StartTime": format_millis(self.start_ms),
            "Name": self.name,
            "RoleArn": self.role_arn,
        });
        if let Some(count) = self.redrive_count {
            value["RedriveCount"] = Value::from(count);
        }
        if let Some(at_ms) = self.redrive_ms {
            value["RedriveTime"] = Value::from(format_millis(at_ms));
        }
        value
    }
}

impl State {
    fn to_value(&self) -> Value {
        let mut value = json!({"Name": self.name, "EnteredTime": format_millis(self.entered_ms)});
        if let Some(count) = self.retry_count {
            value["RetryCount"] = Value::from(count);
        }
        value
    }
}

impl Item {
    /// `Map.Item`
    pub fn to_value(&self) -> Value {
        let mut value = json!({"Index": self.index, "Value": self.value});
        if let Some(key) = &self.key {
            value["Key"] = Value::from(key.as_str());
        }
        if let Some(source) = &self.source {
            value["Source"] = Value::from(source.as_str());
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context() -> Context {
        Context {
            execution: Execution {
                id: "arn:aws:states:us-east-1:123456789012:execution:m:e".to_owned(),
                input: json!({"a": 1}),
                start_ms: 1_700_000_000_120,
                name: "e".to_owned(),
                role_arn: "arn:aws:iam::123456789012:role/r".to_owned(),
                redrive_count: Some(0),
                redrive_ms: None,
            },
            machine_id: "arn:aws:states:us-east-1:123456789012:stateMachine:m".to_owned(),
            machine_name: "m".to_owned(),
            state: Some(State {
                name: "s".to_owned(),
                entered_ms: 1_700_000_001_000,
                retry_count: None,
            }),
            task_token: None,
            item: None,
        }
    }

    #[test]
    fn keys_come_in_the_order_that_aws_prints() {
        let expected = concat!(
            r#"{"Execution":{"Id":"arn:aws:states:us-east-1:123456789012:execution:m:e","Input":{"a":1},"#,
            r#""StartTime":"2023-11-14T22:13:20.120Z","Name":"e","RoleArn":"arn:aws:iam::123456789012:role/r","RedriveCount":0},"#,
            r#""StateMachine":{"Id":"arn:aws:states:us-east-1:123456789012:stateMachine:m","Name":"m"},"#,
            r#""State":{"Name":"s","EnteredTime":"2023-11-14T22:13:21Z"}}"#,
        );
        assert_eq!(context().to_value().to_string(), expected);
    }

    #[test]
    fn token_item_and_retry_count_are_there_only_when_given() {
        let mut context = context();
        context.state = Some(State {
            name: "s".to_owned(),
            entered_ms: 0,
            retry_count: Some(2),
        });
        context.task_token = Some("t".to_owned());
        context.item = Some(Item {
            index: 1,
            value: json!("x"),
            key: Some("k".to_owned()),
            source: None,
        });
        let value = context.to_value();
        assert_eq!(value["State"]["RetryCount"], 2);
        assert_eq!(value["Task"]["Token"], "t");
        assert_eq!(
            value["Map"]["Item"],
            json!({"Index": 1, "Value": "x", "Key": "k"})
        );
    }
}
