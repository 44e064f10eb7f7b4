//! Unsaved work, kept in the browser. It never touches what the server holds.
