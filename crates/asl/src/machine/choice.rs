//! The Choice state (asl-rules 12).

use super::context::Extras;
use super::data::{Assigned, Outgoing, Surroundings, payload, query_error};
use super::error::StateError;
use super::jsonata::{States, unexpected_type};
use super::payload::Payload;
use super::run::{Run, Visit};
use super::{Stage, Through};
use crate::definition::{
    Assign, Choice, Condition, DataFlow, Operand, Rule, StateId, Test, Transition,
};
use crate::query::{Operator, QueryError};
use serde_json::Value;

impl<'m> Run<'m> {
    pub(super) fn choose(
        &mut self,
        visit: &Visit<'m>,
        choice: &'m Choice,
    ) -> Result<(), StateError> {
        let around = self.surroundings(visit, Extras::default());
        let input = match &visit.state.data {
            DataFlow::JsonPath(flow) => self.after_input_path(&around, flow)?,
            DataFlow::Jsonata(_) => visit.input.clone(),
        };
        let (rule, next) = self.chosen(&around, choice, &input)?;
        let outgoing = match &visit.state.data {
            DataFlow::JsonPath(flow) => {
                let assign = rule.map_or(visit.state.assign.as_ref(), |rule| rule.assign.as_ref());
                let assigned = self.assigned_by(&around, assign, &input)?;
                Outgoing {
                    output: self.after_output_path(&around, flow, &input)?,
                    assigned,
                }
            }
            DataFlow::Jsonata(flow) => match rule {
                Some(rule) => self.outgoing_of_rule(&around, rule)?,
                None => {
                    let states = States::of_input(&around);
                    self.jsonata_outgoing(&around, &states, flow.output.as_ref(), &input)?
                }
            },
        };
        self.leave_to(visit, outgoing, Transition::Next(next))
    }

    /// The first rule that holds, or the default.
    fn chosen(
        &mut self,
        around: &Surroundings<'_, 'm>,
        choice: &'m Choice,
        input: &Payload,
    ) -> Result<(Option<&'m Rule>, StateId), StateError> {
        self.observe(around.visit, Stage::AfterInputPath, input);
        for (index, rule) in choice.rules.iter().enumerate() {
            let location = format!("Choices[{index}]/Condition");
            if self.holds(around, &rule.condition, input, &location)? {
                self.pass_through(around.visit, || Through::Rule(index));
                return Ok((Some(rule), rule.next));
            }
        }
        let missing = || {
            let cause = "No choice rule matched, and the state has no Default.";
            StateError::fields("States.NoChoiceMatched", cause)
        };
        let next = choice.default.ok_or_else(missing)?;
        self.pass_through(around.visit, || Through::Default);
        Ok((None, next))
    }

    fn holds(
        &mut self,
        around: &Surroundings<'_, 'm>,
        condition: &Condition,
        input: &Payload,
        location: &str,
    ) -> Result<bool, StateError> {
        match condition {
            Condition::And(parts) => {
                for part in parts {
                    if !self.holds(around, part, input, location)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Condition::Or(parts) => {
                for part in parts {
                    if self.holds(around, part, input, location)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Condition::Not(part) => Ok(!self.holds(around, part, input, location)?),
            Condition::Test(test) => compare(around, test, input),
            Condition::Literal(value) => Ok(*value),
            Condition::Expression(text) => {
                let states = States::of_input(around);
                let value = self.evaluate_text(around, &states, text, location)?;
                value
                    .as_bool()
                    .ok_or_else(|| unexpected_type(text, location, "boolean", &value))
            }
        }
    }

    fn outgoing_of_rule(
        &mut self,
        around: &Surroundings<'_, 'm>,
        rule: &Rule,
    ) -> Result<Outgoing, StateError> {
        let states = States::of_input(around);
        let assigned = match &rule.assign {
            Some(Assign::Expressions(values)) => self.evaluate_assign(around, &states, values)?,
            Some(Assign::Template(_)) | None => Assigned::new(),
        };
        let output = match &rule.output {
            None => around.visit.input.clone(),
            Some(output) => payload(self.evaluate(around, &states, output, "Output")?)?,
        };
        Ok(Outgoing { output, assigned })
    }
}

fn compare(
    around: &Surroundings<'_, '_>,
    test: &Test,
    input: &Payload,
) -> Result<bool, StateError> {
    let scope = around.scope(input.value());
    let variable = match test.variable.eval(&scope) {
        Ok(value) => Some(value),
        Err(QueryError::NotFound { .. }) if test.operator == Operator::IsPresent => None,
        Err(QueryError::NotFound { path, .. }) => {
            return Err(StateError::runtime(&format!(
                "Invalid path '{path}': The choice state's condition path references an invalid value."
            )));
        }
        Err(error) => return Err(query_error(&error)),
    };
    let operand = match &test.operand {
        Operand::Literal(value) => std::borrow::Cow::Borrowed(value),
        Operand::Path(path) => std::borrow::Cow::<Value>::Owned(around.path(path, input)?),
    };
    test.operator
        .test(variable.as_ref(), &operand)
        .map_err(|error| query_error(&error))
}
