//! The change from one program to the other: the router sets the address, loading it again starts the right one.

use super::not_found::NotFound;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use std::time::Duration;

/// The path that the browser loaded.
#[derive(Clone)]
struct Arrived(String);

/// Keeps the path that the browser loaded.
pub(super) fn arrived_at() {
    provide_context(Arrived(path()));
}

/// Loads the address that the router goes to, which belongs to the other program.
///
/// An address that the browser has just loaded would be loaded for ever, so there it says that nothing is found.
#[component]
pub(super) fn Leave() -> impl IntoView {
    let wanted = use_location().pathname.get_untracked();
    if use_context::<Arrived>().is_some_and(|arrived| arrived.0 == wanted) {
        return view! { <NotFound/> }.into_any();
    }
    // The router writes the address down only after it has shown the page.
    set_timeout(
        || {
            // A browser that refuses leaves an empty page whose reload button does the same.
            let _ = window().location().reload();
        },
        Duration::ZERO,
    );
    ().into_any()
}

fn path() -> String {
    window().location().pathname().unwrap_or_default()
}
