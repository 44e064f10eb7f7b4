//! The way of each edge between rows: out of its source, along a lane that no item and no other edge occupies, into its
//! target; and a place for its chip, which nothing else passes. Heights are not known yet, so a line is given by rows,
//! channels and items; [`super::tracks`] gives numbers.
//!
//! Lanes keep clear of items in all rows they pass and of other edges' lanes; edges to one target may join. A chip is
//! taken like an item, so what is drawn later goes around it.

mod ports;

use super::flow::{Flow, Graph, Hang, ItemKind, Link, LinkKind};
use super::measure::{APART, BESIDE, CLEAR, CORNER, Sizes, TURN};
use super::space::{self, ANYWHERE, Across, Space, Wanted};
use rustc_hash::FxHashMap;

/// A height that is not a number yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// The middle of a row's first line of nodes.
    Row(usize),
    /// A run in a channel, by position in [`Routes::runs`].
    Run(usize),
    /// The top of an item.
    Top(usize),
    /// The bottom of an item.
    Bottom(usize),
}

/// A horizontal run in a channel.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    /// The gap above this row.
    pub(crate) gap: usize,
    /// Whether it is below the gap's chips.
    pub(crate) lower: bool,
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) net: usize,
    /// Where lines come from above.
    pub(crate) above: Vec<f64>,
    /// Where lines go below.
    pub(crate) below: Vec<f64>,
}

/// Where the chips of a link stand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum ChipPlace {
    /// On the run beside a row's nodes.
    Row(usize),
    /// Among the chips below a row.
    Below(usize),
}

/// The lines of all links, the runs that they use, and the middles of their chips.
#[derive(Debug, Default)]
pub(crate) struct Routes {
    pub(crate) lines: Vec<Vec<(f64, Level)>>,
    pub(crate) chips: Vec<Option<(f64, ChipPlace)>>,
    pub(crate) runs: Vec<Run>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Exit {
    Bottom,
    Left,
    Right,
}

pub(crate) fn route(graph: &Graph, flow: &Flow, x: &[f64], sizes: &Sizes) -> Routes {
    let rows = flow.row.iter().copied().max().map_or(0, |last| last + 1);
    let mut router = Router {
        graph,
        flow,
        x,
        sizes,
        ports: vec![0.0; graph.links.len()],
        space: Space::of(rows),
        waiting: FxHashMap::default(),
        stubs: FxHashMap::default(),
        routes: Routes {
            lines: vec![Vec::new(); graph.links.len()],
            chips: vec![None; graph.links.len()],
            runs: Vec::new(),
        },
    };
    router.take_items();
    router.choose_ports();
    router.take_straights();
    for link in router.order() {
        router.draw(link);
    }
    router.routes
}

struct Router<'a> {
    graph: &'a Graph,
    flow: &'a Flow,
    x: &'a [f64],
    sizes: &'a Sizes,
    /// For each link, how far from the middle of its target it ends.
    ports: Vec<f64>,
    space: Space,
    /// How many links have not left yet, for each side: those that items hang on, and the others.
    waiting: FxHashMap<(usize, Exit), (usize, usize)>,
    /// Where links go down at once that leave at a side.
    stubs: FxHashMap<(usize, Exit), f64>,
    routes: Routes,
}

/// The net of what leaves an item at its bottom, which only its own links may touch.
fn source_net(item: usize) -> usize {
    usize::MAX - 1 - item
}

