//! Where drafts lie: `localStorage`, one item for each draft under [`PREFIX`].

use super::Draft;
use crate::api::MachineItem;
use crate::text::drafts as text;
use gloo::events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Storage;

/// Before the name in the key of an item.
const PREFIX: &str = "statecraft.draft.";

/// Why a draft could not be kept or read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The browser offers no storage (private window, blocked site data).
    #[error("{}", text::STORE_REFUSED)]
    Refused,
    /// No room is left.
    #[error("{}", text::STORE_FULL)]
    Full,
    /// What lies there is no draft; it is left as it is.
    #[error("{}", text::draft_unreadable(.0))]
    Unreadable(String),
}

fn storage() -> Result<Storage, StoreError> {
    web_sys::window()
        .and_then(|w| w.local_storage().ok().flatten())
        .ok_or(StoreError::Refused)
}

fn key(name: &str) -> String {
    format!("{PREFIX}{name}")
}

fn read(name: &str, text: &str) -> Result<Draft, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Unreadable(name.to_owned()))
}

/// The draft of that name, when there is one.
pub fn load(name: &str) -> Result<Option<Draft>, StoreError> {
    let item = storage()?
        .get_item(&key(name))
        .map_err(|_| StoreError::Refused)?;
    item.map(|text| read(name, &text)).transpose()
}

/// Whether there is a pipeline of that name: among `machines`, which are deployed, or in this browser, be it unreadable.
pub fn is_taken(name: &str, machines: &[MachineItem]) -> bool {
    let deployed = machines.iter().any(|machine| machine.name == name);
    deployed
        || match load(name) {
            Ok(draft) => draft.is_some(),
            Err(StoreError::Unreadable(_)) => true,
            Err(StoreError::Refused | StoreError::Full) => false,
        }
}

/// Keeps a draft in place of the one of the same name, and sets its time. Gives the draft as it was written.
pub fn save(draft: &Draft) -> Result<Draft, StoreError> {
    let mut draft = draft.clone();
    draft.changed_ms = now_ms();
    let text =
        serde_json::to_string(&draft).map_err(|_| StoreError::Unreadable(draft.name.clone()))?;
    storage()?
        .set_item(&key(&draft.name), &text)
        .map_err(|e| fault(&e))?;
    Ok(draft)
}

fn fault(error: &JsValue) -> StoreError {
    let name = js_sys::Reflect::get(error, &"name".into())
        .ok()
        .and_then(|n| n.as_string());
    match name.as_deref() {
        Some("QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED") => StoreError::Full,
        _ => StoreError::Refused,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "whole milliseconds")]
fn now_ms() -> i64 {
    js_sys::Date::now() as i64
}

/// Forgets a draft.
pub fn remove(name: &str) -> Result<(), StoreError> {
    storage()?
        .remove_item(&key(name))
        .map_err(|_| StoreError::Refused)
}

/// All drafts that can be read, latest change first.
pub fn list() -> Result<Vec<Draft>, StoreError> {
    let storage = storage()?;
    let length = storage.length().map_err(|_| StoreError::Refused)?;
    let keys = (0..length).filter_map(|i| storage.key(i).ok().flatten());
    let names = keys.filter_map(|k| k.strip_prefix(PREFIX).map(str::to_owned));
    let mut drafts: Vec<Draft> = names.filter_map(|n| load(&n).ok().flatten()).collect();
    drafts.sort_by_key(|d| std::cmp::Reverse(d.changed_ms));
    Ok(drafts)
}

/// Listens to what other tabs do with drafts. Dropping it ends that.
#[derive(Debug)]
pub struct Watch {
    _listener: EventListener,
}

/// Calls `told` when another tab writes a draft (with the draft) or forgets it (with `None`); `name` narrows it to one.
pub fn watch(name: Option<&str>, told: impl Fn(&str, Option<Draft>) + 'static) -> Option<Watch> {
    let wanted = name.map(str::to_owned);
    let window = web_sys::window()?;
    let listener = EventListener::new(&window, "storage", move |event| {
        let Some((name, text)) = changed(event) else {
            return;
        };
        if wanted.as_ref().is_none_or(|w| *w == name) {
            let draft = text.and_then(|t| read(&name, &t).ok());
            told(&name, draft);
        }
    });
    Some(Watch {
        _listener: listener,
    })
}

/// The draft's name and new text in a `storage` event. Read by name, since the event's own type is not bound.
fn changed(event: &web_sys::Event) -> Option<(String, Option<String>)> {
    let value: &JsValue = event.unchecked_ref();
    let member = |m: &str| {
        js_sys::Reflect::get(value, &m.into())
            .ok()
            .and_then(|v| v.as_string())
    };
    let name = member("key")?.strip_prefix(PREFIX)?.to_owned();
    Some((name, member("newValue")))
}
