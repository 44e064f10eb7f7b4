//! The list of what can be written at the cursor of a field, under it or under the line of the cursor.

use super::caret;
use super::options::{OptionLine, led};
use super::tried::marked;
use crate::text::ui as text;
use leptos::html;
use leptos::prelude::*;

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
    pub(super) fn taken(&self, entry: &str) -> (String, (usize, usize)) {
        let before = entry.get(..self.from).unwrap_or_default();
        let after = entry.get(self.to..).unwrap_or_default();
        let (start, end) = self.stop.unwrap_or((self.insert.len(), self.insert.len()));
        (
            format!("{before}{}{after}", self.insert),
            (self.from + start, self.from + end),
        )
    }

    /// Whether taking it would change nothing.
    pub(super) fn is_written(&self, entry: &str) -> bool {
        entry.get(self.from..self.to) == Some(&*self.insert)
    }
}

/// The open list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct List {
    pub(super) items: Vec<Offered>,
    /// The one that the keys are on.
    pub(super) at: usize,
    /// The entry that the places are of.
    pub(super) entry: String,
}

impl List {
    /// The place that a key leads to; none for keys that move nothing.
    pub(super) fn moved(&self, key: &str) -> Option<usize> {
        led(key, self.at, self.items.len())
    }
}

/// The list.
#[component]
pub(super) fn Offers(
    id: String,
    area: NodeRef<html::Textarea>,
    list: RwSignal<Option<List>>,
    #[prop(into)] on_pick: UnsyncCallback<usize>,
    /// Whether it stands under the line of the cursor, else under the field.
    #[prop(optional)]
    under_line: bool,
) -> impl IntoView {
    let popover = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let (true, Some(popover), Some(area)) =
            (list.with(Option::is_some), popover.get(), area.get())
        {
            match caret::line_of(&area).filter(|_| under_line) {
                Some(line) => super::menu_list::place_between(&area, line, &popover),
                None => super::menu_list::place_at(&area, &popover),
            }
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
                // A long list scrolls, so it must be in reach of those who move through the page by other means than our keys.
                <div id=id.get_value() role="listbox" tabindex="0" aria-label=text::OFFERS>
                    {move || items.get().into_iter().enumerate().map(|(index, item)| {
                        view! {
                            <OptionLine id=format!("{}-{index}", id.get_value()) index=index at=at on_pick=on_pick>
                                <span class="mono clip">{item.label}</span>
                                <span class="sm t3 clip">{item.detail}</span>
                            </OptionLine>
                        }
                    }).collect_view()}
                </div>
                <div class="offer-docs">{docs}</div>
            </div>
        </Show>
    }
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
}
