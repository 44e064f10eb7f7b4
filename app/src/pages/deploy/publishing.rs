//! Whether deploying publishes a version, and what is said about it (feature map, WS-54).

use crate::text::pages::deploy as text;
use crate::ui::{Switch, TextField};
use leptos::prelude::*;

/// The most characters that AWS allows in a description.
const LONGEST: usize = 256;

/// What the server would refuse of a description.
pub fn fault(description: Option<&str>) -> Option<String> {
    let count = description.map_or(0, |words| words.chars().count());
    (count > LONGEST).then(|| text::description_too_long(count, LONGEST))
}

/// A switch, and a field for the description while it is on.
#[component]
pub fn Publishing(
    /// The description; none to publish no version.
    publish: RwSignal<Option<String>>,
) -> impl IntoView {
    let on = Signal::derive(move || publish.read().is_some());
    let is_on = Memo::new(move |_| on.get());
    view! {
        <div class="stack publishing">
            <Switch label=text::PUBLISH on=on hint=text::PUBLISH_HINT on_change=move |on: bool| publish.set(on.then(String::new))/>
            <Show when=move || is_on.get()>
                <TextField
                    label=text::DESCRIPTION
                    hint="versionDescription"
                    placeholder=text::DESCRIPTION_EXAMPLE
                    value=Signal::derive(move || publish.get().unwrap_or_default())
                    error=Signal::derive(move || fault(publish.read().as_deref()))
                    on_change=move |words: String| publish.set(Some(words))
                />
            </Show>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_may_be_missing_or_have_256_characters() {
        assert_eq!(fault(None), None);
        assert_eq!(fault(Some(&"ü".repeat(256))), None);
        assert!(fault(Some(&"x".repeat(257))).is_some());
    }
}
