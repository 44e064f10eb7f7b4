//! Before a dry run: its input, and how to begin.

use super::runner::{Runner, Until};
use crate::text::dry_run as text;
use crate::ui::{Button, ButtonLook, Glyph, json};
use leptos::prelude::*;

/// The input, and the button that begins.
#[component]
pub(super) fn Begin(runner: Runner) -> impl IntoView {
    let wrong = Memo::new(move |_| json::read(&runner.input.get()).err());
    view! {
        <div class="dry-run-begin">
            <div class="begin-input">
                <label class="label" for="dry-run-input">{text::INPUT}</label>
                <textarea
                    id="dry-run-input"
                    class="area mono"
                    class:bad=move || wrong.with(Option::is_some)
                    spellcheck="false"
                    wrap="off"
                    aria-describedby="dry-run-input-error"
                    aria-invalid=move || wrong.with(Option::is_some).to_string()
                    prop:value=move || runner.input.get()
                    on:input=move |event| runner.input.set(event_target_value(&event))
                ></textarea>
                <p id="dry-run-input-error" class="field-error" role="alert" hidden=move || wrong.with(Option::is_none)>{move || wrong.get()}</p>
            </div>
            <div class="begin-words stack">
                <h3>{text::BEGIN}</h3>
                <p class="t2">{text::BEGIN_HINT}</p>
                <p class="t2">{text::BEGIN_STOP}</p>
                <div class="row">
                    <Button label=text::RUN glyph=Glyph::Play look=ButtonLook::Primary on_press=move || runner.go(Until::Breakpoint)/>
                    <Button label=text::BEGIN_STEP glyph=Glyph::Step on_press=move || runner.act(|run| { run.step_state(); })/>
                </div>
                <p class="field-error" role="alert" hidden=move || runner.trouble.with(Option::is_none)>{move || runner.trouble.get()}</p>
            </div>
        </div>
    }
}
