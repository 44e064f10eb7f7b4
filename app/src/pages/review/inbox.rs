//! The reviews that wait, most urgent first, and those that were decided.

use super::frame::ReviewFrame;
use super::shelf::{self, Group};
use crate::api::live::ListNews;
use crate::api::studio::{self, Shelf};
use crate::api::{self, Review, ReviewStatus};
use crate::pages::parts::{self, Load};
use crate::pages::{paths, words};
use crate::text::common;
use crate::text::pages::review as says;
use crate::ui::{EmptyState, Glyph};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The inbox.
#[component]
pub fn Inbox() -> impl IntoView {
    let shown = RwSignal::new(Shelf::Waiting);
    let wanted = RwSignal::new(String::new());
    let waiting = RwSignal::new(Load::Asked);
    let decided = RwSignal::new(Load::Asked);
    let read = move || {
        spawn_local(async move {
            let _ = waiting.try_set(studio::reviews(Shelf::Waiting).await.into());
            let _ = decided.try_set(studio::reviews(Shelf::Decided).await.into());
        });
    };
    read();
    let lost = RwSignal::new(false);
    let _line = StoredValue::new_local(api::live::lists(None, move |news| match news {
        ListNews::Review { .. } => read(),
        ListNews::ReadAgain => {
            let _ = lost.try_set(false);
            read();
        }
        ListNews::Lost => drop(lost.try_set(true)),
        ListNews::Execution(_) => {}
    }));
    let list = move || match shown.get() {
        Shelf::Waiting => waiting.get(),
        Shelf::Decided => decided.get(),
    };
    view! {
        <ReviewFrame title=Signal::derive(|| None::<String>)>
            <main class="inbox">
                {move || heading(&waiting.get())}
                <div class="inbox-bar">
                    {shelves(shown, waiting)}
                    <label class="field search">
                        {parts::icon(Glyph::Search)}
                        <input
                            type="search"
                            placeholder=says::FIND
                            aria-label=says::FIND
                            bind:value=wanted
                        />
                    </label>
                </div>
                <Show when=move || waiting.read().here().is_some()>{parts::older(lost)}</Show>
                {move || match list() {
                    Load::Asked => view! { <p class="t3" role="status">{common::LOOKING}</p> }.into_any(),
                    Load::Failed(error) => parts::trouble(&error, read).into_any(),
                    Load::Here(reviews) => rows(&reviews, shown.get(), &wanted.get()),
                }}
            </main>
        </ReviewFrame>
    }
}

fn heading(waiting: &Load<Vec<Review>>) -> impl IntoView + use<> {
    let (title, more) = match waiting {
        Load::Here(reviews) => {
            let now = words::now();
            (
                says::headline(reviews.len()),
                shelf::urgency(reviews, now, words::zone(now)),
            )
        }
        Load::Asked | Load::Failed(_) => (says::TITLE.to_owned(), None),
    };
    view! {
        <header>
            <h1>{title}</h1>
            <p>{more}</p>
        </header>
    }
}

fn shelves(shown: RwSignal<Shelf>, waiting: RwSignal<Load<Vec<Review>>>) -> impl IntoView {
    let count = move || match waiting.get() {
        Load::Here(reviews) if !reviews.is_empty() => {
            Some(view! { <span class="count">{reviews.len()}</span> })
        }
        Load::Here(_) | Load::Asked | Load::Failed(_) => None,
    };
    let pressed = move |shelf: Shelf| move || (shown.get() == shelf).to_string();
    view! {
        <div class="seg" role="group" aria-label=says::SHOW>
            <button aria-pressed=pressed(Shelf::Waiting) on:click=move |_| shown.set(Shelf::Waiting)>
                {says::WAITING}{count}
            </button>
            <button aria-pressed=pressed(Shelf::Decided) on:click=move |_| shown.set(Shelf::Decided)>{says::DECIDED}</button>
        </div>
    }
}

