//! What only a distributed Map state has (feature map, section 7): reader, batcher, writer, label, kind of children.
//!
//! Fields that do not go together are the work of [`crate::check`]; here each is read on its own.

use super::map::Selector;
use super::place::Place;
use super::{Amount, QueryLanguage};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The distributed side of a Map state.
#[derive(Debug, Clone, PartialEq)]
pub struct Distributed {
    /// `ProcessorConfig.ExecutionType`
    pub execution_type: ExecutionType,
    /// `Label`
    pub label: Option<Arc<str>>,
    /// `ItemReader`
    pub reader: Option<ItemReader>,
    /// `ItemBatcher`
    pub batcher: Option<ItemBatcher>,
    /// `ResultWriter`
    pub writer: Option<ResultWriter>,
}

/// `ProcessorConfig.ExecutionType`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum ExecutionType {
    /// `STANDARD`, the default.
    #[default]
    Standard,
    /// `EXPRESS`: a child may take five minutes.
    Express,
}

/// `ItemReader`
#[derive(Debug, Clone, PartialEq)]
pub struct ItemReader {
    /// What `Resource` names.
    pub action: ReaderAction,
    /// `Parameters` or `Arguments`
    pub arguments: Option<Selector>,
    /// `ReaderConfig`
    pub config: ReaderConfig,
}

/// The call that a reader makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReaderAction {
    /// `arn:aws:states:::s3:getObject`
    GetObject,
    /// `arn:aws:states:::s3:listObjectsV2`
    ListObjects,
}

/// `ReaderConfig`
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReaderConfig {
    /// `InputType`
    pub input_type: Option<InputType>,
    /// `Transformation`
    pub transformation: ReaderTransformation,
    /// `CSVHeaderLocation` and `CSVHeaders`
    pub csv_headers: CsvHeaders,
    /// `CSVDelimiter`, as the character itself.
    pub csv_delimiter: Option<char>,
    /// `MaxItems` or `MaxItemsPath`; 0 means all. A negative value is refused when the map run begins.
    pub max_items: Option<Amount<i64>>,
    /// `ItemsPointer`: a JSON Pointer into a JSON file.
    pub items_pointer: Option<Arc<str>>,
}

/// `ReaderConfig.InputType`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the language")]
pub enum InputType {
    Csv,
    Json,
    Jsonl,
    Parquet,
    Manifest,
}

/// `ReaderConfig.Transformation`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum ReaderTransformation {
    /// `NONE`: a listing gives one item for each object.
    #[default]
    None,
    /// `LOAD_AND_FLATTEN`: a listing gives the items inside the objects.
    LoadAndFlatten,
}

/// `CSVHeaderLocation` with `CSVHeaders`
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum CsvHeaders {
    /// `FIRST_ROW`, the default.
    #[default]
    FirstRow,
    /// `GIVEN`
    Given(Vec<String>),
}

/// `ItemBatcher`
#[derive(Debug, Clone, PartialEq)]
pub struct ItemBatcher {
    /// `MaxItemsPerBatch` or its path.
    pub max_items: Option<Amount<u64>>,
    /// `MaxInputBytesPerBatch` or its path.
    pub max_bytes: Option<Amount<u64>>,
    /// `BatchInput`
    pub input: Option<Selector>,
}

/// `ResultWriter`
#[derive(Debug, Clone, PartialEq)]
pub struct ResultWriter {
    /// `Parameters` or `Arguments`, when `Resource` says that results are written to a bucket.
    pub target: Option<Selector>,
    /// `WriterConfig.Transformation`
    pub transformation: Option<WriterTransformation>,
    /// `WriterConfig.OutputType`
    pub output_type: OutputType,
}

/// `WriterConfig.Transformation`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum WriterTransformation {
    /// `NONE`: the whole description of each child execution.
    None,
    /// `COMPACT`: the outputs alone.
    Compact,
    /// `FLATTEN`: the outputs alone, with the elements of those that are arrays.
    Flatten,
}

/// `WriterConfig.OutputType`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum OutputType {
    /// `JSON`: one array.
    #[default]
    Json,
    /// `JSONL`: one line for each result.
    Jsonl,
}

