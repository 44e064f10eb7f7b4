//! The chips of an edge, and where its insertion disc stands.
//!
//! Ways of one kind between the same two states are one edge, and their chips stand one below the other.

use super::geometry::{self, Point, Rect};
use super::measure::{LABEL_H, label_width};

/// Space between chips that stand one below the other.
const STACK: f64 = 4.0;

/// Width and height of the chips of these labels.
pub(crate) fn stack_size<'a>(labels: impl Iterator<Item = &'a str>) -> Option<(f64, f64)> {
    let mut size: Option<(f64, f64)> = None;
    for label in labels {
        let width = label_width(label);
        size = Some(match size {
            Some((w, h)) => (w.max(width), h + STACK + LABEL_H),
            None => (width, LABEL_H),
        });
    }
    size
}

/// The chips around their common middle.
pub(crate) fn stack<'a>(labels: impl Iterator<Item = &'a str> + Clone, middle: Point) -> Vec<Rect> {
    let (_, height) = stack_size(labels.clone()).unwrap_or_default();
    let mut y = middle.y - height / 2.0;
    labels
        .map(|label| {
            let w = label_width(label);
            let chip = Rect::new(middle.x - w / 2.0, y, w, LABEL_H);
            y += LABEL_H + STACK;
            chip
        })
        .collect()
}

type Segment = (Point, Point);

fn length((a, b): &Segment) -> f64 {
    (b.x - a.x).abs() + (b.y - a.y).abs()
}

fn between(a: Point, b: Point, along: f64) -> Point {
    Point::new(a.x + (b.x - a.x) * along, a.y + (b.y - a.y) * along)
}

/// Where the disc of the way with this number among its like stands: in the middle of the longest run that chips leave
/// free.
pub(crate) fn middle(line: &[Point], chips: &[Rect], number: usize) -> Point {
    let covered = |point: &Point| chips.iter().any(|chip| chip.grown(9.0).holds(*point));
    let mut runs: Vec<Segment> = line.windows(2).map(|two| (two[0], two[1])).collect();
    runs.sort_by(|a, b| length(b).total_cmp(&length(a)));
    let spots = || {
        runs.iter()
            .flat_map(|run| [0.5, 0.75, 0.25].map(|along| between(run.0, run.1, along)))
    };
    let free: Vec<Point> = spots().filter(|point| !covered(point)).take(3).collect();
    let spot = free.get(number % free.len().max(1)).copied();
    spot.or_else(|| spots().next())
        .or(line.first().copied())
        .unwrap_or_default()
}

/// How far a point is from a line.
pub(crate) fn distance(point: Point, line: &[Point]) -> f64 {
    line.windows(2)
        .map(|two| geometry::distance(point, two[0], two[1]))
        .fold(f64::INFINITY, f64::min)
}
