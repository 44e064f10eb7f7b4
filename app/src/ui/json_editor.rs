//! A light editor for a small piece of JSON that says what is wrong and where. With a helper, what can stand at the cursor is
//! offered while one writes in a string, and what stands there is tried and explained.

use super::assistant::{Assistant, Helper};
use super::attention::Attention;
use super::caret::{self, Typed};
use super::field::{Field, is_new};
use super::json::{read, read_with_placeholders};
use super::offers::Offers;
use super::pause::Pause;
use super::tip::{Pointed, TipView};
use super::tried::{TriedView, marked};
use super::{fresh_id, note::Notes};
use leptos::callback::Callable;
use leptos::html;
use leptos::prelude::*;
use serde_json::Value;

/// The help in the box. It waits for a pause, since an answer looks at all of the pipeline.
#[derive(Clone, Copy)]
struct Help {
    assistant: Assistant,
    attention: Attention,
    /// Until what was typed is looked at.
    typing: Pause,
    /// Until what the pointer rests on is explained.
    pointing: Pause,
}

impl Help {
    fn new(helper: Helper, area: NodeRef<html::Textarea>) -> Self {
        Self {
            assistant: Assistant::new(helper, area),
            attention: Attention::new(),
            typing: Pause::new(),
            pointing: Pause::new(),
        }
    }

    fn typed(self) {
        self.typing.then(move || self.assistant.offer(false));
    }

    /// The cursor may have moved.
    fn moved(self) {
        self.typing.then_if_idle(move || self.assistant.look());
    }

    fn close(self) {
        self.typing.stop();
        self.assistant.list.set(None);
    }

    fn focused(self) {
        self.attention.gained();
        self.moved();
    }

    fn left(self) {
        self.close();
        self.attention.lost();
    }

    fn pointed(self, event: &web_sys::PointerEvent) {
        let assistant = self.assistant;
        let Some(pointed) = Pointed::of(event, assistant.area) else {
            return;
        };
        if !pointed.is_shown(assistant.tip) {
            self.unpointed();
            self.pointing.then(move || assistant.explain(pointed));
        }
    }

    fn unpointed(self) {
        self.pointing.stop();
        if self.assistant.tip.with_untracked(Option::is_some) {
            self.assistant.tip.set(None);
        }
    }

    /// Answers a key; says whether it meant something here.
    fn key(self, event: &web_sys::KeyboardEvent, take: impl Fn(usize)) -> bool {
        let key = event.key();
        self.unpointed();
        if key == " " && event.ctrl_key() {
            self.typing.stop();
            self.assistant.offer(true);
            return true;
        }
        if !self.assistant.is_open() {
            if key == "Escape" && self.typing.stop() {
                // The list that was about to come does not; the value still does.
                self.moved();
            }
            return false;
        }
        let leaves = event.shift_key() && key == "Tab" || event.ctrl_key() && key == "Enter";
        if leaves || matches!(&*key, "ArrowLeft" | "ArrowRight" | "Home" | "End") {
            self.close();
            return false;
        }
        // A key is about what can stand behind the letters that are there now.
        if key != "Escape" && is_about_list(&key) && self.typing.stop() {
            self.assistant.offer(false);
        }
        self.assistant.answer(&key, take)
    }

    /// What the entry gives, or the part of it that the cursor is in.
    fn tried(self) -> Memo<Option<super::tried::Tried>> {
        Memo::new(move |_| {
            let asked = self.asked()?;
            let is_empty = asked.text.trim().is_empty();
            (!is_empty)
                .then(|| self.assistant.helper.attempt.run((asked.text, asked.at)))
                .flatten()
        })
    }

    /// What stands at the cursor.
    fn told(self) -> Memo<Option<String>> {
        Memo::new(move |_| {
            let asked = self.asked()?;
            self.assistant.helper.explain.run((asked.text, asked.at))
        })
    }

    fn asked(self) -> Option<Typed> {
        let is_on = self.attention.is_on();
        is_on.then(|| self.assistant.typed.get())
    }
}

/// Whether the open list answers a key.
fn is_about_list(key: &str) -> bool {
    let moves = matches!(key, "ArrowDown" | "ArrowUp" | "PageDown" | "PageUp");
    moves || matches!(key, "Enter" | "Tab")
}

