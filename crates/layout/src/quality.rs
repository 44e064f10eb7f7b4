//! How good a drawing is, in figures: what overlaps, what crosses, how long and how bent its lines are, how large it is.
//!
//! It judges any picture of boxes and lines, so that a drawing of [`Layout`] can stand beside one of another program. It
//! looks and counts; it mends nothing.

use super::measure::HEAD;
use super::{EdgeStyle, Layout, Point, Rect, Shape};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// A box of a picture: a state, a pill, an empty place.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Where it is.
    pub rect: Rect,
    /// The container that it is in, by position.
    pub parent: Option<usize>,
    /// Whether boxes may be in it.
    pub container: bool,
}

/// A line of a picture.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its corners.
    pub points: Vec<Point>,
    /// The chip of its label.
    pub label: Option<Rect>,
    /// The container that it is in, by position.
    pub parent: Option<usize>,
    /// What it leaves and what it leads to; lines between the same two may lie on each other.
    pub ends: (usize, usize),
}

/// Boxes and lines, as somebody has placed them.
#[derive(Debug, Clone, Default)]
pub struct Picture {
    /// The boxes.
    pub pieces: Vec<Piece>,
    /// The lines that are seen.
    pub lines: Vec<Line>,
}

/// The figures of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Quality {
    /// Pairs of boxes that overlap, or of which one should hold the other and does not.
    pub node_overlaps: usize,
    /// Lines that run through a box, or out of their container.
    pub lines_through_nodes: usize,
    /// Labels that cover a box, a label, or a line between two other boxes.
    pub label_overlaps: usize,
    /// Pairs of lines with neither end in common that lie on each other.
    pub line_overlaps: usize,
    /// Places where lines cross; lines that have joined cross another one once.
    pub crossings: usize,
    /// Corners.
    pub bends: usize,
    /// The length of all lines.
    pub length: f64,
    /// Width and height of everything.
    pub size: (f64, f64),
}

impl Quality {
    /// The figures of a drawing.
    pub fn of(layout: &Layout) -> Self {
        Picture::of(layout).quality()
    }

    /// Whether nothing lies on anything that it must not lie on.
    pub fn is_sound(&self) -> bool {
        self.node_overlaps + self.lines_through_nodes + self.label_overlaps + self.line_overlaps
            == 0
    }
}

impl Picture {
    /// The picture that a layout makes; ways that are not drawn are left out.
    pub fn of(layout: &Layout) -> Self {
        let mut pieces = Vec::with_capacity(layout.nodes.len());
        let mut open: Vec<usize> = Vec::new();
        let mut places = FxHashMap::default();
        for node in &layout.nodes {
            open.truncate(node.depth);
            let container = matches!(node.shape, Shape::Container { .. });
            places.insert(node.state, pieces.len());
            pieces.push(Piece {
                rect: node.rect,
                parent: open.last().copied(),
                container,
            });
            if container {
                open.push(pieces.len() - 1);
            }
        }
        let loose = layout.pills.iter().map(|pill| pill.rect);
        pieces.extend(loose.map(|rect| Piece {
            rect,
            parent: None,
            container: false,
        }));
        let end = |state: Option<super::StateIx>, none: usize| {
            state
                .and_then(|state| places.get(&state).copied())
                .unwrap_or(none)
        };
        let seen = layout
            .edges
            .iter()
            .filter(|edge| edge.style != EdgeStyle::Hidden);
        let lines = seen
            .map(|edge| {
                let ends = (end(edge.from, usize::MAX - 1), end(edge.to, usize::MAX));
                let parent = [ends.0, ends.1]
                    .iter()
                    .find_map(|end| pieces.get(*end))
                    .and_then(|piece: &Piece| piece.parent);
                Line {
                    points: edge.points.clone(),
                    label: edge.label.as_ref().map(|label| label.rect),
                    parent,
                    ends,
                }
            })
            .collect();
        Self { pieces, lines }
    }

    /// Looks at everything.
    pub fn quality(&self) -> Quality {
        let mut count = Count {
            picture: self,
            quality: Quality {
                bends: self
                    .lines
                    .iter()
                    .map(|line| line.points.len().saturating_sub(2))
                    .sum(),
                length: self.lines.iter().map(|line| length(&line.points)).sum(),
                size: self.size(),
                ..Quality::default()
            },
            crossed: BTreeSet::new(),
            through: BTreeSet::new(),
            joined: BTreeSet::new(),
            covering: BTreeSet::new(),
        };
        count.nesting();
        self.in_bands(|a, b| count.meet(a, b));
        Quality {
            crossings: count.crossed.len(),
            lines_through_nodes: count.through.len(),
            line_overlaps: count.joined.len(),
            label_overlaps: count.covering.len(),
            ..count.quality
        }
    }

