//! What commands act on, when they can, and what each does.

use super::table::Command;
use crate::canvas::clipboard;
use crate::document::{Change, Editing, Refusal};
use crate::drafts::{self, Draft};
use crate::pages::paths;
use crate::session::{Ask, Session};
use crate::studio::{Drawer, Keeper, Middle, Panels, copy_definition, download};
use crate::ui::{Toasts, Tone};
use asl::text::Format;
use asl::text::Pointer;
use leptos::callback::Callable;
use leptos::prelude::*;

/// What only the canvas can do, since it depends on where things are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the commands of the same names have the words")]
pub enum CanvasAct {
    Add,
    Connect,
    Menu,
    Fit,
    ZoomIn,
    ZoomOut,
    ActualSize,
}

/// The parts of the studio page.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// The draft.
    pub keeper: Keeper,
    /// The panels.
    pub panels: Panels,
    /// Whether the dialog for deploying is open.
    pub deploy: RwSignal<bool>,
    /// Whether the dialog for starting is open.
    pub start: RwSignal<bool>,
}

/// What commands act on: a session, the canvas that shows it, the page around.
#[derive(Debug, Clone, Copy)]
pub struct Desk {
    /// The pipeline.
    pub session: Session,
    /// Whether the command palette is open.
    pub finder: RwSignal<bool>,
    /// Whether the list of keys is open.
    pub keys: RwSignal<bool>,
    read_only: Signal<bool>,
    canvas: RwSignal<Option<UnsyncCallback<CanvasAct>>, LocalStorage>,
    page: Option<Page>,
    toasts: Option<Toasts>,
}

/// What a command cannot do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// The pipeline can be changed here.
    Editable,
    /// The text has no fault.
    Whole,
    /// A state is selected.
    State,
    /// States are selected.
    States,
    /// States or a way are selected.
    Selection,
    /// A state with states inside is selected.
    Container,
    /// The drawing is shown.
    Canvas,
    /// The page is the studio.
    Page,
    /// There is a step to take back.
    Undo,
    /// There is a step to do again.
    Redo,
}

impl Need {
    fn is_met(self, desk: Desk) -> bool {
        let session = desk.session;
        let selected =
            |ask: fn(&crate::session::Selection) -> bool| session.selection().with_untracked(ask);
        match self {
            Self::Editable => !desk.read_only.get_untracked(),
            Self::Whole => !session.stale().get_untracked(),
            Self::State | Self::States => selected(|all| !all.states.is_empty()),
            Self::Selection => selected(|all| !all.states.is_empty() || all.way.is_some()),
            Self::Container => desk.container().is_some(),
            Self::Canvas => desk.canvas.with_untracked(Option::is_some),
            Self::Page => desk.page.is_some(),
            Self::Undo => untrack(|| session.can_undo()),
            Self::Redo => untrack(|| session.can_redo()),
        }
    }

    fn reason(self) -> &'static str {
        match self {
            Self::Editable => "Nothing can be changed here. Open the pipeline in a wide window.",
            Self::Whole => "The code has a fault. Mend it there first.",
            Self::State | Self::States => "Select a state first.",
            Self::Selection => "Select a state or a way first.",
            Self::Container => "Select a Parallel or a Map first.",
            Self::Canvas => "Show the drawing first.",
            Self::Page => "Only in the studio.",
            Self::Undo => "There is nothing to undo.",
            Self::Redo => "There is nothing to redo.",
        }
    }
}

impl Desk {
    /// The desk of the studio page; nothing can be changed while `read_only` holds.
    pub fn of_page(session: Session, page: Page, read_only: Signal<bool>) -> Self {
        Self {
            page: Some(page),
            ..Self::of_canvas(session, read_only)
        }
    }

    /// The desk of a canvas without a studio around it.
    pub fn of_canvas(session: Session, read_only: Signal<bool>) -> Self {
        Self {
            session,
            finder: RwSignal::new(false),
            keys: RwSignal::new(false),
            read_only,
            canvas: RwSignal::new_local(None),
            page: None,
            toasts: Toasts::take(),
        }
    }

