//! `UNKNOWN_TARGET`: `StartAt`, `Next` or `Default` names no state of its block (asl-rules 1).

use crate::check::diagnostic::wants_fix;
use crate::check::view::View;
use crate::check::{Diagnostic, words};
use crate::graph::{BlockIx, Role};
use crate::text::{Node, Pointer, Span, TextEdit};
use serde_json::Value;
use std::collections::HashSet;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let all: HashSet<&str> = view
        .outline
        .states
        .iter()
        .map(|state| &*state.name)
        .collect();
    let elsewhere = |name: &str| all.contains(name);
    // A block without `States` has a finding of its own; that its start leads nowhere follows from it.
    let with_states = |node: &Node| node.field("States").is_some();
    for (ix, block, node) in view.blocks().filter(|(_, _, node)| with_states(node)) {
        let (None, Some(name), Some(start)) = (block.start, &block.start_at, node.field("StartAt"))
        else {
            continue;
        };
        if view.is_open_text(name) {
            continue;
        }
        let what = "The start";
        found.push(finding(
            view,
            ix,
            what,
            name,
            elsewhere(name),
            start.span,
            block.pointer.join("StartAt"),
            found,
        ));
    }
    for state in &view.outline.states {
        for transition in state
            .transitions
            .iter()
            .filter(|transition| transition.to.is_none() && !view.is_open_text(&transition.target))
        {
            let what = match transition.role {
                Role::Next => format!("\"{}\"", state.name),
                Role::Choice(index) => format!("Rule {} of \"{}\"", index + 1, state.name),
                Role::Default => format!("The default of \"{}\"", state.name),
                Role::Catch(index) => format!("Catcher {} of \"{}\"", index + 1, state.name),
            };
            let name = &transition.target;
            let pointer = transition.pointer.clone();
            found.push(finding(
                view,
                state.block,
                &what,
                name,
                elsewhere(name),
                transition.span,
                pointer,
                found,
            ));
        }
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "all of them describe the one broken arrow"
)]
fn finding(
    view: &View<'_>,
    block: BlockIx,
    from: &str,
    name: &str,
    elsewhere: bool,
    span: Span,
    pointer: Pointer,
    found: &[Diagnostic],
) -> Diagnostic {
    let meant = if wants_fix(found) {
        closest(view, block, name)
    } else {
        None
    };
    let fault = match (elsewhere, meant) {
        (true, _) => format!(
            "{from} leads to \"{name}\", which is in another block; a transition cannot leave its block."
        ),
        (false, Some(meant)) => {
            format!("{from} leads to \"{name}\", which does not exist. Did you mean \"{meant}\"?")
        }
        (false, None) => format!(
            "{from} leads to \"{name}\", which does not exist; choose a state of this block."
        ),
    };
    let finding = Diagnostic::error("UNKNOWN_TARGET", span, pointer, fault)
        .aws_code("MISSING_TRANSITION_TARGET")
        .aws(format!("Missing 'Next' target: {name}"));
    match meant {
        Some(meant) => finding.fix(
            format!("Connect to {meant}"),
            vec![TextEdit::new(span, Value::from(meant).to_string())],
        ),
        None => finding,
    }
}

fn closest<'v>(view: &'v View<'_>, block: BlockIx, name: &str) -> Option<&'v str> {
    let node = view.blocks.get(block.0)?;
    let members = node.field("States").map(Node::members).unwrap_or_default();
    words::closest(name, members.iter().map(|member| &*member.key))
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{clean_after_fix, codes, only};
    use crate::text::Document;

    #[test]
    fn a_misspelt_target_is_connected_by_its_fix() {
        let text = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "Deplyo"}, "Deploy": {"Type": "Succeed"}}}"#;
        let found = only(text, "UNKNOWN_TARGET");
        assert_eq!(found.aws_message, "Missing 'Next' target: Deplyo");
        assert_eq!(found.aws_code, Some("MISSING_TRANSITION_TARGET"));
        assert_eq!(found.fix.unwrap().label, "Connect to Deploy");
        clean_after_fix(text);
    }

    #[test]
    fn every_way_to_name_a_target_is_looked_at() {
        let text = r#"{"StartAt": "X", "States": {
            "A": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsNull": true, "Next": "Y1"}], "Default": "Y2"},
            "B": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "Next": "Y3",
                "Catch": [{"ErrorEquals": ["E"], "Next": "Y4"}]},
            "C": {"Type": "Succeed"}}}"#;
        let document = Document::parse(text);
        let places: Vec<_> = crate::check::check(&document, Default::default())
            .iter()
            .filter(|finding| finding.code == "UNKNOWN_TARGET")
            .filter_map(|finding| finding.aws_location(&document))
            .collect();
        assert_eq!(
            places,
            [
                "/StartAt",
                "/States/A/Choices[0]/Next",
                "/States/A/Default",
                "/States/B/Next",
                "/States/B/Catch[0]/Next"
            ]
        );
    }

    #[test]
    fn a_transition_cannot_leave_its_branch() {
        let text = r#"{"StartAt": "A", "States": {"A": {"Type": "Parallel", "Next": "Z", "Branches": [
            {"StartAt": "B", "States": {"B": {"Type": "Pass", "Next": "Z"}}}]}, "Z": {"Type": "Succeed"}}}"#;
        assert!(
            only(text, "UNKNOWN_TARGET")
                .message
                .contains("another block")
        );
        assert!(codes(text).contains(&"NO_TERMINAL_STATE"));
    }
}
