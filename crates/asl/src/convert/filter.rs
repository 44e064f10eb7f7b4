//! Filters of JSONPath, `[?(@.price < 10)]`, as predicates of JSONata, `[price < 10]`.
//!
//! A path that leads to nothing makes a comparison false in both languages, except with `!=`. Values of different types
//! have no order in JSONPath, and are an error in JSONata, so types are looked at first.

use super::expression::{Expression, Level, Shape, quoted};
use super::finding::{Code, Refusal};
use super::piece::{Piece, literal};
use super::query::{Surroundings, definite};
use crate::query::path::ast::{Filter, FilterOperator, Operand, Query, Root};
use crate::query::regex::Regex;
use serde_json::Value;

/// A predicate.
pub(super) struct Predicate {
    pub(super) text: String,
    level: Level,
    /// Whether only objects can pass it.
    pub(super) takes_objects_only: bool,
}

impl Predicate {
    fn at(&self, level: Level) -> String {
        if self.level < level {
            format!("({})", self.text)
        } else {
            self.text.clone()
        }
    }
}

/// The predicate that a filter is.
pub(super) fn condition(
    around: &mut Surroundings<'_>,
    filter: &Filter,
) -> Result<Predicate, Refusal> {
    match filter {
        Filter::And(parts) => list(around, parts, " and ", Level::And),
        Filter::Or(parts) => list(around, parts, " or ", Level::Or),
        Filter::Not(part) => {
            let part = condition(around, part)?;
            Ok(predicate(
                format!("$not({})", part.text),
                Level::Path,
                false,
            ))
        }
        Filter::Exists(query) => {
            let path = operand_path(around, query)?;
            let text = format!("$exists({})", path.text);
            Ok(predicate(text, Level::Path, is_of_member(query)))
        }
        Filter::Compare {
            left,
            operator,
            right,
        } => compare(around, left, *operator, right),
    }
}

fn predicate(text: String, level: Level, takes_objects_only: bool) -> Predicate {
    Predicate {
        text,
        level,
        takes_objects_only,
    }
}

fn list(
    around: &mut Surroundings<'_>,
    parts: &[Filter],
    operator: &str,
    level: Level,
) -> Result<Predicate, Refusal> {
    let parts: Vec<Predicate> = parts
        .iter()
        .map(|part| condition(around, part))
        .collect::<Result<_, _>>()?;
    let mut objects = parts.iter().map(|part| part.takes_objects_only);
    let takes_objects_only = if level == Level::And {
        objects.any(|only| only)
    } else {
        objects.all(|only| only)
    };
    let texts: Vec<_> = parts.iter().map(|part| part.at(level)).collect();
    Ok(predicate(texts.join(operator), level, takes_objects_only))
}

/// Whether a path leads to a member of the item, so that only objects have it.
fn is_of_member(query: &Query) -> bool {
    use crate::query::path::ast::Step;
    query.root == Root::Current && matches!(query.steps.first(), Some(Step::Name(_)))
}

/// A path inside a filter: names of the item stand alone.
fn operand_path(around: &mut Surroundings<'_>, query: &Query) -> Result<Expression, Refusal> {
    if query.root != Root::Current {
        let start = match &query.root {
            Root::Input => around.input.clone(),
            Root::Context => Piece::Computed(Expression::path("$states.context")),
            Root::Variable(name) => Piece::Computed(Expression::path(format!("${name}"))),
            Root::Current => return unknown(),
        };
        let piece = around.steps(start, query, 0, &query.to_string())?;
        return Ok(piece.into_expression());
    }
    if query.steps.is_empty() {
        return Ok(Expression::path("$"));
    }
    let mut value = Expression::path("");
    for step in &query.steps {
        if value.text.is_empty() && !matches!(step, crate::query::path::ast::Step::Name(_)) {
            value = Expression::path("$");
        }
        value = match definite(&value, step, false) {
            Some(next) => next,
            None => return unknown(),
        };
    }
    Ok(value)
}

fn unknown<T>() -> Result<T, Refusal> {
    Refusal::new("A filter has a part that cannot be converted")
}

/// One side of a comparison.
enum Side<'f> {
    Path(Expression, bool),
    Literal(&'f Value),
    Pattern(&'f Regex),
}

fn side<'f>(around: &mut Surroundings<'_>, operand: &'f Operand) -> Result<Side<'f>, Refusal> {
    Ok(match operand {
        Operand::Path(query) => Side::Path(operand_path(around, query)?, is_of_member(query)),
        Operand::Literal(value) => Side::Literal(value),
        Operand::Pattern(regex) => Side::Pattern(regex),
    })
}

fn compare(
    around: &mut Surroundings<'_>,
    left: &Operand,
    operator: FilterOperator,
    right: &Operand,
) -> Result<Predicate, Refusal> {
    let (left, right) = (side(around, left)?, side(around, right)?);
    match (&left, &right) {
        (Side::Path(path, member), Side::Literal(value)) => {
            with_literal(around, path, operator, value, *member)
        }
        (Side::Literal(value), Side::Path(path, member)) => {
            let Some(operator) = mirrored(operator) else {
                return unknown();
            };
            with_literal(around, path, operator, value, *member)
        }
        (Side::Path(left, one), Side::Path(right, other)) => {
            two_paths(around, left, operator, right, *one || *other)
        }
        (Side::Path(path, member), Side::Pattern(regex)) if operator == FilterOperator::Matches => {
            matches(path, regex, *member)
        }
        _ => unknown(),
    }
}

fn mirrored(operator: FilterOperator) -> Option<FilterOperator> {
    use FilterOperator as Op;
    Some(match operator {
        Op::Equal | Op::NotEqual | Op::Same | Op::NotSame => operator,
        Op::Less => Op::Greater,
        Op::LessOrEqual => Op::GreaterOrEqual,
        Op::Greater => Op::Less,
        Op::GreaterOrEqual => Op::LessOrEqual,
        Op::Matches
        | Op::In
        | Op::NotIn
        | Op::SubsetOf
        | Op::AnyOf
        | Op::NoneOf
        | Op::All
        | Op::Contains
        | Op::Size
        | Op::Empty => return None,
    })
}

/// The sign of an order.
fn sign(operator: FilterOperator) -> Option<&'static str> {
    use FilterOperator as Op;
    match operator {
        Op::Less => Some("<"),
        Op::LessOrEqual => Some("<="),
        Op::Greater => Some(">"),
        Op::GreaterOrEqual => Some(">="),
        Op::Equal
        | Op::NotEqual
        | Op::Same
        | Op::NotSame
        | Op::Matches
        | Op::In
        | Op::NotIn
        | Op::SubsetOf
        | Op::AnyOf
        | Op::NoneOf
        | Op::All
        | Op::Contains
        | Op::Size
        | Op::Empty => None,
    }
}

