//! The store as a whole, on a real file.

use super::journal::*;
use super::redrive::{Reopening, WINDOW_MS};
use super::*;
use crate::arn::{ExecutionArn, Home};
use asl::check::MachineType;
use serde_json::json;

pub(super) fn home() -> Home {
    Home {
        region: "us-east-1".into(),
        account_id: "123456789012".into(),
    }
}

pub(super) async fn machine(store: &Store) -> (Machine, i64) {
    let create = CreateMachine {
        arn: home().machine("train"),
        machine_type: MachineType::Standard,
        definition: "{}".into(),
        role_arn: "role".into(),
        settings: json!({}),
        tags: Tags::new(),
        publish: None,
    };
    store.create_machine(create, 1_000).await.unwrap();
    let target = home().machine("train").into();
    let found = store.runnable(&target, 0).await.unwrap().unwrap();
    (found.machine, found.revision)
}

pub(super) fn arn(name: &str) -> ExecutionArn {
    home().execution("train", name)
}

fn pieces(first_id: u64, last_id: u64) -> Vec<Piece> {
    let events = (first_id..=last_id).map(|id| json!({"id": id}).to_string());
    Piece::all(first_id, events)
}

fn started(id: i64, name: &str, revision: i64) -> Record {
    Record {
        execution: id,
        now_ms: 2_000,
        new: Some(NewExecution {
            arn: arn(name),
            machine_arn: home().machine("train"),
            revision,
            version: None,
            alias: None,
            start_ms: 2_000,
            input: "{}".into(),
            case: None,
            child_of: None,
            waited_by: None,
        }),
        pieces: pieces(1, 3),
        snapshot: "state 1".into(),
        ..Record::default()
    }
}

/// The end of a failed execution that can be redriven.
fn failed(id: i64, now_ms: i64) -> Record {
    Record {
        execution: id,
        now_ms,
        finished: Some(Finished {
            status: ExecutionStatus::Failed,
            output: None,
            error: Some("E".into()),
            cause: None,
            redrivable: Some(format!("last state of {id}")),
        }),
        ..Record::default()
    }
}

fn redriven(id: i64, now_ms: i64, token: &str) -> Record {
    Record {
        execution: id,
        now_ms,
        reopening: Some(Reopening::Redrive {
            token: Some(token.into()),
        }),
        snapshot: "state 2".into(),
        ..Record::default()
    }
}

pub(super) fn people_task(task: u64) -> (NewTask, NewReview) {
    let activity = home().activity("ask");
    let new = NewTask {
        task,
        token_hash: [task as u8; 32],
        kind: TaskKind::People,
        activity: Some(activity.clone()),
    };
    let review = NewReview {
        id: format!("review-{task}"),
        task,
        activity,
        state: "Ask".into(),
        input: r#"{"Question":"Ship?"}"#.into(),
        due_ms: Some(9_000),
    };
    (new, review)
}

#[tokio::test]
async fn a_machine_is_created_once_and_keeps_its_revisions() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let (first, revision) = machine(&store).await;
    let create = CreateMachine {
        arn: first.arn.clone(),
        machine_type: MachineType::Express,
        definition: "other".into(),
        role_arn: "other".into(),
        settings: json!({}),
        tags: Tags::new(),
        publish: None,
    };
    let again = store.create_machine(create, 5_000).await.unwrap();
    assert!(again.was_there);
    assert_eq!(again.machine, first);
    let change = MachineChange {
        definition: Some("{\"v\":2}".into()),
        ..MachineChange::default()
    };
    let (second, _) = store
        .update_machine(&first.arn, change, None, 6_000)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (
            second.role_arn.as_str(),
            second.updated_ms,
            second.created_ms
        ),
        ("role", 6_000, 1_000)
    );
    assert_ne!(second.revision_id, first.revision_id);
    assert_eq!(store.revision(revision).await.unwrap().definition, "{}");
    let deletion = store.delete_machine(&first.arn).await.unwrap();
    assert_eq!(deletion, Deletion::Done);
    assert_eq!(store.machine(&first.arn).await.unwrap(), None);
}

#[tokio::test]
async fn machines_come_in_pages_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    for name in ["b", "a", "c"] {
        let create = CreateMachine {
            arn: home().machine(name),
            machine_type: MachineType::Standard,
            definition: "{}".into(),
            role_arn: "role".into(),
            settings: json!({}),
            tags: Tags::new(),
            publish: None,
        };
        store.create_machine(create, 1).await.unwrap();
    }
    let first = store.machines(None, 2).await.unwrap();
    let names: Vec<_> = first
        .machines
        .iter()
        .map(|machine| machine.name.as_str())
        .collect();
    assert_eq!((names, first.next.as_deref()), (vec!["a", "b"], Some("b")));
    let second = store.machines(first.next, 2).await.unwrap();
    assert_eq!((second.machines.len(), second.next), (1, None));
}

