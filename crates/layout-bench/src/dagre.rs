//! The same pipeline drawn by dugong, which is dagre in Rust: each block by itself, containers as boxes of their size.

use asl::graph::{BlockIx, Outline, StateIx, StateType};
use asl::text::Pointer;
use dugong::graphlib::{Graph, GraphOptions};
use dugong::{EdgeLabel, GraphLabel, NodeLabel};
use layout::measure::{
    BRANCH_GAP, HEAD, LABEL_H, NODE_H, NODE_W, PAD, PILL_H, PILL_W, label_width,
};
use layout::quality::{Line, Picture, Piece};
use layout::{Point, Rect};
use rustc_hash::{FxHashMap, FxHashSet};

type Dagre = Graph<NodeLabel, EdgeLabel, GraphLabel>;

/// What stands in a block's graph.
const START: &str = "start";
const END: &str = "end";

/// A drawing by dugong; none when it refuses the graph.
pub fn picture(outline: &Outline, folded: &FxHashSet<Pointer>) -> Option<Picture> {
    let artist = Artist { outline, folded };
    artist.block(BlockIx(0), 0).map(|(picture, _)| picture)
}

struct Artist<'a> {
    outline: &'a Outline,
    folded: &'a FxHashSet<Pointer>,
}

impl Artist<'_> {
    /// A block with its top left corner at the origin, and its size.
    fn block(&self, block: BlockIx, depth: usize) -> Option<(Picture, (f64, f64))> {
        let shape = self.outline.block(block)?;
        let mut graph = empty();
        let mut inner = FxHashMap::default();
        for &state in &shape.states {
            let size = if self.is_open(state) {
                let contents = self.container(state, depth)?;
                let size = contents.1;
                inner.insert(state, contents.0);
                size
            } else {
                (NODE_W, NODE_H)
            };
            graph.set_node(state.0.to_string(), box_of(size));
        }
        let mut labels = FxHashMap::default();
        self.links(block, depth, &mut graph, &mut labels);
        dugong::layout(&mut graph).ok()?;
        Some(self.drawn(block, &graph, inner, &labels))
    }

    fn is_open(&self, state: StateIx) -> bool {
        let node = &self.outline.states[state.0];
        !node.children.is_empty() && !self.folded.contains(&node.pointer)
    }

    fn container(&self, state: StateIx, depth: usize) -> Option<(Picture, (f64, f64))> {
        let mut all = Picture::default();
        let (mut x, mut bottom) = (PAD, HEAD + NODE_H);
        for (index, &child) in self.outline.states[state.0].children.iter().enumerate() {
            x += if index > 0 { BRANCH_GAP } else { 0.0 };
            let (picture, (w, h)) = self.block(child, depth + 1)?;
            add(&mut all, picture, None, x, HEAD);
            x += w.max(NODE_W);
            bottom = bottom.max(HEAD + h);
        }
        Some((all, (x + PAD, bottom + PAD)))
    }

    fn links(
        &self,
        block: BlockIx,
        depth: usize,
        graph: &mut Dagre,
        labels: &mut FxHashMap<String, f64>,
    ) {
        let shape = &self.outline.blocks[block.0];
        let mut count = 0_usize;
        let mut link = |graph: &mut Dagre, from: &str, to: &str, label: Option<&str>| {
            let name = count.to_string();
            count += 1;
            let width = label.map_or(0.0, label_width);
            let height = if label.is_some() { LABEL_H } else { 0.0 };
            labels.insert(name.clone(), width);
            let edge = EdgeLabel {
                width,
                height,
                weight: 1.0,
                ..EdgeLabel::default()
            };
            graph.set_edge_named(from, to, Some(name), Some(edge));
        };
        if depth == 0 {
            graph.set_node(START, box_of((PILL_W, PILL_H)));
            if let Some(start) = shape.start {
                link(graph, START, &start.0.to_string(), None);
            }
        }
        for &state in &shape.states {
            let node = &self.outline.states[state.0];
            let from = state.0.to_string();
            for way in &node.transitions {
                let Some(to) = way.to else { continue };
                let other = (way.role == asl::graph::Role::Default).then_some("otherwise");
                link(
                    graph,
                    &from,
                    &to.0.to_string(),
                    way.label.as_deref().or(other),
                );
            }
            let stops = matches!(node.kind, Some(StateType::Succeed | StateType::Fail));
            if depth == 0 && node.ends && !stops {
                graph.set_node(END, box_of((PILL_W, PILL_H)));
                link(graph, &from, END, None);
            }
        }
    }

    fn drawn(
        &self,
        block: BlockIx,
        graph: &Dagre,
        mut inner: FxHashMap<StateIx, Picture>,
        labels: &FxHashMap<String, f64>,
    ) -> (Picture, (f64, f64)) {
        let mut picture = Picture::default();
        let mut places = FxHashMap::default();
        let states = self.outline.blocks[block.0].states.iter();
        let names = states.map(|state| (state.0.to_string(), inner.remove(state)));
        let pills = [START, END].map(|pill| (pill.to_owned(), None));
        for (name, contents) in names.chain(pills) {
            let Some(rect) = graph.node(&name).map(rect_of) else {
                continue;
            };
            places.insert(name, picture.pieces.len());
            let container = contents.is_some();
            picture.pieces.push(Piece {
                rect,
                parent: None,
                container,
            });
            if let Some(contents) = contents {
                let parent = picture.pieces.len() - 1;
                add(&mut picture, contents, Some(parent), rect.x, rect.y);
            }
        }
        for key in graph.edges() {
            let Some(edge) = graph.edge_by_key(key) else {
                continue;
            };
            let label = edge.x.zip(edge.y).filter(|_| edge.width > 0.0);
            let width = key
                .name
                .as_ref()
                .and_then(|name| labels.get(name))
                .copied()
                .unwrap_or(0.0);
            picture.lines.push(Line {
                points: edge
                    .points
                    .iter()
                    .map(|at| Point::new(at.x, at.y))
                    .collect(),
                label: label
                    .map(|(x, y)| Rect::new(x - width / 2.0, y - LABEL_H / 2.0, width, LABEL_H)),
                parent: None,
                ends: (places[&key.v], places[&key.w]),
            });
        }
        let size = graph.graph();
        (picture, (size.width, size.height))
    }
}

