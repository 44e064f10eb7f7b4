//! Where an edge's label and its insertion disc stand: on the longest straight run of its own.

use super::flow::{Graph, LinkKind};
use super::geometry::{Point, Rect};
use super::measure::{CORNER, LABEL_GAP, LABEL_H, label_width};
use super::{Label, geometry};

/// The places on one edge.
pub(super) struct Spot {
    pub(super) label: Option<Label>,
    pub(super) middle: Point,
}

/// The places on every edge; `boxes` are the items, which a label must not cover.
pub(super) fn place(graph: &Graph, lines: &[Vec<Point>], boxes: &[Rect]) -> Vec<Spot> {
    let mut labels: Vec<Rect> = Vec::new();
    graph
        .links
        .iter()
        .enumerate()
        .map(|(index, link)| {
            let runs = own_runs(graph, lines, index);
            let label = link.label.as_ref().and_then(|text| {
                let rect = label_place(&runs, label_width(text), link.kind, boxes, &labels)?;
                labels.push(rect);
                Some(Label {
                    text: text.clone(),
                    rect,
                })
            });
            let middle = middle(&runs, label.as_ref())
                .or(lines[index].first().copied())
                .unwrap_or_default();
            Spot { label, middle }
        })
        .collect()
}

type Segment = (Point, Point);

/// The straight pieces of an edge; the first one without what it shares with other branches of its source.
fn own_runs(graph: &Graph, lines: &[Vec<Point>], index: usize) -> Vec<Segment> {
    let mut runs: Vec<Segment> = lines[index]
        .windows(2)
        .map(|two| (two[0], two[1]))
        .collect();
    let from = graph.links[index].from;
    let Some(first) = runs.first_mut().filter(|(a, b)| a.y == b.y) else {
        return runs;
    };
    let others = graph
        .links
        .iter()
        .zip(lines)
        .enumerate()
        .filter(|(other, (link, _))| {
            *other != index
                && link.from == from
                && (link.kind == LinkKind::Catch) == (graph.links[index].kind == LinkKind::Catch)
        });
    for (_, (_, line)) in others {
        let [a, b, ..] = line.as_slice() else {
            continue;
        };
        let same_side = a.y == b.y && a.y == first.0.y && (b.x > a.x) == (first.1.x > first.0.x);
        let nearer = (b.x - a.x).abs() < (first.1.x - a.x).abs();
        if same_side && nearer && (b.x - a.x).abs() > (first.0.x - a.x).abs() {
            first.0.x = b.x;
        }
    }
    runs
}

fn length((a, b): &Segment) -> f64 {
    (b.x - a.x).abs() + (b.y - a.y).abs()
}

fn between(a: Point, b: Point, along: f64) -> Point {
    Point::new(a.x + (b.x - a.x) * along, a.y + (b.y - a.y) * along)
}

fn chip(centre: Point, w: f64) -> Rect {
    Rect::new(centre.x - w / 2.0, centre.y - LABEL_H / 2.0, w, LABEL_H)
}

/// The chip on the longest run where it covers nothing: catchers prefer their first run, horizontal runs must be longer
/// than the chip.
fn label_place(
    runs: &[Segment],
    w: f64,
    kind: LinkKind,
    boxes: &[Rect],
    labels: &[Rect],
) -> Option<Rect> {
    let mut ordered: Vec<&Segment> = runs.iter().collect();
    ordered.sort_by(|a, b| length(b).total_cmp(&length(a)));
    if kind == LinkKind::Catch
        && let Some(first) = runs.first().filter(|run| length(run) > w + CORNER)
    {
        ordered.insert(0, first);
    }
    // A straight branch carries its chip right below its Choice, where nothing else runs.
    let below = runs
        .first()
        .filter(|run| kind != LinkKind::Catch && run.0.x == run.1.x && length(run) >= LABEL_GAP);
    let below = below.map(|run| chip(run.0.moved(0.0, LABEL_GAP / 2.0), w));
    let roomy = ordered.iter().filter(|run| {
        let needed = if run.0.y == run.1.y {
            w + CORNER
        } else {
            LABEL_H + 8.0
        };
        length(run) >= needed
    });
    let spots = roomy.flat_map(|run| {
        let shares = [0.5, 0.35, 0.65, 0.2, 0.8].map(|along| chip(between(run.0, run.1, along), w));
        shares.into_iter().chain(gaps(run, w, boxes))
    });
    let free = |rect: &Rect| {
        !boxes
            .iter()
            .chain(labels)
            .any(|taken| taken.grown(2.0).meets(*rect))
    };
    let any = || {
        ordered
            .first()
            .map(|run| chip(between(run.0, run.1, 0.5), w))
    };
    below
        .into_iter()
        .chain(spots.clone())
        .find(free)
        .or_else(|| spots.clone().next())
        .or_else(any)
}

/// Chips in the gaps between the boxes beside an upright run, for those that are wider than the space beside a box.
fn gaps(run: &Segment, w: f64, boxes: &[Rect]) -> Vec<Rect> {
    let (x, top, bottom) = (run.0.x, run.0.y.min(run.1.y), run.0.y.max(run.1.y));
    if x != run.1.x {
        return Vec::new();
    }
    let beside = |rect: &&Rect| rect.x < x + w / 2.0 && x - w / 2.0 < rect.right();
    let mut spans: Vec<(f64, f64)> = boxes
        .iter()
        .filter(beside)
        .map(|rect| (rect.y, rect.bottom()))
        .collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let middles = spans
        .windows(2)
        .map(|two| f64::midpoint(two[0].1, two[1].0));
    middles
        .filter(|y| top < *y && *y < bottom)
        .map(|y| chip(Point::new(x, y), w))
        .collect()
}

/// The middle of the longest run that the label leaves free.
fn middle(runs: &[Segment], label: Option<&Label>) -> Option<Point> {
    let covered = |point: Point| label.is_some_and(|label| label.rect.grown(9.0).holds(point));
    let mut ordered: Vec<&Segment> = runs.iter().collect();
    ordered.sort_by(|a, b| length(b).total_cmp(&length(a)));
    let spots = || {
        ordered
            .iter()
            .flat_map(|run| [0.5, 0.75, 0.25].map(|along| between(run.0, run.1, along)))
    };
    spots()
        .find(|point| !covered(*point))
        .or_else(|| spots().next())
}

/// How far a point is from a line.
pub(super) fn distance(point: Point, line: &[Point]) -> f64 {
    line.windows(2)
        .map(|two| geometry::distance(point, two[0], two[1]))
        .fold(f64::INFINITY, f64::min)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_that_is_wider_than_its_lane_stands_between_the_boxes_beside_it() {
        let boxes = [0.0, 76.0, 152.0].map(|y| Rect::new(0.0, y, 208.0, 52.0));
        let runs = [(Point::new(222.0, 26.0), Point::new(222.0, 200.0))];
        let place = label_place(&runs, 70.0, LinkKind::Catch, &boxes, &[]).expect("a place");
        assert_eq!(place.centre().y, 64.0);
        assert!(boxes.iter().all(|rect| !rect.meets(place)));
    }
}
