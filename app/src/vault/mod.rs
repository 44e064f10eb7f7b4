//! What the browser keeps beside the drafts, in IndexedDB: the steps of undo and redo, and versions.
//!
//! Nothing here is needed to work: where the browser refuses it, is full or holds something unreadable, the caller goes on
//! without. Drafts themselves lie in `localStorage` (`drafts`), which is written before a closing page goes away.

mod database;
mod steps;
mod version;
mod versions;

pub use database::VaultError;
pub use steps::{is_there, keep_steps, load_steps};
pub use version::{INTERVAL_MS, Version, Why, is_due};
pub use versions::{changed_since, keep_version, note_version, remove_version, text_of, versions};

use database::{Store, range, write};

/// Keeps under another name what is kept of a pipeline: its steps in place of those that were there, its versions beside them.
pub async fn carry(from: &str, to: &str) -> Result<(), VaultError> {
    database::connect().await?;
    let work = write(&Store::ALL)?;
    steps::carry(&work, from, to).await?;
    versions::carry(&work, from, to).await?;
    work.end()?.done().await
}

/// Forgets everything that is kept of a pipeline.
pub async fn forget(name: &str) -> Result<(), VaultError> {
    database::connect().await?;
    let all = range(name, 0)?;
    let work = write(&Store::ALL)?;
    work.delete(Store::Heads, &name.into())?;
    for store in [Store::Steps, Store::Versions, Store::Texts] {
        work.delete(store, &all)?;
    }
    work.end()?.done().await
}
