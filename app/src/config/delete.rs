//! Asks before a version or an alias is deleted from the server (feature map, VER-03).

use super::Config;
use super::aliases;
use super::server::{About, Act, Version, held};
use super::versions as rows;
use crate::api::versions::{self, Alias};
use crate::text::{common, config as text};
use crate::ui::{Button, ButtonLook, Dialog};
use leptos::prelude::*;

/// What is to be deleted.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Doomed {
    /// A published version.
    Version(Version),
    /// An alias.
    Alias(Alias),
}

impl Doomed {
    /// Its name, as a sentence has it.
    fn name(&self) -> String {
        match self {
            Self::Version(version) => text::the_version(&version.number),
            Self::Alias(alias) => text::the_alias(&alias.name),
        }
    }

    /// What becomes of runs.
    fn effect(&self) -> &'static str {
        match self {
            Self::Version(_) => text::VERSION_EFFECT,
            Self::Alias(_) => text::ALIAS_EFFECT,
        }
    }

    fn about(&self) -> About {
        match self {
            Self::Version(version) => About::Version(version.arn.clone()),
            Self::Alias(alias) => About::Alias(alias.state_machine_alias_arn.clone()),
        }
    }
}

/// The question, and what it is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deletion {
    open: RwSignal<bool>,
    doomed: RwSignal<Option<Doomed>>,
}

impl Deletion {
    pub(super) fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            doomed: RwSignal::new(None),
        }
    }

    /// Asks.
    pub(super) fn ask(self, doomed: Doomed) {
        self.doomed.set(Some(doomed));
        self.open.set(true);
    }

    fn name(self) -> String {
        let doomed = self.doomed.read();
        doomed.as_ref().map(Doomed::name).unwrap_or_default()
    }
}

/// The dialog that asks.
pub(super) fn dialog(config: Config, deletion: Deletion) -> impl IntoView {
    let title = Signal::derive(move || text::delete_question(&deletion.name()));
    let effect = move || deletion.doomed.read().as_ref().map(Doomed::effect);
    let hold = move || match &*deletion.doomed.read() {
        Some(Doomed::Version(version)) => held(&config.server.aliases.read(), &version.arn),
        Some(Doomed::Alias(_)) | None => None,
    };
    let delete = move || {
        deletion.open.set(false);
        if let Some(doomed) = deletion.doomed.get_untracked() {
            carry_out(config, doomed);
        }
    };
    view! {
        <Dialog open=deletion.open title=title>
            <div class="dialog-body">
                <p>{effect}</p>
                {move || hold().map(|hold| view! { <p>{hold}</p> })}
            </div>
            <footer class="dialog-foot">
                <Button label=common::KEEP_IT on_press=move || deletion.open.set(false)/>
                <Button label=Signal::derive(move || text::delete(&deletion.name())) look=ButtonLook::Danger on_press=delete/>
            </footer>
        </Dialog>
    }
}

fn carry_out(config: Config, doomed: Doomed) {
    let server = config.server;
    let name = doomed.name();
    let act = Act {
        about: doomed.about(),
        from: String::new(),
        goals: goals(config, &doomed),
    };
    server.act(act, async move {
        match doomed {
            Doomed::Version(version) => versions::delete_version(&version.arn).await?,
            Doomed::Alias(alias) => versions::delete_alias(&alias.state_machine_alias_arn).await?,
        }
        Ok(text::deleted(&name))
    });
}

/// Where the focus goes: to the next row, else to the one before, else to what makes another one.
fn goals(config: Config, doomed: &Doomed) -> Vec<String> {
    match doomed {
        Doomed::Version(doomed) => {
            let versions = config.server.versions.read_untracked();
            let buttons = neighbours(&versions, |version| version == doomed)
                .map(|version| rows::delete_button(&version.number));
            buttons.chain([rows::PUBLISH.to_owned()]).collect()
        }
        Doomed::Alias(doomed) => {
            let known = config.server.aliases.read_untracked();
            let buttons = neighbours(&known, |alias| alias == doomed)
                .map(|alias| aliases::delete_button(&alias.name));
            buttons.chain([aliases::NEW.to_owned()]).collect()
        }
    }
}

/// The one after and the one before.
fn neighbours<T>(all: &[T], is_it: impl Fn(&T) -> bool) -> impl Iterator<Item = &T> {
    let at = all.iter().position(is_it);
    let next = at.and_then(|at| all.get(at + 1));
    let before = at.and_then(|at| all.get(at.checked_sub(1)?));
    next.into_iter().chain(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_neighbour_of_what_is_deleted_is_the_next_one_or_else_the_one_before() {
        let around = |it: u8| {
            neighbours(&[1, 2, 3], |at| *at == it)
                .copied()
                .collect::<Vec<u8>>()
        };
        assert_eq!(around(2), [3, 1]);
        assert_eq!(around(1), [2]);
        assert_eq!(around(3), [2]);
        assert_eq!(around(4), Vec::<u8>::new());
    }
}
