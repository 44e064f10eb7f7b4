//! Texts and offsets of the editor. Rust counts bytes, the editor counts UTF-16 units; the editor ends each line with one
//! unit, a definition may end them with two (`\r\n`), and keeps those that it has.

use crate::document::difference;
use std::borrow::Cow;

/// The text as the editor shows it: each line ends with one unit.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    if text.contains("\r\n") {
        Cow::Owned(text.replace("\r\n", "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

/// How many units a character takes in the editor, when `rest` begins with it.
fn width(c: char, rest: &str) -> u32 {
    if rest.starts_with("\r\n") {
        0
    } else {
        u32::try_from(c.len_utf16()).unwrap_or(2)
    }
}

/// How many units stand before a byte offset; an offset inside a character counts as that character's start.
pub(super) fn to_units(text: &str, byte: usize) -> u32 {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        if at + c.len_utf8() > byte {
            break;
        }
        units += width(c, &text[at..]);
    }
    units
}

/// The byte offset of a count of units; a count inside a character gives that character's start.
pub(super) fn to_byte(text: &str, units: u32) -> usize {
    let mut seen = 0;
    for (at, c) in text.char_indices() {
        seen += width(c, &text[at..]);
        if seen > units {
            // The place before a line's end is before all of its end.
            return at - usize::from(text[..at].ends_with('\r') && c == '\n');
        }
    }
    text.len()
}

/// The text after typing: what the editor shows now, with the line ends that `before` has. Lines that were not touched
/// keep theirs; new ones end as the first one does.
pub(super) fn typed(before: &str, now: &str) -> String {
    let Some(edit) = difference(&shown(before), now).filter(|_| before.contains("\r\n")) else {
        return now.to_owned();
    };
    let from = byte_of_shown(before, edit.span.start);
    let to = byte_of_shown(before, edit.span.end);
    let first = before.find('\n').unwrap_or_default();
    let added = if before[..first].ends_with('\r') {
        edit.replacement.replace('\n', "\r\n")
    } else {
        edit.replacement
    };
    format!("{}{added}{}", &before[..from], &before[to..])
}

/// The byte offset in a text of a byte offset in what is shown of it; the start of a line's end is before all of it.
fn byte_of_shown(text: &str, shown: usize) -> usize {
    let mut passed = 0;
    for (at, c) in text.char_indices() {
        if passed == shown {
            return at;
        }
        if !text[at..].starts_with("\r\n") {
            passed += c.len_utf8();
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "aé😀b";

    #[test]
    fn offsets_go_there_and_back_at_every_character() {
        for (byte, _) in TEXT.char_indices().chain([(TEXT.len(), ' ')]) {
            assert_eq!(to_byte(TEXT, to_units(TEXT, byte)), byte);
        }
    }

    #[test]
    fn an_emoji_counts_as_two_units() {
        assert_eq!(to_units(TEXT, TEXT.len()), 5);
        assert_eq!(to_byte(TEXT, 3), 3);
    }

    #[test]
    fn offsets_past_the_end_give_the_end() {
        assert_eq!(to_units(TEXT, 99), 5);
        assert_eq!(to_byte(TEXT, 99), TEXT.len());
    }

    #[test]
    fn a_line_end_of_two_bytes_is_one_unit() {
        let text = "a\r\nb\r\nc";
        assert_eq!(to_units(text, 6), 4, "before c");
        for (units, byte) in [(0, 0), (1, 1), (2, 3), (3, 4), (4, 6), (5, 7)] {
            assert_eq!(to_byte(text, units), byte);
            assert_eq!(to_units(text, byte), units);
        }
    }

    #[test]
    fn typing_keeps_the_line_ends_of_a_definition() {
        let before = "{\r\n  \"a\": 1\r\n}\n";
        let edits = [
            ("{\n  \"a\": 1,\n}\n", "{\r\n  \"a\": 1,\r\n}\n"),
            ("{\n\n  \"a\": 1\n}\n", "{\r\n\r\n  \"a\": 1\r\n}\n"),
            ("{  \"a\": 1\n}\n", "{  \"a\": 1\r\n}\n"),
            ("{\n  \"a\": 1\n}", "{\r\n  \"a\": 1\r\n}"),
            ("", ""),
        ];
        for (now, after) in edits {
            assert_eq!(typed(before, now), after);
        }
    }

    #[test]
    fn typing_in_a_text_with_plain_line_ends_is_taken_as_it_is() {
        assert_eq!(typed("a\nb", "a\n\nb"), "a\n\nb");
    }
}
