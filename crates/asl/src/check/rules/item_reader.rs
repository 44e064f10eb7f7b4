//! `INVALID_ITEM_READER`: what a reader reads from, and the fields that go with a format (feature map, ASL-401 to 406). AWS
//! refuses other combinations.

use crate::catalog::{self, Action, Pattern};
use crate::check::Diagnostic;
use crate::check::fields::Kind;
use crate::check::view::{Place, View};
use crate::text::{Node, Span};

const CSV_ONLY: [&str; 3] = ["CSVHeaderLocation", "CSVHeaders", "CSVDelimiter"];

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    for place in &view.places {
        match place.kind {
            Kind::ItemReader => found.extend(resource(view, place)),
            Kind::ReaderConfig => config(view, place, found),
            _ => {}
        }
    }
}

fn resource(view: &View<'_>, place: &Place<'_>) -> Option<Diagnostic> {
    let node = place.node.field("Resource")?;
    if view.is_open(node) {
        return None;
    }
    let text = node.as_str()?;
    let called = |reader: &Action| text.ends_with(&format!(":{}:{}", reader.service, reader.name));
    if catalog::readers().iter().any(called) {
        return None;
    }
    let known = catalog::readers().iter();
    let known: Vec<String> = known
        .map(|reader| reader.resource(Pattern::Request))
        .collect();
    let message = format!(
        "`{text}` is nothing that items are read from; use {}.",
        known.join(" or ")
    );
    let finding = Diagnostic::error(
        "INVALID_ITEM_READER",
        node.span,
        place.pointer.join("Resource"),
        message,
    );
    Some(finding.aws("The field 'Resource' does not match any of the allowed values"))
}

fn config(view: &View<'_>, place: &Place<'_>, found: &mut Vec<Diagnostic>) {
    let format = place.node.field("InputType").and_then(Node::as_str);
    if format == Some("CSV") && place.node.member("CSVHeaderLocation").is_none() {
        let span = Span::new(place.node.span.start, place.node.span.start + 1);
        let message =
            "A reader of CSV needs CSVHeaderLocation: FIRST_ROW, or GIVEN with CSVHeaders.";
        let finding =
            Diagnostic::error("INVALID_ITEM_READER", span, place.pointer.clone(), message);
        let edits = view.document.add_member(
            &view.style,
            place.node,
            "CSVHeaderLocation",
            &serde_json::Value::from("FIRST_ROW"),
        );
        found.push(
            finding
                .aws("The field 'CSVHeaderLocation' is required")
                .fix("Take the headers from the first row", edits),
        );
    }
    if !matches!(format, Some("JSON" | "JSONL" | "PARQUET")) {
        return;
    }
    for (index, member) in place.node.members().iter().enumerate() {
        if !CSV_ONLY.contains(&&*member.key) {
            continue;
        }
        let message = format!(
            "{} belongs to CSV, and InputType is {}; remove it.",
            member.key,
            format.unwrap_or_default()
        );
        let finding = Diagnostic::error(
            "INVALID_ITEM_READER",
            member.key_span,
            place.pointer.clone(),
            message,
        );
        let edits = view.document.remove_member(place.node, index);
        found.push(
            finding
                .aws(format!("Field '{}' is not supported", member.key))
                .fix(format!("Remove {}", member.key), edits),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{clean_after_fix, codes, state};

    fn reader(resource: &str, config: &str) -> String {
        state(&format!(
            r#"{{"Type": "Map", "End": true, "ResultPath": null,
            "ItemReader": {{"Resource": "{resource}", "Parameters": {{"Bucket": "b", "Key": "k"}}, "ReaderConfig": {config}}},
            "ItemProcessor": {{"ProcessorConfig": {{"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}},
            "StartAt": "B", "States": {{"B": {{"Type": "Succeed"}}}}}}}}"#
        ))
    }

    const OBJECT: &str = "arn:aws:states:::s3:getObject";

    #[test]
    fn items_come_from_objects_or_lists_of_them() {
        for good in [OBJECT, "arn:aws-cn:states:::s3:listObjectsV2"] {
            assert_eq!(codes(&reader(good, "{}")), Vec::<&str>::new());
        }
        assert_eq!(
            codes(&reader("arn:aws:states:::sqs:sendMessage", "{}")),
            ["INVALID_ITEM_READER"]
        );
    }

    #[test]
    fn formats_have_their_own_fields() {
        for good in [
            r#"{"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW", "CSVDelimiter": "TAB"}"#,
            r#"{"InputType": "JSON", "MaxItems": 5}"#,
        ] {
            assert_eq!(codes(&reader(OBJECT, good)), Vec::<&str>::new());
        }
        for bad in [
            r#"{"InputType": "CSV"}"#,
            r#"{"InputType": "JSONL", "CSVHeaderLocation": "FIRST_ROW"}"#,
        ] {
            let text = reader(OBJECT, bad);
            assert_eq!(codes(&text), ["INVALID_ITEM_READER"], "{bad}");
            clean_after_fix(&text);
        }
    }
}
