//! What a new state looks like: valid from the first moment, with plain placeholder values to replace.
//!
//! The flow (`Next`, `End`) is not part of it; the verb that inserts the state adds that. What tasks call and take is read
//! from [`asl::catalog`].

use super::{Call, Language, Pattern};
use crate::text::{document as text, ui as kinds};
use asl::catalog::{self, Action, Answer, Example, Parameter, ParameterKind};
use asl::graph::StateType;
use serde_json::{Map, Value, json};

/// A kind of state that can be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(
    missing_docs,
    reason = "each is what its name says; `label` has the words"
)]
pub enum Blueprint {
    Choice,
    Parallel,
    Map,
    Wait,
    Pass,
    Succeed,
    Fail,
    Task,
    /// A Task that calls a service, or asks a person.
    Action(&'static Action),
    /// A Task that makes any other call of AWS's APIs.
    Call(Call),
}

/// What can be added to a pipeline in one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Addition {
    /// One state.
    State(Blueprint),
    /// Several states that belong together.
    Pattern(Pattern),
}

impl From<Blueprint> for Addition {
    fn from(blueprint: Blueprint) -> Self {
        Self::State(blueprint)
    }
}

impl From<Pattern> for Addition {
    fn from(pattern: Pattern) -> Self {
        Self::Pattern(pattern)
    }
}

impl Addition {
    /// Everything that can be added, in the palette's order: flow, actions, patterns.
    pub fn all() -> impl Iterator<Item = Self> {
        Blueprint::all()
            .map(Self::State)
            .chain(Pattern::ALL.into_iter().map(Self::Pattern))
    }

    /// Its name in the palette.
    pub fn label(self) -> &'static str {
        match self {
            Self::State(blueprint) => blueprint.label(),
            Self::Pattern(pattern) => pattern.label(),
        }
    }

    /// What it does, in a few words.
    pub fn hint(self) -> &'static str {
        match self {
            Self::State(blueprint) => blueprint.hint(),
            Self::Pattern(pattern) => pattern.hint(),
        }
    }
}

impl Blueprint {
    /// A Task that asks a person.
    pub const REVIEWER: Self = Self::Action(catalog::approval());

    /// The kinds that steer the run, in the palette's order.
    pub const FLOW: [Self; 7] = [
        Self::Choice,
        Self::Parallel,
        Self::Map,
        Self::Wait,
        Self::Pass,
        Self::Succeed,
        Self::Fail,
    ];

    /// Every kind, in the palette's order.
    pub fn all() -> impl Iterator<Item = Self> {
        let actions = catalog::all().filter(|action| action.form != catalog::Form::MapData);
        Self::FLOW
            .into_iter()
            .chain([Self::Task])
            .chain(actions.map(Self::Action))
    }

    /// The plain kind of a state type.
    pub fn of(kind: StateType) -> Self {
        match kind {
            StateType::Task => Self::Task,
            StateType::Pass => Self::Pass,
            StateType::Choice => Self::Choice,
            StateType::Wait => Self::Wait,
            StateType::Succeed => Self::Succeed,
            StateType::Fail => Self::Fail,
            StateType::Parallel => Self::Parallel,
            StateType::Map => Self::Map,
        }
    }

    /// The type of the state.
    pub fn kind(self) -> StateType {
        match self {
            Self::Choice => StateType::Choice,
            Self::Parallel => StateType::Parallel,
            Self::Map => StateType::Map,
            Self::Wait => StateType::Wait,
            Self::Pass => StateType::Pass,
            Self::Succeed => StateType::Succeed,
            Self::Fail => StateType::Fail,
            Self::Task | Self::Action(_) | Self::Call(_) => StateType::Task,
        }
    }

    /// Its name in the palette.
    pub fn label(self) -> &'static str {
        match self {
            Self::Choice => kinds::CHOICE,
            Self::Parallel => kinds::PARALLEL,
            Self::Map => kinds::MAP,
            Self::Wait => kinds::WAIT,
            Self::Pass => kinds::PASS,
            Self::Succeed => kinds::SUCCEED,
            Self::Fail => kinds::FAIL,
            Self::Task => kinds::TASK,
            Self::Action(action) => action.title,
            Self::Call(call) => call.name,
        }
    }

    /// What it does, in a few words.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Choice => kinds::CHOICE_HINT,
            Self::Parallel => kinds::PARALLEL_HINT,
            Self::Map => kinds::MAP_HINT,
            Self::Wait => kinds::WAIT_HINT,
            Self::Pass => kinds::PASS_HINT,
            Self::Succeed => kinds::SUCCEED_HINT,
            Self::Fail => kinds::FAIL_HINT,
            Self::Task => text::TASK_HINT,
            Self::Action(action) if action == catalog::approval() => kinds::PERSON_HINT,
            Self::Action(action) => action.noun,
            Self::Call(_) => text::CALL_HINT,
        }
    }

    /// The plain name that a new state begins with; a number follows when it is taken.
    pub fn name(self) -> String {
        match self {
            Self::Action(action) if action == catalog::approval() => action.title.to_owned(),
            Self::Action(action) => action.state_name(),
            Self::Call(call) => call.state_name(),
            Self::Choice
            | Self::Parallel
            | Self::Map
            | Self::Wait
            | Self::Pass
            | Self::Succeed
            | Self::Fail
            | Self::Task => self.label().to_owned(),
        }
    }

    /// The state's members without its flow. `inner` gives a free name for each state inside it.
    pub fn value(
        self,
        language: Language,
        mut inner: impl FnMut(&str) -> String,
    ) -> Map<String, Value> {
        let value = match self {
            Self::Choice => choice(language),
            Self::Parallel => json!({
                "Type": "Parallel",
                "Branches": [block(&inner(text::STEP)), block(&inner(text::STEP))],
            }),
            Self::Map => map(language, &inner(text::EACH_ITEM)),
            Self::Wait => json!({ "Type": "Wait", "Seconds": 60 }),
            Self::Pass => json!({ "Type": "Pass" }),
            Self::Succeed => json!({ "Type": "Succeed" }),
            Self::Fail => {
                json!({ "Type": "Fail", "Error": "Failed", "Cause": text::FAIL_CAUSE })
            }
            Self::Task => json!({
                "Type": "Task",
                "Resource": "arn:aws:lambda:us-east-1:123456789012:function:my-function",
            }),
            Self::Action(action) => return task(action, language),
            Self::Call(call) => return call.task(language),
        };
        members(value)
    }
}

