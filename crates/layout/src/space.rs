//! What is taken in a block: boxes and lines by level, so that a lane is looked for only among what it would pass.
//!
//! Levels count down the page: row r is 4r + 1, the channel below it 4r + 2, its row of chips 4r + 3, the channel above
//! the next row 4r + 4. Chips stand in rows of their own, which take no space where there is no chip.

use super::measure::APART;
use rustc_hash::FxHashMap;
use std::ops::{Range, RangeInclusive};

/// The level of a row of items.
pub(crate) fn row(row: usize) -> usize {
    4 * row + 1
}

/// The level of the channel right below a row.
pub(crate) fn below(row: usize) -> usize {
    4 * row + 2
}

/// The level of the chips below a row.
pub(crate) fn chips(row: usize) -> usize {
    4 * row + 3
}

/// The level of the channel right above a row.
pub(crate) fn above(row: usize) -> usize {
    4 * row
}

/// A horizontal piece that is taken.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Across {
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) net: usize,
    pub(crate) source: usize,
}

/// What is taken on a level, each list from the left.
#[derive(Debug, Clone, Default)]
struct Level {
    /// Where no lane may be.
    boxes: Vec<(f64, f64)>,
    /// Upright lines, with the net that each belongs to.
    lines: Vec<(f64, usize)>,
    /// Horizontal pieces, in no order.
    across: Vec<Across>,
}

/// Levels that are looked at as one where a lane is far from all that is taken on them.
const BUNDLE: usize = 64;

/// Where anything is taken on some levels: pieces from the left that do not touch.
#[derive(Debug, Clone, Default)]
struct Shadow(Vec<(f64, f64)>);

/// What is taken on the levels of a bundle.
#[derive(Debug, Clone, Default)]
struct Bundle {
    boxes: Shadow,
    lines: Shadow,
}

/// An upright line, so that lines which join it need not look at what it passes.
#[derive(Debug)]
struct Upright {
    x: f64,
    levels: Range<usize>,
}

/// Everything that is taken.
#[derive(Debug, Default)]
pub(crate) struct Space {
    levels: Vec<Level>,
    /// The levels in bundles, in order.
    bundles: Vec<Bundle>,
    /// The upright lines of each net.
    uprights: FxHashMap<usize, Vec<Upright>>,
}

/// What a lane is wanted for.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    /// The levels that it passes.
    pub(crate) levels: RangeInclusive<usize>,
    /// Lines of these nets do not disturb it.
    pub(crate) nets: [usize; 2],
    /// A chip on it: its level, and half of the room that it needs.
    pub(crate) chip: Option<(usize, f64)>,
    /// Where the line comes from, and the level of the run from there.
    pub(crate) from: (f64, usize),
    /// Where the line goes, and the level of the run to there.
    pub(crate) to: (f64, usize),
    /// Between what it must stand.
    pub(crate) within: (f64, f64),
    /// Which side is better when both do.
    pub(crate) leftwards: bool,
}

/// No bounds.
pub(crate) const ANYWHERE: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

/// What a crossing is worth in length of the way around it.
const CROSSING: f64 = 250.0;
/// What a bend is worth.
const BEND: f64 = 24.0;
/// What it is worth to stand on the better side.
const SIDE: f64 = 30.0;
/// What it is worth to join a line that leads to the same target.
const JOIN: f64 = 60.0;
/// Pieces whose ends are tried; more are rare, and a good place is found without.
const TRIED: usize = 24;

impl Space {
    /// An empty space of so many rows.
    pub(crate) fn of(rows: usize) -> Self {
        let levels = 4 * rows + 2;
        Self {
            levels: vec![Level::default(); levels],
            bundles: vec![Bundle::default(); levels.div_ceil(BUNDLE)],
            uprights: FxHashMap::default(),
        }
    }

    /// Takes a span on a level: no lane goes through it.
    pub(crate) fn block(&mut self, level: usize, left: f64, right: f64) {
        let boxes = &mut self.levels[level].boxes;
        let at = boxes.partition_point(|other| other.0 < left);
        boxes.insert(at, (left, right));
        self.bundles[level / BUNDLE].boxes.add(left, right);
    }

    /// Takes an upright line where it stands. Lines to one target stand on each other where they join; they count once.
    pub(crate) fn line(&mut self, levels: RangeInclusive<usize>, x: f64, net: usize) {
        for level in levels {
            self.stand(level, x, net);
        }
    }

