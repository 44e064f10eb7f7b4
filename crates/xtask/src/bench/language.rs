//! The language: checks, the interpreter and the dry run, native and as WebAssembly, and the memory of long runs.
//!
//! The work is that of `crates/asl-bench`; here stand the bars and the table.

use super::bar::{Bar, verdict};
use crate::step::{Failure, capture, run, say, step};
use crate::web_engine::{self, Engine, Goal};
use crate::{paths, tools};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// A line of the table: the work, what is shown of it, the native bar and that of WebAssembly. A chain's bars are transitions
/// in a second, all others milliseconds.
const LINES: &[(&str, &str, Bar, Bar)] = &[
    (
        "check 1 MiB",
        "parse and check 1 MiB",
        Bar::Within(100.0),
        Bar::Within(300.0),
    ),
    (
        "check after an edit",
        "checks after one edit at 200 states",
        Bar::Within(10.0),
        Bar::Within(10.0),
    ),
    (
        "chain, JSONPath",
        "10 Pass states, 1 kB, JSONPath",
        Bar::AtLeast(500_000.0),
        Bar::Open,
    ),
    (
        "chain, JSONata",
        "10 Pass states, 1 kB, JSONata",
        Bar::AtLeast(500_000.0),
        Bar::Open,
    ),
    (
        "working chain, JSONPath",
        "the same with Parameters and ResultPath",
        Bar::Open,
        Bar::Open,
    ),
    (
        "working chain, JSONata",
        "the same with three expressions each",
        Bar::Open,
        Bar::Open,
    ),
    (
        "loop, JSONPath",
        "dry run, 25,000 transitions, JSONPath",
        Bar::Open,
        Bar::Within(1_000.0),
    ),
    (
        "loop, JSONata",
        "dry run, 25,000 transitions, JSONata",
        Bar::Open,
        Bar::Within(1_000.0),
    ),
];

/// Transitions that a dry run of a loop is measured for; a history ends after half of them, so that two runs make one.
const LOOP: f64 = 25_000.0;

/// How much more memory a long history may need than a short one.
const GROWTH: f64 = 1.1;

/// Measures and prints.
pub(crate) fn bench() -> Result<(), Failure> {
    tools::set_up_build()?;
    let (small, fast) = step("Build the language as WebAssembly", || {
        let small = web_engine::build(Engine::Language, Goal::Size)?;
        Ok((small, web_engine::build(Engine::Language, Goal::Speed)?))
    })?;
    step("Build it natively", build_native)?;
    let (times, memory) = step("Measure", || {
        let native = lines(&mut native("bench-time"))?;
        let times = [native, web(&small)?, web(&fast)?];
        Ok((times, lines(&mut native_memory())?))
    })?;
    say(
        "\nNative, as WebAssembly for size (what the studio ships), as WebAssembly for speed; the best of several rounds\n",
    );
    LINES.iter().for_each(|line| say(&shown(line, &times)));
    say("\nThe most bytes in use, as the history of one run grows\n");
    memory.iter().for_each(|line| say(&shown_memory(line)));
    say(&growth(&memory));
    Ok(())
}

fn build_native() -> Result<(), Failure> {
    let mut cargo = Command::new("cargo");
    cargo
        .args(["build", "--release", "--locked", "--package", "asl-bench"])
        .current_dir(paths::root());
    run("Build it natively", &mut cargo)
}

fn native(program: &str) -> Command {
    Command::new(paths::target().join("release").join(program))
}

fn native_memory() -> Command {
    native("bench-memory")
}

fn web(module: &Path) -> Result<Vec<Value>, Failure> {
    let mut node = Command::new("node");
    node.arg("tests/language/bench.mjs")
        .arg(module)
        .current_dir(paths::root());
    lines(&mut node)
}

/// The lines of JSON that a program prints.
fn lines(command: &mut Command) -> Result<Vec<Value>, Failure> {
    let printed = capture("bench", command)?;
    let lines = printed.lines().map(serde_json::from_str);
    lines
        .collect::<Result<_, _>>()
        .map_err(|error| Failure::Other(format!("A measurement cannot be read: {error}")))
}

fn shown((work, text, native, web): &(&str, &str, Bar, Bar), times: &[Vec<Value>; 3]) -> String {
    let cells = times.iter().zip([native, web, web]).map(|(times, bar)| {
        let found = times.iter().find(|line| line["name"] == *work);
        let number = |name: &str| {
            found
                .and_then(|line| line[name].as_f64())
                .unwrap_or(f64::NAN)
        };
        let (ms, units) = (number("ms"), number("units"));
        let is_loop = work.starts_with("loop");
        let ms = if is_loop { ms * LOOP / units } else { ms };
        let rate = units * 1_000.0 / ms;
        let (found, value) = if work.contains("chain") {
            (rate, format!("{rate:.0}/s"))
        } else {
            (ms, format!("{ms:.1} ms"))
        };
        format!("{value:>14} {:<6}", bar.verdict(found))
    });
    format!("{text:<40}{}", cells.collect::<String>())
}

fn shown_memory(line: &Value) -> String {
    let name = line["name"].as_str().unwrap_or_default();
    let number = |name: &str| line[name].as_u64().unwrap_or_default();
    format!(
        "{name:<24}{:>8} bytes of payload {:>7} events {:>12} bytes",
        number("payload"),
        number("history"),
        number("peak")
    )
}

/// Whether a run of the engine needs as much memory after its whole history as at the beginning.
fn growth(memory: &[Value]) -> String {
    let engine = |line: &&Value| {
        line["name"]
            .as_str()
            .is_some_and(|name| name.starts_with("engine"))
    };
    let runs: Vec<&Value> = memory.iter().filter(engine).collect();
    let peak = |line: &Value| line["peak"].as_f64().unwrap_or(f64::NAN);
    let same = |one: &Value, other: &Value| {
        one["name"] == other["name"] && one["payload"] == other["payload"]
    };
    let grows = runs.windows(2).any(|pair| match pair {
        [one, other] => same(one, other) && peak(other) > GROWTH * peak(one),
        _ => false,
    });
    format!(
        "{}  the engine's memory does not grow with the history",
        verdict(!grows)
    )
}
