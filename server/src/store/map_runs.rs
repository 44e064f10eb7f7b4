//! Map runs: what the engine keeps of them, and what readers see.
//!
//! Plan, items and progress are texts here, like the state of an execution.

use super::executions::ExecutionStatus;
use super::journal::{Record, write};
use super::packed::Unpacked;
use super::{Store, StoreError, parsed};
use crate::arn::{ExecutionArn, MapRunArn};
use rusqlite::{Connection, OptionalExtension, Row};
use std::sync::Arc;

/// A map run that begins with a step of its execution.
#[derive(Debug, Clone)]
pub(crate) struct NewMapRun {
    pub(crate) id: i64,
    pub(crate) arn: String,
    /// Its number in the execution.
    pub(crate) number: u64,
    pub(crate) is_express: bool,
    pub(crate) plan: String,
    pub(crate) items: Option<String>,
    pub(crate) progress: String,
}

/// Everything that one step of a map run changes on disk.
#[derive(Debug, Clone)]
pub(crate) struct MapRunRecord {
    pub(crate) map_run: i64,
    pub(crate) now_ms: i64,
    pub(crate) progress: String,
    /// Items that became known.
    pub(crate) items: Option<String>,
    pub(crate) end: MapRunEnding,
    /// The first steps of the children that it starts, redrives or starts again.
    pub(crate) children: Vec<Record>,
}

/// How a step changes whether a map run is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MapRunEnding {
    /// It runs, after a redrive too.
    Running,
    /// It ends without success; a redrive needs its items.
    Unsuccessful,
    /// It ends, and needs its items no more.
    Successful,
}

/// A map run as the engine reads it.
#[derive(Debug, Clone)]
pub(crate) struct StoredMapRun {
    pub(crate) id: i64,
    /// Key of its execution.
    pub(crate) execution: i64,
    pub(crate) number: u64,
    pub(crate) plan: String,
    pub(crate) items: Option<String>,
    pub(crate) progress: String,
    /// What its execution runs, and on which sample results.
    pub(crate) revision: i64,
    pub(crate) case: Option<String>,
}

/// A child of a map run that has ended.
#[derive(Debug, Clone)]
pub(crate) struct EndedChild {
    pub(crate) child: u32,
    pub(crate) arn: String,
    pub(crate) status: ExecutionStatus,
    pub(crate) input: Arc<str>,
    pub(crate) output: Option<Arc<str>>,
    pub(crate) error: Option<String>,
    pub(crate) cause: Option<String>,
    pub(crate) start_ms: i64,
    pub(crate) stop_ms: i64,
    pub(crate) redrive_count: u32,
    /// How many items it worked on.
    pub(crate) items: u32,
}

/// A map run as readers see it.
#[derive(Debug, Clone, PartialEq)]
pub struct MapRun {
    /// Its key.
    pub id: i64,
    /// Its ARN.
    pub arn: MapRunArn,
    /// ARN of its execution.
    pub execution: ExecutionArn,
    /// When it was started, in milliseconds since 1970.
    pub start_ms: i64,
    /// When it ended.
    pub stop_ms: Option<i64>,
    /// What never changes, as JSON text.
    pub plan: String,
    /// How far it is, as JSON text.
    pub progress: String,
}

/// One page of map runs, newest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MapRunPage {
    /// The map runs.
    pub map_runs: Vec<MapRun>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<i64>,
}

/// Adds a map run inside the transaction of its execution's step.
pub(super) fn insert_map_run(
    connection: &Connection,
    record: &Record,
    new: &NewMapRun,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO map_run (id, arn, execution, number, start_ms, plan, is_express) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    connection.prepare_cached(sql)?.execute((
        new.id,
        &new.arn,
        record.execution,
        new.number,
        record.now_ms,
        &new.plan,
        new.is_express,
    ))?;
    write_progress(connection, new.id, &new.progress)?;
    write_items(connection, new.id, new.items.as_deref())
}

