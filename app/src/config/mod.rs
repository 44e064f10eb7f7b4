//! What a pipeline is besides its definition: the third view beside drawing and code (feature map, WS-01, WS-50 to 54).
//!
//! What is entered here belongs to the draft ([`crate::drafts::Settings`]) and is sent when it is deployed. Only versions and aliases
//! are changed on the server at once; local versions of the text are no part of this.

mod access;
mod aliases;
mod delete;
mod identity;
mod logging;
mod server;
mod tags;
mod versions;

use crate::commands::Desk;
use crate::drafts::{Faults, Settings};
use crate::session::Ask;
use crate::studio::Keeper;
use crate::text::config as text;
use delete::Deletion;
use leptos::prelude::*;
use server::{Server, State};

/// What the parts of this view work on.
#[derive(Debug, Clone, Copy)]
struct Config {
    keeper: Keeper,
    desk: Desk,
    faults: Memo<Faults>,
    server: Server,
}

impl Config {
    /// Changes the settings.
    fn edit(self, change: impl FnOnce(&mut Settings)) {
        self.keeper.settings.update(change);
    }

    /// A part of the settings, to be shown.
    fn read<T: PartialEq + Clone + Send + Sync + 'static>(
        self,
        part: impl Fn(&Settings) -> T + Send + Sync + 'static,
    ) -> Signal<T> {
        let settings = self.keeper.settings;
        Memo::new(move |_| settings.with(&part)).into()
    }

    /// Does what a command asks for once the server has answered.
    fn answer(self, wanted: Ask, act: impl Fn() + 'static) {
        let ask = self.desk.session.ask();
        Effect::new(move || {
            if ask.get().as_ref() != Some(&wanted) || self.server.state.get() == State::Asked {
                return;
            }
            ask.set(None);
            act();
        });
    }

    /// What is wrong with a field.
    fn fault(
        self,
        field: impl Fn(&Faults) -> Option<String> + Send + Sync + 'static,
    ) -> Signal<Option<String>> {
        Memo::new(move |_| self.faults.with(&field)).into()
    }
}

/// The view "Config".
#[component]
pub fn ConfigPane(
    /// The draft.
    keeper: Keeper,
    /// The page.
    desk: Desk,
    /// Whether it is only shown.
    #[prop(into)]
    read_only: Signal<bool>,
) -> impl IntoView {
    let config = Config {
        keeper,
        desk,
        faults: Memo::new(move |_| keeper.settings.read().faults()),
        server: Server::open(keeper),
    };
    let deletion = Deletion::new();
    view! {
        <div class="config" tabindex="-1">
            <fieldset class="config-parts" disabled=move || read_only.get() aria-label=text::TITLE>
                {identity::part(config)}
                {access::role(config)}
                {logging::part(config)}
                {access::key(config)}
                {tags::part(config)}
                {versions::part(config, deletion)}
                {aliases::part(config, deletion)}
            </fieldset>
            {delete::dialog(config, deletion)}
        </div>
    }
}

/// A part with its heading and a sentence on it.
fn part(title: &'static str, hint: &'static str, content: impl IntoView) -> impl IntoView {
    view! {
        <section class="card config-part" aria-label=title>
            <h2>{title}</h2>
            <p class="hint">{hint}</p>
            {content.into_any()}
        </section>
    }
}
