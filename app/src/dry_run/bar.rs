//! The bar of the drawer: sample results, run controls, virtual time, how it stands.

use super::acts::DryAct;
use super::month::Month;
use super::runner::Runner;
use super::samples::Samples;
use crate::commands::Desk;
use crate::session::Ask;
use crate::text::dry_run as text;
use crate::ui::{Button, Choice, Glyph, Icon, IconButton, StatusWord};
use leptos::callback::Callable;
use leptos::prelude::*;

/// Time as `00:14:32.400`.
fn clock(ms: i64) -> String {
    let ms = ms.max(0);
    let (seconds, rest) = (ms / 1000, ms % 1000);
    format!(
        "{:02}:{:02}:{:02}.{rest:03}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

#[component]
pub(super) fn Bar(runner: Runner, #[prop(into)] on_close: UnsyncCallback<()>) -> impl IntoView {
    let open = RwSignal::new(false);
    let cost = RwSignal::new(false);
    let act = move |act: DryAct| match act {
        DryAct::Samples => open.set(true),
        DryAct::Cost => cost.set(true),
        act => runner.carry_out(act),
    };
    answer(runner, act);
    let tool = move |done: DryAct, label: &'static str, glyph: Glyph| {
        let cannot = Signal::derive(move || runner.refusal(done).is_some());
        view! { <IconButton label=label glyph=glyph disabled=cannot on_press=move || act(done)/> }
    };
    let held = Signal::derive(move || runner.refusal(DryAct::Run).is_some());
    view! {
        <header class="drawer-head">
            <h2>{text::TITLE}</h2>
            <CasePicker runner=runner/>
            {tool(DryAct::Samples, text::SAMPLES_EDIT, Glyph::Edit)}
            {tool(DryAct::Cost, text::COST, Glyph::Cost)}
            <span class="sep"></span>
            <div class="transport" role="toolbar" aria-label=text::CONTROLS>
                {tool(DryAct::StartOver, text::START_OVER, Glyph::Restart)}
                {tool(DryAct::StepBack, text::STEP_BACK, Glyph::StepBack)}
                {move || if runner.busy.get() {
                    view! { <Button label=text::STOP glyph=Glyph::Stop on_press=move || act(DryAct::Stop)/> }.into_any()
                } else {
                    view! { <Button label=text::RUN glyph=Glyph::Play disabled=held title=text::RUN_HINT on_press=move || act(DryAct::Run)/> }.into_any()
                }}
                {tool(DryAct::Step, text::STEP, Glyph::Step)}
                {tool(DryAct::StepInto, text::STEP_INTO, Glyph::StepInto)}
                {tool(DryAct::RunToEnd, text::RUN_TO_END, Glyph::FastForward)}
            </div>
            <span class="sep"></span>
            <Icon glyph=Glyph::Clock/>
            <span class="vclock" title=text::VIRTUAL_TIME>{move || clock(runner.now_ms.get() - runner.start_ms.get())}</span>
            <span class="sm t3 virtual">{text::VIRTUAL}</span>
            <span class="end"></span>
            {move || runner.words().map(|(status, words)| {
                let said = words.clone();
                view! { <span class="run-word" role="status" title=words><StatusWord status=status words=Signal::derive(move || said.clone())/></span> }
            })}
            <Show when=move || runner.begun.get()>
                <span class="sm t3 nowrap">{move || text::step_of(runner.position.get(), runner.length.get())}</span>
            </Show>
            <IconButton label=text::CLOSE glyph=Glyph::Cross on_press=move || on_close.run(())/>
        </header>
        <Samples runner=runner open=open/>
        <Month runner=runner open=cost/>
    }
}

/// Does what commands ask, and tells them what cannot be done.
fn answer(runner: Runner, act: impl Fn(DryAct) + Copy + 'static) {
    if let Some(desk) = use_context::<Desk>() {
        desk.serve_dry_run(UnsyncCallback::new(move |act| runner.refusal(act)));
    }
    let ask = runner.session.ask();
    Effect::new(move || {
        if let Some(Ask::DryRun(wanted)) = ask.get() {
            ask.set(None);
            untrack(|| act(wanted));
        }
    });
}

#[component]
fn CasePicker(runner: Runner) -> impl IntoView {
    let choices = Signal::derive(move || {
        let mut choices: Vec<Choice> = runner
            .cases()
            .into_iter()
            .map(|case| Choice::new(case.clone(), runner.title(&case)))
            .collect();
        choices.push(Choice::new("", text::ASK_ALWAYS));
        choices
    });
    let change = move |event: web_sys::Event| {
        runner.case.set(event_target_value(&event));
        if runner.begun.get_untracked() {
            runner.reset();
            runner.trouble.set(None);
        }
    };
    view! {
        <label class="case-picker">
            <span class="sr">{text::SAMPLES}</span>
            <div class="field pick-one">
                <select on:change=change title=text::SAMPLES_HINT>
                    {move || {
                        let picked = runner.case.get();
                        choices.get().into_iter().map(|choice| {
                            let selected = *choice.value == *picked;
                            view! { <option value=choice.value prop:selected=selected>{choice.label}</option> }
                        }).collect_view()
                    }}
                </select>
                <Icon glyph=Glyph::Down size="s"/>
            </div>
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn virtual_time_is_shown_to_the_millisecond() {
        assert_eq!(clock(872_400), "00:14:32.400");
        assert_eq!(clock(-5), "00:00:00.000");
    }
}
