//! Every route of the server.

mod gate;

pub use gate::Gate;

use crate::app::App;
use crate::pages::failure::Failure;
use crate::{approvals, aws, pages};
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use std::sync::Arc;
use std::time::Duration;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

/// Longest time for one request of the studio. The AWS API has its own limit, since GetActivityTask waits.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// All routes.
pub fn router(app: Arc<App>) -> axum::Router {
    let timely = TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, TIME_LIMIT);
    let studio = axum::Router::new()
        .route("/healthz", get(pages::health::alive))
        .route("/readyz", get(pages::health::ready))
        .route("/metrics", get(pages::metrics::metrics))
        .route("/api/info", get(pages::info::info))
        .route(
            "/api/machines/{machine}/mocks",
            get(pages::mocks::read).put(pages::mocks::write),
        )
        .route(
            "/api/machines/{machine}/readiness",
            get(pages::readiness::readiness),
        )
        .route("/api/reviews", get(approvals::list))
        .route("/api/reviews/{id}", get(approvals::one))
        .route("/api/reviews/{id}/decision", post(approvals::decide))
        .fallback(pages::files::files)
        .layer(timely);
    // Streams stay open for as long as somebody listens.
    let streams = axum::Router::new()
        .route("/api/live", get(pages::live::live))
        .route(
            "/api/executions/{machine}/{execution}/live",
            get(pages::live_execution::live),
        );
    let aws = axum::Router::new().route("/", post(aws::answer).get(pages::files::files));
    aws.merge(studio)
        .method_not_allowed_fallback(|| async { Failure::method_not_allowed() })
        .layer(CompressionLayer::new())
        .merge(streams)
        .layer(DefaultBodyLimit::max(aws::MAX_BODY))
        .layer(from_fn(pages::guard::guard))
        .layer(from_fn_with_state(Arc::clone(&app), pages::metrics::count))
        .with_state(app)
}

#[cfg(test)]
mod tests;
