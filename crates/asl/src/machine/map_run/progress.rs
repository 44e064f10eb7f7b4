//! How far a map run is: the part that changes with every step.

use super::{MAX_CONCURRENCY, Unsuccess};
use crate::history::Failure;
use crate::machine::{Finish, MapRunEnd};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The changing part of a map run; its serde form is what the server stores.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    pub(super) phase: Phase,
    pub(super) settings: Settings,
    /// How many items there are; 0 while that is not known.
    pub(super) total: u64,
    /// The item with which the next child begins.
    pub(super) next_item: u64,
    pub(super) next_child: u32,
    /// Children that run, with how many items each has.
    pub(super) active: BTreeMap<u32, u32>,
    pub(super) items: Ended,
    pub(super) children: Ended,
    /// Items and children whose results were written.
    pub(super) written: (u64, u64),
    /// Bytes of all outputs so far.
    pub(super) output_bytes: u64,
    /// Why no more children are started.
    pub(super) stopping: Option<Stopping>,
    #[serde(default)]
    pub(super) redrive: Redrive,
}

/// What redrives have made of a map run.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct Redrive {
    /// How often it was redriven.
    pub(super) count: u32,
    /// When it was redriven last, in milliseconds since 1970.
    pub(super) at_ms: Option<i64>,
    /// The count of a redrive that waits until all children have ended.
    pub(super) asked: Option<u32>,
    /// Children that wait to be redriven.
    pub(super) pending: Option<Pending>,
    /// Items and children of the last redrive that cannot be redriven.
    pub(super) not_redrivable: (u64, u64),
}

/// Children that wait to be redriven: those without success whose number is higher than that of the last one looked at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Pending {
    pub(super) after: Option<u32>,
    /// How many were asked for and not yet given.
    pub(super) asked: Option<u32>,
    /// How their items and they themselves had ended.
    pub(super) items: Ended,
    pub(super) children: Ended,
}

/// What a map run is doing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum Phase {
    /// It has not begun.
    New,
    /// Its reader's objects are asked for.
    Reading,
    /// So is the content of the objects that a listing or an inventory named.
    ReadingMore {
        bucket: String,
        keys: Vec<String>,
        /// The columns of files that do not name them.
        headers: Option<Vec<String>>,
    },
    /// Children run.
    Running,
    /// All children have ended; their results are asked for, or being written.
    Gathering,
    /// It is over.
    Ended(MapRunEnd),
}

/// Why no more children are started.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum Stopping {
    /// The map run has failed.
    Failed(Failure),
    /// The execution does not wait for it any more.
    Aborted,
}

/// What UpdateMapRun can change.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Children at once.
    pub max_concurrency: u32,
    /// Failures that are tolerated.
    pub tolerance: Tolerance,
}

/// How many failed items a Map state tolerates; exceeding either value fails it, and without any none is tolerated.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Tolerance {
    /// `ToleratedFailureCount`
    pub count: Option<u64>,
    /// `ToleratedFailurePercentage`, from 0 to 100.
    pub percentage: Option<f64>,
}

/// How many have ended in which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Ended {
    pub(super) succeeded: u64,
    pub(super) failed: u64,
    pub(super) timed_out: u64,
    pub(super) aborted: u64,
}

/// Items or children by what became of them (MapRunItemCounts and MapRunExecutionCounts of the service model).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the names are those of the service model")]
pub struct Counts {
    pub pending: u64,
    pub running: u64,
    pub succeeded: u64,
    pub failed: u64,
    pub timed_out: u64,
    pub aborted: u64,
    pub total: u64,
    pub results_written: u64,
    pub failures_not_redrivable: u64,
    pub pending_redrive: u64,
}

/// Status of a map run (feature map, API-115).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the service model")]
pub enum Status {
    Running,
    Succeeded,
    Failed,
    Aborted,
}

impl Settings {
    /// `maxConcurrency` as DescribeMapRun shows it: 0 when nothing limits it.
    pub fn shown_concurrency(&self) -> u32 {
        match self.max_concurrency {
            MAX_CONCURRENCY => 0,
            most => most,
        }
    }
}

impl Tolerance {
    /// Whether so many failed items of all are too many.
    pub(crate) fn is_exceeded(&self, failed: u64, total: u64) -> bool {
        #[expect(
            clippy::cast_precision_loss,
            reason = "numbers of items are exact in a double"
        )]
        let percentage = failed as f64 * 100.0 / total.max(1) as f64;
        match (self.count, self.percentage) {
            (None, None) => failed > 0,
            (count, most) => {
                count.is_some_and(|count| failed > count)
                    || most.is_some_and(|most| percentage > most)
            }
        }
    }
}

impl Ended {
    pub(super) fn note(&mut self, finish: &Finish, count: u64) {
        let counter = match finish {
            Finish::Succeeded { .. } => &mut self.succeeded,
            Finish::Failed { .. } => &mut self.failed,
            Finish::TimedOut { .. } => &mut self.timed_out,
            Finish::Aborted { .. } => &mut self.aborted,
        };
        *counter += count;
    }

    /// Takes those away that did not succeed.
    pub(super) fn take_unsuccessful(&mut self) -> Self {
        let taken = Self {
            succeeded: 0,
            ..*self
        };
        *self = Self {
            succeeded: self.succeeded,
            ..Self::default()
        };
        taken
    }

