//! Writes a number with a picture that has been checked.

use super::super::out_of_range;
use super::super::units::{Head, Units, find, insert, part, text, units};
use super::DecimalFormat;
use super::picture::{Grouping, SubPicture};
use crate::fault::Fault;
use crate::number::{power_of_ten, round_half_even, to_fixed};

/// The most digits that JavaScript prints of a fraction.
const MAX_PLACES: usize = 100;

/// Writes a number, with a sign before the picture's own prefix.
pub(super) fn write(
    value: f64,
    picture: &SubPicture<'_>,
    sign: &[u16],
    options: &DecimalFormat,
) -> Result<String, Fault> {
    if picture.max_fraction > MAX_PLACES {
        return Err(out_of_range(picture.max_fraction as f64));
    }
    let (mantissa, exponent) = scaled(multiplied(value, picture, options), picture)?;
    let rounded = round_half_even(mantissa, picture.max_fraction as f64);
    let number = Number { picture, options }.write(rounded);
    let mut written = [sign, picture.prefix, &number].concat();
    if let Some(exponent) = exponent {
        push_exponent(&mut written, exponent, picture, options);
    }
    written.extend_from_slice(picture.suffix);
    Ok(text(&written))
}

fn multiplied(value: f64, picture: &SubPicture<'_>, options: &DecimalFormat) -> f64 {
    if find(picture.source, &options.percent, 0).is_some() {
        value * 100.0
    } else if find(picture.source, &options.per_mille, 0).is_some() {
        value * 1000.0
    } else {
        value
    }
}

/// Divides a number into a mantissa of the size that the picture asks for and an exponent, where it has one.
fn scaled(value: f64, picture: &SubPicture<'_>) -> Result<(f64, Option<i32>), Fault> {
    if picture.min_exponent == 0 {
        return Ok((value, None));
    }
    if value.is_infinite() {
        return Err(out_of_range(value));
    }
    let largest = power_of_ten(picture.scale as i32);
    let smallest = power_of_ten(picture.scale as i32 - 1);
    let mut mantissa = value;
    let mut exponent = 0;
    if mantissa != 0.0 {
        while mantissa.abs() < smallest {
            mantissa *= 10.0;
            exponent -= 1;
        }
        // An infinite mantissa, which only hundreds of digits in the picture lead to, is never larger than the largest.
        while mantissa.abs() > largest {
            mantissa /= 10.0;
            exponent += 1;
        }
    }
    Ok((mantissa, Some(exponent)))
}

fn push_exponent(
    written: &mut Units,
    exponent: i32,
    picture: &SubPicture<'_>,
    options: &DecimalFormat,
) {
    let digits = localised(&to_fixed(f64::from(exponent).abs(), 0), options);
    written.extend_from_slice(&options.exponent);
    if exponent < 0 {
        written.extend_from_slice(&options.minus);
    }
    written.extend(
        options
            .zero
            .repeat(picture.min_exponent.saturating_sub(digits.len())),
    );
    written.extend(digits);
}

/// Turns ordinary digits into those of the family; without a zero there are none.
fn localised(plain: &str, options: &DecimalFormat) -> Units {
    let ascii_zero = u16::from(b'0');
    let localise = |unit: u16| match unit.checked_sub(ascii_zero) {
        Some(digit) if digit < 10 => options.zero.first().map(|&zero| zero.wrapping_add(digit)),
        _ => Some(unit),
    };
    if options.zero == [ascii_zero] {
        units(plain)
    } else {
        plain.encode_utf16().filter_map(localise).collect()
    }
}

/// The number between prefix and exponent.
struct Number<'a> {
    picture: &'a SubPicture<'a>,
    options: &'a DecimalFormat,
}

impl Number<'_> {
    fn write(&self, value: f64) -> Units {
        let mut written = self.digits(value);
        self.trim(&mut written);
        self.pad(&mut written);
        self.group_integer(&mut written);
        self.group_fraction(&mut written);
        self.drop_point(&mut written);
        written
    }

    /// The digits, always with a decimal point.
    fn digits(&self, value: f64) -> Units {
        let plain = localised(
            &to_fixed(value.abs(), self.picture.max_fraction),
            self.options,
        );
        let point = plain.iter().position(|&unit| unit == u16::from(b'.'));
        let (before, after) = match point {
            Some(at) => (part(&plain, 0, at), part(&plain, at + 1, plain.len())),
            None => (plain.as_slice(), [].as_slice()),
        };
        [before, &self.options.decimal, after].concat()
    }

    /// Takes the zeros from both ends.
    fn trim(&self, written: &mut Units) {
        let &[zero] = self.options.zero.as_slice() else {
            return;
        };
        let start = written
            .iter()
            .position(|&unit| unit != zero)
            .unwrap_or(written.len());
        written.drain(..start);
        let end = written
            .iter()
            .rposition(|&unit| unit != zero)
            .map_or(0, |at| at + 1);
        written.truncate(end);
    }

    /// Adds the zeros that the picture asks for.
    fn pad(&self, written: &mut Units) {
        let point = self.point(written);
        let left = self.picture.min_integer as isize - point;
        let right = self.picture.min_fraction as isize - (written.len() as isize - point - 1);
        let zeros = |count: isize| self.options.zero.repeat(count.max(0) as usize);
        written.splice(0..0, zeros(left));
        written.extend(zeros(right));
    }

    /// Where the decimal point is; before the start when an odd choice of options has removed it.
    fn point(&self, written: &[u16]) -> isize {
        find(written, &self.options.decimal, 0).map_or(-1, |at| at as isize)
    }

    fn group_integer(&self, written: &mut Units) {
        let separator = &self.options.grouping;
        let mut point = self.point(written);
        match &self.picture.grouping {
            Grouping::Regular(distance) => {
                let distance = *distance as isize;
                for group in 1..=(point - 1).div_euclid(distance) {
                    insert(written, point - group * distance, separator, Head::Kept);
                }
            }
            Grouping::Irregular(places) => {
                for &place in places {
                    insert(written, point - place as isize, separator, Head::Kept);
                    // The reference moves the point by one whatever the separator's length is.
                    point += 1;
                }
            }
        }
    }

    fn group_fraction(&self, written: &mut Units) {
        let point = self.point(written);
        for &place in &self.picture.fraction_groups {
            insert(
                written,
                place as isize + point + 1,
                &self.options.grouping,
                Head::Kept,
            );
        }
    }

    /// Drops the point that nothing follows, or that the picture does not have.
    fn drop_point(&self, written: &mut Units) {
        let at_end = self.point(written) == written.len() as isize - 1;
        if at_end || find(self.picture.source, &self.options.decimal, 0).is_none() {
            written.pop();
        }
    }
}
