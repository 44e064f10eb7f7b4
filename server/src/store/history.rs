//! Histories: written in pieces, one for each commit of an execution, read in pages.
//!
//! The key of a piece is `execution << 20 | first event's id`: pieces of one execution lie together, in order. The events of
//! a piece have ids that follow on from its first one, so that a page is found without a look into any event.

use super::executions::find_id;
use super::packed::{Packed, Unpacked};
use super::{Store, StoreError, parsed};
use crate::arn::ExecutionArn;
use rusqlite::Connection;
use serde_json::Value;
use serde_json::value::RawValue;

/// Bits of a history key that hold the event's id; an execution has at most 25,000 events (API-903).
const EVENT_BITS: u32 = 20;
/// Most events in one piece, so that a page of a long history need not unpack all of it.
const PIECE_EVENTS: usize = 250;
/// Bytes of text after which a piece takes no more events.
const PIECE_BYTES: usize = 256 * 1024;

/// Events that are written together.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    first_id: u64,
    last_id: u64,
    /// A JSON array, as GetExecutionHistory writes events.
    events: Packed,
}

impl Piece {
    /// Events with ids from `first_id` on, each as JSON text, in as few pieces as their count and size allow.
    pub(crate) fn all(first_id: u64, events: impl IntoIterator<Item = String>) -> Vec<Self> {
        let (mut pieces, mut next) = (Vec::new(), Draft::new(first_id));
        for event in events {
            if next.is_full() {
                let draft = std::mem::replace(&mut next, Draft::new(0));
                next.first_id = draft.first_id + draft.count as u64;
                pieces.extend(draft.finish());
            }
            next.add(&event);
        }
        pieces.extend(next.finish());
        pieces
    }

    /// The id of its last event.
    pub(crate) fn last_id(&self) -> u64 {
        self.last_id
    }
}

/// A piece that still grows.
struct Draft {
    first_id: u64,
    count: usize,
    text: String,
}

impl Draft {
    fn new(first_id: u64) -> Self {
        Self {
            first_id,
            count: 0,
            text: String::from("["),
        }
    }

    fn is_full(&self) -> bool {
        self.count >= PIECE_EVENTS || self.text.len() >= PIECE_BYTES
    }

    fn add(&mut self, event: &str) {
        if self.count > 0 {
            self.text.push(',');
        }
        self.text.push_str(event);
        self.count += 1;
    }

    fn finish(mut self) -> Option<Piece> {
        let last_id = self.first_id + (self.count as u64).checked_sub(1)?;
        self.text.push(']');
        Some(Piece {
            first_id: self.first_id,
            last_id,
            events: Packed::new(self.text),
        })
    }
}

/// Which part of a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HistoryQuery {
    /// The first event of the page; `None` begins at the first, or the last when `reverse`.
    pub from: Option<u64>,
    /// Newest first.
    pub reverse: bool,
    /// At most so many.
    pub limit: usize,
}

impl HistoryQuery {
    fn wants(self, id: u64) -> bool {
        match self.from {
            None => true,
            Some(from) if self.reverse => id <= from,
            Some(from) => id >= from,
        }
    }
}

/// One event of a history.
#[derive(Debug, Clone)]
pub struct HistoryEvent {
    /// Its id.
    pub id: u64,
    /// The event, exactly as GetExecutionHistory answers it.
    pub text: Box<RawValue>,
}

/// One page of a history.
#[derive(Debug, Clone, Default)]
pub struct HistoryPage {
    /// The events.
    pub events: Vec<HistoryEvent>,
    /// The first event of the next page; `None` on the last.
    pub next: Option<u64>,
}

impl HistoryPage {
    /// The events as one JSON array.
    pub fn events_text(&self) -> String {
        let texts: Vec<&str> = self.events.iter().map(|event| event.text.get()).collect();
        format!("[{}]", texts.join(","))
    }
}

/// Where an event, or the piece of history that begins with it, stands.
pub(super) fn key(execution: i64, event: u64) -> i64 {
    let event = i64::try_from(event).unwrap_or(i64::MAX);
    execution << EVENT_BITS | event.min((1 << EVENT_BITS) - 1)
}

/// Adds a piece to the history of an execution.
pub(super) fn write_piece(
    connection: &Connection,
    execution: i64,
    piece: &Piece,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO history (key, last_id, events) VALUES (?1, ?2, ?3)";
    connection.prepare_cached(sql)?.execute((
        key(execution, piece.first_id),
        piece.last_id,
        &piece.events,
    ))?;
    Ok(())
}