#[tokio::test]
async fn a_taken_name_writes_nothing_and_says_what_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let (_, revision) = machine(&store).await;
    assert!(matches!(
        store.record(started(1, "run", revision)).await.unwrap(),
        Recorded::Done { .. }
    ));
    let second = store.record(started(2, "run", revision)).await.unwrap();
    assert!(matches!(
        second,
        Recorded::NameTaken(Existing {
            status: ExecutionStatus::Running,
            ..
        })
    ));
    assert_eq!(store.last_execution().await.unwrap(), 1);
    assert!(store.resumable(2).await.unwrap().is_none());
}

#[tokio::test]
async fn history_is_read_in_both_orders_across_pieces() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let (_, revision) = machine(&store).await;
    store.record(started(1, "run", revision)).await.unwrap();
    store.record(started(2, "other", revision)).await.unwrap();
    let next = Record {
        execution: 1,
        now_ms: 3_000,
        pieces: pieces(4, 7),
        ..Record::default()
    };
    store.record(next).await.unwrap();
    let read = async |from, reverse, limit| {
        let page = store
            .history(
                &arn("run"),
                HistoryQuery {
                    from,
                    reverse,
                    limit,
                },
            )
            .await
            .unwrap()
            .unwrap();
        let ids: Vec<_> = page
            .events
            .iter()
            .inspect(|event| assert_eq!(event.text.get(), json!({"id": event.id}).to_string()))
            .map(|event| event.id)
            .collect();
        (ids, page.next)
    };
    assert_eq!(
        read(None, false, 100).await,
        (vec![1, 2, 3, 4, 5, 6, 7], None)
    );
    assert_eq!(read(None, false, 2).await, (vec![1, 2], Some(3)));
    assert_eq!(read(Some(3), false, 2).await, (vec![3, 4], Some(5)));
    assert_eq!(read(Some(5), false, 3).await, (vec![5, 6, 7], None));
    assert_eq!(read(None, true, 2).await, (vec![7, 6], Some(5)));
    assert_eq!(read(Some(5), true, 4).await, (vec![5, 4, 3, 2], Some(1)));
    assert_eq!(read(Some(9), false, 4).await, (vec![], None));
    assert!(
        store
            .history(
                &arn("none"),
                HistoryQuery {
                    from: None,
                    reverse: false,
                    limit: 1
                }
            )
            .await
            .unwrap()
            .is_none()
    );
}

#[tokio::test]
async fn executions_come_newest_first_by_machine_and_status() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let (_, revision) = machine(&store).await;
    for id in 1..=3 {
        store
            .record(started(id, &format!("run-{id}"), revision))
            .await
            .unwrap();
    }
    let end = Finished {
        status: ExecutionStatus::Failed,
        output: None,
        error: Some("E".into()),
        cause: None,
        redrivable: None,
    };
    let last = Record {
        execution: 2,
        now_ms: 4_000,
        finished: Some(end),
        ..Record::default()
    };
    store.record(last).await.unwrap();
    let filter = ExecutionFilter {
        target: Some(home().machine("train").into()),
        ..ExecutionFilter::default()
    };
    let page = store.executions(filter.clone(), None, 2).await.unwrap();
    let names: Vec<_> = page
        .executions
        .iter()
        .map(|execution| execution.arn.name())
        .collect();
    let next = ListPlace {
        at_ms: 2_000,
        id: 1,
    };
    assert_eq!((names, page.next), (vec!["run-2", "run-3"], Some(next)));
    let rest = store
        .executions(filter.clone(), page.next, 2)
        .await
        .unwrap();
    assert_eq!(rest.executions[0].arn.name(), "run-1");
    assert_eq!((rest.executions.len(), rest.next), (1, None));
    let filter = ExecutionFilter {
        status: Some(ExecutionStatus::Failed),
        ..ExecutionFilter::default()
    };
    let failed = store.executions(filter, None, 10).await.unwrap();
    assert_eq!(failed.executions[0].stop_ms, Some(4_000));
    let described = store.execution(&arn("run-2")).await.unwrap().unwrap();
    assert_eq!(described.error.as_deref(), Some("E"));
    let definition = store.definition_of(&arn("run-2")).await.unwrap();
    assert_eq!(definition.as_deref(), Some("{}"));
}

