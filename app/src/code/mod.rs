//! The code pane: CodeMirror behind a small bridge, in sync with the session both ways. It judges no text itself.
//!
//! The editor is loaded when the pane first opens; where that fails, a plain text area takes its place.

mod bridge;
mod pane;
mod plain;
mod units;

pub use pane::CodePane;
