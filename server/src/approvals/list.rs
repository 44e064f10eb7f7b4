//! `GET /api/reviews` and `GET /api/reviews/{id}`: what waits for a person, and what was decided.

use super::view::to_json;
use crate::app::App;
use crate::pages::extract::{Asked, Names};
use crate::pages::failure::Failure;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// Most reviews in one answer.
const LIMIT: usize = 500;

/// Which reviews.
#[derive(Debug, Deserialize)]
pub(crate) struct Which {
    #[serde(default)]
    status: Shelf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Shelf {
    #[default]
    Waiting,
    Decided,
}

/// Reviews, newest first.
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    Asked(which): Asked<Which>,
) -> Result<Json<Value>, Failure> {
    let reviews = app
        .store
        .reviews(which.status == Shelf::Decided, LIMIT)
        .await?;
    let reviews: Vec<Value> = reviews.iter().map(to_json).collect();
    Ok(Json(json!({"reviews": reviews})))
}

/// One review.
pub(crate) async fn one(
    State(app): State<Arc<App>>,
    Names(id): Names<String>,
) -> Result<Json<Value>, Failure> {
    match app.store.review(&id).await? {
        Some(review) => Ok(Json(to_json(&review))),
        None => Err(Failure::not_found("There is no such approval.")),
    }
}
