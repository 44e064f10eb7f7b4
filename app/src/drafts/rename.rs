//! A draft under another name: nothing stays under the old one, and what is kept with it goes along.

use super::{Draft, StoreError, remove, save};
use crate::vault;
use leptos::task::spawn_local;

/// Keeps a draft that was called `old`. Where the browser refuses to keep it, it stays under the old name.
pub fn rename(old: &str, draft: &Draft) -> Result<(), StoreError> {
    save(draft)?;
    // A copy that stays is no loss.
    let _ = remove(old);
    let (from, to) = (old.to_owned(), draft.name.clone());
    spawn_local(async move {
        // A browser that refuses this keeps nothing of the kind.
        let _ = vault::carry(&from, &to).await;
    });
    Ok(())
}
