//! The list on the left: keeping a version, what the server has, what this browser kept.

use super::Asked;
use super::shelf::{Kept, Shelf, Source};
use crate::api::versions::number_of;
use crate::api::{PublishedVersion, Time};
use crate::commands::Command;
use crate::pages::parts::{self, Load};
use crate::pages::words::{self, ago, when_here};
use crate::text::{common, versions as text};
use crate::ui::{Glyph, Icon};
use crate::vault::{Version, Why};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

#[component]
pub(super) fn List(shelf: Shelf) -> impl IntoView {
    focus_first(shelf);
    view! {
        <div class="versions-list">
            <KeepForm shelf=shelf/>
            <div class="versions-scroll" role="group" aria-label=text::TITLE on:keydown=move |event| walk(&event)>
                {move || on_server(shelf)}
                {move || in_browser(shelf)}
            </div>
        </div>
    }
}

/// Moves the focus to the version that is looked at first, so that arrow keys walk on from there.
fn focus_first(shelf: Shelf) {
    Effect::new(move |is_done: Option<bool>| {
        let is_wanted = shelf.desk.versions.get_untracked() == Some(Asked::Look);
        let is_there = shelf.from.read().is_some();
        if is_there && is_wanted && is_done != Some(true) {
            request_animation_frame(|| {
                let found = document().query_selector(".versions .version[aria-pressed='true']");
                let found = found.ok().flatten();
                if let Some(button) =
                    found.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok())
                {
                    // What left the page meanwhile cannot be focused.
                    let _ = button.focus();
                }
            });
        }
        is_there || is_done == Some(true)
    });
}

/// Keeps the present text, with a note.
#[component]
fn KeepForm(shelf: Shelf) -> impl IntoView {
    let note = RwSignal::new(String::new());
    let field = NodeRef::<html::Input>::new();
    Effect::new(move || {
        let wanted = shelf.desk.versions.get_untracked() == Some(Asked::Keep);
        if let Some(field) = field.get().filter(|_| wanted) {
            request_animation_frame(move || {
                // A field that left the page meanwhile keeps nothing to focus.
                let _ = field.focus();
            });
        }
    });
    let keep = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        shelf.keep(note);
    };
    view! {
        <form class="versions-keep" on:submit=keep>
            <label class="stack">
                <span class="label">{text::KEEP_LABEL}</span>
                <span class="field"><input node_ref=field type="text" maxlength="120" placeholder=text::NOTE_EXAMPLE bind:value=note/></span>
            </label>
            <button type="submit" class="btn">{parts::icon(Glyph::Plus)}{text::KEEP}</button>
        </form>
        {move || shelf.fault.get().map(parts::refusal)}
    }
}

/// Arrow keys walk from version to version.
fn walk(event: &web_sys::KeyboardEvent) {
    let step: i32 = match event.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        _ => return,
    };
    let Some(list) = event
        .current_target()
        .and_then(|it| it.dyn_into::<web_sys::Element>().ok())
    else {
        return;
    };
    let Ok(buttons) = list.query_selector_all("button.version") else {
        return;
    };
    let count = i32::try_from(buttons.length()).unwrap_or(0);
    let focused = document().active_element();
    let at = (0..count).find(|at| {
        let button = buttons.get(at.unsigned_abs());
        button.is_some_and(|it| {
            focused
                .as_ref()
                .is_some_and(|focused| it.is_same_node(Some(focused)))
        })
    });
    let next = at.map_or(0, |at| (at + step).clamp(0, count - 1));
    let next = buttons.get(next.unsigned_abs());
    if let Some(next) = next.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        event.prevent_default();
        // What cannot be focused is passed over.
        let _ = next.focus();
        next.click();
    }
}

fn on_server(shelf: Shelf) -> AnyView {
    let deployed = shelf.keeper.deployed.read().is_some();
    let published = match &*shelf.published.read() {
        Load::Asked => {
            return view! { <p class="hint" role="status">{common::ASKING_SERVER}</p> }.into_any();
        }
        Load::Here(versions) => versions.clone(),
        // Without a server there is nothing of it to show; the versions of this browser are there as before.
        Load::Failed(_) => Vec::new(),
    };
    let is_unasked = matches!(&*shelf.published.read(), Load::Failed(_));
    if !deployed && published.is_empty() {
        return ().into_any();
    }
    view! {
        <h3>{text::DEPLOYED}</h3>
        {deployed.then(|| row(shelf, Source::Deployed, Signal::stored(Row {
            glyph: Glyph::Rocket,
            title: text::DEPLOYED.to_owned(),
            time: String::new(),
            exact: String::new(),
            facts: text::DEPLOYED_HINT.to_owned(),
        })))}
        {published.iter().map(|version| published_row(shelf, version)).collect_view()}
        {is_unasked.then(|| view! { <p class="hint">{text::NOT_LISTED}</p> })}
    }
    .into_any()
}

