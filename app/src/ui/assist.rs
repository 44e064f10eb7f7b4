//! A field for an expression or a path that helps while one writes: a list of what can stand at the cursor, what the entry
//! gives, and what the thing under the cursor or the pointer is. What all that is comes from outside.

use super::attention::Attention;
use super::field::{Field, is_new};
use super::fresh_id;
use super::note::Notes;
use super::tried::{Tried, TriedView, marked};
use crate::text::ui as text;
use leptos::callback::Callable;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

/// How many offers are shown; more are found by typing on.
const SHOWN: usize = 40;

/// Something that can be written. Places are bytes of the entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// What is shown.
    pub label: String,
    /// In few words: a type, a signature.
    pub detail: String,
    /// A sentence or two; may be empty.
    pub docs: String,
    /// Where the part begins that goes.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What comes instead.
    pub insert: String,
    /// What is selected of it afterwards, in bytes of `insert`; the end without it.
    pub stop: Option<(usize, usize)>,
}

impl Offered {
    /// The entry with the offer taken, and what is selected of it then, in bytes.
    fn taken(&self, entry: &str) -> (String, (usize, usize)) {
        let before = entry.get(..self.from).unwrap_or_default();
        let after = entry.get(self.to..).unwrap_or_default();
        let (start, end) = self.stop.unwrap_or((self.insert.len(), self.insert.len()));
        (
            format!("{before}{}{after}", self.insert),
            (self.from + start, self.from + end),
        )
    }

    /// Whether taking it would change nothing.
    fn is_written(&self, entry: &str) -> bool {
        entry.get(self.from..self.to) == Some(&*self.insert)
    }
}

/// Who answers what a field asks; places are bytes of the entry.
#[derive(Clone, Copy)]
pub struct Helper {
    /// What can be written at a place.
    pub offers: Callback<(String, usize), Vec<Offered>>,
    /// What stands at a place, with the simplest marks.
    pub explain: Callback<(String, usize), Option<String>>,
    /// What the entry gives.
    pub attempt: Callback<String, Option<Tried>>,
}

/// The entry while somebody works in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Typed {
    text: String,
    /// The cursor, in bytes.
    at: usize,
}

/// The open list.
#[derive(Debug, Clone, PartialEq, Eq)]
struct List {
    items: Vec<Offered>,
    at: usize,
}

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
    let typed = RwSignal::new(Typed::default());
    let list = RwSignal::new(None::<List>);
    let tip = RwSignal::new(None::<Tip>);
    let look = move || {
        if let Some(area) = area.get_untracked() {
            let now = read(&area);
            if *typed.read_untracked() != now {
                typed.set(now);
            }
        }
    };
    let offer = move |is_asked: bool| {
        look();
        tip.set(None);
        list.set(offered(helper, &typed.read_untracked(), is_asked));
    };
    let take = move |at: usize| {
        let picked = list.with_untracked(|list| list.as_ref()?.items.get(at).cloned());
        list.set(None);
        if let (Some(picked), Some(area)) = (picked, area.get_untracked()) {
            let (text, (start, end)) = picked.taken(&area.value());
            write(&area, &text, start, end);
            look();
        }
    };
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
        look();
        true
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        tip.set(None);
        let key = event.key();
        let is_done = match (&*key, list.with_untracked(Option::is_some)) {
            (" ", _) if event.ctrl_key() => {
                offer(true);
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
            (_, true) => answer(&key, list, take),
            ("ArrowDown", false) if is_last_line(&typed.read_untracked()) => {
                offer(true);
                list.with_untracked(Option::is_some)
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
        is_asked.then(|| helper.attempt.run(entry.get())).flatten()
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
                on:focus=move |_| { look(); attention.gained(); }
                on:input=move |_| offer(false)
                on:click=move |_| { look(); list.set(None); }
                on:keyup=move |_| look()
                on:keydown=keys
                on:pointermove=move |event| follow(&event, area, helper, tip)
                on:pointerleave=move |_| tip.set(None)
                on:blur=move |_| { list.set(None); finish(); attention.lost(); }
            ></textarea>
            <TriedView id=tried_id tried=attempt/>
            <div class="told" id=told_id hidden=move || told.with(Option::is_none)>
                {move || told.get().map(|words| marked(&words))}
            </div>
        </Field>
        <Offers id=list_id area=area list=list on_pick=take/>
        {move || tip.get().map(|tip| view! {
            <div class="tip" role="tooltip" style:left=format!("{}px", tip.x) style:top=format!("{}px", tip.y + 16.0)>{marked(&tip.words)}</div>
        })}
    }
}

/// The list of offers, under the field.
#[component]
fn Offers(
    id: String,
    area: NodeRef<html::Textarea>,
    list: RwSignal<Option<List>>,
    #[prop(into)] on_pick: UnsyncCallback<usize>,
) -> impl IntoView {
    let popover = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let (true, Some(popover), Some(area)) =
            (list.with(Option::is_some), popover.get(), area.get())
        {
            super::menu::place(&area, &popover);
            // Shown already: nothing to do.
            let _ = popover.show_popover();
        }
    });
    let items = Memo::new(move |_| {
        list.with(|list| {
            list.as_ref()
                .map(|list| list.items.clone())
                .unwrap_or_default()
        })
    });
    let at = Memo::new(move |_| list.with(|list| list.as_ref().map(|list| list.at)));
    let docs = move || {
        let at = at.get()?;
        let docs = items.with(|items| items.get(at).map(|item| item.docs.clone()))?;
        (!docs.is_empty()).then(|| marked(&docs))
    };
    let is_open = Memo::new(move |_| list.with(Option::is_some));
    let id = StoredValue::new(id);
    view! {
        <Show when=move || is_open.get()>
            <div node_ref=popover class="menu combo offers" popover="manual" on:pointerdown=|event| event.prevent_default()>
                <div id=id.get_value() role="listbox" aria-label=text::OFFERS>
                    {move || items.get().into_iter().enumerate().map(|(index, item)| {
                        let is_on = Memo::new(move |_| at.get() == Some(index));
                        view! { <Line id=format!("{}-{index}", id.get_value()) item=item is_on=is_on on_pick=move || on_pick.run(index)/> }
                    }).collect_view()}
                </div>
                <div class="offer-docs">{docs}</div>
            </div>
        </Show>
    }
}

