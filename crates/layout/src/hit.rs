//! What is under a point, where a dragged state may go, and what is in sight.

use super::labels::distance;
use super::measure::HEAD;
use super::{EdgeStyle, Layout, PlacedEdge, PlacedNode, Point, Rect, Shape};
use crate::{Place, Way};
use asl::text::Pointer;

/// How near a dragged state must be to a way, in the drawing's units.
const REACH: f64 = 44.0;

/// Where a dragged state would go.
#[derive(Debug, Clone, PartialEq)]
pub struct Drop {
    /// The place, for the verb.
    pub place: Place,
    /// Where the disc is drawn.
    pub at: Point,
    /// The way that turns to the accent.
    pub way: Option<Way>,
    /// What is lined: an empty block, or a container that gets a branch.
    pub rect: Option<Rect>,
}

impl Layout {
    /// The innermost state at a point; a container only where its head is, or between its branches.
    pub fn node_at(&self, point: Point) -> Option<&PlacedNode> {
        self.nodes.iter().rev().find(|node| node.rect.holds(point))
    }

    /// The way within `reach` of a point.
    pub fn edge_at(&self, point: Point, reach: f64) -> Option<&PlacedEdge> {
        self.nearest(point, reach, |_| true)
    }

    /// Where a state goes that is dropped at a point; nothing when it falls on empty ground.
    pub fn drop_at(&self, point: Point) -> Option<Drop> {
        self.on_slot(point)
            .or_else(|| self.on_head(point))
            .or_else(|| self.on_way(point))
            .or_else(|| self.in_container(point))
    }

    /// States in a rectangle that is drawn with the pointer; containers only when they are in it whole.
    pub fn within(&self, rect: Rect) -> Vec<Pointer> {
        let inside = |node: &&PlacedNode| match node.shape {
            Shape::Container { .. } => rect.contains(node.rect),
            Shape::Node | Shape::Choice | Shape::Folded => rect.meets(node.rect),
        };
        self.nodes
            .iter()
            .filter(inside)
            .map(|node| node.pointer.clone())
            .collect()
    }

    fn nearest(
        &self,
        point: Point,
        reach: f64,
        allowed: impl Fn(&PlacedEdge) -> bool,
    ) -> Option<&PlacedEdge> {
        let near = self
            .edges
            .iter()
            .filter(|edge| allowed(edge))
            .map(|edge| (distance(point, &edge.points), edge));
        near.filter(|(far, _)| *far <= reach)
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, edge)| edge)
    }

    fn on_slot(&self, point: Point) -> Option<Drop> {
        let slot = self
            .slots
            .iter()
            .find(|slot| slot.rect.grown(8.0).holds(point))?;
        Some(Drop {
            place: Place::Into(slot.block.clone()),
            at: slot.rect.centre(),
            way: None,
            rect: Some(slot.rect),
        })
    }

    /// Onto the head of a container with branches: a new branch.
    fn on_head(&self, point: Point) -> Option<Drop> {
        let node = self.node_at(point)?;
        let Shape::Container { lanes } = &node.shape else {
            return None;
        };
        let head = Rect::new(node.rect.x, node.rect.y, node.rect.w, HEAD - 8.0);
        (!lanes.is_empty() && head.holds(point)).then(|| Drop {
            place: Place::Branch(node.pointer.clone()),
            at: Point::new(node.rect.right() - 24.0, head.centre().y),
            way: None,
            rect: Some(node.rect),
        })
    }

    fn on_way(&self, point: Point) -> Option<Drop> {
        let around = self.container_at(point).map(|node| node.pointer.clone());
        let same = |edge: &PlacedEdge| match &around {
            Some(container) => {
                way_pointer(&edge.way).0.starts_with(&container.0)
                    && way_pointer(&edge.way) != container
            }
            None => true,
        };
        let inside = |edge: &PlacedEdge| same(edge) && !own_way(edge, around.as_ref());
        let edge = self.nearest(point, REACH, inside)?;
        Some(Drop {
            place: Place::On(edge.way.clone()),
            at: nearest_point(point, edge),
            way: Some(edge.way.clone()),
            rect: None,
        })
    }

    fn in_container(&self, point: Point) -> Option<Drop> {
        let container = self.container_at(point)?;
        let prefix = &container.pointer.0;
        let ends = self.edges.iter().filter(|edge| {
            matches!(&edge.way, Way::End(state) if state.0.starts_with(prefix) && state != &container.pointer)
        });
        let nearest = ends.min_by(|a, b| {
            let far = |edge: &PlacedEdge| {
                let aside = (edge.middle.x - point.x, edge.middle.y - point.y);
                self.orientation.turned(aside).0.abs()
            };
            far(a).total_cmp(&far(b))
        })?;
        Some(Drop {
            place: Place::On(nearest.way.clone()),
            at: nearest.middle,
            way: Some(nearest.way.clone()),
            rect: None,
        })
    }

    fn container_at(&self, point: Point) -> Option<&PlacedNode> {
        self.nodes
            .iter()
            .rev()
            .find(|node| matches!(node.shape, Shape::Container { .. }) && node.rect.holds(point))
    }
}

fn way_pointer(way: &Way) -> &Pointer {
    match way {
        Way::Start(at) | Way::Transition(at) | Way::End(at) => at,
    }
}

/// Whether a way leaves the container itself rather than one of the states in it.
fn own_way(edge: &PlacedEdge, container: Option<&Pointer>) -> bool {
    let Some(container) = container else {
        return false;
    };
    let rest = way_pointer(&edge.way)
        .0
        .get(container.0.len()..)
        .unwrap_or_default();
    match (&edge.way, rest.first()) {
        (Way::End(_), None) => true,
        (_, Some(asl::text::Step::Key(field))) => {
            matches!(&**field, "Next" | "Catch" | "Choices" | "Default")
        }
        (_, Some(asl::text::Step::Index(_)) | None) => false,
    }
}

/// The disc of a drawn way stands in its middle, or on it beside the pointer when the way is long.
fn nearest_point(point: Point, edge: &PlacedEdge) -> Point {
    match edge.style {
        EdgeStyle::Hidden => edge.middle,
        EdgeStyle::Next | EdgeStyle::Branch | EdgeStyle::Catch => {
            let far = (edge.middle.x - point.x).hypot(edge.middle.y - point.y);
            if far <= REACH * 2.0 {
                edge.middle
            } else {
                on_line(point, &edge.points).unwrap_or(edge.middle)
            }
        }
    }
}

/// The point of a line nearest to `point`, away from its ends.
fn on_line(point: Point, line: &[Point]) -> Option<Point> {
    let pieces = line.windows(2).map(|two| {
        let (a, b) = (two[0], two[1]);
        let x = point.x.clamp(a.x.min(b.x), a.x.max(b.x));
        let y = point.y.clamp(a.y.min(b.y), a.y.max(b.y));
        Point::new(x, y)
    });
    pieces.min_by(|a, b| {
        let far = |at: &Point| (at.x - point.x).hypot(at.y - point.y);
        far(a).total_cmp(&far(b))
    })
}
