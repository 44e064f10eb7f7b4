//! Files that come out: definitions, pictures, templates.
