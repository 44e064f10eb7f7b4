//! Payload templates: objects in which keys ending in `.$` are evaluated (asl-rules 5).

use super::budget::{Budget, check_depth};
use super::intrinsic::{Call, Intrinsic};
use super::path::Path;
use super::{Entropy, ParseError, QueryError, Scope, hash_order};
use crate::text::Step;
use serde_json::{Map, Value};
use std::collections::HashSet;
use std::sync::Arc;

/// How deep a template may be nested.
const MAX_NESTING: usize = 256;

/// A payload template: an object with keys ending in `.$` (asl-rules 5).
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    root: Node,
}

/// A part of a template.
#[derive(Debug, Clone, PartialEq)]
enum Node {
    /// Nothing in it is evaluated.
    Literal(Value),
    Array(Vec<Node>),
    /// First the plain members in written order, then the evaluated ones in the order of a Java `HashMap`.
    Object {
        plain: Vec<(String, Node)>,
        evaluated: Vec<Evaluated>,
    },
}

/// A key that ended in `.$`.
#[derive(Debug, Clone, PartialEq)]
struct Evaluated {
    /// Without the ending.
    name: String,
    expression: Expression,
}

/// What stands behind such a key.
#[derive(Debug, Clone, PartialEq)]
enum Expression {
    Path(Path),
    Call(Box<Intrinsic>),
}

type Fault = (Vec<Step>, ParseError);

impl Template {
    /// Reads a template: every key ending in `.$` must hold a path or an intrinsic. The error says at which key.
    pub fn parse(template: &Value) -> Result<Self, (Vec<Step>, ParseError)> {
        let root = node(template, &mut Vec::new())?;
        Ok(Self { root })
    }

    /// The names of the variables that it reads, in order, with repetitions.
    pub fn variables(&self) -> Vec<&str> {
        let mut found = Vec::new();
        self.root.collect_paths(&mut found);
        found.into_iter().filter_map(Path::variable).collect()
    }

    /// Its value, with AWS's order of keys (asl-rules 5).
    pub fn eval(&self, scope: &Scope<'_>, entropy: &mut dyn Entropy) -> Result<Value, QueryError> {
        let value = self.root.eval(&mut Run {
            scope,
            entropy,
            budget: Budget::new(),
        })?;
        check_depth(&value)?;
        Ok(value)
    }
}

fn node(template: &Value, at: &mut Vec<Step>) -> Result<Node, Fault> {
    if at.len() > MAX_NESTING {
        let message = format!("The template is nested deeper than {MAX_NESTING} levels");
        return Err((at.clone(), ParseError { offset: 0, message }));
    }
    match template {
        Value::Object(members) => object(members, at),
        Value::Array(items) => array(items, at),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            Ok(Node::Literal(template.clone()))
        }
    }
}

fn array(items: &[Value], at: &mut Vec<Step>) -> Result<Node, Fault> {
    let nodes = items
        .iter()
        .enumerate()
        .map(|(index, item)| below(Step::Index(index), item, at));
    let nodes = nodes.collect::<Result<Vec<_>, _>>()?;
    if nodes.iter().all(|node| matches!(node, Node::Literal(_))) {
        return Ok(Node::Literal(Value::Array(items.to_vec())));
    }
    Ok(Node::Array(nodes))
}

fn below(step: Step, template: &Value, at: &mut Vec<Step>) -> Result<Node, Fault> {
    at.push(step);
    let node = node(template, at)?;
    at.pop();
    Ok(node)
}

fn object(members: &Map<String, Value>, at: &mut Vec<Step>) -> Result<Node, Fault> {
    let (mut plain, mut evaluated, mut names) = (Vec::new(), Vec::new(), HashSet::new());
    for (key, member) in members {
        let name = key.strip_suffix(".$").unwrap_or(key);
        if !names.insert(name) {
            return Err(fault(
                at,
                key,
                format!("\"{name}\" and \"{name}.$\" give the same key; keep one of them"),
            ));
        }
        if name.len() == key.len() {
            plain.push((key.clone(), below(step(key), member, at)?));
        } else {
            evaluated.push(Evaluated {
                name: name.to_owned(),
                expression: expression(key, member, at)?,
            });
        }
    }
    if evaluated.is_empty()
        && plain
            .iter()
            .all(|(_, node)| matches!(node, Node::Literal(_)))
    {
        return Ok(Node::Literal(Value::Object(members.clone())));
    }
    hash_order::sort_by_key(&mut evaluated, |member| &member.name);
    Ok(Node::Object { plain, evaluated })
}