    fn stand(&mut self, level: usize, x: f64, net: usize) {
        self.levels[level].line(x, net);
        self.bundles[level / BUNDLE].lines.add(x, x);
    }

    /// Takes an upright line along a lane that was free.
    pub(crate) fn take(&mut self, levels: RangeInclusive<usize>, x: f64, net: usize) {
        let uprights = self.uprights.entry(net).or_default();
        let upright = Upright::of(&levels, x);
        let taken = match uprights.iter_mut().find(|it| it.joins(&upright)) {
            Some(joined) => joined.grow(&upright),
            None => {
                uprights.push(upright);
                NOWHERE
            }
        };
        for level in levels.filter(|level| !taken.contains(level)) {
            self.stand(level, x, net);
        }
    }

    /// Takes a horizontal piece.
    pub(crate) fn run(&mut self, level: usize, across: Across) {
        self.levels[level].across.push(across);
    }

    /// The boxes on a level.
    pub(crate) fn boxes(&self, level: usize) -> &[(f64, f64)] {
        &self.levels[level].boxes
    }

    /// The horizontal pieces on a level.
    pub(crate) fn across(&self, level: usize) -> &[Across] {
        &self.levels[level].across
    }

    /// Whether a line of another net comes near `x` on a level.
    pub(crate) fn has_line_near(&self, level: usize, x: f64, apart: f64, nets: [usize; 2]) -> bool {
        self.levels[level].near(x, apart, nets).is_some()
    }

    /// The widest piece of a level between `low` and `high` that nothing touches, except the box around `own`.
    pub(crate) fn gap(
        &self,
        level: usize,
        (low, high): (f64, f64),
        clear: f64,
        own: f64,
    ) -> Option<(f64, f64)> {
        let level = &self.levels[level];
        let lines = level.lines_between(low - clear, high + clear);
        let mut taken: Vec<(f64, f64)> = lines
            .iter()
            .map(|line| (line.0 - clear, line.0 + clear))
            .chain(
                level
                    .boxes
                    .iter()
                    .copied()
                    .filter(|span| !(span.0 < own && own < span.1)),
            )
            .chain(
                level
                    .across
                    .iter()
                    .map(|run| (run.left - clear, run.right + clear)),
            )
            .filter(|span| span.1 > low && span.0 < high)
            .collect();
        taken.push((high, high));
        taken.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut best: Option<(f64, f64)> = None;
        let mut from = low;
        for (left, right) in taken {
            if left > from && best.is_none_or(|best| left - from > best.1 - best.0) {
                best = Some((from, left));
            }
            from = from.max(right);
        }
        best
    }

    /// The best free x for a lane; none when there is none within the bounds.
    pub(crate) fn lane(&self, wanted: &Wanted) -> Option<f64> {
        if wanted.within.0 > wanted.within.1 {
            return None;
        }
        let mut best: Option<(f64, f64)> = None;
        let beyond = (wanted.from.0 - wanted.to.0).abs() + 2.0 * BEND;
        for seed in self.seeds(wanted) {
            // What is found from here is here, or off the places where a line would be straight: those are seeds, too.
            let least = beyond.min(way(seed, wanted));
            if best.is_some_and(|best| best.1 <= least) {
                continue;
            }
            for x in self.free_near(seed, wanted) {
                // The way alone decides most of it; what is crossed is counted only where it can still matter.
                if best.is_none_or(|best| way(x, wanted) < best.1) {
                    let cost = way(x, wanted) + self.dues(x, wanted);
                    if best.is_none_or(|best| cost < best.1) {
                        best = Some((x, cost));
                    }
                }
            }
        }
        best.map(|best| best.0)
    }

    /// The first free places to both sides of a place, or the place itself.
    fn free_near(&self, seed: f64, wanted: &Wanted) -> impl Iterator<Item = f64> {
        let left = self.free(seed, false, wanted);
        let is_here = left.is_some_and(|x| (x - seed).abs() < 1e-9);
        let right = (!is_here).then(|| self.free(seed, true, wanted)).flatten();
        left.into_iter().chain(right)
    }

