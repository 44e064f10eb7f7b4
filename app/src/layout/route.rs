//! The way of each edge between rows: out of its source, along a lane that no item and no other edge occupies, into its
//! target. Heights are not known yet, so a line is given by rows, channels and items; [`super::tracks`] gives numbers.
//!
//! Rows and channels share one count: row r is 2r + 1, the channel above it 2r. Lanes keep clear of items in all rows
//! they pass and of other edges' lanes; edges to one target may join.

use super::flow::{Flow, Graph, Hang, ItemKind, LinkKind};
use super::measure::{APART, CLEAR, PORT};
use std::collections::HashMap;

/// A height that is not a number yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
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
pub(super) struct Run {
    pub(super) channel: usize,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) net: usize,
    /// Whether a label may stand on it.
    pub(super) labelled: bool,
    /// Where lines come from above.
    pub(super) above: Vec<f64>,
    /// Where lines go below.
    pub(super) below: Vec<f64>,
}

/// The lines of all links, and the runs that they use.
#[derive(Debug, Default)]
pub(super) struct Routes {
    pub(super) lines: Vec<Vec<(f64, Level)>>,
    pub(super) runs: Vec<Run>,
}

/// A vertical piece that is taken.
struct Lane {
    from: usize,
    to: usize,
    x: f64,
    net: usize,
}

/// A horizontal piece in a row that is taken.
struct RowRun {
    left: f64,
    right: f64,
    net: usize,
    source: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum Exit {
    Bottom,
    Left,
    Right,
}

pub(super) fn route(graph: &Graph, flow: &Flow, x: &[f64]) -> Routes {
    let rows = flow.row.iter().copied().max().map_or(0, |last| last + 1);
    let mut in_row = vec![Vec::new(); rows];
    for (item, &row) in flow.row.iter().enumerate() {
        in_row[row].push(item);
    }
    let mut router = Router {
        graph,
        flow,
        x,
        in_row,
        ports: ports(graph, flow, x),
        lanes: Vec::new(),
        row_runs: (0..rows).map(|_| Vec::new()).collect(),
        routes: Routes {
            lines: vec![Vec::new(); graph.links.len()],
            runs: Vec::new(),
        },
        labelled: false,
    };
    for link in order(graph, flow) {
        router.draw(link);
    }
    router.routes
}

/// Links that items hang on first, then short ones before long ones.
fn order(graph: &Graph, flow: &Flow) -> Vec<usize> {
    let mut order: Vec<usize> = (0..graph.links.len()).collect();
    order.sort_by_key(|&index| {
        let link = &graph.links[index];
        let hangs = flow.hangs[link.to].is_some_and(|(own, _)| own == index);
        (
            !hangs,
            flow.row[link.from].abs_diff(flow.row[link.to]),
            index,
        )
    });
    order
}

/// For each link, how far from the middle of its target it ends.
fn ports(graph: &Graph, flow: &Flow, x: &[f64]) -> Vec<f64> {
    let mut groups: HashMap<usize, Vec<(usize, bool, bool)>> = HashMap::new();
    let mut centred = vec![false; graph.items.len()];
    for (index, link) in graph.links.iter().enumerate() {
        let hangs = flow.hangs[link.to].is_some_and(|(own, _)| own == index);
        let beside = flow.row[link.to] == flow.row[link.from];
        if hangs {
            centred[link.to] = !beside;
        } else {
            // A branch to a state straight below leaves its Choice to the left.
            let branch = matches!(link.kind, LinkKind::Branch { .. });
            let left = flow.back[index]
                || x[link.from] < x[link.to]
                || (branch && x[link.from] <= x[link.to]);
            groups
                .entry(link.to)
                .or_default()
                .push((index, left, link.kind == LinkKind::Catch));
        }
    }
    let mut ports = vec![0.0; graph.links.len()];
    for (item, links) in groups {
        let has =
            |left: bool, catch: bool| links.iter().any(|link| (link.1, link.2) == (left, catch));
        let kinds = [(true, false), (false, false), (true, true), (false, true)];
        let alone = kinds
            .iter()
            .filter(|(left, catch)| has(*left, *catch))
            .count()
            == 1;
        for &(index, left, catch) in &links {
            let far = if catch && has(left, false) { 2.0 } else { 1.0 };
            let side = if left { -PORT } else { PORT };
            ports[index] = if alone && !centred[item] {
                0.0
            } else {
                side * far
            };
        }
    }
    ports
}

struct Router<'a> {
    graph: &'a Graph,
    flow: &'a Flow,
    x: &'a [f64],
    in_row: Vec<Vec<usize>>,
    ports: Vec<f64>,
    lanes: Vec<Lane>,
    row_runs: Vec<Vec<RowRun>>,
    routes: Routes,
    /// Whether the link that is being drawn has a label.
    labelled: bool,
}

