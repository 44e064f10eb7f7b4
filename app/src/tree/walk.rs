//! Where the keys lead in the tree. Plain functions of its lines.

use super::order::Line;
use asl::text::Pointer;

/// What a key does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Move {
    /// Goes to the line at this position.
    To(usize),
    /// Opens or closes the line under the keys.
    Fold(Pointer, bool),
    /// Nothing is there.
    Stay,
}

/// What a key means at a position; none for a key that is no move.
pub(super) fn step(lines: &[Line], at: usize, key: &str) -> Option<Move> {
    let last = lines.len().checked_sub(1)?;
    let line = lines.get(at)?;
    Some(match key {
        "ArrowDown" => Move::To((at + 1).min(last)),
        "ArrowUp" => Move::To(at.saturating_sub(1)),
        "PageDown" => Move::To((at + PAGE).min(last)),
        "PageUp" => Move::To(at.saturating_sub(PAGE)),
        "Home" => Move::To(0),
        "End" => Move::To(last),
        "ArrowRight" => match line.open {
            Some(false) => Move::Fold(line.at.clone(), true),
            // What a line holds comes right after it.
            Some(true) => Move::To((at + 1).min(last)),
            None => Move::Stay,
        },
        "ArrowLeft" => match (line.open, around(lines, at)) {
            (Some(true), _) => Move::Fold(line.at.clone(), false),
            (Some(false) | None, Some(outer)) => Move::To(outer),
            (Some(false) | None, None) => Move::Stay,
        },
        _ => return None,
    })
}

/// How many lines a page key goes.
const PAGE: usize = 10;

/// The line around another one.
fn around(lines: &[Line], at: usize) -> Option<usize> {
    let level = lines.get(at)?.level;
    lines.get(..at)?.iter().rposition(|line| line.level < level)
}

/// The next line whose name begins with what was typed. A single letter leads on from line to line; several stay on the
/// one that fits.
pub(super) fn typed(lines: &[Line], at: usize, typed: &str) -> Option<usize> {
    let typed = typed.to_lowercase();
    let is_same = typed.chars().all(|letter| typed.starts_with(letter));
    let (wanted, from) = match typed.chars().next() {
        Some(first) if is_same => (first.to_string(), at + 1),
        Some(_) => (typed, at),
        None => return None,
    };
    let count = lines.len();
    (from..from + count)
        .map(|position| position % count.max(1))
        .find(|position| lines[*position].name.to_lowercase().starts_with(&wanted))
}

/// The blocks and states around a pointer, as lines have them; opening these shows it.
pub(super) fn outer(at: &Pointer) -> Vec<Pointer> {
    std::iter::successors(at.parent(), Pointer::parent).collect()
}

#[cfg(test)]
mod tests {
    use super::super::order::lines;
    use super::*;
    use asl::graph::Outline;
    use asl::text::Document;
    use rustc_hash::FxHashSet;

    fn shown(closed: &[&str]) -> Vec<Line> {
        let text = r#"{ "StartAt": "Alpha", "States": {
            "Alpha": { "Type": "Pass", "Next": "Files" },
            "Files": { "Type": "Map", "Next": "Again", "ItemProcessor": { "StartAt": "Read", "States": {
                "Read": { "Type": "Pass", "Next": "Alter" }, "Alter": { "Type": "Pass", "End": true } } } },
            "Again": { "Type": "Succeed" } } }"#;
        let outline = Outline::of(&Document::parse(text));
        let closed: FxHashSet<Pointer> = closed.iter().map(|at| at.parse().unwrap()).collect();
        lines(&outline, &closed, "")
    }

    #[test]
    fn right_opens_and_goes_in_and_left_closes_and_goes_out() {
        let open = shown(&[]);
        assert_eq!(step(&open, 1, "ArrowRight"), Some(Move::To(2)));
        assert_eq!(step(&open, 3, "ArrowLeft"), Some(Move::To(1)));
        let files: Pointer = "/States/Files".parse().unwrap();
        assert_eq!(
            step(&open, 1, "ArrowLeft"),
            Some(Move::Fold(files.clone(), false))
        );
        assert_eq!(step(&open, 0, "ArrowLeft"), Some(Move::Stay));
        let closed = shown(&["/States/Files"]);
        assert_eq!(
            step(&closed, 1, "ArrowRight"),
            Some(Move::Fold(files, true))
        );
        assert_eq!(step(&closed, 2, "ArrowRight"), Some(Move::Stay));
    }

    #[test]
    fn keys_stop_at_both_ends() {
        let lines = shown(&[]);
        assert_eq!(step(&lines, 0, "ArrowUp"), Some(Move::To(0)));
        assert_eq!(step(&lines, 4, "ArrowDown"), Some(Move::To(4)));
        assert_eq!(step(&lines, 2, "Home"), Some(Move::To(0)));
        assert_eq!(step(&lines, 2, "End"), Some(Move::To(4)));
        assert_eq!(step(&lines, 2, "PageDown"), Some(Move::To(4)));
        assert_eq!(step(&lines, 2, "x"), None);
        assert_eq!(step(&[], 0, "End"), None);
    }

    #[test]
    fn letters_lead_to_the_next_name_that_begins_with_them() {
        let lines = shown(&[]);
        // Alpha, Files, Read, Alter, Again
        assert_eq!(typed(&lines, 0, "a"), Some(3));
        assert_eq!(typed(&lines, 3, "aa"), Some(4));
        assert_eq!(typed(&lines, 4, "a"), Some(0));
        assert_eq!(typed(&lines, 3, "ag"), Some(4));
        assert_eq!(typed(&lines, 3, "al"), Some(3));
        assert_eq!(typed(&lines, 0, "x"), None);
    }
}
