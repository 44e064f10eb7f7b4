//! Amazon S3 inventories: a manifest that names CSV files and their columns.

use super::{Found, Object, ReaderError, address, text};
use serde::Deserialize;

/// The members of `manifest.json` that matter.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Manifest {
    destination_bucket: Option<String>,
    file_format: String,
    file_schema: String,
    files: Vec<File>,
}

#[derive(Deserialize)]
struct File {
    key: String,
}

/// The files that a manifest names, which lie in its destination bucket, else beside it.
pub(super) fn files(manifest: &Object) -> Result<Found, ReaderError> {
    let unreadable = |reason: String| ReaderError::Unreadable {
        object: address(manifest),
        format: "MANIFEST",
        reason,
    };
    let read: Manifest = serde_json::from_str(text(manifest, "MANIFEST")?)
        .map_err(|error| unreadable(error.to_string()))?;
    if read.file_format != "CSV" {
        let format = read.file_format;
        return Err(unreadable(format!(
            "its files are {format}, and only CSV can be read here"
        )));
    }
    let bucket = read.destination_bucket.as_deref();
    let bucket = bucket.map_or(manifest.bucket.as_str(), |bucket| {
        bucket.rsplit(':').next().unwrap_or(bucket)
    });
    let columns = read.file_schema.split(',');
    Ok(Found::More {
        bucket: bucket.to_owned(),
        keys: read.files.into_iter().map(|file| file.key).collect(),
        headers: Some(columns.map(|column| column.trim().to_owned()).collect()),
    })
}
