//! Execution logs as AWS writes them to CloudWatch (feature map, 12.2): JSON lines in the data folder, below
//! `logs/<log group>/`, one file for each day, and a further one when it grows large.
//!
//! The newest revision of a machine says what is logged; a change takes effect within a few seconds. Logs are best effort, as
//! on AWS: what does not fit into the queue is dropped and counted, and no step ever waits for it.

mod file;
mod record;
mod worker;

use crate::arn::MachineArn;
use crate::store::Store;
use asl::history::Event;
use prometheus_client::metrics::counter::Counter;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, oneshot};

/// Steps that may wait to be written.
const QUEUE: usize = 4096;
/// How long it is believed that a machine logs nothing.
const BELIEF: Duration = Duration::from_secs(5);
/// Machines of which that is known.
const CAPACITY: usize = 4096;

/// What one step has to log.
#[derive(Debug)]
struct Batch {
    machine: MachineArn,
    execution: String,
    redrive_count: u32,
    events: Vec<Event>,
}

/// What the writer is told.
#[derive(Debug)]
enum Message {
    /// Write this.
    Write(Batch),
    /// Say when everything before is written.
    Drained(oneshot::Sender<()>),
}

/// Machines that log nothing, and when that was found.
type Silent = Arc<Mutex<HashMap<MachineArn, Instant>>>;

/// Hands events to the writer of logs.
#[derive(Debug)]
pub(crate) struct Logs {
    queue: mpsc::Sender<Message>,
    silent: Silent,
    dropped: Counter,
}

impl Logs {
    /// Starts the writer of logs below `folder`; it ends with this value. `dropped` counts events that were not written.
    pub(crate) fn start(store: Store, folder: PathBuf, dropped: Counter) -> Self {
        let (queue, messages) = mpsc::channel(QUEUE);
        let silent = Silent::default();
        let worker = worker::Worker::new(store, folder, Arc::clone(&silent), dropped.clone());
        tokio::spawn(worker.run(messages));
        Self {
            queue,
            silent,
            dropped,
        }
    }

    /// Events of a step. Never waits.
    pub(crate) fn see(
        &self,
        machine: &MachineArn,
        execution: &str,
        redrive_count: u32,
        events: &[Event],
    ) {
        if events.is_empty() || self.is_silent(machine) {
            return;
        }
        let batch = Batch {
            machine: machine.clone(),
            execution: execution.to_owned(),
            redrive_count,
            events: events.to_vec(),
        };
        if self.queue.try_send(Message::Write(batch)).is_err() {
            self.dropped.inc_by(events.len() as u64);
        }
    }

    /// Waits until everything that was seen is written, but not longer than `limit`.
    pub(crate) async fn drain(&self, limit: Duration) {
        let (sender, drained) = oneshot::channel();
        let all = async {
            // An error says that there is no writer any more, and nothing to wait for.
            if self.queue.send(Message::Drained(sender)).await.is_ok() {
                let _ = drained.await;
            }
        };
        if tokio::time::timeout(limit, all).await.is_err() {
            tracing::warn!("logs of executions are lost: they could not be written in time");
        }
    }

    fn is_silent(&self, machine: &MachineArn) -> bool {
        let silent = self.silent.lock().unwrap_or_else(PoisonError::into_inner);
        silent
            .get(machine)
            .is_some_and(|found| found.elapsed() < BELIEF)
    }
}
