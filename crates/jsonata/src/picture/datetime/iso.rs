//! Reads ISO 8601 times, the form that needs no picture.
//!
//! The reference checks the shape of the text and leaves its meaning to the `Date.parse` of its JavaScript engine. For
//! what the shape lets through and ISO 8601 does not, V8 falls back to an older reading, which is followed here: such a
//! text gives NaN, or a time that may surprise. A time without a zone is in UTC.

use super::calendar::Parts;
use crate::fault::{Code, Fault};

/// The time of a text; NaN when it has the shape of a time and is none.
pub(super) fn parse(text: &str) -> Result<f64, Fault> {
    if has_shape(text) {
        Ok(time(text).unwrap_or(f64::NAN))
    } else {
        Err(Fault::with(Code::D3110, text))
    }
}

/// Whether a text is a year and perhaps a month, a day, a clock, a fraction and a zone. In a pattern `9` is any digit,
/// and a smaller one the largest that is allowed in its place.
fn has_shape(text: &str) -> bool {
    let Some(rest) = skip(text, "9999") else {
        return false;
    };
    let month = skip(rest, "-19");
    let dates = [
        month.and_then(|rest| skip(rest, "-39")),
        month,
        skip(rest, "-39"),
        Some(rest),
    ];
    dates.into_iter().flatten().any(is_clock_and_zone)
}

fn is_clock_and_zone(text: &str) -> bool {
    let text = skip(text, "T29:59:59").unwrap_or(text);
    let text = match skip(text, ".9") {
        Some(rest) => rest.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => text,
    };
    let zone = text.strip_prefix(['+', '-']);
    let ends = |pattern| zone.and_then(|zone| skip(zone, pattern)) == Some("");
    text.is_empty() || text == "Z" || ends("29:59") || ends("2959")
}

/// What follows a pattern at the start of a text.
fn skip<'a>(text: &'a str, pattern: &str) -> Option<&'a str> {
    let matches = |(found, allowed): (u8, u8)| {
        if allowed.is_ascii_digit() {
            (b'0'..=allowed).contains(&found)
        } else {
            found == allowed
        }
    };
    let rest = text.get(pattern.len()..)?;
    text.bytes()
        .zip(pattern.bytes())
        .all(matches)
        .then_some(rest)
}

/// The rest of a text that is being read.
struct Scanner<'a>(&'a [u8]);

/// A number and how many digits it has.
#[derive(Clone, Copy)]
struct Number {
    value: u32,
    length: usize,
}

impl Scanner<'_> {
    /// Takes a character if it is the next.
    fn take(&mut self, expected: u8) -> bool {
        match self.0.split_first() {
            Some((&first, rest)) if first == expected => {
                self.0 = rest;
                true
            }
            Some(_) | None => false,
        }
    }

    /// Takes a number. Digits count from the first that is not zero, and past nine of them they are dropped.
    fn number(&mut self) -> Option<Number> {
        let number = self.peek_number()?;
        self.0 = self.0.get(number.length..).unwrap_or_default();
        Some(number)
    }

    fn peek_number(&self) -> Option<Number> {
        let digits = self.0.iter().take_while(|byte| byte.is_ascii_digit());
        let length = digits.clone().count();
        let kept = digits.skip_while(|&&byte| byte == b'0').take(9);
        let value = kept.fold(0, |value, &byte| value * 10 + u32::from(byte - b'0'));
        (length > 0).then_some(Number { value, length })
    }

    /// Takes a number of two digits that is at most `max`.
    fn two_digits(&mut self, min: u32, max: u32) -> Option<u32> {
        let number = self.peek_number()?;
        if number.length != 2 || !(min..=max).contains(&number.value) {
            return None;
        }
        self.number().map(|number| number.value)
    }
}

fn time(text: &str) -> Option<f64> {
    let mut scanner = Scanner(text.as_bytes());
    let mut date = vec![scanner.number()?.value];
    for max in [12, 31] {
        if !scanner.take(b'-') {
            break;
        }
        match scanner.two_digits(1, max) {
            Some(value) => date.push(value),
            None => return old_time(scanner, date),
        }
    }
    let day = |at: usize| date.get(at).map_or(1.0, |&value| f64::from(value));
    let midnight = Parts::date(day(0), day(1) - 1.0, day(2));
    if scanner.0.is_empty() {
        Some(midnight.time())
    } else if scanner.take(b'T') {
        clock(scanner, midnight)
    } else {
        old_time(scanner, date)
    }
}

