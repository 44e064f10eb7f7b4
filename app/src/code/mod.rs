//! The code pane: CodeMirror behind a small bridge, in sync with the session both ways. It judges no text itself.

use crate::session::Session;
use leptos::prelude::*;

/// The definition's text.
#[component]
pub fn CodePane(
    /// The pipeline.
    session: Session,
) -> impl IntoView {
    view! { <pre class="mono">{move || session.text().to_string()}</pre> }
}
