//! The menus of the canvas: which state to add, what to do with a state or a way, how to connect.

use super::board::Board;
use crate::document::{Addition, Blueprint, Place, Way};
use crate::palette::kind_of;
use crate::session::Ask;
use crate::ui::{Glyph, Icon};
use asl::graph::StateType;
use asl::text::Pointer;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Something that the canvas can do.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Command {
    Insert(Place, Addition),
    Find(Place),
    AddAt(Place),
    Inspect(Pointer),
    Rename(Pointer),
    Code(Pointer),
    ConnectFrom(Pointer),
    Connect(Pointer, Pointer),
    ConnectRule(Pointer, Pointer),
    ConnectCatch(Pointer, Pointer),
    Default(Pointer, Pointer),
    Disconnect(Way),
    Duplicate,
    WrapInParallel,
    WrapInMap,
    Fold(Pointer),
    Breakpoint(Pointer),
    Delete,
    SelectAll,
    Fit,
}

/// One line of a menu.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) label: String,
    pub(super) hint: &'static str,
    pub(super) glyph: Glyph,
    /// The class of a state type's hue; empty for plain entries.
    pub(super) hue: &'static str,
    pub(super) keys: &'static str,
    pub(super) command: Command,
}

/// A menu that is open, with its place on the canvas.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct OpenMenu {
    pub(super) title: &'static str,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) entries: Vec<Entry>,
}

fn entry(label: impl Into<String>, glyph: Glyph, keys: &'static str, command: Command) -> Entry {
    Entry {
        label: label.into(),
        hint: "",
        glyph,
        hue: "",
        keys,
        command,
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
        command: Command::Insert(place.clone(), addition),
    };
    let usual = Blueprint::all().filter(|blueprint| match blueprint {
        Blueprint::Action(action) => action.is_usual,
        Blueprint::Task => false,
        Blueprint::Choice
        | Blueprint::Parallel
        | Blueprint::Map
        | Blueprint::Wait
        | Blueprint::Pass
        | Blueprint::Succeed
        | Blueprint::Fail => true,
    });
    let mut entries: Vec<Entry> = usual.map(|blueprint| add(blueprint.into())).collect();
    let others = Command::Find(place.clone());
    entries.insert(
        0,
        entry("Find an action or a pattern…", Glyph::Search, "/", others),
    );
    open(board, "Add a state", entries, x, y);
}

fn open(board: Board, title: &'static str, entries: Vec<Entry>, x: f64, y: f64) {
    let (x, y) = board.to_window(x, y);
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
                    format!("Go on to {name}"),
                    Glyph::Down,
                    "",
                    Command::Connect(from.clone(), to.clone()),
                ),
                entry(
                    format!("Go to {name} after an error"),
                    Glyph::Shield,
                    "",
                    Command::ConnectCatch(from, to),
                ),
            ];
            open(board, "Connect", entries, at.0, at.1);
        }
        Some(StateType::Choice) => {
            let entries = vec![
                entry(
                    format!("New rule to {name}"),
                    Glyph::Choice,
                    "",
                    Command::ConnectRule(from.clone(), to.clone()),
                ),
                entry(
                    format!("Otherwise to {name}"),
                    Glyph::Right,
                    "",
                    Command::Default(from, to),
                ),
            ];
            open(board, "Connect", entries, at.0, at.1);
        }
        Some(StateType::Pass | StateType::Wait | StateType::Succeed | StateType::Fail) | None => {
            Command::Connect(from, to).run(board);
        }
    }
}

