//! One state on the canvas. It draws again only when something about this state changes.

use super::board::Board;
use super::motion;
use super::words;
use crate::commands::Command;
use crate::document::note_of;
use crate::session::{Condition, Mark};
use crate::text::canvas as text;
use crate::ui::{Glyph, Icon, Kind, StatusDisc};
use asl::text::Pointer;
use layout::{Orientation, Rect, Shape};
use leptos::callback::Callable;
use leptos::html;
use leptos::prelude::*;

/// What a node shows of the definition.
#[derive(Debug, Clone, PartialEq)]
struct Face {
    name: String,
    kind: Kind,
    fact: String,
    retries: u64,
    catchers: usize,
    note: String,
}

impl Face {
    fn of(board: Board, pointer: &Pointer) -> Option<Self> {
        let drawing = board.drawing.get();
        let state = &drawing.outline.states[drawing.node(pointer)?.state.0];
        let document = board.session.outlined().get();
        Some(Self {
            name: state.name.to_string(),
            kind: Kind::of(&document, state),
            fact: words::fact(&drawing.outline, &document, state),
            retries: words::retries(&document, state),
            catchers: state.catchers,
            note: note_of(&document, pointer),
        })
    }
}

/// The signals of one state.
#[derive(Clone, Copy)]
struct Parts {
    face: Memo<Option<Face>>,
    rect: Memo<Rect>,
    shape: Memo<Shape>,
    mark: Memo<Option<Mark>>,
    selected: Memo<bool>,
    problems: Memo<usize>,
    breakpoint: Memo<bool>,
    dragged: Memo<bool>,
}

impl Parts {
    fn of(board: Board, pointer: StoredValue<Pointer>) -> Self {
        let session = board.session;
        let placed = move || {
            pointer
                .with_value(|pointer| board.drawing.with(|drawing| drawing.node(pointer).cloned()))
        };
        Self {
            face: Memo::new(move |before: Option<&Option<Face>>| {
                let face = pointer.with_value(|pointer| Face::of(board, pointer));
                // A state that is about to go keeps its face until then.
                face.or_else(|| before.cloned().flatten())
            }),
            rect: Memo::new(move |before| {
                placed()
                    .map(|node| node.rect)
                    .or(before.copied())
                    .unwrap_or_default()
            }),
            shape: Memo::new(move |before| {
                placed()
                    .map(|node| node.shape)
                    .or(before.cloned())
                    .unwrap_or(Shape::Node)
            }),
            mark: Memo::new(move |_| {
                let marks = session.marks().read();
                let own = pointer.with_value(|pointer| marks.states.get(pointer).cloned());
                let skipped = Mark {
                    condition: Condition::Skipped,
                    detail: None,
                    count: 0,
                };
                own.or_else(|| marks.over.then_some(skipped))
            }),
            selected: Memo::new(move |_| {
                pointer.with_value(|pointer| session.selection().with(|all| all.has(pointer)))
            }),
            problems: Memo::new(move |_| {
                pointer.with_value(|pointer| {
                    session
                        .problems()
                        .with(|all| all.get(pointer).copied().unwrap_or(0))
                })
            }),
            breakpoint: Memo::new(move |_| {
                pointer
                    .with_value(|pointer| session.breakpoints().with(|all| all.contains(pointer)))
            }),
            dragged: Memo::new(move |_| {
                board
                    .gesture
                    .with(|gesture| pointer.with_value(|pointer| gesture.drags(pointer)))
            }),
        }
    }

    fn kind(self) -> Kind {
        self.face
            .with(|face| face.as_ref().map_or(Kind::Unknown, |face| face.kind))
    }

    fn name(self) -> String {
        self.face.with(|face| {
            face.as_ref()
                .map(|face| face.name.clone())
                .unwrap_or_default()
        })
    }

    fn fact(self) -> String {
        let detail = self
            .mark
            .with(|mark| mark.as_ref().and_then(|mark| mark.detail.clone()));
        detail.unwrap_or_else(|| {
            self.face.with(|face| {
                face.as_ref()
                    .map(|face| face.fact.clone())
                    .unwrap_or_default()
            })
        })
    }

    fn note(self) -> String {
        self.face
            .with(|face| face.as_ref().map(|face| face.note.clone()))
            .unwrap_or_default()
    }

