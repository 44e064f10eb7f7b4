//! Base 64 and the escapes of web addresses.

use super::argument;
use crate::evaluate::{Machine, Site};
use crate::fault::{Code, Fault};
use crate::functions::print;
use crate::value::{Text, Value};

type Result<'a> = std::result::Result<Value<'a>, Fault>;

/// What is computed of one text.
fn of_text<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    compute: impl FnOnce(&str) -> Option<String>,
) -> Result<'a> {
    let value = argument(arguments, 0);
    let Value::Text(text) = value else {
        return Ok(Value::Undefined);
    };
    machine.make_text(text.len().saturating_mul(4))?;
    match compute(text) {
        Some(text) => Ok(Value::Text(Text::from(text))),
        None => Err(Fault::with(Code::D3140, print(value))),
    }
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// `$base64encode`: of each character the low byte, as the reference has it.
pub(super) fn base64encode<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    of_text(machine, arguments, |text| {
        let bytes: Vec<u8> = text
            .encode_utf16()
            .map(|unit| unit.to_le_bytes()[0])
            .collect();
        Some(encode(&bytes))
    })
}

fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let digit = DIGITS
                .get((bits >> (18 - 6 * place) & 63) as usize)
                .copied()
                .unwrap_or(b'=');
            text.push(if place <= chunk.len() {
                char::from(digit)
            } else {
                '='
            });
        }
    }
    text
}

/// `$base64decode`: each byte is a character; what is no digit is passed over, the rest ends at the first `=`.
pub(super) fn base64decode<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    of_text(machine, arguments, |text| Some(decode(text)))
}

fn decode(text: &str) -> String {
    let mut decoded = String::new();
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text.bytes().take_while(|byte| *byte != b'=') {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(digit);
        count += 6;
        if count >= 8 {
            count -= 8;
            decoded.push(char::from((bits >> count & 0xff) as u8));
        }
    }
    decoded
}

/// What every part of an address may hold as it is.
const UNRESERVED: &str = "-_.!~*'()";
/// What a whole address may hold beside it.
const RESERVED: &str = ";/?:@&=+$,#";

/// `$encodeUrlComponent`
pub(super) fn encode_url_component<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    of_text(machine, arguments, |text| escape(text, ""))
}

/// `$encodeUrl`
pub(super) fn encode_url<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    of_text(machine, arguments, |text| escape(text, RESERVED))
}

/// A lone half of a surrogate pair has no form in an address; here it has become the replacement character.
fn escape(text: &str, keep: &str) -> Option<String> {
    if text.contains(char::REPLACEMENT_CHARACTER) {
        return None;
    }
    let mut escaped = String::with_capacity(text.len());
    for found in text.chars() {
        if found.is_ascii_alphanumeric() || UNRESERVED.contains(found) || keep.contains(found) {
            escaped.push(found);
            continue;
        }
        for byte in found.encode_utf8(&mut [0; 4]).bytes() {
            escaped.push('%');
            for half in [byte >> 4, byte & 15] {
                escaped.extend(
                    char::from_digit(u32::from(half), 16).map(|digit| digit.to_ascii_uppercase()),
                );
            }
        }
    }
    Some(escaped)
}

/// `$decodeUrlComponent`
pub(super) fn decode_url_component<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    of_text(machine, arguments, |text| unescape(text, ""))
}

/// `$decodeUrl`
pub(super) fn decode_url<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    _: &Site<'a>,
) -> Result<'a> {
    of_text(machine, arguments, |text| unescape(text, RESERVED))
}

/// Escapes of what has a meaning of its own in the address stay.
fn unescape(text: &str, keep: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        let byte = hexadecimal(rest.get(at + 1..at + 3)?)?;
        if byte.is_ascii() && keep.contains(char::from(byte)) {
            bytes.extend_from_slice(rest.as_bytes().get(at..at + 3)?);
        } else {
            bytes.push(byte);
        }
        rest = rest.get(at + 3..)?;
        // A character of several bytes must be escaped as a whole.
        if !byte.is_ascii() && !is_continued(byte, rest, bytes.last().copied()) {
            return None;
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).ok()
}

/// Whether what begins a character goes on with an escape; whether it fits is seen in the end.
fn is_continued(byte: u8, rest: &str, last: Option<u8>) -> bool {
    byte < 0xc0 || (rest.starts_with('%') && last == Some(byte))
}

fn hexadecimal(digits: &str) -> Option<u8> {
    let valid = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    valid.then(|| u8::from_str_radix(digits, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_64_goes_there_and_back() {
        for text in ["", "a", "ab", "abc", "hello:world"] {
            assert_eq!(decode(&encode(text.as_bytes())), text);
        }
    }

    #[test]
    fn an_address_keeps_what_has_a_meaning_in_it() {
        assert_eq!(
            escape("https://a.b/?x=é", RESERVED).unwrap(),
            "https://a.b/?x=%C3%A9"
        );
        assert_eq!(unescape("%2Fa%20b", RESERVED).unwrap(), "%2Fa b");
    }

    #[test]
    fn a_broken_escape_is_refused() {
        for text in ["%E0%A4%A", "%", "%zz", "%C3", "%C3x%A9"] {
            assert!(unescape(text, "").is_none(), "{text}");
        }
    }
}
