//! JavaScript's numbers for JSONata: how they print, round and are read.
//!
//! JSONata takes its number behaviour from JavaScript, so this module follows that language digit for digit. It knows
//! nothing of pictures and nothing of values other than numbers; `%` is left out because Rust's operator is the same.

use std::fmt::Write as _;

use crate::fault::{Code, Fault};

/// The digits of every radix up to 36.
const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// Prints a number as JavaScript's `Number.prototype.toString` does.
pub(crate) fn to_text(value: f64) -> String {
    if !value.is_finite() {
        return special_text(value);
    }
    if value.abs() < 1e15 && value.trunc() == value {
        // The cast is exact in this range, and it turns a negative zero into zero.
        return (value as i64).to_string();
    }
    let (digits, exponent) = shortest(value.abs());
    let sign = if value < 0.0 { "-" } else { "" };
    lay_out(sign, &digits, exponent + 1)
}

/// Prints the numbers that have no digits.
fn special_text(value: f64) -> String {
    let text = match (value.is_nan(), value < 0.0) {
        (true, _) => "NaN",
        (false, true) => "-Infinity",
        (false, false) => "Infinity",
    };
    text.to_owned()
}

/// The shortest digits that read back as this positive number, and the power of ten of the first of them.
fn shortest(value: f64) -> (String, i32) {
    let mut digits = String::new();
    let _ = write!(digits, "{value:e}");
    let exponent = match digits.find('e') {
        Some(at) => {
            let exponent = digits
                .get(at + 1..)
                .and_then(|text| text.parse().ok())
                .unwrap_or(0);
            digits.truncate(at);
            exponent
        }
        None => 0,
    };
    digits.retain(|c| c != '.');
    let places = usize::try_from(digits.len() as i32 - 1 - exponent).unwrap_or(usize::MAX);
    if fraction_digits(value).checked_sub(1) == Some(places) {
        digits = even_digits(value, places).unwrap_or(digits);
    }
    (digits, exponent)
}

/// The digits of a number that is as near to two texts with `places` places; JavaScript prints the even one.
fn even_digits(value: f64, places: usize) -> Option<String> {
    let text = format!("{value:.places$}");
    let reads_back = text.parse() == Ok(value);
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    reads_back.then(|| digits.trim_start_matches('0').to_owned())
}

/// Places the decimal point `point` digits from the left, in the notation that JavaScript picks for the size.
fn lay_out(sign: &str, digits: &str, point: i32) -> String {
    let count = digits.len() as i32;
    let mut text = String::from(sign);
    if (count..=21).contains(&point) {
        text.push_str(digits);
        push_zeros(&mut text, point - count);
    } else if (1..=21).contains(&point) {
        let (whole, fraction) = digits.split_at(point as usize);
        text.push_str(whole);
        text.push('.');
        text.push_str(fraction);
    } else if (-5..=0).contains(&point) {
        text.push_str("0.");
        push_zeros(&mut text, -point);
        text.push_str(digits);
    } else {
        push_scientific(&mut text, digits, point - 1);
    }
    text
}

fn push_scientific(text: &mut String, digits: &str, exponent: i32) {
    let (first, rest) = digits.split_at(1);
    text.push_str(first);
    if !rest.is_empty() {
        text.push('.');
        text.push_str(rest);
    }
    text.push_str(if exponent < 0 { "e-" } else { "e+" });
    text.push_str(&exponent.unsigned_abs().to_string());
}

fn push_zeros(text: &mut String, count: i32) {
    text.extend((0..count).map(|_| '0'));
}

/// Prints a number as `$string` does: a fraction is first cut to fifteen significant digits.
pub(crate) fn to_precision_text(value: f64) -> String {
    if !value.is_finite() || value.trunc() == value {
        return to_text(value);
    }
    let size = fifteen_digits(value.abs());
    to_text(if value < 0.0 { -size } else { size })
}

/// JavaScript's `Number(value.toPrecision(15))` for a positive fraction.
fn fifteen_digits(value: f64) -> f64 {
    let (digits, exponent) = shortest(value);
    if digits.len() <= 15 {
        return value;
    }
    // Rust rounds an exact tie to even and JavaScript away from zero; such a tie prints exactly in its shortest form.
    let text = match usize::try_from(14 - exponent) {
        Ok(places) if fraction_digits(value) == places + 1 => to_fixed(value, places),
        Ok(_) | Err(_) => format!("{value:.14e}"),
    };
    text.parse().unwrap_or(value)
}

