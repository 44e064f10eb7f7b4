//! What the engine keeps: new executions, their steps, and what a restarted engine reads.
//!
//! One step of an execution is one [`Record`]; all of it is on disk, or nothing is.

use super::executions::{ExecutionStatus, find_id};
pub(crate) use super::history::Piece;
use super::history::write_piece;
use super::map_runs::{NewMapRun, insert_map_run};
use super::packed::{Pack, Unpacked};
use super::redrive::{Reopening, drop_items_of, keep_state, reopen};
use super::waiting::{self, WaitedBy};
use super::{ReviewStatus, Store, StoreError, parsed};
use crate::arn::{ActivityArn, ExecutionArn, MachineArn};
use rusqlite::{Connection, OptionalExtension, params};
use std::sync::Arc;

/// An execution that begins with this record.
#[derive(Debug, Clone)]
pub(crate) struct NewExecution {
    pub(crate) arn: ExecutionArn,
    pub(crate) machine_arn: MachineArn,
    pub(crate) revision: i64,
    /// The version that it runs and the alias that it was started on, when there are any.
    pub(crate) version: Option<u32>,
    pub(crate) alias: Option<String>,
    pub(crate) start_ms: i64,
    pub(crate) input: Arc<str>,
    pub(crate) case: Option<String>,
    pub(crate) child_of: Option<ChildOf>,
    pub(crate) waited_by: Option<WaitedBy>,
}

/// The map run that an execution belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ChildOf {
    pub(crate) map_run: i64,
    /// Its number there.
    pub(crate) child: u32,
    /// How many items it works on.
    pub(crate) items: u32,
}

/// Who answers a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TaskKind {
    /// A worker that fetches it with GetActivityTask.
    Worker,
    /// A person, on the approval page.
    People,
    /// Whoever was sent the token.
    Callback,
    /// The service that runs the job, or sample results; also its token (feature map, INT-02).
    Job,
}

impl TaskKind {
    const ALL: [Self; 4] = [Self::Worker, Self::People, Self::Callback, Self::Job];

    fn name(self) -> &'static str {
        match self {
            Self::Worker => "worker",
            Self::People => "people",
            Self::Callback => "callback",
            Self::Job => "job",
        }
    }

    fn parse(name: &str) -> Result<Self, StoreError> {
        parsed(
            Self::ALL.into_iter().find(|kind| kind.name() == name),
            "kind of task",
            name,
        )
    }
}

/// SHA-256 of a token; the token itself is only in the snapshot.
pub(crate) type TokenHash = [u8; 32];

/// A task that is not done when its request is answered.
#[derive(Debug, Clone)]
pub(crate) struct NewTask {
    pub(crate) task: u64,
    pub(crate) token_hash: TokenHash,
    pub(crate) kind: TaskKind,
    pub(crate) activity: Option<ActivityArn>,
}

/// A review that is asked.
#[derive(Debug, Clone)]
pub(crate) struct NewReview {
    pub(crate) id: String,
    pub(crate) task: u64,
    pub(crate) activity: ActivityArn,
    pub(crate) state: String,
    pub(crate) input: Arc<str>,
    pub(crate) due_ms: Option<i64>,
}

/// A decision on a review.
#[derive(Debug, Clone)]
pub(crate) struct Decided {
    pub(crate) review: String,
    pub(crate) status: ReviewStatus,
    pub(crate) by: String,
    pub(crate) comment: Option<String>,
}

/// How an execution ended.
#[derive(Debug, Clone)]
pub(crate) struct Finished {
    pub(crate) status: ExecutionStatus,
    pub(crate) output: Option<String>,
    pub(crate) error: Option<String>,
    pub(crate) cause: Option<String>,
    /// The state that a redrive begins with; `None` when nobody can redrive it.
    pub(crate) redrivable: Option<String>,
}

