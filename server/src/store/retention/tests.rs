use super::*;
use crate::store::journal::{ChildOf, Finished, NewExecution, Piece, Record, Recorded};
use crate::store::map_runs::{MapRunEnding, MapRunRecord, NewMapRun};
use crate::store::tests::{arn, home, machine, people_task};
use crate::store::{Deletion, ExecutionStatus, MachineChange, Publish};

const DAY: i64 = 86_400_000;

fn record(id: i64, name: &str, revision: i64, now_ms: i64) -> Record {
    Record {
        execution: id,
        now_ms,
        new: Some(NewExecution {
            arn: arn(name),
            machine_arn: home().machine("train"),
            revision,
            version: None,
            alias: None,
            start_ms: now_ms,
            input: "{}".into(),
            case: None,
            child_of: None,
            waited_by: None,
        }),
        pieces: Piece::all(1, [r#"{"id": 1}"#.to_owned()]),
        snapshot: "state".into(),
        timers_set: vec![(1, now_ms)],
        ..Record::default()
    }
}

fn ended(id: i64, now_ms: i64) -> Record {
    Record {
        execution: id,
        now_ms,
        finished: Some(Finished {
            status: ExecutionStatus::Succeeded,
            output: Some("1".into()),
            error: None,
            cause: None,
            redrivable: None,
        }),
        ..Record::default()
    }
}

/// Sweeps to the end; gives the number of executions that are gone.
async fn swept(store: &Store, before_ms: i64) -> usize {
    let (mut place, mut executions) = (Some(Sweep::new(before_ms)), 0);
    while let Some(sweep) = place {
        let done = store.sweep(sweep).await.unwrap();
        executions += done.executions;
        place = done.next;
    }
    executions
}

async fn is_there(store: &Store, name: &str) -> bool {
    store.execution(&arn(name)).await.unwrap().is_some()
}

async fn rows(store: &Store, table: &'static str) -> i64 {
    store
        .readers
        .read(move |connection| {
            let sql = format!("SELECT count(*) FROM {table}");
            Ok(connection.query_row(&sql, [], |row| row.get(0))?)
        })
        .await
        .unwrap()
}

#[tokio::test]
async fn only_what_ended_before_the_day_goes_and_its_name_is_free_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let (_, revision) = machine(&store).await;
    for (id, name, stop_ms) in [(1, "old", 5), (2, "new", DAY + 1), (3, "running", 0)] {
        let mut first = record(id, name, revision, 1);
        let (task, review) = people_task(id as u64);
        first.tasks_open.push(task);
        first.reviews.push(review);
        store.record(first).await.unwrap();
        if stop_ms > 0 {
            store.record(ended(id, stop_ms)).await.unwrap();
        }
    }
    assert_eq!(swept(&store, DAY).await, 1);
    assert!(!is_there(&store, "old").await);
    assert!(is_there(&store, "new").await && is_there(&store, "running").await);
    for table in ["history", "task", "review", "execution"] {
        assert_eq!(rows(&store, table).await, 2, "{table}");
    }
    let again = store.record(record(9, "old", revision, DAY)).await.unwrap();
    assert!(matches!(again, Recorded::Done { .. }));
}

/// An execution with a map run of `children`, of which the last one runs until it is ended.
async fn family(store: &Store, revision: i64, children: u32) {
    let mut parent = record(1, "parent", revision, 1);
    parent.map_runs.push(NewMapRun {
        id: 1,
        arn: "arn:aws:states:us-east-1:123456789012:mapRun:train/Each:0".into(),
        number: 1,
        is_express: false,
        plan: "{}".into(),
        items: Some("[]".into()),
        progress: "{}".into(),
    });
    store.record(parent).await.unwrap();
    let child = |number: u32| {
        let mut child = record(
            10 + i64::from(number),
            &format!("child-{number}"),
            revision,
            2,
        );
        child.new.as_mut().unwrap().child_of = Some(ChildOf {
            map_run: 1,
            child: number,
            items: 1,
        });
        child
    };
    let step = MapRunRecord {
        map_run: 1,
        now_ms: 2,
        progress: "{}".into(),
        items: None,
        end: MapRunEnding::Running,
        children: (0..children).map(child).collect(),
    };
    store.record_map_run(step).await.unwrap();
    for number in 0..children - 1 {
        let end = ended(10 + i64::from(number), 3);
        store.record(end).await.unwrap();
    }
    store.record(ended(1, 4)).await.unwrap();
}

#[tokio::test]
async fn children_go_with_the_execution_of_their_map_run_and_not_before() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let (_, revision) = machine(&store).await;
    let children = 600;
    family(&store, revision, children).await;
    assert_eq!(swept(&store, DAY).await, 0);
    assert!(is_there(&store, "child-0").await);
    let last = 9 + i64::from(children);
    store.record(ended(last, 5)).await.unwrap();
    let end = MapRunRecord {
        map_run: 1,
        now_ms: 6,
        progress: "{}".into(),
        items: None,
        end: MapRunEnding::Successful,
        children: Vec::new(),
    };
    store.record_map_run(end).await.unwrap();
    assert_eq!(swept(&store, DAY).await, children as usize + 1);
    for table in ["execution", "history", "map_run", "map_run_progress"] {
        assert_eq!(rows(&store, table).await, 0, "{table}");
    }
}

