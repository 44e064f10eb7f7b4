//! AWS's `MockConfigFile.json` (feature map, section 13), with our optional additions: `DelayMs` and `Failure` in an entry,
//! `Seed` beside `StateMachines`.
//!
//! Responses are looked up by the number of the task within one visit of its state: 0 for the first, then one for each
//! retry (MOCK-01). What an entry leaves to chance is drawn from a seed ([`Response::draw`]), so that the same seed gives
//! the same history.

mod read;
mod response;
mod submitted;

pub use response::{Answer, Drawn, Entry, Failing, Latency, Response};
pub use submitted::{result, submitted};

use super::file::{FileError, Place};
use crate::machine::{MapRunEnd, MapRunId, TaskId, TaskRequest};
use indexmap::IndexMap;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// A whole mock file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MockConfig {
    /// Machine, case, state: the name of the responses.
    machines: IndexMap<String, IndexMap<String, IndexMap<String, String>>>,
    responses: IndexMap<String, Arc<Responses>>,
    seed: Option<u64>,
}

/// The mocked responses of one test case of one machine.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Case {
    states: IndexMap<String, Mocked>,
    seed: Option<u64>,
}

/// The responses of one state.
#[derive(Debug, Clone, PartialEq)]
struct Mocked {
    /// What they are called in the file.
    name: String,
    /// Where they are written, when that is not under `MockedResponses`.
    place: Option<String>,
    entries: Arc<Responses>,
}

/// Named responses: ranges of tasks with their answers, gapless from 0.
pub(super) type Responses = Vec<Entry>;

impl MockConfig {
    /// Reads a mock file.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with it, and where.
    pub fn parse(text: &str) -> Result<Self, FileError> {
        read::config(text)
    }

    /// The file as JSON, with the key spelt `MockedResponses` (MOCK-10).
    pub fn to_json(&self) -> Value {
        let machines = self
            .machines
            .iter()
            .map(|(name, cases)| (name.clone(), json!({ "TestCases": cases })));
        let responses = self.responses.iter().map(|(name, responses)| {
            let entries = responses.iter().map(Entry::to_json);
            (name.clone(), Value::Object(entries.collect()))
        });
        let mut file = json!({
            "StateMachines": machines.collect::<Map<_, _>>(),
            "MockedResponses": responses.collect::<Map<_, _>>(),
        });
        if let Some(seed) = self.seed {
            file["Seed"] = Value::from(seed);
        }
        file
    }

    /// Names of the machines that have cases, in written order.
    pub fn machines(&self) -> impl Iterator<Item = &str> {
        self.machines.keys().map(String::as_str)
    }

    /// Names of a machine's cases, in written order.
    pub fn cases(&self, machine: &str) -> Vec<String> {
        let cases = self.machines.get(machine);
        cases
            .map(|cases| cases.keys().cloned().collect())
            .unwrap_or_default()
    }

    /// One case.
    pub fn case(&self, machine: &str, case: &str) -> Option<Case> {
        let states = self.machines.get(machine)?.get(case)?.iter();
        let states = states.filter_map(|(state, name)| {
            let mocked = Mocked {
                name: name.clone(),
                place: None,
                entries: self.responses.get(name)?.clone(),
            };
            Some((state.clone(), mocked))
        });
        Some(Case {
            states: states.collect(),
            seed: self.seed,
        })
    }

    /// Adds a case to a machine, or puts it in the place of one with the same name; its responses keep their names.
    pub fn set_case(&mut self, machine: &str, name: &str, case: &Case) {
        let mut states = IndexMap::new();
        for (state, mocked) in &case.states {
            states.insert(state.clone(), mocked.name.clone());
            self.responses
                .insert(mocked.name.clone(), mocked.entries.clone());
        }
        self.machines
            .entry(machine.to_owned())
            .or_default()
            .insert(name.to_owned(), states);
    }
}

impl Case {
    /// Whether the state is mocked in this case.
    pub fn mocks(&self, state: &str) -> bool {
        self.states.contains_key(state)
    }

