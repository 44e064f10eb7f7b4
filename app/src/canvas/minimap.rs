//! The small picture of the whole drawing, and the zoom controls under it.

use super::board::Board;
use super::words;
use crate::commands::{Command, Desk};
use crate::text::canvas as text;
use crate::ui::Icon;
use gloo::timers::callback::Timeout;
use layout::{Rect, Shape};
use leptos::html;
use leptos::prelude::*;
use std::fmt::Write as _;

/// The size of the picture.
const SIZE: (f64, f64) = (128.0, 92.0);

/// How long the drawing stays as it is before the picture follows, in milliseconds.
const PAUSE_MS: u32 = 120;

/// How the drawing is made small: picture = drawing × scale + offset.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Small {
    scale: f64,
    x: f64,
    y: f64,
}

impl Small {
    fn of(bounds: Rect) -> Self {
        let scale = (SIZE.0 / bounds.w.max(1.0))
            .min(SIZE.1 / bounds.h.max(1.0))
            .min(0.16);
        Self {
            scale,
            x: (SIZE.0 - bounds.w * scale) / 2.0 - bounds.x * scale,
            y: (SIZE.1 - bounds.h * scale) / 2.0 - bounds.y * scale,
        }
    }

    fn rect(self, rect: Rect) -> Rect {
        Rect::new(
            rect.x * self.scale + self.x,
            rect.y * self.scale + self.y,
            rect.w * self.scale,
            rect.h * self.scale,
        )
    }
}

#[component]
pub(super) fn MiniMap(board: Board, desk: Desk) -> impl IntoView {
    let small = Memo::new(move |_| Small::of(board.drawing.with(|drawing| drawing.layout.bounds)));
    let paths = picture_of(board);
    let place = move || {
        let small = small.get();
        format!(
            "translate({:.3} {:.3}) scale({:.6})",
            small.x, small.y, small.scale
        )
    };
    let seen = move || seen(board, small.get());
    let picture = NodeRef::<html::Div>::new();
    let go = move |event: &web_sys::PointerEvent| {
        let Some(corner) = picture
            .get_untracked()
            .map(|picture| picture.get_bounding_client_rect())
        else {
            return;
        };
        let small = small.get_untracked();
        let x = (f64::from(event.client_x()) - corner.left() - small.x) / small.scale;
        let y = (f64::from(event.client_y()) - corner.top() - small.y) / small.scale;
        let (width, height) = board.size.get_untracked();
        board.session.view().update(|view| {
            view.x = width / 2.0 - x * view.zoom;
            view.y = height / 2.0 - y * view.zoom;
        });
    };
    let down = move |event: web_sys::PointerEvent| {
        event.stop_propagation();
        if let Some(picture) = picture.get_untracked() {
            // Without capture the drag still works while the pointer stays on the picture.
            let _ = picture.set_pointer_capture(event.pointer_id());
        }
        go(&event);
    };
    let percent = move || format!("{:.0}%", board.session.view().get().zoom * 100.0);
    view! {
        <div class="minimap" on:pointerdown=|event| event.stop_propagation() on:dblclick=|event| event.stop_propagation()>
            <div class="picture" node_ref=picture aria-hidden="true" on:pointerdown=down on:pointermove=move |event| { if event.buttons() == 1 { go(&event); } }>
                <svg width=SIZE.0 height=SIZE.1 viewBox=format!("0 0 {} {}", SIZE.0, SIZE.1)>
                    <g transform=place inner_html=move || paths.get()></g>
                    <path class="seen" d=seen/>
                </svg>
            </div>
            <div class="zoom" role="group" aria-label=text::ZOOM>
                <Step command=Command::ZoomOut desk=desk/>
                <button type="button" class="percent" aria-label=move || format!("{}, {}", percent(), Command::ActualSize.words().to_lowercase()) title=Command::ActualSize.tip(Command::ActualSize.words()) on:click=move |_| desk.run(Command::ActualSize)>{percent}</button>
                <Step command=Command::ZoomIn desk=desk/>
                <Step command=Command::Fit desk=desk/>
                <Step command=Command::Turn desk=desk/>
            </div>
        </div>
    }
}

/// A button of the controls.
#[component]
fn Step(command: Command, desk: Desk) -> impl IntoView {
    let words = command.words();
    view! { <button type="button" aria-label=words title=command.tip(words) on:click=move |_| desk.run(command)><Icon glyph=command.glyph() size="s"/></button> }
}

fn add(path: &mut String, rect: Rect) {
    let _ = write!(
        path,
        "M{:.1} {:.1}h{:.1}v{:.1}h{:.1}z",
        rect.x, rect.y, rect.w, rect.h, -rect.w
    );
}

/// The picture's paths. They follow the drawing when that has not changed for a moment: nobody looks at both at once.
fn picture_of(board: Board) -> ReadSignal<String> {
    let picture = RwSignal::new(untrack(|| paths(board)));
    let due = StoredValue::new_local(None::<Timeout>);
    Effect::new(move |begun: Option<()>| {
        board.drawing.track();
        board.session.marks().track();
        if begun.is_some() {
            let draw = move || picture.set(untrack(|| paths(board)));
            due.set_value(Some(Timeout::new(PAUSE_MS, draw)));
        }
    });
    picture.read_only()
}

/// One path for each class, so that a thousand states are a handful of elements; in the drawing's units, since whole numbers
/// are written quickly.
fn paths(board: Board) -> String {
    let drawing = board.drawing.get();
    let marks = board.session.marks().read();
    let mut paths: Vec<(&'static str, String)> = Vec::new();
    for node in &drawing.layout.nodes {
        let class = match (&node.shape, marks.states.get(&node.pointer)) {
            (Shape::Container { .. }, _) => "around",
            (Shape::Node | Shape::Choice | Shape::Folded, Some(mark)) => {
                words::status(mark.condition).class()
            }
            (Shape::Node | Shape::Choice | Shape::Folded, None) => "plain",
        };
        let index = paths
            .iter()
            .position(|(known, _)| *known == class)
            .unwrap_or_else(|| {
                paths.push((class, String::new()));
                paths.len() - 1
            });
        super::far::add_rect(&mut paths[index].1, node.rect);
    }
    let written = paths
        .iter()
        .map(|(class, path)| format!(r#"<path class="{class}" d="{path}"/>"#));
    written.collect()
}

/// What the window shows, cut to the picture.
fn seen(board: Board, small: Small) -> String {
    let view = board.session.view().get();
    let (width, height) = board.size.get();
    let (left, top) = view.to_drawing(0.0, 0.0);
    let (right, bottom) = view.to_drawing(width, height);
    let rect = small.rect(Rect::new(left, top, right - left, bottom - top));
    let (x, y) = (rect.x.max(0.75), rect.y.max(0.75));
    let (right, bottom) = (
        rect.right().min(SIZE.0 - 0.75),
        rect.bottom().min(SIZE.1 - 0.75),
    );
    let mut path = String::new();
    if right > x && bottom > y {
        add(&mut path, Rect::new(x, y, right - x, bottom - y));
    }
    path
}
