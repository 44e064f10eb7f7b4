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

/// What is wrong with `value` as a query of the kind that `shape` takes. `path` is the path that it is, when it has been
/// read before.
pub(super) fn fault(shape: Shape, value: &Node, path: Option<&Path>) -> Option<Fault> {
    let text = value.as_str()?;
    let Shape::Query(query) = shape else {
        return None;
    };
    if path.is_some_and(|path| takes(query, path)) {
        return None;
    }
    match query {
        QueryShape::Path | QueryShape::NullablePath => no_path(text),
        QueryShape::RulePath => rule_path(text),
        QueryShape::ReferencePath => reference_path(text),
        QueryShape::ResultPath => result_path(text),
        QueryShape::PathOrIntrinsic => path_or_intrinsic(text),
    }
}

/// Whether nothing is wrong with a path where such a query is wanted.
fn takes(query: QueryShape, path: &Path) -> bool {
    match query {
        QueryShape::Path | QueryShape::NullablePath | QueryShape::RulePath => true,
        QueryShape::ReferencePath | QueryShape::PathOrIntrinsic => ReferencePath::fits(path),
        QueryShape::ResultPath => is_in_input(path.text()) && ReferencePath::fits(path),
    }
}

/// What is wrong with the value of a template's key that ends in `.$`. `is_read` says that it has been read before as a
/// path or a function call.
pub(super) fn template_value(text: &str, is_read: bool) -> Option<String> {
    if text.starts_with(char::is_whitespace) {
        return Some("It begins with a blank.".to_owned());
    }
    if is_read {
        return None;
    }
    let parsed = if text.starts_with('$') {
        Path::parse(text).map(|_| ())
    } else {
        Intrinsic::parse(text).map(|_| ())
    };
    parsed.err().map(|error| sentence(&error.message))
}

fn no_path(text: &str) -> Option<Fault> {
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
    no_path(text).map(|fault| Fault { aws, ..fault })
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
    if is_in_input(text) || !text.starts_with('$') {
        return reference_path(text);
    }
    let message = "it must lead into the input, as `$.result` does".to_owned();
    Some(Fault {
        message: format!("`{text}` cannot be written to: {message}."),
        aws: format!("Value is not a Reference Path: {message}"),
    })
}

fn is_in_input(path: &str) -> bool {
    path == "$" || path.starts_with("$.") || path.starts_with("$[")
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
