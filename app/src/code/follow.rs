//! The change between what the editor shows and another text, in parts small enough that cursor, folds and scrolling stay.

use super::bridge::UnitEdit;
use super::units::{Ruler, shown};
use crate::document::difference;
use asl::text::{Span, TextEdit};

/// Edits of the shown text that give `after`. Where lines were changed and none came or went, each line has its own.
pub(super) fn edits_to(ruler: &Ruler, after: &str) -> Vec<UnitEdit> {
    let before = ruler.text();
    let Some(whole) = difference(before, after) else {
        return Vec::new();
    };
    let edits = by_lines(before, &whole).unwrap_or_else(|| vec![whole]);
    edits.iter().map(|edit| in_units(ruler, edit)).collect()
}

/// An edit of the text as an edit of what is shown.
pub(super) fn in_units(ruler: &Ruler, edit: &TextEdit) -> UnitEdit {
    let edit = with_whole_line_ends(ruler.text(), edit);
    let (from, to) = ruler.range(edit.span);
    UnitEdit {
        from,
        to,
        insert: shown(&edit.replacement).into_owned(),
    }
}

/// The same edit, so wide that it begins and ends inside no `\r\n`, neither one that it changes nor one that it makes:
/// half of a line's end is shown otherwise than in the whole.
fn with_whole_line_ends(text: &str, edit: &TextEdit) -> TextEdit {
    let (Span { mut start, mut end }, mut new) = (edit.span, edit.replacement.clone());
    if text[..start].ends_with('\r') {
        start -= 1;
        new.insert(0, '\r');
    }
    if text[end..].starts_with('\n') && (new.ends_with('\r') || text[..end].ends_with('\r')) {
        end += 1;
        new.push('\n');
    }
    TextEdit::new(Span::new(start, end), new)
}

/// One edit for each changed line; none when lines came or went.
fn by_lines(before: &str, whole: &TextEdit) -> Option<Vec<TextEdit>> {
    let old = before.get(whole.span.start..whole.span.end)?;
    let (old_lines, new_lines) = (old.split('\n'), whole.replacement.split('\n'));
    if old_lines.clone().count() != new_lines.clone().count() {
        return None;
    }
    let mut start = whole.span.start;
    let mut edits = Vec::new();
    for (old, new) in old_lines.zip(new_lines) {
        if let Some(edit) = difference(old, new) {
            let span = Span::new(start + edit.span.start, start + edit.span.end);
            edits.push(TextEdit::new(span, edit.replacement));
        }
        start += old.len() + 1;
    }
    Some(edits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(before: &str, edits: &[UnitEdit]) -> String {
        let units: Vec<u16> = before.encode_utf16().collect();
        let (mut out, mut done) = (String::new(), 0);
        for edit in edits {
            out += &String::from_utf16_lossy(&units[done..edit.from as usize]);
            out += &edit.insert;
            done = edit.to as usize;
        }
        out + &String::from_utf16_lossy(&units[done..])
    }

    #[test]
    fn what_changed_in_two_lines_is_two_edits() {
        let before = "ä1\nsame\nb1\n";
        let edits = edits_to(&Ruler::new(before.into()), "ä2\nsame\nb22\n");
        assert_eq!(edits.len(), 2);
        assert_eq!(made(before, &edits), "ä2\nsame\nb22\n");
    }

    #[test]
    fn line_ends_of_two_bytes_come_and_go_in_the_editors_units() {
        let texts = [
            "a\nb\nc",
            "a\r\nb\nc",
            "a\r\nb\r\nc",
            "a\rb\nc",
            "ab\r\n\r\nc",
            "a\r\n\nb",
            "\r\n",
        ];
        for (before, after) in texts.iter().flat_map(|one| texts.map(|other| (one, other))) {
            let edits = edits_to(&Ruler::new((*before).into()), after);
            assert_eq!(
                made(&shown(before), &edits),
                shown(after),
                "{before:?} to {after:?}"
            );
        }
    }

    #[test]
    fn lines_that_came_are_one_edit() {
        let edits = edits_to(&Ruler::new("a\nb\n".into()), "a\nx\nb\n");
        assert_eq!(edits.len(), 1);
        assert_eq!(made("a\nb\n", &edits), "a\nx\nb\n");
        assert!(edits_to(&Ruler::new("a".into()), "a").is_empty());
    }
}
