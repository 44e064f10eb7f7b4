//! What commands act on, and what each does.

use super::extract::extract;
use super::naming::Naming;
use super::table::Command;
use crate::canvas::clipboard;
use crate::document::{Change, Editing, Group, Part, Refusal};
use crate::drafts::Settings;
use crate::dry_run::DryAct;
use crate::files;
use crate::opening::{self, Found};
use crate::pages::paths;
use crate::session::{Ask, Session};
use crate::studio::{Drawer, Keeper, Middle, Panels};
use crate::text::{code, commands as reasons};
use crate::ui::{Theme, Toasts, Tone, end_entry};
use crate::versions::Asked;
use asl::graph::StateType;
use asl::template::Dialect;
use asl::text::{Format, Pointer};
use leptos::callback::Callable;
use leptos::prelude::*;

/// What only the canvas can do, since it depends on where things are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the commands of the same names have the words")]
pub enum CanvasAct {
    Add,
    Connect,
    NextWay,
    Lead,
    LeadFrom,
    Note,
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
    /// Whether the rights of its role are shown.
    pub permissions: RwSignal<bool>,
    /// The kind of template that is made, while its dialog is open.
    pub template: RwSignal<Option<Dialect>>,
    /// Whether the versions are shown, and how they were asked for.
    pub versions: RwSignal<Option<Asked>>,
    /// Whether a group is being named.
    pub naming_open: RwSignal<bool>,
    /// Which group is being named.
    pub naming: RwSignal<Naming>,
    /// Whether the test of the selected state is open.
    pub test: RwSignal<bool>,
    /// Whether the conversion to JSONata is shown.
    pub convert_open: RwSignal<bool>,
    /// What is converted; none for the whole pipeline.
    pub converted: RwSignal<Option<Pointer>>,
    /// Whether it is asked before comments are lost.
    pub comments_open: RwSignal<bool>,
    pub(super) read_only: Signal<bool>,
    /// What the dry run refuses, while its drawer is open.
    dry_run: RwSignal<Option<UnsyncCallback<DryAct, Option<&'static str>>>, LocalStorage>,
    pub(super) canvas: RwSignal<Option<UnsyncCallback<CanvasAct>>, LocalStorage>,
    pub(super) page: Option<Page>,
    toasts: Option<Toasts>,
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
            permissions: RwSignal::new(false),
            template: RwSignal::new(None),
            versions: RwSignal::new(None),
            naming_open: RwSignal::new(false),
            naming: RwSignal::default(),
            test: RwSignal::new(false),
            convert_open: RwSignal::new(false),
            converted: RwSignal::new(None),
            comments_open: RwSignal::new(false),
            dry_run: RwSignal::new_local(None),
            read_only,
            canvas: RwSignal::new_local(None),
            page: None,
            toasts: Toasts::take(),
        }
    }

    /// Whether nothing can be changed; tracked.
    pub fn is_read_only(self) -> bool {
        self.read_only.get()
    }

    /// Lets a canvas do what only a canvas can, for as long as it is there.
    pub fn serve(self, canvas: UnsyncCallback<CanvasAct>) {
        self.canvas.set(Some(canvas));
        // The page may go together with its canvas, and nobody asks it any more.
        on_cleanup(move || {
            let _ = self.canvas.try_set(None);
        });
    }

    /// Lets the dry run say what it cannot do, for as long as its drawer is open.
    pub fn serve_dry_run(self, refusal: UnsyncCallback<DryAct, Option<&'static str>>) {
        self.dry_run.set(Some(refusal));
        on_cleanup(move || {
            let _ = self.dry_run.try_set(None);
        });
    }

    /// Why the dry run cannot do something now; where its drawer is closed, it has not begun.
    pub(super) fn dry_run_refusal(self, act: DryAct) -> Option<&'static str> {
        match self.dry_run.get_untracked() {
            Some(refusal) => untrack(|| refusal.run(act)),
            None => act.refused_before_begin(),
        }
    }

    /// What the machine is besides its definition; tracked. As it comes where no draft is worked on.
    pub fn settings(self) -> Settings {
        let page = self.page;
        page.map(|page| page.keeper.settings.get())
            .unwrap_or_default()
    }

    /// Whether a command can be done now, or why not.
    pub fn may(self, command: Command) -> Result<(), String> {
        let mut needs = command.row().needs.iter();
        needs.try_for_each(|need| need.check(self))
    }

    /// Does a command, or says why it cannot be done.
    pub fn run(self, command: Command) {
        match self.may(command) {
            Ok(()) => self.act(command),
            Err(reason) => self.refuse(&reason),
        }
    }

    fn act(self, command: Command) {
        let session = self.session;
        match command {
            Command::Undo => session.undo(),
            Command::Redo => session.redo(),
            Command::Copy => clipboard::copy(self),
            Command::Cut => clipboard::cut(self),
            Command::Paste => clipboard::read(self),
            Command::Duplicate => self.edit(Editing::duplicate),
            Command::Delete => self.delete(),
            Command::SelectAll => session.select_all(self.top()),
            Command::SelectNone => session.select_none(),
            Command::WrapInParallel => self.edit(Editing::wrap_in_parallel),
            Command::WrapInMap => self.edit(Editing::wrap_in_map),
            Command::Extract => extract(self),
            Command::Inspect => self.ask(Ask::Inspect),
            Command::Rename => self.ask(Ask::Rename),
            Command::ShowCode => self.ask(Ask::Code),
            Command::Note => self.on_canvas(CanvasAct::Note),
            Command::Group => self.name(Naming::Made),
            Command::RenameGroup => {
                if let Some(group) = self.group() {
                    self.name(Naming::Renamed(group));
                }
            }
            Command::Ungroup => self.edit(Editing::ungroup),
            Command::Dissolve => {
                if let Some(group) = self.group() {
                    session.edit(|editing| editing.dissolve(&group));
                }
            }
            Command::Fold => self.fold(),
            Command::Breakpoint => self.stop(),
            Command::Add => self.on_canvas(CanvasAct::Add),
            Command::AddRule => self.add(Part::Rule),
            Command::AddRetrier => self.add(Part::Retrier),
            Command::AddCatcher => self.add(Part::Catcher),
            Command::AddBranch => self.add(Part::Branch),
            Command::AddVariable => self.add(Part::Variable),
            Command::AddParameter => self.add_parameter(),
            Command::Connect => self.on_canvas(CanvasAct::Connect),
            Command::NextWay => self.on_canvas(CanvasAct::NextWay),
            Command::Lead => self.on_canvas(CanvasAct::Lead),
            Command::LeadFrom => self.on_canvas(CanvasAct::LeadFrom),
            Command::Menu => self.on_canvas(CanvasAct::Menu),
            Command::Fit => self.on_canvas(CanvasAct::Fit),
            Command::ZoomIn => self.on_canvas(CanvasAct::ZoomIn),
            Command::ZoomOut => self.on_canvas(CanvasAct::ZoomOut),
            Command::ActualSize => self.on_canvas(CanvasAct::ActualSize),
            Command::Turn => session.turn(),
            Command::Find => self.finder.set(true),
            Command::Help => session.ask().set(Some(Ask::Help)),
            Command::Keys => self.keys.set(true),
            Command::AsJson => self.ask(Ask::Json),
            Command::ConvertState => self.convert(self.subject()),
            Command::Convert => self.convert(None),
            Command::Format => self.format(),
            Command::AsJsonText => self.write_json(),
            Command::AsYamlText => self.write(Format::Yaml),
            Command::ThemeSystem => Theme::System.choose(),
            Command::ThemeLight => Theme::Light.choose(),
            Command::ThemeDark => Theme::Dark.choose(),
            Command::DryRunOn => self.dry_run(DryAct::Run),
            Command::DryRunToEnd => self.dry_run(DryAct::RunToEnd),
            Command::DryRunStep => self.dry_run(DryAct::Step),
            Command::DryRunInto => self.dry_run(DryAct::StepInto),
            Command::DryRunBack => self.dry_run(DryAct::StepBack),
            Command::DryRunAnew => self.dry_run(DryAct::StartOver),
            Command::DryRunStop => self.dry_run(DryAct::Stop),
            Command::Samples => self.dry_run(DryAct::Samples),
            Command::Cost => self.dry_run(DryAct::Cost),
            Command::Publish => session.ask().set(Some(Ask::Publish)),
            Command::NewAlias => session.ask().set(Some(Ask::NewAlias)),
            Command::TestState => self.test.set(true),
            Command::Permissions => self.permissions.set(true),
            Command::Versions => self.versions.set(Some(Asked::Look)),
            Command::KeepVersion => self.versions.set(Some(Asked::Keep)),
            Command::FindToAdd => session.ask().set(Some(Ask::Palette)),
            Command::Design => self.show(Middle::Design),
            Command::Code => self.show(Middle::Code),
            Command::Split => self.show(Middle::Split),
            Command::Config => self.show(Middle::Config),
            Command::DryRun => self.on_page(|page| page.panels.toggle(Drawer::DryRun)),
            Command::Problems => self.on_page(|page| page.panels.toggle(Drawer::Problems)),
            Command::Palette => self.on_page(|page| turn(page.panels.palette_open)),
            Command::States => session.ask().set(Some(Ask::States)),
            Command::Inspector => self.on_page(|page| turn(page.panels.inspector_open)),
            Command::Start => self.on_page(|page| page.start.set(true)),
            Command::Deploy => self.on_page(|page| page.deploy.set(true)),
            Command::Runs => go(&paths::runs(&session.name().get_untracked())),
            Command::Pipelines => go(&paths::home()),
            Command::OpenFile => self.open_file(),
            Command::CopyDefinition => {
                self.on_page(|page| files::copy_definition(page.keeper, self));
            }
            Command::CopyLink => self.on_page(|page| files::copy_link(page.keeper, self)),
            Command::DownloadJson => {
                self.on_page(|page| files::download(page.keeper, Format::Json))
            }
            Command::DownloadYaml => {
                self.on_page(|page| files::download(page.keeper, Format::Yaml))
            }
            Command::DownloadSvg => files::download_svg(session),
            Command::DownloadPng => files::download_png(session),
            Command::DownloadSam => self.template.set(Some(Dialect::Serverless)),
            Command::DownloadCloudFormation => {
                self.template.set(Some(Dialect::CloudFormation));
            }
        }
    }

    /// Asks the dry run to do something; its drawer opens.
    fn dry_run(self, act: DryAct) {
        self.session.ask().set(Some(Ask::DryRun(act)));
    }

    /// Shows what the conversion of a state, or of all, would change.
    fn convert(self, state: Option<Pointer>) {
        end_entry();
        self.converted.set(state);
        self.convert_open.set(true);
    }

    /// Lays the text out in the usual way.
    fn format(self) {
        end_entry();
        match self.session.consider(Editing::format) {
            Ok(change) if change.is_empty() => self.session.say(code::FORMATTED_ALREADY),
            asked => {
                self.session.edit(|_| asked);
            }
        }
    }

    /// Writes the text in another notation.
    pub fn write(self, notation: Format) {
        end_entry();
        self.session.edit(|editing| editing.convert(notation));
    }

    /// Writes the text as JSON; asks first where comments would be lost.
    fn write_json(self) {
        if self.session.consider(Editing::comments) > 0 {
            self.comments_open.set(true);
        } else {
            self.write(Format::Json);
        }
    }

    /// Shows something in the middle of the page. An entry is ended first, while the form that it belongs to is there to take it.
    fn show(self, middle: Middle) {
        end_entry();
        self.on_page(|page| page.panels.middle.set(middle));
    }

    /// Opens a file that the person chooses, as a draft of its own.
    fn open_file(self) {
        let fault = Callback::new(move |text: String| self.refuse(&text));
        opening::choose(Callback::new(move |found| self.open(found)), fault);
    }

    /// Leaves for something that comes in; this pipeline stays as it is.
    pub fn open(self, found: Found) {
        leptos::task::spawn_local(opening::leave_for(found, move |fault| self.refuse(&fault)));
    }

    /// Makes the change of a verb on what is selected.
    fn edit(self, verb: fn(&Editing, &[Pointer]) -> Result<Change, Refusal>) {
        let selected = self.selected();
        self.session.edit(|editing| verb(editing, &selected));
    }

    /// Gives the state that is selected one more part.
    fn add(self, part: Part) {
        if let Some(state) = self.subject() {
            self.session.select(state.clone());
            self.session.add_part(&state, part);
        }
    }

    /// Leads to the list of what the call of the selected Task takes.
    fn add_parameter(self) {
        if let Some(state) = self.subject() {
            let is_in_paths = self.is_in_paths(std::slice::from_ref(&state));
            let field = if is_in_paths {
                "Parameters"
            } else {
                "Arguments"
            };
            // A member that has no name yet.
            self.session.seek(state.join(field).join(""));
        }
    }

    /// Whether the state that is selected is a Task.
    pub(super) fn is_task(self) -> bool {
        let outline = self.session.outline().get_untracked();
        let found = self.subject().and_then(|state| outline.find(&state));
        found.is_some_and(|found| outline.states[found.0].kind == Some(StateType::Task))
    }

    /// Whether the state that is selected can have one more part, or why not.
    pub(super) fn may_add(self, part: Part) -> Result<(), String> {
        let Some(state) = self.subject() else {
            return Err(reasons::NEEDS_STATE.to_owned());
        };
        let asked = self
            .session
            .consider(|editing| editing.may_add(&state, part));
        asked.map_err(|refusal| refusal.to_string())
    }

    /// Asks another view something about the state that is selected.
    fn ask(self, ask: fn(Pointer) -> Ask) {
        if let Some(state) = self.subject() {
            self.session.select(state.clone());
            self.session.ask().set(Some(ask(state)));
        }
    }

    fn fold(self) {
        let Some(state) = self.subject() else { return };
        self.session.folded().update(|folded| {
            if !folded.remove(&state) {
                folded.insert(state);
            }
        });
    }

    fn stop(self) {
        let Some(state) = self.subject() else { return };
        self.session.breakpoints().update(|all| {
            if !all.remove(&state) {
                all.insert(state);
            }
        });
    }

    fn on_page(self, act: impl FnOnce(Page)) {
        if let Some(page) = self.page {
            act(page);
        }
    }

    fn on_canvas(self, act: CanvasAct) {
        if let Some(canvas) = self.canvas.get_untracked() {
            canvas.run(act);
        }
    }

    /// Removes what is selected: states, or a way.
    fn delete(self) {
        match self.session.selection().get_untracked().way {
            Some(way) => drop(self.session.edit(|editing| editing.disconnect(&way))),
            None => self.edit(Editing::remove_states),
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

    /// The group of the state that a command is about.
    pub(super) fn group(self) -> Option<Group> {
        Group::of(&self.session.outlined().get_untracked(), &self.subject()?)
    }

    /// Asks for a group's name.
    fn name(self, naming: Naming) {
        self.naming.set(naming);
        self.naming_open.set(true);
    }

    pub(super) fn container(self) -> Option<Pointer> {
        let state = self.subject()?;
        let outline = self.session.outline().get_untracked();
        let node = &outline.states[outline.find(&state)?.0];
        (!node.children.is_empty()).then_some(state)
    }

    /// Whether any of these states is written in JSONPath.
    pub(super) fn is_in_paths(self, states: &[Pointer]) -> bool {
        let is_one = |editing: &Editing| states.iter().any(|state| editing.is_in_paths(state));
        self.session.consider(is_one)
    }

    /// Every state.
    pub(super) fn all(self) -> Vec<Pointer> {
        let outline = self.session.outline().get_untracked();
        let states = outline.states.iter();
        states.map(|state| state.pointer.clone()).collect()
    }

    /// Whether the server has the pipeline.
    pub(super) fn is_deployed(self) -> bool {
        let page = self.page;
        page.is_some_and(|page| page.keeper.deployed.with_untracked(Option::is_some))
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
        self.session.refuse(&Refusal::Shape(reason.to_owned()));
    }
}

fn turn(panel: RwSignal<bool>) {
    panel.update(|open| *open = !*open);
}

fn go(address: &str) {
    // A browser that refuses to leave the page keeps it.
    let _ = window().location().set_href(address);
}

#[cfg(test)]
mod tests {
    use super::super::need::Need;
    use super::*;
    use crate::document::Way;
    use crate::session::Origin;
    use crate::text::commands as text;

    const TWO: &str = "{\n  \"StartAt\": \"A\",\n  \"States\": {\n    \"A\": { \"Type\": \"Choice\", \"Choices\": [], \"Default\": \"B\" },\n    \"B\": { \"Type\": \"Succeed\" }\n  }\n}\n";

    fn with_desk(claim: impl FnOnce(Desk)) {
        let owner = Owner::new();
        owner.with(|| {
            let session = Session::new("two", TWO);
            claim(Desk::of_canvas(session, Signal::stored(false)));
        });
    }

    fn reason(desk: Desk, command: Command) -> String {
        desk.may(command).err().unwrap_or_default()
    }

    #[test]
    fn a_command_that_needs_whole_code_names_the_line_of_its_fault() {
        with_desk(|desk| {
            desk.session.select("/States/B".parse().unwrap());
            assert_eq!(reason(desk, Command::Duplicate), "");
            let broken = TWO.replace("\"Succeed\"", "");
            desk.session.set_text(&broken, Origin::Code);
            assert!(reason(desk, Command::Duplicate).contains("at line 5"));
        });
    }

    #[test]
    fn a_command_says_what_it_cannot_do_without() {
        with_desk(|desk| {
            assert_eq!(reason(desk, Command::Copy), "Select a state first.");
            assert_eq!(reason(desk, Command::Undo), "There is nothing to undo.");
            assert_eq!(reason(desk, Command::DryRun), "Only in the studio.");
            desk.session.select_way(Way::Start(Pointer::default()));
            assert_eq!(reason(desk, Command::Delete), "");
        });
    }

    #[test]
    fn only_what_is_written_in_jsonpath_can_be_converted() {
        with_desk(|desk| {
            let why = |need: Need| need.check(desk).err().unwrap_or_default();
            desk.session.select("/States/B".parse().unwrap());
            assert_eq!(why(Need::StateInPaths), "");
            let own = TWO.replace("\"Succeed\"", "\"Succeed\", \"QueryLanguage\": \"JSONata\"");
            desk.session.set_text(&own, Origin::Code);
            assert_eq!(why(Need::StateInPaths), text::NEEDS_STATE_IN_PATHS);
            assert_eq!(why(Need::InPaths), "");
            let all = own.replacen('{', "{ \"QueryLanguage\": \"JSONata\",", 1);
            desk.session.set_text(&all, Origin::Code);
            assert_eq!(why(Need::InPaths), text::NEEDS_IN_PATHS);
        });
    }

    #[test]
    fn a_text_is_written_only_in_the_notation_that_it_is_not_in() {
        with_desk(|desk| {
            let may = |notation| Need::Otherwise(notation).check(desk).is_ok();
            assert!(!may(Format::Json) && may(Format::Yaml));
            desk.session.edit(|editing| editing.convert(Format::Yaml));
            assert!(may(Format::Json) && !may(Format::Yaml));
        });
    }

    #[test]
    fn a_dry_run_whose_drawer_is_closed_can_be_begun_and_not_gone_back_in() {
        with_desk(|desk| {
            let why = |act| Need::DryRun(act).check(desk).err();
            assert_eq!(why(DryAct::RunToEnd), None);
            assert_eq!(why(DryAct::Cost).as_deref(), Some("Begin a dry run first."));
            desk.serve_dry_run(UnsyncCallback::new(|_| Some("Not now.")));
            assert_eq!(why(DryAct::RunToEnd).as_deref(), Some("Not now."));
        });
    }

    #[test]
    fn a_part_is_added_only_to_a_state_that_can_have_it() {
        with_desk(|desk| {
            let why = |part| Need::Part(part).check(desk).err().unwrap_or_default();
            assert_eq!(why(Part::Rule), "Select a state first.");
            desk.session.select("/States/A".parse().unwrap());
            assert_eq!([why(Part::Rule), why(Part::Variable)], ["", ""]);
            assert!(why(Part::Retrier).contains("A is not tried again"));
            assert!(why(Part::Catcher).contains("A cannot catch errors"));
            assert!(why(Part::Branch).contains("A has no branches"));
            desk.session.select("/States/B".parse().unwrap());
            assert!(why(Part::Rule).contains("B has no rules"));
            assert!(why(Part::Variable).contains("B sets no variables"));
            let task = Need::Task.check(desk).err();
            assert_eq!(task.as_deref(), Some("Select a Task first."));
        });
    }

    #[test]
    fn of_several_states_the_primary_one_gets_the_part() {
        with_desk(|desk| {
            let both = ["/States/B", "/States/A"].map(|state| state.parse().unwrap());
            desk.session.select_all(both.to_vec());
            desk.add(Part::Rule);
            assert!(desk.session.text().contains("NumericGreaterThanEquals"));
            assert_eq!(desk.selected(), both[1..]);
        });
    }

    #[test]
    fn what_a_verb_refuses_is_the_reason() {
        with_desk(|desk| {
            let both = ["/States/A", "/States/B"].map(|state| state.parse().unwrap());
            desk.session.select_all(both.to_vec());
            assert_eq!(reason(desk, Command::WrapInMap), "");
            desk.session.select_all(Vec::new());
            assert_eq!(reason(desk, Command::Extract), "Select a state first.");
        });
    }
}
