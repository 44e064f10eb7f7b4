//! Reading paths, reference paths and templates with [`crate::query`], in AWS's words (asl-rules 4 to 6).

use super::shape::{QueryShape, Shape};
use super::words::sentence;
use crate::query::{Intrinsic, Path, ReferencePath};
use crate::text::Node;

/// Why a text is no query of the wanted kind.
pub(super) struct Fault {
    /// A plain sentence.
    pub(super) message: String,
    /// AWS's wording.
    pub(super) aws: String,
}

/// Functions whose result is a text, as `ErrorPath` and `CausePath` need (feature map, ASL-114).
const TEXT_FUNCTIONS: [&str; 7] = [
    "States.Format",
    "States.JsonToString",
    "States.ArrayGetItem",
    "States.Base64Encode",
    "States.Base64Decode",
    "States.Hash",
    "States.UUID",
];

/// What is wrong with `value` as a query of the kind that `shape` takes.
pub(super) fn fault(shape: Shape, value: &Node) -> Option<Fault> {
    let text = value.as_str()?;
    let Shape::Query(query) = shape else {
        return None;
    };
    match query {
        QueryShape::Path | QueryShape::NullablePath => path(text),
        QueryShape::RulePath => rule_path(text),
        QueryShape::ReferencePath => reference_path(text),
        QueryShape::ResultPath => result_path(text),
        QueryShape::PathOrIntrinsic => path_or_intrinsic(text),
    }
}

/// What is wrong with the value of a template's key that ends in `.$`.
pub(super) fn template_value(text: &str) -> Option<String> {
    if text.starts_with(char::is_whitespace) {
        return Some("It begins with a blank.".to_owned());
    }
    let parsed = if text.starts_with('$') {
        Path::parse(text).map(|_| ())
    } else {
        Intrinsic::parse(text).map(|_| ())
    };
    parsed.err().map(|error| sentence(&error.message))
}

fn path(text: &str) -> Option<Fault> {
    let error = Path::parse(text).err()?;
    Some(Fault {
        message: format!("`{text}` is no path: {}", sentence(&error.message)),
        aws: "Value must be a valid JSONPath.".to_owned(),
    })
}

/// A path in a Choice rule; AWS words its faults like those of reference paths.
fn rule_path(text: &str) -> Option<Fault> {
    let error = Path::parse(text).err()?;
    let aws = aws_reference_path(text, &error.message);
    path(text).map(|fault| Fault { aws, ..fault })
}

fn reference_path(text: &str) -> Option<Fault> {
    let error = ReferencePath::parse(text).err()?;
    Some(Fault {
        message: format!(
            "`{text}` is no path to one place: {}",
            sentence(&error.message)
        ),
        aws: aws_reference_path(text, &error.message),
    })
}

/// AWS's words for paths to one place, and for those in Choice rules.
fn aws_reference_path(text: &str, reason: &str) -> String {
    let reason = if text.starts_with('$') {
        reason
    } else {
        "Reference path didn't start with '$'"
    };
    format!("Value is not a Reference Path: {reason}")
}

/// `ResultPath` writes into the state's input, so that neither variables nor the context object can stand there.
fn result_path(text: &str) -> Option<Fault> {
    let in_input = text == "$" || text.starts_with("$.") || text.starts_with("$[");
    if in_input || !text.starts_with('$') {
        return reference_path(text);
    }
    let message = "it must lead into the input, as `$.result` does".to_owned();
    Some(Fault {
        message: format!("`{text}` cannot be written to: {message}."),
        aws: format!("Value is not a Reference Path: {message}"),
    })
}

fn path_or_intrinsic(text: &str) -> Option<Fault> {
    if text.starts_with('$') {
        return reference_path(text);
    }
    let gives_text = TEXT_FUNCTIONS
        .iter()
        .any(|name| text.split('(').next() == Some(name));
    let message = match Intrinsic::parse(text) {
        Ok(_) if gives_text => return None,
        Ok(_) => "this function does not give a text".to_owned(),
        Err(error) => error.message,
    };
    Some(Fault {
        message: format!(
            "`{text}` is neither a path nor a function that gives a text: {}",
            sentence(&message)
        ),
        aws: format!("Value is not a Reference Path: {message}"),
    })
}