    /// Lets a canvas do what only a canvas can, for as long as it is there.
    pub fn serve(self, canvas: UnsyncCallback<CanvasAct>) {
        self.canvas.set(Some(canvas));
        // The page may go together with its canvas, and nobody asks it any more.
        on_cleanup(move || {
            let _ = self.canvas.try_set(None);
        });
    }

    /// Whether a command can be done now, or why not.
    pub fn may(self, command: Command) -> Result<(), String> {
        let needs = command.row().map_or(&[][..], |row| row.needs);
        if let Some(need) = needs.iter().find(|need| !need.is_met(self)) {
            return Err(need.reason().to_owned());
        }
        let selected = || self.selected();
        let tried = |verb: &dyn Fn(&Editing) -> Result<Change, Refusal>| {
            self.session
                .consider(verb)
                .map(|_| ())
                .map_err(|refusal| refusal.to_string())
        };
        match command {
            Command::WrapInParallel | Command::Extract => {
                tried(&|editing| editing.wrap_in_parallel(&selected()))
            }
            Command::WrapInMap => tried(&|editing| editing.wrap_in_map(&selected())),
            _ => Ok(()),
        }
    }

    /// Does a command, or says why it cannot be done.
    pub fn run(self, command: Command) {
        match self.may(command) {
            Ok(()) => self.act(command),
            Err(reason) => self.refuse(&reason),
        }
    }

    fn act(self, command: Command) {
        match command {
            Command::Undo
            | Command::Redo
            | Command::Copy
            | Command::Cut
            | Command::Paste
            | Command::Duplicate
            | Command::Delete
            | Command::SelectAll
            | Command::SelectNone
            | Command::WrapInParallel
            | Command::WrapInMap
            | Command::Extract => self.edit(command),
            Command::Inspect
            | Command::Rename
            | Command::Fold
            | Command::ShowCode
            | Command::Breakpoint => self.on_state(command),
            Command::Add => self.on_canvas(CanvasAct::Add),
            Command::Connect => self.on_canvas(CanvasAct::Connect),
            Command::Menu => self.on_canvas(CanvasAct::Menu),
            Command::Fit => self.on_canvas(CanvasAct::Fit),
            Command::ZoomIn => self.on_canvas(CanvasAct::ZoomIn),
            Command::ZoomOut => self.on_canvas(CanvasAct::ZoomOut),
            Command::ActualSize => self.on_canvas(CanvasAct::ActualSize),
            Command::Find => self.finder.set(true),
            Command::Keys => self.keys.set(true),
            Command::FindToAdd => self.session.ask().set(Some(Ask::Palette)),
            Command::Design
            | Command::Code
            | Command::Split
            | Command::DryRun
            | Command::Problems
            | Command::Palette
            | Command::Inspector
            | Command::Start
            | Command::Deploy
            | Command::Runs
            | Command::CopyDefinition
            | Command::DownloadJson
            | Command::DownloadYaml
            | Command::Pipelines => {
                if let Some(page) = self.page {
                    page.act(command, self);
                }
            }
        }
    }

    fn edit(self, command: Command) {
        let session = self.session;
        let selected = self.selected();
        match command {
            Command::Undo => session.undo(),
            Command::Redo => session.redo(),
            Command::Copy => clipboard::write(self),
            Command::Cut => {
                clipboard::write(self);
                self.delete();
            }
            Command::Paste => clipboard::read(self),
            Command::Duplicate => drop(session.edit(|editing| editing.duplicate(&selected))),
            Command::Delete => self.delete(),
            Command::SelectAll => session.select_all(self.top()),
            Command::SelectNone => session.select_none(),
            Command::WrapInParallel => {
                session.edit(|editing| editing.wrap_in_parallel(&selected));
            }
            Command::WrapInMap => drop(session.edit(|editing| editing.wrap_in_map(&selected))),
            Command::Extract => self.extract(),
            _ => {}
        }
    }

    fn on_state(self, command: Command) {
        let Some(state) = self.subject() else { return };
        let ask = |ask: fn(Pointer) -> Ask| {
            self.session.select(state.clone());
            self.session.ask().set(Some(ask(state.clone())));
        };
        match command {
            Command::Inspect => ask(Ask::Inspect),
            Command::Rename => ask(Ask::Rename),
            Command::ShowCode => ask(Ask::Code),
            Command::Fold => self.session.folded().update(|folded| {
                if !folded.remove(&state) {
                    folded.insert(state.clone());
                }
            }),
            Command::Breakpoint => self.session.breakpoints().update(|all| {
                if !all.remove(&state) {
                    all.insert(state.clone());
                }
            }),
            _ => {}
        }
    }

