//! Arrows run one way: `app` never sees a server crate, `asl` and `jsonata` see neither the browser nor a runtime, a clock or chance.

use crate::paths;
use crate::step::{Failure, capture};
use std::process::Command;

/// A crate of ours and what must not be among all that it depends on.
struct Rule {
    package: &'static str,
    never: &'static [&'static str],
}

const RULES: &[Rule] = &[
    Rule {
        package: "jsonata",
        never: &[
            "app",
            "asl",
            "getrandom",
            "js-sys",
            "rand",
            "regex",
            "regress",
            "server",
            "tokio",
            "wasm-bindgen",
            "web-sys",
            "xtask",
        ],
    },
    Rule {
        package: "asl",
        never: &[
            "app",
            "asl-bench",
            "axum",
            "getrandom",
            "gloo",
            "js-sys",
            "layout-bench",
            "leptos",
            "rand",
            "reqwest",
            "rusqlite",
            "server",
            "tokio",
            "uuid",
            "wasm-bindgen",
            "web-sys",
            "xtask",
        ],
    },
    Rule {
        package: "layout",
        never: &[
            "app",
            "axum",
            "dugong",
            "getrandom",
            "js-sys",
            "leptos",
            "rand",
            "server",
            "tokio",
            "wasm-bindgen",
            "web-sys",
            "xtask",
        ],
    },
    Rule {
        package: "app",
        never: &[
            "asl-bench",
            "axum",
            "dugong",
            "hyper",
            "layout-bench",
            "reqwest",
            "rusqlite",
            "rustls",
            "server",
            "tokio",
            "tower-http",
            "xtask",
        ],
    },
    Rule {
        package: "server",
        never: &[
            "app",
            "asl-bench",
            "dugong",
            "layout-bench",
            "leptos",
            "load",
            "web-sys",
            "xtask",
        ],
    },
    Rule {
        package: "layout-bench",
        never: &[
            "app",
            "asl-bench",
            "axum",
            "leptos",
            "load",
            "rusqlite",
            "server",
            "xtask",
        ],
    },
    Rule {
        package: "load",
        never: &["app", "asl", "axum", "leptos", "server", "xtask"],
    },
];

/// Checks each rule against `cargo tree`.
pub(crate) fn check() -> Result<(), Failure> {
    let broken: Vec<String> = RULES
        .iter()
        .map(broken_by)
        .collect::<Result<Vec<_>, _>>()?
        .concat();
    if broken.is_empty() {
        return Ok(());
    }
    Err(Failure::Other(format!(
        "These must not be depended on:\n  {}",
        broken.join("\n  ")
    )))
}

fn broken_by(rule: &Rule) -> Result<Vec<String>, Failure> {
    // The studio is built for the browser only; the others also run natively.
    let target = if rule.package == "app" {
        "wasm32-unknown-unknown"
    } else {
        "x86_64-unknown-linux-gnu"
    };
    let mut tree = Command::new("cargo");
    tree.args([
        "tree",
        "--locked",
        "--package",
        rule.package,
        "--target",
        target,
    ])
    .args(["--edges", "normal", "--prefix", "none", "--format", "{p}"])
    .current_dir(paths::root());
    let printed = capture("cargo tree", &mut tree)?;
    let names: Vec<&str> = printed
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    let found = rule.never.iter().filter(|never| names.contains(never));
    let why = |name: &&str| {
        format!(
            "{} → {name} (see `cargo tree -p {} -i {name}`)",
            rule.package, rule.package
        )
    };
    Ok(found.map(why).collect())
}
