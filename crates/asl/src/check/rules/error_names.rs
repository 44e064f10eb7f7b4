//! `MISPLACED_STATES_ALL`: `States.ALL` stands alone and last. `UNKNOWN_ERROR_NAME`: a reserved name that no state ever
//! raises (asl-rules 13). AWS does not look at the second.

use crate::check::Diagnostic;
use crate::check::view::View;
use crate::text::{Node, Pointer};
use std::collections::HashSet;

const ALL: &str = "States.ALL";

/// The reserved names (feature map 6).
pub(crate) const RESERVED: [&str; 17] = [
    ALL,
    "States.BranchFailed",
    "States.DataLimitExceeded",
    "States.ExceedToleratedFailureThreshold",
    "States.HeartbeatTimeout",
    "States.Http.Socket",
    "States.IntrinsicFailure",
    "States.ItemReaderFailed",
    "States.NoChoiceMatched",
    "States.ParameterPathFailure",
    "States.Permissions",
    "States.QueryEvaluationError",
    "States.ResultPathMatchFailure",
    "States.ResultWriterFailed",
    "States.Runtime",
    "States.TaskFailed",
    "States.Timeout",
];

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    // A Fail state may raise a reserved name, although it should not.
    let raised: HashSet<&str> = view
        .states()
        .filter_map(|state| state.node.field("Error")?.as_str())
        .collect();
    for state in view.states() {
        for field in ["Retry", "Catch"] {
            let handlers = state
                .node
                .field(field)
                .map(Node::elements)
                .unwrap_or_default();
            for (index, handler) in handlers.iter().enumerate() {
                let Some(names) = handler.field("ErrorEquals") else {
                    continue;
                };
                let at = || {
                    state
                        .outline
                        .pointer
                        .join(field)
                        .join(index)
                        .join("ErrorEquals")
                };
                misplaced(names, index + 1 == handlers.len(), at, found);
                unknown(names, &raised, at, found);
            }
        }
    }
}

fn misplaced(names: &Node, is_last: bool, at: impl Fn() -> Pointer, found: &mut Vec<Diagnostic>) {
    let Some(all) = names
        .elements()
        .iter()
        .find(|name| name.as_str() == Some(ALL))
    else {
        return;
    };
    let advice = if names.elements().len() > 1 {
        "States.ALL already means every error; remove the other names."
    } else if !is_last {
        "States.ALL takes every error, so nothing after it is ever used; move it to the end."
    } else {
        return;
    };
    found.push(
        Diagnostic::error("MISPLACED_STATES_ALL", all.span, at(), advice)
            .aws("States.ALL must appear alone and at end of list"),
    );
}

fn unknown(
    names: &Node,
    raised: &HashSet<&str>,
    at: impl Fn() -> Pointer,
    found: &mut Vec<Diagnostic>,
) {
    for name in names.elements() {
        let Some(text) = name.as_str().filter(|text| text.starts_with("States.")) else {
            continue;
        };
        let is_known = RESERVED.contains(&text) || text.starts_with("States.Http.StatusCode.");
        if is_known || raised.contains(text) {
            continue;
        }
        let meant = crate::check::words::closest(text, RESERVED);
        let advice = match meant {
            Some(meant) => format!("did you mean {meant}?"),
            None => "names that begin with States. are reserved.".to_owned(),
        };
        let message = format!("No state ever fails with {text}; {advice}");
        found.push(Diagnostic::warning(
            "UNKNOWN_ERROR_NAME",
            name.span,
            at(),
            message,
        ));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{codes, state};

    fn with_retry(retry: &str) -> Vec<&'static str> {
        codes(&state(&format!(
            r#"{{"Type": "Task", "Resource": "arn:aws:states:::http:invoke", "Parameters": {{}}, "End": true, "Retry": {retry}}}"#
        )))
    }

    #[test]
    fn states_all_stands_alone_and_last() {
        assert_eq!(
            with_retry(r#"[{"ErrorEquals": ["A"]}, {"ErrorEquals": ["States.ALL"]}]"#),
            Vec::<&str>::new()
        );
        assert_eq!(with_retry("[]"), Vec::<&str>::new());
        assert_eq!(
            with_retry(r#"[{"ErrorEquals": ["States.ALL", "A"]}]"#),
            ["MISPLACED_STATES_ALL"]
        );
        assert_eq!(
            with_retry(r#"[{"ErrorEquals": ["States.ALL"]}, {"ErrorEquals": ["A"]}]"#),
            ["MISPLACED_STATES_ALL"]
        );
    }

    #[test]
    fn a_reserved_name_that_never_occurs_is_pointed_out() {
        assert_eq!(
            with_retry(r#"[{"ErrorEquals": ["States.TimeOut"]}]"#),
            ["UNKNOWN_ERROR_NAME"]
        );
        assert_eq!(
            with_retry(r#"[{"ErrorEquals": ["States.Http.StatusCode.404", "Mine"]}]"#),
            Vec::<&str>::new()
        );
    }

    #[test]
    fn a_reserved_name_that_a_fail_state_raises_is_left_alone() {
        let text = r#"{"StartAt": "A", "States": {"A": {"Type": "Parallel", "Next": "C",
            "Branches": [{"StartAt": "B", "States": {"B": {"Type": "Fail", "Error": "States.Mine"}}}],
            "Catch": [{"ErrorEquals": ["States.Mine"], "Next": "C"}]}, "C": {"Type": "Succeed"}}}"#;
        assert_eq!(codes(text), Vec::<&str>::new());
    }

    #[test]
    fn retriers_keep_to_their_ranges() {
        for bad in [
            r#"[{"ErrorEquals": []}]"#,
            r#"[{"ErrorEquals": ["A"], "MaxAttempts": -1}]"#,
            r#"[{"ErrorEquals": ["A"], "IntervalSeconds": -1}]"#,
            r#"[{"ErrorEquals": ["A"], "BackoffRate": 0.5}]"#,
            r#"[{"ErrorEquals": ["A"], "MaxDelaySeconds": 31622401}]"#,
            r#"[{"ErrorEquals": ["A"], "JitterStrategy": "full"}]"#,
            "5",
            "[5]",
        ] {
            assert_eq!(with_retry(bad), ["WRONG_VALUE"], "{bad}");
        }
    }
}