    fn size(&self) -> (f64, f64) {
        let lines = self.lines.iter().flat_map(|line| {
            let corners = line.points.iter().map(|at| Rect::new(at.x, at.y, 0.0, 0.0));
            corners.chain(line.label)
        });
        let all = self.pieces.iter().map(|piece| piece.rect).chain(lines);
        all.reduce(Rect::with)
            .map_or((0.0, 0.0), |rect| (rect.w, rect.h))
    }

    /// Whether the piece at `inner` is somewhere in the one at `outer`.
    fn holds(&self, outer: usize, inner: Option<usize>) -> bool {
        let mut at = inner;
        while let Some(piece) = at {
            if piece == outer {
                return true;
            }
            at = self.pieces[piece].parent;
        }
        false
    }

    /// Calls `meet` once for each pair of things whose surroundings meet.
    fn in_bands(&self, mut meet: impl FnMut(Thing, Thing)) {
        let mut bands: FxHashMap<i64, Vec<(Rect, Thing)>> = FxHashMap::default();
        for (thing, rect) in self.things() {
            for band in band(rect.y)..=band(rect.bottom()) {
                bands.entry(band).or_default().push((rect, thing));
            }
        }
        for (at, mut things) in bands {
            things.sort_by(|a, b| a.0.x.total_cmp(&b.0.x));
            for (index, (rect, thing)) in things.iter().enumerate() {
                let near = things[index + 1..]
                    .iter()
                    .take_while(|(other, _)| other.x <= rect.right());
                for (other, with) in near {
                    let first = band(rect.y.max(other.y)) == at;
                    if first && rect.y <= other.bottom() && other.y <= rect.bottom() {
                        meet((*thing).min(*with), (*thing).max(*with));
                    }
                }
            }
        }
    }

    fn things(&self) -> impl Iterator<Item = (Thing, Rect)> {
        let pieces = self.pieces.iter().enumerate();
        let labels = self.lines.iter().enumerate();
        let lines = self.lines.iter().enumerate();
        pieces
            .map(|(index, piece)| (Thing::Piece(index), piece.rect))
            .chain(labels.filter_map(|(index, line)| Some((Thing::Label(index), line.label?))))
            .chain(lines.flat_map(|(index, line)| {
                let pairs = line.points.windows(2).enumerate();
                pairs.map(move |(part, two)| (Thing::Run(index, part), around(two[0], two[1])))
            }))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    Piece(usize),
    Label(usize),
    Run(usize, usize),
}

struct Count<'a> {
    picture: &'a Picture,
    quality: Quality,
    crossed: BTreeSet<(i64, i64)>,
    through: BTreeSet<(usize, usize)>,
    joined: BTreeSet<(usize, usize)>,
    covering: BTreeSet<(Thing, usize)>,
}

impl Count<'_> {
    /// Boxes and lines that leave their container, or lie on its head.
    fn nesting(&mut self) {
        let picture = self.picture;
        let body = |parent: usize| {
            let Rect { x, y, w, h } = picture.pieces[parent].rect;
            Rect::new(x, y + HEAD - 0.5, w, h - HEAD + 0.5)
        };
        for piece in &picture.pieces {
            let out = |parent| !body(parent).contains(piece.rect);
            self.quality.node_overlaps += usize::from(piece.parent.is_some_and(out));
        }
        for (index, line) in picture.lines.iter().enumerate() {
            let Some(parent) = line.parent else { continue };
            let body = body(parent).grown(0.5);
            if line.points.iter().any(|point| !body.holds(*point)) {
                self.through.insert((index, parent));
            }
            if line.label.is_some_and(|label| !body.contains(label)) {
                self.covering.insert((Thing::Piece(parent), index));
            }
        }
    }

    fn meet(&mut self, a: Thing, b: Thing) {
        let picture = self.picture;
        match (a, b) {
            (Thing::Piece(a), Thing::Piece(b)) => self.pieces(a, b),
            (Thing::Piece(piece), Thing::Label(line)) => {
                let label = picture.lines[line].label.unwrap_or_default();
                let inside = picture.holds(piece, picture.lines[line].parent);
                if !inside && picture.pieces[piece].rect.meets(label) {
                    self.covering.insert((Thing::Piece(piece), line));
                }
            }
            (Thing::Piece(piece), Thing::Run(line, part)) => {
                let inside = picture.holds(piece, picture.lines[line].parent);
                let (a, b) = picture.run(line, part);
                if !inside && cuts(picture.pieces[piece].rect.grown(-1.0), a, b) {
                    self.through.insert((line, piece));
                }
            }
            (Thing::Label(a), Thing::Label(b)) => {
                let rect = |line: usize| picture.lines[line].label.unwrap_or_default();
                if rect(a).meets(rect(b)) {
                    self.covering.insert((Thing::Label(a), b));
                }
            }
            (Thing::Label(label), Thing::Run(line, part)) => {
                let rect = picture.lines[label].label.unwrap_or_default();
                let foreign = picture.lines[label].ends != picture.lines[line].ends;
                let (a, b) = picture.run(line, part);
                if foreign && cuts(rect.grown(-0.5), a, b) {
                    self.covering.insert((Thing::Run(line, 0), label));
                }
            }
            (Thing::Run(a, part), Thing::Run(b, other)) if a != b => {
                self.runs((a, part), (b, other));
            }
            (Thing::Label(_) | Thing::Run(..), _) => {}
        }
    }

    fn pieces(&mut self, a: usize, b: usize) {
        let picture = self.picture;
        let nested = picture.holds(a, Some(b)) || picture.holds(b, Some(a));
        let overlap = !nested && picture.pieces[a].rect.meets(picture.pieces[b].rect);
        self.quality.node_overlaps += usize::from(overlap);
    }

    fn runs(&mut self, (a, part): (usize, usize), (b, other): (usize, usize)) {
        let picture = self.picture;
        let (p, q) = picture.run(a, part);
        let (r, s) = picture.run(b, other);
        let (one, two) = (picture.lines[a].ends, picture.lines[b].ends);
        if let Some(at) = crossing(p, q, r, s) {
            self.crossed.insert((pixel(at.x), pixel(at.y)));
        } else if one.0 != two.0 && one.1 != two.1 && along(p, q, r, s) {
            self.joined.insert((a.min(b), a.max(b)));
        }
    }
}

