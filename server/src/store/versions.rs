//! Versions of machines: numbered revisions that nothing changes any more (feature map, VER-01 to 03).
//!
//! A version is a number and a revision. Which version an alias leads to is kept by [`super::aliases`].

use super::machines::{self, Machine, MachineStatus};
use super::{Store, StoreError, aliases};
use crate::arn::MachineArn;
use rusqlite::{Connection, OptionalExtension, Row};

/// Most versions of one machine (API-911).
const MOST: i64 = 1000;
/// What requests call the first revision of a machine, which has no id of its own.
pub const INITIAL: &str = "INITIAL";

/// A version of a machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its number: 1 for the first of its machine, never used again.
    pub number: u32,
    /// What was said about it when it was published.
    pub description: Option<String>,
    /// When it was published, in milliseconds since 1970.
    pub created_ms: i64,
}

/// One page of versions, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VersionPage {
    /// The versions.
    pub versions: Vec<Version>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<u32>,
}

/// Why the present revision did not become a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unpublished {
    /// There is no such machine.
    NoMachine,
    /// The machine is being deleted.
    Deleting,
    /// The present revision is another than the one that was to be published: this one, or the first, which has no id.
    OtherRevision(Option<String>),
    /// The machine has as many versions as it may have.
    TooMany,
}

/// What is to be published.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Publish {
    /// See [`Version::description`].
    pub description: Option<String>,
}

fn read(row: &Row<'_>) -> rusqlite::Result<Version> {
    Ok(Version {
        number: row.get(0)?,
        description: row.get(1)?,
        created_ms: row.get(2)?,
    })
}

/// The version that a revision was published as.
fn of_revision(
    connection: &Connection,
    machine: &MachineArn,
    revision: i64,
) -> Result<Option<Version>, StoreError> {
    let sql = "SELECT number, description, created_ms FROM version WHERE machine_arn = ?1 AND revision = ?2";
    let mut query = connection.prepare_cached(sql)?;
    Ok(query
        .query_row((machine.as_str(), revision), read)
        .optional()?)
}

/// Whether the machine may have one more version.
pub(super) fn has_room(connection: &Connection, machine: &MachineArn) -> Result<bool, StoreError> {
    let sql = "SELECT count(*) FROM version WHERE machine_arn = ?1";
    let mut query = connection.prepare_cached(sql)?;
    let count: i64 = query.query_row([machine.as_str()], |row| row.get(0))?;
    Ok(count < MOST)
}

/// Makes a revision of `machine` a version, inside the caller's transaction. One that is a version stays the same one
/// (VER-02).
pub(super) fn publish(
    connection: &Connection,
    machine: &Machine,
    revision: i64,
    publish: Publish,
    now_ms: i64,
) -> Result<Result<Version, Unpublished>, StoreError> {
    let arn = &machine.arn;
    if let Some(version) = of_revision(connection, arn, revision)? {
        return Ok(Ok(version));
    }
    if !has_room(connection, arn)? {
        return Ok(Err(Unpublished::TooMany));
    }
    let sql =
        "UPDATE machine SET last_version = last_version + 1 WHERE arn = ?1 RETURNING last_version";
    let number = connection
        .prepare_cached(sql)?
        .query_row([arn.as_str()], |row| row.get(0))?;
    let version = Version {
        number,
        description: publish.description,
        created_ms: now_ms,
    };
    let sql = "INSERT INTO version (machine_arn, number, revision, description, created_ms) VALUES (?1, ?2, ?3, ?4, ?5)";
    connection.prepare_cached(sql)?.execute((
        arn.as_str(),
        number,
        revision,
        &version.description,
        now_ms,
    ))?;
    Ok(Ok(version))
}

/// The first version, when it was published with the machine itself.
pub(super) fn published_at_creation(
    connection: &Connection,
    machine: &Machine,
) -> Result<Option<Version>, StoreError> {
    let sql = "SELECT number, description, created_ms FROM version WHERE machine_arn = ?1 AND number = 1 AND created_ms = ?2";
    let mut query = connection.prepare_cached(sql)?;
    let key = (machine.arn.as_str(), machine.created_ms);
    Ok(query.query_row(key, read).optional()?)
}

fn page(
    connection: &Connection,
    machine: &MachineArn,
    from: Option<u32>,
    limit: usize,
) -> Result<VersionPage, StoreError> {
    let sql = "SELECT number, description, created_ms FROM version WHERE machine_arn = ?1 AND number <= ?2 ORDER BY number DESC LIMIT ?3";
    let mut query = connection.prepare_cached(sql)?;
    let key = (machine.as_str(), from.unwrap_or(u32::MAX), limit + 1);
    let rows = query.query_map(key, read)?;
    let mut versions = rows.collect::<Result<Vec<_>, _>>()?;
    let next = versions.get(limit).map(|version| version.number);
    versions.truncate(limit);
    Ok(VersionPage { versions, next })
}

