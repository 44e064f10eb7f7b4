//! `MISSING_PATH`: a path to something that no state before can have put there. The state fails with `States.Runtime`
//! (asl-rules 10). Only what is certain is reported: a member that may be there on one way is not.

use crate::check::Diagnostic;
use crate::check::expressions::Expression;
use crate::check::fields::Kind;
use crate::check::flow::{Finding, Flow, Shape, context};
use crate::check::paths::Query;
use crate::check::view::View;
use crate::check::words;
use crate::graph::{StateIx, StateType};
use crate::query::Path;
use crate::text::{Pointer, Span, TextEdit};
use jsonata::{Use, UseKind};
use serde_json::Value;
use std::collections::HashSet;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let flow = Flow::of(view);
    let context = context();
    let guarded = guarded(view);
    for query in view.queries.iter() {
        let Some(path) = query.only_path() else {
            continue;
        };
        let shape = if path.reads_context() {
            Some(context.clone())
        } else if path.variable().is_some() || is_guarded(view, query, &guarded) {
            None
        } else {
            shape_for(view, &flow, query)
        };
        if let Some(Finding::Nothing { name, known }) = shape.map(|shape| shape.at(path)) {
            let gap = Gap {
                view,
                name: &name,
                known: &known,
                shown: path.text(),
            };
            let whole = query.node.span;
            let finding = gap.finding(whole, query.pointer(view), state_of(view, query.place));
            found.push(gap.fixed(finding, whole, &in_quotes(path)));
        }
    }
    for (expression, uses) in view.expressions() {
        found.extend(in_expression(view, &flow, expression, uses));
    }
}

fn in_quotes(path: &Path) -> impl Fn(&str, &str) -> String {
    let text = path.text().to_owned();
    move |name, meant| Value::from(text.replacen(name, meant, 1)).to_string()
}

fn state_of(view: &View<'_>, place: usize) -> Option<StateIx> {
    view.places.get(place).and_then(|place| place.state)
}

/// What a query reads; none where that is not certain.
fn shape_for(view: &View<'_>, flow: &Flow, query: &Query<'_>) -> Option<Shape> {
    let state = state_of(view, query.place)?;
    match (query.kind(view)?, query.field) {
        (Kind::State(_), "InputPath") => flow.input(state).cloned(),
        (Kind::State(_), "OutputPath") => flow.merged(view, state),
        (Kind::State(StateType::Task), "ResultSelector") => flow.result(view, state),
        (Kind::State(StateType::Task | StateType::Pass | StateType::Parallel), "Parameters")
        | (Kind::State(StateType::Map), "ItemsPath")
        | (Kind::State(StateType::Wait), "SecondsPath" | "TimestampPath" | "Assign")
        | (Kind::Rule, "Variable") => flow.effective(view, state),
        (Kind::State(StateType::Fail), "ErrorPath" | "CausePath") => flow.input(state).cloned(),
        _ => None,
    }
}

/// Choice states that ask whether something is there: what comes after the question is not certain.
fn guarded(view: &View<'_>) -> HashSet<StateIx> {
    let rules = view.places.iter().filter(|place| place.kind.is_rule());
    rules
        .filter(|place| place.node.member("IsPresent").is_some())
        .filter_map(|place| place.state)
        .collect()
}

fn is_guarded(view: &View<'_>, query: &Query<'_>, guarded: &HashSet<StateIx>) -> bool {
    query.kind(view) == Some(Kind::Rule)
        && state_of(view, query.place).is_some_and(|state| guarded.contains(&state))
}

