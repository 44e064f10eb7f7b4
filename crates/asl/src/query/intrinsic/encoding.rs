//! Base64 and hashes.

use super::Refusal;
use super::arguments::Arguments;
use crate::query::json;
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::Value;
use sha2::Digest;

/// Characters that these functions accept.
const MAX_CHARACTERS: usize = 10_000;

/// Padding may be missing, as in Java.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

fn limited<'t>(given: &Arguments, text: &'t str) -> Result<&'t str, Refusal> {
    if text.len() > MAX_CHARACTERS && text.encode_utf16().count() > MAX_CHARACTERS {
        return given.refuse(format!(
            "The data is longer than {MAX_CHARACTERS} characters"
        ));
    }
    Ok(text)
}

/// `States.Base64Encode(text)`
pub(super) fn base64_encode(given: &Arguments) -> Result<Value, Refusal> {
    let [text] = given.exactly()?;
    let text = limited(given, given.text(text, "argument")?)?;
    Ok(Value::String(BASE64.encode(text)))
}

/// `States.Base64Decode(text)`: bytes that are no UTF-8 become replacement characters, as in Java.
pub(super) fn base64_decode(given: &Arguments) -> Result<Value, Refusal> {
    let [text] = given.exactly()?;
    match BASE64.decode(limited(given, given.text(text, "argument")?)?) {
        Ok(bytes) => Ok(Value::String(String::from_utf8_lossy(&bytes).into_owned())),
        Err(_) => given.refuse("The text is not Base64"),
    }
}

/// `States.Hash(data, algorithm)`: text is hashed as UTF-8, everything else as its JSON text.
pub(super) fn hash(given: &Arguments) -> Result<Value, Refusal> {
    let [data, algorithm] = given.exactly()?;
    let text = match data {
        Value::String(text) => text.clone(),
        other => json::compact(other),
    };
    let text = limited(given, &text)?;
    let digest = match given.text(algorithm, "algorithm")? {
        "MD5" => hex(&md5::Md5::digest(text)),
        "SHA-1" => hex(&sha1::Sha1::digest(text)),
        "SHA-256" => hex(&sha2::Sha256::digest(text)),
        "SHA-384" => hex(&sha2::Sha384::digest(text)),
        "SHA-512" => hex(&sha2::Sha512::digest(text)),
        other => {
            let message = format!(
                "The algorithm must be MD5, SHA-1, SHA-256, SHA-384 or SHA-512 but was {other}"
            );
            return given.refuse(message);
        }
    };
    Ok(Value::String(digest))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
