//! Prints what drawings are like and how long they take, ours beside dugong's.

use asl::graph::Outline;
use asl::text::Pointer;
use layout::quality::{Picture, Quality};
use layout::{Layout, Orientation};
use layout_bench::{corpus, dagre, hard, pipeline};
use rustc_hash::FxHashSet;
use std::time::{Duration, Instant};

/// Rounds of each measurement; the best counts.
const ROUNDS: usize = 5;
/// After so long, a drawing gets no further round.
const PATIENCE: Duration = Duration::from_secs(1);
/// Seeds of the random definitions.
const SEEDS: std::ops::Range<u32> = 0..300;
/// The graphs of the canvas benchmark, with the milliseconds that a drawing may take.
const PIPELINES: [(usize, Option<f64>); 5] = [
    (5, None),
    (50, None),
    (200, None),
    (1_000, Some(20.0)),
    (5_000, Some(400.0)),
];

/// Tasks whose errors all lead to one state, with the milliseconds that their drawing may take.
const ONE_HANDLER: (usize, f64) = (1_000, 50.0);

/// Pipelines that are measured together.
struct Case {
    name: String,
    pipelines: Vec<(Outline, FxHashSet<Pointer>)>,
    bar: Option<f64>,
}

/// What all drawings of a case are like.
#[derive(Default)]
struct Sum {
    quality: Quality,
    area: f64,
    time: Duration,
    /// Pipelines that were not drawn, so that they are in no other figure.
    refused: usize,
}

fn main() {
    println!(
        "{:24} {:>14} {:>9} {:>9} {:>9} {:>10} {:>9} {:>10}",
        "", "", "overlaps", "crossings", "bends", "length", "area", "time"
    );
    println!(
        "{:24} {:>14} {:>9} {:>9} {:>9} {:>10} {:>9} {:>10}",
        "", "", "", "", "", "px", "Mpx", "ms"
    );
    for case in cases() {
        let drawn = |orientation| {
            move |outline: &Outline, folded: &FxHashSet<Pointer>| {
                Some(Layout::of(outline, folded, orientation))
            }
        };
        let judged = |layout: &Layout| Picture::of(layout);
        let down = sum(&case, drawn(Orientation::Vertical), judged);
        let right = sum(&case, drawn(Orientation::Horizontal), judged);
        let peer = sum(&case, dagre::picture, Picture::clone);
        show(&case.name, "down the page", &down, case.bar);
        show("", "to the right", &right, case.bar);
        show("", "dugong", &peer, None);
    }
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    match corpus::definitions() {
        Some(definitions) => {
            let outlines = || {
                definitions
                    .iter()
                    .map(|(_, definition)| corpus::outline(definition))
            };
            let open = outlines().map(|outline| (outline, FxHashSet::default()));
            let folded = outlines().map(|outline| {
                let containers = corpus::containers(&outline);
                (outline, containers)
            });
            cases.push(case(
                format!("{} real definitions", definitions.len()),
                open,
            ));
            cases.push(case("the same, folded".to_owned(), folded));
        }
        None => println!("no definitions found: set STATECRAFT_SHARED"),
    }
    let open = |definition| (corpus::outline(&definition), FxHashSet::default());
    cases.push(case(
        format!("{} random definitions", SEEDS.len()),
        SEEDS.map(hard::any).map(open),
    ));
    let authored = hard::authored().into_iter();
    cases.push(case(
        "definitions made to be hard".to_owned(),
        authored.map(|(_, definition)| open(definition)),
    ));
    let mut large = |name: String, definition, bar| {
        let only = std::iter::once(open(definition));
        cases.push(Case {
            bar,
            ..case(name, only)
        });
    };
    let (count, bar) = ONE_HANDLER;
    let name = format!("{count} tasks, one handler");
    large(name, hard::one_handler(count), Some(bar));
    for (count, bar) in PIPELINES {
        let name = format!("a pipeline of {count} states");
        large(name, pipeline::pipeline(count), bar);
    }
    cases
}

fn case(name: String, pipelines: impl Iterator<Item = (Outline, FxHashSet<Pointer>)>) -> Case {
    Case {
        name,
        pipelines: pipelines.collect(),
        bar: None,
    }
}

/// Draws everything of a case in some rounds, and judges the drawings of the last.
fn sum<T>(
    case: &Case,
    draw: impl Fn(&Outline, &FxHashSet<Pointer>) -> Option<T>,
    judged: impl Fn(&T) -> Picture,
) -> Sum {
    let mut sum = Sum::default();
    for (outline, folded) in &case.pipelines {
        let mut best = Duration::MAX;
        let mut drawing = None;
        let begin = Instant::now();
        for round in 0..ROUNDS {
            if round > 0 && begin.elapsed() > PATIENCE {
                break;
            }
            let start = Instant::now();
            drawing = draw(outline, folded);
            best = best.min(start.elapsed());
        }
        match drawing {
            Some(drawing) => sum.add(&judged(&drawing).quality(), best),
            None => sum.refused += 1,
        }
    }
    sum
}

impl Sum {
    fn add(&mut self, one: &Quality, time: Duration) {
        let all = &mut self.quality;
        all.node_overlaps += one.node_overlaps;
        all.lines_through_nodes += one.lines_through_nodes;
        all.label_overlaps += one.label_overlaps;
        all.line_overlaps += one.line_overlaps;
        all.crossings += one.crossings;
        all.bends += one.bends;
        all.length += one.length;
        self.area += one.size.0 * one.size.1;
        self.time += time;
    }
}

fn show(name: &str, by: &str, sum: &Sum, bar: Option<f64>) {
    let quality = &sum.quality;
    let overlaps = quality.node_overlaps
        + quality.lines_through_nodes
        + quality.label_overlaps
        + quality.line_overlaps;
    let time = sum.time.as_secs_f64() * 1_000.0;
    let bar = match bar {
        Some(bar) if time <= bar => format!("  at most {bar} ms: met"),
        Some(bar) => format!("  at most {bar} ms: MISSED"),
        None => String::new(),
    };
    let refused = match sum.refused {
        0 => String::new(),
        count => format!("  {count} refused"),
    };
    println!(
        "{name:24} {by:>14} {overlaps:>9} {:>9} {:>9} {:>10.0} {:>9.2} {time:>10.2}{bar}{refused}",
        quality.crossings,
        quality.bends,
        quality.length,
        sum.area / 1e6,
    );
}
