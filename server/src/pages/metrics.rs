//! `GET /metrics`: counts and times for a Prometheus, and the count of requests behind them.

use crate::app::App;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Everything that is counted, as OpenMetrics text.
pub(crate) async fn metrics(State(app): State<Arc<App>>) -> Response {
    match app.engine.metrics_text() {
        Ok(text) => ([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Counts an answered request by its operation of the AWS API, or by its route.
pub(crate) async fn count(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>();
    let route = path.map_or("files", MatchedPath::as_str);
    let operation = if route == "/" && request.method() == Method::POST {
        operation(request.headers()).to_owned()
    } else {
        route.to_owned()
    };
    let response = next.run(request).await;
    let status = response.status().as_u16();
    app.engine.count_request(&operation, status);
    response
}

/// Only names that are known, so that nobody can fill the table.
fn operation(headers: &HeaderMap) -> &'static str {
    crate::aws::operation_name(headers).unwrap_or("unknown")
}
