//! The reviewers' pages: what waits for a decision, and one question with its evidence.

pub mod evidence;
