//! The drawing seen from far: states too small to read are a few paths instead of an element each.
//!
//! Icons are markers at the points of one path for each kind; from very far they give way, too. Paths are cut into bands, so
//! that what is out of the window costs nothing. It answers no pointer, but states cover the ground: where each is, the
//! layout knows.

use super::board::Board;
use crate::session::{Condition, Marks, Taken};
use crate::ui::Kind;
use layout::{EdgeStyle, PlacedEdge, PlacedNode, Point, Rect, Shape};
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Below this zoom neither icons nor round corners can be seen.
const FINE: f64 = 0.15;

/// How long a band is, in the drawing's units.
const BAND: f64 = 4_000.0;

/// The path of everything of one look in one band: the band, what is painted later, the class.
type Paths = BTreeMap<(i64, u8, &'static str), String>;

#[component]
pub(super) fn FarView(board: Board) -> impl IntoView {
    let zoom = board.session.view();
    let fine = Memo::new(move |_| zoom.get().zoom >= FINE);
    let picture = Memo::new(move |_| {
        if board.far.get() {
            picture(board, fine.get())
        } else {
            String::new()
        }
    });
    let chosen = Memo::new(move |_| {
        if board.far.get() {
            chosen(board)
        } else {
            String::new()
        }
    });
    // The width of hairlines, in the drawing's units; in steps, so that zooming does not paint all anew for each.
    let hair = Memo::new(move |_| (1.0 / zoom.get().zoom).log2().ceil().exp2());
    view! {
        <Show when=move || board.far.get()>
            <svg class="far" class:fine=move || fine.get() aria-hidden="true" style:--hair=move || hair.get().to_string()>
                <defs inner_html=markers()></defs>
                <g inner_html=move || picture.get()></g>
                <path class="chosen" d=move || chosen.get()/>
            </svg>
        </Show>
    }
}

/// A marker for each kind: its icon on its square.
fn markers() -> String {
    let mut out = String::new();
    for kind in Kind::ALL.into_iter().chain([Kind::Unknown]) {
        let _ = write!(
            out,
            r#"<marker id="far-{class}" markerUnits="userSpaceOnUse" markerWidth="44" markerHeight="44" refX="22" refY="22" viewBox="0 0 44 44"><g class="{class}"><rect width="44" height="44" rx="8"/><g transform="translate(9 9) scale(1.625)">{drawing}</g></g></marker>"#,
            class = marker(kind),
            drawing = kind.glyph().drawing(),
        );
    }
    out
}

/// The class of a kind; states without a type have an icon of their own.
fn marker(kind: Kind) -> &'static str {
    match kind {
        Kind::Unknown => "unknown",
        Kind::Task
        | Kind::Person
        | Kind::Pass
        | Kind::Choice
        | Kind::Wait
        | Kind::Parallel
        | Kind::Map
        | Kind::Succeed
        | Kind::Fail => kind.class(),
    }
}

/// All of the drawing, as the inside of a group.
fn picture(board: Board, fine: bool) -> String {
    let drawing = board.drawing.get();
    let document = board.session.outlined().get();
    let problems = board.session.problems().get();
    let marks = board.session.marks().read();
    let mut paths = Paths::new();
    // Bands lie across the drawing's direction.
    let along = |point: Point| drawing.layout.orientation.turned_point(point).y;
    for edge in &drawing.layout.edges {
        if let Some(look) = way_look(edge, &marks) {
            let first = edge.points.first().copied().unwrap_or_default();
            add_way(entry(&mut paths, along(first), 1, look), edge);
        }
    }
    for node in &drawing.layout.nodes {
        let (layer, look) = box_look(node, &marks, problems.contains_key(&node.pointer));
        let at = along(Point::new(node.rect.x, node.rect.y));
        add_box(entry(&mut paths, at, layer, look), node, fine);
        let state = &drawing.outline.states[node.state.0];
        let is_container = matches!(node.shape, Shape::Container { .. });
        if fine && !is_container {
            let icon = marker(Kind::of(&document, state));
            let centre = node.rect.centre();
            let _ = write!(
                entry(&mut paths, at, 4, icon),
                "M{} {}",
                whole(centre.x),
                whole(centre.y)
            );
        }
    }
    written(&paths)
}

fn entry<'a>(paths: &'a mut Paths, along: f64, layer: u8, look: &'static str) -> &'a mut String {
    paths.entry((whole(along / BAND), layer, look)).or_default()
}