    fn spoken(self) -> String {
        self.mark.with(|mark| {
            words::spoken(
                &self.name(),
                self.kind(),
                self.problems.get(),
                mark.as_ref(),
                self.breakpoint.get(),
            )
        })
    }

    fn class(self) -> String {
        let base = match self.shape.get() {
            Shape::Container { .. } => "group",
            Shape::Choice => "node hex",
            Shape::Node | Shape::Folded => "node",
        };
        let mut class = format!("{base} {}", self.kind().class());
        if let Some(mark) = self.mark.get() {
            class.push(' ');
            class.push_str(words::status(mark.condition).class());
        }
        let on = [
            (self.selected.get(), " selected"),
            (self.problems.get() > 0, " problem"),
            (self.dragged.get(), " lifted"),
        ];
        on.iter()
            .filter(|(on, _)| *on)
            .for_each(|(_, word)| class.push_str(word));
        class
    }
}

/// A state: a node, or a container around others. Its visible label is its name, as its accessible name begins; the second
/// line is drawn from an attribute and read out as the description.
#[component]
pub(super) fn StateView(board: Board, pointer: Pointer) -> impl IntoView {
    let pointer = StoredValue::new(pointer);
    let parts = Parts::of(board, pointer);
    let element = NodeRef::<html::Div>::new();
    let is_coming =
        pointer.with_value(|own| motion::is_coming(board, |before| before.node(own).is_some()));
    take_focus(board, pointer, element);
    let is_active =
        move || pointer.with_value(|own| board.active.with(|active| active.as_ref() == Some(own)));
    let style = move || {
        let rect = parts.rect.get();
        format!(
            "translate:{:.1}px {:.1}px;inline-size:{:.1}px;block-size:{:.1}px",
            rect.x, rect.y, rect.w, rect.h
        )
    };
    let container = Memo::new(move |_| matches!(parts.shape.get(), Shape::Container { .. }));
    let possible = Memo::new(move |_| pointer.with_value(|own| board.is_possible(own)));
    let title = move || {
        let said = [parts.name(), parts.fact(), parts.note()];
        let said: Vec<&str> = said
            .iter()
            .map(String::as_str)
            .filter(|said| !said.is_empty())
            .collect();
        said.join("\n")
    };
    let described = move || Some(parts.note()).filter(|note| !note.is_empty());
    let group = Memo::new(move |_| pointer.with_value(|own| board.group_mark(own)));
    let open_note = UnsyncCallback::new(move |()| board.noted.set(Some(pointer.get_value())));
    view! {
        <div
            node_ref=element
            class=move || parts.class()
            data-state=pointer.with_value(ToString::to_string)
            class:coming=is_coming
            class:possible=move || possible.get() == Some(true)
            class:impossible=move || possible.get() == Some(false)
            class:target=move || pointer.with_value(|own| board.gesture.with(|gesture| gesture.points_at(own)))
            style=style
            role="button"
            aria-label=move || parts.spoken()
            aria-pressed=move || parts.selected.get().to_string()
            tabindex=move || if is_active() { "0" } else { "-1" }
            aria-description=described
            title=title
        >
            {move || if container.get() {
                view! { <GroupInside parts=parts open_note=open_note orientation=board.session.orientation()/> }.into_any()
            } else {
                view! { <NodeInside parts=parts open_note=open_note/> }.into_any()
            }}
            <Show when=move || { parts.problems.get() > 0 }>
                <span class="flag" aria-hidden="true"><Icon glyph=Glyph::Bang/></span>
            </Show>
            {move || group.get().map(|name| view! { <span class="in-group" title=text::group(&name) data-text=name></span> })}
            <Show when=move || parts.breakpoint.get()><span class="halt" aria-hidden="true"></span></Show>
            <Show when=move || !board.read_only>
                <span class="port" data-port="true" aria-hidden="true"></span>
            </Show>
        </div>
    }
}

/// Moves the focus here when the board asks for it.
fn take_focus(board: Board, pointer: StoredValue<Pointer>, element: NodeRef<html::Div>) {
    Effect::new(move || {
        let wanted = board.wants_focus.get();
        let own =
            pointer.with_value(|own| board.active.with(|active| active.as_ref() == Some(own)));
        if let Some(element) = element.get().filter(|_| wanted && own) {
            board.wants_focus.set(false);
            request_animation_frame(move || {
                // An element that left the page meanwhile keeps nothing to focus.
                let _ = element.focus();
            });
        }
    });
}

