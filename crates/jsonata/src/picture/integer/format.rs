//! Writes integers with a picture.

use super::super::units::{Head, Units, insert, text, units};
use super::super::{Case, Style, check_length, out_of_range, words};
use super::{ASCII_ZERO, Decimal, Form, Grouping, IntegerPicture, Separator};
use crate::fault::{Code, Fault};
use crate::number::to_text;

/// From here on a Roman number would be thousands of letters long. The reference gives up at some millions as well.
const ROMAN_LIMIT: f64 = 1e7;

/// The Roman numbers that are written by repetition.
const ROMAN: [(f64, &str); 13] = [
    (1000.0, "m"),
    (900.0, "cm"),
    (500.0, "d"),
    (400.0, "cd"),
    (100.0, "c"),
    (90.0, "xc"),
    (50.0, "l"),
    (40.0, "xl"),
    (10.0, "x"),
    (9.0, "ix"),
    (5.0, "v"),
    (4.0, "iv"),
    (1.0, "i"),
];

/// `$formatInteger`.
pub(crate) fn format_integer(value: f64, picture: &str) -> Result<String, Fault> {
    check_length(picture)?;
    write_integer(value.floor(), &IntegerPicture::read(picture)?)
}

/// Writes an integer, or NaN where a time has no parts.
pub(in super::super) fn write_integer(
    value: f64,
    picture: &IntegerPicture,
) -> Result<String, Fault> {
    let size = value.abs();
    let mut written = match &picture.form {
        Form::Letters(case) => letters(size, *case)?,
        Form::Roman(case) => roman(size, *case)?,
        Form::Words(case) if size.is_finite() => words::to_words(size, picture.style, *case),
        Form::Words(_) => return Err(out_of_range(value)),
        Form::Decimal(decimal) => digits(size, decimal, picture.style),
        Form::Sequence(token) => return Err(Fault::with(Code::D3130, token.as_str())),
    };
    if value < 0.0 {
        written.insert(0, '-');
    }
    Ok(written)
}

/// Numbers as a spreadsheet names its columns; zero has no letters.
fn letters(size: f64, case: Case) -> Result<String, Fault> {
    if size.is_infinite() {
        return Err(out_of_range(size));
    }
    let first = match case {
        Case::Upper => b'A',
        Case::Lower | Case::Title => b'a',
    };
    let mut reversed = Vec::new();
    let mut rest = size;
    while rest > 0.0 {
        reversed.push(char::from(first + ((rest - 1.0) % 26.0) as u8));
        rest = ((rest - 1.0) / 26.0).floor();
    }
    Ok(reversed.into_iter().rev().collect())
}

fn roman(size: f64, case: Case) -> Result<String, Fault> {
    if size >= ROMAN_LIMIT {
        return Err(out_of_range(size));
    }
    let mut rest = size;
    let mut text = String::new();
    for (value, numeral) in ROMAN {
        while rest >= value {
            text.push_str(numeral);
            rest -= value;
        }
    }
    Ok(match case {
        Case::Upper => text.to_ascii_uppercase(),
        Case::Lower | Case::Title => text,
    })
}

fn digits(size: f64, decimal: &Decimal, style: Style) -> String {
    let plain = to_text(size);
    let padding = (decimal.mandatory - plain.len() as f64).max(0.0) as usize;
    let mut written: Units = vec![ASCII_ZERO as u16; padding];
    written.extend(units(&plain));
    for unit in &mut written {
        // Every family is in the basic plane; what is no digit, such as an exponent, moves along as in the reference.
        *unit = (u32::from(*unit) + decimal.zero - ASCII_ZERO) as u16;
    }
    let mut written = group(written, &decimal.grouping);
    match style {
        Style::Cardinal => {}
        Style::Ordinal => written.extend(units(suffix(&written))),
    }
    text(&written)
}

fn group(digits: Units, grouping: &Grouping) -> Units {
    match grouping {
        Grouping::Regular {
            distance,
            separator,
        } => group_regularly(&digits, *distance, *separator),
        Grouping::Irregular(separators) => group_irregularly(digits, separators),
    }
}

fn group_regularly(digits: &[u16], distance: usize, separator: char) -> Units {
    let mut grouped = Units::with_capacity(digits.len() * 2);
    for (index, &digit) in digits.iter().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(distance) {
            grouped.extend_from_slice(separator.encode_utf16(&mut [0; 2]));
        }
        grouped.push(digit);
    }
    grouped
}

fn group_irregularly(mut digits: Units, separators: &[Separator]) -> Units {
    for separator in separators.iter().rev() {
        let place = digits.len() as isize - separator.position as isize;
        insert(
            &mut digits,
            place,
            separator.character.encode_utf16(&mut [0; 2]),
            Head::Dropped,
        );
    }
    digits
}

/// The ending of an ordinal, which only knows the ordinary digits.
fn suffix(digits: &[u16]) -> &'static str {
    let from_end = |place: usize| {
        digits
            .iter()
            .rev()
            .nth(place)
            .and_then(|&unit| u8::try_from(unit).ok())
    };
    match (from_end(1), from_end(0)) {
        (Some(b'1'), _) => "th",
        (_, Some(b'1')) => "st",
        (_, Some(b'2')) => "nd",
        (_, Some(b'3')) => "rd",
        _ => "th",
    }
}
