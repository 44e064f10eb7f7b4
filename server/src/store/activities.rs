//! Activities.

use super::{Store, StoreError, Tags, parsed};
use crate::arn::ActivityArn;
use rusqlite::{Connection, OptionalExtension, Row};

/// The tag that says who answers an activity's tasks.
pub const ANSWERED_BY: &str = "statecraft:answered-by";

/// An activity.
#[derive(Debug, Clone, PartialEq)]
pub struct Activity {
    /// Its ARN.
    pub arn: ActivityArn,
    /// Its name.
    pub name: String,
    /// When it was created, in milliseconds since 1970.
    pub created_ms: i64,
    /// Its tags.
    pub tags: Tags,
}

impl Activity {
    /// Whether people answer its tasks (tag `statecraft:answered-by` = `people`), not workers.
    pub fn answered_by_people(&self) -> bool {
        self.tags
            .get(ANSWERED_BY)
            .is_some_and(|who| who == "people")
    }
}

/// One page of activities, by name.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ActivityPage {
    /// The activities.
    pub activities: Vec<Activity>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<String>,
}

const COLUMNS: &str = "SELECT arn, name, created_ms, tags FROM activity";

fn read(row: &Row<'_>) -> Result<Activity, StoreError> {
    let arn: String = row.get(0)?;
    let tags: String = row.get(3)?;
    Ok(Activity {
        arn: parsed(ActivityArn::parse(&arn), "activity ARN", &arn)?,
        name: row.get(1)?,
        created_ms: row.get(2)?,
        tags: parsed(serde_json::from_str(&tags).ok(), "set of tags", &tags)?,
    })
}

fn find(connection: &Connection, arn: &str) -> Result<Option<Activity>, StoreError> {
    let mut query = connection.prepare_cached(&format!("{COLUMNS} WHERE arn = ?1"))?;
    query
        .query_row([arn], |row| Ok(read(row)))
        .optional()?
        .transpose()
}

impl Store {
    /// Creates an activity, or gives the one that is there (its tags stay as they are).
    pub async fn create_activity(
        &self,
        arn: &ActivityArn,
        tags: Tags,
        now_ms: i64,
    ) -> Result<Activity, StoreError> {
        let activity = Activity {
            name: arn.name().to_owned(),
            arn: arn.clone(),
            created_ms: now_ms,
            tags,
        };
        self.writer
            .write(move |connection| {
                if let Some(there) = find(connection, activity.arn.as_str())? {
                    return Ok(there);
                }
                let tags = serde_json::json!(activity.tags).to_string();
                let sql =
                    "INSERT INTO activity (arn, name, created_ms, tags) VALUES (?1, ?2, ?3, ?4)";
                connection.prepare_cached(sql)?.execute((
                    activity.arn.as_str(),
                    &activity.name,
                    activity.created_ms,
                    tags,
                ))?;
                Ok(activity)
            })
            .await
    }

    /// An activity.
    pub async fn activity(&self, arn: &ActivityArn) -> Result<Option<Activity>, StoreError> {
        let arn = arn.clone();
        self.readers
            .look_up(move |connection| find(connection, arn.as_str()))
    }

    /// Activities by name, after the name `after`.
    pub async fn activities(
        &self,
        after: Option<String>,
        limit: usize,
    ) -> Result<ActivityPage, StoreError> {
        self.readers
            .read(move |connection| {
                let sql = format!("{COLUMNS} WHERE name > ?1 ORDER BY name LIMIT ?2");
                let mut query = connection.prepare_cached(&sql)?;
                let mut rows = query.query((after.unwrap_or_default(), limit + 1))?;
                let mut activities = Vec::new();
                while let Some(row) = rows.next()? {
                    activities.push(read(row)?);
                }
                let more = activities.len() > limit;
                activities.truncate(limit);
                let last = activities.last().map(|activity| activity.name.clone());
                Ok(ActivityPage {
                    activities,
                    next: last.filter(|_| more),
                })
            })
            .await
    }

    /// Deletes an activity; `false` when there was none. Tasks that wait for it can still be answered.
    pub async fn delete_activity(&self, arn: &ActivityArn) -> Result<bool, StoreError> {
        let arn = arn.clone();
        self.writer
            .write(move |connection| {
                let sql = "DELETE FROM activity WHERE arn = ?1";
                Ok(connection.prepare_cached(sql)?.execute([arn.as_str()])? > 0)
            })
            .await
    }
}
