//! One test of one variable, and what it says about others of the same variable.

use crate::text::{Node, NodeKind};
use std::cmp::Ordering;
use std::fmt;

/// A test of one variable.
#[derive(Debug, Clone)]
pub(super) struct Test<'a> {
    /// The path, as it is written.
    pub(super) variable: &'a str,
    operator: &'a str,
    operand: &'a NodeKind,
    says: Says<'a>,
}

/// What a value must be for a test to be true. A test of the wrong type is false (asl-rules 12).
#[derive(Debug, Clone, PartialEq)]
enum Says<'a> {
    /// A number between bounds.
    Number(Bound, Bound),
    /// This text.
    Text(&'a str),
    /// This Boolean.
    Flag(bool),
    /// Of this type, and more that is not looked at.
    Some(Type),
    /// Of this type, whatever it is.
    Every(Type),
    Present,
    Absent,
    /// Something else.
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type {
    Number,
    Text,
    Flag,
    Null,
}

/// The end of a range of numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Bound {
    at: f64,
    included: bool,
}

impl<'a> Test<'a> {
    /// The test of a rule; none for combinations, and for rules with more or less than one test.
    pub(super) fn of(rule: &'a Node) -> Option<Self> {
        let variable = rule.field("Variable")?.as_str()?;
        let mut tests = rule.members().iter().filter(|member| {
            crate::check::fields::OPERATORS
                .iter()
                .any(|field| field.name == &*member.key)
        });
        let test = tests.next()?;
        if tests.next().is_some() {
            return None;
        }
        Some(Self {
            variable,
            operator: &test.key,
            operand: &test.value.kind,
            says: says(&test.key, &test.value),
        })
    }

    /// Whether no value satisfies both.
    pub(super) fn excludes(&self, other: &Self) -> bool {
        match (&self.says, &other.says) {
            (Says::Unknown, _) | (_, Says::Unknown) => false,
            (Says::Absent, Says::Absent) => false,
            (Says::Absent, _) | (_, Says::Absent) => true,
            (Says::Number(low, high), Says::Number(other_low, other_high)) => {
                is_empty(*low, *other_high) || is_empty(*other_low, *high)
            }
            (Says::Text(left), Says::Text(right)) => left != right,
            (Says::Flag(left), Says::Flag(right)) => left != right,
            (left, right) => match (left.type_of(), right.type_of()) {
                (Some(left), Some(right)) => left != right,
                _ => false,
            },
        }
    }

    /// Whether every value that satisfies `other` satisfies this one.
    pub(super) fn covers(&self, other: &Self) -> bool {
        if self.variable != other.variable {
            return false;
        }
        if self.operator == other.operator && self.operand == other.operand {
            return true;
        }
        match (&self.says, &other.says) {
            (Says::Number(low, high), Says::Number(other_low, other_high)) => {
                begins_before(*low, *other_low) && ends_after(*high, *other_high)
            }
            (Says::Every(kind), says) => says.type_of() == Some(*kind),
            // To look at the value it must be there.
            (Says::Present, says) => *says != Says::Absent,
            _ => false,
        }
    }
}

impl Says<'_> {
    fn type_of(&self) -> Option<Type> {
        match self {
            Says::Number(..) => Some(Type::Number),
            Says::Text(_) => Some(Type::Text),
            Says::Flag(_) => Some(Type::Flag),
            Says::Some(kind) | Says::Every(kind) => Some(*kind),
            Says::Present | Says::Absent | Says::Unknown => None,
        }
    }
}

fn says<'a>(operator: &str, operand: &'a Node) -> Says<'a> {
    if operator.ends_with("Path") {
        return typed(operator).map_or(Says::Unknown, Says::Some);
    }
    let yes = operand.as_bool();
    match (operator, yes) {
        ("IsPresent", Some(true)) => return Says::Present,
        ("IsPresent", Some(false)) => return Says::Absent,
        ("IsNumeric", Some(true)) => return Says::Every(Type::Number),
        ("IsString", Some(true)) => return Says::Every(Type::Text),
        ("IsBoolean", Some(true)) => return Says::Every(Type::Flag),
        ("IsNull", Some(true)) => return Says::Every(Type::Null),
        ("IsTimestamp", Some(true)) => return Says::Some(Type::Text),
        ("BooleanEquals", Some(flag)) => return Says::Flag(flag),
        _ => {}
    }
    match (operator, operand.as_str()) {
        ("StringEquals", Some(text)) => return Says::Text(text),
        _ if typed(operator) == Some(Type::Text) => return Says::Some(Type::Text),
        _ => {}
    }
    let number = operand
        .as_number()
        .and_then(|text| text.parse::<f64>().ok());
    number.map_or(Says::Unknown, |number| range(operator, number))
}

/// The type that a comparison wants.
fn typed(operator: &str) -> Option<Type> {
    match operator {
        _ if operator.starts_with("Numeric") => Some(Type::Number),
        _ if operator.starts_with("String") || operator.starts_with("Timestamp") => {
            Some(Type::Text)
        }
        _ if operator.starts_with("Boolean") => Some(Type::Flag),
        _ => None,
    }
}

fn range<'a>(operator: &str, at: f64) -> Says<'a> {
    let bound = |included| Bound { at, included };
    let low = Bound {
        at: f64::NEG_INFINITY,
        included: true,
    };
    let high = Bound {
        at: f64::INFINITY,
        included: true,
    };
    match operator {
        "NumericEquals" => Says::Number(bound(true), bound(true)),
        "NumericLessThan" => Says::Number(low, bound(false)),
        "NumericLessThanEquals" => Says::Number(low, bound(true)),
        "NumericGreaterThan" => Says::Number(bound(false), high),
        "NumericGreaterThanEquals" => Says::Number(bound(true), high),
        _ => Says::Unknown,
    }
}

/// Whether nothing lies from `low` to `high`.
fn is_empty(low: Bound, high: Bound) -> bool {
    match low.at.total_cmp(&high.at) {
        Ordering::Less => false,
        Ordering::Equal => !(low.included && high.included),
        Ordering::Greater => true,
    }
}

fn begins_before(low: Bound, other: Bound) -> bool {
    low.at < other.at || (low.at == other.at && (low.included || !other.included))
}

fn ends_after(high: Bound, other: Bound) -> bool {
    high.at > other.at || (high.at == other.at && (high.included || !other.included))
}

impl fmt::Display for Test<'_> {
    /// `NumericLessThan 5`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.operator)?;
        match self.operand {
            NodeKind::Number(text) => write!(f, " {text}"),
            NodeKind::String(text) => write!(f, " \"{text}\""),
            NodeKind::Bool(flag) => write!(f, " {flag}"),
            NodeKind::Null
            | NodeKind::Array(_)
            | NodeKind::Object(_)
            | NodeKind::Placeholder(_)
            | NodeKind::Missing => Ok(()),
        }
    }
}