/// The members of an object.
pub(super) fn members(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Map::new()
        }
    }
}

/// A Task that calls a service as most pipelines do.
pub(super) fn task(action: &Action, language: Language) -> Map<String, Value> {
    let mut task = members(json!({
        "Type": "Task",
        "Resource": action.resource(action.usual_pattern()),
    }));
    let field = match language {
        Language::JsonPath => "Parameters",
        Language::JsonAta => "Arguments",
    };
    task.insert(field.to_owned(), request(action, language));
    let retried = action.service().map_or(&[][..], |service| service.retried);
    if !retried.is_empty() {
        task.insert("Retry".to_owned(), json!([retrier(retried)]));
    }
    answer(action.answer, language, &mut task);
    task
}

/// The parameters that a call begins with.
fn request(action: &Action, language: Language) -> Value {
    let written = action.parameters.iter().filter(|it| it.is_written());
    Value::Object(written.map(|it| begun(it, language)).collect())
}

/// What a parameter begins with: the member's name, which says in JSONPath that the value is taken from data, and its value.
pub fn begun(parameter: &Parameter, language: Language) -> (String, Value) {
    let computed = |path: &str, expression: &str| match language {
        Language::JsonPath => (format!("{}.$", parameter.name), json!(path)),
        Language::JsonAta => (parameter.name.to_owned(), json!(expression)),
    };
    match parameter.example {
        Example::Input => computed("$", "{% $states.input %}"),
        Example::RunName => computed("$$.Execution.Name", "{% $states.context.Execution.Name %}"),
        Example::None => (parameter.name.to_owned(), empty(parameter.kind)),
        Example::Text(_) | Example::Json(_) => (
            parameter.name.to_owned(),
            parameter.example.value().unwrap_or_default(),
        ),
    }
}

/// The plainest value of a kind.
pub fn empty(kind: ParameterKind) -> Value {
    match kind {
        ParameterKind::Text => json!(""),
        ParameterKind::Number => json!(1),
        ParameterKind::Flag => json!(true),
        ParameterKind::Object => json!({}),
        ParameterKind::List => json!([]),
        ParameterKind::Any => Value::Null,
    }
}

/// The retrier that Workflow Studio gives a new Lambda task (feature map, WS-29).
fn retrier(errors: &[&str]) -> Value {
    json!({
        "ErrorEquals": errors,
        "IntervalSeconds": 1,
        "MaxAttempts": 3,
        "BackoffRate": 2,
        "JitterStrategy": "FULL",
    })
}

/// Writes what of the answer is handed on.
fn answer(answer: Answer, language: Language, task: &mut Map<String, Value>) {
    let (field, value) = match (answer, language) {
        (Answer::Whole, _) => return,
        (Answer::Part(part), Language::JsonPath) => ("OutputPath", format!("$.{part}")),
        (Answer::Part(part), Language::JsonAta) => {
            ("Output", format!("{{% $states.result.{part} %}}"))
        }
        (Answer::Beside(field), Language::JsonPath) => ("ResultPath", format!("$.{field}")),
        (Answer::Beside(field), Language::JsonAta) => (
            "Output",
            format!("{{% $merge([$states.input, {{'{field}': $states.result}}]) %}}"),
        ),
    };
    task.insert(field.to_owned(), json!(value));
}

/// A Choice with one rule; the verb that inserts it fills in where rule and default lead.
fn choice(language: Language) -> Value {
    match language {
        Language::JsonPath => json!({
            "Type": "Choice",
            "Choices": [{ "Variable": "$.value", "NumericGreaterThanEquals": 1, "Next": "" }],
            "Default": "",
        }),
        Language::JsonAta => json!({
            "Type": "Choice",
            "Choices": [{ "Condition": "{% $states.input.value >= 1 %}", "Next": "" }],
            "Default": "",
        }),
    }
}

fn map(language: Language, inner: &str) -> Value {
    let mut processor = block(inner);
    processor["ProcessorConfig"] = json!({ "Mode": "INLINE" });
    match language {
        Language::JsonPath => {
            json!({ "Type": "Map", "ItemsPath": "$.items", "ItemProcessor": processor })
        }
        Language::JsonAta => {
            json!({ "Type": "Map", "Items": "{% $states.input.items %}", "ItemProcessor": processor })
        }
    }
}

/// A block of one Pass state.
fn block(name: &str) -> Value {
    json!({ "StartAt": name, "States": { name: { "Type": "Pass", "End": true } } })
}
