//! One block drawn: its states as items, containers drawn first from the inside out.

use super::flow::{Flow, Graph, Item, ItemKind, Link, LinkKind};
use super::measure::{BRANCH_GAP, HEAD, NODE_H, NODE_W, PAD, PILL_H, PILL_W};
use super::tracks::Heights;
use super::{
    EdgeStyle, Layout, Pill, PlacedEdge, PlacedNode, Point, Rect, Shape, Slot, labels, place,
    route, style_of,
};
use crate::document::Way;
use asl::graph::{BlockIx, Outline, Role, StateIx, StateType};
use asl::text::Pointer;
use std::collections::{HashMap, HashSet};

/// Containers nested deeper than this are drawn folded: the drawing would be unreadable, and the walk goes in depth.
const DEEPEST: usize = 40;

/// The whole machine with its start and end.
pub(super) fn draw_machine(outline: &Outline, folded: &HashSet<Pointer>) -> Layout {
    let drawer = Drawer { outline, folded };
    let mut layout = drawer.block(BlockIx(0), 0);
    let bounds = layout.bounds;
    layout.shift(0.0, -bounds.y);
    layout
}

struct Drawer<'a> {
    outline: &'a Outline,
    folded: &'a HashSet<Pointer>,
}

/// What the items of a block stand for.
struct Cast {
    graph: Graph,
    ways: Vec<(Way, EdgeStyle, Option<StateIx>, Option<StateIx>)>,
    states: Vec<Option<StateIx>>,
    /// Drawings of containers, by item; their origin is the container's corner.
    inner: HashMap<usize, (Layout, Vec<f64>)>,
}

