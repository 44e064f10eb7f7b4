//! Heights: parallel runs in a channel get tracks of their own, channels, chips and rows get their heights, lines their
//! points.

use super::flow::{Flow, Graph, ItemKind};
use super::geometry::Point;
use super::measure::{APART, Sizes, TRACK, TRACK_BOTTOM, TRACK_TOP};
use super::route::{ChipPlace, Level, Routes, Run};
use std::collections::BTreeMap;

/// Space above and below chips in a channel.
const CHIP_GAP: f64 = 12.0;

/// Where everything is from the top.
pub(crate) struct Heights {
    /// The top of each row.
    pub(crate) rows: Vec<f64>,
    /// How far below a row's top its sides are: the middle of a node, or of a pill.
    lines: Vec<f64>,
    /// The middle of the chips below each row.
    chips: Vec<f64>,
    runs: Vec<f64>,
}

/// Runs of one channel to one target, which share a track.
struct Bundle {
    net: usize,
    lower: bool,
    left: f64,
    right: f64,
    above: Vec<f64>,
    below: Vec<f64>,
    runs: Vec<usize>,
}

impl Heights {
    pub(crate) fn of(graph: &Graph, flow: &Flow, routes: &Routes, sizes: &Sizes) -> Self {
        let count = flow.row.iter().copied().max().map_or(0, |last| last + 1);
        let mut tall = vec![0.0_f64; count];
        let mut lines = vec![sizes.node.1 / 2.0; count];
        for (item, &row) in graph.items.iter().zip(&flow.row) {
            tall[row] = tall[row].max(item.h);
            if item.kind == ItemKind::End {
                lines[row] = item.h / 2.0;
            }
        }
        let mut gaps: Vec<Vec<usize>> = vec![Vec::new(); count + 1];
        for (index, run) in routes.runs.iter().enumerate() {
            gaps[run.gap].push(index);
        }
        let mut heights = Self {
            rows: Vec::with_capacity(count),
            lines,
            chips: vec![0.0; count],
            runs: vec![0.0; routes.runs.len()],
        };
        let chips = chip_heights(graph, routes, count);
        let mut y = 0.0;
        for (gap, runs) in gaps.iter().enumerate() {
            let chip = gap.checked_sub(1).and_then(|row| chips[row]);
            y = match chip {
                Some(chip) => heights.gap_with_chips(y, gap - 1, chip, runs, routes),
                None => {
                    let least = if gap > 0 && gap < count {
                        sizes.row_gap
                    } else {
                        0.0
                    };
                    heights
                        .channel(y, runs, routes, TRACK_BOTTOM)
                        .max(y + least)
                }
            };
            if gap < count {
                heights.rows.push(y);
                y += tall[gap];
            }
        }
        heights
    }

    /// Runs, chips, runs; returns where the gap ends.
    fn gap_with_chips(
        &mut self,
        top: f64,
        row: usize,
        chip: f64,
        runs: &[usize],
        routes: &Routes,
    ) -> f64 {
        let (lower, upper): (Vec<usize>, Vec<usize>) =
            runs.iter().partition(|&&run| routes.runs[run].lower);
        let chips = self
            .channel(top, &upper, routes, CHIP_GAP)
            .max(top + CHIP_GAP);
        self.chips[row] = chips + chip / 2.0;
        let bottom = chips + chip;
        self.channel(bottom, &lower, routes, TRACK_BOTTOM)
            .max(bottom + CHIP_GAP)
    }

    /// Gives the runs of a channel their heights; returns where the channel ends.
    fn channel(&mut self, top: f64, runs: &[usize], routes: &Routes, under: f64) -> f64 {
        let tracks = assign(&bundles(runs, &routes.runs));
        let Some(last) = tracks.iter().map(|(_, track)| *track).max() else {
            return top;
        };
        for (members, track) in &tracks {
            for &run in members {
                self.runs[run] = top + TRACK_TOP + TRACK * count(*track);
            }
        }
        top + TRACK_TOP + TRACK * count(last) + under
    }

    /// The points of a line.
    pub(crate) fn points(&self, line: &[(f64, Level)], graph: &Graph, flow: &Flow) -> Vec<Point> {
        let mut kept: Vec<Point> = Vec::with_capacity(line.len());
        for &(x, level) in line {
            let point = Point::new(x, self.level(level, graph, flow));
            if kept.last() == Some(&point) {
                continue;
            }
            if let [.., before, last] = kept.as_slice()
                && ((before.x == last.x && last.x == point.x)
                    || (before.y == last.y && last.y == point.y))
            {
                kept.pop();
            }
            kept.push(point);
        }
        kept
    }

