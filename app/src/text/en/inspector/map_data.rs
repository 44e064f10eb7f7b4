//! Where a distributed Map reads its items from, in which batches it hands them on, where it writes the results.

pub(crate) const FORMAT: &str = "Format";
pub(crate) const BUCKET_HINT: &str = "The name of the bucket";
pub(crate) const JSON_LINES: &str = "JSON Lines";

pub(crate) const READER: &str = "Where the items come from";
pub(crate) const SOURCE: &str = "They come from";
pub(crate) const FROM_LIST: &str = "A list of the objects in an S3 bucket";
pub(crate) const FROM_OBJECT: &str = "An S3 object: JSON, CSV, a manifest…";
pub(crate) const PREFIX_HINT: &str = "Only objects whose names begin so";
pub(crate) const ALL_OBJECTS: &str = "All objects";
pub(crate) const KEY_HINT: &str = "The name of the object";
pub(crate) const READ: &str = "What is read";
pub(crate) const READ_LIST: &str = "The list of the objects";
pub(crate) const READ_OBJECTS: &str = "What stands in the objects";
pub(crate) const AT_MOST: &str = "At most";
pub(crate) const ALL_ITEMS: &str = "All of them";

pub(crate) const JSON_ARRAY: &str = "JSON: an array";
pub(crate) const MANIFEST: &str = "A manifest of other objects";
pub(crate) const HEADERS: &str = "Names of the columns";
pub(crate) const HEADERS_FIRST_ROW: &str = "In the first row";
pub(crate) const HEADERS_GIVEN: &str = "Given here";
pub(crate) const COLUMNS: &str = "Columns";
pub(crate) const COLUMNS_EXAMPLE: &str = r#"["id", "name"]"#;
pub(crate) const DELIMITER: &str = "Between columns";
pub(crate) const COMMA: &str = "Comma";
pub(crate) const SEMICOLON: &str = "Semicolon";
pub(crate) const TAB: &str = "Tab";
pub(crate) const PIPE: &str = "Pipe";
pub(crate) const SPACE: &str = "Space";
pub(crate) const MANIFEST_KIND: &str = "Kind of manifest";
pub(crate) const INVENTORY: &str = "S3 inventory";
pub(crate) const ATHENA: &str = "Results of Athena";
pub(crate) const POINTER: &str = "The array in it";
pub(crate) const POINTER_HINT: &str =
    "ReaderConfig.ItemsPointer: a JSON pointer such as /orders/items";
pub(crate) const WHOLE_TEXT: &str = "The whole text";

pub(crate) const BATCHES: &str = "Batches";
pub(crate) const BATCH_ITEMS: &str = "Items in a batch";
pub(crate) const NO_BATCHES: &str = "No batches";
pub(crate) const BATCH_SIZE: &str = "Size of a batch";
pub(crate) const BATCH_SIZE_HINT: &str = "ItemBatcher.MaxInputBytesPerBatch: 262144 at most";
pub(crate) const BATCH_SIZE_NONE: &str = "As much as fits";
pub(crate) const BATCH_INPUT: &str = "What every batch gets besides";
pub(crate) const NOTHING: &str = "Nothing";
pub(crate) const BYTES: &str = "bytes";

pub(crate) const RESULTS: &str = "Results";
pub(crate) const GO_INTO: &str = "They go into";
pub(crate) const STATE_RESULT: &str = "The state's result";
pub(crate) const TO_OBJECTS: &str = "Objects in an S3 bucket";
pub(crate) const RESULTS_PREFIX_HINT: &str = "What the names of the objects begin with";
pub(crate) const WRITTEN: &str = "What is written of a run";
pub(crate) const WRITTEN_DETAILS: &str = "Output and details";
pub(crate) const WRITTEN_OUTPUT: &str = "Output alone";
pub(crate) const WRITTEN_FLAT: &str = "Output alone, arrays joined";
