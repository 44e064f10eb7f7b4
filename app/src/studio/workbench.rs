//! The panels of an open pipeline.

use super::keep::Keeper;
use super::layout::{Drawer, Left, Middle, Panels};
use super::top::{Asks, TopBar};
use super::{address, keys, phone};
use crate::canvas::{Canvas, clipboard};
use crate::code::{CodePane, CommentsDialog};
use crate::commands::{Desk, Finder, KeysDialog, NamingDialog, Page};
use crate::config::ConfigPane;
use crate::drafts::Draft;
use crate::dry_run::DryRunDrawer;
use crate::files::TemplateDialog;
use crate::inspector::{ConvertDialog, Inspector};
use crate::opening::DropTarget;
use crate::pages::{DeployDialog, StartDialog, paths, words};
use crate::palette::Palette;
use crate::permissions::PermissionsDialog;
use crate::problems::Problems;
use crate::session::{Ask, Session};
use crate::test_state::TestDialog;
use crate::text::studio as text;
use crate::tree::StatesTree;
use crate::ui::{Choice, Glyph, IconButton, Resizer, Side, Tabs};
use crate::vault::{self, Why};
use crate::versions::VersionsDialog;
use asl::text::Pointer;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// The open pipeline.
#[component]
pub(super) fn Workbench(draft: Draft) -> impl IntoView {
    let keeper = Keeper::open(draft);
    let session = keeper.session();
    let panels = Panels::remembered();
    let narrow = phone::narrow();
    let asks = Asks {
        deploy: RwSignal::new(false),
        start: RwSignal::new(false),
    };
    let page = Page {
        keeper,
        panels,
        deploy: asks.deploy,
        start: asks.start,
    };
    let desk = Desk::of_page(session, page, narrow.into());
    address::follow(desk, panels);
    // A text that cannot be drawn is shown, with its fault marked.
    let shown = panels.middle.get_untracked();
    if session.stale().get_untracked() && !shown.has_code() && shown != Middle::Config {
        panels.middle.set(Middle::Split);
    }
    provide_context(desk);
    keys::listen(desk);
    clipboard::listen(desk);
    answer(session, panels, narrow);
    title(session);
    let side = move |open: RwSignal<bool>, size: RwSignal<f64>| {
        if open.get() && !narrow.get() && panels.middle.get() != Middle::Config {
            format!("{}px", size.get())
        } else {
            "0px".to_owned()
        }
    };
    let drawer = move || {
        if panels.showing.get().is_some() {
            format!("{}px", panels.drawer.get())
        } else {
            "0px".to_owned()
        }
    };
    view! {
        <div
            class="studio"
            class:narrow=move || narrow.get()
            style:--palette=move || side(panels.palette_open, panels.palette)
            style:--inspector=move || side(panels.inspector_open, panels.inspector)
            style:--drawer=drawer
        >
            <TopBar keeper=keeper panels=panels asks=asks narrow=narrow/>
            <LeftPanel session=session desk=desk panels=panels narrow=narrow/>
            <MiddlePanes keeper=keeper panels=panels narrow=narrow/>
            <RightPanel keeper=keeper panels=panels narrow=narrow/>
            <BottomDrawer keeper=keeper panels=panels/>
            <Spoken session=session/>
        </div>
        <DropTarget on_found=Callback::new(move |found| desk.open(found)) on_fault=Callback::new(move |text: String| desk.refuse(&text))/>
        <Dialogs keeper=keeper asks=asks/>
        <Finder desk=desk/>
        <KeysDialog desk=desk/>
        <PermissionsDialog desk=desk/>
        <TemplateDialog desk=desk/>
        <VersionsDialog desk=desk keeper=keeper/>
        <NamingDialog desk=desk/>
        <ConvertDialog desk=desk/>
        <CommentsDialog desk=desk/>
        <TestDialog desk=desk keeper=keeper/>
    }
}

fn title(session: Session) {
    Effect::new(move || document().set_title(&text::page(&session.name().get())));
}

