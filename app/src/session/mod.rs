//! One open pipeline as signals: its document, findings, selection, marks of a run, and what is seen of it.
//!
//! Every view of a pipeline (canvas, inspector, code, problems, dry run) reads and changes a [`Session`]; none keeps its
//! own copy. It draws nothing and knows no server.

mod follow;
mod marks;
mod parts;
mod view;

#[cfg(test)]
mod random;
#[cfg(test)]
mod tests;

pub use marks::{Condition, Mark, Marks, Taken, way_between};
pub use view::{LEAST_FIT, View, ZOOM};

use crate::document::{Addition, Change, Editing, Past, Place, Refusal, Unstored, Way};
use crate::dry_run::DryAct;
use crate::text::session as text;
use asl::check::{Diagnostic, MachineType};
use asl::graph::Outline;
use asl::machine::Observation;
use asl::text::{Document, Pointer, TextEdit};
use layout::Orientation;
use leptos::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Where the present text came from; a view that made the change itself need not follow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It was opened.
    Opened,
    /// A verb changed it.
    Edit,
    /// It was typed in the code pane.
    Code,
    /// Undo, redo or a cancelled gesture.
    History,
}

/// What is selected: states, or one way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// The selected states; the last one is the primary one, which the inspector shows.
    pub states: Vec<Pointer>,
    /// The selected way, when no state is selected.
    pub way: Option<Way>,
}

impl Selection {
    /// The state that the inspector shows.
    pub fn primary(&self) -> Option<&Pointer> {
        self.states.last()
    }

    /// Whether a state is selected.
    pub fn has(&self, state: &Pointer) -> bool {
        self.states.contains(state)
    }
}

/// Something that one view asks another to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Show the state in the inspector and move the focus there.
    Inspect(Pointer),
    /// Edit the state's name.
    Rename(Pointer),
    /// Show the state in the code.
    Code(Pointer),
    /// Show the state as JSON in the inspector, or as forms again.
    Json(Pointer),
    /// Bring the state into view on the canvas, selected.
    Reveal(Pointer),
    /// Bring the state into view on the canvas; what is selected stays.
    Show(Pointer),
    /// Show the whole drawing.
    Fit,
    /// Show the drawing as when it is opened: whole, or its beginning where that would be too small to read.
    Open,
    /// Move the focus to the canvas.
    Canvas,
    /// Move the focus to the palette's search.
    Palette,
    /// Move the focus to the tree of states.
    States,
    /// Show help on the field in focus, or on what is selected.
    Help,
    /// Do something in the dry run.
    DryRun(DryAct),
    /// Lead to what publishes a version.
    Publish,
    /// Begin an alias.
    NewAlias,
}

/// What is being carried from the palette.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Carry {
    /// What it will be.
    pub blueprint: Addition,
    /// Where the pointer is on the page, from the left.
    pub x: f64,
    /// Where the pointer is on the page, from the top.
    pub y: f64,
    /// Whether it was let go there; the canvas then puts it in its place and sets the signal to `None`.
    pub dropped: bool,
}

/// What undo and redo would do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HistoryView {
    /// What undo takes back; none when there is nothing.
    pub undo: Option<String>,
    /// What redo does again; none when there is nothing.
    pub redo: Option<String>,
}

/// What was said last in the live region.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notice {
    /// The words.
    pub text: String,
    /// Whether it says why something was refused.
    pub refused: bool,
}

/// One open pipeline.
#[derive(Debug, Clone, Copy)]
pub struct Session {
    name: RwSignal<String>,
    machine_type: RwSignal<MachineType>,
    editing: StoredValue<Editing>,
    document: RwSignal<Arc<Document>>,
    outline: RwSignal<Arc<Outline>>,
    outlined: RwSignal<Arc<Document>>,
    stale: RwSignal<bool>,
    dirty: RwSignal<bool>,
    origin: RwSignal<Origin>,
    history: RwSignal<HistoryView>,
    diagnostics: RwSignal<Arc<Vec<Diagnostic>>>,
    problems: Memo<Arc<FxHashMap<Pointer, usize>>>,
    selection: RwSignal<Selection>,
    marks: RwSignal<Marks>,
    breakpoints: RwSignal<BTreeSet<Pointer>>,
    traced: StoredValue<Vec<RwSignal<Pointer>>>,
    folded: RwSignal<FxHashSet<Pointer>>,
    orientation: RwSignal<Orientation>,
    view: RwSignal<View>,
    notice: RwSignal<Notice>,
    ask: RwSignal<Option<Ask>>,
    sought: RwSignal<Option<Pointer>>,
    carried: RwSignal<Option<Carry>>,
    check_due: StoredValue<bool>,
    shown: StoredValue<Arc<Vec<Observation>>>,
}

