//! `bench-memory`: the most memory that a long run needs, as its history grows.

use asl::definition::StateMachine;
use asl_bench::definitions::{self, Language};
use asl_bench::work;
use peak_alloc::PeakAlloc;
use serde_json::{Value, json};
use std::sync::Arc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// Bytes of the payload.
const PAYLOADS: [usize; 2] = [1_000, 100_000];

/// Prints `{"name", "payload", "history", "peak"}` for each: bytes of the payload, events, and the most bytes in use above those before.
#[expect(clippy::print_stdout, reason = "its output is its purpose")]
fn main() -> Result<(), String> {
    let print = |line: Value| println!("{line}");
    let handed_on = definitions::counting_loop(Language::JsonPath);
    let machine = Arc::new(work::machine(handed_on)?);
    let changing = work::machine(definitions::changing_loop())?;
    for payload in PAYLOADS {
        let input: Arc<str> = Arc::from(definitions::payload(payload));
        let line = |name: &str, history: usize, peak: usize| json!({"name": name, "payload": payload, "history": history, "peak": peak});
        for (history, peak) in growing(&machine, &input) {
            print(line("engine, handed on", history, peak));
        }
        for (history, peak) in growing(&changing, &input) {
            print(line("engine, changed", history, peak));
        }
        let (events, peak) = peak_of(|| work::dry_run(machine.clone(), input.clone()));
        print(line("dry run, handed on", events * 2, peak));
    }
    Ok(())
}

/// The peak after a small, a middling and the whole history of one run, whose events are dropped as they come.
fn growing(machine: &StateMachine, input: &Arc<str>) -> Vec<(usize, usize)> {
    let marks = [1_000, 5_000, 25_000];
    let (mut found, mut events) = (Vec::new(), 0);
    let before = start();
    work::run(machine, input.clone(), |new| {
        events += new.len();
        if marks.get(found.len()).is_some_and(|mark| events >= *mark) {
            found.push((events, peak_since(before)));
        }
    });
    found
}

fn peak_of(work: impl FnOnce() -> usize) -> (usize, usize) {
    let before = start();
    let done = work();
    (done, peak_since(before))
}

fn start() -> usize {
    PeakAlloc.reset_peak_usage();
    PeakAlloc.current_usage()
}

fn peak_since(before: usize) -> usize {
    PeakAlloc.peak_usage().saturating_sub(before)
}
