//! Buckets of objects for the readers and writers of distributed Maps: folders below the data folder, or S3.
//!
//! Whatever the place, an object is held in memory whole, is written whole or not at all, and its content is unpacked when
//! it is gzip. `s3:…` and `aws-sdk:s3:…` name the same calls. Parts of objects are not read, and objects are not deleted.

mod folder;
mod s3;

use crate::config::ObjectPlace;
use asl::machine::map_run::{Object, ObjectError, Objects as Read, Request};
use folder::Folder;
use s3::S3;
use std::io::Read as _;
use std::path::PathBuf;

/// Longest object that is read, in bytes: it is held in memory.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// The objects of a server; cheap to clone.
#[derive(Debug, Clone)]
pub(crate) enum Objects {
    /// In folders.
    Folder(Folder),
    /// In S3.
    S3(S3),
}

impl Objects {
    /// The objects in this place; `folder` need not be there.
    pub(crate) fn new(place: &ObjectPlace, folder: PathBuf) -> Self {
        match place {
            ObjectPlace::Folder => Self::Folder(Folder::new(folder)),
            ObjectPlace::S3(settings) => {
                let endpoint = settings.endpoint.as_deref().unwrap_or("AWS");
                tracing::info!(endpoint, "distributed Maps read and write objects in S3");
                Self::S3(S3::new(settings.clone()))
            }
        }
    }

    /// Reads what a map run asks for.
    pub(crate) async fn read(&self, request: Request) -> Result<Read, ObjectError> {
        match self {
            Self::Folder(folder) => folder.read(request).await,
            Self::S3(s3) => s3.read(request).await,
        }
    }

    /// Writes objects in their order, each whole or not at all.
    pub(crate) async fn write(&self, objects: Vec<Object>) -> Result<(), ObjectError> {
        match self {
            Self::Folder(folder) => folder.write(objects).await,
            Self::S3(s3) => s3.write(&objects).await,
        }
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ObjectError> + Send + 'static,
) -> Result<T, ObjectError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|_| Err(ObjectError("The objects could not be reached.".into())))
}

fn unreadable(bucket: &str, key: &str, why: impl std::fmt::Display) -> ObjectError {
    ObjectError(format!(
        "The object {key} of the bucket {bucket} cannot be read ({why})."
    ))
}

fn unwritable(object: &Object, why: impl std::fmt::Display) -> ObjectError {
    let (key, bucket) = (&object.key, &object.bucket);
    ObjectError(format!(
        "The object {key} of the bucket {bucket} cannot be written ({why})."
    ))
}

fn no_key(key: &str) -> ObjectError {
    ObjectError(format!("{key:?} is no key of an object here."))
}

/// An object that is longer than [`MAX_BYTES`] is refused.
fn check_length(bucket: &str, key: &str, length: u64) -> Result<(), ObjectError> {
    if length <= MAX_BYTES {
        return Ok(());
    }
    Err(ObjectError(format!(
        "The object {key} of the bucket {bucket} is longer than {MAX_BYTES} bytes, the most that is read."
    )))
}

/// Refuses what is no plain name of a bucket, so that it cannot lead anywhere else.
fn check_bucket(bucket: &str) -> Result<(), ObjectError> {
    let is_plain = bucket
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
    if is_plain && !bucket.trim_matches('.').is_empty() {
        return Ok(());
    }
    Err(ObjectError(format!("{bucket:?} is no name of a bucket.")))
}

/// The content of a gzip file, which its first two bytes give away; any other content as it is.
fn unpacked(bytes: Vec<u8>) -> std::io::Result<Vec<u8>> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes);
    }
    let mut content = Vec::new();
    let unpacking = flate2::read::MultiGzDecoder::new(&bytes[..]);
    unpacking.take(MAX_BYTES + 1).read_to_end(&mut content)?;
    if content.len() as u64 > MAX_BYTES {
        let text = format!("unpacked it is longer than {MAX_BYTES} bytes, the most that is read");
        return Err(std::io::Error::other(text));
    }
    Ok(content)
}

/// Bytes that are gzip.
#[cfg(test)]
fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packing = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packing, bytes).unwrap();
    packing.finish().unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_object_is_unpacked_and_a_broken_one_refused() {
        let packed = packed(b"[1, 2]");
        assert_eq!(unpacked(packed.clone()).unwrap(), b"[1, 2]");
        assert_eq!(unpacked(b"[1, 2]".to_vec()).unwrap(), b"[1, 2]");
        assert!(unpacked(packed[..packed.len() / 2].to_vec()).is_err());
    }
}
