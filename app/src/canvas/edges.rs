//! The ways on the canvas: lines, tips, labels, and the disc that adds a state.

use super::board::Board;
use super::motion;
use crate::commands::Command;
use crate::document::{Place, Way};
use crate::session::Taken;
use crate::text::canvas as text;
use crate::ui::{Glyph, Icon};
use layout::measure::CORNER;
use layout::{EdgeStyle, PlacedEdge, path, tip};
use leptos::prelude::*;

/// What is drawn of an edge, as attributes.
#[derive(Debug, Clone, PartialEq)]
struct Drawn {
    line: String,
    tip: String,
    style: EdgeStyle,
    /// How many points the line has.
    corners: usize,
}

impl Drawn {
    fn of(edge: &PlacedEdge) -> Self {
        let mut points = edge.points.clone();
        let tip = tip(&mut points);
        // Ways to one target join: drawn from there, the dashes of all fall on each other.
        points.reverse();
        Self {
            line: path(&points, CORNER),
            tip,
            style: edge.style,
            corners: points.len(),
        }
    }
}

/// One way.
#[component]
pub(super) fn EdgeView(board: Board, way: Way) -> impl IntoView {
    let way = StoredValue::new(way);
    let drawn = Memo::new(move |before: Option<&Option<Drawn>>| {
        let now = way.with_value(|way| {
            board
                .drawing
                .with(|drawing| drawing.edge(way).map(Drawn::of))
        });
        now.or_else(|| before.cloned().flatten())
    });
    let turned = turned(drawn);
    let class = Memo::new(move |_| edge_class(board, way, drawn));
    let is_coming =
        way.with_value(|way| motion::is_coming(board, |before| before.edge(way).is_some()));
    let line = move || {
        drawn.with(|drawn| {
            drawn
                .as_ref()
                .map(|drawn| drawn.line.clone())
                .unwrap_or_default()
        })
    };
    let tip = move || {
        drawn.with(|drawn| {
            drawn
                .as_ref()
                .map(|drawn| drawn.tip.clone())
                .unwrap_or_default()
        })
    };
    view! {
        <g class=move || format!("{}{}", class.get(), turned.get().1) class:coming=is_coming>
            <path class="line" d=line/>
            <path class="tip" d=tip/>
        </g>
    }
}

/// A line that gets more corners or fewer cannot be led from the one to the other, so it appears: by turns with two classes,
/// since an animation begins when its name changes.
fn turned(drawn: Memo<Option<Drawn>>) -> Memo<(usize, &'static str)> {
    Memo::new(move |before: Option<&(usize, &'static str)>| {
        let now = drawn.with(|drawn| drawn.as_ref().map_or(0, |drawn| drawn.corners));
        match before {
            Some((corners, class)) if *corners == now => (now, *class),
            Some((_, " turned")) => (now, " returned"),
            Some(_) => (now, " turned"),
            None => (now, ""),
        }
    })
}

fn edge_class(board: Board, way: StoredValue<Way>, drawn: Memo<Option<Drawn>>) -> String {
    let style = drawn.with(|drawn| drawn.as_ref().map(|drawn| drawn.style));
    let mut class = "edge".to_owned();
    match style {
        Some(EdgeStyle::Catch) => class.push_str(" catch"),
        Some(EdgeStyle::Hidden) => class.push_str(" hidden"),
        Some(EdgeStyle::Next | EdgeStyle::Branch) | None => {}
    }
    let marks = board.session.marks().read();
    class.push_str(match way.with_value(|way| marks.ways.get(way).copied()) {
        Some(Taken::Done) => " done",
        Some(Taken::Now) => " now",
        Some(Taken::Error) => " bad",
        Some(Taken::Removed) => " gone",
        Some(Taken::Added) => " new",
        None if marks.over => " off",
        None => "",
    });
    if way.with_value(|way| is_hot(board, way)) {
        class.push_str(" hot");
    }
    if way.with_value(|way| board.is_led(way)) {
        class.push_str(" led");
    }
    class
}

/// Whether a way is in the accent: selected, about to take a state, or under the pointer.
fn is_hot(board: Board, way: &Way) -> bool {
    let same = |other: Option<&Way>| other == Some(way);
    board
        .session
        .selection()
        .with(|selection| same(selection.way.as_ref()))
        || board
            .drop
            .with(|drop| same(drop.as_ref().and_then(|drop| drop.way.as_ref())))
        || board.hovered_way.with(|hovered| same(hovered.as_ref()))
}

