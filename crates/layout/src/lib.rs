//! Where everything of the drawing stands: plain geometry, no DOM, no colours.
//!
//! Down the page, or to the right: the main way is a straight line in the middle, branches of a Choice fan out into
//! columns, handlers of errors stand to the right, ways back take a lane at the side, Parallel and Map hold their blocks.
//! An edge never crosses a node, a label never lies on anything but its own line, and a small edit moves little. Measures
//! come from the design ([`measure`]); [`quality`] counts how good a drawing is.

mod block;
mod cast;
mod flow;
pub mod geometry;
mod hit;
mod labels;
pub mod measure;
mod place;
pub mod quality;
mod route;
mod space;
mod tracks;
mod untangle;
mod way;

#[cfg(test)]
mod tests;

pub use geometry::{Point, Rect};
pub use hit::Drop;
pub use way::{Place, Way};

use asl::graph::{Outline, StateIx};
use asl::text::Pointer;
use rustc_hash::FxHashSet;

/// Where a drawing goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Orientation {
    /// Down the page.
    #[default]
    Vertical,
    /// To the right.
    Horizontal,
}

impl Orientation {
    /// A size across and along the flow, from width and height; or the other way round.
    fn turned(self, (w, h): (f64, f64)) -> (f64, f64) {
        match self {
            Self::Vertical => (w, h),
            Self::Horizontal => (h, w),
        }
    }

    /// A point as it would be in a drawing down the page, and back.
    pub fn turned_point(self, point: Point) -> Point {
        let (x, y) = self.turned((point.x, point.y));
        Point::new(x, y)
    }

    /// A rectangle as it would be in a drawing down the page, and back.
    pub fn turned_rect(self, rect: Rect) -> Rect {
        let ((x, y), (w, h)) = (self.turned((rect.x, rect.y)), self.turned((rect.w, rect.h)));
        Rect::new(x, y, w, h)
    }
}

/// The drawing of a pipeline.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Layout {
    /// Where it goes.
    pub orientation: Orientation,
    /// Every state, containers before what is in them.
    pub nodes: Vec<PlacedNode>,
    /// Every way, in a stable order.
    pub edges: Vec<PlacedEdge>,
    /// The start and the end.
    pub pills: Vec<Pill>,
    /// Blocks without a state, where one can be put.
    pub slots: Vec<Slot>,
    /// Around everything.
    pub bounds: Rect,
}

/// What a state is drawn as.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A node.
    Node,
    /// A node with points, from which branches leave.
    Choice,
    /// A container around its blocks.
    Container {
        /// The lines between branches: their x in a drawing down the page, their y in one to the right.
        lanes: Vec<f64>,
    },
    /// A container drawn as a node.
    Folded,
}

/// A state in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedNode {
    /// Which state, in the outline that was laid out.
    pub state: StateIx,
    /// Its pointer.
    pub pointer: Pointer,
    /// Its box.
    pub rect: Rect,
    /// What it is drawn as.
    pub shape: Shape,
    /// How many containers are around it.
    pub depth: usize,
}

/// How an edge is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EdgeStyle {
    /// A plain way.
    Next,
    /// A branch of a Choice.
    Branch,
    /// After an error.
    Catch,
    /// Not drawn until a state can be put there: before the first and after the last state of a container's block.
    Hidden,
}

/// A way in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedEdge {
    /// Which way.
    pub way: Way,
    /// How it is drawn.
    pub style: EdgeStyle,
    /// Its corners, from its source to its target; horizontal and vertical by turns.
    pub points: Vec<Point>,
    /// Its label.
    pub label: Option<Label>,
    /// Where the disc of an insertion stands.
    pub middle: Point,
    /// The state it leaves; none for the start.
    pub from: Option<StateIx>,
    /// The state it leads to; none for the end.
    pub to: Option<StateIx>,
}

/// A label on an edge.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The words.
    pub text: String,
    /// Its chip.
    pub rect: Rect,
}

/// The start or the end.
#[derive(Debug, Clone, PartialEq)]
pub struct Pill {
    /// Whether it is the start.
    pub start: bool,
    /// Its box.
    pub rect: Rect,
}

/// An empty block.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    /// The block.
    pub block: Pointer,
    /// Where a state would stand.
    pub rect: Rect,
}

