//! What a definition says of a call's arguments before it runs.

use super::expression::beginning;
use crate::text::{Node, NodeKind, template_text};

/// What is known of an argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Given {
    /// Its value; placeholders of a template stay as they are.
    Text(String),
    /// What its value begins with.
    Begins(String),
    /// Only a run knows it.
    RunTime,
    /// There is none.
    Absent,
}

/// The arguments of a call: `Parameters` or `Arguments`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arguments<'d> {
    node: Option<&'d Node>,
    /// Whether the call takes the state's input when nothing is written.
    takes_input: bool,
}

impl<'d> Arguments<'d> {
    /// Those of a task; without any, the input is what the call gets.
    pub(super) fn of_task(state: &'d Node) -> Self {
        Self {
            node: written(state),
            takes_input: true,
        }
    }

    /// Those of a reader or writer.
    pub(super) fn of_data(holder: &'d Node) -> Self {
        Self {
            node: written(holder),
            takes_input: false,
        }
    }

    /// None at all.
    pub(super) fn none() -> Self {
        Self {
            node: None,
            takes_input: false,
        }
    }

    /// The values at a path: `Entries[].EventBusName`, or the first of several paths that is there, with `|` between them. Never empty.
    pub(super) fn find(&self, paths: &str) -> Vec<Given> {
        let Some(root) = self.node else {
            return vec![if self.takes_input {
                Given::RunTime
            } else {
                Given::Absent
            }];
        };
        let mut found = paths.split('|').map(|path| at(root, path));
        let present = found.find(|values| !values.is_empty());
        present.unwrap_or_else(|| vec![Given::Absent])
    }

    /// Whether something is written at one of these paths.
    pub(super) fn has(&self, paths: &str) -> bool {
        !self.is_open() && self.may_have(paths)
    }

    /// Whether something may stand at one of these paths when it runs.
    pub(super) fn may_have(&self, paths: &str) -> bool {
        self.find(paths).iter().any(|given| *given != Given::Absent)
    }

    /// Whether only a run knows which arguments there are.
    pub(super) fn is_open(&self) -> bool {
        self.node.map_or(self.takes_input, is_dynamic)
    }
}

fn written(holder: &Node) -> Option<&Node> {
    holder
        .field("Arguments")
        .or_else(|| holder.field("Parameters"))
}

/// The values at one path; none where something is missing on the way.
fn at(node: &Node, path: &str) -> Vec<Given> {
    if is_dynamic(node) {
        return vec![given(node)];
    }
    let (step, rest) = path.split_once('.').unwrap_or((path, ""));
    let (name, each) = match step.strip_suffix("[]") {
        Some(name) => (name, true),
        None => (step, false),
    };
    let Some(value) = node.field(name) else {
        let query = node.field(&format!("{name}.$"));
        return query
            .map(|query| queried(query, rest))
            .into_iter()
            .collect();
    };
    let inner = |value: &Node| match rest {
        "" => vec![given(value)],
        rest => at(value, rest),
    };
    match each && value.is_array() {
        true => value
            .elements()
            .iter()
            .flat_map(|item| or_absent(inner(item)))
            .collect(),
        false => inner(value),
    }
}

fn or_absent(values: Vec<Given>) -> Vec<Given> {
    match values.is_empty() {
        true => vec![Given::Absent],
        false => values,
    }
}

/// The value of a member `X.$`; `rest` is the way on from there, which only a run knows.
fn queried(query: &Node, rest: &str) -> Given {
    let text = query.as_str().filter(|_| rest.is_empty());
    text.and_then(beginning)
        .map_or(Given::RunTime, Given::Begins)
}

/// Whether a whole value is computed.
fn is_dynamic(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Placeholder(_))
        || node.as_str().is_some_and(|text| text.starts_with("{%"))
}

fn given(node: &Node) -> Given {
    match &node.kind {
        NodeKind::String(text) if text.starts_with("{%") => {
            beginning(text).map_or(Given::RunTime, Given::Begins)
        }
        NodeKind::String(text) | NodeKind::Number(text) | NodeKind::Placeholder(text) => {
            Given::Text(text.to_string())
        }
        NodeKind::Object(_) => template_text(node)
            .filter(|text| !text.starts_with("{%"))
            .map_or(Given::RunTime, Given::Text),
        NodeKind::Bool(_) | NodeKind::Array(_) | NodeKind::Null | NodeKind::Missing => {
            Given::RunTime
        }
    }
}