impl Picture {
    fn run(&self, line: usize, part: usize) -> (Point, Point) {
        let points = &self.lines[line].points;
        (points[part], points[part + 1])
    }
}

/// In how many places some lines cross, which are few: every pair is looked at.
pub(crate) fn crossings(lines: &[Vec<Point>]) -> usize {
    let mut crossed = BTreeSet::new();
    for (index, line) in lines.iter().enumerate() {
        for other in &lines[index + 1..] {
            for one in line.windows(2) {
                let at = other
                    .windows(2)
                    .filter_map(|two| crossing(one[0], one[1], two[0], two[1]));
                crossed.extend(at.map(|at| (pixel(at.x), pixel(at.y))));
            }
        }
    }
    crossed.len()
}

const BAND: f64 = 96.0;

#[expect(
    clippy::cast_possible_truncation,
    reason = "drawings are far smaller than 2^63 bands"
)]
fn band(y: f64) -> i64 {
    (y / BAND).floor() as i64
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "drawings are far smaller than 2^63 pixels"
)]
fn pixel(x: f64) -> i64 {
    x.round() as i64
}

fn length(points: &[Point]) -> f64 {
    let pieces = points
        .windows(2)
        .map(|two| (two[1].x - two[0].x).hypot(two[1].y - two[0].y));
    pieces.sum()
}

fn around(a: Point, b: Point) -> Rect {
    let (x, y) = (a.x.min(b.x), a.y.min(b.y));
    Rect::new(x, y, a.x.max(b.x) - x, a.y.max(b.y) - y)
}

/// Whether a line passes through a rectangle: clips the line to it and looks whether anything is left.
fn cuts(rect: Rect, a: Point, b: Point) -> bool {
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    let sides = [
        (a.x, b.x - a.x, rect.x, rect.right()),
        (a.y, b.y - a.y, rect.y, rect.bottom()),
    ];
    for (start, step, low, high) in sides {
        if step.abs() < 1e-9 {
            if start <= low || start >= high {
                return false;
            }
            continue;
        }
        let (one, two) = ((low - start) / step, (high - start) / step);
        from = from.max(one.min(two));
        to = to.min(one.max(two));
    }
    from < to
}

/// Where two lines cross; nothing when one only ends at the other.
fn crossing(p: Point, q: Point, r: Point, s: Point) -> Option<Point> {
    let turn = (q.x - p.x) * (s.y - r.y) - (q.y - p.y) * (s.x - r.x);
    if turn.abs() < 1e-6 {
        return None;
    }
    let at = ((r.x - p.x) * (s.y - r.y) - (r.y - p.y) * (s.x - r.x)) / turn;
    let of = ((r.x - p.x) * (q.y - p.y) - (r.y - p.y) * (q.x - p.x)) / turn;
    let margin = |a: Point, b: Point| 0.6 / (b.x - a.x).hypot(b.y - a.y).max(1.3);
    let within = |share: f64, margin: f64| share > margin && share < 1.0 - margin;
    (within(at, margin(p, q)) && within(of, margin(r, s)))
        .then(|| Point::new(p.x + at * (q.x - p.x), p.y + at * (q.y - p.y)))
}

