//! What changes between two texts, line by line. Pure.

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
/// Above this many cells the table is not filled; the middle then counts as replaced as a whole.
const LARGEST: usize = 4_000_000;

/// Compares two texts.
pub fn diff(old: &str, new: &str) -> Diff {
    let old: Vec<&str> = old.lines().collect();
    let new: Vec<&str> = new.lines().collect();
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let tail = old_rest
        .iter()
        .rev()
        .zip(new_rest.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let middle = middle(
        &old_rest[..old_rest.len() - tail],
        &new_rest[..new_rest.len() - tail],
    );
    let same = |l: &&str| Line::Same((*l).to_owned());
    let mut lines: Vec<Line> = old[..head].iter().map(same).collect();
    lines.extend(middle);
    lines.extend(old_rest[old_rest.len() - tail..].iter().map(same));
    let added = lines.iter().filter(|l| matches!(l, Line::Added(_))).count();
    let removed = lines
        .iter()
        .filter(|l| matches!(l, Line::Removed(_)))
        .count();
    Diff {
        lines: fold(lines),
        added,
        removed,
    }
}

/// The longest common subsequence of what differs.
fn middle(old: &[&str], new: &[&str]) -> Vec<Line> {
    let removed = |l: &&str| Line::Removed((*l).to_owned());
    let added = |l: &&str| Line::Added((*l).to_owned());
    if old.len().saturating_mul(new.len()) > LARGEST {
        return old
            .iter()
            .map(removed)
            .chain(new.iter().map(added))
            .collect();
    }
    let table = lengths(old, new);
    let (mut i, mut j, mut lines) = (0, 0, Vec::new());
    while i < old.len() && j < new.len() {
        if old[i] == new[j] {
            lines.push(Line::Same(old[i].to_owned()));
            (i, j) = (i + 1, j + 1);
        } else if table[i + 1][j] >= table[i][j + 1] {
            lines.push(removed(&old[i]));
            i += 1;
        } else {
            lines.push(added(&new[j]));
            j += 1;
        }
    }
    lines.extend(old[i..].iter().map(removed));
    lines.extend(new[j..].iter().map(added));
    lines
}

/// `table[i][j]` is the length of the longest common subsequence of `old[i..]` and `new[j..]`.
fn lengths(old: &[&str], new: &[&str]) -> Vec<Vec<u32>> {
    let mut table = vec![vec![0; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            table[i][j] = if old[i] == new[j] {
                table[i + 1][j + 1] + 1
            } else {
                table[i + 1][j].max(table[i][j + 1])
            };
        }
    }
    table
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
    fn a_moved_line_keeps_its_neighbours() {
        let d = diff("a\nb\nc", "b\nc\na");
        assert_eq!((d.added, d.removed), (1, 1));
    }
}
