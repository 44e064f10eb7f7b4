//! One response of a mock, and what it leaves to chance.

use crate::machine::TaskId;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// One response, for a range of tasks of one visit.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The first task, from 0.
    pub first: u32,
    /// The last task, this one included.
    pub last: u32,
    /// What they are answered.
    pub response: Response,
}

/// What a mock answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// The answer.
    pub answer: Answer,
    /// How long it takes (our addition `DelayMs`).
    pub latency: Latency,
    /// How often it fails instead (our addition `Failure`); only beside a result.
    pub failing: Option<Failing>,
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

/// How long an answer takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Latency {
    /// So many milliseconds.
    Exactly(u64),
    /// Drawn, each number of milliseconds as likely as any other.
    Between {
        /// Shortest, in milliseconds.
        min_ms: u64,
        /// Longest, in milliseconds.
        max_ms: u64,
    },
}

/// A failure that comes by chance in the place of a result.
#[derive(Debug, Clone, PartialEq)]
pub struct Failing {
    /// From 0 (never) to 1 (always).
    pub rate: f64,
    /// The error's name.
    pub error: String,
    /// The cause.
    pub cause: String,
}

/// An answer with nothing left to chance.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// The answer.
    pub answer: Answer,
    /// Milliseconds until it comes.
    pub latency_ms: u64,
}

impl Response {
    /// An answer that comes at once and always.
    pub fn at_once(answer: Answer) -> Self {
        Self {
            answer,
            latency: Latency::Exactly(0),
            failing: None,
        }
    }

    /// The answer to one task of an execution; the same seed and task give the same answer, wherever it is asked.
    pub fn draw(&self, seed: u64, task: TaskId) -> Drawn {
        let latency_ms = match self.latency {
            Latency::Exactly(ms) => ms,
            Latency::Between { min_ms, max_ms } => {
                let width = max_ms.saturating_sub(min_ms).saturating_add(1);
                min_ms.saturating_add(chance("latency", seed, task) % width)
            }
        };
        let failing = self.failing.as_ref();
        let answer = match failing.filter(|failing| failing.happens(seed, task)) {
            None => self.answer.clone(),
            Some(failing) => Answer::Throw {
                error: failing.error.clone(),
                cause: failing.cause.clone(),
            },
        };
        Drawn { answer, latency_ms }
    }
}

impl Failing {
    fn happens(&self, seed: u64, task: TaskId) -> bool {
        // 53 bits are as many as a double holds: a rate of 1 is always above them.
        let drawn = chance("failure", seed, task) >> 11;
        (drawn as f64) < self.rate * (1u64 << 53) as f64
    }
}

/// A number that depends on nothing but what is given.
fn chance(what: &str, seed: u64, task: TaskId) -> u64 {
    let mut hasher = Sha256::new();
    hasher.update(what);
    hasher.update(seed.to_le_bytes());
    hasher.update(task.0.to_le_bytes());
    let bytes: [u8; 32] = hasher.finalize().into();
    bytes
        .iter()
        .take(8)
        .fold(0, |number, byte| number << 8 | u64::from(*byte))
}

impl Entry {
    /// How many tasks it answers.
    pub fn tasks(&self) -> u32 {
        self.last - self.first + 1
    }

    /// The key and the value in the file.
    pub(super) fn to_json(&self) -> (String, Value) {
        let (first, last) = (self.first, self.last);
        let key = if first == last {
            first.to_string()
        } else {
            format!("{first}-{last}")
        };
        (key, self.response.to_json())
    }
}

impl Response {
    fn to_json(&self) -> Value {
        let mut value = match &self.answer {
            Answer::Return(value) => json!({ "Return": value }),
            Answer::Throw { error, cause } => json!({"Throw": {"Error": error, "Cause": cause}}),
        };
        match self.latency {
            Latency::Exactly(0) => {}
            Latency::Exactly(ms) => value["DelayMs"] = Value::from(ms),
            Latency::Between { min_ms, max_ms } => {
                value["DelayMs"] = json!({"Min": min_ms, "Max": max_ms});
            }
        }
        if let Some(Failing { rate, error, cause }) = &self.failing {
            value["Failure"] = json!({"Rate": rate, "Error": error, "Cause": cause});
        }
        value
    }
}
