//! What changes between two texts, line by line. Pure.

use imara_diff::{Algorithm, Diff as Hunks, InternedInput};

/// A line of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// In both.
    Same(String),
    /// Only in the old text.
    Removed(String),
    /// Only in the new text.
    Added(String),
    /// So many equal lines are left out.
    Gap(usize),
}

/// A comparison: all lines with little around the changes, and counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Diff {
    /// Changed lines with `CONTEXT` equal ones around them.
    pub lines: Vec<Line>,
    /// How many lines are new.
    pub added: usize,
    /// How many lines are gone.
    pub removed: usize,
}

/// Equal lines shown around a change.
const CONTEXT: usize = 2;

/// Compares two texts.
pub fn diff(old: &str, new: &str) -> Diff {
    let mut input = InternedInput::default();
    input.update_before(old.lines());
    input.update_after(new.lines());
    let mut found = Hunks::compute(Algorithm::Histogram, &input);
    found.postprocess_lines(&input);
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let (mut lines, mut at) = (Vec::new(), 0);
    for hunk in found.hunks() {
        let [before, after] =
            [hunk.before, hunk.after].map(|it| it.start as usize..it.end as usize);
        lines.extend(
            old[at..before.start]
                .iter()
                .map(|line| Line::Same((*line).to_owned())),
        );
        at = before.end;
        lines.extend(
            old[before]
                .iter()
                .map(|line| Line::Removed((*line).to_owned())),
        );
        lines.extend(
            new[after]
                .iter()
                .map(|line| Line::Added((*line).to_owned())),
        );
    }
    lines.extend(old[at..].iter().map(|line| Line::Same((*line).to_owned())));
    Diff {
        lines: fold(lines),
        added: found.count_additions() as usize,
        removed: found.count_removals() as usize,
    }
}

/// Leaves out equal lines that are far from any change.
fn fold(lines: Vec<Line>) -> Vec<Line> {
    let changed: Vec<usize> = lines
        .iter()
        .enumerate()
        .filter(|(_, l)| !matches!(l, Line::Same(_)))
        .map(|(i, _)| i)
        .collect();
    let near = |i: usize| {
        let at = changed.partition_point(|c| *c < i);
        let after = changed.get(at).is_some_and(|c| c - i <= CONTEXT);
        let before = at
            .checked_sub(1)
            .and_then(|p| changed.get(p))
            .is_some_and(|c| i - c <= CONTEXT);
        after || before
    };
    let mut folded: Vec<Line> = Vec::new();
    for (i, line) in lines.into_iter().enumerate() {
        match (near(i), folded.last_mut()) {
            (true, _) => folded.push(line),
            (false, Some(Line::Gap(n))) => *n += 1,
            (false, _) => folded.push(Line::Gap(1)),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_have_no_changes() {
        let d = diff("a\nb", "a\nb");
        assert_eq!((d.added, d.removed), (0, 0));
    }

    #[test]
    fn a_changed_line_is_one_removed_and_one_added_with_little_around_it() {
        let d = diff("1\n2\n3\n4\n5\n6", "1\n2\n3\nx\n5\n6");
        assert_eq!((d.added, d.removed), (1, 1));
        assert_eq!(d.lines[0], Line::Gap(1));
        assert_eq!(d.lines[3], Line::Removed("4".to_owned()));
        assert_eq!(d.lines[4], Line::Added("x".to_owned()));
    }

    #[test]
    fn every_new_line_is_in_the_comparison_of_unrelated_texts() {
        let d = diff("a\nb", "c\nd\ne");
        assert_eq!((d.added, d.removed), (3, 2));
    }

    #[test]
    fn long_texts_that_differ_at_both_ends_keep_what_is_between() {
        let old: Vec<String> = (0..20_000).map(|number| number.to_string()).collect();
        let mut new = old.clone();
        new[0] = "first".to_owned();
        new[19_999] = "last".to_owned();
        let d = diff(&old.join("\n"), &new.join("\n"));
        assert_eq!((d.added, d.removed, d.lines.len()), (2, 2, 9));
        assert_eq!(d.lines[4], Line::Gap(19_994));
    }

    #[test]
    fn a_moved_line_keeps_its_neighbours() {
        let d = diff("a\nb\nc", "b\nc\na");
        assert_eq!((d.added, d.removed), (1, 1));
    }
}
