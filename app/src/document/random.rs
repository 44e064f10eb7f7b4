//! Random verbs on a real pipeline: each result is valid JSON, undoing all gives the first bytes, redoing the last ones.

use super::*;
use asl::graph::StateType;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A history as a browser holds it.
#[derive(Default, Clone)]
pub(crate) struct Kept {
    pub(crate) head: String,
    pub(crate) steps: BTreeMap<u64, String>,
}

impl Kept {
    /// Takes what it lacks.
    pub(crate) fn take(&mut self, unstored: Option<Unstored>) {
        let Some(unstored) = unstored else { return };
        self.head = unstored.head;
        self.steps.extend(unstored.steps);
        self.steps
            .retain(|number, _| (unstored.first..unstored.end).contains(number));
    }

    /// What it gives to a text that is opened.
    pub(crate) fn read(&self, text: &str) -> Option<Past> {
        let steps: Vec<String> = self.steps.values().cloned().collect();
        Past::read(&self.head, &steps, text)
    }
}

const PIPELINE: &str = r#"{
  "StartAt": "A",
  "States": {
    "A": {"Type": "Pass", "Next": "B"},
    "B": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "C"}], "Default": "P"},
    "C": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
          "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "F"}], "Next": "A"},
    "P": {"Type": "Parallel", "Branches": [{"StartAt": "Q", "States": {"Q": {"Type": "Wait", "Seconds": 1, "End": true}}}],
          "End": true},
    "F": {"Type": "Fail"}
  }
}"#;

/// Which verb, and three numbers that choose what it is done to.
pub(crate) type Deed = (u8, usize, usize, usize);

fn pick(editing: &Editing, number: usize) -> Option<Pointer> {
    let states = &editing.outline().states;
    (!states.is_empty()).then(|| states[number % states.len()].pointer.clone())
}

fn ways(editing: &Editing) -> Vec<Way> {
    let outline = editing.outline();
    let starts = outline
        .blocks
        .iter()
        .map(|block| Way::Start(block.pointer.clone()));
    let ends = outline
        .states
        .iter()
        .filter(|state| state.ends)
        .map(|state| Way::End(state.pointer.clone()));
    let ways = outline.states.iter().flat_map(|state| &state.transitions);
    starts
        .chain(ends)
        .chain(ways.map(|way| Way::Transition(way.pointer.clone())))
        .collect()
}

/// Text that was opened broken has no ways, blocks or states.
fn way(editing: &Editing, number: usize) -> Option<Way> {
    let ways = ways(editing);
    let at = number.checked_rem(ways.len())?;
    ways.get(at).cloned()
}

fn place(editing: &Editing, number: usize) -> Option<Place> {
    let blocks = &editing.outline().blocks;
    Some(match (number % 4, pick(editing, number / 4)) {
        (0, _) => {
            let at = (number / 4).checked_rem(blocks.len())?;
            Place::Into(blocks[at].pointer.clone())
        }
        (1, Some(state)) => Place::After(state),
        _ => Place::On(way(editing, number / 4)?),
    })
}

fn lead(editing: &Editing, a: usize, c: usize) -> Option<Lead> {
    Some(match c % 3 {
        0 => Lead::New(pick(editing, a)?),
        1 => Lead::End(way(editing, a)?, WayEnd::Tip),
        _ => Lead::End(way(editing, a)?, WayEnd::Beginning),
    })
}

fn goal(editing: &Editing, number: usize) -> Option<Goal> {
    match number % 5 {
        0 => Some(Goal::End),
        _ => Some(Goal::State(pick(editing, number / 5)?)),
    }
}

fn any_addition(number: usize) -> Addition {
    let all: Vec<Addition> = Addition::all().collect();
    all[number % all.len()]
}

/// What is done, or its refusal; nothing where there is nothing to do it to.
pub(crate) fn deed(editing: &Editing, (verb, a, b, c): Deed) -> Option<Result<Change, Refusal>> {
    let (one, two) = (pick(editing, a), pick(editing, b));
    Some(match verb % 20 {
        0 | 1 => editing.insert(&place(editing, a)?, any_addition(b)),
        2 => editing.remove_states(&[one?, two?]),
        3 => editing.rename(&one?, &format!("Näme {b} \"{c}\"")),
        4 => editing.connect(&one?, &two?),
        5 => editing.connect_catch(&one?, &two?),
        6 => editing.disconnect(&way(editing, a)?),
        7 => editing.duplicate(&[one?]),
        8 => editing.wrap_in_parallel(&[one?, two?]),
        9 => editing.wrap_in_map(&[one?]),
        10 => editing.move_state(&one?, &place(editing, b)?),
        11 => {
            let mut at = one?.0;
            at.push(asl::text::Step::Key(Arc::from("Comment")));
            editing.set_field(&Pointer(at), &serde_json::json!(format!("{c}")))
        }
        12 => editing.change_type(
            &one?,
            [
                StateType::Wait,
                StateType::Choice,
                StateType::Map,
                StateType::Succeed,
            ][b % 4],
        ),
        13 => editing.paste(&place(editing, c)?, &editing.copy(&[one?, two?]).ok()?),
        14 => editing
            .extract(&[one?, two?], &format!("part-{c}"))
            .map(|(change, _)| change),
        16 => editing.group(&[one?, two?], ["Data", "Größe 2"][c % 2]),
        17 => editing.ungroup(&[one?, two?]),
        18 => editing.set_note(&one?, ["", "A note", "[group: Data]\nwith a line"][c % 3]),
        19 => {
            let group = Group::of(editing.document(), &one?)?;
            if c % 2 == 0 {
                editing.dissolve(&group)
            } else {
                editing.rename_group(&group, "Renamed")
            }
        }
        15 => editing.insert(&place(editing, a)?, Pattern::ALL[b % Pattern::ALL.len()]),
        _ => editing.lead(&lead(editing, a, c)?, &goal(editing, b)?),
    })
}

proptest! {
    #[test]
    fn any_edits_can_be_undone_and_redone(deeds in prop::collection::vec(any::<Deed>(), 1..14)) {
        let mut editing = Editing::new(PIPELINE);
        for it in deeds {
            let Some(Ok(change)) = deed(&editing, it) else { continue };
            editing.apply(&change, Vec::new()).unwrap();
            prop_assert!(serde_json::from_str::<serde_json::Value>(editing.text()).is_ok(), "{}", editing.text());
            prop_assert!(!editing.stale());
        }
        let last = editing.text().clone();
        while editing.undo().is_some() {}
        prop_assert_eq!(&**editing.text(), PIPELINE);
        while editing.redo().is_some() {}
        prop_assert_eq!(editing.text(), &last);
    }
}
