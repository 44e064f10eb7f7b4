//! Requests and answers as TestState shows them at the level TRACE.

use super::reply::{Received, reason};
use super::request::Asked;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

/// A request. It shows what it holds: one to which no connection has added anything shows no secret.
pub(super) fn request(asked: &Asked, region: &str) -> Value {
    let content = asked.content().ok().flatten();
    let (body, kind) = match content {
        Some((body, kind)) => (Some(body), Some(kind)),
        None => (None, None),
    };
    let mut shown = json!({
        "protocol": asked.url.scheme(),
        "method": asked.method.as_str(),
        "url": asked.address().as_str(),
        "headers": headers(&asked.all_headers(region, kind)),
    });
    if let Some(body) = body {
        shown["body"] = body.into();
    }
    shown
}

/// An answer.
pub(super) fn response(asked: &Asked, received: &Received) -> Value {
    let mut shown = json!({
        "protocol": asked.url.scheme(),
        "statusCode": received.status.as_str(),
        "statusMessage": reason(received.status),
        "headers": headers(&received.headers),
    });
    if let Some(body) = &received.body {
        shown["body"] = String::from_utf8_lossy(body).into();
    }
    shown
}

/// `[name: value, …]`
fn headers(headers: &HeaderMap) -> String {
    let pairs = headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes());
        format!("{name}: {value}")
    });
    format!("[{}]", pairs.collect::<Vec<_>>().join(", "))
}
