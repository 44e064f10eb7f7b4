//! The documentation pages of the codes, compiled in: what a finding means, why it matters, a wrong and a right example.
//!
//! Nothing in a check reads them, so that a program which does not explain (the studio) does not carry them.

use super::MachineType;
use crate::text::Format;

/// The page of a code: Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// The code.
    pub code: &'static str,
    /// The whole page.
    pub text: &'static str,
}

/// A definition in a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example {
    /// The definition.
    pub text: &'static str,
    /// How it is written.
    pub format: Format,
    /// What kind of machine it is for.
    pub machine_type: MachineType,
}

macro_rules! pages {
    ($($code:literal)*) => {
        &[$(Page { code: $code, text: include_str!(concat!("pages/", $code, ".md")) },)*]
    };
}

/// All pages, by code.
static PAGES: &[Page] = pages![
    "ALWAYS_TRUE"
    "ARGUMENT_COUNT"
    "BLANKS_OUTSIDE_BRACES"
    "CAPPED_DELAY"
    "CONCURRENCY_LIMIT"
    "DEFINITION_TOO_LONG"
    "DUPLICATE_KEY"
    "DUPLICATE_LABEL"
    "DUPLICATE_STATE_NAME"
    "EMPTY_DEFINITION"
    "EMPTY_ITEM_BATCHER"
    "ENDLESS_LOOP"
    "EXCLUSIVE_FIELDS"
    "GROWING_PAYLOAD"
    "HEARTBEAT_TOO_LONG"
    "IDLE_RETRIER"
    "IMPOSSIBLE_ERROR"
    "INVALID_CHOICE_RULE"
    "INVALID_EXPRESSION"
    "INVALID_ITEM_READER"
    "INVALID_JSON"
    "INVALID_LABEL"
    "INVALID_PATH"
    "INVALID_STATE_NAME"
    "INVALID_TEMPLATE"
    "INVALID_VARIABLE_NAME"
    "INVALID_YAML"
    "JSONATA_HABIT"
    "JSONPATH_HABIT"
    "LANGUAGE_DOWNGRADE"
    "MISPLACED_STATES_ALL"
    "MISSING_ARGUMENTS"
    "MISSING_FIELD"
    "MISSING_NEXT"
    "MISSING_PATH"
    "MISSING_ROLE_ARN"
    "MISSING_WAIT_TIME"
    "NEVER_TRUE"
    "NEXT_AND_END"
    "NOT_AN_OBJECT"
    "NOT_IN_EXPRESS"
    "NO_CREDENTIALS_HERE"
    "NO_DOLLAR"
    "NO_EXECUTION_TYPE_HERE"
    "NO_PATH"
    "NO_PROCESSOR"
    "NO_RESULT_WRITER"
    "NO_STATES_MEMBER"
    "NO_TASK_TOKEN"
    "NO_TERMINAL_STATE"
    "NO_TIMEOUT"
    "ONLY_IN_DISTRIBUTED_MAP"
    "OPEN_EXPRESSION"
    "PASS_RESULT_IS_STATIC"
    "PAYLOAD_TOO_LARGE"
    "SECRET"
    "SHADOWED_HANDLER"
    "SHADOWED_RULE"
    "TOO_DEEPLY_NESTED"
    "TOP_LEVEL_REFERENCE"
    "UNKNOWN_ERROR_NAME"
    "UNKNOWN_FIELD"
    "UNKNOWN_FUNCTION"
    "UNKNOWN_RESOURCE"
    "UNKNOWN_TARGET"
    "UNKNOWN_VARIABLE"
    "UNREACHABLE_STATE"
    "UNUSED_VARIABLE"
    "VARIABLE_OF_OUTER_BLOCK"
    "WRONG_QUERY_LANGUAGE"
    "WRONG_VALUE"
    "ZERO_SECONDS"
];

/// The page of a code, capitals or not; none for a code that does not exist.
pub fn explain(code: &str) -> Option<Page> {
    PAGES
        .iter()
        .find(|page| page.code.eq_ignore_ascii_case(code))
        .copied()
}

/// All pages, by code.
pub fn pages() -> &'static [Page] {
    PAGES
}

