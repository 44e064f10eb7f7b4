//! `GET /healthz` (the process answers) and `GET /readyz` (it takes work): for whoever starts, watches and restarts servers.
//!
//! A server whose disk failed still lives and reads; restarting it in a loop would not mend the disk. So only `/readyz` tells.

use crate::app::App;
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::sync::Arc;

/// Why a server takes no work, or that it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Readiness {
    /// It takes work.
    Ready,
    /// The store is being opened, or unfinished executions are being read.
    Starting,
    /// A write failed, for this reason; reads go on.
    ReadOnly(String),
    /// It was told to end.
    Ending,
}

impl Readiness {
    /// Of a server that has started.
    pub(crate) fn of(app: &App) -> Self {
        if *app.engine.ending().borrow() {
            return Self::Ending;
        }
        match app.store.failure() {
            Some(reason) => Self::ReadOnly(reason.to_owned()),
            None => Self::Ready,
        }
    }

    /// Its name, why, and what to do.
    fn told(&self) -> (&'static str, &str, &'static str) {
        match self {
            Self::Ready => ("ready", "", ""),
            Self::Starting => (
                "starting",
                "The store is being opened and unfinished executions are being read.",
                "Ask again in a moment.",
            ),
            Self::ReadOnly(reason) => (
                "readOnly",
                reason,
                "Free disk space or mend the disk of the data folder, then start the server again. What was acknowledged is kept; until then the server only reads.",
            ),
            Self::Ending => (
                "ending",
                "The server was told to end.",
                "Start it again; unfinished executions go on.",
            ),
        }
    }
}

impl IntoResponse for Readiness {
    /// 200 `{"status": "ready"}`, else 503 with `status`, `reason` and `action`.
    fn into_response(self) -> Response {
        let (status, reason, action) = self.told();
        let no_store = [(header::CACHE_CONTROL, "no-store")];
        if self == Self::Ready {
            return (no_store, Json(json!({"status": status}))).into_response();
        }
        let body = Json(json!({"status": status, "reason": reason, "action": action}));
        (StatusCode::SERVICE_UNAVAILABLE, no_store, body).into_response()
    }
}

/// The process answers.
pub(crate) async fn alive() -> &'static str {
    "ok\n"
}

/// Whether the server takes work.
pub(crate) async fn ready(State(app): State<Arc<App>>) -> Readiness {
    Readiness::of(&app)
}
