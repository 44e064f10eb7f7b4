//! A `statecraft serve` of one's own: started, measured, ended.

use crate::LoadError;
use std::path::Path;
use std::process::ExitStatus;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, ChildStdout, Command};

/// Longest time until a server says its address.
const START: Duration = Duration::from_secs(60);
/// Beginnings of the names of variables that set a server up.
const SETTINGS: [&str; 4] = ["AWS_", "OTEL_", "SFN_", "STATECRAFT_"];

/// A server that runs; killed when it is dropped.
pub(crate) struct Server {
    child: Child,
    /// `http://…`
    pub(crate) address: String,
    /// From its start until it said that it listens.
    pub(crate) start: Duration,
}

fn failed(error: std::io::Error) -> LoadError {
    LoadError::System("the server cannot be started", error)
}

impl Server {
    /// Starts the program on a free port, with its data in `folder`.
    pub(crate) async fn start(program: &Path, folder: &Path) -> Result<Self, LoadError> {
        Self::start_with(program, folder, &[]).await
    }

    /// The same, with variables of the environment; those that set up other servers are kept away from it.
    /// [`LoadError::Ended`] when it ends before it listens.
    pub(crate) async fn start_with(
        program: &Path,
        folder: &Path,
        variables: &[(&str, &str)],
    ) -> Result<Self, LoadError> {
        let begin = Instant::now();
        let mut command = Command::new(program);
        without_settings(&mut command);
        let mut child = command
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder)
            .env("RUST_LOG", "warn")
            .envs(variables.iter().copied())
            .stdout(std::process::Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(failed)?;
        let out = child.stdout.take();
        let out = out.ok_or_else(|| LoadError::Answer("the server has no output".into()))?;
        let address = tokio::time::timeout(START, address(&mut child, out)).await;
        let address =
            address.map_err(|_| LoadError::Answer("the server does not start".into()))??;
        Ok(Self {
            child,
            address,
            start: begin.elapsed(),
        })
    }

    /// Memory in use, in MiB.
    pub(crate) fn resident_mib(&self) -> Result<f64, LoadError> {
        let id = self.child.id().unwrap_or_default();
        let status = std::fs::read_to_string(format!("/proc/{id}/status"))
            .map_err(|error| LoadError::System("the server's memory cannot be read", error))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok());
        kib.map(|kib| (kib / 102.4).round() / 10.0)
            .ok_or_else(|| LoadError::Answer("the server's memory is not known".into()))
    }

    /// Bytes handed to the disk since its start, the database's log and its checkpoints.
    pub(crate) fn written(&self) -> Result<u64, LoadError> {
        let id = self.child.id().unwrap_or_default();
        let counts = std::fs::read_to_string(format!("/proc/{id}/io"))
            .map_err(|error| LoadError::System("the server's writes cannot be read", error))?;
        let line = counts
            .lines()
            .find_map(|line| line.strip_prefix("write_bytes:"));
        line.and_then(|count| count.trim().parse().ok())
            .ok_or_else(|| LoadError::Answer("the server's writes are not known".into()))
    }

    /// Waits until it ends by itself; says how.
    pub(crate) async fn ended(&mut self) -> Result<ExitStatus, LoadError> {
        self.child.wait().await.map_err(unwatched)
    }

    /// How it ended by itself; nothing while it runs.
    pub(crate) fn try_ended(&mut self) -> Result<Option<ExitStatus>, LoadError> {
        self.child.try_wait().map_err(unwatched)
    }

    /// Kills it as a power cut would, and waits for its end; says how it ended, which is by itself when it came first.
    pub(crate) async fn kill(mut self) -> Result<ExitStatus, LoadError> {
        let killed = self.child.kill().await;
        killed.map_err(|error| LoadError::System("the server cannot be killed", error))?;
        self.ended().await
    }
}

fn unwatched(error: std::io::Error) -> LoadError {
    LoadError::System("the server cannot be watched", error)
}

fn without_settings(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if SETTINGS.iter().any(|setting| text.starts_with(setting)) {
            command.env_remove(&name);
        }
    }
}

/// The address in the first line that the server says.
async fn address(child: &mut Child, out: ChildStdout) -> Result<String, LoadError> {
    let line = BufReader::new(out).lines().next_line().await;
    let Some(line) = line.map_err(failed)? else {
        return Err(LoadError::Ended(child.wait().await.map_err(unwatched)?));
    };
    let address = line
        .split_whitespace()
        .find(|word| word.starts_with("http://"));
    address
        .map(str::to_owned)
        .ok_or_else(|| LoadError::Answer(format!("the server did not say its address: {line}")))
}

/// A folder that goes away with its value.
pub(crate) fn folder() -> Result<tempfile::TempDir, LoadError> {
    let made = tempfile::Builder::new()
        .prefix("statecraft-load-")
        .tempdir();
    made.map_err(|error| LoadError::System("no folder can be made", error))
}