    /// Where it is worth to begin looking, each place once: the ends, lines of the same net, what could be gone around.
    fn seeds(&self, wanted: &Wanted) -> Vec<f64> {
        let mut seeds = vec![wanted.from.0, wanted.to.0];
        let bounds = [wanted.within.0, wanted.within.1];
        seeds.extend(bounds.into_iter().filter(|bound| bound.is_finite()));
        let last = &self.levels[wanted.to.1];
        let own = last.lines.iter().filter(|line| line.1 == wanted.nets[0]);
        seeds.extend(own.map(|line| line.0).take(TRIED));
        let runs = wanted
            .levels
            .clone()
            .flat_map(|level| &self.levels[level].across);
        let ends = runs.flat_map(|run| [run.left - APART, run.right + APART]);
        seeds.extend(ends.take(TRIED));
        let (low, high) = wanted.within;
        let mut places: Vec<f64> = Vec::with_capacity(seeds.len());
        for seed in seeds {
            let seed = seed.clamp(low, high);
            if !places.contains(&seed) {
                places.push(seed);
            }
        }
        places
    }

    /// The first free x from `x` on, to one side.
    fn free(&self, mut x: f64, right: bool, wanted: &Wanted) -> Option<f64> {
        let mut joined = self.joined(x, wanted.nets[0]);
        loop {
            let start = x;
            let mut next = *wanted.levels.start();
            while next <= *wanted.levels.end() {
                if self.is_clear(next, x, &joined, wanted) {
                    next += BUNDLE;
                    continue;
                }
                let level = next;
                next += 1;
                while let Some(span) = self.taken(x, level, joined.contains(&level), wanted) {
                    let aside = if right { span.1 } else { span.0 };
                    if (aside - x).abs() < 1e-9 {
                        break;
                    }
                    x = aside;
                    joined = self.joined(x, wanted.nets[0]);
                }
                if x < wanted.within.0 || x > wanted.within.1 {
                    return None;
                }
            }
            if (x - start).abs() < 1e-9 {
                return Some(x);
            }
        }
    }

    /// Whether a bundle begins on a level that a lane at `x` passes without coming near anything, or along a line that it joins.
    fn is_clear(&self, level: usize, x: f64, joined: &Range<usize>, wanted: &Wanted) -> bool {
        let last = level + BUNDLE - 1;
        if !level.is_multiple_of(BUNDLE) || last > *wanted.levels.end() {
            return false;
        }
        let bundle = &self.bundles[level / BUNDLE];
        let has_chip = wanted
            .chip
            .is_some_and(|(at, _)| (level..=last).contains(&at));
        let is_joined = joined.start <= level && last < joined.end;
        !has_chip && bundle.boxes.is_clear(x, 0.0) && (is_joined || bundle.lines.is_clear(x, APART))
    }

    /// The span in which a lane at `x` cannot be. Where it `joins` a line, other lines keep clear of it already.
    fn taken(&self, x: f64, at: usize, joins: bool, wanted: &Wanted) -> Option<(f64, f64)> {
        let level = &self.levels[at];
        let chip = wanted.chip.filter(|chip| chip.0 == at).map(|chip| chip.1);
        let boxed = level.boxed(x, chip.unwrap_or_default());
        if boxed.is_some() || (joins && chip.is_none()) {
            return boxed;
        }
        // A line under a chip would be taken for the one that the chip is for, also when both lead to one place.
        let (apart, nets) = match chip {
            Some(half) => (half, [usize::MAX; 2]),
            None => (APART, wanted.nets),
        };
        let near = level.near(x, apart, nets);
        near.map(|line| (line - apart, line + apart))
    }

    /// The levels on which a line of this net stands at `x`.
    fn joined(&self, x: f64, net: usize) -> Range<usize> {
        let mut uprights = self.uprights.get(&net).into_iter().flatten();
        let upright = uprights.find(|it| (it.x - x).abs() < 1e-9);
        upright.map_or(NOWHERE, |it| it.levels.clone())
    }

    /// What a lane at `x` crosses, and what it joins.
    fn dues(&self, x: f64, wanted: &Wanted) -> f64 {
        let level = |level: usize| &self.levels[level];
        let crossed = wanted.levels.clone().map(|at| {
            let runs = level(at).across.iter();
            runs.filter(|run| run.left < x && x < run.right && !wanted.nets.contains(&run.net))
                .count()
        });
        let aside = level(wanted.from.1).passed(wanted.from.0, x, wanted.nets)
            + level(wanted.to.1).passed(x, wanted.to.0, wanted.nets);
        let mut lines = level(wanted.to.1).lines_between(x - 0.5, x + 0.5).iter();
        // What stands over the port is the port itself.
        let joins = (x - wanted.to.0).abs() > 0.5 && lines.any(|line| line.1 == wanted.nets[0]);
        CROSSING * number(crossed.sum::<usize>() + aside) - if joins { JOIN } else { 0.0 }
    }
}

