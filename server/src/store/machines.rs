//! Machines and their revisions.

use super::versions::{self, Publish, Unpublished, Version};
use super::{Store, StoreError, Tags, aliases, parsed};
use crate::arn::{MachineArn, Qualifier, Target};
use crate::ids;
use asl::check::MachineType;
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::Value;

/// Whether a machine stays (API-115).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MachineStatus {
    /// It is there.
    Active,
    /// It goes when its last execution has ended (API-108).
    Deleting,
}

impl MachineStatus {
    /// AWS's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Deleting => "DELETING",
        }
    }
}

/// A machine in its newest revision.
#[derive(Debug, Clone, PartialEq)]
pub struct Machine {
    /// Its ARN.
    pub arn: MachineArn,
    /// Its name.
    pub name: String,
    /// Standard or Express; never changes.
    pub machine_type: MachineType,
    /// Whether it stays.
    pub status: MachineStatus,
    /// The definition, as it was given.
    pub definition: String,
    /// The role given.
    pub role_arn: String,
    /// Settings as they are kept and given back (`loggingConfiguration`, `tracingConfiguration`, …).
    pub settings: Value,
    /// Identifies this revision.
    pub revision_id: String,
    /// When it was created, in milliseconds since 1970.
    pub created_ms: i64,
    /// When this revision was made, in milliseconds since 1970.
    pub updated_ms: i64,
}

impl Machine {
    /// The revision's id, which a machine has once it was updated (recorded).
    pub fn shown_revision(&self) -> Option<&str> {
        (self.updated_ms > self.created_ms).then_some(self.revision_id.as_str())
    }
}

/// What an execution runs.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Runnable {
    /// The machine, in the revision that is run.
    pub(crate) machine: Machine,
    /// The revision's key.
    pub(crate) revision: i64,
    /// The version's number, when a version or an alias was asked for.
    pub(crate) version: Option<u32>,
}

/// What became of a request to create a machine.
#[derive(Debug, Clone, PartialEq)]
pub struct Created {
    /// The machine of this name.
    pub machine: Machine,
    /// The version that was published with it.
    pub version: Option<Version>,
    /// Whether it was there before.
    pub was_there: bool,
}

/// A machine after an update, and the version that it was published as.
pub type Updated = (Machine, Option<Version>);

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
    /// Whether and how the first revision becomes a version.
    pub publish: Option<Publish>,
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

/// A machine in one of its revisions, with the revision's key behind it.
const COLUMNS: &str = "m.arn, m.name, m.type, m.created_ms, r.definition, r.role_arn, r.settings, r.revision_id, r.created_ms, r.id, m.deleting";

/// Settings of a revision.
pub(super) fn read_settings(text: &str) -> Result<Value, StoreError> {
    parsed(serde_json::from_str(text).ok(), "set of settings", text)
}

fn read(row: &Row<'_>) -> Result<Machine, StoreError> {
    let (arn, machine_type, settings): (String, String, String) =
        (row.get(0)?, row.get(2)?, row.get(6)?);
    Ok(Machine {
        arn: parsed(MachineArn::parse(&arn), "machine ARN", &arn)?,
        name: row.get(1)?,
        machine_type: parse_type(&machine_type)?,
        status: if row.get(10)? {
            MachineStatus::Deleting
        } else {
            MachineStatus::Active
        },
        created_ms: row.get(3)?,
        definition: row.get(4)?,
        role_arn: row.get(5)?,
        settings: read_settings(&settings)?,
        revision_id: row.get(7)?,
        updated_ms: row.get(8)?,
    })
}

/// A machine and the key of its newest revision.
pub(super) fn find(
    connection: &Connection,
    arn: &str,
) -> Result<Option<(Machine, i64)>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM machine m JOIN revision r ON r.id = m.revision WHERE m.arn = ?1"
    );
    let mut query = connection.prepare_cached(&sql)?;
    query
        .query_row([arn], read_with_key)
        .optional()?
        .transpose()
}

/// A machine in the revision of one of its versions, and the revision's key.
pub(super) fn find_version(
    connection: &Connection,
    arn: &str,
    number: u32,
) -> Result<Option<(Machine, i64)>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM version v JOIN machine m ON m.arn = v.machine_arn JOIN revision r ON r.id = v.revision \
         WHERE v.machine_arn = ?1 AND v.number = ?2"
    );
    let mut query = connection.prepare_cached(&sql)?;
    let found = query.query_row((arn, number), read_with_key);
    found.optional()?.transpose()
}

fn read_with_key(row: &Row<'_>) -> rusqlite::Result<Result<(Machine, i64), StoreError>> {
    let revision = row.get(9)?;
    Ok(read(row).map(|machine| (machine, revision)))
}