/// What is under way for an execution that has not ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum UnderWay {
    /// Nothing: it waits for timers at most.
    #[default]
    Nothing,
    /// So many tasks, whoever does them.
    Tasks(usize),
    /// Map runs, and tasks perhaps.
    MapRuns,
}

/// Everything that one step of an execution changes on disk.
#[derive(Debug, Clone, Default)]
pub(crate) struct Record {
    pub(crate) execution: i64,
    /// The time of the step.
    pub(crate) now_ms: i64,
    pub(crate) new: Option<NewExecution>,
    pub(crate) reopening: Option<Reopening>,
    pub(crate) pieces: Vec<Piece>,
    /// The state after the step; not kept once the execution has ended.
    pub(crate) snapshot: String,
    /// What of it a restarted server may have to ask again.
    pub(crate) under_way: UnderWay,
    pub(crate) timers_set: Vec<(u64, i64)>,
    pub(crate) timers_gone: Vec<u64>,
    pub(crate) tasks_open: Vec<NewTask>,
    pub(crate) tasks_taken: Vec<u64>,
    pub(crate) tasks_closed: Vec<u64>,
    /// Tasks whose child runs on although they are closed.
    pub(crate) children_let_go: Vec<u64>,
    pub(crate) reviews: Vec<NewReview>,
    pub(crate) decided: Option<Decided>,
    pub(crate) map_runs: Vec<NewMapRun>,
    pub(crate) finished: Option<Finished>,
}

/// What became of a record.
#[derive(Debug, Clone)]
pub(crate) enum Recorded {
    /// It is on disk. These reviews are not needed any more.
    Done {
        /// Their ids.
        reviews_gone: Vec<String>,
    },
    /// An execution of this name was there before; nothing was written.
    NameTaken(Existing),
}

/// An execution whose name was asked for again.
#[derive(Debug, Clone)]
pub(crate) struct Existing {
    pub(crate) status: ExecutionStatus,
    pub(crate) start_ms: i64,
    pub(crate) input: String,
    pub(crate) case: Option<String>,
}

/// What an execution needs in order to go on.
#[derive(Debug, Clone)]
pub(crate) struct Resumable {
    pub(crate) id: i64,
    pub(crate) arn: ExecutionArn,
    pub(crate) machine_arn: MachineArn,
    pub(crate) revision: i64,
    pub(crate) case: Option<String>,
    pub(crate) start_ms: i64,
    pub(crate) child_of: Option<ChildOf>,
    pub(crate) snapshot: String,
}

/// A task that a token belongs to.
#[derive(Debug, Clone)]
pub(crate) struct TokenTask {
    pub(crate) execution: i64,
    pub(crate) task: u64,
    pub(crate) kind: TaskKind,
    pub(crate) open: bool,
}

/// A task that stands in a queue, or was taken out of it.
#[derive(Debug, Clone)]
pub(crate) struct OpenTask {
    pub(crate) execution: i64,
    pub(crate) task: u64,
    pub(crate) kind: TaskKind,
    pub(crate) activity: Option<ActivityArn>,
    pub(crate) taken: bool,
}

/// The definition of a revision.
#[derive(Debug, Clone)]
pub(crate) struct Revision {
    pub(crate) definition: String,
}

fn existing(connection: &Connection, arn: &ExecutionArn) -> Result<Existing, StoreError> {
    let sql = "SELECT status, start_ms, input, mock_case FROM execution WHERE arn = ?1";
    let mut query = connection.prepare_cached(sql)?;
    let (status, start_ms, input, case) = query.query_row([arn.as_str()], |row| {
        Ok((
            row.get::<_, String>(0)?,
            row.get(1)?,
            row.get::<_, Unpacked>(2)?.0,
            row.get(3)?,
        ))
    })?;
    let status = parsed(ExecutionStatus::parse(&status), "status", &status)?;
    Ok(Existing {
        status,
        start_ms,
        input,
        case,
    })
}

