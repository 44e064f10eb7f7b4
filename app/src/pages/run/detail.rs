//! One state of a run: its tries, the pauses between them, and the values that went in and came out.

use super::model::Model;
use super::states::{kind_of, runs_elsewhere, status};
use super::story::{Attempt, Condition, Fault, Items, Place, Visit, VisitIx};
use crate::pages::json_text::fault_text;
use crate::pages::parts::{self, CopyButton};
use crate::pages::{paths, words};
use crate::text::pages::run as says;
use crate::ui::{Choice, Glyph, KindSquare, Segmented, Select, Status, StatusDisc};
use leptos::prelude::*;
use std::sync::Arc;

/// The panel of the selected state.
#[component]
pub(super) fn Detail(model: Model, picked: Memo<Option<Arc<str>>>) -> impl IntoView {
    // None shows the visit that tells most.
    let wanted = RwSignal::new(None::<VisitIx>);
    Effect::new(move |_| {
        picked.track();
        wanted.set(None);
    });
    let shown = Memo::new(move |_| {
        let name = picked.get()?;
        let first = model.marks.read().states.get(&name).map(|m| m.shown);
        let ix = wanted.get().or(first)?;
        model.log.read().story.visit(ix).cloned().map(|v| (ix, v))
    });
    view! {
        <section class="run-detail" aria-label=move || picked.get().map_or_else(String::new, |p| p.to_string())>
            {move || match (picked.get(), shown.get()) {
                (Some(name), Some((ix, visit))) => one(model, &name, ix, visit, wanted),
                (Some(name), None) => view! { <p class="run-note t3">{absent(model, &name)}</p> }.into_any(),
                (None, _) => view! { <p class="run-note t3">{says::NOTHING_HAPPENED}</p> }.into_any(),
            }}
        </section>
    }
}

/// Why this run has nothing to tell of a state.
fn absent(model: Model, name: &str) -> String {
    let outline = model.session.outline();
    if runs_elsewhere(&outline.read(), &model.log.read().story, name) {
        says::runs_elsewhere(name)
    } else {
        says::state_not_reached(name)
    }
}

fn one(
    model: Model,
    name: &Arc<str>,
    ix: VisitIx,
    visit: Visit,
    wanted: RwSignal<Option<VisitIx>>,
) -> AnyView {
    let kind = kind_of(model, name);
    let waiting = model
        .marks
        .read()
        .states
        .get(name)
        .is_some_and(|m| m.mark == super::marks::Mark::Waiting);
    let link = {
        let outline = model.session.outline().get_untracked();
        let node = outline.states.iter().find(|s| s.name == *name);
        node.map(|n| paths::studio_state(&model.machine.get_value(), &n.pointer.to_string()))
    };
    view! {
        <header>
            <KindSquare kind=kind />
            <h2 class="clip">{name.to_string()}</h2>
            <span class="t3 sm">{kind.label()}</span>
            <span class="end"></span>
            {visits(model, name, ix, wanted)}
            {link.map(|l| view! { <a class="btn quiet" href=l>{says::SHOW_STATE}</a> })}
        </header>
        <ol class="tries">{tries(&visit, words::now().0, waiting)}</ol>
        <Values visit=visit />
    }
    .into_any()
}

/// A list of the visits of a state, when there are several.
fn visits(
    model: Model,
    name: &Arc<str>,
    ix: VisitIx,
    wanted: RwSignal<Option<VisitIx>>,
) -> impl IntoView + use<> {
    let log = model.log.read();
    let all: Vec<(VisitIx, Option<u64>)> = log
        .story
        .visits_of(name)
        .map(|(i, v)| (i, v.iteration))
        .collect();
    let choices: Vec<Choice> = all
        .iter()
        .enumerate()
        .map(|(n, (i, iteration))| {
            let label = iteration.map_or_else(|| says::visit(n + 1), |item| says::item(item + 1));
            Choice::new(i.0.to_string(), label)
        })
        .collect();
    (choices.len() > 1).then(|| {
        let take = move |v: String| wanted.set(v.parse().ok().map(VisitIx));
        view! { <Select label=says::VISIT choices=choices value=ix.0.to_string() on_change=take /> }
    })
}

fn tries(visit: &Visit, now: i64, waiting: bool) -> Vec<AnyView> {
    let mut list = Vec::new();
    if let Some(items) = visit.items {
        list.push(progress(items).into_any());
    }
    if visit.attempts.is_empty() {
        list.push(single(visit, now).into_any());
    }
    for (i, attempt) in visit.attempts.iter().enumerate() {
        if let Some(before) = i.checked_sub(1).and_then(|p| visit.attempts[p].ended) {
            let waited = words::duration(attempt.started.0 - before.0);
            let words = says::waited(&waited, attempt.after_redrive);
            list.push(view! { <li class="gap"><i></i><span>{words}</span></li> }.into_any());
        }
        let last = i + 1 == visit.attempts.len();
        list.push(attempt_row(attempt, i, last.then_some(visit), now, waiting).into_any());
    }
    list
}

fn progress(items: Items) -> impl IntoView {
    let failed = (items.failed > 0).then(|| says::items_failed(items.failed));
    let done = match items.place {
        Place::Here => says::items_done(items.succeeded, items.total),
        Place::Elsewhere => says::ITEMS_ELSEWHERE.to_owned(),
    };
    view! { <li class="plain"><span>{done}{failed}</span></li> }
}

fn visit_status(visit: &Visit) -> Status {
    match &visit.condition {
        Condition::Running => Status::Running,
        Condition::Succeeded => Status::Succeeded,
        Condition::Caught(_) | Condition::Failed(_) => Status::Failed,
        Condition::TimedOut(_) => Status::TimedOut,
        Condition::Aborted => Status::Aborted,
    }
}

