//! Splits a number picture into its parts, checks it and counts what it asks for.

use super::super::units::{find, find_last, part, regular_distance};
use super::DecimalFormat;
use crate::fault::{Code, Fault};

/// One of the one or two halves of a picture, ready for writing.
pub(super) struct SubPicture<'a> {
    /// The whole half, which says what the number is multiplied by.
    pub(super) source: &'a [u16],
    pub(super) prefix: &'a [u16],
    pub(super) suffix: &'a [u16],
    pub(super) grouping: Grouping,
    /// How many digits stand before each separator of the fraction.
    pub(super) fraction_groups: Vec<usize>,
    pub(super) min_integer: usize,
    pub(super) min_fraction: usize,
    pub(super) max_fraction: usize,
    /// How many digits the mantissa has before the point when there is an exponent.
    pub(super) scale: usize,
    /// How many digits the exponent has at least; zero when there is none.
    pub(super) min_exponent: usize,
}

/// Where separators go in the integer part.
pub(super) enum Grouping {
    Regular(usize),
    /// The number of digits behind each, from left to right.
    Irregular(Vec<usize>),
}

/// The texts that a half consists of.
struct Parts<'a> {
    source: &'a [u16],
    prefix: &'a [u16],
    suffix: &'a [u16],
    active: &'a [u16],
    mantissa: &'a [u16],
    exponent: Option<&'a [u16]>,
    integer: &'a [u16],
    fraction: &'a [u16],
}

impl<'a> SubPicture<'a> {
    pub(super) fn read(source: &'a [u16], options: &DecimalFormat) -> Result<Self, Fault> {
        let parts = Parts::split(source, options);
        match parts.mistake(options) {
            Some(code) => Err(Fault::new(code)),
            None => Ok(parts.analyse(options)),
        }
    }
}

impl<'a> Parts<'a> {
    fn split(source: &'a [u16], options: &DecimalFormat) -> Self {
        let length = source.len();
        let is_active = |unit: &u16| options.is_active(*unit) && options.exponent != [*unit];
        let start = source.iter().position(is_active).unwrap_or(0);
        let end = source
            .iter()
            .rposition(is_active)
            .map_or(length, |at| at + 1);
        let prefix = part(source, 0, start);
        let suffix = part(source, end, length);
        let active = part(source, start, end);
        // The reference finds the exponent in the whole half but cuts the active part there; a prefix moves the cut.
        let (mantissa, exponent) =
            match find(source, &options.exponent, start).filter(|&at| at <= end) {
                Some(at) => (part(active, 0, at), Some(part(active, at + 1, length))),
                None => (active, None),
            };
        // Without a point the suffix takes the place of the fraction, which later counts its digits.
        let (integer, fraction) = match find(mantissa, &options.decimal, 0) {
            Some(at) => (part(mantissa, 0, at), part(mantissa, at + 1, length)),
            None => (mantissa, suffix),
        };
        Parts {
            source,
            prefix,
            suffix,
            active,
            mantissa,
            exponent,
            integer,
            fraction,
        }
    }

    /// What is wrong with the half. The checks come in the order of the standard and the last mistake counts.
    fn mistake(&self, options: &DecimalFormat) -> Option<Code> {
        let is_scaled = self.has(&options.percent) || self.has(&options.per_mille);
        let checks = [
            (self.repeats(&options.decimal), Code::D3081),
            (self.repeats(&options.percent), Code::D3082),
            (self.repeats(&options.per_mille), Code::D3083),
            (
                self.has(&options.percent) && self.has(&options.per_mille),
                Code::D3084,
            ),
            (options.count_digits(self.mantissa) == 0, Code::D3085),
            (self.is_interrupted(options), Code::D3086),
            (self.groups_at_point(options), Code::D3087),
            (self.groups_at_end(options), Code::D3088),
            (self.has(&options.grouping.repeat(2)), Code::D3089),
            (self.optional_after_given(options), Code::D3090),
            (self.given_after_optional(options), Code::D3091),
            (
                self.exponent.is_some_and(|digits| !digits.is_empty()) && is_scaled,
                Code::D3092,
            ),
            (
                self.exponent
                    .is_some_and(|digits| !is_number(digits, options)),
                Code::D3093,
            ),
        ];
        checks
            .into_iter()
            .rev()
            .find_map(|(wrong, code)| wrong.then_some(code))
    }

    fn has(&self, option: &[u16]) -> bool {
        find(self.source, option, 0).is_some()
    }

