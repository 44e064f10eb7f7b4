//! Why verbs do nothing.

/// What is not in the pipeline any more: a way that has no name.
pub(crate) const THIS_WAY: &str = "This way";

pub(crate) fn gone(what: &str) -> String {
    format!("{what} is not in this pipeline.")
}

// The text.

pub(crate) const NO_OBJECT: &str =
    "The definition is no object, so nothing can be added to it. In the code, begin with {}.";

pub(crate) fn broken(line: usize) -> String {
    format!("The code has a fault at line {line}. Mend it there first, then edit on the canvas.")
}

pub(crate) fn unchanged(why: &str) -> String {
    format!("The text could not be changed: {why}.")
}

// Names.

pub(crate) const GROUP_NAME_MARKS: &str = "A group's name has neither “]” nor line breaks.";
pub(crate) const GROUP_NAME_TOO_LONG: &str = "A group's name has at most 80 characters.";
pub(crate) const GROUP_NAMELESS: &str = "A group needs a name.";
pub(crate) const NAME_MARKS: &str = "A name has no line breaks or control characters.";
pub(crate) const NAMELESS: &str = "A state needs a name.";

pub(crate) fn name_taken(name: &str) -> String {
    format!("Another state is called {name}. Every name is there once in a pipeline.")
}

pub(crate) fn name_too_long(most: usize) -> String {
    format!("A name has at most {most} characters.")
}

// Ways. Their ends are states, in quotes, or one of these.

pub(crate) const THE_END: &str = "The end of the pipeline";
pub(crate) const THE_START: &str = "The start";

pub(crate) const BEGINS_AT_ITS_STATE: &str =
    "A state's end begins at that state. Lead the other end to what comes next.";
pub(crate) const BEGINS_AT_START: &str =
    "The start is where it is. Lead the other end to the state to begin with.";
pub(crate) const CANNOT_END: &str = "A rule, a default or a catcher cannot end the run by itself: it leads to a state, such as a Succeed.";
pub(crate) const MUST_BEGIN: &str = "The pipeline has to begin with a state.";
pub(crate) const NO_JSON: &str =
    "The code of this way holds something that is no JSON, such as a placeholder. Move it there.";
pub(crate) const NOTHING_BEGINS_AT_END: &str = "Nothing can begin at the end.";

pub(crate) fn quoted(name: &str) -> String {
    format!("“{name}”")
}

pub(crate) fn apart(from: &str, to: &str, container: &str) -> String {
    format!(
        "{from} and “{to}” are in different branches of “{container}”; no way leads from one to the other."
    )
}

pub(crate) fn catches_all(name: &str) -> String {
    format!("“{name}” catches all errors already.")
}

pub(crate) fn ends(name: &str) -> String {
    format!("The run ends at {name}, so nothing can come after it.")
}

pub(crate) fn inside(state: &str, container: &str) -> String {
    format!("“{state}” is inside “{container}”; a way cannot lead into it.")
}

/// Where a catch rule would have nowhere to lead.
pub(crate) const NO_STATE_FOR_ERRORS: &str = "Add a state first that an error can lead to.";
pub(crate) const ASSIGN_NO_OBJECT: &str =
    "What the state sets is no object of names and values. Mend Assign first.";

pub(crate) fn no_branches(name: &str) -> String {
    format!("{name} has no branches: only a Parallel has.")
}

pub(crate) fn no_retry(name: &str) -> String {
    format!("{name} is not tried again: only Task, Parallel and Map states can be.")
}

pub(crate) fn no_rules(name: &str) -> String {
    format!("{name} has no rules: only a Choice has.")
}

pub(crate) fn no_variables(name: &str) -> String {
    format!("{name} sets no variables: Succeed and Fail states cannot.")
}

pub(crate) fn no_catch(name: &str) -> String {
    format!("{name} cannot catch errors: only Task, Parallel and Map states can.")
}

pub(crate) fn no_choice(name: &str) -> String {
    format!("A rule belongs to a Choice, and “{name}” is none.")
}

pub(crate) fn other_language(name: &str, language: &str) -> String {
    format!("“{name}” is written in {language}, and this way is not.")
}

pub(crate) fn outside(state: &str, container: &str) -> String {
    format!("{state} is outside of “{container}”; a way cannot lead out of it.")
}

// Copying, moving, wrapping.

pub(crate) const COPY_APART: &str =
    "The selected states are in different containers. Copy those of one container at a time.";
pub(crate) const COPY_NOTHING: &str = "Select states to copy first.";
pub(crate) const NO_STATE: &str = "There is no state in it.";
pub(crate) const NO_STRETCH: &str =
    "Select states that follow each other: with one way in, and one way out.";
pub(crate) const STRETCH_LEFT: &str =
    "A branch or a catcher leads out of the selection. Select the state it leads to as well.";
pub(crate) const WRITTEN_IN_JSONPATH: &str = "These states are written in JSONPath, and a pipeline in JSONata cannot hold them. Write them in JSONata first.";

pub(crate) fn copy_no_object(name: &str) -> String {
    format!("{name} is no object in the code, so it cannot be copied. Mend it there first.")
}

pub(crate) fn into_itself(name: &str) -> String {
    format!("“{name}” cannot go into itself.")
}

// Groups and notes.

pub(crate) const GROUP_APART: &str =
    "The selected states are in different containers. Group those of one container at a time.";
pub(crate) const GROUP_NOTHING: &str = "Select the states of the group first.";
pub(crate) const NOT_GROUPED: &str = "No selected state is in a group.";

pub(crate) fn comment_no_text(name: &str) -> String {
    format!("The comment of “{name}” is no text. Mend it in the code first.")
}

pub(crate) fn no_object(name: &str) -> String {
    format!("“{name}” is no object in the code. Mend it there first.")
}
