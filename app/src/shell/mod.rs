//! What surrounds every page: router, theme, top-level frame, page that says that something was not found.

use crate::ui::{Button, EmptyState, Glyph, Mark, ThemeToggle, provide_toasts};
use leptos::prelude::*;

/// Puts the studio into the page.
pub fn start() {
    console_error_panic_hook::set_once();
    mount_to_body(|| {
        provide_toasts();
        view! { <Mark/><ThemeToggle/><EmptyState glyph=Glyph::Search title="x" hint="y"><Button label="a" on_press=|| {}/></EmptyState> }
    });
}