/// Writes a new execution, as it is at the end of its first step; `false` when the name is taken.
fn insert_execution(
    connection: &Connection,
    record: &Record,
    new: &NewExecution,
) -> Result<bool, StoreError> {
    let sql = "INSERT OR IGNORE INTO execution (id, arn, machine_arn, revision, status, start_ms, input, mock_case, map_run, child, items, \
               version, alias, redrive_count, listed_ms, stop_ms, output, error, cause) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 0, ?6, ?14, ?15, ?16, ?17)";
    let end = record.finished.as_ref();
    let status = end.map_or(ExecutionStatus::Running, |end| end.status);
    let written = connection.prepare_cached(sql)?.execute(params![
        record.execution,
        new.arn.as_str(),
        new.machine_arn.as_str(),
        new.revision,
        status.name(),
        new.start_ms,
        Pack(&new.input),
        &new.case,
        new.child_of.map(|child_of| child_of.map_run),
        new.child_of.map(|child_of| child_of.child),
        new.child_of.map(|child_of| child_of.items),
        new.version,
        &new.alias,
        end.map(|_| record.now_ms),
        end.and_then(|end| end.output.as_deref()).map(Pack),
        end.and_then(|end| end.error.as_deref()),
        end.and_then(|end| end.cause.as_deref()),
    ])?;
    Ok(written > 0)
}

fn write_state(connection: &Connection, record: &Record) -> Result<(), StoreError> {
    let id = record.execution;
    let asleep = is_asleep(connection, record)?;
    let sql = "INSERT OR REPLACE INTO snapshot (execution, state, asleep) VALUES (?1, ?2, ?3)";
    connection
        .prepare_cached(sql)?
        .execute((id, Pack(&record.snapshot), asleep))?;
    for timer in &record.timers_gone {
        let sql = "DELETE FROM timer WHERE execution = ?1 AND timer = ?2";
        connection.prepare_cached(sql)?.execute((id, timer))?;
    }
    for (timer, due_ms) in &record.timers_set {
        let sql = "INSERT OR REPLACE INTO timer (execution, timer, due_ms) VALUES (?1, ?2, ?3)";
        connection
            .prepare_cached(sql)?
            .execute((id, timer, due_ms))?;
    }
    Ok(())
}

/// Whether a restarted server has nothing to do for the execution: it waits for timers, or for answers that come by
/// themselves.
fn is_asleep(connection: &Connection, record: &Record) -> Result<bool, StoreError> {
    match record.under_way {
        UnderWay::Nothing => Ok(true),
        UnderWay::MapRuns => Ok(false),
        UnderWay::Tasks(count) => {
            let sql = "SELECT count(*) FROM task INDEXED BY task_open_by_execution WHERE execution = ?1 AND open = 1 \
                       AND (kind IN ('worker', 'people') OR kind = 'callback' AND taken = 1)";
            let mut query = connection.prepare_cached(sql)?;
            let patient: usize = query.query_row([record.execution], |row| row.get(0))?;
            Ok(patient == count)
        }
    }
}

fn write_tasks(connection: &Connection, record: &Record) -> Result<(), StoreError> {
    let id = record.execution;
    for task in &record.tasks_open {
        let sql = "INSERT INTO task (token_hash, execution, task, kind, activity) VALUES (?1, ?2, ?3, ?4, ?5)";
        let activity = task.activity.as_ref().map(ActivityArn::as_str);
        connection.prepare_cached(sql)?.execute((
            task.token_hash,
            id,
            task.task,
            task.kind.name(),
            activity,
        ))?;
    }
    for task in &record.tasks_taken {
        let sql = "UPDATE task SET taken = 1 WHERE execution = ?1 AND task = ?2";
        connection.prepare_cached(sql)?.execute((id, task))?;
    }
    for task in &record.tasks_closed {
        let sql = "UPDATE task SET open = 0 WHERE execution = ?1 AND task = ?2";
        connection.prepare_cached(sql)?.execute((id, task))?;
    }
    for task in &record.children_let_go {
        let (execution, task) = (id, *task);
        waiting::let_go(connection, WaitedBy { execution, task })?;
    }
    Ok(())
}