    /// Names of the mocked states, in written order.
    pub fn states(&self) -> impl Iterator<Item = &str> {
        self.states.keys().map(String::as_str)
    }

    /// The file's own seed, for a caller that was given none.
    pub fn seed(&self) -> Option<u64> {
        self.seed
    }

    /// The answers of a mocked state by ranges of tasks, gapless from 0; empty when it is not mocked.
    pub fn responses(&self, state: &str) -> &[Entry] {
        self.states
            .get(state)
            .map(|mocked| mocked.entries.as_slice())
            .unwrap_or_default()
    }

    /// Mocks a state with these answers, one for each task of a visit; without any, the state is mocked no more.
    /// `name` is what the responses are called in the file.
    pub fn set(&mut self, state: &str, name: &str, responses: Vec<Response>) {
        if responses.is_empty() {
            self.states.shift_remove(state);
            return;
        }
        let entries = (0..).zip(responses).map(|(index, response)| Entry {
            first: index,
            last: index,
            response,
        });
        let mocked = Mocked {
            name: name.to_owned(),
            place: None,
            entries: Arc::new(entries.collect()),
        };
        self.states.insert(state.to_owned(), mocked);
    }

    /// The case with the mocks of another one in the place of its own.
    #[must_use]
    pub fn with(mut self, other: &Self) -> Self {
        self.states.extend(other.states.clone());
        self.seed = other.seed.or(self.seed);
        self
    }

    /// Mocks a state with responses written at `place`: as in a mock file, or one for every task.
    pub(super) fn set_written(&mut self, state: &str, place: &Place<'_>) -> Result<(), FileError> {
        let mocked = Mocked {
            name: state.to_owned(),
            place: Some(place.path().to_owned()),
            entries: Arc::new(read::responses_or_one(place)?),
        };
        self.states.insert(state.to_owned(), mocked);
        Ok(())
    }

    /// The answer to a task, what is left to chance drawn from `seed`; `None` when its state is not mocked.
    ///
    /// # Errors
    ///
    /// The responses of the state are used up (MOCK-03).
    pub fn answer(&self, request: &TaskRequest, seed: u64) -> Option<Result<Drawn, FileError>> {
        self.drawn(&request.state, request.attempt, request.task, seed)
    }

    /// How the map run of a mocked Map state ends, which is not run then, and after how many milliseconds; `None` when the
    /// state is not mocked. `attempt` counts the tries of the state in one visit from 0.
    pub fn map_run_end(
        &self,
        map_run: MapRunId,
        state: &str,
        attempt: u32,
        seed: u64,
    ) -> Option<(MapRunEnd, u64)> {
        let failed = |error: &str, cause: &str| MapRunEnd::Failed {
            error: Some(Arc::from(error)),
            cause: Some(Arc::from(cause)),
        };
        Some(match self.drawn(state, attempt, TaskId(map_run.0), seed)? {
            Err(error) => (failed("States.Runtime", &format!("{error}.")), 0),
            Ok(Drawn { answer, latency_ms }) => match answer {
                Answer::Return(value) => {
                    let output = Arc::from(value.to_string());
                    (MapRunEnd::Succeeded { output }, latency_ms)
                }
                Answer::Throw { error, cause } => (failed(&error, &cause), latency_ms),
            },
        })
    }

    /// The response of a state to its `attempt`-th task; `task` takes part in what is left to chance.
    fn drawn(
        &self,
        state: &str,
        attempt: u32,
        task: TaskId,
        seed: u64,
    ) -> Option<Result<Drawn, FileError>> {
        let mocked = self.states.get(state)?;
        let entries = &mocked.entries;
        let index = entries.partition_point(|entry| entry.last < attempt);
        let place = || format!("MockedResponses/{}", mocked.name);
        let entry = entries.get(index).ok_or_else(|| FileError {
            place: mocked.place.clone().unwrap_or_else(place),
            at: None,
            message: format!("there is no response for task {attempt} of the state \"{state}\""),
        });
        Some(entry.map(|entry| entry.response.draw(seed, task)))
    }
}