    /// The middle of a link's chips.
    pub(crate) fn chip(&self, (x, place): (f64, ChipPlace)) -> Point {
        match place {
            ChipPlace::Row(row) => Point::new(x, self.rows[row] + self.lines[row]),
            ChipPlace::Below(row) => Point::new(x, self.chips[row]),
        }
    }

    fn level(&self, level: Level, graph: &Graph, flow: &Flow) -> f64 {
        match level {
            Level::Row(row) => self.rows[row] + self.lines[row],
            Level::Run(run) => self.runs[run],
            Level::Top(item) => self.rows[flow.row[item]],
            Level::Bottom(item) => self.rows[flow.row[item]] + graph.items[item].h,
        }
    }
}

/// How tall the chips below each row are; none where there are none.
fn chip_heights(graph: &Graph, routes: &Routes, rows: usize) -> Vec<Option<f64>> {
    let mut tall: Vec<Option<f64>> = vec![None; rows];
    for (link, place) in graph.links.iter().zip(&routes.chips) {
        if let (Some((_, h)), Some((_, ChipPlace::Below(row)))) = (link.chip, place) {
            tall[*row] = Some(tall[*row].unwrap_or_default().max(h));
        }
    }
    tall
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a channel has a handful of tracks"
)]
fn count(track: usize) -> f64 {
    track as f64
}

fn bundles(indexes: &[usize], runs: &[Run]) -> Vec<Bundle> {
    let mut by_net: BTreeMap<(usize, bool), Bundle> = BTreeMap::new();
    for &index in indexes {
        let run = &runs[index];
        let bundle = by_net
            .entry((run.net, run.lower))
            .or_insert_with(|| Bundle {
                net: run.net,
                lower: run.lower,
                left: run.left,
                right: run.right,
                above: Vec::new(),
                below: Vec::new(),
                runs: Vec::new(),
            });
        bundle.left = bundle.left.min(run.left);
        bundle.right = bundle.right.max(run.right);
        bundle.above.extend(&run.above);
        bundle.below.extend(&run.below);
        bundle.runs.push(index);
    }
    by_net.into_values().collect()
}

/// Whether a bundle must be above another one: a line from above reaches it where a line of the other goes down, or it is
/// the upper part of the same way.
fn over(a: &Bundle, b: &Bundle) -> bool {
    if a.net == b.net {
        return !a.lower && b.lower;
    }
    a.above
        .iter()
        .any(|x| b.below.iter().any(|other| (x - other).abs() < APART - 1.0))
}

/// What is saved by a bundle being above another one: lines from above that would pass the other one's run, and lines
/// going down from it that would not pass this one's.
fn crossings(upper: &Bundle, lower: &Bundle) -> usize {
    let within = |list: &[f64], bundle: &Bundle| {
        let inside = list
            .iter()
            .filter(|x| bundle.left < **x && **x < bundle.right);
        inside.count()
    };
    within(&lower.above, upper) + within(&upper.below, lower)
}

/// A track for each bundle. A bundle that a line from above reaches where another one's line goes down is above that
/// one, so that the two lines do not lie on each other; where both want that of each other, one of them yields. Else
/// that one is above whose being there crosses less.
fn assign(bundles: &[Bundle]) -> Vec<(Vec<usize>, usize)> {
    let meets = |a: &Bundle, b: &Bundle| a.left < b.right + APART && b.left < a.right + APART;
    let before = |a: usize, b: usize| {
        let (one, two) = (&bundles[a], &bundles[b]);
        if over(one, two) || over(two, one) {
            return over(one, two);
        }
        meets(one, two) && crossings(one, two) < crossings(two, one)
    };
    let mut waiting: Vec<usize> = (0..bundles.len()).collect();
    waiting.sort_by(|&a, &b| bundles[a].left.total_cmp(&bundles[b].left));
    let mut tracks: Vec<(usize, usize)> = Vec::with_capacity(bundles.len());
    while !waiting.is_empty() {
        let first = |wants: &dyn Fn(usize, usize) -> bool| {
            waiting.iter().position(|&one| {
                waiting
                    .iter()
                    .all(|&other| other == one || !wants(other, one))
            })
        };
        let free = first(&before)
            .or_else(|| first(&|other, one| over(&bundles[other], &bundles[one])))
            .unwrap_or(0);
        let one = waiting.remove(free);
        let least = tracks
            .iter()
            .filter(|(other, _)| before(*other, one))
            .map(|(_, track)| track + 1)
            .max()
            .unwrap_or(0);
        let taken = |track: &usize| {
            let mut here = tracks.iter().filter(|(_, taken)| taken == track);
            here.any(|(other, _)| meets(&bundles[*other], &bundles[one]))
        };
        let track = (least..).find(|track| !taken(track)).unwrap_or(least);
        tracks.push((one, track));
    }
    tracks
        .into_iter()
        .map(|(bundle, track)| (bundles[bundle].runs.clone(), track))
        .collect()
}
