//! What surrounds every page: router, notices, and the page that says that something was not found.
//!
//! There are two programs: the studio with everything that draws a pipeline, and all other pages. A reviewer who answers a
//! question does not download the drawing tool and its interpreter. `js/start.js` starts the one that an address needs;
//! `leave.rs` changes over.

mod fault;
mod leave;
mod not_found;
pub(crate) mod tasks;

use crate::opening::page::OpenPage;
use crate::pages::{Approval, Home, Inbox, RunPage, Runs};
use crate::studio::Studio;
use crate::ui::{ToastShelf, provide_toasts};
use leave::{Leave, arrived_at};
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;
use not_found::NotFound;

/// Puts the pages around the studio into the page.
pub fn start_home() {
    prepare();
    mount_to_body(HomePages);
}

/// Puts the studio into the page.
pub fn start_studio() {
    prepare();
    mount_to_body(StudioPages);
}

fn prepare() {
    fault::watch();
    tasks::take_over();
    if let Some(note) = document().get_element_by_id("start") {
        note.remove();
    }
}

/// Pipelines, lists of runs, and reviews.
#[component]
fn HomePages() -> impl IntoView {
    provide_toasts();
    arrived_at();
    view! {
        <Router>
            <FlatRoutes fallback=NotFound>
                <Route path=path!("/") view=Home/>
                <Route path=path!("/open") view=Leave/>
                <Route path=path!("/pipelines/:name") view=Leave/>
                <Route path=path!("/pipelines/:name/runs") view=Runs/>
                <Route path=path!("/pipelines/:name/runs/:run") view=Leave/>
                <Route path=path!("/reviews") view=Inbox/>
                <Route path=path!("/reviews/:id") view=Approval/>
            </FlatRoutes>
        </Router>
        <ToastShelf/>
    }
}

/// The studio, the page that opens what comes in, and the page of a run, which draws the pipeline too.
#[component]
fn StudioPages() -> impl IntoView {
    provide_toasts();
    arrived_at();
    view! {
        <Router>
            <FlatRoutes fallback=Leave>
                <Route path=path!("/open") view=OpenPage/>
                <Route path=path!("/pipelines/:name") view=Studio/>
                <Route path=path!("/pipelines/:name/runs/:run") view=RunPage/>
            </FlatRoutes>
        </Router>
        <ToastShelf/>
    }
}
