//! The states of a pipeline as a tree beside the drawing: what the drawing shows, for those who read or hear it line by
//! line, and a quick way about a large pipeline.
//!
//! Only the lines in sight are elements. It changes nothing itself: it selects, and runs commands on what is selected.

mod menu;
mod order;
mod walk;

use crate::canvas::words;
use crate::commands::{Command, Desk, Hears, Press, heard};
use crate::session::{Ask, Session};
use crate::text::tree as text;
use crate::ui::{Glyph, Icon, Kind, fresh_id};
use asl::text::Pointer;
use gloo::timers::callback::Timeout;
use leptos::attr::custom::custom_attribute;
use leptos::html;
use leptos::prelude::*;
use menu::LineMenu;
use order::{Line, What, lines};
use rustc_hash::FxHashSet;
use walk::{Move, outer, step, typed};

/// Height of a line, in pixels, as in `style/tree.css`.
const LINE: f64 = 28.0;

/// How many lines are drawn from the first one in sight on: more than the tallest window has.
const DRAWN: usize = 72;

/// How many lines above the first one in sight are drawn.
const ABOVE: usize = 8;

/// How long after a letter another one goes on with the same word, in milliseconds.
const WORD_MS: u32 = 700;

/// The tree's signals.
#[derive(Clone, Copy)]
struct Tree {
    session: Session,
    desk: Desk,
    /// Whether the drawing is shown, so that it can show a state.
    drawn: Signal<bool>,
    lines: Memo<Vec<Line>>,
    wanted: RwSignal<String>,
    closed: RwSignal<FxHashSet<Pointer>>,
    /// The line under the keys, by its pointer.
    active: RwSignal<Option<Pointer>>,
    /// The first line in sight.
    first: RwSignal<usize>,
    list: NodeRef<html::Div>,
    menu: RwSignal<Option<(f64, f64)>>,
    word: StoredValue<String>,
    pause: StoredValue<Option<Timeout>, LocalStorage>,
    /// What the ids of lines begin with.
    id: StoredValue<String>,
}

impl Tree {
    fn new(session: Session, desk: Desk, drawn: Signal<bool>) -> Self {
        let wanted = RwSignal::new(String::new());
        let closed = RwSignal::new(FxHashSet::default());
        let lines = Memo::new(move |_| {
            let outline = session.outline().get();
            closed.with(|closed| wanted.with(|wanted| lines(&outline, closed, wanted)))
        });
        Self {
            session,
            desk,
            drawn,
            lines,
            wanted,
            closed,
            active: RwSignal::new(None),
            first: RwSignal::new(0),
            list: NodeRef::new(),
            menu: RwSignal::new(None),
            word: StoredValue::new(String::new()),
            pause: StoredValue::new_local(None),
            id: StoredValue::new(fresh_id("tree")),
        }
    }

    /// The line under the keys follows what is selected elsewhere, and is seen. Where something is only taken out of the
    /// selection, it stays.
    fn follow(self) {
        Effect::new(move |before: Option<Vec<Pointer>>| {
            let states = self.session.selection().with(|all| all.states.clone());
            let is_less = before.is_some_and(|before| {
                states.len() < before.len() && states.iter().all(|state| before.contains(state))
            });
            if let Some(state) = states
                .last()
                .filter(|_| !is_less || self.position().is_none())
            {
                self.follow_to(state.clone());
            }
            states
        });
    }

    fn follow_to(self, state: Pointer) {
        let around = outer(&state);
        let hidden = |closed: &FxHashSet<Pointer>| around.iter().any(|at| closed.contains(at));
        if self.closed.with_untracked(hidden) {
            self.closed
                .update(|closed| closed.retain(|at| !around.contains(at)));
        }
        self.active.set(Some(state));
        self.show();
    }

    /// The position of the line under the keys; none when a search or a deletion took it away.
    fn position(self) -> Option<usize> {
        self.active.with_untracked(|active| {
            self.lines.with_untracked(|lines| {
                let own = |line: &Line| Some(&line.at) == active.as_ref();
                lines.iter().position(own)
            })
        })
    }

    /// Scrolls so that the line under the keys is in sight.
    fn show(self) {
        let Some(list) = self.list.get_untracked() else {
            return;
        };
        let top = px(self.position().unwrap_or(0)) * LINE;
        let (seen, height) = (
            f64::from(list.scroll_top()),
            f64::from(list.client_height()),
        );
        let to = if top < seen {
            top
        } else if top + LINE > seen + height {
            top + LINE - height
        } else {
            return;
        };
        list.set_scroll_top(whole(to));
    }

