//! The steps of undo and redo: a head for each pipeline, and one text for each step.

use super::database::{
    Ended, Store, VaultError, Work, connect, key, range, range_below, read, write,
};
use crate::document::{Head, Past, Unstored};
use std::future::Future;

const STORES: [Store; 2] = [Store::Heads, Store::Steps];

/// The steps that lead to exactly `text`; none when none are kept, or they lead elsewhere.
pub async fn load_steps(name: &str, text: &str) -> Result<Option<Past>, VaultError> {
    connect().await?;
    let work = read(&STORES)?;
    let Some(head) = work.get(Store::Heads, &name.into()).await? else {
        return Ok(None);
    };
    let steps = work.all(Store::Steps, &range(name, 0)?).await?;
    Ok(Past::read(&head, &steps, text))
}

/// Writes what the kept steps lack: at once, so that a page that is closing does it, too. The future says how it went.
pub fn keep_steps(
    name: &str,
    unstored: &Unstored,
) -> impl Future<Output = Result<(), VaultError>> + use<> {
    let written = put(name, unstored);
    async move { written?.done().await }
}

/// Opens the database again where a write failed since the browser had closed it; says whether it is there.
pub async fn is_there() -> bool {
    connect().await.is_ok()
}

fn put(name: &str, unstored: &Unstored) -> Result<Ended, VaultError> {
    let work = write(&STORES)?;
    match fill(&work, name, unstored) {
        Ok(()) => work.end(),
        Err(error) => {
            work.give_up();
            Err(error)
        }
    }
}

fn fill(work: &Work, name: &str, unstored: &Unstored) -> Result<(), VaultError> {
    work.delete(Store::Steps, &range(name, unstored.end)?)?;
    work.delete(Store::Steps, &range_below(name, unstored.first)?)?;
    for (number, step) in &unstored.steps {
        work.put(Store::Steps, &key(name, *number), step)?;
    }
    work.put(Store::Heads, &name.into(), &unstored.head)
}

pub(super) async fn carry(work: &Work, from: &str, to: &str) -> Result<(), VaultError> {
    let head = work.get(Store::Heads, &from.into()).await?;
    let steps = work.all(Store::Steps, &range(from, 0)?).await?;
    work.delete(Store::Heads, &from.into())?;
    work.delete(Store::Steps, &range(from, 0)?)?;
    work.delete(Store::Steps, &range(to, 0)?)?;
    for (number, step) in (first_of(head.as_deref())..).zip(&steps) {
        work.put(Store::Steps, &key(to, number), step)?;
    }
    match head {
        Some(head) => work.put(Store::Heads, &to.into(), &head),
        None => work.delete(Store::Heads, &to.into()),
    }
}

fn first_of(head: Option<&str>) -> u64 {
    let head = head.and_then(|head| serde_json::from_str::<Head>(head).ok());
    head.map_or(0, |head| head.first)
}
