//! The Choice state and its rules (asl-rules 12).

use super::data::read_assign;
use super::field::{expression, read_path};
use super::place::Place;
use super::{Assign, Names, QueryLanguage, StateId, target};
use crate::query::compare::Kind;
use crate::query::{Operator, Path};
use serde_json::Value;
use std::sync::Arc;

/// Levels of `And`, `Or`, `Not` inside each other that a rule may have.
const MAX_DEPTH: usize = 100;

/// The Choice state.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The rules, in written order.
    pub rules: Vec<Rule>,
    /// Where to go when no rule holds.
    pub default: Option<StateId>,
}

/// A top-level rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// When it holds.
    pub condition: Condition,
    /// Where it leads.
    pub next: StateId,
    /// Variables to set.
    pub assign: Option<Assign>,
    /// The output (JSONata); absent means the input.
    pub output: Option<Value>,
}

/// When a rule holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// All of them, tried left to right.
    And(Vec<Condition>),
    /// One of them, tried left to right.
    Or(Vec<Condition>),
    /// Not that one.
    Not(Box<Condition>),
    /// A comparison.
    Test(Test),
    /// A JSONata expression that gives a boolean.
    Expression(Arc<str>),
    /// A boolean, as written (JSONata).
    Literal(bool),
}

/// `Variable` with its comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    /// `Variable`
    pub variable: Path,
    /// The comparison.
    pub operator: Operator,
    /// What it compares with.
    pub operand: Operand,
}

/// What the variable is compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
    /// As written.
    Literal(Value),
    /// Read by the operator's `…Path` form.
    Path(Path),
}

impl Choice {
    pub(super) fn read(state: &Place<'_>, language: QueryLanguage, names: &Names) -> Option<Self> {
        let rules = state.required("Choices")?.filled_array()?;
        let rules: Vec<_> = rules
            .iter()
            .map(|rule| Rule::read(rule, language, names))
            .collect();
        let default = match state.member("Default") {
            Some(place) => Some(target(&place, names)?),
            None => None,
        };
        Some(Self {
            rules: rules.into_iter().collect::<Option<_>>()?,
            default,
        })
    }
}

impl Rule {
    fn read(place: &Place<'_>, language: QueryLanguage, names: &Names) -> Option<Self> {
        place.object()?;
        let next = place.required("Next").and_then(|next| target(&next, names));
        let (condition, output) = match language {
            QueryLanguage::JsonPath => (read_condition(place, 0)?, None),
            QueryLanguage::Jsonata => {
                let output = place.member("Output").and_then(|output| output.value());
                (read_expression(&place.required("Condition")?)?, output)
            }
        };
        Some(Self {
            condition,
            next: next?,
            assign: read_assign(place, language),
            output,
        })
    }
}

fn read_expression(place: &Place<'_>) -> Option<Condition> {
    match place.as_str() {
        Some(text) => match expression(text) {
            Some(text) => Some(Condition::Expression(Arc::from(text))),
            None => {
                place.refuse("Condition must be true, false or an expression between {% and %}")
            }
        },
        None => place.boolean().map(Condition::Literal),
    }
}

fn read_condition(place: &Place<'_>, depth: usize) -> Option<Condition> {
    if depth > MAX_DEPTH {
        return place.refuse(format!(
            "Rules may not be nested more than {MAX_DEPTH} deep"
        ));
    }
    let list = |place: Place<'_>| {
        let items = place.filled_array()?;
        items
            .iter()
            .map(|item| read_condition(item, depth + 1))
            .collect::<Option<Vec<_>>>()
    };
    if let Some(place) = place.member("And") {
        return list(place).map(Condition::And);
    }
    if let Some(place) = place.member("Or") {
        return list(place).map(Condition::Or);
    }
    if let Some(place) = place.member("Not") {
        return read_condition(&place, depth + 1)
            .map(|condition| Condition::Not(Box::new(condition)));
    }
    read_test(place).map(Condition::Test)
}

fn read_test(place: &Place<'_>) -> Option<Test> {
    let variable = read_path(&place.required("Variable")?);
    for (name, operand) in place.object()? {
        if let Ok(operator) = name.parse::<Operator>() {
            let operand = read_operand(operator, &operand)?;
            return Some(Test {
                variable: variable?,
                operator,
                operand,
            });
        }
    }
    place.refuse("A rule needs a comparison such as StringEquals, or And, Or, Not")
}

fn read_operand(operator: Operator, place: &Place<'_>) -> Option<Operand> {
    if operator.takes_path() {
        return read_path(place).map(Operand::Path);
    }
    let fits = match operator.kind() {
        Kind::String | Kind::Pattern | Kind::Timestamp => place.string().is_some(),
        Kind::Numeric => place.number().is_some(),
        Kind::Boolean | Kind::Test => place.boolean().is_some(),
    };
    if fits {
        place.value().map(Operand::Literal)
    } else {
        None
    }
}
