//! Errors of the server, as the studio tells them.

use std::fmt::Display;

pub(crate) const NO_SERVER: &str =
    "No server here: you can draw and dry-run; deploying needs `statecraft serve`.";
pub(crate) const UNREACHABLE: &str =
    "The server does not answer. Check that `statecraft serve` is running, then try again.";

pub(crate) fn unreadable(detail: &str) -> String {
    format!(
        "The server's answer could not be read ({detail}). Reload the page; studio and server may be of different versions."
    )
}

/// A refusal that came without words.
pub(crate) fn refused(code: &str) -> String {
    format!("The server said {code}.")
}

pub(crate) fn file_missing(path: &str) -> String {
    format!("The studio's file {path} is missing. Build the studio again.")
}

// Details of `unreadable`.

pub(crate) const NO_EVENT: &str = "an event without id or type";

pub(crate) fn no_time(value: &impl Display) -> String {
    format!("no time: {value}")
}

pub(crate) fn status(status: u16) -> String {
    format!("status {status}")
}