impl Layout {
    /// The drawing of `outline`, with the containers in `folded` drawn as nodes. Down the page, the main way is at x = 0
    /// and the top at 0; to the right, the main way is at y = 0 and the left at 0.
    pub fn of(outline: &Outline, folded: &FxHashSet<Pointer>, orientation: Orientation) -> Self {
        match outline.blocks.first() {
            Some(_) => block::draw_machine(outline, folded, orientation),
            None => Self {
                orientation,
                ..Self::default()
            },
        }
    }

    /// The node of a state.
    pub fn node(&self, pointer: &Pointer) -> Option<&PlacedNode> {
        self.nodes.iter().find(|node| node.pointer == *pointer)
    }

    /// The edge of a way.
    pub fn edge(&self, way: &Way) -> Option<&PlacedEdge> {
        self.edges.iter().find(|edge| edge.way == *way)
    }

    /// Moves everything.
    fn shift(&mut self, dx: f64, dy: f64) {
        let (across, _) = self.orientation.turned((dx, dy));
        for node in &mut self.nodes {
            node.rect = node.rect.moved(dx, dy);
            if let Shape::Container { lanes } = &mut node.shape {
                lanes.iter_mut().for_each(|lane| *lane += across);
            }
        }
        for edge in &mut self.edges {
            edge.points
                .iter_mut()
                .for_each(|point| *point = point.moved(dx, dy));
            edge.middle = edge.middle.moved(dx, dy);
            if let Some(label) = &mut edge.label {
                label.rect = label.rect.moved(dx, dy);
            }
        }
        for pill in &mut self.pills {
            pill.rect = pill.rect.moved(dx, dy);
        }
        for slot in &mut self.slots {
            slot.rect = slot.rect.moved(dx, dy);
        }
        self.bounds = self.bounds.moved(dx, dy);
    }

    /// Takes over the parts of another drawing; the bounds stay.
    fn take(&mut self, other: Self) {
        self.nodes.extend(other.nodes);
        self.edges.extend(other.edges);
        self.pills.extend(other.pills);
        self.slots.extend(other.slots);
    }
}

/// An SVG path along `points` with round corners.
pub fn path(points: &[Point], radius: f64) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    let Some(first) = points.first() else {
        return out;
    };
    let _ = write!(out, "M{:.1} {:.1}", first.x, first.y);
    for three in points.windows(3) {
        let [before, corner, after] = three else {
            continue;
        };
        let radius = radius
            .min(half_length(*before, *corner))
            .min(half_length(*corner, *after));
        let (a, b) = (
            towards(*corner, *before, radius),
            towards(*corner, *after, radius),
        );
        let _ = write!(
            out,
            "L{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}",
            a.x, a.y, corner.x, corner.y, b.x, b.y
        );
    }
    if let [.., last] = points {
        let _ = write!(out, "L{:.1} {:.1}", last.x, last.y);
    }
    out
}

/// Space between an arrow's tip and its node.
const STOP: f64 = 2.0;

/// Lets a line stop before its node; gives the open arrow at its end as an SVG path, empty where the line has no length.
pub fn tip(points: &mut [Point]) -> String {
    let [.., before, last] = points else {
        return String::new();
    };
    let (dx, dy) = (last.x - before.x, last.y - before.y);
    let length = dx.hypot(dy);
    if length == 0.0 {
        return String::new();
    }
    let (ux, uy) = (dx / length, dy / length);
    *last = last.moved(-ux * STOP, -uy * STOP);
    let (back, side) = (4.5, 4.0);
    let wing = |turn: f64| last.moved(-ux * back - uy * side * turn, -uy * back + ux * side * turn);
    let (a, b) = (wing(1.0), wing(-1.0));
    format!(
        "M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}",
        a.x, a.y, last.x, last.y, b.x, b.y
    )
}

fn half_length(a: Point, b: Point) -> f64 {
    (b.x - a.x).hypot(b.y - a.y) / 2.0
}

/// The point `by` away from `from` on the line to `to`.
fn towards(from: Point, to: Point, by: f64) -> Point {
    let length = (to.x - from.x).hypot(to.y - from.y);
    if length == 0.0 {
        return from;
    }
    from.moved((to.x - from.x) / length * by, (to.y - from.y) / length * by)
}
