//! The writer: one thread that owns the only connection that writes.
//!
//! Jobs arrive through a bounded channel. Whatever has queued is written in one transaction and answered after its commit,
//! so a busy server pays one `fsync` for many jobs and a quiet one waits for nothing. A job that fails alone is rolled back
//! alone. When the disk fails, the whole group fails, and nothing is written any more.

use super::crash::{self, Point};
use super::{CommitStats, StoreError};
use rusqlite::{Connection, ErrorCode};
use std::sync::{Arc, OnceLock};
use std::time::Instant;
use tokio::sync::{mpsc, oneshot};

/// Most jobs in one commit.
const GROUP: usize = 512;
/// Jobs that may queue before callers wait.
const QUEUE: usize = 4096;

/// Sends a job's result, once it is known whether the group's commit went well.
type Answer = Box<dyn FnOnce(Result<(), StoreError>) + Send>;
/// Does a job's SQL and says whether the job may stay in the group.
type Job = Box<dyn FnOnce(&Connection) -> (Result<(), Failure>, Answer) + Send>;

/// A failed job.
struct Failure {
    error: StoreError,
    /// The disk or the database failed, not only this job.
    fatal: bool,
}

/// Hands jobs to the writer; cheap to clone. The thread ends when the last one is dropped.
#[derive(Debug, Clone)]
pub(super) struct Writer {
    jobs: mpsc::Sender<Job>,
    broken: Arc<OnceLock<String>>,
    commits: CommitStats,
}

impl Writer {
    /// Starts the thread.
    pub(super) fn start(connection: Connection) -> std::io::Result<Self> {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let (broken, commits) = (Arc::new(OnceLock::new()), CommitStats::default());
        let thread = Thread {
            connection,
            queue,
            broken: Arc::clone(&broken),
            commits: commits.clone(),
        };
        std::thread::Builder::new()
            .name("store-writer".into())
            .spawn(move || thread.run())?;
        Ok(Self {
            jobs,
            broken,
            commits,
        })
    }

    /// What the thread tells of its commits.
    pub(super) fn commits(&self) -> &CommitStats {
        &self.commits
    }

    /// Jobs that wait.
    pub(super) fn queued(&self) -> usize {
        self.jobs.max_capacity() - self.jobs.capacity()
    }

    /// What ended writing, when something did.
    pub(super) fn failure(&self) -> Option<&str> {
        self.broken.get().map(String::as_str)
    }

    /// Runs `job` on the writer's connection inside a transaction; answers after the commit. Waits while the queue is full.
    pub(super) async fn write<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        if let Some(message) = self.broken.get() {
            return Err(StoreError::ReadOnly(message.clone()));
        }
        let (sender, receiver) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let (state, result) = match savepoint(connection, job) {
                Ok(value) => (Ok(()), Ok(value)),
                Err(failure) => {
                    let error = failure.error.clone();
                    (Err(failure), Err(error))
                }
            };
            let answer: Answer = Box::new(move |committed| {
                // Nobody waits any more when the receiver is gone; the write stands all the same.
                let _ = sender.send(committed.and(result));
            });
            (state, answer)
        });
        self.jobs.send(job).await.map_err(|_| StoreError::Closed)?;
        receiver.await.map_err(|_| StoreError::Closed)?
    }
}

/// Runs one job so that its failure leaves no trace in the group.
fn savepoint<T>(
    connection: &Connection,
    job: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, Failure> {
    let run = |sql: &str| -> Result<(), Failure> {
        connection
            .prepare_cached(sql)
            .and_then(|mut statement| statement.execute([]))
            .map(drop)
            .map_err(|error| Failure {
                error: error.into(),
                fatal: true,
            })
    };
    run("SAVEPOINT job")?;
    match job(connection) {
        Ok(value) => run("RELEASE job").map(|()| value),
        Err(error) => {
            let fatal = connection.is_autocommit() || matches!(error, StoreError::Disk(_));
            if !fatal {
                run("ROLLBACK TO job")?;
                run("RELEASE job")?;
            }
            Err(Failure { error, fatal })
        }
    }
}

/// Whether the disk failed, so that nothing can be trusted to be written any more.
pub(super) fn is_disk_failure(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(
            ErrorCode::DiskFull
                | ErrorCode::SystemIoFailure
                | ErrorCode::DatabaseCorrupt
                | ErrorCode::NotADatabase
                | ErrorCode::ReadOnly
                | ErrorCode::CannotOpen
                | ErrorCode::OutOfMemory
        )
    )
}

