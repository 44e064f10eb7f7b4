//! Signature Version 4: whether a request was signed with a secret that the settings name.
//!
//! Only `AWS4-HMAC-SHA256` in the header `Authorization` of `POST /` is read: no presigned addresses, no chunked bodies, no
//! temporary credentials. The region of the scope is the client's own affair. Without keys in the settings nothing is asked.

use super::error::AwsError;
use crate::config::AccessKeys;
use axum::http::{HeaderMap, header};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use ring::hmac;
use sha2::{Digest, Sha256};
use std::fmt::Write;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const TERMINATOR: &str = "aws4_request";
const DATE: &str = "x-amz-date";
const PAYLOAD: &str = "x-amz-content-sha256";
/// How far the clocks of client and server may be apart, as AWS has it.
const TOLERANCE_MS: u64 = 15 * 60 * 1000;

/// What of a request is signed. Method and path are always `POST /`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Signed<'r> {
    /// All headers.
    pub(super) headers: &'r HeaderMap,
    /// What follows the path.
    pub(super) query: Option<&'r str>,
    /// The whole body.
    pub(super) body: &'r [u8],
    /// The service that the request is for, as scopes name it.
    pub(super) service: &'static str,
}

/// Whether a request comes from a page of the studio, which holds no keys. Browsers do not let scripts set this header; other
/// programs can.
pub(super) fn is_of_studio(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site");
    site.is_some_and(|site| site == "same-origin") && !headers.contains_key(header::AUTHORIZATION)
}

/// Refuses a request that none of the keys has signed within the last minutes.
pub(super) fn verify(request: Signed<'_>, keys: &AccessKeys, now_ms: i64) -> Result<(), AwsError> {
    let authorization = Authorization::read(request.headers)?;
    if request.query.is_some_and(|query| !query.is_empty()) {
        return Err(incomplete("The address must be / without a query"));
    }
    let secret = keys.secret(authorization.scope.key_id);
    let secret = secret.ok_or(AwsError::UnrecognizedClient)?;
    let date = single(request.headers, DATE)
        .ok_or_else(|| incomplete("The header X-Amz-Date must be there, once"))?;
    check_time(date, now_ms)?;
    authorization.scope.check(date, request.service)?;
    let payload = hex(&Sha256::digest(request.body));
    let told = request.headers.get(PAYLOAD);
    if told.is_some_and(|told| told != payload.as_str()) {
        return Err(invalid(
            "The header X-Amz-Content-SHA256 is not the SHA-256 of the body",
        ));
    }
    let canonical = canonical_request(request.headers, authorization.signed_headers, &payload)?;
    let text = string_to_sign(date, &authorization.scope, &canonical);
    let key = hmac::Key::new(
        hmac::HMAC_SHA256,
        signing_key(secret, &authorization.scope).as_ref(),
    );
    hmac::verify(&key, text.as_bytes(), &authorization.signature)
        .map_err(|_| invalid(DOES_NOT_MATCH))
}

const DOES_NOT_MATCH: &str = "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method";

fn incomplete(why: impl Into<String>) -> AwsError {
    AwsError::IncompleteSignature(why.into())
}

fn invalid(why: impl Into<String>) -> AwsError {
    AwsError::InvalidSignature(why.into())
}

/// The header `Authorization`.
struct Authorization<'h> {
    scope: Scope<'h>,
    /// Names of the signed headers, separated by `;`.
    signed_headers: &'h str,
    signature: Vec<u8>,
}

impl<'h> Authorization<'h> {
    fn read(headers: &'h HeaderMap) -> Result<Self, AwsError> {
        if !headers.contains_key(header::AUTHORIZATION) {
            return Err(AwsError::MissingAuthenticationToken);
        }
        let text = single(headers, "authorization")
            .ok_or_else(|| incomplete("The header Authorization must be there once, as text"))?;
        let parameters = text.trim().strip_prefix(ALGORITHM);
        let parameters = parameters.filter(|rest| rest.starts_with(' '));
        let parameters = parameters.ok_or_else(|| {
            incomplete(format!(
                "The header Authorization must begin with {ALGORITHM}"
            ))
        })?;
        let signature = from_hex(parameter(parameters, "Signature")?);
        Ok(Self {
            scope: Scope::read(parameter(parameters, "Credential")?)?,
            signed_headers: parameter(parameters, "SignedHeaders")?,
            signature: signature
                .ok_or_else(|| incomplete("Signature must be hexadecimal digits in pairs"))?,
        })
    }
}

/// One `name=value` of those that commas separate.
fn parameter<'p>(parameters: &'p str, name: &str) -> Result<&'p str, AwsError> {
    let mut pairs = parameters
        .split(',')
        .filter_map(|pair| pair.trim().split_once('='));
    let found = pairs.find(|(key, value)| *key == name && !value.is_empty());
    let found = found.map(|(_, value)| value);
    found.ok_or_else(|| incomplete(format!("Authorization header requires '{name}' parameter")))
}

