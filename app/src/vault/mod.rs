//! What the browser keeps beside the drafts, in IndexedDB: the steps of undo and redo, and versions.
//!
//! Nothing here is needed to work: where the browser refuses it, is full or holds something unreadable, the caller goes on
//! without. Drafts themselves lie in `localStorage` (`drafts`), which is written before a closing page goes away.

mod database;
mod steps;

pub use database::VaultError;
pub use steps::{keep_steps, load_steps};

use database::{Store, range, write};

/// Keeps under another name what is kept of a pipeline, in place of what was there.
pub async fn carry(from: &str, to: &str) -> Result<(), VaultError> {
    database::connect().await?;
    let work = write(&[Store::Heads, Store::Steps])?;
    steps::carry(&work, from, to).await?;
    work.end()?.done().await
}

/// Forgets everything that is kept of a pipeline.
pub async fn forget(name: &str) -> Result<(), VaultError> {
    database::connect().await?;
    let all = range(name, 0)?;
    let work = write(&[Store::Heads, Store::Steps])?;
    work.delete(Store::Heads, &name.into())?;
    work.delete(Store::Steps, &all)?;
    work.end()?.done().await
}
