//! Keeps the work in the browser while it changes, with the steps of undo and redo, and warns before it would be lost.

use crate::document::difference;
use crate::drafts::{self, Draft, Settings, StoreError};
use crate::pages::words::now_ms;
use crate::session::{Origin, Session, after_frame};
use crate::text::studio as text;
use crate::ui::{Toasts, Tone};
use crate::vault::{self, Why};
use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// How long typing may go on before it is kept, in milliseconds.
const PAUSE_MS: u32 = 400;
/// A shorter text is soon written again, in bytes.
const REPLACED_BYTES: usize = 120;

/// What is known of the steps of undo and redo that the browser keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Steps {
    /// They are being read.
    Asked,
    /// They are those of this tab.
    Ours,
    /// Another tab wrote the draft, and with it its own steps.
    Theirs,
    /// The browser does not keep them.
    Refused,
}

/// The draft of the open pipeline: what the browser holds of it.
#[derive(Debug, Clone, Copy)]
pub struct Keeper {
    session: Session,
    draft: StoredValue<Draft>,
    /// What was last kept; none when storing failed.
    pub kept: RwSignal<bool>,
    toasts: Option<Toasts>,
    due: StoredValue<Option<Timeout>, LocalStorage>,
    /// Where the steps of undo and redo stand between here and the browser.
    steps: StoredValue<Steps>,
    /// When a version was kept last, in milliseconds since 1970, or the draft was opened.
    version_ms: StoredValue<u64>,
    /// The text that is deployed.
    pub deployed: RwSignal<Option<String>>,
    /// What the machine is besides its definition.
    pub settings: RwSignal<Settings>,
    /// The settings that are deployed; none when that is not known.
    pub deployed_settings: RwSignal<Option<Settings>>,
    /// The description of the version that deploying publishes.
    pub publish: RwSignal<Option<String>>,
    /// The dry run's input, as typed.
    pub input: RwSignal<String>,
    /// Sample results, as the text of a mock file.
    pub mocks: RwSignal<String>,
}

impl Keeper {
    /// Opens the session of a draft.
    pub(super) fn open(draft: Draft) -> Self {
        let is_dirty = draft.is_dirty();
        let session = Session::new(draft.name.clone(), &draft.text);
        session.saved_as(draft.deployed.as_deref().unwrap_or_default());
        session.machine_type().set(draft.machine_type);
        session.orientation().set(draft.orientation);
        let keeper = Self {
            session,
            kept: RwSignal::new(true),
            toasts: Toasts::take(),
            due: StoredValue::new_local(None),
            steps: StoredValue::new(Steps::Asked),
            version_ms: StoredValue::new(now_ms()),
            deployed: RwSignal::new(draft.deployed.clone()),
            settings: RwSignal::new(draft.settings.clone()),
            deployed_settings: RwSignal::new(draft.deployed_settings.clone()),
            publish: RwSignal::new(draft.publish.clone()),
            input: RwSignal::new(draft.input.clone()),
            mocks: RwSignal::new(draft.mocks.clone()),
            draft: StoredValue::new(draft),
        };
        keeper.watch_changes();
        keeper.watch_tabs();
        keeper.watch_leaving();
        keeper.remember_steps();
        if is_dirty {
            let text: Arc<str> = keeper.session.document().get_untracked().text().clone();
            // What is drawn first does not wait for it.
            after_frame(move || {
                if keeper.draft.try_with_value(|_| ()).is_some() {
                    keeper.keep_text(text, Why::Opened);
                }
            });
        }
        keeper
    }

    /// The session.
    pub fn session(self) -> Session {
        self.session
    }

    /// Takes over what was deployed.
    pub fn was_deployed(self, draft: &Draft) {
        self.deployed.set(draft.deployed.clone());
        self.session
            .saved_as(draft.deployed.as_deref().unwrap_or_default());
        self.session.machine_type().set(draft.machine_type);
        self.settings.set(draft.settings.clone());
        self.deployed_settings.set(draft.deployed_settings.clone());
        self.publish.set(draft.publish.clone());
        self.keep();
        if let Some(text) = draft.deployed_text() {
            self.keep_text(text.into(), Why::Deployed);
        }
    }

    /// Keeps the present text as a version. Where the browser keeps none, the work goes on.
    pub fn keep_version(self, why: Why) {
        let document = self.session.document().get_untracked();
        self.keep_text(document.text().clone(), why);
    }

