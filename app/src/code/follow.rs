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
    let (from, to) = ruler.range(edit.span);
    UnitEdit {
        from,
        to,
        insert: shown(&edit.replacement).into_owned(),
    }
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
    fn lines_that_came_are_one_edit() {
        let edits = edits_to(&Ruler::new("a\nb\n".into()), "a\nx\nb\n");
        assert_eq!(edits.len(), 1);
        assert_eq!(made("a\nb\n", &edits), "a\nx\nb\n");
        assert!(edits_to(&Ruler::new("a".into()), "a").is_empty());
    }
}