impl Session {
    /// Opens `text`, which counts as saved.
    pub fn new(name: impl Into<String>, text: &str) -> Self {
        Self::of(name.into(), Editing::new(text))
    }

    /// Opens `text` to be looked at, not to be worked on: nothing is found in it.
    pub fn to_look_at(name: impl Into<String>, text: &str) -> Self {
        Self::unchecked(name.into(), Editing::new(text))
    }

    /// Draws the text in another shape, until the text changes: with ways that it does not hold.
    pub fn draw_as(self, outline: Outline) {
        self.outline.set(Arc::new(outline));
    }

    /// A new pipeline without a state.
    pub fn empty(name: impl Into<String>) -> Self {
        let name = name.into();
        let editing = Editing::new_pipeline(&name);
        Self::of(name, editing)
    }

    fn of(name: String, editing: Editing) -> Self {
        let session = Self::unchecked(name, editing);
        // What is drawn first needs no findings: they come when it is painted.
        session.check_soon();
        session
    }

    fn unchecked(name: String, editing: Editing) -> Self {
        let diagnostics = RwSignal::new(Arc::new(Vec::new()));
        let outline = RwSignal::new(editing.outline().clone());
        Self {
            name: RwSignal::new(name),
            machine_type: RwSignal::new(MachineType::Standard),
            document: RwSignal::new(editing.document().clone()),
            outline,
            outlined: RwSignal::new(editing.outlined().clone()),
            stale: RwSignal::new(editing.stale()),
            dirty: RwSignal::new(false),
            origin: RwSignal::new(Origin::Opened),
            history: RwSignal::default(),
            diagnostics,
            problems: Memo::new(move |_| {
                Arc::new(problems_by_state(&outline.read(), &diagnostics.read()))
            }),
            selection: RwSignal::default(),
            marks: RwSignal::default(),
            breakpoints: RwSignal::default(),
            traced: StoredValue::default(),
            folded: RwSignal::default(),
            orientation: RwSignal::default(),
            view: RwSignal::default(),
            notice: RwSignal::default(),
            ask: RwSignal::new(None),
            sought: RwSignal::new(None),
            carried: RwSignal::new(None),
            check_due: StoredValue::new(false),
            shown: StoredValue::new(Arc::default()),
            editing: StoredValue::new(editing),
        }
    }

    /// Opens another text in place of this one; history, marks and selection begin anew.
    pub fn load(self, name: impl Into<String>, text: &str) {
        self.name.set(name.into());
        self.editing.set_value(Editing::new(text));
        self.selection.set(Selection::default());
        self.marks.set(Marks::default());
        self.breakpoints.set(BTreeSet::new());
        self.folded.set(FxHashSet::default());
        self.publish(Origin::Opened);
        self.ask.set(Some(Ask::Open));
    }

    /// The pipeline's name.
    pub fn name(self) -> RwSignal<String> {
        self.name
    }

    /// Whether it is checked as a standard or an express machine; call [`Self::check_soon`] after changing it.
    pub fn machine_type(self) -> RwSignal<MachineType> {
        self.machine_type
    }

    /// The text and what was understood of it.
    pub fn document(self) -> ReadSignal<Arc<Document>> {
        self.document.read_only()
    }

    /// The present text; tracked.
    pub fn text(self) -> Arc<str> {
        self.document.read().text().clone()
    }