fn write_reviews(connection: &Connection, record: &Record) -> Result<Vec<String>, StoreError> {
    for review in &record.reviews {
        let sql = "INSERT INTO review (id, execution, task, activity, state, input, asked_ms, due_ms, status) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'waiting')";
        connection.prepare_cached(sql)?.execute((
            &review.id,
            record.execution,
            review.task,
            review.activity.as_str(),
            &review.state,
            &*review.input,
            record.now_ms,
            review.due_ms,
        ))?;
    }
    if let Some(decided) = &record.decided {
        let sql = "UPDATE review SET status = ?2, decided_ms = ?3, decided_by = ?4, comment = ?5 WHERE id = ?1";
        let (status, now) = (decided.status.name(), record.now_ms);
        connection.prepare_cached(sql)?.execute((
            &decided.review,
            status,
            now,
            &decided.by,
            &decided.comment,
        ))?;
    }
    close_reviews(connection, record)
}

/// A review whose task closed without a decision is gone.
fn close_reviews(connection: &Connection, record: &Record) -> Result<Vec<String>, StoreError> {
    let mut gone = Vec::new();
    for task in &record.tasks_closed {
        let sql = "UPDATE review SET status = 'gone', decided_ms = ?3 \
                   WHERE execution = ?1 AND task = ?2 AND status = 'waiting' RETURNING id";
        let mut update = connection.prepare_cached(sql)?;
        let mut rows = update.query((record.execution, task, record.now_ms))?;
        while let Some(row) = rows.next()? {
            gone.push(row.get(0)?);
        }
    }
    Ok(gone)
}

