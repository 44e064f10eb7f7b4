//! The dialog "Versions": what was kept of a pipeline in this browser and what the server has of it, each compared with
//! another one, named, restored, deleted.
//!
//! Keeping and thinning out is `vault`'s work, comparing is `compare`'s; this shows both and asks.

mod detail;
mod list;
mod shelf;

pub use shelf::Source;

use crate::commands::Desk;
use crate::studio::Keeper;
use crate::text::versions as text;
use crate::ui::Dialog;
use detail::Detail;
use leptos::prelude::*;
use list::List;
use shelf::Shelf;

/// How the dialog was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// To see the versions.
    Look,
    /// To keep the present text as one.
    Keep,
}

/// The dialog "Versions".
#[component]
pub fn VersionsDialog(
    /// The page.
    desk: Desk,
    /// The draft.
    keeper: Keeper,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let shelf = Shelf::new(desk, keeper, open);
    Effect::new(move || {
        if desk.versions.get().is_some() {
            shelf.begin();
            open.set(true);
        }
    });
    Effect::new(move || {
        if !open.get() {
            desk.versions.set(None);
        }
    });
    view! {
        <Dialog open=open title=text::TITLE wide=true>
            <div class="versions">
                <List shelf=shelf/>
                <Detail shelf=shelf/>
            </div>
        </Dialog>
    }
}
