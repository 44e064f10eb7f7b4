//! What a task gets.

pub(crate) const TITLE: &str = "What it gets";
pub(crate) const AS_FIELDS: &str = "Fields";
pub(crate) const ONE_VALUE: &str = "One value for the whole call";
pub(crate) const WHOLE_EXPRESSIONS: &str = "What the task gets; {% … %} holds an expression";
pub(crate) const WHOLE_PATHS: &str =
    "What the task gets; a name ending in .$ takes its value from a path, such as $.dataset";
pub(crate) const NONE_SET: &str = "Nothing is set, so it gets the state's input as it is.";
pub(crate) const ADD: &str = "Add a parameter";
pub(crate) const ADD_HINT: &str = "Any parameter of the service's API can be added by its name";
pub(crate) const FIND: &str = "Find one by its name or what it does";
pub(crate) const TYPE_NAME: &str = "Type its name";
pub(crate) const UNLISTED: &str = "A parameter of the service's API";

pub(crate) const TAKES_TEXT: &str = "Takes a text";
pub(crate) const TAKES_NUMBER: &str = "Takes a number";
pub(crate) const TAKES_FLAG: &str = "Takes yes or no";
pub(crate) const TAKES_OBJECT: &str = "Takes an object";
pub(crate) const TAKES_LIST: &str = "Takes a list";
pub(crate) const TAKES_ANY: &str = "Takes any JSON";

/// How the parameters of a call that the studio does not describe are named, by "S3 GetBucketAcl".
pub(crate) fn named_by_api(call: &str) -> String {
    format!(
        "The API reference of AWS lists what {call} takes. Each name begins with a capital letter here, also where it does not there."
    )
}

/// What a choice of fields or JSON is about.
pub(crate) fn shown_as(field: &str) -> String {
    format!("{field} as")
}