fn written(paths: &Paths) -> String {
    let mut out = String::with_capacity(paths.values().map(|path| path.len() + 64).sum());
    for ((_, layer, look), path) in paths {
        let _ = if *layer == 4 {
            write!(
                out,
                r#"<path class="icons" d="{path}" marker-start="url(#far-{look})" marker-mid="url(#far-{look})" marker-end="url(#far-{look})"/>"#
            )
        } else {
            write!(out, r#"<path class="{look}" d="{path}"/>"#)
        };
    }
    out
}

fn way_look(edge: &PlacedEdge, marks: &Marks) -> Option<&'static str> {
    let look = match marks.ways.get(&edge.way) {
        Some(Taken::Done) => "way done",
        Some(Taken::Now) => "way now",
        Some(Taken::Error) => "way bad",
        Some(Taken::Removed) => return Some("way gone"),
        Some(Taken::Added) => return Some("way new"),
        None if marks.over => "way off",
        None => match edge.style {
            EdgeStyle::Next | EdgeStyle::Branch => "way",
            EdgeStyle::Catch => "way catch",
            EdgeStyle::Hidden => return None,
        },
    };
    (edge.style != EdgeStyle::Hidden).then_some(look)
}

/// The layer and the class of a state: containers below ways, what wants attention above.
fn box_look(node: &PlacedNode, marks: &Marks, has_problem: bool) -> (u8, &'static str) {
    if matches!(node.shape, Shape::Container { .. }) {
        return (0, "around");
    }
    let condition = marks.states.get(&node.pointer).map(|mark| mark.condition);
    match condition.or(marks.over.then_some(Condition::Skipped)) {
        Some(condition) => (3, status_look(condition)),
        None if has_problem => (3, "box problem"),
        None => (2, "box"),
    }
}

fn status_look(condition: Condition) -> &'static str {
    match condition {
        Condition::Running | Condition::Paused => "box is-running",
        Condition::Waiting => "box is-waiting",
        Condition::Succeeded => "box is-succeeded",
        Condition::Failed => "box is-failed",
        Condition::TimedOut => "box is-timedout",
        Condition::Aborted => "box is-aborted",
        Condition::Skipped => "box is-skipped",
        Condition::Added => "box is-added",
        Condition::Removed => "box is-removed",
        Condition::Changed => "box is-changed",
    }
}

/// The selected states, lined.
fn chosen(board: Board) -> String {
    let drawing = board.drawing.get();
    let selection = board.session.selection().get();
    let mut path = String::new();
    for node in selection
        .states
        .iter()
        .filter_map(|state| drawing.node(state))
    {
        add_box(&mut path, node, true);
    }
    path
}

fn add_way(path: &mut String, edge: &PlacedEdge) {
    let mut command = 'M';
    for point in &edge.points {
        let _ = write!(path, "{command}{} {}", whole(point.x), whole(point.y));
        command = 'L';
    }
}

fn add_box(path: &mut String, node: &PlacedNode, fine: bool) {
    let Rect { x, y, w, h } = node.rect;
    let (x, y, w, h) = (whole(x), whole(y), whole(w), whole(h));
    let _ = match node.shape {
        Shape::Choice => {
            let (side, half) = (w - 28, h / 2);
            write!(
                path,
                "M{} {y}h{side}l14 {half}l-14 {half}h-{side}l-14 -{half}z",
                x + 14
            )
        }
        Shape::Node | Shape::Folded | Shape::Container { .. } if fine => {
            let (across, down) = (w - 16, h - 16);
            write!(
                path,
                "M{} {y}h{across}a8 8 0 0 1 8 8v{down}a8 8 0 0 1 -8 8h-{across}a8 8 0 0 1 -8 -8v-{down}a8 8 0 0 1 8 -8z",
                x + 8
            )
        }
        Shape::Node | Shape::Folded | Shape::Container { .. } => {
            add_rect(path, node.rect);
            Ok(())
        }
    };
}

/// Adds a rectangle to a path, in whole units.
pub(super) fn add_rect(path: &mut String, rect: Rect) {
    let (w, h) = (whole(rect.w), whole(rect.h));
    let _ = write!(path, "M{} {}h{w}v{h}h-{w}z", whole(rect.x), whole(rect.y));
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a drawing is far smaller than the range of the type"
)]
fn whole(x: f64) -> i64 {
    x.round() as i64
}
