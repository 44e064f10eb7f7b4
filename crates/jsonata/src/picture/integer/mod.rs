//! Integer pictures: `$formatInteger`, `$parseInteger` and the numbers inside a date picture.
//!
//! This file reads a picture; [`mod@format`] writes with it and [`parse`] reads with it. As in the reference, a picture is
//! hardly validated, and reading never compares a text with its picture as a whole.

mod format;
mod parse;

pub(crate) use format::format_integer;
pub(super) use format::write_integer;
pub(crate) use parse::parse_integer;
pub(super) use parse::read_integer;

use super::units::regular_distance;
use super::{Case, Style};
use crate::fault::{Code, Fault};

/// The zeros of the digit families that a decimal picture may be written in.
const ZEROS: [u32; 37] = [
    0x30, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6,
    0x0D66, 0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80,
    0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0,
    0xFF10,
];

/// The zero of the ordinary digits.
pub(super) const ASCII_ZERO: u32 = 0x30;

/// A picture that has been read.
pub(super) struct IntegerPicture {
    pub(super) form: Form,
    pub(super) style: Style,
}

/// What a number is written in.
pub(super) enum Form {
    Letters(Case),
    Roman(Case),
    Words(Case),
    Decimal(Decimal),
    /// A numbering sequence, which the picture may name and nobody supports.
    Sequence(String),
}

/// A pattern of decimal digits.
pub(super) struct Decimal {
    /// The code point of the family's zero.
    pub(super) zero: u32,
    /// How many digits there are at least. A width modifier sets it too, and may set it to NaN.
    pub(super) mandatory: f64,
    pub(super) optional: f64,
    pub(super) grouping: Grouping,
}

/// Where separators go.
pub(super) enum Grouping {
    /// The same separator at every so many digits.
    Regular { distance: usize, separator: char },
    /// Each where the picture has it, from right to left.
    Irregular(Vec<Separator>),
}

/// A separator and the number of digits to its right.
pub(super) struct Separator {
    pub(super) position: usize,
    pub(super) character: char,
}

impl IntegerPicture {
    pub(super) fn read(picture: &str) -> Result<Self, Fault> {
        let (primary, modifier) = picture.rsplit_once(';').unwrap_or((picture, ""));
        let style = if modifier.starts_with('o') {
            Style::Ordinal
        } else {
            Style::Cardinal
        };
        let form = match primary {
            "A" => Form::Letters(Case::Upper),
            "a" => Form::Letters(Case::Lower),
            "I" => Form::Roman(Case::Upper),
            "i" => Form::Roman(Case::Lower),
            "W" => Form::Words(Case::Upper),
            "Ww" => Form::Words(Case::Title),
            "w" => Form::Words(Case::Lower),
            _ => match Decimal::read(primary)? {
                Some(decimal) => Form::Decimal(decimal),
                None => Form::Sequence(primary.to_owned()),
            },
        };
        Ok(IntegerPicture { form, style })
    }

    /// The digit pattern, if it is one.
    pub(super) fn decimal(&self) -> Option<&Decimal> {
        match &self.form {
            Form::Decimal(decimal) => Some(decimal),
            Form::Letters(_) | Form::Roman(_) | Form::Words(_) | Form::Sequence(_) => None,
        }
    }

    /// The separator, if it is a digit pattern that repeats one at a regular distance.
    pub(super) fn separator(&self) -> Option<char> {
        match self.decimal()?.grouping {
            Grouping::Regular { separator, .. } => Some(separator),
            Grouping::Irregular(_) => None,
        }
    }

    /// The digit pattern to change, if it is one.
    pub(super) fn decimal_mut(&mut self) -> Option<&mut Decimal> {
        match &mut self.form {
            Form::Decimal(decimal) => Some(decimal),
            Form::Letters(_) | Form::Roman(_) | Form::Words(_) | Form::Sequence(_) => None,
        }
    }
}

impl Decimal {
    /// Reads a digit pattern; `None` when there is no digit in it.
    fn read(primary: &str) -> Result<Option<Self>, Fault> {
        let mut zero = None;
        let (mut mandatory, mut optional) = (0, 0);
        let mut separators = Vec::new();
        for character in primary.chars().rev() {
            if let Some(family) = family_of(character) {
                if *zero.get_or_insert(family) != family {
                    return Err(Fault::new(Code::D3131));
                }
                mandatory += 1;
            } else if character == '#' {
                optional += 1;
            } else {
                separators.push(Separator {
                    position: mandatory + optional,
                    character,
                });
            }
        }
        let decimal = zero.map(|zero| Decimal {
            zero,
            mandatory: mandatory as f64,
            optional: optional as f64,
            grouping: Grouping::of(separators),
        });
        Ok(decimal)
    }
}

impl Grouping {
    fn of(separators: Vec<Separator>) -> Self {
        let distance = regular_distance(separators.iter().map(|separator| separator.position));
        match (separators.first(), distance) {
            (Some(&Separator { character, .. }), Some(distance))
                if separators
                    .iter()
                    .all(|separator| separator.character == character) =>
            {
                Grouping::Regular {
                    distance,
                    separator: character,
                }
            }
            _ => Grouping::Irregular(separators),
        }
    }
}

/// The zero of the family that a digit belongs to.
fn family_of(character: char) -> Option<u32> {
    let code = u32::from(character);
    ZEROS
        .into_iter()
        .find(|&zero| (zero..=zero + 9).contains(&code))
}

#[cfg(test)]
mod tests;
