//! Sample results: which answer each task gives in a dry run. The text is AWS's mock file, so it serves elsewhere too.

use super::keep_sample::with_answers;
use super::runner::Runner;
use crate::text::{common, dry_run as text};
use crate::ui::{
    Button, ButtonLook, Choice, Dialog, JsonEditor, NumberField, Segmented, Select, TextField,
};
use asl::dry_run::mocks::{Answer, Entry, Latency, MockConfig, Response};
use asl::graph::StateType;
use leptos::prelude::*;
use serde_json::{Value, json};

/// The dialog: a form for each task, or the whole file.
#[component]
pub(super) fn Samples(runner: Runner, open: RwSignal<bool>) -> impl IntoView {
    let as_file = RwSignal::new(false);
    view! {
        <Dialog open=open title=text::SAMPLES wide=true>
            <div class="dialog-body">
                <div class="row">
                    <Segmented
                        label=text::HOW_TO_EDIT
                        choices=vec![Choice::new("tasks", text::BY_TASK), Choice::new("file", text::AS_FILE)]
                        value=Signal::derive(move || if as_file.get() { "file" } else { "tasks" }.to_owned())
                        on_change=move |word: String| as_file.set(word == "file")
                    />
                    <span class="end sm t2">{move || case_words(runner)}</span>
                </div>
                <Show when=move || as_file.get() fallback=move || view! { <Tasks runner=runner/> }>
                    <File runner=runner/>
                </Show>
            </div>
            <footer class="dialog-foot">
                <Button label=text::DONE look=ButtonLook::Primary on_press=move || open.set(false)/>
            </footer>
        </Dialog>
    }
}

fn case_words(runner: Runner) -> String {
    let case = runner.case.get();
    if case.is_empty() {
        text::NO_CASE.to_owned()
    } else {
        text::case(&runner.title(&case))
    }
}

/// The names of all tasks, in written order.
fn tasks(runner: Runner) -> Vec<String> {
    runner.session.outline().with(|outline| {
        let tasks = outline
            .states
            .iter()
            .filter(|state| state.kind == Some(StateType::Task));
        tasks.map(|state| state.name.to_string()).collect()
    })
}

#[component]
fn Tasks(runner: Runner) -> impl IntoView {
    view! {
        <ul class="sample-list">
            {move || {
                // The list follows the pipeline and the case; an edit of one task leaves the others' entries alone.
                runner.case.track();
                tasks(runner).into_iter().map(|state| view! { <Sample runner=runner state=state/> }).collect_view()
            }}
        </ul>
    }
}

#[component]
fn Sample(runner: Runner, state: String) -> impl IntoView {
    let name = state.clone();
    let responses = Memo::new(move |_| {
        runner.mocks.track();
        runner.case.track();
        runner.picked().responses(&name).to_vec()
    });
    let kind = runner.kind(&state);
    let state = StoredValue::new(state);
    let put = move |responses: Vec<Response>| store(runner, &state.get_value(), responses);
    let mode = Signal::derive(move || {
        match responses.get().as_slice() {
            [] => "ask",
            [only] if only.tasks() == 1 => match only.response.answer {
                Answer::Return(_) => "result",
                Answer::Throw { .. } => "error",
            },
            _ => "many",
        }
        .to_owned()
    });
    let change = move |word: String| match word.as_str() {
        "ask" => put(Vec::new()),
        "result" => put(vec![Response::at_once(Answer::Return(json!({})))]),
        "error" => put(vec![Response::at_once(failed("States.TaskFailed", ""))]),
        _ => {}
    };
    let choices = Signal::derive(move || {
        let mut choices = vec![
            Choice::new("ask", text::ASK),
            Choice::new("result", text::GIVES),
            Choice::new("error", text::FAILS),
        ];
        if mode.get() == "many" {
            choices.push(Choice::new("many", text::answers(count(&responses.get()))));
        }
        choices
    });
    let fixed = move || {
        let first = responses.get().into_iter().next();
        first.and_then(|first| fixed_ms(first.response.latency))
    };
    view! {
        <li class="sample">
            <div class="sample-name"><crate::ui::KindSquare kind=kind/><strong class="clip">{state.get_value()}</strong></div>
            <div class="stack">
                <div class="g2">
                    <Select label=text::IN_CASE choices=choices value=mode on_change=change/>
                    <Show when=move || matches!(mode.get().as_str(), "result" | "error") && fixed().is_some()>
                        <NumberField
                            label=text::AFTER
                            unit="ms"
                            hint=text::AFTER_HINT
                            value=Signal::derive(move || fixed().map(whole))
                            on_change=move |entry| if let Some(response) = first(responses) { put(vec![Response { latency: Latency::Exactly(millis(entry)), ..response }]); }
                        />
                    </Show>
                </div>
                {move || match mode.get().as_str() {
                    "result" => view! { <ResultField responses=responses put=put/> }.into_any(),
                    "error" => view! { <ErrorFields responses=responses put=put/> }.into_any(),
                    "many" => view! { <p class="sm t2">{text::SEVERAL}</p> }.into_any(),
                    _ => ().into_any(),
                }}
                {move || by_chance(&responses.get()).map(|words| view! { <p class="sm t2">{words}</p> })}
            </div>
        </li>
    }
}

