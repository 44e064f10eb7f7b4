//! A map run: the pure state machine between a distributed Map state and its child executions (asl-rules 11, feature
//! map 7).
//!
//! *Given a machine, a map run, one input and the present moment, give the next state and the effects wanted.* It says
//! which child starts next with which input, takes how children ended, decides about failure, and gathers or writes the
//! results. Children are [`Execution`]s of their own, which the caller drives like any other.
//!
//! A map run has three parts, so that what is stored again after each step is small: [`Plan`] never changes, [`Items`]
//! never change once they are known, and [`Progress`] does not grow with the number of items. Results stay with the
//! caller, which is asked for them once, at the end. No clock, no I/O, no randomness.

mod batch;
mod items;
pub(super) mod plan;
mod progress;
mod reader;
mod redrive;
mod step;
mod writer;

pub(super) use batch::batches;
pub use items::Items;
pub use plan::Plan;
pub use progress::{Counts, Progress, Settings, Status, Tolerance};
pub(super) use reader::read_items;

use super::payload::Payload;
use super::{Execution, Finish, MapRunEnd, Moment, Observation};
use crate::definition::StateMachine;
use std::sync::Arc;

/// Children that may run at once, and do when the definition sets no limit (feature map, ASL-418).
pub const MAX_CONCURRENCY: u32 = 10_000;

/// A map run.
#[derive(Debug, Clone, PartialEq)]
pub struct MapRun {
    plan: Arc<Plan>,
    items: Option<Arc<Items>>,
    progress: Progress,
}

/// What can happen to a map run.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// Begin, or do the next share of work.
    Continue,
    /// What [`Effect::Read`] asked for.
    Read(Result<Objects, ObjectError>),
    /// A child has ended.
    ChildFinished {
        /// Which child.
        child: u32,
        /// How.
        finish: Finish,
    },
    /// UpdateMapRun; what is absent stays.
    Update(Update),
    /// The execution was redriven and goes on with it. One that still ends its children does that first.
    Redrive {
        /// How often it was redriven, this time included.
        redrive_count: u32,
    },
    /// What [`Effect::FindUnsuccessful`] asked for, in the order of their numbers.
    Unsuccessful {
        /// Which redrive asked.
        redrive_count: u32,
        /// The children.
        children: Vec<Unsuccessful>,
    },
    /// The execution does not wait for it any more.
    Abort,
    /// What [`Effect::Gather`] asked for: all children, in the order of their numbers.
    Gathered(Vec<ChildRecord>),
    /// What became of [`Effect::Write`].
    Written(Result<(), ObjectError>),
}

/// A child that ended without success.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unsuccessful {
    /// Its number.
    pub child: u32,
    /// How many items it works on.
    pub items: u32,
    /// How it ended.
    pub how: Unsuccess,
    /// Whether it can be redriven; Express children are started again in any case.
    pub is_redrivable: bool,
}

/// How something ended that did not succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the service model")]
pub enum Unsuccess {
    Failed,
    TimedOut,
    Aborted,
}

/// New settings.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Update {
    /// Children at once; 0 means [`MAX_CONCURRENCY`].
    pub max_concurrency: Option<u32>,
    /// Failed items that are tolerated.
    pub tolerated_failure_count: Option<u64>,
    /// Their share, from 0 to 100.
    pub tolerated_failure_percentage: Option<f64>,
}

/// What a map run wants done. It must be done only after the state of the same step is on disk.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Read objects; answered by [`Input::Read`].
    Read(Request),
    /// Start a child with [`super::Input::Start`]; its end is [`Input::ChildFinished`].
    StartChild {
        /// Its number, from 0 in the order of the items.
        child: u32,
        /// How many items it works on.
        items: u32,
        /// The execution, which has not started.
        execution: Box<Execution>,
    },
    /// Give a child that ended [`super::Input::Redrive`]; its end is [`Input::ChildFinished`] again.
    RedriveChild {
        /// Which child.
        child: u32,
    },
    /// Start an Express child that ended from the beginning, as [`MapRun::child_again`] makes it; its end is
    /// [`Input::ChildFinished`] again.
    RestartChild {
        /// Which child.
        child: u32,
    },
    /// Give the children that ended without success, in the order of their numbers; answered by [`Input::Unsuccessful`].
    FindUnsuccessful {
        /// Which redrive asks.
        redrive_count: u32,
        /// Only those with a higher number.
        after: Option<u32>,
        /// At most so many; fewer say that there are no more.
        most: u32,
    },
    /// Stop a child that runs; its end is [`Input::ChildFinished`] all the same.
    StopChild {
        /// Which child.
        child: u32,
    },
    /// Give all children; answered by [`Input::Gathered`].
    Gather,
    /// Write these objects, in this order; answered by [`Input::Written`].
    Write(Vec<Object>),
    /// Send [`Input::Continue`].
    Continue,
    /// It is over; always the last effect.
    Finish(MapRunEnd),
}

