//! What each kind of state makes of what it is given (asl-rules 10).

use super::{Finding, Shape};
use crate::check::expressions;
use crate::check::fields::Language;
use crate::check::view::View;
use crate::graph::{Role, StateIx, StateType};
use crate::query::{Path, path_names};
use crate::text::{Node, NodeKind};
use std::borrow::Cow;

/// The members of what `lambda:invoke` gives (asl-rules 18).
const INVOKED: [&str; 6] = [
    "ExecutedVersion",
    "LogResult",
    "Payload",
    "SdkHttpMetadata",
    "SdkResponseMetadata",
    "StatusCode",
];

/// The context object, as far as nothing in it depends on the state (asl-rules 9).
pub(in crate::check) fn context() -> Shape {
    Shape::object([
        (
            "Execution",
            Shape::named(&[
                "Id",
                "Input",
                "StartTime",
                "Name",
                "RoleArn",
                "RedriveCount",
                "RedriveTime",
            ]),
        ),
        ("StateMachine", Shape::named(&["Id", "Name"])),
        (
            "State",
            Shape::named(&["Name", "EnteredTime", "RetryCount"]),
        ),
        ("Task", Shape::named(&["Token"])),
        (
            "Map",
            Shape::object([("Item", Shape::named(&["Index", "Value", "Key", "Source"]))]),
        ),
    ])
}

/// What a transition brings to the next state.
pub(super) fn along(view: &View<'_>, state: StateIx, role: Role, input: &Shape) -> Shape {
    let Some(node) = view.states.get(state.0).map(|member| &member.value) else {
        return Shape::Any;
    };
    match (role, view.language_of(node)) {
        (Role::Catch(index), language) => {
            let catcher = node
                .field("Catch")
                .and_then(|list| list.elements().get(index));
            catcher.map_or(Shape::Any, |catcher| caught(view, catcher, language, input))
        }
        (Role::Choice(index), Language::Jsonata) => {
            let rule = node
                .field("Choices")
                .and_then(|list| list.elements().get(index));
            rule.map_or(Shape::Any, |rule| output(rule, input.clone()))
        }
        (Role::Next | Role::Default, Language::Jsonata) => {
            let without = match view.outline.state(state).and_then(|state| state.kind) {
                Some(StateType::Task | StateType::Parallel | StateType::Map) => task_result(node),
                _ => input.clone(),
            };
            output(node, without)
        }
        (Role::Choice(_) | Role::Next | Role::Default, Language::JsonPath) => {
            let merged = merged(view, state, input).unwrap_or(Shape::Any);
            filtered(view, node, "OutputPath", &merged)
        }
    }
}

/// What the first state of a branch or processor is given.
pub(super) fn into_block(view: &View<'_>, owner: StateIx, input: Option<&Shape>) -> Shape {
    let (Some(node), Some(input)) = (view.states.get(owner.0).map(|member| &member.value), input)
    else {
        return Shape::Any;
    };
    let is_map = view.outline.state(owner).and_then(|state| state.kind) == Some(StateType::Map);
    match (is_map, view.language_of(node)) {
        (true, _) if node.member("ItemBatcher").is_some() => Shape::named(&["Items", "BatchInput"]),
        (true, Language::JsonPath) => {
            let selector = node
                .field("ItemSelector")
                .or_else(|| node.field("Parameters"));
            selector.map_or(Shape::Any, |selector| template(view, selector, &Shape::Any))
        }
        (true, Language::Jsonata) => node.field("ItemSelector").map_or(Shape::Any, computed),
        (false, Language::JsonPath) => {
            let effective = effective(view, node, input);
            node.field("Parameters")
                .map_or(effective.clone(), |parameters| {
                    template(view, parameters, &effective)
                })
        }
        (false, Language::Jsonata) => node.field("Arguments").map_or(input.clone(), computed),
    }
}

/// What is left of the input after `InputPath`.
pub(super) fn effective(view: &View<'_>, node: &Node, input: &Shape) -> Shape {
    match view.language_of(node) {
        Language::JsonPath => filtered(view, node, "InputPath", input),
        Language::Jsonata => input.clone(),
    }
}

/// What the work of a Task, Parallel or Map gives.
pub(super) fn task_result(node: &Node) -> Shape {
    let resource = node.field("Resource").and_then(Node::as_str);
    match resource.is_some_and(|text| text.ends_with(":states:::lambda:invoke")) {
        true => Shape::named(&INVOKED),
        false => Shape::Any,
    }
}

