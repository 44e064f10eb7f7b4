//! The server that is killed.

use super::chance::Chance;
use super::steady::Addresses;
use crate::LoadError;
use crate::server::Server;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::time::Duration;

/// The points around a write at which a debug build ends itself (`server/src/store/crash.rs`).
const POINTS: [&str; 4] = ["written", "committed", "answered", "recorded"];
/// Every so many kills one is at a random moment instead of at a point.
const AT_RANDOM: u64 = 3;
/// Milliseconds that a server lives at most.
const LIFE_MS: (u64, u64) = (50, 900);
/// Passages of a point that it survives at most.
const PASSAGES: u64 = 60;
/// Longest life of a server that is to end itself.
const LONGEST: Duration = Duration::from_secs(2);
/// Signals by which a server dies: at a point, which it aborts at, and at a random moment.
const SIGABRT: i32 = 6;
const SIGKILL: i32 = 9;

/// A server in one folder, started anew after each of its deaths.
pub(super) struct Victim {
    program: PathBuf,
    folder: PathBuf,
    functions: String,
    server: Option<Server>,
    /// Deaths at a random moment.
    pub(super) kills: usize,
    /// Deaths at a point around a write.
    pub(super) crashes: usize,
}

impl Victim {
    pub(super) fn new(program: &Path, folder: &Path, functions: &str) -> Self {
        Self {
            program: program.to_owned(),
            folder: folder.to_owned(),
            functions: functions.to_owned(),
            server: None,
            kills: 0,
            crashes: 0,
        }
    }

    /// Starts it; `crash` says where it ends itself.
    pub(super) async fn start(
        &mut self,
        crash: Option<&str>,
        addresses: &Addresses,
    ) -> Result<(), LoadError> {
        let mut variables = vec![("AWS_ENDPOINT_URL_LAMBDA", self.functions.as_str())];
        variables.extend(crash.map(|crash| ("STATECRAFT_CRASH_AT", crash)));
        let server = Server::start_with(&self.program, &self.folder, &variables).await?;
        addresses.publish(&server.address);
        self.server = Some(server);
        Ok(())
    }

    /// Lets it die once, and starts it again; an error when it ends in another way than it should.
    pub(super) async fn ordeal(
        &mut self,
        chance: &mut Chance,
        addresses: &Addresses,
    ) -> Result<(), LoadError> {
        if chance.between(0, AT_RANDOM) == 0 {
            let life = Duration::from_millis(chance.between(LIFE_MS.0, LIFE_MS.1));
            self.kill_after(life).await?;
            return self.start(None, addresses).await;
        }
        let point = POINTS[usize::try_from(chance.between(0, POINTS.len() as u64)).unwrap_or(0)];
        let crash = format!("{point}:{}", chance.between(1, PASSAGES));
        self.kill_after(Duration::ZERO).await?;
        self.crash_at(&crash, addresses).await?;
        self.start(None, addresses).await
    }

    /// Lets it end itself at a point, or kills it when it does not come there. Points are passed before it listens, too.
    async fn crash_at(&mut self, crash: &str, addresses: &Addresses) -> Result<(), LoadError> {
        match self.start(Some(crash), addresses).await {
            Ok(()) => {}
            Err(LoadError::Ended(status)) => return self.crashed(status),
            Err(error) => return Err(error),
        }
        let Some(mut server) = self.server.take() else {
            return Ok(());
        };
        if let Ok(ended) = tokio::time::timeout(LONGEST, server.ended()).await {
            return self.crashed(ended?);
        }
        let status = server.kill().await?;
        if status.signal() == Some(SIGKILL) {
            self.kills += 1;
            return Ok(());
        }
        self.crashed(status)
    }

    /// Counts an end at a point; every other end is the server's fault.
    fn crashed(&mut self, status: ExitStatus) -> Result<(), LoadError> {
        if status.signal() != Some(SIGABRT) {
            return Err(LoadError::Ended(status));
        }
        self.crashes += 1;
        Ok(())
    }

    /// Kills it; an error when it had ended by itself.
    async fn kill_after(&mut self, life: Duration) -> Result<(), LoadError> {
        tokio::time::sleep(life).await;
        let Some(mut server) = self.server.take() else {
            return Ok(());
        };
        if let Some(status) = server.try_ended()? {
            return Err(LoadError::Ended(status));
        }
        let status = server.kill().await?;
        if status.signal() != Some(SIGKILL) {
            return Err(LoadError::Ended(status));
        }
        self.kills += 1;
        Ok(())
    }
}
