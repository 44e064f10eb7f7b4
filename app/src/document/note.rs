//! Notes and groups in comments, as people write them by hand.
//!
//! A state's `Comment` is its note. A line of it may begin with `[group: Prepare data]`: then the state is in the group of
//! that name among the states of its block. The rest of the comment stays as it is, byte for byte; a line that is written
//! some other way is part of the note. So the file is plain ASL, and whoever reads it elsewhere reads words.

use crate::text::document::refusals;
use std::ops::Range;

/// The longest name of a group, in characters.
const LONGEST: usize = 80;

/// What a comment says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Noted {
    /// The group's name.
    pub group: Option<String>,
    /// The rest.
    pub note: String,
}

impl Noted {
    /// Reads a comment.
    pub fn read(comment: &str) -> Self {
        match Tag::find(comment) {
            Some(tag) => Self {
                group: Some(comment[tag.name.clone()].to_owned()),
                note: tag.without(comment),
            },
            None => Self {
                group: None,
                note: comment.to_owned(),
            },
        }
    }
}

/// Where a comment names its group.
struct Tag {
    /// From the bracket to the bracket.
    whole: Range<usize>,
    /// The name alone.
    name: Range<usize>,
}

impl Tag {
    /// The first line that begins with a group's name in brackets.
    fn find(comment: &str) -> Option<Self> {
        let mut start = 0;
        for line in comment.split_inclusive('\n') {
            if let Some(tag) = Self::at(line, start) {
                return Some(tag);
            }
            start += line.len();
        }
        None
    }

    fn at(line: &str, start: usize) -> Option<Self> {
        let inner = line.trim_start().strip_prefix('[')?;
        let (inner, _) = inner.split_once(']')?;
        let (word, name) = inner.split_once(':')?;
        let trimmed = name.trim();
        if !word.trim().eq_ignore_ascii_case("group") || trimmed.is_empty() || name.contains('\n') {
            return None;
        }
        let bracket = start + line.len() - line.trim_start().len();
        let name_at = bracket + 1 + word.len() + 1 + (name.len() - name.trim_start().len());
        Some(Self {
            whole: bracket..bracket + 1 + inner.len() + 1,
            name: name_at..name_at + trimmed.len(),
        })
    }

    /// The comment without it; a line that held nothing else goes.
    fn without(&self, comment: &str) -> String {
        let (before, after) = (&comment[..self.whole.start], &comment[self.whole.end..]);
        let line_begins = before.rfind('\n').map_or(0, |at| at + 1);
        let rest_of_line = after.split_inclusive('\n').next().unwrap_or_default();
        if !rest_of_line.trim().is_empty() {
            let after = after.strip_prefix(' ').unwrap_or(after);
            return format!("{before}{after}");
        }
        let kept = &after[rest_of_line.len()..];
        let before = &before[..line_begins];
        // The last line takes the end of the line before it along.
        let before = match (rest_of_line.ends_with('\n'), before.strip_suffix('\n')) {
            (false, Some(before)) => before.strip_suffix('\r').unwrap_or(before),
            (true, _) | (false, None) => before,
        };
        format!("{before}{kept}")
    }
}

/// A comment that names another group, or none; the note stays.
pub(super) fn with_group(comment: &str, group: Option<&str>) -> String {
    match (Tag::find(comment), group) {
        (Some(tag), Some(name)) => {
            let (before, after) = (&comment[..tag.name.start], &comment[tag.name.end..]);
            format!("{before}{name}{after}")
        }
        (Some(tag), None) => tag.without(comment),
        (None, Some(name)) if comment.is_empty() => format!("[group: {name}]"),
        (None, Some(name)) => format!("[group: {name}]\n{comment}"),
        (None, None) => comment.to_owned(),
    }
}

/// A comment with another note; the group stays, as it is written.
pub(super) fn with_note(comment: &str, note: &str) -> String {
    match Tag::find(comment) {
        Some(tag) if note.is_empty() => comment[tag.whole].to_owned(),
        Some(tag) => format!("{}\n{note}", &comment[tag.whole]),
        None => note.to_owned(),
    }
}