/// What a lane is wanted for.
struct Wanted {
    rows: std::ops::Range<usize>,
    levels: (usize, usize),
    net: usize,
    from: f64,
    to: f64,
    /// Where in the source's row the lane may stand.
    within: (f64, f64),
    /// Which side is better when both do.
    leftwards: bool,
}

const ANYWHERE: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

impl Router<'_> {
    fn draw(&mut self, index: usize) {
        let link = &self.graph.links[index];
        self.labelled = link.label.is_some();
        let line = if self.graph.items[link.to].kind == ItemKind::End {
            self.reach_end(index)
        } else {
            match self.exit(index) {
                Exit::Bottom => self.leave_bottom(index),
                Exit::Left => self.leave_side(index, false),
                Exit::Right => self.leave_side(index, true),
            }
        };
        self.routes.lines[index] = line;
    }

    fn net(&self, index: usize) -> usize {
        let link = &self.graph.links[index];
        link.to * 2 + usize::from(link.kind == LinkKind::Catch)
    }

    fn port(&self, index: usize) -> f64 {
        self.x[self.graph.links[index].to] + self.ports[index]
    }

    fn exit(&self, index: usize) -> Exit {
        let link = &self.graph.links[index];
        let hang = self.flow.hangs[link.to]
            .filter(|(own, _)| *own == index)
            .map(|(_, hang)| hang);
        match link.kind {
            LinkKind::Next => Exit::Bottom,
            LinkKind::Catch => Exit::Right,
            LinkKind::Branch { .. } if hang == Some(Hang::Main) => Exit::Bottom,
            LinkKind::Branch { .. } if self.flow.back[index] => Exit::Left,
            LinkKind::Branch { .. } => {
                if self.x[link.to] > self.x[link.from] {
                    Exit::Right
                } else {
                    Exit::Left
                }
            }
        }
    }

    fn leave_bottom(&mut self, index: usize) -> Vec<(f64, Level)> {
        let link = &self.graph.links[index];
        let (from, to, net) = (link.from, link.to, self.net(index));
        let (a, b) = (self.flow.row[from], self.flow.row[to]);
        let (source, port) = (self.x[from], self.port(index));
        if b <= a {
            return self.back_from(index, a, vec![(source, Level::Bottom(from))]);
        }
        let lane = if b == a + 1 {
            port
        } else {
            self.lane(&Wanted {
                rows: a + 1..b,
                levels: (2 * a + 2, 2 * b),
                net,
                from: source,
                to: port,
                within: ANYWHERE,
                leftwards: false,
            })
            .unwrap_or(port)
        };
        let mut line = vec![(source, Level::Bottom(from))];
        self.shift(&mut line, a + 1, lane, net);
        self.take(2 * a + 2, 2 * b, lane, net);
        self.shift(&mut line, b, port, net);
        line.push((port, Level::Top(to)));
        line
    }

    /// From the side of a Choice, or of a state whose error is caught.
    fn leave_side(&mut self, index: usize, right: bool) -> Vec<(f64, Level)> {
        let link = &self.graph.links[index];
        let (from, to, net) = (link.from, link.to, self.net(index));
        let (a, b) = (self.flow.row[from], self.flow.row[to]);
        let half = self.graph.items[from].w / 2.0;
        let side = if right {
            self.x[from] + half
        } else {
            self.x[from] - half
        };
        let within = self.clear_in_row(from, a, net, right);
        let beside = a == b && right && self.x[to] > self.x[from];
        if beside && self.x[to] - self.graph.items[to].w / 2.0 - CLEAR <= within.1 + 0.5 {
            let end = self.x[to] - self.graph.items[to].w / 2.0;
            self.row_runs[a].push(RowRun {
                left: side,
                right: end,
                net,
                source: from,
            });
            return vec![(side, Level::Row(a)), (end, Level::Row(a))];
        }
        let start = vec![(side, Level::Row(a))];
        let port = self.port(index);
        let (rows, levels) = if b > a {
            (a + 1..b, (2 * a + 2, 2 * b))
        } else {
            (b..a, (2 * b, 2 * a))
        };
        let wanted = Wanted {
            rows,
            levels,
            net,
            from: side,
            to: port,
            within,
            leftwards: !right,
        };
        match self.lane(&wanted) {
            Some(lane) => self.along_row(index, start, lane),
            None => self.around(index, start, right, within),
        }
    }

    /// From a side along the row to a lane, and along it to the target's channel.
    fn along_row(
        &mut self,
        index: usize,
        mut line: Vec<(f64, Level)>,
        lane: f64,
    ) -> Vec<(f64, Level)> {
        let link = &self.graph.links[index];
        let (from, to, net) = (link.from, link.to, self.net(index));
        let (a, b) = (self.flow.row[from], self.flow.row[to]);
        let side = line[0].0;
        self.row_runs[a].push(RowRun {
            left: side.min(lane),
            right: side.max(lane),
            net,
            source: from,
        });
        line.push((lane, Level::Row(a)));
        let (top, bottom) = if b > a {
            (2 * a + 1, 2 * b)
        } else {
            (2 * b, 2 * a + 1)
        };
        self.take(top, bottom, lane, net);
        let port = self.port(index);
        if b > a {
            self.shift(&mut line, b, port, net);
        } else {
            self.turn_down(&mut line, b, port, net);
        }
        line.push((port, Level::Top(to)));
        line
    }

    /// From a side down at once to the channel below, since the row is taken.
    fn around(
        &mut self,
        index: usize,
        mut line: Vec<(f64, Level)>,
        right: bool,
        within: (f64, f64),
    ) -> Vec<(f64, Level)> {
        let link = &self.graph.links[index];
        let (from, to, net) = (link.from, link.to, self.net(index));
        let (a, b) = (self.flow.row[from], self.flow.row[to]);
        let side = line[0].0;
        let wanted = Wanted {
            rows: 0..0,
            levels: (2 * a + 1, 2 * a + 2),
            net,
            from: side,
            to: side,
            within,
            leftwards: !right,
        };
        let stub = self
            .lane(&wanted)
            .unwrap_or(if right { side + CLEAR } else { side - CLEAR });
        self.row_runs[a].push(RowRun {
            left: side.min(stub),
            right: side.max(stub),
            net,
            source: from,
        });
        line.push((stub, Level::Row(a)));
        self.take(2 * a + 1, 2 * a + 2, stub, net);
        if b <= a {
            return self.back_from(index, a, line);
        }
        let port = self.port(index);
        let wanted = Wanted {
            rows: a + 1..b,
            levels: (2 * a + 2, 2 * b),
            net,
            from: stub,
            to: port,
            within: ANYWHERE,
            leftwards: !right,
        };
        let lane = self.lane(&wanted).unwrap_or(port);
        self.shift(&mut line, a + 1, lane, net);
        self.take(2 * a + 2, 2 * b, lane, net);
        self.shift(&mut line, b, port, net);
        line.push((port, Level::Top(to)));
        line
    }

    /// From the channel below row `a` up to the channel above the target, on a side lane.
    fn back_from(
        &mut self,
        index: usize,
        a: usize,
        mut line: Vec<(f64, Level)>,
    ) -> Vec<(f64, Level)> {
        let link = &self.graph.links[index];
        let (to, net) = (link.to, self.net(index));
        let b = self.flow.row[to];
        let port = self.port(index);
        let source = line.last().map_or(port, |last| last.0);
        let wanted = Wanted {
            rows: b..a + 1,
            levels: (2 * b, 2 * a + 2),
            net,
            from: source,
            to: port,
            within: ANYWHERE,
            leftwards: true,
        };
        let lane = self.lane(&wanted).unwrap_or(source);
        let below = self.run(a + 1, source, lane, net);
        self.routes.runs[below].above.extend([source, lane]);
        line.extend([(source, Level::Run(below)), (lane, Level::Run(below))]);
        self.take(2 * b, 2 * a + 2, lane, net);
        self.turn_down(&mut line, b, port, net);
        line.push((port, Level::Top(to)));
        line
    }

    /// To the end: straight down, then into the pill's side; ways join.
    fn reach_end(&mut self, index: usize) -> Vec<(f64, Level)> {
        let link = &self.graph.links[index];
        let (from, to, net) = (link.from, link.to, self.net(index));
        let (a, b) = (self.flow.row[from], self.flow.row[to]);
        let (source, end) = (self.x[from], self.x[to]);
        let straight =
            self.flow.hangs[to].is_some_and(|(own, hang)| own == index && hang == Hang::Main);
        if straight {
            self.take(2 * a + 2, 2 * b, end, net);
            return vec![(source, Level::Bottom(from)), (end, Level::Top(to))];
        }
        let wanted = Wanted {
            rows: a + 1..b + 1,
            levels: (2 * a + 2, 2 * b + 1),
            net,
            from: source,
            to: source,
            within: ANYWHERE,
            leftwards: source < end,
        };
        let lane = self.lane(&wanted).unwrap_or(source);
        let mut line = vec![(source, Level::Bottom(from))];
        self.shift(&mut line, a + 1, lane, net);
        self.take(2 * a + 2, 2 * b + 1, lane, net);
        let half = self.graph.items[to].w / 2.0;
        let side = if lane < end { end - half } else { end + half };
        line.extend([(lane, Level::Row(b)), (side, Level::Row(b))]);
        line
    }

    /// Moves a line that comes from above to `x`, in a channel.
    fn shift(&mut self, line: &mut Vec<(f64, Level)>, channel: usize, x: f64, net: usize) {
        let Some(&(at, _)) = line.last() else { return };
        if (at - x).abs() < 0.5 {
            return;
        }
        let run = self.run(channel, at, x, net);
        self.routes.runs[run].above.push(at);
        self.routes.runs[run].below.push(x);
        line.extend([(at, Level::Run(run)), (x, Level::Run(run))]);
    }

    /// Turns a line that comes from below down again at `x`, in a channel.
    fn turn_down(&mut self, line: &mut Vec<(f64, Level)>, channel: usize, x: f64, net: usize) {
        let Some(&(at, _)) = line.last() else { return };
        let run = self.run(channel, at, x, net);
        self.routes.runs[run].below.extend([at, x]);
        line.extend([(at, Level::Run(run)), (x, Level::Run(run))]);
    }

    fn run(&mut self, channel: usize, a: f64, b: f64, net: usize) -> usize {
        let run = Run {
            channel,
            left: a.min(b),
            right: a.max(b),
            net,
            labelled: self.labelled,
            above: Vec::new(),
            below: Vec::new(),
        };
        self.routes.runs.push(run);
        self.routes.runs.len() - 1
    }

    fn take(&mut self, from: usize, to: usize, x: f64, net: usize) {
        self.lanes.push(Lane { from, to, x, net });
    }

    /// How far a line may go from an item's side in its row before it meets something.
    fn clear_in_row(&self, item: usize, row: usize, net: usize, right: bool) -> (f64, f64) {
        let half = self.graph.items[item].w / 2.0;
        let x = self.x[item];
        let items = self.in_row[row]
            .iter()
            .filter(|&&other| other != item)
            .map(|&other| {
                let half = self.graph.items[other].w / 2.0 + CLEAR;
                (self.x[other] - half, self.x[other] + half)
            });
        let runs = self.row_runs[row]
            .iter()
            .filter(|run| run.net != net && run.source != item);
        let taken = items.chain(runs.map(|run| (run.left - APART, run.right + APART)));
        if right {
            let edge = x + half;
            let limit = taken
                .filter(|span| span.1 > edge)
                .map(|span| span.0)
                .fold(f64::INFINITY, f64::min);
            (edge + CLEAR, limit)
        } else {
            let edge = x - half;
            let limit = taken
                .filter(|span| span.0 < edge)
                .map(|span| span.1)
                .fold(f64::NEG_INFINITY, f64::max);
            (limit, edge - CLEAR)
        }
    }

    /// The nearest free x for a lane; none when there is none within the bounds.
    fn lane(&self, wanted: &Wanted) -> Option<f64> {
        let taken = self.taken(wanted);
        let joined = self
            .lanes
            .iter()
            .filter(|lane| lane.net == wanted.net && overlaps(lane, wanted))
            .map(|lane| lane.x);
        let edges = taken.iter().flat_map(|span| [span.0, span.1]);
        let bounds = [wanted.within.0, wanted.within.1];
        let candidates = [wanted.to, wanted.from]
            .into_iter()
            .chain(joined.clone())
            .chain(edges)
            .chain(bounds);
        let free = |x: f64| {
            let at = taken.partition_point(|span| span.1 <= x);
            taken.get(at).is_none_or(|span| span.0 >= x)
        };
        let cost = |x: f64| {
            let bends = f64::from(
                u8::from((x - wanted.from).abs() > 0.5) + u8::from((x - wanted.to).abs() > 0.5),
            );
            let wrong = if (x < wanted.from) == wanted.leftwards {
                0.0
            } else {
                30.0
            };
            let joins = if joined.clone().any(|lane| (lane - x).abs() < 0.5) {
                -60.0
            } else {
                0.0
            };
            (x - wanted.from).abs() + (x - wanted.to).abs() + 24.0 * bends + wrong + joins
        };
        candidates
            .filter(|x| x.is_finite() && *x >= wanted.within.0 && *x <= wanted.within.1 && free(*x))
            .min_by(|a, b| cost(*a).total_cmp(&cost(*b)))
    }

    /// The spans of x that a lane cannot use, merged and in order.
    fn taken(&self, wanted: &Wanted) -> Vec<(f64, f64)> {
        let items = wanted
            .rows
            .clone()
            .flat_map(|row| &self.in_row[row])
            .map(|&item| {
                let half = self.graph.items[item].w / 2.0 + CLEAR;
                (self.x[item] - half, self.x[item] + half)
            });
        let lanes = self
            .lanes
            .iter()
            .filter(|lane| lane.net != wanted.net && overlaps(lane, wanted));
        let mut spans: Vec<(f64, f64)> = items
            .chain(lanes.map(|lane| (lane.x - APART, lane.x + APART)))
            .collect();
        spans.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut merged: Vec<(f64, f64)> = Vec::with_capacity(spans.len());
        for span in spans {
            match merged.last_mut() {
                Some(last) if span.0 < last.1 => last.1 = last.1.max(span.1),
                Some(_) | None => merged.push(span),
            }
        }
        merged
    }
}

fn overlaps(lane: &Lane, wanted: &Wanted) -> bool {
    lane.from <= wanted.levels.1 && wanted.levels.0 <= lane.to
}
