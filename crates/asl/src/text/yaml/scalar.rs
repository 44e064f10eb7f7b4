//! Texts as YAML scalars.

use super::schema;
use crate::text::NodeKind;
use std::fmt::Write;

/// Where a text is to stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// Where the lines of a block scalar begin.
    pub(super) column: usize,
    /// How much that is more than where the collection around it begins; 1 to 9.
    pub(super) unit: usize,
    /// Whether a block scalar may stand there.
    pub(super) blocks: bool,
}

/// The name of a member.
pub(super) fn name(text: &str) -> String {
    if is_plain(text) {
        text.to_owned()
    } else {
        double_quoted(text)
    }
}

/// A placeholder outside quotes.
pub(super) fn placeholder(text: &str) -> String {
    match schema::resolve(text) {
        NodeKind::Placeholder(_) => text.to_owned(),
        _ => double_quoted(text),
    }
}

/// A text as a value, in the form that is read most easily.
pub(super) fn text(text: &str, room: Room) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    if room.blocks && wants_block(text) {
        return literal(text, room);
    }
    let is_escaped = text.contains(['"', '\\']);
    if is_escaped && text.chars().all(is_printable) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    double_quoted(text)
}

/// Whether a text of several lines, or a JSONata expression with both kinds of quotes, can be a block scalar.
fn wants_block(text: &str) -> bool {
    let expression = text.starts_with("{%") && text.contains('\'') && text.contains(['"', '\\']);
    let content = text.trim_end_matches('\n');
    let mut lines = content.split('\n');
    (expression || text.contains('\n'))
        && !content.is_empty()
        && content
            .chars()
            .all(|c| c == '\n' || c == '\t' || is_printable(c))
        && lines.all(|line| {
            let is_blank = line.trim_matches([' ', '\t']).is_empty();
            !line.starts_with('\t') && (line.is_empty() || !is_blank)
        })
}

/// A block scalar that keeps every line as it is.
fn literal(text: &str, room: Room) -> String {
    let content = text.trim_end_matches('\n');
    let breaks = text.len() - content.len();
    let first = content.trim_start_matches('\n');
    let mut out = String::from("|");
    if first.starts_with(' ') {
        // Writing to a String cannot fail.
        let _ = write!(out, "{}", room.unit);
    }
    out.push_str(match breaks {
        0 => "-",
        1 => "",
        _ => "+",
    });
    for line in content.split('\n') {
        out.push('\n');
        if !line.is_empty() {
            out.extend(std::iter::repeat_n(' ', room.column));
            out.push_str(line);
        }
    }
    out.extend(std::iter::repeat_n('\n', breaks.saturating_sub(1)));
    out
}

/// Whether a text means itself without quotes, to readers of YAML 1.1 as well.
fn is_plain(text: &str) -> bool {
    let mut characters = text.chars();
    let Some(first) = characters.next() else {
        return false;
    };
    let begins = match first {
        '-' => characters.next().is_some_and(|c| c.is_ascii_alphanumeric()),
        c => !"?:,[]{}#&*!|>'\"%@`=".contains(c),
    };
    begins
        && text.chars().all(is_printable)
        && !text.starts_with(' ')
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.starts_with("...")
        && matches!(schema::resolve(text), NodeKind::String(_))
        && !is_ambiguous(text)
}

/// Whether YAML 1.1, which SAM and CloudFormation read, takes a plain text for something else.
fn is_ambiguous(text: &str) -> bool {
    const WORDS: [&str; 11] = [
        "y", "yes", "n", "no", "on", "off", "true", "false", "null", "<<", "=",
    ];
    if WORDS.iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return true;
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let lower = unsigned.to_ascii_lowercase();
    let is_special = matches!(lower.as_str(), ".inf" | ".nan");
    let is_based = lower.starts_with("0x") || lower.starts_with("0b") || lower.starts_with("0o");
    let begins = unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    let is_digits = lower
        .chars()
        .all(|c| c.is_ascii_digit() || "_.:e+-".contains(c));
    let points = lower.matches('.').count();
    let is_number = begins && is_digits && (points < 2 || lower.contains(':'));
    is_special || is_based || is_number || is_date(text)
}

/// `2024-01-31` and what begins like it.
fn is_date(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits == 4 && text.as_bytes().get(4) == Some(&b'-')
}

/// Whether a character may stand in a scalar of one line as it is. Some that YAML allows, editors do not show.
fn is_printable(c: char) -> bool {
    match c {
        ' '..='~' | '\u{a0}'..='\u{2027}' | '\u{202a}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}' => {
            true
        }
        c => c > '\u{ffff}',
    }
}

/// JSON, with the characters escaped that YAML does not show. They can stand in its texts only.
pub(super) fn printable(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if is_printable(c) || c == '\n' {
            out.push(c);
        } else {
            escape(&mut out, c);
        }
    }
    out
}

/// What is not printable has at most four digits.
fn escape(out: &mut String, c: char) {
    // Writing to a String cannot fail.
    let _ = write!(out, "\\u{:04x}", u32::from(c));
}

fn double_quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if is_printable(c) => out.push(c),
            c => escape(&mut out, c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: &str) -> String {
        let room = Room {
            column: 4,
            unit: 2,
            blocks: true,
        };
        text(value, room)
    }

    #[test]
    fn quotes_stand_exactly_where_they_are_needed() {
        for plain in [
            "A",
            "$.a.b",
            "arn:aws:states:::lambda:invoke",
            "States.Format('x {}', $.a)",
            "10.0.0.1",
            "a#b",
            "it's",
            "x${A}",
            "-x",
            "Ja, nein",
            "é😀",
        ] {
            assert_eq!(written(plain), plain);
        }
        for quoted in [
            "",
            " a",
            "a ",
            "a: b",
            "a:",
            "a #b",
            "- a",
            "-",
            "? a",
            "{a}",
            "[a",
            "&a",
            "*a",
            "!a",
            "|",
            ">",
            "%a",
            "@a",
            "`a",
            "true",
            "Yes",
            "no",
            "ON",
            "null",
            "~",
            "1",
            "1.5",
            "0x1F",
            "1_000",
            "12:30:45",
            "2024-01-31",
            "2024-01-31T09:00:00Z",
            ".inf",
            "<<",
            "=",
            "${A}",
            "...",
            "---",
            "# a",
            ",a",
        ] {
            assert_eq!(written(quoted), format!("\"{quoted}\""));
        }
        assert_eq!(written("'a"), "\"'a\"");
        assert_eq!(written("\"a\""), "'\"a\"'");
        assert_eq!(written("{\"a\": '\\'}"), "'{\"a\": ''\\''}'");
        assert_eq!(written("a\u{7}\u{2028}"), "\"a\\u0007\\u2028\"");
    }

    #[test]
    fn several_lines_are_a_block() {
        assert_eq!(written("a\n  b\n\nc\n"), "|\n    a\n      b\n\n    c");
        assert_eq!(written("a\nb"), "|-\n    a\n    b");
        assert_eq!(written(" a\nb\n\n"), "|2+\n     a\n    b\n");
        assert_eq!(written("{% 'a' & \"b\" %}"), "|-\n    {% 'a' & \"b\" %}");
        for quoted in ["\n", "a\r\nb", "a\n \nb", "a\n\tb\u{1}", "\ta\nb"] {
            assert!(written(quoted).starts_with('"'), "{quoted:?}");
        }
    }
}
