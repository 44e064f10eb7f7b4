//! The version that is looked at: what it is compared with, and what can be done with it.

use super::shelf::{Kept, Shelf, Source};
use crate::api::Time;
use crate::compare::Comparison;
use crate::pages::parts::{self, Load};
use crate::pages::words::when_here;
use crate::text::{common, versions as says};
use crate::ui::{Button, ButtonLook, Choice, EmptyState, Glyph, Select, TextField, hand_on};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub(super) fn Detail(shelf: Shelf) -> impl IntoView {
    let is_any = Memo::new(move |_| shelf.from.read().is_some());
    view! {
        <div class="versions-detail">
            {move || if is_any.get() {
                view! { <Looked shelf=shelf/> }.into_any()
            } else {
                view! { <EmptyState glyph=Glyph::Clock title=says::NONE hint=says::NONE_HINT/> }.into_any()
            }}
        </div>
    }
}

#[component]
fn Looked(shelf: Shelf) -> impl IntoView {
    let from = Memo::new(move |_| shelf.from.get().unwrap_or(Source::Present));
    let to = Memo::new(move |_| shelf.to.get());
    view! {
        <div class="versions-pair">
            <Select label=says::COMPARE choices=Signal::derive(move || choices(shelf)) value=Signal::derive(move || from.get().word())
                on_change=move |word: String| { if let Some(source) = Source::from_word(&word) { shelf.look_at(source); } }/>
            <Select label=says::COMPARE_WITH choices=Signal::derive(move || choices(shelf)) value=Signal::derive(move || to.get().word())
                on_change=move |word: String| { if let Some(source) = Source::from_word(&word) { shelf.compare_with(source); } }/>
        </div>
        <div class="versions-compared">{move || compared(shelf, from, to)}</div>
        {move || acts(shelf, &from.get())}
    }
}

/// Everything that can be compared.
fn choices(shelf: Shelf) -> Vec<Choice> {
    let mut found = vec![Source::Present];
    if shelf.keeper.deployed.read().is_some() {
        found.push(Source::Deployed);
    }
    if let Load::Here(versions) = &*shelf.published.read() {
        let arns = versions
            .iter()
            .map(|version| version.state_machine_version_arn.clone());
        found.extend(arns.map(Source::Published));
    }
    if let Kept::Here(versions) = &*shelf.kept.read() {
        found.extend(versions.iter().map(|version| Source::Kept(version.at)));
    }
    let labelled = found.iter().map(|source| {
        let title = shelf.title(source);
        let label = match source {
            Source::Kept(at) => {
                let at = Time(i64::try_from(*at).unwrap_or(i64::MAX));
                says::kept_at(&when_here(at), &title)
            }
            Source::Present | Source::Deployed | Source::Published(_) => title,
        };
        Choice::new(source.word(), label)
    });
    labelled.collect()
}

fn compared(shelf: Shelf, from: Memo<Source>, to: Memo<Source>) -> AnyView {
    let state = Memo::new(move |_| {
        let (before, after) = (shelf.text(&from.get()), shelf.text(&to.get()));
        match (before, after) {
            (Some(Ok(before)), Some(Ok(after))) => Some(Ok((before, after))),
            (Some(Err(error)), _) | (_, Some(Err(error))) => Some(Err(error)),
            (None, _) | (_, None) => None,
        }
    });
    // While a text is on its way, what is compared stays, with the tab that is open.
    let shown = Memo::new(move |before: Option<&Option<Result<(), String>>>| {
        let now = state.get().map(|it| it.map(|_| ()));
        now.or_else(|| before.cloned().flatten())
    });
    let texts = Memo::new(
        move |before: Option<&(Arc<str>, Arc<str>)>| match state.get() {
            Some(Ok(texts)) => texts,
            Some(Err(_)) | None => before
                .cloned()
                .unwrap_or_else(|| (Arc::from(""), Arc::from(""))),
        },
    );
    (move || match shown.get() {
        None => view! { <p class="hint" role="status">{says::READING_TEXT}</p> }.into_any(),
        Some(Err(error)) => parts::refusal(error).into_any(),
        Some(Ok(())) => view! {
            <Comparison before=Signal::derive(move || texts.get().0) after=Signal::derive(move || texts.get().1)/>
        }
        .into_any(),
    })
    .into_any()
}

/// Why a version cannot be restored now.
fn refusal(shelf: Shelf, source: &Source) -> Option<&'static str> {
    if shelf.desk.is_read_only() {
        return Some(says::READ_ONLY);
    }
    match shelf.text(source) {
        Some(Ok(text)) if *text == *shelf.session().text() => Some(says::SAME_TEXT),
        Some(Ok(_)) => None,
        Some(Err(_)) | None => Some(says::NO_TEXT),
    }
}

/// What can be done with the version that is looked at.
fn acts(shelf: Shelf, source: &Source) -> AnyView {
    let kept = match source {
        Source::Kept(at) => Some(*at),
        Source::Present | Source::Deployed | Source::Published(_) => None,
    };
    let own = source.clone();
    let refused = Memo::new(move |_| refusal(shelf, &own));
    let title = Signal::derive(move || refused.get().unwrap_or(says::RESTORE_HINT).to_owned());
    let restored = source.clone();
    view! {
        <footer class="dialog-foot versions-foot">
            {kept.map(|at| view! { <OfKept shelf=shelf at=at/> })}
            <span class="grow"></span>
            <Button label=common::CLOSE on_press=move || shelf.open.set(false)/>
            <Button label=says::RESTORE glyph=Glyph::Restart look=ButtonLook::Primary disabled=Signal::derive(move || refused.get().is_some()) title=title on_press=move || shelf.restore(&restored)/>
        </footer>
    }
    .into_any()
}

/// Naming and deleting the version of this browser that was kept at a time. It stays while the list is read again.
#[component]
fn OfKept(shelf: Shelf, at: u64) -> impl IntoView {
    let asked = RwSignal::new(false);
    let note = Signal::derive(move || {
        let version = shelf.version(at);
        version.and_then(|version| version.note).unwrap_or_default()
    });
    let version = move || untrack(|| shelf.version(at));
    let write = move |note: String| {
        if let Some(version) = version() {
            shelf.note(&version, &note);
        }
    };
    let remove = move || {
        if let Some(version) = version() {
            shelf.remove(&version);
        }
    };
    // The question takes the place of the button, and the other way round: the focus goes on to what cannot harm.
    let ask = move |is_asked: bool| {
        asked.set(is_asked);
        let goal = ".versions-foot .btn:not(.danger)".to_owned();
        hand_on(".versions-foot .btn", vec![goal]);
    };
    move || {
        if asked.get() {
            view! {
                <span role="alert">{says::DELETE_QUESTION}</span>
                <Button label=says::DELETE_NOW look=ButtonLook::Danger on_press=remove/>
                <Button label=common::KEEP_IT on_press=move || ask(false)/>
            }
            .into_any()
        } else {
            view! {
                <TextField label=says::NOTE value=note on_change=write placeholder=says::NOTE_HINT/>
                <Button label=says::DELETE glyph=Glyph::Trash on_press=move || ask(true)/>
            }
            .into_any()
        }
    }
}
