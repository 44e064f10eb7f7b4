//! The studio's top bar.

use super::keep::Keeper;
use super::layout::{Drawer, Middle, Panels};
use crate::commands::{Command, CommandItem, Desk};
use crate::pages::paths;
use crate::text::{common, studio as text};
use crate::ui::{
    Button, ButtonLook, Choice, Glyph, Icon, IconButton, Mark, Menu, Segmented, ThemeToggle,
};
use leptos::prelude::*;

/// What the bar asks of the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asks {
    pub(super) deploy: RwSignal<bool>,
    pub(super) start: RwSignal<bool>,
}

/// Where one is, what can be done.
#[component]
pub(super) fn TopBar(
    keeper: Keeper,
    panels: Panels,
    asks: Asks,
    narrow: ReadSignal<bool>,
) -> impl IntoView {
    view! {
        <header class="studio-top">
            <div class="row">
                <Place keeper=keeper/>
                <Show when=move || !narrow.get()>
                    <span class="sep"></span>
                    <Steps keeper=keeper/>
                </Show>
            </div>
            <Show when=move || !narrow.get()>
                <ViewSwitch panels=panels/>
            </Show>
            <div class="row studio-acts">
                <ProblemsButton keeper=keeper panels=panels/>
                <ThemeToggle/>
                <Show when=move || !narrow.get()>
                    <MoreMenu/>
                    <span class="sep"></span>
                    <a class="btn quiet" href=move || paths::runs(&keeper.session().name().get())>{Command::Runs.words()}</a>
                    <Button label=Command::DryRun.words() glyph=Command::DryRun.glyph() title=Command::DryRun.tip(Command::DryRun.words()) on_press=move || panels.toggle(Drawer::DryRun)/>
                    <Button label=Command::Start.words() glyph=Command::Start.glyph() on_press=move || asks.start.set(true)/>
                    <Button label=Command::Deploy.words() look=ButtonLook::Primary on_press=move || asks.deploy.set(true)/>
                </Show>
            </div>
        </header>
    }
}

#[component]
fn Place(keeper: Keeper) -> impl IntoView {
    let session = keeper.session();
    let state = move || match (keeper.deployed.read().is_some(), keeper.is_dirty()) {
        (_, true) if !keeper.kept.get() => Some((text::NOT_KEPT, text::NOT_KEPT_HINT)),
        (false, _) => Some((text::DRAFT, text::DRAFT_HINT)),
        (true, true) => Some((text::UNSAVED, text::UNSAVED_HINT)),
        (true, false) => None,
    };
    view! {
        <a class="mark" href=paths::home() aria-label=common::HOME_LINK><Mark/></a>
        <nav class="crumbs" aria-label=text::WHERE>
            <a class="crumb-home" href=paths::home()>{common::PIPELINES}</a>
            <span class="slash crumb-home">"/"</span>
            <strong class="clip" title=move || session.name().get()>{move || session.name().get()}</strong>
        </nav>
        {move || state().map(|(word, more)| view! { <span class="unsaved" role="status" title=more>{word}</span> })}
    }
}

#[component]
fn Steps(keeper: Keeper) -> impl IntoView {
    let session = keeper.session();
    let history = session.history();
    let named = |command: Command, step: Option<&String>| match step {
        Some(step) => text::step(command.words(), step),
        None => command.words().to_owned(),
    };
    let undo = Signal::derive(move || named(Command::Undo, history.read().undo.as_ref()));
    let redo = Signal::derive(move || named(Command::Redo, history.read().redo.as_ref()));
    view! {
        <IconButton label=undo glyph=Command::Undo.glyph() keys=Command::Undo.key() disabled=Signal::derive(move || !session.can_undo()) on_press=move || session.undo()/>
        <IconButton label=redo glyph=Command::Redo.glyph() keys=Command::Redo.key() disabled=Signal::derive(move || !session.can_redo()) on_press=move || session.redo()/>
    }
}

#[component]
fn ViewSwitch(panels: Panels) -> impl IntoView {
    let choices = vec![
        Choice::with_glyph("design", text::VIEW_DESIGN, Glyph::Design),
        Choice::with_glyph("code", text::VIEW_CODE, Glyph::Code),
        Choice::with_glyph("split", text::VIEW_SPLIT, Glyph::Split),
        Choice::with_glyph("config", text::VIEW_CONFIG, Glyph::List),
    ];
    view! {
        <Segmented
            label=text::VIEW
            choices=choices
            value=Signal::derive(move || panels.middle.get().word().to_owned())
            on_change=move |word: String| panels.middle.set(Middle::from_word(&word))
        />
    }
}

#[component]
fn ProblemsButton(keeper: Keeper, panels: Panels) -> impl IntoView {
    let findings = keeper.session().diagnostics();
    // Hints wait in the list; only what is likely wrong asks for attention.
    let count = move || {
        findings.with(|findings| {
            findings
                .iter()
                .filter(|finding| finding.severity != asl::check::Severity::Hint)
                .count()
        })
    };
    let errors = move || {
        findings.with(|findings| {
            findings
                .iter()
                .any(|finding| finding.severity == asl::check::Severity::Error)
        })
    };
    let words = move || text::problems(count());
    view! {
        <button
            type="button"
            class="btn quiet problems-button"
            class:some=move || { count() > 0 }
            class:errors=errors
            aria-expanded=move || (panels.showing.get() == Some(Drawer::Problems)).to_string()
            title=Command::Problems.tip(Command::Problems.words())
            on:click=move |_| panels.toggle(Drawer::Problems)
        >
            {move || view! { <Icon glyph=if count() == 0 { Glyph::Succeed } else if errors() { Glyph::Error } else { Glyph::Warning }/> }}
            <span>{words}</span>
        </button>
    }
}

#[component]
fn MoreMenu() -> impl IntoView {
    let groups: [&[Command]; 4] = [
        &[
            Command::OpenFile,
            Command::CopyDefinition,
            Command::CopyLink,
            Command::DownloadJson,
            Command::DownloadYaml,
            Command::DownloadSvg,
            Command::DownloadPng,
            Command::DownloadSam,
            Command::DownloadCloudFormation,
        ],
        &[
            Command::Versions,
            Command::KeepVersion,
            Command::Permissions,
        ],
        &[Command::Find, Command::Help, Command::Keys],
        &[Command::Palette, Command::Inspector],
    ];
    let desk = use_context::<Desk>();
    let lines = move |desk: Desk, commands: &'static [Command]| {
        let items = commands
            .iter()
            .map(move |command| view! { <CommandItem desk=desk command=*command/> });
        items.collect_view()
    };
    desk.map(|desk| {
        view! {
            <Menu label=text::MORE glyph=Glyph::Dots icon_only=true>
                {lines(desk, groups[0])}
                <hr/>
                {lines(desk, groups[1])}
                <hr/>
                {lines(desk, groups[2])}
                <hr/>
                {lines(desk, groups[3])}
            </Menu>
        }
    })
}
