//! `SHADOWED_HANDLER`: a retrier or catcher that an earlier one leaves nothing. `IMPOSSIBLE_ERROR`: an error that the state
//! cannot raise. `IDLE_RETRIER`, `CAPPED_DELAY`: retriers that do less than they seem to (asl-rules 13; feature map 6).

use crate::check::Diagnostic;
use crate::check::arn::{self, Resource};
use crate::check::fields::Language;
use crate::check::view::{State, View};
use crate::graph::{Role, StateType};
use crate::text::{Node, Pointer};
use std::collections::{HashMap, HashSet};

const TASK_FAILED: &str = "States.TaskFailed";

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for state in view.states() {
        for field in ["Retry", "Catch"] {
            let Some(list) = state.node.field(field) else {
                continue;
            };
            let at = state.outline.pointer.join(field);
            shadowed(view, state, list, &at, found);
            if state.outline.kind == Some(StateType::Task) {
                impossible(view, state, list, &at, found);
            }
        }
        retriers(view, state, found);
    }
}

/// The error names of a handler.
fn names(handler: &Node) -> impl Iterator<Item = (&Node, &str)> {
    let names = handler
        .field("ErrorEquals")
        .map(Node::elements)
        .unwrap_or_default();
    names.iter().filter_map(|name| Some((name, name.as_str()?)))
}

fn shadowed(
    view: &View<'_>,
    state: State<'_, '_>,
    list: &Node,
    at: &Pointer,
    found: &mut Vec<Diagnostic>,
) {
    let takes_all_of_a_task = state.outline.kind == Some(StateType::Task);
    let mut taken: HashMap<&str, usize> = HashMap::new();
    for (index, handler) in list.elements().iter().enumerate() {
        let by = |name: &str| {
            let failed = taken
                .get(TASK_FAILED)
                .filter(|_| takes_all_of_a_task && !name.starts_with("States."));
            taken.get(name).or(failed).copied()
        };
        let takers: Option<Vec<usize>> = names(handler).map(|(_, name)| by(name)).collect();
        if let Some(first) = takers.and_then(|takers| takers.into_iter().min()) {
            let finding = never_used(handler, at, index);
            found.push(mended(view, state, list, (first, index), at, finding));
        }
        for (_, name) in names(handler) {
            taken.entry(name).or_insert(index);
        }
    }
}

fn never_used(handler: &Node, at: &Pointer, index: usize) -> Diagnostic {
    let message = format!(
        "This {} is never used: earlier ones take every error that it lists. Move it before them, or remove it.",
        noun(at)
    );
    let span = handler
        .field("ErrorEquals")
        .map_or(handler.span, |names| names.span);
    Diagnostic::warning("SHADOWED_HANDLER", span, at.join(index), message)
}

fn noun(at: &Pointer) -> &'static str {
    if at.0.last().is_some_and(|step| step.name() == "Retry") {
        "retrier"
    } else {
        "catcher"
    }
}

/// One that lists less than the earlier one was meant to come first; one that lists the same can go.
fn mended(
    view: &View<'_>,
    state: State<'_, '_>,
    list: &Node,
    (first, index): (usize, usize),
    at: &Pointer,
    finding: Diagnostic,
) -> Diagnostic {
    let (Some(earlier), Some(handler)) = (list.elements().get(first), list.elements().get(index))
    else {
        return finding;
    };
    let own: HashSet<&str> = names(handler).map(|(_, name)| name).collect();
    if names(earlier).any(|(_, name)| !own.contains(name)) {
        return finding.fix("Move it before", view.exchanged(earlier, handler));
    }
    let is_needed =
        noun(at) == "catcher" && !view.is_reached_otherwise(state.ix, Role::Catch(index));
    match is_needed {
        true => finding,
        false => finding.fix(
            format!("Remove the {}", noun(at)),
            view.document.remove_member(list, index),
        ),
    }
}

fn impossible(
    view: &View<'_>,
    state: State<'_, '_>,
    list: &Node,
    at: &Pointer,
    found: &mut Vec<Diagnostic>,
) {
    let language = view.language_of(state.node);
    let resource = state
        .node
        .field("Resource")
        .filter(|node| !view.is_open(node));
    let Some(resource) = resource.and_then(Node::as_str) else {
        return;
    };
    for (index, handler) in list.elements().iter().enumerate() {
        for (node, name) in names(handler) {
            let Some(reason) = why_not(name, language, &arn::read(resource)) else {
                continue;
            };
            let message = format!(
                "{} never fails with {name}: {reason}.",
                view.name(Some(state.ix))
            );
            let pointer = at.join(index).join("ErrorEquals");
            found.push(Diagnostic::warning(
                "IMPOSSIBLE_ERROR",
                node.span,
                pointer,
                message,
            ));
        }
    }
}

