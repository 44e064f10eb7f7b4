//! One request and its answer as text. Knows HTTP, knows no operation.

use super::ApiError;
use crate::text::api as text;
use gloo::net::http::{Request, RequestBuilder, Response};
use serde::de::DeserializeOwned;

/// The header by which AWS JSON names the operation.
const TARGET: &str = "X-Amz-Target";

/// `POST /` with AWS JSON 1.0.
pub(super) async fn aws(operation: &str, body: String) -> Result<String, ApiError> {
    let request = Request::post("/")
        .header("Content-Type", "application/x-amz-json-1.0")
        .header(TARGET, &format!("AWSStepFunctions.{operation}"))
        .body(body);
    answer(request.map_err(|_| ApiError::Unreachable)?.send().await).await
}

/// `GET` of a JSON resource.
pub(super) async fn get(path: &str) -> Result<String, ApiError> {
    let request = Request::get(path).header("Accept", "application/json");
    answer(request.send().await).await
}

/// `GET` of a static file of the studio.
pub(super) async fn asset(path: &str) -> Result<String, ApiError> {
    let response = Request::get(path)
        .send()
        .await
        .map_err(|_| ApiError::Unreachable)?;
    let is_page = response
        .headers()
        .get("content-type")
        .is_some_and(|t| t.contains("html"));
    if !response.ok() || is_page {
        return Err(ApiError::Refused {
            status: 404,
            code: "missing_file".to_owned(),
            message: text::file_missing(path),
        });
    }
    response.text().await.map_err(|_| ApiError::Unreachable)
}

/// `PUT` or `POST` of JSON text.
pub(super) async fn send(builder: RequestBuilder, body: String) -> Result<String, ApiError> {
    let request = builder
        .header("Content-Type", "application/json")
        .body(body);
    answer(request.map_err(|_| ApiError::Unreachable)?.send().await).await
}

async fn answer(sent: Result<Response, gloo::net::Error>) -> Result<String, ApiError> {
    let response = sent.map_err(|_| ApiError::Unreachable)?;
    let status = response.status();
    let is_json = response
        .headers()
        .get("content-type")
        .is_some_and(|t| t.contains("json"));
    let text = response.text().await.map_err(|_| ApiError::Unreachable)?;
    match (response.ok(), is_json || text.is_empty()) {
        (true, true) => Ok(text),
        // A static host answers every path with the studio's own page.
        (true, false) => Err(ApiError::NoServer),
        (false, _) => Err(ApiError::from_body(status, &text)),
    }
}

/// Reads an answer; an empty one counts as `{}`.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, ApiError> {
    let text = if text.is_empty() { "{}" } else { text };
    serde_json::from_str(text).map_err(|e| ApiError::Unreadable {
        detail: e.to_string(),
    })
}

/// A name as one segment of a path, percent-encoded where it must be.
pub fn segment(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte))
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_keeps_plain_letters_and_escapes_the_rest() {
        assert_eq!(segment("train-1_a.b"), "train-1_a.b");
        assert_eq!(segment("a/b ü"), "a%2Fb%20%C3%BC");
    }
}
