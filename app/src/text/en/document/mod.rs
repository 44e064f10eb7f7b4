//! Verbs that change the definition, as undo names them, and what they write into it.

pub(crate) mod patterns;
pub(crate) mod refusals;

use crate::text::common::states;

// What undo and redo name.

pub(crate) const CONVERT: &str = "Convert to JSONata";
pub(crate) const FORMAT: &str = "Format the text";
pub(crate) const TYPE: &str = "Type in the code";

/// What a change is made to when it is no part of the pipeline.
pub(crate) const PIPELINE: &str = "The pipeline";

/// The name of a variable that has none yet; a number makes it free.
pub(crate) const VARIABLE: &str = "variable";

pub(crate) fn add(what: &str) -> String {
    format!("Add {what}")
}

pub(crate) fn add_catcher(to: &str) -> String {
    format!("Add a catch rule to {to}")
}

pub(crate) fn add_choice_rule(to: &str) -> String {
    format!("Add a rule to {to}")
}

pub(crate) fn add_retrier(to: &str) -> String {
    format!("Add a retry rule to {to}")
}

pub(crate) fn add_variable(to: &str) -> String {
    format!("Add a variable to {to}")
}

pub(crate) fn add_rule(from: &str, to: &str) -> String {
    format!("Add a branch from {from} to {to}")
}

pub(crate) fn begin_with(name: &str) -> String {
    format!("Begin with {name}")
}

pub(crate) fn catch_errors(of: &str, with: &str) -> String {
    format!("Catch errors of {of} with {with}")
}

pub(crate) fn change(what: &str) -> String {
    format!("Change {what}")
}

pub(crate) fn change_note(of: &str) -> String {
    format!("Change the note of {of}")
}

pub(crate) fn change_type(name: &str, kind: &str) -> String {
    format!("Change {name} to {kind}")
}

pub(crate) fn connect(from: &str, to: &str) -> String {
    format!("Connect {from} to {to}")
}

pub(crate) fn delete(name: &str) -> String {
    format!("Delete {name}")
}

pub(crate) fn delete_many(count: usize) -> String {
    format!("Delete {}", states(count))
}

pub(crate) fn disconnect(to: &str, from: &str) -> String {
    format!("Disconnect {to} from {from}")
}

pub(crate) fn dissolve(group: &str) -> String {
    format!("Dissolve the group {group}")
}

pub(crate) fn duplicate(copy: &str) -> String {
    format!("Duplicate as {copy}")
}

pub(crate) fn duplicate_many(count: usize) -> String {
    format!("Duplicate {}", states(count))
}

pub(crate) fn end_after(name: &str) -> String {
    format!("End after {name}")
}

pub(crate) fn extract(machine: &str) -> String {
    format!("Extract into {machine}")
}

pub(crate) fn group(name: &str, group: &str) -> String {
    format!("Put {name} into the group {group}")
}

pub(crate) fn group_many(count: usize, group: &str) -> String {
    format!("Group {} as {group}", states(count))
}

pub(crate) fn lead(from: &str, to: &str) -> String {
    format!("Lead {from} to {to}")
}

pub(crate) fn lead_instead(from: &str, to: &str, of: &str) -> String {
    format!("Lead {from} to {to} instead of {of}")
}

pub(crate) fn leave_there(name: &str) -> String {
    format!("Leave {name} where it is")
}

pub(crate) fn move_state(name: &str) -> String {
    format!("Move {name}")
}

pub(crate) fn otherwise(from: &str, to: &str) -> String {
    format!("Otherwise from {from} to {to}")
}

pub(crate) fn paste(name: &str) -> String {
    format!("Paste {name}")
}

pub(crate) fn paste_many(count: usize) -> String {
    format!("Paste {}", states(count))
}

pub(crate) fn remove(what: &str) -> String {
    format!("Remove {what}")
}

pub(crate) fn rename(old: &str, name: &str) -> String {
    format!("Rename {old} to {name}")
}

pub(crate) fn rename_group(old: &str, name: &str) -> String {
    format!("Rename the group {old} to {name}")
}

pub(crate) fn ungroup(name: &str) -> String {
    format!("Take {name} out of its group")
}

pub(crate) fn ungroup_many(count: usize) -> String {
    format!("Take {} out of their groups", states(count))
}

pub(crate) fn wrap(container: &str) -> String {
    format!("Wrap in {container}")
}

pub(crate) fn write_as(notation: &str) -> String {
    format!("Write it as {notation}")
}

// Names that new states and groups begin with; a number follows when one is taken.

pub(crate) const DONE: &str = "Done";
pub(crate) const EACH_ITEM: &str = "Each item";
pub(crate) const GROUP: &str = "Group";
pub(crate) const PASTED: &str = "Pasted";
pub(crate) const STEP: &str = "Step";

pub(crate) fn numbered_group(number: usize) -> String {
    format!("Group {number}")
}

/// The state that runs a pipeline of its own.
pub(crate) fn run_machine(machine: &str) -> String {
    format!("Run {machine}")
}

// What new states hold, and what they are for.

pub(crate) const FAIL_CAUSE: &str = "Say what went wrong.";
pub(crate) const CALL_HINT: &str = "Call of AWS's API";
pub(crate) const TASK_HINT: &str = "Let a service do work";