struct Thread {
    connection: Connection,
    queue: mpsc::Receiver<Job>,
    broken: Arc<OnceLock<String>>,
    commits: CommitStats,
}

impl Thread {
    fn run(mut self) {
        while let Some(first) = self.queue.blocking_recv() {
            let mut group = Vec::with_capacity(16);
            group.push(first);
            while group.len() < GROUP {
                match self.queue.try_recv() {
                    Ok(job) => group.push(job),
                    Err(_) => break,
                }
            }
            self.commit(group);
        }
    }

    fn commit(&self, group: Vec<Job>) {
        let mut answers = Vec::with_capacity(group.len());
        let begun = Instant::now();
        let result = self.transaction(group, &mut answers);
        match &result {
            Ok(()) => self.commits.note(answers.len(), begun.elapsed()),
            Err(error) => self.give_up(error),
        }
        for answer in answers {
            answer(result.clone());
        }
        crash::passed(Point::Answered);
    }

    /// Writes a group. Jobs that were not reached are dropped, which tells their callers that nothing was written.
    fn transaction(&self, group: Vec<Job>, answers: &mut Vec<Answer>) -> Result<(), StoreError> {
        if let Some(message) = self.broken.get() {
            return Err(StoreError::ReadOnly(message.clone()));
        }
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        for job in group {
            let (state, answer) = job(&self.connection);
            answers.push(answer);
            if let Err(Failure { error, fatal: true }) = state {
                return Err(error);
            }
        }
        crash::passed(Point::Written);
        self.connection.execute_batch("COMMIT")?;
        crash::passed(Point::Committed);
        Ok(())
    }

    /// From here on nothing is written. What was acknowledged stays: the failed group is rolled back as a whole.
    fn give_up(&self, error: &StoreError) {
        if !self.connection.is_autocommit() && self.connection.execute_batch("ROLLBACK").is_err() {
            tracing::error!("the failed group could not be rolled back; the next start does it");
        }
        if self.broken.set(error.to_string()).is_ok() {
            tracing::error!(%error, "a write failed: the server only reads from now on");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn writer() -> Writer {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch("CREATE TABLE t (x INTEGER UNIQUE)")
            .unwrap();
        Writer::start(connection).unwrap()
    }

    async fn insert(writer: &Writer, x: i64) -> Result<(), StoreError> {
        writer
            .write(move |connection| {
                Ok(connection
                    .execute("INSERT INTO t VALUES (?1)", [x])
                    .map(drop)?)
            })
            .await
    }

    async fn count(writer: &Writer) -> i64 {
        writer
            .write(|connection| {
                Ok(connection.query_row("SELECT count(*) FROM t", [], |row| row.get(0))?)
            })
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn a_failing_job_takes_nobody_with_it() {
        let writer = writer();
        let (a, b, c) = tokio::join!(insert(&writer, 1), insert(&writer, 1), insert(&writer, 2));
        assert!(a.is_ok() && c.is_ok());
        assert!(matches!(b, Err(StoreError::Database(_))));
        assert_eq!(count(&writer).await, 2);
    }

    #[tokio::test]
    async fn a_failing_disk_fails_the_group_and_ends_writing() {
        let writer = writer();
        insert(&writer, 1).await.unwrap();
        let full = writer
            .write(|_| Err::<(), _>(StoreError::Disk("database or disk is full".into())))
            .await;
        assert!(full.is_err());
        let after = insert(&writer, 2).await.unwrap_err();
        assert!(matches!(after, StoreError::ReadOnly(_)), "{after}");
    }

    #[tokio::test]
    async fn what_queued_is_committed_together() {
        let writer = writer();
        let (hold, held) = std::sync::mpsc::channel::<()>();
        let blocker = writer.clone();
        let first = tokio::spawn(async move {
            blocker
                .write(move |_| held.recv().map_err(|_| StoreError::Closed))
                .await
        });
        let rest: Vec<_> = (0..50)
            .map(|x| {
                let writer = writer.clone();
                tokio::spawn(async move { insert(&writer, x).await })
            })
            .collect();
        hold.send(()).unwrap();
        first.await.unwrap().unwrap();
        for job in rest {
            job.await.unwrap().unwrap();
        }
        assert_eq!(count(&writer).await, 50);
    }
}
