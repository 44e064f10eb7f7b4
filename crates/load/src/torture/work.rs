//! The mixed executions: their machines, their inputs, and what each must end with.

use super::steady::{Addresses, Said, Steady};
use crate::LoadError;
use crate::client::text;
use serde_json::{Value, json};

const ROLE: &str = "arn:aws:iam::123456789012:role/load";
const FUNCTION: &str = "arn:aws:lambda:us-east-1:123456789012:function";

/// Everything that executions need.
pub(super) struct Work {
    /// ARN of the activity.
    pub(super) activity: String,
    /// ARNs of the machines, in the order of [`Kind::ALL`].
    machines: Vec<String>,
}

/// Types of events, and how many of each a history has.
pub(super) type Events = &'static [(&'static str, usize)];

/// Those of the child execution of one item of a distributed map.
pub(super) const ITEM_EVENTS: Events = &[
    ("ExecutionSucceeded", 1),
    ("LambdaFunctionScheduled", 1),
    ("LambdaFunctionSucceeded", 1),
    ("TaskStateEntered", 1),
    ("TaskStateExited", 1),
];

/// The kinds of executions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Wait,
    Parallel,
    Map,
    Retry,
    Activity,
    Callback,
    Distributed,
    Nested,
}

impl Kind {
    const ALL: [Self; 8] = [
        Self::Wait,
        Self::Parallel,
        Self::Map,
        Self::Retry,
        Self::Activity,
        Self::Callback,
        Self::Distributed,
        Self::Nested,
    ];

    /// The kind of the execution of this number.
    pub(super) fn of(number: usize) -> Self {
        Self::ALL[number % Self::ALL.len()]
    }

    /// What an execution with `{"n": n}` must end with.
    pub(super) fn output(self, n: u64) -> Value {
        let doubled = || json!([{"n": 2 * n}, {"n": 2 * n + 2}, {"n": 2 * n + 4}]);
        match self {
            Self::Wait => json!({"n": n}),
            Self::Parallel => json!([{"n": 2 * n}, {"n": n}]),
            Self::Map | Self::Distributed => doubled(),
            Self::Retry => json!({"n": 3 * n}),
            Self::Activity => json!({"n": n + 100}),
            Self::Callback => json!({"n": n + 1}),
            Self::Nested => json!({"n": n, "child": [{"n": 2 * n}, {"n": n}]}),
        }
    }

    /// The events of its history that say that work begins or ends, and how many there are, whoever was killed meanwhile.
    pub(super) fn events(self) -> Events {
        match self {
            Self::Wait => &[
                ("ExecutionSucceeded", 1),
                ("WaitStateEntered", 1),
                ("WaitStateExited", 1),
            ],
            Self::Parallel => &[
                ("ExecutionSucceeded", 1),
                ("LambdaFunctionScheduled", 1),
                ("LambdaFunctionSucceeded", 1),
                ("ParallelStateEntered", 1),
                ("ParallelStateExited", 1),
                ("ParallelStateSucceeded", 1),
                ("PassStateEntered", 1),
                ("PassStateExited", 1),
                ("TaskStateEntered", 1),
                ("TaskStateExited", 1),
            ],
            Self::Map => &[
                ("ExecutionSucceeded", 1),
                ("LambdaFunctionScheduled", 3),
                ("LambdaFunctionSucceeded", 3),
                ("MapIterationSucceeded", 3),
                ("MapStateEntered", 1),
                ("MapStateExited", 1),
                ("MapStateSucceeded", 1),
                ("TaskStateEntered", 3),
                ("TaskStateExited", 3),
            ],
            Self::Retry => &[
                ("ExecutionSucceeded", 1),
                ("LambdaFunctionFailed", 1),
                ("LambdaFunctionScheduled", 2),
                ("LambdaFunctionSucceeded", 1),
                ("TaskStateEntered", 1),
                ("TaskStateExited", 1),
            ],
            Self::Activity => &[
                ("ActivityScheduled", 1),
                ("ActivitySucceeded", 1),
                ("ExecutionSucceeded", 1),
                ("TaskStateEntered", 1),
                ("TaskStateExited", 1),
            ],
            Self::Callback => &[
                ("ExecutionSucceeded", 1),
                ("TaskScheduled", 1),
                ("TaskStateEntered", 1),
                ("TaskStateExited", 1),
                ("TaskSucceeded", 1),
            ],
            Self::Distributed => &[
                ("ExecutionSucceeded", 1),
                ("MapRunSucceeded", 1),
                ("MapStateEntered", 1),
                ("MapStateExited", 1),
                ("MapStateSucceeded", 1),
            ],
            Self::Nested => &[
                ("ExecutionSucceeded", 1),
                ("PassStateEntered", 1),
                ("PassStateExited", 1),
                ("TaskScheduled", 1),
                ("TaskStateEntered", 1),
                ("TaskStateExited", 1),
                ("TaskSucceeded", 1),
            ],
        }
    }