fn single(visit: &Visit, now: i64) -> impl IntoView + use<> {
    let status = visit_status(visit);
    view! {
        <li class="sel">
            <StatusDisc status=status /><span class="med">{status.label()}</span>
            <span class="sm t2">{words::duration(visit.took(crate::api::Time(now)))}</span>
        </li>
    }
}

fn attempt_row(
    attempt: &Attempt,
    index: usize,
    last_of: Option<&Visit>,
    now: i64,
    waiting: bool,
) -> impl IntoView + use<> {
    let status = match (&attempt.outcome, last_of) {
        (Some(Ok(())), _) => Status::Succeeded,
        (Some(Err(fault)), _) if fault.error == "States.Timeout" => Status::TimedOut,
        (Some(Err(_)), _) => Status::Failed,
        (None, Some(_)) if waiting => Status::Waiting,
        (None, Some(visit)) => visit_status(visit),
        (None, None) => status(super::marks::Mark::Aborted),
    };
    let took = words::duration(attempt.ended.map_or(now, |e| e.0) - attempt.started.0);
    let note = last_of.and_then(|visit| ending(visit, attempt, waiting));
    view! {
        <li class:sel=last_of.is_some()>
            <StatusDisc status=status />
            <span class:med=last_of.is_some()>{says::attempt(index + 1)}</span>
            <span class="sm t2">{took}</span>
            {note.map(|n| view! { <small>{n}</small> })}
        </li>
    }
}

/// What came of the last try.
fn ending(visit: &Visit, attempt: &Attempt, waiting: bool) -> Option<String> {
    let failed = matches!(attempt.outcome, Some(Err(_)));
    match &visit.condition {
        Condition::Running if failed => Some(says::WAITS_FOR_ATTEMPT.to_owned()),
        Condition::Running if waiting => Some(says::WAITS_FOR_ANSWER.to_owned()),
        Condition::Running => Some(says::UNDER_WAY.to_owned()),
        Condition::Caught(_) => Some(says::CAUGHT.to_owned()),
        Condition::Failed(_) | Condition::TimedOut(_) => Some(says::NOT_CAUGHT.to_owned()),
        Condition::Aborted => Some(says::ENDED_OUTSIDE.to_owned()),
        Condition::Succeeded => None,
    }
}

/// A value to look at: its name and its JSON text.
fn values_of(visit: &Visit) -> Vec<(&'static str, String)> {
    let mut values = Vec::new();
    let text = |t: &Option<Arc<str>>| t.as_ref().map(|t| t.to_string());
    let last = visit.attempts.last();
    if let Some(input) = text(&visit.input) {
        values.push((says::INPUT, input));
    }
    if let Some(arguments) = last.and_then(|a| text(&a.arguments)) {
        values.push((says::ARGUMENTS, arguments));
    }
    if let Some(result) = last.and_then(|a| text(&a.result)) {
        values.push((says::RESULT, result));
    }
    if let Some(Fault { error, cause }) = last_fault(visit) {
        values.push((says::ERROR, fault_text(&error, &cause)));
    }
    if let Some(output) = text(&visit.output) {
        values.push((says::OUTPUT, output));
    }
    values
}

fn last_fault(visit: &Visit) -> Option<Fault> {
    let tried = visit.attempts.iter().rev().find_map(|a| match &a.outcome {
        Some(Err(fault)) => Some(fault.clone()),
        Some(Ok(())) | None => None,
    });
    visit.last_fault().or(tried)
}

/// The value shown first: the error of a state that failed, else what it gave, else what it was given.
fn first_value(values: &[(&'static str, String)], failed: bool) -> &'static str {
    let order: [&str; 3] = if failed {
        [says::ERROR, says::OUTPUT, says::INPUT]
    } else {
        [says::OUTPUT, says::ARGUMENTS, says::INPUT]
    };
    let found = order
        .iter()
        .find_map(|o| values.iter().find(|(n, _)| n == o));
    found.or(values.first()).map_or(says::INPUT, |(n, _)| *n)
}

#[component]
fn Values(visit: Visit) -> impl IntoView {
    let values = values_of(&visit);
    let shown = RwSignal::new(first_value(&values, visit.last_fault().is_some()).to_owned());
    let choices: Vec<Choice> = values.iter().map(|(n, _)| Choice::new(*n, *n)).collect();
    let values = StoredValue::new(values);
    let text = Signal::derive(move || {
        let shown = shown.read();
        values
            .with_value(|v| v.iter().find(|(n, _)| *n == *shown).map(|(_, t)| t.clone()))
            .unwrap_or_default()
    });
    view! {
        <div class="vals">
            <div class="row">
                <Segmented label=says::VALUE choices=choices value=shown on_change=move |v| shown.set(v) small=true />
                <span class="end sm t3">{move || says::bytes(text.read().len())}</span>
                <CopyButton text=text />
            </div>
            {move || if text.read().is_empty() {
                view! { <p class="run-note t3">{parts::icon(Glyph::Info)}{says::NO_VALUES}</p> }.into_any()
            } else {
                parts::json(&text.read()).into_any()
            }}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_state_shows_its_error_first() {
        let values = [
            ("Input", String::new()),
            ("Error", String::new()),
            ("Output", String::new()),
        ];
        assert_eq!(first_value(&values, true), "Error");
        assert_eq!(first_value(&values, false), "Output");
        assert_eq!(first_value(&values[..1], true), "Input");
    }
}
