//! Findings for people: place, message, the line with a caret, and the fix.

use super::Checked;
use asl::check::{Diagnostic, Severity};
use asl::text::LineColumn;
use std::fmt::Write;

/// A longer line is shown in part.
const WIDEST: usize = 110;

/// Findings of all files, and a line that sums them up.
pub(super) fn report(checked: &[Checked]) -> String {
    let mut out = String::new();
    for file in checked {
        for finding in &file.found {
            // Writing to a String cannot fail.
            let _ = write_finding(&mut out, file, finding);
        }
    }
    if !checked.is_empty() {
        out.push_str(&summary(checked));
    }
    out
}

fn write_finding(out: &mut String, file: &Checked, finding: &Diagnostic) -> std::fmt::Result {
    let place = file.positions.line_column(finding.span.start);
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    };
    writeln!(
        out,
        "{}:{}:{}: {severity}: {} [{}]",
        file.name, place.line, place.column, finding.message, finding.code
    )?;
    write_source(out, file, finding, place)?;
    if let Some(fix) = &finding.fix {
        writeln!(out, "      = fix: {}", fix.label)?;
    }
    out.push('\n');
    Ok(())
}

fn write_source(
    out: &mut String,
    file: &Checked,
    finding: &Diagnostic,
    place: LineColumn,
) -> std::fmt::Result {
    let line: Vec<char> = file.positions.line_text(place.line - 1).chars().collect();
    let column = (place.column - 1).min(line.len());
    let end = file.positions.line_column(finding.span.end);
    let last = if end.line == place.line {
        (end.column - 1).min(line.len())
    } else {
        line.len()
    };
    let from = if line.len() > WIDEST {
        column.saturating_sub(WIDEST / 3)
    } else {
        0
    };
    let to = line.len().min(from + WIDEST);
    let shown: String = line.iter().skip(from).take(to - from).collect();
    let (before, after) = (
        if from > 0 { "…" } else { "" },
        if to < line.len() { "…" } else { "" },
    );
    // Tabs stay tabs, so that the caret stands below its character however wide they are.
    let blanks = line.iter().skip(from).take(column - from);
    let padding: String = blanks
        .map(|c| if *c == '\t' { '\t' } else { ' ' })
        .collect();
    let carets = "^".repeat(last.min(to).saturating_sub(column).max(1));
    let shift = if before.is_empty() { "" } else { " " };
    writeln!(out, "{:>5} | {before}{shown}{after}", place.line)?;
    writeln!(out, "      | {shift}{padding}{carets}")
}

fn summary(checked: &[Checked]) -> String {
    let count = |severity| {
        checked
            .iter()
            .map(|file| file.count(severity))
            .sum::<usize>()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let hints = count(Severity::Hint);
    let files = plural(checked.len(), "file");
    if errors + warnings + hints == 0 {
        return format!("{files} checked, nothing found.\n");
    }
    let (errors, warnings) = (plural(errors, "error"), plural(warnings, "warning"));
    match hints {
        0 => format!("{files} checked: {errors}, {warnings}.\n"),
        hints => format!(
            "{files} checked: {errors}, {warnings}, {}.\n",
            plural(hints, "hint")
        ),
    }
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}