    fn name(self) -> String {
        format!("{self:?}").to_lowercase()
    }

    fn definition(self, activity: &str, machines: &[String]) -> Value {
        match self {
            Self::Wait => {
                json!({"Type": "Wait", "SecondsPath": "$.seconds", "OutputPath": "$.output"})
            }
            Self::Parallel => json!({"Type": "Parallel", "Branches": [
                machine("Double", &call("double")), machine("Same", &json!({"Type": "Pass", "Parameters": {"n.$": "$.n"}})),
            ]}),
            Self::Map => map("INLINE"),
            Self::Distributed => map("DISTRIBUTED"),
            Self::Retry => json!({"Type": "Task", "Resource": format!("{FUNCTION}:flaky"),
                "Parameters": {"n.$": "$.n", "tries.$": "$$.State.RetryCount"},
                "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 1, "MaxAttempts": 2}]}),
            Self::Activity => json!({"Type": "Task", "Resource": activity}),
            Self::Callback => {
                json!({"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
                "Parameters": {"FunctionName": format!("{FUNCTION}:later"), "Payload": {"n.$": "$.n", "token.$": "$$.Task.Token"}}})
            }
            Self::Nested => {
                json!({"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
                "Parameters": {"StateMachineArn": machines.get(1), "Input": {"n.$": "$.n"}},
                "ResultSelector": {"child.$": "$.Output"}, "ResultPath": "$.result",
                "OutputPath": "$"})
            }
        }
    }
}

/// A machine of one state; names stand only once in a whole machine.
fn machine(name: &str, state: &Value) -> Value {
    let mut state = state.clone();
    state["End"] = true.into();
    json!({"StartAt": name, "States": {name: state}})
}

fn call(function: &str) -> Value {
    json!({"Type": "Task", "Resource": format!("{FUNCTION}:{function}"), "Parameters": {"n.$": "$.n"}})
}

fn map(mode: &str) -> Value {
    let mut processor = machine("Item", &call("double"));
    processor["ProcessorConfig"] = match mode {
        "INLINE" => json!({"Mode": mode}),
        _ => json!({"Mode": mode, "ExecutionType": "STANDARD"}),
    };
    json!({"Type": "Map", "ItemsPath": "$.items", "ItemSelector": {"n.$": "$$.Map.Item.Value"}, "ItemProcessor": processor})
}

/// The definition; that of the nested one shapes what its child gave.
fn definition(kind: Kind, activity: &str, machines: &[String]) -> Value {
    let mut definition = machine("Only", &kind.definition(activity, machines));
    if kind == Kind::Nested {
        let state = &mut definition["States"]["Only"];
        state["End"] = Value::Null;
        state["Next"] = "Shape".into();
        if let Some(state) = state.as_object_mut() {
            state.remove("End");
        }
        definition["States"]["Shape"] = json!({"Type": "Pass", "End": true,
            "Parameters": {"n.$": "$.n", "child.$": "$.result.child"}});
    }
    definition
}

impl Work {
    /// Creates the activity and all machines.
    pub(super) async fn create(addresses: &Addresses) -> Result<Self, LoadError> {
        let mut client = addresses.client();
        let made = client
            .must("CreateActivity", &json!({"name": "work"}))
            .await?;
        let (activity, mut machines) = (text(&made, "activityArn")?, Vec::new());
        for kind in Kind::ALL {
            let definition = definition(kind, &activity, &machines).to_string();
            let body = json!({"name": kind.name(), "roleArn": ROLE, "definition": definition});
            let made = client.must("CreateStateMachine", &body).await?;
            machines.push(text(&made, "stateMachineArn")?);
        }
        Ok(Self { activity, machines })
    }

    /// The ARN of the machine that the execution of this number runs on.
    fn machine(&self, number: usize) -> &str {
        &self.machines[number % self.machines.len()]
    }

    /// The ARN of an execution.
    pub(super) fn execution(&self, number: usize) -> String {
        let machine = self
            .machine(number)
            .replace(":stateMachine:", ":execution:");
        format!("{machine}:run-{number}")
    }

    /// Starts an execution; comes back when the server has acknowledged it.
    pub(super) async fn start(&self, client: &mut Steady, number: usize) -> Result<(), LoadError> {
        let n = number as u64;
        let input =
            json!({"n": n, "seconds": 1 + n % 4, "output": {"n": n}, "items": [n, n + 1, n + 2]});
        let body = json!({
            "stateMachineArn": self.machine(number), "name": format!("run-{number}"), "input": input.to_string(),
        });
        match client.ask("StartExecution", &body).await? {
            // It was started by a request whose answer was lost, and has ended since.
            Said::Yes(_) => Ok(()),
            Said::No(error) if error == "ExecutionAlreadyExists" => Ok(()),
            Said::No(error) => Err(LoadError::Answer(format!("StartExecution: {error}"))),
        }
    }

    /// All machines.
    pub(super) fn machines(&self) -> &[String] {
        &self.machines
    }
}
