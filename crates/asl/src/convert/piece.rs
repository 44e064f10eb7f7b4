//! A value of the converted definition: partly written down, partly computed.
//!
//! As the value of a field it keeps its structure, with an expression in each computed place. Inside an expression it
//! becomes one text.

use super::expression::{Expression, Level, Shape, quoted};
use super::finding::Refusal;
use super::names::Names;
use crate::definition;
use serde_json::{Map, Value};

/// A value of the converted definition.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    /// As written.
    Plain(Value),
    /// Computed.
    Computed(Expression),
    /// An object with computed parts.
    Object(Vec<(String, Piece)>),
    /// An array with computed parts.
    Array(Vec<Piece>),
}

impl Piece {
    /// The raw input of the state.
    pub(super) fn input() -> Self {
        Self::Computed(Expression::path("$states.input"))
    }

    /// The result of the state's work.
    pub(super) fn result() -> Self {
        Self::Computed(Expression::path("$states.result"))
    }

    /// The error output, in a catcher.
    pub(super) fn error_output() -> Self {
        Self::Computed(Expression::path("$states.errorOutput").shaped(Shape::Object))
    }

    /// `{}`
    pub(super) fn empty_object() -> Self {
        Self::Plain(Value::Object(Map::new()))
    }

    /// Whether it is this expression and nothing else.
    pub(super) fn is(&self, other: &Piece) -> bool {
        match (self, other) {
            (Self::Computed(left), Self::Computed(right)) => left.text == right.text,
            (Self::Plain(_) | Self::Computed(_) | Self::Object(_) | Self::Array(_), _) => false,
        }
    }

    /// The member of this name, when the structure shows it.
    pub(super) fn member(&self, name: &str) -> Option<Piece> {
        match self {
            Self::Plain(value) => value.get(name).cloned().map(Self::Plain),
            Self::Object(members) => members
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, piece)| piece.clone()),
            Self::Computed(_) | Self::Array(_) => None,
        }
    }

    /// The parts in it that may be missing.
    pub(super) fn missable(&self) -> Vec<String> {
        match self {
            Self::Plain(_) => Vec::new(),
            Self::Computed(expression) => expression.clone().swallowed().needs,
            Self::Object(members) => members
                .iter()
                .flat_map(|(_, piece)| piece.missable())
                .collect(),
            Self::Array(pieces) => pieces.iter().flat_map(Piece::missable).collect(),
        }
    }

    /// Whether it is a result set inside an object.
    pub(super) fn is_merged(&self) -> bool {
        match self {
            Self::Computed(expression) => expression.text.starts_with("$merge("),
            Self::Plain(_) | Self::Object(_) | Self::Array(_) => false,
        }
    }

    /// Whether something in it is drawn at random.
    pub(super) fn is_random(&self) -> bool {
        match self {
            Self::Plain(_) => false,
            Self::Computed(expression) => {
                expression.text.contains("$uuid(") || expression.text.contains("$random(")
            }
            Self::Object(members) => members.iter().any(|(_, piece)| piece.is_random()),
            Self::Array(pieces) => pieces.iter().any(Piece::is_random),
        }
    }

    /// As the value of a field.
    pub(super) fn into_value(self, names: &Names) -> Result<Value, Refusal> {
        match self {
            Self::Plain(value) => escaped(value, names),
            Self::Computed(expression) => field_text(expression, names).map(Value::String),
            Self::Object(members) => {
                let members = members
                    .into_iter()
                    .map(|(key, piece)| Ok((key, piece.into_value(names)?)));
                members.collect::<Result<_, _>>().map(Value::Object)
            }
            Self::Array(pieces) => {
                let values = pieces.into_iter().map(|piece| piece.into_value(names));
                values.collect::<Result<_, _>>().map(Value::Array)
            }
        }
    }

    /// As an expression.
    pub(super) fn into_expression(self) -> Expression {
        match self {
            Self::Plain(value) => literal(&value),
            Self::Computed(expression) => expression,
            Self::Object(members) => {
                let (keys, pieces): (Vec<_>, Vec<_>) = members.into_iter().unzip();
                let values = pieces
                    .into_iter()
                    .map(|piece| piece.into_expression().swallowed())
                    .collect();
                Expression::of(values, Shape::Object, Level::Path, |values| {
                    let member = |(key, value): (&String, &Expression)| {
                        format!("{}: {}", quoted(key), value.text)
                    };
                    let members: Vec<_> = keys.iter().zip(values).map(member).collect();
                    format!("{{{}}}", members.join(", "))
                })
            }
            Self::Array(pieces) => {
                let items = pieces.into_iter().map(element).collect();
                Expression::of(items, Shape::List, Level::Path, |items| {
                    let items: Vec<_> = items.iter().map(|item| &*item.text).collect();
                    format!("[{}]", items.join(", "))
                })
            }
        }
    }
}

