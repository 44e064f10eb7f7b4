//! One question with its evidence, or what became of it.

use super::decide::Decide;
use super::evidence::{self, Cell, Row};
use super::frame::ReviewFrame;
use super::outcome;
use crate::api::live::ListNews;
use crate::api::{self, ApiError, Review, ReviewStatus, studio};
use crate::pages::parts::{self, Load};
use crate::pages::words;
use crate::text::common;
use crate::text::pages::review as says;
use crate::ui::Glyph;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_params_map;

/// What became of a review while this page was open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Here {
    /// Nothing was done here.
    #[default]
    Nothing,
    /// The decision was made on this page.
    Decided,
    /// Somebody else was quicker than this page.
    Beaten,
}

/// The page of one review.
#[component]
pub fn Approval() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").unwrap_or_default());
    let review = RwSignal::new(Load::Asked);
    let here = RwSignal::new(Here::Nothing);
    let read = move || {
        let id = id.get_untracked();
        spawn_local(async move {
            let _ = review.try_set(studio::review(&id).await.into());
        });
    };
    Effect::new(move |_| {
        let _ = id.get();
        read();
    });
    let _line = StoredValue::new_local(api::live::lists(None, move |news| match news {
        ListNews::Review { id: about } if id.try_get_untracked().is_some_and(|i| i == about) => {
            read()
        }
        ListNews::ReadAgain => read(),
        ListNews::Review { .. } | ListNews::Execution(_) | ListNews::Lost => {}
    }));
    let title = Signal::derive(move || match review.get() {
        Load::Here(review) => Some(review.title.unwrap_or_else(|| says::QUESTION.to_owned())),
        Load::Asked | Load::Failed(_) => Some(says::QUESTION.to_owned()),
    });
    view! {
        <ReviewFrame title=title>
            {move || match review.get() {
                Load::Asked => view! { <main class="approval-note"><p class="t3" role="status">{common::LOOKING}</p></main> }.into_any(),
                Load::Failed(error) => failed(&error, read),
                Load::Here(found) => page(found, review, here),
            }}
        </ReviewFrame>
    }
}

fn failed(error: &ApiError, read: impl Fn() + 'static) -> AnyView {
    if error.is_missing() {
        return outcome::unknown().into_any();
    }
    view! { <main class="approval-note">{parts::trouble(error, read)}</main> }.into_any()
}

fn page(review: Review, store: RwSignal<Load<Review>>, here: RwSignal<Here>) -> AnyView {
    match review.status {
        ReviewStatus::Waiting => question(review, store, here).into_any(),
        ReviewStatus::Approved | ReviewStatus::Rejected => {
            outcome::decided(&review, here.get_untracked()).into_any()
        }
        ReviewStatus::Gone => outcome::gone(&review).into_any(),
    }
}

fn question(review: Review, store: RwSignal<Load<Review>>, here: RwSignal<Here>) -> impl IntoView {
    let rows = evidence::rows(&review.evidence);
    let proof = (!rows.is_empty()).then(|| table(&rows));
    let details = review
        .details
        .clone()
        .map(|text| view! { <div class="details">{paragraphs(&text)}</div> });
    view! {
        <main class="approval">
            <section class="review-ask">
                <h1>{review.question.clone()}</h1>
                {details}
                {when(&review)}
            </section>
            <div class="proof">
                {proof.is_none().then(|| view! {
                    <section class="card no-proof"><p>{says::NO_EVIDENCE}</p></section>
                })}
                {proof}
            </div>
            <Decide review=StoredValue::new(review) store=store here=here />
        </main>
    }
}

/// Text as it was written: an empty line begins a new paragraph.
pub(crate) fn paragraphs(text: &str) -> impl IntoView + use<> {
    let parts: Vec<String> = text
        .split("\n\n")
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .map(str::to_owned)
        .collect();
    parts
        .into_iter()
        .map(|p| view! { <p>{p}</p> })
        .collect_view()
}

fn when(review: &Review) -> impl IntoView + use<> {
    let now = words::now();
    let due = review.due_at.map(|at| {
        let until = words::in_sentence(&words::due(at, now, words::zone(at)));
        view! {
            <span>{parts::icon(Glyph::Clock)}{says::answer_by(&until)}<span class="t3">{words::left(at.0 - now.0)}</span></span>
        }
    });
    let asked = review.asked_at.map(|at| {
        view! { <span class="t3">{says::asked(&words::in_sentence(&words::when_here(at)))}</span> }
    });
    view! {
        <div class="when">
            <span class="status is-waiting">{parts::icon(Glyph::Person)}{says::WAITS}</span>
            {due}
            {asked}
        </div>
    }
}

/// The evidence as a table of labels and values.
pub(crate) fn table(rows: &[Row]) -> impl IntoView + use<> {
    let rows = rows.iter().map(row).collect_view();
    view! {
        <section class="card figures" aria-label=says::EVIDENCE>
            <table>
                <thead><tr><th scope="col">{says::EVIDENCE}</th><th scope="col" class="num">{says::VALUE}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

fn row(row: &Row) -> AnyView {
    let inset = format!("--depth: {}", row.depth);
    let label = row.label.clone();
    let Some(value) = row.value.clone() else {
        return view! { <tr class="group"><th scope="rowgroup" colspan="2" style=inset>{label}</th></tr> }.into_any();
    };
    let value = match value {
        Cell::Figure(text) => view! { <td class="num figure">{text}</td> }.into_any(),
        Cell::Words(text) => view! { <td class="num words">{text}</td> }.into_any(),
        Cell::Link(address) => {
            let text = address.clone();
            view! { <td class="num words"><a href=address target="_blank" rel="noopener noreferrer">{text}</a></td> }.into_any()
        }
        Cell::Nothing => view! { <td class="num t3">{says::NONE}</td> }.into_any(),
    };
    view! { <tr><th scope="row" style=inset>{label}</th>{value}</tr> }.into_any()
}
