//! The tree of states.