/// An element of an array constructor, which takes the elements out of arrays that are not written as constructors.
fn element(piece: Piece) -> Expression {
    let is_constructor = matches!(piece, Piece::Array(_) | Piece::Plain(Value::Array(_)));
    let item = piece.into_expression().swallowed();
    let text = match item.shape {
        Shape::List if !is_constructor => format!("[{}]", item.text),
        Shape::Any if item.text != "null" => {
            let text = item.at(Level::Comparison);
            format!("$type({text}) = \"array\" ? [[{text}]] : {text}")
        }
        Shape::Any | Shape::List | Shape::Text | Shape::Number | Shape::Boolean | Shape::Object => {
            item.text.clone()
        }
    };
    Expression { text, ..item }
}

/// A value as JSONata writes it.
pub(super) fn literal(value: &Value) -> Expression {
    let shape = match value {
        Value::Null => Shape::Any,
        Value::Bool(_) => Shape::Boolean,
        Value::Number(_) => Shape::Number,
        Value::String(_) => Shape::Text,
        Value::Array(_) => Shape::List,
        Value::Object(_) => Shape::Object,
    };
    let is_negative = value.as_f64().is_some_and(|number| number < 0.0);
    let level = if is_negative {
        Level::Product
    } else {
        Level::Path
    };
    Expression::new(spaced(value), level, shape)
}

/// JSON with a blank behind each comma and colon.
fn spaced(value: &Value) -> String {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(spaced).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(members) => {
            let member =
                |(key, value): (&String, &Value)| format!("{}: {}", quoted(key), spaced(value));
            let members: Vec<_> = members.iter().map(member).collect();
            format!("{{{}}}", members.join(", "))
        }
    }
}

/// A written value in which texts that would be taken for expressions are expressions that give them.
fn escaped(value: Value, names: &Names) -> Result<Value, Refusal> {
    Ok(match value {
        Value::String(text) if looks_like_expression(&text) => {
            Value::String(field_text(Expression::text(&text), names)?)
        }
        Value::Array(items) => {
            let items = items.into_iter().map(|item| escaped(item, names));
            Value::Array(items.collect::<Result<_, _>>()?)
        }
        Value::Object(members) => {
            let members = members
                .into_iter()
                .map(|(key, value)| Ok((key, escaped(value, names)?)));
            Value::Object(members.collect::<Result<_, Refusal>>()?)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    })
}

/// Whether a text is an expression in JSONata, or refused as half of one.
pub(super) fn looks_like_expression(text: &str) -> bool {
    text.starts_with("{%") || text.ends_with("%}")
}

/// Whether a written value has a text that [`Piece::into_value`] must change.
pub(super) fn has_expression_text(value: &Value) -> bool {
    match value {
        Value::String(text) => looks_like_expression(text),
        Value::Array(items) => items.iter().any(has_expression_text),
        Value::Object(members) => members.values().any(has_expression_text),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The text of a field with this expression.
pub(super) fn field_text(expression: Expression, names: &Names) -> Result<String, Refusal> {
    let text = expression.asserted().text;
    if let Some(name) = names.hidden_function(&text) {
        return Refusal::new(format!(
            "The variable \"{name}\" has the name of a function that JSONata needs here; rename the variable"
        ));
    }
    let field = format!("{{% {text} %}}");
    match jsonata::Expression::parse(&text) {
        Ok(_) if definition::expression(&field) == Some(&text) => Ok(field),
        Ok(_) => Refusal::new("The expression cannot stand between {% and %}"),
        Err(error) => Refusal::new(format!("JSONata cannot say this: {error}")),
    }
}
