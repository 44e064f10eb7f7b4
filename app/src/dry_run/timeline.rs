//! The states of the run with bars over virtual time.

use super::runner::Runner;
use crate::api::Time;
use crate::pages::run::marks::{Look, Mark, stretches};
use crate::pages::run::story::{Story, VisitIx};
use crate::pages::words::duration;
use crate::text::dry_run as text;
use crate::ui::{Icon, Status};
use leptos::prelude::*;
use std::sync::Arc;

/// One state of the run.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    state: Arc<str>,
    depth: usize,
    latest: VisitIx,
    over: bool,
}

/// The states in order of first entering, each once.
fn rows(story: &Story) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (index, visit) in story.visits.iter().enumerate() {
        let latest = VisitIx(index);
        match rows.iter_mut().find(|row| row.state == visit.state) {
            Some(row) => {
                row.latest = latest;
                row.over = visit.ended.is_some();
            }
            None => rows.push(Row {
                state: visit.state.clone(),
                depth: story.depth(latest),
                latest,
                over: visit.ended.is_some(),
            }),
        }
    }
    rows
}

fn status(mark: Mark) -> Status {
    match mark {
        Mark::Running => Status::Running,
        Mark::Waiting => Status::Waiting,
        Mark::Succeeded => Status::Succeeded,
        Mark::Failed => Status::Failed,
        Mark::TimedOut => Status::TimedOut,
        Mark::Aborted => Status::Aborted,
        Mark::Skipped => Status::Skipped,
    }
}

fn class(look: Look) -> String {
    match look {
        Look::Work(mark) => format!("bar {}", status(mark).class()),
        Look::Around(mark) => format!("bar soft {}", status(mark).class()),
        Look::Backoff => "bar backoff".to_owned(),
    }
}

/// Names, bars, the present moment.
#[component]
pub(super) fn Timeline(runner: Runner) -> impl IntoView {
    let list = Memo::new(move |_| rows(&runner.story.get()));
    let span = Memo::new(move |_| (runner.now_ms.get() - runner.start_ms.get()).max(1));
    view! {
        <div class="dry-run-states">
            <div class="col-head">
                <span>{text::STATES}</span>
                <div class="axis" aria-hidden="true">
                    <span>"0"</span>
                    <span>{move || (span.get() > 1).then(|| duration(span.get() / 2))}</span>
                    <span>{move || (span.get() > 1).then(|| duration(span.get()))}</span>
                </div>
            </div>
            <ul class="dry-run-list">
                {move || {
                    let story = runner.story.get();
                    let now = Time(runner.now_ms.get_untracked());
                    list.get().into_iter().map(|row| {
                        let bars = stretches(&story, &row.state, now, |state| runner.asks_person(state));
                        view! { <StateRow runner=runner row=row bars=bars span=span.get()/> }
                    }).collect_view()
                }}
            </ul>
        </div>
    }
}

#[component]
fn StateRow(
    runner: Runner,
    row: Row,
    bars: Vec<crate::pages::run::marks::Stretch>,
    span: i64,
) -> impl IntoView {
    let kind = runner.kind(&row.state);
    let name = row.state.clone();
    let selected = Memo::new(move |_| {
        let story = runner.story.get();
        runner
            .visit
            .get()
            .and_then(|visit| story.visit(visit))
            .is_some_and(|visit| visit.state == name)
    });
    #[expect(
        clippy::cast_precision_loss,
        reason = "times are far below 2^53 milliseconds"
    )]
    let share = move |ms: i64| ms as f64 / span as f64 * 100.0;
    let latest = row.latest;
    let took: i64 = bars.iter().map(|bar| bar.to_ms - bar.from_ms).sum();
    view! {
        <li class=kind.class() class:sel=move || selected.get() class:now=!row.over>
            <button type="button" on:click=move |_| runner.show(latest) title=format!("{}, {}", row.state, duration(took))>
                <span class="state-name" style:padding-inline-start=format!("{}px", row.depth * 14)>
                    <Icon glyph=kind.glyph() size="s"/>
                    <span class="clip">{row.state.to_string()}</span>
                </span>
                <span class="track" aria-hidden="true">
                    {bars.into_iter().map(|bar| view! {
                        <i
                            class=class(bar.look)
                            style:left=format!("{:.2}%", share(bar.from_ms).min(99.0))
                            style:width=format!("{:.2}%", share(bar.to_ms - bar.from_ms))
                        ></i>
                    }).collect_view()}
                </span>
            </button>
        </li>
    }
}