/// One offer; the one that the keys are on is scrolled into view.
#[component]
fn Line(
    id: String,
    item: Offered,
    is_on: Memo<bool>,
    #[prop(into)] on_pick: UnsyncCallback<()>,
) -> impl IntoView {
    let line = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(line) = line.get().filter(|_| is_on.get()) {
            super::scroll_to(&line);
        }
    });
    view! {
        <div node_ref=line id=id role="option" aria-selected=move || is_on.get().to_string() on:click=move |_| on_pick.run(())>
            <span class="mono clip">{item.label}</span>
            <span class="sm t3 clip">{item.detail}</span>
        </div>
    }
}

/// What can be written now; without being asked only behind what looks like the beginning of something.
fn offered(helper: Helper, typed: &Typed, is_asked: bool) -> Option<List> {
    let before = typed.text.get(..typed.at).unwrap_or_default();
    let begins = before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '$' | '.' | '_'));
    if !is_asked && !begins {
        return None;
    }
    let mut items = helper.offers.run((typed.text.clone(), typed.at));
    items.truncate(SHOWN);
    let is_news = items.iter().any(|item| !item.is_written(&typed.text));
    is_news.then_some(List { items, at: 0 })
}

/// Answers a key while the list is open; says whether it meant something.
fn answer(key: &str, list: RwSignal<Option<List>>, take: impl Fn(usize)) -> bool {
    let Some((at, last)) = list.with_untracked(|list| {
        let list = list.as_ref()?;
        Some((list.at, list.items.len().saturating_sub(1)))
    }) else {
        return false;
    };
    let to = match key {
        "ArrowDown" => (at + 1).min(last),
        "ArrowUp" => at.saturating_sub(1),
        "PageDown" => (at + 10).min(last),
        "PageUp" => at.saturating_sub(10),
        "Enter" | "Tab" => {
            take(at);
            return true;
        }
        "Escape" => {
            list.set(None);
            return true;
        }
        _ => return false,
    };
    list.update(|list| {
        if let Some(list) = list {
            list.at = to;
        }
    });
    true
}

fn is_last_line(typed: &Typed) -> bool {
    let after = typed.text.get(typed.at..).unwrap_or_default();
    !after.contains('\n')
}

