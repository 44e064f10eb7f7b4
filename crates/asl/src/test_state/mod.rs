//! TestState: one state of a definition, run on its own (asl-rules 19, feature map 9.6).
//!
//! The state runs in [`crate::machine`], the interpreter that runs whole machines; this module says what may be asked,
//! finds the state, answers its work from a mock, and reads the reply off what the interpreter observed. A task without
//! a mock is handed to the caller ([`Progress::Task`]); a Wait state does not wait.
//!
//! It does not run branches of a Parallel or iterations of a Map: their result is always a mock, as on AWS.

mod context;
mod example;
mod http;
mod inspection;
mod mock;
mod refusal;
mod reply;
mod request;
mod run;
mod shapes;
mod subject;

#[cfg(test)]
mod tests;

pub use example::example_result;
pub use refusal::{Refusal, RefusalKind};
pub use reply::{Reply, Status};
pub use request::{
    Configuration, ErrorOutput, FieldValidationMode, InspectionLevel, Mock, Request, Surroundings,
};
pub use run::{Progress, TestState};
