//! The code pane.
