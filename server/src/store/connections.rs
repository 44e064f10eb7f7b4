//! Connections: what HTTP tasks know of the APIs that they call. Secrets are sealed by the caller.

use super::{Store, StoreError};
use rusqlite::OptionalExtension;

/// A connection as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredConnection {
    pub(crate) name: String,
    pub(crate) arn: String,
    pub(crate) description: Option<String>,
    /// AWS's name of how it authorizes.
    pub(crate) authorization: String,
    pub(crate) created_ms: i64,
    pub(crate) modified_ms: i64,
    /// What may be shown of its parameters, as JSON text.
    pub(crate) shown: String,
    /// All its parameters.
    pub(crate) sealed: Vec<u8>,
}

const SELECT: &str = "SELECT name, arn, description, authorization, created_ms, modified_ms, shown, sealed FROM connection";

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<StoredConnection> {
    Ok(StoredConnection {
        name: row.get(0)?,
        arn: row.get(1)?,
        description: row.get(2)?,
        authorization: row.get(3)?,
        created_ms: row.get(4)?,
        modified_ms: row.get(5)?,
        shown: row.get(6)?,
        sealed: row.get(7)?,
    })
}

impl Store {
    /// Keeps a new connection; `false` when its name is taken.
    pub(crate) async fn create_connection(
        &self,
        new: StoredConnection,
    ) -> Result<bool, StoreError> {
        self.writer
            .write(move |connection| {
                let sql = "INSERT OR IGNORE INTO connection (name, arn, description, authorization, created_ms, \
                           modified_ms, shown, sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
                let written = connection.prepare_cached(sql)?.execute((
                    &new.name,
                    &new.arn,
                    &new.description,
                    &new.authorization,
                    new.created_ms,
                    new.modified_ms,
                    &new.shown,
                    &new.sealed,
                ))?;
                Ok(written > 0)
            })
            .await
    }

    /// Exchanges what a connection holds. `false` when it was deleted, or is not any more what was `seen`.
    pub(crate) async fn update_connection(
        &self,
        new: StoredConnection,
        seen: Vec<u8>,
    ) -> Result<bool, StoreError> {
        self.writer
            .write(move |connection| {
                let sql = "UPDATE connection SET description = ?2, authorization = ?3, modified_ms = ?4, shown = ?5, \
                           sealed = ?6 WHERE arn = ?1 AND sealed = ?7";
                let written = connection.prepare_cached(sql)?.execute((
                    &new.arn,
                    &new.description,
                    &new.authorization,
                    new.modified_ms,
                    &new.shown,
                    &new.sealed,
                    &seen,
                ))?;
                Ok(written > 0)
            })
            .await
    }

    /// Deletes a connection; gives it when it was there.
    pub(crate) async fn delete_connection(
        &self,
        name: &str,
    ) -> Result<Option<StoredConnection>, StoreError> {
        let name = name.to_owned();
        self.writer
            .write(move |connection| {
                let mut query = connection.prepare_cached(&format!("{SELECT} WHERE name = ?1"))?;
                let found = query.query_row([&name], read).optional()?;
                connection
                    .prepare_cached("DELETE FROM connection WHERE name = ?1")?
                    .execute([&name])?;
                Ok(found)
            })
            .await
    }

    /// The connection of this name.
    pub(crate) async fn connection(
        &self,
        name: &str,
    ) -> Result<Option<StoredConnection>, StoreError> {
        self.one_connection("name = ?1", name).await
    }

    /// The connection of this ARN.
    pub(crate) async fn connection_of_arn(
        &self,
        arn: &str,
    ) -> Result<Option<StoredConnection>, StoreError> {
        self.one_connection("arn = ?1", arn).await
    }

    async fn one_connection(
        &self,
        condition: &'static str,
        value: &str,
    ) -> Result<Option<StoredConnection>, StoreError> {
        let value = value.to_owned();
        self.readers
            .read(move |connection| {
                let mut query =
                    connection.prepare_cached(&format!("{SELECT} WHERE {condition}"))?;
                Ok(query.query_row([value], read).optional()?)
            })
            .await
    }

    /// At most `limit` connections behind the name `after`, in the order of their names.
    pub(crate) async fn connections(
        &self,
        prefix: &str,
        after: &str,
        limit: usize,
    ) -> Result<Vec<StoredConnection>, StoreError> {
        let (prefix, after) = (prefix.to_owned(), after.to_owned());
        self.readers
            .read(move |connection| {
                let sql = format!(
                    "{SELECT} WHERE name > ?1 AND substr(name, 1, length(?2)) = ?2 ORDER BY name LIMIT ?3"
                );
                let mut query = connection.prepare_cached(&sql)?;
                let rows = query.query_map((after, prefix, limit), read)?;
                Ok(rows.collect::<Result<_, _>>()?)
            })
            .await
    }
}
