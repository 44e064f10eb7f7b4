//! What became of a question: recorded, already decided, no longer needed, unknown. Each is a page of its own.

use super::approval::{Here, table};
use super::evidence;
use crate::api::{Review, ReviewStatus};
use crate::pages::{parts, paths, words};
use crate::text::pages::review as says;
use crate::ui::Glyph;
use leptos::prelude::*;

fn back() -> impl IntoView {
    view! { <a class="btn" href=paths::reviews()>{says::BACK}</a> }
}

/// The page of a decided review.
pub(super) fn decided(review: &Review, here: Here) -> impl IntoView + use<> {
    let approved = review.status == ReviewStatus::Approved;
    let title = match here {
        Here::Decided => says::HERE_DECIDED,
        Here::Beaten => says::HERE_BEATEN,
        Here::Nothing => says::ALREADY_DECIDED,
    };
    let (class, glyph, word) = if approved {
        ("status is-succeeded", Glyph::Check, says::APPROVED)
    } else {
        ("status is-failed", Glyph::Cross, says::REJECTED)
    };
    let by = review.decided_by.as_deref().map(says::by);
    let at = review.decided_at.map(words::when_here);
    let next = if approved {
        review.if_approved.clone()
    } else {
        review.if_rejected.clone()
    };
    let comment = review.comment.clone().filter(|c| !c.is_empty());
    let rows = evidence::rows(&review.evidence);
    let proof = (!rows.is_empty()).then(|| {
        view! { <details class="was"><summary>{says::JUDGED}</summary>{table(&rows)}</details> }
    });
    view! {
        <main class="approval-note">
            <span class=format!("big-disc {}", if approved { "is-succeeded" } else { "is-failed" })>{parts::icon(glyph)}</span>
            <div role="status"><h1>{title}</h1></div>
            <p class="asked">{review.question.clone()}</p>
            <dl class="record">
                <div><dt>{says::ANSWER}</dt><dd><span class=class>{word}</span>{by}</dd></div>
                {at.map(|at| view! { <div><dt>{says::WHEN}</dt><dd>{at}</dd></div> })}
                {comment.map(|c| view! { <div><dt>{says::COMMENT}</dt><dd class="quote">{c}</dd></div> })}
                {next.map(|n| view! { <div><dt>{says::EFFECT}</dt><dd>{n}</dd></div> })}
            </dl>
            <p class="t3">{says::KEPT}</p>
            {back()}
            {proof}
        </main>
    }
}

/// The page of a review that nobody can answer any more.
pub(super) fn gone(review: &Review) -> impl IntoView + use<> {
    let now = words::now();
    let late = review.due_at.filter(|due| *due <= now);
    let why = match late {
        Some(due) => says::late_hint(&words::in_sentence(&words::when_here(due))),
        None => says::NOT_NEEDED_HINT.to_owned(),
    };
    let title = if late.is_some() {
        says::LATE
    } else {
        says::NOT_NEEDED
    };
    view! {
        <main class="approval-note">
            <span class="big-disc is-aborted">{parts::icon(Glyph::Clock)}</span>
            <h1>{title}</h1>
            <p class="asked">{review.question.clone()}</p>
            <p>{why}</p>
            {back()}
        </main>
    }
}

/// The page of an address that leads to no review.
pub(super) fn unknown() -> impl IntoView {
    view! {
        <main class="approval-note">
            <span class="big-disc is-aborted">{parts::icon(Glyph::Search)}</span>
            <h1>{says::UNKNOWN}</h1>
            <p>{says::UNKNOWN_HINT}</p>
            {back()}
        </main>
    }
}