fn write_progress(connection: &Connection, id: i64, progress: &str) -> Result<(), StoreError> {
    let sql = "INSERT OR REPLACE INTO map_run_progress (map_run, progress) VALUES (?1, ?2)";
    connection.prepare_cached(sql)?.execute((id, progress))?;
    Ok(())
}

fn write_items(connection: &Connection, id: i64, items: Option<&str>) -> Result<(), StoreError> {
    if let Some(items) = items {
        let sql = "INSERT OR REPLACE INTO map_run_items (map_run, items) VALUES (?1, ?2)";
        connection.prepare_cached(sql)?.execute((id, items))?;
    }
    Ok(())
}

fn write_step(connection: &Connection, step: &MapRunRecord) -> Result<(), StoreError> {
    write_progress(connection, step.map_run, &step.progress)?;
    write_items(connection, step.map_run, step.items.as_deref())?;
    for child in &step.children {
        write(connection, child)?;
    }
    write_ending(connection, step)
}

fn write_ending(connection: &Connection, step: &MapRunRecord) -> Result<(), StoreError> {
    let id = step.map_run;
    match step.end {
        MapRunEnding::Running => {
            let sql = "UPDATE map_run SET stop_ms = NULL WHERE id = ?1 AND stop_ms IS NOT NULL";
            connection.prepare_cached(sql)?.execute([id])?;
        }
        MapRunEnding::Unsuccessful | MapRunEnding::Successful => {
            let sql = "UPDATE map_run SET stop_ms = ?2 WHERE id = ?1";
            connection.prepare_cached(sql)?.execute((id, step.now_ms))?;
        }
    }
    match step.end {
        MapRunEnding::Running => {}
        MapRunEnding::Unsuccessful => {
            // Its execution may have ended before it, in a way that leaves no redrive.
            let sql = "DELETE FROM map_run_items WHERE map_run = ?1 AND NOT EXISTS (SELECT 1 FROM map_run m WHERE m.id = ?1 AND \
                       (EXISTS (SELECT 1 FROM snapshot WHERE execution = m.execution) OR \
                       EXISTS (SELECT 1 FROM redrivable WHERE execution = m.execution)))";
            connection.prepare_cached(sql)?.execute([id])?;
        }
        MapRunEnding::Successful => {
            let sql = "DELETE FROM map_run_items WHERE map_run = ?1";
            connection.prepare_cached(sql)?.execute([id])?;
        }
    }
    Ok(())
}

/// A child of a map run that ended without success.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct UnsuccessfulChild {
    pub(crate) child: u32,
    pub(crate) items: u32,
    pub(crate) status: ExecutionStatus,
    /// Its last state is kept, and not for too long.
    pub(crate) is_redrivable: bool,
}

fn read_unsuccessful(row: &Row<'_>) -> Result<UnsuccessfulChild, StoreError> {
    let status: String = row.get(2)?;
    Ok(UnsuccessfulChild {
        child: row.get(0)?,
        items: row.get(1)?,
        status: parsed(ExecutionStatus::parse(&status), "status", &status)?,
        is_redrivable: row.get(3)?,
    })
}

/// The columns of an [`EndedChild`].
const ENDED: &str = "child, arn, status, input, output, error, cause, start_ms, stop_ms, coalesce(redrive_count, 0), items";
/// The number of those columns.
const BEHIND_ENDED: usize = 11;

fn read_ended(row: &Row<'_>) -> Result<EndedChild, StoreError> {
    let status: String = row.get(2)?;
    Ok(EndedChild {
        child: row.get(0)?,
        arn: row.get(1)?,
        status: parsed(ExecutionStatus::parse(&status), "status", &status)?,
        input: row.get::<_, Unpacked>(3)?.0.into(),
        output: row.get::<_, Option<Unpacked>>(4)?.map(|text| text.0.into()),
        error: row.get(5)?,
        cause: row.get(6)?,
        start_ms: row.get(7)?,
        stop_ms: row.get(8)?,
        redrive_count: row.get(9)?,
        items: row.get(10)?,
    })
}