    /// The shape to draw: of the present text, or of the last valid one while it is broken.
    pub fn outline(self) -> ReadSignal<Arc<Outline>> {
        self.outline.read_only()
    }

    /// The text that the shape was made of; what is shown beside the shape is read from it.
    pub fn outlined(self) -> ReadSignal<Arc<Document>> {
        self.outlined.read_only()
    }

    /// Whether the shape is older than the text, since the text has a fault.
    pub fn stale(self) -> ReadSignal<bool> {
        self.stale.read_only()
    }

    /// Whether the text differs from the saved one.
    pub fn dirty(self) -> ReadSignal<bool> {
        self.dirty.read_only()
    }

    /// Where the present text came from.
    pub fn origin(self) -> ReadSignal<Origin> {
        self.origin.read_only()
    }

    /// What undo and redo would do.
    pub fn history(self) -> ReadSignal<HistoryView> {
        self.history.read_only()
    }

    /// Whether there is something to undo; tracked.
    pub fn can_undo(self) -> bool {
        self.history.read().undo.is_some()
    }

    /// Whether there is something to redo; tracked.
    pub fn can_redo(self) -> bool {
        self.history.read().redo.is_some()
    }

    /// All findings, as of the last check; the check runs after each frame in which the text changed.
    pub fn diagnostics(self) -> ReadSignal<Arc<Vec<Diagnostic>>> {
        self.diagnostics.read_only()
    }

    /// How many findings each state has; findings inside a container's states count for those only.
    pub fn problems(self) -> Memo<Arc<FxHashMap<Pointer, usize>>> {
        self.problems
    }

    /// What is selected.
    pub fn selection(self) -> RwSignal<Selection> {
        self.selection
    }

    /// The marks of a run.
    pub fn marks(self) -> RwSignal<Marks> {
        self.marks
    }

    /// The states before which a dry run stops.
    pub fn breakpoints(self) -> RwSignal<BTreeSet<Pointer>> {
        self.breakpoints
    }

    /// The containers that are drawn folded.
    pub fn folded(self) -> RwSignal<FxHashSet<Pointer>> {
        self.folded
    }

    /// Where the drawing goes; [`Self::turn`] changes it by hand.
    pub fn orientation(self) -> RwSignal<Orientation> {
        self.orientation
    }

    /// Draws to the right what is drawn down the page, or the other way round, and shows it as when it is opened.
    pub fn turn(self) {
        let (turned, words) = match self.orientation.get_untracked() {
            Orientation::Vertical => (Orientation::Horizontal, text::DRAWN_TO_THE_RIGHT),
            Orientation::Horizontal => (Orientation::Vertical, text::DRAWN_DOWN),
        };
        self.orientation.set(turned);
        self.ask.set(Some(Ask::Open));
        self.say(words);
    }

    /// Pan and zoom.
    pub fn view(self) -> RwSignal<View> {
        self.view
    }

    /// What was said last; a live region reads it out.
    pub fn notice(self) -> ReadSignal<Notice> {
        self.notice.read_only()
    }

    /// What one view asks of another; the one that answers sets it to `None`.
    pub fn ask(self) -> RwSignal<Option<Ask>> {
        self.ask
    }

    /// A place in the definition whose field is looked for; the inspector shows it and sets this to `None`.
    pub fn sought(self) -> RwSignal<Option<Pointer>> {
        self.sought
    }

    /// The innermost state that holds a place.
    pub fn state_at(self, place: &Pointer) -> Option<Pointer> {
        self.outline.with_untracked(|outline| {
            let mut at = Some(place.clone());
            while let Some(pointer) = at {
                if outline.find(&pointer).is_some() {
                    return Some(pointer);
                }
                at = pointer.parent();
            }
            None
        })
    }

    /// Selects the state that holds a place, nothing for a place of the pipeline itself, and has the field there shown.
    pub fn seek(self, place: Pointer) {
        match self.state_at(&place) {
            Some(state) => {
                self.select(state.clone());
                self.ask.set(Some(Ask::Reveal(state)));
            }
            None => self.select_none(),
        }
        self.sought.set(Some(place));
    }

