//! Before a dry run: its input, and how to begin.

use super::runner::{Runner, Until};
use crate::ui::{Button, ButtonLook, Glyph, json};
use leptos::prelude::*;

/// The input, and the button that begins.
#[component]
pub(super) fn Begin(runner: Runner) -> impl IntoView {
    let wrong = Memo::new(move |_| json::read(&runner.input.get()).err());
    view! {
        <div class="dry-run-begin">
            <div class="begin-input">
                <label class="label" for="dry-run-input">"Input"</label>
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
                <h3>"A run without any service"</h3>
                <p class="t2">
                    "The pipeline runs here in the browser, on virtual time, with the same engine as on the server. Tasks give their sample results; a task without one stops and asks you."
                </p>
                <p class="t2">"Stop before a state: select it and press B, or use “Stop here in a dry run” in the inspector."</p>
                <div class="row">
                    <Button label="Run" glyph=Glyph::Play look=ButtonLook::Primary on_press=move || runner.go(Until::Breakpoint)/>
                    <Button label="Step into the first state" glyph=Glyph::Step on_press=move || runner.act(|run| { run.step_state(); })/>
                </div>
                <p class="field-error" role="alert" hidden=move || runner.trouble.with(Option::is_none)>{move || runner.trouble.get()}</p>
            </div>
        </div>
    }
}
