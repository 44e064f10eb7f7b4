//! AWS's `MockConfigFile.json` (feature map, section 13), with our addition `DelayMs` beside `Return` and `Throw`.
//!
//! Responses are looked up by the number of the task within one visit of its state: 0 for the first, then one for each
//! retry (MOCK-01).

mod read;
mod submitted;

pub use submitted::{result, submitted};

use indexmap::IndexMap;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// A whole mock file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MockConfig {
    /// Machine, case, state: the name of the responses.
    machines: IndexMap<String, IndexMap<String, IndexMap<String, String>>>,
    responses: IndexMap<String, Arc<Responses>>,
}

/// The mocked responses of one test case of one machine.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Case {
    states: IndexMap<String, (String, Arc<Responses>)>,
}

/// Named responses: ranges of tasks with their answers, gapless from 0.
pub(super) type Responses = Vec<Entry>;

/// One answer, for a range of tasks.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    first: u32,
    last: u32,
    response: Response,
}

/// What a mock answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// The answer.
    pub answer: Answer,
    /// Milliseconds until it comes; 0 unless the file says so (our addition).
    pub latency_ms: u64,
}

/// A result or an error.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// The task's result.
    Return(Value),
    /// The task's error.
    Throw {
        /// The error's name.
        error: String,
        /// The cause.
        cause: String,
    },
}

/// Why a mock file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {message}")]
pub struct MockError {
    /// Where in the file.
    pub place: String,
    /// A plain sentence.
    pub message: String,
}

impl MockConfig {
    /// Reads a mock file.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with it, and where.
    pub fn parse(text: &str) -> Result<Self, MockError> {
        read::config(text)
    }

    /// The file as JSON, with the key spelt `MockedResponses`.
    pub fn to_json(&self) -> Value {
        let machines = self
            .machines
            .iter()
            .map(|(name, cases)| (name.clone(), json!({ "TestCases": cases })));
        let responses = self.responses.iter().map(|(name, responses)| {
            let entries = responses.iter().map(Entry::to_json);
            (name.clone(), Value::Object(entries.collect()))
        });
        json!({
            "StateMachines": machines.collect::<Map<_, _>>(),
            "MockedResponses": responses.collect::<Map<_, _>>(),
        })
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
            let responses = self.responses.get(name)?;
            Some((state.clone(), (name.clone(), responses.clone())))
        });
        Some(Case {
            states: states.collect(),
        })
    }

    /// Adds a case to a machine, or puts it in the place of one with the same name; its responses keep their names.
    pub fn set_case(&mut self, machine: &str, name: &str, case: &Case) {
        let mut states = IndexMap::new();
        for (state, (response, entries)) in &case.states {
            states.insert(state.clone(), response.clone());
            self.responses.insert(response.clone(), entries.clone());
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

    /// The answers of a mocked state, in order; one that holds for a range of tasks is given once for each.
    pub fn responses(&self, state: &str) -> Vec<Response> {
        let entries = self
            .states
            .get(state)
            .map(|(_, entries)| entries.as_slice())
            .unwrap_or_default();
        let repeat = |entry: &Entry| (entry.last - entry.first + 1) as usize;
        entries
            .iter()
            .flat_map(|entry| std::iter::repeat_n(entry.response.clone(), repeat(entry)))
            .collect()
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
        self.states.insert(
            state.to_owned(),
            (name.to_owned(), Arc::new(entries.collect())),
        );
    }

    /// The answer to the `attempt`-th task (zero-based) of a state; `None` when the state is not mocked, an error
    /// when its responses are used up.
    pub fn response(&self, state: &str, attempt: u32) -> Option<Result<Response, MockError>> {
        let (name, entries) = self.states.get(state)?;
        let entry = entries
            .iter()
            .find(|entry| (entry.first..=entry.last).contains(&attempt));
        Some(
            entry
                .map(|entry| entry.response.clone())
                .ok_or_else(|| MockError {
                    place: format!("MockedResponses/{name}"),
                    message: format!(
                        "there is no response for task {attempt} of the state \"{state}\""
                    ),
                }),
        )
    }
}

impl Entry {
    fn to_json(&self) -> (String, Value) {
        let (first, last) = (self.first, self.last);
        let key = if first == last {
            first.to_string()
        } else {
            format!("{first}-{last}")
        };
        let mut value = match &self.response.answer {
            Answer::Return(value) => json!({ "Return": value }),
            Answer::Throw { error, cause } => json!({"Throw": {"Error": error, "Cause": cause}}),
        };
        if self.response.latency_ms > 0 {
            value["DelayMs"] = Value::from(self.response.latency_ms);
        }
        (key, value)
    }
}
