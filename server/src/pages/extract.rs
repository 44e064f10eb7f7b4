//! Reads bodies, paths and queries of the studio's API, and refuses them in its own words.
//!
//! The content type is insisted on: pages of other sites can send a form or plain text without asking, JSON they cannot.

use super::failure::Failure;
use crate::aws::{BodyError, MAX_BODY, read_body};
use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use serde::de::DeserializeOwned;

/// A JSON body, read into its type.
#[derive(Debug)]
pub(crate) struct JsonBody<T>(pub(crate) T);

/// A JSON body as text, not judged yet.
#[derive(Debug)]
pub(crate) struct JsonText(pub(crate) String);

/// The names in the path.
#[derive(Debug)]
pub(crate) struct Names<T>(pub(crate) T);

/// What stands behind the question mark.
#[derive(Debug)]
pub(crate) struct Asked<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Names<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let read = Path::<T>::from_request_parts(parts, state).await;
        read.map(|Path(names)| Self(names))
            .map_err(|error| Failure::bad_request(format!("The address cannot be used: {error}.")))
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let read = Query::<T>::from_request_parts(parts, state).await;
        read.map(|Query(asked)| Self(asked)).map_err(|error| {
            Failure::bad_request(format!(
                "The address cannot be used: {}.",
                error.body_text()
            ))
        })
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for JsonBody<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let JsonText(text) = JsonText::from_request(request, state).await?;
        serde_json::from_str(&text).map(JsonBody).map_err(|error| {
            Failure::bad_request(format!("The request body cannot be used: {error}."))
        })
    }
}

impl<S: Send + Sync> FromRequest<S> for JsonText {
    type Rejection = Failure;

    async fn from_request(request: Request<Body>, _state: &S) -> Result<Self, Failure> {
        let (parts, body) = request.into_parts();
        if !is_json(&parts.headers) {
            return Err(Failure::wrong_content_type());
        }
        let bytes = read_body(body, MAX_BODY)
            .await
            .map_err(|error| match error {
                BodyError::TooLong => Failure::too_long(MAX_BODY),
                BodyError::Broken => Failure::bad_request("The request body broke off."),
            })?;
        String::from_utf8(bytes)
            .map(JsonText)
            .map_err(|_| Failure::bad_request("The request body is not UTF-8 text."))
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let given = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let essence = given
        .and_then(|text| text.split(';').next())
        .unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/json")
}