/// Reads the clock and the zone of a proper time.
fn clock(mut scanner: Scanner<'_>, midnight: Parts) -> Option<f64> {
    let hour = scanner.two_digits(0, 24)?;
    // The last moment of a day may be its 24th hour.
    let max = if hour == 24 { 0 } else { 59 };
    scanner.take(b':');
    let minute = scanner.two_digits(0, max)?;
    scanner.take(b':');
    let second = scanner.two_digits(0, max)?;
    let fraction = if scanner.take(b'.') {
        scanner.number()?
    } else {
        Number {
            value: 0,
            length: 1,
        }
    };
    if hour == 24 && fraction.value > 0 {
        return None;
    }
    let parts = Parts {
        hour: f64::from(hour),
        minute: f64::from(minute),
        second: f64::from(second),
        milli: millis(fraction),
        ..midnight
    };
    Some(parts.time() - zone(scanner)? * 60_000.0)
}

/// The first three digits of a fraction, counted the way V8 does.
fn millis(fraction: Number) -> f64 {
    let value = match fraction.length {
        1 => fraction.value * 100,
        2 => fraction.value * 10,
        length => fraction.value / 10u32.pow(length.min(9) as u32 - 3),
    };
    f64::from(value)
}

/// The minutes of a zone.
fn zone(mut scanner: Scanner<'_>) -> Option<f64> {
    let sign = if scanner.take(b'-') {
        -1.0
    } else if scanner.take(b'+') {
        1.0
    } else {
        return Some(0.0);
    };
    let (hours, minutes) = match scanner.number()? {
        Number { value, length: 4 } => (value / 100, value % 100),
        Number { value, .. } => {
            scanner.take(b':');
            (value, scanner.number()?.value)
        }
    };
    (hours < 24).then(|| sign * f64::from(hours * 60 + minutes))
}

/// Reads the rest of a time in the old way: numbers in any order, of which one before a colon is the hour.
fn old_time(mut scanner: Scanner<'_>, mut date: Vec<u32>) -> Option<f64> {
    let mut clock: Vec<u32> = Vec::new();
    while !scanner.0.is_empty() {
        let Some(Number { value, .. }) = scanner.number() else {
            // Points and colons between numbers are ignored, and so is the zone, which can only be UTC.
            if [b'.', b':', b'Z']
                .into_iter()
                .any(|byte| scanner.take(byte))
            {
                continue;
            }
            return None;
        };
        if scanner.take(b':') {
            clock.push(value);
        } else if clock.len() == 1 {
            scanner.take(b'.');
            clock.push(value);
        } else if date.len() < 3 {
            if !scanner.take(b'.') {
                scanner.take(b'-');
            }
            date.push(value);
        } else {
            return None;
        }
    }
    let (hour, minute) = old_clock(&clock)?;
    let parts = old_date(&date)?;
    Some(
        Parts {
            hour,
            minute,
            ..parts
        }
        .time(),
    )
}

fn old_clock(clock: &[u32]) -> Option<(f64, f64)> {
    let hour = clock.first().copied().unwrap_or(0);
    let minute = clock.get(1).copied().unwrap_or(0);
    (hour < 24 || (hour == 24 && minute == 0)).then_some((f64::from(hour), f64::from(minute)))
}

/// Year, month and day, or month, day and year if the first could be a month's day.
fn old_date(date: &[u32]) -> Option<Parts> {
    let part = |at: usize| date.get(at).copied().unwrap_or(1);
    let is_day = |value: u32| (1..=31).contains(&value);
    let (year, month, day) = match is_day(part(0)) {
        true => (part(2), part(0), part(1)),
        false => (part(0), part(1), part(2)),
    };
    let year = match year {
        0..=49 => year + 2000,
        50..=99 => year + 1900,
        _ => year,
    };
    let exists = (1..=12).contains(&month) && is_day(day);
    exists.then(|| Parts::date(f64::from(year), f64::from(month) - 1.0, f64::from(day)))
}
