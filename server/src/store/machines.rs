//! Machines and their revisions.

use super::{Store, StoreError, Tags, parsed};
use crate::arn::MachineArn;
use crate::ids;
use asl::check::MachineType;
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::Value;

/// A machine in its newest revision.
#[derive(Debug, Clone, PartialEq)]
pub struct Machine {
    /// Its ARN.
    pub arn: MachineArn,
    /// Its name.
    pub name: String,
    /// Standard or Express; never changes.
    pub machine_type: MachineType,
    /// The definition, as it was given.
    pub definition: String,
    /// The role given.
    pub role_arn: String,
    /// Settings that are kept and given back, and mean nothing here (`loggingConfiguration`, `tracingConfiguration`, …).
    pub settings: Value,
    /// Identifies this revision.
    pub revision_id: String,
    /// When it was created, in milliseconds since 1970.
    pub created_ms: i64,
    /// When this revision was made, in milliseconds since 1970.
    pub updated_ms: i64,
}

/// A machine, as lists show it.
#[derive(Debug, Clone, PartialEq)]
pub struct MachineSummary {
    /// Its ARN.
    pub arn: MachineArn,
    /// Its name.
    pub name: String,
    /// Standard or Express.
    pub machine_type: MachineType,
    /// When it was created, in milliseconds since 1970.
    pub created_ms: i64,
}

/// One page of machines, by name.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MachinePage {
    /// The machines.
    pub machines: Vec<MachineSummary>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<String>,
}

/// A machine to be created.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateMachine {
    /// Its ARN; the name is in it.
    pub arn: MachineArn,
    /// Standard or Express.
    pub machine_type: MachineType,
    /// The definition, checked by the caller.
    pub definition: String,
    /// The role.
    pub role_arn: String,
    /// See [`Machine::settings`].
    pub settings: Value,
    /// Its tags.
    pub tags: Tags,
}

/// What an update changes; `None` leaves as it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MachineChange {
    /// The definition, checked by the caller.
    pub definition: Option<String>,
    /// The role.
    pub role_arn: Option<String>,
    /// See [`Machine::settings`].
    pub settings: Option<Value>,
}

/// `STANDARD` or `EXPRESS`.
fn type_name(machine_type: MachineType) -> &'static str {
    match machine_type {
        MachineType::Standard => "STANDARD",
        MachineType::Express => "EXPRESS",
    }
}

fn parse_type(name: &str) -> Result<MachineType, StoreError> {
    let found = [MachineType::Standard, MachineType::Express]
        .into_iter()
        .find(|machine_type| type_name(*machine_type) == name);
    parsed(found, "type of machine", name)
}

/// Newest revision of a machine, with the revision's key last.
const COLUMNS: &str = "SELECT m.arn, m.name, m.type, m.created_ms, r.definition, r.role_arn, r.settings, r.revision_id, \
     r.created_ms, r.id FROM machine m JOIN revision r ON r.id = m.revision";

fn read(row: &Row<'_>) -> Result<Machine, StoreError> {
    let (arn, machine_type, settings): (String, String, String) =
        (row.get(0)?, row.get(2)?, row.get(6)?);
    Ok(Machine {
        arn: parsed(MachineArn::parse(&arn), "machine ARN", &arn)?,
        name: row.get(1)?,
        machine_type: parse_type(&machine_type)?,
        created_ms: row.get(3)?,
        definition: row.get(4)?,
        role_arn: row.get(5)?,
        settings: parsed(
            serde_json::from_str(&settings).ok(),
            "set of settings",
            &settings,
        )?,
        revision_id: row.get(7)?,
        updated_ms: row.get(8)?,
    })
}

