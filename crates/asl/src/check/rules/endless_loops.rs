//! `ENDLESS_LOOP`: states from which no end can be reached. A run that comes there goes round until it fails or is stopped.
//! AWS takes it as long as some other state ends the workflow.

use crate::check::Diagnostic;
use crate::check::view::View;
use crate::graph::{BlockIx, StateIx};
use rustc_hash::FxHashSet;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for (ix, block, _) in view.blocks() {
        if !super::terminal::has_end(view, &block.states)
            || view.may_end(ix)
            || view.leads_anywhere(ix)
        {
            continue;
        }
        let ending = ending(view, ix);
        if block.states.iter().all(|state| ending.contains(state)) {
            continue;
        }
        let reachable = view.outline.reachable(ix);
        let lost = |state: &StateIx| reachable.contains(state) && !ending.contains(state);
        if !block.states.iter().any(lost) {
            continue;
        }
        for round in view.outline.cycles(ix) {
            let Some(first) = round.first().filter(|first| lost(first)) else {
                continue;
            };
            let Some(state) = view.outline.state(*first) else {
                continue;
            };
            let names: Vec<String> = round
                .iter()
                .take(4)
                .map(|state| view.name(Some(*state)))
                .collect();
            let more = if round.len() > names.len() {
                ", …"
            } else {
                ""
            };
            let message = format!(
                "A run that comes to {}{more} never ends: no way leads on from there to an end. Add a way out.",
                names.join(", ")
            );
            found.push(Diagnostic::warning(
                "ENDLESS_LOOP",
                state.name_span,
                state.pointer.clone(),
                message,
            ));
        }
    }
}

/// The states from which an end can be reached; a transition to an unknown state may lead to one.
fn ending(view: &View<'_>, ix: BlockIx) -> FxHashSet<StateIx> {
    let graph = view.outline.graph(ix);
    let mut found = FxHashSet::default();
    let mut open = Vec::new();
    for node in graph.node_indices() {
        let state = graph
            .node_weight(node)
            .and_then(|state| view.outline.state(*state));
        let ends = state.is_some_and(|state| {
            state.ends
                || state.transitions.is_empty()
                || state.transitions.iter().any(|way| way.to.is_none())
        });
        if ends {
            open.push(node);
        }
    }
    while let Some(node) = open.pop() {
        if graph
            .node_weight(node)
            .is_some_and(|state| found.insert(*state))
        {
            open.extend(graph.neighbors_directed(node, petgraph::Direction::Incoming));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::check::tests::codes;

    #[test]
    fn a_loop_has_a_way_out() {
        let looping = |default: &str| {
            format!(
                r#"{{"StartAt": "A", "States": {{
                "A": {{"Type": "Choice", "Choices": [{{"Variable": "$.x", "IsNull": true, "Next": "End"}}], "Default": "B"}},
                "B": {{"Type": "Wait", "Seconds": 5, "Next": "C"}},
                "C": {{"Type": "Choice", "Choices": [{{"Variable": "$.x", "IsNull": true, "Next": "B"}}], "Default": "{default}"}},
                "End": {{"Type": "Succeed"}}}}}}"#
            )
        };
        assert_eq!(codes(&looping("End")), Vec::<&str>::new());
        assert_eq!(codes(&looping("B")), ["ENDLESS_LOOP"]);
    }
}
