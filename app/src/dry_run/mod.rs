//! The dry-run drawer: input, sample results, stepping, values and events. The engine itself lives in `asl::dry_run`.

use crate::session::Session;
use leptos::prelude::*;

/// The drawer.
#[component]
pub fn DryRunDrawer(
    /// The pipeline.
    session: Session,
    /// The input, as typed.
    input: RwSignal<String>,
    /// Sample results, as the text of a mock file.
    mocks: RwSignal<String>,
    /// Closes the drawer.
    #[prop(into)]
    on_close: UnsyncCallback<()>,
) -> impl IntoView {
    let _ = (session, input, mocks, on_close);
}
