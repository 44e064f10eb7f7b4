//! Work that waits until nobody has typed or moved for a moment, so that quick hands are never held up.

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use std::time::Duration;

/// Longer than the time between two letters of most people.
const MOMENT: Duration = Duration::from_millis(150);

/// What waits: at most one thing.
#[derive(Clone, Copy)]
pub(super) struct Pause(StoredValue<Option<TimeoutHandle>>);

impl Pause {
    pub(super) fn new() -> Self {
        let pause = Self(StoredValue::new(None));
        on_cleanup(move || {
            pause.stop();
        });
        pause
    }

    /// Does something after a moment; what waited is forgotten.
    pub(super) fn then(self, act: impl FnOnce() + 'static) {
        self.stop();
        let run = move || {
            let _ = self.0.try_set_value(None);
            act();
        };
        // Without a timer there is no window either.
        let handle = set_timeout_with_handle(run, MOMENT).ok();
        let _ = self.0.try_set_value(handle);
    }

    /// Does something after a moment, unless something waits already.
    pub(super) fn then_if_idle(self, act: impl FnOnce() + 'static) {
        if self.0.try_get_value().is_some_and(|waits| waits.is_none()) {
            self.then(act);
        }
    }

    /// Forgets what waits; says whether something did.
    pub(super) fn stop(self) -> bool {
        let handle = self.0.try_update_value(Option::take).flatten();
        if let Some(handle) = &handle {
            handle.clear();
        }
        handle.is_some()
    }
}
