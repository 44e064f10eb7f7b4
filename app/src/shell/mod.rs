//! What surrounds every page: router, notices, and the page that says that something was not found.

mod fault;
mod not_found;

use crate::pages::{Approval, Home, Inbox, RunPage, Runs};
use crate::studio::Studio;
use crate::ui::{ToastShelf, provide_toasts};
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;
use not_found::NotFound;

/// Puts the studio into the page.
pub fn start() {
    fault::watch();
    if let Some(note) = document().get_element_by_id("start") {
        note.remove();
    }
    mount_to_body(App);
}

/// The whole application.
#[component]
fn App() -> impl IntoView {
    provide_toasts();
    view! {
        <Router>
            <FlatRoutes fallback=NotFound>
                <Route path=path!("/") view=Home/>
                <Route path=path!("/pipelines/:name") view=Studio/>
                <Route path=path!("/pipelines/:name/runs") view=Runs/>
                <Route path=path!("/pipelines/:name/runs/:run") view=RunPage/>
                <Route path=path!("/reviews") view=Inbox/>
                <Route path=path!("/reviews/:id") view=Approval/>
            </FlatRoutes>
        </Router>
        <ToastShelf/>
    }
}
