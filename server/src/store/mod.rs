//! What is kept: SQLite with one writer thread that commits in groups, and read-only connections for readers.
//!
//! Every write is answered after the commit that holds it. The store knows nothing of the language; the state of an
//! execution is a text to it.

mod activities;
mod aliases;
pub(crate) mod connections;
pub(crate) mod crash;
mod deletion;
mod executions;
mod history;
pub(crate) mod journal;
mod machines;
pub(crate) mod map_runs;
mod mocks;
mod packed;
mod reader;
pub(crate) mod redrive;
pub(crate) mod retention;
mod reviews;
mod schema;
mod stats;
mod versions;
pub(crate) mod waiting;
mod writer;

pub use activities::{ANSWERED_BY, Activity, ActivityPage};
pub use aliases::{Alias, AliasChange, AliasPage, AliasRefused, CreateAlias, Routes};
pub use deletion::Deletion;
pub use executions::{
    Execution, ExecutionFilter, ExecutionPage, ExecutionStatus, ExecutionSummary, Leftover,
    ListPlace, MapRunChild,
};
pub use history::{HistoryEvent, HistoryPage, HistoryQuery};
pub(crate) use machines::Runnable;
pub use machines::{
    CreateMachine, Created, Machine, MachineChange, MachinePage, MachineStatus, MachineSummary,
    Updated,
};
pub use map_runs::{MapRun, MapRunPage};
pub use reviews::{Review, ReviewStatus};
pub(crate) use stats::CommitStats;
pub use versions::{INITIAL, Publish, Unpublished, Version, VersionPage};

use rusqlite::Connection;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A key and its value.
pub type Tags = indexmap::IndexMap<String, String>;

/// The store; cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    writer: writer::Writer,
    readers: reader::Readers,
    /// Keeps other processes out while any clone lives.
    _lock: Arc<File>,
}

/// Why the store cannot be opened. Every message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder cannot be made or written.
    #[error("the data folder {} cannot be used: {source}. Choose another with --data", .folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Another process has it.
    #[error("the data folder {} is in use by another process. Stop it, or choose another folder with --data", .0.display())]
    InUse(PathBuf),
    /// It was written by a newer version.
    #[error("the database {} was written by a newer version of Statecraft (format {found}, this one reads up to {known}). Use that version, or choose another folder with --data", .file.display())]
    Newer {
        /// The database.
        file: PathBuf,
        /// Its format.
        found: i64,
        /// The newest format known here.
        known: i64,
    },
    /// The database cannot be read.
    #[error("the database in {} cannot be read: {source}", .folder.display())]
    Database {
        /// The folder.
        folder: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// What it holds makes no sense.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a read or a write failed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// SQLite refused; nothing of the write is kept.
    #[error("the database failed: {0}")]
    Database(String),
    /// The disk failed (full, I/O error); nothing of the write is kept.
    #[error("the database could not be written or read: {0}")]
    Disk(String),
    /// An earlier commit failed (disk full, I/O error): nothing more is written until the server is started again.
    #[error(
        "the server only reads since a write failed: {0}. Free disk space or mend the disk, then start it again"
    )]
    ReadOnly(String),
    /// What was read makes no sense.
    #[error("the database holds something that cannot be read: {0}")]
    Corrupt(String),
    /// Nothing secret can be made.
    #[error(transparent)]
    NoRandomness(#[from] crate::ids::NoRandomness),
    /// The server is ending.
    #[error("the server is ending")]
    Closed,
    /// A fault of the server's own; nothing of the write is kept.
    #[error("the server broke down in this request; its log says where")]
    Broken,
}

impl StoreError {
    /// Whether the same request may go well later, once an operator has mended the disk or the server was started again.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Disk(_) | Self::ReadOnly(_) | Self::Closed => true,
            Self::Database(_) | Self::Corrupt(_) | Self::NoRandomness(_) | Self::Broken => false,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        if writer::is_disk_failure(&error) {
            Self::Disk(error.to_string())
        } else {
            Self::Database(error.to_string())
        }
    }
}

impl Store {
    /// Opens the database in `folder`, made when it is missing, brought to the present format when it is older.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        let unusable = |source| OpenError::Folder {
            folder: folder.to_owned(),
            source,
        };
        std::fs::create_dir_all(folder).map_err(unusable)?;
        let lock = lock(folder)?;
        let file = folder.join("statecraft.db");
        let connection = open_database(folder, &file)?;
        let writer = writer::Writer::start(connection).map_err(unusable)?;
        Ok(Self {
            writer,
            readers: reader::Readers::new(file),
            _lock: Arc::new(lock),
        })
    }

    /// Why nothing can be written until the next start; `None` while the disk is well.
    pub fn failure(&self) -> Option<&str> {
        self.writer.failure()
    }

    /// What the writer tells of its commits.
    pub(crate) fn commits(&self) -> &CommitStats {
        self.writer.commits()
    }

    /// Writes that wait for a commit.
    pub(crate) fn queued(&self) -> usize {
        self.writer.queued()
    }

    /// From here on the database may not grow, as on a full disk.
    #[cfg(test)]
    pub(crate) async fn fill_disk(&self) {
        let fill = self.writer.write(|connection| {
            connection.query_row("PRAGMA max_page_count = 1", [], |_| Ok(()))?;
            Ok(())
        });
        fill.await.unwrap();
    }

    /// Answers once everything that was asked before is on disk.
    pub async fn flush(&self) -> Result<(), StoreError> {
        self.writer.write(|_| Ok(())).await
    }
}

/// Takes the folder for this process; the system gives it back when the process ends, however it ends.
fn lock(folder: &Path) -> Result<File, OpenError> {
    let unusable = |source| OpenError::Folder {
        folder: folder.to_owned(),
        source,
    };
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(folder.join("lock"))
        .map_err(unusable)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse(folder.to_owned())),
        Err(TryLockError::Error(source)) => Err(unusable(source)),
    }
}

fn open_database(folder: &Path, file: &Path) -> Result<Connection, OpenError> {
    let broken = |source| OpenError::Database {
        folder: folder.to_owned(),
        source,
    };
    let mut connection = Connection::open(file).map_err(broken)?;
    set_up(&connection).map_err(broken)?;
    let found = schema::format(&connection).map_err(broken)?;
    let known = schema::known_format();
    if found > known {
        return Err(OpenError::Newer {
            file: file.to_owned(),
            found,
            known,
        });
    }
    schema::migrate(&mut connection).map_err(broken)?;
    Ok(connection)
}

/// `synchronous = FULL` makes every commit in the write-ahead log an `fsync`: what was acknowledged survives a power cut.
fn set_up(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    connection.pragma_update(None, "wal_autocheckpoint", 4000)?;
    connection.pragma_update(None, "cache_size", -32_000)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// Text of the database as one of our own values.
fn parsed<T>(value: Option<T>, what: &str, text: &str) -> Result<T, StoreError> {
    value.ok_or_else(|| StoreError::Corrupt(format!("{text:?} is no {what}")))
}

#[cfg(test)]
mod tests;
