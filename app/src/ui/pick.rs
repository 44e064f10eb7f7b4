//! Controls that pick one of a few: a list, a row of segments, a switch.

use super::{
    combo::Combo,
    field::Field,
    fresh_id,
    icon::{Glyph, Icon},
    note::Notes,
};
use crate::text::ui as text;
use leptos::callback::Callable;
use leptos::prelude::*;
use std::sync::Arc;

/// One thing that can be picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What it stands for. Shared, since lists of a thousand names are made anew when one of them changes.
    pub value: Arc<str>,
    /// What it says.
    pub label: Arc<str>,
    /// Its icon, where the control shows one.
    pub glyph: Option<Glyph>,
}

impl Choice {
    /// A choice without an icon.
    pub fn new(value: impl Into<Arc<str>>, label: impl Into<Arc<str>>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            glyph: None,
        }
    }

    /// A choice with an icon.
    pub fn with_glyph(
        value: impl Into<Arc<str>>,
        label: impl Into<Arc<str>>,
        glyph: Glyph,
    ) -> Self {
        Self {
            glyph: Some(glyph),
            ..Self::new(value, label)
        }
    }
}

/// Longer lists are found by typing.
const LONG: usize = 60;

/// A list that opens; a long one is found by typing. A value that is not among the choices is shown as it is, so that nothing is lost.
#[component]
pub fn Select(
    /// What it is called.
    #[prop(into)]
    label: Signal<String>,
    /// What can be picked; may change.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The value picked.
    #[prop(into)]
    value: Signal<String>,
    /// Takes another pick.
    #[prop(into)]
    on_change: UnsyncCallback<String>,
    /// The tooltip of the label.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// What is wrong with the value.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// For data: monospace.
    #[prop(optional)]
    mono: bool,
    /// What is known of the value.
    #[prop(optional)]
    notes: Notes,
) -> impl IntoView {
    let id = fresh_id("select");
    let shown = move || {
        let mut choices = choices.get();
        let value = value.get();
        if !choices.iter().any(|choice| *choice.value == *value) {
            let label = if value.is_empty() {
                text::NOT_SET.to_owned()
            } else {
                value.clone()
            };
            choices.insert(0, Choice::new(value, label));
        }
        choices
    };
    let options = move || {
        let picked = value.get();
        shown()
            .into_iter()
            .map(|choice| {
                let selected = *choice.value == *picked;
                view! { <option value=choice.value prop:selected=selected>{choice.label}</option> }
            })
            .collect_view()
    };
    let bad = Signal::derive(move || error.with(Option::is_some) || notes.is_bad());
    let is_long = Memo::new(move |_| choices.with(|choices| choices.len() > LONG));
    let control = StoredValue::new(id.clone());
    let few = move || {
        let id = control.get_value();
        view! {
            <div class="field pick-one" class:mono=mono class:bad=move || bad.get()>
                <select
                    id=id.clone()
                    aria-describedby=Notes::described(&id)
                    aria-invalid=move || bad.get().to_string()
                    on:change=move |event| on_change.run(event_target_value(&event))
                >
                    {options}
                </select>
                <Icon glyph=Glyph::Down size="s"/>
            </div>
        }
    };
    let many = move || view! { <Combo id=control.get_value() choices=choices value=value on_change=on_change mono=mono bad=bad/> };
    view! {
        <Field id=id label=label hint=hint error=error notes=notes>
            {move || if is_long.get() { many().into_any() } else { few().into_any() }}
        </Field>
    }
}

/// A row of segments of which one is on. Arrow keys move along it.
#[component]
pub fn Segmented(
    /// What it is called.
    #[prop(into)]
    label: Signal<String>,
    /// The segments.
    choices: Vec<Choice>,
    /// The value picked.
    #[prop(into)]
    value: Signal<String>,
    /// Takes another pick.
    #[prop(into)]
    on_change: UnsyncCallback<String>,
    /// Smaller, for inside panels.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let values: Vec<String> = choices
        .iter()
        .map(|choice| choice.value.to_string())
        .collect();
    let known = values.clone();
    let keys = move |event: web_sys::KeyboardEvent| {
        let step: isize = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => 1,
            "ArrowLeft" | "ArrowUp" => -1,
            _ => return,
        };
        event.prevent_default();
        let present = values
            .iter()
            .position(|known| *known == value.get_untracked())
            .unwrap_or(0);
        let next = (present.cast_signed() + step)
            .rem_euclid(values.len().cast_signed().max(1))
            .cast_unsigned();
        if let Some(next_value) = values.get(next) {
            on_change.run(next_value.clone());
            focus_sibling(&event, next);
        }
    };
    let is_none_on = Memo::new(move |_| value.with(|value| !known.contains(value)));
    let segments = choices
        .into_iter()
        .enumerate()
        .map(|(index, choice)| {
            let (mine, name) = (choice.value.clone(), choice.value.to_string());
            let on = Signal::derive(move || *value.get() == *mine);
            // While none is on, the row is entered at its first segment.
            let is_entry = move || on.get() || (index == 0 && is_none_on.get());
            view! {
                <button
                    type="button"
                    role="radio"
                    aria-checked=move || on.get().to_string()
                    tabindex=move || if is_entry() { "0" } else { "-1" }
                    on:click=move |_| on_change.run(name.clone())
                >
                    {choice.glyph.map(|glyph| view! { <Icon glyph=glyph size="s"/> })}
                    <span>{choice.label}</span>
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="seg" class:small=small role="radiogroup" aria-label=move || label.get() on:keydown=keys>
            {segments}
        </div>
    }
}

/// Moves the focus to the `index`-th control beside the one that the event came from.
pub(super) fn focus_sibling(event: &web_sys::KeyboardEvent, index: usize) {
    use wasm_bindgen::JsCast;
    let Some(group) = event
        .current_target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
    else {
        return;
    };
    let Ok(index) = u32::try_from(index) else {
        return;
    };
    if let Some(sibling) = group
        .children()
        .item(index)
        .and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok())
    {
        // A control that cannot take the focus keeps it where it was: nothing to tell.
        let _ = sibling.focus();
    }
}

/// On or off, with its words beside it.
#[component]
pub fn Switch(
    /// What it is called.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is on.
    #[prop(into)]
    on: Signal<bool>,
    /// Takes the other state.
    #[prop(into)]
    on_change: UnsyncCallback<bool>,
    /// The tooltip.
    #[prop(optional, into)]
    hint: Signal<String>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="switch"
            role="switch"
            aria-checked=move || on.get().to_string()
            title=move || Some(hint.get()).filter(|hint| !hint.is_empty())
            on:click=move |_| on_change.run(!on.get_untracked())
        >
            <span class="switch-track" aria-hidden="true"></span>
            <span>{move || label.get()}</span>
        </button>
    }
}
