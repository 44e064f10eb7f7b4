//! All events of a run, page by page, with a search; each opens to its details.

use super::model::Model;
use super::story::Story;
use crate::api::RunEvent;
use crate::pages::{parts, words};
use crate::text::pages::run as text;
use crate::ui::{Glyph, Icon};
use leptos::prelude::*;
use std::sync::Arc;

/// Events on one page.
const PAGE: usize = 100;

/// Whether an event speaks of something that went wrong.
fn went_wrong(kind: &str) -> bool {
    ["Failed", "TimedOut", "Aborted"]
        .iter()
        .any(|end| kind.ends_with(end))
}

/// The state that an event belongs to.
fn state_of(story: &Story, event: &RunEvent) -> String {
    let visit = story.visit_of(event.id).and_then(|ix| story.visit(ix));
    visit.map_or_else(String::new, |v| v.state.to_string())
}

/// "TaskStateEntered" as words: "Task state entered".
fn plain(kind: &str) -> String {
    crate::pages::review::evidence::label_of(kind)
}

/// Events that speak of what was searched for: in their type, their state or their details.
fn found(
    events: &[Arc<RunEvent>],
    story: &Story,
    wanted: &str,
    wrong_only: bool,
) -> Vec<Arc<RunEvent>> {
    let wanted = wanted.trim().to_lowercase();
    let speaks = |e: &RunEvent| {
        wanted.is_empty()
            || e.kind.to_lowercase().contains(&wanted)
            || plain(&e.kind).to_lowercase().contains(&wanted)
            || state_of(story, e).to_lowercase().contains(&wanted)
            || e.details.to_string().to_lowercase().contains(&wanted)
    };
    events
        .iter()
        .filter(|e| (!wrong_only || went_wrong(&e.kind)) && speaks(e))
        .cloned()
        .collect()
}

/// The table of events.
#[component]
pub(super) fn Events(model: Model) -> impl IntoView {
    let wanted = RwSignal::new(String::new());
    let wrong_only = RwSignal::new(false);
    let page = RwSignal::new(0_usize);
    let open = RwSignal::new(None::<u64>);
    let matching = Memo::new(move |_| {
        let log = model.log.read();
        found(&log.events, &log.story, &wanted.read(), wrong_only.get())
    });
    Effect::new(move |_| {
        wanted.track();
        wrong_only.track();
        page.set(0);
    });
    let shown = move || {
        let log = model.log.read();
        let all = matching.read();
        let rows = all.iter().skip(page.get() * PAGE).take(PAGE);
        rows.map(|e| row(e, state_of(&log.story, e), open))
            .collect_view()
    };
    view! {
        <div class="run-events">
            <div class="row events-bar">
                <label class="field search">
                    {parts::icon(Glyph::Search)}
                    <input type="search" placeholder=text::FIND_EVENT aria-label=text::FIND_EVENT bind:value=wanted />
                </label>
                <label class="check"><input type="checkbox" bind:checked=wrong_only />{text::ONLY_WRONG}</label>
                <span class="end"></span>
                <Pager page=page total=Signal::derive(move || matching.read().len()) />
            </div>
            <div class="run-rows">
                <table>
                    <thead><tr>
                        <th scope="col" class="num c-id">{text::EVENT_NUMBER}</th><th scope="col">{text::EVENT}</th>
                        <th scope="col">{text::STATE}</th><th scope="col" class="num c-time">{text::WHEN}</th>
                    </tr></thead>
                    <tbody>{shown}</tbody>
                </table>
                {move || matching.read().is_empty().then(|| view! { <p class="run-note t3">{text::NO_EVENT}</p> })}
            </div>
        </div>
    }
}

