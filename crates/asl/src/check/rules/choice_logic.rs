//! `NEVER_TRUE`: a Choice rule that no data satisfy. `SHADOWED_RULE`: one that an earlier rule leaves nothing.
//! `ALWAYS_TRUE`: one behind which nothing is ever reached (asl-rules 12). Only tests of one variable that is written in
//! the same way are compared; where anything is uncertain, nothing is said.

mod test;

use crate::check::Diagnostic;
use crate::check::expressions;
use crate::check::fields::Language;
use crate::check::view::{State, View};
use crate::graph::{Role, StateType};
use crate::text::{Node, Span};
use std::collections::HashMap;
use test::Test;

/// In a Choice with more rules than this, rules are not compared with each other.
const MOST_RULES: usize = 200;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for state in view.states() {
        if state.outline.kind != Some(StateType::Choice) {
            continue;
        }
        let Some(list) = state.node.field("Choices") else {
            continue;
        };
        let choice = Choice { view, state, list };
        match view.language_of(state.node) {
            Language::JsonPath => choice.tests(found),
            Language::Jsonata => choice.conditions(found),
        }
    }
}

/// A Choice with its rules.
struct Choice<'v, 'a> {
    view: &'v View<'a>,
    state: State<'v, 'a>,
    list: &'a Node,
}

impl Choice<'_, '_> {
    fn tests(&self, found: &mut Vec<Diagnostic>) {
        let rules = self.list.elements();
        let compares = rules.len() <= MOST_RULES;
        let mut earlier: Vec<(usize, Test<'_>)> = Vec::new();
        for (index, rule) in rules.iter().enumerate() {
            let Some(tests) = conjunction(rule) else {
                continue;
            };
            let before = earlier
                .iter()
                .filter(|_| compares)
                .find(|(_, before)| tests.iter().any(|test| before.covers(test)));
            if let Some((left, right)) = contradiction(&tests) {
                found.push(self.never(index, left, right));
            } else if let Some((number, before)) = before {
                let covered = tests.iter().all(|test| test.covers(before));
                found.push(self.shadowed(index, *number, before, covered));
            } else if let [only] = tests.as_slice() {
                earlier.push((index, only.clone()));
            }
        }
    }

    fn never(&self, index: usize, left: &Test<'_>, right: &Test<'_>) -> Diagnostic {
        let message = format!(
            "This rule is never true: {} cannot be {left} and {right} at once. Correct it, or remove it.",
            left.variable
        );
        self.removing(index, self.finding("NEVER_TRUE", index, message))
    }

    /// `same` says that neither of the two rules takes more than the other.
    fn shadowed(&self, index: usize, number: usize, before: &Test<'_>, same: bool) -> Diagnostic {
        let message = format!(
            "This rule is never reached: rule {} already takes everything where {} is {before}. Move it before that rule, or remove it.",
            number + 1,
            before.variable
        );
        let finding = self.finding("SHADOWED_RULE", index, message);
        let rules = self.list.elements();
        match (rules.get(number), rules.get(index)) {
            (Some(earlier), Some(rule)) if !same => {
                finding.fix("Move it before", self.view.exchanged(earlier, rule))
            }
            _ => self.removing(index, finding),
        }
    }

    fn conditions(&self, found: &mut Vec<Diagnostic>) {
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for (index, rule) in self.list.elements().iter().enumerate() {
            let condition = rule.field("Condition");
            let Some(condition) = condition.filter(|node| !self.view.is_open(node)) else {
                continue;
            };
            let text = condition
                .as_str()
                .and_then(expressions::inside)
                .map(str::trim);
            match constant(condition, text) {
                Some(constant) => found.extend(self.constant(index, constant)),
                None => {
                    let before = text.and_then(|text| seen.insert(text, index));
                    found.extend(before.map(|before| self.repeated(index, before)));
                }
            }
        }
    }

    fn constant(&self, index: usize, constant: bool) -> Option<Diagnostic> {
        let is_last =
            index + 1 == self.list.elements().len() && self.state.node.member("Default").is_none();
        match constant {
            false => {
                let message = "This rule is never true; correct its Condition, or remove it.";
                Some(self.removing(index, self.finding("NEVER_TRUE", index, message)))
            }
            true if is_last => None,
            true => {
                let message = "This rule is always true, so that nothing after it is reached, Default included; move it to the end as Default.";
                Some(self.finding("ALWAYS_TRUE", index, message))
            }
        }
    }

    fn repeated(&self, index: usize, before: usize) -> Diagnostic {
        let message = format!(
            "This rule is never reached: rule {} has the same Condition. Remove one of them.",
            before + 1
        );
        self.removing(index, self.finding("SHADOWED_RULE", index, message))
    }

    fn finding(&self, code: &'static str, index: usize, message: impl Into<String>) -> Diagnostic {
        let rule = self.list.elements().get(index).unwrap_or(self.list);
        let span = match rule.field("Condition") {
            Some(condition) => condition.span,
            None => Span::new(rule.span.start, rule.span.start + 1),
        };
        let pointer = self.state.outline.pointer.join("Choices").join(index);
        Diagnostic::warning(code, span, pointer, message)
    }

    /// A Choice without rules is refused, and so is a state that nothing leads to any more.
    fn removing(&self, index: usize, finding: Diagnostic) -> Diagnostic {
        let is_needed = self.list.elements().len() < 2
            || !self
                .view
                .is_reached_otherwise(self.state.ix, Role::Choice(index));
        match is_needed {
            true => finding,
            false => finding.fix(
                "Remove the rule",
                self.view.document.remove_member(self.list, index),
            ),
        }
    }
}

/// The value of a condition that is none.
fn constant(condition: &Node, expression: Option<&str>) -> Option<bool> {
    condition.as_bool().or(match expression {
        Some("true") => Some(true),
        Some("false") => Some(false),
        _ => None,
    })
}

/// The tests that must all hold for a rule to be true; none when it holds anything else.
fn conjunction(rule: &Node) -> Option<Vec<Test<'_>>> {
    let mut tests = Vec::new();
    let mut open = vec![rule];
    while let Some(rule) = open.pop() {
        if let Some(inner) = rule.field("And") {
            open.extend(inner.elements());
            continue;
        }
        tests.push(Test::of(rule)?);
    }
    Some(tests)
}

