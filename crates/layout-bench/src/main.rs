//! Prints what drawings are like and how long they take, ours beside dugong's.

use asl::graph::Outline;
use asl::text::Pointer;
use layout::quality::{Picture, Quality};
use layout::{Layout, Orientation};
use layout_bench::{corpus, dagre, hard, pipeline};
use std::collections::HashSet;
use std::time::{Duration, Instant};

/// Rounds of each measurement; the best counts.
const ROUNDS: usize = 5;
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

/// Pipelines that are measured together.
struct Case {
    name: String,
    pipelines: Vec<(Outline, HashSet<Pointer>)>,
    bar: Option<f64>,
}

/// What all drawings of a case are like.
#[derive(Default)]
struct Sum {
    quality: Quality,
    area: f64,
    time: Duration,
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
            move |outline: &Outline, folded: &HashSet<Pointer>| {
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
            let open = outlines().map(|outline| (outline, HashSet::new()));
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
    let open = |definition| (corpus::outline(&definition), HashSet::new());
    cases.push(case(
        format!("{} random definitions", SEEDS.len()),
        SEEDS.map(hard::any).map(open),
    ));
    let authored = hard::authored().into_iter();
    cases.push(case(
        "definitions made to be hard".to_owned(),
        authored.map(|(_, definition)| open(definition)),
    ));
    for (count, bar) in PIPELINES {
        let only = std::iter::once(open(pipeline::pipeline(count)));
        cases.push(Case {
            bar,
            ..case(format!("a pipeline of {count} states"), only)
        });
    }
    cases
}

fn case(name: String, pipelines: impl Iterator<Item = (Outline, HashSet<Pointer>)>) -> Case {
    Case {
        name,
        pipelines: pipelines.collect(),
        bar: None,
    }
}

/// Draws everything of a case in some rounds, and judges the drawings of the last.
fn sum<T>(
    case: &Case,
    draw: impl Fn(&Outline, &HashSet<Pointer>) -> Option<T>,
    judged: impl Fn(&T) -> Picture,
) -> Sum {
    let mut sum = Sum::default();
    for (outline, folded) in &case.pipelines {
        let mut best = Duration::MAX;
        let mut drawing = None;
        for _ in 0..ROUNDS {
            let start = Instant::now();
            drawing = draw(outline, folded);
            best = best.min(start.elapsed());
        }
        sum.time += best;
        if let Some(drawing) = drawing {
            sum.add(&judged(&drawing).quality());
        }
    }
    sum
}

impl Sum {
    fn add(&mut self, one: &Quality) {
        let all = &mut self.quality;
        all.node_overlaps += one.node_overlaps;
        all.lines_through_nodes += one.lines_through_nodes;
        all.label_overlaps += one.label_overlaps;
        all.line_overlaps += one.line_overlaps;
        all.crossings += one.crossings;
        all.bends += one.bends;
        all.length += one.length;
        self.area += one.size.0 * one.size.1;
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
    println!(
        "{name:24} {by:>14} {overlaps:>9} {:>9} {:>9} {:>10.0} {:>9.2} {time:>10.2}{bar}",
        quality.crossings,
        quality.bends,
        quality.length,
        sum.area / 1e6,
    );
}
