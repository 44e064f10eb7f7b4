//! Scenarios: runs of a definition with what is expected of them, saved beside it as `<name>.scenarios.json`.
//!
//! ```json
//! {
//!   "MockFile": "train.mocks.json",
//!   "InputFile": "train.input.json",
//!   "Scenarios": [
//!     {
//!       "Name": "No large machine is free",
//!       "Case": "SmallerMachine",
//!       "Mocks": { "Alert team": { "Return": {} } },
//!       "Expect": { "Status": "SUCCEEDED", "Through": ["Train on a smaller machine"] }
//!     }
//!   ]
//! }
//! ```
//!
//! Beside `Scenarios` and in each scenario may stand `MockFile` (an AWS mock file) with `Machine` (the machine's name in it),
//! `Case`, `Input` or `InputFile`, `ObjectFolder` (sample objects for distributed Maps: a folder for each bucket), `Seed` and
//! `StartTime`; a scenario's own count. `Mocks` mocks single states as in
//! `MockedResponses`, or with one `Return` or `Throw` for every task. [`Expected`] says what `Expect` may hold.
//!
//! Files are named, not read here: [`Scenario::run`] takes their contents.

mod compare;
mod judge;
mod read;
#[cfg(test)]
mod tests;
mod update;

pub use compare::Mismatch;
pub use judge::{Actual, Report, Setting};

use super::file::FileError;
use super::mocks::Case;
use crate::check::words::closest;
use crate::definition::StateMachine;
use crate::text::Document;
use serde_json::{Map, Value};
use std::fmt;
use std::sync::Arc;

/// Where virtual time begins unless `StartTime` says otherwise: 2026-01-01T00:00:00Z.
pub const START_MS: i64 = 1_767_225_600_000;

/// A scenario file.
#[derive(Debug, Clone)]
pub struct ScenarioFile {
    document: Document,
    scenarios: Vec<Scenario>,
}

/// One run and what is expected of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Its name, unique in the file.
    pub name: String,
    /// The mock file, by its path from the scenario file.
    pub mock_file: Option<String>,
    /// The machine's name in the mock file.
    pub machine: Option<String>,
    /// The case of the mock file.
    pub case: Option<String>,
    /// States that are mocked here, whatever the case says.
    pub mocks: Case,
    /// The input.
    pub input: ScenarioInput,
    /// The folder with sample objects, by its path from the scenario file.
    pub object_folder: Option<String>,
    /// All entropy of the run, unless the caller has another; the mock file's own when this is absent.
    pub seed: Option<u64>,
    /// Virtual start, in milliseconds since 1970.
    pub start_ms: i64,
    /// What is expected; `None` when the scenario has no `Expect` yet.
    pub expected: Option<Expected>,
}

/// The input of a scenario.
#[derive(Debug, Clone, PartialEq)]
pub enum ScenarioInput {
    /// JSON text.
    Written(Arc<str>),
    /// A file, by its path from the scenario file.
    File(String),
}

/// What a scenario may expect: everything that is `None` or empty is not looked at.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Expected {
    /// `Status`: how it ends.
    pub status: Option<RunStatus>,
    /// `Output`: the output, all of it.
    pub output: Option<Value>,
    /// `OutputContains`: a part of the output. Objects may have more members; lists are as long.
    pub output_contains: Option<Value>,
    /// `Error`: the error's name.
    pub error: Option<String>,
    /// `Cause`: the cause, all of it.
    pub cause: Option<String>,
    /// `CauseContains`: a part of the cause.
    pub cause_contains: Option<String>,
    /// `Path`: every state that is entered, in order.
    pub path: Option<Vec<String>>,
    /// `Through`: states that are entered in this order, others between them or not.
    pub through: Vec<String>,
    /// `NotThrough`: states that are never entered.
    pub not_through: Vec<String>,
    /// `WaitsFor`: the states whose tasks nothing answers.
    pub waits_for: Option<Vec<String>>,
    /// `Variables`: the last value that each of these variables was given.
    pub variables: Map<String, Value>,
    /// `MaxTransitions`: most states entered and tried again.
    pub max_transitions: Option<u64>,
    /// `MaxSeconds`: the longest that it takes, in seconds of virtual time.
    pub max_seconds: Option<u64>,
}

/// How a run ended: AWS's words, and `WAITING` for one that nothing answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RunStatus {
    /// `SUCCEEDED`
    Succeeded,
    /// `FAILED`
    Failed,
    /// `TIMED_OUT`
    TimedOut,
    /// `ABORTED`
    Aborted,
    /// `WAITING`: a task has no mock.
    Waiting,
    /// `EXHAUSTED`: it was given up after too many steps.
    Exhausted,
}

impl RunStatus {
    const EXPECTABLE: [Self; 5] = [
        Self::Succeeded,
        Self::Failed,
        Self::TimedOut,
        Self::Aborted,
        Self::Waiting,
    ];

    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Succeeded => "SUCCEEDED",
            Self::Failed => "FAILED",
            Self::TimedOut => "TIMED_OUT",
            Self::Aborted => "ABORTED",
            Self::Waiting => "WAITING",
            Self::Exhausted => "EXHAUSTED",
        }
    }
}

impl fmt::Display for RunStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl ScenarioFile {
    /// Reads a scenario file.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with it, and where.
    pub fn parse(text: &str) -> Result<Self, FileError> {
        read::file(text)
    }

    /// The scenarios, in written order.
    pub fn scenarios(&self) -> &[Scenario] {
        &self.scenarios
    }

    /// The text with every `Expect` as it would have to be, `actual` being what the scenarios did, in order. A scenario
    /// without `Expect` gets one with status, output or error, and path. What cannot be read off a run (`Through`,
    /// `CauseContains`, limits) stays, and so does all other text.
    pub fn updated(&self, actual: &[Actual]) -> String {
        update::updated(self, actual)
    }
}

/// A scenario that names a state which its definition does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place} names the state \"{state}\", which the definition does not have{}", meant(hint.as_deref()))]
pub struct UnknownState {
    /// The member that names it.
    pub place: &'static str,
    /// The name.
    pub state: String,
    /// The state that was probably meant.
    pub hint: Option<String>,
}

fn meant(hint: Option<&str>) -> String {
    hint.map(|hint| format!("; did you mean \"{hint}\"?"))
        .unwrap_or_default()
}

impl Scenario {
    /// Makes sure that all states that it names are there: one that is not would make `NotThrough` true for ever.
    ///
    /// # Errors
    ///
    /// The first name that is not there.
    pub fn fits(&self, machine: &StateMachine) -> Result<(), UnknownState> {
        let nothing = Expected::default();
        let expected = self.expected.as_ref().unwrap_or(&nothing);
        let listed = |list: &Option<Vec<String>>| list.clone().unwrap_or_default();
        let named = [
            ("Mocks", self.mocks.states().map(str::to_owned).collect()),
            ("Path", listed(&expected.path)),
            ("Through", expected.through.clone()),
            ("NotThrough", expected.not_through.clone()),
            ("WaitsFor", listed(&expected.waits_for)),
        ];
        for (place, states) in named {
            let unknown = states
                .into_iter()
                .find(|state| machine.state_named(state).is_none());
            if let Some(state) = unknown {
                let names = machine.states().map(|state| &*state.name);
                let hint = closest(&state, names).map(str::to_owned);
                return Err(UnknownState { place, state, hint });
            }
        }
        Ok(())
    }
}
