//! What became of a question: recorded, already decided, no longer needed, unknown. Each is a page of its own.

use super::approval::{Here, table};
use super::evidence;
use crate::api::{Review, ReviewStatus};
use crate::pages::{parts, paths, words};
use crate::ui::Glyph;
use leptos::prelude::*;

fn back() -> impl IntoView {
    view! { <a class="btn" href=paths::reviews()>"Back to your reviews"</a> }
}

/// The page of a decided review.
pub(super) fn decided(review: &Review, here: Here) -> impl IntoView + use<> {
    let approved = review.status == ReviewStatus::Approved;
    let title = match here {
        Here::Decided => "Decision recorded",
        Here::Beaten => "Somebody else has just decided",
        Here::Nothing => "Already decided",
    };
    let (class, glyph, word) = if approved {
        ("status is-succeeded", Glyph::Check, "Approved")
    } else {
        ("status is-failed", Glyph::Cross, "Rejected")
    };
    let by = review
        .decided_by
        .clone()
        .map_or(String::new(), |by| format!(" by {by}"));
    let at = review.decided_at.map(words::when_here);
    let next = if approved {
        review.if_approved.clone()
    } else {
        review.if_rejected.clone()
    };
    let comment = review.comment.clone().filter(|c| !c.is_empty());
    let rows = evidence::rows(&review.evidence);
    let proof = (!rows.is_empty()).then(|| {
        view! { <details class="was"><summary>"What was judged"</summary>{table(&rows)}</details> }
    });
    view! {
        <main class="approval-note">
            <span class=format!("big-disc {}", if approved { "is-succeeded" } else { "is-failed" })>{parts::icon(glyph)}</span>
            <div role="status"><h1>{title}</h1></div>
            <p class="asked">{review.question.clone()}</p>
            <dl class="record">
                <div><dt>"Answer"</dt><dd><span class=class>{word}</span>{by}</dd></div>
                {at.map(|at| view! { <div><dt>"When"</dt><dd>{at}</dd></div> })}
                {comment.map(|c| view! { <div><dt>"Comment"</dt><dd class="quote">{c}</dd></div> })}
                {next.map(|n| view! { <div><dt>"What follows"</dt><dd>{n}</dd></div> })}
            </dl>
            <p class="t3">"The answer is kept in the record. It cannot be changed here."</p>
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
        Some(due) => format!("The time to answer ended {}. No decision was recorded, and nothing was approved.", words::in_sentence(&words::when_here(due))),
        None => "The work that asked for it has ended in the meantime, so nobody needs to answer. No decision was recorded.".to_owned(),
    };
    let title = if late.is_some() {
        "The time to answer is over"
    } else {
        "No answer is needed any more"
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
            <h1>"There is no such question"</h1>
            <p>"The address may be incomplete. Open the link in your message again, or look through your reviews."</p>
            {back()}
        </main>
    }
}
