//! `MISSING_NEXT`, `NEXT_AND_END`: a state must lead on or end, one of the two (asl-rules 2).

use crate::check::Diagnostic;
use crate::check::diagnostic::wants_fix;
use crate::check::view::{State, View};
use crate::graph::{BlockIx, StateIx, StateType};
use crate::text::Node;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let mut orphans = Orphans::of(view);
    for state in view.states().filter(|state| leads_on(state.outline.kind)) {
        let end = state.node.field("End");
        if end.is_some_and(|end| view.is_open(end)) {
            continue;
        }
        let next = state.node.member("Next");
        let ends = end.and_then(Node::as_bool) == Some(true);
        match (next, ends) {
            (Some(_), true) => found.push(both(view, state, found)),
            (None, false) if state.node.is_object() => {
                let finding = neither(view, state, found, &mut orphans);
                found.push(finding);
            }
            _ => {}
        }
    }
}

fn leads_on(kind: Option<StateType>) -> bool {
    match kind {
        Some(
            StateType::Task
            | StateType::Pass
            | StateType::Wait
            | StateType::Parallel
            | StateType::Map,
        ) => true,
        Some(StateType::Choice | StateType::Succeed | StateType::Fail) | None => false,
    }
}

fn both(view: &View<'_>, state: State<'_, '_>, found: &[Diagnostic]) -> Diagnostic {
    let name = &state.outline.name;
    let message = format!("\"{name}\" has both Next and End; keep one of them.");
    let index = state
        .node
        .members()
        .iter()
        .position(|member| &*member.key == "End");
    let member = index.and_then(|index| state.node.members().get(index));
    let span = member.map_or(state.outline.name_span, |member| member.span());
    let finding = Diagnostic::error("NEXT_AND_END", span, state.outline.pointer.clone(), message)
        .about(vec!["Next"])
        .aws("There should only be one of the following fields: [Next, End]");
    match index.filter(|_| wants_fix(found)) {
        Some(index) => finding.fix("Remove End", view.document.remove_member(state.node, index)),
        None => finding,
    }
}

fn neither(
    view: &View<'_>,
    state: State<'_, '_>,
    found: &[Diagnostic],
    orphans: &mut Orphans,
) -> Diagnostic {
    let name = &state.outline.name;
    let message = format!(
        "\"{name}\" leads nowhere; connect it to the next state, or end the workflow here with End."
    );
    let finding = Diagnostic::error(
        "MISSING_NEXT",
        state.outline.name_span,
        state.outline.pointer.clone(),
        message,
    )
    .about(vec!["Next"])
    .aws("This object should have only one of the following fields: [Next, End]");
    if !wants_fix(found) {
        return finding;
    }
    let target = orphans
        .take(state.outline.block, state.ix)
        .and_then(|ix| view.outline.state(ix));
    let (label, field, value) = match target {
        Some(target) => (
            format!("Connect to {}", target.name),
            "Next",
            Value::from(&*target.name),
        ),
        None => ("End here".to_owned(), "End", Value::Bool(true)),
    };
    finding.fix(
        label,
        view.document
            .add_member(&view.style, state.node, field, &value),
    )
}

/// States that nothing leads to, which a state without a Next most likely should lead to.
struct Orphans {
    of_block: HashMap<BlockIx, Vec<StateIx>>,
}

impl Orphans {
    fn of(view: &View<'_>) -> Self {
        let states = &view.outline.states;
        let targets = states
            .iter()
            .flat_map(|state| &state.transitions)
            .filter_map(|transition| transition.to);
        let starts = view.outline.blocks.iter().filter_map(|block| block.start);
        let reached: HashSet<StateIx> = targets.chain(starts).collect();
        let mut of_block: HashMap<BlockIx, Vec<StateIx>> = HashMap::new();
        for state in view.states().filter(|state| !reached.contains(&state.ix)) {
            of_block
                .entry(state.outline.block)
                .or_default()
                .push(state.ix);
        }
        Self { of_block }
    }

    /// The next such state after `from` in its block, which is then taken; one before it would close a circle.
    fn take(&mut self, block: BlockIx, from: StateIx) -> Option<StateIx> {
        let orphans = self.of_block.get_mut(&block)?;
        let at = orphans.iter().position(|state| *state > from)?;
        Some(orphans.remove(at))
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{clean_after_fix, codes, only, state};

    #[test]
    fn a_state_that_leads_nowhere_can_be_ended_or_connected() {
        let alone = state(r#"{"Type": "Pass"}"#);
        let found = only(&alone, "MISSING_NEXT");
        assert_eq!(found.fix.unwrap().label, "End here");
        clean_after_fix(&alone);
        let two =
            r#"{"StartAt": "A", "States": {"A": {"Type": "Pass"}, "B": {"Type": "Succeed"}}}"#;
        assert_eq!(only(two, "MISSING_NEXT").fix.unwrap().label, "Connect to B");
        clean_after_fix(two);
    }

    #[test]
    fn next_and_end_exclude_each_other() {
        let text = state(r#"{"Type": "Pass", "Next": "A", "End": true}"#);
        let found = only(&text, "NEXT_AND_END");
        assert_eq!(
            found.aws_message,
            "There should only be one of the following fields: [Next, End]"
        );
    }

    #[test]
    fn an_end_that_is_false_does_not_count() {
        assert!(codes(&state(r#"{"Type": "Pass", "End": false}"#)).contains(&"MISSING_NEXT"));
    }
}
