//! What the graph and the list of states show of a run: one mark for each state, one for each edge that was taken.
//!
//! Folds the visits of [`Story`]; a state in a Map has many. Pure; draws nothing.

use super::story::{Condition, Story, Visit, VisitIx};
use crate::api::Time;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How a state stands in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// It works.
    Running,
    /// A person has to answer.
    Waiting,
    /// It was left as planned.
    Succeeded,
    /// It failed, whether or not a Catch took the error.
    Failed,
    /// Its time ran out.
    TimedOut,
    /// It was ended from outside.
    Aborted,
    /// The run did not come by.
    Skipped,
}

/// A state in a run.
#[derive(Debug, Clone, PartialEq)]
pub struct StateMark {
    /// How it stands, all visits taken together.
    pub mark: Mark,
    /// Whether a Catch took its error.
    pub caught: bool,
    /// How many tries of its work there were.
    pub attempts: usize,
    /// How many visits there were.
    pub visits: usize,
    /// When it was first entered.
    pub entered: Time,
    /// Milliseconds from first entering to last leaving, or until now.
    pub took_ms: i64,
    /// The visit to show first: the latest one that stands as `mark` says.
    pub shown: VisitIx,
}

/// An edge that was taken.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TakenEdge {
    /// The state that was left; none for the beginning of the machine, a branch or an iteration.
    pub from: Option<Arc<str>>,
    /// The state that was entered.
    pub to: Arc<str>,
    /// Whether a Catch led there.
    pub after_error: bool,
}

/// All marks of a run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Marks {
    /// By the state's name.
    pub states: BTreeMap<Arc<str>, StateMark>,
    /// Every edge that was taken.
    pub edges: BTreeSet<TakenEdge>,
    /// Whether the run ended well, so that the edge to the end was taken.
    pub reached_end: bool,
}

/// The marks of a run. `waits` says whether a state that works waits for a person.
pub fn marks(story: &Story, now: Time, waits: impl Fn(&str) -> bool) -> Marks {
    let mut states: BTreeMap<Arc<str>, StateMark> = BTreeMap::new();
    for (i, visit) in story.visits.iter().enumerate() {
        let new = of_visit(visit, VisitIx(i), now, &waits);
        match states.get_mut(&visit.state) {
            Some(old) => merge(old, &new, visit, now),
            None => {
                states.insert(Arc::clone(&visit.state), new);
            }
        }
    }
    Marks {
        states,
        edges: edges(story),
        reached_end: ended_well(story),
    }
}

fn ended_well(story: &Story) -> bool {
    story
        .end
        .as_ref()
        .is_some_and(|e| e.outcome == super::story::Outcome::Succeeded)
}

fn of_visit(visit: &Visit, ix: VisitIx, now: Time, waits: &impl Fn(&str) -> bool) -> StateMark {
    let mark = match &visit.condition {
        Condition::Running if waits(&visit.state) => Mark::Waiting,
        Condition::Running => Mark::Running,
        Condition::Succeeded => Mark::Succeeded,
        Condition::Caught(fault) if fault.error == "States.Timeout" => Mark::TimedOut,
        Condition::Caught(_) | Condition::Failed(_) => Mark::Failed,
        Condition::TimedOut(_) => Mark::TimedOut,
        Condition::Aborted => Mark::Aborted,
    };
    StateMark {
        mark,
        caught: matches!(visit.condition, Condition::Caught(_)),
        attempts: visit.attempts.len(),
        visits: 1,
        entered: visit.entered,
        took_ms: visit.took(now),
        shown: ix,
    }
}

/// What is under way comes first, then what went wrong, then what went well.
fn weight(mark: Mark) -> u8 {
    match mark {
        Mark::Waiting => 6,
        Mark::Running => 5,
        Mark::Failed => 4,
        Mark::TimedOut => 3,
        Mark::Aborted => 2,
        Mark::Succeeded => 1,
        Mark::Skipped => 0,
    }
}

/// Visits side by side (iterations) show the gravest; visits one after the other (a loop) show the latest.
fn merge(old: &mut StateMark, new: &StateMark, visit: &Visit, now: Time) {
    let in_map = visit.iteration.is_some();
    if !in_map || weight(new.mark) >= weight(old.mark) {
        old.mark = new.mark;
        old.caught = new.caught;
        old.shown = new.shown;
    }
    old.attempts += new.attempts;
    old.visits += 1;
    old.took_ms = old
        .took_ms
        .max(visit.ended.unwrap_or(now).0 - old.entered.0);
}

