//! What is remembered of states by their pointers goes with them when an edit gives them another name or block.
//!
//! Only a change that says what it moved is followed: typed text, undo and redo move nothing here.

use super::Session;
use asl::text::Pointer;
use leptos::prelude::*;
use std::sync::Arc;

impl Session {
    /// From here on `state` leads to the same state also when an edit gives it another name or block.
    pub fn trace(self, state: RwSignal<Pointer>) {
        self.traced.update_value(|traced| {
            traced.retain(|known| known.try_with_untracked(|_| ()).is_some());
            traced.push(state);
        });
    }

    /// Lets breakpoints, marks, folds, findings and what is traced follow states whose pointer changed, and those inside them.
    pub(super) fn follow(self, moved: &[(Pointer, Pointer)]) {
        if moved.is_empty() {
            return;
        }
        let to = |pointer: &Pointer| led(pointer, moved).unwrap_or_else(|| pointer.clone());
        self.breakpoints
            .update(|points| *points = points.iter().map(to).collect());
        self.folded
            .update(|folded| *folded = folded.iter().map(to).collect());
        self.marks.update(|marks| {
            let states = marks.states.drain();
            marks.states = states.map(|(state, mark)| (to(&state), mark)).collect();
        });
        self.follow_findings(moved);
        for state in self.traced.get_value() {
            // What is gone meanwhile needs nothing.
            let at = state.try_with_untracked(|state| led(state, moved));
            at.flatten().and_then(|at| state.try_set(at));
        }
    }

    /// Findings are told anew by the next checks; until then they stand at the states that they are of.
    fn follow_findings(self, moved: &[(Pointer, Pointer)]) {
        let mut found = self.diagnostics.get_untracked().to_vec();
        let mut is_any = false;
        for finding in &mut found {
            if let Some(at) = led(&finding.pointer, moved) {
                finding.pointer = at;
                is_any = true;
            }
        }
        if is_any {
            self.diagnostics.set(Arc::new(found));
        }
    }
}

/// Where a pointer leads after states moved; none when it stays.
fn led(pointer: &Pointer, moved: &[(Pointer, Pointer)]) -> Option<Pointer> {
    let (from, to) = moved.iter().find(|(from, _)| pointer.starts_with(from))?;
    let rest = pointer.0.iter().skip(from.0.len());
    Some(Pointer(to.0.iter().chain(rest).cloned().collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Pointer {
        text.parse().expect("a pointer")
    }

    #[test]
    fn what_is_in_a_state_that_moves_goes_with_it_and_its_neighbours_stay() {
        let moved = [(at("/States/A"), at("/States/P/Branches/0/States/A"))];
        let inner = at("/States/A/ItemProcessor/States/B");
        let led_to = at("/States/P/Branches/0/States/A/ItemProcessor/States/B");
        assert_eq!(led(&inner, &moved), Some(led_to));
        assert_eq!(led(&at("/States/AB"), &moved), None);
        assert_eq!(led(&at("/States"), &moved), None);
    }

    #[test]
    fn a_finding_stands_at_its_state_under_the_new_name_before_the_checks_run() {
        let owner = Owner::new();
        owner.with(|| {
            let text = r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "End": true}}}"#;
            let session = Session::new("one", text);
            session.check_now();
            session.follow(&[(at("/States/A"), at("/States/B"))]);
            let found = session.diagnostics().get_untracked();
            assert!(!found.is_empty());
            assert!(
                found.iter().all(|it| it.pointer == at("/States/B")),
                "{found:?}"
            );
        });
    }
}