impl<'a> Router<'a> {
    fn link(&self, index: usize) -> &'a Link {
        &self.graph.links[index]
    }

    fn rows(&self, index: usize) -> (usize, usize) {
        let link = self.link(index);
        (self.flow.row[link.from], self.flow.row[link.to])
    }

    fn half(&self, item: usize) -> f64 {
        self.graph.items[item].w / 2.0
    }

    fn hang(&self, index: usize) -> Option<Hang> {
        self.flow.hangs[self.link(index).to]
            .filter(|(own, _)| *own == index)
            .map(|(_, hang)| hang)
    }

    fn net(&self, index: usize) -> usize {
        let link = self.link(index);
        link.to * 2 + usize::from(link.kind == LinkKind::Catch)
    }

    fn nets(&self, index: usize) -> [usize; 2] {
        [self.net(index), source_net(self.link(index).from)]
    }

    fn port(&self, index: usize) -> f64 {
        self.x[self.link(index).to] + self.ports[index]
    }

    fn exit(&self, index: usize) -> Exit {
        let link = self.link(index);
        match link.kind {
            LinkKind::Next => Exit::Bottom,
            LinkKind::Catch => Exit::Right,
            LinkKind::Branch { .. } if self.hang(index) == Some(Hang::Main) => Exit::Bottom,
            LinkKind::Branch { .. } if self.flow.is_beside(self.graph, link.from) => Exit::Right,
            LinkKind::Branch { .. } if self.x[link.to] > self.x[link.from] => Exit::Right,
            LinkKind::Branch { .. } => Exit::Left,
        }
    }

    /// Items are taken with the room that what leaves them needs beside them, and what leaves them at their bottom.
    fn take_items(&mut self) {
        for index in 0..self.graph.links.len() {
            let (exit, hangs) = (self.exit(index), self.hang(index).is_some());
            let from = self.link(index).from;
            if exit == Exit::Bottom {
                let row = self.flow.row[from];
                for level in [space::below(row), space::above(row + 1)] {
                    self.space
                        .line(level..=level, self.x[from], source_net(from));
                }
            }
            let waiting = self.waiting.entry((from, exit)).or_default();
            if hangs {
                waiting.0 += 1;
            } else {
                waiting.1 += 1;
            }
        }
        for (item, &row) in self.flow.row.iter().enumerate() {
            let (x, half) = (self.x[item], self.half(item));
            let room = |exit| match self.waiting.get(&(item, exit)) {
                Some(_) => half + CLEAR + APART,
                None => half + CLEAR,
            };
            let (left, right) = (x - room(Exit::Left), x + room(Exit::Right));
            self.space.block(space::row(row), left, right);
        }
    }

    /// Links that items hang on first, the nearest first, then short ones before long ones.
    fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.graph.links.len()).collect();
        let key = |&index: &usize| {
            let link = self.link(index);
            let (a, b) = self.rows(index);
            let aside = (self.x[link.from] - self.x[link.to]).abs();
            (self.hang(index).is_none(), a.abs_diff(b), aside)
        };
        order.sort_by(|a, b| {
            let (one, two) = (key(a), key(b));
            let first = (one.0, if one.0 { one.1 } else { 0 });
            let second = (two.0, if two.0 { two.1 } else { 0 });
            first
                .cmp(&second)
                .then(one.2.total_cmp(&two.2))
                .then(a.cmp(b))
        });
        order
    }

    /// Straight edges stand where they stand, so everything else goes around them.
    fn take_straights(&mut self) {
        for index in 0..self.graph.links.len() {
            if self.hang(index) == Some(Hang::Main) {
                let (a, b) = self.rows(index);
                let x = self.x[self.link(index).from];
                let levels = space::below(a)..=space::above(b);
                self.space.line(levels, x, self.net(index));
            }
        }
    }

    fn draw(&mut self, index: usize) {
        let link = self.link(index);
        let (exit, hangs) = (self.exit(index), self.hang(index).is_some());
        if let Some(waiting) = self.waiting.get_mut(&(link.from, exit)) {
            if hangs {
                waiting.0 -= 1;
            } else {
                waiting.1 -= 1;
            }
        }
        let line = if self.graph.items[link.to].kind == ItemKind::End {
            self.reach_end(index)
        } else {
            match exit {
                Exit::Bottom => self.leave_bottom(index),
                Exit::Left | Exit::Right => self.leave_side(index, exit),
            }
        };
        self.routes.lines[index] = line;
    }

    fn leave_bottom(&mut self, index: usize) -> Vec<(f64, Level)> {
        let link = self.link(index);
        let (a, b) = self.rows(index);
        let source = self.x[link.from];
        let line = vec![(source, Level::Bottom(link.from))];
        if b <= a {
            return self.back_from(index, space::below(a), line);
        }
        if self.hang(index) == Some(Hang::Main) {
            self.chip_on_straight(index);
            return vec![line[0], (source, Level::Top(link.to))];
        }
        let wanted = self.downwards(index, source, space::below(a));
        let lane = self.space.lane(&wanted).unwrap_or(source);
        self.take_chip(index, lane, wanted.chip);
        self.down(index, line, lane)
    }

    /// A lane from the channel below the source to the one above the target, with the link's chip.
    fn downwards(&self, index: usize, from: f64, level: usize) -> Wanted {
        let (a, b) = self.rows(index);
        let chip = self.chip_half(index).map(|half| (space::chips(a), half));
        Wanted {
            levels: space::below(a)..=space::above(b),
            nets: self.nets(index),
            chip,
            from: (from, level),
            to: (self.port(index), space::above(b)),
            within: ANYWHERE,
            leftwards: false,
        }
    }

    fn chip_half(&self, index: usize) -> Option<f64> {
        let (w, _) = self.link(index).chip?;
        Some(w / 2.0 + BESIDE)
    }

    /// Along a lane below the source into the target.
    fn down(&mut self, index: usize, mut line: Vec<(f64, Level)>, lane: f64) -> Vec<(f64, Level)> {
        let (a, b) = self.rows(index);
        let (port, net) = (self.port(index), self.net(index));
        self.shift(index, &mut line, space::below(a), lane);
        self.space
            .take(space::below(a)..=space::above(b), lane, net);
        self.shift(index, &mut line, space::above(b), port);
        line.push((port, Level::Top(self.link(index).to)));
        line
    }

    /// The chip of a straight edge, right below its source where there is room.
    fn chip_on_straight(&mut self, index: usize) {
        let Some(half) = self.chip_half(index) else {
            return;
        };
        let (a, b) = self.rows(index);
        let x = self.x[self.link(index).from];
        // Its own line is in the middle of the room.
        let free = |row: &usize| {
            let beside = |low, high| {
                let gap = self
                    .space
                    .gap(space::chips(*row), (low, high), 0.0, f64::NAN);
                gap.is_some_and(|gap| gap.1 - gap.0 >= half - 0.2)
            };
            beside(x - half, x - 0.1) && beside(x + 0.1, x + half)
        };
        let row = (a..b).find(free).unwrap_or(a);
        self.take_chip(index, x, Some((space::chips(row), half)));
    }

    fn take_chip(&mut self, index: usize, x: f64, chip: Option<(usize, f64)>) {
        let Some((level, half)) = chip else { return };
        self.space.block(level, x - half, x + half);
        self.routes.chips[index] = Some((x, ChipPlace::Below(level / 4)));
    }

    /// From the side of a Choice, or of a state whose error is caught.
    fn leave_side(&mut self, index: usize, exit: Exit) -> Vec<(f64, Level)> {
        let link = self.link(index);
        let (a, _) = self.rows(index);
        let right = exit == Exit::Right;
        let side = self.x[link.from]
            + if right {
                self.half(link.from)
            } else {
                -self.half(link.from)
            };
        let within = self.clear_in_row(index, right);
        let start = vec![(side, Level::Row(a))];
        if let Some(line) = self.beside(index, side, within) {
            return line;
        }
        let wanted = self.sideways(index, side, within, right);
        let plain = Wanted {
            chip: None,
            ..wanted.clone()
        };
        if let Some(lane) = self.space.lane(&plain)
            && let Some(chip) = self.chip_on_row(index, (side, lane), true)
        {
            self.take_row(index, side, lane, chip);
            return self.along_row(index, start, lane);
        }
        // A way back within its row passes no row of chips.
        let passes = wanted
            .chip
            .is_some_and(|chip| wanted.levels.contains(&chip.0));
        match self.space.lane(&wanted).filter(|_| passes) {
            Some(lane) => {
                self.take_chip(index, lane, wanted.chip);
                self.take_row(index, side, lane, None);
                self.along_row(index, start, lane)
            }
            None => self.around(index, start, exit, within),
        }
    }

    fn sideways(&self, index: usize, side: f64, within: (f64, f64), right: bool) -> Wanted {
        let (a, b) = self.rows(index);
        let half = self.chip_half(index);
        let (levels, chips) = if b > a {
            (space::below(a)..=space::above(b), Some(space::chips(a)))
        } else {
            (
                space::above(b)..=space::above(a),
                a.checked_sub(1).map(space::chips),
            )
        };
        Wanted {
            levels,
            nets: self.nets(index),
            chip: chips.zip(half),
            from: (side, space::row(a)),
            to: (self.port(index), space::above(b)),
            within,
            leftwards: !right,
        }
    }

    /// Straight to a handler that stands beside its source.
    fn beside(&mut self, index: usize, side: f64, within: (f64, f64)) -> Option<Vec<(f64, Level)>> {
        let link = self.link(index);
        let (a, b) = self.rows(index);
        let hangs = self.hang(index).is_some();
        // Branches leave a Choice where the line would end.
        let free = hangs || self.graph.items[link.to].kind != ItemKind::Choice;
        let catch = link.kind == LinkKind::Catch && free;
        if a != b || !catch || self.x[link.to] <= self.x[link.from] {
            return None;
        }
        let end = self.x[link.to] - self.half(link.to);
        if end - CLEAR > within.1 + 0.5 {
            return None;
        }
        let chip = self.chip_on_row(index, (side, end), false)?;
        self.take_row(index, side, end, chip);
        Some(vec![(side, Level::Row(a)), (end, Level::Row(a))])
    }

    /// Takes the run in the source's row, and the chip on it.
    fn take_row(&mut self, index: usize, side: f64, lane: f64, chip: Option<f64>) {
        let (a, _) = self.rows(index);
        let level = space::row(a);
        self.space.run(
            level,
            Across {
                left: side.min(lane),
                right: side.max(lane),
                net: self.net(index),
                source: self.link(index).from,
            },
        );
        if let Some((x, half)) = chip.zip(self.chip_half(index)) {
            self.space.block(level, x - half, x + half);
            self.routes.chips[index] = Some((x, ChipPlace::Row(a)));
        }
    }

    /// The middle of the chip on the run from a side to a lane; none when it has no room there, and a place of nothing
    /// when there is no chip. `turns` says whether the line goes down at its end.
    #[expect(
        clippy::option_option,
        reason = "no room and no chip are answers of their own"
    )]
    fn chip_on_row(
        &self,
        index: usize,
        (side, lane): (f64, f64),
        turns: bool,
    ) -> Option<Option<f64>> {
        let link = self.link(index);
        let Some((w, h)) = link.chip else {
            return Some(None);
        };
        let exit = self.exit(index);
        let (hanging, others) = self
            .waiting
            .get(&(link.from, exit))
            .copied()
            .unwrap_or_default();
        // What leaves here for a place further off would pass under the chip.
        if h > self.sizes.tallest_chip() || (turns && hanging > 0) {
            return None;
        }
        // What leaves here later needs room to turn down before the chip.
        let near = if hanging + others > 0 {
            CLEAR + TURN
        } else {
            BESIDE
        };
        let far = CORNER + 2.0;
        let (low, high) = if lane > side {
            (side + near, lane - far)
        } else {
            (lane + far, side - near)
        };
        let level = space::row(self.flow.row[link.from]);
        let gap = self
            .space
            .gap(level, (low, high), BESIDE, self.x[link.from])?;
        (gap.1 - gap.0 >= w).then(|| Some(f64::midpoint(gap.0, gap.1)))
    }

    /// From a side along the row to a lane, and along it to the target's channel.
    fn along_row(
        &mut self,
        index: usize,
        mut line: Vec<(f64, Level)>,
        lane: f64,
    ) -> Vec<(f64, Level)> {
        let link = self.link(index);
        let (a, b) = self.rows(index);
        let (port, net) = (self.port(index), self.net(index));
        line.push((lane, Level::Row(a)));
        if b > a {
            self.space.take(space::row(a)..=space::above(b), lane, net);
            self.shift(index, &mut line, space::above(b), port);
        } else {
            self.space.take(space::above(b)..=space::row(a), lane, net);
            self.turn_down(index, &mut line, space::above(b), port);
        }
        line.push((port, Level::Top(link.to)));
        line
    }

    /// From a side down at once to the channel below, since the row is taken.
    fn around(
        &mut self,
        index: usize,
        mut line: Vec<(f64, Level)>,
        exit: Exit,
        within: (f64, f64),
    ) -> Vec<(f64, Level)> {
        let link = self.link(index);
        let (a, b) = self.rows(index);
        let side = line[0].0;
        let stub = self.stub(index, side, exit, within);
        self.take_row(index, side, stub, None);
        line.push((stub, Level::Row(a)));
        let wanted = Wanted {
            leftwards: exit == Exit::Left,
            ..self.downwards(index, stub, space::below(a))
        };
        if b > a {
            let lane = self.space.lane(&wanted).unwrap_or(stub);
            self.take_chip(index, lane, wanted.chip);
            return self.down(index, line, lane);
        }
        if link.chip.is_none() {
            return self.back_from(index, space::below(a), line);
        }
        let wanted = Wanted {
            levels: space::below(a)..=space::above(a + 1),
            to: (self.port(index), space::above(a + 1)),
            ..wanted
        };
        let lane = self.space.lane(&wanted).unwrap_or(stub);
        self.take_chip(index, lane, wanted.chip);
        self.shift(index, &mut line, space::below(a), lane);
        self.space.take(wanted.levels, lane, self.net(index));
        self.back_from(index, space::above(a + 1), line)
    }

    /// Where a link goes down right beside its source; links of one source share the place when there is no other.
    fn stub(&mut self, index: usize, side: f64, exit: Exit, within: (f64, f64)) -> f64 {
        let (a, _) = self.rows(index);
        let from = self.link(index).from;
        let level = space::below(a);
        let wanted = Wanted {
            levels: level..=level,
            nets: self.nets(index),
            chip: None,
            from: (side, space::row(a)),
            to: (side, level),
            within,
            leftwards: exit == Exit::Left,
        };
        let stub = (within.0 <= within.1)
            .then(|| self.space.lane(&wanted))
            .flatten();
        let shared = self.stubs.get(&(from, exit)).copied();
        let beside = if exit == Exit::Right {
            side + CLEAR
        } else {
            side - CLEAR
        };
        let stub = stub.or(shared).unwrap_or(beside);
        self.stubs.entry((from, exit)).or_insert(stub);
        self.space
            .line(space::row(a)..=level, stub, self.net(index));
        stub
    }

    /// From the channel at `level` below the source up to the channel above the target, on a lane at its side.
    fn back_from(
        &mut self,
        index: usize,
        level: usize,
        mut line: Vec<(f64, Level)>,
    ) -> Vec<(f64, Level)> {
        let link = self.link(index);
        let (_, b) = self.rows(index);
        let (port, net) = (self.port(index), self.net(index));
        let source = line.last().map_or(port, |last| last.0);
        let wanted = Wanted {
            levels: space::above(b)..=level,
            nets: self.nets(index),
            chip: None,
            from: (source, level),
            to: (port, space::above(b)),
            within: self.way_back(index),
            leftwards: self.x[link.from] <= self.x[link.to],
        };
        let lane = self.space.lane(&wanted).unwrap_or(source);
        let below = self.run(index, level, source, lane);
        self.routes.runs[below].above.extend([source, lane]);
        line.extend([(source, Level::Run(below)), (lane, Level::Run(below))]);
        self.space.take(wanted.levels, lane, net);
        self.turn_down(index, &mut line, space::above(b), port);
        line.push((port, Level::Top(link.to)));
        line
    }

    /// Where a way back may go up.
    fn way_back(&self, index: usize) -> (f64, f64) {
        let link = self.link(index);
        let (from, half) = (self.x[link.from], self.half(link.from) + CLEAR);
        if !self.flow.outward[index] {
            ANYWHERE
        } else if from < self.x[link.to] {
            (f64::NEG_INFINITY, from - half)
        } else {
            (from + half, f64::INFINITY)
        }
    }

    /// To the end: straight down, then into the pill's side; ways join.
    fn reach_end(&mut self, index: usize) -> Vec<(f64, Level)> {
        let link = self.link(index);
        let (a, b) = self.rows(index);
        let (source, end, net) = (self.x[link.from], self.x[link.to], self.net(index));
        let mut line = vec![(source, Level::Bottom(link.from))];
        if self.hang(index) == Some(Hang::Main) {
            line.push((end, Level::Top(link.to)));
            return line;
        }
        let wanted = Wanted {
            levels: space::below(a)..=space::row(b),
            nets: self.nets(index),
            chip: None,
            from: (source, space::below(a)),
            to: (source, space::above(b)),
            within: ANYWHERE,
            leftwards: source < end,
        };
        let lane = self.space.lane(&wanted).unwrap_or(source);
        self.shift(index, &mut line, space::below(a), lane);
        self.space.take(wanted.levels, lane, net);
        let half = self.half(link.to);
        let side = if lane < end { end - half } else { end + half };
        line.extend([(lane, Level::Row(b)), (side, Level::Row(b))]);
        line
    }

    /// Moves a line that comes from above to `x`, in a channel.
    fn shift(&mut self, index: usize, line: &mut Vec<(f64, Level)>, level: usize, x: f64) {
        let Some(&(at, _)) = line.last() else { return };
        if (at - x).abs() < 0.5 {
            return;
        }
        let run = self.run(index, level, at, x);
        self.routes.runs[run].above.push(at);
        self.routes.runs[run].below.push(x);
        line.extend([(at, Level::Run(run)), (x, Level::Run(run))]);
    }

    /// Turns a line that comes from below down again at `x`, in a channel.
    fn turn_down(&mut self, index: usize, line: &mut Vec<(f64, Level)>, level: usize, x: f64) {
        let Some(&(at, _)) = line.last() else { return };
        let run = self.run(index, level, at, x);
        self.routes.runs[run].below.extend([at, x]);
        line.extend([(at, Level::Run(run)), (x, Level::Run(run))]);
    }

    fn run(&mut self, index: usize, level: usize, a: f64, b: f64) -> usize {
        let across = Across {
            left: a.min(b),
            right: a.max(b),
            net: self.net(index),
            source: self.link(index).from,
        };
        self.space.run(level, across);
        // The channel below row r is the upper part of the gap above row r + 1.
        let lower = level.is_multiple_of(4);
        self.routes.runs.push(Run {
            gap: if lower { level / 4 } else { level / 4 + 1 },
            lower,
            left: across.left,
            right: across.right,
            net: across.net,
            above: Vec::new(),
            below: Vec::new(),
        });
        self.routes.runs.len() - 1
    }

    /// How far a line may go from an item's side in its row before it meets something.
    fn clear_in_row(&self, index: usize, right: bool) -> (f64, f64) {
        let (item, net) = (self.link(index).from, self.net(index));
        let level = space::row(self.flow.row[item]);
        let (x, half) = (self.x[item], self.half(item));
        let own = |span: &&(f64, f64)| span.0 < x && x < span.1;
        let boxes = self.space.boxes(level).iter().filter(|span| !own(span));
        let runs = self.space.across(level).iter();
        let runs = runs.filter(|run| run.net != net && run.source != item);
        let taken = boxes
            .copied()
            .chain(runs.map(|run| (run.left - APART, run.right + APART)));
        if right {
            let edge = x + half;
            let spans = taken.filter(|span| span.1 > edge).map(|span| span.0);
            (edge + CLEAR, spans.fold(f64::INFINITY, f64::min))
        } else {
            let edge = x - half;
            let spans = taken.filter(|span| span.0 < edge).map(|span| span.1);
            (spans.fold(f64::NEG_INFINITY, f64::max), edge - CLEAR)
        }
    }
}
