//! What stands under a field only while somebody works in it.
//!
//! It comes with the focus and goes when the press or key that took the focus elsewhere is over, so that nothing moves under
//! a pointer that is pressed.

use leptos::ev;
use leptos::prelude::*;

/// Whether somebody works in a field.
#[derive(Clone, Copy)]
pub(super) struct Attention {
    on: RwSignal<bool>,
    focused: StoredValue<bool>,
    listeners: StoredValue<Vec<WindowListenerHandle>>,
}

impl Attention {
    pub(super) fn new() -> Self {
        let attention = Self {
            on: RwSignal::new(false),
            focused: StoredValue::new(false),
            listeners: StoredValue::new(Vec::new()),
        };
        on_cleanup(move || attention.forget());
        attention
    }

    /// Whether it is there; tracked.
    pub(super) fn is_on(self) -> bool {
        self.on.get()
    }

    /// The field has the focus.
    pub(super) fn gained(self) {
        self.focused.set_value(true);
        if !self.on.get_untracked() {
            self.on.set(true);
        }
    }

    /// The field has lost the focus.
    pub(super) fn lost(self) {
        // A field that has gone has nobody to take its listeners away again.
        if self.focused.try_set_value(false).is_some() {
            return;
        }
        let pointer = window_event_listener(ev::pointerup, move |_| self.settle());
        let key = window_event_listener(ev::keyup, move |_| self.settle());
        self.forget();
        let _ = self
            .listeners
            .try_update_value(|all| all.extend([pointer, key]));
    }

    fn settle(self) {
        if self.focused.try_get_value() == Some(false) {
            // The field may be gone meanwhile.
            let _ = self.on.try_set(false);
        }
        self.forget();
    }

    fn forget(self) {
        let taken = self.listeners.try_update_value(std::mem::take);
        for listener in taken.into_iter().flatten() {
            listener.remove();
        }
    }
}
