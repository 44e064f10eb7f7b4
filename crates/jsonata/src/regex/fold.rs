//! Ignoring case the way ECMAScript does without the flag u: two characters are alike when their upper case is.
//!
//! Sets are closed under that when the pattern is read, so that matching them costs nothing extra; only back
//! references compare while matching. There is no table in the program: the pairs come from `char::to_uppercase`, once,
//! when a pattern first needs letters beyond ASCII. Characters beyond U+FFFF are never folded, because ECMAScript sees
//! them as two units here, neither of which has a case.

use std::sync::OnceLock;

use super::class::{Range, Ranges};

const LAST_FOLDED: u32 = 0xFFFF;

/// The character that stands for all those that are the same when case is ignored.
///
/// An upper case of several characters does not count, and nothing beyond ASCII becomes ASCII.
pub(super) fn canonical(char: char) -> char {
    if char.is_ascii() {
        return char.to_ascii_uppercase();
    }
    if char as u32 > LAST_FOLDED {
        return char;
    }
    let mut upper = char.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(only), None) if !only.is_ascii() => only,
        _ => char,
    }
}

/// Adds to settled ranges every character that is the same as one of theirs when case is ignored.
pub(super) fn close(ranges: &mut Ranges) {
    let given = ranges.as_slice().to_vec();
    given.iter().for_each(|&range| add_ascii(range, ranges));
    if given.last().is_some_and(|range| range.1 >= 0x80) {
        // The links lead to the upper case first, and from there to all that share it.
        for _ in 0..2 {
            ranges.settle();
            follow(ranges);
        }
    }
    ranges.settle();
}

fn add_ascii((first, last): Range, ranges: &mut Ranges) {
    let both = [(0x41, 0x5A, 0x20), (0x61, 0x7A, -0x20)];
    for (from, to, step) in both {
        let (low, high) = (first.max(from), last.min(to));
        if low <= high {
            ranges.push(
                low.wrapping_add_signed(step),
                high.wrapping_add_signed(step),
            );
        }
    }
}

fn follow(ranges: &mut Ranges) {
    let links = links();
    for (first, last) in ranges.as_slice().to_vec() {
        let start = links.partition_point(|link| link.0 < first);
        let inside = links.iter().skip(start).take_while(|link| link.0 <= last);
        // What such a wide range leads to is mostly in it already.
        let outside = inside.filter(|link| link.1 < first || last < link.1);
        outside.for_each(|link| ranges.push(link.1, link.1));
    }
}

/// From each character beyond ASCII to its upper case and back, sorted.
fn links() -> &'static [(u32, u32)] {
    static LINKS: OnceLock<Vec<(u32, u32)>> = OnceLock::new();
    LINKS.get_or_init(|| {
        let mut links: Vec<_> = ('\u{80}'..='\u{FFFF}')
            .map(|char| (char as u32, canonical(char) as u32))
            .filter(|(char, upper)| char != upper)
            .flat_map(|(char, upper)| [(char, upper), (upper, char)])
            .collect();
        links.sort_unstable();
        links
    })
}
