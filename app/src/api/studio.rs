//! The studio's own API beside AWS's (ARCHITECTURE.md, "The studio's own API").

use super::ApiError;
use super::transport::{self, segment};
use super::wire::{Info, Review, TaskReadiness};
use asl::approval::Verdict;
use gloo::net::http::Request;
use serde::Deserialize;
use serde_json::json;

/// Whether a server is there, and which account and region it plays.
pub async fn info() -> Result<Info, ApiError> {
    transport::read(&transport::get("/api/info").await?)
}

/// A machine's sample results, as the text of a `MockConfigFile.json`; `None` when it has none.
pub async fn mocks(machine: &str) -> Result<Option<String>, ApiError> {
    let path = format!("/api/machines/{}/mocks", segment(machine));
    match transport::get(&path).await {
        Ok(text) if text.is_empty() => Ok(None),
        Ok(text) => Ok(Some(text)),
        Err(e) if e.is_missing() => Ok(None),
        Err(e) => Err(e),
    }
}

/// Sets a machine's sample results.
pub async fn put_mocks(machine: &str, text: &str) -> Result<(), ApiError> {
    let path = format!("/api/machines/{}/mocks", segment(machine));
    transport::send(Request::put(&path), text.to_owned())
        .await
        .map(drop)
}

/// Which tasks something serves.
pub async fn readiness(machine: &str) -> Result<Vec<TaskReadiness>, ApiError> {
    #[derive(Deserialize)]
    struct Answer {
        tasks: Vec<TaskReadiness>,
    }
    let path = format!("/api/machines/{}/readiness", segment(machine));
    transport::read::<Answer>(&transport::get(&path).await?).map(|a| a.tasks)
}

/// Which reviews to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// Those that wait for an answer.
    Waiting,
    /// Those that were answered or are gone.
    Decided,
}

/// The reviews on a shelf, newest first.
pub async fn reviews(shelf: Shelf) -> Result<Vec<Review>, ApiError> {
    #[derive(Deserialize)]
    struct Answer {
        reviews: Vec<Review>,
    }
    let status = match shelf {
        Shelf::Waiting => "waiting",
        Shelf::Decided => "decided",
    };
    let text = transport::get(&format!("/api/reviews?status={status}")).await?;
    transport::read::<Answer>(&text).map(|a| a.reviews)
}

/// One review.
pub async fn review(id: &str) -> Result<Review, ApiError> {
    transport::read(&transport::get(&format!("/api/reviews/{}", segment(id))).await?)
}

/// Decides a review. The server answers `already_decided`, `gone` or `not_allowed` when it cannot be.
pub async fn decide(
    id: &str,
    decision: Verdict,
    by: &str,
    comment: &str,
) -> Result<Review, ApiError> {
    let comment = (!comment.trim().is_empty()).then_some(comment.trim());
    let body = json!({"decision": decision, "by": by.trim(), "comment": comment});
    let path = format!("/api/reviews/{}/decision", segment(id));
    transport::read(&transport::send(Request::post(&path), body.to_string()).await?)
}

/// A file of the studio itself, such as a starter pipeline.
pub async fn asset(path: &str) -> Result<String, ApiError> {
    transport::asset(path).await
}
