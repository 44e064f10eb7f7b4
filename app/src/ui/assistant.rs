//! What helps while one writes in an area of text: the list of what can stand at the cursor and the explanation under the
//! pointer. Who knows what can stand there comes from outside.

use super::caret::{self, Typed};
use super::offers::{List, Offered};
use super::tip::{Pointed, Tip};
use super::tried::Tried;
use leptos::callback::Callable;
use leptos::html;
use leptos::prelude::*;

/// How many offers are shown; more are found by typing on.
const SHOWN: usize = 40;

/// Who answers what a field asks; places are bytes of the entry.
#[derive(Clone, Copy)]
pub struct Helper {
    /// What can be written at a place.
    pub offers: Callback<(String, usize), Vec<Offered>>,
    /// What stands at a place, with the simplest marks.
    pub explain: Callback<(String, usize), Option<String>>,
    /// What the entry gives; in an entry of several parts, the part at the place.
    pub attempt: Callback<(String, usize), Option<Tried>>,
}

/// The help in one area.
#[derive(Clone, Copy)]
pub(super) struct Assistant {
    pub(super) helper: Helper,
    pub(super) area: NodeRef<html::Textarea>,
    pub(super) typed: RwSignal<Typed>,
    pub(super) list: RwSignal<Option<List>>,
    pub(super) tip: RwSignal<Option<Tip>>,
}

impl Assistant {
    pub(super) fn new(helper: Helper, area: NodeRef<html::Textarea>) -> Self {
        Self {
            helper,
            area,
            typed: RwSignal::new(Typed::default()),
            list: RwSignal::new(None),
            tip: RwSignal::new(None),
        }
    }

    /// Takes notice of the entry and the cursor.
    pub(super) fn look(self) {
        if let Some(area) = self.area.get_untracked() {
            let now = caret::read(&area);
            if *self.typed.read_untracked() != now {
                self.typed.set(now);
            }
        }
    }

    /// Shows what can be written now, or that there is nothing.
    pub(super) fn offer(self, is_asked: bool) {
        self.look();
        self.tip.set(None);
        let list = offered(self.helper, &self.typed.read_untracked(), is_asked);
        self.list.set(list);
    }

    pub(super) fn is_open(self) -> bool {
        self.list.with_untracked(Option::is_some)
    }

    /// Writes an offer of the open list.
    pub(super) fn take(self, at: usize) {
        let Some((list, area)) = self.list.get_untracked().zip(self.area.get_untracked()) else {
            return;
        };
        self.list.set(None);
        self.look();
        let entry = area.value();
        if let Some(picked) = list
            .items
            .get(at)
            .and_then(|item| self.fresh(item, &list, &entry))
        {
            let (text, (start, end)) = picked.taken(&entry);
            caret::write(&area, &text, start, end);
            self.look();
        }
    }

    /// An offer with its places in what stands there now: what was typed since the list was made moves them.
    fn fresh(self, item: &Offered, list: &List, entry: &str) -> Option<Offered> {
        if list.entry == entry {
            return Some(item.clone());
        }
        let list = offered(self.helper, &self.typed.read_untracked(), true)?;
        list.items
            .into_iter()
            .find(|other| other.label == item.label)
    }

    /// Answers a key while the list is open; says whether it meant something.
    pub(super) fn answer(self, key: &str, take: impl Fn(usize)) -> bool {
        let Some((at, moved)) = self.list.with_untracked(|list| {
            let list = list.as_ref()?;
            Some((list.at, list.moved(key)))
        }) else {
            return false;
        };
        match (key, moved) {
            ("Enter" | "Tab", _) => take(at),
            ("Escape", _) => self.list.set(None),
            (_, Some(to)) => self.list.update(|list| {
                if let Some(list) = list {
                    list.at = to;
                }
            }),
            (_, None) => return false,
        }
        true
    }

    /// Explains what is under the pointer.
    pub(super) fn point(self, event: &web_sys::PointerEvent) {
        if let Some(pointed) = Pointed::of(event, self.area) {
            self.explain(pointed);
        }
    }

    pub(super) fn explain(self, pointed: Pointed) {
        if !pointed.is_shown(self.tip)
            && let Some(area) = self.area.get_untracked()
        {
            pointed.explain(area.value(), self.helper, self.tip);
        }
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
    is_news.then(|| List {
        items,
        at: 0,
        entry: typed.text.clone(),
    })
}