/// What an execution on `target` runs; `draw`, below 100, chooses between the versions of an alias (VER-05).
fn find_runnable(
    connection: &Connection,
    target: &Target,
    draw: u8,
) -> Result<Option<Runnable>, StoreError> {
    // An alias and its version are read as of one moment: a version goes as soon as no alias leads to it.
    let connection = &*connection.unchecked_transaction()?;
    let arn = &target.machine;
    let version = match &target.qualifier {
        None => None,
        Some(Qualifier::Version(number)) => Some(*number),
        Some(Qualifier::Alias(name)) => match aliases::find(connection, arn, name)? {
            Some(alias) => Some(alias.routes.pick(draw)),
            None => return Ok(None),
        },
    };
    let found = match version {
        None => find(connection, arn.as_str())?,
        Some(number) => find_version(connection, arn.as_str(), number)?,
    };
    Ok(found.map(|(machine, revision)| Runnable {
        machine,
        revision,
        version,
    }))
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

/// Writes a new machine; gives the key of its revision.
fn insert(connection: &Connection, machine: &Machine, tags: &Tags) -> Result<i64, StoreError> {
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
    Ok(revision)
}

/// Creates a machine, and its first version when that is asked for, unless one of its name is there.
pub(super) fn create(
    connection: &Connection,
    machine: Machine,
    tags: &Tags,
    publish: Option<Publish>,
) -> Result<Created, StoreError> {
    if let Some((there, _)) = find(connection, machine.arn.as_str())? {
        let version = versions::published_at_creation(connection, &there)?;
        return Ok(Created {
            machine: there,
            version,
            was_there: true,
        });
    }
    let revision = insert(connection, &machine, tags)?;
    let now_ms = machine.created_ms;
    let version = match publish {
        None => None,
        Some(publish) => versions::publish(connection, &machine, revision, publish, now_ms)?.ok(),
    };
    Ok(Created {
        machine,
        version,
        was_there: false,
    })
}

/// Makes a new revision when something changes, and a version of it when that is asked for.
pub(super) fn update_and_publish(
    connection: &Connection,
    arn: &MachineArn,
    change: MachineChange,
    publish: Option<Publish>,
    now_ms: i64,
) -> Result<Result<Updated, Unpublished>, StoreError> {
    let Some((mut machine, mut revision)) = find(connection, arn.as_str())? else {
        return Ok(Err(Unpublished::NoMachine));
    };
    if machine.status == MachineStatus::Deleting {
        return Ok(Err(Unpublished::Deleting));
    }
    // A revision or version is later than the machine, even when the clock stands still: so the first one is told apart.
    let now_ms = now_ms.max(machine.created_ms + 1);
    if change != MachineChange::default() {
        if publish.is_some() && !versions::has_room(connection, arn)? {
            return Ok(Err(Unpublished::TooMany));
        }
        revision = update(connection, &mut machine, change, now_ms)?;
    }
    let Some(publish) = publish else {
        return Ok(Ok((machine, None)));
    };
    let version = versions::publish(connection, &machine, revision, publish, now_ms)?;
    Ok(version.map(|version| (machine, Some(version))))
}

/// Writes a new revision; gives its key.
fn update(
    connection: &Connection,
    machine: &mut Machine,
    change: MachineChange,
    now_ms: i64,
) -> Result<i64, StoreError> {
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
    Ok(revision)
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
    /// it asked for (API-105).
    pub async fn create_machine(
        &self,
        machine: CreateMachine,
        now_ms: i64,
    ) -> Result<Created, StoreError> {
        let CreateMachine {
            arn,
            machine_type,
            definition,
            role_arn,
            settings,
            tags,
            publish,
        } = machine;
        let machine = Machine {
            name: arn.name().to_owned(),
            arn,
            machine_type,
            status: MachineStatus::Active,
            definition,
            role_arn,
            settings,
            revision_id: ids::uuid()?,
            created_ms: now_ms,
            updated_ms: now_ms,
        };
        self.writer
            .write(move |connection| create(connection, machine, &tags, publish))
            .await
    }

    /// Makes a new revision, unless nothing changes, and a version of it when that is asked for, in one commit. Running
    /// executions keep theirs (API-106).
    pub async fn update_machine(
        &self,
        arn: &MachineArn,
        change: MachineChange,
        publish: Option<Publish>,
        now_ms: i64,
    ) -> Result<Result<Updated, Unpublished>, StoreError> {
        let arn = arn.clone();
        self.writer
            .write(move |connection| update_and_publish(connection, &arn, change, publish, now_ms))
            .await
    }

    /// A machine in its newest revision.
    pub async fn machine(&self, arn: &MachineArn) -> Result<Option<Machine>, StoreError> {
        let found = self
            .readers
            .look_up(|connection| find(connection, arn.as_str()))?;
        Ok(found.map(|(machine, _)| machine))
    }

    /// What an execution on `target` runs; `draw`, below 100, chooses between the versions of an alias (VER-05).
    pub(crate) async fn runnable(
        &self,
        target: &Target,
        draw: u8,
    ) -> Result<Option<Runnable>, StoreError> {
        self.readers
            .look_up(|connection| find_runnable(connection, target, draw))
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