/// The editor. A wrong entry stays with a message and changes nothing.
#[component]
pub fn JsonEditor(
    /// What it is called.
    #[prop(into)]
    label: Signal<String>,
    /// The present value, as text.
    #[prop(into)]
    value: Signal<String>,
    /// Takes a finished entry; none when it was emptied.
    #[prop(into)]
    on_change: UnsyncCallback<Option<Value>>,
    /// The tooltip of the label.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// Shown while it is empty.
    #[prop(optional, into)]
    placeholder: Signal<String>,
    /// How many lines it shows at least.
    #[prop(default = 4)]
    rows: u32,
    /// Whether it is part of a definition, where placeholders may stand outside quotes.
    #[prop(optional)]
    placeholders: bool,
    /// What is known of the value.
    #[prop(optional)]
    notes: Notes,
    /// Who helps while one writes.
    #[prop(optional)]
    helper: Option<Helper>,
) -> impl IntoView {
    let id = fresh_id("json");
    let read = if placeholders {
        read_with_placeholders
    } else {
        read
    };
    let area = NodeRef::<html::Textarea>::new();
    let help = helper.map(|helper| Help::new(helper, area));
    let error = RwSignal::new(None::<String>);
    let lines = Signal::derive(move || {
        let count = u32::try_from(value.with(|text| text.lines().count())).unwrap_or(u32::MAX);
        count.saturating_add(1).clamp(rows, 18)
    });
    Effect::new(move || {
        value.track();
        error.set(None);
    });
    // Browsers do not tell of the end of an entry when the last of it was written by an offer.
    let is_completed = StoredValue::new(false);
    let finish = move |entry: String| {
        let _ = is_completed.try_set_value(false);
        match read(&entry) {
            Ok(found) => {
                error.set(None);
                if is_new(value, &entry) {
                    on_change.run(found);
                }
            }
            Err(message) => error.set(Some(message)),
        }
    };
    // While typing, only a message that is there already is kept up to date.
    let judge = move |entry: &str| {
        if error.with_untracked(Option::is_some) {
            error.set(read(entry).err());
        }
    };
    let take = move |at: usize| {
        if let Some((help, area)) = help.zip(area.get_untracked()) {
            help.assistant.take(at);
            caret::show(&area);
            is_completed.set_value(true);
            judge(&area.value());
        }
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        if help.is_some_and(|help| help.key(&event, take)) {
            event.prevent_default();
            event.stop_propagation();
        }
    };
    let list_id = format!("{id}-list");
    let described = match help {
        Some(_) => format!("{} {id}-tried {id}-told", Notes::described(&id)),
        None => Notes::described(&id),
    };
    let (controls, active) = (list_id.clone(), list_id.clone());
    let list = help.map(|help| help.assistant.list);
    view! {
        <Field id=id.clone() label=label hint=hint error=error notes=notes>
            <textarea
                node_ref=area
                id=id.clone()
                class="area mono"
                class:bad=move || error.with(Option::is_some) || notes.is_bad()
                rows=move || lines.get()
                autocomplete="off"
                spellcheck="false"
                wrap="off"
                placeholder=move || placeholder.get()
                aria-autocomplete=help.map(|_| "list")
                aria-haspopup=help.map(|_| "listbox")
                aria-controls=move || list?.with(Option::is_some).then(|| controls.clone())
                aria-activedescendant=move || list?.with(|list| list.as_ref().map(|list| format!("{active}-{}", list.at)))
                aria-describedby=described
                aria-invalid=move || (error.with(Option::is_some) || notes.is_bad()).to_string()
                prop:value=move || value.get()
                on:input=move |event| { judge(&event_target_value(&event)); told_of(help, Help::typed); }
                on:change=move |event| finish(event_target_value(&event))
                on:keydown=keys
                on:keyup=move |_| told_of(help, Help::moved)
                on:click=move |_| told_of(help, |help| { help.close(); help.moved(); })
                on:focus=move |_| told_of(help, Help::focused)
                on:pointermove=move |event| told_of(help, |help| help.pointed(&event))
                on:pointerleave=move |_| told_of(help, Help::unpointed)
                on:blur=move |event| {
                    told_of(help, Help::left);
                    if is_completed.try_get_value() == Some(true) {
                        finish(event_target_value(&event));
                    }
                }
            ></textarea>
            {help.map(|help| helped(help, &id))}
        </Field>
        {help.map(|help| view! {
            <Offers id=list_id area=area list=help.assistant.list on_pick=take under_line=true/>
            <TipView tip=help.assistant.tip/>
        })}
    }
}

/// Tells the help of something, where there is one.
fn told_of(help: Option<Help>, what: impl FnOnce(Help)) {
    if let Some(help) = help {
        what(help);
    }
}

/// What stands under the box while somebody works in it.
fn helped(help: Help, id: &str) -> impl IntoView + use<> {
    let (tried, told) = (help.tried(), help.told());
    view! {
        <TriedView id=format!("{id}-tried") tried=tried/>
        <div class="told" id=format!("{id}-told") hidden=move || told.with(Option::is_none)>
            {move || told.get().map(|words| marked(&words))}
        </div>
    }
}
