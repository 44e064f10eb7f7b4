//! Sets of characters: how they are put together from ranges, and how a text is tested against them.
//!
//! Knows no Unicode properties (`\p{..}` is a literal p without the flag u) and no set arithmetic beyond union and
//! complement. Ignoring case is the matter of `fold`; a finished set compares code points and nothing else.

use super::Flags;
use super::fold;

/// Code points from the first to the second, both included.
pub(super) type Range = (u32, u32);

const LAST: u32 = 0x10_FFFF;

const DIGITS: &[Range] = &[(0x30, 0x39)];
const WORD: &[Range] = &[(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)];
const SPACE: &[Range] = &[
    (0x09, 0x0D),
    (0x20, 0x20),
    (0xA0, 0xA0),
    (0x1680, 0x1680),
    (0x2000, 0x200A),
    (0x2028, 0x2029),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x3000, 0x3000),
    (0xFEFF, 0xFEFF),
];
const LINE_ENDS: &[Range] = &[(0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029)];

/// Ranges under construction; sorted and apart from one another once `settle` was called.
///
/// A lone surrogate may be in it, and then matches nothing, since no text has one.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Ranges(Vec<Range>);

impl Ranges {
    pub(super) fn one(code: u32) -> Ranges {
        Ranges(vec![(code, code)])
    }

    pub(super) fn all() -> Ranges {
        Ranges(vec![(0, LAST)])
    }

    /// What `.` matches.
    pub(super) fn dot() -> Ranges {
        Ranges(LINE_ENDS.to_vec()).inverted()
    }

    /// What `\d`, `\W` and their like match, by the letter after the backslash.
    pub(super) fn named(letter: char) -> Option<Ranges> {
        let known = match letter.to_ascii_lowercase() {
            'd' => DIGITS,
            'w' => WORD,
            's' => SPACE,
            _ => return None,
        };
        let plain = Ranges(known.to_vec());
        Some(if letter.is_ascii_uppercase() {
            plain.inverted()
        } else {
            plain
        })
    }

    pub(super) fn as_slice(&self) -> &[Range] {
        &self.0
    }

    pub(super) fn push(&mut self, first: u32, last: u32) {
        self.0.push((first, last));
    }

    pub(super) fn add(&mut self, other: &Ranges) {
        self.0.extend_from_slice(&other.0);
    }

    /// A bracketed class as it is meant: case is ignored before the complement is taken, as ECMAScript has it.
    pub(super) fn finished(mut self, flags: Flags, inverted: bool) -> Ranges {
        self.settle();
        if flags.ignore_case {
            fold::close(&mut self);
        }
        if inverted { self.inverted() } else { self }
    }

    /// Sorts the ranges and joins those that touch.
    pub(super) fn settle(&mut self) {
        self.0.sort_unstable();
        let mut joined: Vec<Range> = Vec::with_capacity(self.0.len());
        for &(first, last) in &self.0 {
            match joined.last_mut() {
                Some(open) if first <= open.1.saturating_add(1) => open.1 = open.1.max(last),
                Some(_) | None => joined.push((first, last)),
            }
        }
        self.0 = joined;
    }

    /// Every character that is not in these settled ranges.
    fn inverted(&self) -> Ranges {
        let mut gaps = Vec::with_capacity(self.0.len() + 1);
        let mut next = 0;
        for &(first, last) in &self.0 {
            if next < first {
                gaps.push((next, first - 1));
            }
            next = last + 1;
        }
        if next <= LAST {
            gaps.push((next, LAST));
        }
        Ranges(gaps)
    }
}

/// Ranges made ready for matching: a bitmap for ASCII, and a sorted list for the rest.
#[derive(Debug)]
pub(super) struct Set {
    low: u64,
    high: u64,
    wide: Box<[Range]>,
}

impl Set {
    /// The set of these settled ranges.
    pub(super) fn new(ranges: &Ranges) -> Set {
        let mut ascii = 0u128;
        for &(first, last) in ranges.as_slice() {
            for code in first..(last + 1).min(0x80) {
                ascii |= 1 << code;
            }
        }
        let wide = ranges.as_slice().iter().filter(|range| range.1 >= 0x80);
        Set {
            low: ascii as u64,
            high: (ascii >> 64) as u64,
            wide: wide.copied().collect(),
        }
    }

    fn has_ascii(&self, byte: u8) -> bool {
        let word = if byte < 64 { self.low } else { self.high };
        word >> (byte & 63) & 1 == 1
    }

    #[inline]
    pub(super) fn has(&self, char: char) -> bool {
        if char.is_ascii() {
            return self.has_ascii(char as u8);
        }
        let code = char as u32;
        let behind = self.wide.partition_point(|range| range.1 < code);
        self.wide.get(behind).is_some_and(|range| range.0 <= code)
    }

    /// Where the character that starts at `pos` ends, if it is in the set.
    #[inline]
    pub(super) fn after(&self, text: &str, pos: usize) -> Option<usize> {
        let byte = *text.as_bytes().get(pos)?;
        if byte.is_ascii() {
            return self.has_ascii(byte).then_some(pos + 1);
        }
        let char = text.get(pos..)?.chars().next()?;
        self.has(char).then(|| pos + char.len_utf8())
    }

    /// Where the character that ends at `pos` starts, if it is in the set.
    #[inline]
    pub(super) fn before(&self, text: &str, pos: usize) -> Option<usize> {
        let char = text.get(..pos)?.chars().next_back()?;
        self.has(char).then(|| pos - char.len_utf8())
    }
}

pub(super) fn is_line_end(char: char) -> bool {
    matches!(char, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

pub(super) fn is_word(char: char) -> bool {
    char.is_ascii_alphanumeric() || char == '_'
}
