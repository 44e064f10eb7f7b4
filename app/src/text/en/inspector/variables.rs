//! The variables that a state sets.

pub(crate) const INTRO: &str =
    "Variables last from here to the end of the run (or of the branch). Later states read them as ";
pub(crate) const INTRO_NAME: &str = "$name";
pub(crate) const INTRO_END: &str = ".";
pub(crate) const ADD: &str = "Add a variable";
pub(crate) const SET: &str = "Set";
pub(crate) const SET_HINT: &str =
    "Assign: names and values; in JSONPath a name ending in .$ takes its value from a path";
pub(crate) const SET_EXAMPLE: &str = r#"{ "bestScore.$": "$.score" }"#;
