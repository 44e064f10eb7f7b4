//! A comparison of two texts: in words, as text, on the graph.

use super::graph::{GraphView, status};
use super::words::{fate, field, read, summary};
use super::{Changes, Diff, FieldChange, StateChange, changed_lines, diff};
use crate::document::laid_out;
use crate::text::compare as text;
use crate::ui::{Choice, Icon, Kind, StatusDisc, Tabs};
use asl::text::{Format, Pointer};
use leptos::prelude::*;
use std::sync::Arc;

/// The most fields of one state that are listed.
const MOST_FIELDS: usize = 12;

/// Two texts and what changed between them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Compared {
    pub(super) before: Arc<str>,
    pub(super) after: Arc<str>,
    /// None when one of them cannot be read.
    pub(super) changes: Option<Changes>,
}

impl Compared {
    fn of(before: Arc<str>, after: Arc<str>) -> Self {
        let (old, new) = (read(&before), read(&after));
        let are_whole = old.faults().is_empty() && new.faults().is_empty();
        Self {
            changes: are_whole.then(|| Changes::between(&old, &new)),
            before,
            after,
        }
    }

    /// The lines that differ: of both texts as they stand, or as JSON when their notations differ.
    fn lines(&self) -> Diff {
        if Format::of_text(&self.before) == Format::of_text(&self.after) || self.changes.is_none() {
            return diff(&self.before, &self.after);
        }
        diff(&laid_out(&self.before), &laid_out(&self.after))
    }
}

/// A state that is picked in the list, to be shown on the graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pick {
    pub(super) before: Option<Pointer>,
    pub(super) after: Option<Pointer>,
    pub(super) is_gone: bool,
}

const WORDS: &str = "words";
const TEXT: &str = "text";
const GRAPH: &str = "graph";

/// What changed from one text to another.
#[component]
pub fn Comparison(
    /// The older text.
    #[prop(into)]
    before: Signal<Arc<str>>,
    /// The newer text.
    #[prop(into)]
    after: Signal<Arc<str>>,
) -> impl IntoView {
    let compared = Memo::new(move |_| Compared::of(before.get(), after.get()));
    let tab = RwSignal::new(WORDS.to_owned());
    let pick = RwSignal::new(None::<Pick>);
    let tabs = vec![
        Choice::new(WORDS, text::IN_WORDS),
        Choice::new(TEXT, text::AS_TEXT),
        Choice::new(GRAPH, text::ON_GRAPH),
    ];
    let take = move |word| {
        pick.set(None);
        tab.set(word);
    };
    view! {
        <section class="compare" aria-label=text::TITLE>
            <Tabs label=text::TABS tabs=Signal::stored(tabs) value=tab on_change=take/>
            {move || match (tab.get().as_str(), compared.read().changes.is_some()) {
                (TEXT, _) => as_text(&compared.read()).into_any(),
                (_, false) => unread().into_any(),
                (GRAPH, true) => view! { <GraphView compared=compared pick=pick/> }.into_any(),
                (_, true) => listed(&compared.read(), tab, pick).into_any(),
            }}
        </section>
    }
}

fn unread() -> impl IntoView {
    view! { <p class="hint compare-none">{text::UNREADABLE}</p> }
}

fn as_text(compared: &Compared) -> AnyView {
    let lines = compared.lines();
    if lines.added + lines.removed == 0 {
        return view! { <p class="hint compare-none">{text::SAME_TEXT}</p> }.into_any();
    }
    view! {
        <p class="hint">
            <span class="added">{text::lines_added(lines.added)}</span>{text::BETWEEN_LINES}
            <span class="removed">{text::lines_removed(lines.removed)}</span>{text::AFTER_LINES_REMOVED}
        </p>
        {changed_lines(&lines)}
    }
    .into_any()
}

fn listed(compared: &Compared, tab: RwSignal<String>, pick: RwSignal<Option<Pick>>) -> AnyView {
    let changes = compared.changes.clone().unwrap_or_default();
    if compared.before == compared.after {
        return view! { <p class="hint compare-none">{text::SAME}</p> }.into_any();
    }
    let states = changes.states.iter().map(|change| state(change, tab, pick));
    view! {
        <p class="hint" role="status">{format!("{}.", summary(&changes))}</p>
        <ul class="compare-list">
            {(!changes.machine.is_empty()).then(|| machine(&changes.machine))}
            {states.collect_view()}
        </ul>
    }
    .into_any()
}

fn machine(fields: &[FieldChange]) -> impl IntoView + use<> {
    view! {
        <li>
            <StatusDisc status=crate::ui::Status::Changed/>
            <div><p><strong>{text::MACHINE}</strong></p>{fields_of(fields)}</div>
        </li>
    }
}

fn state(
    change: &StateChange,
    tab: RwSignal<String>,
    pick: RwSignal<Option<Pick>>,
) -> impl IntoView + use<> {
    let picked = Pick {
        before: change.before.clone(),
        after: change.after.clone(),
        is_gone: change.after.is_none(),
    };
    let show = move |_| {
        pick.set(Some(picked.clone()));
        tab.set(GRAPH.to_owned());
    };
    let kind = Kind::of_type(change.kind);
    view! {
        <li>
            <StatusDisc status=status(change.sort())/>
            <div>
                <p class="row">
                    <span class=format!("compare-kind {}", kind.class())><Icon glyph=kind.glyph()/></span>
                    <button type="button" class="link" title=text::SHOW_ON_GRAPH on:click=show>{change.name.clone()}</button>
                    <span class="t2">{fate(change)}</span>
                </p>
                {fields_of(&change.fields)}
            </div>
        </li>
    }
}

fn fields_of(fields: &[FieldChange]) -> Option<impl IntoView + use<>> {
    let more = fields.len().saturating_sub(MOST_FIELDS);
    let lines: Vec<String> = fields.iter().take(MOST_FIELDS).map(field).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <ul class="compare-fields">
                {lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
                {(more > 0).then(|| view! { <li class="t3">{text::more_fields(more)}</li> })}
            </ul>
        }
    })
}
