//! Claims about how a run is read from its events.

use super::*;
use serde_json::json;

/// Events in short: type, previous, details. Ids count from 1, one second apart.
fn events(list: &[(&str, u64, serde_json::Value)]) -> Vec<RunEvent> {
    (1_u64..)
        .zip(list)
        .map(|(id, (kind, previous, details))| RunEvent {
            id,
            previous: *previous,
            time: Time(i64::try_from(id).expect("small") * 1000),
            kind: (*kind).to_owned(),
            details: details.clone(),
        })
        .collect()
}

fn named(name: &str) -> serde_json::Value {
    json!({"name": name, "input": "{}", "output": "{}"})
}

fn conditions(story: &Story) -> Vec<(String, &'static str)> {
    story
        .visits
        .iter()
        .map(|v| (v.state.to_string(), word(&v.condition)))
        .collect()
}

fn word(condition: &Condition) -> &'static str {
    match condition {
        Condition::Running => "running",
        Condition::Succeeded => "succeeded",
        Condition::Caught(_) => "caught",
        Condition::Failed(_) => "failed",
        Condition::TimedOut(_) => "timed out",
        Condition::Aborted => "aborted",
    }
}

fn expect(story: &Story, wanted: &[(&str, &'static str)]) {
    let wanted: Vec<_> = wanted.iter().map(|(n, c)| ((*n).to_owned(), *c)).collect();
    assert_eq!(conditions(story), wanted);
}

#[test]
fn a_retried_task_has_one_visit_with_two_attempts() {
    let oops = json!({"error": "Oops", "cause": "first"});
    let story = Story::of(&events(&[
        ("ExecutionStarted", 0, json!({"input": "{}"})),
        ("TaskStateEntered", 0, named("Train")),
        (
            "TaskScheduled",
            2,
            json!({"parameters": "{}", "resource": "invoke"}),
        ),
        ("TaskStarted", 3, json!({})),
        ("TaskFailed", 4, oops),
        ("TaskScheduled", 5, json!({"parameters": "{}"})),
        ("TaskStarted", 6, json!({})),
        ("TaskSucceeded", 7, json!({"output": "1"})),
        ("TaskStateExited", 8, named("Train")),
        ("ExecutionSucceeded", 9, json!({"output": "1"})),
    ]));
    expect(&story, &[("Train", "succeeded")]);
    let visit = &story.visits[0];
    assert_eq!(visit.attempts.len(), 2);
    assert!(matches!(&visit.attempts[0].outcome, Some(Err(f)) if f.cause == "first"));
    assert_eq!(visit.attempts[1].outcome, Some(Ok(())));
    assert_eq!(visit.took(Time(0)), 7000);
    assert_eq!(story.end.map(|e| e.outcome), Some(Outcome::Succeeded));
}

#[test]
fn between_two_attempts_the_visit_still_runs() {
    let story = Story::of(&events(&[
        ("ExecutionStarted", 0, json!({})),
        ("TaskStateEntered", 0, named("Train")),
        ("TaskScheduled", 2, json!({})),
        ("TaskFailed", 3, json!({"error": "Oops"})),
    ]));
    expect(&story, &[("Train", "running")]);
    assert!(story.visits[0].pending.is_some());
}

#[test]
fn a_caught_error_leads_to_the_next_state_as_an_error_move() {
    let story = Story::of(&events(&[
        ("ExecutionStarted", 0, json!({})),
        ("TaskStateEntered", 0, named("Train")),
        ("TaskScheduled", 2, json!({})),
        ("TaskFailed", 3, json!({"error": "Oops"})),
        ("TaskStateExited", 4, named("Train")),
        ("PassStateEntered", 5, named("Alert")),
        ("PassStateExited", 6, named("Alert")),
        ("ExecutionSucceeded", 7, json!({})),
    ]));
    expect(&story, &[("Train", "caught"), ("Alert", "succeeded")]);
    assert_eq!(
        story.moves[1],
        Move {
            from: Some(VisitIx(0)),
            to: VisitIx(1),
            after_error: true
        }
    );
}

#[test]
fn an_uncaught_error_fails_the_state_at_the_end_of_the_run() {
    let story = Story::of(&events(&[
        ("ExecutionStarted", 0, json!({})),
        ("TaskStateEntered", 0, named("Train")),
        ("LambdaFunctionScheduled", 2, json!({"input": "{}"})),
        ("LambdaFunctionStarted", 3, json!(null)),
        (
            "LambdaFunctionFailed",
            4,
            json!({"error": "Oops", "cause": "why"}),
        ),
        (
            "ExecutionFailed",
            5,
            json!({"error": "Oops", "cause": "why"}),
        ),
    ]));
    expect(&story, &[("Train", "failed")]);
    assert_eq!(
        story.visits[0].last_fault(),
        Some(Fault {
            error: "Oops".into(),
            cause: "why".into()
        })
    );
}

#[test]
fn a_choice_without_a_match_is_the_state_that_failed() {
    let story = Story::of(&events(&[
        ("ExecutionStarted", 0, json!({})),
        ("ChoiceStateEntered", 0, named("Pick")),
        (
            "ExecutionFailed",
            2,
            json!({"error": "States.NoChoiceMatched"}),
        ),
    ]));
    expect(&story, &[("Pick", "failed")]);
}

#[test]
fn a_stopped_run_leaves_its_open_states_aborted() {
    let story = Story::of(&events(&[
        ("ExecutionStarted", 0, json!({})),
        ("TaskStateEntered", 0, named("Ask")),
        ("ActivityScheduled", 2, json!({"input": "{}"})),
        ("ExecutionAborted", 0, json!({"cause": "enough"})),
    ]));
    expect(&story, &[("Ask", "aborted")]);
}

#[test]
fn branches_lie_inside_their_parallel_and_what_follows_does_not() {
    let story = Story::of(&events(&[
        ("ExecutionStarted", 0, json!({})),
        ("ParallelStateEntered", 0, named("Both")),
        ("ParallelStateStarted", 2, json!(null)),
        ("PassStateEntered", 3, named("A")),
        ("PassStateExited", 4, named("A")),
        ("PassStateEntered", 3, named("B")),
        ("PassStateExited", 6, named("B")),
        ("ParallelStateSucceeded", 7, json!(null)),
        ("ParallelStateExited", 7, named("Both")),
        ("PassStateEntered", 9, named("C")),
        ("PassStateExited", 10, named("C")),
        ("ExecutionSucceeded", 11, json!({})),
    ]));
    expect(
        &story,
        &[
            ("Both", "succeeded"),
            ("A", "succeeded"),
            ("B", "succeeded"),
            ("C", "succeeded"),
        ],
    );
    let parents: Vec<_> = story.visits.iter().map(|v| v.parent).collect();
    assert_eq!(parents, [None, Some(VisitIx(0)), Some(VisitIx(0)), None]);
    assert_eq!(story.moves[3].from, Some(VisitIx(0)));
    assert_eq!(story.moves[2].from, None);
}

#[test]
fn a_failing_branch_fails_the_parallel_and_aborts_its_sibling() {
    let story = Story::of(&events(&[
        ("ExecutionStarted", 0, json!({})),
        ("ParallelStateEntered", 0, named("Both")),
        ("ParallelStateStarted", 2, json!(null)),
        ("TaskStateEntered", 3, named("A")),
        ("TaskScheduled", 4, json!({})),
        ("WaitStateEntered", 3, named("B")),
        ("TaskFailed", 5, json!({"error": "Oops"})),
        ("TaskStateAborted", 7, json!(null)),
        ("ParallelStateFailed", 7, json!(null)),
        ("ParallelStateExited", 9, named("Both")),
        ("PassStateEntered", 10, named("Alert")),
    ]));
    expect(
        &story,
        &[
            ("Both", "caught"),
            ("A", "failed"),
            ("B", "aborted"),
            ("Alert", "running"),
        ],
    );
}

#[test]
fn iterations_of_a_map_are_told_apart() {
    let item = |i: u64| json!({"name": "Each", "index": i});
    let story = Story::of(&events(&[
        ("ExecutionStarted", 0, json!({})),
        ("MapStateEntered", 0, named("Each")),
        ("MapStateStarted", 2, json!({"length": 2})),
        ("MapIterationStarted", 3, item(0)),
        ("PassStateEntered", 4, named("Work")),
        ("PassStateExited", 5, named("Work")),
        ("MapIterationSucceeded", 6, item(0)),
        ("MapIterationStarted", 6, item(1)),
        ("PassStateEntered", 8, named("Work")),
        ("PassStateExited", 9, named("Work")),
        ("MapIterationSucceeded", 10, item(1)),
        ("MapStateSucceeded", 11, json!(null)),
        ("MapStateExited", 11, named("Each")),
        ("ExecutionSucceeded", 13, json!({})),
    ]));
    expect(
        &story,
        &[
            ("Each", "succeeded"),
            ("Work", "succeeded"),
            ("Work", "succeeded"),
        ],
    );
    let iterations: Vec<_> = story.visits.iter().map(|v| v.iteration).collect();
    assert_eq!(iterations, [None, Some(0), Some(1)]);
    assert_eq!(
        story.visits[0].items,
        Some(Items {
            total: 2,
            succeeded: 2,
            failed: 0,
            place: Place::Here,
        })
    );
    assert_eq!(story.depth(VisitIx(2)), 1);
}

#[test]
fn a_retried_map_counts_its_attempts() {
    let item = json!({"name": "Each", "index": 0});
    let story = Story::of(&events(&[
        ("ExecutionStarted", 0, json!({})),
        ("MapStateEntered", 0, named("Each")),
        ("MapStateStarted", 2, json!({"length": 1})),
        ("MapIterationStarted", 3, item.clone()),
        ("TaskStateEntered", 4, named("Work")),
        ("TaskScheduled", 5, json!({})),
        ("TaskFailed", 6, json!({"error": "Oops"})),
        ("MapIterationFailed", 7, item.clone()),
        ("MapStateStarted", 7, json!({"length": 1})),
        ("MapIterationStarted", 9, item),
        ("TaskStateEntered", 10, named("Work")),
    ]));
    expect(
        &story,
        &[("Each", "running"), ("Work", "failed"), ("Work", "running")],
    );
    assert_eq!(story.visits[0].attempts.len(), 2);
}

#[test]
fn an_unknown_event_changes_nothing() {
    let story = Story::of(&events(&[
        ("ExecutionStarted", 0, json!({})),
        ("SomethingNew", 1, json!({})),
    ]));
    assert!(story.visits.is_empty());
}

/// A task that failed, was redriven, and has not ended again; as the interpreter tells it.
fn redriven_task() -> Vec<RunEvent> {
    let oops = || json!({"error": "Oops", "cause": "first"});
    events(&[
        ("ExecutionStarted", 0, json!({})),
        ("PassStateEntered", 0, named("Read")),
        ("PassStateExited", 2, named("Read")),
        ("TaskStateEntered", 3, named("Train")),
        ("TaskScheduled", 4, json!({})),
        ("TaskFailed", 5, oops()),
        ("ExecutionFailed", 6, oops()),
        ("ExecutionRedriven", 7, json!({"redriveCount": 1})),
        ("TaskScheduled", 6, json!({})),
    ])
}

#[test]
fn a_redriven_run_is_open_again_and_its_failed_state_is_at_work() {
    let story = Story::of(&redriven_task());
    assert_eq!(story.end, None);
    expect(&story, &[("Read", "succeeded"), ("Train", "running")]);
    let redrive = Redrive {
        ended: Time(7000),
        again: Time(8000),
    };
    assert_eq!(story.redrives, [redrive]);
    let after: Vec<bool> = story.visits[1]
        .attempts
        .iter()
        .map(|a| a.after_redrive)
        .collect();
    assert_eq!(after, [false, true]);
    assert_eq!(story.visit_of(9), Some(VisitIx(1)));
    assert_eq!(story.visit_of(8), None);
}

#[test]
fn a_redriven_state_took_the_time_in_which_its_run_went_on() {
    let mut list = redriven_task();
    let tail = [
        ("TaskSucceeded", 9, json!({"output": "1"})),
        ("TaskStateExited", 10, named("Train")),
        ("ExecutionSucceeded", 11, json!({})),
    ];
    list.extend((10..).zip(events(&tail)).map(|(id, event)| RunEvent {
        id,
        time: Time(id as i64 * 1000),
        ..event
    }));
    let story = Story::of(&list);
    expect(&story, &[("Read", "succeeded"), ("Train", "succeeded")]);
    assert_eq!(story.visits[1].took(Time(0)), 11_000 - 4000 - 1000);
    assert_eq!(story.end.map(|e| e.outcome), Some(Outcome::Succeeded));
}

#[test]
fn a_wait_without_events_of_its_own_goes_on_with_a_redrive() {
    let mut list = events(&[
        ("ExecutionStarted", 0, json!({})),
        ("WaitStateEntered", 0, named("Rest")),
        ("ExecutionAborted", 0, json!({})),
        ("ExecutionRedriven", 3, json!({})),
    ]);
    expect(&Story::of(&list), &[("Rest", "running")]);
    let stopped = events(&[("ExecutionAborted", 0, json!({"cause": "enough"}))]);
    list.extend(stopped.into_iter().map(|event| RunEvent { id: 5, ..event }));
    let story = Story::of(&list);
    expect(&story, &[("Rest", "aborted")]);
    assert!(story.end.is_some());
}

#[test]
fn a_fail_state_is_entered_again_from_where_it_was_reached_before() {
    let story = Story::of(&events(&[
        ("ExecutionStarted", 0, json!({})),
        ("PassStateEntered", 0, named("Read")),
        ("PassStateExited", 2, named("Read")),
        ("FailStateEntered", 3, named("Stop")),
        ("ExecutionFailed", 4, json!({"error": "No"})),
        ("ExecutionRedriven", 5, json!({})),
        ("FailStateEntered", 4, named("Stop")),
        ("ExecutionFailed", 7, json!({"error": "No"})),
    ]));
    expect(
        &story,
        &[
            ("Read", "succeeded"),
            ("Stop", "failed"),
            ("Stop", "failed"),
        ],
    );
    let from: Vec<_> = story.moves.iter().map(|m| m.from).collect();
    assert_eq!(from, [None, Some(VisitIx(0)), Some(VisitIx(0))]);
}

#[test]
fn a_redrive_keeps_what_succeeded_in_a_map_and_opens_its_last_attempt() {
    let item = |i: u64| json!({"name": "Each", "index": i});
    let oops = || json!({"error": "Oops"});
    let list = events(&[
        ("ExecutionStarted", 0, json!({})),
        ("MapStateEntered", 0, named("Each")),
        ("MapStateStarted", 2, json!({"length": 2})),
        ("MapIterationStarted", 3, item(0)),
        ("TaskStateEntered", 4, named("Work")),
        ("TaskScheduled", 5, json!({})),
        ("TaskFailed", 6, oops()),
        ("MapIterationFailed", 7, item(0)),
        ("MapStateStarted", 8, json!({"length": 2})),
        ("MapIterationStarted", 9, item(0)),
        ("TaskStateEntered", 10, named("Work")),
        ("TaskScheduled", 11, json!({})),
        ("TaskSucceeded", 12, json!({})),
        ("TaskStateExited", 13, named("Work")),
        ("MapIterationSucceeded", 14, item(0)),
        ("MapIterationStarted", 9, item(1)),
        ("TaskStateEntered", 16, named("Work")),
        ("TaskScheduled", 17, json!({})),
        ("TaskFailed", 18, oops()),
        ("MapIterationFailed", 19, item(1)),
        ("MapStateFailed", 20, json!(null)),
        ("ExecutionFailed", 21, oops()),
        ("ExecutionRedriven", 22, json!({})),
        ("TaskScheduled", 19, json!({})),
        ("TaskSucceeded", 24, json!({})),
        ("TaskStateExited", 25, named("Work")),
        ("MapIterationSucceeded", 26, item(1)),
        ("MapStateSucceeded", 27, json!(null)),
        ("MapStateExited", 28, named("Each")),
        ("ExecutionSucceeded", 29, json!({})),
    ]);
    let at_work = Story::of(&list[..24]);
    expect(
        &at_work,
        &[
            ("Each", "running"),
            ("Work", "failed"),
            ("Work", "succeeded"),
            ("Work", "running"),
        ],
    );
    assert_eq!(at_work.visits[0].attempts.len(), 3);
    let counts = |s: &Story| s.visits[0].items.map(|i| (i.succeeded, i.failed));
    assert_eq!(counts(&at_work), Some((1, 0)));
    let story = Story::of(&list);
    assert_eq!(counts(&story), Some((2, 0)));
    expect(
        &story,
        &[
            ("Each", "succeeded"),
            ("Work", "failed"),
            ("Work", "succeeded"),
            ("Work", "succeeded"),
        ],
    );
    assert_eq!(story.visits[0].attempts[2].outcome, Some(Ok(())));
}

#[test]
fn a_map_that_begins_anew_after_a_redrive_leaves_its_earlier_items_as_they_were() {
    let item = |i: u64| json!({"name": "Each", "index": i});
    let story = Story::of(&events(&[
        ("ExecutionStarted", 0, json!({})),
        ("MapStateEntered", 0, named("Each")),
        ("MapStateStarted", 2, json!({"length": 1})),
        ("MapIterationStarted", 3, item(0)),
        ("TaskStateEntered", 4, named("Work")),
        ("TaskScheduled", 5, json!({})),
        ("TaskFailed", 6, json!({"error": "Oops"})),
        ("MapIterationFailed", 7, item(0)),
        ("MapStateFailed", 8, json!(null)),
        ("ExecutionFailed", 9, json!({"error": "Oops"})),
        ("ExecutionRedriven", 10, json!({})),
        ("MapStateStarted", 9, json!({"length": 1})),
        ("MapIterationStarted", 12, item(0)),
        ("TaskStateEntered", 13, named("Work")),
    ]));
    expect(
        &story,
        &[("Each", "running"), ("Work", "failed"), ("Work", "running")],
    );
    let after: Vec<bool> = story.visits[0]
        .attempts
        .iter()
        .map(|a| a.after_redrive)
        .collect();
    assert_eq!(after, [false, true]);
}

#[test]
fn a_distributed_map_goes_on_when_its_map_run_is_redriven() {
    let list = events(&[
        ("ExecutionStarted", 0, json!({})),
        ("MapStateEntered", 0, named("Each")),
        ("MapStateStarted", 2, json!({"length": 2})),
        ("MapRunStarted", 3, json!({"mapRunArn": "arn"})),
        ("MapRunFailed", 4, json!({"error": "Oops"})),
        ("MapStateFailed", 5, json!({"error": "Oops"})),
        ("ExecutionFailed", 6, json!({"error": "Oops"})),
        ("ExecutionRedriven", 7, json!({"redriveCount": 1})),
        ("MapRunRedriven", 6, json!({"redriveCount": 1})),
        ("MapRunSucceeded", 9, json!(null)),
        ("MapStateSucceeded", 10, json!(null)),
        ("MapStateExited", 11, named("Each")),
        ("ExecutionSucceeded", 12, json!({})),
    ]);
    expect(&Story::of(&list[..9]), &[("Each", "running")]);
    let story = Story::of(&list);
    expect(&story, &[("Each", "succeeded")]);
    assert_eq!(story.visit_of(9), Some(VisitIx(0)));
    assert_eq!(story.visits[0].attempts.len(), 2);
    assert_eq!(
        story.visits[0].items.map(|i| i.place),
        Some(Place::Elsewhere)
    );
}
