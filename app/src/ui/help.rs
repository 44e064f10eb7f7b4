//! The small button beside a field that asks for help on it. Who answers, and what is said, comes from outside.

use super::icon::{Glyph, Icon};
use super::note::Notes;
use crate::text::ui as text;
use leptos::callback::Callable;
use leptos::prelude::*;

/// Who explains what stands at a place; provided around the fields that have it. It takes the name of the place.
#[derive(Debug, Clone, Copy)]
pub struct Explainer(pub Callback<String>);

/// The button of the field whose notes these are, described by the element of an id; nothing where nobody explains. The keyboard
/// asks with the key of the command instead, so that a form has no second stop at each field.
pub(super) fn explain_button(described: String, notes: Notes) -> impl IntoView {
    let (explainer, place) = (use_context::<Explainer>()?, notes.place()?);
    let ask = move |_| explainer.0.run(place.clone());
    Some(view! {
        <span class="explain">
            <button type="button" class="btn quiet icon" tabindex="-1" aria-label=text::EXPLAIN title=text::EXPLAIN aria-describedby=described on:click=ask>
                <Icon glyph=Glyph::Info size="s"/>
            </button>
        </span>
    })
}

/// A button that explains more than a field, by the name of its place; nothing where nobody explains.
#[component]
pub fn ExplainButton(
    /// Its name, such as "Help on this group".
    label: &'static str,
    /// The id of the element that says what it is about.
    #[prop(optional, into)]
    described: Option<String>,
    /// The place.
    at: String,
) -> impl IntoView {
    use_context::<Explainer>().map(|explainer| {
        let ask = move |_| explainer.0.run(at.clone());
        view! {
            <button type="button" class="btn quiet icon" aria-label=label title=label aria-describedby=described on:click=ask>
                <Icon glyph=Glyph::Info/>
            </button>
        }
    })
}
