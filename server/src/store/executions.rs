//! Executions: what readers see.

use super::machines::read_settings;
use super::packed::Unpacked;
use super::{Store, StoreError, parsed};
use crate::arn::{ExecutionArn, MachineArn, MapRunArn, Qualifier, Target};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};
use serde_json::Value;

/// Status of an execution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExecutionStatus {
    /// It has not ended.
    Running,
    /// It ended with an output.
    Succeeded,
    /// It ended with an error.
    Failed,
    /// It took longer than it may.
    TimedOut,
    /// It was stopped.
    Aborted,
}

impl ExecutionStatus {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Running,
        Self::Succeeded,
        Self::Failed,
        Self::TimedOut,
        Self::Aborted,
    ];

    /// AWS's name, for example `TIMED_OUT`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Running => "RUNNING",
            Self::Succeeded => "SUCCEEDED",
            Self::Failed => "FAILED",
            Self::TimedOut => "TIMED_OUT",
            Self::Aborted => "ABORTED",
        }
    }
    /// Reads AWS's name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

/// An execution, as lists show it.
#[derive(Debug, Clone, PartialEq)]
pub struct ExecutionSummary {
    /// Its ARN; machine and name are in it.
    pub arn: ExecutionArn,
    /// ARN of the machine.
    pub machine_arn: MachineArn,
    /// Its status.
    pub status: ExecutionStatus,
    /// When it was started, in milliseconds since 1970.
    pub start_ms: i64,
    /// When it ended.
    pub stop_ms: Option<i64>,
    /// The map run whose child it is.
    pub child_of: Option<MapRunChild>,
    /// How often it was redriven.
    pub redrive_count: u32,
    /// When it was redriven last, in milliseconds since 1970.
    pub redrive_ms: Option<i64>,
    /// ARN of the version that it runs, when it was started on a version or an alias (VER-07).
    pub version_arn: Option<String>,
    /// ARN of the alias that it was started on (VER-07).
    pub alias_arn: Option<String>,
}

/// What makes an execution the child of a map run.
#[derive(Debug, Clone, PartialEq)]
pub struct MapRunChild {
    /// ARN of the map run.
    pub map_run: MapRunArn,
    /// Its number there.
    pub child: u32,
    /// How many items it works on.
    pub items: u32,
    /// Whether it is an Express execution.
    pub is_express: bool,
}

/// An execution in full.
#[derive(Debug, Clone, PartialEq)]
pub struct Execution {
    /// What lists show.
    pub summary: ExecutionSummary,
    /// The input, as it was given.
    pub input: String,
    /// The output, when it succeeded.
    pub output: Option<String>,
    /// The error's name, when there is one.
    pub error: Option<String>,
    /// The cause, when there is one.
    pub cause: Option<String>,
    /// The case of the sample results it runs on.
    pub case: Option<String>,
    /// Settings of the revision that it runs; see [`super::Machine::settings`].
    pub settings: Value,
    /// The role of that revision.
    pub role_arn: String,
    /// The revision it runs.
    pub revision_id: String,
    /// When that revision was made, in milliseconds since 1970.
    pub revision_ms: i64,
    /// What decides whether it can be redriven.
    pub leftover: Leftover,
}

/// What is there of an execution for a redrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leftover {
    /// Its machine is there.
    pub has_machine: bool,
    /// It was started before there was a redrive, so that nothing of its last state was kept.
    pub is_older: bool,
    /// Its last state is kept.
    pub has_state: bool,
    /// Id of the last event of its history.
    pub last_event: u64,
}

/// Which executions.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ExecutionFilter {
    /// Only those of this machine, or those started on this version or alias of it.
    pub target: Option<Target>,
    /// Only children of this map run; without it, only executions that are nobody's child.
    pub map_run: Option<MapRunArn>,
    /// Only those with this status.
    pub status: Option<ExecutionStatus>,
    /// Only those that were redriven, or only the others.
    pub redriven: Option<bool>,
    /// Children that ended without success wait to be redriven from this number on: whether only they, or only others.
    pub waiting: Option<(u32, bool)>,
}

/// One page of executions, newest first (API-111): running ones by when they were started or redriven last, others by when
/// they ended.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ExecutionPage {
    /// The executions.
    pub executions: Vec<ExecutionSummary>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<ListPlace>,
}

