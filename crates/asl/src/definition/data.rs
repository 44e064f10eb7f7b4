//! How data flows through a state: the JSONPath filters, JSONata's `Arguments` and `Output`, and `Assign`.

use super::QueryLanguage;
use super::field::read_path;
use super::place::Place;
use crate::query::{Path, ReferencePath, Template};
use indexmap::IndexMap;
use serde_json::Value;
use std::sync::Arc;

/// How data flows through a state, by its query language.
#[derive(Debug, Clone, PartialEq)]
pub enum DataFlow {
    /// The five filters.
    JsonPath(Box<JsonPathFlow>),
    /// `Arguments` and `Output`.
    Jsonata(Box<JsonataFlow>),
}

/// The filters of a JSONPath state (asl-rules 10).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct JsonPathFlow {
    /// `InputPath`
    pub input_path: FlowPath,
    /// `Parameters`; a Map state's old `Parameters` is its [`super::Map::selector`].
    pub parameters: Option<Template>,
    /// `ResultSelector`
    pub result_selector: Option<Template>,
    /// `ResultPath`
    pub result_path: ResultPath,
    /// `OutputPath`
    pub output_path: FlowPath,
}

/// The fields of a JSONata state. Strings that are expressions are evaluated at any depth.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct JsonataFlow {
    /// `Arguments`; absent means the state's input.
    pub arguments: Option<Value>,
    /// `Output`; absent means the result, or the input where there is none.
    pub output: Option<Value>,
}

/// `InputPath` or `OutputPath`.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum FlowPath {
    /// Absent or `$`.
    #[default]
    Whole,
    /// `null`: an empty object.
    Empty,
    /// A path.
    Path(Path),
}

/// `ResultPath`.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum ResultPath {
    /// Absent or `$`: the result replaces the input.
    #[default]
    Replace,
    /// `null`: the result is dropped.
    Discard,
    /// The result is set inside the raw input.
    Set(ReferencePath),
}

/// `Assign`.
#[derive(Debug, Clone, PartialEq)]
pub enum Assign {
    /// A payload template.
    Template(Template),
    /// Names with JSONata values.
    Expressions(IndexMap<Arc<str>, Value>),
}

impl DataFlow {
    /// The language that it belongs to.
    pub fn language(&self) -> QueryLanguage {
        match self {
            DataFlow::JsonPath(_) => QueryLanguage::JsonPath,
            DataFlow::Jsonata(_) => QueryLanguage::Jsonata,
        }
    }

    pub(super) fn read(state: &Place<'_>, language: QueryLanguage, type_name: &str) -> Self {
        match language {
            QueryLanguage::JsonPath => {
                DataFlow::JsonPath(Box::new(read_json_path(state, type_name)))
            }
            QueryLanguage::Jsonata => DataFlow::Jsonata(Box::new(JsonataFlow {
                arguments: state.member("Arguments").and_then(|place| place.value()),
                output: state.member("Output").and_then(|place| place.value()),
            })),
        }
    }
}

/// Reads the filters that the type of state has; others are not looked at.
fn read_json_path(state: &Place<'_>, type_name: &str) -> JsonPathFlow {
    let works = matches!(type_name, "Task" | "Parallel" | "Map");
    let template = |name: &str, wanted: bool| {
        if wanted {
            state.member(name).and_then(|place| read_template(&place))
        } else {
            None
        }
    };
    let path = |name: &str| {
        let place = if type_name == "Fail" {
            None
        } else {
            state.member(name)
        };
        place
            .and_then(|place| read_flow_path(&place))
            .unwrap_or_default()
    };
    let has_result_path = works || type_name == "Pass";
    let result_path = if has_result_path {
        state.member("ResultPath")
    } else {
        None
    };
    JsonPathFlow {
        input_path: path("InputPath"),
        parameters: template(
            "Parameters",
            matches!(type_name, "Task" | "Parallel" | "Pass"),
        ),
        result_selector: template("ResultSelector", works),
        result_path: result_path
            .and_then(|place| read_result_path(&place))
            .unwrap_or_default(),
        output_path: path("OutputPath"),
    }
}

/// Reads a payload template; arrays and plain values are copied like the parts of an object.
pub(super) fn read_template(place: &Place<'_>) -> Option<Template> {
    let value = place.value()?;
    match Template::parse(&value) {
        Ok(template) => Some(template),
        Err((steps, error)) => place.refuse_inside(steps, error.to_string()),
    }
}

fn read_flow_path(place: &Place<'_>) -> Option<FlowPath> {
    if place.is_null() {
        return Some(FlowPath::Empty);
    }
    match place.string()? {
        "$" => Some(FlowPath::Whole),
        _ => read_path(place).map(FlowPath::Path),
    }
}

/// Reads `ResultPath` of a state or a catcher.
pub(super) fn read_result_path(place: &Place<'_>) -> Option<ResultPath> {
    if place.is_null() {
        return Some(ResultPath::Discard);
    }
    match place.string()? {
        "$" => Some(ResultPath::Replace),
        text => place
            .parsed(ReferencePath::parse(text))
            .map(ResultPath::Set),
    }
}

/// Reads `Assign` of a state, a rule or a catcher; an empty object counts as absent.
pub(super) fn read_assign(place: &Place<'_>, language: QueryLanguage) -> Option<Assign> {
    let place = place.member("Assign")?;
    let names = place.object()?;
    if names.is_empty() {
        return None;
    }
    if language == QueryLanguage::JsonPath {
        return read_template(&place).map(Assign::Template);
    }
    let values = names
        .into_iter()
        .map(|(name, value)| Some((Arc::from(name), value.value()?)));
    values
        .collect::<Option<IndexMap<_, _>>>()
        .map(Assign::Expressions)
}