impl Distributed {
    pub(super) fn read(
        state: &Place<'_>,
        config: &Place<'_>,
        language: QueryLanguage,
    ) -> Option<Self> {
        let execution_type = match config.member("ExecutionType") {
            None => ExecutionType::default(),
            Some(place) => named(
                &place,
                &[
                    ("STANDARD", ExecutionType::Standard),
                    ("EXPRESS", ExecutionType::Express),
                ],
            )?,
        };
        let label = match state.member("Label") {
            None => None,
            Some(place) => Some(Arc::from(place.string()?)),
        };
        Some(Self {
            execution_type,
            label,
            reader: optional(state, "ItemReader", |place| {
                ItemReader::read(place, language)
            })?,
            batcher: optional(state, "ItemBatcher", |place| {
                ItemBatcher::read(place, language)
            })?,
            writer: optional(state, "ResultWriter", |place| {
                ResultWriter::read(place, language)
            })?,
        })
    }
}

/// The outer `None` says that the member is wrong, the inner one that it is not there.
fn optional<'a, T>(
    place: &Place<'a>,
    name: &str,
    read: impl FnOnce(&Place<'a>) -> Option<T>,
) -> Option<Option<T>> {
    match place.member(name) {
        None => Some(None),
        Some(member) => read(&member).map(Some),
    }
}

/// The value that a text names.
fn named<T: Copy>(place: &Place<'_>, names: &[(&str, T)]) -> Option<T> {
    let text = place.string()?;
    match names.iter().find(|(name, _)| *name == text) {
        Some((_, value)) => Some(*value),
        None => {
            let known: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
            place.refuse(format!("One of these is expected: {}", known.join(", ")))
        }
    }
}

/// `Parameters`, or `Arguments` in JSONata.
fn read_arguments(place: &Place<'_>, language: QueryLanguage) -> Option<Option<Selector>> {
    let name = match language {
        QueryLanguage::JsonPath => "Parameters",
        QueryLanguage::Jsonata => "Arguments",
    };
    optional(place, name, |place| Selector::read(place, language))
}

impl ItemReader {
    fn read(place: &Place<'_>, language: QueryLanguage) -> Option<Self> {
        let resource = place.required("Resource")?;
        let action = match resource.string()?.rsplit(':').next() {
            Some("getObject") => ReaderAction::GetObject,
            Some("listObjectsV2") => ReaderAction::ListObjects,
            _ => {
                return resource.refuse(
                    "An ItemReader's Resource is arn:aws:states:::s3:getObject or arn:aws:states:::s3:listObjectsV2",
                );
            }
        };
        let config = optional(place, "ReaderConfig", |place| {
            ReaderConfig::read(place, language)
        })?;
        Some(Self {
            action,
            arguments: read_arguments(place, language)?,
            config: config.unwrap_or_default(),
        })
    }
}

impl ReaderConfig {
    fn read(place: &Place<'_>, language: QueryLanguage) -> Option<Self> {
        place.object()?;
        Some(Self {
            input_type: optional(place, "InputType", read_input_type)?,
            transformation: optional(place, "Transformation", |place| {
                let names = [
                    ("NONE", ReaderTransformation::None),
                    ("LOAD_AND_FLATTEN", ReaderTransformation::LoadAndFlatten),
                ];
                named(place, &names)
            })?
            .unwrap_or_default(),
            csv_headers: read_csv_headers(place)?,
            csv_delimiter: optional(place, "CSVDelimiter", read_delimiter)?,
            max_items: Amount::read(place, "MaxItems", language, Place::integer),
            items_pointer: optional(place, "ItemsPointer", |place| place.string().map(Arc::from))?,
        })
    }
}

fn read_input_type(place: &Place<'_>) -> Option<InputType> {
    let names = [
        ("CSV", InputType::Csv),
        ("JSON", InputType::Json),
        ("JSONL", InputType::Jsonl),
        ("PARQUET", InputType::Parquet),
        ("MANIFEST", InputType::Manifest),
    ];
    named(place, &names)
}

fn read_delimiter(place: &Place<'_>) -> Option<char> {
    let names = [
        ("COMMA", ','),
        ("PIPE", '|'),
        ("SEMICOLON", ';'),
        ("SPACE", ' '),
        ("TAB", '\t'),
    ];
    named(place, &names)
}

