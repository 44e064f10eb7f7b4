//! Lays the marks of a run onto the drawing of its definition: names become places, moves become ways. Pure.

use super::marks::{Mark, Marks, StateMark};
use super::story::{Condition, Story};
use crate::pages::words::duration;
use crate::session;
use crate::text::pages::run as says;
use asl::graph::{Outline, StateIx};
use asl::text::Pointer;
use std::collections::HashMap;

/// What the canvas draws for a run.
pub fn drawn(marks: &Marks, story: &Story, outline: &Outline) -> session::Marks {
    let places = places(outline);
    let mut drawn = session::Marks {
        over: story.end.is_some(),
        ..session::Marks::default()
    };
    for (name, mark) in &marks.states {
        if let Some(place) = places.get(&**name) {
            drawn
                .states
                .insert(pointer(outline, *place), on_state(mark));
        }
    }
    take_ways(marks, outline, &places, &mut drawn);
    take_ends(story, outline, &places, &mut drawn);
    drawn
}

fn pointer(outline: &Outline, place: StateIx) -> Pointer {
    outline.states[place.0].pointer.clone()
}

/// Where each name stands; the first of two equal names (AWS allows no second one).
fn places(outline: &Outline) -> HashMap<&str, StateIx> {
    let mut places = HashMap::new();
    for (i, state) in outline.states.iter().enumerate() {
        places.entry(&*state.name).or_insert(StateIx(i));
    }
    places
}

fn take_ways(
    marks: &Marks,
    outline: &Outline,
    places: &HashMap<&str, StateIx>,
    drawn: &mut session::Marks,
) {
    for edge in &marks.edges {
        let from = edge
            .from
            .as_ref()
            .and_then(|f| places.get(&**f))
            .map(|p| pointer(outline, *p));
        let to = places.get(&*edge.to).map(|p| pointer(outline, *p));
        let now = marks
            .states
            .get(&edge.to)
            .is_some_and(|m| matches!(m.mark, Mark::Running | Mark::Waiting));
        let taken = match (edge.after_error, now) {
            (true, _) => session::Taken::Error,
            (false, true) => session::Taken::Now,
            (false, false) => session::Taken::Done,
        };
        drawn.take(outline, from.as_ref(), to.as_ref(), taken);
    }
}

/// A state that was left well and that ends its block leads to the block's end.
fn take_ends(
    story: &Story,
    outline: &Outline,
    places: &HashMap<&str, StateIx>,
    drawn: &mut session::Marks,
) {
    for visit in story
        .visits
        .iter()
        .filter(|v| v.condition == Condition::Succeeded)
    {
        let Some(place) = places.get(&*visit.state) else {
            continue;
        };
        if outline.states[place.0].ends {
            drawn.take(
                outline,
                Some(&pointer(outline, *place)),
                None,
                session::Taken::Done,
            );
        }
    }
}

fn on_state(mark: &StateMark) -> session::Mark {
    session::Mark {
        condition: condition(mark.mark),
        detail: detail(mark),
        count: mark.visits,
    }
}

fn condition(mark: Mark) -> session::Condition {
    match mark {
        Mark::Running => session::Condition::Running,
        Mark::Waiting => session::Condition::Waiting,
        Mark::Succeeded => session::Condition::Succeeded,
        Mark::Failed => session::Condition::Failed,
        Mark::TimedOut => session::Condition::TimedOut,
        Mark::Aborted => session::Condition::Aborted,
        Mark::Skipped => session::Condition::Skipped,
    }
}

fn detail(mark: &StateMark) -> Option<String> {
    let took = match mark.mark {
        Mark::Waiting => says::WAITS_FOR_PERSON.to_owned(),
        Mark::Skipped => return None,
        Mark::Running | Mark::Succeeded | Mark::Failed | Mark::TimedOut | Mark::Aborted => {
            duration(mark.took_ms)
        }
    };
    Some(if mark.attempts > mark.visits {
        says::took_attempts(&took, mark.attempts)
    } else {
        took
    })
}

#[cfg(test)]
mod tests {
    use super::super::marks::marks;
    use super::*;
    use crate::api::{RunEvent, Time};
    use asl::text::Document;
    use serde_json::{Value, json};

    fn event(id: u64, previous: u64, kind: &str, details: Value) -> RunEvent {
        RunEvent {
            id,
            previous,
            time: Time(1000),
            kind: kind.to_owned(),
            details,
        }
    }

    #[test]
    fn states_and_ways_of_a_run_are_marked_at_their_places() {
        let text = r#"{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","End":true}}}"#;
        let outline = Outline::of(&Document::parse(text));
        let story = Story::of(&[
            event(1, 0, "ExecutionStarted", json!({})),
            event(2, 0, "PassStateEntered", json!({"name": "A"})),
            event(3, 2, "PassStateExited", json!({"name": "A"})),
            event(4, 3, "PassStateEntered", json!({"name": "B"})),
            event(5, 4, "PassStateExited", json!({"name": "B"})),
            event(6, 5, "ExecutionSucceeded", json!({})),
        ]);
        let marks = marks(&story, Time(2000), |_| false);
        let drawn = drawn(&marks, &story, &outline);
        assert_eq!(drawn.states.len(), 2);
        assert_eq!(drawn.ways.len(), 3, "start, A to B, end");
        assert!(drawn.over);
    }
}
