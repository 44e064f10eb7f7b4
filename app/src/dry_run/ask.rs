//! A task without a sample result holds the run up and asks: what did it give, or how did it fail?

use super::question::question;
use super::runner::Runner;
use crate::text::{common, dry_run as text};
use crate::ui::{
    Button, ButtonLook, Choice, Glyph, JsonView, KindSquare, Segmented, TextField, json,
};
use asl::dry_run::mocks::Answer;
use asl::machine::TaskRequest;
use leptos::prelude::*;
use serde_json::Value;

/// All tasks that wait for an answer.
#[component]
pub(super) fn Asks(runner: Runner) -> impl IntoView {
    view! {
        <div class="asks">
            <For each=move || runner.asks.get() key=|ask| (ask.task, ask.attempt) let:ask>
                <Ask runner=runner ask=ask/>
            </For>
        </div>
    }
}

#[component]
fn Ask(runner: Runner, ask: TaskRequest) -> impl IntoView {
    let kind = runner.kind(&ask.state);
    let (title, (form, seen)) = if runner.asks_person(&ask.state) {
        (text::ask_decision(&ask.state), question(runner, &ask))
    } else {
        (text::ask_result(&ask.state), work(runner, &ask))
    };
    let heading = title.clone();
    view! {
        <section class="ask" aria-label=heading>
            <div class="ask-form stack">
                <div class="row">
                    <KindSquare kind=kind/>
                    <h3 class="ask-title">{title}</h3>
                </div>
                {form}
            </div>
            <div class="ask-input">{seen}</div>
        </section>
    }
}

/// Where the result of a task is given, and what the task got.
fn work(runner: Runner, ask: &TaskRequest) -> (AnyView, AnyView) {
    let input = ask.input.to_string();
    let form = view! { <Give runner=runner ask=ask.clone()/> };
    let seen = view! {
        <span class="label">{text::TASK_GOT}</span>
        <JsonView text=input/>
    };
    (form.into_any(), seen.into_any())
}

/// A result or an error.
#[component]
fn Give(runner: Runner, ask: TaskRequest) -> impl IntoView {
    let fails = RwSignal::new(false);
    let result = RwSignal::new("{}".to_owned());
    let error = RwSignal::new("States.TaskFailed".to_owned());
    let cause = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<String>);
    let task = ask.task;
    let give = move || {
        if fails.get_untracked() {
            runner.answer(
                task,
                Answer::Throw {
                    error: error.get_untracked(),
                    cause: cause.get_untracked(),
                },
            );
            return;
        }
        match json::read(&result.get_untracked()) {
            Ok(value) => runner.answer(task, Answer::Return(value.unwrap_or(Value::Null))),
            Err(why) => wrong.set(Some(why)),
        }
    };
    let attempt =
        (ask.attempt > 0).then(|| view! { <p class="sm t2">{text::attempt(ask.attempt + 1)}</p> });
    view! {
        {attempt}
        <Segmented
            label=text::ENDS
            small=true
            choices=vec![Choice::new("result", text::GIVES), Choice::new("error", text::FAILS)]
            value=Signal::derive(move || if fails.get() { "error" } else { "result" }.to_owned())
            on_change=move |word: String| fails.set(word == "error")
        />
        <Show when=move || !fails.get() fallback=move || view! {
            <TextField label=common::ERROR value=error mono=true on_input=move |text: String| error.set(text) on_change=move |text: String| error.set(text)/>
            <TextField label=common::CAUSE value=cause on_input=move |text: String| cause.set(text) on_change=move |text: String| cause.set(text)/>
        }>
            <crate::ui::TextArea label=text::RESULT value=result mono=true rows=3 error=wrong on_input=move |text: String| { wrong.set(None); result.set(text); } on_change=move |text: String| result.set(text)/>
        </Show>
        <div class="row">
            <Button label=text::ANSWER glyph=Glyph::Check look=ButtonLook::Primary on_press=give/>
        </div>
    }
}
