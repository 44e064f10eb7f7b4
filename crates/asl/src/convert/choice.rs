//! The rules of a Choice state as conditions.
//!
//! A variable that leads to nothing fails a JSONPath rule, unless the rule asks whether it is there; in JSONata it makes a
//! comparison false. It is therefore asserted, once: what an earlier test has asserted, or asked for, is known to be there.

use super::expression::{Expression, Level, Shape, add};
use super::finding::Refusal;
use super::operator::test;
use super::query::Surroundings;
use crate::query::Operator;
use crate::text::Node;

/// A condition, and what is known to be there once it was evaluated.
pub(super) struct Condition {
    pub(super) expression: Expression,
    /// When it holds.
    pub(super) if_true: Vec<String>,
    /// When it does not hold.
    pub(super) if_false: Vec<String>,
}

impl Surroundings<'_> {
    /// The condition of a rule; `known` is what is there for certain. Nesting is bounded by the definition.
    pub(super) fn condition(
        &mut self,
        rule: &Node,
        known: &[String],
    ) -> Result<Condition, Refusal> {
        if let Some(parts) = rule.field("And") {
            return self.list(parts, known, Joint::And);
        }
        if let Some(parts) = rule.field("Or") {
            return self.list(parts, known, Joint::Or);
        }
        if let Some(part) = rule.field("Not") {
            let part = self.condition(part, known)?;
            return Ok(Condition {
                expression: negated(part.expression),
                if_true: part.if_false,
                if_false: part.if_true,
            });
        }
        self.comparison(rule, known)
    }

    /// `And` and `Or`: what the first part needs is always looked at, what others need only when their turn comes.
    fn list(&mut self, parts: &Node, known: &[String], joint: Joint) -> Result<Condition, Refusal> {
        let (mut known, mut whole): (_, Option<Condition>) = (known.to_vec(), None);
        for part in parts.elements() {
            let part = self.condition(part, &known)?;
            let next = match joint {
                Joint::And => &part.if_true,
                Joint::Or => &part.if_false,
            };
            add(&mut known, next.clone());
            whole = Some(match whole {
                None => part,
                Some(whole) => joined(whole, part, joint),
            });
        }
        whole.ok_or_else(|| Refusal("And and Or need at least one rule".to_owned()))
    }

    fn comparison(&mut self, rule: &Node, known: &[String]) -> Result<Condition, Refusal> {
        let operator = rule.members().iter().find_map(|member| {
            let operator = member.key.parse::<Operator>().ok()?;
            Some((operator, &member.value))
        });
        let variable = rule.field("Variable").and_then(Node::as_str);
        let (Some((operator, operand)), Some(variable)) = (operator, variable) else {
            return Refusal::new("A rule needs Variable and a comparison");
        };
        let variable = self.path_text(variable)?.into_expression();
        let asked = (operator == Operator::IsPresent).then(|| variable.clone().swallowed().needs);
        let mut expression = test(self, variable, operator, operand)?;
        expression.needs.retain(|need| !known.contains(need));
        let mut condition = Condition {
            if_true: expression.needs.clone(),
            if_false: expression.needs.clone(),
            expression,
        };
        if let Some(asked) = asked {
            match operand.as_bool() {
                Some(false) => condition.if_false = asked,
                _ => condition.if_true = asked,
            }
        }
        Ok(condition)
    }
}

/// How the rules of a list go together.
#[derive(Clone, Copy)]
enum Joint {
    And,
    Or,
}

fn joined(first: Condition, second: Condition, joint: Joint) -> Condition {
    let always = first.expression.needs.clone();
    let (mut if_true, mut if_false) = (first.if_true, first.if_false);
    let (operator, level) = match joint {
        Joint::And => {
            add(&mut if_true, second.if_true);
            if_false = always;
            ("and", Level::And)
        }
        Joint::Or => {
            add(&mut if_false, second.if_false);
            if_true = always;
            ("or", Level::Or)
        }
    };
    let second = second.expression.asserted();
    Condition {
        expression: Expression::binary(first.expression, operator, second, level, Shape::Boolean),
        if_true,
        if_false,
    }
}

fn negated(expression: Expression) -> Expression {
    Expression::call("not", vec![expression], Shape::Boolean)
}