/// Where an execution stands in lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListPlace {
    /// The moment by which it is ordered, in milliseconds since 1970.
    pub at_ms: i64,
    /// Its key, which decides among those of one moment.
    pub id: i64,
}

const SUMMARY: &str = "e.arn, e.machine_arn, e.status, e.start_ms, e.stop_ms, m.arn, e.items, \
     coalesce(e.redrive_count, 0), e.redrive_ms, e.version, e.alias, e.child, m.is_express";
/// Where the columns of a summary come from.
const FROM: &str = "execution e LEFT JOIN map_run m ON m.id = e.map_run";
/// The columns of a [`Leftover`]. Only the revision names the machine of a map run's child without its label.
const LEFTOVER: &str = "EXISTS (SELECT 1 FROM machine WHERE arn = r.machine_arn AND deleting = 0), \
     e.redrive_count IS NULL, EXISTS (SELECT 1 FROM redrivable WHERE execution = e.id), \
     coalesce((SELECT last_id FROM history WHERE key >= e.id << 20 AND key < (e.id + 1) << 20 ORDER BY key DESC LIMIT 1), 0)";
/// The number of a summary's columns.
const BEHIND_SUMMARY: usize = 13;

fn read_summary(row: &Row<'_>) -> Result<ExecutionSummary, StoreError> {
    let (arn, machine, status): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let map_run: Option<String> = row.get(5)?;
    let child_of = match map_run {
        None => None,
        Some(arn) => Some(MapRunChild {
            map_run: parsed(MapRunArn::parse(&arn), "map run ARN", &arn)?,
            items: row.get(6)?,
            child: row.get(11)?,
            is_express: row.get(12)?,
        }),
    };
    let (version, alias): (Option<u32>, Option<String>) = (row.get(9)?, row.get(10)?);
    let machine_arn = parsed(MachineArn::parse(&machine), "machine ARN", &machine)?;
    Ok(ExecutionSummary {
        arn: parsed(ExecutionArn::parse(&arn), "execution ARN", &arn)?,
        version_arn: version.map(|number| machine_arn.version(number)),
        alias_arn: alias.map(|name| machine_arn.alias(&name)),
        machine_arn,
        status: parsed(ExecutionStatus::parse(&status), "status", &status)?,
        start_ms: row.get(3)?,
        stop_ms: row.get(4)?,
        child_of,
        redrive_count: row.get(7)?,
        redrive_ms: row.get(8)?,
    })
}

fn read(row: &Row<'_>) -> Result<Execution, StoreError> {
    Ok(Execution {
        summary: read_summary(row)?,
        input: row.get::<_, Unpacked>(BEHIND_SUMMARY)?.0,
        output: row
            .get::<_, Option<Unpacked>>(BEHIND_SUMMARY + 1)?
            .map(|text| text.0),
        error: row.get(BEHIND_SUMMARY + 2)?,
        cause: row.get(BEHIND_SUMMARY + 3)?,
        case: row.get(BEHIND_SUMMARY + 4)?,
        role_arn: row.get(BEHIND_SUMMARY + 5)?,
        revision_id: row.get(BEHIND_SUMMARY + 6)?,
        revision_ms: row.get(BEHIND_SUMMARY + 7)?,
        leftover: Leftover {
            has_machine: row.get(BEHIND_SUMMARY + 8)?,
            is_older: row.get(BEHIND_SUMMARY + 9)?,
            has_state: row.get(BEHIND_SUMMARY + 10)?,
            last_event: row.get(BEHIND_SUMMARY + 11)?,
        },
        settings: read_settings(&row.get::<_, String>(BEHIND_SUMMARY + 12)?)?,
    })
}

fn find(connection: &Connection, arn: &str) -> Result<Option<Execution>, StoreError> {
    let sql = format!(
        "SELECT {SUMMARY}, e.input, e.output, e.error, e.cause, e.mock_case, r.role_arn, r.revision_id, \
         r.created_ms, {LEFTOVER}, r.settings FROM {FROM} JOIN revision r ON r.id = e.revision WHERE e.arn = ?1"
    );
    let mut query = connection.prepare_cached(&sql)?;
    query
        .query_row([arn], |row| Ok(read(row)))
        .optional()?
        .transpose()
}

