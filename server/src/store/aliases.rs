//! Aliases of machines: names that lead to one or two versions (feature map, VER-04 to 08).

use super::{Store, StoreError};
use crate::arn::MachineArn;
use rusqlite::{Connection, OptionalExtension, Row};

/// Most aliases of one machine (API-911).
const MOST: i64 = 100;
/// What the weights of an alias add up to.
const WHOLE: u8 = 100;

/// Where an alias leads: to one version, or to the other with what is left of a hundred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Routes {
    /// The version named first.
    pub version: u32,
    /// How many of a hundred executions it gets; all of them when there is no other.
    pub weight: u8,
    /// The version that gets the rest.
    pub other: Option<u32>,
}

impl Routes {
    /// The version that an execution gets, for a draw below 100.
    pub fn pick(self, draw: u8) -> u32 {
        self.other
            .filter(|_| draw >= self.weight)
            .unwrap_or(self.version)
    }

    /// Each version and its weight, in the order given.
    pub fn weights(self) -> impl Iterator<Item = (u32, u8)> {
        let rest = WHOLE.saturating_sub(self.weight);
        let other = self.other.map(|other| (other, rest));
        [Some((self.version, self.weight)), other]
            .into_iter()
            .flatten()
    }

    /// Whether both lead the same share of executions to the same versions, in whatever order they are named.
    pub fn same_as(self, other: Self) -> bool {
        let sorted = |routes: Self| {
            let mut weights: Vec<_> = routes.weights().collect();
            weights.sort_unstable();
            weights
        };
        sorted(self) == sorted(other)
    }
}

/// An alias of a machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// Its key; aliases of one machine are listed by it.
    pub id: i64,
    /// Its machine.
    pub machine: MachineArn,
    /// Its name.
    pub name: String,
    /// What was said about it.
    pub description: Option<String>,
    /// Where it leads.
    pub routes: Routes,
    /// When it was created, in milliseconds since 1970.
    pub created_ms: i64,
    /// When it was last changed, in milliseconds since 1970.
    pub updated_ms: i64,
}

/// One page of aliases, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AliasPage {
    /// The aliases.
    pub aliases: Vec<Alias>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<i64>,
}

/// An alias to be created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateAlias {
    /// Its machine.
    pub machine: MachineArn,
    /// Its name.
    pub name: String,
    /// What is said about it.
    pub description: Option<String>,
    /// Where it leads.
    pub routes: Routes,
}

/// What an update changes; `None` leaves as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AliasChange {
    /// What is said about it.
    pub description: Option<String>,
    /// Where it leads.
    pub routes: Option<Routes>,
}

/// Why an alias was not created or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AliasRefused {
    /// The machine is being deleted.
    Deleting,
    /// There is no such alias.
    NoAlias,
    /// The machine has no version of this number.
    NoVersion(u32),
    /// The name is taken by an alias that leads elsewhere or is described otherwise.
    NameTaken,
    /// The machine has as many aliases as it may have.
    TooMany,
}

const COLUMNS: &str = "id, name, description, version, weight, other, created_ms, updated_ms";

fn read(row: &Row<'_>, machine: &MachineArn) -> rusqlite::Result<Alias> {
    Ok(Alias {
        id: row.get(0)?,
        machine: machine.clone(),
        name: row.get(1)?,
        description: row.get(2)?,
        routes: Routes {
            version: row.get(3)?,
            weight: row.get(4)?,
            other: row.get(5)?,
        },
        created_ms: row.get(6)?,
        updated_ms: row.get(7)?,
    })
}

/// The alias of this name.
pub(super) fn find(
    connection: &Connection,
    machine: &MachineArn,
    name: &str,
) -> Result<Option<Alias>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM alias WHERE machine_arn = ?1 AND name = ?2");
    let mut query = connection.prepare_cached(&sql)?;
    Ok(query
        .query_row((machine.as_str(), name), |row| read(row, machine))
        .optional()?)
}

