//! `cargo xtask bench NAME`: how fast things are, beside others that do the same where there are any.
//!
//! It prints tables and says which bars are met. A machine's mood is no fault of the code, so nothing fails because it is slow.

mod jsonata;
mod language;

use crate::step::Failure;

const NAMES: &str = "jsonata, language";

/// Runs one comparison.
pub(crate) fn bench(arguments: &[String]) -> Result<(), Failure> {
    match arguments.first().map(String::as_str) {
        Some("jsonata") => jsonata::bench(),
        Some("language") => language::bench(),
        _ => Err(Failure::Other(format!("Say what to measure: {NAMES}."))),
    }
}
