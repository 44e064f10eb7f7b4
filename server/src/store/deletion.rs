//! The deletion of machines, which waits for their executions (API-108).
//!
//! Does not end the executions: the engine does.

use super::machines::{self, MachineStatus};
use super::{Store, StoreError, parsed};
use crate::arn::MachineArn;
use asl::check::MachineType;
use rusqlite::Connection;

/// What became of a machine that is to be deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deletion {
    /// There is no such machine any more.
    Done,
    /// It goes when its last execution has ended.
    Waits,
}

fn delete(connection: &Connection, arn: &MachineArn) -> Result<Deletion, StoreError> {
    let Some((machine, _)) = machines::find(connection, arn.as_str())? else {
        return Ok(Deletion::Done);
    };
    // Express executions are written nowhere, and end within five minutes.
    if machine.machine_type == MachineType::Express || !runs(connection, arn)? {
        return remove(connection, arn);
    }
    let sql = "UPDATE machine SET deleting = 1 WHERE arn = ?1";
    connection.prepare_cached(sql)?.execute([arn.as_str()])?;
    Ok(Deletion::Waits)
}

fn finish(connection: &Connection, arn: &MachineArn) -> Result<Deletion, StoreError> {
    match machines::find(connection, arn.as_str())? {
        Some((machine, _)) if machine.status == MachineStatus::Deleting => {
            if runs(connection, arn)? {
                return Ok(Deletion::Waits);
            }
            remove(connection, arn)
        }
        Some(_) | None => Ok(Deletion::Done),
    }
}

/// Whether one of its executions has not ended.
fn runs(connection: &Connection, arn: &MachineArn) -> Result<bool, StoreError> {
    let sql =
        "SELECT EXISTS (SELECT 1 FROM execution WHERE machine_arn = ?1 AND status = 'RUNNING')";
    let mut query = connection.prepare_cached(sql)?;
    Ok(query.query_row([arn.as_str()], |row| row.get(0))?)
}

/// Removes a machine with its versions, aliases and sample results.
fn remove(connection: &Connection, arn: &MachineArn) -> Result<Deletion, StoreError> {
    for (sql, key) in [
        ("DELETE FROM alias WHERE machine_arn = ?1", arn.as_str()),
        ("DELETE FROM version WHERE machine_arn = ?1", arn.as_str()),
        ("DELETE FROM mock WHERE machine = ?1", arn.name()),
        ("DELETE FROM machine WHERE arn = ?1", arn.as_str()),
    ] {
        connection.prepare_cached(sql)?.execute([key])?;
    }
    Ok(Deletion::Done)
}

impl Store {
    /// Deletes a machine with its versions and aliases, or marks it when one of its executions runs. One that does not exist
    /// counts as deleted.
    pub async fn delete_machine(&self, arn: &MachineArn) -> Result<Deletion, StoreError> {
        let arn = arn.clone();
        self.writer
            .write(move |connection| delete(connection, &arn))
            .await
    }

    /// Removes a machine that is marked, unless one of its executions still runs.
    pub(crate) async fn finish_deletion(&self, arn: &MachineArn) -> Result<Deletion, StoreError> {
        let arn = arn.clone();
        self.writer
            .write(move |connection| finish(connection, &arn))
            .await
    }

    /// The machines that are marked.
    pub(crate) async fn deleting_machines(&self) -> Result<Vec<MachineArn>, StoreError> {
        self.readers
            .read(|connection| {
                let mut query =
                    connection.prepare_cached("SELECT arn FROM machine WHERE deleting = 1")?;
                let mut rows = query.query([])?;
                let mut found = Vec::new();
                while let Some(row) = rows.next()? {
                    let arn: String = row.get(0)?;
                    found.push(parsed(MachineArn::parse(&arn), "machine ARN", &arn)?);
                }
                Ok(found)
            })
            .await
    }
}
