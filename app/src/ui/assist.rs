//! A field for an expression or a path that helps while one writes: a list of what can stand at the cursor, what the entry
//! gives, and what the thing under the cursor or the pointer is. What all that is comes from outside.

use super::assistant::{Assistant, Helper};
use super::attention::Attention;
use super::caret::Typed;
use super::field::{Field, is_new};
use super::fresh_id;
use super::note::Notes;
use super::offers::Offers;
use super::tip::TipView;
use super::tried::{TriedView, marked};
use leptos::callback::Callable;
use leptos::html;
use leptos::prelude::*;

/// The field. It tells its value when the entry is done (leaving it, or Enter); Escape takes the entry back.
#[component]
pub fn AssistField(
    /// What it is called.
    #[prop(into)]
    label: Signal<String>,
    /// The present value.
    #[prop(into)]
    value: Signal<String>,
    /// Takes a finished entry that differs from the value.
    #[prop(into)]
    on_change: UnsyncCallback<String>,
    /// The tooltip of the label.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// Shown while it is empty.
    #[prop(optional, into)]
    placeholder: Signal<String>,
    /// What is known of the value.
    #[prop(optional)]
    notes: Notes,
    /// Whether Enter begins a line; Ctrl+Enter then ends the entry.
    #[prop(optional)]
    lines: bool,
    /// Who helps.
    helper: Helper,
) -> impl IntoView {
    let id = fresh_id("assist");
    let area = NodeRef::<html::Textarea>::new();
    let attention = Attention::new();
    let help = Assistant::new(helper, area);
    let (typed, list) = (help.typed, help.list);
    let take = move |at| help.take(at);
    let finish = move || {
        let Some(area) = area.try_get_untracked().flatten() else {
            return;
        };
        let entry = area.value();
        if is_new(value, &entry) {
            on_change.run(entry);
        }
    };
    let take_back = move || {
        let old = value.get_untracked();
        let Some(area) = area.get_untracked().filter(|area| area.value() != old) else {
            return false;
        };
        area.set_value(&old);
        help.look();
        true
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        help.tip.set(None);
        let key = event.key();
        let is_done = match (&*key, help.is_open()) {
            (" ", _) if event.ctrl_key() => {
                help.offer(true);
                true
            }
            // Back to the field before, and the end of the entry, not the offer.
            ("Tab", true) if event.shift_key() => {
                list.set(None);
                false
            }
            ("Enter", true) if event.ctrl_key() => {
                list.set(None);
                finish();
                true
            }
            (_, true) => help.answer(&key, take),
            ("ArrowDown", false) if is_last_line(&typed.read_untracked()) => {
                help.offer(true);
                help.is_open()
            }
            ("Enter", false) if !lines || event.ctrl_key() => {
                finish();
                true
            }
            ("Escape", false) => take_back(),
            (_, false) => false,
        };
        if is_done {
            event.prevent_default();
            event.stop_propagation();
        }
    };
    let list_id = format!("{id}-list");
    let active = {
        let list_id = list_id.clone();
        move || list.with(|list| list.as_ref().map(|list| format!("{list_id}-{}", list.at)))
    };
    let entry = Memo::new(move |_| typed.with(|typed| typed.text.clone()));
    let attempt = Memo::new(move |_| {
        let is_asked = attention.is_on() && entry.with(|entry| !entry.trim().is_empty());
        is_asked
            .then(|| helper.attempt.run((entry.get(), 0)))
            .flatten()
    });
    let told = Memo::new(move |_| {
        let asked = attention.is_on().then(|| typed.get())?;
        helper.explain.run((asked.text, asked.at))
    });
    let described = format!("{} {id}-tried {id}-told", Notes::described(&id));
    let controls = list_id.clone();
    let (tried_id, told_id) = (format!("{id}-tried"), format!("{id}-told"));
    view! {
        <Field id=id.clone() label=label hint=hint notes=notes>
            <textarea
                node_ref=area
                id=id
                class="area mono assist"
                class:bad=move || notes.is_bad()
                rows=1
                autocomplete="off"
                spellcheck="false"
                placeholder=move || placeholder.get()
                aria-autocomplete="list"
                aria-haspopup="listbox"
                aria-controls=move || list.with(Option::is_some).then(|| controls.clone())
                aria-activedescendant=active
                aria-describedby=described
                aria-invalid=move || notes.is_bad().to_string()
                prop:value=move || value.get()
                on:focus=move |_| { help.look(); attention.gained(); }
                on:input=move |_| help.offer(false)
                on:click=move |_| { help.look(); list.set(None); }
                on:keyup=move |_| help.look()
                on:keydown=keys
                on:pointermove=move |event| help.point(&event)
                on:pointerleave=move |_| help.tip.set(None)
                on:blur=move |_| { list.set(None); finish(); attention.lost(); }
            ></textarea>
            <TriedView id=tried_id tried=attempt/>
            <div class="told" id=told_id hidden=move || told.with(Option::is_none)>
                {move || told.get().map(|words| marked(&words))}
            </div>
        </Field>
        <Offers id=list_id area=area list=list on_pick=take/>
        <TipView tip=help.tip/>
    }
}

fn is_last_line(typed: &Typed) -> bool {
    let after = typed.text.get(typed.at..).unwrap_or_default();
    !after.contains('\n')
}
