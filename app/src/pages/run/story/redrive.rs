//! A run that goes on after its end: which visits a redrive opens again, and what their first work after it is.
//!
//! Histories do not say that a state goes on: it does its work again without being entered again, except for Fail
//! (ARCHITECTURE.md, "A redrive"). So the visits that the end cut off are opened by the redrive itself.

use super::{Attempt, Condition, Place, Says, Story, Time, Visit, VisitIx};
use crate::api::RunEvent;

/// A redrive of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Redrive {
    /// When the run had ended.
    pub ended: Time,
    /// When it went on.
    pub again: Time,
}

/// How a visit stood before a redrive.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rest {
    ended: Option<Time>,
    condition: Condition,
    paused_ms: i64,
}

impl Story {
    /// The run goes on: its end is taken back, and what that cut off is open again.
    pub(super) fn redrive(&mut self, event: &RunEvent) {
        let Some(end) = self.end.take() else { return };
        self.redrives.push(Redrive {
            ended: end.time,
            again: event.time,
        });
        // What is around a visit stands before it.
        for ix in (0..self.visits.len()).map(VisitIx) {
            if self.goes_on(ix) {
                let rest = self.visits[ix.0].open_again(event.time);
                self.reopened.insert(ix, rest);
            }
        }
    }

    /// Whether the end cut a visit off, and not an earlier attempt of what is around it. Fail is entered again.
    fn goes_on(&self, ix: VisitIx) -> bool {
        let visit = &self.visits[ix.0];
        let begins = |around: &VisitIx| self.latest_inside.get(around).copied().unwrap_or(0);
        let is_inside_open = visit
            .parent
            .is_none_or(|p| self.visits[p.0].ended.is_none() && ix.0 >= begins(&p));
        visit.is_cut_off() && &*visit.kind != "Fail" && is_inside_open
    }

    /// An event at a visit shows that it and what is around it work again; says whether it is the visit's first since a redrive.
    pub(super) fn wake(&mut self, ix: VisitIx, said: &Says<'_>) -> bool {
        if self.reopened.is_empty() {
            return false;
        }
        let around: Vec<VisitIx> =
            std::iter::successors(self.parent(ix), |v| self.parent(*v)).collect();
        for outer in around {
            if self.reopened.remove(&outer).is_some() {
                self.visits[outer.0].go_on(self.redrives.last());
            }
        }
        let is_first = self.reopened.remove(&ix).is_some();
        match (is_first, said) {
            // It begins from scratch: what was inside does not go on.
            (true, Says::GroupStarted(_)) => self.put_back_inside(ix),
            (true, _) if self.is_group(ix) => self.visits[ix.0].go_on(self.redrives.last()),
            (true | false, _) => {}
        }
        is_first
    }

    fn is_group(&self, ix: VisitIx) -> bool {
        matches!(&*self.visits[ix.0].kind, "Map" | "Parallel")
    }

    fn put_back_inside(&mut self, outer: VisitIx) {
        for i in outer.0 + 1..self.visits.len() {
            let ix = VisitIx(i);
            let is_inside =
                std::iter::successors(self.parent(ix), |v| self.parent(*v)).any(|v| v == outer);
            if is_inside && let Some(rest) = self.reopened.remove(&ix) {
                self.visits[i].put_back(rest);
            }
        }
    }
}

impl Visit {
    /// Whether it was ended without being left.
    pub(super) fn is_cut_off(&self) -> bool {
        match self.condition {
            Condition::Failed(_) | Condition::TimedOut(_) | Condition::Aborted => true,
            Condition::Running | Condition::Succeeded | Condition::Caught(_) => false,
        }
    }

    fn open_again(&mut self, time: Time) -> Rest {
        let rest = Rest {
            ended: self.ended.take(),
            condition: std::mem::replace(&mut self.condition, Condition::Running),
            paused_ms: self.paused_ms,
        };
        self.paused_ms += rest.ended.map_or(0, |ended| (time.0 - ended.0).max(0));
        rest
    }

    fn put_back(&mut self, rest: Rest) {
        self.ended = rest.ended;
        self.condition = rest.condition;
        self.paused_ms = rest.paused_ms;
    }

    /// The work of a Map or Parallel goes on where it was cut off: its failed items are under way again.
    fn go_on(&mut self, redrive: Option<&Redrive>) {
        let Some(redrive) = redrive.filter(|_| !self.attempts.is_empty()) else {
            return;
        };
        self.attempts.push(Attempt {
            started: redrive.again,
            ended: None,
            outcome: None,
            after_redrive: true,
            arguments: None,
            result: None,
            resource: None,
        });
        if let Some(items) = self.items.as_mut().filter(|i| i.place == Place::Here) {
            items.failed = 0;
        }
    }
}