fn with_literal(
    around: &mut Surroundings<'_>,
    path: &Expression,
    operator: FilterOperator,
    value: &Value,
    member: bool,
) -> Result<Predicate, Refusal> {
    use FilterOperator as Op;
    let (of, other) = (path.at(Level::Sum), literal(value));
    match operator {
        Op::Equal | Op::Same => {
            note_spelling(around, operator, value);
            Ok(predicate(
                format!("{of} = {}", other.text),
                Level::Comparison,
                member,
            ))
        }
        Op::NotEqual | Op::NotSame => {
            note_spelling(around, operator, value);
            let text = format!("$not({of} = {})", other.text);
            Ok(predicate(text, Level::Path, false))
        }
        Op::In if value.is_array() => Ok(predicate(
            format!("{of} in {}", other.text),
            Level::Comparison,
            member,
        )),
        Op::NotIn if value.is_array() => {
            let text = format!("$exists({of}) and $not({of} in {})", other.text);
            Ok(predicate(text, Level::And, member))
        }
        Op::Contains if value.is_string() => {
            let text = format!(
                "($type({of}) = \"string\" ? $contains({of}, {0}) : {0} in {of})",
                other.text
            );
            Ok(predicate(text, Level::Path, member))
        }
        _ => match (sign(operator), other.shape) {
            (Some(sign), Shape::Number) => Ok(ordered(&of, "number", sign, &other.text, member)),
            (Some(sign), Shape::Text) => Ok(ordered(&of, "string", sign, &other.text, member)),
            _ => unknown(),
        },
    }
}

fn ordered(of: &str, kind: &str, sign: &str, other: &str, member: bool) -> Predicate {
    let text = format!("$type({of}) = \"{kind}\" and {of} {sign} {other}");
    predicate(text, Level::And, member)
}

fn note_spelling(around: &mut Surroundings<'_>, operator: FilterOperator, value: &Value) {
    let is_spelt = value
        .as_str()
        .is_none_or(|text| text.parse::<f64>().is_ok());
    let is_loose = matches!(operator, FilterOperator::Equal | FilterOperator::NotEqual);
    if is_loose && is_spelt && (value.is_string() || value.is_number()) {
        around.note(
            Code::SpeltNumber,
            "In filters JSONPath takes a number and the text that spells it for equal; JSONata does not.",
        );
    }
}

fn two_paths(
    around: &mut Surroundings<'_>,
    left: &Expression,
    operator: FilterOperator,
    right: &Expression,
    member: bool,
) -> Result<Predicate, Refusal> {
    use FilterOperator as Op;
    let (a, b) = (left.at(Level::Sum), right.at(Level::Sum));
    let loose = matches!(operator, Op::Equal | Op::NotEqual);
    if loose {
        note_spelling(around, operator, &Value::from(0));
    }
    match operator {
        Op::Equal | Op::Same => Ok(predicate(format!("{a} = {b}"), Level::Comparison, member)),
        Op::NotEqual | Op::NotSame => Ok(predicate(format!("$not({a} = {b})"), Level::Path, false)),
        Op::In => {
            let text = format!("$type({b}) = \"array\" and {a} in {b}");
            Ok(predicate(text, Level::And, member))
        }
        _ => match sign(operator) {
            Some(sign) => {
                let kinds =
                    format!("$type({a}) = $type({b}) and $type({a}) in [\"number\", \"string\"]");
                Ok(predicate(
                    format!("{kinds} and {a} {sign} {b}"),
                    Level::And,
                    member,
                ))
            }
            None => unknown(),
        },
    }
}

/// `=~`: the whole text fits the pattern.
fn matches(path: &Expression, regex: &Regex, member: bool) -> Result<Predicate, Refusal> {
    let (of, flags) = (path.at(Level::Sum), regex.flags());
    if !flags.chars().all(|flag| matches!(flag, 'i' | 'm')) {
        return unknown();
    }
    let source = regex.source().replace('/', "\\/");
    let text = format!(
        "$type({of}) = {} and $contains({of}, /^(?:{source})$/{flags})",
        quoted("string")
    );
    Ok(predicate(text, Level::And, member))
}