/// Prints a number as JavaScript's `toFixed` does, for any number of places.
pub(crate) fn to_fixed(value: f64, places: usize) -> String {
    if !value.is_finite() || value.abs() >= 1e21 {
        return to_text(value);
    }
    let size = value.abs();
    let mut text = if fraction_digits(size) == places + 1 {
        tie_upwards(size, places)
    } else {
        format!("{size:.places$}")
    };
    if value < 0.0 {
        text.insert(0, '-');
    }
    text
}

/// Rounds a number that lies exactly between two neighbours with `places` places to the upper one.
fn tie_upwards(size: f64, places: usize) -> String {
    let exact = format!("{size:.*}", places + 1);
    let kept = exact.strip_suffix('5').unwrap_or(&exact);
    let mut digits = kept.strip_suffix('.').unwrap_or(kept).as_bytes().to_vec();
    for digit in digits.iter_mut().rev() {
        match *digit {
            b'.' => {}
            b'9' => *digit = b'0',
            _ => {
                *digit += 1;
                return String::from_utf8_lossy(&digits).into_owned();
            }
        }
    }
    digits.insert(0, b'1');
    String::from_utf8_lossy(&digits).into_owned()
}

/// How many places the exact decimal expansion of a positive number has.
///
/// A number is an odd integer times a power of two; each halving adds one place, and the last digit is always a five.
fn fraction_digits(value: f64) -> usize {
    let bits = value.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    let (mantissa, exponent) = match (bits >> 52) as i32 & 0x7ff {
        0 => (fraction, -1074),
        raw => (fraction | 1 << 52, raw - 1075),
    };
    if mantissa == 0 {
        return 0;
    }
    usize::try_from(-(exponent + mantissa.trailing_zeros() as i32)).unwrap_or(0)
}

/// `$formatBase`: rounds both numbers, then prints the first in the radix of the second.
pub(crate) fn format_base(value: f64, radix: Option<f64>) -> Result<String, Fault> {
    let value = round_half_even(value, 0.0);
    let radix = radix.map_or(10.0, |radix| round_half_even(radix, 0.0));
    if (2.0..=36.0).contains(&radix) {
        Ok(to_radix_text(value, radix as u32))
    } else {
        Err(Fault::with(Code::D3100, to_text(radix)))
    }
}

/// Prints an integer as JavaScript's `toString(radix)` does. The radix is taken as ten unless it is from 2 to 36.
pub(crate) fn to_radix_text(value: f64, radix: u32) -> String {
    if !value.is_finite() || radix == 10 || !(2..=36).contains(&radix) {
        return to_text(value);
    }
    let base = f64::from(radix);
    let mut rest = value.abs();
    let mut digits = Vec::new();
    // Past 53 bits a number does not determine its last digits, and JavaScript prints zeros for them.
    while rest / base >= 9_007_199_254_740_992.0 {
        rest /= base;
        digits.push(b'0');
    }
    loop {
        let digit = rest % base;
        digits.push(DIGITS.get(digit as usize).copied().unwrap_or(b'0'));
        rest = (rest - digit) / base;
        if rest <= 0.0 {
            break;
        }
    }
    if value < 0.0 {
        digits.push(b'-');
    }
    digits
        .iter()
        .rev()
        .map(|&digit| char::from(digit))
        .collect()
}

/// `$round`: to the nearest number with `precision` places, and of two equally near ones to the even one.
///
/// A precision that is not an integer gives NaN, as it does in the reference.
pub(crate) fn round_half_even(value: f64, precision: f64) -> f64 {
    // A missing precision, zero and NaN all mean an integer.
    let shifting = precision != 0.0 && !precision.is_nan();
    let shifted = if shifting {
        shift(value, precision)
    } else {
        value
    };
    let mut result = round_half_up(shifted);
    if (result - shifted).abs() == 0.5 && (result % 2.0).abs() == 1.0 {
        result -= 1.0;
    }
    if shifting {
        result = shift(result, -precision);
    }
    // Adding zero turns a negative zero, which JSON does not have, into zero.
    result + 0.0
}

/// JavaScript's `Math.round`: halves go up.
fn round_half_up(value: f64) -> f64 {
    let floor = value.floor();
    if value - floor >= 0.5 {
        floor + 1.0
    } else {
        floor
    }
}