    fn go(self, position: usize) {
        let at = self
            .lines
            .with_untracked(|lines| lines.get(position).map(|line| line.at.clone()));
        if at.is_some() {
            self.active.set(at);
            self.show();
        }
    }

    fn fold(self, at: &Pointer, open: bool) {
        self.closed.update(|closed| {
            if open {
                closed.remove(at);
            } else {
                closed.insert(at.clone());
            }
        });
    }

    /// Selects the state of a line and shows it; a branch opens or closes.
    fn choose(self, line: &Line) {
        self.active.set(Some(line.at.clone()));
        match (line.what, line.open) {
            (What::State(_), _) => {
                self.session.select(line.at.clone());
                if self.drawn.get_untracked() {
                    self.session.ask().set(Some(Ask::Reveal(line.at.clone())));
                }
            }
            (What::Branch(_), Some(open)) => self.fold(&line.at, !open),
            (What::Branch(_), None) => {}
        }
    }

    /// The line under the keys, when it is a state; commands are about it then.
    fn take_state(self) -> Option<Pointer> {
        let position = self.position()?;
        let line = self
            .lines
            .with_untracked(|lines| lines.get(position).cloned())?;
        if matches!(line.what, What::Branch(_)) {
            return None;
        }
        let is_selected = |at: &Pointer| self.session.selection().with_untracked(|all| all.has(at));
        if !is_selected(&line.at) {
            self.session.select(line.at.clone());
        }
        Some(line.at)
    }

    fn focus(self) {
        if let Some(list) = self.list.get_untracked() {
            // A list that left the page keeps nothing to focus.
            let _ = list.focus();
        }
    }

    fn press(self, event: &web_sys::KeyboardEvent) -> bool {
        let press = Press::of(event);
        // Where no line is under the keys, moves begin at the first one, and nothing is done to any.
        let here = self.position();
        let at = here.unwrap_or(0);
        let is_plain = !press.command && !press.alt;
        let moved = self
            .lines
            .with_untracked(|lines| step(lines, at, &press.key))
            .filter(|_| is_plain);
        match moved {
            Some(Move::To(position)) => self.go(position),
            Some(Move::Fold(line, open)) => self.fold(&line, open),
            Some(Move::Stay) => {}
            None if is_plain && matches!(&*press.key, "Enter" | " ") => match here {
                Some(at) if press.key == " " => self.toggle(at),
                Some(at) => self.enter(at),
                None => self.go(at),
            },
            None if is_plain && press.key.chars().count() == 1 => {
                return self.letter(at, &press.key);
            }
            None => return self.command(&press),
        }
        true
    }

    fn enter(self, at: usize) {
        if let Some(line) = self.lines.with_untracked(|lines| lines.get(at).cloned()) {
            self.choose(&line);
        }
    }

    /// Adds the line's state to what is selected, or takes it out.
    fn toggle(self, at: usize) {
        let line = self.lines.with_untracked(|lines| lines.get(at).cloned());
        if let Some(line) = line.filter(|line| matches!(line.what, What::State(_))) {
            self.session.toggle(&line.at);
        }
    }

    fn letter(self, at: usize, letter: &str) -> bool {
        self.word.update_value(|word| word.push_str(letter));
        let forget = move || {
            // The page may be gone when the time is over.
            let _ = self.word.try_update_value(String::clear);
        };
        self.pause.set_value(Some(Timeout::new(WORD_MS, forget)));
        let word = self.word.get_value();
        if let Some(position) = self.lines.with_untracked(|lines| typed(lines, at, &word)) {
            self.go(position);
        }
        true
    }

    /// A key that is heard on the drawing means the same here, about the line's state.
    fn command(self, press: &Press) -> bool {
        let Some(command) = heard(press, Hears::Canvas) else {
            return false;
        };
        match command {
            Command::SelectNone => self.session.select_none(),
            Command::Menu => {
                if self.take_state().is_some() {
                    self.menu.set(Some(self.beside_line()));
                }
            }
            _ if self.take_state().is_none() => return false,
            Command::Delete => {
                let at = self.position();
                self.desk.run(command);
                self.go(at.unwrap_or(0).saturating_sub(1));
            }
            _ => self.desk.run(command),
        }
        true
    }

