//! Where a state may go: one rule for what a hand is shown while it carries a state, and for the verbs that put it there.

use super::{Editing, Place, Refusal, Way};
use crate::text::document::refusals;
use asl::graph::{Outline, StateType};
use asl::text::{Pointer, Step};

impl Editing {
    /// Whether a state may go to a place, or why not; `moving` is the state that would leave its place for it.
    pub fn may_go(&self, moving: Option<&Pointer>, place: &Place) -> Result<(), Refusal> {
        self.whole()?;
        has_room(self.outline(), moving, place)
    }
}

/// Refuses a place after the end of a run, and one inside the state that moves.
pub(super) fn has_room(
    outline: &Outline,
    moving: Option<&Pointer>,
    place: &Place,
) -> Result<(), Refusal> {
    let named = |state: &Pointer| outline.find(state).map(|ix| &outline.states[ix.0]);
    if let Some(state) = moving.filter(|state| is_within(state, place)) {
        let name = named(state).map(|node| node.name.to_string());
        return Err(Refusal::Shape(refusals::into_itself(
            &name.unwrap_or_default(),
        )));
    }
    match place {
        Place::On(Way::End(state)) | Place::After(state) => match named(state) {
            Some(node) if matches!(node.kind, Some(StateType::Succeed | StateType::Fail)) => {
                Err(Refusal::Ends(node.name.to_string()))
            }
            Some(_) | None => Ok(()),
        },
        Place::On(Way::Start(_) | Way::Transition(_)) | Place::Into(_) | Place::Branch(_) => Ok(()),
    }
}

/// Whether a place is inside a state, rather than before or after it.
fn is_within(state: &Pointer, place: &Place) -> bool {
    let at = match place {
        Place::On(Way::Transition(at) | Way::End(at)) | Place::After(at) => {
            return at != state && at.starts_with(state) && !is_own_way(at, state);
        }
        Place::On(Way::Start(at)) | Place::Into(at) | Place::Branch(at) => at,
    };
    at.starts_with(state)
}

/// Whether a place is one of a state's own ways out rather than something inside it.
fn is_own_way(at: &Pointer, state: &Pointer) -> bool {
    match at.0.get(state.0.len()) {
        Some(Step::Key(field)) => matches!(&**field, "Next" | "Catch" | "Choices" | "Default"),
        Some(Step::Index(_)) | None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NESTED: &str = r#"{ "StartAt": "Files", "States": {
        "Files": { "Type": "Map", "ItemProcessor": { "StartAt": "Read", "States": { "Read": { "Type": "Pass", "End": true } } },
            "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Bad" }], "Next": "Done" },
        "Bad": { "Type": "Fail" }, "Done": { "Type": "Succeed" } } }"#;

    fn at(text: &str) -> Pointer {
        text.parse().unwrap()
    }

    #[test]
    fn a_state_goes_neither_into_itself_nor_after_the_end_of_a_run() {
        let editing = Editing::new(NESTED);
        let files = at("/States/Files");
        let inside = [
            Place::On(Way::Start(at("/States/Files/ItemProcessor"))),
            Place::Into(at("/States/Files/ItemProcessor")),
            Place::On(Way::End(at("/States/Files/ItemProcessor/States/Read"))),
            Place::Branch(files.clone()),
        ];
        for place in inside {
            let refusal = editing.may_go(Some(&files), &place).unwrap_err();
            assert_eq!(
                refusal.to_string(),
                "“Files” cannot go into itself.",
                "{place:?}"
            );
            assert_eq!(editing.move_state(&files, &place).unwrap_err(), refusal);
            assert!(editing.may_go(None, &place).is_ok());
        }
        for place in ["/States/Files/Next", "/States/Files/Catch/0/Next"] {
            let place = Place::On(Way::Transition(at(place)));
            assert!(editing.may_go(Some(&files), &place).is_ok(), "{place:?}");
        }
        let over = Place::After(at("/States/Done"));
        let refusal = editing.may_go(None, &over).unwrap_err();
        assert_eq!(editing.move_state(&files, &over).unwrap_err(), refusal);
    }
}
