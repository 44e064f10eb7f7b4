//! Mocked results against what the API would answer: the table in `shapes.txt`, its reader and its judge.
//!
//! Fields that the API does not have are passed over in every mode, and so is an API that the table does not have. Fields
//! are looked up by the names that Step Functions gives them, which begin with a capital letter.

use super::request::FieldValidationMode;
use crate::history::TaskResource;
use serde_json::{Map, Value};

const TABLE: &str = include_str!("shapes.txt");

/// Says which field of a mocked result does not fit, and how, in AWS's words (asl-rules 19).
pub(super) fn judge(
    resource: &TaskResource,
    mode: FieldValidationMode,
    result: &Value,
) -> Result<(), String> {
    let is_strict = match mode {
        FieldValidationMode::Strict => true,
        FieldValidationMode::Present => false,
        FieldValidationMode::None => return Ok(()),
    };
    let (Some(entries), Value::Object(result)) = (service(&resource.resource_type), result) else {
        return Ok(());
    };
    let judge = Judge { entries, is_strict };
    match entry(entries, &resource.resource) {
        Some(members) => judge.members(members, result),
        None => Ok(()),
    }
}

/// The entries of a service.
pub(super) fn service(name: &str) -> Option<&'static str> {
    let sections = TABLE.split("\n[").skip(1);
    let mut sections = sections.filter_map(|section| section.split_once("]\n"));
    let found = sections.find(|(names, _)| names.split(", ").any(|known| known == name));
    found.map(|(_, entries)| entries)
}

/// The text of an entry; one that stands for another gives that one's.
pub(super) fn entry(entries: &'static str, name: &str) -> Option<&'static str> {
    let start = format!("{name}:");
    let mut from = 0;
    for line in entries.split_inclusive('\n') {
        if line.starts_with(&start) {
            let rest = entries.get(from + start.len()..)?;
            let text = rest.get(..length(rest))?.trim();
            return match text.strip_prefix("= ") {
                Some(other) => entry(entries, other),
                None => Some(text),
            };
        }
        from += line.len();
    }
    None
}

/// Up to the first line that does not continue the entry.
fn length(rest: &str) -> usize {
    let ends = rest.match_indices('\n').map(|(at, _)| at);
    let mut ends = ends.filter(|at| !rest[at + 1..].starts_with(' '));
    ends.next().unwrap_or(rest.len())
}

/// What a value must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape<'t> {
    Any,
    Text,
    Flag,
    Object,
    /// The least and the most, where they are written.
    Number(&'t str, &'t str),
    /// One of the texts between the bars.
    OneOf(&'t str),
    Items(&'t str),
    Values(&'t str),
    Named(&'t str),
}

impl<'t> Shape<'t> {
    pub(super) fn read(text: &'t str) -> Self {
        let between = |open: &str, close: &str| text.strip_prefix(open)?.strip_suffix(close);
        match text {
            "any" => Self::Any,
            "string" => Self::Text,
            "boolean" => Self::Flag,
            "object" => Self::Object,
            "number" => Self::Number("", ""),
            _ => None
                .or(between("[", "]").map(Self::Items))
                .or(between("{", "}").map(Self::Values))
                .or(between("(", ")").map(Self::OneOf))
                .or_else(|| {
                    let (least, most) = between("number(", ")")?.split_once("..")?;
                    Some(Self::Number(least, most))
                })
                .unwrap_or(Self::Named(text)),
        }
    }

    /// Its name in a refusal.
    fn words(self) -> &'static str {
        match self {
            Self::Text | Self::OneOf(_) => "a string",
            Self::Flag => "a boolean",
            Self::Number(..) => "a number",
            Self::Items(_) => "an array",
            Self::Any | Self::Object | Self::Values(_) | Self::Named(_) => "an object",
        }
    }
}

/// A member of a structure, as it is written.
pub(super) struct Member<'t> {
    pub(super) name: &'t str,
    pub(super) is_required: bool,
    pub(super) shape: &'t str,
}

/// The members of a structure.
pub(super) fn members(written: &str) -> impl Iterator<Item = Member<'_>> {
    let pairs = written
        .split(',')
        .filter_map(|member| member.trim().split_once(' '));
    pairs.map(|(name, shape)| Member {
        name: name.trim_end_matches('!'),
        is_required: name.ends_with('!'),
        shape: shape.trim(),
    })
}

/// Holds values against the entries of one service.
#[derive(Debug, Clone, Copy)]
struct Judge {
    entries: &'static str,
    is_strict: bool,
}

impl Judge {
    fn members(self, written: &str, value: &Map<String, Value>) -> Result<(), String> {
        for member in members(written) {
            let name = member.name;
            match value.get(name) {
                Some(value) => self.value(name, member.shape, value)?,
                None if member.is_required && self.is_strict => {
                    return Err(format!("Required field '{name}' is missing"));
                }
                None => {}
            }
        }
        Ok(())
    }

    /// Items and values are called by the member that holds them. `null` counts as absent.
    fn value(self, field: &str, shape: &str, value: &Value) -> Result<(), String> {
        let shape = Shape::read(shape);
        match (shape, value) {
            (_, Value::Null)
            | (Shape::Any, _)
            | (Shape::Text, Value::String(_))
            | (Shape::Flag, Value::Bool(_))
            | (Shape::Object, Value::Object(_)) => Ok(()),
            (Shape::Number(least, most), Value::Number(number)) => {
                in_range(field, least, most, number.as_f64())
            }
            (Shape::OneOf(set), Value::String(text)) => one_of(field, set, text),
            (Shape::Items(shape), Value::Array(items)) => items
                .iter()
                .try_for_each(|item| self.value(field, shape, item)),
            (Shape::Values(shape), Value::Object(members)) => {
                let mut values = members.values();
                values.try_for_each(|value| self.value(field, shape, value))
            }
            (Shape::Named(name), value) => self.named(field, name, value),
            (shape, _) => Err(format!("Field '{field}' must be {}", shape.words())),
        }
    }

    /// A structure, or a set that several members share.
    fn named(self, field: &str, name: &str, value: &Value) -> Result<(), String> {
        let Some(written) = entry(self.entries, name) else {
            return Ok(());
        };
        match (written.starts_with('('), value) {
            (true, _) => self.value(field, written, value),
            (false, Value::Object(value)) => self.members(written, value),
            (false, _) => Err(format!("Field '{field}' must be an object")),
        }
    }
}

fn in_range(field: &str, least: &str, most: &str, number: Option<f64>) -> Result<(), String> {
    let bound = |text: &str| text.parse::<f64>().ok();
    let is_less = |number: f64| bound(least).is_some_and(|least| number < least);
    let is_more = |number: f64| bound(most).is_some_and(|most| number > most);
    match number {
        Some(number) if is_less(number) => {
            Err(format!("Field '{field}' is less than the minimum value"))
        }
        Some(number) if is_more(number) => {
            Err(format!("Field '{field}' exceeds the maximum value"))
        }
        Some(_) | None => Ok(()),
    }
}

fn one_of(field: &str, set: &str, text: &str) -> Result<(), String> {
    if set.split('|').any(|known| known.trim() == text) {
        return Ok(());
    }
    Err(format!("Field '{field}' is not an expected value"))
}
