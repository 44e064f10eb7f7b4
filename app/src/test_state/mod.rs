//! Test state: one state runs alone in the browser, on the engine that runs whole pipelines (feature map, WS-63, WANT-05).
//!
//! [`entries`] is what somebody fills in, [`trial`] the run on [`asl::test_state`], [`form`] and [`outcome`] draw both. No
//! task is done for real: what a task, Map or Parallel gives is always filled in.

mod dialog;
mod entries;
mod form;
mod outcome;
mod trial;

pub use dialog::TestDialog;