impl Store {
    /// Makes the present revision of a machine a version; one that is a version stays the same one. With `revision_id`
    /// only when that is the present revision; [`INITIAL`] names the first (VER-02).
    pub async fn publish_version(
        &self,
        arn: &MachineArn,
        revision_id: Option<String>,
        wanted: Publish,
        now_ms: i64,
    ) -> Result<Result<Version, Unpublished>, StoreError> {
        let arn = arn.clone();
        self.writer
            .write(move |connection| {
                let Some((machine, revision)) = machines::find(connection, arn.as_str())? else {
                    return Ok(Err(Unpublished::NoMachine));
                };
                if machine.status == MachineStatus::Deleting {
                    return Ok(Err(Unpublished::Deleting));
                }
                let present = machine.shown_revision().unwrap_or(INITIAL);
                let is_present = |id: &String| id.as_str() == present;
                if !revision_id.as_ref().is_none_or(is_present) {
                    let present = machine.shown_revision().map(str::to_owned);
                    return Ok(Err(Unpublished::OtherRevision(present)));
                }
                // Later than the machine, even when the clock stands still: so it is told from one published at creation.
                let now_ms = now_ms.max(machine.created_ms + 1);
                publish(connection, &machine, revision, wanted, now_ms)
            })
            .await
    }

    /// A version with its machine in that revision.
    pub async fn version(
        &self,
        machine: &MachineArn,
        number: u32,
    ) -> Result<Option<(Machine, Version)>, StoreError> {
        self.readers.look_up(|connection| {
            let found = machines::find_version(connection, machine.as_str(), number)?;
            let Some((found, revision)) = found else {
                return Ok(None);
            };
            let version = of_revision(connection, machine, revision)?;
            Ok(version.map(|version| (found, version)))
        })
    }

    /// Versions of a machine, newest first; `from` is the `next` of the page before.
    pub async fn versions(
        &self,
        machine: &MachineArn,
        from: Option<u32>,
        limit: usize,
    ) -> Result<VersionPage, StoreError> {
        let machine = machine.clone();
        self.readers
            .read(move |connection| page(connection, &machine, from, limit))
            .await
    }

    /// Deletes a version. One that aliases lead to stays, and their names come back (VER-03). Running executions go on.
    pub async fn delete_version(
        &self,
        machine: &MachineArn,
        number: u32,
    ) -> Result<Vec<String>, StoreError> {
        let machine = machine.clone();
        self.writer
            .write(move |connection| {
                let aliases = aliases::leading_to(connection, &machine, number)?;
                if aliases.is_empty() {
                    let sql = "DELETE FROM version WHERE machine_arn = ?1 AND number = ?2";
                    let key = (machine.as_str(), number);
                    connection.prepare_cached(sql)?.execute(key)?;
                }
                Ok(aliases)
            })
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arn::Home;
    use crate::store::machines::{MachineChange, create, update_and_publish};
    use crate::store::{Tags, schema};
    use asl::check::MachineType;
    use serde_json::json;

    fn machine() -> Machine {
        let home = Home {
            region: "us-east-1".into(),
            account_id: "123456789012".into(),
        };
        Machine {
            arn: home.machine("train"),
            name: "train".into(),
            machine_type: MachineType::Standard,
            status: MachineStatus::Active,
            definition: "{}".into(),
            role_arn: "role".into(),
            settings: json!({}),
            revision_id: "first".into(),
            created_ms: 1,
            updated_ms: 1,
        }
    }

    #[test]
    fn a_machine_has_no_more_than_a_thousand_versions_and_one_too_many_changes_nothing() {
        let mut connection = Connection::open_in_memory().unwrap();
        schema::migrate(&mut connection).unwrap();
        let first = Some(Publish::default());
        let made = create(&connection, machine(), &Tags::new(), first).unwrap();
        let arn = made.machine.arn;
        let update = |role: String| {
            let change = MachineChange {
                role_arn: Some(role),
                ..MachineChange::default()
            };
            update_and_publish(&connection, &arn, change, Some(Publish::default()), 2).unwrap()
        };
        for number in 2..=MOST {
            let (_, version) = update(number.to_string()).unwrap();
            assert_eq!(
                version.map(|version| i64::from(version.number)),
                Some(number)
            );
        }
        assert_eq!(update("one more".into()), Err(Unpublished::TooMany));
        let (kept, _) = machines::find(&connection, arn.as_str()).unwrap().unwrap();
        assert_eq!(kept.role_arn, MOST.to_string());
        let gone = "DELETE FROM version WHERE number = 7";
        connection.execute(gone, []).unwrap();
        let (_, version) = update("one more".into()).unwrap();
        assert_eq!(
            version.map(|version| i64::from(version.number)),
            Some(MOST + 1)
        );
    }
}