    /// A point of the page at the line under the keys.
    fn beside_line(self) -> (f64, f64) {
        let Some(list) = self.list.get_untracked() else {
            return (0.0, 0.0);
        };
        let corner = list.get_bounding_client_rect();
        let top = px(self.position().unwrap_or(0)) * LINE - f64::from(list.scroll_top());
        (corner.left() + 40.0, corner.top() + top + LINE)
    }

    fn id_of(self, at: &Pointer) -> String {
        self.id.with_value(|id| format!("{id}-{at}"))
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a tree has far fewer lines than a double counts exactly"
)]
fn px(lines: usize) -> f64 {
    lines as f64
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a list is far lower than the range of the type"
)]
fn whole(height: f64) -> i32 {
    height.round() as i32
}

/// The tree of a session's states, with a search.
#[component]
pub fn StatesTree(
    /// The pipeline.
    session: Session,
    /// What runs commands.
    desk: Desk,
    /// Whether the drawing is shown.
    drawn: Signal<bool>,
) -> impl IntoView {
    let tree = Tree::new(session, desk, drawn);
    tree.follow();
    view! {
        <aside class="tree" aria-label=text::ALL>
            <Find tree=tree/>
            <List tree=tree/>
            <LineMenu desk=desk open=tree.menu on_close=move |()| tree.focus()/>
        </aside>
    }
}

/// The search: Enter shows the first match, an arrow leads to the tree, Escape empties it.
#[component]
fn Find(tree: Tree) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let ask = tree.session.ask();
    Effect::new(move || {
        if ask.get() == Some(Ask::States) && tree.list.get().is_some() {
            tree.focus();
            ask.set(None);
        }
    });
    let first = move || {
        let is_match = |line: &&Line| {
            let wanted = tree.wanted.get_untracked().trim().to_lowercase();
            matches!(line.what, What::State(_)) && line.name.to_lowercase().contains(&wanted)
        };
        tree.lines
            .with_untracked(|lines| lines.iter().find(is_match).cloned())
    };
    let keys = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            if let Some(line) = first() {
                tree.choose(&line);
            }
            event.prevent_default();
        }
        "ArrowDown" => {
            tree.focus();
            event.prevent_default();
        }
        "Escape" if !tree.wanted.get_untracked().is_empty() => {
            event.stop_propagation();
            tree.wanted.set(String::new());
        }
        _ => {}
    };
    view! {
        <label class="field find">
            <Icon glyph=Glyph::Search/>
            <input
                node_ref=field
                type="search"
                placeholder=text::FIND
                aria-label=text::FIND
                autocomplete="off"
                spellcheck="false"
                prop:value=move || tree.wanted.get()
                on:input=move |event| tree.wanted.set(event_target_value(&event))
                on:keydown=keys
            />
        </label>
    }
}

#[component]
fn List(tree: Tree) -> impl IntoView {
    let seen = Memo::new(move |_| {
        let first = tree.first.get().saturating_sub(ABOVE);
        let active = tree.active.get();
        tree.lines.with(|lines| {
            let end = (first + DRAWN).min(lines.len());
            let is_active = |line: &Line| Some(&line.at) == active.as_ref();
            let drawn = |(at, line): (usize, &Line)| {
                ((first..end).contains(&at) || is_active(line)).then(|| (at, line.clone()))
            };
            let drawn: Vec<(usize, Line)> = lines.iter().enumerate().filter_map(drawn).collect();
            drawn
        })
    });
    let count = Memo::new(move |_| tree.lines.with(Vec::len));
    let active_id = move || {
        let active = tree.active.get()?;
        let is_there = seen.with(|lines| lines.iter().any(|(_, line)| line.at == active));
        is_there.then(|| tree.id_of(&active))
    };
    let scrolled = move |_| {
        if let Some(list) = tree.list.get_untracked() {
            let first = usize::try_from(list.scroll_top()).unwrap_or(0)
                / usize::try_from(whole(LINE)).unwrap_or(1);
            if first != tree.first.get_untracked() {
                tree.first.set(first);
            }
        }
    };
    let keydown = move |event: web_sys::KeyboardEvent| {
        if tree.press(&event) {
            event.prevent_default();
            event.stop_propagation();
        }
    };
    // The first line is under the keys when nothing else is.
    let focused = move |_| {
        if tree.position().is_none() {
            tree.go(0);
        }
    };
    let none = move || {
        (count.get() == 0).then(|| {
            let words = if tree.wanted.read().trim().is_empty() {
                text::NONE
            } else {
                text::NONE_FOUND
            };
            view! { <p class="tree-none">{words}</p> }
        })
    };
    view! {
        {none}
        <div
            node_ref=tree.list
            class="tree-list"
            class:empty=move || count.get() == 0
            role=move || if count.get() == 0 { "presentation" } else { "tree" }
            aria-label=text::LIST
            aria-multiselectable="true"
            aria-activedescendant=active_id
            tabindex=move || if count.get() == 0 { "-1" } else { "0" }
            on:scroll=scrolled
            on:keydown=keydown
            on:focus=focused
        >
            <div class="tree-lines" role="presentation" style:block-size=move || format!("{:.0}px", px(count.get()) * LINE)>
                <For each=move || seen.get() key=Clone::clone let:line><LineView tree=tree at=line.0 line=line.1/></For>
            </div>
        </div>
    }
}