const MAP_RUN: &str = "SELECT m.id, m.arn, e.arn, m.start_ms, m.stop_ms, m.plan, p.progress FROM map_run m \
     JOIN execution e ON e.id = m.execution JOIN map_run_progress p ON p.map_run = m.id";

fn read_map_run(row: &Row<'_>) -> Result<MapRun, StoreError> {
    let (arn, execution): (String, String) = (row.get(1)?, row.get(2)?);
    Ok(MapRun {
        id: row.get(0)?,
        arn: parsed(MapRunArn::parse(&arn), "map run ARN", &arn)?,
        execution: parsed(ExecutionArn::parse(&execution), "execution ARN", &execution)?,
        start_ms: row.get(3)?,
        stop_ms: row.get(4)?,
        plan: row.get(5)?,
        progress: row.get(6)?,
    })
}

impl Store {
    /// Writes one step of a map run, with the first steps of its children.
    pub(crate) async fn record_map_run(&self, step: MapRunRecord) -> Result<(), StoreError> {
        self.writer
            .write(move |connection| write_step(connection, &step))
            .await
    }

    /// The highest key of a map run; 0 when there is none.
    pub(crate) async fn last_map_run(&self) -> Result<i64, StoreError> {
        self.readers
            .read(|connection| {
                let sql = "SELECT coalesce(max(id), 0) FROM map_run";
                Ok(connection.query_row(sql, [], |row| row.get(0))?)
            })
            .await
    }

    /// Keys of the map runs that have not ended.
    pub(crate) async fn unfinished_map_runs(&self) -> Result<Vec<i64>, StoreError> {
        self.readers
            .read(|connection| {
                let sql = "SELECT id FROM map_run WHERE stop_ms IS NULL ORDER BY id";
                let mut query = connection.prepare_cached(sql)?;
                let found = query.query_map([], |row| row.get(0))?;
                Ok(found.collect::<Result<_, _>>()?)
            })
            .await
    }

    /// A map run as the engine needs it.
    pub(crate) async fn stored_map_run(&self, id: i64) -> Result<Option<StoredMapRun>, StoreError> {
        self.readers
            .read(move |connection| {
                let sql = "SELECT m.id, m.execution, m.number, m.plan, i.items, p.progress, e.revision, e.mock_case \
                     FROM map_run m JOIN execution e ON e.id = m.execution \
                     JOIN map_run_progress p ON p.map_run = m.id \
                     LEFT JOIN map_run_items i ON i.map_run = m.id WHERE m.id = ?1";
                let mut query = connection.prepare_cached(sql)?;
                let found = query.query_row([id], |row| {
                    Ok(StoredMapRun {
                        id: row.get(0)?,
                        execution: row.get(1)?,
                        number: row.get(2)?,
                        plan: row.get(3)?,
                        items: row.get(4)?,
                        progress: row.get(5)?,
                        revision: row.get(6)?,
                        case: row.get(7)?,
                    })
                });
                Ok(found.optional()?)
            })
            .await
    }

    /// The key of an execution's map run of this number.
    pub(crate) async fn map_run_of(
        &self,
        execution: i64,
        number: u64,
    ) -> Result<Option<i64>, StoreError> {
        self.readers
            .read(move |connection| {
                let sql = "SELECT id FROM map_run WHERE execution = ?1 AND number = ?2";
                let mut query = connection.prepare_cached(sql)?;
                Ok(query
                    .query_row((execution, number), |row| row.get(0))
                    .optional()?)
            })
            .await
    }

    /// The key of a child that has not ended.
    pub(crate) async fn running_child(
        &self,
        map_run: i64,
        child: u32,
    ) -> Result<Option<i64>, StoreError> {
        self.readers
            .read(move |connection| {
                let sql = "SELECT id FROM execution WHERE map_run = ?1 AND child = ?2 AND stop_ms IS NULL";
                let mut query = connection.prepare_cached(sql)?;
                Ok(query
                    .query_row((map_run, child), |row| row.get(0))
                    .optional()?)
            })
            .await
    }

