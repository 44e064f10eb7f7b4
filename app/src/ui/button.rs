//! Buttons.

use super::icon::{Glyph, Icon};
use crate::text::common;
use leptos::callback::Callable;
use leptos::prelude::*;

/// How much a button stands out. A view has one primary button.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ButtonLook {
    /// With a line around it.
    #[default]
    Plain,
    /// Without a line.
    Quiet,
    /// The view's main act.
    Primary,
    /// Destroys something.
    Danger,
}

impl ButtonLook {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "btn",
            Self::Quiet => "btn quiet",
            Self::Primary => "btn primary",
            Self::Danger => "btn danger",
        }
    }
}

/// A button with words, maybe with an icon before them.
#[component]
pub fn Button(
    /// What it says; names the act and its object.
    #[prop(into)]
    label: Signal<String>,
    /// What it does.
    #[prop(into)]
    on_press: UnsyncCallback<()>,
    /// Its icon.
    #[prop(optional, into)]
    glyph: Option<Glyph>,
    /// How much it stands out.
    #[prop(optional)]
    look: ButtonLook,
    /// Whether it cannot be used now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// More about it, with its key.
    #[prop(optional, into)]
    title: Signal<String>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=look.class()
            disabled=move || disabled.get()
            title=move || Some(title.get()).filter(|title| !title.is_empty())
            on:click=move |_| on_press.run(())
        >
            {glyph.map(|glyph| view! { <Icon glyph=glyph/> })}
            {move || label.get()}
        </button>
    }
}

/// A button with an icon alone; the label is its name and its tooltip.
#[component]
pub fn IconButton(
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
    /// Its icon; may change.
    #[prop(into)]
    glyph: Signal<Glyph>,
    /// What it does.
    #[prop(into)]
    on_press: UnsyncCallback<()>,
    /// Whether it cannot be used now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The key that does the same, shown in the tooltip ("Ctrl+Z").
    #[prop(optional)]
    keys: &'static str,
    /// For a button that is on or off.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
) -> impl IntoView {
    let title = move || {
        if keys.is_empty() {
            label.get()
        } else {
            common::with_key(&label.get(), keys)
        }
    };
    view! {
        <button
            type="button"
            class="btn quiet icon"
            aria-label=move || label.get()
            aria-pressed=move || pressed.map(|pressed| pressed.get().to_string())
            title=title
            disabled=move || disabled.get()
            on:click=move |_| on_press.run(())
        >
            <Icon glyph=glyph/>
        </button>
    }
}