/// A line. It is drawn anew when anything of it changes but for what it shows of the selection and the problems.
#[component]
fn LineView(tree: Tree, at: usize, line: Line) -> impl IntoView {
    let session = tree.session;
    let line = StoredValue::new(line);
    let kind = Memo::new(move |_| line.with_value(|line| kind_of(session, line)));
    let own = move || line.with_value(|line| line.at.clone());
    let selected = Memo::new(move |_| {
        line.with_value(|line| session.selection().with(|all| all.has(&line.at)))
    });
    let problems = Memo::new(move |_| {
        line.with_value(|line| {
            session
                .problems()
                .with(|all| all.get(&line.at).copied().unwrap_or(0))
        })
    });
    let active = Memo::new(move |_| {
        line.with_value(|line| tree.active.with(|active| active.as_ref() == Some(&line.at)))
    });
    let label = move || {
        line.with_value(|line| match kind.get() {
            Some(kind) => words::spoken(&line.name, kind, problems.get(), None, false),
            None => line.name.to_string(),
        })
    };
    let press = move |event: web_sys::MouseEvent| {
        let line = line.get_value();
        if event.ctrl_key() || event.meta_key() || event.shift_key() {
            tree.active.set(Some(line.at));
            if let Some(at) = tree.position() {
                tree.toggle(at);
            }
        } else {
            tree.choose(&line);
        }
    };
    let context = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        tree.active.set(Some(own()));
        if tree.take_state().is_some() {
            let at = (f64::from(event.client_x()), f64::from(event.client_y()));
            tree.menu.set(Some(at));
        }
    };
    let fold = move |event: web_sys::MouseEvent| {
        event.stop_propagation();
        line.with_value(|line| tree.fold(&line.at, line.open == Some(false)));
    };
    let (level, open, place, name) =
        line.with_value(|line| (line.level, line.open, line.place, line.name.to_string()));
    view! {
        <div
            id=tree.id_of(&own())
            class="tree-line"
            class:active=move || active.get()
            role="treeitem"
            {..custom_attribute("aria-level", level.to_string())}
            aria-label=label
            aria-setsize=place.1.to_string()
            aria-posinset=place.0.to_string()
            aria-expanded=open.map(|open| open.to_string())
            aria-selected=move || selected.get().to_string()
            style=format!("translate:0 {:.0}px;--level:{level}", px(at) * LINE)
            title=name.clone()
            on:click=press
            on:contextmenu=context
        >
            {match open {
                Some(open) => view! { <span class="fold" class:open=open aria-hidden="true" on:click=fold><Icon glyph=Glyph::Right size="xs"/></span> }.into_any(),
                None => view! { <span class="fold" aria-hidden="true"></span> }.into_any(),
            }}
            {move || kind.get().map(|kind| view! { <span class=format!("sq {}", kind.class())><Icon glyph=kind.glyph() size="s"/></span> })}
            <span class="name">{name.clone()}</span>
            <Show when=move || { problems.get() > 0 }><span class="warn" aria-hidden="true"><Icon glyph=Glyph::Warning size="s"/></span></Show>
        </div>
    }
}

/// The kind of a line's state; none for a branch. Tracked.
fn kind_of(session: Session, line: &Line) -> Option<Kind> {
    match line.what {
        What::State(state) => session.outline().with(|outline| {
            let node = outline.state(state)?;
            Some(Kind::of(&session.outlined().get(), node))
        }),
        What::Branch(_) => None,
    }
}
