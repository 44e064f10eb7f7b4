//! Small helpers for messages: lists, and the name that was probably meant.

/// The candidate closest to `wanted`, when it is close enough to be a slip of the hand.
pub(crate) fn closest<'a>(
    wanted: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let wanted = folded(wanted);
    let mut best = None;
    let mut limit = (wanted.len() / 3).clamp(1, 4);
    for candidate in candidates {
        // A letter takes at most four bytes, so that most candidates are out before they are looked at.
        if candidate.len() > 4 * (wanted.len() + limit) || candidate.len() + limit < wanted.len() {
            continue;
        }
        let distance = distance(&wanted, &folded(candidate));
        if distance <= limit {
            best = Some(candidate);
            if distance == 0 {
                break;
            }
            // Only a better one is still of interest.
            limit = distance - 1;
        }
    }
    best
}

fn folded(text: &str) -> Vec<char> {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// How many characters must be added, removed or exchanged to make one text from the other.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut before = i + 1;
        for (cell, right) in row.iter_mut().skip(1).zip(b) {
            let cost = (diagonal + usize::from(left != right))
                .min(before + 1)
                .min(*cell + 1);
            diagonal = std::mem::replace(cell, cost);
            before = cost;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

/// `A`, `A or B`, `A, B or C`.
pub(super) fn any_of(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// `A`, `A and B`, `A, B and C`.
pub(super) fn all_of(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// `text` with a full stop at its end.
pub(super) fn sentence(text: &str) -> String {
    if text.ends_with(['.', '?']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_hand_finds_what_was_meant() {
        let names = ["Train model", "Deploy", "Approve"];
        assert_eq!(closest("Deplyo", names), Some("Deploy"));
        assert_eq!(closest("train model", names), Some("Train model"));
        assert_eq!(closest("Evaluate", names), None);
        assert_eq!(closest("", names), None);
        assert_eq!(closest("Nxt", ["Next", "End"]), Some("Next"));
    }
}