#[component]
fn NodeInside(parts: Parts, open_note: UnsyncCallback<()>) -> impl IntoView {
    let folded = move || parts.shape.with(|shape| *shape == Shape::Folded);
    let choice = Memo::new(move |_| parts.shape.with(|shape| *shape == Shape::Choice));
    view! {
        {move || choice.get().then(|| view! { <svg class="shape" aria-hidden="true"><path d=HEXAGON/></svg> })}
        <span class="sq"><Icon glyph=Signal::derive(move || parts.kind().glyph())/></span>
        <span class="body">
            <span class="name"><span>{move || parts.name()}</span><Disc parts=parts/></span>
            <span class="sub">
                <span data-text=move || parts.fact()></span>
                <Marks parts=parts open_note=open_note folded=Signal::derive(folded)/>
            </span>
        </span>
    }
}

#[component]
fn GroupInside(
    parts: Parts,
    open_note: UnsyncCallback<()>,
    orientation: RwSignal<Orientation>,
) -> impl IntoView {
    // From the container's left, or from its top in a drawing to the right; which of the two, the style says.
    let lanes = move || {
        let rect = orientation.get().turned_rect(parts.rect.get());
        match parts.shape.get() {
            Shape::Container { lanes } => lanes.into_iter().map(|lane| lane - rect.x).collect(),
            Shape::Node | Shape::Choice | Shape::Folded => Vec::new(),
        }
    };
    view! {
        <span class="head">
            <span class="sq"><Icon glyph=Signal::derive(move || parts.kind().glyph())/></span>
            <span class="name">{move || parts.name()}</span>
            <span class="sub" data-text=move || parts.fact()></span>
            <Marks parts=parts open_note=open_note folded=Signal::from(false)/>
            <Disc parts=parts/>
        </span>
        {move || lanes().into_iter().map(|x| view! { <i class="lane" style=format!("--at:{x:.1}px")></i> }).collect_view()}
    }
}

/// The status of a run; nothing where there is none, and nothing on what was not reached.
#[component]
fn Disc(parts: Parts) -> impl IntoView {
    let status = move || {
        let condition = parts
            .mark
            .with(|mark| mark.as_ref().map(|mark| mark.condition));
        condition
            .filter(|condition| *condition != Condition::Skipped)
            .map(words::status)
    };
    move || status().map(|status| view! { <StatusDisc status=status/> })
}

/// Quiet marks: a note, retries, a catch, a fold.
#[component]
fn Marks(parts: Parts, open_note: UnsyncCallback<()>, folded: Signal<bool>) -> impl IntoView {
    let counts = Memo::new(move |_| {
        parts.face.with(|face| {
            face.as_ref()
                .map(|face| (face.retries, face.catchers, !face.note.is_empty()))
                .unwrap_or_default()
        })
    });
    move || {
        let (retries, catchers, noted) = counts.get();
        let folded = folded.get();
        (retries > 0 || catchers > 0 || folded || noted).then(|| {
            view! {
                <span class="marks">
                    {noted.then(|| view! {
                        <span class="noted" title=text::SHOW_NOTE on:pointerdown=|event| event.stop_propagation() on:click=move |_| open_note.run(())><Icon glyph=Glyph::Note size="xs"/></span>
                    })}
                    {(retries > 0).then(|| view! { <span title=text::tried_again(retries) data-text=retries.to_string()><Icon glyph=Glyph::Retry size="xs"/></span> })}
                    {(catchers > 0).then(|| view! { <span title=text::CATCHES><Icon glyph=Glyph::Shield size="xs"/></span> })}
                    {folded.then(|| view! { <span title=text::folded(Command::Fold.key())><Icon glyph=Glyph::Right size="xs"/></span> })}
                </span>
            }
        })
    }
}

/// The outline of a Choice: 208 by 52 with points of 14 at both sides, corners a little round.
const HEXAGON: &str = "M14.6 3.4Q16.4 .5 20 .5H188Q191.6 .5 193.4 3.4L206.6 23.4Q208.2 26 206.6 28.6L193.4 48.6Q191.6 51.5 188 51.5H20Q16.4 51.5 14.6 48.6L1.4 28.6Q-.2 26 1.4 23.4Z";
