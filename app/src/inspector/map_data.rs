//! What a distributed Map reads its items from, in which batches it hands them on, and where it writes the results.

use super::findings::{PartNotes, notes_at};
use super::parts::{JsonIn, PickIn, Section, TextIn};
use super::place::Place;
use super::slot::{Dynamic, Slot};
use super::value::{Entry, ValueIn};
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
        Choice::new("", "The state's input"),
        Choice::new(LIST, "A list of the objects in an S3 bucket"),
        Choice::new(OBJECT, "An S3 object: JSON, CSV, a manifest…"),
    ];
    view! {
        <PartNotes place=reader/>
        <CallPicker place=place field="ItemReader" label="They come from" hint="ItemReader" choices=choices jsonata=jsonata/>
        {move || {
            let resource = resource.get();
            (!resource.is_empty()).then(|| view! { <Source reader=reader list={resource == LIST} jsonata=jsonata/> })
        }}
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
            .hint("Only objects whose names begin so")
            .placeholder("All objects")
    } else {
        Entry::text("Key")
            .hint("The name of the object")
            .required(true)
    };
    view! {
        <ValueIn at=Slot::new(request, "Bucket", dynamic) entry=Entry::text("Bucket").hint("The name of the bucket").required(true)/>
        <ValueIn at=Slot::new(request, if list { "Prefix" } else { "Key" }, dynamic) entry=file/>
        {(!list).then(|| view! { <FormatOf config=config/> })}
        {list.then(|| view! {
            <PickIn place=config field="Transformation" label="What is read" hint="ReaderConfig.Transformation" choices=&[("", "The list of the objects"), ("LOAD_AND_FLATTEN", "What stands in the objects")]/>
        })}
        {move || (list && flattens.get()).then(|| view! { <FormatOf config=config/> })}
        <ValueIn at=Slot::new(config, "MaxItems", Dynamic::of_field(jsonata)).with_owner() entry=Entry::count("At most").unit("items").hint("ReaderConfig.MaxItems").placeholder("All of them").start(json!(100))/>
    }
}

/// How the object is read (`ReaderConfig`).
#[component]
fn FormatOf(config: Place) -> impl IntoView {
    let format = config.text("InputType");
    let headers = config.text("CSVHeaderLocation");
    view! {
        <PickIn place=config field="InputType" label="Format" hint="ReaderConfig.InputType" choices=&[
            ("JSON", "JSON: an array"), ("JSONL", "JSON Lines"), ("CSV", "CSV"), ("PARQUET", "Parquet"), ("MANIFEST", "A manifest of other objects"),
        ]/>
        {move || match format.get().as_str() {
            "CSV" => view! {
                <PickIn place=config field="CSVHeaderLocation" label="Names of the columns" hint="ReaderConfig.CSVHeaderLocation" choices=&[("FIRST_ROW", "In the first row"), ("GIVEN", "Given here")]/>
                {move || (headers.get() == "GIVEN").then(|| view! { <JsonIn place=config field="CSVHeaders" label="Columns" hint="ReaderConfig.CSVHeaders" placeholder="[\"id\", \"name\"]" rows=1/> })}
                <PickIn place=config field="CSVDelimiter" label="Between columns" hint="ReaderConfig.CSVDelimiter" choices=&[
                    ("", "Comma"), ("SEMICOLON", "Semicolon"), ("TAB", "Tab"), ("PIPE", "Pipe"), ("SPACE", "Space"),
                ]/>
            }.into_any(),
            "MANIFEST" => view! {
                <PickIn place=config field="ManifestType" label="Kind of manifest" hint="ReaderConfig.ManifestType" choices=&[("", "S3 inventory"), ("ATHENA_DATA", "Results of Athena")]/>
            }.into_any(),
            "JSON" | "" => view! {
                <TextIn place=config field="ItemsPointer" label="The array in it" hint="ReaderConfig.ItemsPointer: a JSON pointer such as /orders/items" placeholder="The whole text" mono=true/>
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
        <PartNotes place=batcher/>
        <ValueIn at=Slot::new(batcher, "MaxItemsPerBatch", dynamic).with_owner() entry=Entry::count("Items in a batch").from(1.0).hint("ItemBatcher.MaxItemsPerBatch").placeholder("No batches").start(json!(10))/>
        {move || has_batches.get().then(|| view! {
            <ValueIn at=Slot::new(batcher, "MaxInputBytesPerBatch", dynamic).with_owner() entry=Entry::count("Size of a batch").unit("bytes").from(1.0).to(262_144.0).hint("ItemBatcher.MaxInputBytesPerBatch: 262144 at most").placeholder("As much as fits").start(json!(131_072))/>
            <JsonIn place=batcher field="BatchInput" label="What every batch gets besides" hint="ItemBatcher.BatchInput" placeholder="Nothing" rows=1/>
        })}
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
        Choice::new("", "The state's result"),
        Choice::new(PUT, "Objects in an S3 bucket"),
    ];
    view! {
        <Section title="Results">
            <PartNotes place=writer/>
            <CallPicker place=place field="ResultWriter" label="They go into" hint="ResultWriter" choices=choices jsonata=jsonata/>
            {move || has_writer.get().then(|| view! {
                <ValueIn at=Slot::new(request, "Bucket", dynamic) entry=Entry::text("Bucket").hint("The name of the bucket").required(true)/>
                <ValueIn at=Slot::new(request, "Prefix", dynamic) entry=Entry::text("Prefix").hint("What the names of the objects begin with")/>
                <PickIn place=config field="OutputType" label="Format" hint="WriterConfig.OutputType" choices=&[("JSON", "JSON"), ("JSONL", "JSON Lines")]/>
                <PickIn place=config field="Transformation" label="What is written of a run" hint="WriterConfig.Transformation" choices=&[("NONE", "Output and details"), ("COMPACT", "Output alone"), ("FLATTEN", "Output alone, arrays joined")]/>
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
