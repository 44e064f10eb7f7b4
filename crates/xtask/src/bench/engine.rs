//! The engine: executions a second, waiting executions, timers, histories, memory, beside moto's server in the same run.
//!
//! The work is that of `crates/load`; here stand the bars and the table.

use super::bar::Bar;
use super::peer::Peer;
use crate::step::{Failure, capture, run, say, step};
use crate::{paths, release};
use serde_json::Value;
use std::process::Command;

/// A line of the table.
struct Line {
    says: &'static str,
    found: f64,
    unit: &'static str,
    bar: Bar,
}

/// Connections that ask for Standard executions at the same time.
const CONNECTIONS: &str = "32";
/// Connections of the synchronous Express executions.
const EXPRESS_CONNECTIONS: &str = "8";
/// What moto's server can take, and Statecraft is given to be compared with it.
const PEERS_LOAD: [&str; 6] = [
    "--connections",
    "8",
    "--executions",
    "300",
    "--warmup",
    "10",
];
/// Finished executions in the database that is compared with an empty one.
const FILLED: &str = "1000000";
/// How much of the empty database's rate a filled one keeps.
const KEPT: f64 = 0.9;

/// Measures and prints. With `quick`, the filled database, which takes minutes, is left out.
pub(crate) fn bench(arguments: &[String]) -> Result<(), Failure> {
    let quick = arguments.iter().any(|argument| argument == "quick");
    release::build_server()?;
    step("Build the load", build_load)?;
    let own = step("Measure Statecraft", || own(quick))?;
    own.iter().for_each(|line| say(&shown(line)));
    let peer = step("Measure moto's server", peer)?;
    peer.iter().for_each(|line| say(&shown(line)));
    Ok(())
}

fn build_load() -> Result<(), Failure> {
    let mut cargo = Command::new("cargo");
    cargo
        .args(["build", "--release", "--locked", "--package", "load"])
        .current_dir(paths::root());
    run("Build the load", &mut cargo)
}

/// What the load prints for these arguments.
fn load(arguments: &[&str]) -> Result<Value, Failure> {
    let mut command = Command::new(paths::target().join("release/load"));
    let printed = capture("load", command.args(arguments))?;
    serde_json::from_str(&printed)
        .map_err(|error| Failure::Other(format!("A measurement cannot be read: {error}")))
}

/// The same on a server of its own.
fn load_own(measure: &str, arguments: &[&str]) -> Result<Value, Failure> {
    let server = paths::statecraft();
    let server = server.to_string_lossy();
    load(&[&[measure, "--server", &server], arguments].concat())
}

fn number(found: &Value, name: &str) -> f64 {
    found[name].as_f64().unwrap_or(f64::NAN)
}

const fn line(says: &'static str, found: f64, unit: &'static str, bar: Bar) -> Line {
    Line {
        says,
        found,
        unit,
        bar,
    }
}

fn own(quick: bool) -> Result<Vec<Line>, Failure> {
    let standard = ["--connections", CONNECTIONS, "--rounds", "3"];
    let empty = load_own("own", &standard)?;
    let mut lines = executions(&empty);
    if !quick {
        let filled = load_own("own", &[&standard[..], &["--filled", FILLED]].concat())?;
        lines.extend(kept(&empty, &filled));
    }
    lines.extend(express()?);
    lines.extend(disk(&empty)?);
    lines.extend(waiting()?);
    lines.extend(timers()?);
    lines.extend(rest()?);
    Ok(lines)
}

fn executions(found: &Value) -> Vec<Line> {
    let rate = number(found, "perSecond");
    vec![
        line(
            "10 Pass states, durable, 32 connections, best of 3 rounds",
            rate,
            "/s",
            Bar::AtLeast(2_000.0),
        ),
        line(
            "  start to end, median",
            number(found, "p50Ms"),
            "ms",
            Bar::Open,
        ),
        line(
            "  start to end, 99th percentile",
            number(found, "p99Ms"),
            "ms",
            Bar::Below(50.0),
        ),
    ]
}

fn kept(empty: &Value, filled: &Value) -> Vec<Line> {
    let rate = number(filled, "perSecond");
    let share = rate / number(empty, "perSecond");
    vec![
        line(
            "  with 1,000,000 finished in the database, best of 3 rounds",
            rate,
            "/s",
            Bar::Open,
        ),
        line(
            "  share of the empty database's rate",
            100.0 * share,
            "%",
            Bar::AtLeast(100.0 * KEPT),
        ),
        line(
            "  size of that database",
            number(filled, "databaseMiB"),
            "MiB",
            Bar::Open,
        ),
    ]
}

