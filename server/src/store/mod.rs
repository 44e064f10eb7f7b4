//! What is kept: SQLite with one writer thread that commits in groups, and read-only connections for readers.
//!
//! Every write is answered after the commit that holds it. The store knows nothing of the language; the state of an
//! execution is a text to it.

mod activities;
mod executions;
mod machines;
mod mocks;
mod reviews;

pub use activities::{Activity, ActivityPage};
pub use executions::{
    Execution, ExecutionFilter, ExecutionPage, ExecutionStatus, ExecutionSummary, HistoryPage,
    HistoryQuery,
};
pub use machines::{CreateMachine, Machine, MachineChange, MachinePage, MachineSummary};
pub use reviews::{Review, ReviewStatus};

use std::path::{Path, PathBuf};

/// A key and its value.
pub type Tags = indexmap::IndexMap<String, String>;

/// The store; cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {}

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
    /// SQLite failed; nothing of the write is kept.
    #[error("the database failed: {0}")]
    Database(String),
    /// An earlier commit failed (disk full, I/O error): nothing more is written until the server is started again.
    #[error(
        "the server only reads since a write failed: {0}. Free disk space or mend the disk, then start it again"
    )]
    ReadOnly(String),
    /// What was read makes no sense.
    #[error("the database holds something that cannot be read: {0}")]
    Corrupt(String),
    /// The server is ending.
    #[error("the server is ending")]
    Closed,
}

impl Store {
    /// Opens the database in `folder`, made when it is missing, brought to the present format when it is older.
    pub fn open(_folder: &Path) -> Result<Self, OpenError> {
        unimplemented!()
    }
}