fn empty() -> Dagre {
    let mut graph = Graph::new(GraphOptions {
        multigraph: true,
        ..GraphOptions::default()
    });
    // The gaps of the studio's own drawing.
    graph.set_graph(GraphLabel {
        nodesep: 56.0,
        ranksep: 24.0,
        edgesep: 20.0,
        ..GraphLabel::default()
    });
    graph
}

fn box_of((width, height): (f64, f64)) -> NodeLabel {
    NodeLabel {
        width,
        height,
        ..NodeLabel::default()
    }
}

fn rect_of(node: &NodeLabel) -> Rect {
    let (x, y) = (node.x.unwrap_or_default(), node.y.unwrap_or_default());
    Rect::new(
        x - node.width / 2.0,
        y - node.height / 2.0,
        node.width,
        node.height,
    )
}

/// Puts a picture into another one.
fn add(into: &mut Picture, other: Picture, parent: Option<usize>, dx: f64, dy: f64) {
    let first = into.pieces.len();
    let within = |own: Option<usize>| own.map(|own| own + first).or(parent);
    into.pieces
        .extend(other.pieces.into_iter().map(|piece| Piece {
            rect: piece.rect.moved(dx, dy),
            parent: within(piece.parent),
            container: piece.container,
        }));
    into.lines.extend(other.lines.into_iter().map(|line| {
        Line {
            points: line
                .points
                .iter()
                .map(|point| point.moved(dx, dy))
                .collect(),
            label: line.label.map(|label| label.moved(dx, dy)),
            parent: within(line.parent),
            ends: (line.ends.0 + first, line.ends.1 + first),
        }
    }));
}
