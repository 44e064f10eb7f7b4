//! The menus of the canvas: which state to add, what to do with a state or a way, how to connect.

use super::board::Board;
use crate::commands::{CanvasAct, Command, Desk};
use crate::document::{Addition, Blueprint, Change, Group, Lead, Place, Way, WayEnd};
use crate::palette::kind_of;
use crate::session::Ask;
use crate::text::canvas as text;
use crate::ui::{Glyph, MenuItem, PointMenu};
use asl::graph::StateType;
use asl::text::Pointer;
use layout::Point;
use leptos::prelude::*;

/// What a line of a menu does.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Act {
    /// A command of the studio.
    Do(Command),
    /// Opens the list of what can be added at a place.
    AddAt(Place),
    Insert(Place, Addition),
    /// Leads to the palette, which adds at a place.
    Find(Place),
    Connect(Pointer, Pointer),
    ConnectRule(Pointer, Pointer),
    ConnectCatch(Pointer, Pointer),
    Default(Pointer, Pointer),
}

/// How much one step zooms.
const ZOOM_STEP: f64 = 1.2;

/// One line of a menu.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) label: String,
    pub(super) hint: &'static str,
    pub(super) glyph: Glyph,
    /// The class of a state type's hue; empty for plain entries.
    pub(super) hue: &'static str,
    pub(super) keys: &'static str,
    pub(super) act: Act,
}

/// A menu that is open, with its place on the page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct OpenMenu {
    pub(super) title: &'static str,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) entries: Vec<Entry>,
}

fn entry(label: impl Into<String>, glyph: Glyph, keys: &'static str, act: Act) -> Entry {
    Entry {
        label: label.into(),
        hint: "",
        glyph,
        hue: "",
        keys,
        act,
    }
}

/// The line of a command, from the table.
fn does(command: Command) -> Entry {
    entry(
        command.words(),
        command.glyph(),
        command.key(),
        Act::Do(command),
    )
}

/// Lets the commands of a desk reach the canvas.
pub(super) fn serve(board: Board, desk: Desk) {
    desk.serve(UnsyncCallback::new(move |act| {
        let with_state = |work: &dyn Fn(Pointer)| {
            if let Some(state) = desk.subject().or(board.under_keys()) {
                work(state);
            }
        };
        match act {
            CanvasAct::Add => Act::AddAt(board.place_to_add()).run(board, desk),
            CanvasAct::Connect => with_state(&|state| board.begin_leading(Lead::New(state))),
            CanvasAct::Lead => begin_leading(board, WayEnd::Tip),
            CanvasAct::LeadFrom => begin_leading(board, WayEnd::Beginning),
            CanvasAct::NextWay => board.select_next_way(),
            CanvasAct::Note => with_state(&|state| board.noted.set(Some(state))),
            CanvasAct::Menu => with_state(&|state| open_for(board, &state)),
            CanvasAct::Fit => board.fit(),
            CanvasAct::ZoomIn => board.zoom_by(ZOOM_STEP),
            CanvasAct::ZoomOut => board.zoom_by(1.0 / ZOOM_STEP),
            CanvasAct::ActualSize => board.zoom_to(1.0),
        }
    }));
}

/// Begins to lead an end of the selected way elsewhere.
fn begin_leading(board: Board, end: WayEnd) {
    let selection = board.session.selection();
    if let Some(way) = selection.with_untracked(|all| all.way.clone()) {
        board.begin_leading(Lead::End(way, end));
    }
}

/// Opens the list of what can be added at a place; `x` and `y` are of the page.
pub(super) fn open_add(board: Board, place: &Place, x: f64, y: f64) {
    let add = |addition: Addition| Entry {
        label: addition.label().to_owned(),
        hint: addition.hint(),
        glyph: kind_of(addition).glyph(),
        hue: kind_of(addition).class(),
        keys: "",
        act: Act::Insert(place.clone(), addition),
    };
    let usual = Blueprint::all().filter(|blueprint| match blueprint {
        Blueprint::Action(action) => action.is_usual,
        Blueprint::Task | Blueprint::Call(_) => false,
        Blueprint::Choice
        | Blueprint::Parallel
        | Blueprint::Map
        | Blueprint::Wait
        | Blueprint::Pass
        | Blueprint::Succeed
        | Blueprint::Fail => true,
    });
    let mut entries: Vec<Entry> = usual.map(|blueprint| add(blueprint.into())).collect();
    let others = Act::Find(place.clone());
    entries.insert(
        0,
        entry(text::FIND, Glyph::Search, Command::FindToAdd.key(), others),
    );
    open(board, text::ADD, entries, x, y);
}

