//! A run told state by state: history events in, visits of states out. Pure, and fed event by event, so that a live run
//! costs what is new. The order and the `previousEventId` of events follow asl-rules 16.
//!
//! It knows events, not the definition: what was not reached is not in it.

mod redrive;

pub use redrive::Redrive;

use crate::api::{RunEvent, Time};
use redrive::Rest;
use std::collections::HashMap;
use std::sync::Arc;

/// A visit of a state, by position in [`Story::visits`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VisitIx(pub usize);

/// What the events of a run tell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Story {
    /// Every visit of a state, in order of entering.
    pub visits: Vec<Visit>,
    /// Every step from one state to the next, in order.
    pub moves: Vec<Move>,
    /// When the run began.
    pub started: Option<Time>,
    /// How it ended, once it has.
    pub end: Option<End>,
    /// Every time that it went on after an end, in order.
    pub redrives: Vec<Redrive>,
    /// Time of the latest event.
    pub latest: Time,
    /// Which visit an event belongs to.
    owner: HashMap<u64, VisitIx>,
    /// Events after which what is entered next lies inside their visit, and the iteration that they begin.
    openers: HashMap<u64, Option<u64>>,
    /// How many visits there were when the latest attempt of a Map or Parallel began: those inside it come after.
    latest_inside: HashMap<VisitIx, usize>,
    /// What a redrive opened again and has not worked since.
    reopened: HashMap<VisitIx, Rest>,
}

/// One stay in a state.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    /// The state's name.
    pub state: Arc<str>,
    /// Its type, as its events name it (`Task`, `Map`, …).
    pub kind: Arc<str>,
    /// The visit of the Parallel or Map around it.
    pub parent: Option<VisitIx>,
    /// The iteration of that Map.
    pub iteration: Option<u64>,
    /// When it was entered.
    pub entered: Time,
    /// When it was left, failed or was ended from outside.
    pub ended: Option<Time>,
    /// For how many milliseconds in between the run had ended and was not redriven yet.
    pub paused_ms: i64,
    /// How it stands.
    pub condition: Condition,
    /// What it was given, as JSON text.
    pub input: Option<Arc<str>>,
    /// What it handed on, as JSON text.
    pub output: Option<Arc<str>>,
    /// Its work, try by try; empty for states that do no work of their own.
    pub attempts: Vec<Attempt>,
    /// The error of its latest try, until it is tried again, caught or final.
    pub pending: Option<Fault>,
    /// The items of a Map: how many there are, how many are done, how many failed.
    pub items: Option<Items>,
    /// The events that belong to it.
    pub events: Vec<u64>,
}

/// The progress of a Map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Items {
    /// How many items there are.
    pub total: u64,
    /// How many succeeded.
    pub succeeded: u64,
    /// How many failed.
    pub failed: u64,
    /// Where they are worked on.
    pub place: Place,
}

/// Where the items of a Map are worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Place {
    /// In this run, which tells of each.
    #[default]
    Here,
    /// In executions of their own (a distributed Map), of which this run knows only the end.
    Elsewhere,
}

/// How a visit stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// It goes on.
    Running,
    /// It was left as planned.
    Succeeded,
    /// It failed, and a Catch took the error.
    Caught(Fault),
    /// It failed.
    Failed(Fault),
    /// Its time ran out.
    TimedOut(Fault),
    /// It was ended from outside.
    Aborted,
}

/// An error, as the language names it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fault {
    /// The error's name; empty when none was given.
    pub error: String,
    /// The cause; empty when none was given.
    pub cause: String,
}

/// One try of a state's work.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempt {
    /// When it was asked for.
    pub started: Time,
    /// When it was over.
    pub ended: Option<Time>,
    /// How it ended.
    pub outcome: Option<Result<(), Fault>>,
    /// Whether it came of a redrive of the run, not of a Retry.
    pub after_redrive: bool,
    /// What the task was given, as JSON text.
    pub arguments: Option<Arc<str>>,
    /// What it gave, as JSON text.
    pub result: Option<Arc<str>>,
    /// What was asked.
    pub resource: Option<Arc<str>>,
}

