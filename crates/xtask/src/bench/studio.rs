//! The studio's canvas beside React Flow, bpmn-js and a page without a library: one graph, one browser, by turns.
//!
//! The measuring is that of the shared folder's `bench/canvas`; `tests/studio/bench-target.mjs` makes the studio one of its
//! targets. Here stand the bars. Its arguments (`--n 1000,5000 --repeat 3 --targets statecraft,react-flow --shots`) are passed on.

use super::bar::Bar;
use crate::check::shared;
use crate::step::{Failure, capture, read, run, say, step};
use crate::{front, paths, release, tools};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

/// What the benchmark calls the studio.
const OURS: &str = "statecraft";
/// What our own script measures and puts beside the benchmark's edits.
const DELETE: &str = "delete";
/// Where it writes, in its folder.
const RESULTS: &str = "out/results.json";

/// A figure that one row of the benchmark holds.
#[derive(Clone, Copy)]
enum Figure {
    /// A plain number, divided by this.
    Plain(&'static str, f64),
    /// The 95th percentile of the time between frames, in ms.
    Frames(&'static str),
    /// Frames a second.
    Rate(&'static str),
    /// The share of the time that the main thread was busy, in percent.
    Busy(&'static str),
    /// The median of the edits, in ms.
    Edit(&'static str),
}

/// Frames are told to a tenth of a millisecond: one of 60 a second takes 16.7 or 16.8.
const FRAME_MS: f64 = 17.0;

const MEBIBYTE: f64 = 1_048_576.0;

/// How long a server may take to say its address.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is measured at how many states, and its bar.
struct Measure {
    states: u64,
    says: String,
    unit: &'static str,
    figure: Figure,
    bar: Bar,
}

/// Plain figures at 1,000 states.
const PLAIN: [(&str, &str, Figure, f64); 7] = [
    (
        "drawn, layout and checks included",
        "ms",
        Figure::Plain("load", 1.0),
        750.0,
    ),
    (
        "heap with WebAssembly's memory",
        "MiB",
        Figure::Plain("heap", MEBIBYTE),
        60.0,
    ),
    ("elements", "", Figure::Plain("elements", 1.0), 9_000.0),
    ("zoom to fit", "ms", Figure::Plain("fit", 1.0), 60.0),
    ("rename to painted", "ms", Figure::Edit("rename"), 50.0),
    ("add to painted", "ms", Figure::Edit("add"), 50.0),
    ("delete to painted", "ms", Figure::Edit(DELETE), 50.0),
];

/// What moves under the pointer, by the benchmark's names.
const MOVES: [(&str, &str); 4] = [
    ("pan", "pan"),
    ("drag", "drag"),
    ("panFit", "pan at zoom to fit"),
    ("dragFit", "drag at zoom to fit"),
];

fn measures() -> Vec<Measure> {
    let measure = |states, says: String, unit, figure, bar| Measure {
        states,
        says,
        unit,
        figure,
        bar,
    };
    let plain = PLAIN.map(|(says, unit, figure, most)| {
        measure(1_000, says.to_owned(), unit, figure, Bar::Within(most))
    });
    let moves = MOVES.into_iter().flat_map(|(name, says)| {
        let (frames, busy) = (Bar::Within(FRAME_MS), Bar::Within(50.0));
        let slow = format!("{says}, 95th percentile of frames");
        let work = format!("{says}, main thread busy");
        let fluent = says.to_owned();
        [
            measure(1_000, slow, "ms", Figure::Frames(name), frames),
            measure(1_000, work, "%", Figure::Busy(name), busy),
            measure(5_000, fluent, "/s", Figure::Rate(name), Bar::AtLeast(30.0)),
        ]
    });
    let (says, unit, figure, _) = PLAIN[0];
    let drawn = measure(5_000, says.to_owned(), unit, figure, Bar::Within(4_000.0));
    let mut all: Vec<Measure> = plain.into_iter().chain(moves).chain([drawn]).collect();
    all.sort_by_key(|measure| measure.states);
    all
}

/// Measures and prints.
pub(crate) fn bench(arguments: &[String]) -> Result<(), Failure> {
    refuse_elsewhere(arguments)?;
    let folder = copied()?;
    tools::set_up_build()?;
    front::build()?;
    release::build_server()?;
    let server = Server::start()?;
    let results = folder.join(RESULTS);
    // What an earlier run left says nothing of this one; a first run has nothing to remove.
    let _ = std::fs::remove_file(&results);
    step("Measure", || {
        run("bench studio", &mut measuring(&folder, &server, arguments))
    })?;
    let mut rows = rows(&read(&results)?)?;
    if !rows.is_empty() {
        step("Measure deletions", || {
            let said = capture("bench studio", &mut deleting(&folder, &server, &rows))?;
            add_deletions(&mut rows, said.as_bytes())
        })?;
    }
    let verdicts: Vec<bool> = measures()
        .iter()
        .filter_map(|measure| is_met(measure, &rows))
        .collect();
    say(&conclusion(&verdicts));
    Ok(())
}

/// The results are read from one place.
fn refuse_elsewhere(arguments: &[String]) -> Result<(), Failure> {
    let is_out = |argument: &String| argument == "--out" || argument.starts_with("--out=");
    if !arguments.iter().any(is_out) {
        return Ok(());
    }
    Err(Failure::Other(format!(
        "`--out` cannot be given: the bars are read from bench/canvas/{RESULTS} in the build folder."
    )))
}

fn conclusion(verdicts: &[bool]) -> String {
    let missed = verdicts.iter().filter(|is_met| !**is_met).count();
    match verdicts.len() {
        0 => "\nNo bar was measured: they stand at 1,000 and at 5,000 states of the studio."
            .to_owned(),
        all => format!("\n{missed} of {all} bars that were measured are missed."),
    }
}

/// The benchmark, copied to where its packages and results may lie.
fn copied() -> Result<PathBuf, Failure> {
    let source = shared().join("bench/canvas");
    if !source.join("bench.mjs").is_file() {
        return Err(Failure::Other(format!(
            "The benchmark of canvases is not at {}. Set STATECRAFT_SHARED to the folder that holds bench/canvas.",
            source.display()
        )));
    }
    let folder = paths::target().join("bench/canvas");
    for path in front::files(&source)? {
        let inside = path.strip_prefix(&source).unwrap_or(&path);
        if inside.starts_with("node_modules") {
            continue;
        }
        let copy = folder.join(inside);
        std::fs::create_dir_all(copy.parent().unwrap_or(&folder))?;
        std::fs::write(copy, read(&path)?)?;
    }
    tools::set_up_canvases(&folder)?;
    Ok(folder)
}

fn measuring(folder: &Path, server: &Server, arguments: &[String]) -> Command {
    let mut node = Command::new("node");
    node.args(["bench.mjs", "--target-file"])
        .arg(paths::root().join("tests/studio/bench-target.mjs"))
        .env("STATECRAFT_ADDRESS", &server.address)
        .current_dir(folder);
    if let Some(chromium) = tools::find_chromium() {
        node.arg("--chromium").arg(chromium);
    }
    if !arguments.iter().any(|argument| argument == "--n") {
        node.args(["--n", "1000"]);
    }
    node.args(arguments);
    node
}

/// The deletions at each size that the benchmark measured.
fn deleting(folder: &Path, server: &Server, rows: &[Value]) -> Command {
    let sizes: BTreeSet<u64> = rows.iter().filter_map(|row| row["n"].as_u64()).collect();
    let mut node = Command::new("node");
    node.arg(paths::root().join("tests/studio/bench-deletes.mjs"))
        .args(sizes.iter().map(u64::to_string))
        .env("STATECRAFT_ADDRESS", &server.address)
        .envs(tools::find_chromium().map(|chromium| ("STATECRAFT_CHROMIUM", chromium)))
        .current_dir(folder);
    node
}

/// Puts the times of deletions beside those of the benchmark's edits.
fn add_deletions(rows: &mut [Value], said: &[u8]) -> Result<(), Failure> {
    let found: Value = serde_json::from_slice(said)
        .map_err(|error| Failure::Other(format!("The deletions cannot be read: {error}")))?;
    for row in rows {
        row[DELETE] = json!({ "ms": found[row["n"].to_string()] });
    }
    Ok(())
}

/// The studio's rows; a run of the studio that failed is a fault, since the others alone could meet every bar.
fn rows(results: &[u8]) -> Result<Vec<Value>, Failure> {
    let found: Value = serde_json::from_slice(results)
        .map_err(|error| Failure::Other(format!("The results cannot be read: {error}")))?;
    let all = found["rows"].as_array().cloned().unwrap_or_default();
    let ours: Vec<Value> = all
        .into_iter()
        .filter(|row| row["target"] == OURS)
        .collect();
    match ours.iter().find(|row| !row["failed"].is_null()) {
        Some(row) => Err(Failure::Other(format!(
            "The studio's run at {} states failed: {}",
            row["n"], row["failed"]
        ))),
        None => Ok(ours),
    }
}

/// Prints a line for one bar; nothing when it was not measured.
fn is_met(measure: &Measure, rows: &[Value]) -> Option<bool> {
    let of_size = rows.iter().filter(|row| row["n"] == measure.states);
    let found = median(
        of_size
            .filter_map(|row| value(row, measure.figure))
            .collect(),
    )?;
    say(&format!(
        "{:>6} states  {:<46} {found:>9.1} {:<4}{:>9} {}",
        measure.states,
        measure.says,
        measure.unit,
        measure.bar.words(),
        measure.bar.verdict(found)
    ));
    Some(measure.bar.is_met(found))
}

fn value(row: &Value, figure: Figure) -> Option<f64> {
    let list = |value: &Value| -> Vec<f64> {
        value
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_f64)
            .collect()
    };
    match figure {
        Figure::Plain(name, unit) => Some(row[name].as_f64()? / unit),
        Figure::Busy(name) => Some(row[name]["busy"].as_f64()? * 100.0),
        Figure::Edit(name) => median(list(&row[name]["ms"])),
        Figure::Frames(name) => percentile(list(&row[name]["frames"])),
        Figure::Rate(name) => rate(&list(&row[name]["frames"])),
    }
}

fn median(mut all: Vec<f64>) -> Option<f64> {
    all.sort_by(f64::total_cmp);
    let middle = all.len() / 2;
    let high = *all.get(middle)?;
    let low = if all.len().is_multiple_of(2) {
        *all.get(middle.checked_sub(1)?)?
    } else {
        high
    };
    Some(f64::midpoint(low, high))
}

/// The 95th percentile, as the benchmark's own tables count it.
fn percentile(mut all: Vec<f64>) -> Option<f64> {
    all.sort_by(f64::total_cmp);
    all.get((all.len() * 95).div_ceil(100).checked_sub(1)?)
        .copied()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a drag has a few hundred frames"
)]
fn rate(frames: &[f64]) -> Option<f64> {
    (!frames.is_empty()).then(|| frames.len() as f64 * 1_000.0 / frames.iter().sum::<f64>())
}

/// A running server; ended when it is dropped.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    /// Starts it on a free port, with an empty folder of its own, and waits until it says its address.
    fn start() -> Result<Self, Failure> {
        let data = paths::target().join("bench/data");
        // What an earlier run left; a first run has nothing to remove.
        let _ = std::fs::remove_dir_all(&data);
        let mut child = Command::new(paths::statecraft())
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(&data)
            .stdout(Stdio::piped())
            .spawn()?;
        let words = child.stdout.take();
        let mut server = Self {
            child,
            address: String::new(),
        };
        server.address = words
            .map(addresses)
            .and_then(|said| said.recv_timeout(PATIENCE).ok())
            .ok_or_else(|| Failure::Other("The server did not say its address.".to_owned()))?;
        Ok(server)
    }
}

/// The addresses that a server says. Its words are taken to the end: one that nobody listens to would stand still.
fn addresses(words: impl Read + Send + 'static) -> Receiver<String> {
    let (tell, said) = mpsc::channel();
    std::thread::spawn(move || {
        let lines = BufReader::new(words).lines().map_while(Result::ok);
        for address in lines.filter_map(|line| address_in(&line)) {
            // Only the first one is waited for.
            let _ = tell.send(address);
        }
    });
    said
}

/// The address in what a server says.
fn address_in(line: &str) -> Option<String> {
    let from = line.get(line.find("http://127.")?..)?;
    let ends = |c: char| !(c.is_ascii_alphanumeric() || ":/.".contains(c));
    from.split(ends).next().map(str::to_owned)
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nothing is left to do for it when it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_the_benchmark_reads_them() {
        assert_eq!(median(vec![3.0, 1.0, 2.0, 4.0]), Some(2.5));
        assert_eq!(median(Vec::new()), None);
        assert_eq!(percentile((1..=100).map(f64::from).collect()), Some(95.0));
        assert_eq!(rate(&[20.0, 30.0]), Some(40.0));
    }

    #[test]
    fn the_address_is_the_first_that_the_server_says_and_an_end_is_heard() {
        let said =
            addresses("Statecraft is listening on http://127.0.0.1:4711\nready\n".as_bytes());
        assert_eq!(said.recv().as_deref(), Ok("http://127.0.0.1:4711"));
        assert!(said.recv().is_err());
    }

    #[test]
    fn a_run_of_the_studio_that_failed_is_a_fault() {
        let rows_of = |failed: &str| {
            let text = format!(
                r#"{{"rows": [{{"target": "plain", "n": 1000, "failed": "late"}}, {{"target": "statecraft", "n": 1000{failed}}}]}}"#
            );
            rows(text.as_bytes())
        };
        assert_eq!(rows_of("").unwrap().len(), 1);
        let fault = rows_of(r#", "failed": "not drawn in time""#).unwrap_err();
        assert_eq!(
            fault.to_string(),
            "The studio's run at 1000 states failed: \"not drawn in time\""
        );
    }

    #[test]
    fn deletions_stand_beside_the_edits_of_their_size() {
        let mut rows = [json!({ "n": 1000 }), json!({ "n": 5000 })];
        add_deletions(&mut rows, br#"{"1000": [40, 44], "5000": [90]}"#).unwrap();
        assert_eq!(value(&rows[0], Figure::Edit(DELETE)), Some(42.0));
        assert_eq!(value(&rows[1], Figure::Edit(DELETE)), Some(90.0));
        assert!(add_deletions(&mut rows, b"late").is_err());
    }

    #[test]
    fn bars_that_nobody_measured_are_not_counted_as_met() {
        let measured: Vec<bool> = measures()
            .iter()
            .filter_map(|measure| is_met(measure, &[]))
            .collect();
        assert!(conclusion(&measured).contains("No bar was measured"));
        assert!(conclusion(&[true, false]).contains("1 of 2 bars"));
        assert!(refuse_elsewhere(&["--out".to_owned(), "there".to_owned()]).is_err());
    }
}
