//! A list to pick from that is too long for a menu: it is found by typing.
//!
//! Only what can be seen of the list is in the page, and only while it is open. It stands in a [`super::Field`].

use super::field::Field;
use super::icon::{Glyph, Icon};
use super::options::{OptionLine, led};
use super::pick::Choice;
use crate::text::ui as text;
use leptos::callback::Callable;
use leptos::html;
use leptos::prelude::*;

/// How many choices are shown at once; more are found by typing.
const SHOWN: usize = 40;

/// What is open: the words typed since, and which of the found choices the keys are on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Open {
    typed: Option<String>,
    at: usize,
}

/// A field that adds something: it is found by typing, and what is not in the list can be added as it is typed.
#[component]
pub fn Finder(
    /// What it is called.
    #[prop(into)]
    label: Signal<String>,
    /// What can be found; may change.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// Takes what was found or typed.
    #[prop(into)]
    on_pick: UnsyncCallback<String>,
    /// Shown while nothing is typed.
    #[prop(into)]
    placeholder: String,
    /// The tooltip of the label.
    #[prop(optional, into)]
    hint: Signal<String>,
) -> impl IntoView {
    let id = super::fresh_id("finder");
    let nothing = Signal::derive(String::new);
    let never = Signal::derive(|| false);
    view! {
        <Field id=id.clone() label=label hint=hint>
            <Combo id=id choices=choices value=nothing on_change=on_pick mono=false bad=never placeholder=placeholder free=true/>
        </Field>
    }
}

/// A control of the given id; down, up, Enter and Escape work as in every list. With `free`, anything can be typed.
#[component]
pub(super) fn Combo(
    id: String,
    choices: Signal<Vec<Choice>>,
    value: Signal<String>,
    on_change: UnsyncCallback<String>,
    mono: bool,
    bad: Signal<bool>,
    #[prop(default = text::NOT_SET.to_owned())] placeholder: String,
    #[prop(optional)] free: bool,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let list = NodeRef::<html::Div>::new();
    let open = RwSignal::new(None::<Open>);
    let found = Memo::new(move |_| {
        open.with(|open| {
            open.as_ref().map(|open| {
                let typed = open.typed.as_deref();
                let mut found = find(&choices.read(), typed, &value.get());
                if free {
                    found
                        .0
                        .extend(typed.and_then(|typed| as_typed(&found.0, typed)));
                }
                found
            })
        })
    });
    let shown = Signal::derive(move || choices.with(|choices| label_of(choices, &value.get())));
    // The focus also leaves a field that has just gone.
    let close = move || {
        open.set(None);
        if let Some(input) = input.try_get_untracked().flatten()
            && let Some(shown) = shown.try_get_untracked()
        {
            input.set_value(&shown);
        }
    };
    let pick = move |at: usize| {
        let picked = found.with_untracked(|found| {
            found
                .as_ref()
                .and_then(|(some, _)| some.get(at).map(|choice| choice.value.to_string()))
        });
        close();
        if let Some(picked) = picked.filter(|picked| *picked != value.get_untracked()) {
            on_change.run(picked);
        }
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        if answer(&event.key(), open, found, pick, close) {
            event.prevent_default();
            event.stop_propagation();
        }
    };
    let begin = move || {
        if open.with_untracked(Option::is_none) {
            open.set(Some(Open::default()));
        }
    };
    Effect::new(move || {
        if let (true, Some(list), Some(input)) =
            (open.with(Option::is_some), list.get(), input.get())
        {
            super::menu_list::place_at(&input, &list);
            // Shown already: nothing to do.
            let _ = list.show_popover();
        }
    });
    let list_id = StoredValue::new(format!("{id}-list"));
    let described = super::Notes::described(&id);
    let option_id = move |at: usize| format!("{}-{at}", list_id.get_value());
    let at = Memo::new(move |_| open.with(|open| open.as_ref().map(|open| open.at)));
    let active = move || {
        let count = found.with(|found| found.as_ref().map_or(0, |(some, _)| some.len()));
        at.get().filter(|at| *at < count).map(option_id)
    };
    view! {
        <div class="field pick-one" class:mono=mono class:bad=move || bad.get()>
            <input
                node_ref=input
                id=id
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                placeholder=placeholder
                aria-autocomplete="list"
                aria-expanded=move || open.with(Option::is_some).to_string()
                aria-controls=list_id.get_value()
                aria-activedescendant=active
                aria-describedby=described
                aria-invalid=move || bad.get().to_string()
                prop:value=move || shown.get()
                on:click=move |_| begin()
                on:focus=move |_| if let Some(input) = input.get_untracked() { input.select() }
                on:input=move |event| open.set(Some(Open { typed: Some(event_target_value(&event)), at: 0 }))
                on:keydown=keys
                on:blur=move |_| close()
            />
            <Icon glyph=Glyph::Down size="s"/>
        </div>
        <Show when=move || open.with(Option::is_some)>
            <div node_ref=list class="menu combo" popover="manual" on:pointerdown=|event| event.prevent_default()>
                <div id=list_id.get_value() role="listbox">
                    {move || found.get().unwrap_or_default().0.into_iter().enumerate().map(|(index, choice)| {
                        view! { <OptionLine id=option_id(index) index=index at=at on_pick=pick><div class="clip">{choice.label}</div></OptionLine> }
                    }).collect_view()}
                </div>
                <p class="sm t3">{move || found.with(|found| found.as_ref().map(|(some, all)| left_over(some.len(), *all)))}</p>
            </div>
        </Show>
    }
}