/// A step from one state to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// The visit that was left; none for the start of the machine, a branch or an iteration.
    pub from: Option<VisitIx>,
    /// The visit that was entered.
    pub to: VisitIx,
    /// Whether a Catch led there.
    pub after_error: bool,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// When.
    pub time: Time,
    /// With which result.
    pub outcome: Outcome,
}

/// The four ends of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// With an output.
    Succeeded,
    /// With an error.
    Failed(Fault),
    /// Out of time.
    TimedOut(Fault),
    /// Stopped by somebody.
    Aborted(Fault),
}

/// What an event type says, read from its name.
enum Says<'a> {
    Entered(&'a str),
    Exited,
    Scheduled,
    Succeeded,
    Failed,
    TimedOut,
    StateAborted(&'a str),
    GroupStarted(&'a str),
    GroupSucceeded(&'a str),
    GroupFailed(&'a str),
    IterationStarted,
    IterationEnded(bool),
    MapRunStarted,
    RunStarted,
    RunEnded,
    RunRedriven,
    Other,
}

fn says(kind: &str) -> Says<'_> {
    if let Some(state) = kind.strip_suffix("StateEntered") {
        return Says::Entered(state);
    }
    match kind {
        "ExecutionStarted" => Says::RunStarted,
        "ExecutionSucceeded" | "ExecutionFailed" | "ExecutionAborted" | "ExecutionTimedOut" => {
            Says::RunEnded
        }
        "ExecutionRedriven" => Says::RunRedriven,
        "TaskScheduled" | "LambdaFunctionScheduled" | "ActivityScheduled" => Says::Scheduled,
        "TaskSucceeded" | "LambdaFunctionSucceeded" | "ActivitySucceeded" => Says::Succeeded,
        "TaskFailed"
        | "TaskStartFailed"
        | "TaskSubmitFailed"
        | "LambdaFunctionFailed"
        | "LambdaFunctionScheduleFailed"
        | "LambdaFunctionStartFailed"
        | "ActivityFailed"
        | "ActivityScheduleFailed"
        | "EvaluationFailed" => Says::Failed,
        "TaskTimedOut" | "LambdaFunctionTimedOut" | "ActivityTimedOut" => Says::TimedOut,
        "ParallelStateStarted" => Says::GroupStarted("Parallel"),
        "MapStateStarted" => Says::GroupStarted("Map"),
        "ParallelStateSucceeded" => Says::GroupSucceeded("Parallel"),
        "MapStateSucceeded" => Says::GroupSucceeded("Map"),
        "ParallelStateFailed" => Says::GroupFailed("Parallel"),
        "MapStateFailed" => Says::GroupFailed("Map"),
        "MapIterationStarted" => Says::IterationStarted,
        "MapIterationSucceeded" => Says::IterationEnded(true),
        "MapIterationFailed" | "MapIterationAborted" => Says::IterationEnded(false),
        "MapRunStarted" => Says::MapRunStarted,
        _ => suffixed(kind),
    }
}

fn suffixed(kind: &str) -> Says<'_> {
    if kind.ends_with("StateExited") {
        return Says::Exited;
    }
    kind.strip_suffix("StateAborted")
        .map_or(Says::Other, Says::StateAborted)
}

fn fault(event: &RunEvent) -> Fault {
    let text = |m| event.text(m).unwrap_or_default().to_owned();
    Fault {
        error: text("error"),
        cause: text("cause"),
    }
}

impl Story {
    /// The story of all these events, in order of their ids.
    pub fn of(events: &[RunEvent]) -> Self {
        let mut story = Self::default();
        for event in events {
            story.push(event);
        }
        story
    }

    /// A visit.
    pub fn visit(&self, ix: VisitIx) -> Option<&Visit> {
        self.visits.get(ix.0)
    }

    /// The visit that an event belongs to.
    pub fn visit_of(&self, event: u64) -> Option<VisitIx> {
        self.owner.get(&event).copied()
    }

    /// The visits of a state, in order.
    pub fn visits_of<'a>(
        &'a self,
        state: &'a str,
    ) -> impl Iterator<Item = (VisitIx, &'a Visit)> + 'a {
        self.visits
            .iter()
            .enumerate()
            .filter(move |(_, v)| &*v.state == state)
            .map(|(i, v)| (VisitIx(i), v))
    }

    /// How deep a visit lies in Maps and Parallels.
    pub fn depth(&self, visit: VisitIx) -> usize {
        std::iter::successors(self.parent(visit), |v| self.parent(*v)).count()
    }

    fn parent(&self, visit: VisitIx) -> Option<VisitIx> {
        self.visit(visit).and_then(|v| v.parent)
    }

    /// Takes the next event.
    pub fn push(&mut self, event: &RunEvent) {
        self.latest = self.latest.max(event.time);
        let owner = match says(&event.kind) {
            Says::RunStarted => {
                self.started = Some(event.time);
                None
            }
            Says::RunEnded => {
                self.finish(event);
                None
            }
            Says::RunRedriven => {
                self.redrive(event);
                None
            }
            Says::Entered(kind) => {
                let ix = self.enter(event, kind);
                self.wake(ix, &Says::Entered(kind));
                Some(ix)
            }
            said => self.find(event, &said).inspect(|ix| {
                let is_first = self.wake(*ix, &said);
                self.work(*ix, event, &said);
                if is_first && matches!(said, Says::Scheduled | Says::GroupStarted(_)) {
                    self.visits[ix.0].mark_redriven();
                }
            }),
        };
        if let Some(ix) = owner {
            self.owner.insert(event.id, ix);
            self.visits[ix.0].events.push(event.id);
        }
    }

    fn enter(&mut self, event: &RunEvent, kind: &str) -> VisitIx {
        let ix = VisitIx(self.visits.len());
        let before = self.visit_of(event.previous);
        let opener = self.openers.get(&event.previous).copied();
        let (from, parent, iteration) = match (opener, before) {
            (Some(iteration), before) => (None, before, iteration),
            // A Fail state is entered again after a redrive: it is reached from where it was reached before.
            (None, Some(b)) if self.visits[b.0].is_cut_off() => {
                let visit = &self.visits[b.0];
                (self.moves[b.0].from, visit.parent, visit.iteration)
            }
            (None, Some(b)) => (Some(b), self.visits[b.0].parent, self.visits[b.0].iteration),
            (None, None) => (None, None, None),
        };
        let after_error =
            from.is_some_and(|f| matches!(self.visits[f.0].condition, Condition::Caught(_)));
        self.moves.push(Move {
            from,
            to: ix,
            after_error,
        });
        self.visits
            .push(Visit::entered(event, kind, parent, iteration));
        ix
    }

    /// The visit that an event belongs to: the one that its details name or its type asks for, outwards from the event
    /// that caused it.
    fn find(&self, event: &RunEvent, said: &Says<'_>) -> Option<VisitIx> {
        let near = self.visit_of(event.previous);
        let outwards = std::iter::successors(near, |v| self.parent(*v));
        let name = event.text("name").or_else(|| event.text("state"));
        match said {
            Says::Exited | Says::IterationStarted | Says::IterationEnded(_) => {
                let named = |v: &VisitIx| Some(&*self.visits[v.0].state) == name;
                outwards
                    .into_iter()
                    .find(named)
                    .or_else(|| self.latest_open(|v| Some(&*v.state) == name))
            }
            Says::GroupStarted(kind)
            | Says::GroupSucceeded(kind)
            | Says::GroupFailed(kind)
            | Says::StateAborted(kind) => {
                let open = |v: &Visit| &*v.kind == *kind && v.ended.is_none();
                outwards
                    .into_iter()
                    .find(|v| open(&self.visits[v.0]))
                    .or_else(|| self.latest_open(open))
            }
            Says::Failed if near.is_none() || event.kind == "EvaluationFailed" => {
                self.latest_open(|v| Some(&*v.state) == name).or(near)
            }
            Says::Entered(_)
            | Says::Scheduled
            | Says::Succeeded
            | Says::Failed
            | Says::TimedOut
            | Says::MapRunStarted
            | Says::RunStarted
            | Says::RunEnded
            | Says::RunRedriven
            | Says::Other => near,
        }
    }

    fn latest_open(&self, wanted: impl Fn(&Visit) -> bool) -> Option<VisitIx> {
        self.visits
            .iter()
            .rposition(|v| v.ended.is_none() && wanted(v))
            .map(VisitIx)
    }

    fn work(&mut self, ix: VisitIx, event: &RunEvent, said: &Says<'_>) {
        match said {
            Says::Scheduled => self.visits[ix.0].begin_attempt(event),
            Says::GroupStarted(_) => self.begin_group(ix, event),
            Says::Succeeded | Says::GroupSucceeded(_) => {
                self.visits[ix.0].end_attempt(event, Ok(()))
            }
            Says::Failed | Says::TimedOut => {
                let fault = fault(event);
                self.visits[ix.0].end_attempt(event, Err(fault.clone()));
                self.visits[ix.0].pending = Some(fault);
            }
            Says::GroupFailed(_) => self.fail_group(ix, event),
            Says::IterationStarted => {
                let index = event
                    .details
                    .get("index")
                    .and_then(serde_json::Value::as_u64);
                self.openers.insert(event.id, index);
            }
            Says::IterationEnded(well) => self.end_iteration(ix, event, *well),
            Says::MapRunStarted => {
                self.visits[ix.0].items.get_or_insert_default().place = Place::Elsewhere;
            }
            Says::Exited => self.visits[ix.0].leave(event),
            Says::StateAborted(_) => self.visits[ix.0].cut_off(event.time),
            Says::Entered(_)
            | Says::RunStarted
            | Says::RunEnded
            | Says::RunRedriven
            | Says::Other => {}
        }
    }

    fn begin_group(&mut self, ix: VisitIx, event: &RunEvent) {
        self.openers.insert(event.id, None);
        if self.visits[ix.0]
            .attempts
            .last()
            .is_some_and(|a| a.ended.is_none())
        {
            self.fail_group(ix, event);
        }
        self.latest_inside.insert(ix, self.visits.len());
        let visit = &mut self.visits[ix.0];
        visit.begin_attempt(event);
        visit.items = event
            .details
            .get("length")
            .and_then(serde_json::Value::as_u64)
            .map(|total| Items {
                total,
                ..Items::default()
            });
    }

    /// A Map or Parallel failed by what the causing event failed by; what still ran inside is cut off.
    fn fail_group(&mut self, ix: VisitIx, event: &RunEvent) {
        let cause = self
            .visit_of(event.previous)
            .filter(|v| *v != ix)
            .and_then(|v| self.visits[v.0].last_fault());
        let fault = cause.unwrap_or_else(|| fault(event));
        self.visits[ix.0].end_attempt(event, Err(fault.clone()));
        self.visits[ix.0].pending = Some(fault);
        self.cut_off_inside(ix, None, event.time);
    }

    fn end_iteration(&mut self, ix: VisitIx, event: &RunEvent, well: bool) {
        let items = self.visits[ix.0].items.get_or_insert_default();
        if well {
            items.succeeded += 1;
            return;
        }
        items.failed += 1;
        let index = event
            .details
            .get("index")
            .and_then(serde_json::Value::as_u64);
        self.cut_off_inside(ix, index, event.time);
    }

    /// Ends what still runs inside a visit; `iteration` narrows it to one.
    fn cut_off_inside(&mut self, outer: VisitIx, iteration: Option<u64>, time: Time) {
        for i in outer.0 + 1..self.visits.len() {
            let chain = std::iter::successors(Some(VisitIx(i)), |v| self.parent(*v));
            let top = chain.into_iter().find(|v| self.parent(*v) == Some(outer));
            let inside =
                top.is_some_and(|t| iteration.is_none() || self.visits[t.0].iteration == iteration);
            if inside {
                self.visits[i].cut_off(time);
            }
        }
    }

    fn finish(&mut self, event: &RunEvent) {
        self.reopened.clear();
        let fault = fault(event);
        let outcome = match event.kind.as_str() {
            "ExecutionSucceeded" => Outcome::Succeeded,
            "ExecutionAborted" => Outcome::Aborted(fault.clone()),
            "ExecutionTimedOut" => Outcome::TimedOut(fault.clone()),
            _ => Outcome::Failed(fault.clone()),
        };
        let blamed: Vec<VisitIx> = match outcome {
            Outcome::Failed(_) => {
                std::iter::successors(self.visit_of(event.previous), |v| self.parent(*v)).collect()
            }
            Outcome::Succeeded | Outcome::Aborted(_) | Outcome::TimedOut(_) => Vec::new(),
        };
        for (i, visit) in self
            .visits
            .iter_mut()
            .enumerate()
            .filter(|(_, v)| v.ended.is_none())
        {
            if blamed.contains(&VisitIx(i)) {
                visit.pending.get_or_insert_with(|| fault.clone());
            }
            visit.cut_off(event.time);
            if matches!(
                (&visit.condition, &outcome),
                (Condition::Aborted, Outcome::TimedOut(_))
            ) {
                visit.condition = Condition::TimedOut(fault.clone());
            }
        }
        self.end = Some(End {
            time: event.time,
            outcome,
        });
    }
}

impl Visit {
    fn entered(
        event: &RunEvent,
        kind: &str,
        parent: Option<VisitIx>,
        iteration: Option<u64>,
    ) -> Self {
        Self {
            state: event.text("name").unwrap_or_default().into(),
            kind: kind.into(),
            parent,
            iteration,
            entered: event.time,
            ended: None,
            paused_ms: 0,
            condition: Condition::Running,
            input: event.text("input").map(Into::into),
            output: None,
            attempts: Vec::new(),
            pending: None,
            items: None,
            events: Vec::new(),
        }
    }

    fn begin_attempt(&mut self, event: &RunEvent) {
        self.pending = None;
        let arguments = event.text("parameters").or_else(|| event.text("input"));
        self.attempts.push(Attempt {
            started: event.time,
            ended: None,
            outcome: None,
            after_redrive: false,
            arguments: arguments.map(Into::into),
            result: None,
            resource: event.text("resource").map(Into::into),
        });
    }

    fn mark_redriven(&mut self) {
        if let Some(attempt) = self.attempts.last_mut() {
            attempt.after_redrive = true;
        }
    }

    fn end_attempt(&mut self, event: &RunEvent, outcome: Result<(), Fault>) {
        let Some(attempt) = self.attempts.last_mut().filter(|a| a.ended.is_none()) else {
            return;
        };
        attempt.ended = Some(event.time);
        attempt.outcome = Some(outcome);
        attempt.result = event.text("output").map(Into::into);
    }

    /// Left by its own exit: an error that is still pending was caught.
    fn leave(&mut self, event: &RunEvent) {
        self.ended = Some(event.time);
        self.output = event.text("output").map(Into::into);
        self.condition = self
            .pending
            .take()
            .map_or(Condition::Succeeded, Condition::Caught);
    }

    /// Ended from outside, or by its own error that nothing caught.
    fn cut_off(&mut self, time: Time) {
        if self.ended.is_some() {
            return;
        }
        self.ended = Some(time);
        self.condition = match self.pending.take() {
            Some(fault) if fault.error == "States.Timeout" => Condition::TimedOut(fault),
            Some(fault) => Condition::Failed(fault),
            None if &*self.kind == "Fail" => Condition::Failed(Fault::default()),
            None => Condition::Aborted,
        };
        if let Some(attempt) = self.attempts.last_mut().filter(|a| a.ended.is_none()) {
            attempt.ended = Some(time);
        }
    }

    /// The error that it failed by, pending or final.
    pub fn last_fault(&self) -> Option<Fault> {
        match &self.condition {
            Condition::Caught(fault) | Condition::Failed(fault) | Condition::TimedOut(fault) => {
                Some(fault.clone())
            }
            Condition::Running | Condition::Succeeded | Condition::Aborted => self.pending.clone(),
        }
    }

    /// Milliseconds that it took, or takes so far.
    pub fn took(&self, now: Time) -> i64 {
        (self.ended.unwrap_or(now).0 - self.entered.0 - self.paused_ms).max(0)
    }
}

#[cfg(test)]
#[path = "story_tests.rs"]
mod tests;
