//! `cargo xtask bench NAME`: how fast things are, beside others that do the same where there are any.
//!
//! It prints tables and says which bars are met. A machine's mood is no fault of the code, so nothing fails because it is slow.

mod bar;
mod engine;
mod jsonata;
mod language;
mod layout;
mod peer;
mod studio;

use crate::step::Failure;

const NAMES: &str = "jsonata, language, engine, layout, studio";

/// Runs one comparison.
pub(crate) fn bench(arguments: &[String]) -> Result<(), Failure> {
    match arguments.first().map(String::as_str) {
        Some("jsonata") => jsonata::bench(),
        Some("language") => language::bench(),
        Some("layout") => layout::bench(),
        Some("engine") => engine::bench(arguments.get(1..).unwrap_or_default()),
        Some("studio") => studio::bench(arguments.get(1..).unwrap_or_default()),
        _ => Err(Failure::Other(format!("Say what to measure: {NAMES}."))),
    }
}
