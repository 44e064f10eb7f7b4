//! What a reviewer sees of a task that waits for a person, and how a decision comes in.
//!
//! GET shows and POST decides, so that neither a link scanner nor a preview can decide (feature map, HITL-03). The decision
//! itself is taken by [`crate::engine::Engine::decide`].

mod decision;
mod list;
mod view;

pub(crate) use decision::decide;
pub(crate) use list::{list, one};
