//! Sample results of machines.

use super::{Store, StoreError};
use rusqlite::OptionalExtension;

impl Store {
    /// The machine's `MockConfigFile.json`, as it was given.
    pub async fn mocks(&self, machine_name: &str) -> Result<Option<String>, StoreError> {
        let machine = machine_name.to_owned();
        self.readers.look_up(move |connection| {
            let mut query =
                connection.prepare_cached("SELECT file FROM mock WHERE machine = ?1")?;
            Ok(query.query_row([machine], |row| row.get(0)).optional()?)
        })
    }

    /// Keeps the machine's `MockConfigFile.json`, checked by the caller.
    pub async fn set_mocks(&self, machine_name: &str, file: String) -> Result<(), StoreError> {
        let machine = machine_name.to_owned();
        self.writer
            .write(move |connection| {
                let sql = "INSERT OR REPLACE INTO mock (machine, file) VALUES (?1, ?2)";
                connection.prepare_cached(sql)?.execute((machine, file))?;
                Ok(())
            })
            .await
    }
}
