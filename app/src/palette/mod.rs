//! The list of states and actions that can be dragged to the canvas or inserted.

use crate::session::Session;
use leptos::prelude::*;

/// The searchable list of what can be added to a session's pipeline.
#[component]
pub fn Palette(
    /// The pipeline.
    session: Session,
) -> impl IntoView {
    let _ = session;
    view! { <aside class="palette" aria-label="States and actions"></aside> }
}
