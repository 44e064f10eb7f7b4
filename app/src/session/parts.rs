//! Giving a state one more part, and leading the eye to it.

use super::Session;
use crate::document::Part;
use asl::text::Pointer;

impl Session {
    /// Gives a state one more part and has the field shown that is filled in first. Says whether the text changed.
    pub fn add_part(self, state: &Pointer, part: Part) -> bool {
        match self.consider(|editing| editing.add_part(state, part)) {
            Ok(added) => {
                let made = self.apply(&added.change);
                if made {
                    self.seek(added.first);
                }
                made
            }
            Err(refusal) => self.refuse(&refusal),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use leptos::prelude::*;

    const TEXT: &str = r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "x", "Next": "B"}, "B": {"Type": "Succeed"}}}"#;

    #[test]
    fn a_part_is_one_step_of_the_history_and_its_first_field_is_looked_for() {
        let owner = Owner::new();
        owner.with(|| {
            let session = Session::new("one", TEXT);
            let state = "/States/A".parse().unwrap();
            assert!(session.add_part(&state, Part::Catcher));
            let sought = session.sought().get_untracked();
            let first = sought.map(|place| place.to_string());
            assert_eq!(first.as_deref(), Some("/States/A/Catch/0/ErrorEquals"));
            session.undo();
            assert_eq!(&*session.text(), TEXT);
        });
    }

    #[test]
    fn what_a_state_cannot_have_changes_nothing_and_leads_nowhere() {
        let owner = Owner::new();
        owner.with(|| {
            let session = Session::new("one", TEXT);
            let state = "/States/B".parse().unwrap();
            assert!(!session.add_part(&state, Part::Retrier));
            assert_eq!(session.sought().get_untracked(), None);
            assert!(session.notice().get_untracked().refused);
        });
    }
}