/// A machine and the key of its newest revision.
pub(super) fn find(
    connection: &Connection,
    arn: &str,
) -> Result<Option<(Machine, i64)>, StoreError> {
    let mut query = connection.prepare_cached(&format!("{COLUMNS} WHERE m.arn = ?1"))?;
    query
        .query_row([arn], |row| Ok((read(row), row.get(9)?)))
        .optional()?
        .map(|(machine, revision)| Ok((machine?, revision)))
        .transpose()
}

/// Writes the newest revision of `machine`; gives its key.
fn insert_revision(connection: &Connection, machine: &Machine) -> Result<i64, StoreError> {
    let sql = "INSERT INTO revision (machine_arn, revision_id, definition, role_arn, settings, created_ms) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    connection.prepare_cached(sql)?.execute((
        machine.arn.as_str(),
        &machine.revision_id,
        &machine.definition,
        &machine.role_arn,
        machine.settings.to_string(),
        machine.updated_ms,
    ))?;
    Ok(connection.last_insert_rowid())
}

fn insert(connection: &Connection, machine: &Machine, tags: &Tags) -> Result<(), StoreError> {
    let revision = insert_revision(connection, machine)?;
    let sql = "INSERT INTO machine (arn, name, type, tags, created_ms, revision) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    connection.prepare_cached(sql)?.execute((
        machine.arn.as_str(),
        &machine.name,
        type_name(machine.machine_type),
        serde_json::json!(tags).to_string(),
        machine.created_ms,
        revision,
    ))?;
    Ok(())
}

fn update(
    connection: &Connection,
    machine: &mut Machine,
    change: MachineChange,
    now_ms: i64,
) -> Result<(), StoreError> {
    machine.definition = change
        .definition
        .unwrap_or_else(|| std::mem::take(&mut machine.definition));
    machine.role_arn = change
        .role_arn
        .unwrap_or_else(|| std::mem::take(&mut machine.role_arn));
    machine.settings = change.settings.unwrap_or_else(|| machine.settings.take());
    machine.revision_id = ids::uuid()?;
    machine.updated_ms = now_ms;
    let revision = insert_revision(connection, machine)?;
    let sql = "UPDATE machine SET revision = ?2 WHERE arn = ?1";
    connection
        .prepare_cached(sql)?
        .execute((machine.arn.as_str(), revision))?;
    Ok(())
}

/// Tags of a machine or an activity, with the table that holds them.
fn find_tags(
    connection: &Connection,
    arn: &str,
) -> Result<Option<(Tags, &'static str)>, StoreError> {
    for table in ["machine", "activity"] {
        let mut query =
            connection.prepare_cached(&format!("SELECT tags FROM {table} WHERE arn = ?1"))?;
        if let Some(tags) = query
            .query_row([arn], |row| row.get::<_, String>(0))
            .optional()?
        {
            return Ok(Some((
                parsed(serde_json::from_str(&tags).ok(), "set of tags", &tags)?,
                table,
            )));
        }
    }
    Ok(None)
}

impl Store {
    /// Creates a machine. When one of this name is there, changes nothing: the caller compares what comes back with what
    /// it asked for (API-105). The flag says whether it was created.
    pub async fn create_machine(
        &self,
        machine: CreateMachine,
        now_ms: i64,
    ) -> Result<(Machine, bool), StoreError> {
        let CreateMachine {
            arn,
            machine_type,
            definition,
            role_arn,
            settings,
            tags,
        } = machine;
        let machine = Machine {
            name: arn.name().to_owned(),
            arn,
            machine_type,
            definition,
            role_arn,
            settings,
            revision_id: ids::uuid()?,
            created_ms: now_ms,
            updated_ms: now_ms,
        };
        self.writer
            .write(move |connection| {
                if let Some((there, _)) = find(connection, machine.arn.as_str())? {
                    return Ok((there, false));
                }
                insert(connection, &machine, &tags)?;
                Ok((machine, true))
            })
            .await
    }

