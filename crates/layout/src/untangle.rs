//! Where lines of a block cross, other arrangements of what stands to the sides are tried: a child on the other side of its
//! parent, the handlers of a state in reverse order, an end on the other side of its target, a way back around the outside. The first arrangement stays unless another one has fewer crossings,
//! so that a small edit moves nothing that needs not move.
//!
//! Which item is in which row, and what is straight below what, is never changed.

use super::flow::{Flow, Graph, Hang};
use super::measure::Sizes;
use super::route::{self, Routes};
use super::tracks::Heights;
use super::{Point, place, quality};
use std::cell::Cell;

/// In a block of more items, a reader follows one line at a time, and trials would take too long.
const LARGE: usize = 80;
/// What all trials of one drawing may cost together: a few milliseconds, whatever is drawn.
const EFFORT: usize = 20_000;

/// What is left to try with.
#[derive(Debug)]
pub(crate) struct Effort(Cell<usize>);

impl Effort {
    pub(crate) fn for_one_drawing() -> Self {
        Self(Cell::new(EFFORT))
    }

    /// Takes what one trial of the graph costs; says whether it was there.
    fn spend(&self, graph: &Graph) -> bool {
        // Items and links are placed, and every pair of lines is looked at.
        let links = graph.links.len();
        let cost = graph.items.len() + links + links * links / 8;
        let left = self.0.get().checked_sub(cost);
        self.0.set(left.unwrap_or(self.0.get()));
        left.is_some()
    }
}

/// A block with a place for everything.
pub(crate) struct Arranged {
    pub(crate) flow: Flow,
    pub(crate) x: Vec<f64>,
    pub(crate) routes: Routes,
    pub(crate) heights: Heights,
}

impl Arranged {
    fn of(graph: &Graph, flow: Flow, sizes: &Sizes) -> Self {
        let x = place::place(graph, &flow, sizes);
        let routes = route::route(graph, &flow, &x, sizes);
        let heights = Heights::of(graph, &flow, &routes, sizes);
        Self {
            flow,
            x,
            routes,
            heights,
        }
    }

    fn crossings(&self, graph: &Graph) -> usize {
        let lines = self.routes.lines.iter();
        let lines: Vec<Vec<Point>> = lines
            .map(|line| self.heights.points(line, graph, &self.flow))
            .collect();
        quality::crossings(&lines)
    }
}

/// Another arrangement than the present one.
#[derive(Debug, Clone, Copy)]
enum Turn {
    /// A child on the other side of its parent.
    Mirror(usize),
    /// The handlers of a state in the other order.
    Reverse(usize),
    /// A link that ends on the other side of its target's middle.
    Swing(usize),
    /// A way back that passes its source on the outside.
    Outward(usize),
}

impl Turn {
    fn apply(self, flow: &mut Flow) {
        let flag = match self {
            Self::Mirror(child) => &mut flow.mirrored[child],
            Self::Reverse(parent) => &mut flow.reversed[parent],
            Self::Swing(link) => &mut flow.swung[link],
            Self::Outward(link) => &mut flow.outward[link],
        };
        *flag = !*flag;
    }
}

/// The arrangement with the fewest crossings of those that could be tried.
pub(crate) fn arrange(graph: &Graph, flow: Flow, sizes: &Sizes, effort: &Effort) -> Arranged {
    let mut best = Arranged::of(graph, flow, sizes);
    if graph.items.len() > LARGE {
        return best;
    }
    let mut crossings = best.crossings(graph);
    let mut better = crossings > 0;
    while better {
        better = false;
        for turn in turns(graph, &best.flow) {
            if crossings == 0 || !effort.spend(graph) {
                return best;
            }
            let mut flow = best.flow.clone();
            turn.apply(&mut flow);
            let trial = Arranged::of(graph, flow, sizes);
            let found = trial.crossings(graph);
            if found < crossings {
                (best, crossings, better) = (trial, found, true);
            }
        }
    }
    best
}

/// What can be arranged in another way.
fn turns(graph: &Graph, flow: &Flow) -> Vec<Turn> {
    let mut handlers = vec![0; graph.items.len()];
    let mut turns = Vec::new();
    for (child, hang) in flow.hangs.iter().enumerate() {
        match hang {
            Some((_, Hang::Side)) => turns.push(Turn::Mirror(child)),
            Some((link, Hang::Catch)) => handlers[graph.links[*link].from] += 1,
            Some((_, Hang::Main)) | None => {}
        }
    }
    let several = |parent: &usize| handlers[*parent] > 1;
    turns.extend((0..handlers.len()).filter(several).map(Turn::Reverse));
    let hangs = |link: &usize| flow.hangs[graph.links[*link].to].is_some_and(|own| own.0 == *link);
    let loose = || (0..graph.links.len()).filter(|link| !hangs(link));
    turns.extend(loose().map(Turn::Swing));
    turns.extend(loose().filter(|link| flow.back[*link]).map(Turn::Outward));
    turns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::{Item, ItemKind, Link, LinkKind};

    #[test]
    fn trials_end_when_the_effort_of_a_drawing_is_spent() {
        let item = Item {
            kind: ItemKind::State,
            w: 208.0,
            h: 52.0,
        };
        let link = Link {
            from: 0,
            to: 1,
            kind: LinkKind::Next,
            chip: None,
        };
        let graph = Graph {
            items: vec![item; LARGE],
            links: vec![link; LARGE],
        };
        let effort = Effort::for_one_drawing();
        let trials = (0..EFFORT).take_while(|_| effort.spend(&graph)).count();
        assert_eq!(trials, EFFORT / (LARGE + LARGE + LARGE * LARGE / 8));
        assert!(!effort.spend(&graph));
        assert!(effort.spend(&Graph::default()), "nothing costs nothing");
    }
}
