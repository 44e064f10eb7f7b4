//! The horizontal place of each item: children hang below their parent, side by side where their rows meet.
//!
//! Every subtree keeps an outline (the leftmost and rightmost x of each of its rows). Neighbours are moved apart until
//! their outlines have a gap in every row that both have, so items never overlap. Edges to children that hang lower take
//! space in the rows between, so they never cross an item either.

use super::flow::{Flow, Graph, Hang, LinkKind};
use super::measure::{CATCH_GAP, CLEAR, COLUMN_GAP};
use std::collections::VecDeque;

/// The leftmost and rightmost x of each row from `top` on, around the subtree's own item at 0.
#[derive(Debug, Clone, Default)]
struct Contour {
    top: usize,
    rows: VecDeque<(f64, f64)>,
}

const NOTHING: (f64, f64) = (f64::INFINITY, f64::NEG_INFINITY);

impl Contour {
    fn widen(&mut self, row: usize, left: f64, right: f64) {
        while row < self.top {
            self.rows.push_front(NOTHING);
            self.top -= 1;
        }
        while self.rows.len() <= row - self.top {
            self.rows.push_back(NOTHING);
        }
        let at = &mut self.rows[row - self.top];
        *at = (at.0.min(left), at.1.max(right));
    }

    fn row(&self, row: usize) -> (f64, f64) {
        row.checked_sub(self.top)
            .and_then(|index| self.rows.get(index))
            .copied()
            .unwrap_or(NOTHING)
    }

    fn join(&mut self, other: &Self, dx: f64) {
        for (index, &(left, right)) in other.rows.iter().enumerate() {
            self.widen(other.top + index, left + dx, right + dx);
        }
    }

    /// How far to the right `other` must go to stand `gap` right of this one.
    fn clearance(&self, other: &Self, gap: f64) -> f64 {
        let rows = other.rows.iter().enumerate();
        rows.map(|(index, &(left, _))| self.row(other.top + index).1 + gap - left)
            .filter(|x| x.is_finite())
            .fold(f64::NEG_INFINITY, f64::max)
    }

    /// How far to the left (negative) `other` must go to stand `gap` left of this one.
    fn clearance_left(&self, other: &Self, gap: f64) -> f64 {
        let rows = other.rows.iter().enumerate();
        rows.map(|(index, &(_, right))| self.row(other.top + index).0 - gap - right)
            .filter(|x| x.is_finite())
            .fold(f64::INFINITY, f64::min)
    }
}

/// The middle of each item.
pub(super) fn place(graph: &Graph, flow: &Flow) -> Vec<f64> {
    let mut children = vec![Vec::new(); graph.items.len()];
    let mut roots = Vec::new();
    for item in 0..graph.items.len() {
        match flow.hangs[item] {
            Some((link, hang)) => children[graph.links[link].from].push((item, hang, link)),
            None => roots.push(item),
        }
    }
    let mut placer = Placer {
        graph,
        flow,
        contours: vec![None; graph.items.len()],
        dx: vec![0.0; graph.items.len()],
    };
    for &item in flow.order.iter().rev() {
        placer.settle(item, &children[item]);
    }
    placer.line_up(&roots);
    let mut x = vec![0.0; graph.items.len()];
    for &item in &flow.order {
        let parent = flow.hangs[item].map_or(0.0, |(link, _)| x[graph.links[link].from]);
        x[item] = parent + placer.dx[item];
    }
    x
}

struct Placer<'a> {
    graph: &'a Graph,
    flow: &'a Flow,
    contours: Vec<Option<Contour>>,
    dx: Vec<f64>,
}

impl Placer<'_> {
    /// Places the children of an item, all of which are settled, around it.
    fn settle(&mut self, item: usize, children: &[(usize, Hang, usize)]) {
        let row = self.flow.row[item];
        let half = self.graph.items[item].w / 2.0;
        let main = children.iter().find(|(_, hang, _)| *hang == Hang::Main);
        let mut contour = main
            .and_then(|(child, _, _)| self.contours[*child].take())
            .unwrap_or(Contour {
                top: row,
                rows: VecDeque::new(),
            });
        if let Some((child, _, _)) = main {
            self.drop_line(&mut contour, row, self.flow.row[*child], 0.0);
        }
        contour.widen(row, -half, half);
        for (child, on_left) in self.sides(children) {
            self.hang(&mut contour, row, child, on_left, COLUMN_GAP);
        }
        for &(child, _, _) in children.iter().filter(|(_, hang, _)| *hang == Hang::Catch) {
            self.hang(&mut contour, row, child, false, CATCH_GAP);
        }
        self.contours[item] = Some(contour);
    }

    /// The children to the sides: a Choice's default and what only fails to the right, the others by turns.
    fn sides(&self, children: &[(usize, Hang, usize)]) -> Vec<(usize, bool)> {
        let mut left = true;
        let sides = children.iter().filter(|(_, hang, _)| *hang == Hang::Side);
        sides
            .map(|&(child, _, link)| {
                let default = self.graph.links[link].kind == LinkKind::Branch { default: true };
                let fails = self.graph.items[child].kind == super::flow::ItemKind::Fail;
                let on_left = left && !default && !fails;
                left = !on_left;
                (child, on_left)
            })
            .collect()
    }

    /// Hangs a settled child to a side of what is placed already.
    fn hang(&mut self, contour: &mut Contour, row: usize, child: usize, on_left: bool, gap: f64) {
        let Some(mut own) = self.contours[child].take() else {
            return;
        };
        let below = self.flow.row[child];
        self.drop_line(&mut own, row, below, 0.0);
        // The run from the parent to above the child needs its own row free up to there.
        if below > row {
            own.widen(row, -CLEAR, CLEAR);
        }
        let dx = if on_left {
            contour.clearance_left(&own, gap)
        } else {
            contour.clearance(&own, gap)
        };
        let dx = if dx.is_finite() { dx } else { 0.0 };
        contour.join(&own, dx);
        contour.widen(row, dx.min(0.0), dx.max(0.0));
        self.dx[child] = dx;
    }

    /// Keeps the rows between a parent and a lower child free for the edge.
    fn drop_line(&self, contour: &mut Contour, from: usize, to: usize, x: f64) {
        for row in from + 1..to {
            contour.widen(row, x - CLEAR, x + CLEAR);
        }
    }

    /// Places what nothing leads to beside what the start leads to.
    fn line_up(&mut self, roots: &[usize]) {
        let mut all = Contour::default();
        for &root in roots {
            let Some(own) = self.contours[root].take() else {
                continue;
            };
            let dx = all.clearance(&own, COLUMN_GAP * 2.0);
            let right = all
                .rows
                .iter()
                .map(|row| row.1)
                .fold(f64::NEG_INFINITY, f64::max);
            let left = own
                .rows
                .iter()
                .map(|row| row.0)
                .fold(f64::INFINITY, f64::min);
            let apart = right + COLUMN_GAP * 2.0 - left;
            let dx = if apart.is_finite() {
                apart.max(dx)
            } else {
                0.0
            };
            all.join(&own, dx);
            self.dx[root] = dx;
        }
    }
}
