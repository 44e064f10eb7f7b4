//! What is wrong with a text as YAML, in plain words.

use crate::text::{MAX_DEPTH, Span, SyntaxFault};
use granit_parser::{ErrorKind, ScanError};

/// Faults after which the rest goes unsaid.
pub(super) const MOST: usize = 100;

pub(super) fn too_deep() -> String {
    format!("Values nest deeper than {MAX_DEPTH} levels here; nothing inside is read.")
}

/// A text without a value in it.
pub(super) fn nothing(text: &str) -> SyntaxFault {
    SyntaxFault {
        span: Span::new(0, text.len()),
        message: "The text has no content; a definition is expected.".to_owned(),
        fix: None,
    }
}

/// The place where the parser gave up, and why.
pub(super) fn of_error(error: &ScanError, text: &str) -> SyntaxFault {
    let offset = offset(error, text);
    SyntaxFault {
        span: place(text, offset),
        message: message(error, text, offset),
        fix: None,
    }
}

/// Where the parser gave up.
pub(super) fn offset(error: &ScanError, text: &str) -> usize {
    let offset = error.marker().byte_offset().unwrap_or(text.len());
    match error.kind() {
        // The marker shows where the text begins that the tab breaks off.
        ErrorKind::TabInPlainScalar => {
            let rest = text.get(offset..).unwrap_or_default();
            offset + rest.find('\t').unwrap_or_default()
        }
        _ => offset,
    }
}

/// From the offset to the end of its line; at the end of a line or of the text, what stands before it.
fn place(text: &str, offset: usize) -> Span {
    let mut start = offset.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let rest = text.get(start..).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default().trim_end();
    if !line.is_empty() {
        return Span::new(start, start + line.len());
    }
    let before = text.get(..start).unwrap_or_default().trim_end();
    let last = before.chars().next_back().map_or(0, char::len_utf8);
    Span::new(before.len() - last, before.len())
}

fn message(error: &ScanError, text: &str, offset: usize) -> String {
    let words = match error.kind() {
        ErrorKind::RecursionLimitExceeded => return too_deep(),
        ErrorKind::UnclosedFlowCollection { open } => {
            let close = if *open == '{' { '}' } else { ']' };
            return format!("This `{open}` is not closed; add `{close}`.");
        }
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            return format!("`{close}` cannot close `{open}`.");
        }
        ErrorKind::UnexpectedCharacter { character } => {
            return format!("`{character}` cannot begin a value; put the text in quotes.");
        }
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart => "YAML is indented with blanks; replace the tab.",
        ErrorKind::UnclosedQuotedScalar => "This quote is not closed.",
        ErrorKind::MappingValueNotAllowed | ErrorKind::MappingKeyNotAllowed => {
            "A name with a colon cannot stand here; put a text with `: ` in it in quotes, or begin a new line."
        }
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => {
            return missing_colon(text, offset);
        }
        ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::InvalidIndentation
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::BlockSequenceEntryNotAllowed => {
            "This does not fit what stands before it; check the indentation of the line."
        }
        ErrorKind::ExpectedFlowMappingSeparator => "A comma or `}` is expected here.",
        ErrorKind::ExpectedFlowSequenceSeparator => "A comma or `]` is expected here.",
        ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            "Nothing may follow the closing quote; put the whole text in quotes."
        }
        ErrorKind::UnknownQuotedScalarEscape => {
            "There is no such escape; write two backslashes for one, or use single quotes."
        }
        ErrorKind::MisplacedFlowCollectionEnd => "This bracket closes nothing; remove it.",
        // The parser's enumeration may grow; its own words are good enough for what is rare.
        _ => return format!("This is no YAML: {}.", error.info()),
    };
    words.to_owned()
}

fn missing_colon(text: &str, offset: usize) -> String {
    let line = text.get(offset..).and_then(|rest| rest.lines().next());
    match line.map(str::trim).filter(|line| !line.is_empty()) {
        Some(line) if line.chars().count() <= 60 => {
            format!("A colon and a blank are missing after the name in `{line}`.")
        }
        _ => "A colon and a blank are missing after the name here.".to_owned(),
    }
}