/// Names of the aliases that lead to a version.
pub(super) fn leading_to(
    connection: &Connection,
    machine: &MachineArn,
    version: u32,
) -> Result<Vec<String>, StoreError> {
    let sql =
        "SELECT name FROM alias WHERE machine_arn = ?1 AND ?2 IN (version, other) ORDER BY id";
    let mut query = connection.prepare_cached(sql)?;
    let names = query.query_map((machine.as_str(), version), |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}

/// The first version of `routes` that the machine does not have.
fn missing(
    connection: &Connection,
    machine: &MachineArn,
    routes: Routes,
) -> Result<Option<u32>, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM version WHERE machine_arn = ?1 AND number = ?2)";
    let mut query = connection.prepare_cached(sql)?;
    for (version, _) in routes.weights() {
        if !query.query_row((machine.as_str(), version), |row| row.get(0))? {
            return Ok(Some(version));
        }
    }
    Ok(None)
}

fn is_deleting(connection: &Connection, machine: &MachineArn) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM machine WHERE arn = ?1 AND deleting = 1)";
    let mut query = connection.prepare_cached(sql)?;
    Ok(query.query_row([machine.as_str()], |row| row.get(0))?)
}

fn count(connection: &Connection, machine: &MachineArn) -> Result<i64, StoreError> {
    let sql = "SELECT count(*) FROM alias WHERE machine_arn = ?1";
    let mut query = connection.prepare_cached(sql)?;
    Ok(query.query_row([machine.as_str()], |row| row.get(0))?)
}

fn create(
    connection: &Connection,
    wanted: CreateAlias,
    now_ms: i64,
) -> Result<Result<Alias, AliasRefused>, StoreError> {
    let CreateAlias {
        machine,
        name,
        description,
        routes,
    } = wanted;
    if is_deleting(connection, &machine)? {
        return Ok(Err(AliasRefused::Deleting));
    }
    if let Some(version) = missing(connection, &machine, routes)? {
        return Ok(Err(AliasRefused::NoVersion(version)));
    }
    if let Some(there) = find(connection, &machine, &name)? {
        let is_same = there.routes.same_as(routes) && there.description == description;
        return Ok(is_same.then_some(there).ok_or(AliasRefused::NameTaken));
    }
    if count(connection, &machine)? >= MOST {
        return Ok(Err(AliasRefused::TooMany));
    }
    let sql = "INSERT INTO alias (machine_arn, name, description, version, weight, other, created_ms, updated_ms) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)";
    connection.prepare_cached(sql)?.execute((
        machine.as_str(),
        &name,
        &description,
        routes.version,
        routes.weight,
        routes.other,
        now_ms,
    ))?;
    Ok(find(connection, &machine, &name)?.ok_or(AliasRefused::NoAlias))
}

fn update(
    connection: &Connection,
    machine: &MachineArn,
    name: &str,
    change: AliasChange,
    now_ms: i64,
) -> Result<Result<Alias, AliasRefused>, StoreError> {
    let Some(mut alias) = find(connection, machine, name)? else {
        return Ok(Err(AliasRefused::NoAlias));
    };
    if is_deleting(connection, machine)? {
        return Ok(Err(AliasRefused::Deleting));
    }
    let before = alias.clone();
    alias.description = change.description.or(alias.description);
    alias.routes = change.routes.unwrap_or(alias.routes);
    if alias == before {
        return Ok(Ok(alias));
    }
    if let Some(version) = missing(connection, machine, alias.routes)? {
        return Ok(Err(AliasRefused::NoVersion(version)));
    }
    alias.updated_ms = now_ms;
    let sql = "UPDATE alias SET description = ?2, version = ?3, weight = ?4, other = ?5, updated_ms = ?6 WHERE id = ?1";
    connection.prepare_cached(sql)?.execute((
        alias.id,
        &alias.description,
        alias.routes.version,
        alias.routes.weight,
        alias.routes.other,
        now_ms,
    ))?;
    Ok(Ok(alias))
}