    /// What is being carried from the palette.
    pub fn carried(self) -> RwSignal<Option<Carry>> {
        self.carried
    }

    /// The values that the latest dry run has shown; help with the text knows the data from them.
    pub fn shown(self) -> StoredValue<Arc<Vec<Observation>>> {
        self.shown
    }

    /// Asks the canvas to show the whole drawing.
    pub fn fit(self) {
        self.ask.set(Some(Ask::Fit));
    }

    /// Says something in the live region.
    pub fn say(self, text: impl Into<String>) {
        self.notice.set(Notice {
            text: text.into(),
            refused: false,
        });
    }

    /// Selects one state.
    pub fn select(self, state: Pointer) {
        self.select_all(vec![state]);
    }

    /// Selects states; the last one is the primary one.
    pub fn select_all(self, states: Vec<Pointer>) {
        let selection = Selection { states, way: None };
        if *self.selection.read_untracked() != selection {
            self.selection.set(selection);
        }
    }

    /// Adds a state to the selection, or takes it out.
    pub fn toggle(self, state: &Pointer) {
        self.selection.update(|selection| {
            selection.way = None;
            if selection.has(state) {
                selection.states.retain(|other| other != state);
            } else {
                selection.states.push(state.clone());
            }
        });
    }

    /// Selects a way.
    pub fn select_way(self, way: Way) {
        self.selection.set(Selection {
            states: Vec::new(),
            way: Some(way),
        });
    }

    /// Selects nothing.
    pub fn select_none(self) {
        self.select_all(Vec::new());
    }

    /// Runs a verb and makes its change. A refusal is said in the live region. Says whether the text changed.
    pub fn edit(self, verb: impl FnOnce(&Editing) -> Result<Change, Refusal>) -> bool {
        // What a browser answers late may come when the session is over.
        match self.editing.try_with_value(verb) {
            Some(Ok(change)) => self.apply(&change),
            Some(Err(refusal)) => self.refuse(&refusal),
            None => false,
        }
    }

    /// Asks a verb without making its change.
    pub fn consider<T>(self, ask: impl FnOnce(&Editing) -> T) -> T {
        self.editing.with_value(ask)
    }

    /// Makes a change, selects what it says and tells what was done.
    pub fn apply(self, change: &Change) -> bool {
        if change.is_empty() {
            return false;
        }
        let selected = self.selection.get_untracked().states;
        let made = self
            .editing
            .try_update_value(|editing| editing.apply(change, selected));
        match made {
            Some(Ok(())) => {}
            Some(Err(refusal)) => return self.refuse(&refusal),
            None => return false,
        }
        self.follow(&change.moved);
        self.publish(Origin::Edit);
        if !change.select.is_empty() {
            self.select_all(change.select.clone());
        }
        self.say(change.label.clone());
        true
    }

    /// Adds a state or a pattern after the selected state or on the selected way, else at the end, and shows it.
    pub fn add_state(self, addition: impl Into<Addition>) -> bool {
        let place = self.place_to_add();
        self.edit_and_show(|editing| editing.insert(&place, addition))
    }

    /// Makes the change of a verb that adds states, and brings what it added into view. Says whether the text changed.
    pub fn edit_and_show(self, verb: impl FnOnce(&Editing) -> Result<Change, Refusal>) -> bool {
        let added = self.edit(verb);
        let state = self.selection.read_untracked().primary().cloned();
        if let Some(state) = state.filter(|_| added) {
            self.ask.set(Some(Ask::Reveal(state)));
        }
        added
    }

    /// Where [`Self::add_state`] puts a state: on the selected way, after the selected state (before it when the run ends
    /// there), else at the end.
    pub fn place_to_add(self) -> Place {
        let selection = self.selection.get_untracked();
        let outline = self.outline.get_untracked();
        if let Some(way) = selection.way {
            return Place::On(way);
        }
        let Some(ix) = selection.primary().and_then(|state| outline.find(state)) else {
            return Place::Into(Pointer::default());
        };
        let node = &outline.states[ix.0];
        let ends = node.ends && node.transitions.is_empty();
        let terminal = matches!(
            node.kind,
            Some(asl::graph::StateType::Succeed | asl::graph::StateType::Fail)
        );
        match way_into(&outline, ix).filter(|_| ends && terminal) {
            Some(way) => Place::On(way),
            None => Place::After(node.pointer.clone()),
        }
    }

