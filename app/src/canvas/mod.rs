//! The drawing of the pipeline: nodes, edges, pointer and keyboard work.
//!
//! It only draws and listens: layout and hit tests are [`layout`], edits are verbs of [`crate::document`]. Each
//! state and each way has its own signals, so one edit draws one node again; what is out of sight is not drawn.

mod board;
pub(crate) mod clipboard;
mod edges;
mod far;
pub(crate) mod frames;
mod gesture;
mod keys;
mod lead;
mod menu;
mod minimap;
mod motion;
mod node;
mod notes;
mod probe;
pub(crate) mod words;

use crate::commands::{Command, Desk};
use crate::document::{Place, Way};
use crate::session::Session;
use crate::text::canvas as text;
use crate::ui::{Glyph, Icon, Kind};
use asl::text::Pointer;
use board::{Board, FAR_ZOOM};
use edges::{DropMark, EdgeLabel, EdgeView, InsertDisc};
use far::FarView;
use gesture::{Gesture, Hand};
use layout::{Orientation, PlacedEdge, PlacedNode, Rect, Shape};
use lead::{Handles, LeadLine, Reason};
use leptos::prelude::*;
use menu::CanvasMenu;
use minimap::MiniMap;
use motion::Leaving;
use node::StateView;
use notes::{Frames, NoteBubble};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// The drawing of a session's pipeline. Read only, it shows a run: nothing can be changed, states can be selected.
#[component]
pub fn Canvas(
    /// The pipeline.
    session: Session,
    /// Whether nothing can be changed.
    #[prop(optional)]
    read_only: bool,
) -> impl IntoView {
    let board = Board::new(session, read_only);
    let hand = Hand::new(board);
    let desk = use_context::<Desk>()
        .unwrap_or_else(|| Desk::of_canvas(session, Signal::stored(read_only)));
    menu::serve(board, desk);
    board.follow_carried();
    watch_size(board);
    probe::offer(board);
    let keydown = move |event: web_sys::KeyboardEvent| {
        // A drawing in a dialog has its keys, too.
        let is_ours = !event.default_prevented() && !crate::ui::is_in_field(&event);
        if is_ours && keys::press(board, hand, desk, &event) {
            event.prevent_default();
        }
    };
    let double = move |event: web_sys::MouseEvent| {
        let point = board.to_drawing(f64::from(event.client_x()), f64::from(event.client_y()));
        if let Some(state) = board.state_at(point) {
            session.select(state);
            desk.run(Command::Inspect);
        }
    };
    view! {
        <div
            node_ref=board.root
            class=move || format!("canvas {}", gesture::class(board))
            class:read-only=read_only
            class:sideways=move || session.orientation().get() == Orientation::Horizontal
            class:moving=move || board.moving.get()
            class:stale=move || session.stale().get()
            class:hand=move || hand.space.get()
            class:linking=move || board.linking.with(Option::is_some)
            role="group"
            aria-roledescription=text::ROLE
            aria-label=label()
            tabindex="-1"
            on:pointerdown=move |event| hand.down(&event)
            on:pointermove=move |event| hand.moved(&event)
            on:pointerup=move |event| hand.up(&event)
            on:pointercancel=move |event| hand.lost(&event)
            on:pointerleave=move |_| board.hover_nothing()
            on:wheel=move |event| hand.wheel(&event)
            on:keydown=keydown
            on:keyup=move |event: web_sys::KeyboardEvent| { if event.key() == " " { hand.space.set(false); } }
            on:blur=move |_| hand.space.set(false)
            on:contextmenu=move |event| menu::open_context(board, &event)
            on:dblclick=double
        >
            <Ground board=board/>
            <Graph board=board desk=desk/>
            <Overlays board=board desk=desk/>
        </div>
    }
}

/// What the canvas is, and its first keys.
fn label() -> String {
    text::label(
        Command::Inspect.key(),
        Command::Add.key(),
        Command::Connect.key(),
    )
}

/// How far the ground reaches beyond the canvas, in pixels; not less than the largest step of its dots.
const GROUND_EDGE: f64 = 40.0;

/// The dots of the ground move and grow with the drawing. A move shifts a layer by less than one step; nothing is painted anew.
#[component]
fn Ground(board: Board) -> impl IntoView {
    let view = board.session.view();
    let step = Memo::new(move |_| {
        let mut step = 16.0 * view.get().zoom;
        while step < 11.0 {
            step *= 2.0;
        }
        step
    });
    let place = move || {
        let (view, step) = (view.get(), step.get());
        format!(
            "translate({:.2}px,{:.2}px)",
            (view.x + GROUND_EDGE).rem_euclid(step),
            (view.y + GROUND_EDGE).rem_euclid(step)
        )
    };
    let size = move || format!("{0:.2}px {0:.2}px", step.get());
    view! { <div class="ground" aria-hidden="true" style:transform=place style:background-size=size></div> }
}

