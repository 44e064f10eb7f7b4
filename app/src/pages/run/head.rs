//! The head of a run: the finding, its facts, and what can be done.

use super::finding::{Known, finding};
use super::model::Model;
use crate::api::{ExecutionDetail, RedriveStatus, RunStatus, Time, aws};
use crate::drafts;
use crate::pages::parts::{self, status_of};
use crate::pages::start::StartDialog;
use crate::pages::{paths, words};
use crate::text::pages::{self as shared, run as says};
use crate::ui::{Dialog, Glyph, Icon, Status};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

/// How the head looks: a run that waits for a person has that hue.
fn look(model: Model) -> Status {
    match model.status() {
        Some(RunStatus::Running) if !model.reviews.read().is_empty() => Status::Waiting,
        Some(status) => status_of(status),
        None => Status::Running,
    }
}

/// The finding and the facts.
#[component]
pub(super) fn Head(model: Model) -> impl IntoView {
    let found = Memo::new(move |_| {
        let log = model.log.read();
        let reviews = model.reviews.read();
        let now = model.now.get();
        let fault = model.fault();
        let known = Known {
            story: &log.story,
            status: model.status().unwrap_or(RunStatus::Running),
            fault: fault.as_ref(),
            now,
            zone: words::zone(now),
        };
        let found = finding(known, |state| reviews.iter().any(|r| r.state == state));
        (found.headline, found.more)
    });
    let status = Signal::derive(move || look(model));
    let disc = move || {
        let arc = if status.get() == Status::Running {
            " arc"
        } else {
            ""
        };
        format!("disc big {}{arc}", status.get().class())
    };
    let redriving = RwSignal::new(false);
    let can_redrive = Memo::new(move |_| model.detail.read().here().and_then(redrivable));
    view! {
        <section class=move || format!("run-head {}", status.get().class())>
            <span class=disc title=move || status.get().label()><Icon glyph=Signal::derive(move || status.get().glyph()) /></span>
            <div>
                <h1 aria-live="polite">{move || found.get().0}</h1>
                {move || found.get().1.map(|more| view! { <p>{more}</p> })}
            </div>
            <div class="run-acts">
                {move || model.reviews.get().into_iter().next().map(|review| view! {
                    <a class="btn primary" href=paths::review(&review.id)>{parts::icon(Glyph::Person)}{says::OPEN_REVIEW}</a>
                })}
                <Show when=move || can_redrive.get().is_some()>
                    <RedriveButton refusal=Signal::derive(move || can_redrive.get().and_then(Result::err)) open=redriving />
                </Show>
            </div>
            <Facts model=model />
            <RedriveDialog open=redriving model=model />
        </section>
    }
}

#[component]
fn Facts(model: Model) -> impl IntoView {
    let facts = move || {
        let detail = model.detail.read().here().cloned()?;
        let now = model.now.get();
        let zone = words::zone(detail.start_date);
        let until = detail.stop_date.unwrap_or(now);
        let took = words::duration(until.0 - detail.start_date.0);
        let case = detail
            .state_machine_arn
            .split_once('#')
            .map(|(_, case)| case.to_owned());
        Some(view! {
            <div><dt>{shared::STATUS}</dt><dd>{status_of(detail.status).label()}</dd></div>
            <div><dt>{shared::STARTED}</dt><dd>{words::when(detail.start_date, now, zone)}</dd></div>
            <div><dt>{if detail.stop_date.is_some() { shared::TOOK } else { says::SO_FAR }}</dt><dd>{took}</dd></div>
            {redriven(&detail, now).map(|words| view! { <div><dt>{says::REDRIVEN}</dt><dd>{words}</dd></div> })}
            {case.map(|c| view! { <div><dt>{says::SAMPLES}</dt><dd>{c}</dd></div> })}
        })
    };
    view! { <dl class="run-facts">{facts}</dl> }
}

/// How often the run was redriven, and when last.
fn redriven(detail: &ExecutionDetail, now: Time) -> Option<String> {
    let last = detail.redrive_date.filter(|_| detail.redrive_count > 0)?;
    let last = words::when(last, now, words::zone(last));
    Some(match detail.redrive_count {
        1 => last,
        count => says::redriven(count, &words::in_sentence(&last)),
    })
}

/// The buttons in the head of the page.
#[component]
pub(super) fn Actions(model: Model) -> impl IntoView {
    let stopping = RwSignal::new(false);
    let starting = RwSignal::new(false);
    let input = Signal::derive(move || {
        let detail = model.detail.read();
        detail
            .here()
            .and_then(|d| d.input.clone())
            .unwrap_or_else(|| "{}".to_owned())
    });
    let machine = Signal::derive(move || model.machine.get_value());
    view! {
        <Show when=move || model.is_running()>
            <button type="button" class="btn" on:click=move |_| stopping.set(true)>{parts::icon(Glyph::Stop)}{shared::STOP}</button>
        </Show>
        <Show when=move || model.detail.read().here().is_some()>
            <DryRunButton model=model input=input />
            <button type="button" class="btn" aria-label=says::NEW_RUN on:click=move |_| starting.set(true)>
                {parts::icon(Glyph::Play)}<span class="wide-only">{says::NEW_RUN}</span>
            </button>
        </Show>
        <StopDialog open=stopping model=model />
        <StartDialog open=starting machine=machine input=input />
    }
}

