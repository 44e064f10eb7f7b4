//! The bar of the drawer: sample results, run controls, virtual time, how it stands.

use super::month::Month;
use super::runner::{Runner, Until};
use super::samples::Samples;
use crate::text::dry_run as text;
use crate::ui::{Button, Choice, Glyph, Icon, IconButton, StatusWord};
use asl::dry_run::Status as RunStatus;
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
    let over = Signal::derive(move || {
        matches!(
            runner.status.get(),
            Some(RunStatus::Finished(_) | RunStatus::Exhausted)
        )
    });
    let held = Signal::derive(move || over.get() || !runner.asks.with(Vec::is_empty));
    let at_start = Signal::derive(move || runner.position.get() == 0 || !runner.begun.get());
    let busy = Signal::derive(move || runner.busy.get());
    view! {
        <header class="drawer-head">
            <h2>{text::TITLE}</h2>
            <CasePicker runner=runner/>
            <IconButton label=text::SAMPLES_EDIT glyph=Glyph::Edit on_press=move || open.set(true)/>
            <IconButton label=text::COST glyph=Glyph::Cost disabled=Signal::derive(move || runner.transitions.get() == 0 || busy.get()) on_press=move || cost.set(true)/>
            <span class="sep"></span>
            <div class="transport" role="toolbar" aria-label=text::CONTROLS>
                <IconButton label=text::START_OVER glyph=Glyph::Restart disabled=Signal::derive(move || !runner.begun.get()) on_press=move || { runner.reset(); runner.trouble.set(None); }/>
                <IconButton label=text::STEP_BACK glyph=Glyph::StepBack disabled=Signal::derive(move || at_start.get() || busy.get()) on_press=move || runner.act(|run| run.go_to(run.position().saturating_sub(1)))/>
                {move || if runner.busy.get() {
                    view! { <Button label=text::STOP glyph=Glyph::Stop on_press=move || runner.halt()/> }.into_any()
                } else {
                    view! { <Button label=text::RUN glyph=Glyph::Play disabled=held title=text::RUN_HINT on_press=move || runner.go(Until::Breakpoint)/> }.into_any()
                }}
                <IconButton label=text::STEP glyph=Glyph::Step disabled=Signal::derive(move || held.get() || busy.get()) on_press=move || runner.act(|run| { run.step(); })/>
                <IconButton label=text::STEP_INTO glyph=Glyph::StepInto disabled=Signal::derive(move || held.get() || busy.get()) on_press=move || runner.act(|run| { run.step_state(); })/>
                <IconButton label=text::RUN_TO_END glyph=Glyph::FastForward disabled=Signal::derive(move || held.get() || busy.get()) on_press=move || runner.go(Until::End)/>
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