    /// Takes over a typed or generated text.
    pub fn set_text(self, text: &str, origin: Origin) {
        let selected = self.selection.get_untracked().states;
        let changed = self
            .editing
            .try_update_value(|editing| editing.set_text(text, selected));
        if changed == Some(true) {
            self.publish(origin);
        }
    }

    /// Takes over edits of the present text that were typed, in order of position.
    pub fn type_in(self, edits: Vec<TextEdit>, origin: Origin) {
        let selected = self.selection.get_untracked().states;
        let changed = self
            .editing
            .try_update_value(|editing| editing.type_in(edits, selected));
        if changed == Some(true) {
            self.publish(origin);
        }
    }

    /// Ends a run of typing, so that the next character begins a new undo step.
    pub fn pause_typing(self) {
        self.editing.update_value(Editing::pause);
    }

    /// Begins a gesture: all changes until [`Self::commit`] are one step.
    pub fn begin(self) {
        self.editing.update_value(Editing::begin);
    }

    /// Ends the gesture.
    pub fn commit(self, label: &str) {
        self.editing.update_value(|editing| editing.commit(label));
        self.publish_history();
    }

    /// Takes the gesture's changes back; nothing to redo is left.
    pub fn cancel(self) {
        self.editing.update_value(Editing::cancel);
        self.publish(Origin::History);
    }

    /// Takes the last step back.
    pub fn undo(self) {
        if let Some(Some(step)) = self.editing.try_update_value(Editing::undo) {
            self.stepped(text::undone(&step.label), step.before);
        }
    }

    /// Does the last undone step again.
    pub fn redo(self) {
        if let Some(Some(step)) = self.editing.try_update_value(Editing::redo) {
            self.stepped(text::redone(&step.label), step.after);
        }
    }

    /// What a stored history lacks of this one; none when nothing was done since. It counts as stored from then on.
    pub fn take_unstored(self) -> Option<Unstored> {
        let unstored = self.editing.try_update_value(Editing::take_unstored);
        unstored.flatten()
    }

    /// The whole history is to be stored the next time.
    pub fn unstore(self) {
        // What a browser answers late may come when the session is over.
        let _ = self.editing.try_update_value(Editing::unstore);
    }

    /// Goes on with what was done before, which leads to the text that was opened.
    pub fn remember(self, past: Past) {
        let remembered = self
            .editing
            .try_update_value(|editing| editing.remember(past));
        match remembered {
            Some(true) => self.publish(Origin::History),
            Some(false) => self.publish_history(),
            None => {}
        }
    }

    /// Marks `text` as the saved one, for a draft that is opened over an older saved text.
    pub fn saved_as(self, text: &str) {
        self.editing.update_value(|editing| editing.saved_as(text));
        self.dirty.set(self.editing.with_value(Editing::dirty));
    }

    /// Runs the checks after the present frame; several calls before that are one.
    pub fn check_soon(self) {
        if self
            .check_due
            .try_update_value(|due| std::mem::replace(due, true))
            == Some(false)
        {
            after_frame(move || self.check_now());
        }
    }

    /// Whether the findings are those of the present text.
    pub fn is_checked(self) -> bool {
        !self.check_due.get_value()
    }

    /// Runs the checks now.
    pub fn check_now(self) {
        self.check_due.set_value(false);
        let Some(machine_type) = self.machine_type.try_get_untracked() else {
            return;
        };
        let findings = self
            .editing
            .with_value(|editing| editing.findings(machine_type));
        if **self.diagnostics.read_untracked() != findings {
            self.diagnostics.set(Arc::new(findings));
        }
    }

    fn stepped(self, words: String, select: Vec<Pointer>) {
        self.publish(Origin::History);
        let outline = self.outline.get_untracked();
        self.select_all(
            select
                .into_iter()
                .filter(|state| outline.find(state).is_some())
                .collect(),
        );
        self.say(words);
    }