    fn keep_text(self, text: Arc<str>, why: Why) {
        let name = self.draft.with_value(|draft| draft.name.clone());
        let now = now_ms();
        self.version_ms.set_value(now);
        spawn_local(async move {
            let _ = vault::keep_version(&name, &text, why, None, now).await;
        });
    }

    /// Takes over the settings of the server for a pipeline of which they were not known; those that were made here stay.
    pub fn learn_settings(self, deployed: Settings) {
        if self.deployed_settings.read_untracked().is_some() {
            return;
        }
        let settings = self.settings.get_untracked().over(&deployed);
        set_if_changed(self.settings, &settings);
        self.deployed_settings.set(Some(deployed));
    }

    /// Whether anything differs from what is deployed; tracked.
    pub fn is_dirty(self) -> bool {
        let (deployed, settings) = (self.deployed_settings.read(), self.settings.read());
        settings.differ_from(deployed.as_ref()) || self.session.dirty().get()
    }

    /// The draft as it is now; tracked.
    pub fn draft(self) -> Draft {
        let mut draft = self.draft.get_value();
        draft.text = self.session.text().to_string();
        draft.machine_type = self.session.machine_type().get();
        draft.deployed = self.deployed.get();
        let is_said = draft.deployed.is_some() && !self.session.dirty().get();
        draft.deployed_as = is_said
            .then(|| draft.text.clone())
            .filter(|text| draft.deployed.as_ref() != Some(text));
        draft.settings = self.settings.get();
        draft.deployed_settings = self.deployed_settings.get();
        draft.publish = self.publish.get();
        draft.input = self.input.get();
        draft.mocks = self.mocks.get();
        draft.orientation = self.session.orientation().get();
        draft
    }

    /// Keeps it now.
    pub fn keep(self) {
        self.due.set_value(None);
        let draft = untrack(|| self.draft());
        // What is kept already is not written again: other tabs would take it for a change, over what is typed there.
        if self.kept.get_untracked() && self.draft.with_value(|kept| *kept == draft) {
            return self.keep_steps();
        }
        let before = self.draft.with_value(|kept| kept.text.clone());
        if is_replaced(&before, &draft.text) {
            self.keep_text(before.into(), Why::Replaced);
        }
        match drafts::save(&draft) {
            Ok(draft) => {
                self.draft.set_value(draft);
                self.kept.set(true);
            }
            Err(error) => self.failed(&error),
        }
        if self.steps.get_value() == Steps::Theirs {
            self.steps.set_value(Steps::Ours);
        }
        self.keep_steps();
        if vault::is_due(now_ms(), self.version_ms.get_value()) {
            self.keep_version(Why::Edited);
        }
    }

    /// Leaves the draft to another name, under which it was kept: the last steps are written, so that they can be carried
    /// there, and nothing is written under this name any more. A pipeline that is deployed under this name stays as it is.
    pub fn leave(self) {
        if self.deployed.read_untracked().is_some() {
            return self.keep();
        }
        self.keep_steps();
        self.due.set_value(None);
    }

    /// Goes on with the steps of undo and redo that the browser keeps, when they lead to the text that was opened.
    fn remember_steps(self) {
        let (name, text) = self
            .draft
            .with_value(|draft| (draft.name.clone(), draft.text.clone()));
        spawn_local(async move {
            let past = vault::load_steps(&name, &text).await;
            // The studio may have been left, or another tab may have written the draft meanwhile.
            if self.steps.try_get_value() != Some(Steps::Asked) {
                return;
            }
            if let Ok(Some(past)) = &past {
                self.session.remember(past.clone());
            }
            self.steps
                .set_value(past.map_or(Steps::Refused, |_| Steps::Ours));
            self.keep_steps();
        });
    }

    /// Writes what the kept steps lack; after a write that failed all of them, at the next pause. Where the browser keeps none,
    /// undo works as long as the page is there.
    fn keep_steps(self) {
        let is_ours = self.steps.get_value() == Steps::Ours;
        let Some(unstored) = is_ours.then(|| self.session.take_unstored()).flatten() else {
            return;
        };
        let name = self.draft.with_value(|draft| draft.name.clone());
        let written = vault::keep_steps(&name, &unstored);
        spawn_local(async move {
            if written.await.is_ok() {
                return;
            }
            let is_there = vault::is_there().await;
            // The studio may have been left, or another tab may have written the draft meanwhile.
            match self.steps.try_get_value() {
                Some(Steps::Ours) if is_there => self.session.unstore(),
                Some(Steps::Ours) => self.steps.set_value(Steps::Refused),
                Some(Steps::Asked | Steps::Theirs | Steps::Refused) | None => {}
            }
        });
    }

