//! The calls of all AWS APIs: loaded when the palette is first searched, or a task that makes one is looked at, and kept for the page.

use crate::api::studio;
use crate::document::Call;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::OnceLock;

/// Where the list lies; `cargo xtask sdk` renews it.
const LIST: &str = "/catalog/aws-sdk.txt";

/// The list, once it came. It is loaded once for the page and stays.
static CALLS: OnceLock<Vec<Call>> = OnceLock::new();

/// Whether the list is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nobody has needed it yet.
    New,
    Asked,
    Here,
    /// It did not come; who needs it next asks again.
    Failed,
}

/// The calls, as far as they are here.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Calls(RwSignal<State>);

impl Calls {
    /// Those that are here already; [`Self::load`] gets them.
    pub(crate) fn so_far() -> Self {
        let is_here = CALLS.get().is_some();
        Self(RwSignal::new(if is_here {
            State::Here
        } else {
            State::New
        }))
    }

    /// All of them, or none while they are not here; tracked.
    pub(crate) fn get(self) -> &'static [Call] {
        match self.0.get() {
            State::Here => CALLS.get().map_or(&[], Vec::as_slice),
            State::New | State::Asked | State::Failed => &[],
        }
    }

    /// Whether the list did not come, so that something may be missing; tracked.
    pub(crate) fn are_missing(self) -> bool {
        self.0.get() == State::Failed
    }

    /// Loads them, unless they are here or on their way.
    pub(crate) fn load(self) {
        match self.0.get_untracked() {
            State::Asked | State::Here => return,
            State::New | State::Failed => {}
        }
        // Another part of the page may have loaded it meanwhile.
        if CALLS.get().is_some() {
            self.0.set(State::Here);
            return;
        }
        self.0.set(State::Asked);
        spawn_local(async move {
            let state = match studio::asset(LIST).await {
                Ok(text) => {
                    // Every call borrows its names from the text, which lives as long as the page.
                    CALLS.get_or_init(|| Call::list(text.leak()));
                    State::Here
                }
                Err(_) => State::Failed,
            };
            // What asked for it may be gone meanwhile.
            let _ = self.0.try_set(state);
        });
    }
}