fn page(
    connection: &Connection,
    machine: &MachineArn,
    version: Option<u32>,
    from: Option<i64>,
    limit: usize,
) -> Result<AliasPage, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM alias WHERE machine_arn = ?1 AND (?2 IS NULL OR ?2 IN (version, other)) AND id >= ?3 \
         ORDER BY id LIMIT ?4"
    );
    let mut query = connection.prepare_cached(&sql)?;
    let key = (machine.as_str(), version, from.unwrap_or(0), limit + 1);
    let rows = query.query_map(key, |row| read(row, machine))?;
    let mut aliases = rows.collect::<Result<Vec<_>, _>>()?;
    let next = aliases.get(limit).map(|alias| alias.id);
    aliases.truncate(limit);
    Ok(AliasPage { aliases, next })
}

impl Store {
    /// Creates an alias. Asked again with the same settings, it gives the one that is there (VER-06).
    pub async fn create_alias(
        &self,
        wanted: CreateAlias,
        now_ms: i64,
    ) -> Result<Result<Alias, AliasRefused>, StoreError> {
        self.writer
            .write(move |connection| create(connection, wanted, now_ms))
            .await
    }

    /// Changes an alias; what changes nothing leaves its date as it is.
    pub async fn update_alias(
        &self,
        machine: &MachineArn,
        name: &str,
        change: AliasChange,
        now_ms: i64,
    ) -> Result<Result<Alias, AliasRefused>, StoreError> {
        let (machine, name) = (machine.clone(), name.to_owned());
        self.writer
            .write(move |connection| update(connection, &machine, &name, change, now_ms))
            .await
    }

    /// Deletes an alias; `false` when there was none. The versions that it leads to stay.
    pub async fn delete_alias(&self, machine: &MachineArn, name: &str) -> Result<bool, StoreError> {
        let (machine, name) = (machine.clone(), name.to_owned());
        self.writer
            .write(move |connection| {
                let sql = "DELETE FROM alias WHERE machine_arn = ?1 AND name = ?2";
                let key = (machine.as_str(), &name);
                Ok(connection.prepare_cached(sql)?.execute(key)? > 0)
            })
            .await
    }

    /// An alias.
    pub async fn alias(
        &self,
        machine: &MachineArn,
        name: &str,
    ) -> Result<Option<Alias>, StoreError> {
        self.readers
            .look_up(|connection| find(connection, machine, name))
    }

    /// Aliases of a machine, or only those that lead to `version`, oldest first; `from` is the `next` of the page before.
    pub async fn aliases(
        &self,
        machine: &MachineArn,
        version: Option<u32>,
        from: Option<i64>,
        limit: usize,
    ) -> Result<AliasPage, StoreError> {
        let machine = machine.clone();
        self.readers
            .read(move |connection| page(connection, &machine, version, from, limit))
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draw_leads_to_each_version_as_often_as_its_weight_says() {
        for weight in [0, 1, 30, 99, 100] {
            let routes = Routes {
                version: 1,
                weight,
                other: Some(2),
            };
            let first = (0..WHOLE).filter(|draw| routes.pick(*draw) == 1).count();
            assert_eq!(first, usize::from(weight));
        }
        let alone = Routes {
            version: 7,
            weight: 100,
            other: None,
        };
        assert!((0..WHOLE).all(|draw| alone.pick(draw) == 7));
    }

    #[test]
    fn routes_are_the_same_in_whatever_order_they_are_named() {
        let routes = |version, weight, other| Routes {
            version,
            weight,
            other,
        };
        assert!(routes(1, 30, Some(2)).same_as(routes(2, 70, Some(1))));
        assert!(!routes(1, 30, Some(2)).same_as(routes(2, 30, Some(1))));
        assert!(!routes(1, 100, None).same_as(routes(1, 100, Some(2))));
    }
}
