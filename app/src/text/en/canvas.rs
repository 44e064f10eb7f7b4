//! The drawing: its states, ways, menus, refusals.

use super::words::counted;

pub(crate) const DRAWING: &str = "Drawing";
pub(crate) const EMPTY_BLOCK: &str = "Nothing here yet";
pub(crate) const END: &str = "End";
pub(crate) const FIRST_STATE: &str = "Drop or add a state";
pub(crate) const ROLE: &str = "canvas";
pub(crate) const START: &str = "Start";
pub(crate) const ZOOM: &str = "Zoom";

/// What the canvas is, and its first keys.
pub(crate) fn label(show: &str, add: &str, connect: &str) -> String {
    format!(
        "Pipeline drawing. Arrow keys follow the ways, {show} shows a state, {add} adds one, {connect} connects."
    )
}

/// Why the drawing stands still. `fault` is a sentence.
pub(crate) fn code_fault(line: usize, fault: &str, is_drawn: bool) -> String {
    let meanwhile = if is_drawn {
        "You see the last whole drawing."
    } else {
        "Nothing can be drawn yet."
    };
    format!("The code has a fault in line {line}. {fault} {meanwhile}")
}

// The second line of a state.

pub(crate) const AWHILE: &str = "A while";
pub(crate) const FAILS: &str = "Ends with an error";
pub(crate) const NO_RESOURCE: &str = "No resource yet";
pub(crate) const NO_TIME: &str = "No time yet";
pub(crate) const PASSES: &str = "Passes data on";
pub(crate) const SUCCEEDS: &str = "Ends the run";
pub(crate) const UNKNOWN_TYPE: &str = "Choose what it does";

pub(crate) fn branches(count: usize) -> String {
    counted(count, "branch", "branches")
}

pub(crate) fn for_each_item(states: usize) -> String {
    format!("For each item, {}", counted(states, "state", "states"))
}

pub(crate) fn at_once(limit: &str) -> String {
    format!("Up to {limit} at once")
}

pub(crate) fn seconds_at(path: &str) -> String {
    format!("As long as {path}")
}

pub(crate) fn until(time: &str) -> String {
    format!("Until {time}")
}

/// A number of seconds as people say it: "45 s", "10 min", "3 h 20 min", "7 days".
pub(crate) fn duration(seconds: u64) -> String {
    let (days, hours, minutes, rest) = (
        seconds / 86_400,
        seconds / 3600 % 24,
        seconds / 60 % 60,
        seconds % 60,
    );
    let mut parts = Vec::new();
    if days > 0 {
        parts.push(counted(days, "day", "days"));
    }
    for (count, unit) in [(hours, "h"), (minutes, "min"), (rest, "s")] {
        if count > 0 {
            parts.push(format!("{count} {unit}"));
        }
    }
    if parts.is_empty() {
        "0 s".to_owned()
    } else {
        parts[..parts.len().min(2)].join(" ")
    }
}

// What a state is marked with.

pub(crate) const BREAKPOINT: &str = "breakpoint";
pub(crate) const CATCHES: &str = "Errors are caught";
pub(crate) const NOTE: &str = "Note";
pub(crate) const NOTE_FOOT: &str = "It stays in the state's Comment.";
pub(crate) const NOTE_HINT: &str = "What people should know about this state";
pub(crate) const NOTE_KEYS: &str = "Ctrl+Enter";
pub(crate) const SHOW_NOTE: &str = "Show the note";

pub(crate) fn folded(key: &str) -> String {
    format!("Folded: press {key} to unfold")
}

pub(crate) fn group(name: &str) -> String {
    format!("Group {name}")
}

pub(crate) fn group_label(name: &str) -> String {
    format!("Group {name}: select its states")
}

pub(crate) fn note_of(state: &str) -> String {
    format!("Note of {state}")
}

pub(crate) fn problems(count: usize) -> String {
    counted(count, "problem", "problems")
}

pub(crate) fn tried_again(retries: u64) -> String {
    match retries {
        1 => "Tried once more after an error".to_owned(),
        more => format!("Tried up to {more} times more after an error"),
    }
}

// Ways, and leading them.

pub(crate) const DRAG_BEGINNING: &str = "Drag to another state that it leaves";
pub(crate) const DRAG_TIP: &str = "Drag to another state that it leads to";
pub(crate) const GIVE_UP_KEY: &str = "Esc";
pub(crate) const LEAD_BEGINNING: &str =
    "Choose the state that it leaves with the arrow keys, then press Enter.";
pub(crate) const LEAD_TIP: &str = "Choose where it leads with the arrow keys, then press Enter.";
pub(crate) const NO_WAY: &str =
    "No way leaves this state, and the pipeline does not begin with it.";
pub(crate) const NOWHERE: &str =
    "There is nothing here that it could go to. Let it go on a way or in a container.";

/// `question` is what the keys choose.
pub(crate) fn leading(question: &str) -> String {
    format!("{question} Escape gives up.")
}

/// A way from a state, or the start, to a state, or the end.
pub(crate) fn way(from: Option<&str>, to: Option<&str>, label: Option<&str>) -> String {
    let (from, to) = (from.unwrap_or("the start"), to.unwrap_or("the end"));
    match label {
        Some(label) => format!("Way from {from} to {to}, {label}"),
        None => format!("Way from {from} to {to}"),
    }
}

/// A way in words, with what became of it.
pub(crate) fn way_that_is(way: &str, status: &str) -> String {
    format!("{way}, {}", status.to_lowercase())
}

// Menus.

pub(crate) const ADD: &str = "Add a state";
pub(crate) const ADD_AT_END: &str = "Add a state at the end…";
pub(crate) const ADD_BRANCH: &str = "Add a branch…";
pub(crate) const ADD_HERE: &str = "Add a state here";
pub(crate) const ADD_ON_WAY: &str = "Add a state here…";
pub(crate) const CANVAS: &str = "Canvas";
pub(crate) const CONNECT: &str = "Connect";
pub(crate) const DISCONNECT: &str = "Disconnect";
pub(crate) const FIND: &str = "Find an action or a pattern…";
pub(crate) const GROUP: &str = "Group";
pub(crate) const STATE: &str = "State";
pub(crate) const WAY: &str = "Way";

pub(crate) fn connect_after_error(to: &str) -> String {
    format!("Go to {to} after an error")
}

pub(crate) fn connect_next(to: &str) -> String {
    format!("Go on to {to}")
}

pub(crate) fn connect_otherwise(to: &str) -> String {
    format!("Otherwise to {to}")
}

pub(crate) fn connect_rule(to: &str) -> String {
    format!("New rule to {to}")
}

// The clipboard.

pub(crate) const NO_STATES_TO_PASTE: &str =
    "The clipboard holds no states. Copy states here, or a text with States from anywhere.";
pub(crate) const PASTED_TEMPLATE: &str = "Pasted template";

pub(crate) fn copied(states: usize) -> String {
    format!("{} copied", counted(states, "state", "states"))
}

pub(crate) fn may_not_copy(keys: &str) -> String {
    format!("The browser did not allow copying. Press {keys} on the drawing instead.")
}

pub(crate) fn may_not_paste(keys: &str) -> String {
    format!("The browser did not allow it. Press {keys} on the drawing instead.")
}