/// Whether two lines run on each other for more than a pixel.
fn along(p: Point, q: Point, r: Point, s: Point) -> bool {
    let upright = |a: Point, b: Point| (a.x - b.x).abs() < 0.01;
    let level = |a: Point, b: Point| (a.y - b.y).abs() < 0.01;
    let shared = |a: (f64, f64), b: (f64, f64)| {
        a.0.max(a.1).min(b.0.max(b.1)) - a.0.min(a.1).max(b.0.min(b.1))
    };
    if upright(p, q) && upright(r, s) {
        (p.x - r.x).abs() < 1.0 && shared((p.y, q.y), (r.y, s.y)) > 1.0
    } else if level(p, q) && level(r, s) {
        (p.y - r.y).abs() < 1.0 && shared((p.x, q.x), (r.x, s.x)) > 1.0
    } else {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(x: f64, y: f64) -> Piece {
        Piece {
            rect: Rect::new(x, y, 100.0, 50.0),
            parent: None,
            container: false,
        }
    }

    fn line(points: &[(f64, f64)], ends: (usize, usize)) -> Line {
        Line {
            points: points.iter().map(|&(x, y)| Point::new(x, y)).collect(),
            label: None,
            parent: None,
            ends,
        }
    }

    #[test]
    fn boxes_that_overlap_and_lines_through_boxes_are_counted_once_each() {
        let picture = Picture {
            pieces: vec![piece(0.0, 0.0), piece(50.0, 20.0), piece(0.0, 900.0)],
            lines: vec![line(&[(20.0, -50.0), (20.0, 600.0)], (7, 8))],
        };
        let quality = picture.quality();
        assert_eq!((quality.node_overlaps, quality.lines_through_nodes), (1, 1));
        assert!(!quality.is_sound());
        assert_eq!(quality.size, (150.0, 1000.0));
    }

    #[test]
    fn lines_cross_where_they_pass_each_other_and_not_where_one_ends() {
        let down = line(&[(50.0, 0.0), (50.0, 400.0)], (0, 1));
        let past = line(&[(0.0, 200.0), (100.0, 200.0)], (2, 3));
        let onto = line(&[(0.0, 300.0), (50.0, 300.0)], (4, 1));
        let picture = Picture {
            pieces: Vec::new(),
            lines: vec![down, past, onto],
        };
        let quality = picture.quality();
        assert_eq!((quality.crossings, quality.line_overlaps), (1, 0));
        assert_eq!(quality.length, 550.0);
    }

    #[test]
    fn lines_that_lie_on_each_other_overlap_unless_they_share_an_end() {
        let long = line(&[(50.0, 0.0), (50.0, 400.0)], (0, 1));
        let mut other = line(&[(50.0, 100.0), (50.0, 200.0)], (2, 3));
        let overlaps = |lines| {
            Picture {
                pieces: Vec::new(),
                lines,
            }
            .quality()
            .line_overlaps
        };
        assert_eq!(overlaps(vec![long.clone(), other.clone()]), 1);
        other.ends = (2, 1);
        assert_eq!(overlaps(vec![long, other]), 0);
    }

    #[test]
    fn a_label_covers_boxes_labels_and_foreign_lines_but_not_its_own() {
        let mut labelled = line(&[(50.0, 60.0), (50.0, 400.0)], (0, 1));
        labelled.label = Some(Rect::new(20.0, 70.0, 60.0, 20.0));
        let mut second = line(&[(70.0, 60.0), (70.0, 400.0)], (0, 2));
        let covered = |pieces: Vec<Piece>, lines: Vec<Line>| {
            Picture { pieces, lines }.quality().label_overlaps
        };
        assert_eq!(covered(vec![piece(0.0, 0.0)], vec![labelled.clone()]), 0);
        assert_eq!(covered(vec![piece(0.0, 30.0)], vec![labelled.clone()]), 1);
        assert_eq!(
            covered(Vec::new(), vec![labelled.clone(), second.clone()]),
            1
        );
        second.label = labelled.label;
        assert_eq!(covered(Vec::new(), vec![labelled, second]), 3);
    }

    #[test]
    fn what_is_in_a_container_stands_below_its_head() {
        let container = Piece {
            rect: Rect::new(0.0, 0.0, 300.0, 300.0),
            parent: None,
            container: true,
        };
        let within = |y: f64| Piece {
            parent: Some(0),
            ..piece(20.0, y)
        };
        let overlaps = |y: f64| {
            Picture {
                pieces: vec![container.clone(), within(y)],
                lines: Vec::new(),
            }
            .quality()
            .node_overlaps
        };
        assert_eq!((overlaps(36.0), overlaps(20.0), overlaps(280.0)), (0, 1, 1));
    }
}