    fn on_canvas(self, act: CanvasAct) {
        if let Some(canvas) = self.canvas.get_untracked() {
            canvas.run(act);
        }
    }

    /// Removes what is selected: states, or a way.
    pub fn delete(self) {
        let selection = self.session.selection().get_untracked();
        match selection.way {
            Some(way) => self.session.edit(|editing| editing.disconnect(&way)),
            None => self
                .session
                .edit(|editing| editing.remove_states(&selection.states)),
        };
    }

    /// Moves what is selected into a draft of its own, which is kept before anything is taken out here.
    fn extract(self) {
        let taken: Vec<String> = drafts::list()
            .unwrap_or_default()
            .into_iter()
            .map(|draft| draft.name)
            .collect();
        let base = format!("{}-part", self.session.name().get_untracked());
        let name = drafts::unique_name(&base, |name| taken.iter().any(|one| one == name));
        let selected = self.selected();
        let (change, text) = match self
            .session
            .consider(|editing| editing.extract(&selected, &name))
        {
            Ok(done) => done,
            Err(refusal) => return self.refuse(&refusal.to_string()),
        };
        match drafts::save(&Draft::new(name.clone(), text)) {
            Ok(_) => {
                self.session.apply(&change);
                self.tell(&format!(
                    "These states are the pipeline {name}. Deploy it, too."
                ));
            }
            Err(error) => self.refuse(&error.to_string()),
        }
    }

    /// The selected states.
    pub fn selected(self) -> Vec<Pointer> {
        self.session
            .selection()
            .with_untracked(|all| all.states.clone())
    }

    /// The state that a command for one state is about.
    pub fn subject(self) -> Option<Pointer> {
        self.session
            .selection()
            .with_untracked(|all| all.primary().cloned())
    }

    fn container(self) -> Option<Pointer> {
        let state = self.subject()?;
        let outline = self.session.outline().get_untracked();
        let node = &outline.states[outline.find(&state)?.0];
        (!node.children.is_empty()).then_some(state)
    }

    /// The states that are in no container.
    fn top(self) -> Vec<Pointer> {
        let outline = self.session.outline().get_untracked();
        let states = outline
            .blocks
            .first()
            .map_or(&[][..], |block| &block.states);
        states
            .iter()
            .map(|state| outline.states[state.0].pointer.clone())
            .collect()
    }

    /// Says in passing what was done.
    pub fn tell(self, words: &str) {
        self.session.say(words);
        if let Some(toasts) = self.toasts {
            toasts.show(Tone::Done, words);
        }
    }

    /// Says why something was not done.
    pub fn refuse(self, reason: &str) {
        self.session
            .edit(|_| Err(Refusal::Shape(reason.to_owned())));
    }
}

impl Page {
    fn act(self, command: Command, desk: Desk) {
        let go = |address: String| {
            // A browser that refuses to leave the page keeps it.
            let _ = window().location().set_href(&address);
        };
        let turn = |panel: RwSignal<bool>| panel.update(|open| *open = !*open);
        match command {
            Command::Design => self.panels.middle.set(Middle::Design),
            Command::Code => self.panels.middle.set(Middle::Code),
            Command::Split => self.panels.middle.set(Middle::Split),
            Command::DryRun => self.panels.toggle(Drawer::DryRun),
            Command::Problems => self.panels.toggle(Drawer::Problems),
            Command::Palette => turn(self.panels.palette_open),
            Command::Inspector => turn(self.panels.inspector_open),
            Command::Start => self.start.set(true),
            Command::Deploy => self.deploy.set(true),
            Command::Runs => go(paths::runs(&desk.session.name().get_untracked())),
            Command::Pipelines => go(paths::home().to_owned()),
            Command::CopyDefinition => copy_definition(self.keeper, desk.toasts),
            Command::DownloadJson => download(self.keeper, Format::Json),
            Command::DownloadYaml => download(self.keeper, Format::Yaml),
            _ => {}
        }
    }
}
