//! The code pane: CodeMirror behind a small bridge, in sync with the session both ways. It judges no text itself.
