//! The horizontal place of each item: children hang below their parent, side by side where their rows meet.
//!
//! Every subtree keeps an outline (the leftmost and rightmost x of each of its rows). Neighbours are moved apart until
//! their outlines have a gap in every row that both have, so items never overlap. Edges to children that hang lower take
//! space in the rows between, so they never cross an item either.

use super::flow::{Flow, Graph, Hang, LinkKind};
use super::measure::{BESIDE, CLEAR, LABEL_SIDES, Sizes, TURN};
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
pub(crate) fn place(graph: &Graph, flow: &Flow, sizes: &Sizes) -> Vec<f64> {
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
        sizes,
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
    sizes: &'a Sizes,
    contours: Vec<Option<Contour>>,
    dx: Vec<f64>,
}

impl Placer<'_> {
    /// Places the children of an item, all of which are settled, around it.
    fn settle(&mut self, item: usize, children: &[(usize, Hang, usize)]) {
        let row = self.flow.row[item];
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
        let chip = main.and_then(|(_, _, link)| self.graph.links[*link].chip);
        let chip = chip.map_or(0.0, |(w, _)| w + 2.0 * BESIDE);
        let half = self.graph.items[item].w.max(chip) / 2.0;
        contour.widen(row, -half, half);
        for (child, link, on_left) in self.sides(item, children) {
            self.hang(
                &mut contour,
                (item, child, link),
                on_left,
                self.sizes.column_gap,
            );
        }
        let mut handlers: Vec<_> = children
            .iter()
            .filter(|(_, hang, _)| *hang == Hang::Catch)
            .collect();
        if self.flow.reversed[item] {
            handlers.reverse();
        }
        for &&(child, _, link) in &handlers {
            self.hang(
                &mut contour,
                (item, child, link),
                false,
                self.sizes.catch_gap,
            );
        }
        self.contours[item] = Some(contour);
    }

    /// The children to the sides, the nearest first: a Choice's default and what is for when things go wrong to the
    /// right, the others by turns. What turns back goes where it stands outermost, so that its way back is free.
    fn sides(&self, item: usize, children: &[(usize, Hang, usize)]) -> Vec<(usize, usize, bool)> {
        let beside = self.flow.is_beside(self.graph, item);
        let mut left = true;
        let mut sides: Vec<(usize, usize, bool)> = children
            .iter()
            .filter(|(_, hang, _)| *hang == Hang::Side)
            .map(|&(child, _, link)| {
                let default = self.graph.links[link].kind == LinkKind::Branch { default: true };
                let on_left = left && !default && !self.flow.aside[child] && !beside;
                left = !on_left;
                (child, link, on_left)
            })
            .collect();
        let turning = |side: &(usize, usize, bool)| self.flow.loops[side.0];
        let crowded = sides.len() > 1 && sides.iter().all(|side| !side.2) && !beside;
        if let Some(alone) = sides.iter_mut().find(|side| crowded && turning(side)) {
            alone.2 = true;
        }
        for side in &mut sides {
            side.2 ^= self.flow.mirrored[side.0];
        }
        sides.sort_by_key(turning);
        sides
    }

    /// Hangs a settled child to a side of what is placed already.
    fn hang(
        &mut self,
        contour: &mut Contour,
        (item, child, link): (usize, usize, usize),
        on_left: bool,
        gap: f64,
    ) {
        let row = self.flow.row[item];
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
        let least = self.least_aside(item, child, link);
        let dx = if on_left {
            dx.min(-least)
        } else {
            dx.max(least)
        };
        contour.join(&own, dx);
        contour.widen(row, dx.min(0.0), dx.max(0.0));
        self.dx[child] = dx;
    }

    /// How far aside a child must be, so that its label has room on the run beside its parent.
    fn least_aside(&self, item: usize, child: usize, link: usize) -> f64 {
        let Some((w, _)) = self.graph.links[link].chip else {
            return 0.0;
        };
        let beside = self.flow.row[item] == self.flow.row[child];
        let end = if beside {
            self.graph.items[child].w / 2.0
        } else {
            0.0
        };
        let more = if self.flow.catchers[item] > 1 {
            TURN
        } else {
            0.0
        };
        self.graph.items[item].w / 2.0 + w + LABEL_SIDES + more + end
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
            let gap = self.sizes.column_gap * 2.0;
            let dx = all.clearance(&own, gap);
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
            let apart = right + gap - left;
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
