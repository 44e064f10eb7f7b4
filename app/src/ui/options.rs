//! The lines of a list that is walked while the focus stays in a field: what such lists share. Where they stand is
//! [`super::menu_list`]'s.

use leptos::callback::Callable;
use leptos::html;
use leptos::prelude::*;

/// How far a page of lines is.
const PAGE: usize = 10;

/// The line that a key leads to from the one at `at`; none for keys that move nothing.
pub(super) fn led(key: &str, at: usize, count: usize) -> Option<usize> {
    let last = count.saturating_sub(1);
    Some(match key {
        "ArrowDown" => (at + 1).min(last),
        "ArrowUp" => at.saturating_sub(1),
        "PageDown" => (at + PAGE).min(last),
        "PageUp" => at.saturating_sub(PAGE),
        _ => return None,
    })
}

/// One line; the one that the keys are on is scrolled into view.
#[component]
pub(super) fn OptionLine(
    /// What the field names when the keys are on it.
    id: String,
    /// The place in the list.
    index: usize,
    /// The line that the keys are on.
    at: Memo<Option<usize>>,
    /// Takes it.
    #[prop(into)]
    on_pick: UnsyncCallback<usize>,
    /// What it says.
    children: Children,
) -> impl IntoView {
    let line = NodeRef::<html::Div>::new();
    let is_on = Memo::new(move |_| at.get() == Some(index));
    Effect::new(move || {
        if let Some(line) = line.get().filter(|_| is_on.get()) {
            super::scroll_to(&line);
        }
    });
    view! {
        <div node_ref=line id=id role="option" aria-selected=move || is_on.get().to_string() on:click=move |_| on_pick.run(index)>
            {children()}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_lead_along_the_lines_and_stop_at_the_ends() {
        for (key, at, to) in [
            ("ArrowDown", 0, 1),
            ("ArrowDown", 29, 29),
            ("ArrowUp", 0, 0),
            ("PageDown", 5, 15),
            ("PageDown", 25, 29),
            ("PageUp", 5, 0),
        ] {
            assert_eq!(led(key, at, 30), Some(to), "{key} from {at}");
        }
        assert_eq!(led("Home", 5, 30), None);
        assert_eq!(led("ArrowDown", 0, 0), Some(0));
    }
}