fn edges(story: &Story) -> BTreeSet<TakenEdge> {
    let name = |v: VisitIx| story.visit(v).map(|v| Arc::clone(&v.state));
    let taken = story.moves.iter().filter_map(|m| {
        Some(TakenEdge {
            from: m.from.and_then(name),
            to: name(m.to)?,
            after_error: m.after_error,
        })
    });
    taken.collect()
}

/// A stretch of a timeline bar, in milliseconds since the run began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Where it begins.
    pub from_ms: i64,
    /// Where it ends.
    pub to_ms: i64,
    /// What it shows.
    pub look: Look,
}

/// How a stretch looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Work that ended or stands so.
    Work(Mark),
    /// The whole time of a container.
    Around(Mark),
    /// The pause before a retry.
    Backoff,
}

/// The stretches of all visits of one state, in order of time.
pub fn stretches(
    story: &Story,
    state: &str,
    now: Time,
    waits: impl Fn(&str) -> bool,
) -> Vec<Stretch> {
    let mut all = Vec::new();
    for (ix, visit) in story.visits_of(state) {
        let mark = of_visit(visit, ix, now, &waits).mark;
        visit_stretches(story, visit, mark, now, &mut all);
    }
    all
}

/// The times in which a visit was open and its run was not over.
fn open_times(story: &Story, visit: &Visit, now: Time) -> Vec<(Time, Time)> {
    let (mut from, end) = (visit.entered, visit.ended.unwrap_or(now));
    let mut times = Vec::new();
    let pauses = story.redrives.iter();
    for pause in pauses.filter(|p| visit.entered <= p.ended && p.again <= end) {
        times.push((from, pause.ended));
        from = pause.again;
    }
    times.push((from, end));
    times
}

