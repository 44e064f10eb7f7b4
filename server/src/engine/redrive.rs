//! Redriving executions that ended without success (feature map, RED-01 to RED-05), and how long that is possible.
//!
//! A redrive is a turn like any other: the event, the new state and the client token are one commit, and effects follow.
//! What a redrive does to the states is decided by the interpreter.

use super::{Engine, Inner, finish_anyway};
use crate::arn::ExecutionArn;
use crate::store::redrive::{Reopening, WINDOW_MS};
use crate::store::{Execution, ExecutionStatus, StoreError};
use asl::machine::{Input, MAX_REDRIVABLE_EVENTS};
use std::sync::{Arc, Weak};
use std::time::Duration;

/// How long an execution may be open, in milliseconds: a year (API-906).
const LONGEST_OPEN_MS: i64 = 365 * 24 * 60 * 60 * 1000;

/// States dropped in one write, so that other writes do not wait long.
const EXPIRED_AT_ONCE: usize = 100;

/// Longest pause between two looks for states that nobody can redrive any more.
const LONGEST_PAUSE: Duration = Duration::from_secs(24 * 60 * 60);
/// Shortest one.
const SHORTEST_PAUSE: Duration = Duration::from_secs(60);

/// Whether an execution can be redriven (RED-05).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RedriveStatus {
    /// `REDRIVABLE`
    Redrivable,
    /// `REDRIVABLE_BY_MAP_RUN`: only together with the map run whose child it is.
    ByMapRun,
    /// `NOT_REDRIVABLE`
    Not(NotRedrivable),
}

impl RedriveStatus {
    /// AWS's name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Redrivable => "REDRIVABLE",
            Self::ByMapRun => "REDRIVABLE_BY_MAP_RUN",
            Self::Not(_) => "NOT_REDRIVABLE",
        }
    }

    /// Why it cannot be redriven.
    pub fn reason(&self) -> Option<NotRedrivable> {
        match self {
            Self::Redrivable | Self::ByMapRun => None,
            Self::Not(reason) => Some(*reason),
        }
    }
}

/// Why an execution cannot be redriven; the texts are AWS's (`redriveStatusReason` of the service model), except the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotRedrivable {
    /// It has not ended.
    #[error("Execution is RUNNING and cannot be redriven")]
    Running,
    /// It succeeded.
    #[error("Execution is SUCCEEDED and cannot be redriven")]
    Succeeded,
    /// Its machine was deleted.
    #[error("State machine is in DELETING status")]
    Deleting,
    /// It is older than redrive itself.
    #[error("Execution was started before the launch of RedriveExecution")]
    TooOld,
    /// Its history has no room left (API-908).
    #[error("Execution history event limit exceeded")]
    HistoryFull,
    /// It was started too long ago.
    #[error("Execution has exceeded the max execution time")]
    OpenTooLong,
    /// It ended too long ago (API-908).
    #[error("Execution redrivable period exceeded")]
    EndedTooLongAgo,
    /// A breakdown left no state to go on with.
    #[error("Execution has no state left to go on with")]
    NoState,
}

