//! Tests of the editor's questions, one file for each.

mod completing;
mod documenting;
mod explaining;
mod expressions;
mod formatting;
mod highlighting;
mod mutations;