    /// Says in the live region why something is not done; says that the text stays.
    pub fn refuse(self, refusal: &Refusal) -> bool {
        // What a browser answers late may come when the session is over.
        let _ = self.notice.try_set(Notice {
            text: refusal.to_string(),
            refused: true,
        });
        false
    }

    fn publish(self, origin: Origin) {
        let (document, outline, outlined, stale, dirty) = self.editing.with_value(|editing| {
            (
                editing.document().clone(),
                editing.outline().clone(),
                editing.outlined().clone(),
                editing.stale(),
                editing.dirty(),
            )
        });
        self.origin.set(origin);
        set_if_changed(self.stale, stale);
        set_if_changed(self.dirty, dirty);
        if !Arc::ptr_eq(&outline, &self.outline.read_untracked()) {
            self.outline.set(outline);
            self.outlined.set(outlined);
        }
        self.document.set(document);
        self.keep_selection();
        self.publish_history();
        self.check_soon();
    }

    /// Forgets what is selected and gone.
    fn keep_selection(self) {
        let outline = self.outline.get_untracked();
        let stays = |state: &Pointer| outline.find(state).is_some();
        let (states_stay, way_stays) = self.selection.with_untracked(|selection| {
            let way = selection.way.as_ref();
            (
                selection.states.iter().all(stays),
                way.is_none_or(|way| is_drawn(&outline, way)),
            )
        });
        if !states_stay || !way_stays {
            self.selection.update(|selection| {
                selection.states.retain(stays);
                selection.way.take_if(|_| !way_stays);
            });
        }
    }

    fn publish_history(self) {
        let view = self.editing.with_value(|editing| HistoryView {
            undo: editing.history().undo_label().map(str::to_owned),
            redo: editing.history().redo_label().map(str::to_owned),
        });
        set_if_changed(self.history, view);
    }
}

fn set_if_changed<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if *signal.read_untracked() != value {
        signal.set(value);
    }
}

/// Whether a way is there.
fn is_drawn(outline: &Outline, way: &Way) -> bool {
    match way {
        Way::Start(block) => outline
            .blocks
            .iter()
            .any(|shape| shape.pointer == *block && shape.start.is_some()),
        Way::Transition(at) => outline
            .states
            .iter()
            .flat_map(|state| &state.transitions)
            .any(|transition| transition.pointer == *at),
        Way::End(state) => outline
            .find(state)
            .is_some_and(|state| outline.states[state.0].ends),
    }
}

/// A drawn way that leads to a state.
fn way_into(outline: &Outline, state: asl::graph::StateIx) -> Option<Way> {
    let block = &outline.blocks[outline.states[state.0].block.0];
    if block.start == Some(state) {
        return Some(Way::Start(block.pointer.clone()));
    }
    block
        .states
        .iter()
        .flat_map(|from| &outline.states[from.0].transitions)
        .find(|way| way.to == Some(state))
        .map(|way| Way::Transition(way.pointer.clone()))
}

/// How many findings each state has, hints apart: a finding belongs to the innermost state that holds its place.
fn problems_by_state(outline: &Outline, findings: &[Diagnostic]) -> FxHashMap<Pointer, usize> {
    let states: FxHashSet<&Pointer> = outline.states.iter().map(|state| &state.pointer).collect();
    let mut counts = FxHashMap::default();
    for finding in findings
        .iter()
        .filter(|finding| finding.severity != asl::check::Severity::Hint)
    {
        let mut at = finding.pointer.clone();
        while !states.contains(&at) && !at.0.is_empty() {
            at.0.pop();
        }
        if !at.0.is_empty() {
            *counts.entry(at).or_insert(0) += 1;
        }
    }
    counts
}

/// Runs `work` when the present frame is painted; at once where there are no frames.
pub fn after_frame(work: impl FnOnce() + 'static) {
    if cfg!(target_arch = "wasm32") {
        request_animation_frame(move || set_timeout(work, std::time::Duration::ZERO));
    } else {
        work();
    }
}