/// The key of an execution.
pub(super) fn find_id(connection: &Connection, arn: &str) -> Result<Option<i64>, StoreError> {
    let mut query = connection.prepare_cached("SELECT id FROM execution WHERE arn = ?1")?;
    Ok(query.query_row([arn], |row| row.get(0)).optional()?)
}

/// The query of a page, and what stands for its question marks.
fn page_query(
    filter: &ExecutionFilter,
    from: Option<ListPlace>,
    limit: usize,
) -> (String, Vec<Sql>) {
    let mut sql = format!("SELECT {SUMMARY}, e.listed_ms, e.id FROM {FROM} WHERE ");
    let mut values = Vec::new();
    match &filter.map_run {
        None => sql.push_str("e.map_run IS NULL"),
        Some(map_run) => {
            sql.push_str("m.arn = ?");
            values.push(Sql::Text(map_run.as_str().to_owned()));
        }
    }
    if let Some(target) = &filter.target {
        sql.push_str(" AND e.machine_arn = ?");
        values.push(Sql::Text(target.machine.as_str().to_owned()));
        match &target.qualifier {
            None => {}
            Some(Qualifier::Version(number)) => {
                sql.push_str(" AND e.version = ?");
                values.push(Sql::Integer(i64::from(*number)));
            }
            Some(Qualifier::Alias(name)) => {
                sql.push_str(" AND e.alias = ?");
                values.push(Sql::Text(name.clone()));
            }
        }
    }
    if let Some(status) = filter.status {
        sql.push_str(" AND e.status = ?");
        values.push(Sql::Text(status.name().to_owned()));
    }
    match filter.redriven {
        None => {}
        Some(true) => sql.push_str(" AND e.redrive_ms IS NOT NULL"),
        Some(false) => sql.push_str(" AND e.redrive_ms IS NULL"),
    }
    if let Some((child, wanted)) = filter.waiting {
        let waiting = "(e.child >= ? AND e.status IN ('FAILED', 'TIMED_OUT', 'ABORTED'))";
        sql.push_str(if wanted { " AND " } else { " AND NOT " });
        sql.push_str(waiting);
        values.push(Sql::Integer(i64::from(child)));
    }
    if let Some(from) = from {
        sql.push_str(" AND (e.listed_ms, e.id) <= (?, ?)");
        values.extend([Sql::Integer(from.at_ms), Sql::Integer(from.id)]);
    }
    sql.push_str(" ORDER BY e.listed_ms DESC, e.id DESC LIMIT ?");
    values.push(Sql::Integer(i64::try_from(limit + 1).unwrap_or(i64::MAX)));
    (sql, values)
}

fn page(
    connection: &Connection,
    filter: &ExecutionFilter,
    from: Option<ListPlace>,
    limit: usize,
) -> Result<ExecutionPage, StoreError> {
    let (sql, values) = page_query(filter, from, limit);
    let mut query = connection.prepare_cached(&sql)?;
    let mut rows = query.query(params_from_iter(values))?;
    let mut found = ExecutionPage::default();
    while let Some(row) = rows.next()? {
        if found.executions.len() == limit {
            found.next = Some(ListPlace {
                at_ms: row.get(BEHIND_SUMMARY)?,
                id: row.get(BEHIND_SUMMARY + 1)?,
            });
            break;
        }
        found.executions.push(read_summary(row)?);
    }
    Ok(found)
}

impl Store {
    /// An execution in full.
    pub async fn execution(&self, arn: &ExecutionArn) -> Result<Option<Execution>, StoreError> {
        let arn = arn.clone();
        self.readers
            .look_up(move |connection| find(connection, arn.as_str()))
    }

    /// The definition that an execution runs, which may be large and is asked for alone.
    pub async fn definition_of(&self, arn: &ExecutionArn) -> Result<Option<String>, StoreError> {
        self.readers.look_up(|connection| {
            let sql = "SELECT r.definition FROM execution e JOIN revision r ON r.id = e.revision WHERE e.arn = ?1";
            let mut query = connection.prepare_cached(sql)?;
            Ok(query.query_row([arn.as_str()], |row| row.get(0)).optional()?)
        })
    }

    /// Executions, newest first; `from` is the `next` of the page before.
    pub async fn executions(
        &self,
        filter: ExecutionFilter,
        from: Option<ListPlace>,
        limit: usize,
    ) -> Result<ExecutionPage, StoreError> {
        self.readers
            .read(move |connection| page(connection, &filter, from, limit))
            .await
    }
}
