//! The page of a code, and which codes there are.

use crate::command::output;
use asl::check::{explain, pages};
use std::process::ExitCode;

/// Prints the page; an unknown code is misuse.
pub(super) fn run(code: &str) -> ExitCode {
    match page(code) {
        Ok(text) if output::print("check", text) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(2),
        Err(message) => {
            eprintln!("statecraft check: {message}");
            ExitCode::from(2)
        }
    }
}

/// The page of a code. The error is a whole sentence that names the codes.
pub(super) fn page(code: &str) -> Result<&'static str, String> {
    if let Some(page) = explain(code) {
        return Ok(page.text);
    }
    let known: Vec<&str> = pages().iter().map(|page| page.code).collect();
    Err(format!(
        "there is no code {code}. The codes are {}.",
        known.join(", ")
    ))
}
