//! CSV files: RFC 4180, with backslash escapes of backslash, quote and delimiter alone (feature map, ASL-406).
//!
//! All values are texts. Absent cells are empty, extra ones are dropped, and the keys come in the order in which AWS
//! prints them (asl-rules 5).

use super::{Object, ReaderError, text};
use crate::definition::CsvHeaders;
use crate::query::hash_order::sort_by_key;
use serde_json::{Map, Value};
use std::collections::HashSet;
use std::iter::Peekable;
use std::str::Chars;

/// The rows as objects, at most so many.
pub(super) fn read(
    object: &Object,
    headers: &CsvHeaders,
    delimiter: char,
    most: usize,
) -> Result<Value, ReaderError> {
    let mut rows = Rows {
        text: text(object, "CSV")?.chars().peekable(),
        delimiter,
    };
    let headers = match headers {
        CsvHeaders::FirstRow => rows.next().unwrap_or_default(),
        CsvHeaders::Given(headers) => headers.clone(),
    };
    let mut seen = HashSet::new();
    if !headers.iter().all(|header| seen.insert(header)) {
        return Err(ReaderError::DuplicateHeaders);
    }
    let mut columns: Vec<(usize, &String)> = headers.iter().enumerate().collect();
    sort_by_key(&mut columns, |(_, header)| header);
    let rows = rows.take(most).map(|mut row| {
        let cell = |(index, header): &(usize, &String)| {
            let cell = row.get_mut(*index).map(std::mem::take).unwrap_or_default();
            ((*header).clone(), Value::String(cell))
        };
        Value::Object(columns.iter().map(cell).collect::<Map<_, _>>())
    });
    Ok(Value::Array(rows.collect()))
}

/// The rows of a CSV text; empty lines are none.
struct Rows<'a> {
    text: Peekable<Chars<'a>>,
    delimiter: char,
}

impl Iterator for Rows<'_> {
    type Item = Vec<String>;

    fn next(&mut self) -> Option<Vec<String>> {
        while self
            .text
            .next_if(|next| matches!(next, '\n' | '\r'))
            .is_some()
        {}
        self.text.peek()?;
        let mut row = Vec::new();
        loop {
            row.push(self.cell());
            match self.text.next() {
                Some('\r') => {
                    self.text.next_if_eq(&'\n');
                    return Some(row);
                }
                Some('\n') | None => return Some(row),
                Some(_) => {}
            }
        }
    }
}

impl Rows<'_> {
    /// The text of a cell; stops before what ends it.
    fn cell(&mut self) -> String {
        let mut cell = String::new();
        let mut is_quoted = self.text.next_if_eq(&'"').is_some();
        while let Some(next) = self.text.peek().copied() {
            let ends = next == self.delimiter || matches!(next, '\n' | '\r');
            if ends && !is_quoted {
                break;
            }
            self.text.next();
            match next {
                '"' if is_quoted => match self.text.next_if_eq(&'"') {
                    Some(quote) => cell.push(quote),
                    None => is_quoted = false,
                },
                '\\' => cell.push(self.escaped()),
                other => cell.push(other),
            }
        }
        cell
    }

    /// What stands behind a backslash, or the backslash itself.
    fn escaped(&mut self) -> char {
        let delimiter = self.delimiter;
        let escaped = self
            .text
            .next_if(|next| matches!(next, '\\' | '"') || *next == delimiter);
        escaped.unwrap_or('\\')
    }
}
