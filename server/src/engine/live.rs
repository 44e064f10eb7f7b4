//! What listeners are told, after it is on disk.

use super::Engine;
use super::slots::Loaded;
use crate::arn::ExecutionArn;
use crate::store::journal::{Piece, Record};
use crate::store::{ExecutionStatus, ExecutionSummary, ReviewStatus};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use tokio::sync::{broadcast, watch};

/// Events that a listener may lag behind before it is told to read lists again.
const BACKLOG: usize = 1024;

/// An execution started, ended or was redriven.
pub type ExecutionChange = ExecutionSummary;

/// Something happened that lists show.
#[derive(Debug, Clone, PartialEq)]
pub enum LiveEvent {
    /// An execution started, ended or was redriven.
    Execution(ExecutionChange),
    /// A review was asked, decided, or went.
    Review {
        /// Its id.
        id: String,
        /// Where it stands now.
        status: ReviewStatus,
    },
}

/// How far an execution's history is on disk. A listener reads what it has not seen from the store, so that it can never
/// miss anything, however slow it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Id of the last event on disk; 0 when nothing happened since the subscription.
    pub last_event: u64,
    /// The execution has ended, and was not redriven since.
    pub finished: bool,
}

/// All listeners.
#[derive(Debug)]
pub(super) struct Live {
    everything: broadcast::Sender<LiveEvent>,
    executions: Mutex<HashMap<ExecutionArn, watch::Sender<Progress>>>,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            everything: broadcast::Sender::new(BACKLOG),
            executions: Mutex::default(),
        }
    }
}

/// What a step has to tell, once it is on disk.
pub(super) struct News {
    arn: ExecutionArn,
    progress: Progress,
    events: Vec<LiveEvent>,
}

impl News {
    /// What `record`, a step of `loaded`, will have to tell.
    pub(super) fn of(loaded: &Loaded, record: &Record) -> Self {
        let asked = record
            .reviews
            .iter()
            .map(|review| (review.id.clone(), ReviewStatus::Waiting));
        let decided = record
            .decided
            .iter()
            .map(|decided| (decided.review.clone(), decided.status));
        let reviews = asked
            .chain(decided)
            .map(|(id, status)| LiveEvent::Review { id, status });
        // Lists do not show the children of map runs.
        let is_listed = loaded.child_of.is_none();
        let begun = (is_listed && (record.new.is_some() || record.reopening.is_some()))
            .then(|| summary(loaded, ExecutionStatus::Running, None));
        let mut events: Vec<LiveEvent> = begun
            .map(LiveEvent::Execution)
            .into_iter()
            .chain(reviews)
            .collect();
        if let (Some(end), true) = (&record.finished, is_listed) {
            events.push(LiveEvent::Execution(summary(
                loaded,
                end.status,
                Some(record.now_ms),
            )));
        }
        let last_event = record.pieces.last().map_or(0, Piece::last_id);
        let progress = Progress {
            last_event,
            finished: record.finished.is_some(),
        };
        Self {
            arn: loaded.arn.clone(),
            progress,
            events,
        }
    }
}

fn summary(loaded: &Loaded, status: ExecutionStatus, stop_ms: Option<i64>) -> ExecutionSummary {
    let identity = loaded.state.identity();
    ExecutionSummary {
        arn: loaded.arn.clone(),
        machine_arn: loaded.machine_arn.clone(),
        status,
        start_ms: loaded.start_ms,
        stop_ms,
        child_of: None,
        redrive_count: loaded.state.redrive_count(),
        redrive_ms: loaded.state.redriven_ms(),
        version_arn: identity.version_arn.clone(),
        alias_arn: identity.alias_arn.clone(),
    }
}

impl Live {
    /// Tells everybody who listens.
    pub(super) fn publish(&self, news: News, reviews_gone: &[String]) {
        let gone = reviews_gone.iter().map(|id| LiveEvent::Review {
            id: id.clone(),
            status: ReviewStatus::Gone,
        });
        for event in news.events.into_iter().chain(gone) {
            self.tell(event);
        }
        self.progress(&news.arn, news.progress);
    }

    fn tell(&self, event: LiveEvent) {
        // An error says that nobody listens.
        let _ = self.everything.send(event);
    }

    fn progress(&self, arn: &ExecutionArn, progress: Progress) {
        let mut executions = self
            .executions
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let Some(sender) = executions.get(arn) else {
            return;
        };
        if sender.receiver_count() == 0 {
            executions.remove(arn);
        } else if progress.last_event > 0 || progress.finished {
            sender.send_replace(progress);
        }
    }

    fn subscribe(&self, arn: &ExecutionArn) -> watch::Receiver<Progress> {
        let mut executions = self
            .executions
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        executions.retain(|_, sender| sender.receiver_count() > 0);
        executions.entry(arn.clone()).or_default().subscribe()
    }
}

impl Engine {
    /// Tells when there is more of an execution's history to read. Subscribe first, then read.
    pub fn subscribe_execution(&self, arn: &ExecutionArn) -> watch::Receiver<Progress> {
        self.inner.live.subscribe(arn)
    }

    /// Changes of all executions and reviews. A listener that lags is told so by the channel and reads lists again.
    pub fn subscribe_live(&self) -> broadcast::Receiver<LiveEvent> {
        self.inner.live.everything.subscribe()
    }
}