/// Which objects are to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// The content of one object.
    Get {
        /// Its bucket.
        bucket: String,
        /// Its key.
        key: String,
        /// Its version, when one was named.
        version: Option<String>,
    },
    /// The contents of these objects of a bucket.
    GetAll {
        /// The bucket.
        bucket: String,
        /// The keys.
        keys: Vec<String>,
    },
    /// The objects whose keys begin with a prefix, in the order of their keys.
    List {
        /// The bucket.
        bucket: String,
        /// The prefix; empty for all.
        prefix: String,
        /// At most so many are needed; 0 means all.
        most: u64,
    },
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Objects {
    /// The contents, in the order in which they were asked for.
    Contents(Vec<Object>),
    /// A listing.
    Listing(Vec<Listed>),
}

/// An object with its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// Its bucket.
    pub bucket: String,
    /// Its key.
    pub key: String,
    /// Its content.
    pub bytes: Arc<[u8]>,
}

/// An object in a listing, with what ListObjectsV2 says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its key.
    pub key: String,
    /// Its length in bytes.
    pub size: u64,
    /// The entity tag, without quotes.
    pub etag: String,
    /// When it was written, in milliseconds since 1970.
    pub last_modified_ms: i64,
}

/// Why objects could not be read or written; a plain sentence, which becomes the cause.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ObjectError(pub String);

/// A child that has ended, as its description shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct ChildRecord {
    /// Its number.
    pub child: u32,
    /// Its ARN.
    pub arn: String,
    /// Its name.
    pub name: String,
    /// Its input, as JSON text.
    pub input: Arc<str>,
    /// How it ended.
    pub finish: Finish,
    /// When it started, in milliseconds since 1970.
    pub start_ms: i64,
    /// When it ended.
    pub stop_ms: i64,
    /// How often it was redriven.
    pub redrive_count: u32,
}

/// What one step gave.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outcome {
    /// What is to be done now.
    pub effects: Vec<Effect>,
    /// Intermediate values of the Map state, when the execution is observed.
    pub observations: Vec<Observation>,
}

impl MapRun {
    /// A map run that has not begun.
    pub(super) fn new(plan: Plan, items: Option<Items>, settings: Settings) -> Self {
        Self {
            plan: Arc::new(plan),
            progress: Progress::new(settings, items.as_ref().map_or(0, Items::len)),
            items: items.map(Arc::new),
        }
    }

    /// A map run as it was stored.
    pub fn restore(plan: Plan, items: Option<Items>, progress: Progress) -> Self {
        Self {
            plan: Arc::new(plan),
            items: items.map(Arc::new),
            progress,
        }
    }

    /// What never changes.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What it works through, once that is known.
    pub fn items(&self) -> Option<&Items> {
        self.items.as_deref()
    }

    /// How far it is.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Its ARN.
    pub fn arn(&self) -> String {
        self.plan.arn()
    }

    /// Items by what became of them, as DescribeMapRun reports them.
    pub fn item_counts(&self) -> Counts {
        self.progress.item_counts()
    }

    /// Children by what became of them, as DescribeMapRun reports them.
    pub fn execution_counts(&self) -> Counts {
        self.plan.execution_counts(&self.progress)
    }

    /// An Express child that starts again, under its name and with its input.
    pub fn child_again(&self, name: &str, input: Arc<str>) -> Execution {
        self.plan.child(name, Payload::from_text(input))
    }

    /// What a restarted server does first.
    pub fn open_effects(&self) -> Vec<Effect> {
        step::open_effects(self)
    }
}

/// Takes one input. Inputs that come too late change nothing. One call does a bounded share of work; what is left over
/// continues with [`Effect::Continue`].
pub fn step(machine: &StateMachine, run: &mut MapRun, input: Input, moment: Moment) -> Outcome {
    step::step(machine, run, input, moment)
}
