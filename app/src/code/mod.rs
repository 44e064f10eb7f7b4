//! The code pane: CodeMirror behind a small bridge, in sync with the session both ways. It judges no text itself.
//!
//! The editor is loaded when the pane first opens; where that fails, a plain text area takes its place. What was typed
//! comes over the bridge as edits, and every answer about the text from `asl::editor`, when it is asked for.

mod ask;
mod bridge;
mod follow;
mod foot;
mod help;
mod known;
mod pane;
mod plain;
mod units;

pub use foot::CommentsDialog;
pub(crate) use known::Known;
pub use pane::CodePane;
