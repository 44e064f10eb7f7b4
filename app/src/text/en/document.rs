//! Verbs that change the definition, as undo names them, and why they refuse.
