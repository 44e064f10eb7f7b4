//! Status events of executions, as AWS sends them to EventBridge (feature map, 11.3): each is posted to the address that the
//! settings name.
//!
//! Standard executions have them, children of map runs too; Express ones have none, as on AWS. Delivery is best effort, as on
//! AWS: nothing waits for it, what finds no room or cannot be delivered for a while is dropped and counted, and what was not
//! sent when the process ended is lost. An event whose answer got lost is sent again, with the same id. Events of one
//! execution come in their order. Nothing here chooses among events, as EventBridge's rules do.

mod form;
mod sender;

use crate::arn::{ExecutionArn, Home};
use crate::config::Receiver;
use crate::store::{ExecutionStatus, Store};
use asl::history::Failure;
use prometheus_client::metrics::counter::Counter;
use sender::{Patience, Sender};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

/// Changes that may wait to be sent.
const ROOM: u32 = 2048;
/// Requests under way at once. Those of one execution come one after the other.
const LANES: usize = 8;

/// A change of an execution's status: what the store may not know any more when the event is sent.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Change {
    /// Which execution.
    pub(crate) execution: ExecutionArn,
    /// Its status from then on.
    pub(crate) status: ExecutionStatus,
    /// When, in milliseconds since 1970.
    pub(crate) at_ms: i64,
    /// Error and cause, when it ended without success.
    pub(crate) failure: Option<Failure>,
    /// How often it had been redriven.
    pub(crate) redrive_count: u32,
    /// When it had been redriven last.
    pub(crate) redrive_ms: Option<i64>,
    /// Whether its last state was kept for a redrive.
    pub(crate) has_state: bool,
    /// Id of the event in its history.
    pub(crate) event: u64,
}

/// A change in a queue, and the room that it takes there.
#[derive(Debug)]
struct Waiting {
    change: Change,
    _room: OwnedSemaphorePermit,
}

/// Takes changes of status and sends them on.
#[derive(Debug)]
pub(crate) struct StatusEvents {
    lanes: Vec<mpsc::UnboundedSender<Waiting>>,
    room: Arc<Semaphore>,
    most: u32,
    dropped: Counter,
}

impl StatusEvents {
    /// Starts sending to `sink`; it ends with this value. `dropped` counts what was not delivered. `None` when no HTTP
    /// client can be made.
    pub(crate) fn start(
        sink: &Receiver,
        home: &Home,
        store: &Store,
        dropped: Counter,
    ) -> Option<Self> {
        let sender = Sender::new(sink, home, store, &dropped, Patience::default())?;
        Some(Self::with(sender, ROOM, dropped))
    }

    fn with(sender: Sender, most: u32, dropped: Counter) -> Self {
        let sender = Arc::new(sender);
        let lane = |_| {
            let (lane, changes) = mpsc::unbounded_channel();
            tokio::spawn(Arc::clone(&sender).run(changes));
            lane
        };
        Self {
            lanes: (0..LANES).map(lane).collect(),
            room: Arc::new(Semaphore::new(most as usize)),
            most,
            dropped,
        }
    }

    /// A change that is on disk. `execution` is the execution's key. Never waits.
    pub(crate) fn see(&self, execution: i64, change: Change) {
        let lane = execution.unsigned_abs() as usize % self.lanes.len();
        let sent = Arc::clone(&self.room).try_acquire_owned().map(|room| {
            let waiting = Waiting {
                change,
                _room: room,
            };
            self.lanes[lane].send(waiting)
        });
        if !matches!(sent, Ok(Ok(()))) {
            self.dropped.inc();
        }
    }

    /// Waits until everything was delivered or given up, but not longer than `limit`.
    pub(crate) async fn drain(&self, limit: Duration) {
        let all = self.room.acquire_many(self.most);
        if tokio::time::timeout(limit, all).await.is_err() {
            let left = self.most as usize - self.room.available_permits();
            tracing::warn!(
                left,
                "status events are lost: they could not be sent in time"
            );
        }
    }
}

#[cfg(test)]
mod tests;
