//! What comes in: files, links, templates.