fn contradiction<'t>(tests: &'t [Test<'t>]) -> Option<(&'t Test<'t>, &'t Test<'t>)> {
    let mut by_variable: HashMap<&str, Vec<&Test<'_>>> = HashMap::new();
    for test in tests.iter().take(MOST_RULES) {
        let same = by_variable.entry(test.variable).or_default();
        if let Some(other) = same.iter().find(|other| other.excludes(test)) {
            return Some((other, test));
        }
        same.push(test);
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{clean_after_fix, codes};

    fn choice(rules: &str) -> String {
        format!(
            r#"{{"StartAt": "A", "States": {{"A": {{"Type": "Choice", "Default": "B", "Choices": [
            {{"Variable": "$.other", "IsNull": true, "Next": "B"}}, {rules}]}}, "B": {{"Type": "Succeed"}}}}}}"#
        )
    }

    fn both(left: &str, right: &str) -> String {
        choice(&format!(
            r#"{{"And": [{{"Variable": "$.x", {left}}}, {{"Variable": "$.x", {right}}}], "Next": "B"}}"#
        ))
    }

    fn after(left: &str, right: &str) -> String {
        choice(&format!(
            r#"{{"Variable": "$.x", {left}, "Next": "B"}}, {{"Variable": "$.x", {right}, "Next": "B"}}"#
        ))
    }

    #[test]
    fn comparisons_that_exclude_each_other_are_found() {
        for (left, right) in [
            (r#""NumericGreaterThan": 5"#, r#""NumericLessThan": 3"#),
            (
                r#""NumericGreaterThan": 5"#,
                r#""NumericLessThanEquals": 5"#,
            ),
            (r#""StringEquals": "a""#, r#""StringEquals": "b""#),
            (r#""BooleanEquals": true"#, r#""BooleanEquals": false"#),
            (r#""NumericEquals": 1"#, r#""StringEquals": "1""#),
            (r#""IsPresent": false"#, r#""NumericEquals": 1"#),
            (r#""IsString": true"#, r#""BooleanEquals": true"#),
        ] {
            assert_eq!(codes(&both(left, right)), ["NEVER_TRUE"], "{left} {right}");
            clean_after_fix(&both(left, right));
        }
        for (left, right) in [
            (r#""NumericGreaterThan": 3"#, r#""NumericLessThan": 5"#),
            (
                r#""NumericGreaterThanEquals": 5"#,
                r#""NumericLessThanEquals": 5"#,
            ),
            (r#""IsPresent": true"#, r#""StringEquals": "a""#),
            (r#""StringEquals": "a""#, r#""StringMatches": "a*""#),
            (r#""IsTimestamp": true"#, r#""StringLessThan": "3""#),
            (r#""StringEqualsPath": "$.y""#, r#""StringEquals": "b""#),
        ] {
            assert_eq!(
                codes(&both(left, right)),
                Vec::<&str>::new(),
                "{left} {right}"
            );
        }
    }

    #[test]
    fn rules_behind_wider_ones_are_found() {
        for (left, right) in [
            (r#""NumericGreaterThan": 3"#, r#""NumericGreaterThan": 5"#),
            (r#""NumericLessThanEquals": 3"#, r#""NumericEquals": 3"#),
            (r#""StringEquals": "a""#, r#""StringEquals": "a""#),
            (r#""IsPresent": true"#, r#""StringEquals": "a""#),
            (r#""IsNumeric": true"#, r#""NumericLessThan": 1"#),
        ] {
            assert_eq!(
                codes(&after(left, right)),
                ["SHADOWED_RULE"],
                "{left} {right}"
            );
            clean_after_fix(&after(left, right));
        }
        for (left, right) in [
            (r#""NumericGreaterThan": 5"#, r#""NumericGreaterThan": 3"#),
            (r#""NumericGreaterThan": 5"#, r#""NumericEquals": 5"#),
            (r#""StringEquals": "a""#, r#""StringEquals": "b""#),
            (r#""IsPresent": false"#, r#""StringEquals": "b""#),
        ] {
            assert_eq!(
                codes(&after(left, right)),
                Vec::<&str>::new(),
                "{left} {right}"
            );
        }
    }

    #[test]
    fn constant_and_repeated_conditions_are_found() {
        let jsonata = |rules: &str| {
            format!(
                r#"{{"QueryLanguage": "JSONata", "StartAt": "A", "States": {{"A": {{"Type": "Choice", "Default": "B", "Choices": [{rules}]}},
                "B": {{"Type": "Succeed"}}}}}}"#
            )
        };
        let rule = |condition: &str| format!(r#"{{"Condition": {condition}, "Next": "B"}}"#);
        assert_eq!(codes(&jsonata(&rule("true"))), ["ALWAYS_TRUE"]);
        assert_eq!(codes(&jsonata(&rule(r#""{% false %}""#))), ["NEVER_TRUE"]);
        let same = rule(r#""{% $states.input.a = 1 %}""#);
        let twice = jsonata(&format!("{same}, {same}"));
        assert_eq!(codes(&twice), ["SHADOWED_RULE"]);
        clean_after_fix(&twice);
    }
}
