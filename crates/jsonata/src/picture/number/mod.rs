//! `$formatNumber`: numbers with a picture and with decimal-format options.
//!
//! [`picture`] splits and checks a picture, [`render`] writes a number with it. Options are texts of any length here, as
//! they are in the reference; that they should be single characters is not checked.

mod picture;
mod render;

use super::units::{Units, find, part, units};
use super::{check_length, out_of_range};
use crate::fault::{Code, Fault};
use picture::SubPicture;

/// The longest option that is accepted, in UTF-16 units. The reference has no limit.
const MAX_OPTION: usize = 64;

/// The characters that a picture and its result are made of.
pub(crate) struct DecimalFormat {
    decimal: Units,
    grouping: Units,
    exponent: Units,
    minus: Units,
    percent: Units,
    per_mille: Units,
    zero: Units,
    digit: Units,
    pattern: Units,
}

impl Default for DecimalFormat {
    fn default() -> Self {
        DecimalFormat {
            decimal: units("."),
            grouping: units(","),
            exponent: units("e"),
            minus: units("-"),
            percent: units("%"),
            per_mille: units("\u{2030}"),
            zero: units("0"),
            digit: units("#"),
            pattern: units(";"),
        }
    }
}

impl DecimalFormat {
    /// Changes one option. Names that mean nothing are ignored; so are `infinity` and `NaN`, which the reference knows
    /// and never uses.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        let option = match name {
            "decimal-separator" => &mut self.decimal,
            "grouping-separator" => &mut self.grouping,
            "exponent-separator" => &mut self.exponent,
            "minus-sign" => &mut self.minus,
            "percent" => &mut self.percent,
            "per-mille" => &mut self.per_mille,
            "zero-digit" => &mut self.zero,
            "digit" => &mut self.digit,
            "pattern-separator" => &mut self.pattern,
            _ => return,
        };
        *option = units(value);
    }

    /// Refuses options so long that repeating them would make a result out of proportion.
    fn check(&self) -> Result<(), Fault> {
        let options = [
            &self.decimal,
            &self.grouping,
            &self.exponent,
            &self.minus,
            &self.percent,
            &self.per_mille,
            &self.zero,
            &self.digit,
            &self.pattern,
        ];
        let longest = options.into_iter().map(Vec::len).max().unwrap_or(0);
        if longest > MAX_OPTION {
            Err(out_of_range(longest as f64))
        } else {
            Ok(())
        }
    }

    /// Whether a unit is one of the ten digits that start at the zero digit.
    fn is_family(&self, unit: u16) -> bool {
        self.zero
            .first()
            .is_some_and(|&zero| (0..10).contains(&unit.wrapping_sub(zero)))
    }

    /// Whether a unit stands for a digit, given or optional.
    fn is_digit(&self, unit: u16) -> bool {
        self.is_family(unit) || self.digit == [unit]
    }

    /// Whether a unit takes part in the pattern, the exponent separator left aside.
    fn is_active(&self, unit: u16) -> bool {
        self.is_family(unit)
            || [&self.decimal, &self.grouping, &self.digit, &self.pattern]
                .into_iter()
                .any(|option| *option == [unit])
    }

    /// How many of the units are digits of the family.
    fn count_family(&self, text: &[u16]) -> usize {
        text.iter().filter(|&&unit| self.is_family(unit)).count()
    }

    /// How many of the units stand for digits.
    fn count_digits(&self, text: &[u16]) -> usize {
        text.iter().filter(|&&unit| self.is_digit(unit)).count()
    }
}

/// `$formatNumber`.
pub(crate) fn format_number(
    value: f64,
    picture: &str,
    options: &DecimalFormat,
) -> Result<String, Fault> {
    check_length(picture)?;
    options.check()?;
    let picture = units(picture);
    let parts = split(&picture, &options.pattern);
    let (first, second) = match parts.as_slice() {
        [] => return Err(Fault::new(Code::D3085)),
        [only] => (*only, None),
        [first, second] => (*first, Some(*second)),
        _ => return Err(Fault::new(Code::D3080)),
    };
    let positive = SubPicture::read(first, options)?;
    let negative = match second {
        Some(second) => Some(SubPicture::read(second, options)?),
        None => None,
    };
    // NaN goes the way of the negative numbers.
    let (chosen, sign) = match negative {
        _ if value >= 0.0 => (positive, [].as_slice()),
        Some(negative) => (negative, [].as_slice()),
        None => (positive, options.minus.as_slice()),
    };
    render::write(value, &chosen, sign, options)
}

/// Splits a text at each separator; an empty one splits it into its units.
fn split<'a>(text: &'a [u16], separator: &[u16]) -> Vec<&'a [u16]> {
    if separator.is_empty() {
        return text.chunks(1).collect();
    }
    let mut parts = Vec::new();
    let mut start = 0;
    while let Some(at) = find(text, separator, start) {
        parts.push(part(text, start, at));
        start = at + separator.len();
    }
    parts.push(part(text, start, text.len()));
    parts
}

#[cfg(test)]
mod tests;
