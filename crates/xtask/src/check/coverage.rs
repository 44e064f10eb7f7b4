//! That `tests/studio/COVERAGE.md` is true: each row of the reference that it answers for has one line, and each test that
//! a line names is there.

use super::shared;
use crate::paths;
use crate::step::{Failure, read};
use std::collections::BTreeSet;
use std::path::Path;

/// What a line begins with when a row has no test.
const REASON: &str = "Not shown:";

/// A line of the table: the row's id, and what shows it.
struct Line<'t> {
    id: &'t str,
    evidence: &'t str,
}

/// Judges the file.
pub(crate) fn check() -> Result<(), Failure> {
    let text = text_of(&paths::root().join("tests/studio/COVERAGE.md"))?;
    let lines: Vec<Line<'_>> = text.lines().filter_map(line).collect();
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for line in &lines {
        if !seen.insert(line.id) {
            faults.push(format!("{} stands twice", line.id));
        }
        faults.extend(line.faults()?);
    }
    let reference = shared().join("reference/feature-map.md");
    if reference.exists() {
        let rows = rows(&text_of(&reference)?);
        let missing = rows.iter().filter(|row| !seen.contains(row.as_str()));
        faults.extend(missing.map(|row| format!("{row} has no line")));
    }
    if faults.is_empty() {
        return Ok(());
    }
    Err(Failure::Other(format!(
        "tests/studio/COVERAGE.md: {}",
        faults.join("\n")
    )))
}

fn text_of(path: &Path) -> Result<String, Failure> {
    Ok(String::from_utf8_lossy(&read(path)?).into_owned())
}

/// `| WS-01 | what | evidence |`
fn line(text: &str) -> Option<Line<'_>> {
    let mut cells = text.strip_prefix('|')?.split('|').map(str::trim);
    let id = cells.next().filter(|id| is_row(id))?;
    let evidence = cells.nth(1)?;
    Some(Line { id, evidence })
}

fn is_row(id: &str) -> bool {
    ["WS-", "WANT-"].iter().any(|kind| {
        let number = id.strip_prefix(kind);
        let is_number = |number: &str| number.bytes().all(|byte| byte.is_ascii_digit());
        number.is_some_and(|number| !number.is_empty() && is_number(number))
    })
}

/// The rows of the reference: those of its tables that begin with an id of ours.
fn rows(reference: &str) -> BTreeSet<String> {
    let ids = reference.lines().filter_map(|text| {
        let cell = text.strip_prefix('|')?.split('|').next()?.trim();
        is_row(cell).then(|| cell.to_owned())
    });
    ids.collect()
}

impl Line<'_> {
    fn faults(&self) -> Result<Vec<String>, Failure> {
        if let Some(reason) = self.evidence.strip_prefix(REASON) {
            let is_said = !reason.trim().is_empty();
            return Ok((!is_said)
                .then(|| format!("{} says no reason", self.id))
                .into_iter()
                .collect());
        }
        let mut faults = Vec::new();
        for proof in self.evidence.split(" · ") {
            if !is_there(proof)? {
                faults.push(format!("{}: there is no test {proof}", self.id));
            }
        }
        Ok(faults)
    }
}

/// Whether `file: name of a test` is true. Files are named from the root of the project, or stand in `tests/browser`.
fn is_there(proof: &str) -> Result<bool, Failure> {
    let Some((file, name)) = proof.split_once(": ") else {
        return Ok(false);
    };
    let path = [Path::new("tests/browser"), Path::new("")]
        .iter()
        .map(|folder| paths::root().join(folder).join(file))
        .find(|path| path.is_file());
    let Some(path) = path else { return Ok(false) };
    Ok(has_test(&text_of(&path)?, name))
}

/// How an attribute begins that keeps a test from running.
const IGNORED: &str = concat!("#[", "ignore");

/// Whether a text has a test of this name: `test("name", …` in JavaScript; in Rust a function under `#[test]` whose name has
/// underscores for blanks and hyphens.
fn has_test(text: &str, name: &str) -> bool {
    if text.contains(&format!("test(\"{name}\",")) {
        return true;
    }
    let function = format!("fn {}(", name.replace([' ', '-'], "_"));
    let mut is_test = false;
    text.lines().map(str::trim).any(|line| {
        if line.starts_with(&function) && is_test {
            return true;
        }
        // Other attributes and comments may stand between the two; a test that does not run shows nothing.
        let between = line.starts_with("#[") || line.starts_with("//");
        is_test = line == "#[test]" || is_test && between && !line.starts_with(IGNORED);
        false
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_row_of_the_table_with_an_id() {
        let found = line("| WS-01 | Modes | a.test.mjs: it works |").unwrap();
        assert_eq!(
            (found.id, found.evidence),
            ("WS-01", "a.test.mjs: it works")
        );
        assert!(line("| row | what | shown by |").is_none());
        assert!(line("| WS-1x | what | shown by |").is_none());
        assert!(line("| WS- | what | shown by |").is_none());
    }

    #[test]
    fn the_rows_of_the_reference_are_those_with_an_id() {
        let found = rows("| WS-01 | a |\n| ASL-1 | b |\ntext WANT-02\n| WANT-02 | c | d |");
        assert_eq!(
            found,
            BTreeSet::from(["WS-01".to_owned(), "WANT-02".to_owned()])
        );
    }

    #[test]
    fn a_test_is_known_by_its_whole_name() {
        let script = "test(\"it works well\", async () => {\nlatest(\"it rests\");";
        assert!(has_test(script, "it works well"));
        assert!(!has_test(script, "it works"));
        let rust = "#[test]\n// Slow.\nfn it_works() {}\n\nfn it_helps() {}";
        assert!(has_test(rust, "it works"));
        assert!(!has_test(rust, "it helps"));
        let asleep = format!("#[test]\n{IGNORED}]\nfn it_rests() {{}}");
        assert!(!has_test(&asleep, "it rests"));
    }

    #[test]
    fn a_test_that_is_not_there_and_a_reason_that_is_not_said_are_faults() {
        let faults = |evidence| {
            Line {
                id: "WS-01",
                evidence,
            }
            .faults()
            .unwrap()
        };
        assert_eq!(faults("none.test.mjs: nothing").len(), 1);
        assert_eq!(faults("Not shown: ").len(), 1);
        assert!(faults("Not shown: it needs AWS").is_empty());
    }
}