/// Answers a key; says whether it meant something.
fn answer(
    key: &str,
    open: RwSignal<Option<Open>>,
    found: Memo<Option<(Vec<Choice>, usize)>>,
    pick: impl Fn(usize),
    close: impl Fn(),
) -> bool {
    let count = found.with_untracked(|found| found.as_ref().map_or(0, |(some, _)| some.len()));
    let Some(present) = open.get_untracked() else {
        let opens = matches!(key, "ArrowDown" | "ArrowUp");
        if opens {
            open.set(Some(Open::default()));
        }
        return opens;
    };
    match (key, led(key, present.at, count)) {
        ("Enter", _) => pick(present.at),
        ("Escape", _) => close(),
        (_, Some(to)) => open.set(Some(Open { at: to, ..present })),
        (_, None) => return false,
    }
    true
}

/// The choices that hold what was typed, those that begin with it first, and how many there are in all. Before anything is
/// typed, the one that is picked comes first.
fn find(choices: &[Choice], typed: Option<&str>, value: &str) -> (Vec<Choice>, usize) {
    let Some(typed) = typed.map(str::to_lowercase) else {
        let (mut first, others): (Vec<&Choice>, Vec<&Choice>) =
            choices.iter().partition(|choice| *choice.value == *value);
        first.extend(others);
        return (
            first.into_iter().take(SHOWN).cloned().collect(),
            choices.len(),
        );
    };
    let holds = choices.iter().filter_map(|choice| {
        choice
            .label
            .to_lowercase()
            .find(&typed)
            .map(|at| (at > 0, choice))
    });
    let mut found: Vec<(bool, &Choice)> = holds.collect();
    found.sort_by_key(|(inside, _)| *inside);
    let all = found.len();
    (
        found
            .into_iter()
            .take(SHOWN)
            .map(|(_, choice)| choice.clone())
            .collect(),
        all,
    )
}

/// The choice of just what was typed, when no other is it.
fn as_typed(found: &[Choice], typed: &str) -> Option<Choice> {
    let typed = typed.trim();
    let is_there = found.iter().any(|choice| *choice.value == *typed);
    (!typed.is_empty() && !is_there).then(|| Choice::new(typed, text::as_typed(typed)))
}

/// What a value is called; one that is not among the choices is shown as it is.
fn label_of(choices: &[Choice], value: &str) -> String {
    let known = choices.iter().find(|choice| *choice.value == *value);
    known.map_or(value, |choice| &choice.label).to_owned()
}

fn left_over(shown: usize, all: usize) -> String {
    match all.saturating_sub(shown) {
        0 if shown == 0 => text::NOTHING_FOUND.to_owned(),
        0 => String::new(),
        more => text::more_choices(more),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(count: usize) -> Vec<Choice> {
        (0..count)
            .map(|n| Choice::new(format!("{n}"), format!("Load {n}")))
            .collect()
    }

    #[test]
    fn what_begins_with_the_words_comes_before_what_holds_them() {
        let choices = [
            Choice::new("a", "Reload"),
            Choice::new("b", "Load"),
            Choice::new("c", "Stop"),
        ];
        let (found, all) = find(&choices, Some("LOAD"), "");
        assert_eq!(
            found
                .iter()
                .map(|choice| &*choice.label)
                .collect::<Vec<_>>(),
            ["Load", "Reload"]
        );
        assert_eq!(all, 2);
    }

    #[test]
    fn a_long_list_is_cut_and_begins_with_what_is_picked() {
        let (found, all) = find(&names(1_000), None, "900");
        assert_eq!((found.len(), all), (SHOWN, 1_000));
        assert_eq!(&*found[0].label, "Load 900");
        assert_eq!(left_over(found.len(), all), "960 more: type to find them.");
    }

    #[test]
    fn what_is_in_no_list_is_offered_as_it_is_typed_and_only_then() {
        let offered = as_typed(&names(1), " TrainingPlan ").map(|choice| choice.value);
        assert_eq!(offered.as_deref(), Some("TrainingPlan"));
        assert_eq!(as_typed(&names(1), "0"), None);
        assert_eq!(as_typed(&[], " "), None);
    }

    #[test]
    fn a_value_that_is_no_choice_is_shown_as_it_is() {
        assert_eq!(label_of(&names(2), "1"), "Load 1");
        assert_eq!(label_of(&names(2), "gone"), "gone");
    }
}