/// The input of a JSONPath state with its result merged into it.
pub(super) fn merged(view: &View<'_>, state: StateIx, input: &Shape) -> Option<Shape> {
    let node = &view.states.get(state.0)?.value;
    let effective = effective(view, node, input);
    let result = match view.outline.state(state)?.kind? {
        StateType::Pass => match (node.field("Result"), node.field("Parameters")) {
            (Some(result), _) => Shape::of(result, &|_, _| None),
            (None, Some(parameters)) => template(view, parameters, &effective),
            (None, None) => effective,
        },
        StateType::Task | StateType::Parallel | StateType::Map => {
            let result = task_result(node);
            match node.field("ResultSelector") {
                Some(selector) => template(view, selector, &result),
                None => result,
            }
        }
        StateType::Choice | StateType::Wait | StateType::Succeed | StateType::Fail => {
            return Some(effective);
        }
    };
    Some(set(view, node, input, result))
}

fn caught(view: &View<'_>, catcher: &Node, language: Language, input: &Shape) -> Shape {
    let error = Shape::named(&["Error", "Cause"]);
    match language {
        Language::JsonPath if view.is_open(catcher) => Shape::Any,
        Language::JsonPath => set(view, catcher, input, error),
        Language::Jsonata => output(catcher, error),
    }
}

/// The path that a text is. Nearly all of them have been read before.
fn path_at<'v>(view: &'v View<'_>, node: &Node) -> Option<Cow<'v, Path>> {
    if let Some(path) = view.queries.path(node) {
        return Some(Cow::Borrowed(path));
    }
    let path = node.as_str().and_then(|text| Path::parse(text).ok());
    path.map(Cow::Owned)
}

/// Sets `value` where `ResultPath` says.
fn set(view: &View<'_>, node: &Node, input: &Shape, value: Shape) -> Shape {
    let Some(path) = node.field("ResultPath") else {
        return value;
    };
    if path.is_null() {
        return input.clone();
    }
    let path = path_at(view, path);
    match path.as_deref().and_then(path_names) {
        Some(names) => input.with(&names, value),
        None => Shape::Any,
    }
}

/// What `InputPath` or `OutputPath` leaves.
fn filtered(view: &View<'_>, node: &Node, field: &str, shape: &Shape) -> Shape {
    let Some(path) = node.field(field) else {
        return shape.clone();
    };
    if path.is_null() {
        return Shape::object([]);
    }
    let is_open = path.as_str().is_some_and(|text| view.is_open_text(text));
    match path_at(view, path).filter(|_| !is_open) {
        Some(path) => read(&path, shape),
        None => Shape::Any,
    }
}

fn read(path: &Path, input: &Shape) -> Shape {
    if path.reads_context() || path.variable().is_some() {
        return Shape::Any;
    }
    match input.at(path) {
        Finding::Value(shape) => shape,
        // The state fails; nothing goes on.
        Finding::Nothing { .. } => Shape::Any,
    }
}

/// The shape that a payload template gives.
fn template(view: &View<'_>, node: &Node, input: &Shape) -> Shape {
    Shape::of(node, &|key, value| {
        let name = key.strip_suffix(".$")?;
        let is_path = value.as_str().is_some_and(|text| text.starts_with('$'));
        let path = Some(value).filter(|_| is_path);
        let path = path.and_then(|value| path_at(view, value));
        Some((
            name.into(),
            path.map_or(Shape::Any, |path| read(&path, input)),
        ))
    })
}

/// What `Output` gives, or else `without`.
fn output(node: &Node, without: Shape) -> Shape {
    node.field("Output").map_or(without, computed)
}

/// The shape of a value with JSONata expressions in it.
fn computed(node: &Node) -> Shape {
    let is_expression = |node: &Node| match &node.kind {
        NodeKind::String(text) => expressions::inside(text).is_some(),
        NodeKind::Null
        | NodeKind::Bool(_)
        | NodeKind::Number(_)
        | NodeKind::Array(_)
        | NodeKind::Object(_)
        | NodeKind::Placeholder(_)
        | NodeKind::Missing => false,
    };
    if is_expression(node) {
        return Shape::Any;
    }
    Shape::of(node, &|key, value| {
        is_expression(value).then(|| (key.into(), Shape::Any))
    })
}