#[tokio::test]
async fn an_unfinished_execution_is_there_after_reopening_and_a_finished_one_costs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let (_, revision) = machine(&store).await;
    let (task, review) = people_task(7);
    let waiting = Record {
        timers_set: vec![(1, 5_000), (2, 90_000)],
        tasks_open: vec![task],
        reviews: vec![review],
        under_way: UnderWay::Tasks(2),
        ..started(1, "waits", revision)
    };
    store.record(waiting).await.unwrap();
    let end = Finished {
        status: ExecutionStatus::Succeeded,
        output: Some("{}".into()),
        error: None,
        cause: None,
        redrivable: None,
    };
    store
        .record(Record {
            finished: Some(end),
            ..started(2, "done", revision)
        })
        .await
        .unwrap();
    drop(store);
    let store = reopen(folder.path()).await;
    assert_eq!(store.count_unfinished().await.unwrap(), 1);
    let awake = store.awake(0, i64::MAX, 10).await.unwrap();
    assert_eq!(awake.len(), 1);
    assert_eq!(
        (awake[0].arn.name(), awake[0].snapshot.as_str()),
        ("waits", "state 1")
    );
    let (due, next) = store.timers(6_000).await.unwrap();
    assert_eq!(
        due,
        vec![DueTimer {
            execution: 1,
            timer: 1,
            due_ms: 5_000
        }]
    );
    assert_eq!(next, Some(90_000));
    assert_eq!(store.open_tasks().await.unwrap().len(), 1);
    assert!(store.token_task([7; 32]).await.unwrap().unwrap().open);
}

#[tokio::test]
async fn only_what_must_be_asked_again_is_awake_after_a_start() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let (_, revision) = machine(&store).await;
    let (person, _) = people_task(1);
    let with = |id, name, task: Option<&NewTask>, under_way| Record {
        tasks_open: task.into_iter().cloned().collect(),
        under_way,
        ..started(id, name, revision)
    };
    let callback = NewTask {
        token_hash: [9; 32],
        kind: TaskKind::Callback,
        activity: None,
        ..person.clone()
    };
    let records = [
        with(1, "timer", None, UnderWay::Nothing),
        with(2, "person", Some(&person), UnderWay::Tasks(1)),
        with(3, "function", None, UnderWay::Tasks(1)),
        with(4, "callback", Some(&callback), UnderWay::Tasks(1)),
        with(5, "map run", None, UnderWay::MapRuns),
    ];
    for record in records {
        store.record(record).await.unwrap();
    }
    let awake = async || -> Vec<i64> {
        let found = store.awake(0, i64::MAX, 10).await.unwrap();
        found.iter().map(|found| found.id).collect()
    };
    assert_eq!(awake().await, [3, 4, 5]);
    let request_answered = Record {
        execution: 4,
        tasks_taken: vec![1],
        under_way: UnderWay::Tasks(1),
        ..Record::default()
    };
    store.record(request_answered).await.unwrap();
    assert_eq!(awake().await, [3, 5]);
    assert_eq!(store.count_unfinished().await.unwrap(), 5);
}

/// Opens a folder whose last user may still be ending its writer thread.
async fn reopen(folder: &Path) -> Store {
    Store::open(folder).unwrap()
}

#[tokio::test]
async fn a_review_of_a_closed_task_is_gone_and_a_decided_one_stays_decided() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let (_, revision) = machine(&store).await;
    let ((task_7, review_7), (task_8, review_8)) = (people_task(7), people_task(8));
    let asked = Record {
        tasks_open: vec![task_7, task_8],
        reviews: vec![review_7, review_8],
        ..started(1, "run", revision)
    };
    store.record(asked).await.unwrap();
    assert_eq!(store.reviews(false, 10).await.unwrap().len(), 2);
    let decided = Decided {
        review: "review-7".into(),
        status: ReviewStatus::Approved,
        by: "Ada".into(),
        comment: None,
    };
    let record = Record {
        execution: 1,
        now_ms: 3_000,
        decided: Some(decided),
        tasks_closed: vec![7],
        ..Record::default()
    };
    let Recorded::Done { reviews_gone } = store.record(record).await.unwrap() else {
        panic!()
    };
    assert!(reviews_gone.is_empty());
    let end = Finished {
        status: ExecutionStatus::Aborted,
        output: None,
        error: None,
        cause: None,
        redrivable: None,
    };
    let record = Record {
        execution: 1,
        now_ms: 4_000,
        finished: Some(end),
        ..Record::default()
    };
    let Recorded::Done { reviews_gone } = store.record(record).await.unwrap() else {
        panic!()
    };
    assert_eq!(reviews_gone, ["review-8"]);
    let review = store.review("review-7").await.unwrap().unwrap();
    assert_eq!(
        (review.status, review.decided_by.as_deref()),
        (ReviewStatus::Approved, Some("Ada"))
    );
    assert!(!store.token_task([8; 32]).await.unwrap().unwrap().open);
}