/// The answer to the first task.
fn first(responses: Memo<Vec<Entry>>) -> Option<Response> {
    let first = responses.get_untracked().into_iter().next();
    first.map(|first| first.response)
}

fn count(responses: &[Entry]) -> u64 {
    responses.iter().map(|entry| u64::from(entry.tasks())).sum()
}

fn fixed_ms(latency: Latency) -> Option<u64> {
    match latency {
        Latency::Exactly(ms) => Some(ms),
        Latency::Between { .. } => None,
    }
}

/// What the only answer leaves to chance, in words.
fn by_chance(responses: &[Entry]) -> Option<String> {
    let [only] = responses else { return None };
    let response = &only.response;
    let latency = match response.latency {
        Latency::Exactly(_) => None,
        Latency::Between { min_ms, max_ms } => Some(text::takes(min_ms, max_ms)),
    };
    let failing = response.failing.as_ref().map(|failing| {
        let percent = (failing.rate * 100.0).round();
        text::fails_by_chance(&failing.error, percent)
    });
    let words: Vec<String> = latency.into_iter().chain(failing).collect();
    (!words.is_empty()).then(|| text::edit_as_file(&words))
}

fn failed(error: &str, cause: &str) -> Answer {
    Answer::Throw {
        error: error.to_owned(),
        cause: cause.to_owned(),
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "latencies stay far below 2^53 milliseconds"
)]
fn whole(ms: u64) -> f64 {
    ms as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the field gives whole numbers from 0"
)]
fn millis(entry: Option<f64>) -> u64 {
    entry.unwrap_or(0.0).max(0.0) as u64
}

#[component]
fn ResultField<P: Fn(Vec<Response>) + Copy + Send + Sync + 'static>(
    responses: Memo<Vec<Entry>>,
    put: P,
) -> impl IntoView {
    let value = Signal::derive(move || {
        match responses
            .get()
            .into_iter()
            .next()
            .map(|entry| entry.response.answer)
        {
            Some(Answer::Return(value)) => serde_json::to_string_pretty(&value).unwrap_or_default(),
            Some(Answer::Throw { .. }) | None => String::new(),
        }
    });
    let take = move |entry: Option<Value>| {
        let answer = Answer::Return(entry.unwrap_or(Value::Null));
        if let Some(response) = first(responses) {
            put(vec![Response { answer, ..response }]);
        }
    };
    view! { <JsonEditor label=text::RESULT value=value on_change=take rows=2/> }
}

#[component]
fn ErrorFields<P: Fn(Vec<Response>) + Copy + Send + Sync + 'static>(
    responses: Memo<Vec<Entry>>,
    put: P,
) -> impl IntoView {
    let parts = Memo::new(move |_| {
        match responses
            .get()
            .into_iter()
            .next()
            .map(|entry| entry.response.answer)
        {
            Some(Answer::Throw { error, cause }) => (error, cause),
            Some(Answer::Return(_)) | None => (String::new(), String::new()),
        }
    });
    let set = move |error: &str, cause: &str| {
        let answer = failed(error, cause);
        if let Some(response) = first(responses) {
            put(vec![Response { answer, ..response }]);
        }
    };
    view! {
        <div class="g2">
            <TextField label=common::ERROR mono=true value=Signal::derive(move || parts.get().0) on_change=move |error: String| set(&error, &parts.get_untracked().1)/>
            <TextField label=common::CAUSE value=Signal::derive(move || parts.get().1) on_change=move |cause: String| set(&parts.get_untracked().0, &cause)/>
        </div>
    }
}

/// Writes a task's answers into the case; a pipeline without sample results gets a first case.
fn store(runner: Runner, state: &str, responses: Vec<Response>) {
    let config = untrack(|| runner.config());
    let pipeline = runner.session.name().get_untracked();
    let case = runner.case.get_untracked();
    let written = with_answers(config, &pipeline, &case, state, responses);
    if let Some((text, name)) = written {
        runner.mocks.set(text);
        runner.case.set(name);
        runner.reset();
    }
}

#[component]
fn File(runner: Runner) -> impl IntoView {
    let wrong = RwSignal::new(None::<String>);
    let take = move |text: String| {
        if text.trim().is_empty() {
            wrong.set(None);
            runner.mocks.set(String::new());
            return;
        }
        match MockConfig::parse(&text) {
            Ok(_) => {
                wrong.set(None);
                runner.mocks.set(text);
                let cases = untrack(|| runner.cases());
                if !cases.contains(&runner.case.get_untracked()) {
                    runner
                        .case
                        .set(cases.into_iter().next().unwrap_or_default());
                }
                runner.reset();
            }
            Err(error) => wrong.set(Some(text::file_wrong(&error.to_string()))),
        }
    };
    view! {
        <crate::ui::TextArea
            label=text::FILE
            hint=text::FILE_HINT
            value=runner.mocks
            mono=true
            rows=18
            error=wrong
            on_change=take
        />
    }
}