    /// Makes a new revision; running executions keep theirs (API-106). `None` when there is no such machine.
    pub async fn update_machine(
        &self,
        arn: &MachineArn,
        change: MachineChange,
        now_ms: i64,
    ) -> Result<Option<Machine>, StoreError> {
        let arn = arn.clone();
        self.writer
            .write(move |connection| {
                let Some((mut machine, _)) = find(connection, arn.as_str())? else {
                    return Ok(None);
                };
                update(connection, &mut machine, change, now_ms)?;
                Ok(Some(machine))
            })
            .await
    }

    /// Deletes a machine; `false` when there was none. Its running executions go on with the revision they started with.
    pub async fn delete_machine(&self, arn: &MachineArn) -> Result<bool, StoreError> {
        let arn = arn.clone();
        self.writer
            .write(move |connection| {
                let sql = "DELETE FROM machine WHERE arn = ?1";
                let deleted = connection.prepare_cached(sql)?.execute([arn.as_str()])? > 0;
                let sql = "DELETE FROM mock WHERE machine = ?1";
                connection.prepare_cached(sql)?.execute([arn.name()])?;
                Ok(deleted)
            })
            .await
    }

    /// A machine in its newest revision.
    pub async fn machine(&self, arn: &MachineArn) -> Result<Option<Machine>, StoreError> {
        Ok(self
            .machine_revision(arn)
            .await?
            .map(|(machine, _)| machine))
    }

    /// A machine and the key of its newest revision.
    pub(crate) async fn machine_revision(
        &self,
        arn: &MachineArn,
    ) -> Result<Option<(Machine, i64)>, StoreError> {
        let arn = arn.clone();
        self.readers
            .look_up(move |connection| find(connection, arn.as_str()))
    }

    /// Machines by name, after the name `after`.
    pub async fn machines(
        &self,
        after: Option<String>,
        limit: usize,
    ) -> Result<MachinePage, StoreError> {
        self.readers
            .read(move |connection| {
                let sql = "SELECT arn, name, type, created_ms FROM machine WHERE name > ?1 ORDER BY name LIMIT ?2";
                let mut query = connection.prepare_cached(sql)?;
                let mut rows = query.query((after.unwrap_or_default(), limit + 1))?;
                let mut machines = Vec::new();
                while let Some(row) = rows.next()? {
                    let (arn, machine_type): (String, String) = (row.get(0)?, row.get(2)?);
                    machines.push(MachineSummary {
                        arn: parsed(MachineArn::parse(&arn), "machine ARN", &arn)?,
                        name: row.get(1)?,
                        machine_type: parse_type(&machine_type)?,
                        created_ms: row.get(3)?,
                    });
                }
                let more = machines.len() > limit;
                machines.truncate(limit);
                let last = machines.last().map(|machine| machine.name.clone());
                Ok(MachinePage { machines, next: last.filter(|_| more) })
            })
            .await
    }

    /// Tags of a machine or an activity; `None` when there is none with this ARN.
    pub async fn tags(&self, arn: &str) -> Result<Option<Tags>, StoreError> {
        let arn = arn.to_owned();
        let found = self
            .readers
            .read(move |connection| find_tags(connection, &arn))
            .await?;
        Ok(found.map(|(tags, _)| tags))
    }

    /// Sets and removes tags; `false` when there is nothing with this ARN.
    pub async fn change_tags(
        &self,
        arn: &str,
        set: Tags,
        remove: Vec<String>,
    ) -> Result<bool, StoreError> {
        let arn = arn.to_owned();
        self.writer
            .write(move |connection| {
                let Some((mut tags, table)) = find_tags(connection, &arn)? else {
                    return Ok(false);
                };
                tags.extend(set);
                tags.retain(|key, _| !remove.contains(key));
                let sql = format!("UPDATE {table} SET tags = ?2 WHERE arn = ?1");
                connection
                    .prepare_cached(&sql)?
                    .execute((&arn, serde_json::json!(tags).to_string()))?;
                Ok(true)
            })
            .await
    }
}
