//! Every route of the server.

use crate::app::App;
use std::sync::Arc;

/// All routes.
pub fn router(app: Arc<App>) -> axum::Router {
    axum::Router::new().with_state(app)
}
