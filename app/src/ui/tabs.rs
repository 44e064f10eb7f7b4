//! Tabs.

use super::pick::{Choice, focus_sibling};
use crate::text::ui as text;
use leptos::callback::Callable;
use leptos::prelude::*;
use std::collections::HashMap;

/// A row of tabs; arrow keys move along it. What a tab shows is up to the page.
#[component]
pub fn Tabs(
    /// What the row is called.
    #[prop(into)]
    label: Signal<String>,
    /// The tabs; may change.
    #[prop(into)]
    tabs: Signal<Vec<Choice>>,
    /// The tab shown.
    #[prop(into)]
    value: Signal<String>,
    /// Takes another tab.
    #[prop(into)]
    on_change: UnsyncCallback<String>,
    /// How many problems there are in a tab, by its value.
    #[prop(optional, into)]
    problems: Signal<HashMap<&'static str, usize>>,
    /// How many things a tab lists, by its value.
    #[prop(optional, into)]
    counts: Signal<HashMap<&'static str, usize>>,
) -> impl IntoView {
    let keys = move |event: web_sys::KeyboardEvent| {
        let step: isize = match event.key().as_str() {
            "ArrowRight" => 1,
            "ArrowLeft" => -1,
            _ => return,
        };
        event.prevent_default();
        let tabs = tabs.get_untracked();
        let present = tabs
            .iter()
            .position(|tab| *tab.value == *value.get_untracked())
            .unwrap_or(0);
        let next = (present.cast_signed() + step)
            .rem_euclid(tabs.len().cast_signed().max(1))
            .cast_unsigned();
        if let Some(tab) = tabs.get(next) {
            on_change.run(tab.value.to_string());
            focus_sibling(&event, next);
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=move || label.get() on:keydown=keys>
            <For each=move || tabs.get() key=|tab| (tab.value.clone(), tab.label.clone()) let:tab>
                <Tab tab=tab value=value on_change=on_change problems=problems counts=counts/>
            </For>
        </div>
    }
}

#[component]
fn Tab(
    tab: Choice,
    value: Signal<String>,
    on_change: UnsyncCallback<String>,
    problems: Signal<HashMap<&'static str, usize>>,
    counts: Signal<HashMap<&'static str, usize>>,
) -> impl IntoView {
    let (mine, counted, listed) = (tab.value.clone(), tab.value.clone(), tab.value.clone());
    let name = tab.value.to_string();
    let count = Memo::new(move |_| problems.with(|all| all.get(&*counted).copied().unwrap_or(0)));
    let things = Memo::new(move |_| counts.with(|all| all.get(&*listed).copied()));
    let on = Signal::derive(move || *value.get() == *mine);
    view! {
        <button
            type="button"
            role="tab"
            aria-selected=move || on.get().to_string()
            tabindex=move || if on.get() { "0" } else { "-1" }
            on:click=move |_| on_change.run(name.clone())
        >
            {tab.label}
            {move || things.get().map(|count| view! { " " <span class="count">{count}</span> })}
            {move || Some(count.get()).filter(|count| *count > 0).map(|count| view! {
                <span class="tab-count" aria-hidden="true">{count}</span>
                <span class="sr">{text::problems(count)}</span>
            })}
        </button>
    }
}
