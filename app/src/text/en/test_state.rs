//! Trying one state.