/// Opens the menu of what is under the pointer.
pub(super) fn open_context(board: Board, event: &web_sys::MouseEvent) {
    event.prevent_default();
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    let point = board.to_drawing(x, y);
    let reach = 9.0 / board.session.view().get_untracked().zoom;
    let (node, edge) = board.drawing.with_untracked(|drawing| {
        let node = drawing
            .layout
            .node_at(point)
            .map(|node| node.pointer.clone());
        (
            node,
            drawing
                .layout
                .edge_at(point, reach)
                .map(|edge| edge.way.clone()),
        )
    });
    match (node, edge) {
        (Some(state), _) => {
            if !board
                .session
                .selection()
                .with_untracked(|all| all.has(&state))
            {
                board.session.select(state.clone());
            }
            open(board, "State", state_entries(board, &state), x, y);
        }
        (None, Some(way)) if !board.read_only => {
            board.session.select_way(way.clone());
            let mut entries = vec![entry(
                "Add a state here…",
                Glyph::Plus,
                "A",
                Command::AddAt(Place::On(way.clone())),
            )];
            if matches!(way, Way::Transition(_)) {
                entries.push(entry(
                    "Disconnect",
                    Glyph::Trash,
                    "Del",
                    Command::Disconnect(way),
                ));
            }
            open(board, "Way", entries, x, y);
        }
        (None, _) => {
            let mut entries = vec![entry(
                "Show the whole pipeline",
                Glyph::Fit,
                "Alt+C",
                Command::Fit,
            )];
            if !board.read_only {
                let end = Command::AddAt(Place::Into(Pointer::default()));
                entries.insert(0, entry("Add a state at the end…", Glyph::Plus, "", end));
                entries.push(entry(
                    "Select all",
                    Glyph::List,
                    "Ctrl+A",
                    Command::SelectAll,
                ));
            }
            open(board, "Canvas", entries, x, y);
        }
    }
}

/// Opens the menu of a state from the keyboard, beside it.
pub(super) fn open_for(board: Board, state: &Pointer) {
    let (x, y) = beside(board, state);
    open(board, "State", state_entries(board, state), x, y);
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
    let own = || state.clone();
    let mut entries = vec![entry(
        "Show in the inspector",
        Glyph::Inspector,
        "Enter",
        Command::Inspect(own()),
    )];
    if !board.read_only {
        entries.extend([
            entry("Rename", Glyph::Edit, "F2", Command::Rename(own())),
            entry(
                "Add a state after it…",
                Glyph::Plus,
                "A",
                Command::AddAt(Place::After(own())),
            ),
            entry("Connect…", Glyph::Right, "C", Command::ConnectFrom(own())),
            entry("Duplicate", Glyph::Copy, "Ctrl+D", Command::Duplicate),
            entry(
                "Wrap in Parallel",
                Glyph::Parallel,
                "",
                Command::WrapInParallel,
            ),
            entry("Wrap in Map", Glyph::Map, "", Command::WrapInMap),
        ]);
    }
    let (holds, parallel) = board.drawing.with_untracked(|drawing| {
        let node = drawing
            .node(state)
            .map(|node| &drawing.outline.states[node.state.0]);
        (
            node.is_some_and(|node| !node.children.is_empty()),
            node.is_some_and(|node| node.kind == Some(StateType::Parallel)),
        )
    });
    if parallel && !board.read_only {
        entries.push(entry(
            "Add a branch…",
            Glyph::Plus,
            "",
            Command::AddAt(Place::Branch(own())),
        ));
    }
    if holds {
        entries.push(entry(
            "Fold or unfold",
            Glyph::Panel,
            "F",
            Command::Fold(own()),
        ));
    }
    entries.push(entry(
        "Show in the code",
        Glyph::Code,
        "",
        Command::Code(own()),
    ));
    if !board.read_only {
        entries.push(entry(
            "Breakpoint",
            Glyph::Breakpoint,
            "B",
            Command::Breakpoint(own()),
        ));
        entries.push(entry("Delete", Glyph::Trash, "Del", Command::Delete));
    }
    entries
}

