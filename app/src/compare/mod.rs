//! Comparing two texts of a pipeline: in words, as text, and on the graph.
//!
//! What changed is worked out by plain functions (`changes`, `lines`); [`Comparison`] shows it. Which two texts they are
//! (kept, deployed, present) is the caller's to say.

mod changes;
mod fields;
mod graph;
mod lines;
mod lost;
mod text;
mod union;
mod view;
mod words;

pub use changes::{Changes, Sort, StateChange};
pub use fields::FieldChange;
pub use lines::{Diff, Line, diff};
pub use text::changed_lines;
pub use view::Comparison;
pub use words::{counted_states, summary, told};