fn express() -> Result<Vec<Line>, Failure> {
    let arguments = [
        "--kind",
        "express",
        "--connections",
        EXPRESS_CONNECTIONS,
        "--rounds",
        "3",
    ];
    let found = load_own("own", &arguments)?;
    Ok(vec![
        line(
            "Express, synchronous, 8 connections, best of 3 rounds",
            number(&found, "perSecond"),
            "/s",
            Bar::Open,
        ),
        line("  median", number(&found, "p50Ms"), "ms", Bar::Below(3.0)),
        line(
            "  99th percentile",
            number(&found, "p99Ms"),
            "ms",
            Bar::Below(15.0),
        ),
    ])
}

/// What a bare SQLite loop gives that writes as many bytes for an execution, in groups as large as there are connections.
fn disk(empty: &Value) -> Result<Vec<Line>, Failure> {
    let bytes = format!("{:.0}", number(empty, "bytesPerExecution"));
    let found = load(&["disk", "--group", CONNECTIONS, "--bytes", &bytes])?;
    let bare = number(&found, "rowsPerSecond");
    let share = 100.0 * number(empty, "perSecond") / bare;
    Ok(vec![
        line(
            "Bare SQLite, the same bytes in groups of 32",
            bare,
            "/s",
            Bar::Open,
        ),
        line(
            "  share of it that the engine reaches",
            share,
            "%",
            Bar::Open,
        ),
    ])
}

fn waiting() -> Result<Vec<Line>, Failure> {
    let found = load_own("waiting", &[])?;
    Ok(vec![
        line(
            "100,000 waiting, started",
            number(&found, "perSecond"),
            "/s",
            Bar::Open,
        ),
        line(
            "  resident",
            number(&found, "residentMiB"),
            "MiB",
            Bar::Below(200.0),
        ),
        line(
            "  restart to the first answer",
            number(&found, "restartMs"),
            "ms",
            Bar::Below(1_000.0),
        ),
    ])
}

fn timers() -> Result<Vec<Line>, Failure> {
    let arguments = ["--connections", CONNECTIONS, "--executions", "30000"];
    let found = load_own("timers", &arguments)?;
    Ok(vec![
        line(
            "5,000 waits of 1 to 5 s beside 10 Pass states: late, median",
            number(&found, "p50Ms"),
            "ms",
            Bar::Open,
        ),
        line(
            "  99th percentile",
            number(&found, "p99Ms"),
            "ms",
            Bar::Below(250.0),
        ),
        line(
            "  what ran beside them",
            number(&found, "besidePerSecond"),
            "/s",
            Bar::Open,
        ),
    ])
}

fn rest() -> Result<Vec<Line>, Failure> {
    let (history, idle) = (load_own("history", &[])?, load_own("idle", &[])?);
    Ok(vec![
        line(
            "A page of 1,000 of 25,000 events, median",
            number(&history, "p50Ms"),
            "ms",
            Bar::Below(20.0),
        ),
        line(
            "  99th percentile",
            number(&history, "p99Ms"),
            "ms",
            Bar::Open,
        ),
        line(
            "Idle, resident",
            number(&idle, "residentMiB"),
            "MiB",
            Bar::Below(30.0),
        ),
        line(
            "Start to listening",
            number(&idle, "startMs"),
            "ms",
            Bar::Below(100.0),
        ),
    ])
}

/// Moto's server and Statecraft under one and the same load, once each.
fn peer() -> Result<Vec<Line>, Failure> {
    let own = load_own("own", &[&PEERS_LOAD[..], &["--rounds", "1"]].concat())?;
    let peer = Peer::start()?;
    let endpoint = peer.address();
    let found = load(&[&["run", "--endpoint", &endpoint], &PEERS_LOAD[..]].concat())?;
    let (rate, own_rate) = (number(&found, "perSecond"), number(&own, "perSecond"));
    Ok(vec![
        line(
            "moto's server, in memory, 8 connections, 300 executions",
            rate,
            "/s",
            Bar::Open,
        ),
        line(
            "  start to end, 99th percentile",
            number(&found, "p99Ms"),
            "ms",
            Bar::Open,
        ),
        line(
            "  Statecraft, durable, under the same load",
            own_rate,
            "/s",
            Bar::Open,
        ),
        line(
            "  Statecraft does so many times as much",
            own_rate / rate,
            "times",
            Bar::AtLeast(40.0),
        ),
    ])
}

fn shown(line: &Line) -> String {
    let (bar, verdict) = (line.bar.words(), line.bar.verdict(line.found));
    format!(
        "{:<60}{:>12.1} {:<6}{bar:>9} {verdict}",
        line.says, line.found, line.unit
    )
}
