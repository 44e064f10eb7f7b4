//! The definition of a machine in a template.

use super::tree::{mapped, text};
use super::{Source, SourceForm};
use crate::text::{Format, Node, NodeKind, function, joined, template_text, unescaped, written};

/// Where a machine's definition is, and the variables of a `Fn::Sub` around it.
pub(super) fn source(properties: &Node, format: Format) -> (Source, Vec<(String, Option<String>)>) {
    if let Some(definition) = properties.field("Definition") {
        return (of_object(definition, format), Vec::new());
    }
    if let Some(definition) = properties.field("DefinitionString") {
        return of_text(definition);
    }
    let place = properties
        .field("DefinitionUri")
        .or_else(|| properties.field("DefinitionS3Location"));
    let source = match place {
        Some(place) => match file(place) {
            Some(file) => Source::File(file),
            None => unreadable("Where the file with the definition is, only a deployment knows."),
        },
        None => unreadable("The template says nothing of a definition."),
    };
    (source, Vec::new())
}

fn unreadable(why: &str) -> Source {
    Source::Unreadable(why.to_owned())
}

fn of_object(definition: &Node, format: Format) -> Source {
    if !definition.is_object() || function(definition).is_some() {
        return unreadable("`Definition` is no object that could be read.");
    }
    let plain = mapped(definition, &|node| match &node.kind {
        NodeKind::Object(_) => function(node)
            .and_then(|_| template_text(node))
            .map(|known| text(&known)),
        // SAM puts every text of the object in quotes.
        NodeKind::Placeholder(placeholder) => Some(text(placeholder)),
        NodeKind::Null
        | NodeKind::Bool(_)
        | NodeKind::Number(_)
        | NodeKind::String(_)
        | NodeKind::Array(_)
        | NodeKind::Missing => None,
    });
    Source::Text {
        text: written(&plain, format),
        format,
        form: SourceForm::Object,
    }
}

fn of_text(definition: &Node) -> (Source, Vec<(String, Option<String>)>) {
    let mut variables = Vec::new();
    let found = match function(definition) {
        None => definition
            .as_str()
            .map(|text| (text.to_owned(), SourceForm::Text)),
        Some(("Fn::Sub", value)) => {
            let (text, given) = match value.elements() {
                [text, given] => (text.as_str(), Some(given)),
                _ => (value.as_str(), None),
            };
            variables = given.map(pairs).unwrap_or_default();
            text.map(|text| (unescaped(text), SourceForm::Sub))
        }
        Some(("Fn::Join", value)) => joined(value).map(|text| (text, SourceForm::Join)),
        Some(_) => None,
    };
    let source = match found {
        Some((text, form)) => Source::Text {
            format: Format::of_text(&text),
            text,
            form,
        },
        None => {
            unreadable("`DefinitionString` is made in a way that only CloudFormation can compute.")
        }
    };
    (source, variables)
}

/// A path, or a place in S3.
fn file(place: &Node) -> Option<String> {
    let (Some(bucket), Some(key)) = (place.field("Bucket"), place.field("Key")) else {
        return template_text(place);
    };
    Some(format!(
        "s3://{}/{}",
        template_text(bucket)?,
        template_text(key)?
    ))
}

/// The members of an object as names and texts.
pub(super) fn pairs(object: &Node) -> Vec<(String, Option<String>)> {
    let members = object.members().iter();
    members
        .map(|member| (member.key.to_string(), template_text(&member.value)))
        .collect()
}
