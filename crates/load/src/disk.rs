//! What the disk itself gives: a bare SQLite loop that commits as many bytes in groups of the same size, as durably.

use crate::LoadError;
use crate::server::folder;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::time::Instant;

/// How much is written.
#[derive(Debug, clap::Args)]
pub(crate) struct DiskArgs {
    /// Rows in one commit
    #[arg(long, default_value_t = 32)]
    group: usize,
    /// Bytes of one row
    #[arg(long, default_value_t = 3_000)]
    bytes: usize,
    /// Commits
    #[arg(long, default_value_t = 1_000)]
    commits: usize,
}

/// Writes rows in groups, each group one `fsync`.
pub(crate) fn disk(args: &DiskArgs) -> Result<Value, LoadError> {
    let folder = folder()?;
    let connection = Connection::open(folder.path().join("bare.db"))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "wal_autocheckpoint", 4000)?;
    connection.execute_batch("CREATE TABLE row (id INTEGER PRIMARY KEY, body BLOB NOT NULL)")?;
    let body = vec![b'x'; args.bytes];
    let begin = Instant::now();
    for _ in 0..args.commits {
        connection.execute_batch("BEGIN IMMEDIATE")?;
        for _ in 0..args.group {
            connection
                .prepare_cached("INSERT INTO row (body) VALUES (?1)")?
                .execute([&body])?;
        }
        connection.execute_batch("COMMIT")?;
    }
    let seconds = begin.elapsed().as_secs_f64();
    Ok(json!({
        "rowsPerSecond": ((args.commits * args.group) as f64 / seconds).round(),
        "commitsPerSecond": (args.commits as f64 / seconds).round(),
    }))
}
