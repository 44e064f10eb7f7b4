//! The change from one program to the other: the address that the router leads to is loaded, which starts the right one.

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

/// Loads the address that the router leads to, which belongs to the other program.
///
/// An address that the browser has just loaded would be loaded for ever, so there it says that nothing is found.
#[component]
pub(super) fn Leave() -> impl IntoView {
    let to = use_location();
    let path = to.pathname.get_untracked();
    if use_context::<Arrived>().is_some_and(|arrived| arrived.0 == path) {
        return view! { <NotFound/> }.into_any();
    }
    let query = to.query.get_untracked().to_query_string();
    let address = format!("{path}{query}{}", to.hash.get_untracked());
    // The router sets the address when its views are there: before that, the browser would load the page that is left.
    set_timeout(move || load(&address), Duration::ZERO);
    ().into_any()
}

/// Loads an address. A browser that refuses leaves an empty page whose reload button does the same.
fn load(address: &str) {
    let location = window().location();
    let part = |part: Result<String, _>| part.unwrap_or_default();
    let present = [location.pathname(), location.search(), location.hash()].map(part);
    // To an address that is set already, the browser would only scroll.
    let _ = if present.concat() == address {
        location.reload()
    } else {
        location.assign(address)
    };
}

fn path() -> String {
    window().location().pathname().unwrap_or_default()
}
