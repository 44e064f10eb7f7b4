//! The change from one program to the other: the router has set the address already, loading it again starts the right one.

use super::not_found::NotFound;
use leptos::prelude::*;

/// The path that the browser loaded.
#[derive(Clone)]
struct Arrived(String);

/// Keeps the path that the browser loaded.
pub(super) fn arrived_at() {
    provide_context(Arrived(path()));
}

/// Loads the present address, which belongs to the other program.
///
/// An address that the browser has just loaded would be loaded for ever, so there it says that nothing is found.
#[component]
pub(super) fn Leave() -> impl IntoView {
    let arrived = use_context::<Arrived>().is_some_and(|arrived| arrived.0 == path());
    // A browser that refuses leaves an empty page whose reload button does the same.
    if !arrived && window().location().reload().is_ok() {
        return ().into_any();
    }
    view! { <NotFound/> }.into_any()
}

fn path() -> String {
    window().location().pathname().unwrap_or_default()
}
