//! `POST /api/reviews/{id}/decision`: somebody decides.

use super::view::to_json;
use crate::app::App;
use crate::engine::{DecideError, Decision, Verdict};
use crate::pages::extract::{JsonBody, Names};
use crate::pages::failure::Failure;
use crate::store::{Review, ReviewStatus};
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

/// Longest name of a person, in characters.
const MAX_NAME: usize = 200;
/// Longest comment, in characters: it must fit into a cause together with the rest (feature map, API-914).
const MAX_COMMENT: usize = 8_000;

/// The body.
#[derive(Debug, Deserialize)]
pub(crate) struct Given {
    decision: Verdict,
    by: String,
    comment: Option<String>,
}

/// Records a decision; answers the review as it is then.
pub(crate) async fn decide(
    State(app): State<Arc<App>>,
    Names(id): Names<String>,
    JsonBody(given): JsonBody<Given>,
) -> Result<Json<Value>, Failure> {
    let decision = read(&given)?;
    let review = app.engine.decide(&id, decision).await.map_err(failure)?;
    Ok(Json(to_json(&review)))
}

fn read(given: &Given) -> Result<Decision, Failure> {
    let by = given.by.trim().to_owned();
    if by.is_empty() {
        return Err(Failure::bad_request("Say who decides: 'by' is empty."));
    }
    if by.chars().count() > MAX_NAME {
        let text = format!("The name in 'by' is longer than {MAX_NAME} characters.");
        return Err(Failure::bad_request(text));
    }
    // People are asked for words by the pages; a program may decide without any.
    let said = given.comment.as_deref().map(str::trim);
    let comment = said.filter(|said| !said.is_empty()).map(str::to_owned);
    if comment
        .as_ref()
        .is_some_and(|text| text.chars().count() > MAX_COMMENT)
    {
        let text = format!("The comment is longer than {MAX_COMMENT} characters. Shorten it.");
        return Err(Failure::bad_request(text));
    }
    Ok(Decision {
        verdict: given.decision,
        by,
        comment,
    })
}

fn failure(error: DecideError) -> Failure {
    match error {
        DecideError::NotFound => Failure::not_found("There is no such approval."),
        DecideError::AlreadyDecided(review) => {
            Failure::conflict("already_decided", already(&review))
        }
        DecideError::Gone(_) => Failure::gone(
            "This approval is not needed any more: the run ended, or the time for it was over.",
        ),
        DecideError::NotAllowed { reviewers, .. } => Failure::forbidden(
            "not_allowed",
            format!("Only these people may decide: {}.", reviewers.join(", ")),
        ),
        DecideError::Store(error) => error.into(),
    }
}

fn already(review: &Review) -> String {
    let what = match review.status {
        ReviewStatus::Rejected => "rejected",
        ReviewStatus::Approved | ReviewStatus::Waiting | ReviewStatus::Gone => "approved",
    };
    match &review.decided_by {
        Some(who) => format!("{who} {what} this before."),
        None => format!("This was {what} before."),
    }
}
