//! What plain scalars mean: the core schema of YAML 1.2. What else older readers see in them is said here too, so that
//! what is written means the same to all of them.

use crate::text::literal::is_number;
use crate::text::{NodeKind, placeholder};

/// The value of a plain scalar.
pub(super) fn resolve(text: &str) -> NodeKind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => NodeKind::Null,
        "true" | "True" | "TRUE" => NodeKind::Bool(true),
        "false" | "False" | "FALSE" => NodeKind::Bool(false),
        _ if is_placeholder(text) => NodeKind::Placeholder(text.into()),
        _ => match number(text) {
            Some(number) => NodeKind::Number(number),
            None => NodeKind::String(text.into()),
        },
    }
}

/// Whether a scalar is nothing but placeholders and digits, so that it can become a value of any kind.
fn is_placeholder(text: &str) -> bool {
    let mut rest = text;
    let mut found = false;
    while let Some(next) = rest.chars().next() {
        match placeholder::length(rest) {
            Some(length) => {
                found = true;
                rest = rest.get(length..).unwrap_or_default();
            }
            None if next.is_ascii_digit() || "+-.eE".contains(next) => {
                rest = rest.get(1..).unwrap_or_default();
            }
            None => return false,
        }
    }
    found
}

/// A number of the core schema, in the form that JSON has for it: as written, where JSON reads it, too.
pub(super) fn number(text: &str) -> Option<Box<str>> {
    if is_number(text) {
        return is_finite(text).then(|| text.into());
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return in_base(digits, 16);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return in_base(digits, 8);
    }
    let number = decimal(text).filter(|number| is_number(number) && is_finite(number))?;
    Some(number.into())
}

fn is_finite(number: &str) -> bool {
    number.parse::<f64>().is_ok_and(f64::is_finite)
}

fn in_base(digits: &str, base: u32) -> Option<Box<str>> {
    let plain = digits.chars().all(|digit| digit.is_digit(base));
    let number = u128::from_str_radix(digits, base).ok().filter(|_| plain)?;
    Some(number.to_string().into())
}

/// `+1`, `007`, `.5` and `1.` as JSON writes them.
fn decimal(text: &str) -> Option<String> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let end = unsigned.find(['e', 'E']).unwrap_or(unsigned.len());
    let (mantissa, exponent) = unsigned.split_at(end);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    // `08` is no number to readers of YAML 1.1, who take a leading zero for octal digits: tools that write for them put no
    // quotes around such a text.
    let is_octal = whole.len() > 1 && whole.starts_with('0') && mantissa == unsigned;
    let is_text = is_octal && fraction.is_empty() && whole.contains(['8', '9']);
    if is_text || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{point}{fraction}{exponent}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_form_where_json_has_it() {
        for text in ["0", "-0", "1.0", "1e3", "12345678901234567890123", "1.5E-7"] {
            assert_eq!(resolve(text), NodeKind::Number(text.into()));
        }
        let forms = [
            ("007", "7"),
            ("+1", "1"),
            ("-012.50", "-12.50"),
            (".5", "0.5"),
            ("1.", "1"),
            ("-.5e2", "-0.5e2"),
            ("0x1F", "31"),
            ("0o17", "15"),
            ("00", "0"),
        ];
        for (text, number) in forms {
            assert_eq!(resolve(text), NodeKind::Number(number.into()), "{text}");
        }
    }

    #[test]
    fn what_only_older_yaml_knows_is_text() {
        for text in [
            "08",
            "yes",
            "no",
            "on",
            "off",
            "y",
            "1_000",
            "0b1",
            "1:30",
            "2024-01-31",
            "1e999",
            ".inf",
            ".nan",
            "-",
            "+",
            ".",
            "e1",
            "-0x1",
            "0x",
            "1.2.3",
            "tRUE",
            "x${A}",
            "${a b}",
        ] {
            assert_eq!(resolve(text), NodeKind::String(text.into()), "{text}");
        }
    }

    #[test]
    fn a_placeholder_alone_may_be_anything() {
        for text in ["${A}", "${A}${B}", "1${A}"] {
            assert_eq!(resolve(text), NodeKind::Placeholder(text.into()), "{text}");
        }
    }
}