/// An expression that is nothing but a path must find something.
fn in_expression(
    view: &View<'_>,
    flow: &Flow,
    expression: &Expression<'_>,
    uses: &[Use<'_>],
) -> Option<Diagnostic> {
    let only = expression.only_use(uses)?;
    let UseKind::Variable {
        name: "states",
        members,
    } = &only.kind
    else {
        return None;
    };
    let (first, rest) = members.split_first()?;
    let state = expression.state?;
    let shape = match *first {
        "input" => flow.input(state)?.clone(),
        "context" => context(),
        "result" => flow.result(view, state)?,
        _ => return None,
    };
    let Finding::Nothing { name, known } = shape.member(rest) else {
        return None;
    };
    let shown = expression.text.trim();
    let gap = Gap {
        view,
        name: &name,
        known: &known,
        shown,
    };
    let span = expression.span(view.document, &only.span);
    let finding = gap.finding(span, expression.pointer(view), Some(state));
    let Some(part) = expression.part(view.document, &only.span) else {
        return Some(finding);
    };
    let text = view.document.slice(part).to_owned();
    Some(gap.fixed(finding, part, &move |name, meant| {
        text.replacen(name, meant, 1)
    }))
}

/// A member that is not there.
struct Gap<'g, 'a> {
    view: &'g View<'a>,
    name: &'g str,
    known: &'g [String],
    shown: &'g str,
}

impl Gap<'_, '_> {
    fn meant(&self) -> Option<&str> {
        words::closest(self.name, self.known.iter().map(String::as_str))
    }

    fn finding(&self, span: Span, pointer: Pointer, state: Option<StateIx>) -> Diagnostic {
        let names: Vec<&str> = self.known.iter().take(6).map(String::as_str).collect();
        let there = match names.as_slice() {
            [] => "there is nothing inside".to_owned(),
            names if names.len() < self.known.len() => {
                format!("there is only {}, …", names.join(", "))
            }
            names => format!("there is only {}", words::all_of(names)),
        };
        let advice = match self.meant() {
            Some(meant) => format!(" Did you mean \"{meant}\"?"),
            None => String::new(),
        };
        let message = format!(
            "`{}` in {} leads to nothing: no state before it sets \"{}\"; {there}.{advice}",
            self.shown,
            self.view.name(state),
            self.name
        );
        Diagnostic::warning("MISSING_PATH", span, pointer, message)
    }

    fn fixed(
        &self,
        finding: Diagnostic,
        span: Span,
        replaced: &dyn Fn(&str, &str) -> String,
    ) -> Diagnostic {
        let once = self.shown.matches(self.name).count() == 1;
        match self.meant().filter(|_| once) {
            Some(meant) => {
                let edit = TextEdit::new(span, replaced(self.name, meant));
                finding.fix(format!("Use {meant}"), vec![edit])
            }
            None => finding,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{clean_after_fix, codes, only};

    fn after(first: &str, second: &str) -> String {
        format!(
            r#"{{"StartAt": "A", "States": {{"A": {first}, "B": {second}, "C": {{"Type": "Succeed"}}}}}}"#
        )
    }

    const PASS: &str =
        r#"{"Type": "Pass", "Result": {"total": 1, "inner": {"a": 2}}, "Next": "B"}"#;

    #[test]
    fn what_a_pass_does_not_give_is_not_there() {
        for bad in ["$.missing", "$.inner.b", "$.total.x"] {
            let text = after(
                PASS,
                &format!(r#"{{"Type": "Pass", "InputPath": "{bad}", "Next": "C"}}"#),
            );
            assert_eq!(codes(&text), ["MISSING_PATH"], "{bad}");
        }
        for good in [
            "$.total",
            "$.inner.a",
            "$",
            "$.inner[?(@.a)]",
            "$$.Execution.Input.x",
        ] {
            let text = after(
                PASS,
                &format!(r#"{{"Type": "Pass", "InputPath": "{good}", "Next": "C"}}"#),
            );
            assert_eq!(codes(&text), Vec::<&str>::new(), "{good}");
        }
        let slip = after(
            PASS,
            r#"{"Type": "Pass", "Parameters": {"x.$": "$.totl"}, "Next": "C"}"#,
        );
        assert_eq!(only(&slip, "MISSING_PATH").fix.unwrap().label, "Use total");
        clean_after_fix(&slip);
    }

    #[test]
    fn what_the_execution_is_given_may_hold_anything() {
        let text = after(
            r#"{"Type": "Pass", "Result": 1, "ResultPath": "$.x", "Next": "B"}"#,
            r#"{"Type": "Pass", "InputPath": "$.anything", "Next": "C"}"#,
        );
        assert_eq!(codes(&text), Vec::<&str>::new());
    }

    #[test]
    fn the_envelope_of_a_function_is_known() {
        let task = |selector: &str| {
            after(
                &format!(
                    r#"{{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {{"FunctionName": "f"}}, {selector} "Next": "B"}}"#
                ),
                r#"{"Type": "Pass", "InputPath": "$.score", "Next": "C"}"#,
            )
        };
        assert_eq!(codes(&task("")), ["MISSING_PATH"]);
        assert_eq!(
            codes(&task(r#""OutputPath": "$.Payload","#)),
            Vec::<&str>::new()
        );
        assert_eq!(
            codes(&task(
                r#""ResultSelector": {"score.$": "$.Payload.score"},"#
            )),
            Vec::<&str>::new()
        );
        assert_eq!(
            codes(&task(r#""OutputPath": "$.payload","#)),
            ["MISSING_PATH"]
        );
    }

    #[test]
    fn ways_that_come_together_count_all() {
        let text = r#"{"StartAt": "A", "States": {
            "A": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsNull": true, "Next": "B"}], "Default": "C"},
            "B": {"Type": "Pass", "Result": {"b": 1}, "Next": "D"},
            "C": {"Type": "Pass", "Result": {"c": 1}, "Next": "D"},
            "D": {"Type": "Pass", "Parameters": {"b.$": "$.b", "d.$": "$.d"}, "End": true}}}"#;
        assert_eq!(codes(text), ["MISSING_PATH"]);
    }

    #[test]
    fn loops_are_followed_to_their_end() {
        let text = r#"{"StartAt": "A", "States": {
            "A": {"Type": "Pass", "Result": {"n": 1}, "Next": "B"},
            "B": {"Type": "Pass", "Parameters": {"n.$": "$.n", "m": 2}, "Next": "D"},
            "D": {"Type": "Choice", "Choices": [{"Variable": "$.m", "NumericLessThan": 5, "Next": "E"}], "Default": "B"},
            "E": {"Type": "Pass", "InputPath": "$.n", "End": true}}}"#;
        assert_eq!(codes(text), Vec::<&str>::new());
    }

    #[test]
    fn questions_whether_something_is_there_are_fine() {
        let text = after(
            PASS,
            r#"{"Type": "Choice", "Default": "C", "Choices": [{"Variable": "$.missing", "IsPresent": true, "Next": "C"},
            {"Variable": "$.missing", "NumericEquals": 1, "Next": "C"}]}"#,
        );
        assert!(!codes(&text).contains(&"MISSING_PATH"));
    }

    #[test]
    fn expressions_that_are_only_a_path_are_followed_too() {
        let text = r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {
            "A": {"Type": "Pass", "Output": {"total": 1}, "Next": "B"},
            "B": {"Type": "Pass", "Output": {"x": "{% $states.input.totl %}", "y": "{% $exists($states.input.z) %}"}, "End": true}}}"#;
        assert_eq!(codes(text), ["MISSING_PATH"]);
        clean_after_fix(text);
    }

    #[test]
    fn branches_are_given_what_the_parallel_selects() {
        let text = r#"{"StartAt": "A", "States": {"A": {"Type": "Parallel", "Parameters": {"a.$": "$.x"}, "End": true, "Branches": [
            {"StartAt": "B", "States": {"B": {"Type": "Pass", "InputPath": "$.b", "End": true}}}]}}}"#;
        assert_eq!(codes(text), ["MISSING_PATH"]);
    }

    #[test]
    fn the_context_object_is_known() {
        let text = after(
            PASS,
            r#"{"Type": "Pass", "InputPath": "$$.Execution.ID", "Next": "C"}"#,
        );
        assert_eq!(codes(&text), ["MISSING_PATH"]);
        clean_after_fix(&text);
    }
}