/// Does what a view asks that concerns the panels; the rest is left to the view that it is meant for.
fn answer(session: Session, panels: Panels, narrow: ReadSignal<bool>) {
    Effect::new(move || {
        if session.sought().with(Option::is_none) {
            return;
        }
        if narrow.get_untracked() {
            // There is no inspector that would show it.
            session.sought().set(None);
        } else {
            leave_config(panels);
            panels.inspector_open.set(true);
        }
    });
    Effect::new(move || match session.ask().get() {
        Some(Ask::Inspect(_) | Ask::Rename(_) | Ask::Json(_) | Ask::Help) => {
            leave_config(panels);
            panels.inspector_open.set(true);
        }
        Some(Ask::Palette) => {
            leave_config(panels);
            panels.left.set(Left::Add);
            panels.palette_open.set(true);
        }
        Some(Ask::States) => {
            leave_config(panels);
            panels.left.set(Left::States);
            panels.palette_open.set(true);
        }
        Some(Ask::DryRun(_)) => panels.showing.set(Some(Drawer::DryRun)),
        Some(Ask::Publish | Ask::NewAlias) => panels.middle.set(Middle::Config),
        Some(Ask::Code(_)) if !panels.middle.get_untracked().has_code() => {
            panels.middle.set(Middle::Split);
        }
        Some(Ask::Reveal(_) | Ask::Show(_) | Ask::Fit | Ask::Open | Ask::Canvas)
            if !panels.middle.get_untracked().has_canvas() =>
        {
            panels.middle.set(Middle::Split);
        }
        Some(Ask::Code(_) | Ask::Reveal(_) | Ask::Show(_) | Ask::Fit | Ask::Open | Ask::Canvas)
        | None => {}
    });
}

/// Beside the configuration stand no panels.
fn leave_config(panels: Panels) {
    if panels.middle.get_untracked() == Middle::Config {
        panels.middle.set(Middle::Design);
    }
}

#[component]
fn LeftPanel(
    session: Session,
    desk: Desk,
    panels: Panels,
    narrow: ReadSignal<bool>,
) -> impl IntoView {
    let tabs: Vec<Choice> = Left::ALL
        .into_iter()
        .map(|left| Choice::new(left.label(), left.label()))
        .collect();
    let choose = move |label: String| {
        if let Some(left) = Left::from_label(&label) {
            panels.left.set(left);
        }
    };
    let drawn = Signal::derive(move || panels.middle.get().has_canvas());
    let left = Memo::new(move |_| panels.left.get());
    view! {
        <Show when=move || panels.palette_open.get() && !narrow.get() && panels.middle.get() != Middle::Config>
            <div class="studio-left">
                <div class="left-panel">
                    <Tabs label=text::LEFT tabs=tabs.clone() value=Signal::derive(move || panels.left.get().label().to_owned()) on_change=choose/>
                    {move || match left.get() {
                        Left::Add => view! { <Palette session=session/> }.into_any(),
                        Left::States => view! { <StatesTree session=session desk=desk drawn=drawn/> }.into_any(),
                    }}
                </div>
                <Resizer label=text::PALETTE_WIDTH side=Side::Left size=panels.palette limits=(160.0, 480.0) on_fold=move || panels.palette_open.set(false)/>
            </div>
        </Show>
    }
}

#[component]
fn MiddlePanes(keeper: Keeper, panels: Panels, narrow: ReadSignal<bool>) -> impl IntoView {
    let session = keeper.session();
    let is_config = Memo::new(move |_| panels.middle.get() == Middle::Config);
    let canvas =
        Memo::new(move |_| panels.middle.get().has_canvas() || (narrow.get() && !is_config.get()));
    let desk = use_context::<Desk>();
    let code = Memo::new(move |_| panels.middle.get().has_code() && !narrow.get());
    view! {
        <main class="studio-middle" aria-label=text::MIDDLE>
            {move || desk.filter(|_| is_config.get()).map(|desk| view! { <ConfigPane keeper=keeper desk=desk read_only=narrow/> })}
            <Show when=move || !panels.palette_open.get() && !narrow.get() && !is_config.get()>
                <div class="unfold left"><IconButton label=text::SHOW_PALETTE glyph=Glyph::Panel on_press=move || panels.palette_open.set(true)/></div>
            </Show>
            {move || canvas.get().then(|| view! { <div class="studio-canvas"><Canvas session=session read_only=narrow.get()/></div> })}
            <Show when=move || code.get() && canvas.get()>
                <Resizer label=text::CODE_WIDTH side=Side::Right size=panels.code limits=(240.0, 900.0) on_fold=move || panels.middle.set(Middle::Design)/>
            </Show>
            <Show when=move || code.get()>
                <div
                    class="studio-code"
                    style:flex=move || if canvas.get() { format!("0 0 {}px", panels.code.get()) } else { "1".to_owned() }
                >
                    <CodePane session=session input=keeper.input beside=canvas/>
                </div>
            </Show>
            <Show when=move || !panels.inspector_open.get() && !narrow.get() && !is_config.get()>
                <div class="unfold right"><IconButton label=text::SHOW_INSPECTOR glyph=Glyph::Inspector on_press=move || panels.inspector_open.set(true)/></div>
            </Show>
        </main>
    }
}