    fn failed(self, error: &StoreError) {
        let first = self.kept.get_untracked();
        self.kept.set(false);
        if let Some(toasts) = self.toasts.filter(|_| first) {
            toasts.show(Tone::Failed, error.to_string());
        }
    }

    fn watch_changes(self) {
        let changed = move || {
            self.session.document().track();
            self.session.machine_type().track();
            self.settings.track();
            self.deployed_settings.track();
            self.publish.track();
            self.input.track();
            self.mocks.track();
            self.session.orientation().track();
        };
        Effect::new(move |before: Option<()>| {
            changed();
            if before.is_some() {
                self.due
                    .set_value(Some(Timeout::new(PAUSE_MS, move || self.keep())));
            }
        });
    }

    /// Another tab wrote this draft: the last writer wins, and this tab offers the other text.
    fn watch_tabs(self) {
        let name = self.draft.with_value(|draft| draft.name.clone());
        let watch = drafts::watch(Some(&name), move |_, other| {
            let Some(other) = other else { return };
            let is_text_known = self.draft.with_value(|known| known.text == other.text);
            if self.steps.get_value() != Steps::Theirs && !is_text_known {
                self.keep_version(Why::OtherTab);
            }
            self.take_over(&other);
            self.steps.set_value(Steps::Theirs);
            self.session.unstore();
            // What is typed here and not kept yet stays when only something beside the text changed.
            if is_text_known {
                return;
            }
            let mine = self
                .session
                .document()
                .with_untracked(|document| document.text().to_string());
            if other.text == mine {
                return;
            }
            self.session.set_text(&other.text, Origin::History);
            if let Some(toasts) = self.toasts {
                toasts.show(Tone::Note, text::CHANGED_ELSEWHERE);
            }
        });
        keep_until_cleanup(watch);
    }

    /// Takes over what stands beside the text, so that this tab does not write an older state of it back: another tab may
    /// have deployed the pipeline.
    fn take_over(self, other: &Draft) {
        set_if_changed(self.deployed, &other.deployed);
        set_if_changed(self.settings, &other.settings);
        set_if_changed(self.deployed_settings, &other.deployed_settings);
        set_if_changed(self.publish, &other.publish);
        set_if_changed(self.input, &other.input);
        set_if_changed(self.mocks, &other.mocks);
        set_if_changed(self.session.machine_type(), &other.machine_type);
        set_if_changed(self.session.orientation(), &other.orientation);
        self.session
            .saved_as(other.deployed.as_deref().unwrap_or_default());
        self.draft.set_value(other.clone());
    }

    /// Keeps what is still due when the page goes away; asks first when the browser does not hold it.
    fn watch_leaving(self) {
        let options = EventListenerOptions::enable_prevent_default();
        let leaving =
            EventListener::new_with_options(&window(), "beforeunload", options, move |event| {
                if self.due.with_value(Option::is_some) {
                    self.keep();
                }
                if untrack(|| self.is_dirty()) && !self.kept.get_untracked() {
                    event.prevent_default();
                    if let Some(event) = event.dyn_ref::<web_sys::BeforeUnloadEvent>() {
                        event.set_return_value(text::UNSAVED);
                    }
                }
            });
        keep_until_cleanup(leaving);
        on_cleanup(move || {
            if self.due.try_with_value(Option::is_some) == Some(true) {
                self.keep();
            }
        });
    }
}

fn set_if_changed<T: PartialEq + Clone + Send + Sync + 'static>(signal: RwSignal<T>, value: &T) {
    if *signal.read_untracked() != *value {
        signal.set(value.clone());
    }
}

/// Holds a listener for as long as the page is there.
fn keep_until_cleanup<T: 'static>(value: T) {
    let held = StoredValue::new_local(Some(value));
    on_cleanup(move || {
        let _ = held.try_update_value(Option::take);
    });
}

/// Whether little is left of a text.
fn is_replaced(before: &str, after: &str) -> bool {
    let changed = difference(before, after);
    let gone = changed.map_or(0, |edit| edit.span.end - edit.span.start);
    gone > REPLACED_BYTES && gone > before.len() / 10 * 9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_which_little_is_left_was_replaced() {
        let text = format!("{{{}}}", "x".repeat(1000));
        assert!(is_replaced(&text, "{}"));
        assert!(is_replaced(&text, ""));
        assert!(!is_replaced(&text, &text));
        assert!(!is_replaced(&text, &text.replacen("xx", "", 1)));
        assert!(!is_replaced("{\"StartAt\": \"A\"}", ""));
    }
}
