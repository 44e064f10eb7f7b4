//! Drafts in the browser, their names and settings.

use std::fmt::Display;

/// The name of a pipeline whose file has none.
pub(crate) const UNNAMED: &str = "pipeline";

pub(crate) const NAME_MISSING: &str = "Give the pipeline a name.";

pub(crate) fn name_too_long(characters: usize, allowed: usize) -> String {
    format!("The name has {characters} characters; {allowed} are allowed.")
}

pub(crate) fn name_refused(what: &str) -> String {
    format!("A name cannot hold {what}. Use letters, digits, - and _.")
}

// What `name_refused` speaks of.

pub(crate) const SPACES: &str = "spaces";
pub(crate) const CONTROL_CHARACTERS: &str = "control characters";

pub(crate) fn quoted(character: char) -> String {
    format!("“{character}”")
}

pub(crate) fn unknown(name: &str) -> String {
    format!("There is no pipeline named “{name}”, neither on the server nor among your drafts.")
}

pub(crate) fn not_asked(name: &str, why: &impl Display) -> String {
    format!(
        "There is no draft named “{name}” in this browser, and the server could not be asked. {why}"
    )
}

pub(crate) const STORE_REFUSED: &str = "This browser refuses to store data for this page, so unsaved work is lost when the page closes. Deploy or download what you want to keep.";
pub(crate) const STORE_FULL: &str = "This browser's storage for this page is full, so the latest changes are not kept. Delete drafts on the home page, or download this one.";

pub(crate) fn draft_unreadable(name: &str) -> String {
    format!("The stored draft “{name}” cannot be read. It is left as it is.")
}

// What is logged.

pub(crate) const LOG_NOTHING: &str = "Nothing";
pub(crate) const LOG_FATAL: &str = "Errors that end a run";
pub(crate) const LOG_ERRORS: &str = "All errors";
pub(crate) const LOG_ALL: &str = "Every event";

// What is wrong with settings.

pub(crate) const NO_LOG_GROUP: &str =
    "Name the log group, or log nothing: AWS takes exactly one destination.";
pub(crate) const NOT_A_LOG_GROUP: &str = "This is no ARN of a log group. One is arn:aws:logs:us-east-1:123456789012:log-group:/aws/vendedlogs/states/NAME:*";
pub(crate) const NOT_A_ROLE: &str =
    "This is no ARN of a role. One is arn:aws:iam::123456789012:role/NAME";
pub(crate) const ARN_TOO_LONG: &str = "An ARN has at most 256 characters.";
pub(crate) const NO_KEY: &str = "Name the key by its id, ARN or alias.";
pub(crate) const REUSE_OUT_OF_RANGE: &str = "A data key is used again for 60 to 900 seconds.";
pub(crate) const TAG_WITHOUT_KEY: &str = "Give the tag a key, or remove it.";
pub(crate) const KEY_OF_AWS: &str = "Keys that begin with aws: are AWS's own.";

pub(crate) fn too_many_tags(count: usize, allowed: usize) -> String {
    format!("There are {count} tags; a machine may have {allowed}.")
}

pub(crate) fn key_twice(key: &str) -> String {
    format!("The key {key} is there already.")
}

pub(crate) fn key_too_long(characters: usize, allowed: &str) -> String {
    format!("The key has {characters} characters; {allowed} are allowed.")
}

pub(crate) fn value_too_long(characters: usize) -> String {
    format!("The value has {characters} characters; 256 are allowed.")
}

// Which setting changed.

pub(crate) const ROLE: &str = "Role";
pub(crate) const LOGGING: &str = "Logging";
pub(crate) const TRACING: &str = "Tracing";
pub(crate) const KEY: &str = "Key";

// What settings are that nobody made.

pub(crate) const OWN_ROLE: &str = "the studio's own";
pub(crate) const KEY_AWS_OWNS: &str = "one that AWS owns";

pub(crate) fn changed(setting: &str, old: &str, new: &str) -> String {
    format!("{setting}: {old} → {new}")
}

pub(crate) fn key_reused(key: &str, seconds: u32) -> String {
    format!("{key}, data keys for {seconds} s")
}

pub(crate) fn tracing(is_on: bool) -> &'static str {
    if is_on { "on" } else { "off" }
}

/// "all errors with inputs and outputs to arn:…".
pub(crate) fn logged(level: &str, has_data: bool, group: Option<&str>) -> String {
    let data = if has_data {
        " with inputs and outputs"
    } else {
        ""
    };
    let group = group
        .map(|group| format!(" to {group}"))
        .unwrap_or_default();
    format!("{}{data}{group}", level.to_lowercase())
}

pub(crate) fn tag_removed(key: &str) -> String {
    format!("Tag {key} is removed")
}

pub(crate) fn tag_changed(key: &str, old: &str, new: &str) -> String {
    format!("Tag {key}: {old} → {new}")
}

pub(crate) fn tag_added(key: &str, value: &str) -> String {
    format!("Tag {key} is added: {value}")
}
