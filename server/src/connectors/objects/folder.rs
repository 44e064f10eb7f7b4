//! Objects in folders: a bucket is a folder, and the slashes of a key are folders in it. Keys that would lead out of the
//! bucket are refused.

use super::{blocking, check_bucket, check_length, no_key, unpacked, unreadable, unwritable};
use crate::durable::{self, Readers};
use asl::machine::map_run::{Listed, Object, ObjectError, Objects as Read, Request};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

/// The folder of all buckets; cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Folder(Arc<Path>);

impl Folder {
    /// The buckets below `folder`, which need not be there.
    pub(super) fn new(folder: PathBuf) -> Self {
        Self(Arc::from(folder))
    }

    pub(super) async fn read(&self, request: Request) -> Result<Read, ObjectError> {
        let folder = Arc::clone(&self.0);
        blocking(move || match request {
            Request::Get { bucket, key, .. } => {
                Ok(Read::Contents(vec![object(&folder, &bucket, &key)?]))
            }
            Request::GetAll { bucket, keys } => {
                let objects = keys.iter().map(|key| object(&folder, &bucket, key));
                objects.collect::<Result<_, _>>().map(Read::Contents)
            }
            Request::List {
                bucket,
                prefix,
                most,
            } => list(&folder, &bucket, &prefix, most).map(Read::Listing),
        })
        .await
    }

    pub(super) async fn write(&self, objects: Vec<Object>) -> Result<(), ObjectError> {
        let folder = Arc::clone(&self.0);
        blocking(move || objects.iter().try_for_each(|object| put(&folder, object))).await
    }
}

fn bucket_folder(folder: &Path, bucket: &str) -> Result<PathBuf, ObjectError> {
    check_bucket(bucket)?;
    Ok(folder.join(bucket))
}

/// The file of an object.
fn file(folder: &Path, bucket: &str, key: &str) -> Result<PathBuf, ObjectError> {
    let inside = Path::new(key);
    let is_inside = !key.is_empty()
        && !key.contains(['\0', '\\'])
        && inside
            .components()
            .all(|component| matches!(component, Component::Normal(_)));
    if !is_inside {
        return Err(no_key(key));
    }
    Ok(bucket_folder(folder, bucket)?.join(inside))
}

fn object(folder: &Path, bucket: &str, key: &str) -> Result<Object, ObjectError> {
    let path = file(folder, bucket, key)?;
    let failed = |error: &std::io::Error| {
        let path = path.display();
        unreadable(bucket, key, format_args!("{error}; looked for at {path}"))
    };
    let length = fs::metadata(&path).map_err(|error| failed(&error))?.len();
    check_length(bucket, key, length)?;
    let bytes = fs::read(&path).map_err(|error| failed(&error))?;
    let bytes = unpacked(bytes).map_err(|error| failed(&error))?;
    Ok(Object {
        bucket: bucket.to_owned(),
        key: key.to_owned(),
        bytes: bytes.into(),
    })
}

/// Writes an object through to the disk, whole or not at all: what a map run says it has written outlives a loss of power.
fn put(folder: &Path, object: &Object) -> Result<(), ObjectError> {
    let path = file(folder, &object.bucket, &object.key)?;
    durable::replace(&path, &folder.join(UNFINISHED), &object.bytes, Readers::All)
        .map_err(|error| unwritable(object, error))
}

/// The folder of files that are being written: no bucket's name begins with a dot.
const UNFINISHED: &str = ".unfinished";

/// The objects of a bucket whose keys begin with `prefix`, in the order of their keys; `most` 0 means all.
fn list(folder: &Path, bucket: &str, prefix: &str, most: u64) -> Result<Vec<Listed>, ObjectError> {
    let root = bucket_folder(folder, bucket)?;
    let failed = |error: std::io::Error| {
        ObjectError(format!("The bucket {bucket} cannot be listed ({error})."))
    };
    let mut found = Vec::new();
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let path = entry.path();
            let metadata = entry.metadata().map_err(failed)?;
            let key = key_of(&root, &path);
            if metadata.is_dir() {
                open.push(path);
            } else if key.starts_with(prefix) {
                found.push(listed(key, &metadata));
            }
        }
    }
    found.sort_by(|left, right| left.key.cmp(&right.key));
    if most > 0 {
        found.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    }
    Ok(found)
}

fn key_of(root: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path).components();
    let parts: Vec<_> = inside
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

fn listed(key: String, metadata: &fs::Metadata) -> Listed {
    let written = metadata.modified().ok();
    let since = written.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let last_modified_ms = since.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    });
    let size = metadata.len();
    let hash = Sha256::digest(format!("{key} {size} {last_modified_ms}"));
    let etag = hash
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Listed {
        key,
        size,
        etag,
        last_modified_ms,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(key: &str) -> Object {
        Object {
            bucket: "b".into(),
            key: key.into(),
            bytes: Arc::from(&b"[1]"[..]),
        }
    }

    #[tokio::test]
    async fn what_was_written_is_listed_and_read() {
        let folder = tempfile::tempdir().unwrap();
        let objects = Folder::new(folder.path().join("objects"));
        let both = vec![written("in/b.json"), written("in/a.json"), written("other")];
        objects.write(both).await.unwrap();
        let list = |prefix: &str, most| Request::List {
            bucket: "b".into(),
            prefix: prefix.into(),
            most,
        };
        let keys = |read: Read| -> Vec<String> {
            match read {
                Read::Listing(listed) => listed.into_iter().map(|listed| listed.key).collect(),
                Read::Contents(_) => panic!("a listing is expected"),
            }
        };
        let found = keys(objects.read(list("in/", 0)).await.unwrap());
        assert_eq!(found, ["in/a.json", "in/b.json"]);
        assert_eq!(
            keys(objects.read(list("", 1)).await.unwrap()),
            ["in/a.json"]
        );
        let get = Request::Get {
            bucket: "b".into(),
            key: "other".into(),
            version: None,
        };
        assert_eq!(
            objects.read(get).await.unwrap(),
            Read::Contents(vec![written("other")])
        );
    }

    #[tokio::test]
    async fn a_key_never_leads_out_of_its_bucket() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("secret"), "x").unwrap();
        let objects = Folder::new(folder.path().join("objects"));
        for (bucket, key) in [
            ("b", "../../secret"),
            ("b", "/etc/passwd"),
            ("..", "secret"),
            ("b", "a/../../../secret"),
            ("b", ""),
            ("", "x"),
        ] {
            let get = Request::Get {
                bucket: bucket.into(),
                key: key.into(),
                version: None,
            };
            let error = objects.read(get).await.unwrap_err().0;
            assert!(error.contains("is no "), "{bucket} {key}: {error}");
        }
    }
}