fn visit_stretches(story: &Story, visit: &Visit, mark: Mark, now: Time, all: &mut Vec<Stretch>) {
    let start = story.started.unwrap_or_default();
    let at = |t: Time| (t.0 - start.0).max(0);
    let end = visit.ended.unwrap_or(now);
    if matches!(&*visit.kind, "Map" | "Parallel") || visit.attempts.is_empty() {
        let look = if visit.attempts.is_empty() {
            Look::Work(mark)
        } else {
            Look::Around(mark)
        };
        let times = open_times(story, visit, now);
        all.extend(times.into_iter().map(|(from, to)| Stretch {
            from_ms: at(from),
            to_ms: at(to),
            look,
        }));
        return;
    }
    for (i, attempt) in visit.attempts.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|p| visit.attempts[p].ended);
        if let Some(before) = before.filter(|_| !attempt.after_redrive) {
            all.push(Stretch {
                from_ms: at(before),
                to_ms: at(attempt.started),
                look: Look::Backoff,
            });
        }
        let look = match &attempt.outcome {
            Some(Ok(())) => Mark::Succeeded,
            Some(Err(_)) => Mark::Failed,
            None if i + 1 < visit.attempts.len() => Mark::Aborted,
            None => mark,
        };
        all.push(Stretch {
            from_ms: at(attempt.started),
            to_ms: at(attempt.ended.unwrap_or(end)),
            look: Look::Work(look),
        });
    }
    if let (Some(last), None) = (visit.attempts.last().and_then(|a| a.ended), visit.ended) {
        all.push(Stretch {
            from_ms: at(last),
            to_ms: at(now),
            look: Look::Backoff,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::RunEvent;
    use serde_json::{Value, json};

    fn event(id: u64, previous: u64, kind: &str, details: Value) -> RunEvent {
        RunEvent {
            id,
            previous,
            time: Time(i64::try_from(id).expect("small") * 1000),
            kind: kind.to_owned(),
            details,
        }
    }

    fn retried() -> Vec<RunEvent> {
        vec![
            event(1, 0, "ExecutionStarted", json!({})),
            event(2, 0, "TaskStateEntered", json!({"name": "Train"})),
            event(3, 2, "TaskScheduled", json!({})),
            event(4, 3, "TaskFailed", json!({"error": "Oops"})),
            event(6, 4, "TaskScheduled", json!({})),
        ]
    }

    #[test]
    fn a_task_under_review_waits_and_one_under_way_runs() {
        let story = Story::of(&retried());
        let now = Time(9000);
        assert_eq!(
            marks(&story, now, |_| false).states["Train"].mark,
            Mark::Running
        );
        assert_eq!(
            marks(&story, now, |s| s == "Train").states["Train"].mark,
            Mark::Waiting
        );
    }

    #[test]
    fn a_retry_is_drawn_as_failure_pause_and_work() {
        let story = Story::of(&retried());
        let drawn = stretches(&story, "Train", Time(9000), |_| false);
        let wanted = [
            Stretch {
                from_ms: 2000,
                to_ms: 3000,
                look: Look::Work(Mark::Failed),
            },
            Stretch {
                from_ms: 3000,
                to_ms: 5000,
                look: Look::Backoff,
            },
            Stretch {
                from_ms: 5000,
                to_ms: 8000,
                look: Look::Work(Mark::Running),
            },
        ];
        assert_eq!(drawn, wanted);
    }

    #[test]
    fn a_loop_shows_its_latest_visit_and_iterations_the_gravest() {
        let fail = || json!({"error": "Oops"});
        let each = |i: u64| json!({"name": "Each", "index": i});
        let story = Story::of(&[
            event(1, 0, "ExecutionStarted", json!({})),
            event(2, 0, "MapStateEntered", json!({"name": "Each"})),
            event(3, 2, "MapStateStarted", json!({"length": 2})),
            event(4, 3, "MapIterationStarted", each(0)),
            event(5, 4, "TaskStateEntered", json!({"name": "Work"})),
            event(6, 5, "TaskScheduled", json!({})),
            event(7, 6, "TaskFailed", fail()),
            event(8, 7, "TaskStateExited", json!({"name": "Work"})),
            event(9, 8, "MapIterationSucceeded", each(0)),
            event(10, 8, "MapIterationStarted", each(1)),
            event(11, 10, "TaskStateEntered", json!({"name": "Work"})),
            event(12, 11, "TaskStateExited", json!({"name": "Work"})),
        ]);
        let work = &marks(&story, Time(13_000), |_| false).states["Work"];
        assert_eq!(
            (work.mark, work.visits, work.attempts),
            (Mark::Failed, 2, 1)
        );
        assert!(work.caught);
    }

    #[test]
    fn an_edge_after_an_error_is_told_from_the_plain_one() {
        let story = Story::of(&[
            event(1, 0, "ExecutionStarted", json!({})),
            event(2, 0, "TaskStateEntered", json!({"name": "Train"})),
            event(3, 2, "TaskScheduled", json!({})),
            event(4, 3, "TaskFailed", json!({"error": "Oops"})),
            event(5, 4, "TaskStateExited", json!({"name": "Train"})),
            event(6, 5, "PassStateEntered", json!({"name": "Alert"})),
        ]);
        let edges = marks(&story, Time(0), |_| false).edges;
        let bad = TakenEdge {
            from: Some("Train".into()),
            to: "Alert".into(),
            after_error: true,
        };
        assert!(edges.contains(&bad));
        assert_eq!(edges.len(), 2);
    }

    #[test]
    fn nothing_is_drawn_between_the_end_of_a_run_and_its_redrive() {
        let story = Story::of(&[
            event(1, 0, "ExecutionStarted", json!({})),
            event(2, 0, "WaitStateEntered", json!({"name": "Rest"})),
            event(4, 0, "ExecutionAborted", json!({})),
            event(7, 4, "ExecutionRedriven", json!({})),
        ]);
        let drawn = stretches(&story, "Rest", Time(9000), |_| false);
        let part = |from_ms, to_ms| Stretch {
            from_ms,
            to_ms,
            look: Look::Work(Mark::Running),
        };
        assert_eq!(drawn, [part(1000, 3000), part(6000, 8000)]);
    }

    #[test]
    fn a_redriven_task_has_no_pause_of_a_retry() {
        let story = Story::of(&[
            event(1, 0, "ExecutionStarted", json!({})),
            event(2, 0, "TaskStateEntered", json!({"name": "Train"})),
            event(3, 2, "TaskScheduled", json!({})),
            event(4, 0, "ExecutionAborted", json!({})),
            event(6, 4, "ExecutionRedriven", json!({})),
            event(7, 3, "TaskScheduled", json!({})),
        ]);
        let drawn = stretches(&story, "Train", Time(9000), |_| false);
        let looks: Vec<Look> = drawn.iter().map(|s| s.look).collect();
        assert_eq!(
            looks,
            [Look::Work(Mark::Aborted), Look::Work(Mark::Running)]
        );
    }
}
