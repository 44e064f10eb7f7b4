//! Who may decide, and what a reviewer sees of a task that waits for a person.