#[tokio::test]
async fn a_job_leaves_the_rest_to_the_next_one() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let (_, revision) = machine(&store).await;
    for id in 1..=i64::try_from(ROWS).unwrap() {
        let name = format!("run-{id}");
        store.record(record(id, &name, revision, 1)).await.unwrap();
        store.record(ended(id, 2)).await.unwrap();
    }
    let first = store.sweep(Sweep::new(DAY)).await.unwrap();
    assert!(first.next.is_some() && first.executions < ROWS);
    assert!(swept(&store, DAY).await > 0);
    assert_eq!(rows(&store, "execution").await, 0);
}

#[tokio::test]
async fn a_revision_goes_once_nothing_uses_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let (machine, first) = machine(&store).await;
    store.record(record(1, "run", first, 1)).await.unwrap();
    for number in 2..5 {
        let change = MachineChange {
            definition: Some(format!("{{\"v\":{number}}}")),
            ..MachineChange::default()
        };
        store
            .update_machine(&machine.arn, change, None, number)
            .await
            .unwrap()
            .unwrap();
    }
    let unused = store.unused_revisions(100).await.unwrap();
    assert_eq!(unused, [first + 1, first + 2]);
    let asked = vec![first, first + 1, first + 2, first + 3];
    assert_eq!(store.remove_revisions(asked).await.unwrap(), 2);
    store.record(ended(1, 2)).await.unwrap();
    assert_eq!(swept(&store, DAY).await, 1);
    assert_eq!(store.unused_revisions(100).await.unwrap(), [first]);
    let deletion = store.delete_machine(&machine.arn).await.unwrap();
    assert_eq!(deletion, Deletion::Done);
    // The newest keeps its key.
    assert_eq!(store.unused_revisions(100).await.unwrap(), [first]);
}

#[tokio::test]
async fn a_revision_stays_while_it_is_a_version() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let (machine, first) = machine(&store).await;
    let publish = Publish::default();
    let published = store.publish_version(&machine.arn, None, publish, 1).await;
    assert_eq!(published.unwrap().unwrap().number, 1);
    let change = MachineChange {
        role_arn: Some("other".into()),
        ..MachineChange::default()
    };
    let updated = store.update_machine(&machine.arn, change, None, 2).await;
    updated.unwrap().unwrap();
    assert!(store.unused_revisions(100).await.unwrap().is_empty());
    assert_eq!(store.remove_revisions(vec![first]).await.unwrap(), 0);
    store.delete_version(&machine.arn, 1).await.unwrap();
    assert_eq!(store.unused_revisions(100).await.unwrap(), [first]);
}

/// A table that is forgotten would stop every sweep at the first execution that it holds.
#[tokio::test]
async fn every_table_that_refers_to_executions_is_swept() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let refer: Vec<(String, String)> = store
        .readers
        .read(|connection| {
            let sql = "SELECT t.name, f.\"from\" FROM sqlite_schema t, pragma_foreign_key_list(t.name) f \
                       WHERE t.type = 'table' AND f.\"table\" = 'execution' ORDER BY t.name";
            let mut query = connection.prepare(sql)?;
            let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
        .unwrap();
    assert!(refer.len() >= BELONGING.len());
    for (table, column) in refer {
        assert!(BELONGING.contains(&table.as_str()), "{table}");
        assert_eq!(column, "execution", "{table}");
    }
}
