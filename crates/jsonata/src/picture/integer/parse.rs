//! Reads integers with a picture. A text that the picture does not describe gives NaN or what it starts with.

use std::collections::BTreeSet;

use super::super::{Case, Style, check_length, words};
use super::{ASCII_ZERO, Decimal, Form, Grouping, IntegerPicture};
use crate::fault::{Code, Fault};
use crate::number::{parse_int, power};

/// `$parseInteger`.
pub(crate) fn parse_integer(text: &str, picture: &str) -> Result<f64, Fault> {
    check_length(picture)?;
    read_integer(text, &IntegerPicture::read(picture)?)
}

/// Reads a text with a picture that has been read already.
pub(in super::super) fn read_integer(text: &str, picture: &IntegerPicture) -> Result<f64, Fault> {
    match &picture.form {
        Form::Letters(case) => Ok(letters(text, *case)),
        Form::Roman(case) => Ok(roman(text, *case)),
        Form::Words(_) => Ok(words::from_words(text)),
        Form::Decimal(decimal) => digits(text, decimal, picture.style),
        Form::Sequence(token) => Err(Fault::with(Code::D3130, token.as_str())),
    }
}

/// Letters as the digits of a number to the base 26. Other characters count by their distance from the first letter.
fn letters(text: &str, case: Case) -> f64 {
    let before = match case {
        Case::Upper => f64::from(b'A' - 1),
        Case::Lower | Case::Title => f64::from(b'a' - 1),
    };
    let units: Vec<u16> = text.encode_utf16().collect();
    let places = units.iter().rev().enumerate();
    places.fold(0.0, |value, (place, &unit)| {
        value + (f64::from(unit) - before) * power(26.0, place as f64)
    })
}

fn roman(text: &str, case: Case) -> f64 {
    let upper = match case {
        Case::Upper => text.to_owned(),
        Case::Lower | Case::Title => text.to_uppercase(),
    };
    let mut largest = 1.0;
    let mut value = 0.0;
    for numeral in upper.chars().rev().map(roman_value) {
        if numeral < largest {
            value -= numeral;
        } else {
            largest = numeral;
            value += numeral;
        }
    }
    value
}

fn roman_value(numeral: char) -> f64 {
    match numeral {
        'M' => 1000.0,
        'D' => 500.0,
        'C' => 100.0,
        'L' => 50.0,
        'X' => 10.0,
        'V' => 5.0,
        'I' => 1.0,
        _ => f64::NAN,
    }
}

fn digits(text: &str, decimal: &Decimal, style: Style) -> Result<f64, Fault> {
    let kept = match style {
        Style::Cardinal => text.to_owned(),
        Style::Ordinal => without_suffix(text),
    };
    let kept = without_separators(kept, &decimal.grouping);
    if decimal.zero == ASCII_ZERO {
        return Ok(parse_int(&kept));
    }
    let shifted: Option<String> = kept
        .encode_utf16()
        .map(|unit| to_ascii(unit, decimal.zero))
        .collect();
    match shifted {
        Some(digits) => Ok(parse_int(&digits)),
        None => Err(Fault::with(Code::D3030, text)),
    }
}

/// An ordinal without its last two UTF-16 units, whatever they are.
fn without_suffix(text: &str) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    String::from_utf16_lossy(
        units
            .get(..units.len().saturating_sub(2))
            .unwrap_or_default(),
    )
}

/// The reference drops commas from a regular pattern whatever its separator is.
fn without_separators(mut text: String, grouping: &Grouping) -> String {
    match grouping {
        Grouping::Regular { .. } => text.retain(|c| c != ','),
        Grouping::Irregular(separators) => {
            let dropped: BTreeSet<char> = separators
                .iter()
                .map(|separator| separator.character)
                .collect();
            text.retain(|c| !dropped.contains(&c));
        }
    }
    text
}

/// Moves a digit of another family to the ordinary ones. What has no place there has no number, an error there too.
fn to_ascii(unit: u16, zero: u32) -> Option<char> {
    let code = (u32::from(unit) + ASCII_ZERO).checked_sub(zero)?;
    Some(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
}