/// What a signing key is made for.
struct Scope<'h> {
    key_id: &'h str,
    day: &'h str,
    region: &'h str,
    service: &'h str,
}

impl<'h> Scope<'h> {
    fn read(credential: &'h str) -> Result<Self, AwsError> {
        let parts: Vec<&str> = credential.split('/').collect();
        match parts[..] {
            [key_id, day, region, service, TERMINATOR] => Ok(Self {
                key_id,
                day,
                region,
                service,
            }),
            _ => Err(incomplete(format!(
                "Credential must have the form <access key id>/<date>/<region>/<service>/{TERMINATOR}"
            ))),
        }
    }

    fn check(&self, date: &str, service: &str) -> Result<(), AwsError> {
        if self.service != service {
            return Err(invalid(format!(
                "Credential should be scoped to correct service: '{service}'"
            )));
        }
        if !date.starts_with(self.day) || self.day.len() != 8 {
            return Err(invalid(format!(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{}' != '{}'",
                self.day,
                date.get(..8).unwrap_or(date)
            )));
        }
        Ok(())
    }
}

/// Refuses a time that is too far from the server's own.
fn check_time(date: &str, now_ms: i64) -> Result<(), AwsError> {
    let time = DateTime::strptime("%Y%m%dT%H%M%SZ", date).ok();
    let time = time.and_then(|time| time.to_zoned(TimeZone::UTC).ok());
    let time = time.ok_or_else(|| {
        incomplete("X-Amz-Date must be a time in UTC of the form 20150830T123600Z")
    })?;
    let given_ms = time.timestamp().as_millisecond();
    if given_ms.abs_diff(now_ms) <= TOLERANCE_MS {
        return Ok(());
    }
    let server = jiff::Timestamp::from_millisecond(now_ms).unwrap_or_default();
    let server = server.strftime("%Y%m%dT%H%M%SZ");
    let why = if given_ms < now_ms {
        "Signature expired"
    } else {
        "Signature not yet current"
    };
    Err(invalid(format!(
        "{why}: {date} is more than 15 min from the server's time, {server}"
    )))
}

/// The request as both sides write it.
fn canonical_request(
    headers: &HeaderMap,
    signed_headers: &str,
    payload: &str,
) -> Result<String, AwsError> {
    let names: Vec<&str> = signed_headers.split(';').collect();
    // What is not signed can be exchanged on the way: the operation above all.
    for demanded in ["host", "x-amz-target"] {
        if !names.contains(&demanded) {
            return Err(incomplete(format!("SignedHeaders must name {demanded}")));
        }
    }
    let mut text = String::from("POST\n/\n\n");
    for name in &names {
        let value = canonical_value(headers, name)?;
        text.extend([*name, ":", &value, "\n"]);
    }
    text.extend(["\n", signed_headers, "\n", payload]);
    Ok(text)
}

/// All values of a header, with single blanks.
fn canonical_value(headers: &HeaderMap, name: &str) -> Result<String, AwsError> {
    let values = headers.get_all(name).iter();
    let values: Option<Vec<String>> = values
        .map(|value| {
            let text = std::str::from_utf8(value.as_bytes()).ok()?;
            Some(text.split_ascii_whitespace().collect::<Vec<_>>().join(" "))
        })
        .collect();
    match values {
        None => Err(invalid(format!("The signed header '{name}' is not UTF-8"))),
        Some(values) if values.is_empty() => Err(invalid(format!(
            "The signed header '{name}' did not arrive with the request"
        ))),
        Some(values) => Ok(values.join(",")),
    }
}

fn string_to_sign(date: &str, scope: &Scope<'_>, canonical: &str) -> String {
    let hash = hex(&Sha256::digest(canonical.as_bytes()));
    let (day, region, service) = (scope.day, scope.region, scope.service);
    format!("{ALGORITHM}\n{date}\n{day}/{region}/{service}/{TERMINATOR}\n{hash}")
}

/// The key of a day, a region and a service.
fn signing_key(secret: &str, scope: &Scope<'_>) -> hmac::Tag {
    let sign = |key: &[u8], text: &str| {
        let key = hmac::Key::new(hmac::HMAC_SHA256, key);
        hmac::sign(&key, text.as_bytes())
    };
    let day = sign(format!("AWS4{secret}").as_bytes(), scope.day);
    let region = sign(day.as_ref(), scope.region);
    let service = sign(region.as_ref(), scope.service);
    sign(service.as_ref(), TERMINATOR)
}

/// A header that came once.
fn single<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    let byte = |pair: &[u8]| match pair {
        [high, low] => {
            let digit = |byte: u8| char::from(byte).to_digit(16);
            u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
        }
        _ => None,
    };
    pairs.map(byte).collect()
}

#[cfg(test)]
mod tests;