/// The entry and its cursor.
fn read(area: &web_sys::HtmlTextAreaElement) -> Typed {
    let text = area.value();
    let units = area.selection_start().ok().flatten().unwrap_or(0);
    let at = byte_of(&text, units);
    Typed { text, at }
}

/// Sets the entry and what is selected of it, in bytes.
fn write(area: &web_sys::HtmlTextAreaElement, text: &str, start: usize, end: usize) {
    area.set_value(text);
    // The range lies in the text.
    let _ = area.set_selection_range(units_of(text, start), units_of(text, end));
}

/// The bytes before so many UTF-16 units.
fn byte_of(text: &str, units: u32) -> usize {
    let mut left = units;
    for (at, character) in text.char_indices() {
        let width = u32::try_from(character.len_utf16()).unwrap_or(1);
        if left < width {
            return at;
        }
        left -= width;
    }
    text.len()
}

/// The UTF-16 units of so many bytes.
fn units_of(text: &str, bytes: usize) -> u32 {
    let head = text.get(..bytes).unwrap_or(text);
    u32::try_from(head.encode_utf16().count()).unwrap_or(u32::MAX)
}

/// An explanation beside the pointer.
#[derive(Debug, Clone, PartialEq)]
struct Tip {
    at: usize,
    words: String,
    x: f64,
    y: f64,
}

/// Explains what is under the pointer, where the browser can tell the place in the text.
fn follow(
    event: &web_sys::PointerEvent,
    area: NodeRef<html::Textarea>,
    helper: Helper,
    tip: RwSignal<Option<Tip>>,
) {
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    let Some(area) = area.get_untracked().filter(|_| event.buttons() == 0) else {
        return;
    };
    let text = area.value();
    let Some(at) = units_at(&area, x, y).map(|units| byte_of(&text, units)) else {
        return;
    };
    if tip.with_untracked(|tip| tip.as_ref().is_some_and(|tip| tip.at == at)) {
        return;
    }
    let words = Some(at)
        .filter(|at| *at < text.len())
        .and_then(|at| helper.explain.run((text, at)));
    let new = words.map(|words| Tip { at, words, x, y });
    if *tip.read_untracked() != new {
        tip.set(new);
    }
}

/// The UTF-16 units before a point of the window; none where the browser cannot say or means another element.
fn units_at(area: &web_sys::HtmlTextAreaElement, x: f64, y: f64) -> Option<u32> {
    let name = JsValue::from_str("caretPositionFromPoint");
    let asked = js_sys::Reflect::get(&document(), &name).ok()?;
    let asked = asked.dyn_into::<js_sys::Function>().ok()?;
    let found = asked.call2(&document(), &x.into(), &y.into()).ok()?;
    let node = js_sys::Reflect::get(&found, &"offsetNode".into()).ok()?;
    let node = node.dyn_into::<web_sys::Node>().ok()?;
    if !area.is_same_node(Some(&node)) {
        return None;
    }
    let offset = js_sys::Reflect::get(&found, &"offset".into()).ok()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the browser gives whole numbers from 0"
    )]
    offset.as_f64().map(|offset| offset as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(from: usize, to: usize, insert: &str, stop: Option<(usize, usize)>) -> Offered {
        Offered {
            label: insert.to_owned(),
            detail: String::new(),
            docs: String::new(),
            from,
            to,
            insert: insert.to_owned(),
            stop,
        }
    }

    #[test]
    fn an_offer_that_is_taken_replaces_its_part_and_selects_what_is_to_be_filled_in() {
        let taken = offer(4, 6, "$count(array)", Some((7, 12))).taken("1 + $c + 2");
        assert_eq!(taken, ("1 + $count(array) + 2".to_owned(), (11, 16)));
        let taken = offer(0, 1, "$.a", None).taken("$");
        assert_eq!(taken, ("$.a".to_owned(), (3, 3)));
        assert!(offer(0, 3, "$.a", None).is_written("$.a"));
    }

    #[test]
    fn places_are_told_in_bytes_and_in_units_of_the_browser() {
        let text = "ä😀b";
        for (units, bytes) in [(0, 0), (1, 2), (3, 6), (4, 7)] {
            assert_eq!(byte_of(text, units), bytes);
            assert_eq!(units_of(text, bytes), units);
        }
        assert_eq!(byte_of(text, 2), 2);
        assert_eq!(byte_of(text, 99), 7);
    }
}