/// Opens the pipeline in the studio with this run's input. An existing draft keeps its text.
#[component]
fn DryRunButton(model: Model, input: Signal<String>) -> impl IntoView {
    let navigate = use_navigate();
    let fault = RwSignal::new(None::<String>);
    let open = move |_| {
        let navigate = navigate.clone();
        let (machine, input) = (model.machine.get_value(), input.get_untracked());
        spawn_local(async move {
            let result = match drafts::open(&machine).await {
                Ok(mut draft) => {
                    draft.input = crate::pages::json_text::pretty(&input);
                    drafts::save(&draft).map(drop).map_err(|e| e.to_string())
                }
                Err(error) => Err(error.to_string()),
            };
            match result {
                Ok(()) => navigate(
                    &paths::dry_run(&machine),
                    leptos_router::NavigateOptions::default(),
                ),
                Err(text) => drop(fault.try_set(Some(text))),
            }
        });
    };
    view! {
        <button type="button" class="btn" on:click=open aria-label=says::DRY_RUN title=says::DRY_RUN_HINT>
            {parts::icon(Glyph::Bug)}<span class="wide-only">{says::DRY_RUN}</span>
        </button>
        {move || fault.get().map(parts::refusal)}
    }
}

/// Asks before a run is stopped.
#[component]
fn StopDialog(open: RwSignal<bool>, model: Model) -> impl IntoView {
    let cause = RwSignal::new(String::new());
    let fault = RwSignal::new(None::<String>);
    let stop = move |()| {
        let Some(arn) = model
            .detail
            .read_untracked()
            .here()
            .map(|d| d.execution_arn.clone())
        else {
            return;
        };
        let cause = cause.get_untracked();
        spawn_local(async move {
            match aws::stop_execution(&arn, cause.trim()).await {
                Ok(()) => {
                    let _ = open.try_set(false);
                    model.read();
                }
                Err(error) => drop(fault.try_set(Some(error.to_string()))),
            }
        });
    };
    let title = shared::stop_question(&model.run.get_value());
    view! {
        <Dialog open=open title=title>
            <div class="dialog-body">
                <p>{shared::STOP_EFFECT}</p>
                <label class="stack">
                    <span class="label">{says::STOP_CAUSE}</span>
                    <span class="field"><input type="text" maxlength="500" bind:value=cause /></span>
                </label>
                {move || fault.get().map(parts::refusal)}
            </div>
            <footer class="dialog-foot">
                <button type="button" class="btn" on:click=move |_| open.set(false)>{shared::STOP_NOT}</button>
                <button type="button" class="btn danger" on:click=move |_| stop(())>{shared::STOP_NOW}</button>
            </footer>
        </Dialog>
    }
}

/// Whether a run that ended without success can go on, or why not; nothing for other runs.
fn redrivable(detail: &ExecutionDetail) -> Option<Result<(), String>> {
    match detail.status {
        RunStatus::Failed | RunStatus::TimedOut | RunStatus::Aborted => {}
        RunStatus::Running | RunStatus::PendingRedrive | RunStatus::Succeeded => return None,
    }
    let reason = detail.redrive_status_reason.clone();
    Some(match detail.redrive_status? {
        RedriveStatus::Redrivable => Ok(()),
        RedriveStatus::RedrivableByMapRun => Err(says::REDRIVEN_WITH_MAP.to_owned()),
        RedriveStatus::NotRedrivable => {
            Err(reason.unwrap_or_else(|| says::NOT_REDRIVABLE.to_owned()))
        }
    })
}

/// Opens the question. When the run cannot be redriven, the button can still be reached, so that it can say why.
#[component]
fn RedriveButton(refusal: Signal<Option<String>>, open: RwSignal<bool>) -> impl IntoView {
    let ask = move |_| {
        if refusal.read_untracked().is_none() {
            open.set(true);
        }
    };
    view! {
        <button type="button" class="btn" class:primary=move || refusal.read().is_none() on:click=ask aria-disabled=move || refusal.read().is_some().then_some("true") title=move || refusal.get()>
            {parts::icon(Glyph::Retry)}{says::REDRIVE}
        </button>
    }
}

/// Asks before a run goes on. One opening is one redrive, however often it is answered.
#[component]
fn RedriveDialog(open: RwSignal<bool>, model: Model) -> impl IntoView {
    let fault = RwSignal::new(None::<String>);
    let token = StoredValue::new(String::new());
    Effect::new(move |_| {
        if open.get() {
            fault.set(None);
            token.set_value(aws::client_token());
        }
    });
    let redrive = move |_| {
        let arn = |d: &ExecutionDetail| d.execution_arn.clone();
        let Some(arn) = model.detail.read_untracked().here().map(arn) else {
            return;
        };
        let token = token.get_value();
        spawn_local(async move {
            match aws::redrive_execution(&arn, &token).await {
                Ok(()) => drop(open.try_set(false)),
                Err(error) => drop(fault.try_set(Some(error.to_string()))),
            }
            // Also after a refusal: somebody else, or a request whose answer was lost, may have redriven it.
            model.go_on();
        });
    };
    let words = move || match model.status() {
        Some(RunStatus::Aborted) => says::REDRIVE_STOPPED,
        Some(RunStatus::TimedOut) => says::REDRIVE_TIMED_OUT,
        Some(
            RunStatus::Failed
            | RunStatus::Running
            | RunStatus::PendingRedrive
            | RunStatus::Succeeded,
        )
        | None => says::REDRIVE_FAILED,
    };
    let title = says::redrive_question(&model.run.get_value());
    view! {
        <Dialog open=open title=title>
            <div class="dialog-body">
                <p>{words}</p>
                {move || fault.get().map(parts::refusal)}
            </div>
            <footer class="dialog-foot">
                <button type="button" class="btn" on:click=move |_| open.set(false)>{says::REDRIVE_NOT}</button>
                <button type="button" class="btn primary" on:click=redrive>{says::REDRIVE_NOW}</button>
            </footer>
        </Dialog>
    }
}
