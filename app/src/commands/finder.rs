//! The command palette: one field that finds commands, states and things to add.

use super::desk::Desk;
use super::hits::{Hit, hits, known};
use super::keys::{Hears, Press, heard};
use super::table::Command;
use crate::palette::kind_of;
use crate::session::Ask;
use crate::text::commands as text;
use crate::ui::{Dialog, Glyph, Icon, scroll_to};
use leptos::html;
use leptos::prelude::*;

/// The command palette, over the page.
#[component]
pub fn Finder(
    /// The page.
    desk: Desk,
) -> impl IntoView {
    view! {
        <Dialog open=desk.finder title=Command::Find.words() wide=true>
            <Search desk=desk/>
        </Dialog>
    }
}

/// A line as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    hit: Hit,
    words: String,
    more: &'static str,
    glyph: Glyph,
    key: &'static str,
    /// Why it cannot be done.
    reason: Option<String>,
}

fn line(desk: Desk, hit: Hit) -> Line {
    let (words, more, glyph, key, reason) = match &hit {
        Hit::Command(command) => (
            command.words().to_owned(),
            "",
            command.glyph(),
            command.key(),
            desk.may(*command).err(),
        ),
        Hit::State(_, name) => (
            text::go_to(name),
            text::FINDER_STATE,
            Glyph::Right,
            "",
            None,
        ),
        Hit::Add(addition) => (
            text::add(addition.label()),
            addition.hint(),
            kind_of(*addition).glyph(),
            "",
            desk.may(Command::Paste).err(),
        ),
    };
    Line {
        words,
        more,
        glyph,
        key,
        reason,
        hit,
    }
}

impl Line {
    /// Does it, with the dialog closed, so that the focus is where the command finds it.
    fn run(&self, desk: Desk) {
        if self.reason.is_some() {
            return;
        }
        desk.finder.set(false);
        match self.hit.clone() {
            Hit::Command(command) => desk.run(command),
            Hit::State(state, _) => {
                desk.session.select(state.clone());
                desk.session.ask().set(Some(Ask::Reveal(state)));
            }
            Hit::Add(addition) => {
                desk.session.add_state(addition);
            }
        }
    }
}

#[component]
fn Search(desk: Desk) -> impl IntoView {
    let session = desk.session;
    let states = untrack(|| known(&session.outline().get(), &session.outlined().get()));
    let wanted = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let lines = Memo::new(move |_| {
        let found = hits(&wanted.get(), &states);
        found
            .into_iter()
            .map(|hit| line(desk, hit))
            .collect::<Vec<_>>()
    });
    let field = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(field) = field.get() {
            request_animation_frame(move || drop(field.focus()));
        }
    });
    let keys = move |event: web_sys::KeyboardEvent| {
        let last = lines.with_untracked(Vec::len).saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = if *at >= last { 0 } else { *at + 1 }),
            "ArrowUp" => at.update(|at| *at = at.checked_sub(1).unwrap_or(last)),
            "Enter" => {
                let chosen = lines.with_untracked(|lines| lines.get(at.get_untracked()).cloned());
                if let Some(line) = chosen {
                    line.run(desk);
                }
            }
            // The key that opened it closes it, and does not reach the browser, which searches by it.
            _ if heard(&Press::of(&event), Hears::Everywhere) == Some(Command::Find) => {
                desk.finder.set(false);
            }
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <div class="finder">
            <label class="field find">
                <Icon glyph=Glyph::Search/>
                <input
                    node_ref=field
                    type="text"
                    role="combobox"
                    placeholder=text::FINDER_FIELD
                    aria-label=text::FINDER_FIELD
                    aria-expanded="true"
                    aria-controls="finder-list"
    aria-activedescendant=move || lines.with(|lines| lines.get(at.get()).map(|_| format!("finder-{}", at.get())))
                    autocomplete="off"
                    spellcheck="false"
                    on:input=move |event| { at.set(0); wanted.set(event_target_value(&event)); }
                    on:keydown=keys
                />
            </label>
            <div id="finder-list" class="finder-list" role="listbox" aria-label=text::FINDER_FOUND>
                {move || lines.get().into_iter().enumerate().map(|(index, line)| view! { <LineView desk=desk line=line index=index at=at/> }).collect_view()}
            </div>
            {move || lines.with(Vec::is_empty).then(|| view! { <p class="palette-none" role="status">{text::FINDER_NONE}</p> })}
        </div>
    }
}

#[component]
fn LineView(desk: Desk, line: Line, index: usize, at: RwSignal<usize>) -> impl IntoView {
    let shown = NodeRef::<html::Div>::new();
    let is_chosen = Memo::new(move |_| at.get() == index);
    Effect::new(move || {
        if let Some(shown) = shown.get().filter(|_| is_chosen.get()) {
            scroll_to(&shown);
        }
    });
    let cannot = line.reason.is_some();
    let more = line.reason.clone().unwrap_or_else(|| line.more.to_owned());
    let chosen = line.clone();
    view! {
        <div
            node_ref=shown
            id=format!("finder-{index}")
            class="finder-line"
            role="option"
            aria-selected=move || is_chosen.get().to_string()
            aria-disabled=cannot.to_string()
            on:pointermove=move |_| at.set(index)
            on:click=move |_| chosen.run(desk)
        >
            <Icon glyph=line.glyph/>
            <span class="grow">{line.words}<small>{more}</small></span>
            {(!line.key.is_empty()).then(|| view! { <kbd>{line.key}</kbd> })}
        </div>
    }
}
