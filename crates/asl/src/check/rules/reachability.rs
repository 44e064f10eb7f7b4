//! `UNREACHABLE_STATE`: no way leads from the start to a state. AWS refuses such a definition.

use super::terminal::has_end;
use crate::check::Diagnostic;
use crate::check::view::View;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for (ix, block, _) in view.blocks() {
        if !has_end(view, &block.states) || view.leads_anywhere(ix) {
            continue;
        }
        let reachable = view.outline.reachable(ix);
        let lost = block
            .states
            .iter()
            .filter(|state| !reachable.contains(state));
        for state in lost.filter_map(|state| view.outline.state(*state)) {
            let message = format!(
                "Nothing leads to \"{}\"; connect another state to it, or remove it.",
                state.name
            );
            found.push(
                Diagnostic::error(
                    "UNREACHABLE_STATE",
                    state.name_span,
                    state.pointer.clone(),
                    message,
                )
                .aws_code("MISSING_TRANSITION_TARGET")
                .aws(format!("State \"{}\" is not reachable.", state.name)),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{codes, only, state};

    #[test]
    fn a_state_that_nothing_leads_to_is_refused() {
        let text =
            r#"{"StartAt": "A", "States": {"A": {"Type": "Succeed"}, "B": {"Type": "Succeed"}}}"#;
        let found = only(text, "UNREACHABLE_STATE");
        assert_eq!(found.aws_message, "State \"B\" is not reachable.");
        assert_eq!(found.aws_code, Some("MISSING_TRANSITION_TARGET"));
        assert_eq!(found.pointer.to_string(), "/States/B");
    }

    #[test]
    fn states_that_only_lead_to_each_other_are_unreachable() {
        let text = r#"{"StartAt": "A", "States": {"A": {"Type": "Succeed"}, "B": {"Type": "Pass", "Next": "C"}, "C": {"Type": "Pass", "Next": "B"}}}"#;
        assert_eq!(codes(text), ["UNREACHABLE_STATE", "UNREACHABLE_STATE"]);
    }

    #[test]
    fn inner_blocks_are_looked_at_one_by_one() {
        let text = state(
            r#"{"Type": "Parallel", "End": true, "Branches": [{"StartAt": "B", "States": {"B": {"Type": "Succeed"}, "C": {"Type": "Succeed"}}}]}"#,
        );
        assert_eq!(codes(&text), ["UNREACHABLE_STATE"]);
    }
}