/// A group's name as it is written, or why it cannot be one.
pub(super) fn group_name(name: &str) -> Result<&str, &'static str> {
    let name = name.trim();
    if name.is_empty() {
        return Err(refusals::GROUP_NAMELESS);
    }
    if name
        .chars()
        .any(|letter| letter == ']' || letter.is_control())
    {
        return Err(refusals::GROUP_NAME_MARKS);
    }
    if name.chars().count() > LONGEST {
        return Err(refusals::GROUP_NAME_TOO_LONG);
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(comment: &str) -> (Option<String>, String) {
        let noted = Noted::read(comment);
        (noted.group, noted.note)
    }

    fn in_group(name: &str, note: &str) -> (Option<String>, String) {
        (Some(name.to_owned()), note.to_owned())
    }

    #[test]
    fn a_group_is_read_however_people_write_it() {
        let prepare = |note| in_group("Prepare data", note);
        assert_eq!(read("[group: Prepare data]"), prepare(""));
        assert_eq!(
            read("[group: Prepare data]\nCleans it."),
            prepare("Cleans it.")
        );
        assert_eq!(
            read("Cleans it.\n[group: Prepare data]"),
            prepare("Cleans it.")
        );
        assert_eq!(
            read("Cleans it.\r\n[Group:Prepare data]\r\nTwice."),
            prepare("Cleans it.\r\nTwice.")
        );
        assert_eq!(
            read("  [ GROUP : Prepare data ] Cleans it."),
            prepare("  Cleans it.")
        );
        assert_eq!(read("[group: Größe é]\n"), in_group("Größe é", ""));
    }

    #[test]
    fn what_is_no_group_is_part_of_the_note() {
        let plain = [
            "",
            "See [group: a] elsewhere",
            "[group:]",
            "[group: ]",
            "[group a]",
            "[owner: Ann]",
            "[group: a",
            "group: a",
            "[subgroup: a]",
            "[group\n: a]",
        ];
        for comment in plain {
            assert_eq!(read(comment), (None, comment.to_owned()));
        }
        assert_eq!(read("[group: a]\n[group: b]"), in_group("a", "[group: b]"));
    }

    #[test]
    fn another_name_leaves_everything_else() {
        let comment = "Keep.\n  [ Group : old ] me\n";
        assert_eq!(
            with_group(comment, Some("new")),
            "Keep.\n  [ Group : new ] me\n"
        );
        assert_eq!(with_note("[group: a] x", "y"), "[group: a]\ny");
        assert_eq!(with_note("[group: a]\nx", ""), "[group: a]");
        assert_eq!(with_note("x", "y"), "y");
    }

    #[test]
    fn a_name_that_could_not_be_read_back_is_refused() {
        for name in ["", "  ", "a]b", "a\nb", &"x".repeat(81)] {
            assert!(group_name(name).is_err(), "{name}");
        }
        assert_eq!(group_name(" Prepare: data [1 "), Ok("Prepare: data [1"));
    }

    proptest! {
        #[test]
        fn no_comment_is_destroyed(comment in "[a-c \\[\\]:\\r\\ngroup]{0,40}|\\PC{0,30}", name in "[^\\]\\p{C}]{1,20}", note in "\\PC{0,20}") {
            prop_assume!(group_name(&name).is_ok());
            let name = group_name(&name).unwrap();
            let before = Noted::read(&comment);
            let grouped = with_group(&comment, Some(name));
            let after = Noted::read(&grouped);
            prop_assert_eq!(after.group.as_deref(), Some(name));
            prop_assert_eq!(&after.note, &before.note);
            if before.group.is_none() {
                prop_assert_eq!(with_group(&grouped, None), comment.clone());
            }
            prop_assume!(Noted::read(&note).group.is_none());
            let noted = Noted::read(&with_note(&comment, &note));
            prop_assert_eq!(noted.group, before.group);
            prop_assert_eq!(noted.note, note);
        }
    }
}
