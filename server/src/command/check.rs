//! `statecraft check`: diagnostics for definitions.
//!
//! Reads files and writes what [`asl::check`] finds; judges nothing itself.

mod batch;
mod explain;
mod json;
mod sarif;
#[cfg(test)]
mod tests;
mod text;

use super::{input, output};
use asl::check::{Diagnostic, MachineType, Severity, check};
use asl::text::{Document, Positions};
use std::process::ExitCode;

/// What `statecraft check` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exits 0 when AWS would accept every definition, warnings or not; 1 when it would refuse one; \
2 when something could not be read. With --batch, exits 0 once every line is answered."
)]
pub(crate) struct CheckArgs {
    /// Definitions to check, JSON or YAML; `-` is standard input
    #[arg(required_unless_present_any = ["batch", "explain"])]
    files: Vec<String>,
    /// What kind of machine they are checked for
    #[arg(long = "type", value_parser = ["standard", "express"], ignore_case = true, default_value = "standard")]
    machine_type: String,
    /// How the findings are written
    #[arg(long, value_parser = ["text", "json", "sarif"], default_value = "text")]
    format: String,
    /// Read JSON lines `{"id", "definition", "type"}` and write `{"id", "valid", "diagnostics"}` for each
    #[arg(long)]
    batch: bool,
    /// Print the page of a code: what the finding means, why it matters, a wrong and a right example
    #[arg(long, value_name = "CODE", conflicts_with_all = ["batch", "files"])]
    explain: Option<String>,
}

/// A definition and what was found in it.
struct Checked {
    name: String,
    document: Document,
    positions: Positions,
    found: Vec<Diagnostic>,
}

impl Checked {
    fn new(name: String, document: Document, machine_type: MachineType) -> Self {
        let positions = Positions::new(document.text().clone());
        let found = check(&document, machine_type);
        Self {
            name,
            document,
            positions,
            found,
        }
    }
    /// Whether AWS would accept it.
    fn is_valid(&self) -> bool {
        self.count(Severity::Error) == 0
    }
    fn count(&self, severity: Severity) -> usize {
        self.found
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    }
}

/// Runs the subcommand.
#[expect(
    clippy::needless_pass_by_value,
    reason = "every subcommand takes its arguments by value"
)]
pub(crate) fn run(args: CheckArgs) -> ExitCode {
    let machine_type = machine_type(&args.machine_type).unwrap_or_default();
    if let Some(code) = &args.explain {
        return explain::run(code);
    }
    if args.batch {
        return batch::run(&args.files, machine_type);
    }
    let mut failed = false;
    let mut checked = Vec::new();
    for file in &args.files {
        match input::definition(file) {
            Ok(document) => {
                let name = input::display_name(file);
                checked.push(Checked::new(name, document, machine_type));
            }
            Err(message) => {
                failed = true;
                eprintln!("statecraft check: {message}");
            }
        }
    }
    let report = match args.format.as_str() {
        "json" => json::report(&checked),
        "sarif" => sarif::report(&checked),
        _ => text::report(&checked),
    };
    let written = output::print("check", &report);
    let refused = checked.iter().any(|checked| !checked.is_valid());
    match (failed || !written, refused) {
        (true, _) => ExitCode::from(2),
        (false, true) => ExitCode::from(1),
        (false, false) => ExitCode::SUCCESS,
    }
}

fn machine_type(name: &str) -> Option<MachineType> {
    match name.to_ascii_lowercase().as_str() {
        "standard" => Some(MachineType::Standard),
        "express" => Some(MachineType::Express),
        _ => None,
    }
}