impl Page {
    /// What the finding is called.
    pub fn title(&self) -> &'static str {
        let first = self.text.lines().next().unwrap_or_default();
        first.trim_start_matches("# ")
    }
    /// What it means and why it matters, without the examples.
    pub fn meaning(&self) -> &'static str {
        let rest = self.text.split_once("\n\n").map_or("", |(_, rest)| rest);
        rest.split_once("\n\nWrong:")
            .map_or(rest, |(meaning, _)| meaning)
    }
    /// An example that has the finding.
    pub fn wrong(&self) -> Option<Example> {
        self.example(0)
    }
    /// The same without it.
    pub fn right(&self) -> Option<Example> {
        self.example(1)
    }

    fn example(&self, index: usize) -> Option<Example> {
        let fenced = self.text.split("```").nth(2 * index + 1)?;
        let (words, text) = fenced.split_once('\n')?;
        let format = match words {
            "yaml" => Format::Yaml,
            _ => Format::Json,
        };
        let machine_type = match words {
            "json express" => MachineType::Express,
            _ => MachineType::Standard,
        };
        Some(Example {
            text,
            format,
            machine_type,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Example, Page, explain, pages};
    use crate::check::{Diagnostic, check};
    use crate::text::Document;
    use std::collections::BTreeSet;

    /// Two examples would be too long to be read; their `…` stands for more of the same.
    fn written_out(page: Page, example: Example) -> String {
        match page.code {
            "PAYLOAD_TOO_LARGE" => example.text.replace('…', &"x".repeat(300_000)),
            "DEFINITION_TOO_LONG" => example.text.replace('…', &"x".repeat(1_100_000)),
            "TOO_DEEPLY_NESTED" if example.text.contains('…') => nested(100),
            _ => example.text.to_owned(),
        }
    }

    fn nested(depth: usize) -> String {
        let open = |index: usize| {
            format!(
                r#"{{"StartAt":"S{index}","States":{{"S{index}":{{"Type":"Map","End":true,"ItemProcessor":"#
            )
        };
        let head: String = (0..depth).map(open).collect();
        let end = r#"{"StartAt":"X","States":{"X":{"Type":"Succeed"}}}"#;
        format!("{head}{end}{}", "}}}".repeat(depth))
    }

    fn document(page: Page, example: Example) -> Document {
        Document::parse_as(written_out(page, example), example.format)
    }

    fn found(page: Page, example: Example) -> Vec<Diagnostic> {
        check(&document(page, example), example.machine_type)
    }

    #[test]
    fn a_wrong_example_has_the_finding_and_a_right_one_has_none() {
        for page in pages() {
            let (wrong, right) = (page.wrong().unwrap(), page.right().unwrap());
            let codes: Vec<_> = found(*page, wrong)
                .iter()
                .map(|finding| finding.code)
                .collect();
            assert!(codes.contains(&page.code), "{}: {codes:?}", page.code);
            let left = found(*page, right);
            assert_eq!(left, [], "{}", page.code);
        }
    }

    #[test]
    fn a_fix_removes_its_finding_and_adds_none() {
        for page in pages() {
            let wrong = page.wrong().unwrap();
            let before = found(*page, wrong);
            for finding in before.iter().filter(|finding| finding.code == page.code) {
                let Some(fix) = &finding.fix else { continue };
                let mended = document(*page, wrong).apply(&fix.edits).unwrap();
                let after = check(&mended, wrong.machine_type);
                let left = |found: &[Diagnostic]| {
                    found.iter().filter(|left| left.code == page.code).count()
                };
                assert!(left(&after) < left(&before), "{}: {after:?}", page.code);
                // A text that could not be read is looked at for the first time.
                if page.code == "EMPTY_DEFINITION" {
                    continue;
                }
                let known: BTreeSet<_> = before.iter().map(|finding| finding.code).collect();
                assert!(
                    after.iter().all(|finding| known.contains(finding.code)),
                    "{}: {after:?}",
                    page.code
                );
            }
        }
    }

    #[test]
    fn pages_have_a_title_a_meaning_and_a_source() {
        for page in pages() {
            assert!(
                page.text.starts_with("# ") && !page.title().ends_with('.'),
                "{}",
                page.code
            );
            assert!(
                page.meaning().ends_with('.') && page.meaning().len() > 80,
                "{}",
                page.code
            );
            assert!(page.text.contains("\nSource: "), "{}", page.code);
        }
        assert!(pages().is_sorted_by_key(|page| page.code));
        assert_eq!(explain("missing_next"), explain("MISSING_NEXT"));
        assert_eq!(explain("NOTHING"), None);
    }

    /// The rules name their codes where they make a finding.
    #[test]
    fn every_code_in_the_rules_has_a_page() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check/rules");
        let mut codes = BTreeSet::new();
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.is_dir() {
                continue;
            }
            let text = std::fs::read_to_string(path).unwrap();
            for start in [
                "Diagnostic::error(",
                "Diagnostic::warning(",
                "Diagnostic::hint(",
            ] {
                for rest in text.split(start).skip(1) {
                    let code = rest
                        .trim_start()
                        .strip_prefix('"')
                        .and_then(|rest| rest.split('"').next());
                    codes.extend(code.map(str::to_owned));
                }
            }
        }
        // Those that are handed on to the function that makes the finding.
        for code in [
            "INVALID_JSON",
            "INVALID_YAML",
            "MISSING_FIELD",
            "NEVER_TRUE",
            "SHADOWED_RULE",
            "ALWAYS_TRUE",
        ] {
            codes.insert(code.to_owned());
        }
        let explained: BTreeSet<String> = pages().iter().map(|page| page.code.to_owned()).collect();
        assert_eq!(codes, explained);
    }
}