fn rows(reviews: &[Review], shown: Shelf, wanted: &str) -> AnyView {
    let found: Vec<Review> = reviews
        .iter()
        .filter(|r| shelf::matches(r, wanted))
        .cloned()
        .collect();
    match (found.is_empty(), reviews.is_empty(), shown) {
        (true, true, Shelf::Waiting) => empty(says::DONE, says::DONE_HINT).into_any(),
        (true, true, Shelf::Decided) => {
            empty(says::NONE_DECIDED, says::NONE_DECIDED_HINT).into_any()
        }
        (true, false, _) => empty(says::NOTHING_FOUND, says::NOTHING_FOUND_HINT).into_any(),
        (false, _, Shelf::Waiting) => {
            let now = words::now();
            shelf::groups(&found, now, words::zone(now))
                .iter()
                .map(group)
                .collect_view()
                .into_any()
        }
        (false, _, Shelf::Decided) => {
            view! { <div class="card list">{found.iter().map(decided_row).collect_view()}</div> }
                .into_any()
        }
    }
}

/// What stands in an empty list.
fn empty(title: &'static str, hint: &'static str) -> impl IntoView {
    view! { <EmptyState glyph=Glyph::Person title=title hint=hint /> }
}

fn group(group: &Group) -> impl IntoView + use<> {
    let urgent = group.urgent;
    view! {
        <h2 class="group-head">{group.title}</h2>
        <div class="card list">{group.reviews.iter().map(|r| waiting_row(r, urgent)).collect_view()}</div>
    }
}

/// What a review is about: its title, else the pipeline's name in plain words.
fn about(review: &Review) -> String {
    match &review.title {
        Some(title) if *title != review.question => title.clone(),
        Some(_) | None => super::evidence::label_of(&review.machine),
    }
}

fn waiting_row(review: &Review, urgent: bool) -> impl IntoView + use<> {
    let now = words::now();
    let due = review.due_at.map(|at| {
        let left = words::left(at.0 - now.0);
        view! {
            <span class=if urgent { "soon" } else { "" }>{words::due(at, now, words::zone(at))}</span>
            <small>{left}</small>
        }
    });
    let asked = review
        .asked_at
        .map(|at| says::asked(&words::ago(now.0 - at.0)));
    let who = says::deciders(&review.reviewers);
    view! {
        <a class="review-row person" href=paths::review(&review.id)>
            <span class="sq person">{parts::icon(Glyph::Person)}</span>
            <span class="what"><strong>{review.question.clone()}</strong><span class="why">{about(review)}</span></span>
            <span class="due">{due.is_none().then_some(says::NO_TIME_LIMIT)}{due}</span>
            <span class="who"><span class="clip">{who}</span><small>{asked}</small></span>
            {parts::icon(Glyph::Right)}
        </a>
    }
}

fn decided_row(review: &Review) -> impl IntoView + use<> {
    let (class, word, glyph) = match review.status {
        ReviewStatus::Approved => ("status is-succeeded", says::APPROVED, Glyph::Check),
        ReviewStatus::Rejected => ("status is-failed", says::REJECTED, Glyph::Cross),
        ReviewStatus::Gone => ("status is-aborted", says::NOT_ANSWERED, Glyph::Dash),
        ReviewStatus::Waiting => ("status is-waiting", says::WAITING, Glyph::Person),
    };
    let when = review.decided_at.map(words::when_here);
    view! {
        <a class="review-row person" href=paths::review(&review.id)>
            <span class="sq person">{parts::icon(Glyph::Person)}</span>
            <span class="what"><strong>{review.question.clone()}</strong><span class="why">{about(review)}</span></span>
            <span class="due"><span class=class>{parts::icon(glyph)}{word}</span><small>{when}</small></span>
            <span class="who"><span class="clip">{review.decided_by.clone()}</span></span>
            {parts::icon(Glyph::Right)}
        </a>
    }
}
