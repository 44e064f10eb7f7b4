//! JSONPath as JSONata: paths that may lead to many places, and always give a list.
//!
//! JSONata makes one value of a sequence with one member, and one list of a list of lists. Both would change results, so
//! lists are put together with `$map` and `$append`, which do neither.

use super::expression::{Expression, Level, Shape, quoted};
use super::filter;
use super::finding::{Code, Refusal};
use super::query::{Surroundings, definite, member, some_members};
use crate::query::path::ast::{Function, Query, Step};

/// The nodes that a path leads to, up to some step.
struct Nodes {
    /// Gives them in some form.
    text: String,
    form: Form,
    needs: Vec<String>,
}

/// In which form an expression gives nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As an array, always.
    Exact,
    /// As a sequence: nothing when there are none, the node itself when there is one. The nodes may be arrays.
    Sequence,
    /// As a sequence of nodes that are no arrays.
    Plain,
}

impl Nodes {
    fn new(text: String, form: Form, needs: Vec<String>) -> Self {
        Self { text, form, needs }
    }

    /// As an array, always.
    fn exact(&self) -> String {
        match self.form {
            Form::Exact => self.text.clone(),
            Form::Sequence => format!("$append([], {}[])", self.text),
            Form::Plain => format!("[{}]", self.text),
        }
    }

    /// As something whose members are the nodes, for `$map`.
    fn members(&self) -> String {
        match self.form {
            Form::Exact | Form::Plain => self.text.clone(),
            Form::Sequence => format!("{}[]", self.text),
        }
    }

    fn into_expression(self) -> Expression {
        let text = self.exact();
        Expression {
            needs: self.needs,
            ..Expression::new(text, Level::Path, Shape::List)
        }
    }
}

/// The list at the end of a path whose step number `at` is the first that may lead to many places. `value` is what the
/// steps before lead to.
pub(super) fn convert(
    around: &mut Surroundings<'_>,
    value: Expression,
    query: &Query,
    at: usize,
    text: &str,
) -> Result<Expression, Refusal> {
    let steps = &query.steps;
    if let (Some(Step::Call(function, arguments)), true) = (steps.get(at), at + 1 == steps.len()) {
        if !arguments.is_empty() {
            return unknown(text);
        }
        return call(around, *function, value, text);
    }
    if at + 1 == steps.len() && matches!(steps.get(at), Some(Step::Wildcard)) && !is_dotted(text) {
        note_list(around, text);
        return Ok(value.shaped(Shape::List));
    }
    let (mut nodes, mut at) = first(around, value, query, at, text)?;
    while let Some(step) = steps.get(at) {
        (nodes, at) = next(around, nodes, query, step, at, text)?;
    }
    Ok(nodes.into_expression())
}

fn unknown<T>(text: &str) -> Result<T, Refusal> {
    Refusal::new(format!("`{text}` has a step that cannot be converted"))
}

/// The nodes after the first step that may lead to many places, and the number of the next step.
fn first(
    around: &mut Surroundings<'_>,
    value: Expression,
    query: &Query,
    at: usize,
    text: &str,
) -> Result<(Nodes, usize), Refusal> {
    let value = value.swallowed();
    let of = value.at(Level::Path);
    let sequence = |text| Nodes::new(text, Form::Sequence, value.needs.clone());
    let Some(step) = query.steps.get(at) else {
        return unknown(text);
    };
    let nodes = match step {
        Step::Wildcard => wildcard(around, &value, text),
        Step::Filter(condition) => {
            let condition = filter::condition(around, condition)?;
            let form = if condition.takes_objects_only {
                Form::Plain
            } else {
                Form::Sequence
            };
            Nodes::new(
                format!("{of}[{}]", condition.text),
                form,
                value.needs.clone(),
            )
        }
        Step::Slice { from, to } => sequence(slice(around, &of, *from, *to, text)?),
        Step::Indices(indices) => {
            let index = around.names.local("index");
            let list: Vec<_> = indices.iter().map(ToString::to_string).collect();
            let list = list.join(", ");
            sequence(format!(
                "$map([{list}], function(${index}) {{ {of}[${index}] }})"
            ))
        }
        Step::Names(names) => {
            let name = around.names.local("name");
            let list: Vec<_> = names.iter().map(|name| quoted(name)).collect();
            let list = list.join(", ");
            sequence(format!(
                "$map([{list}], function(${name}) {{ $lookup({of}, ${name}) }})"
            ))
        }
        Step::Descent => return descent(around, &value, query, at, text),
        Step::Name(_) | Step::Call(..) => return unknown(text),
    };
    Ok((nodes, at + 1))
}

/// The nodes after a further step.
fn next(
    around: &mut Surroundings<'_>,
    nodes: Nodes,
    query: &Query,
    step: &Step,
    at: usize,
    text: &str,
) -> Result<(Nodes, usize), Refusal> {
    match step {
        Step::Name(_) | Step::Indices(_) => each(around, &nodes, query, at, text),
        Step::Wildcard => {
            note_list(around, text);
            let all = format!("$reduce({}, $append, [])", nodes.exact());
            Ok((Nodes::new(all, Form::Exact, nodes.needs), at + 1))
        }
        Step::Filter(condition) => {
            note_list(around, text);
            let condition = filter::condition(around, condition)?;
            let form = if condition.takes_objects_only {
                Form::Plain
            } else {
                Form::Sequence
            };
            let chosen = format!("{}[{}]", nodes.exact(), condition.text);
            Ok((Nodes::new(chosen, form, nodes.needs), at + 1))
        }
        Step::Names(names) if at + 1 == query.steps.len() => {
            note_list(around, text);
            let item = around.names.local("item");
            let value = Expression::path(format!("${item}"));
            let Some(object) = some_members(&value, names) else {
                return unknown(text);
            };
            let mapped = format!(
                "$map({}, function(${item}) {{ {} }})",
                nodes.members(),
                object.text
            );
            Ok((Nodes::new(mapped, Form::Plain, nodes.needs), at + 1))
        }
        Step::Names(_) | Step::Slice { .. } | Step::Descent | Step::Call(..) => unknown(text),
    }
}