fn read_csv_headers(config: &Place<'_>) -> Option<CsvHeaders> {
    let is_given = match config.member("CSVHeaderLocation") {
        None => false,
        Some(place) => named(&place, &[("FIRST_ROW", false), ("GIVEN", true)])?,
    };
    if !is_given {
        return Some(CsvHeaders::FirstRow);
    }
    let headers = config.required("CSVHeaders")?.array()?;
    let headers = headers
        .iter()
        .map(|header| header.string().map(str::to_owned));
    headers.collect::<Option<Vec<_>>>().map(CsvHeaders::Given)
}

impl ItemBatcher {
    fn read(place: &Place<'_>, language: QueryLanguage) -> Option<Self> {
        place.object()?;
        let amount = |name| Amount::read(place, name, language, Place::positive);
        Some(Self {
            max_items: amount("MaxItemsPerBatch"),
            max_bytes: amount("MaxInputBytesPerBatch"),
            input: optional(place, "BatchInput", |place| Selector::read(place, language))?,
        })
    }
}

impl ResultWriter {
    fn read(place: &Place<'_>, language: QueryLanguage) -> Option<Self> {
        place.object()?;
        let config = place.member("WriterConfig");
        let config_member = |name: &str| config.as_ref().and_then(|config| config.member(name));
        let transformation = match config_member("Transformation") {
            None => None,
            Some(place) => Some(named(
                &place,
                &[
                    ("NONE", WriterTransformation::None),
                    ("COMPACT", WriterTransformation::Compact),
                    ("FLATTEN", WriterTransformation::Flatten),
                ],
            )?),
        };
        let output_type = match config_member("OutputType") {
            None => OutputType::default(),
            Some(place) => named(
                &place,
                &[("JSON", OutputType::Json), ("JSONL", OutputType::Jsonl)],
            )?,
        };
        let target = match place.member("Resource") {
            None => None,
            Some(_) => read_arguments(place, language)?,
        };
        Some(Self {
            target,
            transformation,
            output_type,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::{Processing, StateKind, StateMachine};
    use crate::text::Document;
    use serde_json::{Value, json};

    fn read(state: &Value) -> Result<Distributed, String> {
        let mut map = json!({
            "Type": "Map", "End": true,
            "ItemProcessor": {
                "ProcessorConfig": {"Mode": "DISTRIBUTED"},
                "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}
            }
        });
        for (name, value) in state.as_object().unwrap() {
            map[name] = value.clone();
        }
        let machine = json!({"StartAt": "M", "States": {"M": map}}).to_string();
        let machine = StateMachine::build(&Document::parse(machine))
            .map_err(|errors| errors[0].to_string())?;
        match &machine.state_named("M").unwrap().kind {
            StateKind::Map(map) => match &map.processing {
                Processing::Distributed(distributed) => Ok((**distributed).clone()),
                Processing::Inline => panic!("it is distributed"),
            },
            other => panic!("no Map: {other:?}"),
        }
    }

    #[test]
    fn a_reader_is_read_with_its_options() {
        let reader = json!({"ItemReader": {
            "Resource": "arn:aws:states:::s3:getObject",
            "Parameters": {"Bucket": "b", "Key.$": "$.key"},
            "ReaderConfig": {
                "InputType": "CSV", "CSVHeaderLocation": "GIVEN", "CSVHeaders": ["a", "b"],
                "CSVDelimiter": "PIPE", "MaxItems": 7
            }
        }});
        let reader = read(&reader).unwrap().reader.unwrap();
        assert_eq!(reader.action, ReaderAction::GetObject);
        assert_eq!(reader.config.csv_delimiter, Some('|'));
        assert_eq!(reader.config.max_items, Some(Amount::Fixed(7)));
        let headers = vec!["a".to_owned(), "b".to_owned()];
        assert_eq!(reader.config.csv_headers, CsvHeaders::Given(headers));
    }

    #[test]
    fn an_unknown_option_is_refused_with_its_place() {
        let reader = json!({"ItemReader": {
            "Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": {"InputType": "XML"}
        }});
        let error = read(&reader).unwrap_err();
        assert!(
            error.contains("CSV, JSON")
                && error.ends_with("/States/M/ItemReader/ReaderConfig/InputType"),
            "{error}"
        );
    }

    #[test]
    fn a_map_with_nothing_but_its_mode_has_standard_children() {
        let distributed = read(&json!({})).unwrap();
        assert_eq!(distributed.execution_type, ExecutionType::Standard);
        assert_eq!(distributed.reader, None);
        assert_eq!(distributed.writer, None);
    }
}
