//! What a distributed Map needs: starting and following its own child executions, reading items, writing results.

use super::Condition;
use super::arguments::{Arguments, Given};
use super::derive::{Deriving, Place};
use super::expand::expand;
use crate::text::Node;

/// Adds what a Map state needs; nothing for one that runs inline.
pub(super) fn distributed(deriving: &mut Deriving<'_>, place: &Place<'_>, state: &Node) {
    let processor = state
        .field("ItemProcessor")
        .or_else(|| state.field("Iterator"));
    let config = processor.and_then(|processor| processor.field("ProcessorConfig"));
    let mode = config
        .and_then(|config| config.field("Mode"))
        .and_then(Node::as_str);
    if mode != Some("DISTRIBUTED") {
        return;
    }
    children(deriving, place);
    if let Some(reader) = state.field("ItemReader") {
        read(deriving, place, reader);
    }
    if let Some(writer) = state.field("ResultWriter") {
        write(deriving, place, writer);
    }
}

fn children(deriving: &mut Deriving<'_>, place: &Place<'_>) {
    let none = Arguments::none();
    let rights: [(&[&str], &[&str], &str); 3] = [
        (
            &["states:StartExecution"],
            &["states:{region}:{account}:stateMachine:{machine}"],
            "starts child executions of its own machine",
        ),
        (
            &["states:DescribeExecution", "states:StopExecution"],
            &[
                "states:{region}:{account}:execution:{machine}:*",
                "states:{region}:{account}:execution:{machine}/*:*",
            ],
            "follows its child executions, and stops them when it ends early",
        ),
        (
            &["states:RedriveExecution"],
            &["states:{region}:{account}:execution:{machine}/*:*"],
            "runs failed child executions again when the execution is redriven",
        ),
    ];
    for (actions, patterns, why) in rights {
        let patterns = patterns.iter();
        let resources = patterns.flat_map(|pattern| expand(pattern, &none, deriving.subject));
        let resources = resources.collect();
        deriving.need(place, actions, resources, Vec::new(), why);
    }
}

fn read(deriving: &mut Deriving<'_>, place: &Place<'_>, reader: &Node) {
    let arguments = Arguments::of_data(reader);
    let call = reader
        .field("Resource")
        .and_then(Node::as_str)
        .unwrap_or_default();
    let config = |field: &str| {
        let config = reader.field("ReaderConfig")?;
        config.field(field).and_then(Node::as_str)
    };
    let opens = config("Transformation") == Some("LOAD_AND_FLATTEN");
    let object = expand("s3:::{Bucket}/{Key}", &arguments, deriving.subject);
    let bucket = expand("s3:::{Bucket}", &arguments, deriving.subject);
    let objects = expand("s3:::{Bucket}/{Prefix=}*", &arguments, deriving.subject);
    if call.ends_with(":listObjectsV2") {
        let only = prefix(&arguments);
        deriving.need(
            place,
            &["s3:ListBucket"],
            bucket,
            only,
            "lists the objects that are its items",
        );
        if opens {
            deriving.need(
                place,
                &["s3:GetObject"],
                objects,
                Vec::new(),
                "reads its items from the listed objects",
            );
        }
    } else {
        let action = match arguments.has("VersionId") {
            true => "s3:GetObjectVersion",
            false => "s3:GetObject",
        };
        deriving.need(
            place,
            &[action],
            object,
            Vec::new(),
            "reads its items from an object",
        );
        if config("InputType") == Some("MANIFEST") {
            let all = expand("s3:::{Bucket}/*", &arguments, deriving.subject);
            deriving.need(
                place,
                &["s3:GetObject"],
                all,
                Vec::new(),
                "reads the files that its manifest names",
            );
        }
    }
}

/// That only objects with the prefix are listed.
fn prefix(arguments: &Arguments<'_>) -> Vec<Condition> {
    let value = match arguments.find("Prefix").into_iter().next() {
        Some(Given::Text(prefix) | Given::Begins(prefix)) if !prefix.is_empty() => {
            format!("{prefix}*")
        }
        _ => return Vec::new(),
    };
    vec![Condition {
        operator: "StringLike",
        key: "s3:prefix",
        values: vec![value],
    }]
}

fn write(deriving: &mut Deriving<'_>, place: &Place<'_>, writer: &Node) {
    let arguments = Arguments::of_data(writer);
    if !arguments.may_have("Bucket") {
        return;
    }
    let objects = expand("s3:::{Bucket}/{Prefix=}*", &arguments, deriving.subject);
    let actions = [
        "s3:PutObject",
        "s3:GetObject",
        "s3:ListMultipartUploadParts",
        "s3:AbortMultipartUpload",
    ];
    deriving.need(
        place,
        &actions,
        objects,
        Vec::new(),
        "writes its results to S3",
    );
}