    fn repeats(&self, option: &[u16]) -> bool {
        find(self.source, option, 0) != find_last(self.source, option)
    }

    fn is_interrupted(&self, options: &DecimalFormat) -> bool {
        self.active
            .iter()
            .any(|&unit| !options.is_active(unit) && options.exponent != [unit])
    }

    /// Whether a grouping separator touches the decimal point.
    fn groups_at_point(&self, options: &DecimalFormat) -> bool {
        find(self.source, &options.decimal, 0).is_some_and(|at| {
            let before = at
                .checked_sub(1)
                .map_or(&[][..], |before| part(self.source, before, at));
            options.grouping == before || options.grouping == part(self.source, at + 1, at + 2)
        })
    }

    /// Whether an integer part without a point ends in a grouping separator.
    fn groups_at_end(&self, options: &DecimalFormat) -> bool {
        let last = part(
            self.integer,
            self.integer.len().saturating_sub(1),
            self.integer.len(),
        );
        find(self.source, &options.decimal, 0).is_none() && options.grouping == last
    }

    fn optional_after_given(&self, options: &DecimalFormat) -> bool {
        find(self.integer, &options.digit, 0)
            .is_some_and(|at| options.count_family(part(self.integer, 0, at)) > 0)
    }

    fn given_after_optional(&self, options: &DecimalFormat) -> bool {
        find_last(self.fraction, &options.digit).is_some_and(|at| {
            options.count_family(part(self.fraction, at, self.fraction.len())) > 0
        })
    }

    fn analyse(self, options: &DecimalFormat) -> SubPicture<'a> {
        let groups = self.integer_groups(options);
        let grouping = match regular_distance(groups.iter().rev().copied()) {
            Some(distance) => Grouping::Regular(distance),
            None => Grouping::Irregular(groups),
        };
        let scale = options.count_family(self.integer);
        let mut sizes = SubPicture {
            source: self.source,
            prefix: self.prefix,
            suffix: self.suffix,
            grouping,
            fraction_groups: self.fraction_groups(options),
            min_integer: scale,
            min_fraction: options.count_family(self.fraction),
            max_fraction: options.count_digits(self.fraction),
            scale,
            min_exponent: self
                .exponent
                .map_or(0, |digits| options.count_family(digits)),
        };
        self.fill_up(&mut sizes, options);
        sizes
    }

    /// Asks for at least one digit somewhere.
    fn fill_up(&self, sizes: &mut SubPicture<'_>, options: &DecimalFormat) {
        let has_exponent = self.exponent.is_some();
        if sizes.min_integer == 0 && sizes.max_fraction == 0 {
            if has_exponent {
                sizes.min_fraction = 1;
                sizes.max_fraction = 1;
            } else {
                sizes.min_integer = 1;
            }
        }
        if has_exponent && sizes.min_integer == 0 && find(self.integer, &options.digit, 0).is_some()
        {
            sizes.min_integer = 1;
        }
        if sizes.min_integer == 0 && sizes.min_fraction == 0 {
            sizes.min_fraction = 1;
        }
    }

    /// The number of digits behind each separator of the integer part, from left to right.
    fn integer_groups(&self, options: &DecimalFormat) -> Vec<usize> {
        let mut groups = Vec::new();
        let mut from = 0;
        let mut behind = options.count_digits(self.integer);
        while let Some(at) = find(self.integer, &options.grouping, from) {
            behind -= options.count_digits(part(self.integer, from, at));
            groups.push(behind);
            // The separator itself may count as a digit, so it stays in what is counted next.
            from = at;
            if options.count_digits(part(self.integer, at, at + 1)) > 0 {
                behind -= 1;
            }
            from += 1;
        }
        groups
    }

    /// The number of digits before each separator of the fraction. The reference looks for all but the first in the
    /// integer part, so a second separator of the fraction is lost, and one of the integer part may take its place.
    fn fraction_groups(&self, options: &DecimalFormat) -> Vec<usize> {
        let mut groups = Vec::new();
        let mut next = find(self.fraction, &options.grouping, 0);
        let mut counted = 0;
        let mut before = 0;
        while let Some(at) = next {
            before += options.count_digits(part(self.fraction, counted, at));
            counted = at;
            groups.push(before);
            next = find(self.integer, &options.grouping, at + 1);
        }
        groups
    }
}

/// Whether a text consists of digits of the family only.
fn is_number(text: &[u16], options: &DecimalFormat) -> bool {
    !text.is_empty() && text.iter().all(|&unit| options.is_family(unit))
}
