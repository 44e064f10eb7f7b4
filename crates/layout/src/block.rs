//! One block drawn: its states as items, containers drawn first from the inside out.
//!
//! Inside a block all is reckoned across and along the flow, as if it ran down the page; a drawing to the right is turned
//! when its boxes and lines are known.

use super::cast::{Cast, Strand, begins, goes_to_end, has_ended, item_kind};
use super::flow::{Flow, ItemKind, LinkKind};
use super::measure::{BRANCH_GAP, HEAD, NODE_H, NODE_W, PAD, Sizes};
use super::untangle::{self, Arranged, Effort};
use super::{
    EdgeStyle, Label, Layout, Orientation, Pill, PlacedEdge, PlacedNode, Point, Rect, Shape, Slot,
    labels,
};
use crate::Way;
use asl::graph::{BlockIx, Outline, StateIx, StateType};
use asl::text::Pointer;
use rustc_hash::{FxHashMap, FxHashSet};

/// Containers nested deeper than this are drawn folded: the drawing would be unreadable, and the walk goes in depth.
const DEEPEST: usize = 40;
/// Length of the ways that are only seen when a state can be put there.
const STUB: f64 = 12.0;

/// The whole machine with its start and end.
pub(crate) fn draw_machine(
    outline: &Outline,
    folded: &FxHashSet<Pointer>,
    orientation: Orientation,
) -> Layout {
    let drawer = Drawer {
        outline,
        folded,
        orientation,
        sizes: Sizes::of(orientation),
        effort: Effort::for_one_drawing(),
    };
    let mut layout = drawer.block(BlockIx(0), 0);
    let bounds = layout.bounds;
    match orientation {
        Orientation::Vertical => layout.shift(0.0, -bounds.y),
        Orientation::Horizontal => layout.shift(-bounds.x, 0.0),
    }
    layout
}

/// Where the piece of a way meets its box.
#[derive(Clone, Copy)]
enum Lane {
    Middle,
    /// Beside what goes in and out at the middle.
    Aside,
}

struct Drawer<'a> {
    outline: &'a Outline,
    folded: &'a FxHashSet<Pointer>,
    orientation: Orientation,
    sizes: Sizes,
    effort: Effort,
}

