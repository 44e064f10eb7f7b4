//! How many executions are open (feature map, API-909).

use crate::store::journal::Record;
use std::sync::atomic::{AtomicI64, Ordering};

/// Executions that may be open at once.
pub(super) const MOST_OPEN: i64 = 1_000_000;

/// The count of executions that have not ended.
#[derive(Debug, Default)]
pub(super) struct Open(AtomicI64);

/// By how much a record changes the count.
pub(super) fn change_by(record: &Record) -> i64 {
    let begins = record.new.is_some() || record.reopening.is_some();
    i64::from(begins) - i64::from(record.finished.is_some())
}

impl Open {
    /// Changes the count, after a commit.
    pub(super) fn change(&self, by: i64) {
        self.0.fetch_add(by, Ordering::Relaxed);
    }

    /// The count.
    pub(super) fn count(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Whether no further execution may begin.
    pub(super) fn is_full(&self) -> bool {
        self.count() >= MOST_OPEN
    }
}
