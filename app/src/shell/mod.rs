//! What surrounds every page: router, theme, top-level frame, page that says that something was not found.

use leptos::prelude::*;

/// Puts the studio into the page.
pub fn start() {
    console_error_panic_hook::set_once();
    mount_to_body(|| view! { <p>"Statecraft"</p> });
}
