//! Sample objects for the readers and writers of distributed Maps: a bucket store in memory.

use crate::machine::map_run::{Listed, Object, ObjectError, Objects, Request};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Objects by bucket and key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SampleObjects(BTreeMap<(String, String), Arc<[u8]>>);

impl SampleObjects {
    /// Puts an object in, or in the place of one with the same key.
    pub fn put(&mut self, bucket: &str, key: &str, bytes: &[u8]) {
        self.0
            .insert((bucket.to_owned(), key.to_owned()), Arc::from(bytes));
    }

    /// The content of an object.
    pub fn get(&self, bucket: &str, key: &str) -> Option<&[u8]> {
        self.0
            .get(&(bucket.to_owned(), key.to_owned()))
            .map(|bytes| &**bytes)
    }

    /// The keys of a bucket, in order.
    pub fn keys(&self, bucket: &str) -> impl Iterator<Item = &str> {
        self.0
            .keys()
            .filter(move |(there, _)| there == bucket)
            .map(|(_, key)| key.as_str())
    }

    /// What a map run asks for; `now_ms` stands for the time at which the objects were written.
    ///
    /// # Errors
    ///
    /// An object that is not there.
    pub fn read(&self, request: &Request, now_ms: i64) -> Result<Objects, ObjectError> {
        match request {
            Request::Get { bucket, key, .. } => {
                Ok(Objects::Contents(vec![self.object(bucket, key)?]))
            }
            Request::GetAll { bucket, keys } => {
                let objects = keys.iter().map(|key| self.object(bucket, key));
                objects.collect::<Result<_, _>>().map(Objects::Contents)
            }
            Request::List {
                bucket,
                prefix,
                most,
            } => {
                let most = match usize::try_from(*most) {
                    Ok(0) | Err(_) => usize::MAX,
                    Ok(most) => most,
                };
                let listed = self.0.iter().filter(|((there, key), _)| {
                    there == bucket && key.starts_with(prefix.as_str())
                });
                let listed = listed.take(most).map(|((_, key), bytes)| Listed {
                    key: key.clone(),
                    size: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
                    etag: etag(bytes),
                    last_modified_ms: now_ms,
                });
                Ok(Objects::Listing(listed.collect()))
            }
        }
    }

    /// What a map run writes.
    pub fn write(&mut self, objects: &[Object]) {
        for object in objects {
            self.0.insert(
                (object.bucket.clone(), object.key.clone()),
                Arc::clone(&object.bytes),
            );
        }
    }

    fn object(&self, bucket: &str, key: &str) -> Result<Object, ObjectError> {
        let found = self.0.get(&(bucket.to_owned(), key.to_owned()));
        let missing = || {
            ObjectError(format!(
                "There is no sample object {key} in the bucket {bucket}."
            ))
        };
        Ok(Object {
            bucket: bucket.to_owned(),
            key: key.to_owned(),
            bytes: Arc::clone(found.ok_or_else(missing)?),
        })
    }
}

/// Sixteen hexadecimal bytes that change with the content.
fn etag(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