#[tokio::test]
async fn tags_are_set_and_removed_on_machines_and_activities() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let tags = Tags::from_iter([("statecraft:answered-by".to_owned(), "people".to_owned())]);
    let ask = store
        .create_activity(&home().activity("ask"), tags, 1)
        .await
        .unwrap();
    assert!(ask.answered_by_people());
    let set = Tags::from_iter([("team".to_owned(), "vision".to_owned())]);
    assert!(
        store
            .change_tags(
                ask.arn.as_str(),
                set.clone(),
                vec!["statecraft:answered-by".into()]
            )
            .await
            .unwrap()
    );
    assert_eq!(store.tags(ask.arn.as_str()).await.unwrap(), Some(set));
    assert!(
        !store
            .change_tags("arn:none", Tags::new(), vec![])
            .await
            .unwrap()
    );
}

#[tokio::test]
async fn a_folder_in_use_and_a_newer_format_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    assert!(matches!(
        Store::open(folder.path()),
        Err(OpenError::InUse(_))
    ));
    drop(store);
    let connection = Connection::open(folder.path().join("statecraft.db")).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    assert!(matches!(
        Store::open(folder.path()),
        Err(OpenError::Newer { found: 99, .. })
    ));
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let error = Store::open(&file.join("below")).unwrap_err();
    assert!(error.to_string().contains("--data"), "{error}");
}

#[tokio::test]
async fn a_failed_execution_keeps_its_last_state_and_a_redriven_one_is_as_if_it_had_not_ended() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let (_, revision) = machine(&store).await;
    for id in 1..=2 {
        let name = format!("run-{id}");
        store.record(started(id, &name, revision)).await.unwrap();
        store.record(failed(id, 3_000)).await.unwrap();
    }
    assert_eq!(store.count_unfinished().await.unwrap(), 0);
    let kept = store.redrivable(1).await.unwrap().unwrap();
    assert_eq!(kept.snapshot, "last state of 1");
    store.record(redriven(1, 5_000, "t")).await.unwrap();
    assert!(store.redrivable(1).await.unwrap().is_none());
    let unfinished = store.resumable(1).await.unwrap().unwrap();
    assert_eq!(unfinished.snapshot, "state 2");
    let described = store.execution(&arn("run-1")).await.unwrap().unwrap();
    let summary = &described.summary;
    assert_eq!(
        (summary.status, summary.stop_ms, described.error.as_deref()),
        (ExecutionStatus::Running, None, None)
    );
    assert_eq!(
        (summary.redrive_count, summary.redrive_ms),
        (1, Some(5_000))
    );
    let filter = |redriven| ExecutionFilter {
        redriven,
        ..ExecutionFilter::default()
    };
    for (redriven, names) in [
        (None, vec!["run-1", "run-2"]),
        (Some(true), vec!["run-1"]),
        (Some(false), vec!["run-2"]),
    ] {
        let page = store.executions(filter(redriven), None, 10).await.unwrap();
        let found: Vec<_> = page.executions.iter().map(|e| e.arn.name()).collect();
        assert_eq!(found, names);
    }
}

#[tokio::test]
async fn the_last_ten_client_tokens_are_known_for_fifteen_minutes() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let (_, revision) = machine(&store).await;
    store.record(started(1, "run", revision)).await.unwrap();
    for at in 1..=11 {
        let token = format!("t{at}");
        store.record(failed(1, at * 1_000)).await.unwrap();
        store
            .record(redriven(1, at * 1_000 + 1, &token))
            .await
            .unwrap();
    }
    let known = async |token, now_ms| store.redriven_by(1, token, now_ms).await.unwrap();
    assert_eq!(known("t1", 12_000).await, None);
    assert_eq!(known("t2", 12_000).await, Some(2_001));
    assert_eq!(known("t11", 12_000).await, Some(11_001));
    assert_eq!(known("t11", 11_001 + 15 * 60_000 - 1).await, Some(11_001));
    assert_eq!(known("t11", 11_001 + 15 * 60_000).await, None);
}

#[tokio::test]
async fn states_that_nobody_can_redrive_any_more_are_dropped_in_batches() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let (_, revision) = machine(&store).await;
    for id in 1..=4 {
        let name = format!("run-{id}");
        store.record(started(id, &name, revision)).await.unwrap();
        store.record(failed(id, 3_000 + id)).await.unwrap();
    }
    let now_ms = 3_003 + WINDOW_MS;
    assert_eq!(store.next_expiry().await.unwrap(), Some(3_001 + WINDOW_MS));
    assert_eq!(store.drop_expired_states(now_ms, 2).await.unwrap(), 2);
    assert_eq!(store.drop_expired_states(now_ms, 2).await.unwrap(), 1);
    assert_eq!(store.drop_expired_states(now_ms, 2).await.unwrap(), 0);
    assert!(store.redrivable(4).await.unwrap().is_some());
    let described = store.execution(&arn("run-1")).await.unwrap().unwrap();
    assert!(!described.leftover.has_state && !described.leftover.is_older);
}
