//! The calls of all AWS APIs: loaded when somebody first looks for something, then searched with what the palette knows itself.

use crate::api::studio;
use crate::document::Call;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::OnceLock;

/// Where the list lies; `cargo xtask sdk` renews it.
const LIST: &str = "/catalog/aws-sdk.txt";

/// The list, once it came. It is loaded once for the page and stays.
static CALLS: OnceLock<Vec<Call>> = OnceLock::new();

/// The calls, as far as they are here.
#[derive(Debug, Clone, Copy)]
pub(super) struct Calls {
    is_asked: StoredValue<bool>,
    is_here: RwSignal<bool>,
}

impl Calls {
    pub(super) fn new() -> Self {
        Self {
            is_asked: StoredValue::new(false),
            is_here: RwSignal::new(CALLS.get().is_some()),
        }
    }

    /// All of them, or none while they are on their way.
    pub(super) fn get(self) -> &'static [Call] {
        if self.is_here.get() {
            CALLS.get().map_or(&[], Vec::as_slice)
        } else {
            &[]
        }
    }

    /// Loads them. A list that does not come is asked for again by the next search.
    pub(super) fn load(self) {
        if self.is_here.get_untracked() || self.is_asked.get_value() {
            return;
        }
        self.is_asked.set_value(true);
        spawn_local(async move {
            match studio::asset(LIST).await {
                Ok(text) => {
                    // Every call borrows its names from the text, which lives as long as the page.
                    CALLS.get_or_init(|| Call::list(text.leak()));
                    // The palette may have been closed meanwhile.
                    let _ = self.is_here.try_set(true);
                }
                Err(_) => drop(self.is_asked.try_set_value(false)),
            }
        });
    }
}