/// Why a Task cannot raise an error; none where it can, or where that is not certain.
fn why_not(name: &str, language: Language, resource: &Resource<'_>) -> Option<&'static str> {
    let calls_http = match resource {
        Resource::Optimized { action, .. } => action.service == "http",
        Resource::NoArn
        | Resource::Function
        | Resource::Activity
        | Resource::Sdk { .. }
        | Resource::UnknownService { .. }
        | Resource::UnknownApi { .. }
        | Resource::Malformed { .. } => false,
    };
    match (name, language) {
        ("States.NoChoiceMatched", _) => {
            Some("it comes from Choice states, where nothing catches it")
        }
        ("States.BranchFailed", _) => Some("it comes from Parallel states"),
        (
            "States.ItemReaderFailed"
            | "States.ResultWriterFailed"
            | "States.ExceedToleratedFailureThreshold",
            _,
        ) => Some("it comes from distributed Maps"),
        (
            "States.IntrinsicFailure"
            | "States.ParameterPathFailure"
            | "States.ResultPathMatchFailure",
            Language::Jsonata,
        ) => Some("it comes from JSONPath, and this state uses JSONata"),
        ("States.QueryEvaluationError", Language::JsonPath) => {
            Some("it comes from JSONata, and this state uses JSONPath")
        }
        _ if name.starts_with("States.Http.") && !calls_http => Some("it comes from http:invoke"),
        _ => None,
    }
}

fn retriers(view: &View<'_>, state: State<'_, '_>, found: &mut Vec<Diagnostic>) {
    let Some(list) = state.node.field("Retry") else {
        return;
    };
    let number = |node: &Node, field| {
        node.field(field)
            .and_then(Node::as_number)?
            .parse::<f64>()
            .ok()
    };
    let count = list.elements().len();
    for (index, retrier) in list.elements().iter().enumerate() {
        let at = || state.outline.pointer.join("Retry").join(index);
        // Before other retriers it keeps errors from them.
        if number(retrier, "MaxAttempts") == Some(0.0) && index + 1 == count {
            let span = retrier
                .field("MaxAttempts")
                .map_or(retrier.span, |value| value.span);
            let message = "With MaxAttempts 0 and no retrier after it, this retrier does nothing; remove it, or allow an attempt.";
            let edits = view.document.remove_member(list, index);
            found.push(
                Diagnostic::hint("IDLE_RETRIER", span, at().join("MaxAttempts"), message)
                    .fix("Remove the retrier", edits),
            );
        }
        let interval = number(retrier, "IntervalSeconds").unwrap_or(1.0);
        if let (Some(most), Some(cap)) = (
            number(retrier, "MaxDelaySeconds"),
            retrier.field("MaxDelaySeconds"),
        ) && most <= interval
        {
            let message = format!(
                "MaxDelaySeconds {most} is no more than IntervalSeconds {interval}, so that every wait is {most} seconds and BackoffRate means nothing."
            );
            found.push(Diagnostic::hint(
                "CAPPED_DELAY",
                cap.span,
                at().join("MaxDelaySeconds"),
                message,
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{clean_after_fix, codes, state};

    fn task(handlers: &str) -> String {
        let text = state(&format!(
            r#"{{"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", {handlers}, "Next": "B"}}"#
        ));
        text.replacen("}}}", r#"}, "B": {"Type": "Succeed"}}}"#, 1)
    }

    fn catching(first: &str, second: &str) -> String {
        let text = format!(
            r#"{{"StartAt": "A", "States": {{"B": {{"Type": "Succeed"}}, "A": {{"Type": "Task", "Next": "B",
            "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f",
            "Catch": [{{"ErrorEquals": {first}, "Next": "B"}}, {{"ErrorEquals": {second}, "Next": "B"}}]}}}}}}"#
        );
        text
    }

    #[test]
    fn what_an_earlier_catcher_takes_is_lost_for_later_ones() {
        for (first, second) in [
            (r#"["A", "B"]"#, r#"["B"]"#),
            (r#"["States.TaskFailed"]"#, r#"["Mine", "Yours"]"#),
        ] {
            assert_eq!(
                codes(&catching(first, second)),
                ["SHADOWED_HANDLER"],
                "{second}"
            );
            clean_after_fix(&catching(first, second));
        }
        for (first, second) in [
            (r#"["A"]"#, r#"["A", "B"]"#),
            (r#"["States.TaskFailed"]"#, r#"["States.Timeout"]"#),
            (r#"["A"]"#, r#"["States.ALL"]"#),
        ] {
            assert_eq!(
                codes(&catching(first, second)),
                Vec::<&str>::new(),
                "{second}"
            );
        }
    }

    #[test]
    fn errors_that_a_task_cannot_raise_are_pointed_out() {
        for name in [
            "States.NoChoiceMatched",
            "States.QueryEvaluationError",
            "States.Http.StatusCode.404",
        ] {
            let text = catching(&format!(r#"["{name}"]"#), r#"["States.ALL"]"#);
            assert_eq!(codes(&text), ["IMPOSSIBLE_ERROR"], "{name}");
        }
    }

    #[test]
    fn retriers_do_what_they_seem_to() {
        let idle = r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f",
            "Retry": [{"ErrorEquals": ["E"], "MaxAttempts": 0}], "End": true}}}"#;
        assert_eq!(codes(idle), ["IDLE_RETRIER"]);
        clean_after_fix(idle);
        let apart = idle.replace("0}]", r#"0}, {"ErrorEquals": ["States.ALL"]}]"#);
        assert_eq!(codes(&apart), Vec::<&str>::new());
        let capped = idle.replace(
            "\"MaxAttempts\": 0",
            "\"IntervalSeconds\": 9, \"MaxDelaySeconds\": 5",
        );
        assert_eq!(codes(&capped), ["CAPPED_DELAY"]);
        assert_eq!(codes(&task(r#""Retry": []"#)), Vec::<&str>::new());
    }
}