impl Command {
    /// Does it. The focus goes to what is selected afterwards.
    pub(super) fn run(self, board: Board) {
        let session = board.session;
        let selected = || session.selection().get_untracked().states;
        match self {
            Self::Insert(place, addition) => {
                session.edit(|editing| editing.insert(&place, addition));
            }
            Self::Find(place) => return find(board, place),
            Self::AddAt(place) => {
                let (x, y) = board.spot_of(&place);
                open_add(board, &place, x, y);
                return;
            }
            Self::Inspect(state) => return ask(board, state, Ask::Inspect),
            Self::Rename(state) => return ask(board, state, Ask::Rename),
            Self::Code(state) => return ask(board, state, Ask::Code),
            Self::ConnectFrom(state) => board.begin_connecting(state),
            Self::Connect(from, to) => {
                session.edit(|editing| editing.connect(&from, &to));
            }
            Self::ConnectRule(from, to) => {
                session.edit(|editing| editing.connect_rule(&from, &to));
            }
            Self::ConnectCatch(from, to) => {
                session.edit(|editing| editing.connect_catch(&from, &to));
            }
            Self::Default(from, to) => {
                session.edit(|editing| editing.connect_default(&from, &to));
            }
            Self::Disconnect(way) => {
                session.edit(|editing| editing.disconnect(&way));
            }
            Self::Duplicate => {
                session.edit(|editing| editing.duplicate(&selected()));
            }
            Self::WrapInParallel => {
                session.edit(|editing| editing.wrap_in_parallel(&selected()));
            }
            Self::WrapInMap => {
                session.edit(|editing| editing.wrap_in_map(&selected()));
            }
            Self::Fold(state) => board.fold(&state),
            Self::Breakpoint(state) => session.breakpoints().update(|all| {
                if !all.remove(&state) {
                    all.insert(state);
                }
            }),
            Self::Delete => board.delete(),
            Self::SelectAll => session.select_all(board.drawing.with_untracked(|drawing| {
                let top = drawing.layout.nodes.iter().filter(|node| node.depth == 0);
                top.map(|node| node.pointer.clone()).collect()
            })),
            Self::Fit => board.fit(),
        }
        board.focus(
            session
                .selection()
                .with_untracked(|all| all.primary().cloned())
                .or(board.under_keys()),
        );
    }
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

fn ask(board: Board, state: Pointer, ask: fn(Pointer) -> Ask) {
    board.session.select(state.clone());
    board.session.ask().set(Some(ask(state)));
}

impl Board {
    /// Removes what is selected: states, or a way.
    pub(super) fn delete(self) {
        let selection = self.session.selection().get_untracked();
        match selection.way {
            Some(way) => self.session.edit(|editing| editing.disconnect(&way)),
            None if selection.states.is_empty() => false,
            None => self
                .session
                .edit(|editing| editing.remove_states(&selection.states)),
        };
    }

    /// Folds a container, or unfolds it.
    pub(super) fn fold(self, state: &Pointer) {
        let holds = self.drawing.with_untracked(|drawing| {
            drawing
                .node(state)
                .is_some_and(|node| !drawing.outline.states[node.state.0].children.is_empty())
        });
        if holds {
            self.session.folded().update(|folded| {
                if !folded.remove(state) {
                    folded.insert(state.clone());
                }
            });
        }
    }

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
                on_page(16.0, (bounds.bottom() - 60.0).max(bounds.y))
            }
        }
    }
}

/// The open menu: arrow keys, first letters, Enter and Escape work.
#[component]
pub(super) fn CanvasMenu(board: Board) -> impl IntoView {
    move || {
        board
            .menu
            .get()
            .map(|menu| view! { <MenuList board=board menu=menu/> })
    }
}

#[component]
fn MenuList(board: Board, menu: OpenMenu) -> impl IntoView {
    let list = NodeRef::<html::Div>::new();
    let place = StoredValue::new((menu.x, menu.y));
    Effect::new(move || {
        let Some(list) = list.get() else { return };
        keep_inside(board, &list, place.get_value());
        focus_item(&list, |_, count| (count > 0).then_some(0));
    });
    let entries = menu
        .entries
        .into_iter()
        .map(|entry| view! { <MenuLine board=board entry=entry/> });
    view! {
        <div
            node_ref=list
            class="canvas-menu"
            role="menu"
            aria-label=menu.title
            style=format!("inset-inline-start:{:.0}px;inset-block-start:{:.0}px", menu.x, menu.y)
            on:keydown=move |event| keys(board, list, &event)
            on:pointerdown=|event| event.stop_propagation()
            on:wheel=|event| event.stop_propagation()
            on:contextmenu=|event| event.prevent_default()
        >
            <p class="menu-title" aria-hidden="true">{menu.title}</p>
            {entries.collect_view()}
        </div>
    }
}

