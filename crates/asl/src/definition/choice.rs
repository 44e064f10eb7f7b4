//! The Choice state and its rules (asl-rules 12).

use super::data::read_assign;
use super::field::{expression, read_path};
use super::place::Place;
use super::{Assign, Names, QueryLanguage, StateId, target};
use crate::query::Path;
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

/// `Variable` with its operator.
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    /// `Variable`
    pub variable: Path,
    /// The operator with its operand.
    pub operator: Operator,
}

/// The operators of feature map 4.4.
#[derive(Debug, Clone, PartialEq)]
pub enum Operator {
    /// `StringEquals` and its kin.
    String(Order, Operand),
    /// `NumericEquals` and its kin.
    Numeric(Order, Operand),
    /// `TimestampEquals` and its kin.
    Timestamp(Order, Operand),
    /// `BooleanEquals`
    Boolean(Operand),
    /// `StringMatches`, with its pattern.
    Matches(Arc<str>),
    /// `IsNull` and its kin, with the answer wanted.
    Is(TypeTest, bool),
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the operators")]
pub enum Order {
    Equals,
    LessThan,
    GreaterThan,
    LessThanEquals,
    GreaterThanEquals,
}

/// What the variable is compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
    /// As written.
    Literal(Value),
    /// Read by the operator's `…Path` form.
    Path(Path),
}

/// The question of an `Is…` operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the operators")]
pub enum TypeTest {
    Null,
    Present,
    Numeric,
    String,
    Boolean,
    Timestamp,
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
    let members = place.object()?;
    for (name, operand) in &members {
        if let Some(read) = operator(name) {
            return Some(Test {
                operator: read(operand)?,
                variable: variable?,
            });
        }
    }
    place.refuse("A rule needs a comparison such as StringEquals, or And, Or, Not")
}

type ReadOperator = Box<dyn Fn(&Place<'_>) -> Option<Operator>>;

/// How the operand of an operator is read; `None` when `name` is none.
fn operator(name: &str) -> Option<ReadOperator> {
    let test = |test: TypeTest| -> Option<ReadOperator> {
        Some(Box::new(move |place| {
            place.boolean().map(|wanted| Operator::Is(test, wanted))
        }))
    };
    match name {
        "IsNull" => test(TypeTest::Null),
        "IsPresent" => test(TypeTest::Present),
        "IsNumeric" => test(TypeTest::Numeric),
        "IsString" => test(TypeTest::String),
        "IsBoolean" => test(TypeTest::Boolean),
        "IsTimestamp" => test(TypeTest::Timestamp),
        "StringMatches" => Some(Box::new(|place| {
            place
                .string()
                .map(|text| Operator::Matches(Arc::from(text)))
        })),
        "BooleanEquals" => Some(Box::new(|place| {
            place
                .boolean()
                .map(|value| Operator::Boolean(Operand::Literal(value.into())))
        })),
        "BooleanEqualsPath" => Some(Box::new(|place| {
            read_path(place).map(|path| Operator::Boolean(Operand::Path(path)))
        })),
        _ => comparison(name),
    }
}

fn comparison(name: &str) -> Option<ReadOperator> {
    let stem = name.strip_suffix("Path");
    let by_path = stem.is_some();
    let name = stem.unwrap_or(name);
    if let Some(order) = name.strip_prefix("String").and_then(order) {
        return Some(Box::new(move |place| {
            Some(Operator::String(
                order,
                read_operand(place, by_path, |place| place.string().is_some())?,
            ))
        }));
    }
    if let Some(order) = name.strip_prefix("Numeric").and_then(order) {
        return Some(Box::new(move |place| {
            Some(Operator::Numeric(
                order,
                read_operand(place, by_path, |place| place.number().is_some())?,
            ))
        }));
    }
    let order = name.strip_prefix("Timestamp").and_then(order)?;
    Some(Box::new(move |place| {
        Some(Operator::Timestamp(
            order,
            read_operand(place, by_path, |place| place.string().is_some())?,
        ))
    }))
}

fn read_operand(
    place: &Place<'_>,
    by_path: bool,
    fits: impl Fn(&Place<'_>) -> bool,
) -> Option<Operand> {
    if by_path {
        return read_path(place).map(Operand::Path);
    }
    if fits(place) {
        place.value().map(Operand::Literal)
    } else {
        None
    }
}

fn order(name: &str) -> Option<Order> {
    Some(match name {
        "Equals" => Order::Equals,
        "LessThan" => Order::LessThan,
        "GreaterThan" => Order::GreaterThan,
        "LessThanEquals" => Order::LessThanEquals,
        "GreaterThanEquals" => Order::GreaterThanEquals,
        _ => return None,
    })
}