/// Why an execution was not redriven.
#[derive(Debug, Clone, thiserror::Error)]
pub enum RedriveError {
    /// There is no such execution.
    #[error("the execution does not exist: {0}")]
    DoesNotExist(ExecutionArn),
    /// It cannot be redriven.
    #[error(transparent)]
    NotRedrivable(#[from] NotRedrivable),
    /// It is a child of a map run, and redriven only together with it.
    #[error("Execution is a child of a Map Run: redrive the execution that started the Map Run")]
    ByMapRun,
    /// Too many executions are open (API-909).
    #[error("the maximum number of running executions has been reached")]
    LimitExceeded,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whether an execution can be redriven at this moment.
pub fn redrive_status(execution: &Execution, now_ms: i64) -> RedriveStatus {
    match refusal(execution, now_ms) {
        Some(reason) => RedriveStatus::Not(reason),
        None if execution.summary.child_of.is_some() => RedriveStatus::ByMapRun,
        None => RedriveStatus::Redrivable,
    }
}

fn refusal(execution: &Execution, now_ms: i64) -> Option<NotRedrivable> {
    let (summary, leftover) = (&execution.summary, &execution.leftover);
    match summary.status {
        ExecutionStatus::Running => return Some(NotRedrivable::Running),
        ExecutionStatus::Succeeded => return Some(NotRedrivable::Succeeded),
        ExecutionStatus::Failed | ExecutionStatus::TimedOut | ExecutionStatus::Aborted => {}
    }
    if let Some(child) = &summary.child_of
        && child.is_express
    {
        // It is started again.
        return None;
    }
    let ended_ms = summary.stop_ms.unwrap_or(now_ms);
    let reasons = [
        (!leftover.has_machine, NotRedrivable::Deleting),
        (
            leftover.last_event >= MAX_REDRIVABLE_EVENTS,
            NotRedrivable::HistoryFull,
        ),
        (
            now_ms >= summary.start_ms.saturating_add(LONGEST_OPEN_MS),
            NotRedrivable::OpenTooLong,
        ),
        (
            now_ms >= ended_ms.saturating_add(WINDOW_MS),
            NotRedrivable::EndedTooLongAgo,
        ),
        (
            !leftover.has_state && leftover.is_older,
            NotRedrivable::TooOld,
        ),
        (!leftover.has_state, NotRedrivable::NoState),
    ];
    reasons
        .into_iter()
        .find_map(|(applies, reason)| applies.then_some(reason))
}

impl Engine {
    /// Redrives an execution; answers with the time of the redrive once it is on disk. The same client token gives the
    /// first answer again (RED-04).
    pub async fn redrive_execution(
        &self,
        arn: &ExecutionArn,
        token: Option<String>,
    ) -> Result<i64, RedriveError> {
        let (inner, arn) = (Arc::clone(&self.inner), arn.clone());
        finish_anyway(async move { inner.redrive(&arn, token).await }).await?
    }
}

impl Inner {
    async fn redrive(
        self: &Arc<Self>,
        arn: &ExecutionArn,
        token: Option<String>,
    ) -> Result<i64, RedriveError> {
        let missing = || RedriveError::DoesNotExist(arn.clone());
        let id = self.store.execution_id(arn).await?.ok_or_else(missing)?;
        let slot = self.slots.lock(id).await;
        let now_ms = self.clock.now_ms();
        if let Some(token) = &token
            && let Some(redriven_ms) = self.store.redriven_by(id, token, now_ms).await?
        {
            return Ok(redriven_ms);
        }
        let execution = self.store.execution(arn).await?.ok_or_else(missing)?;
        match redrive_status(&execution, now_ms) {
            RedriveStatus::Redrivable => {}
            RedriveStatus::ByMapRun => return Err(RedriveError::ByMapRun),
            RedriveStatus::Not(reason) => return Err(reason.into()),
        }
        if self.open.is_full() {
            return Err(RedriveError::LimitExceeded);
        }
        let found = self.store.redrivable(id).await?;
        let loaded = self.load(found.ok_or(NotRedrivable::NoState)?).await?;
        let how = Reopening::Redrive { token };
        let prepared = self
            .prepare_again(slot, loaded, Input::Redrive, how)
            .await?;
        self.write_first(prepared).await?;
        let execution = self.store.execution(arn).await?.ok_or_else(missing)?;
        Ok(execution.summary.redrive_ms.unwrap_or(now_ms))
    }

    /// Drops the states that nobody can redrive any more, in small writes.
    pub(super) async fn drop_expired_states(&self) -> Result<(), StoreError> {
        let now_ms = self.clock.cautious_ms();
        let dropped = |count| count == EXPIRED_AT_ONCE;
        while dropped(
            self.store
                .drop_expired_states(now_ms, EXPIRED_AT_ONCE)
                .await?,
        ) {
            tokio::task::yield_now().await;
        }
        Ok(())
    }

    /// How long no state expires.
    async fn until_next_expiry(&self) -> Result<Duration, StoreError> {
        let Some(next_ms) = self.store.next_expiry().await? else {
            return Ok(LONGEST_PAUSE);
        };
        let pause = u64::try_from(next_ms - self.clock.cautious_ms()).unwrap_or(0);
        Ok(Duration::from_millis(pause).clamp(SHORTEST_PAUSE, LONGEST_PAUSE))
    }
}

/// Drops expired states at once and whenever some expire, until the engine is gone.
pub(super) async fn expire(engine: Weak<Inner>) {
    while let Some(inner) = engine.upgrade() {
        let pause = match inner.drop_expired_states().await {
            Ok(()) => inner.until_next_expiry().await,
            Err(error) => Err(error),
        };
        drop(inner);
        let pause = pause.unwrap_or_else(|error| {
            tracing::error!(%error, "states that cannot be redriven any more could not be dropped");
            LONGEST_PAUSE
        });
        tokio::time::sleep(pause).await;
    }
}
