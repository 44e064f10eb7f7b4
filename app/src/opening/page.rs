//! The page at `/open`: reads the link in the address, or lets one pick a machine of the template that was handed over.

use super::pick::{Content, Pick, Picks, picks};
use super::{Template, handover, keep, link};
use crate::drafts::{self, Draft};
use crate::pages::parts::{self, Frame};
use crate::pages::paths;
use crate::text::{common, opening as says};
use crate::ui::{Button, ButtonLook, EmptyState, Glyph, Icon, Mark};
use asl::check::MachineType;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

/// What the page shows.
#[derive(Debug, Clone, PartialEq)]
enum Shown {
    /// A draft is being made.
    Opening,
    /// The machines of a template.
    Machines(String, Picks),
    /// Nothing could be opened: what, and what to do.
    Fault(&'static str, String),
}

/// Opens what comes in.
#[component]
pub fn OpenPage() -> impl IntoView {
    let shown = RwSignal::new(Shown::Opening);
    let navigate = use_navigate();
    let go = Callback::new(move |name: String| {
        // The way back leads to where the link or the file was opened, not here again.
        let options = NavigateOptions {
            replace: true,
            ..NavigateOptions::default()
        };
        navigate(&paths::studio(&name), options);
    });
    let hash = use_location().hash;
    Effect::new(move || {
        hash.track();
        // The address changes before this page goes.
        if window().location().pathname().ok() != Some(paths::open()) {
            return;
        }
        let fragment = window().location().hash().unwrap_or_default();
        match link::read(&fragment) {
            Some(Ok(draft)) => open_link(draft, shown, go),
            Some(Err(fault)) => shown.set(Shown::Fault(says::LINK_REFUSED, fault.to_string())),
            None => show_template(shown, go),
        }
    });
    move || match shown.get() {
        Shown::Opening => view! { <p class="opening" role="status">{says::OPENING}</p> }.into_any(),
        Shown::Machines(name, picks) => {
            view! { <Machines name=name picks=picks shown=shown go=go/> }.into_any()
        }
        Shown::Fault(title, hint) => view! { <Fault title=title hint=hint/> }.into_any(),
    }
}

/// Goes to the draft that the link made before, or makes it.
fn open_link(draft: Draft, shown: RwSignal<Shown>, go: Callback<String>) {
    let known = drafts::list().unwrap_or_default();
    match link::same(&draft, &known) {
        Some(name) => go.run(name),
        None => make(draft, shown, go),
    }
}

fn make(draft: Draft, shown: RwSignal<Shown>, go: Callback<String>) {
    spawn_local(async move {
        match keep(draft).await {
            // The page may have been left meanwhile.
            Ok(name) => drop(go.try_run(name)),
            Err(error) => drop(shown.try_set(Shown::Fault(says::NOT_KEPT, error.to_string()))),
        }
    });
}

fn show_template(shown: RwSignal<Shown>, go: Callback<String>) {
    let Some(Template { name, text }) = handover::get() else {
        shown.set(Shown::Fault(says::NOTHING, says::NOTHING_HINT.to_owned()));
        return;
    };
    let picks = picks(&text);
    let only = match picks.machines.as_slice() {
        [only] if picks.faults.is_empty() => only.draft(),
        _ => None,
    };
    match only {
        Some(draft) => make(draft, shown, go),
        None => shown.set(Shown::Machines(name, picks)),
    }
}

#[component]
fn Fault(title: &'static str, hint: String) -> impl IntoView {
    view! {
        <main class="not-found">
            <a href=paths::home() aria-label=common::HOME_LINK><Mark/></a>
            <EmptyState glyph=Glyph::Search title=title hint=hint>
                <a class="btn primary" href=paths::home()>{common::ALL_PIPELINES}</a>
            </EmptyState>
        </main>
    }
}

/// The machines of a template.
#[component]
fn Machines(
    name: String,
    picks: Picks,
    shown: RwSignal<Shown>,
    go: Callback<String>,
) -> impl IntoView {
    let said = says::machines(picks.machines.len());
    let crumbs = vec![
        (common::PIPELINES.to_owned(), Some(paths::home())),
        (says::PAGE.to_owned(), None),
    ];
    view! {
        <Frame crumbs=Signal::stored(crumbs)>
            <main class="page-body">
                <header class="page-head"><div><h1>{name}</h1><p>{said}</p></div></header>
                {(!picks.faults.is_empty()).then(|| faults(&picks.faults))}
                <ul class="picks">
                    {picks.machines.into_iter().map(|pick| view! { <Machine pick=pick shown=shown go=go/> }).collect_view()}
                </ul>
                <p><a class="btn" href=paths::home()>{common::ALL_PIPELINES}</a></p>
            </main>
        </Frame>
    }
}

/// More of them say nothing that the first ones do not.
const MOST_FAULTS: usize = 5;

fn faults(all: &[String]) -> impl IntoView + use<> {
    let rows: Vec<_> = all
        .iter()
        .take(MOST_FAULTS)
        .map(|fault| view! { <li>{fault.clone()}</li> })
        .collect();
    view! {
        <div class="trouble" role="alert">
            {parts::icon(Glyph::Warning)}
            <div>
                <p>{says::TEMPLATE_FAULTS}</p>
                <ul class="faults">{rows}</ul>
            </div>
        </div>
    }
}

#[component]
fn Machine(pick: Pick, shown: RwSignal<Shown>, go: Callback<String>) -> impl IntoView {
    let kind = match pick.machine_type {
        MachineType::Standard => common::STANDARD,
        MachineType::Express => common::EXPRESS,
    };
    let label = says::open(&pick.logical_id);
    let name = (pick.name != pick.logical_id).then(|| pick.name.clone());
    let draft = StoredValue::new(pick.draft());
    let open = move || {
        if let Some(draft) = draft.get_value() {
            shown.set(Shown::Opening);
            make(draft, shown, go);
        }
    };
    view! {
        <li class="card pick">
            <div>
                <h2>{pick.logical_id.clone()}</h2>
                <p class="t2">{name.map(|name| view! { <code>{name}</code>" · " })}{kind}" · "{pick.resource}</p>
                {match &pick.content {
                    Ok(content) => has(content).into_any(),
                    Err(why) => view! { <p class="row top"><Icon glyph=Glyph::Info/><span>{why.clone()}</span></p> }.into_any(),
                }}
            </div>
            <Button label=label look=ButtonLook::Primary disabled=pick.content.is_err() on_press=open/>
        </li>
    }
}

fn has(content: &Content) -> impl IntoView + use<> {
    let mut said = vec![common::states(content.states)];
    if content.placeholders > 0 {
        said.push(says::placeholders(content.placeholders));
    }
    let bad = match (&content.fault, content.errors) {
        (Some(fault), _) => Some(fault.clone()),
        (None, 0) => None,
        (None, errors) => Some(says::errors(errors)),
    };
    view! {
        <p>{said.join(" · ")}</p>
        {bad.map(|bad| view! { <p class="row top"><Icon glyph=Glyph::Error/><span>{bad}</span></p> })}
    }
}