fn open(board: Board, title: &'static str, entries: Vec<Entry>, x: f64, y: f64) {
    board.menu.set(Some(OpenMenu {
        title,
        x,
        y,
        entries,
    }));
}

/// Connects two states, after asking how when there are several ways.
pub(super) fn connect(board: Board, from: &Pointer, to: &Pointer, at: (f64, f64)) {
    let both = board.drawing.with_untracked(|drawing| {
        let state = |pointer: &Pointer| {
            drawing
                .node(pointer)
                .map(|node| drawing.outline.states[node.state.0].clone())
        };
        state(from).zip(state(to))
    });
    let Some((source, target)) = both else { return };
    let (from, to) = (from.clone(), to.clone());
    let name = &target.name;
    match source.kind {
        Some(StateType::Task | StateType::Parallel | StateType::Map) => {
            let entries = vec![
                entry(
                    text::connect_next(name),
                    Glyph::Down,
                    "",
                    Act::Connect(from.clone(), to.clone()),
                ),
                entry(
                    text::connect_after_error(name),
                    Glyph::Shield,
                    "",
                    Act::ConnectCatch(from, to),
                ),
            ];
            open(board, text::CONNECT, entries, at.0, at.1);
        }
        Some(StateType::Choice) => {
            let entries = vec![
                entry(
                    text::connect_rule(name),
                    Glyph::Choice,
                    "",
                    Act::ConnectRule(from.clone(), to.clone()),
                ),
                entry(
                    text::connect_otherwise(name),
                    Glyph::Right,
                    "",
                    Act::Default(from, to),
                ),
            ];
            open(board, text::CONNECT, entries, at.0, at.1);
        }
        Some(StateType::Pass | StateType::Wait | StateType::Succeed | StateType::Fail) | None => {
            Act::Connect(from, to).edit(board);
        }
    }
}

/// Opens the menu of what is under the pointer.
pub(super) fn open_context(board: Board, event: &web_sys::MouseEvent) {
    event.prevent_default();
    board.measure();
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    let point = board.to_drawing(x, y);
    let node = board.state_at(point);
    let edge = board.way_at(point);
    match (node, edge) {
        (Some(state), _) => {
            if !board
                .session
                .selection()
                .with_untracked(|all| all.has(&state))
            {
                board.session.select(state.clone());
            }
            open(board, text::STATE, state_entries(board, &state), x, y);
        }
        (None, Some(way)) if !board.read_only => {
            board.session.select_way(way.clone());
            let is_transition = matches!(way, Way::Transition(_));
            let add = Act::AddAt(Place::On(way));
            let mut entries = vec![
                entry(text::ADD_ON_WAY, Glyph::Plus, Command::Add.key(), add),
                does(Command::Lead),
            ];
            if is_transition {
                entries.push(does(Command::LeadFrom));
            }
            entries.push(does(Command::Paste));
            if is_transition {
                entries.push(Entry {
                    label: text::DISCONNECT.to_owned(),
                    ..does(Command::Delete)
                });
            }
            open(board, text::WAY, entries, x, y);
        }
        (None, _) => {
            let mut entries = vec![does(Command::Fit), does(Command::Turn)];
            if !board.read_only {
                board.session.select_none();
                let end = Act::AddAt(Place::Into(Pointer::default()));
                entries.insert(0, entry(text::ADD_AT_END, Glyph::Plus, "", end));
                entries.push(does(Command::Paste));
                entries.push(does(Command::SelectAll));
            }
            open(board, text::CANVAS, entries, x, y);
        }
    }
}

