//! The tables, and how an older database is brought to the present format.
//!
//! A migration is never changed once a version with it was used: a new one is added behind it.

use rusqlite::{Connection, TransactionBehavior};

/// Each brings the database from the format of its index to the next.
const MIGRATIONS: [&str; 11] = [
    FORMAT_1, FORMAT_2, FORMAT_3, FORMAT_4, FORMAT_5, FORMAT_6, FORMAT_7, FORMAT_8, FORMAT_9,
    FORMAT_10, FORMAT_11,
];

/// What is large and does not change (`execution.input`) stands apart from what changes with every step (`snapshot`),
/// since SQLite writes a whole row again for each change. The key of a piece of history is
/// `execution << 20 | first event's id`: pieces of one execution lie together, in order, and an append stays an append.
const FORMAT_1: &str = "
CREATE TABLE revision (
    id INTEGER PRIMARY KEY,
    machine_arn TEXT NOT NULL,
    revision_id TEXT NOT NULL,
    definition TEXT NOT NULL,
    role_arn TEXT NOT NULL,
    settings TEXT NOT NULL,
    created_ms INTEGER NOT NULL
);
CREATE TABLE machine (
    arn TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    tags TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    revision INTEGER NOT NULL REFERENCES revision (id)
);
CREATE TABLE mock (
    machine TEXT PRIMARY KEY,
    file TEXT NOT NULL
);
CREATE TABLE activity (
    arn TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    tags TEXT NOT NULL
);
CREATE TABLE execution (
    id INTEGER PRIMARY KEY,
    arn TEXT NOT NULL UNIQUE,
    machine_arn TEXT NOT NULL,
    revision INTEGER NOT NULL REFERENCES revision (id),
    status TEXT NOT NULL,
    start_ms INTEGER NOT NULL,
    stop_ms INTEGER,
    input TEXT NOT NULL,
    output TEXT,
    error TEXT,
    cause TEXT,
    mock_case TEXT
);
CREATE INDEX execution_by_machine ON execution (machine_arn, id);
CREATE INDEX execution_by_status ON execution (machine_arn, status, id);
CREATE TABLE snapshot (
    execution INTEGER PRIMARY KEY REFERENCES execution (id),
    state TEXT NOT NULL
);
CREATE TABLE history (
    key INTEGER PRIMARY KEY,
    last_id INTEGER NOT NULL,
    events TEXT NOT NULL
);
CREATE TABLE timer (
    execution INTEGER NOT NULL REFERENCES execution (id),
    timer INTEGER NOT NULL,
    due_ms INTEGER NOT NULL,
    PRIMARY KEY (execution, timer)
) WITHOUT ROWID;
CREATE INDEX timer_by_due ON timer (due_ms);
CREATE TABLE task (
    id INTEGER PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    execution INTEGER NOT NULL REFERENCES execution (id),
    task INTEGER NOT NULL,
    kind TEXT NOT NULL,
    activity TEXT,
    taken INTEGER NOT NULL DEFAULT 0,
    open INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX task_by_execution ON task (execution, task);
CREATE INDEX task_open ON task (kind, id) WHERE open = 1;
CREATE TABLE review (
    id TEXT PRIMARY KEY,
    execution INTEGER NOT NULL REFERENCES execution (id),
    task INTEGER NOT NULL,
    activity TEXT NOT NULL,
    state TEXT NOT NULL,
    input TEXT NOT NULL,
    asked_ms INTEGER NOT NULL,
    due_ms INTEGER,
    status TEXT NOT NULL,
    decided_ms INTEGER,
    decided_by TEXT,
    comment TEXT
);
CREATE INDEX review_by_task ON review (execution, task);
CREATE INDEX review_by_status ON review (status, asked_ms);
";

/// Map runs and their children. Plan and items never change; progress changes with every turn and stands apart.
const FORMAT_2: &str = "
CREATE TABLE map_run (
    id INTEGER PRIMARY KEY,
    arn TEXT NOT NULL UNIQUE,
    execution INTEGER NOT NULL REFERENCES execution (id),
    number INTEGER NOT NULL,
    start_ms INTEGER NOT NULL,
    stop_ms INTEGER,
    plan TEXT NOT NULL
);
CREATE UNIQUE INDEX map_run_by_execution ON map_run (execution, number);
CREATE INDEX map_run_open ON map_run (id) WHERE stop_ms IS NULL;
CREATE TABLE map_run_items (
    map_run INTEGER PRIMARY KEY REFERENCES map_run (id),
    items TEXT NOT NULL
);
CREATE TABLE map_run_progress (
    map_run INTEGER PRIMARY KEY REFERENCES map_run (id),
    progress TEXT NOT NULL
);
ALTER TABLE execution ADD COLUMN map_run INTEGER REFERENCES map_run (id);
ALTER TABLE execution ADD COLUMN child INTEGER;
ALTER TABLE execution ADD COLUMN items INTEGER;
CREATE UNIQUE INDEX execution_by_map_run ON execution (map_run, child) WHERE map_run IS NOT NULL;
";

/// Redrive. The last states of unsuccessful executions stand apart from `snapshot`, so that a start reads none of them.
/// `listed_ms` is the moment by which lists are ordered. Executions of older formats have no `redrive_count`: nothing of
/// their last states was kept.
const FORMAT_3: &str = "
CREATE TABLE redrivable (
    execution INTEGER PRIMARY KEY REFERENCES execution (id),
    until_ms INTEGER NOT NULL,
    state TEXT NOT NULL
);
CREATE INDEX redrivable_by_time ON redrivable (until_ms);
CREATE TABLE redrive_token (
    execution INTEGER NOT NULL REFERENCES execution (id),
    token TEXT NOT NULL,
    redrive_ms INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (execution, token)
) WITHOUT ROWID;
ALTER TABLE execution ADD COLUMN redrive_count INTEGER;
ALTER TABLE execution ADD COLUMN redrive_ms INTEGER;
ALTER TABLE execution ADD COLUMN listed_ms INTEGER NOT NULL DEFAULT 0;
UPDATE execution SET listed_ms = coalesce(stop_ms, start_ms);
DROP INDEX execution_by_machine;
DROP INDEX execution_by_status;
CREATE INDEX execution_by_machine ON execution (machine_arn, listed_ms);
CREATE INDEX execution_by_status ON execution (machine_arn, status, listed_ms);
CREATE INDEX execution_redriven ON execution (machine_arn, listed_ms) WHERE redrive_ms IS NOT NULL;
";

/// Executions that a task waits for.
const FORMAT_4: &str = "
CREATE TABLE waited_child (
    child INTEGER PRIMARY KEY,
    parent INTEGER NOT NULL,
    task INTEGER NOT NULL
);
CREATE INDEX waited_child_by_task ON waited_child (parent, task);
";

/// What the removal of old executions looks for.
const FORMAT_5: &str = "
CREATE INDEX execution_by_stop ON execution (stop_ms, id) WHERE stop_ms IS NOT NULL;
CREATE INDEX execution_by_revision ON execution (revision);
";

/// Connections of HTTP tasks; `sealed` is encrypted.
const FORMAT_6: &str = "
CREATE TABLE connection (
    name TEXT PRIMARY KEY,
    arn TEXT NOT NULL UNIQUE,
    description TEXT,
    authorization TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    modified_ms INTEGER NOT NULL,
    shown TEXT NOT NULL,
    sealed BLOB NOT NULL
);
";

/// Versions and aliases, and which of them an execution was started on. Numbers of versions are not used again, so the last
/// one is kept with the machine.
const FORMAT_7: &str = "
ALTER TABLE machine ADD COLUMN last_version INTEGER NOT NULL DEFAULT 0;
CREATE TABLE version (
    machine_arn TEXT NOT NULL REFERENCES machine (arn),
    number INTEGER NOT NULL,
    revision INTEGER NOT NULL REFERENCES revision (id),
    description TEXT,
    created_ms INTEGER NOT NULL,
    PRIMARY KEY (machine_arn, number)
) WITHOUT ROWID;
CREATE UNIQUE INDEX version_by_revision ON version (revision);
CREATE TABLE alias (
    id INTEGER PRIMARY KEY,
    machine_arn TEXT NOT NULL REFERENCES machine (arn),
    name TEXT NOT NULL,
    description TEXT,
    version INTEGER NOT NULL,
    weight INTEGER NOT NULL,
    other INTEGER,
    created_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL,
    FOREIGN KEY (machine_arn, version) REFERENCES version (machine_arn, number),
    FOREIGN KEY (machine_arn, other) REFERENCES version (machine_arn, number)
);
CREATE UNIQUE INDEX alias_by_name ON alias (machine_arn, name);
ALTER TABLE execution ADD COLUMN version INTEGER;
ALTER TABLE execution ADD COLUMN alias TEXT;
CREATE INDEX execution_by_version ON execution (machine_arn, version, listed_ms) WHERE version IS NOT NULL;
CREATE INDEX execution_by_alias ON execution (machine_arn, alias, listed_ms) WHERE alias IS NOT NULL;
";

/// Map runs whose children are Express executions, which can always be redriven.
const FORMAT_8: &str = "
ALTER TABLE map_run ADD COLUMN is_express INTEGER NOT NULL DEFAULT 0;
";

/// What a start need not read: executions that wait for timers or for answers that come by themselves. Those of older
/// formats are taken for awake until their next step. The index also counts all of them without reading a state.
const FORMAT_9: &str = "
ALTER TABLE snapshot ADD COLUMN asleep INTEGER NOT NULL DEFAULT 0;
CREATE INDEX snapshot_by_sleep ON snapshot (asleep);
";

/// Indexes of what is looked for: executions that are nobody's child by their end, and the open tasks of an execution.
const FORMAT_10: &str = "
DROP INDEX execution_by_stop;
CREATE INDEX execution_by_stop ON execution (stop_ms, id) WHERE stop_ms IS NOT NULL AND map_run IS NULL;
CREATE INDEX task_open_by_execution ON task (execution, task) WHERE open = 1;
";

/// Machines that go when their last execution has ended.
const FORMAT_11: &str = "
ALTER TABLE machine ADD COLUMN deleting INTEGER NOT NULL DEFAULT 0;
";

/// The newest format known here.
pub(super) fn known_format() -> i64 {
    MIGRATIONS.len() as i64
}

/// The format of a database; 0 for an empty one.
pub(super) fn format(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Brings a database to the present format, each step in its own transaction.
pub(super) fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    let found = usize::try_from(format(connection)?).unwrap_or(0);
    for (index, migration) in MIGRATIONS.iter().enumerate().skip(found) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "user_version", index + 1)?;
        transaction.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_older_format_held_is_listed_and_known_to_be_older_than_redrive() {
        let mut connection = Connection::open_in_memory().unwrap();
        for migration in [FORMAT_1, FORMAT_2] {
            connection.execute_batch(migration).unwrap();
        }
        connection.pragma_update(None, "user_version", 2).unwrap();
        let rows = "INSERT INTO revision VALUES (1, 'm', 'r', '{}', 'role', '{}', 1);
            INSERT INTO execution (id, arn, machine_arn, revision, status, start_ms, stop_ms, input)
            VALUES (1, 'a', 'm', 1, 'RUNNING', 10, NULL, '{}'), (2, 'b', 'm', 1, 'FAILED', 10, 20, '{}')";
        connection.execute_batch(rows).unwrap();
        migrate(&mut connection).unwrap();
        assert_eq!(format(&connection).unwrap(), known_format());
        let sql = "SELECT listed_ms, redrive_count FROM execution ORDER BY id";
        let mut query = connection.prepare(sql).unwrap();
        let found = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        let found: Vec<(i64, Option<i64>)> = found.unwrap().map(Result::unwrap).collect();
        assert_eq!(found, [(10, None), (20, None)]);
    }

    #[test]
    fn what_an_older_format_holds_is_there_after_a_migration() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(FORMAT_1).unwrap();
        connection.execute_batch(FORMAT_2).unwrap();
        connection.pragma_update(None, "user_version", 2).unwrap();
        let rows = "INSERT INTO revision VALUES (1, 'arn', 'r', '{}', 'role', '{}', 5);
            INSERT INTO machine VALUES ('arn', 'm', 'STANDARD', '{}', 5, 1);
            INSERT INTO execution (id, arn, machine_arn, revision, status, start_ms, input)
                VALUES (7, 'e', 'arn', 1, 'RUNNING', 6, '{}');";
        connection.execute_batch(rows).unwrap();
        migrate(&mut connection).unwrap();
        assert_eq!(format(&connection).unwrap(), known_format());
        let sql = "SELECT m.last_version, e.version, e.alias FROM machine m JOIN execution e ON e.machine_arn = m.arn";
        let found: (i64, Option<u32>, Option<String>) = connection
            .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .unwrap();
        assert_eq!(found, (0, None, None));
    }
}