#[component]
fn Pager(page: RwSignal<usize>, #[prop(into)] total: Signal<usize>) -> impl IntoView {
    let last = Signal::derive(move || total.get().saturating_sub(1) / PAGE);
    let words = move || {
        let total = total.get();
        let from = page.get() * PAGE;
        text::page_of((from + 1).min(total), (from + PAGE).min(total), total)
    };
    view! {
        <Show when=move || { total.get() > PAGE }>
            <span class="sm t2">{words}</span>
            <button type="button" class="btn quiet icon" aria-label=text::EARLIER disabled=move || page.get() == 0
                on:click=move |_| page.update(|p| *p = p.saturating_sub(1))>{parts::icon(Glyph::Left)}</button>
            <button type="button" class="btn quiet icon" aria-label=text::LATER disabled=move || { page.get() >= last.get() }
                on:click=move |_| page.update(|p| *p = (*p + 1).min(last.get_untracked()))>{parts::icon(Glyph::Right)}</button>
        </Show>
    }
}

fn row(event: &Arc<RunEvent>, state: String, open: RwSignal<Option<u64>>) -> impl IntoView + use<> {
    let id = event.id;
    let opened = move || open.get() == Some(id);
    let class = if went_wrong(&event.kind) { "wrong" } else { "" };
    let glyph = Signal::derive(move || if opened() { Glyph::Down } else { Glyph::Right });
    let toggle = move |_| open.update(|o| *o = if *o == Some(id) { None } else { Some(id) });
    let inner = Arc::clone(event);
    view! {
        <tr class=class class:sel=opened>
            <td class="num c-id t3">{id}</td>
            <td>
                <button type="button" class="nm" aria-expanded=move || opened().to_string() title=event.kind.clone() on:click=toggle>
                    <Icon glyph=glyph />{plain(&event.kind)}
                </button>
            </td>
            <td>{state}</td>
            <td class="num c-time">{words::clock_exact(event.time, words::zone(event.time))}</td>
        </tr>
        {move || opened().then(|| view! {
            <tr class="opened"><td colspan="4">{parts::json(&details(&inner))}</td></tr>
        })}
    }
}

/// The details of an event, with JSON text inside laid out as JSON.
fn details(event: &RunEvent) -> String {
    let mut value = event.details.clone();
    if let Some(members) = value.as_object_mut() {
        for member in ["input", "output", "parameters", "cause"] {
            let inner = members
                .get(member)
                .and_then(|v| v.as_str())
                .and_then(|t| serde_json::from_str(t).ok());
            if let Some(inner) = inner {
                members.insert(member.to_owned(), inner);
            }
        }
    }
    let whole = serde_json::json!({"type": event.kind, "previousEventId": event.previous, "details": value});
    whole.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Time;
    use serde_json::json;

    fn event(id: u64, kind: &str, details: serde_json::Value) -> RunEvent {
        RunEvent {
            id,
            previous: id - 1,
            time: Time(0),
            kind: kind.into(),
            details,
        }
    }

    #[test]
    fn a_search_finds_type_state_and_details() {
        let events = [
            event(1, "ExecutionStarted", json!({"input": "{\"shop\":7}"})),
            event(2, "TaskStateEntered", json!({"name": "Train"})),
            event(3, "TaskScheduled", json!({})),
            event(4, "TaskFailed", json!({"error": "Oops"})),
        ];
        let story = Story::of(&events);
        let all: Vec<_> = events.into_iter().map(Arc::new).collect();
        let ids = |wanted, wrong| {
            found(&all, &story, wanted, wrong)
                .iter()
                .map(|e| e.id)
                .collect::<Vec<_>>()
        };
        assert_eq!(ids("train", false), [2, 3, 4]);
        assert_eq!(ids("shop", false), [1]);
        assert_eq!(ids("state entered", false), [2]);
        assert_eq!(ids("", true), [4]);
    }

    #[test]
    fn json_inside_an_event_is_shown_as_json() {
        let text = details(&event(1, "ExecutionStarted", json!({"input": "{\"a\":1}"})));
        assert!(text.contains(r#""input":{"a":1}"#), "{text}");
    }
}