/// Opens the menu of the group whose states are selected.
pub(super) fn open_group(board: Board, x: f64, y: f64) {
    let entries = [
        Command::RenameGroup,
        Command::Dissolve,
        Command::Copy,
        Command::Delete,
    ];
    open(board, text::GROUP, entries.map(does).to_vec(), x, y);
}

/// Opens the menu of a state from the keyboard, beside it.
pub(super) fn open_for(board: Board, state: &Pointer) {
    let (x, y) = beside(board, state);
    open(board, text::STATE, state_entries(board, state), x, y);
}

/// A point of the page at a state's lower right.
pub(super) fn beside(board: Board, state: &Pointer) -> (f64, f64) {
    let rect = board
        .drawing
        .with_untracked(|drawing| drawing.node(state).map(|node| node.rect))
        .unwrap_or_default();
    let (x, y) = board
        .session
        .view()
        .get_untracked()
        .to_window(rect.x + 40.0, rect.y + 48.0_f64.min(rect.h));
    let corner = board
        .root
        .get_untracked()
        .map(|root| root.get_bounding_client_rect());
    corner.map_or((x, y), |corner| (x + corner.left(), y + corner.top()))
}

fn state_entries(board: Board, state: &Pointer) -> Vec<Entry> {
    let (holds, parallel) = board.drawing.with_untracked(|drawing| {
        let node = drawing
            .node(state)
            .map(|node| &drawing.outline.states[node.state.0]);
        (
            node.is_some_and(|node| !node.children.is_empty()),
            node.is_some_and(|node| node.kind == Some(StateType::Parallel)),
        )
    });
    let editing = [
        Command::Rename,
        Command::Note,
        Command::Add,
        Command::Connect,
        Command::Copy,
        Command::Cut,
        Command::Paste,
        Command::Duplicate,
        Command::WrapInParallel,
        Command::WrapInMap,
        Command::Extract,
        Command::Group,
    ];
    let of_group = [Command::RenameGroup, Command::Ungroup, Command::Dissolve];
    let is_grouped = Group::of(&board.session.outlined().get_untracked(), state).is_some();
    let is_there = |command: &Command| !board.read_only || !command.is_for_work();
    let mut entries = vec![does(Command::Inspect)];
    entries.extend(editing.into_iter().filter(is_there).map(does));
    let of_group = of_group.into_iter().filter(|_| is_grouped);
    entries.extend(of_group.filter(is_there).map(does));
    if parallel && !board.read_only {
        let branch = Act::AddAt(Place::Branch(state.clone()));
        entries.push(entry(text::ADD_BRANCH, Glyph::Plus, "", branch));
    }
    if holds {
        entries.push(does(Command::Fold));
    }
    let rest = [
        Command::TestState,
        Command::ShowCode,
        Command::Breakpoint,
        Command::Delete,
    ];
    entries.extend(rest.into_iter().filter(is_there).map(does));
    entries
}

impl Act {
    /// Does it. The focus goes to what is selected afterwards, unless it leads somewhere else.
    pub(super) fn run(self, board: Board, desk: Desk) {
        match self {
            Self::Do(command) => {
                desk.run(command);
                if !leads_away(command) {
                    refocus(board);
                }
            }
            Self::AddAt(place) => {
                let (x, y) = board.spot_of(&place);
                open_add(board, &place, x, y);
            }
            Self::Find(place) => find(board, place),
            Self::Insert(..)
            | Self::Connect(..)
            | Self::ConnectRule(..)
            | Self::ConnectCatch(..)
            | Self::Default(..) => self.edit(board),
        }
    }

    /// Makes the change that it stands for.
    fn edit(self, board: Board) {
        board.session.edit(|editing| match &self {
            Self::Insert(place, addition) => editing.insert(place, *addition),
            Self::Connect(from, to) => editing.connect(from, to),
            Self::ConnectRule(from, to) => editing.connect_rule(from, to),
            Self::ConnectCatch(from, to) => editing.connect_catch(from, to),
            Self::Default(from, to) => editing.connect_default(from, to),
            Self::Do(_) | Self::AddAt(_) | Self::Find(_) => Ok(Change::default()),
        });
        refocus(board);
    }
}

