//! `statecraft convert`: a definition in the other notation, on standard output.
//!
//! The same values in the same order; numbers keep their form. Comments are lost on the way, since JSON has none.

use super::{input, output};
use asl::check::bare_placeholders;
use asl::text::Document;
use std::process::ExitCode;

/// What `statecraft convert` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The order and the form of numbers stay; comments are lost, anchors and aliases are written out. A placeholder \
such as ${Timeout} stands in quotes in JSON, unless the field takes no text. Exits 0 when it is done, 2 when the file \
could not be read or understood."
)]
pub(crate) struct ConvertArgs {
    /// The notation to write
    #[arg(long, value_parser = ["json", "yaml"])]
    to: String,
    /// The definition, JSON or YAML; `-` is standard input
    file: String,
}

/// Runs the subcommand.
#[expect(
    clippy::needless_pass_by_value,
    reason = "every subcommand takes its arguments by value"
)]
pub(crate) fn run(args: ConvertArgs) -> ExitCode {
    match converted(&args.file, &args.to) {
        Ok(text) if output::print("convert", &text) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(2),
        Err(message) => {
            eprintln!("statecraft convert: {message}");
            ExitCode::from(2)
        }
    }
}

fn converted(file: &str, to: &str) -> Result<String, String> {
    let document = input::definition(file)?;
    if !document.faults().is_empty() {
        let faults = input::faults(file, &document);
        return Err(format!("cannot convert what is broken:\n{faults}"));
    }
    Ok(write(&document, to))
}

fn write(document: &Document, to: &str) -> String {
    if to == "yaml" {
        document.to_yaml()
    } else {
        document.to_json(&bare_placeholders(document))
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
        let yaml = write(&Document::parse(JSON), "yaml");
        let wanted = "StartAt: A\nTimeoutSeconds: ${Limit}\nStates:\n  A:\n    Type: Task\n    Resource: \"${Function}\"\n    Retry:\n      - ErrorEquals:\n          - States.ALL\n        BackoffRate: 1.50\n    End: true\n";
        assert_eq!(yaml, wanted);
        assert_eq!(write(&Document::parse_yaml(yaml), "json"), JSON);
    }

    #[test]
    fn placeholders_that_may_be_texts_get_quotes_in_json() {
        let yaml = JSON.replace("\"${Function}\"", "${Function}");
        assert_eq!(write(&Document::parse_yaml(yaml), "json"), JSON);
    }

    #[test]
    fn broken_files_are_not_converted() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        std::fs::write(&path, "a: [").unwrap();
        let message = converted(&path.to_string_lossy(), "json").unwrap_err();
        assert!(message.contains("a.yaml:1:4: "), "{message}");
    }
}