impl Drawer<'_> {
    /// A block with its main way at 0 across the flow.
    fn block(&self, block: BlockIx, depth: usize) -> Layout {
        let cast = self.cast(block, depth);
        if cast.states.iter().all(Option::is_none) {
            return self.empty_block(block, depth);
        }
        let graph = &cast.graph;
        let flow = Flow::of(graph, self.sizes.tallest_chip());
        let Arranged {
            flow,
            x,
            routes,
            heights,
        } = untangle::arrange(graph, flow, &self.sizes, &self.effort);
        let boxes: Vec<Rect> = (0..graph.items.len())
            .map(|item| {
                let (w, h) = (graph.items[item].w, graph.items[item].h);
                let rect = Rect::new(x[item] - w / 2.0, heights.rows[flow.row[item]], w, h);
                self.orientation.turned_rect(rect)
            })
            .collect();
        let mut layout = self.blank();
        for (link, cable) in cast.cables.iter().enumerate() {
            let turned = |point| self.orientation.turned_point(point);
            let points = heights.points(&routes.lines[link], graph, &flow);
            let points: Vec<Point> = points.into_iter().map(turned).collect();
            let chip = routes.chips[link].map(|chip| turned(heights.chip(chip)));
            layout.edges.extend(edges(cable, &points, chip));
        }
        self.add_items(&mut layout, cast, &boxes, depth);
        if depth > 0 {
            self.add_stubs(&mut layout, block);
        }
        layout.bounds = bounds(&layout);
        layout
    }

    fn blank(&self) -> Layout {
        Layout {
            orientation: self.orientation,
            ..Layout::default()
        }
    }

    fn add_items(&self, layout: &mut Layout, mut cast: Cast, boxes: &[Rect], depth: usize) {
        for (item, state) in cast.states.into_iter().enumerate() {
            let rect = boxes[item];
            let Some(state) = state else {
                layout.pills.push(Pill {
                    start: cast.graph.items[item].kind == ItemKind::Start,
                    rect,
                });
                continue;
            };
            let contents = cast.inner.remove(&item).map(|(mut contents, mut lanes)| {
                contents.shift(rect.x, rect.y);
                let (by, _) = self.orientation.turned((rect.x, rect.y));
                lanes.iter_mut().for_each(|lane| *lane += by);
                (contents, lanes)
            });
            let node = &self.outline.states[state.0];
            let shape = match (&contents, node.kind) {
                (Some((_, lanes)), _) => Shape::Container {
                    lanes: lanes.clone(),
                },
                (None, Some(StateType::Choice)) => Shape::Choice,
                (None, _) if node.children.is_empty() => Shape::Node,
                (None, _) => Shape::Folded,
            };
            layout.nodes.push(PlacedNode {
                state,
                pointer: node.pointer.clone(),
                rect,
                shape,
                depth,
            });
            if let Some((contents, _)) = contents {
                layout.take(contents);
            }
        }
    }

    /// Ways inside a container that are only seen when a state can be put there.
    fn add_stubs(&self, layout: &mut Layout, block: BlockIx) {
        let shape = &self.outline.blocks[block.0];
        let places: FxHashMap<StateIx, Rect> = layout
            .nodes
            .iter()
            .map(|node| (node.state, node.rect))
            .collect();
        let own = Way::Start(shape.pointer.clone());
        let starts = begins(self.outline, block).map(|(way, state)| {
            let lane = lane(way != own);
            (way, state, true, lane)
        });
        let ends = shape
            .states
            .iter()
            .filter(|state| goes_to_end(self.outline, **state))
            .map(|&state| {
                let way = Way::End(self.outline.states[state.0].pointer.clone());
                (way, state, false, lane(has_ended(self.outline, state)))
            });
        for (way, state, above, lane) in starts.chain(ends) {
            let Some(rect) = places.get(&state) else {
                continue;
            };
            let (from, to) = self.stub(*rect, above, lane);
            layout.edges.push(PlacedEdge {
                way,
                style: EdgeStyle::Hidden,
                points: vec![from, to],
                label: None,
                middle: Point::new(f64::midpoint(from.x, to.x), f64::midpoint(from.y, to.y)),
                from: (!above).then_some(state),
                to: above.then_some(state),
            });
        }
    }

    /// The piece before a box, or after it.
    fn stub(&self, rect: Rect, before: bool, lane: Lane) -> (Point, Point) {
        let rect = self.orientation.turned_rect(rect);
        let x = match lane {
            Lane::Middle => rect.centre().x,
            Lane::Aside => rect.x + rect.w / 4.0,
        };
        let (top, bottom) = if before {
            (rect.y - STUB, rect.y)
        } else {
            (rect.bottom(), rect.bottom() + STUB)
        };
        let turned = |y| self.orientation.turned_point(Point::new(x, y));
        (turned(top), turned(bottom))
    }

    fn empty_block(&self, block: BlockIx, depth: usize) -> Layout {
        let turned = |rect| self.orientation.turned_rect(rect);
        let ((w, h), (pill_w, pill_h)) = (self.sizes.node, self.sizes.pill);
        let mut layout = self.blank();
        let top = if depth == 0 {
            pill_h + self.sizes.row_gap
        } else {
            0.0
        };
        let rect = turned(Rect::new(-w / 2.0, top, w, h));
        layout.slots.push(Slot {
            block: self.outline.blocks[block.0].pointer.clone(),
            rect,
        });
        layout.bounds = rect;
        if depth == 0 {
            let pill = turned(Rect::new(-pill_w / 2.0, 0.0, pill_w, pill_h));
            layout.pills.push(Pill {
                start: true,
                rect: pill,
            });
            layout.bounds = rect.with(pill);
        }
        layout
    }

    fn cast(&self, block: BlockIx, depth: usize) -> Cast {
        let shape = &self.outline.blocks[block.0];
        let mut cast = Cast::new(self.orientation);
        if depth == 0 {
            cast.add(ItemKind::Start, self.sizes.pill, None);
        }
        let mut items = FxHashMap::default();
        // The first state comes first, so that the walk begins with it.
        let others = shape
            .states
            .iter()
            .filter(|state| Some(**state) != shape.start);
        for &state in shape.start.iter().chain(others) {
            items.insert(state, self.add_state(&mut cast, state, depth));
        }
        let ends = shape
            .states
            .iter()
            .any(|&state| goes_to_end(self.outline, state));
        let end = (depth == 0 && ends).then(|| cast.add(ItemKind::End, self.sizes.pill, None));
        for (way, start) in begins(self.outline, block).filter(|_| depth == 0) {
            let Some(&item) = items.get(&start) else {
                continue;
            };
            let strand = Strand {
                way,
                style: EdgeStyle::Next,
                label: None,
                from: None,
                to: Some(start),
            };
            cast.link((0, item), LinkKind::Next, strand);
        }
        cast.add_links(self.outline, block, &items, end);
        cast
    }

    fn add_state(&self, cast: &mut Cast, state: StateIx, depth: usize) -> usize {
        let node = &self.outline.states[state.0];
        let kind = item_kind(node.kind);
        let open =
            !node.children.is_empty() && !self.folded.contains(&node.pointer) && depth < DEEPEST;
        if !open {
            return cast.add(kind, self.sizes.node, Some(state));
        }
        let (contents, lanes) = self.container(state, depth);
        let size = (contents.bounds.w, contents.bounds.h);
        let item = cast.add(kind, self.orientation.turned(size), Some(state));
        cast.inner.insert(item, (contents, lanes));
        item
    }

    /// What is in a container, its corner at the origin, and the lines between its branches: branches stand side by side
    /// across the flow.
    fn container(&self, state: StateIx, depth: usize) -> (Layout, Vec<f64>) {
        let mut contents = self.blank();
        let mut around = Rect::new(PAD, HEAD, NODE_W, NODE_H);
        let mut lanes = Vec::new();
        let mut corner = Point::new(PAD, HEAD);
        for (index, &child) in self.outline.states[state.0].children.iter().enumerate() {
            if index > 0 {
                lanes.push(self.next_branch(&mut corner));
            }
            let mut block = self.block(child, depth + 1);
            block.shift(corner.x - block.bounds.x, corner.y - block.bounds.y);
            match self.orientation {
                Orientation::Vertical => corner.x = block.bounds.right(),
                Orientation::Horizontal => corner.y = block.bounds.bottom(),
            }
            around = around.with(block.bounds);
            contents.take(block);
        }
        contents.bounds = Rect::new(0.0, 0.0, around.right() + PAD, around.bottom() + PAD);
        (contents, lanes)
    }

    /// Moves on to the next branch; returns where the line between the two is.
    fn next_branch(&self, corner: &mut Point) -> f64 {
        let at = match self.orientation {
            Orientation::Vertical => &mut corner.x,
            Orientation::Horizontal => &mut corner.y,
        };
        *at += BRANCH_GAP;
        *at - BRANCH_GAP / 2.0
    }
}

