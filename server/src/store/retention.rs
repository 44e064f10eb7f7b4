//! Removes executions that ended long ago, with all that belongs to them, and revisions that nothing uses.
//!
//! Work comes in small jobs, so that other writes get their turn between them. One execution goes in one commit: nobody sees
//! one with half its history. Pages that become free are used again by later writes; the file does not shrink.

use super::history::key;
use super::{Store, StoreError};
use rusqlite::{Connection, ErrorCode, OptionalExtension};

/// Tables whose rows belong to an execution by their column `execution`.
const BELONGING: [&str; 7] = [
    "snapshot",
    "redrivable",
    "redrive_token",
    "timer",
    "task",
    "review",
    "map_run",
];
/// Rows after which a job stops; one execution more may have begun.
const ROWS: usize = 500;

/// How far a sweep is: executions go in the order in which they ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sweep {
    /// Executions that ended before go, in milliseconds since 1970.
    before_ms: i64,
    /// When the last one that was looked at ended, and its key.
    last: (i64, i64),
}

/// What one job of a sweep did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Swept {
    /// Executions that are gone, children of map runs among them.
    pub(crate) executions: usize,
    /// Where the next job goes on; `None` when the sweep is through.
    pub(crate) next: Option<Sweep>,
}

impl Sweep {
    /// A sweep of what ended before `before_ms`.
    pub(crate) fn new(before_ms: i64) -> Self {
        Self {
            before_ms,
            last: (i64::MIN, 0),
        }
    }
}

/// The next execution that ended long ago and is nobody's child: children go with the execution of their map run.
fn next_ended(connection: &Connection, sweep: Sweep) -> Result<Option<(i64, i64)>, StoreError> {
    let sql = "SELECT stop_ms, id FROM execution INDEXED BY execution_by_stop WHERE stop_ms < ?1 AND (stop_ms, id) > (?2, ?3) \
               AND map_run IS NULL ORDER BY stop_ms, id LIMIT 1";
    let mut query = connection.prepare_cached(sql)?;
    let found = query.query_row((sweep.before_ms, sweep.last.0, sweep.last.1), |row| {
        Ok((row.get(0)?, row.get(1)?))
    });
    Ok(found.optional()?)
}

/// Whether an execution has ended with all its map runs, which end after their children.
fn is_over(connection: &Connection, id: i64) -> Result<bool, StoreError> {
    let sql = "SELECT stop_ms IS NOT NULL AND NOT EXISTS \
               (SELECT 1 FROM map_run WHERE execution = ?1 AND stop_ms IS NULL) FROM execution WHERE id = ?1";
    let mut query = connection.prepare_cached(sql)?;
    Ok(query.query_row([id], |row| row.get(0))?)
}

/// A child of one of an execution's map runs.
fn child(connection: &Connection, id: i64) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT e.id FROM map_run m JOIN execution e ON e.map_run = m.id WHERE m.execution = ?1 LIMIT 1";
    let mut query = connection.prepare_cached(sql)?;
    Ok(query.query_row([id], |row| row.get(0)).optional()?)
}

/// The first execution to go of a family: one without children. `None` while something of it is not over.
fn leaf(connection: &Connection, id: i64) -> Result<Option<i64>, StoreError> {
    let mut leaf = id;
    loop {
        if !is_over(connection, leaf)? {
            return Ok(None);
        }
        match child(connection, leaf)? {
            Some(child) => leaf = child,
            None => return Ok(Some(leaf)),
        }
    }
}

/// Removes an execution without children; gives the number of rows.
fn remove(connection: &Connection, id: i64) -> Result<usize, StoreError> {
    let mut rows = 0;
    for table in ["map_run_items", "map_run_progress"] {
        let sql = format!(
            "DELETE FROM {table} WHERE map_run IN (SELECT id FROM map_run WHERE execution = ?1)"
        );
        rows += connection.prepare_cached(&sql)?.execute([id])?;
    }
    for table in BELONGING {
        let sql = format!("DELETE FROM {table} WHERE execution = ?1");
        rows += connection.prepare_cached(&sql)?.execute([id])?;
    }
    let sql = "DELETE FROM history WHERE key BETWEEN ?1 AND ?2";
    let range = (key(id, 0), key(id, u64::MAX));
    rows += connection.prepare_cached(sql)?.execute(range)?;
    let sql = "DELETE FROM execution WHERE id = ?1";
    rows += connection.prepare_cached(sql)?.execute([id])?;
    Ok(rows)
}

/// One job: goes on until it has removed enough rows.
fn sweep(connection: &Connection, mut sweep: Sweep) -> Result<Swept, StoreError> {
    let (mut rows, mut executions) = (0, 0);
    while rows < ROWS {
        let Some(found) = next_ended(connection, sweep)? else {
            let next = None;
            return Ok(Swept { executions, next });
        };
        let leaf = leaf(connection, found.1)?;
        if let Some(id) = leaf {
            rows += remove(connection, id)?;
            executions += 1;
        }
        // A family is looked at again until its eldest is gone.
        if leaf.is_none_or(|id| id == found.1) {
            sweep.last = found;
        }
        rows += 1;
    }
    let next = Some(sweep);
    Ok(Swept { executions, next })
}

/// Removes a revision; `false` when something uses it after all, which the foreign keys tell.
fn remove_revision(connection: &Connection, revision: i64) -> Result<bool, StoreError> {
    let mut delete = connection.prepare_cached("DELETE FROM revision WHERE id = ?1")?;
    match delete.execute([revision]) {
        Ok(rows) => Ok(rows > 0),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}

impl Store {
    /// Does the next job of a sweep.
    pub(crate) async fn sweep(&self, place: Sweep) -> Result<Swept, StoreError> {
        self.writer
            .write(move |connection| sweep(connection, place))
            .await
    }

    /// Revisions that no machine, no version and no execution uses, at most so many. The newest revision stays in any case,
    /// so that no key is given out twice.
    pub(crate) async fn unused_revisions(&self, limit: usize) -> Result<Vec<i64>, StoreError> {
        self.readers
            .read(move |connection| {
                let sql = "SELECT id FROM revision r WHERE id < (SELECT max(id) FROM revision) \
                           AND id NOT IN (SELECT revision FROM machine) \
                           AND NOT EXISTS (SELECT 1 FROM version WHERE revision = r.id) \
                           AND NOT EXISTS (SELECT 1 FROM execution WHERE revision = r.id) LIMIT ?1";
                let mut query = connection.prepare_cached(sql)?;
                let found = query.query_map([limit], |row| row.get(0))?;
                Ok(found.collect::<Result<_, _>>()?)
            })
            .await
    }

    /// Removes those of these revisions that nothing uses; gives their number.
    pub(crate) async fn remove_revisions(&self, revisions: Vec<i64>) -> Result<usize, StoreError> {
        self.writer
            .write(move |connection| {
                let mut removed = 0;
                for revision in revisions {
                    removed += usize::from(remove_revision(connection, revision)?);
                }
                Ok(removed)
            })
            .await
    }
}

#[cfg(test)]
mod tests;
