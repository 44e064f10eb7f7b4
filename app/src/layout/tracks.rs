//! Heights: parallel runs in a channel get tracks of their own, channels and rows get their heights, lines their points.

use super::flow::{Flow, Graph, Hang, ItemKind};
use super::geometry::Point;
use super::measure::{
    APART, LABEL_GAP, LABEL_H, NODE_H, PILL_H, ROW_GAP, TRACK, TRACK_BOTTOM, TRACK_TOP,
};
use super::route::{Level, Routes, Run};
use std::collections::BTreeMap;

/// Where everything is from the top.
pub(super) struct Heights {
    /// The top of each row.
    pub(super) rows: Vec<f64>,
    /// The bottom of the last channel.
    pub(super) bottom: f64,
    runs: Vec<f64>,
}

/// Runs of one channel to one target, which share a track.
struct Bundle {
    left: f64,
    right: f64,
    above: Vec<f64>,
    below: Vec<f64>,
    runs: Vec<usize>,
}

impl Heights {
    pub(super) fn of(graph: &Graph, flow: &Flow, routes: &Routes) -> Self {
        let count = flow.row.iter().copied().max().map_or(0, |last| last + 1);
        let mut tall = vec![PILL_H; count];
        for (item, &row) in graph.items.iter().zip(&flow.row) {
            tall[row] = tall[row].max(item.h);
        }
        let labelled = labelled_channels(graph, flow, count);
        let mut heights = Self {
            rows: Vec::with_capacity(count),
            bottom: 0.0,
            runs: vec![0.0; routes.runs.len()],
        };
        let mut y = 0.0;
        for channel in 0..=count {
            let inner = channel > 0 && channel < count;
            y += heights.channel(channel, y, labelled[channel], inner, &routes.runs);
            if channel < count {
                heights.rows.push(y);
                y += tall[channel];
            }
        }
        heights.bottom = y;
        heights
    }

    /// Gives the runs of a channel their heights; returns the channel's own.
    fn channel(
        &mut self,
        channel: usize,
        top: f64,
        labelled: bool,
        inner: bool,
        runs: &[Run],
    ) -> f64 {
        let tracks = assign(&bundles(channel, runs));
        let least = match (labelled, inner) {
            (true, true) => LABEL_GAP,
            (false, true) => ROW_GAP,
            (_, false) => 0.0,
        };
        let Some(last) = tracks.iter().map(|(_, track)| *track).max() else {
            return least;
        };
        // Below the chip of a straight edge, and far enough apart for chips of their own.
        let first = if labelled { LABEL_GAP - 4.0 } else { TRACK_TOP };
        let chips = runs
            .iter()
            .filter(|run| run.channel == channel && run.labelled)
            .count();
        let pitch = if chips > 0 && last > 0 {
            LABEL_H + 4.0
        } else {
            TRACK
        };
        for (members, track) in &tracks {
            for &run in members {
                self.runs[run] = top + first + pitch * count(*track);
            }
        }
        (first + pitch * count(last) + TRACK_BOTTOM).max(least)
    }

    /// The points of a line.
    pub(super) fn points(&self, line: &[(f64, Level)], graph: &Graph, flow: &Flow) -> Vec<Point> {
        let points = line
            .iter()
            .map(|&(x, level)| Point::new(x, self.level(level, graph, flow)));
        let mut kept: Vec<Point> = Vec::with_capacity(line.len());
        for point in points {
            if kept
                .last()
                .is_none_or(|last| last.x != point.x || last.y != point.y)
            {
                kept.push(point);
            }
        }
        kept
    }

    fn level(&self, level: Level, graph: &Graph, flow: &Flow) -> f64 {
        match level {
            Level::Row(row) => self.rows[row] + line_of(graph, flow, row),
            Level::Run(run) => self.runs[run],
            Level::Top(item) => self.rows[flow.row[item]],
            Level::Bottom(item) => self.rows[flow.row[item]] + graph.items[item].h,
        }
    }
}

/// How far below a row's top its sides are: the middle of a node, or of a pill.
fn line_of(graph: &Graph, flow: &Flow, row: usize) -> f64 {
    let pills = graph
        .items
        .iter()
        .zip(&flow.row)
        .any(|(item, &at)| at == row && item.kind == ItemKind::End);
    if pills { PILL_H / 2.0 } else { NODE_H / 2.0 }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a channel has a handful of tracks"
)]
fn count(track: usize) -> f64 {
    track as f64
}

/// The channels with a label on a straight edge below a Choice.
fn labelled_channels(graph: &Graph, flow: &Flow, rows: usize) -> Vec<bool> {
    let mut labelled = vec![false; rows + 1];
    for (item, hang) in flow.hangs.iter().enumerate() {
        let Some((link, Hang::Main)) = *hang else {
            continue;
        };
        let link = &graph.links[link];
        if link.label.is_some() && link.to == item {
            labelled[flow.row[link.from] + 1] = true;
        }
    }
    labelled
}

fn bundles(channel: usize, runs: &[Run]) -> Vec<Bundle> {
    let mut by_net: BTreeMap<usize, Bundle> = BTreeMap::new();
    for (index, run) in runs
        .iter()
        .enumerate()
        .filter(|(_, run)| run.channel == channel)
    {
        let bundle = by_net.entry(run.net).or_insert_with(|| Bundle {
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

/// A track for each bundle. A bundle that a line from above reaches where another one's line goes down is above that
/// one, so that the two lines do not lie on each other; where both want that of each other, one of them yields.
fn assign(bundles: &[Bundle]) -> Vec<(Vec<usize>, usize)> {
    let over = |a: &Bundle, b: &Bundle| {
        a.above
            .iter()
            .any(|x| b.below.iter().any(|other| (x - other).abs() < APART - 1.0))
    };
    let mut waiting: Vec<usize> = (0..bundles.len()).collect();
    waiting.sort_by(|&a, &b| bundles[a].left.total_cmp(&bundles[b].left));
    let mut tracks: Vec<(usize, usize)> = Vec::with_capacity(bundles.len());
    while !waiting.is_empty() {
        let free = waiting.iter().position(|&one| {
            waiting
                .iter()
                .all(|&other| other == one || !over(&bundles[other], &bundles[one]))
        });
        let one = waiting.remove(free.unwrap_or(0));
        let meets = |other: usize| {
            bundles[one].left < bundles[other].right + APART
                && bundles[other].left < bundles[one].right + APART
        };
        let least = tracks
            .iter()
            .filter(|(other, _)| over(&bundles[*other], &bundles[one]))
            .map(|(_, track)| track + 1)
            .max()
            .unwrap_or(0);
        let track = (least..)
            .find(|track| {
                !tracks
                    .iter()
                    .any(|(other, taken)| taken == track && meets(*other))
            })
            .unwrap_or(least);
        tracks.push((one, track));
    }
    tracks
        .into_iter()
        .map(|(bundle, track)| (bundles[bundle].runs.clone(), track))
        .collect()
}
