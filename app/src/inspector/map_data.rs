//! What a distributed Map reads its items from, in which batches it hands them on, and where it writes the results.

use super::findings::{PartNotes, notes_at};
use super::parts::{JsonIn, PickIn, Section, TextIn};
use super::place::Place;
use super::slot::{Dynamic, Slot};
use super::value::{Entry, ValueIn};
use crate::text::inspector::{self, map, map_data as text};
use crate::ui::{Choice, Select};
use leptos::prelude::*;
use serde_json::{Value, json};

const LIST: &str = "arn:aws:states:::s3:listObjectsV2";
const OBJECT: &str = "arn:aws:states:::s3:getObject";
const PUT: &str = "arn:aws:states:::s3:putObject";

/// The member that holds what a reader or writer asks for.
fn payload(jsonata: bool) -> &'static str {
    if jsonata { "Arguments" } else { "Parameters" }
}

/// An `ItemReader` or `ResultWriter` that calls another resource, with the bucket of before.
fn calling(resource: &str, old: Option<&Value>, jsonata: bool) -> Value {
    let field = payload(jsonata);
    let kept = old
        .and_then(|old| old.get(field))
        .and_then(Value::as_object);
    let mut request = serde_json::Map::new();
    for (key, value) in kept
        .into_iter()
        .flatten()
        .filter(|(key, _)| key.starts_with("Bucket"))
    {
        request.insert(key.clone(), value.clone());
    }
    if request.is_empty() {
        request.insert("Bucket".to_owned(), json!("my-bucket"));
    }
    let own = match resource {
        OBJECT => Some(("Key", "items.json")),
        PUT => Some(("Prefix", "results")),
        _ => None,
    };
    if let Some((key, value)) = own {
        request.insert(key.to_owned(), json!(value));
    }
    let mut call = json!({ "Resource": resource });
    if resource == OBJECT {
        call["ReaderConfig"] = json!({ "InputType": "JSON" });
    }
    call[field] = Value::Object(request);
    call
}

/// A choice between nothing and calls that the object at `field` makes.
#[component]
fn CallPicker(
    place: Place,
    field: &'static str,
    label: &'static str,
    hint: &'static str,
    choices: Vec<Choice>,
    jsonata: bool,
) -> impl IntoView {
    let resource = place.member(field).text("Resource");
    let change = move |resource: String| {
        if resource.is_empty() {
            place.remove(field);
        } else {
            let old = place.value(field).get_untracked();
            place.set(field, &calling(&resource, old.as_ref(), jsonata));
        }
    };
    view! { <Select label=label hint=hint choices=choices value=resource notes=notes_at(place.member(field), &["Resource"]) on_change=change/> }
}

/// Where the items come from (`ItemReader`).
#[component]
pub(super) fn Reader(place: Place, jsonata: bool) -> impl IntoView {
    let reader = place.member("ItemReader");
    let resource = reader.text("Resource");
    let choices = vec![
        Choice::new("", inspector::INPUT),
        Choice::new(LIST, text::FROM_LIST),
        Choice::new(OBJECT, text::FROM_OBJECT),
    ];
    view! {
        <Section title=text::READER about=reader.way()>
            <PartNotes place=reader/>
            <CallPicker place=place field="ItemReader" label=text::SOURCE hint="ItemReader" choices=choices jsonata=jsonata/>
            {move || {
                let resource = resource.get();
                (!resource.is_empty()).then(|| view! { <Source reader=reader list={resource == LIST} jsonata=jsonata/> })
            }}
        </Section>
    }
}

#[component]
fn Source(reader: Place, list: bool, jsonata: bool) -> impl IntoView {
    let request = reader.member(payload(jsonata));
    let dynamic = Dynamic::in_payload(jsonata);
    let config = reader.member("ReaderConfig");
    let flattens = config.read("Transformation", |node| {
        node.and_then(asl::text::Node::as_str) == Some("LOAD_AND_FLATTEN")
    });
    let file = if list {
        Entry::text("Prefix")
            .hint(text::PREFIX_HINT)
            .placeholder(text::ALL_OBJECTS)
    } else {
        Entry::text("Key").hint(text::KEY_HINT).required(true)
    };
    view! {
        <ValueIn at=Slot::new(request, "Bucket", dynamic) entry=Entry::text("Bucket").hint(text::BUCKET_HINT).required(true)/>
        <ValueIn at=Slot::new(request, if list { "Prefix" } else { "Key" }, dynamic) entry=file/>
        {(!list).then(|| view! { <FormatOf config=config/> })}
        {list.then(|| view! {
            <PickIn place=config field="Transformation" label=text::READ hint="ReaderConfig.Transformation" choices=&[("", text::READ_LIST), ("LOAD_AND_FLATTEN", text::READ_OBJECTS)]/>
        })}
        {move || (list && flattens.get()).then(|| view! { <FormatOf config=config/> })}
        <ValueIn at=Slot::new(config, "MaxItems", Dynamic::of_field(jsonata)).with_owner() entry=Entry::count(text::AT_MOST).unit(map::UNIT).hint("ReaderConfig.MaxItems").placeholder(text::ALL_ITEMS).start(json!(100))/>
    }
}