/// What a block has no more keeps out of the way of what it has.
fn lane(is_former: bool) -> Lane {
    if is_former { Lane::Aside } else { Lane::Middle }
}

/// The edges of the ways that are drawn as one line.
fn edges(cable: &[Strand], points: &[Point], chip: Option<Point>) -> Vec<PlacedEdge> {
    let labels = cable.iter().filter_map(|strand| strand.label.as_deref());
    let rects = chip.map_or_else(Vec::new, |chip| labels::stack(labels, chip));
    let mut chips = rects.iter();
    cable
        .iter()
        .enumerate()
        .map(|(number, strand)| PlacedEdge {
            way: strand.way.clone(),
            style: strand.style,
            points: points.to_vec(),
            label: strand.label.as_ref().and_then(|text| {
                Some(Label {
                    text: text.clone(),
                    rect: *chips.next()?,
                })
            }),
            middle: labels::middle(points, &rects, number),
            from: strand.from,
            to: strand.to,
        })
        .collect()
}

fn bounds(layout: &Layout) -> Rect {
    let boxes = layout
        .nodes
        .iter()
        .map(|node| node.rect)
        .chain(layout.pills.iter().map(|pill| pill.rect))
        .chain(layout.slots.iter().map(|slot| slot.rect))
        .chain(
            layout
                .edges
                .iter()
                .filter(|edge| edge.style != EdgeStyle::Hidden)
                .flat_map(edge_boxes),
        );
    boxes.reduce(Rect::with).unwrap_or_default()
}

fn edge_boxes(edge: &PlacedEdge) -> impl Iterator<Item = Rect> {
    let points = edge
        .points
        .iter()
        .map(|point| Rect::new(point.x, point.y, 0.0, 0.0));
    points.chain(edge.label.iter().map(|label| label.rect))
}
