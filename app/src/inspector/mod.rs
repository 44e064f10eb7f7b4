//! Forms for the selected state and for the pipeline. Every change goes through a verb of the document.

use crate::session::Session;
use leptos::prelude::*;

/// The inspector.
#[component]
pub fn Inspector(
    /// The pipeline.
    session: Session,
) -> impl IntoView {
    let _ = session;
    view! { <aside class="inspector" aria-label="Selected state"></aside> }
}
