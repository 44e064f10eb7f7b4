//! Fields for text, with a label, a hint and a place for what is wrong.

use super::fresh_id;
use super::help::explain_button;
use super::note::{NoteList, Notes};
use leptos::callback::Callable;
use leptos::prelude::*;

/// A label over a control and a message under it. The control must carry the given id.
#[component]
pub fn Field(
    /// The control's id.
    id: String,
    /// What the control is called.
    #[prop(into)]
    label: Signal<String>,
    /// The tooltip: AWS's name of the field and what it does.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// What is wrong with the entry; its element has the id `{id}-error`.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// What is known of the value; its element has the id `{id}-notes`.
    #[prop(optional)]
    notes: Notes,
    /// The control.
    children: Children,
) -> impl IntoView {
    let message = format!("{id}-error");
    let control = id.clone();
    view! {
        <div class="field-box" data-at=notes.place()>
            <label class="label" id=format!("{id}-label") for=control title=move || Some(hint.get()).filter(|hint| !hint.is_empty())>
                {move || label.get()}
            </label>
            {explain_button(format!("{id}-label"), notes)}
            {children()}
            <p class="field-error" id=message role="alert" hidden=move || error.with(Option::is_none)>
                {move || error.get()}
            </p>
            <NoteList id=id notes=notes/>
        </div>
    }
}

/// A label over several controls that are one field, such as a row of choices or of flags. Each has a name of its own, so the
/// label is none of theirs.
#[component]
pub fn FieldGroup(
    /// What the field is called.
    #[prop(into)]
    label: Signal<String>,
    /// The tooltip: AWS's name of the field and what it does.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// The id that begins the ids of the label and the notes; a fresh one where nobody needs to know it.
    #[prop(optional, into)]
    id: Option<String>,
    /// What is known of the value; its element has the id `{id}-notes`.
    #[prop(optional)]
    notes: Notes,
    /// The controls.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| fresh_id("group"));
    view! {
        <div class="field-box" data-at=notes.place()>
            <span class="label" id=format!("{id}-label") title=move || Some(hint.get()).filter(|hint| !hint.is_empty())>
                {move || label.get()}
            </span>
            {explain_button(format!("{id}-label"), notes)}
            {children.map(|children| children())}
            <NoteList id=id notes=notes/>
        </div>
    }
}

/// One line of text. It tells its value when the entry is done (Enter or leaving); Escape takes the entry back.
#[component]
pub fn TextField(
    /// What it is called.
    #[prop(into)]
    label: Signal<String>,
    /// The present value.
    #[prop(into)]
    value: Signal<String>,
    /// Takes a finished entry that differs from the value.
    #[prop(into)]
    on_change: UnsyncCallback<String>,
    /// Takes every keystroke.
    #[prop(optional, into)]
    on_input: Option<UnsyncCallback<String>>,
    /// The tooltip of the label.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// Shown while it is empty.
    #[prop(optional, into)]
    placeholder: Signal<String>,
    /// What is wrong with the value.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// For data: monospace.
    #[prop(optional)]
    mono: bool,
    /// Suggestions, by the id of a `datalist`.
    #[prop(optional, into)]
    list: Option<String>,
    /// Whether it cannot be used now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// What is known of the value.
    #[prop(optional)]
    notes: Notes,
) -> impl IntoView {
    let id = fresh_id("text");
    let input = NodeRef::<leptos::html::Input>::new();
    let take_back = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape"
            && let Some(input) = input.get_untracked()
            && input.value() != value.get_untracked()
        {
            input.set_value(&value.get_untracked());
            event.stop_propagation();
        }
    };
    view! {
        <Field id=id.clone() label=label hint=hint error=error notes=notes>
            <div class="field" class:mono=mono class:bad=move || error.with(Option::is_some) || notes.is_bad()>
                <input
                    node_ref=input
                    id=id.clone()
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    list=list
                    placeholder=move || placeholder.get()
                    disabled=move || disabled.get()
                    aria-describedby=Notes::described(&id)
                    aria-invalid=move || (error.with(Option::is_some) || notes.is_bad()).to_string()
                    prop:value=move || value.get()
                    on:input=move |event| {
                        if let Some(on_input) = on_input {
                            on_input.run(event_target_value(&event));
                        }
                    }
                    on:change=move |event| {
                        let entry = event_target_value(&event);
                        if is_new(value, &entry) {
                            on_change.run(entry);
                        }
                    }
                    on:keydown=take_back
                />
            </div>
        </Field>
    }
}

/// Several lines of text. Tells its value when the entry is done.
#[component]
pub fn TextArea(
    /// What it is called.
    #[prop(into)]
    label: Signal<String>,
    /// The present value.
    #[prop(into)]
    value: Signal<String>,
    /// Takes a finished entry that differs from the value.
    #[prop(into)]
    on_change: UnsyncCallback<String>,
    /// Takes every keystroke.
    #[prop(optional, into)]
    on_input: Option<UnsyncCallback<String>>,
    /// The tooltip of the label.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// Shown while it is empty.
    #[prop(optional, into)]
    placeholder: Signal<String>,
    /// What is wrong with the value.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// For data: monospace.
    #[prop(optional)]
    mono: bool,
    /// How many lines it shows.
    #[prop(default = 2)]
    rows: u32,
    /// What is known of the value.
    #[prop(optional)]
    notes: Notes,
) -> impl IntoView {
    let id = fresh_id("area");
    view! {
        <Field id=id.clone() label=label hint=hint error=error notes=notes>
            <textarea
                id=id.clone()
                class="area"
                class:mono=mono
                class:bad=move || error.with(Option::is_some) || notes.is_bad()
                rows=rows
                autocomplete="off"
                spellcheck=if mono { "false" } else { "true" }
                placeholder=move || placeholder.get()
                aria-describedby=Notes::described(&id)
                aria-invalid=move || (error.with(Option::is_some) || notes.is_bad()).to_string()
                prop:value=move || value.get()
                on:input=move |event| {
                    if let Some(on_input) = on_input {
                        on_input.run(event_target_value(&event));
                    }
                }
                on:change=move |event| {
                    let entry = event_target_value(&event);
                    if is_new(value, &entry) {
                        on_change.run(entry);
                    }
                }
            ></textarea>
        </Field>
    }
}

/// Whether an entry differs from the value. Browsers tell of the end of an entry also when its field has just gone; then it is
/// nobody's.
pub(super) fn is_new<T: PartialEq + Clone + Send + Sync + 'static>(
    value: Signal<T>,
    entry: &T,
) -> bool {
    value
        .try_get_untracked()
        .is_some_and(|value| value != *entry)
}