    /// Adds others.
    pub(super) fn add(&mut self, others: &Self) {
        self.succeeded += others.succeeded;
        self.failed += others.failed;
        self.timed_out += others.timed_out;
        self.aborted += others.aborted;
    }

    /// Moves some that ended so to others.
    pub(super) fn give(&mut self, how: Unsuccess, count: u64) -> Self {
        let mut given = Self::default();
        let (from, to) = match how {
            Unsuccess::Failed => (&mut self.failed, &mut given.failed),
            Unsuccess::TimedOut => (&mut self.timed_out, &mut given.timed_out),
            Unsuccess::Aborted => (&mut self.aborted, &mut given.aborted),
        };
        *to = count.min(*from);
        *from -= *to;
        given
    }

    /// Those that did not succeed.
    pub(super) fn unsuccessful(&self) -> u64 {
        self.failed + self.timed_out + self.aborted
    }

    fn counts(
        &self,
        pending: u64,
        running: u64,
        results_written: u64,
        (failures_not_redrivable, pending_redrive): (u64, u64),
    ) -> Counts {
        Counts {
            pending,
            running,
            succeeded: self.succeeded,
            failed: self.failed,
            timed_out: self.timed_out,
            aborted: self.aborted,
            total: pending + running + self.succeeded + self.unsuccessful() + pending_redrive,
            results_written,
            failures_not_redrivable,
            pending_redrive,
        }
    }
}

impl Progress {
    pub(super) fn new(settings: Settings, total: u64) -> Self {
        Self {
            phase: Phase::New,
            settings,
            total,
            next_item: 0,
            next_child: 0,
            active: BTreeMap::new(),
            items: Ended::default(),
            children: Ended::default(),
            written: (0, 0),
            output_bytes: 0,
            stopping: None,
            redrive: Redrive::default(),
        }
    }

    /// Its status.
    pub fn status(&self) -> Status {
        match &self.phase {
            Phase::New
            | Phase::Reading
            | Phase::ReadingMore { .. }
            | Phase::Running
            | Phase::Gathering => Status::Running,
            Phase::Ended(MapRunEnd::Succeeded { .. } | MapRunEnd::TooLong) => Status::Succeeded,
            Phase::Ended(MapRunEnd::Failed { .. }) => Status::Failed,
            Phase::Ended(MapRunEnd::Aborted) => Status::Aborted,
        }
    }

    /// Whether anything was done for it.
    pub fn has_begun(&self) -> bool {
        !matches!(self.phase, Phase::New)
    }

    /// How it ended, once it has.
    pub fn end(&self) -> Option<&MapRunEnd> {
        match &self.phase {
            Phase::Ended(end) => Some(end),
            Phase::New
            | Phase::Reading
            | Phase::ReadingMore { .. }
            | Phase::Running
            | Phase::Gathering => None,
        }
    }

    /// What UpdateMapRun can change.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Children that run, by number.
    pub fn active(&self) -> impl Iterator<Item = u32> {
        self.active.keys().copied()
    }

    /// Items by what became of them, as DescribeMapRun reports them.
    pub fn item_counts(&self) -> Counts {
        let running = self.active.values().copied().map(u64::from).sum();
        let redrive = &self.redrive;
        let waiting = redrive.pending.as_ref();
        let waiting = waiting.map_or(0, |pending| pending.items.unsuccessful());
        self.items.counts(
            self.pending_items(),
            running,
            self.written.0,
            (redrive.not_redrivable.0, waiting),
        )
    }

    /// How often it was redriven.
    pub fn redrive_count(&self) -> u32 {
        self.redrive.count
    }

    /// When it was redriven last, in milliseconds since 1970.
    pub fn redriven_ms(&self) -> Option<i64> {
        self.redrive.at_ms
    }

    /// The least number from which on children that ended without success wait to be redriven; `None` when none does.
    pub fn pending_redrive_from(&self) -> Option<u32> {
        let pending = self.redrive.pending.as_ref()?;
        Some(pending.after.map_or(0, |after| after.saturating_add(1)))
    }

    pub(super) fn pending_items(&self) -> u64 {
        self.total.saturating_sub(self.next_item)
    }

    pub(super) fn execution_counts(&self, pending: u64) -> Counts {
        let running = u64::try_from(self.active.len()).unwrap_or(u64::MAX);
        let redrive = &self.redrive;
        let waiting = redrive.pending.as_ref();
        let waiting = waiting.map_or(0, |pending| pending.children.unsuccessful());
        self.children.counts(
            pending,
            running,
            self.written.1,
            (redrive.not_redrivable.1, waiting),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_threshold_fails_the_map_when_it_is_exceeded() {
        let tolerance = |count, percentage| Tolerance { count, percentage };
        assert!(!tolerance(Some(1), None).is_exceeded(1, 1));
        assert!(tolerance(Some(1), None).is_exceeded(2, 1_000));
        assert!(!tolerance(None, Some(50.0)).is_exceeded(1, 2));
        assert!(tolerance(None, Some(49.9)).is_exceeded(1, 2));
        assert!(tolerance(Some(10), Some(10.0)).is_exceeded(2, 10));
        assert!(!tolerance(None, Some(100.0)).is_exceeded(2, 2));
    }
}