/// Keeps the board's size as the element's.
fn watch_size(board: Board) {
    let work = Closure::<dyn FnMut()>::new(move || {
        if let Some(Some(root)) = board.root.try_get_untracked() {
            board.resized(
                f64::from(root.client_width()),
                f64::from(root.client_height()),
            );
        }
    });
    let Ok(observer) = web_sys::ResizeObserver::new(work.as_ref().unchecked_ref()) else {
        return;
    };
    let kept = StoredValue::new_local(Some((observer, work)));
    Effect::new(move || {
        if let Some(root) = board.root.get() {
            kept.with_value(|kept| {
                if let Some((observer, _)) = kept {
                    observer.observe(&root);
                }
            });
        }
    });
    on_cleanup(move || {
        if let Some(Some((observer, _))) = kept.try_update_value(Option::take) {
            observer.disconnect();
        }
    });
}

/// How much of a node is drawn at a zoom: all, the name in two lines, the name in one without labels on the ways, or the icon
/// alone.
fn detail(zoom: f64) -> &'static str {
    if zoom < FAR_ZOOM {
        "tiny"
    } else if zoom < 0.5 {
        "small low"
    } else if zoom < 0.7 {
        "small"
    } else {
        ""
    }
}

/// Text grows against the zoom in steps, so that zooming does not restyle every node in every frame.
fn text_zoom(zoom: f64) -> f64 {
    ((zoom * 20.0).round() / 20.0).max(0.1)
}

#[component]
fn Graph(board: Board, desk: Desk) -> impl IntoView {
    let view_of = board.session.view();
    let text = Memo::new(move |_| text_zoom(view_of.get().zoom));
    let class = Memo::new(move |_| detail(view_of.get().zoom));
    let place = move || {
        let view = view_of.get();
        format!(
            "translate({:.2}px,{:.2}px) scale({:.4})",
            view.x, view.y, view.zoom
        )
    };
    let sight = board.sight();
    let containers = Memo::new(move |_| states_in_sight(board, sight.get(), true));
    let nodes = Memo::new(move |_| states_in_sight(board, sight.get(), false));
    let ways = Memo::new(move |_| ways_in_sight(board, sight.get()));
    view! {
        <div class=move || format!("graph {}{}", class.get(), if board.large.get() { " still" } else { "" }) style:transform=place style:--z=move || text.get().to_string() role="group" aria-label=text::DRAWING>
            <FarView board=board/>
            <For each=move || containers.get() key=Clone::clone let:state><StateView board=board pointer=state/></For>
            <Frames board=board desk=desk/>
            <svg class="edges" aria-hidden="true">
                <For each=move || ways.get() key=Clone::clone let:way><EdgeView board=board way=way/></For>
                <LeadLine board=board/>
            </svg>
            <For each=move || ways.get() key=Clone::clone let:way><EdgeLabel board=board way=way/></For>
            <Pills board=board/>
            <Slots board=board/>
            <For each=move || nodes.get() key=Clone::clone let:state><StateView board=board pointer=state/></For>
            <Leaving board=board/>
            <InsertDisc board=board/>
            <Handles board=board/>
            <DropMark board=board/>
            <Marquee board=board/>
            <Ghost board=board/>
        </div>
    }
}

/// The states to draw as elements: those in sight, or of a picture the one under the pointer; and the one that has the focus.
fn states_in_sight(board: Board, sight: Rect, containers: bool) -> Vec<Pointer> {
    let active = board.active.get();
    let far = board.far.get();
    let hovered = if far { board.hovered_state.get() } else { None };
    board.drawing.with(|drawing| {
        let is_wanted =
            |node: &PlacedNode| matches!(node.shape, Shape::Container { .. }) == containers;
        if far {
            let few = hovered.iter().chain(
                active
                    .iter()
                    .filter(|active| hovered.as_ref() != Some(active)),
            );
            let drawn = few.filter(|state| drawing.node(state).is_some_and(is_wanted));
            return drawn.cloned().collect();
        }
        let shown = drawing.layout.nodes.iter().filter(|node| {
            is_wanted(node) && (node.rect.meets(sight) || active.as_ref() == Some(&node.pointer))
        });
        shown.map(|node| node.pointer.clone()).collect()
    })
}

/// The ways to draw as elements: those in sight, or of a picture those that are in the accent.
fn ways_in_sight(board: Board, sight: Rect) -> Vec<Way> {
    if board.far.get() {
        return edges::hot(board);
    }
    board.drawing.with(|drawing| {
        let seen = drawing
            .layout
            .edges
            .iter()
            .filter(|edge| edge_box(edge).meets(sight));
        seen.map(|edge| edge.way.clone()).collect()
    })
}

/// What is around a way.
fn edge_box(edge: &PlacedEdge) -> Rect {
    let Some(first) = edge.points.first() else {
        return Rect::default();
    };
    let (mut left, mut top, mut right, mut bottom) = (first.x, first.y, first.x, first.y);
    for point in &edge.points {
        left = left.min(point.x);
        right = right.max(point.x);
        top = top.min(point.y);
        bottom = bottom.max(point.y);
    }
    Rect::new(
        left - 1.0,
        top - 1.0,
        right - left + 2.0,
        bottom - top + 2.0,
    )
}