/// The ways in the accent.
pub(super) fn hot(board: Board) -> Vec<Way> {
    let selected = board
        .session
        .selection()
        .with(|selection| selection.way.clone());
    let dropped = board
        .drop
        .with(|drop| drop.as_ref().and_then(|drop| drop.way.clone()));
    let mut hot: Vec<Way> = [selected, dropped, board.hovered_way.get()]
        .into_iter()
        .flatten()
        .collect();
    hot.sort();
    hot.dedup();
    hot
}

/// The label of one way. While it is there it is one element: where it stands, and what it says, change by themselves.
#[component]
pub(super) fn EdgeLabel(board: Board, way: Way) -> impl IntoView {
    let is_coming = motion::is_coming(board, |before| before.edge(&way).is_some());
    let label = Memo::new(move |_| {
        board.drawing.with(|drawing| {
            let edge = drawing.edge(&way)?;
            Some((edge.label.clone()?, edge.style == EdgeStyle::Catch))
        })
    });
    let is_there = Memo::new(move |_| label.with(Option::is_some));
    let text = Memo::new(move |_| {
        label.with(|label| {
            let (label, _) = label.as_ref()?;
            Some(label.text.clone())
        })
    });
    let is_quiet = Memo::new(move |_| label.with(|label| matches!(label, Some((_, true)))));
    let style = move || {
        label.with(|label| {
            let (label, _) = label.as_ref()?;
            let centre = label.rect.centre();
            Some(format!(
                "translate:calc({:.1}px - 50%) calc({:.1}px - 50%)",
                centre.x, centre.y
            ))
        })
    };
    let said = move || text.get().unwrap_or_default();
    view! {
        <Show when=move || is_there.get()>
            <span class="elabel" class:quiet=move || is_quiet.get() class:coming=is_coming style=style title=said><span>{said}</span></span>
        </Show>
    }
}

/// The disc that adds a state on the hovered or selected way, with its hint.
#[component]
pub(super) fn InsertDisc(board: Board) -> impl IntoView {
    let way = Memo::new(move |_| {
        if board.read_only
            || board.session.stale().get()
            || board.gesture.with(|gesture| !gesture.is_idle())
        {
            return None;
        }
        board.hovered_way.get().or_else(|| {
            board
                .session
                .selection()
                .with(|selection| selection.way.clone())
        })
    });
    let spot = Memo::new(move |_| {
        let way = way.get()?;
        let middle = board
            .drawing
            .with(|drawing| drawing.edge(&way).map(|edge| edge.middle))?;
        Some((way, middle))
    });
    move || {
        spot.get().map(|(way, at)| {
            let open = move |event: web_sys::MouseEvent| {
                event.stop_propagation();
                super::menu::open_add(board, &Place::On(way.clone()), f64::from(event.client_x()), f64::from(event.client_y()));
            };
            view! {
                <div class="insert" style=format!("translate:{:.1}px {:.1}px", at.x, at.y)>
                    <button type="button" class="plus" aria-label=text::ADD_HERE tabindex="-1" on:pointerdown=|event| event.stop_propagation() on:click=open>
                        <Icon glyph=Glyph::Plus size="s"/>
                    </button>
                    <span class="hint" aria-hidden="true">{text::ADD_HERE}<kbd>{Command::Add.key()}</kbd></span>
                </div>
            }
        })
    }
}

/// Where the dragged state would go.
#[component]
pub(super) fn DropMark(board: Board) -> impl IntoView {
    move || {
        board.drop.get().map(|drop| {
            let area = drop.rect.map(|rect| {
                let rect = rect.grown(2.0);
                let style = format!("translate:{:.1}px {:.1}px;inline-size:{:.1}px;block-size:{:.1}px", rect.x, rect.y, rect.w, rect.h);
                view! { <div class="drop-area" style=style></div> }
            });
            view! {
                {area}
                <div class="insert dropping" style=format!("translate:{:.1}px {:.1}px", drop.at.x, drop.at.y)>
                    <span class="plus"><Icon glyph=Glyph::Plus size="s"/></span>
                </div>
            }
        })
    }
}
