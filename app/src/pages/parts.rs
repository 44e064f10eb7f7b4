//! Small parts that several pages share. What every part of the studio shares is in [`crate::ui`].

use super::paths;
use crate::api::{ApiError, RunStatus};
use crate::text::{common, pages as says};
use crate::ui::{self, Glyph, Icon, Status, ThemeToggle};
use leptos::prelude::*;

/// What a page waits for.
#[derive(Debug, Clone, PartialEq)]
pub enum Load<T> {
    /// It was asked for.
    Asked,
    /// It is here.
    Here(T),
    /// It did not come.
    Failed(ApiError),
}

impl<T> From<Result<T, ApiError>> for Load<T> {
    fn from(result: Result<T, ApiError>) -> Self {
        match result {
            Ok(value) => Self::Here(value),
            Err(error) => Self::Failed(error),
        }
    }
}

impl<T> Load<T> {
    /// The value, when it is here.
    pub fn here(&self) -> Option<&T> {
        match self {
            Self::Here(value) => Some(value),
            Self::Asked | Self::Failed(_) => None,
        }
    }
}

/// How the status of a run is shown.
pub fn status_of(status: RunStatus) -> Status {
    match status {
        RunStatus::Running | RunStatus::PendingRedrive => Status::Running,
        RunStatus::Succeeded => Status::Succeeded,
        RunStatus::Failed => Status::Failed,
        RunStatus::TimedOut => Status::TimedOut,
        RunStatus::Aborted => Status::Aborted,
    }
}

/// An icon of 16 px.
pub fn icon(glyph: Glyph) -> impl IntoView {
    view! { <Icon glyph=glyph /> }
}

/// Something that failed, with what to do about it.
pub fn trouble<F: Fn() + 'static>(error: &ApiError, again: F) -> impl IntoView + use<F> {
    let retry = error.may_pass().then(|| view! { <button type="button" class="btn" on:click=move |_| again()>{common::TRY_AGAIN}</button> });
    view! {
        <div class="trouble" role="alert">
            {icon(Glyph::Warning)}
            <p>{error.to_string()}</p>
            {retry}
        </div>
    }
}

/// Something that was refused, in one line.
pub fn refusal(text: impl Into<String>) -> impl IntoView {
    view! { <div class="trouble" role="alert">{icon(Glyph::Warning)}<p>{text.into()}</p></div> }
}

/// Says that a list may be older than it looks, while the line to the server is lost.
pub fn older(lost: RwSignal<bool>) -> impl IntoView {
    move || {
        lost.get().then(|| {
            view! {
                <p class="notice" role="status">
                    {icon(Glyph::Retry)}{says::OLDER}
                </p>
            }
        })
    }
}

/// JSON text laid out and coloured. Above `MOST_LINES` lines it ends with how many are left out.
pub fn json(text: &str) -> impl IntoView + use<> {
    let pretty = super::json_text::pretty(text);
    let count = pretty.lines().count();
    let shown: String = pretty
        .lines()
        .take(MOST_LINES)
        .collect::<Vec<_>>()
        .join("\n");
    let more = (count > MOST_LINES)
        .then(|| view! { <span class="t3">{says::more_lines(count - MOST_LINES)}</span> });
    view! { <pre class="json" tabindex="0">{ui::json::coloured(&shown)}{more}</pre> }
}

/// More lines than these are not drawn.
const MOST_LINES: usize = 2000;

/// A step on the way to a page: its words and, unless it is the page itself, its address.
pub type Crumb = (String, Option<String>);

/// A page of the studio: where one is, what can be done, and the content.
#[component]
pub fn Frame(
    /// The way to this page.
    #[prop(into)]
    crumbs: Signal<Vec<Crumb>>,
    /// Buttons at the right of the head.
    #[prop(optional, into)]
    actions: ViewFnOnce,
    /// The content.
    children: Children,
) -> impl IntoView {
    let steps = move || {
        crumbs
            .get()
            .into_iter()
            .enumerate()
            .map(|(i, c)| crumb(i, c))
            .collect_view()
    };
    view! {
        <div class="page-frame">
            <header class="page-top">
                <a class="page-mark" href=paths::home() aria-label=common::ALL_PIPELINES><ui::Mark /></a>
                <nav class="crumbs" aria-label=says::WAY>{steps}</nav>
                <span class="end"></span>
                <a class="btn quiet" href=paths::reviews() aria-label=common::REVIEWS>{icon(Glyph::Person)}<span class="wide-only">{common::REVIEWS}</span></a>
                <ThemeToggle />
                {actions.run()}
            </header>
            {children()}
        </div>
    }
}

fn crumb(index: usize, (words, address): Crumb) -> impl IntoView {
    let slash = (index > 0).then(|| view! { <span class="slash">"/"</span> });
    let step = match address {
        Some(address) => view! { <a href=address>{words}</a> }.into_any(),
        None => view! { <strong class="clip">{words}</strong> }.into_any(),
    };
    view! { {slash}{step} }
}

/// Copies text to the clipboard; says so on the button.
#[component]
pub fn CopyButton(
    /// What is copied.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let done = RwSignal::new(false);
    let copy = move |_| {
        if let Some(window) = web_sys::window() {
            let _ = window
                .navigator()
                .clipboard()
                .write_text(&text.get_untracked());
            done.set(true);
            set_timeout(
                move || {
                    let _ = done.try_set(false);
                },
                std::time::Duration::from_secs(2),
            );
        }
    };
    let label = move || {
        if done.get() {
            common::COPIED
        } else {
            common::COPY
        }
    };
    let glyph = Signal::derive(move || {
        if done.get() {
            Glyph::Check
        } else {
            Glyph::Copy
        }
    });
    view! {
        <button type="button" class="btn quiet icon" aria-label=label title=label on:click=copy><Icon glyph=glyph /></button>
    }
}