/// Ends an execution: what only a running one needs goes away.
fn write_end(
    connection: &Connection,
    record: &Record,
    end: &Finished,
) -> Result<Vec<String>, StoreError> {
    if let Some(state) = &end.redrivable {
        keep_state(connection, record, state)?;
    }
    if record.new.is_some() {
        // It ended in its first step: it was written with its end, and has nothing else.
        return Ok(Vec::new());
    }
    let id = record.execution;
    let sql = "UPDATE execution SET status = ?2, stop_ms = ?3, listed_ms = ?3, output = ?4, error = ?5, cause = ?6 WHERE id = ?1";
    let (status, now) = (end.status.name(), record.now_ms);
    connection.prepare_cached(sql)?.execute((
        id,
        status,
        now,
        end.output.as_deref().map(Pack),
        &end.error,
        &end.cause,
    ))?;
    if end.redrivable.is_none() {
        drop_items_of(connection, id)?;
    }
    connection
        .prepare_cached("DELETE FROM snapshot WHERE execution = ?1")?
        .execute([id])?;
    waiting::unlink(connection, id)?;
    connection
        .prepare_cached("DELETE FROM timer WHERE execution = ?1")?
        .execute([id])?;
    connection
        .prepare_cached("UPDATE task SET open = 0 WHERE execution = ?1 AND open = 1")?
        .execute([id])?;
    let sql = "UPDATE review SET status = 'gone', decided_ms = ?2 \
               WHERE execution = ?1 AND status = 'waiting' RETURNING id";
    let mut update = connection.prepare_cached(sql)?;
    let rows = update.query_map((id, now), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Writes one step inside the caller's transaction.
pub(super) fn write(connection: &Connection, record: &Record) -> Result<Recorded, StoreError> {
    if let Some(new) = &record.new
        && !insert_execution(connection, record, new)?
    {
        return Ok(Recorded::NameTaken(existing(connection, &new.arn)?));
    }
    if let Some(how) = &record.reopening {
        reopen(connection, record, how)?;
    }
    if let Some(by) = record.new.as_ref().and_then(|new| new.waited_by)
        && record.finished.is_none()
    {
        waiting::link(connection, record.execution, by)?;
    }
    for piece in &record.pieces {
        write_piece(connection, record.execution, piece)?;
    }
    write_tasks(connection, record)?;
    for map_run in &record.map_runs {
        insert_map_run(connection, record, map_run)?;
    }
    let mut reviews_gone = write_reviews(connection, record)?;
    match &record.finished {
        Some(end) => reviews_gone.extend(write_end(connection, record, end)?),
        None => write_state(connection, record)?,
    }
    Ok(Recorded::Done { reviews_gone })
}

/// The columns of what [`read_resumable`] reads, the state being `s.state`.
pub(super) const RESUMABLE_COLUMNS: &str = "e.id, e.arn, e.machine_arn, e.revision, e.mock_case, e.start_ms, s.state, e.map_run, e.child, e.items";

fn resumable(condition: &str) -> String {
    format!(
        "SELECT {RESUMABLE_COLUMNS} FROM snapshot s JOIN execution e ON e.id = s.execution WHERE {condition}"
    )
}

pub(super) fn read_resumable(row: &rusqlite::Row<'_>) -> Result<Resumable, StoreError> {
    let (arn, machine): (String, String) = (row.get(1)?, row.get(2)?);
    Ok(Resumable {
        id: row.get(0)?,
        arn: parsed(ExecutionArn::parse(&arn), "execution ARN", &arn)?,
        machine_arn: parsed(MachineArn::parse(&machine), "machine ARN", &machine)?,
        revision: row.get(3)?,
        case: row.get(4)?,
        start_ms: row.get(5)?,
        snapshot: row.get::<_, Unpacked>(6)?.0,
        child_of: read_child_of(row, 7)?,
    })
}

/// The map run of an execution, its number there and its count of items, in three columns from `first` on.
fn read_child_of(row: &rusqlite::Row<'_>, first: usize) -> Result<Option<ChildOf>, StoreError> {
    let Some(map_run) = row.get(first)? else {
        return Ok(None);
    };
    Ok(Some(ChildOf {
        map_run,
        child: row.get(first + 1)?,
        items: row.get(first + 2)?,
    }))
}

impl Store {
    /// Writes one step.
    pub(crate) async fn record(&self, record: Record) -> Result<Recorded, StoreError> {
        self.writer
            .write(move |connection| write(connection, &record))
            .await
    }

    /// The highest key of an execution; 0 when there is none.
    pub(crate) async fn last_execution(&self) -> Result<i64, StoreError> {
        self.readers
            .read(|connection| {
                let sql = "SELECT coalesce(max(id), 0) FROM execution";
                Ok(connection.query_row(sql, [], |row| row.get(0))?)
            })
            .await
    }

    /// The key of an execution.
    pub(crate) async fn execution_id(&self, arn: &ExecutionArn) -> Result<Option<i64>, StoreError> {
        let arn = arn.clone();
        self.readers
            .look_up(move |connection| find_id(connection, arn.as_str()))
    }

    /// An unfinished execution; `None` when it has ended.
    pub(crate) async fn resumable(&self, id: i64) -> Result<Option<Resumable>, StoreError> {
        self.readers.look_up(move |connection| {
            let mut query = connection.prepare_cached(&resumable("s.execution = ?1"))?;
            query
                .query_row([id], |row| Ok(read_resumable(row)))
                .optional()?
                .transpose()
        })
    }

    /// How many executions have not ended.
    pub(crate) async fn count_unfinished(&self) -> Result<i64, StoreError> {
        self.readers
            .read(|connection| {
                let sql = "SELECT count(*) FROM snapshot INDEXED BY snapshot_by_sleep";
                Ok(connection.query_row(sql, [], |row| row.get(0))?)
            })
            .await
    }

    /// Unfinished executions that a restarted server may have to do something for, by key, after the key `after`
    /// and up to `until`.
    pub(crate) async fn awake(
        &self,
        after: i64,
        until: i64,
        limit: usize,
    ) -> Result<Vec<Resumable>, StoreError> {
        self.readers
            .read(move |connection| {
                let sql =
                    resumable("s.asleep = 0 AND s.execution > ?1 AND s.execution <= ?2 ORDER BY s.execution LIMIT ?3");
                let mut query = connection.prepare_cached(&sql)?;
                let mut rows = query.query((after, until, limit))?;
                let mut found = Vec::new();
                while let Some(row) = rows.next()? {
                    found.push(read_resumable(row)?);
                }
                Ok(found)
            })
            .await
    }

    /// The definition of a revision.
    pub(crate) async fn revision(&self, revision: i64) -> Result<Revision, StoreError> {
        self.readers.look_up(move |connection| {
            let mut query =
                connection.prepare_cached("SELECT definition FROM revision WHERE id = ?1")?;
            Ok(query.query_row([revision], |row| {
                Ok(Revision {
                    definition: row.get(0)?,
                })
            })?)
        })
    }

    /// The task that a token belongs to.
    pub(crate) async fn token_task(
        &self,
        hash: TokenHash,
    ) -> Result<Option<TokenTask>, StoreError> {
        self.readers.look_up(move |connection| {
            let sql = "SELECT execution, task, kind, open FROM task WHERE token_hash = ?1";
            let mut query = connection.prepare_cached(sql)?;
            let found = query.query_row([hash], |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get::<_, String>(2)?,
                    row.get(3)?,
                ))
            });
            let Some((execution, task, kind, open)) = found.optional()? else {
                return Ok(None);
            };
            Ok(Some(TokenTask {
                execution,
                task,
                kind: TaskKind::parse(&kind)?,
                open,
            }))
        })
    }

    /// All tasks that wait for their token, those of a kind in the order in which they were asked.
    pub(crate) async fn open_tasks(&self) -> Result<Vec<OpenTask>, StoreError> {
        self.readers
            .read(|connection| {
                let sql = "SELECT execution, task, kind, activity, taken FROM task INDEXED BY task_open WHERE open = 1 ORDER BY kind, id";
                let mut query = connection.prepare_cached(sql)?;
                let mut rows = query.query([])?;
                let mut tasks = Vec::new();
                while let Some(row) = rows.next()? {
                    let (kind, activity): (String, Option<String>) = (row.get(2)?, row.get(3)?);
                    tasks.push(OpenTask {
                        execution: row.get(0)?,
                        task: row.get(1)?,
                        kind: TaskKind::parse(&kind)?,
                        activity: activity.as_deref().and_then(ActivityArn::parse),
                        taken: row.get(4)?,
                    });
                }
                Ok(tasks)
            })
            .await
    }

    /// Timers due up to `until_ms`, as execution, timer and time; and when the first one behind it is due.
    pub(crate) async fn timers(
        &self,
        until_ms: i64,
    ) -> Result<(Vec<DueTimer>, Option<i64>), StoreError> {
        self.readers
            .read(move |connection| {
                let sql =
                    "SELECT execution, timer, due_ms FROM timer WHERE due_ms <= ?1 ORDER BY due_ms";
                let mut query = connection.prepare_cached(sql)?;
                let due = query
                    .query_map([until_ms], |row| {
                        Ok(DueTimer {
                            execution: row.get(0)?,
                            timer: row.get(1)?,
                            due_ms: row.get(2)?,
                        })
                    })?
                    .collect::<Result<_, _>>()?;
                let sql = "SELECT min(due_ms) FROM timer WHERE due_ms > ?1";
                let next = connection
                    .prepare_cached(sql)?
                    .query_row([until_ms], |row| row.get(0))?;
                Ok((due, next))
            })
            .await
    }
}

/// A timer on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DueTimer {
    pub(crate) execution: i64,
    pub(crate) timer: u64,
    pub(crate) due_ms: i64,
}
