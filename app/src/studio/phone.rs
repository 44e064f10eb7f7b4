//! Whether the window is as narrow as a phone's; there the studio only shows.

use gloo::events::EventListener;
use leptos::prelude::*;

const QUERY: &str = "(max-width: 719px)";

/// True while the window is narrow.
pub(super) fn narrow() -> ReadSignal<bool> {
    let list = window().match_media(QUERY).ok().flatten();
    let narrow = RwSignal::new(list.as_ref().is_some_and(web_sys::MediaQueryList::matches));
    let listener = list.map(|list| {
        let present = list.clone();
        EventListener::new(&list, "change", move |_| {
            let _ = narrow.try_set(present.matches());
        })
    });
    let held = StoredValue::new_local(listener);
    on_cleanup(move || {
        let _ = held.try_update_value(Option::take);
    });
    narrow.read_only()
}
