//! One open pipeline: its document, history of edits, selection, findings and marks, as signals.