#[component]
fn RightPanel(keeper: Keeper, panels: Panels, narrow: ReadSignal<bool>) -> impl IntoView {
    let session = keeper.session();
    view! {
        <Show when=move || panels.inspector_open.get() && !narrow.get() && panels.middle.get() != Middle::Config>
            <div class="studio-right">
                <Resizer label=text::INSPECTOR_WIDTH side=Side::Right size=panels.inspector limits=(280.0, 640.0) on_fold=move || panels.inspector_open.set(false)/>
                <Inspector session=session input=keeper.input/>
            </div>
        </Show>
    }
}

#[component]
fn BottomDrawer(keeper: Keeper, panels: Panels) -> impl IntoView {
    let session = keeper.session();
    let close = move || panels.showing.set(None);
    view! {
        <Show when=move || panels.showing.get().is_some()>
            <div class="studio-bottom">
                <Resizer label=text::DRAWER_HEIGHT side=Side::Below size=panels.drawer limits=(120.0, 700.0) on_fold=close/>
                {move || match panels.showing.get() {
                    Some(Drawer::DryRun) => view! { <DryRunDrawer session=session input=keeper.input mocks=keeper.mocks on_close=close/> }.into_any(),
                    Some(Drawer::Problems) => view! { <Problems session=session on_close=close/> }.into_any(),
                    None => ().into_any(),
                }}
            </div>
        </Show>
    }
}

/// What was done or refused last: read out, and shown for a moment when it was a refusal.
#[component]
fn Spoken(session: Session) -> impl IntoView {
    let toasts = crate::ui::Toasts::take();
    Effect::new(move || {
        let notice = session.notice().get();
        if let Some(toasts) = toasts.filter(|_| notice.refused && !notice.text.is_empty()) {
            toasts.show(crate::ui::Tone::Note, notice.text);
        }
    });
    view! { <p class="sr" role="status" aria-live="polite">{move || session.notice().get().text}</p> }
}

/// Keeps what was deployed under another name as a version of that pipeline, whose page opens next.
fn keep_deployed(draft: &Draft) {
    let draft = draft.clone();
    let now = words::now_ms();
    spawn_local(async move {
        // A browser that refuses this keeps no versions.
        let text = draft.deployed_text().unwrap_or(&draft.text);
        let _ = vault::keep_version(&draft.name, text, Why::Deployed, None, now).await;
    });
}

/// Deploying and starting, over the page.
#[component]
fn Dialogs(keeper: Keeper, asks: Asks) -> impl IntoView {
    let session = keeper.session();
    let navigate = use_navigate();
    let revealed = move |state: Pointer| {
        asks.deploy.set(false);
        session.select(state.clone());
        session.ask().set(Some(Ask::Reveal(state)));
    };
    let elsewhere = StoredValue::new_local(navigate);
    let deployed = move |draft: Draft| {
        if draft.name == session.name().get_untracked() {
            keeper.was_deployed(&draft);
        } else {
            keeper.leave();
            keep_deployed(&draft);
            let address = paths::studio(&draft.name);
            elsewhere.with_value(|navigate| navigate(&address, NavigateOptions::default()));
        }
    };
    view! {
        <DeployDialog
            open=asks.deploy
            draft=Signal::derive(move || keeper.draft())
            on_reveal=revealed
            on_deployed=deployed
            on_start=move |_: String| asks.start.set(true)
        />
        <StartDialog
            open=asks.start
            machine=session.name()
            input=keeper.input
        />
    }
}
