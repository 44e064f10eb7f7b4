//! Versions of drafts: what is said of each under one key, its text under the same key in another store.

use super::database::{Store, VaultError, Work, connect, key, range, read, write};
use super::version::{Version, Why, surplus};
use crate::compare::{counted_states, told};

const STORES: [Store; 2] = [Store::Versions, Store::Texts];

/// The versions of a pipeline, newest first. What cannot be read is left out.
pub async fn versions(name: &str) -> Result<Vec<Version>, VaultError> {
    connect().await?;
    of_pipeline(&read(&[Store::Versions])?, name).await
}

async fn of_pipeline(work: &Work, name: &str) -> Result<Vec<Version>, VaultError> {
    let texts = work.all(Store::Versions, &range(name, 0)?).await?;
    let mut versions: Vec<Version> = texts
        .iter()
        .filter_map(|text| Version::read(text))
        .collect();
    versions.sort_by_key(|version| std::cmp::Reverse(version.at));
    Ok(versions)
}

/// The text of a version; none when it is gone.
pub async fn text_of(name: &str, at: u64) -> Result<Option<String>, VaultError> {
    connect().await?;
    let work = read(&[Store::Texts])?;
    work.get(Store::Texts, &key(name, at)).await
}

/// Keeps a text as a version, unless the newest version has the same text already; that one then gets the note and the
/// weightier of both reasons. Older versions that are too many go. Says when the newest version was kept.
pub async fn keep_version(
    name: &str,
    text: &str,
    why: Why,
    note: Option<String>,
    now: u64,
) -> Result<u64, VaultError> {
    connect().await?;
    let work = write(&STORES)?;
    let latest = of_pipeline(&work, name).await?.into_iter().next();
    let before = match &latest {
        Some(latest) => work.get(Store::Texts, &key(name, latest.at)).await?,
        None => None,
    };
    let version = match (latest, before) {
        (Some(mut latest), Some(before)) if before == text => {
            let old = latest.at;
            if latest.kept_again(why, note) {
                delete(&work, name, old)?;
                latest.at = now.max(old);
            }
            latest
        }
        (latest, before) => made(name, text, (why, note), now, latest.zip(before)),
    };
    put(&work, &version)?;
    work.put(Store::Texts, &key(name, version.at), text)?;
    thin(&work, now).await?;
    work.end()?.done().await?;
    Ok(version.at)
}

fn made(
    name: &str,
    text: &str,
    (why, note): (Why, Option<String>),
    now: u64,
    latest: Option<(Version, String)>,
) -> Version {
    // A clock that was set back does not put a version before the one that it follows.
    let at = latest
        .as_ref()
        .map_or(now, |(latest, _)| now.max(latest.at + 1));
    let mut version = Version::new(name, at, why, text.len());
    version.note = note;
    version.states = counted_states(text);
    version.changed = match &latest {
        Some((_, before)) => told(before, text),
        None => String::new(),
    };
    version.since = latest.map(|(latest, _)| latest.at);
    version
}

fn put(work: &Work, version: &Version) -> Result<(), VaultError> {
    let text = serde_json::to_string(version).unwrap_or_default();
    work.put(Store::Versions, &key(&version.pipeline, version.at), &text)
}

/// Takes away what is too much, of all pipelines.
async fn thin(work: &Work, now: u64) -> Result<(), VaultError> {
    let texts = work.every(Store::Versions).await?;
    let all: Vec<Version> = texts
        .iter()
        .filter_map(|text| Version::read(text))
        .collect();
    for version in surplus(&all, now) {
        delete(work, &version.pipeline, version.at)?;
    }
    Ok(())
}

fn delete(work: &Work, name: &str, at: u64) -> Result<(), VaultError> {
    work.delete(Store::Versions, &key(name, at))?;
    work.delete(Store::Texts, &key(name, at))
}

/// Writes a note on a version; an empty one takes it away.
pub async fn note_version(version: &Version, note: &str) -> Result<(), VaultError> {
    connect().await?;
    let mut version = version.clone();
    version.note = Some(note.trim().to_owned()).filter(|note| !note.is_empty());
    let work = write(&STORES)?;
    put(&work, &version)?;
    work.end()?.done().await
}

/// Forgets a version.
pub async fn remove_version(version: &Version) -> Result<(), VaultError> {
    connect().await?;
    let work = write(&STORES)?;
    delete(&work, &version.pipeline, version.at)?;
    work.end()?.done().await
}

/// What changed since the version before, in words, where that is another one than when it was kept.
pub async fn changed_since(version: &Version, before: &Version) -> Result<String, VaultError> {
    if version.since == Some(before.at) {
        return Ok(version.changed.clone());
    }
    let old = text_of(&before.pipeline, before.at).await?;
    let new = text_of(&version.pipeline, version.at).await?;
    Ok(match old.zip(new) {
        Some((old, new)) => told(&old, &new),
        None => String::new(),
    })
}

/// Puts the versions of a pipeline under another name, beside those that are kept there.
pub(super) async fn carry(work: &Work, from: &str, to: &str) -> Result<(), VaultError> {
    for mut version in of_pipeline(work, from).await? {
        if let Some(text) = work.get(Store::Texts, &key(from, version.at)).await? {
            work.put(Store::Texts, &key(to, version.at), &text)?;
        }
        delete(work, from, version.at)?;
        version.pipeline = to.to_owned();
        put(work, &version)?;
    }
    Ok(())
}