impl Drawer<'_> {
    /// A block with its main way at x = 0.
    fn block(&self, block: BlockIx, depth: usize) -> Layout {
        let cast = self.cast(block, depth);
        if cast.states.iter().all(Option::is_none) {
            return self.empty_block(block, depth);
        }
        let flow = Flow::of(&cast.graph);
        let x = place::place(&cast.graph, &flow);
        let routes = route::route(&cast.graph, &flow, &x);
        let heights = Heights::of(&cast.graph, &flow, &routes);
        let boxes: Vec<Rect> = (0..cast.graph.items.len())
            .map(|item| {
                let Item { w, h, .. } = cast.graph.items[item];
                Rect::new(x[item] - w / 2.0, heights.rows[flow.row[item]], w, h)
            })
            .collect();
        let lines: Vec<Vec<Point>> = routes
            .lines
            .iter()
            .map(|line| heights.points(line, &cast.graph, &flow))
            .collect();
        let labels = labels::place(&cast.graph, &lines, &boxes);
        let edges = cast.ways.iter().zip(lines).zip(labels).map(
            |(((way, style, from, to), points), spot)| PlacedEdge {
                way: way.clone(),
                style: *style,
                points,
                label: spot.label,
                middle: spot.middle,
                from: *from,
                to: *to,
            },
        );
        let mut layout = Layout {
            edges: edges.collect(),
            ..Layout::default()
        };
        self.add_items(
            &mut layout,
            cast.states,
            cast.inner,
            &boxes,
            &cast.graph,
            depth,
        );
        if depth > 0 {
            self.add_stubs(&mut layout, block);
        }
        layout.bounds = bounds(&layout);
        layout
    }

    fn add_items(
        &self,
        layout: &mut Layout,
        states: Vec<Option<StateIx>>,
        mut inner: HashMap<usize, (Layout, Vec<f64>)>,
        boxes: &[Rect],
        graph: &Graph,
        depth: usize,
    ) {
        for (item, state) in states.into_iter().enumerate() {
            let rect = boxes[item];
            let Some(state) = state else {
                layout.pills.push(Pill {
                    start: graph.items[item].kind == ItemKind::Start,
                    rect,
                });
                continue;
            };
            let contents = inner.remove(&item).map(|(mut contents, mut lanes)| {
                contents.shift(rect.x, rect.y);
                lanes.iter_mut().for_each(|lane| *lane += rect.x);
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
        let mut stub = |way: Way, state: StateIx, above: bool| {
            let pointer = &self.outline.states[state.0].pointer;
            let Some(rect) = layout
                .nodes
                .iter()
                .find(|node| node.pointer == *pointer)
                .map(|node| node.rect)
            else {
                return;
            };
            let x = rect.centre().x;
            let (top, bottom) = if above {
                (rect.y - 12.0, rect.y)
            } else {
                (rect.bottom(), rect.bottom() + 12.0)
            };
            layout.edges.push(PlacedEdge {
                way,
                style: EdgeStyle::Hidden,
                points: vec![Point::new(x, top), Point::new(x, bottom)],
                label: None,
                middle: Point::new(x, f64::midpoint(top, bottom)),
                from: (!above).then_some(state),
                to: above.then_some(state),
            });
        };
        if let Some(start) = shape.start {
            stub(Way::Start(shape.pointer.clone()), start, true);
        }
        for &state in &shape.states {
            let node = &self.outline.states[state.0];
            if goes_to_end(self.outline, state) {
                stub(Way::End(node.pointer.clone()), state, false);
            }
        }
    }

    fn empty_block(&self, block: BlockIx, depth: usize) -> Layout {
        let pointer = self.outline.blocks[block.0].pointer.clone();
        let mut layout = Layout::default();
        let top = if depth == 0 { PILL_H + 24.0 } else { 0.0 };
        let rect = Rect::new(-NODE_W / 2.0, top, NODE_W, NODE_H);
        layout.slots.push(Slot {
            block: pointer,
            rect,
        });
        layout.bounds = rect;
        if depth == 0 {
            let pill = Rect::new(-PILL_W / 2.0, 0.0, PILL_W, PILL_H);
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
        let mut cast = Cast {
            graph: Graph::default(),
            ways: Vec::new(),
            states: Vec::new(),
            inner: HashMap::new(),
        };
        let pill = |kind| Item {
            kind,
            w: PILL_W,
            h: PILL_H,
        };
        if depth == 0 {
            cast.add(pill(ItemKind::Start), None);
        }
        let mut items = HashMap::new();
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
        let end = (depth == 0 && ends).then(|| cast.add(pill(ItemKind::End), None));
        if let Some(start) = shape.start.filter(|_| depth == 0) {
            let link = Link {
                from: 0,
                to: items[&start],
                kind: LinkKind::Next,
                label: None,
            };
            cast.link(
                link,
                Way::Start(shape.pointer.clone()),
                EdgeStyle::Next,
                None,
                Some(start),
            );
        }
        for &state in &shape.states {
            self.add_links(&mut cast, &items, end, state);
        }
        cast
    }

    fn add_state(&self, cast: &mut Cast, state: StateIx, depth: usize) -> usize {
        let node = &self.outline.states[state.0];
        let kind = match node.kind {
            Some(StateType::Choice) => ItemKind::Choice,
            Some(StateType::Fail) => ItemKind::Fail,
            Some(
                StateType::Task
                | StateType::Pass
                | StateType::Wait
                | StateType::Succeed
                | StateType::Parallel
                | StateType::Map,
            )
            | None => ItemKind::State,
        };
        let open =
            !node.children.is_empty() && !self.folded.contains(&node.pointer) && depth < DEEPEST;
        if !open {
            return cast.add(
                Item {
                    kind,
                    w: NODE_W,
                    h: NODE_H,
                },
                Some(state),
            );
        }
        let (contents, lanes) = self.container(state, depth);
        let item = cast.add(
            Item {
                kind,
                w: contents.bounds.w,
                h: contents.bounds.h,
            },
            Some(state),
        );
        cast.inner.insert(item, (contents, lanes));
        item
    }

    /// What is in a container, its corner at the origin, and the lines between its branches.
    fn container(&self, state: StateIx, depth: usize) -> (Layout, Vec<f64>) {
        let mut contents = Layout::default();
        let (mut x, mut bottom) = (PAD, HEAD + NODE_H);
        let mut lanes = Vec::new();
        for (index, &child) in self.outline.states[state.0].children.iter().enumerate() {
            if index > 0 {
                lanes.push(x + BRANCH_GAP / 2.0);
                x += BRANCH_GAP;
            }
            let mut block = self.block(child, depth + 1);
            block.shift(x - block.bounds.x, HEAD - block.bounds.y);
            x = block.bounds.right();
            bottom = bottom.max(block.bounds.bottom());
            contents.take(block);
        }
        contents.bounds = Rect::new(0.0, 0.0, x + PAD, bottom + PAD);
        (contents, lanes)
    }

    fn add_links(
        &self,
        cast: &mut Cast,
        items: &HashMap<StateIx, usize>,
        end: Option<usize>,
        state: StateIx,
    ) {
        let node = &self.outline.states[state.0];
        let from = items[&state];
        for way in &node.transitions {
            let Some(to) = way.to.filter(|to| items.contains_key(to)) else {
                continue;
            };
            let kind = match way.role {
                Role::Next => LinkKind::Next,
                Role::Choice(_) => LinkKind::Branch { default: false },
                Role::Default => LinkKind::Branch { default: true },
                Role::Catch(_) => LinkKind::Catch,
            };
            let label = way
                .label
                .clone()
                .or_else(|| (way.role == Role::Default).then(|| "otherwise".to_owned()));
            let link = Link {
                from,
                to: items[&to],
                kind,
                label,
            };
            cast.link(
                link,
                Way::Transition(way.pointer.clone()),
                style_of(way.role),
                Some(state),
                Some(to),
            );
        }
        if let Some(end) = end.filter(|_| goes_to_end(self.outline, state)) {
            let link = Link {
                from,
                to: end,
                kind: LinkKind::Next,
                label: None,
            };
            cast.link(
                link,
                Way::End(node.pointer.clone()),
                EdgeStyle::Next,
                Some(state),
                None,
            );
        }
    }
}

impl Cast {
    fn add(&mut self, item: Item, state: Option<StateIx>) -> usize {
        self.graph.items.push(item);
        self.states.push(state);
        self.states.len() - 1
    }

    fn link(
        &mut self,
        link: Link,
        way: Way,
        style: EdgeStyle,
        from: Option<StateIx>,
        to: Option<StateIx>,
    ) {
        self.graph.links.push(link);
        self.ways.push((way, style, from, to));
    }
}

/// Whether a state has a way to the end; Succeed and Fail are ends themselves.
fn goes_to_end(outline: &Outline, state: StateIx) -> bool {
    let node = &outline.states[state.0];
    node.ends && !matches!(node.kind, Some(StateType::Succeed | StateType::Fail))
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
