//! Recorded AWS behaviour, replayed against the release build where the recordings are present.
//!
//! The recordings are not part of the project; without them the part says so and passes.

use crate::step::{Failure, run, say};
use crate::{paths, tools};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

const LAMBDA_PORT: &str = "9001";

/// Starts a server on a fresh data folder, runs the cases that need it alone or with Lambda, prints their table.
pub(crate) fn check() -> Result<(), Failure> {
    let runner = recordings().join("run.py");
    if !runner.is_file() {
        say(&format!(
            "  no recordings at {}; nothing to replay",
            recordings().display()
        ));
        return Ok(());
    }
    let data = paths::target().join("conformance-data");
    if data.exists() {
        std::fs::remove_dir_all(&data)?;
    }
    let mut server = start_server(&data)?;
    let outcome = address_of(&mut server).and_then(|address| {
        let mut command = Command::new(tools::python::ensure(tools::python::Use::Clients)?);
        command
            .arg(&runner)
            .args(["--endpoint", &address, "--needs", "lambda"]);
        command.args(["--lambda-port", LAMBDA_PORT, "--lambda-sleep", "8"]);
        run("conformance", &mut command)
    });
    server.kill()?;
    server.wait()?;
    outcome
}

fn recordings() -> PathBuf {
    super::shared().join("conformance")
}

fn start_server(data: &std::path::Path) -> Result<Child, Failure> {
    let mut command = Command::new(paths::statecraft());
    command
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(data)
        .env(
            "AWS_ENDPOINT_URL_LAMBDA",
            format!("http://127.0.0.1:{LAMBDA_PORT}"),
        )
        .stdout(Stdio::piped());
    command.spawn().map_err(Failure::from)
}

/// The server prints its address when it is ready.
fn address_of(server: &mut Child) -> Result<String, Failure> {
    let printed = server
        .stdout
        .take()
        .map(BufReader::new)
        .into_iter()
        .flat_map(BufRead::lines);
    for line in printed {
        let line = line?;
        if let Some(start) = line.find("http://") {
            return Ok(line[start..].trim_end_matches('/').to_owned());
        }
    }
    Err(Failure::Other(
        "The server ended before it said its address.".to_owned(),
    ))
}
