//! Runs executions: asks the interpreter, commits what it answers, then does what it wants.
//!
//! One rule: an event is on disk before its effect is done, and an answer is sent only after what it promises is on disk.
//! A turn (`turn.rs`) is one step of one execution under that rule; everything else leads to a turn or follows from one. Turns of
//! one execution come one after the other, those of different executions meet only in the store's group commit.

mod activity;
mod alone;
mod answer;
mod approval;
mod child;
mod decide;
mod deleting;
mod express;
mod fair;
mod live;
mod map_run;
mod observe;
mod open;
mod perform;
mod programs;
mod queues;
mod readiness;
mod recover;
mod redrive;
mod retention;
mod route;
mod slots;
mod start;
mod stop;
mod timers;
mod turn;

pub use activity::{ActivityTask, PollError};
pub use answer::AnswerError;
pub use decide::{DecideError, Decision, Verdict};
pub use express::{ExpressEnded, ExpressStarted};
pub use live::{ExecutionChange, LiveEvent, Progress};
pub use redrive::{NotRedrivable, RedriveError, RedriveStatus, redrive_status};
pub use start::{StartError, StartRequest, Started};
pub use stop::StopError;

use crate::arn::Home;
use crate::clock::Clock;
use crate::config::Config;
use crate::connectors::{Connector, Connectors, Objects};
use crate::store::{Store, StoreError};
use asl::dry_run::mocks::MockConfig;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio::sync::{Semaphore, watch};

/// The engine; cheap to clone.
#[derive(Debug, Clone)]
pub struct Engine {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    home: Home,
    clock: Clock,
    store: Store,
    connectors: Connectors,
    objects: Objects,
    /// The file named by `SFN_MOCK_CONFIG`.
    shared_mocks: Option<MockConfig>,
    slots: slots::Slots,
    programs: programs::Programs,
    queues: queues::Queues,
    timers: timers::Timers,
    running: perform::Running,
    calls: fair::Fair,
    live: live::Live,
    open: open::Open,
    /// Room for Express executions that nobody waits for.
    unawaited: Arc<Semaphore>,
    deleting: deleting::Deleting,
    observer: observe::Observer,
    map_runs: map_run::MapRuns,
    last_execution: AtomicI64,
    last_map_run: AtomicI64,
    /// Turns true when unfinished executions were read: no turn is taken before.
    recovered: watch::Sender<bool>,
    ending: watch::Sender<bool>,
}

impl Engine {
    /// Starts the engine, with `connectors` beside its own; unfinished executions go on where their record ends.
    pub(crate) async fn start(
        config: &Config,
        store: Store,
        connectors: Vec<Arc<dyn Connector>>,
        clock: Clock,
    ) -> Result<Self, StoreError> {
        let last = store.last_execution().await?;
        let last_map_run = store.last_map_run().await?;
        let observer = observe::Observer::new(config, &store);
        let inner = Arc::new_cyclic(|inner| Inner {
            home: config.home.clone(),
            clock,
            connectors: {
                let children: Arc<dyn Connector> = Arc::new(child::Children::new(inner));
                let own = std::iter::once(children).chain(connectors);
                Connectors::new(config, own.collect())
            },
            objects: Objects::new(&config.objects, config.data.join("objects")),
            shared_mocks: config.mocks.clone(),
            store,
            slots: slots::Slots::default(),
            programs: programs::Programs::default(),
            queues: queues::Queues::default(),
            timers: timers::Timers::default(),
            running: perform::Running::default(),
            calls: fair::Fair::default(),
            live: live::Live::default(),
            open: open::Open::default(),
            unawaited: Arc::new(Semaphore::new(express::MOST_UNAWAITED)),
            deleting: deleting::Deleting::default(),
            observer,
            map_runs: map_run::MapRuns::default(),
            last_execution: AtomicI64::new(last),
            last_map_run: AtomicI64::new(last_map_run),
            recovered: watch::Sender::new(false),
            ending: watch::Sender::new(false),
        });
        recover::recover(&inner).await?;
        tokio::spawn(timers::run(Arc::downgrade(&inner)));
        tokio::spawn(redrive::expire(Arc::downgrade(&inner)));
        let days = config.operation.retention_days;
        tokio::spawn(retention::run(Arc::downgrade(&inner), days));
        Ok(Self { inner })
    }

    /// The present moment, in milliseconds since 1970.
    pub fn now_ms(&self) -> i64 {
        self.inner.clock.now_ms()
    }

    /// Turns true when the server is ending; long answers should end then.
    pub fn ending(&self) -> watch::Receiver<bool> {
        self.inner.ending.subscribe()
    }

    /// Ends long polls and waits for commits under way. What still runs goes on at the next start.
    pub async fn shut_down(&self) {
        self.inner.ending.send_replace(true);
        if let Err(error) = self.inner.store.flush().await {
            tracing::warn!(%error, "the last writes could not be awaited");
        }
    }
}

impl Inner {
    fn next_execution(&self) -> i64 {
        self.last_execution.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Waits until turns may be taken.
    async fn recovery(&self) -> Result<(), StoreError> {
        if *self.recovered.borrow() {
            return Ok(());
        }
        let mut recovered = self.recovered.subscribe();
        let waited = recovered.wait_for(|recovered| *recovered).await;
        waited.map(drop).map_err(|_| StoreError::Closed)
    }

    fn next_map_run(&self) -> i64 {
        self.last_map_run.fetch_add(1, Ordering::Relaxed) + 1
    }
}

/// Runs `work` to its end even when the caller goes away: a turn must not be cut in two.
async fn finish_anyway<T, F>(work: F) -> Result<T, StoreError>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    tokio::spawn(work).await.map_err(|error| {
        if error.is_panic() {
            StoreError::Broken
        } else {
            StoreError::Closed
        }
    })
}

#[cfg(test)]
mod tests;
