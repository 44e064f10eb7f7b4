//! Tasks that wait for a person's decision, and the decisions made.

use super::{Store, StoreError, parsed};
use crate::arn::{ActivityArn, ExecutionArn};
use rusqlite::{Connection, OptionalExtension, Row};

/// Where a review stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReviewStatus {
    /// Somebody may decide.
    Waiting,
    /// It was approved.
    Approved,
    /// It was rejected.
    Rejected,
    /// The run ended, or the time was over, before anybody decided.
    Gone,
}

impl ReviewStatus {
    /// The name in the JSON API and on disk.
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Gone => "gone",
        }
    }

    fn parse(name: &str) -> Result<Self, StoreError> {
        let found = [Self::Waiting, Self::Approved, Self::Rejected, Self::Gone]
            .into_iter()
            .find(|status| status.name() == name);
        parsed(found, "status of a review", name)
    }
}

/// A task that waits for a person, or waited.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// Names it on pages; says nothing about the token.
    pub id: String,
    /// Where it stands.
    pub status: ReviewStatus,
    /// The execution that waits.
    pub execution: ExecutionArn,
    /// The activity it was asked of.
    pub activity: ActivityArn,
    /// The state that asks.
    pub state: String,
    /// The request: the task's input, as JSON text.
    pub input: String,
    /// When it was asked, in milliseconds since 1970.
    pub asked_ms: i64,
    /// When the time is over.
    pub due_ms: Option<i64>,
    /// When it was decided, or went.
    pub decided_ms: Option<i64>,
    /// Who decided.
    pub decided_by: Option<String>,
    /// What they said.
    pub comment: Option<String>,
}

const COLUMNS: &str = "SELECT v.id, v.status, e.arn, v.activity, v.state, v.input, v.asked_ms, v.due_ms, v.decided_ms, \
     v.decided_by, v.comment, v.execution, v.task FROM review v JOIN execution e ON e.id = v.execution";

fn read(row: &Row<'_>) -> Result<Review, StoreError> {
    let (status, execution, activity): (String, String, String) =
        (row.get(1)?, row.get(2)?, row.get(3)?);
    Ok(Review {
        id: row.get(0)?,
        status: ReviewStatus::parse(&status)?,
        execution: parsed(ExecutionArn::parse(&execution), "execution ARN", &execution)?,
        activity: parsed(ActivityArn::parse(&activity), "activity ARN", &activity)?,
        state: row.get(4)?,
        input: row.get(5)?,
        asked_ms: row.get(6)?,
        due_ms: row.get(7)?,
        decided_ms: row.get(8)?,
        decided_by: row.get(9)?,
        comment: row.get(10)?,
    })
}

/// A review with the execution and the task that wait for it.
fn find(connection: &Connection, id: &str) -> Result<Option<(Review, i64, u64)>, StoreError> {
    let mut query = connection.prepare_cached(&format!("{COLUMNS} WHERE v.id = ?1"))?;
    let found = query
        .query_row([id], |row| Ok((read(row), row.get(11)?, row.get(12)?)))
        .optional()?;
    found
        .map(|(review, execution, task)| Ok((review?, execution, task)))
        .transpose()
}

impl Store {
    /// One review.
    pub async fn review(&self, id: &str) -> Result<Option<Review>, StoreError> {
        Ok(self.review_task(id).await?.map(|(review, _, _)| review))
    }

    /// A review with the execution and the task that wait for it.
    pub(crate) async fn review_task(
        &self,
        id: &str,
    ) -> Result<Option<(Review, i64, u64)>, StoreError> {
        let id = id.to_owned();
        self.readers
            .read(move |connection| find(connection, &id))
            .await
    }

    /// Reviews, newest first: those that wait, or (`decided`) those that do not wait any more.
    pub async fn reviews(&self, decided: bool, limit: usize) -> Result<Vec<Review>, StoreError> {
        self.readers
            .read(move |connection| {
                let which = if decided { "<>" } else { "=" };
                let sql =
                    format!("{COLUMNS} WHERE v.status {which} 'waiting' ORDER BY v.asked_ms DESC, v.rowid DESC LIMIT ?1");
                let mut query = connection.prepare_cached(&sql)?;
                let mut rows = query.query([limit])?;
                let mut reviews = Vec::new();
                while let Some(row) = rows.next()? {
                    reviews.push(read(row)?);
                }
                Ok(reviews)
            })
            .await
    }
}