#[component]
fn Pills(board: Board) -> impl IntoView {
    [true, false].map(|start| view! { <PillView board=board start=start/> })
}

/// The start or the end; while it is there it is one element, so that it moves with the drawing.
#[component]
fn PillView(board: Board, start: bool) -> impl IntoView {
    let rect = Memo::new(move |_| {
        board.drawing.with(|drawing| {
            let pill = drawing
                .layout
                .pills
                .iter()
                .find(|pill| pill.start == start)?;
            Some(pill.rect)
        })
    });
    let is_there = Memo::new(move |_| rect.get().is_some());
    let style = move || {
        let rect = rect.get().unwrap_or_default();
        format!(
            "translate:calc({:.1}px - 50%) {:.1}px",
            rect.centre().x,
            rect.y
        )
    };
    let word = if start { text::START } else { text::END };
    view! {
        <Show when=move || is_there.get()>
            <span class="cap" style=style><i class="dot" aria-hidden="true"></i>{word}</span>
        </Show>
    }
}

/// Empty blocks: a place for the first state.
#[component]
fn Slots(board: Board) -> impl IntoView {
    let slots = Memo::new(move |_| board.drawing.with(|drawing| drawing.layout.slots.clone()));
    let stop = |event: web_sys::PointerEvent| event.stop_propagation();
    move || {
        slots.get().into_iter().map(|slot| {
            let rect = slot.rect;
            let style = format!("translate:{:.1}px {:.1}px;inline-size:{:.1}px;block-size:{:.1}px", rect.x, rect.y, rect.w, rect.h);
            let place = Place::Into(slot.block.clone());
            let open = move |_| {
                let (x, y) = board.spot_of(&place);
                menu::open_add(board, &place, x, y);
            };
            if board.read_only {
                view! { <span class="slot" style=style>{text::EMPTY_BLOCK}</span> }.into_any()
            } else {
                view! {
                    <button type="button" class="slot" style=style on:pointerdown=stop on:click=open>
                        <Icon glyph=Glyph::Plus/>{text::FIRST_STATE}
                    </button>
                }.into_any()
            }
        }).collect_view()
    }
}

#[component]
fn Marquee(board: Board) -> impl IntoView {
    move || match board.gesture.get() {
        Gesture::Marquee { from } => {
            let to = board.pointer.get();
            let style = format!(
                "translate:{:.1}px {:.1}px;inline-size:{:.1}px;block-size:{:.1}px",
                from.x.min(to.x),
                from.y.min(to.y),
                (from.x - to.x).abs(),
                (from.y - to.y).abs()
            );
            view! { <div class="marquee" style=style></div> }.into_any()
        }
        Gesture::None
        | Gesture::Press { .. }
        | Gesture::Pan
        | Gesture::Drag { .. }
        | Gesture::Lead { .. } => ().into_any(),
    }
}

/// The state that is dragged, under the pointer.
#[component]
fn Ghost(board: Board) -> impl IntoView {
    let dragged = Memo::new(move |_| {
        board.gesture.with(|gesture| match gesture {
            Gesture::Drag { state } => Some(state.clone()),
            Gesture::None
            | Gesture::Press { .. }
            | Gesture::Pan
            | Gesture::Marquee { .. }
            | Gesture::Lead { .. } => None,
        })
    });
    let place = move || {
        let at = board.pointer.get();
        format!("translate({:.1}px,{:.1}px)", at.x + 16.0, at.y + 14.0)
    };
    move || {
        let drawing = board.drawing.get_untracked();
        let state = dragged.get().and_then(|state| {
            drawing
                .node(&state)
                .map(|node| drawing.outline.states[node.state.0].clone())
        });
        state.map(|state| {
            let kind = Kind::of(&board.session.outlined().get_untracked(), &state);
            view! {
                <div class=format!("node ghost {}", kind.class()) style:transform=place aria-hidden="true">
                    <span class="sq"><Icon glyph=kind.glyph()/></span>
                    <span class="body"><span class="name"><span>{state.name.to_string()}</span></span><span class="sub"><span>{kind.label()}</span></span></span>
                </div>
            }
        })
    }
}

/// What floats over the drawing: the map, the message about broken code, the menu.
#[component]
fn Overlays(board: Board, desk: Desk) -> impl IntoView {
    let session = board.session;
    let fault = move || {
        let document = session.document().get();
        let fault = document.faults().first()?.clone();
        let before = document.text().get(..fault.span.start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let drawn = session.outline().with(|outline| !outline.states.is_empty());
        Some(text::code_fault(line, &fault.message, drawn))
    };
    view! {
        <MiniMap board=board desk=desk/>
        {move || session.stale().get().then(fault).flatten().map(|words| view! { <p class="canvas-note fault" role="status"><Icon glyph=Glyph::Warning/>{words}</p> })}
        {move || board.linking.get().map(|lead| view! { <p class="canvas-note quiet"><Icon glyph=Glyph::Right/>{lead::question(&lead)}<kbd>{text::GIVE_UP_KEY}</kbd></p> })}
        <Reason board=board/>
        <NoteBubble board=board/>
        <CanvasMenu board=board desk=desk/>
    }
}