/// How the object is read (`ReaderConfig`).
#[component]
fn FormatOf(config: Place) -> impl IntoView {
    let format = config.text("InputType");
    let headers = config.text("CSVHeaderLocation");
    view! {
        <PickIn place=config field="InputType" label=text::FORMAT hint="ReaderConfig.InputType" choices=&[
            ("JSON", text::JSON_ARRAY), ("JSONL", text::JSON_LINES), ("CSV", "CSV"), ("PARQUET", "Parquet"), ("MANIFEST", text::MANIFEST),
        ]/>
        {move || match format.get().as_str() {
            "CSV" => view! {
                <PickIn place=config field="CSVHeaderLocation" label=text::HEADERS hint="ReaderConfig.CSVHeaderLocation" choices=&[("FIRST_ROW", text::HEADERS_FIRST_ROW), ("GIVEN", text::HEADERS_GIVEN)]/>
                {move || (headers.get() == "GIVEN").then(|| view! { <JsonIn place=config field="CSVHeaders" label=text::COLUMNS hint="ReaderConfig.CSVHeaders" placeholder=text::COLUMNS_EXAMPLE rows=1/> })}
                <PickIn place=config field="CSVDelimiter" label=text::DELIMITER hint="ReaderConfig.CSVDelimiter" choices=&[
                    ("", text::COMMA), ("SEMICOLON", text::SEMICOLON), ("TAB", text::TAB), ("PIPE", text::PIPE), ("SPACE", text::SPACE),
                ]/>
            }.into_any(),
            "MANIFEST" => view! {
                <PickIn place=config field="ManifestType" label=text::MANIFEST_KIND hint="ReaderConfig.ManifestType" choices=&[("", text::INVENTORY), ("ATHENA_DATA", text::ATHENA)]/>
            }.into_any(),
            "JSON" | "" => view! {
                <TextIn place=config field="ItemsPointer" label=text::POINTER hint=text::POINTER_HINT placeholder=text::WHOLE_TEXT mono=true/>
            }.into_any(),
            _ => ().into_any(),
        }}
    }
}

/// How many items a round gets (`ItemBatcher`).
#[component]
pub(super) fn Batches(place: Place, jsonata: bool) -> impl IntoView {
    let batcher = place.member("ItemBatcher");
    let dynamic = Dynamic::of_field(jsonata);
    let has_batches = place.has("ItemBatcher");
    view! {
        <Section title=text::BATCHES about=batcher.way()>
            <PartNotes place=batcher/>
            <ValueIn at=Slot::new(batcher, "MaxItemsPerBatch", dynamic).with_owner() entry=Entry::count(text::BATCH_ITEMS).from(1.0).hint("ItemBatcher.MaxItemsPerBatch").placeholder(text::NO_BATCHES).start(json!(10))/>
            {move || has_batches.get().then(|| view! {
                <ValueIn at=Slot::new(batcher, "MaxInputBytesPerBatch", dynamic).with_owner() entry=Entry::count(text::BATCH_SIZE).unit(text::BYTES).from(1.0).to(262_144.0).hint(text::BATCH_SIZE_HINT).placeholder(text::BATCH_SIZE_NONE).start(json!(131_072))/>
                <JsonIn place=batcher field="BatchInput" label=text::BATCH_INPUT hint="ItemBatcher.BatchInput" placeholder=text::NOTHING rows=1/>
            })}
        </Section>
    }
}

/// Where the results go (`ResultWriter`).
#[component]
pub(super) fn Writer(place: Place, jsonata: bool) -> impl IntoView {
    let writer = place.member("ResultWriter");
    let request = writer.member(payload(jsonata));
    let config = writer.member("WriterConfig");
    let dynamic = Dynamic::in_payload(jsonata);
    let has_writer = place.has("ResultWriter");
    let choices = vec![
        Choice::new("", text::STATE_RESULT),
        Choice::new(PUT, text::TO_OBJECTS),
    ];
    view! {
        <Section title=text::RESULTS about=writer.way()>
            <PartNotes place=writer/>
            <CallPicker place=place field="ResultWriter" label=text::GO_INTO hint="ResultWriter" choices=choices jsonata=jsonata/>
            {move || has_writer.get().then(|| view! {
                <ValueIn at=Slot::new(request, "Bucket", dynamic) entry=Entry::text("Bucket").hint(text::BUCKET_HINT).required(true)/>
                <ValueIn at=Slot::new(request, "Prefix", dynamic) entry=Entry::text("Prefix").hint(text::RESULTS_PREFIX_HINT)/>
                <PickIn place=config field="OutputType" label=text::FORMAT hint="WriterConfig.OutputType" choices=&[("JSON", "JSON"), ("JSONL", text::JSON_LINES)]/>
                <PickIn place=config field="Transformation" label=text::WRITTEN hint="WriterConfig.Transformation" choices=&[("NONE", text::WRITTEN_DETAILS), ("COMPACT", text::WRITTEN_OUTPUT), ("FLATTEN", text::WRITTEN_FLAT)]/>
            })}
        </Section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_source_keeps_the_bucket_and_asks_for_what_it_needs() {
        let old =
            json!({ "Resource": LIST, "Parameters": { "Bucket.$": "$.bucket", "Prefix": "a" } });
        assert_eq!(
            calling(OBJECT, Some(&old), false),
            json!({
                "Resource": OBJECT,
                "ReaderConfig": { "InputType": "JSON" },
                "Parameters": { "Bucket.$": "$.bucket", "Key": "items.json" },
            })
        );
        assert_eq!(
            calling(PUT, None, true)["Arguments"],
            json!({ "Bucket": "my-bucket", "Prefix": "results" })
        );
    }
}
