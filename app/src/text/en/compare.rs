//! What changed between two definitions.

use super::common::states;
use super::words::{counted, grouped};

pub(crate) const AS_TEXT: &str = "As text";
pub(crate) const IN_WORDS: &str = "In words";
pub(crate) const ON_GRAPH: &str = "On the graph";
pub(crate) const SHOW_ON_GRAPH: &str = "Show it on the graph";
pub(crate) const TABS: &str = "How to show what changed";
pub(crate) const TITLE: &str = "What changed";

pub(crate) const MACHINE: &str = "The pipeline itself";
pub(crate) const SAME: &str = "Both are the same.";
pub(crate) const SAME_TEXT: &str = "Both texts are the same.";
pub(crate) const UNREADABLE: &str = "One of the two has a fault, so it has no states to compare. The text shows the lines that differ.";

pub(crate) fn more_fields(more: usize) -> String {
    format!("and {more} more; the text shows them")
}

// The lines that differ: "2 added, 1 removed lines".

pub(crate) const AFTER_LINES_REMOVED: &str = " lines";
pub(crate) const BETWEEN_LINES: &str = ", ";
pub(crate) const LINES: &str = "Changed lines";

pub(crate) fn equal_lines(count: usize) -> String {
    counted(count, "equal line", "equal lines")
}

pub(crate) fn lines_added(count: usize) -> String {
    format!("{} added", grouped(count))
}

pub(crate) fn lines_removed(count: usize) -> String {
    format!("{} removed", grouped(count))
}

pub(crate) fn more_lines(more: usize) -> String {
    match more {
        1 => "1 more line is not shown".to_owned(),
        _ => format!("{} more lines are not shown", grouped(more)),
    }
}

// The graph.

pub(crate) const AFTER: &str = "After";
pub(crate) const BEFORE: &str = "Before";
pub(crate) const DRAWN: &str = "Which one is drawn";

/// Added to the name of a state that is put back into the drawing beside one of the same name.
pub(crate) const REMOVED_MARK: &str = " (removed)";

pub(crate) fn fields_changed(count: usize) -> String {
    format!("{count} fields changed")
}

/// What a colour of the drawing stands for: "2 states added".
pub(crate) fn legend(count: usize, status: &str) -> String {
    format!("{} {}", states(count), status.to_lowercase())
}

pub(crate) fn no_longer_there(states: &str) -> String {
    format!("No longer there: {states}")
}

pub(crate) fn not_yet_there(states: &str) -> String {
    format!("Not yet there: {states}")
}

/// What the red ways of the drawing stand for: "1 way removed".
pub(crate) fn ways_removed(count: usize) -> String {
    let ways = counted(count, "way", "ways");
    format!("{ways} removed")
}

/// What the green ways of the drawing stand for: "1 start added".
pub(crate) fn starts_added(count: usize) -> String {
    let starts = counted(count, "start", "starts");
    format!("{starts} added")
}

// In words: a summary in one line, what became of a state, what changed in a field.

pub(crate) const ADDED: &str = "added";
pub(crate) const CHANGED: &str = "changed";
pub(crate) const LAYOUT_ONLY: &str = "Only the layout of the text differs";
pub(crate) const MOVED: &str = "moved";
pub(crate) const NOTHING: &str = "Nothing changed";
pub(crate) const REMOVED: &str = "removed";
pub(crate) const RENAMED: &str = "renamed";

/// A part of the summary; the first one says what is counted: "2 states added", "1 renamed".
pub(crate) fn part(count: usize, fate: &str, is_first: bool) -> String {
    if is_first {
        format!("{} {fate}", states(count))
    } else {
        format!("{} {fate}", grouped(count))
    }
}

pub(crate) fn machine_fields(count: usize) -> String {
    counted(count, "field of the pipeline", "fields of the pipeline")
}

pub(crate) fn summary(parts: &[String]) -> String {
    parts.join(", ")
}

pub(crate) fn summary_of_lines(added: usize, removed: usize) -> String {
    let added = counted(added, "line added", "lines added");
    format!("{added}, {} removed", grouped(removed))
}

pub(crate) fn renamed(was: &str) -> String {
    format!("renamed, was “{was}”")
}

pub(crate) fn renamed_and_moved(was: &str, moved: &str) -> String {
    format!("renamed, was “{was}”, and {moved}")
}

/// From one container to another; the pipeline itself has no name.
pub(crate) fn moved(from: &str, to: &str) -> String {
    let place = |name: &str| match name {
        "" => "the pipeline itself".to_owned(),
        name => format!("“{name}”"),
    };
    if from == to {
        return format!("moved within {}", place(from));
    }
    format!("moved from {} to {}", place(from), place(to))
}

pub(crate) fn field_added(path: &str, after: &str) -> String {
    format!("{path} {after}, added")
}

pub(crate) fn field_changed(path: &str, before: &str, after: &str) -> String {
    format!("{path} {before} → {after}")
}

pub(crate) fn field_removed(path: &str, before: &str) -> String {
    format!("{path} removed, was {before}")
}
