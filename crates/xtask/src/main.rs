//! What a person types: `cargo xtask setup | serve | check | …`.
//!
//! Every command sets up what it needs and is missing, says what each step does and how long it took, does nothing that is
//! already done, and on failure names the command to run by hand. Nothing here ships.

mod bench;
mod check;
mod front;
mod fuzz;
mod paths;
mod release;
mod sdk;
mod serve;
mod stamp;
mod step;
mod tools;
mod torture;
mod web_engine;

use std::process::ExitCode;
use step::Failure;

const HELP: &str = "\
cargo xtask <command>

  setup            install what building and running needs (wasm target, trunk, wasm-bindgen, npm packages)
  setup --tests    and what the tests need besides (Chromium, Playwright, a Python environment with boto3)
  build            build the studio and the server in release mode
  serve [ARGS…]    build, then run `statecraft serve ARGS…`
  check            everything that CI runs; `check NAME…` runs single steps, `check --list` names them
  fuzz TARGET [MIN]  look for inputs that break TARGET: jsonata, definition, jsonpath, template, notation (needs a nightly compiler); not part of `check`
  bench NAME       how fast things are: `bench jsonata`, `bench language`, `bench engine [quick]`, `bench layout`, `bench studio [ARGS…]`; not part of `check`
  sdk              renew the list of AWS's calls that the palette finds (public/catalog/aws-sdk.txt), from boto3's models
  torture [SEED]   kill a server 50 times under 2,000 executions and look for what was lost; `check` has a short form
  screenshots [DIR]  take pictures of the main pages (light, dark, phone; 5, 50, 1,000 states) and of what the browser tests do,
                   into DIR or target/screenshots, and renew the one that the README shows";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let rest = arguments.get(1..).unwrap_or_default();
    let outcome = match arguments.first().map(String::as_str) {
        Some("setup") => setup(rest),
        Some("build") => build(),
        Some("serve") => build().and_then(|()| serve::serve(rest)),
        Some("check") => check::check(rest),
        Some("bench") => bench::bench(rest),
        Some("fuzz") => fuzz::fuzz(rest),
        Some("sdk") => sdk::renew(),
        Some("torture") => torture::at_length(rest),
        Some("screenshots") => screenshots(rest),
        Some("help" | "--help" | "-h") => {
            step::say(HELP);
            Ok(())
        }
        other => return misuse(other),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            step::say(&format!("\n{failure}"));
            ExitCode::FAILURE
        }
    }
}

fn misuse(command: Option<&str>) -> ExitCode {
    if let Some(command) = command {
        step::say(&format!("There is no command `{command}`.\n"));
    }
    step::say(HELP);
    ExitCode::from(2)
}

fn setup(arguments: &[String]) -> Result<(), Failure> {
    tools::set_up_build()?;
    if arguments.iter().any(|argument| argument == "--tests") {
        tools::set_up_tests()?;
    }
    Ok(())
}

fn build() -> Result<(), Failure> {
    tools::set_up_build()?;
    front::build()?;
    release::build_server()
}

fn screenshots(arguments: &[String]) -> Result<(), Failure> {
    let folder = match arguments.first() {
        Some(folder) => paths::root().join(folder),
        None => paths::target().join("screenshots"),
    };
    build()?;
    tools::set_up_tests()?;
    check::browser::take_screenshots(&folder)
}
