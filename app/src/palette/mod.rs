//! The list of states and patterns that can be dragged or inserted.