impl Shadow {
    fn add(&mut self, left: f64, right: f64) {
        let from = self.0.partition_point(|piece| piece.1 < left);
        let to = self.0.partition_point(|piece| piece.0 <= right);
        let touched = self.0[from..to].iter();
        let whole = touched.fold((left, right), |whole, piece| {
            (whole.0.min(piece.0), whole.1.max(piece.1))
        });
        self.0.splice(from..to, [whole]);
    }

    /// Whether nothing is taken nearer to `x` than `apart`.
    fn is_clear(&self, x: f64, apart: f64) -> bool {
        let next = self.0.partition_point(|piece| piece.1 <= x - apart);
        self.0.get(next).is_none_or(|piece| piece.0 >= x + apart)
    }
}

/// No levels.
const NOWHERE: Range<usize> = 0..0;

impl Upright {
    fn of(levels: &RangeInclusive<usize>, x: f64) -> Self {
        let levels = *levels.start()..levels.end() + 1;
        Self { x, levels }
    }

    /// Whether both are one line.
    fn joins(&self, other: &Self) -> bool {
        (self.x - other.x).abs() < 1e-9
            && self.levels.start <= other.levels.end
            && other.levels.start <= self.levels.end
    }

    /// Grows over the levels of the other one, and gives those that it had.
    fn grow(&mut self, other: &Self) -> Range<usize> {
        let first = self.levels.start.min(other.levels.start);
        let last = self.levels.end.max(other.levels.end);
        std::mem::replace(&mut self.levels, first..last)
    }
}

impl Level {
    fn line(&mut self, x: f64, net: usize) {
        let at = self.lines.partition_point(|other| other.0 < x);
        let mut here = self.lines[at..].iter().take_while(|other| other.0 <= x);
        if !here.any(|other| other.1 == net) {
            self.lines.insert(at, (x, net));
        }
    }

    fn lines_between(&self, low: f64, high: f64) -> &[(f64, usize)] {
        let from = self.lines.partition_point(|line| line.0 <= low);
        let to = self.lines.partition_point(|line| line.0 < high);
        &self.lines[from..to.max(from)]
    }

    fn near(&self, x: f64, apart: f64, nets: [usize; 2]) -> Option<f64> {
        let mut lines = self
            .lines_between(x - apart + 0.01, x + apart - 0.01)
            .iter();
        lines
            .find(|line| !nets.contains(&line.1))
            .map(|line| line.0)
    }

    /// How many lines of other nets stand between two places.
    fn passed(&self, a: f64, b: f64, nets: [usize; 2]) -> usize {
        let lines = self.lines_between(a.min(b) + 0.5, a.max(b) - 0.5).iter();
        lines.filter(|line| !nets.contains(&line.1)).count()
    }

    /// The box that comes nearer than `half` to a lane at `x`, with that room on both sides.
    fn boxed(&self, x: f64, half: f64) -> Option<(f64, f64)> {
        let from = self.boxes.partition_point(|span| span.0 < x + half - 0.01);
        // Boxes hardly overlap, so the one that reaches furthest is among the last.
        let boxes = self.boxes[from.saturating_sub(3)..from].iter();
        let mut hit = boxes.filter(|span| span.1 > x - half + 0.01);
        hit.next().map(|span| (span.0 - half, span.1 + half))
    }
}

/// The length of the way over a lane at `x`, with its bends.
fn way(x: f64, wanted: &Wanted) -> f64 {
    let (from, to) = (wanted.from.0, wanted.to.0);
    let bends = u8::from((x - from).abs() > 0.5) + u8::from((x - to).abs() > 0.5);
    let wrong = if (x < from) == wanted.leftwards {
        0.0
    } else {
        SIDE
    };
    (x - from).abs() + (x - to).abs() + BEND * f64::from(bends) + wrong
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a lane crosses far fewer than 2^52 lines"
)]
fn number(count: usize) -> f64 {
    count as f64
}
