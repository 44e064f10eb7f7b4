//! The drawing of the pipeline: nodes, edges, pointer and keyboard work.
//!
//! It only draws and listens: layout and hit tests are [`crate::layout`], edits are verbs of [`crate::document`].

use crate::session::Session;
use leptos::prelude::*;

/// The drawing of a session's pipeline. Read only, it shows a run: nothing can be changed, states can be selected.
#[component]
pub fn Canvas(
    /// The pipeline.
    session: Session,
    /// Whether nothing can be changed.
    #[prop(optional)]
    read_only: bool,
) -> impl IntoView {
    let _ = (session, read_only);
    view! { <div class="canvas"></div> }
}
