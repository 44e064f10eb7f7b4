//! `statecraft convert`: a definition in the other notation, or in the other query language, on standard output.
//!
//! Between notations: the same values in the same order; numbers keep their form. Comments are lost on the way, since JSON
//! has none. [`jsonata`] leaves the notation as it is.

mod jsonata;

use super::{input, output};
use asl::check::bare_placeholders;
use asl::text::{Document, Format};
use std::path::PathBuf;
use std::process::ExitCode;

/// What `statecraft convert` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The order and the form of numbers stay; comments are lost, anchors and aliases are written out. A placeholder \
such as ${Timeout} stands in quotes in JSON, unless the field takes no text. To JSONata, everything that is not converted \
stays as it is written; what cannot be converted, or may act otherwise, is said on standard error. With --mocks, each of the \
machine's cases is run before and after, and what differs is said, too. Exits 0 when it is done, 1 when something could not \
be converted to JSONata or a case differs, 2 when the file could not be read or understood."
)]
pub(crate) struct ConvertArgs {
    /// The notation, or the query language, to write
    #[arg(long, value_enum)]
    to: Target,
    /// Convert this state alone (to JSONata)
    #[arg(long, value_name = "NAME")]
    state: Option<String>,
    /// Sample results to run both definitions with (to JSONata)
    #[arg(long, value_name = "FILE")]
    mocks: Option<PathBuf>,
    /// The input of these runs: JSON, or @FILE
    #[arg(
        long,
        value_name = "JSON|@FILE",
        default_value = "{}",
        requires = "mocks"
    )]
    input: String,
    /// The definition, JSON or YAML; `-` is standard input
    file: String,
}

/// What a definition is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Target {
    Json,
    Yaml,
    Jsonata,
}

/// Runs the subcommand.
#[expect(
    clippy::needless_pass_by_value,
    reason = "every subcommand takes its arguments by value"
)]
pub(crate) fn run(args: ConvertArgs) -> ExitCode {
    let notation = match args.to {
        Target::Json => Format::Json,
        Target::Yaml => Format::Yaml,
        Target::Jsonata => return jsonata::run(&args),
    };
    if args.state.is_some() || args.mocks.is_some() {
        eprintln!("statecraft convert: --state and --mocks go with --to jsonata only.");
        return ExitCode::from(2);
    }
    match converted(&args.file, notation) {
        Ok(text) if output::print("convert", &text) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(2),
        Err(message) => {
            eprintln!("statecraft convert: {message}");
            ExitCode::from(2)
        }
    }
}

fn converted(file: &str, to: Format) -> Result<String, String> {
    let document = input::definition(file)?;
    if !document.faults().is_empty() {
        let faults = input::faults(file, &document);
        return Err(format!("cannot convert what is broken:\n{faults}"));
    }
    Ok(write(&document, to))
}

fn write(document: &Document, to: Format) -> String {
    match to {
        Format::Yaml => document.to_yaml(),
        Format::Json => document.to_json(&bare_placeholders(document)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JSON: &str = r#"{
  "StartAt": "A",
  "TimeoutSeconds": ${Limit},
  "States": {
    "A": {
      "Type": "Task",
      "Resource": "${Function}",
      "Retry": [
        {
          "ErrorEquals": ["States.ALL"],
          "BackoffRate": 1.50
        }
      ],
      "End": true
    }
  }
}
"#;

    #[test]
    fn json_becomes_yaml_and_the_same_json_again() {
        let yaml = write(&Document::parse(JSON), Format::Yaml);
        let wanted = "StartAt: A\nTimeoutSeconds: ${Limit}\nStates:\n  A:\n    Type: Task\n    Resource: \"${Function}\"\n    Retry:\n      - ErrorEquals:\n          - States.ALL\n        BackoffRate: 1.50\n    End: true\n";
        assert_eq!(yaml, wanted);
        assert_eq!(write(&Document::parse_yaml(yaml), Format::Json), JSON);
    }

    #[test]
    fn placeholders_that_may_be_texts_get_quotes_in_json() {
        let yaml = JSON.replace("\"${Function}\"", "${Function}");
        assert_eq!(write(&Document::parse_yaml(yaml), Format::Json), JSON);
    }

    #[test]
    fn broken_files_are_not_converted() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        std::fs::write(&path, "a: [").unwrap();
        let message = converted(&path.to_string_lossy(), Format::Json).unwrap_err();
        assert!(message.contains("a.yaml:1:4: "), "{message}");
    }
}
