//! `statecraft convert --to jsonata`: the new text on standard output, what there is to say about it on standard error.

use super::ConvertArgs;
use crate::command::{files, input, output};
use asl::convert::{Code, Conversion, Finding, Scenario, Scope, Severity, compare, to_jsonata};
use asl::definition::StateMachine;
use asl::text::{Document, Positions};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// A definition before and after.
struct Converted {
    name: String,
    before: Document,
    after: Document,
    conversion: Conversion,
}

pub(super) fn run(args: &ConvertArgs) -> ExitCode {
    let result = convert(&args.file, args.state.as_deref()).and_then(|converted| {
        let differences = match &args.mocks {
            Some(mocks) => converted.differences(mocks, &args.input)?,
            None => Vec::new(),
        };
        Ok((converted, differences))
    });
    let (converted, differences) = match result {
        Ok(done) => done,
        Err(message) => {
            eprintln!("statecraft convert: {message}");
            return ExitCode::from(2);
        }
    };
    converted
        .report()
        .chain(differences.iter().cloned())
        .for_each(|line| eprintln!("{line}"));
    if !output::print("convert", converted.after.text()) {
        return ExitCode::from(2);
    }
    if converted.is_whole() && differences.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    }
}

fn convert(file: &str, state: Option<&str>) -> Result<Converted, String> {
    let (name, before) = (input::display_name(file), input::definition(file)?);
    let scope = match state {
        None => Scope::Machine,
        Some(state) => Scope::named(&before, state)
            .ok_or_else(|| format!("{name} has no state \"{state}\"."))?,
    };
    let conversion = to_jsonata(&before, &scope);
    let unreadable = conversion
        .findings
        .iter()
        .filter(|finding| finding.code == Code::Unreadable);
    let positions = Positions::new(before.text().clone());
    let unreadable: Vec<_> = unreadable
        .map(|finding| line(&name, &positions, finding))
        .collect();
    if !unreadable.is_empty() {
        return Err(format!(
            "the definition cannot be understood:\n{}",
            unreadable.join("\n")
        ));
    }
    let after = before
        .apply(&conversion.edits)
        .map_err(|error| error.to_string())?;
    Ok(Converted {
        name,
        before,
        after,
        conversion,
    })
}

impl Converted {
    fn is_whole(&self) -> bool {
        let errors = |finding: &Finding| finding.severity() == Severity::Error;
        !self.conversion.findings.iter().any(errors)
    }

    /// The findings, one in a line.
    fn report(&self) -> impl Iterator<Item = String> {
        let positions = Positions::new(self.before.text().clone());
        let findings = self.conversion.findings.iter();
        findings.map(move |finding| line(&self.name, &positions, finding))
    }

    /// How the cases of a mock file go otherwise, one in a line.
    fn differences(&self, mocks: &Path, input: &str) -> Result<Vec<String>, String> {
        let config = files::mocks(mocks)?;
        let input = files::input(input)?;
        let input = serde_json::from_str(&input).map_err(|error| error.to_string())?;
        let (before, after) = (machine(&self.before)?, machine(&self.after)?);
        let wanted = files::machine_name(Path::new(&self.name));
        let name = files::machine_in(&config, &wanted)
            .ok_or_else(|| format!("{} has no cases for \"{wanted}\"", mocks.display()))?;
        let cases = config.cases(name).into_iter();
        let scenarios = cases.filter_map(|case| {
            Some(Scenario {
                case: config.case(name, &case)?,
                name: case,
                input: serde_json::Value::clone(&input),
            })
        });
        let scenarios: Vec<_> = scenarios.collect();
        let found = compare(&before, &after, &scenarios).into_iter();
        Ok(found
            .map(|difference| format!("case {difference}"))
            .collect())
    }
}

fn machine(document: &Document) -> Result<Arc<StateMachine>, String> {
    let errors = match StateMachine::build(document) {
        Ok(machine) => return Ok(Arc::new(machine)),
        Err(errors) => errors,
    };
    let errors: Vec<_> = errors.iter().map(ToString::to_string).collect();
    Err(errors.join("; "))
}

fn line(name: &str, positions: &Positions, finding: &Finding) -> String {
    let place = positions.line_column(finding.span.start);
    let severity = match finding.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    let (line, column, code) = (place.line, place.column, finding.code.name());
    format!(
        "{name}:{line}:{column}: {severity}: {} [{code}]",
        finding.message
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const MACHINE: &str = "{\n  \"StartAt\": \"A\",\n  \"States\": {\n    \"A\": {\"Type\": \"Pass\", \"OutputPath\": \"$.a\", \"Next\": \"B\"},\n    \
                           \"B\": {\"Type\": \"Pass\", \"InputPath\": \"$..[0]\", \"End\": true}\n  }\n}\n";

    fn file(folder: &tempfile::TempDir, name: &str, text: &str) -> String {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_string_lossy().into_owned()
    }

    #[test]
    fn what_cannot_be_converted_is_said_with_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let converted = convert(&file(&folder, "m.asl.json", MACHINE), None).unwrap();
        assert!(!converted.is_whole());
        let report: Vec<_> = converted.report().collect();
        assert!(
            report
                .iter()
                .any(|line| line.contains("m.asl.json:5:27: error: \"B\" stays in JSONPath")),
            "{report:?}"
        );
        assert!(
            converted
                .after
                .text()
                .contains("\"Output\": \"{% $states.input.a %}\"")
        );
    }

    #[test]
    fn one_state_is_converted_by_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let file = file(&folder, "m.asl.json", MACHINE);
        let converted = convert(&file, Some("A")).unwrap();
        assert!(converted.is_whole());
        assert!(
            converted
                .after
                .text()
                .contains("\"QueryLanguage\": \"JSONata\"")
        );
        assert!(convert(&file, Some("C")).is_err_and(|message| message.contains("no state \"C\"")));
    }

    #[test]
    fn cases_that_go_otherwise_are_said() {
        let folder = tempfile::tempdir().unwrap();
        let text = MACHINE.replace("$..[0]", "$.list[*]");
        let converted = convert(&file(&folder, "m.asl.json", &text), None).unwrap();
        let mocks =
            r#"{"StateMachines": {"m": {"TestCases": {"Only": {}}}}, "MockedResponses": {}}"#;
        let mocks = file(&folder, "mocks.json", mocks);
        let differences = |input| converted.differences(Path::new(&mocks), input).unwrap();
        assert_eq!(
            differences(r#"{"a": {"list": [1, 2]}}"#),
            Vec::<String>::new()
        );
        assert_eq!(differences(r#"{"a": {"list": {"x": 1}}}"#).len(), 1);
    }

    #[test]
    fn a_definition_that_cannot_be_understood_is_not_converted() {
        let folder = tempfile::tempdir().unwrap();
        let message = convert(&file(&folder, "m.json", "{\"StartAt\": \"A\"}"), None)
            .err()
            .unwrap();
        assert!(message.contains("cannot be understood"), "{message}");
    }
}
