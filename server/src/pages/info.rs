//! `GET /api/info`: says that a server is there.

use crate::app::App;
use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};
use std::sync::Arc;

/// Version, region and account.
pub(crate) async fn info(State(app): State<Arc<App>>) -> Json<Value> {
    Json(json!({
        "version": env!("CARGO_PKG_VERSION"),
        "region": app.config.home.region,
        "accountId": app.config.home.account_id,
    }))
}
