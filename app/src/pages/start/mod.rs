//! The dialog that starts a run: name, input, and whether tasks answer with sample results or for real.

pub mod readiness;

use crate::api::{ApiError, TaskReadiness, aws, studio};
use crate::pages::cases::{Titles, titles};
use crate::pages::parts::{self, Load};
use crate::pages::{json_text, paths};
use crate::text::common;
use crate::text::pages::start as text;
use crate::ui::{Dialog, Glyph};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use readiness::{Outlook, cases, outlook};

/// What the dialog learned about the pipeline.
#[derive(Debug, Clone, PartialEq)]
struct Known {
    arn: String,
    mocks: String,
    cases: Vec<String>,
    titles: Titles,
    tasks: Vec<TaskReadiness>,
}

async fn learn(machine: &str) -> Result<Known, ApiError> {
    let all = aws::list_state_machines().await?;
    let found = all
        .into_iter()
        .find(|m| m.name == machine)
        .ok_or_else(|| ApiError::Refused {
            status: 404,
            code: "StateMachineDoesNotExist".to_owned(),
            message: text::not_deployed(machine),
        })?;
    let mocks = studio::mocks(machine)
        .await
        .ok()
        .flatten()
        .unwrap_or_default();
    let tasks = studio::readiness(machine).await?;
    Ok(Known {
        arn: found.state_machine_arn,
        cases: cases(&mocks, machine),
        titles: titles().await,
        mocks,
        tasks,
    })
}

/// What was chosen so far.
#[derive(Clone, Copy)]
struct Form {
    name: RwSignal<String>,
    input: RwSignal<String>,
    /// The case of the sample results; none is for real.
    case: RwSignal<Option<String>>,
    fault: RwSignal<Option<String>>,
    sending: RwSignal<bool>,
}

/// Starts a run of a deployed pipeline, then opens its page.
#[component]
pub fn StartDialog(
    /// Whether it is open; the dialog sets it back.
    open: RwSignal<bool>,
    /// The pipeline's name.
    #[prop(into)]
    machine: Signal<String>,
    /// The input that it begins with, as JSON text.
    #[prop(into)]
    input: Signal<String>,
) -> impl IntoView {
    let known = RwSignal::new(Load::Asked);
    let form = Form {
        name: RwSignal::new(String::new()),
        input: RwSignal::new(String::new()),
        case: RwSignal::new(None),
        fault: RwSignal::new(None),
        sending: RwSignal::new(false),
    };
    Effect::new(move |_| {
        if open.get() {
            begin(machine.get_untracked(), &input.get_untracked(), form, known);
        }
    });
    let title = Signal::derive(move || text::title(&machine.get()));
    view! {
        <Dialog open=open title=title wide=true>
            <Content form=form known=known machine=machine open=open />
        </Dialog>
    }
}

fn begin(machine: String, input: &str, form: Form, known: RwSignal<Load<Known>>) {
    form.input.set(json_text::pretty(input));
    form.fault.set(None);
    form.name.set(String::new());
    known.set(Load::Asked);
    spawn_local(async move {
        let learned = learn(&machine).await;
        if let Ok(known) = &learned {
            let unserved = known.tasks.iter().any(|t| !t.served);
            let case = known.cases.first().cloned().filter(|_| unserved);
            let _ = form.case.try_set(case);
        }
        let _ = known.try_set(learned.into());
    });
}

#[component]
fn Content(
    form: Form,
    known: RwSignal<Load<Known>>,
    machine: Signal<String>,
    open: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <div class="dialog-body start">
            {move || match known.get() {
                Load::Asked => view! { <p class="t3" role="status">{text::ASKING}</p> }.into_any(),
                Load::Failed(error) => parts::trouble(&error, move || {
                    begin(machine.get_untracked(), &form.input.get_untracked(), form, known);
                }).into_any(),
                Load::Here(known) => how(form, &known).into_any(),
            }}
            {input_field(form)}
            {name_field(form)}
            {move || form.fault.get().map(parts::refusal)}
        </div>
        <Foot form=form known=known machine=machine open=open />
    }
}

fn input_field(form: Form) -> impl IntoView {
    let fault = move || {
        json_text::check(&form.input.read())
            .err()
            .map(|f| f.to_string())
    };
    view! {
        <label class="stack">
            <span class="label">{text::INPUT}</span>
            <textarea
                class="area mono"
                rows="8"
                spellcheck="false"
                bind:value=form.input
                aria-invalid=move || fault().is_some().to_string()
            ></textarea>
            {move || fault().map(|t| view! { <span class="field-error" role="alert">{t}</span> })}
        </label>
    }
}

fn name_field(form: Form) -> impl IntoView {
    view! {
        <label class="stack">
            <span class="label">{text::NAME}</span>
            <span class="field"><input type="text" maxlength="80" placeholder=text::NAME_HINT bind:value=form.name /></span>
        </label>
    }
}

