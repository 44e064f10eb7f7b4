//! What answers before there is a server: `/healthz` and `/readyz` while the store is opened and unfinished executions are
//! read, which takes a while when there are many. Everything else is asked to come back.

use crate::pages::health::{Readiness, alive};
use axum::extract::Request;
use axum::routing::get;
use std::sync::{Arc, OnceLock};
use tower::{ServiceExt, service_fn};

/// Stands before the routes until they are there; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Gate(Arc<OnceLock<axum::Router>>);

impl Gate {
    /// From here on, everything goes to `routes`. Only the first call counts.
    pub fn open(&self, routes: axum::Router) {
        // A second set of routes would mean a second store, which its file lock refuses.
        let _ = self.0.set(routes);
    }

    /// The routes as they are at each request.
    pub fn router(&self) -> axum::Router {
        let starting = axum::Router::new()
            .route("/healthz", get(alive))
            .fallback(|| async { Readiness::Starting });
        let gate = self.clone();
        let service = service_fn(move |request: Request| {
            let routes = gate.0.get().unwrap_or(&starting).clone();
            routes.oneshot(request)
        });
        axum::Router::new().fallback_service(service)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::http::StatusCode;

    async fn status(gate: &Gate, path: &str) -> StatusCode {
        let request = Request::get(path).body(Body::empty()).unwrap();
        gate.router().oneshot(request).await.unwrap().status()
    }

    #[tokio::test]
    async fn a_starting_server_lives_and_takes_no_work_until_its_routes_are_there() {
        let gate = Gate::default();
        assert_eq!(status(&gate, "/healthz").await, StatusCode::OK);
        for path in ["/readyz", "/", "/api/info"] {
            assert_eq!(
                status(&gate, path).await,
                StatusCode::SERVICE_UNAVAILABLE,
                "{path}"
            );
        }
        gate.open(axum::Router::new().route("/readyz", get(|| async {})));
        assert_eq!(status(&gate, "/readyz").await, StatusCode::OK);
        assert_eq!(status(&gate, "/").await, StatusCode::NOT_FOUND);
    }
}
