//! What an `ItemReader` makes of the objects that it read (asl-rules 11, feature map 7).
//!
//! Only the parsing is done here; the caller brings the bytes, unpacked when they were compressed. Parquet is not read.

mod csv;
mod inventory;
mod json;
#[cfg(test)]
mod tests;

use super::items::Items;
use super::plan::Reading;
use super::{Listed, Object, Objects, Request};
use crate::definition::{CsvHeaders, InputType, ReaderAction, ReaderTransformation};
use serde_json::{Map, Value};
use std::sync::Arc;

/// Items that a map run may have: more are refused, since they are held in memory.
const MAX_ITEMS: u64 = 10_000_000;

/// What was found in the objects.
#[derive(Debug)]
pub(super) enum Found {
    /// The items.
    Items(Items),
    /// More objects that hold the items.
    More {
        bucket: String,
        keys: Vec<String>,
        /// The columns of files that do not name them.
        headers: Option<Vec<String>>,
    },
}

/// Why the objects give no items; the text is the cause of `States.ItemReaderFailed`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum ReaderError {
    /// Recorded (asl-rules 11).
    #[error("CSV headers cannot contain duplicates.")]
    DuplicateHeaders,
    /// The JSON in the file is neither an array nor an object.
    #[error("Attempting to map over non-iterable node.")]
    NotIterable,
    /// The pointer leads nowhere.
    #[error("The ItemsPointer '{0}' leads to nothing in the JSON of the object {1}.")]
    NoSuchPointer(String, String),
    /// The text cannot be read.
    #[error("The object {object} cannot be read as {format}: {reason}.")]
    Unreadable {
        object: String,
        format: &'static str,
        reason: String,
    },
    /// Parquet is not read here.
    #[error("Objects of the InputType PARQUET cannot be read here. Use CSV, JSON or JSONL.")]
    Parquet,
    /// Nothing says what is in the objects.
    #[error("The ReaderConfig has no InputType, so that the object {0} cannot be read.")]
    NoInputType(String),
    /// Too much of it.
    #[error("The objects hold more than {MAX_ITEMS} items. Set MaxItems to read fewer.")]
    TooMany,
}

impl Reading {
    /// What is read first.
    pub(super) fn request(&self) -> Request {
        match (&self.action, &self.key) {
            (ReaderAction::GetObject, Some(key)) => Request::Get {
                bucket: self.bucket.clone(),
                key: key.clone(),
                version: self.version.clone(),
            },
            (ReaderAction::ListObjects, _) | (ReaderAction::GetObject, None) => Request::List {
                bucket: self.bucket.clone(),
                prefix: self.prefix.clone().unwrap_or_default(),
                most: u64::try_from(self.max_items).unwrap_or(0),
            },
        }
    }
}

/// The items in what was read first.
pub(super) fn found(reading: &Reading, objects: &Objects) -> Result<Found, ReaderError> {
    match (objects, reading.transformation) {
        (Objects::Listing(listed), ReaderTransformation::None) => {
            let items = listed.iter().map(listed_item);
            let source = format!("S3://{}", reading.bucket);
            Ok(Found::Items(Items::of_value(
                Value::Array(items.collect()),
                &source,
            )))
        }
        (Objects::Listing(listed), ReaderTransformation::LoadAndFlatten) => Ok(Found::More {
            bucket: reading.bucket.clone(),
            keys: listed
                .iter()
                .filter(|listed| !listed.key.ends_with('/'))
                .map(|listed| listed.key.clone())
                .collect(),
            headers: None,
        }),
        (Objects::Contents(objects), _) => match (reading.input_type, objects.first()) {
            (Some(InputType::Manifest), Some(manifest)) => inventory::files(manifest),
            (_, _) => loaded(reading, None, objects).map(Found::Items),
        },
    }
}

/// The items in objects that were read because a listing or an inventory named them, or as the only ones.
pub(super) fn loaded(
    reading: &Reading,
    headers: Option<&[String]>,
    objects: &[Object],
) -> Result<Items, ReaderError> {
    let mut all = Items::of_value(Value::Array(Vec::new()), "");
    for (index, object) in objects.iter().enumerate() {
        let items = content(reading, headers, object)?;
        if index == 0 {
            all = items;
        } else {
            all.append(items);
        }
        if all.len() > MAX_ITEMS {
            return Err(ReaderError::TooMany);
        }
    }
    Ok(all)
}

/// The items in a text that stands for what a reader would read: an object's content, or a listing as a JSON array.
pub(in crate::machine) fn read_items(reading: &Reading, text: &str) -> Result<Items, String> {
    let object = Object {
        bucket: reading.bucket.clone(),
        key: reading.key.clone().unwrap_or_default(),
        bytes: Arc::from(text.as_bytes()),
    };
    let items = match (reading.action, reading.transformation) {
        (ReaderAction::ListObjects, ReaderTransformation::None) => {
            json::read(&object, None).map(|listed| Items::of_value(listed, &address(&object)))
        }
        (ReaderAction::GetObject, _)
        | (ReaderAction::ListObjects, ReaderTransformation::LoadAndFlatten) => {
            content(reading, None, &object)
        }
    };
    let mut items = items.map_err(|error| error.to_string())?;
    items.truncate(u64::try_from(reading.max_items).unwrap_or(0));
    Ok(items)
}

fn content(
    reading: &Reading,
    headers: Option<&[String]>,
    object: &Object,
) -> Result<Items, ReaderError> {
    let given = headers.map(|headers| CsvHeaders::Given(headers.to_vec()));
    let value = match (&given, reading.input_type) {
        (Some(given), _) => csv::read(object, given, ',', reading.most())?,
        (None, Some(InputType::Csv)) => csv::read(
            object,
            &reading.csv_headers,
            reading.csv_delimiter,
            reading.most(),
        )?,
        (None, Some(InputType::Json)) => json::read(object, reading.items_pointer.as_deref())?,
        (None, Some(InputType::Jsonl)) => json::read_lines(object, reading.most())?,
        (None, Some(InputType::Parquet)) => return Err(ReaderError::Parquet),
        (None, Some(InputType::Manifest) | None) => {
            return Err(ReaderError::NoInputType(address(object)));
        }
    };
    Ok(Items::of_value(value, &address(object)))
}

impl Reading {
    /// How many items are needed.
    fn most(&self) -> usize {
        match usize::try_from(self.max_items) {
            Ok(0) | Err(_) => usize::MAX,
            Ok(most) => most,
        }
    }
}

/// `$$.Map.Item.Source` of an object's items.
fn address(object: &Object) -> String {
    format!("S3://{}/{}", object.bucket, object.key)
}

/// The text of an object.
fn text<'o>(object: &'o Object, format: &'static str) -> Result<&'o str, ReaderError> {
    let text = std::str::from_utf8(&object.bytes).map_err(|error| ReaderError::Unreadable {
        object: address(object),
        format,
        reason: format!("it is no UTF-8 text ({error})"),
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// An object of a listing as an item: what ListObjectsV2 says of it.
fn listed_item(listed: &Listed) -> Value {
    let mut item = Map::new();
    item.insert("Etag".to_owned(), format!("\"{}\"", listed.etag).into());
    item.insert("Key".to_owned(), listed.key.as_str().into());
    let seconds = listed.last_modified_ms.div_euclid(1000);
    item.insert("LastModified".to_owned(), seconds.into());
    item.insert("Size".to_owned(), listed.size.into());
    item.insert("StorageClass".to_owned(), "STANDARD".into());
    Value::Object(item)
}