fn how(form: Form, known: &Known) -> impl IntoView + use<> {
    let for_real = Memo::new(move |_| form.case.read().is_none());
    let first = known.cases.first().cloned();
    let none = known.cases.is_empty();
    let outlook_of = {
        let known = known.clone();
        move || {
            outlook(
                &known.tasks,
                &known.mocks,
                form.case.read().as_deref(),
                &known.cases,
            )
        }
    };
    view! {
        <fieldset class="ways">
            <legend class="label">{text::WAYS}</legend>
            <label class="way" class:off=none>
                <input
                    type="radio"
                    name="way"
                    disabled=none
                    prop:checked=move || !for_real.get()
                    on:change=move |_| form.case.set(first.clone())
                />
                <span><strong>{text::WITH_SAMPLES}</strong>
                    <small>{if none { text::NO_SAMPLES } else { text::WITH_SAMPLES_HINT }}</small>
                </span>
            </label>
            {case_picker(form, for_real, &known.cases, &known.titles)}
            <label class="way">
                <input type="radio" name="way" prop:checked=for_real on:change=move |_| form.case.set(None) />
                <span><strong>{text::FOR_REAL}</strong><small>{text::FOR_REAL_HINT}</small></span>
            </label>
        </fieldset>
        {move || said(&outlook_of())}
    }
}

fn case_picker(
    form: Form,
    for_real: Memo<bool>,
    cases: &[String],
    titles: &Titles,
) -> impl IntoView + use<> {
    let titled: Vec<(String, String)> = cases
        .iter()
        .map(|case| (case.clone(), titles.title(case, cases)))
        .collect();
    let cases = StoredValue::new(titled);
    view! {
        <Show when=move || !for_real.get() && cases.with_value(|c| !c.is_empty())>
            <div class="cases" role="radiogroup" aria-label=text::CASE>
                {cases.get_value().into_iter().map(|(case, title)| one_case(form, case, title)).collect_view()}
            </div>
        </Show>
    }
}

fn one_case(form: Form, case: String, title: String) -> impl IntoView {
    let (mine, name) = (case.clone(), case.clone());
    let checked = move || form.case.read().as_deref() == Some(mine.as_str());
    view! {
        <label class="case" title=name>
            <input type="radio" name="case" prop:checked=checked on:change=move |_| form.case.set(Some(case.clone())) />
            {title}
        </label>
    }
}

/// What will happen, task by task where it matters.
fn said(outlook: &Outlook) -> impl IntoView + use<> {
    let unserved = (!outlook.unserved.is_empty()).then(|| {
        let rows: Vec<_> = outlook
            .unserved
            .iter()
            .map(|t| {
                let why = t
                    .reason
                    .clone()
                    .unwrap_or_else(|| text::unserved(&t.resource));
                view! { <li><strong>{t.state.clone()}</strong>" – "{why}</li> }
            })
            .collect();
        view! {
            <div class="trouble warn" role="status">
                {parts::icon(Glyph::Warning)}
                <div><p>{text::UNSERVED}</p><ul>{rows}</ul></div>
            </div>
        }
    });
    let people = (!outlook.people.is_empty()).then(|| {
        let waits = text::waits_for_people(&outlook.people);
        view! { <p class="t2 row">{parts::icon(Glyph::Person)}{waits}</p> }
    });
    view! { {unserved}{people} }
}

#[component]
fn Foot(
    form: Form,
    known: RwSignal<Load<Known>>,
    machine: Signal<String>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let navigate = use_navigate();
    let start = move |_| {
        let Some(known) = known.read_untracked().here().cloned() else {
            return;
        };
        let navigate = navigate.clone();
        let machine = machine.get_untracked();
        let arn = match form.case.get_untracked() {
            Some(case) => format!("{}#{case}", known.arn),
            None => known.arn,
        };
        form.sending.set(true);
        spawn_local(async move {
            let name = Some(form.name.get_untracked().trim().to_owned()).filter(|n| !n.is_empty());
            let result =
                aws::start_execution(&arn, name.as_deref(), &form.input.get_untracked()).await;
            let _ = form.sending.try_set(false);
            match result {
                Ok(arn) => {
                    let _ = open.try_set(false);
                    let run = arn.rsplit(':').next().unwrap_or_default().to_owned();
                    navigate(&paths::run(&machine, &run), NavigateOptions::default());
                }
                Err(error) => drop(form.fault.try_set(Some(error.to_string()))),
            }
        });
    };
    let blocked = move || {
        form.sending.get()
            || known.read().here().is_none()
            || json_text::check(&form.input.read()).is_err()
    };
    view! {
        <footer class="dialog-foot">
            <button type="button" class="btn" on:click=move |_| open.set(false)>{common::CANCEL}</button>
            <button type="button" class="btn primary" disabled=blocked on:click=start>
                {parts::icon(Glyph::Play)}{move || if form.sending.get() { text::STARTING } else { text::START }}
            </button>
        </footer>
    }
}