fn step(key: &str) -> Step {
    Step::Key(Arc::from(key))
}

fn fault(at: &[Step], key: &str, message: String) -> Fault {
    fault_with(at, key, ParseError { offset: 0, message })
}

fn fault_with(at: &[Step], key: &str, error: ParseError) -> Fault {
    (at.iter().cloned().chain([step(key)]).collect(), error)
}

fn expression(key: &str, value: &Value, at: &[Step]) -> Result<Expression, Fault> {
    let Value::String(text) = value else {
        return Err(fault(
            at,
            key,
            format!("\"{key}\" must hold a path or an intrinsic function as text"),
        ));
    };
    let parsed = if text.starts_with('$') {
        Path::parse(text).map(Expression::Path)
    } else {
        Intrinsic::parse(text).map(|call| Expression::Call(Box::new(call)))
    };
    parsed.map_err(|error| fault_with(at, key, error))
}

/// One evaluation.
struct Run<'a, 's> {
    scope: &'a Scope<'s>,
    entropy: &'a mut dyn Entropy,
    budget: Budget,
}

impl Node {
    fn eval(&self, run: &mut Run<'_, '_>) -> Result<Value, QueryError> {
        match self {
            Self::Literal(value) => run.budget.copy(value),
            Self::Array(nodes) => nodes
                .iter()
                .map(|node| node.eval(run))
                .collect::<Result<_, _>>()
                .map(Value::Array),
            Self::Object { plain, evaluated } => {
                let mut members = Map::new();
                for (key, node) in plain {
                    members.insert(key.clone(), node.eval(run)?);
                }
                for member in evaluated {
                    members.insert(member.name.clone(), member.eval(run)?);
                }
                Ok(Value::Object(members))
            }
        }
    }

    fn collect_paths<'n>(&'n self, found: &mut Vec<&'n Path>) {
        match self {
            Self::Literal(_) => {}
            Self::Array(nodes) => nodes.iter().for_each(|node| node.collect_paths(found)),
            Self::Object { plain, evaluated } => {
                plain.iter().for_each(|(_, node)| node.collect_paths(found));
                for member in evaluated {
                    match &member.expression {
                        Expression::Path(path) => found.push(path),
                        Expression::Call(intrinsic) => intrinsic.call().collect_paths(found),
                    }
                }
            }
        }
    }
}

impl Evaluated {
    fn eval(&self, run: &mut Run<'_, '_>) -> Result<Value, QueryError> {
        let result = match &self.expression {
            Expression::Path(path) => path.eval_within(run.scope, &mut run.budget),
            Expression::Call(call) => call.eval_within(run.scope, run.entropy, &mut run.budget),
        };
        result.map_err(|error| in_field(error, &self.name))
    }
}

/// Says at which key of a template an error arose.
fn in_field(error: QueryError, name: &str) -> QueryError {
    match error {
        QueryError::NotFound {
            path,
            normalised,
            reason,
            call,
            field: _,
        } => QueryError::NotFound {
            path,
            normalised,
            reason,
            call,
            field: Some(format!("{name}.$")),
        },
        other => other,
    }
}

impl Call {
    /// The paths among its arguments, nested calls included.
    fn collect_paths<'n>(&'n self, found: &mut Vec<&'n Path>) {
        for argument in self.arguments() {
            match argument {
                super::intrinsic::Argument::Path(path) => found.push(path),
                super::intrinsic::Argument::Call(call) => call.collect_paths(found),
                super::intrinsic::Argument::Text(_) | super::intrinsic::Argument::Value(_) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests;
