//! The palette of states, actions and patterns.
