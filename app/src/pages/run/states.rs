//! The states of a run as a table with a bar for each on one scale of time.

use super::marks::{Look, Mark, Marks, Stretch, stretches};
use super::model::Model;
use super::story::{Place, Story};
use super::timeline::{percent, ticks};
use crate::api::Time;
use crate::pages::words;
use crate::text::pages::{self as shared, run as text};
use crate::ui::{Glyph, Icon, Kind, Status, StatusWord};
use asl::graph::{Outline, StateNode};
use leptos::prelude::*;
use std::collections::HashSet;
use std::sync::Arc;

/// How a mark is shown.
pub(super) fn status(mark: Mark) -> Status {
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

/// The state to show first: what waits, works or failed; else the latest.
pub(super) fn most_telling(marks: &Marks) -> Option<Arc<str>> {
    let weight = |m: Mark| match m {
        Mark::Waiting => 5,
        Mark::Failed => 4,
        Mark::TimedOut => 3,
        Mark::Running => 2,
        Mark::Aborted => 1,
        Mark::Succeeded | Mark::Skipped => 0,
    };
    let telling = marks
        .states
        .iter()
        .max_by_key(|(_, m)| (weight(m.mark), m.attempts > 0, m.entered, m.shown));
    telling.map(|(name, _)| Arc::clone(name))
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    name: Arc<str>,
    kind: Kind,
    depth: usize,
    mark: Mark,
    caught: bool,
    attempts: usize,
    visits: usize,
    took_ms: i64,
    stretches: Vec<Stretch>,
}

/// One row for each state that was entered, in order of first entering.
fn rows(story: &Story, marks: &Marks, now: Time, kind: impl Fn(&str) -> Kind) -> Vec<Row> {
    let mut seen: HashSet<Arc<str>> = HashSet::new();
    let mut rows = Vec::new();
    for (i, visit) in story.visits.iter().enumerate() {
        let Some(mark) = marks
            .states
            .get(&visit.state)
            .filter(|_| seen.insert(Arc::clone(&visit.state)))
        else {
            continue;
        };
        let waiting = mark.mark == Mark::Waiting;
        rows.push(Row {
            name: Arc::clone(&visit.state),
            kind: kind(&visit.state),
            depth: story.depth(super::story::VisitIx(i)),
            mark: mark.mark,
            caught: mark.caught,
            attempts: mark.attempts,
            visits: mark.visits,
            took_ms: mark.took_ms,
            stretches: stretches(story, &visit.state, now, |_| waiting),
        });
    }
    rows
}

/// Names in the definition that the run did not come by, nor any execution of its own.
fn not_reached(outline: &Outline, story: &Story, marks: &Marks) -> Vec<Arc<str>> {
    outline
        .states
        .iter()
        .filter(|s| !marks.states.contains_key(&s.name) && !is_elsewhere(outline, story, s))
        .map(|s| Arc::clone(&s.name))
        .collect()
}

/// Whether a state is inside a Map whose items this run gave to executions of their own.
pub(super) fn runs_elsewhere(outline: &Outline, story: &Story, name: &str) -> bool {
    let state = outline.states.iter().find(|s| &*s.name == name);
    state.is_some_and(|s| is_elsewhere(outline, story, s))
}

fn is_elsewhere(outline: &Outline, story: &Story, state: &StateNode) -> bool {
    let owner = |s: &StateNode| outline.state(outline.block(s.block)?.owner?);
    std::iter::successors(owner(state), |s| owner(s)).any(|around| {
        let mut visits = story.visits_of(&around.name);
        visits.any(|(_, v)| v.items.is_some_and(|items| items.place == Place::Elsewhere))
    })
}

/// The kind of a state by its name.
pub(super) fn kind_of(model: Model, name: &str) -> Kind {
    let outline = model.session.outline().get();
    let node = outline.states.iter().find(|s| *s.name == *name);
    node.map_or(Kind::Unknown, |node| {
        Kind::of(&model.session.document().read(), node)
    })
}

/// The table of states.
#[component]
pub(super) fn States(model: Model, picked: Memo<Option<Arc<str>>>) -> impl IntoView {
    let total = Memo::new(move |_| {
        let log = model.log.read();
        let end = log.story.end.as_ref().map_or(model.now.get(), |e| e.time);
        log.story.started.map_or(1, |s| (end.0 - s.0).max(1))
    });
    let rows = Memo::new(move |_| {
        rows(
            &model.log.read().story,
            &model.marks.read(),
            model.now.get(),
            |name| kind_of(model, name),
        )
    });
    let open = RwSignal::new(false);
    let rest = Memo::new(move |_| {
        not_reached(
            &model.session.outline().read(),
            &model.log.read().story,
            &model.marks.read(),
        )
    });
    view! {
        <div class="run-rows" tabindex="-1">
            <table>
                <thead>
                    <tr>
                        <th scope="col">{text::STATE}</th>
                        <th scope="col" class="c-status">{shared::STATUS}</th>
                        <th scope="col" class="num c-tries">{text::ATTEMPTS}</th>
                        <th scope="col" class="num c-took">{shared::TOOK}</th>
                        <th scope="col" class="c-track"><Scale total=total /></th>
                    </tr>
                </thead>
                <tbody>
                    {move || rows.read().iter().map(|r| row(model, picked, total.get(), r)).collect_view()}
                    {move || (!rest.read().is_empty() && model.drawn.get()).then(|| rest_row(open, rest))}
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Scale(total: Memo<i64>) -> impl IntoView {
    let marks = move || {
        ticks(total.get())
            .into_iter()
            .map(|t| view! { <span style=format!("left:{:.2}%", percent(t.at_ms, total.get()))>{t.label}</span> })
            .collect_view()
    };
    view! { <div class="ticks"><span class="first">"0"</span>{marks}<span class="last">{move || words::duration(total.get())}</span></div> }
}

fn row(
    model: Model,
    picked: Memo<Option<Arc<str>>>,
    total: i64,
    row: &Row,
) -> impl IntoView + use<> {
    let name = Arc::clone(&row.name);
    let mine = Arc::clone(&row.name);
    let chosen = move || picked.read().as_deref() == Some(&*mine);
    let attempts = match (row.attempts, row.visits) {
        (0, 1) => "–".to_owned(),
        (0, visits) => text::visits(visits),
        (attempts, _) => attempts.to_string(),
    };
    let status = status(row.mark);
    let words = if row.caught {
        text::caught(status.label())
    } else {
        status.label().to_owned()
    };
    let class = format!("nm {}", row.kind.class());
    view! {
        <tr class:sel=chosen.clone() aria-selected=move || chosen().to_string() on:click=move |_| super::select(model, &name)>
            <td>
                <button type="button" class=class style=format!("--ind:{}", row.depth)>
                    <Icon glyph=row.kind.glyph() /><span class="clip">{row.name.to_string()}</span>
                </button>
            </td>
            <td class="c-status"><StatusWord status=status words=words /></td>
            <td class="num c-tries">{attempts}</td>
            <td class="num c-took">{words::duration(row.took_ms)}</td>
            <td class="c-track"><span class="track">{row.stretches.iter().map(|s| bar(*s, total)).collect_view()}</span></td>
        </tr>
    }
}

fn bar(stretch: Stretch, total: i64) -> impl IntoView {
    let class = match stretch.look {
        Look::Work(Mark::Waiting) => format!("bar hold {}", status(Mark::Waiting).class()),
        Look::Work(mark) => format!("bar {}", status(mark).class()),
        Look::Around(mark) => format!("bar soft {}", status(mark).class()),
        Look::Backoff => "bar backoff".to_owned(),
    };
    let left = percent(stretch.from_ms, total);
    let width = percent(stretch.to_ms, total) - left;
    view! { <i class=class style=format!("left:{left:.3}%;width:{width:.3}%")></i> }
}

fn rest_row(open: RwSignal<bool>, rest: Memo<Vec<Arc<str>>>) -> impl IntoView {
    let label = move || text::not_reached(rest.read().len());
    let glyph = Signal::derive(move || {
        if open.get() {
            Glyph::Down
        } else {
            Glyph::Right
        }
    });
    view! {
        <tr class="skip">
            <td colspan="5">
                <button type="button" class="nm" aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|o| *o = !*o)>
                    <Icon glyph=glyph />{label}
                </button>
            </td>
        </tr>
        {move || open.get().then(|| rest.get().into_iter().map(|name| view! {
            <tr class="skip"><td colspan="5"><span class="nm" style="--ind:1">{name.to_string()}</span></td></tr>
        }).collect_view())}
    }
}

#[cfg(test)]
mod tests {
    use super::super::marks::marks;
    use super::*;
    use crate::api::RunEvent;
    use asl::text::Document;
    use serde_json::json;

    fn story() -> Story {
        let event = |id: u64, previous, kind: &str, name: &str| RunEvent {
            id,
            previous,
            time: Time(i64::try_from(id).expect("small") * 1000),
            kind: kind.into(),
            details: json!({"name": name, "error": "Oops"}),
        };
        Story::of(&[
            event(1, 0, "ExecutionStarted", ""),
            event(2, 0, "TaskStateEntered", "A"),
            event(3, 2, "TaskScheduled", ""),
            event(4, 3, "TaskFailed", ""),
            event(5, 4, "TaskStateExited", "A"),
            event(6, 5, "PassStateEntered", "B"),
            event(7, 6, "PassStateExited", "B"),
        ])
    }

    #[test]
    fn the_failed_state_is_shown_before_those_that_went_well() {
        let marks = marks(&story(), Time(9000), |_| false);
        assert_eq!(most_telling(&marks).as_deref(), Some("A"));
    }

    #[test]
    fn what_runs_in_executions_of_its_own_is_not_called_unreached() {
        let text = r#"{"StartAt": "M", "States": {
            "M": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "One", "States": {"One": {"Type": "Pass", "End": true}}}},
            "Other": {"Type": "Pass", "End": true}}}"#;
        let outline = Outline::of(&Document::parse(text));
        let event = |id: u64, kind: &str| RunEvent {
            id,
            previous: id.saturating_sub(1),
            time: Time(0),
            kind: kind.into(),
            details: json!({"name": "M", "length": 2}),
        };
        let mut events = vec![event(1, "MapStateEntered"), event(2, "MapStateStarted")];
        let left = |events: &[RunEvent]| {
            let story = Story::of(events);
            let marks = marks(&story, Time(0), |_| false);
            not_reached(&outline, &story, &marks)
        };
        assert_eq!(left(&events), ["One".into(), "Other".into()]);
        events.push(event(3, "MapRunStarted"));
        assert_eq!(left(&events), ["Other".into()]);
    }

    #[test]
    fn a_state_has_one_row_in_order_of_entering() {
        let story = story();
        let marks = marks(&story, Time(9000), |_| false);
        let rows = rows(&story, &marks, Time(9000), |_| Kind::Task);
        assert_eq!(
            rows.iter().map(|r| &*r.name).collect::<Vec<_>>(),
            ["A", "B"]
        );
        assert!(rows[0].caught);
    }
}