/// The events of one piece, in order.
fn read_piece(row: &rusqlite::Row<'_>) -> Result<Vec<HistoryEvent>, StoreError> {
    let key: i64 = row.get(0)?;
    let Unpacked(text) = row.get(1)?;
    let events: Option<Vec<Box<RawValue>>> = serde_json::from_str(&text).ok();
    let first_id = (key & ((1 << EVENT_BITS) - 1)).unsigned_abs();
    let events = parsed(events, "list of events", &text)?;
    let numbered = events.into_iter().zip(first_id..);
    Ok(numbered
        .map(|(text, id)| HistoryEvent { id, text })
        .collect())
}

/// One event more than asked for tells where the next page begins.
fn page(
    connection: &Connection,
    execution: i64,
    query: HistoryQuery,
) -> Result<HistoryPage, StoreError> {
    let (low, high, order) = if query.reverse {
        let high = key(execution, query.from.unwrap_or(u64::MAX));
        (key(execution, 0), high, "DESC")
    } else {
        let low = first_piece(connection, execution, query.from.unwrap_or(0))?;
        (low, key(execution, u64::MAX), "ASC")
    };
    let sql =
        format!("SELECT key, events FROM history WHERE key BETWEEN ?1 AND ?2 ORDER BY key {order}");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([low, high])?;
    let mut page = HistoryPage::default();
    while let Some(row) = rows.next()? {
        let mut piece = read_piece(row)?;
        if query.reverse {
            piece.reverse();
        }
        for event in piece.into_iter().filter(|event| query.wants(event.id)) {
            if page.events.len() == query.limit {
                page.next = Some(event.id);
                return Ok(page);
            }
            page.events.push(event);
        }
    }
    Ok(page)
}

/// The key of the piece that holds an event.
fn first_piece(connection: &Connection, execution: i64, event: u64) -> Result<i64, StoreError> {
    let sql = "SELECT max(key) FROM history WHERE key BETWEEN ?1 AND ?2";
    let mut query = connection.prepare_cached(sql)?;
    let range = [key(execution, 0), key(execution, event)];
    let found: Option<i64> = query.query_row(range, |row| row.get(0))?;
    Ok(found.unwrap_or(key(execution, 0)))
}

impl Store {
    /// One event of an execution's history, as GetExecutionHistory answers it.
    pub(crate) async fn event(
        &self,
        execution: i64,
        event: u64,
    ) -> Result<Option<Value>, StoreError> {
        let query = HistoryQuery {
            from: Some(event),
            reverse: false,
            limit: 1,
        };
        let found = self
            .readers
            .read(move |connection| page(connection, execution, query));
        let first = found.await?.events.into_iter().next();
        Ok(first.and_then(|event| serde_json::from_str(event.text.get()).ok()))
    }

    /// A page of the history; `None` when there is no such execution.
    pub async fn history(
        &self,
        arn: &ExecutionArn,
        query: HistoryQuery,
    ) -> Result<Option<HistoryPage>, StoreError> {
        let arn = arn.clone();
        self.readers
            .read(move |connection| match find_id(connection, arn.as_str())? {
                Some(id) => page(connection, id, query).map(Some),
                None => Ok(None),
            })
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(count: usize, length: usize) -> impl Iterator<Item = String> {
        (0..count).map(move |_| format!("\"{}\"", "x".repeat(length)))
    }

    #[test]
    fn pieces_follow_on_from_each_other_and_are_bounded() {
        assert!(Piece::all(1, texts(0, 0)).is_empty());
        let ids = |pieces: Vec<Piece>| -> Vec<(u64, u64)> {
            pieces
                .iter()
                .map(|piece| (piece.first_id, piece.last_id))
                .collect()
        };
        let many = ids(Piece::all(10, texts(2 * PIECE_EVENTS + 1, 1)));
        let piece = PIECE_EVENTS as u64;
        let last = 10 + 2 * piece;
        assert_eq!(
            many,
            [(10, 9 + piece), (10 + piece, 9 + 2 * piece), (last, last)]
        );
        let large = ids(Piece::all(1, texts(3, PIECE_BYTES)));
        assert_eq!(large, [(1, 1), (2, 2), (3, 3)]);
    }
}