/// Definite steps taken from each node.
fn each(
    around: &Surroundings<'_>,
    nodes: &Nodes,
    query: &Query,
    at: usize,
    text: &str,
) -> Result<(Nodes, usize), Refusal> {
    let item = around.names.local("item");
    let mut value = Expression::path(format!("${item}"));
    let mut next = at;
    while let Some(step @ (Step::Name(_) | Step::Indices(_))) = query.steps.get(next) {
        let Some(further) = definite(&value, step, false) else {
            break;
        };
        value = further;
        next += 1;
    }
    if next == at {
        return unknown(text);
    }
    let mapped = format!(
        "$map({}, function(${item}) {{ {} }})",
        nodes.members(),
        value.text
    );
    Ok((
        Nodes::new(mapped, Form::Sequence, nodes.needs.clone()),
        next,
    ))
}

/// `[*]` gives the elements of a list as they are; `.*`, which is written for objects, looks first.
fn wildcard(around: &mut Surroundings<'_>, value: &Expression, text: &str) -> Nodes {
    let of = value.at(Level::Path);
    let needs = value.needs.clone();
    if is_dotted(text) {
        let item = around.names.local("value");
        let values = format!("$append([], $each({of}, function(${item}) {{ ${item} }})[])");
        let either = format!("($type({of}) = \"array\" ? {of} : {values})");
        return Nodes::new(either, Form::Exact, needs);
    }
    note_list(around, text);
    Nodes::new(of, Form::Exact, needs)
}

/// Whether the wildcards of a path are written as for objects.
fn is_dotted(text: &str) -> bool {
    text.contains(".*") && !text.contains("[*]")
}

fn note_list(around: &mut Surroundings<'_>, text: &str) {
    around.note(
        Code::ListExpected,
        format!("`{text}` is converted for lists; where it meets an object, JSONPath gives the object's values"),
    );
}

/// `..name`: the members of this name in everything below, outer ones first.
fn descent(
    around: &Surroundings<'_>,
    value: &Expression,
    query: &Query,
    at: usize,
    text: &str,
) -> Result<(Nodes, usize), Refusal> {
    let Some(Step::Name(name)) = query.steps.get(at + 1) else {
        return unknown(text);
    };
    let item = around.names.local("item");
    let found = format!(
        "$map({}.**, function(${item}) {{ {} }})",
        value.at(Level::Path),
        member(&format!("${item}"), name)
    );
    Ok((
        Nodes::new(found, Form::Sequence, value.needs.clone()),
        at + 2,
    ))
}

/// The elements of a slice. As in Jayway an open slice counts a negative bound from the end, while one with both bounds
/// compares them as they are.
fn slice(
    around: &Surroundings<'_>,
    of: &str,
    from: Option<i64>,
    to: Option<i64>,
    text: &str,
) -> Result<String, Refusal> {
    let (item, index, list) = (
        around.names.local("item"),
        around.names.local("index"),
        around.names.local("list"),
    );
    let bound = |bound: i64| {
        if bound < 0 {
            format!("$count(${list}) - {}", bound.unsigned_abs())
        } else {
            bound.to_string()
        }
    };
    let (from, to) = match (from, to) {
        (Some(from), Some(0)) if from < 0 => (Some(from), None),
        (Some(from), Some(to)) if from < 0 && to > 0 => return unknown(text),
        bounds => bounds,
    };
    let lower = from.map(|from| format!("${index} >= {}", bound(from)));
    let upper = to.map(|to| format!("${index} < {}", bound(to)));
    let conditions: Vec<String> = match (from, to) {
        (Some(from), Some(to)) if from >= to => vec!["false".to_owned()],
        _ => lower.into_iter().chain(upper).collect(),
    };
    let condition = conditions.join(" and ");
    let parameters = if condition.contains("$count(") {
        format!("${item}, ${index}, ${list}")
    } else {
        format!("${item}, ${index}")
    };
    Ok(format!(
        "$filter({of}, function({parameters}) {{ {condition} }})"
    ))
}

/// A function at the end of a path.
fn call(
    around: &mut Surroundings<'_>,
    function: Function,
    value: Expression,
    text: &str,
) -> Result<Expression, Refusal> {
    let value = value.swallowed();
    let of = value.at(Level::Path);
    let (text, shape) = match function {
        Function::Length => (format!("$count({of})"), Shape::Number),
        Function::Min => (format!("$min({of})"), Shape::Number),
        Function::Max => (format!("$max({of})"), Shape::Number),
        Function::Avg => (format!("$average({of})"), Shape::Number),
        Function::Sum => (format!("$sum({of})"), Shape::Number),
        Function::First => (format!("{of}[0]"), Shape::Any),
        Function::Last => (format!("{of}[-1]"), Shape::Any),
        Function::StdDev
        | Function::Keys
        | Function::Concat
        | Function::Append
        | Function::Index => return unknown(text),
    };
    note_list(around, &format!("{}()", function.name()));
    let needs = value.needs;
    let result = Expression {
        needs,
        ..Expression::new(text, Level::Path, shape)
    };
    Ok(result.maybe_missing())
}