    /// The children of a map run that ended without success, in the order of their numbers, from the number `from` on.
    pub(crate) async fn unsuccessful_children(
        &self,
        map_run: i64,
        from: u32,
        most: u32,
        now_ms: i64,
    ) -> Result<Vec<UnsuccessfulChild>, StoreError> {
        self.readers
            .read(move |connection| {
                let sql = "SELECT e.child, e.items, e.status, EXISTS (SELECT 1 FROM redrivable \
                     WHERE execution = e.id AND until_ms > ?4) FROM execution e WHERE e.map_run = ?1 AND e.child >= ?2 \
                     AND e.status IN ('FAILED', 'TIMED_OUT', 'ABORTED') ORDER BY e.child LIMIT ?3";
                let mut query = connection.prepare_cached(sql)?;
                let mut rows = query.query((map_run, from, most, now_ms))?;
                let mut found = Vec::new();
                while let Some(row) = rows.next()? {
                    found.push(read_unsuccessful(row)?);
                }
                Ok(found)
            })
            .await
    }

    /// A child that has ended, and its key.
    pub(crate) async fn ended_child(
        &self,
        map_run: i64,
        child: u32,
    ) -> Result<Option<(i64, EndedChild)>, StoreError> {
        self.readers
            .read(move |connection| {
                let sql = format!(
                    "SELECT {ENDED}, id FROM execution \
                     WHERE map_run = ?1 AND child = ?2 AND stop_ms IS NOT NULL"
                );
                let mut query = connection.prepare_cached(&sql)?;
                let mut rows = query.query((map_run, child))?;
                let found = rows.next()?;
                found
                    .map(|row| Ok((row.get(BEHIND_ENDED)?, read_ended(row)?)))
                    .transpose()
            })
            .await
    }

    /// The children of a map run that have ended, in the order of their numbers.
    pub(crate) async fn ended_children(&self, map_run: i64) -> Result<Vec<EndedChild>, StoreError> {
        self.readers
            .read(move |connection| {
                let sql = format!(
                    "SELECT {ENDED} FROM execution \
                     WHERE map_run = ?1 AND stop_ms IS NOT NULL ORDER BY child"
                );
                let mut query = connection.prepare_cached(&sql)?;
                let mut rows = query.query([map_run])?;
                let mut found = Vec::new();
                while let Some(row) = rows.next()? {
                    found.push(read_ended(row)?);
                }
                Ok(found)
            })
            .await
    }

    /// A map run, as readers see it.
    pub async fn map_run(&self, arn: &MapRunArn) -> Result<Option<MapRun>, StoreError> {
        let arn = arn.clone();
        self.readers
            .read(move |connection| {
                let mut query =
                    connection.prepare_cached(&format!("{MAP_RUN} WHERE m.arn = ?1"))?;
                query
                    .query_row([arn.as_str()], |row| Ok(read_map_run(row)))
                    .optional()?
                    .transpose()
            })
            .await
    }

    /// The map runs of an execution, newest first; `from` is the `next` of the page before.
    pub async fn map_runs(
        &self,
        execution: &ExecutionArn,
        from: Option<i64>,
        limit: usize,
    ) -> Result<MapRunPage, StoreError> {
        let execution = execution.clone();
        self.readers
            .read(move |connection| {
                let sql = format!(
                    "{MAP_RUN} WHERE e.arn = ?1 AND m.id <= ?2 ORDER BY m.id DESC LIMIT ?3"
                );
                let mut query = connection.prepare_cached(&sql)?;
                let from = from.unwrap_or(i64::MAX);
                let most = i64::try_from(limit + 1).unwrap_or(i64::MAX);
                let mut rows = query.query((execution.as_str(), from, most))?;
                let mut page = MapRunPage::default();
                while let Some(row) = rows.next()? {
                    let map_run = read_map_run(row)?;
                    if page.map_runs.len() == limit {
                        page.next = Some(map_run.id);
                        break;
                    }
                    page.map_runs.push(map_run);
                }
                Ok(page)
            })
            .await
    }
}
