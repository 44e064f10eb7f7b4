//! Reading the JSON files that people write for a dry run, and saying what is wrong with them and where.
//!
//! It knows objects, names and plain values; what they mean is the work of [`super::mocks`] and [`super::scenario`].

use crate::check::words::closest;
use crate::text::{Document, LineColumn, Member, Node, Positions};
use serde_json::Value;
use std::collections::HashSet;

/// Members that every object of fixed shape may have; nothing reads them.
const REMARKS: [&str; 2] = ["Comment", "$schema"];

/// Why a file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {message}")]
pub struct FileError {
    /// The names on the way to it, such as `MockedResponses/Trained/0`; `the file` for all of it.
    pub place: String,
    /// Line and column of what is wrong; none when it was found while running.
    pub at: Option<LineColumn>,
    /// A plain sentence, without a full stop.
    pub message: String,
}

/// A value of a file and the way to it.
#[derive(Clone)]
pub(super) struct Place<'f> {
    node: &'f Node,
    path: String,
    positions: &'f Positions,
}

/// A file that was read as JSON.
pub(super) struct JsonFile {
    document: Document,
    positions: Positions,
}

impl JsonFile {
    pub(super) fn parse(text: &str) -> Result<Self, FileError> {
        let document = Document::parse_strict(text);
        let positions = Positions::new(document.text().clone());
        if let Some(fault) = document.faults().first() {
            return Err(FileError {
                place: "the file".to_owned(),
                at: Some(positions.line_column(fault.span.start)),
                message: format!("it is no JSON: {}", fault.message.trim_end_matches('.')),
            });
        }
        Ok(Self {
            document,
            positions,
        })
    }

    pub(super) fn into_document(self) -> Document {
        self.document
    }

    pub(super) fn root(&self) -> Result<Place<'_>, FileError> {
        let root = self.document.root().map(|node| Place {
            node,
            path: String::new(),
            positions: &self.positions,
        });
        root.ok_or_else(|| FileError {
            place: "the file".to_owned(),
            at: None,
            message: "it is empty; a JSON object is expected".to_owned(),
        })
    }
}

impl<'f> Place<'f> {
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    fn inner(&self, member: &'f Member) -> Place<'f> {
        self.step(&member.key, &member.value)
    }

    fn step(&self, name: &str, node: &'f Node) -> Place<'f> {
        let path = if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}/{name}", self.path)
        };
        Place {
            node,
            path,
            positions: self.positions,
        }
    }

    /// The error of this place.
    pub(super) fn error(&self, message: impl Into<String>) -> FileError {
        let place = if self.path.is_empty() {
            "the file"
        } else {
            &self.path
        };
        FileError {
            place: place.to_owned(),
            at: Some(self.positions.line_column(self.node.span.start)),
            message: message.into(),
        }
    }

    pub(super) fn refuse<T>(&self, message: impl Into<String>) -> Result<T, FileError> {
        Err(self.error(message))
    }

    /// The members of an object whose names are free, none twice.
    pub(super) fn members(&self) -> Result<Vec<(&'f str, Place<'f>)>, FileError> {
        if !self.node.is_object() {
            return self.refuse("an object is expected here");
        }
        let mut seen = HashSet::new();
        let members = self.node.members().iter().map(|member| {
            let place = self.inner(member);
            if seen.insert(&*member.key) {
                Ok((&*member.key, place))
            } else {
                place.refuse("this name is there twice")
            }
        });
        members.collect()
    }

    /// Makes sure that it is an object with none but these members, none twice.
    pub(super) fn shape(&self, known: &[&str]) -> Result<(), FileError> {
        let unknown = self
            .members()?
            .into_iter()
            .find(|(name, _)| !known.contains(name) && !REMARKS.contains(name));
        let Some((name, place)) = unknown else {
            return Ok(());
        };
        let hint = match closest(name, known.iter().copied()) {
            Some(meant) => format!("did you mean {meant}?"),
            None => format!("known here are {}", known.join(", ")),
        };
        place.refuse(format!("there is no such member; {hint}"))
    }

    pub(super) fn member(&self, name: &str) -> Option<Place<'f>> {
        self.node.member(name).map(|member| self.inner(member))
    }

    pub(super) fn required(&self, name: &str) -> Result<Place<'f>, FileError> {
        match self.member(name) {
            Some(place) => Ok(place),
            None => self.refuse(format!("{name} is missing")),
        }
    }

    pub(super) fn is_object(&self) -> bool {
        self.node.is_object()
    }

    pub(super) fn items(&self) -> Result<Vec<Place<'f>>, FileError> {
        if !self.node.is_array() {
            return self.refuse("a list is expected here");
        }
        let items = self.node.elements().iter().enumerate();
        Ok(items
            .map(|(index, node)| self.step(&index.to_string(), node))
            .collect())
    }

    pub(super) fn string(&self) -> Result<&'f str, FileError> {
        match self.node.as_str() {
            Some(text) => Ok(text),
            None => self.refuse("a string is expected here"),
        }
    }

    pub(super) fn strings(&self) -> Result<Vec<String>, FileError> {
        let items = self.items()?;
        items
            .iter()
            .map(|item| item.string().map(str::to_owned))
            .collect()
    }

    pub(super) fn value(&self) -> Result<Value, FileError> {
        match self.node.to_value() {
            Some(value) => Ok(value),
            None => self.refuse("a value is missing here"),
        }
    }

    /// A whole number from 0 to `limit`; `what` says what it counts.
    pub(super) fn count(&self, what: &str, limit: u64) -> Result<u64, FileError> {
        let number = self.node.as_number().and_then(|text| text.parse().ok());
        match number {
            Some(number) if number <= limit => Ok(number),
            _ => self.refuse(format!("{what} from 0 to {limit} is expected here")),
        }
    }

    /// A number from 0 to 1.
    pub(super) fn share(&self) -> Result<f64, FileError> {
        let number = self
            .node
            .as_number()
            .and_then(|text| text.parse::<f64>().ok());
        match number {
            Some(number) if (0.0..=1.0).contains(&number) => Ok(number),
            _ => self.refuse("a number from 0 to 1 is expected here"),
        }
    }
}
