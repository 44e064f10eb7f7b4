//! `GET` and `PUT /api/machines/{machine}/mocks`: a machine's sample results.

use super::extract::{JsonText, Names};
use super::failure::Failure;
use super::readiness::machine;
use crate::app::App;
use asl::dry_run::mocks::MockConfig;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// The machine's own file, else the one that the server was started with when it knows the machine: what a run would use.
pub(crate) async fn read(
    State(app): State<Arc<App>>,
    Names(name): Names<String>,
) -> Result<Response, Failure> {
    machine(&app, &name).await?;
    let own = app.store.mocks(&name).await?;
    match own.or_else(|| from_start(&app, &name)) {
        Some(file) => Ok(json(file)),
        None => Err(Failure::not_found(format!(
            "The pipeline '{name}' has no sample results."
        ))),
    }
}

fn from_start(app: &App, name: &str) -> Option<String> {
    let config = app.config.mocks.as_ref()?;
    (!config.cases(name).is_empty()).then(|| config.to_json().to_string())
}

fn json(file: String) -> Response {
    let mut response = file.into_response();
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    response
}

/// Keeps a file; a bad one is refused with the place and nothing is kept.
pub(crate) async fn write(
    State(app): State<Arc<App>>,
    Names(name): Names<String>,
    JsonText(file): JsonText,
) -> Result<StatusCode, Failure> {
    machine(&app, &name).await?;
    MockConfig::parse(&file).map_err(|error| Failure::bad_mocks(error.to_string()))?;
    app.store.set_mocks(&name, file).await?;
    Ok(StatusCode::NO_CONTENT)
}
