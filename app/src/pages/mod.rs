//! The pages around the studio: pipelines, runs, a run, reviews, and the dialogs that deploy and start.

pub mod deploy;
pub mod json_text;
pub mod review;
pub mod run;
pub mod words;
