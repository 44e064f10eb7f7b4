//! Claims about the session as signals.

use super::*;
use crate::document::Blueprint;
use leptos::reactive::owner::Owner;

const TWO: &str =
    r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Succeed"}}}"#;

fn state(name: &str) -> Pointer {
    let key = |name: &str| asl::text::Step::Key(Arc::from(name));
    Pointer(vec![key("States"), key(name)])
}

fn with_session(claim: impl FnOnce(Session)) {
    let owner = Owner::new();
    owner.with(|| claim(Session::new("two", TWO)));
}

#[test]
fn an_edit_is_undone_and_redone_with_its_selection() {
    with_session(|session| {
        session.select(state("A"));
        assert!(session.add_state(Blueprint::Wait));
        assert_eq!(session.selection().get_untracked().states, [state("Wait")]);
        let shown = session.ask().get_untracked();
        assert_eq!(shown, Some(Ask::Reveal(state("Wait"))));
        assert!(session.dirty().get_untracked() && session.can_undo());
        session.undo();
        assert_eq!(&*session.text(), TWO);
        assert_eq!(session.selection().get_untracked().states, [state("A")]);
        session.redo();
        assert!(session.text().contains("Wait"));
    });
}

#[test]
fn a_state_added_at_a_succeed_goes_before_it() {
    with_session(|session| {
        session.select(state("B"));
        assert!(session.add_state(Blueprint::Wait));
        let value: serde_json::Value = serde_json::from_str(&session.text()).unwrap();
        assert_eq!(value["States"]["A"]["Next"], "Wait");
        assert_eq!(value["States"]["Wait"]["Next"], "B");
    });
}

#[test]
fn the_drawing_turns_to_the_right_and_back_and_is_shown_as_when_it_is_opened() {
    with_session(|session| {
        for turned in [Orientation::Horizontal, Orientation::Vertical] {
            session.turn();
            assert_eq!(session.orientation().get_untracked(), turned);
            assert_eq!(session.ask().get_untracked(), Some(Ask::Open));
        }
        assert!(!session.can_undo(), "the text stays as it is");
    });
}

#[test]
fn a_refusal_is_said_and_changes_nothing() {
    with_session(|session| {
        assert!(
            !session.edit(|editing| editing.insert(&Place::After(state("B")), Blueprint::Wait))
        );
        assert!(session.notice().get_untracked().refused);
        assert_eq!(&*session.text(), TWO);
    });
}

#[test]
fn a_breakpoint_follows_a_renamed_state() {
    with_session(|session| {
        session.breakpoints().update(|points| {
            points.insert(state("A"));
        });
        assert!(session.edit(|editing| editing.rename(&state("A"), "First")));
        assert_eq!(
            session.breakpoints().get_untracked(),
            BTreeSet::from([state("First")])
        );
    });
}

#[test]
fn broken_text_is_stale_and_keeps_the_outline() {
    with_session(|session| {
        session.set_text("{", Origin::Code);
        assert!(session.stale().get_untracked());
        assert_eq!(session.outline().get_untracked().states.len(), 2);
        session.undo();
        assert!(!session.stale().get_untracked());
    });
}

#[test]
fn a_way_is_found_between_two_states() {
    with_session(|session| {
        let outline = session.outline().get_untracked();
        let mut marks = Marks::default();
        marks.take(&outline, Some(&state("A")), Some(&state("B")), Taken::Done);
        marks.take(&outline, None, Some(&state("A")), Taken::Done);
        assert_eq!(marks.ways.len(), 2);
        assert!(marks.ways.contains_key(&Way::Start(Pointer::default())));
    });
}

#[test]
fn a_way_that_is_gone_is_selected_no_more() {
    with_session(|session| {
        let selected = || session.selection().get_untracked().way;
        let way = Way::Transition("/States/A/Next".parse().unwrap());
        session.select_way(way.clone());
        session.edit(|editing| editing.rename(&state("B"), "C"));
        session.select_way(way.clone());
        session.set_text(&session.text().replace("C", "D"), Origin::Code);
        assert_eq!(selected(), Some(way.clone()));
        let ended = session.text().replace(r#""Next": "D""#, r#""End": true"#);
        session.set_text(&ended, Origin::Code);
        assert_eq!(selected(), None);
    });
}