fn published_row(shelf: Shelf, version: &PublishedVersion) -> impl IntoView + use<> {
    let arn = version.state_machine_version_arn.clone();
    let at = version.creation_date;
    row(
        shelf,
        Source::Published(arn.clone()),
        Signal::stored(Row {
            glyph: Glyph::Lock,
            title: text::published(number_of(&arn)),
            time: since(at),
            exact: when_here(at),
            facts: text::PUBLISHED.to_owned(),
        }),
    )
}

fn in_browser(shelf: Shelf) -> AnyView {
    let state = Memo::new(move |_| match &*shelf.kept.read() {
        Kept::Asked => None,
        Kept::Failed(error) => Some(Err(error.to_string())),
        Kept::Here(versions) => Some(Ok(!versions.is_empty())),
    });
    (move || match state.get() {
        None => view! { <p class="hint" role="status">{text::READING}</p> }.into_any(),
        Some(Err(error)) => parts::refusal(error).into_any(),
        Some(Ok(is_any)) => view! {
            <h3>{text::IN_BROWSER}</h3>
            {if is_any { kept_rows(shelf) } else { none_kept() }}
        }
        .into_any(),
    })
    .into_any()
}

fn none_kept() -> AnyView {
    let hint = text::none_kept(Command::KeepVersion.key());
    view! { <p class="hint">{hint}</p> }.into_any()
}

/// A row stays as long as its version, so that the focus stays in it while the list is read again.
fn kept_rows(shelf: Shelf) -> AnyView {
    let versions = move || match &*shelf.kept.read() {
        Kept::Here(versions) => versions.clone(),
        Kept::Asked | Kept::Failed(_) => Vec::new(),
    };
    view! { <For each=versions key=|version| version.at let:version>{kept_row(shelf, version)}</For> }
        .into_any()
}

fn kept_row(shelf: Shelf, version: Version) -> impl IntoView {
    let at = version.at;
    let shown = Memo::new(move |_| {
        let present = shelf.version(at);
        row_of(shelf, present.as_ref().unwrap_or(&version))
    });
    row(shelf, Source::Kept(at), shown)
}

fn row_of(shelf: Shelf, version: &Version) -> Row {
    let at = version.at;
    let time = Time(i64::try_from(at).unwrap_or(i64::MAX));
    let glyph = match version.why {
        _ if version.note.is_some() => Glyph::Edit,
        Why::Asked => Glyph::Edit,
        Why::Deployed => Glyph::Rocket,
        Why::Restoring | Why::OtherTab | Why::Replaced => Glyph::Restart,
        Why::Opened | Why::Edited => Glyph::Clock,
    };
    let count = version
        .states
        .map_or_else(|| text::BROKEN.to_owned(), common::states);
    let changed = shelf.changed.read().get(&at).cloned();
    let changed = changed.unwrap_or_else(|| version.changed.clone());
    let facts = if changed.is_empty() {
        count
    } else {
        text::facts(&count, &changed)
    };
    Row {
        glyph,
        title: version.title(),
        time: since(time),
        exact: when_here(time),
        facts,
    }
}

fn since(at: Time) -> String {
    let now = words::now().0;
    ago(now - at.0)
}

/// What a line of the list says.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    glyph: Glyph,
    title: String,
    time: String,
    exact: String,
    facts: String,
}

fn row(shelf: Shelf, source: Source, row: impl Into<Signal<Row>>) -> impl IntoView {
    let row = row.into();
    let own = source.clone();
    let is_shown = Signal::derive(move || shelf.from.read().as_ref() == Some(&own));
    let look = move |_| shelf.look_at(source.clone());
    view! {
        <button
            type="button"
            class="version"
            aria-pressed=move || is_shown.get().to_string()
            on:click=look
        >
            <Icon glyph=Signal::derive(move || row.read().glyph)/>
            <span class="version-words">
                <span class="row"><strong class="clip">{move || row.read().title.clone()}</strong><span class="t3" title=move || row.read().exact.clone()>{move || row.read().time.clone()}</span></span>
                <span class="t2 version-facts">{move || row.read().facts.clone()}</span>
            </span>
        </button>
    }
}