#[component]
fn MenuLine(board: Board, entry: Entry) -> impl IntoView {
    let command = entry.command.clone();
    let press = move |event: web_sys::MouseEvent| {
        event.stop_propagation();
        board.menu.set(None);
        command.clone().run(board);
    };
    let icon = if entry.hue.is_empty() {
        view! { <Icon glyph=entry.glyph/> }.into_any()
    } else {
        view! { <span class=format!("sq {}", entry.hue)><Icon glyph=entry.glyph size="s"/></span> }
            .into_any()
    };
    view! {
        <button type="button" role="menuitem" class:danger=entry.command == Command::Delete tabindex="-1" on:click=press>
            {icon}
            <span class="grow">{entry.label}{(!entry.hint.is_empty()).then(|| view! { <small>{entry.hint}</small> })}</span>
            {(!entry.keys.is_empty()).then(|| view! { <kbd>{entry.keys}</kbd> })}
        </button>
    }
}

/// Moves the menu so that all of it is on the canvas.
fn keep_inside(board: Board, list: &web_sys::HtmlElement, (x, y): (f64, f64)) {
    let (width, height) = board.size.get_untracked();
    let (w, h) = (
        f64::from(list.offset_width()),
        f64::from(list.offset_height()),
    );
    let style = web_sys::HtmlElement::style(list);
    let x = x.min(width - w - 8.0).max(8.0);
    let y = y.min(height - h - 8.0).max(8.0);
    // The names are fixed and valid.
    let _ = style.set_property("inset-inline-start", &format!("{x:.0}px"));
    let _ = style.set_property("inset-block-start", &format!("{y:.0}px"));
}

/// Moves the focus to the item that `choose` picks from the present position and the count.
fn focus_item(list: &web_sys::HtmlElement, choose: impl Fn(Option<usize>, usize) -> Option<usize>) {
    let items = items(list);
    let active = document().active_element();
    let present = items.iter().position(|item| {
        active
            .as_ref()
            .is_some_and(|active| active.is_same_node(Some(item)))
    });
    if let Some(item) = choose(present, items.len()).and_then(|index| items.get(index)) {
        // An item that cannot take the focus keeps it where it was.
        let _ = item.focus();
    }
}

fn items(list: &web_sys::HtmlElement) -> Vec<web_sys::HtmlElement> {
    let Ok(found) = list.query_selector_all("[role=menuitem]") else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into().ok())
        .collect()
}

fn keys(board: Board, list: NodeRef<html::Div>, event: &web_sys::KeyboardEvent) {
    let Some(list) = list.get_untracked() else {
        return;
    };
    event.stop_propagation();
    let key = event.key();
    match key.as_str() {
        "ArrowDown" => focus_item(&list, |at, count| {
            Some(at.map_or(0, |at| (at + 1) % count.max(1)))
        }),
        "ArrowUp" => focus_item(&list, |at, count| {
            Some(at.map_or(0, |at| (at + count - 1) % count.max(1)))
        }),
        "Home" => focus_item(&list, |_, _| Some(0)),
        "End" => focus_item(&list, |_, count| count.checked_sub(1)),
        "Escape" | "Tab" => {
            board.menu.set(None);
            board.focus(board.under_keys());
        }
        _ if key.chars().count() == 1 && !event.ctrl_key() && key != " " => {
            focus_letter(&list, &key.to_lowercase())
        }
        _ => return,
    }
    event.prevent_default();
}

/// The next item whose words begin with a letter.
fn focus_letter(list: &web_sys::HtmlElement, letter: &str) {
    let words: Vec<String> = items(list)
        .iter()
        .map(|item| {
            item.text_content()
                .unwrap_or_default()
                .trim()
                .to_lowercase()
        })
        .collect();
    focus_item(list, |at, count| {
        let after = at.map_or(0, |at| at + 1);
        (after..after + count)
            .map(|index| index % count.max(1))
            .find(|&index| words[index].starts_with(letter))
    });
}
