//! A run without any service: drives [`crate::machine`] with mocks on virtual time, and keeps every step so that it can go back.

use crate::definition::StateMachine;
use crate::history::Event;
use crate::machine::{Finish, Observation, TaskRequest};
use std::sync::Arc;

pub mod mocks {
    //! AWS's `MockConfigFile.json` (feature map, section 13).
    use serde_json::Value;

    /// A whole mock file.
    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct MockConfig {}

    /// The mocked responses of one test case of one machine.
    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct Case {}

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
        pub fn parse(_text: &str) -> Result<Self, MockError> {
            unimplemented!()
        }
        /// The file as JSON.
        pub fn to_json(&self) -> Value {
            unimplemented!()
        }
        /// Names of a machine's cases, in written order.
        pub fn cases(&self, _machine: &str) -> Vec<String> {
            unimplemented!()
        }
        /// One case.
        pub fn case(&self, _machine: &str, _case: &str) -> Option<Case> {
            unimplemented!()
        }
    }

    impl Case {
        /// Whether the state is mocked in this case.
        pub fn mocks(&self, _state: &str) -> bool {
            unimplemented!()
        }
        /// The answer to the `attempt`-th task (zero-based) of a state; `None` when the state is not mocked, an error
        /// when its responses are used up.
        pub fn response(&self, _state: &str, _attempt: u32) -> Option<Result<Response, MockError>> {
            unimplemented!()
        }
    }
}

/// How a dry run begins.
#[derive(Debug, Clone)]
pub struct Options {
    /// Virtual start, in milliseconds since 1970.
    pub start_ms: i64,
    /// All entropy comes from here; the same seed gives the same run.
    pub seed: u64,
    /// The machine's name, for ARNs and the context object.
    pub machine_name: String,
    /// Steps after which a runaway is stopped.
    pub max_steps: usize,
}

/// What a dry run does next.
#[derive(Debug, Clone, PartialEq)]
pub enum Status {
    /// It can go on.
    Ready,
    /// Nothing can happen before one of these tasks is answered: they have no mock.
    Waiting(Vec<TaskRequest>),
    /// It is over.
    Finished(Finish),
    /// `max_steps` are used up.
    Exhausted,
}

/// A dry run: a list of steps with a cursor.
#[derive(Debug, Clone)]
pub struct DryRun {}

impl DryRun {
    /// A run that has not begun; `input` is JSON text and was checked by the caller.
    pub fn new(
        _machine: Arc<StateMachine>,
        _input: Arc<str>,
        _case: mocks::Case,
        _options: Options,
    ) -> Self {
        unimplemented!()
    }
    /// Takes the next thing that happens (an event of the engine: a start, a task's answer, a timer); virtual time moves to it.
    /// Does nothing unless the status is `Ready`. After going back, repeats what was recorded.
    pub fn step(&mut self) -> Status {
        unimplemented!()
    }
    /// Steps until a state that `stop_before` names is entered, or nothing more can happen.
    pub fn run(&mut self, _stop_before: &dyn Fn(&str) -> bool) -> Status {
        unimplemented!()
    }
    /// Steps until the next state is entered.
    pub fn step_state(&mut self) -> Status {
        unimplemented!()
    }
    /// Goes to a step, back or forward among those taken.
    pub fn go_to(&mut self, _step: usize) {
        unimplemented!()
    }
    /// Answers a task that has no mock.
    pub fn answer(&mut self, _task: crate::machine::TaskId, _response: mocks::Answer) -> Status {
        unimplemented!()
    }
    /// Where it stands: steps taken up to the cursor.
    pub fn position(&self) -> usize {
        unimplemented!()
    }
    /// Steps recorded.
    pub fn len(&self) -> usize {
        unimplemented!()
    }
    /// Whether no step was taken.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// What can happen next.
    pub fn status(&self) -> Status {
        unimplemented!()
    }
    /// Virtual time, in milliseconds since 1970.
    pub fn now_ms(&self) -> i64 {
        unimplemented!()
    }
    /// All events up to the cursor.
    pub fn events(&self) -> &[Event] {
        unimplemented!()
    }
    /// All intermediate values up to the cursor.
    pub fn observations(&self) -> &[Observation] {
        unimplemented!()
    }
}
