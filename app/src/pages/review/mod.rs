//! The reviewers' pages: what waits for a decision, and one question with its evidence.
//!
//! Their readers are no engineers: here stand no tokens, callbacks, ARNs, JSON, executions or states.

pub mod approval;
mod decide;
pub mod evidence;
mod frame;
pub mod inbox;
mod outcome;
pub mod reviewer;
pub mod shelf;
