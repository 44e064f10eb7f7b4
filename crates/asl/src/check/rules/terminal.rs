//! `NO_TERMINAL_STATE`: a block that can never end (asl-rules 2).

use crate::check::Diagnostic;
use crate::check::view::View;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for (ix, block, node) in view.blocks() {
        let Some(states) = node
            .member("States")
            .filter(|member| member.value.is_object())
        else {
            continue;
        };
        if has_end(view, &block.states) || view.may_end(ix) {
            continue;
        }
        let what = if block.owner.is_some() {
            "This block"
        } else {
            "The workflow"
        };
        let message = match states.value.members() {
            [] => format!("{what} has no states; add one."),
            _ => format!(
                "{what} can never end; set End on its last state, or add a Succeed or Fail state."
            ),
        };
        let finding = Diagnostic::error(
            "NO_TERMINAL_STATE",
            states.key_span,
            block.pointer.clone(),
            message,
        );
        found.push(
            finding
                .aws_code("MISSING_END_STATE")
                .aws("Workflow has no terminal state"),
        );
    }
}

/// Whether AWS finds an end in a block; without one it says nothing about unreachable states.
pub(super) fn has_end(view: &View<'_>, states: &[crate::graph::StateIx]) -> bool {
    states
        .iter()
        .filter_map(|ix| view.outline.state(*ix))
        .any(|state| state.ends)
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{codes, only, state};
    use crate::text::Document;

    #[test]
    fn a_circle_never_ends() {
        let text = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "Next": "A"},
            "C": {"Type": "Pass", "Next": "A"}}}"#;
        let found = only(text, "NO_TERMINAL_STATE");
        assert_eq!(found.aws_code, Some("MISSING_END_STATE"));
        assert_eq!(found.aws_location(&Document::parse(text)), None);
        assert_eq!(
            codes(text),
            ["NO_TERMINAL_STATE"],
            "AWS says nothing about unreachable states then"
        );
    }

    #[test]
    fn inner_blocks_must_end_too() {
        let text = state(
            r#"{"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "B", "States": {"B": {"Type": "Pass", "Next": "B"}}}}"#,
        );
        assert_eq!(codes(&text), ["NO_TERMINAL_STATE"]);
        assert_eq!(
            codes(r#"{"StartAt": "A", "States": {}}"#),
            ["UNKNOWN_TARGET", "NO_TERMINAL_STATE"]
        );
    }
}
