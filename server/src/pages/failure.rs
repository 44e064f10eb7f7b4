//! Errors of the studio's API: `{"error": {"code", "message"}}` with a fitting status.

use crate::store::StoreError;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Why a request is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    status: StatusCode,
    code: &'static str,
    message: String,
}

impl Failure {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
    }
    /// 400: the request makes no sense.
    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad_request", message)
    }
    /// 400: a file of sample results that cannot be used.
    pub(crate) fn bad_mocks(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad_mocks", message)
    }
    /// 403.
    pub(crate) fn forbidden(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, code, message)
    }
    /// 404.
    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", message)
    }
    /// 405: another method is needed.
    pub(crate) fn method_not_allowed() -> Self {
        let text = "This address does not take this method.";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", text)
    }
    /// 409.
    pub(crate) fn conflict(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, code, message)
    }
    /// 410.
    pub(crate) fn gone(message: impl Into<String>) -> Self {
        Self::new(StatusCode::GONE, "gone", message)
    }
    /// 413: the body is longer than `limit` bytes.
    pub(crate) fn too_long(limit: usize) -> Self {
        let text =
            format!("The request body is longer than {limit} bytes, the most that is taken.");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_long", text)
    }
    /// 415: another content type is needed.
    pub(crate) fn wrong_content_type() -> Self {
        let text = "The header Content-Type must be application/json.";
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "wrong_content_type",
            text,
        )
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        if error.is_passing() {
            let status = StatusCode::SERVICE_UNAVAILABLE;
            return Self::new(status, "unavailable", error.to_string());
        }
        tracing::error!(%error, "the studio's API failed");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "store_failed",
            error.to_string(),
        )
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let body = Json(json!({"error": {"code": self.code, "message": self.message}}));
        let mut response = (self.status, body).into_response();
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}
