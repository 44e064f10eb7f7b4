//! What an API answered, as the result of the task or as its failure (feature map, INT-09).

use super::super::TaskAnswer;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Response, StatusCode};
use serde_json::{Map, Value, json};

/// Longest body that is read, in bytes (API-901).
const MAX_BODY: usize = 262_144;

/// An answer, read to its end or to the limit.
pub(super) struct Received {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    /// `None` when it is longer than the limit, or was not read.
    pub(super) body: Option<Vec<u8>>,
}

/// Reads an answer. The body of one that fails the task anyway is read only when it is to be `shown`.
pub(super) async fn receive(response: Response, shown: bool) -> Result<Received, reqwest::Error> {
    let (status, headers) = (response.status(), response.headers().clone());
    let is_read = shown || (status.is_success() && unreadable_type(&headers).is_none());
    let body = if is_read {
        body(response, MAX_BODY).await?
    } else {
        None
    };
    Ok(Received {
        status,
        headers,
        body,
    })
}

impl Received {
    /// What it means for the task.
    pub(super) fn answer(self) -> TaskAnswer {
        if !self.status.is_success() {
            // The body of a refusal does not reach the workflow.
            return refused(self.status);
        }
        if let Some(kind) = unreadable_type(&self.headers) {
            let cause = format!("HTTP tasks do not read answers of the type {kind}.");
            return TaskAnswer::failed("States.Runtime", cause);
        }
        let Some(body) = self.body else {
            return too_long();
        };
        match String::from_utf8(body) {
            Err(_) => {
                let cause = "The answer is no text: HTTP tasks read UTF-8 only.";
                TaskAnswer::failed("States.Runtime", cause)
            }
            Ok(body) => TaskAnswer::Succeeded {
                output: document(self.status, &self.headers, body)
                    .to_string()
                    .into(),
            },
        }
    }
}

/// The body, or `None` when it is longer than `most` bytes.
pub(super) async fn body(
    mut response: Response,
    most: usize,
) -> Result<Option<Vec<u8>>, reqwest::Error> {
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await? {
        if body.len() + piece.len() > most {
            return Ok(None);
        }
        body.extend_from_slice(&piece);
    }
    Ok(Some(body))
}

fn refused(status: StatusCode) -> TaskAnswer {
    let name = format!("States.Http.StatusCode.{}", status.as_u16());
    TaskAnswer::failed(name, reason(status))
}

/// The words that belong to a status.
pub(super) fn reason(status: StatusCode) -> &'static str {
    status.canonical_reason().unwrap_or_default()
}

fn too_long() -> TaskAnswer {
    let cause = "The state/task 'http' returned a result with a size exceeding the maximum number of bytes service limit.";
    TaskAnswer::failed("States.DataLimitExceeded", cause)
}

/// A type whose content is no text.
fn unreadable_type(headers: &HeaderMap) -> Option<String> {
    let kind = essence(headers)?;
    let is_binary = kind == "application/octet-stream"
        || ["image/", "video/", "audio/"]
            .iter()
            .any(|prefix| kind.starts_with(prefix));
    is_binary.then_some(kind)
}

/// The type without its parameters, in lower case.
fn essence(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let essence = text.split(';').next().unwrap_or_default();
    Some(essence.trim().to_ascii_lowercase())
}

fn document(status: StatusCode, headers: &HeaderMap, body: String) -> Value {
    let is_json = essence(headers).is_none_or(|kind| kind.contains("json"));
    let parsed = is_json.then(|| serde_json::from_str(&body).ok()).flatten();
    let mut shown = Map::new();
    for name in headers.keys() {
        let values = headers.get_all(name).iter();
        let values = values.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        shown.insert(name.to_string(), values.collect::<Vec<_>>().into());
    }
    json!({
        "Headers": shown,
        "ResponseBody": parsed.unwrap_or(Value::String(body)),
        "StatusCode": status.as_u16(),
        "StatusText": reason(status),
    })
}
