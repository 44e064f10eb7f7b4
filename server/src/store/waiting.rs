//! Executions that a task of another execution waits for (`startExecution.sync`). When nothing waits for one any more, it is
//! stopped; the link is on disk so that a restart cannot lose that.
//!
//! A link is there as long as its child runs and nobody answered the task by its token.

use super::{Store, StoreError};
use rusqlite::Connection;

/// The task that waits for an execution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WaitedBy {
    /// Key of the execution that has the task.
    pub(crate) execution: i64,
    /// The task's number there.
    pub(crate) task: u64,
}

/// Links a new execution to the task that waits for it.
pub(super) fn link(connection: &Connection, child: i64, by: WaitedBy) -> Result<(), StoreError> {
    let sql = "INSERT INTO waited_child (child, parent, task) VALUES (?1, ?2, ?3)";
    connection
        .prepare_cached(sql)?
        .execute((child, by.execution, by.task))?;
    Ok(())
}

/// The child has ended.
pub(super) fn unlink(connection: &Connection, child: i64) -> Result<(), StoreError> {
    let sql = "DELETE FROM waited_child WHERE child = ?1";
    connection.prepare_cached(sql)?.execute([child])?;
    Ok(())
}

/// The task was answered by its token: the child runs on for itself.
pub(super) fn let_go(connection: &Connection, by: WaitedBy) -> Result<(), StoreError> {
    let sql = "DELETE FROM waited_child WHERE parent = ?1 AND task = ?2";
    connection
        .prepare_cached(sql)?
        .execute((by.execution, by.task))?;
    Ok(())
}

const ORPHANS: &str = "SELECT w.child FROM waited_child w \
     LEFT JOIN task t ON t.execution = w.parent AND t.task = w.task AND t.open = 1 WHERE t.id IS NULL";

impl Store {
    /// Executions that run although the task that waited for them is closed: those of one parent, or all.
    pub(crate) async fn orphans(&self, parent: Option<i64>) -> Result<Vec<i64>, StoreError> {
        self.readers
            .read(move |connection| {
                let found = match parent {
                    Some(parent) => {
                        let sql = format!("{ORPHANS} AND w.parent = ?1");
                        let mut query = connection.prepare_cached(&sql)?;
                        let rows = query.query_map([parent], |row| row.get(0))?;
                        rows.collect::<Result<_, _>>()?
                    }
                    None => {
                        let mut query = connection.prepare_cached(ORPHANS)?;
                        let rows = query.query_map([], |row| row.get(0))?;
                        rows.collect::<Result<_, _>>()?
                    }
                };
                Ok(found)
            })
            .await
    }
}
