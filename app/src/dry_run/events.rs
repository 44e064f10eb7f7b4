//! The events of the run, with their details.

use super::runner::Runner;
use crate::api::RunEvent;
use crate::text::dry_run as text;
use crate::ui::{Badge, JsonView};
use leptos::html;
use leptos::prelude::*;

/// More events than these are not listed; the latest are.
const MOST: usize = 400;

/// Time since the start as `14:26.400`.
fn clock(ms: i64) -> String {
    let ms = ms.max(0);
    format!("{:02}:{:02}.{:03}", ms / 60_000, ms / 1000 % 60, ms % 1000)
}

/// The list; the details of the picked event stand under it.
#[component]
pub(super) fn Events(runner: Runner) -> impl IntoView {
    let count = Memo::new(move |_| runner.events.with(|events| events.len()));
    let picked = RwSignal::new(None::<u64>);
    let list = NodeRef::<html::Ol>::new();
    let shown = Memo::new(move |_| {
        let events = runner.events.get();
        events
            .iter()
            .skip(events.len().saturating_sub(MOST))
            .cloned()
            .collect::<Vec<_>>()
    });
    Effect::new(move || {
        count.track();
        if let Some(list) = list.get() {
            request_animation_frame(move || list.set_scroll_top(list.scroll_height()));
        }
    });
    let details = move || {
        let events = runner.events.get();
        let event = picked
            .get()
            .and_then(|id| events.iter().find(|event| event.id == id).cloned())?;
        Some(event.details.to_string())
    };
    view! {
        <div class="dry-run-events">
            <div class="col-head">
                <span class="med">{text::EVENTS}</span>
                <Badge text=Signal::derive(move || count.get().to_string())/>
            </div>
            <ol class="evs" node_ref=list aria-label=text::EVENTS>
                <For each=move || shown.get() key=|event| (event.id, event.kind.clone(), event.time.0) let:event>
                    <Line runner=runner event=event picked=picked/>
                </For>
            </ol>
            {move || details().map(|text| view! { <div class="ev-details"><JsonView text=text label=text::EVENT_DETAILS/></div> })}
        </div>
    }
}

#[component]
fn Line(runner: Runner, event: RunEvent, picked: RwSignal<Option<u64>>) -> impl IntoView {
    let id = event.id;
    let at = clock(event.time.0 - runner.start_ms.get_untracked());
    let latest = Memo::new(move |_| {
        runner
            .events
            .with(|events| events.last().map(|event| event.id))
            == Some(id)
    });
    let visit = move || runner.story.with(|story| story.visit_of(id));
    let mine = Memo::new(move |_| visit().is_some() && visit() == runner.visit.get());
    let pick = move |_| {
        picked.update(|picked| *picked = if *picked == Some(id) { None } else { Some(id) });
        if let Some(visit) = runner.story.with_untracked(|story| story.visit_of(id)) {
            runner.show(visit);
        }
    };
    view! {
        <li class:sel=move || picked.get() == Some(id) class:mine=move || mine.get() class:now=move || latest.get()>
            <button type="button" on:click=pick aria-expanded=move || (picked.get() == Some(id)).to_string()>
                <span class="n">{id}</span>
                <span class="tm">{at}</span>
                <span class="clip">{event.kind}</span>
            </button>
        </li>
    }
}
