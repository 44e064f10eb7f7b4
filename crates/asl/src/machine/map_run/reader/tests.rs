use super::*;
use crate::machine::map_run::Object;
use serde_json::json;
use std::sync::Arc;

fn reading(input_type: InputType) -> Reading {
    Reading {
        action: ReaderAction::GetObject,
        bucket: "b".to_owned(),
        key: Some("k".to_owned()),
        prefix: None,
        version: None,
        input_type: Some(input_type),
        transformation: ReaderTransformation::None,
        csv_headers: CsvHeaders::FirstRow,
        csv_delimiter: ',',
        items_pointer: None,
        max_items: 0,
    }
}

fn object(key: &str, text: &str) -> Object {
    Object {
        bucket: "b".to_owned(),
        key: key.to_owned(),
        bytes: Arc::from(text.as_bytes()),
    }
}

/// The items in one object, as an array.
fn items(reading: &Reading, text: &str) -> Result<Value, String> {
    let objects = Objects::Contents(vec![object("k", text)]);
    match found(reading, &objects) {
        Ok(Found::Items(items)) => Ok(all(&items)),
        Ok(other) => panic!("items are expected: {other:?}"),
        Err(error) => Err(error.to_string()),
    }
}

fn all(items: &Items) -> Value {
    (0..items.len())
        .filter_map(|index| items.plain(index))
        .collect()
}

fn csv(text: &str) -> String {
    items(&reading(InputType::Csv), text).unwrap().to_string()
}

#[test]
fn cells_are_texts_and_keys_come_in_the_order_that_aws_prints() {
    assert_eq!(
        csv("0,True,{}\nValue4,Value5,Value6\n,,,\nNull,None,\n   \n"),
        r#"[{"0":"Value4","{}":"Value6","True":"Value5"},{"0":"","{}":"","True":""},{"0":"Null","{}":"","True":"None"},{"0":"   ","{}":"","True":""}]"#
    );
}

#[test]
fn quotes_delimiters_and_line_breaks_inside_cells_are_kept() {
    assert_eq!(
        csv("a,b\r\n\"x,\"\"y\"\"\",\"two\nlines\"\r\n\\\"q\\\",c\\d\\,e\r\n"),
        r#"[{"a":"x,\"y\"","b":"two\nlines"},{"a":"\"q\"","b":"c\\d,e"}]"#
    );
}

#[test]
fn given_headers_leave_the_first_row_to_the_items() {
    let mut reading = reading(InputType::Csv);
    reading.csv_headers = CsvHeaders::Given(vec!["n".to_owned()]);
    reading.csv_delimiter = '\t';
    assert_eq!(
        items(&reading, "1\t2\n3").unwrap(),
        json!([{"n": "1"}, {"n": "3"}])
    );
    reading.csv_headers = CsvHeaders::Given(vec!["n".to_owned(), "n".to_owned()]);
    assert_eq!(
        items(&reading, "1").unwrap_err(),
        "CSV headers cannot contain duplicates."
    );
}

#[test]
fn a_pointer_leads_to_the_items_inside_a_json_file() {
    let mut reading = reading(InputType::Json);
    reading.items_pointer = Some(Arc::from("/data/0/items"));
    let text = r#"{"data": [{"items": [1, 2]}]}"#;
    assert_eq!(items(&reading, text).unwrap(), json!([1, 2]));
    reading.items_pointer = Some(Arc::from("/data/0"));
    assert_eq!(
        items(&reading, text).unwrap(),
        json!([{"Key": "items", "Value": [1, 2]}])
    );
    reading.items_pointer = Some(Arc::from("/other"));
    assert!(items(&reading, text).unwrap_err().contains("/other"));
}

#[test]
fn a_file_that_cannot_be_walked_over_says_why() {
    let json = reading(InputType::Json);
    assert_eq!(
        items(&json, "3").unwrap_err(),
        "Attempting to map over non-iterable node."
    );
    let broken = items(&json, "[1,").unwrap_err();
    assert!(
        broken.contains("S3://b/k") && broken.contains("JSON"),
        "{broken}"
    );
    let deep = "[".repeat(100_000);
    assert!(items(&json, &deep).is_err());
    let error = items(&reading(InputType::Parquet), "").unwrap_err();
    assert!(error.contains("PARQUET"), "{error}");
}

#[test]
fn each_line_of_a_jsonl_file_is_an_item() {
    let reading = reading(InputType::Jsonl);
    assert_eq!(
        items(&reading, "{\"a\":1}\n\n[2]\r\n").unwrap(),
        json!([{"a": 1}, [2]])
    );
    let error = items(&reading, "1\nx\n").unwrap_err();
    assert!(error.contains("line 2"), "{error}");
}

#[test]
fn a_listing_gives_what_is_known_of_each_object_or_their_contents() {
    let mut reading = reading(InputType::Jsonl);
    reading.action = ReaderAction::ListObjects;
    reading.key = None;
    let listed = |key: &str| Listed {
        key: key.to_owned(),
        size: 3,
        etag: "e".to_owned(),
        last_modified_ms: 1_500_000,
    };
    let objects = Objects::Listing(vec![listed("folder/"), listed("folder/a")]);
    let Ok(Found::Items(items)) = found(&reading, &objects) else {
        panic!("items are expected");
    };
    assert_eq!(
        items.plain(1).unwrap(),
        json!({"Etag": "\"e\"", "Key": "folder/a", "LastModified": 1_500, "Size": 3, "StorageClass": "STANDARD"})
    );
    reading.transformation = ReaderTransformation::LoadAndFlatten;
    let Ok(Found::More { keys, headers, .. }) = found(&reading, &objects) else {
        panic!("more objects are expected");
    };
    assert_eq!((keys, headers), (vec!["folder/a".to_owned()], None));
    let loaded = loaded(&reading, None, &[object("a", "1\n2"), object("b", "3")]).unwrap();
    assert_eq!(all(&loaded), json!([1, 2, 3]));
    let source = |index| loaded.item(index).and_then(|item| item.source);
    assert_eq!(
        (source(1), source(2)),
        (Some("S3://b/a".to_owned()), Some("S3://b/b".to_owned()))
    );
}

#[test]
fn an_inventory_names_its_files_and_their_columns() {
    let reading = reading(InputType::Manifest);
    let manifest = json!({
        "destinationBucket": "arn:aws:s3:::dest", "fileFormat": "CSV",
        "fileSchema": "Bucket, Key", "files": [{"key": "data/1.csv", "size": 9}]
    });
    let objects = Objects::Contents(vec![object("manifest.json", &manifest.to_string())]);
    let Ok(Found::More {
        bucket,
        keys,
        headers,
    }) = found(&reading, &objects)
    else {
        panic!("files are expected");
    };
    assert_eq!(
        (bucket.as_str(), keys),
        ("dest", vec!["data/1.csv".to_owned()])
    );
    let rows = loaded(
        &reading,
        headers.as_deref(),
        &[object("1.csv", "\"b\",\"k\"\n")],
    )
    .unwrap();
    assert_eq!(all(&rows), json!([{"Bucket": "b", "Key": "k"}]));
}