/// Moves the decimal point of the printed number, which unlike a multiplication makes no error of its own.
fn shift(value: f64, places: f64) -> f64 {
    if !value.is_finite() || places.trunc() != places || places.abs() >= 1e21 {
        return f64::NAN;
    }
    let (mut digits, exponent) = shortest(value.abs());
    // Past some thousands every exponent means zero or infinity, so the clamp changes nothing.
    let exponent = (f64::from(exponent) + places).clamp(-5000.0, 5000.0) as i32;
    let point = exponent - (digits.len() as i32 - 1);
    let _ = write!(digits, "e{point}");
    digits
        .parse()
        .map_or(f64::NAN, |size: f64| size.copysign(value))
}

/// `$power` before its check: JavaScript's `Math.pow`, by the algorithm that browsers use, so that its last bit is theirs on every machine.
pub(crate) fn power(base: f64, exponent: f64) -> f64 {
    if exponent.is_nan() || (base.abs() == 1.0 && exponent.is_infinite()) {
        f64::NAN
    } else {
        libm::pow(base, exponent)
    }
}

/// A power of ten, rounded once; unlike [`power`] it does not depend on the platform.
pub(crate) fn power_of_ten(exponent: i32) -> f64 {
    format!("1e{exponent}").parse().unwrap_or(f64::NAN)
}

/// `$number` of a string: a JSON number, or digits after `0x`, `0o` or `0b`.
///
/// The reference checks for the second kind loosely, so some texts that are no number at all give NaN and not `None`.
pub(crate) fn parse_cast(text: &str) -> Option<f64> {
    if is_decimal(text)
        && let Some(value) = text.parse().ok().filter(|value: &f64| value.is_finite())
    {
        return Some(value);
    }
    looks_prefixed(text).then(|| parse_prefixed(text.trim_matches(is_space)))
}

/// Whether a text is a JSON number, leading zeros allowed.
fn is_decimal(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (
            mantissa,
            exponent.strip_prefix(['+', '-']).unwrap_or(exponent),
        ),
        None => (text, "0"),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    [whole, fraction, exponent]
        .into_iter()
        .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

/// The loose check: hexadecimal at the start, octal anywhere, or binary at the end.
fn looks_prefixed(text: &str) -> bool {
    let bytes = text.as_bytes();
    let octal = bytes
        .windows(3)
        .any(|w| matches!(w, [b'0', b'o' | b'O', b'0'..=b'7']));
    let before = text.trim_end_matches(['0', '1']);
    octal
        || matches!(bytes, [b'0', b'x' | b'X', digit, ..] if digit.is_ascii_hexdigit())
        || (before.len() < text.len() && before.ends_with(['b', 'B']) && ends_with_zero(before))
}

/// Whether a zero stands before the last letter.
fn ends_with_zero(text: &str) -> bool {
    matches!(text.as_bytes(), [.., b'0', _])
}

/// Reads a number with a radix prefix, and NaN from everything else.
fn parse_prefixed(text: &str) -> f64 {
    let bits = match text.as_bytes() {
        [b'0', b'x' | b'X', ..] => 4,
        [b'0', b'o' | b'O', ..] => 3,
        [b'0', b'b' | b'B', ..] => 1,
        _ => return f64::NAN,
    };
    let digits = text.get(2..).unwrap_or_default();
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(1 << bits)) {
        return f64::NAN;
    }
    binary_value(digits, bits)
}

/// The value of digits of `bits` bits each, rounded once however many they are.
fn binary_value(digits: &str, bits: u32) -> f64 {
    let mut head: u64 = 0;
    let mut dropped: i32 = 0;
    for digit in digits.chars().filter_map(|c| c.to_digit(1 << bits)) {
        if head < 1 << 59 {
            head = head << bits | u64::from(digit);
        } else {
            // The digits that no longer fit only matter for the rounding, as one bit that says there was something.
            head |= u64::from(digit != 0);
            dropped = dropped.saturating_add(bits as i32);
        }
    }
    head as f64 * 2f64.powi(dropped.min(1100))
}

/// JavaScript's `parseInt`: what the text starts with, and NaN where that is no digit.
pub(crate) fn parse_int(text: &str) -> f64 {
    let text = text.trim_start_matches(is_space);
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let size = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(rest) => match leading(rest, 16) {
            "" => f64::NAN,
            digits => binary_value(digits, 4),
        },
        None => leading(text, 10).parse().unwrap_or(f64::NAN),
    };
    if negative { -size } else { size }
}

/// The digits that a text starts with.
fn leading(text: &str, radix: u32) -> &str {
    let end = text
        .find(|c: char| !c.is_digit(radix))
        .unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// Whether JavaScript counts a character as white space.
pub(crate) fn is_space(c: char) -> bool {
    (c.is_whitespace() && c != '\u{85}') || c == '\u{feff}'
}

#[cfg(test)]
mod tests;
