//! Redrive: the last states of unsuccessful executions, and what a redrive writes (feature map, RED-01 to RED-05).
//!
//! A state is kept for as long as its execution can be redriven, then dropped in batches. Whether an execution may be
//! redriven is decided by the engine.

use super::history;
use super::journal::{RESUMABLE_COLUMNS, Record, Resumable, read_resumable};
use super::packed::Pack;
use super::{ExecutionStatus, Store, StoreError};
use rusqlite::{Connection, OptionalExtension};

/// How long an execution can be redriven after its end, in milliseconds: 14 days (API-908).
pub(crate) const WINDOW_MS: i64 = 14 * 24 * 60 * 60 * 1000;

/// How many client tokens of an execution are known (RED-04).
const TOKENS: i64 = 10;

/// How long a client token is known after its first use, in milliseconds: 15 minutes (RED-04).
const TOKEN_MS: i64 = 15 * 60 * 1000;

/// How an execution that ended goes on with a record.
#[derive(Debug, Clone)]
pub(crate) enum Reopening {
    /// It is redriven.
    Redrive {
        /// The client token of the request.
        token: Option<String>,
    },
    /// It starts again, as if it had not run before: an Express child of a map run (RED-06).
    Restart,
}

/// Keeps the last state of an execution that ends with this record.
pub(super) fn keep_state(
    connection: &Connection,
    record: &Record,
    state: &str,
) -> Result<(), StoreError> {
    let sql = "INSERT OR REPLACE INTO redrivable (execution, until_ms, state) VALUES (?1, ?2, ?3)";
    let until_ms = record.now_ms.saturating_add(WINDOW_MS);
    connection
        .prepare_cached(sql)?
        .execute((record.execution, until_ms, Pack(state)))?;
    Ok(())
}

/// Opens an execution again that had ended.
pub(super) fn reopen(
    connection: &Connection,
    record: &Record,
    how: &Reopening,
) -> Result<(), StoreError> {
    match how {
        Reopening::Redrive { token } => write_redrive(connection, record, token.as_deref()),
        Reopening::Restart => write_restart(connection, record),
    }
}

fn write_restart(connection: &Connection, record: &Record) -> Result<(), StoreError> {
    let (id, now_ms) = (record.execution, record.now_ms);
    let sql = "UPDATE execution SET status = ?2, start_ms = ?3, listed_ms = ?3, stop_ms = NULL, output = NULL, error = NULL, \
               cause = NULL WHERE id = ?1";
    let running = ExecutionStatus::Running.name();
    connection
        .prepare_cached(sql)?
        .execute((id, running, now_ms))?;
    let sql = "DELETE FROM history WHERE key BETWEEN ?1 AND ?2";
    let (first, last) = (history::key(id, 0), history::key(id, u64::MAX));
    connection.prepare_cached(sql)?.execute((first, last))?;
    Ok(())
}

fn write_redrive(
    connection: &Connection,
    record: &Record,
    token: Option<&str>,
) -> Result<(), StoreError> {
    let (id, now_ms) = (record.execution, record.now_ms);
    let sql = "UPDATE execution SET status = ?2, stop_ms = NULL, output = NULL, error = NULL, cause = NULL, \
               redrive_count = coalesce(redrive_count, 0) + 1, redrive_ms = ?3, listed_ms = ?3 WHERE id = ?1";
    let running = ExecutionStatus::Running.name();
    let opened = connection
        .prepare_cached(sql)?
        .execute((id, running, now_ms))?;
    if opened == 0 {
        return Err(StoreError::Database(
            "the execution was removed meanwhile".into(),
        ));
    }
    connection
        .prepare_cached("DELETE FROM redrivable WHERE execution = ?1")?
        .execute([id])?;
    match token {
        Some(token) => note_token(connection, id, token, now_ms),
        None => Ok(()),
    }
}

/// Drops the items of an execution's map runs, which only a redrive needs once they are over.
pub(super) fn drop_items_of(connection: &Connection, execution: i64) -> Result<(), StoreError> {
    let sql = "DELETE FROM map_run_items WHERE map_run IN \
               (SELECT id FROM map_run WHERE execution = ?1 AND stop_ms IS NOT NULL)";
    connection.prepare_cached(sql)?.execute([execution])?;
    Ok(())
}

/// Remembers a token, and forgets those that count no more.
fn note_token(
    connection: &Connection,
    id: i64,
    token: &str,
    now_ms: i64,
) -> Result<(), StoreError> {
    let sql = "INSERT OR REPLACE INTO redrive_token (execution, token, redrive_ms, number) \
               SELECT id, ?2, ?3, redrive_count FROM execution WHERE id = ?1";
    connection
        .prepare_cached(sql)?
        .execute((id, token, now_ms))?;
    let sql = "DELETE FROM redrive_token WHERE execution = ?1 AND (redrive_ms <= ?2 OR number <= \
               (SELECT redrive_count FROM execution WHERE id = ?1) - ?3)";
    connection
        .prepare_cached(sql)?
        .execute((id, now_ms - TOKEN_MS, TOKENS))?;
    Ok(())
}

impl Store {
    /// When the redrive of this client token was made; `None` when the token is not known, or not any more.
    pub(crate) async fn redriven_by(
        &self,
        id: i64,
        token: &str,
        now_ms: i64,
    ) -> Result<Option<i64>, StoreError> {
        let token = token.to_owned();
        self.readers
            .read(move |connection| {
                let sql = "SELECT redrive_ms FROM redrive_token \
                           WHERE execution = ?1 AND token = ?2 AND redrive_ms > ?3";
                let mut query = connection.prepare_cached(sql)?;
                Ok(query
                    .query_row((id, token, now_ms - TOKEN_MS), |row| row.get(0))
                    .optional()?)
            })
            .await
    }

    /// An execution that ended without success, in the state in which it ended.
    pub(crate) async fn redrivable(&self, id: i64) -> Result<Option<Resumable>, StoreError> {
        self.readers
            .read(move |connection| {
                let sql = format!(
                    "SELECT {RESUMABLE_COLUMNS} FROM redrivable s JOIN execution e ON e.id = s.execution \
                     WHERE s.execution = ?1"
                );
                let mut query = connection.prepare_cached(&sql)?;
                query
                    .query_row([id], |row| Ok(read_resumable(row)))
                    .optional()?
                    .transpose()
            })
            .await
    }

    /// Drops at most `limit` states that nobody can redrive any more; gives how many there were.
    pub(crate) async fn drop_expired_states(
        &self,
        now_ms: i64,
        limit: usize,
    ) -> Result<usize, StoreError> {
        self.writer
            .write(move |connection| {
                let sql = "DELETE FROM redrivable WHERE execution IN \
                           (SELECT execution FROM redrivable WHERE until_ms <= ?1 LIMIT ?2) RETURNING execution";
                let mut delete = connection.prepare_cached(sql)?;
                let dropped = delete.query_map((now_ms, limit), |row| row.get(0))?;
                let dropped: Vec<i64> = dropped.collect::<Result<_, _>>()?;
                for id in &dropped {
                    drop_items_of(connection, *id)?;
                }
                Ok(dropped.len())
            })
            .await
    }

    /// When the next state expires; `None` when none is kept.
    pub(crate) async fn next_expiry(&self) -> Result<Option<i64>, StoreError> {
        self.readers
            .read(|connection| {
                let sql = "SELECT min(until_ms) FROM redrivable";
                Ok(connection.query_row(sql, [], |row| row.get(0))?)
            })
            .await
    }
}
