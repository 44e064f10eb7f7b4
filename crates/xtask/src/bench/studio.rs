//! The studio's canvas beside React Flow, bpmn-js and a page without a library: one graph, one browser, by turns.
//!
//! The measuring is that of the shared folder's `bench/canvas`; `tests/studio/bench-target.mjs` makes the studio one of its
//! targets. Here stand the bars. Its arguments (`--n 1000,5000 --repeat 3 --targets statecraft,react-flow --shots`) are passed on.

use crate::check::shared;
use crate::step::{Failure, read, run, say, step};
use crate::{front, paths, release, tools};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// What the benchmark calls the studio.
const OURS: &str = "statecraft";

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

/// How good is good enough.
#[derive(Clone, Copy)]
enum Bar {
    /// At most this.
    Within(f64),
    /// At least this.
    AtLeast(f64),
}

/// Frames are told to a tenth of a millisecond: one of 60 a second takes 16.7 or 16.8.
const FRAME_MS: f64 = 17.0;

const MEBIBYTE: f64 = 1_048_576.0;

/// At how many states, what, its unit, the bar.
const BARS: &[(u64, &str, &str, Figure, Bar)] = &[
    (
        1_000,
        "drawn, layout and checks included",
        "ms",
        Figure::Plain("load", 1.0),
        Bar::Within(750.0),
    ),
    (
        1_000,
        "heap with WebAssembly's memory",
        "MiB",
        Figure::Plain("heap", MEBIBYTE),
        Bar::Within(60.0),
    ),
    (
        1_000,
        "elements",
        "",
        Figure::Plain("elements", 1.0),
        Bar::Within(9_000.0),
    ),
    (
        1_000,
        "zoom to fit",
        "ms",
        Figure::Plain("fit", 1.0),
        Bar::Within(60.0),
    ),
    (
        1_000,
        "pan, 95th percentile of frames",
        "ms",
        Figure::Frames("pan"),
        Bar::Within(FRAME_MS),
    ),
    (
        1_000,
        "pan, main thread busy",
        "%",
        Figure::Busy("pan"),
        Bar::Within(50.0),
    ),
    (
        1_000,
        "drag, 95th percentile of frames",
        "ms",
        Figure::Frames("drag"),
        Bar::Within(FRAME_MS),
    ),
    (
        1_000,
        "drag, main thread busy",
        "%",
        Figure::Busy("drag"),
        Bar::Within(50.0),
    ),
    (
        1_000,
        "pan at zoom to fit, 95th percentile",
        "ms",
        Figure::Frames("panFit"),
        Bar::Within(FRAME_MS),
    ),
    (
        1_000,
        "pan at zoom to fit, main thread busy",
        "%",
        Figure::Busy("panFit"),
        Bar::Within(50.0),
    ),
    (
        1_000,
        "drag at zoom to fit, 95th percentile",
        "ms",
        Figure::Frames("dragFit"),
        Bar::Within(FRAME_MS),
    ),
    (
        1_000,
        "drag at zoom to fit, main thread busy",
        "%",
        Figure::Busy("dragFit"),
        Bar::Within(50.0),
    ),
    (
        1_000,
        "rename to painted",
        "ms",
        Figure::Edit("rename"),
        Bar::Within(50.0),
    ),
    (
        1_000,
        "add to painted",
        "ms",
        Figure::Edit("add"),
        Bar::Within(50.0),
    ),
    (
        5_000,
        "drawn, layout and checks included",
        "ms",
        Figure::Plain("load", 1.0),
        Bar::Within(4_000.0),
    ),
    (
        5_000,
        "pan",
        "frames a second",
        Figure::Rate("pan"),
        Bar::AtLeast(30.0),
    ),
    (
        5_000,
        "drag",
        "frames a second",
        Figure::Rate("drag"),
        Bar::AtLeast(30.0),
    ),
    (
        5_000,
        "pan at zoom to fit",
        "frames a second",
        Figure::Rate("panFit"),
        Bar::AtLeast(30.0),
    ),
    (
        5_000,
        "drag at zoom to fit",
        "frames a second",
        Figure::Rate("dragFit"),
        Bar::AtLeast(30.0),
    ),
];

/// Measures and prints.
pub(crate) fn bench(arguments: &[String]) -> Result<(), Failure> {
    let folder = copied()?;
    tools::set_up_build()?;
    front::build()?;
    release::build_server()?;
    let server = Server::start()?;
    step("Measure", || {
        run("bench studio", &mut measuring(&folder, &server, arguments))
    })?;
    let rows = rows(&folder)?;
    let missed = BARS.iter().filter(|bar| !is_met(bar, &rows)).count();
    say(&format!("\n{missed} bars of those measured are missed"));
    Ok(())
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

/// The studio's rows of the last run.
fn rows(folder: &Path) -> Result<Vec<Value>, Failure> {
    let text = read(&folder.join("out/results.json"))?;
    let found: Value = serde_json::from_slice(&text)
        .map_err(|error| Failure::Other(format!("The results cannot be read: {error}")))?;
    let all = found["rows"].as_array().cloned().unwrap_or_default();
    Ok(all
        .into_iter()
        .filter(|row| row["target"] == OURS)
        .collect())
}

/// Prints a line for one bar; one that was not measured counts as met.
fn is_met(
    &(size, says, unit, figure, bar): &(u64, &str, &str, Figure, Bar),
    rows: &[Value],
) -> bool {
    let of_size = rows
        .iter()
        .filter(|row| row["n"] == size && row["failed"].is_null());
    let Some(found) = median(of_size.filter_map(|row| value(row, figure)).collect()) else {
        return true;
    };
    let (met, words) = match bar {
        Bar::Within(most) => (found <= most, format!("at most {most}")),
        Bar::AtLeast(least) => (found >= least, format!("at least {least}")),
    };
    let verdict = if met { "met" } else { "MISSED" };
    say(&format!(
        "{size:>6} states  {says:<40} {found:>9.1} {unit}  ({words}: {verdict})"
    ));
    met
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
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        let mut said = child
            .stderr
            .take()
            .map(BufReader::new)
            .into_iter()
            .flat_map(BufRead::lines)
            .map_while(Result::ok);
        let mut server = Self {
            child,
            address: String::new(),
        };
        server.address = said.find_map(|line| address_in(&line)).ok_or_else(|| {
            Failure::Other("The server ended before it said its address.".to_owned())
        })?;
        // A server whose words nobody takes would stand still in the end.
        std::thread::spawn(move || said.for_each(drop));
        Ok(server)
    }
}

/// The address in a line of the server's log.
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
}