/// While a connection is made with the keys, the focus is on what it would lead to.
fn refocus(board: Board) {
    if board.linking.with_untracked(Option::is_some) {
        return;
    }
    let selected = board
        .session
        .selection()
        .with_untracked(|all| all.primary().cloned());
    board.focus(selected.or(board.under_keys()));
}

/// Whether the focus is somewhere else after a command.
fn leads_away(command: Command) -> bool {
    matches!(
        command,
        Command::Inspect
            | Command::Rename
            | Command::ShowCode
            | Command::TestState
            | Command::Add
            | Command::Menu
            | Command::Connect
            | Command::Lead
            | Command::LeadFrom
            | Command::Note
            | Command::Group
            | Command::RenameGroup
    )
}

/// Leads to the palette's search, which adds at the place that is selected.
fn find(board: Board, place: Place) {
    match place {
        Place::On(way) => board.session.select_way(way),
        Place::After(state) => board.session.select(state),
        Place::Into(_) | Place::Branch(_) => board.session.select_none(),
    }
    board.session.ask().set(Some(Ask::Palette));
}

impl Board {
    /// A point of the page near a place, for a menu.
    pub(super) fn spot_of(self, place: &Place) -> (f64, f64) {
        let on_page = |x: f64, y: f64| {
            let (x, y) = self.session.view().get_untracked().to_window(x, y);
            let corner = self
                .root
                .get_untracked()
                .map(|root| root.get_bounding_client_rect());
            corner.map_or((x, y), |corner| (x + corner.left(), y + corner.top()))
        };
        match place {
            Place::On(way) => {
                let middle = self
                    .drawing
                    .with_untracked(|drawing| drawing.edge(way).map(|edge| edge.middle));
                middle.map_or_else(
                    || on_page(0.0, 0.0),
                    |middle| on_page(middle.x + 16.0, middle.y),
                )
            }
            Place::After(state) | Place::Branch(state) => beside(self, state),
            Place::Into(_) => {
                let bounds = self.drawing.with_untracked(|drawing| drawing.layout.bounds);
                let orientation = self.session.orientation().get_untracked();
                let bounds = orientation.turned_rect(bounds);
                let end = Point::new(16.0, (bounds.bottom() - 60.0).max(bounds.y));
                let end = orientation.turned_point(end);
                on_page(end.x, end.y)
            }
        }
    }
}

/// The open menu. A drawing that is pressed closes it; Escape gives the focus back to the state under the keys.
#[component]
pub(super) fn CanvasMenu(board: Board, desk: Desk) -> impl IntoView {
    let leave = move || board.focus(board.under_keys());
    move || {
        board.menu.get().map(|menu| {
            let lines = menu.entries.into_iter();
            let lines = lines
                .map(|entry| view! { <MenuLine board=board desk=desk entry=entry/> })
                .collect_view();
            view! {
                <PointMenu label=menu.title titled=true at=(menu.x, menu.y) on_close=move || board.menu.set(None) on_leave=leave>
                    {lines}
                </PointMenu>
            }
        })
    }
}

#[component]
fn MenuLine(board: Board, desk: Desk, entry: Entry) -> impl IntoView {
    let reason = match &entry.act {
        Act::Do(command) => desk.may(*command).err(),
        Act::AddAt(_)
        | Act::Insert(..)
        | Act::Find(_)
        | Act::Connect(..)
        | Act::ConnectRule(..)
        | Act::ConnectCatch(..)
        | Act::Default(..) => None,
    };
    let danger = entry.act == Act::Do(Command::Delete);
    let act = entry.act;
    let press = move || {
        board.menu.set(None);
        act.clone().run(board, desk);
    };
    view! {
        <MenuItem label=entry.label glyph=entry.glyph hue=entry.hue hint=entry.hint keys=entry.keys reason=reason danger=danger on_press=press/>
    }
}
