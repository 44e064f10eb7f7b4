//! Amazon States Language: its text, its meaning, its checks and its interpreter.
//!
//! The crate is pure. It reads no clock, does no input or output, starts no thread and draws no random number: the present
//! time and entropy come in with each call. The same code therefore runs in the browser's dry run and on the server.
//!
//! Where to start: [`text`] turns a file into a tree with spans, [`graph`] gives its shape even when it is broken,
//! [`check`] says what is wrong with it, [`catalog`] what its tasks can call, [`definition`] is the typed machine, [`machine`] runs it and [`dry_run`] drives
//! a run with mocks on virtual time; [`approval`] is what a task asks a person, [`test_state`] runs one state on its own, [`policy`] says what a role needs and [`mod@template`] reads and
//! writes templates of SAM and CloudFormation.

pub mod approval;
pub mod catalog;
pub mod check;
pub mod convert;
pub mod definition;
pub mod dry_run;
pub mod editor;
pub mod graph;
pub mod history;
pub mod machine;
pub mod policy;
pub mod query;
pub mod template;
pub mod test_state;
pub mod text;

pub use jsonata;
