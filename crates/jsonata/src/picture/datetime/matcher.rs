//! Finds which part of a text belongs to which part of a date picture.
//!
//! The reference makes a regular expression of the picture. This does the same work directly: it settles from the end
//! which places the rest of the picture can match from, then walks from the start and lets every part take as much as the
//! rest allows. The outcome is that of the expression, without its backtracking.

use super::super::words::pieces;

/// The most steps times places that are looked at.
const MAX_CELLS: usize = 4_000_000;

/// One step of a pattern.
pub(super) enum Step {
    One(Class),
    /// One or more, as many as possible.
    Many(Class),
    /// So many digits.
    Digits(usize),
    /// The ending of an ordinal in digits.
    Suffix,
    /// One or more words of a number.
    Words,
}

/// A set of characters, all in either case.
#[derive(Clone, Copy)]
pub(super) enum Class {
    Exactly(char),
    Sign,
    Digit,
    Letter,
    Roman,
    /// Anything on the line.
    Any,
}

impl Class {
    fn contains(self, c: char) -> bool {
        match self {
            Class::Exactly(expected) => c == expected || fold(c) == fold(expected),
            Class::Sign => matches!(c, '+' | '-'),
            Class::Digit => c.is_ascii_digit(),
            Class::Letter => c.is_ascii_alphabetic(),
            Class::Roman => "MDCLXVI".contains(c.to_ascii_uppercase()),
            Class::Any => c.len_utf16() == 1 && !matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}'),
        }
    }
}

/// The form in which JavaScript's expressions compare characters that differ in case.
fn fold(c: char) -> char {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(folded), None) if c.len_utf16() == 1 && (c.is_ascii() || !folded.is_ascii()) => {
            folded
        }
        _ => c,
    }
}

/// A pattern that is too much work for a text.
pub(super) struct TooLarge;

/// Where each step starts and the last one ends, `None` if the text does not match.
pub(super) fn match_steps(steps: &[Step], text: &[char]) -> Result<Option<Vec<usize>>, TooLarge> {
    if steps.len().saturating_mul(text.len() + 1) > MAX_CELLS {
        return Err(TooLarge);
    }
    let reach = Reach::of(steps, text);
    if !reach.get(0, 0) {
        return Ok(None);
    }
    let mut start = 0;
    let mut places = vec![start];
    for (index, step) in steps.iter().enumerate() {
        let allowed = |end: usize| reach.get(index + 1, end);
        start = match step {
            Step::One(_) => start + 1,
            Step::Digits(count) => start + count,
            Step::Suffix => start + 2,
            Step::Many(class) => longest(text, start, *class, allowed),
            Step::Words => first_in_order(text, start, allowed),
        };
        places.push(start);
    }
    Ok(Some(places))
}

/// For each step and place whether the text from there matches the steps from there.
struct Reach {
    /// A row of places for each step, and one for the end.
    cells: Vec<bool>,
    width: usize,
}

impl Reach {
    fn of(steps: &[Step], text: &[char]) -> Self {
        let width = text.len() + 1;
        let mut rows = vec![last_row(width)];
        for step in steps.iter().rev() {
            let row = match rows.last() {
                Some(next) => step.row(text, next),
                None => Vec::new(),
            };
            rows.push(row);
        }
        rows.reverse();
        Reach {
            cells: rows.concat(),
            width,
        }
    }

    fn get(&self, step: usize, place: usize) -> bool {
        place < self.width && at(&self.cells, step * self.width + place)
    }
}

/// The row behind the last step: only the end of the text will do.
fn last_row(width: usize) -> Vec<bool> {
    let mut row = vec![false; width];
    if let Some(end) = row.last_mut() {
        *end = true;
    }
    row
}

fn at(row: &[bool], place: usize) -> bool {
    row.get(place).copied().unwrap_or(false)
}

impl Step {
    /// The places from which this step and those behind it match, given those for the steps behind it.
    fn row(&self, text: &[char], next: &[bool]) -> Vec<bool> {
        let mut row = vec![false; next.len()];
        // How many digits in a row start at the place.
        let mut digits = 0;
        for (place, &c) in text.iter().enumerate().rev() {
            digits = if c.is_ascii_digit() { digits + 1 } else { 0 };
            let matches = match self {
                Step::One(class) => class.contains(c) && at(next, place + 1),
                Step::Many(class) => {
                    class.contains(c) && (at(next, place + 1) || at(&row, place + 1))
                }
                Step::Digits(count) => *count <= digits && at(next, place + count),
                Step::Suffix => is_suffix(text, place) && at(next, place + 2),
                Step::Words => {
                    let rest = text.get(place..).unwrap_or_default();
                    pieces(rest).any(|length| at(next, place + length) || at(&row, place + length))
                }
            };
            if let Some(cell) = row.get_mut(place) {
                *cell = matches;
            }
        }
        row
    }
}

fn is_suffix(text: &[char], place: usize) -> bool {
    let letters = [text.get(place), text.get(place + 1)].map(|c| c.map(char::to_ascii_lowercase));
    matches!(
        letters,
        [Some('t'), Some('h')] | [Some('s'), Some('t')] | [Some('n' | 'r'), Some('d')]
    )
}

/// The farthest allowed end of a run of characters.
fn longest(text: &[char], start: usize, class: Class, allowed: impl Fn(usize) -> bool) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let run = rest.iter().take_while(|&&c| class.contains(c)).count();
    (1..=run)
        .rev()
        .map(|length| start + length)
        .find(|&end| allowed(end))
        .unwrap_or(start)
}

/// The first allowed end of words, in the order of an expression that tries one word after another and always as many as
/// it can before it tries what comes next.
fn first_in_order(text: &[char], start: usize, allowed: impl Fn(usize) -> bool) -> usize {
    let pieces_at = |place: usize| pieces(text.get(place..).unwrap_or_default());
    let mut seen = vec![false; text.len() + 1];
    let mut open = vec![(start, pieces_at(start))];
    while let Some((place, choices)) = open.last_mut() {
        let place = *place;
        match choices.next().map(|length| place + length) {
            Some(end) => {
                if let Some(seen) = seen.get_mut(end).filter(|seen| !**seen) {
                    *seen = true;
                    open.push((end, pieces_at(end)));
                }
            }
            None if place > start && allowed(place) => return place,
            None => {
                open.pop();
            }
        }
    }
    start
}
