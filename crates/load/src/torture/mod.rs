//! Kills a server again and again while mixed executions run on it, and looks at the end whether anything was lost: every
//! execution whose start was acknowledged has exactly the right result, a history without gaps, and nothing done twice.
//!
//! Kills come at random moments (`SIGKILL`) and at the points around every write, which a debug build of the server ends
//! itself at when `STATECRAFT_CRASH_AT` says so.

mod chance;
mod functions;
mod kills;
mod steady;
mod verdict;
mod work;
mod workers;

use crate::server::folder;
use crate::{LoadError, Program};
use chance::Chance;
use functions::Functions;
use kills::Victim;
use serde_json::{Value, json};
use std::sync::Arc;
use steady::Addresses;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use work::Work;

/// How hard.
#[derive(Debug, clap::Args)]
pub(crate) struct TortureArgs {
    #[command(flatten)]
    program: Program,
    /// Executions
    #[arg(long, default_value_t = 2_000)]
    executions: usize,
    /// How often the server is killed
    #[arg(long, default_value_t = 50)]
    kills: usize,
    /// Of chance: the same seed draws the same moments
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Connections that start executions.
const STARTERS: usize = 16;

/// Runs everything and gives what was seen; an error names what was lost.
pub(crate) async fn torture(args: &TortureArgs) -> Result<Value, LoadError> {
    let folder = folder()?;
    let addresses = Addresses::default();
    let functions = Functions::start(addresses.clone()).await?;
    let mut victim = Victim::new(&args.program.server, folder.path(), &functions.address);
    victim.start(None, &addresses).await?;
    let work = Arc::new(Work::create(&addresses).await?);
    let mut workers = workers::start(&addresses, &work);
    let permits = Arc::new(Semaphore::new(0));
    let starters = start(args.executions, &addresses, &work, &permits);
    let mut chance = Chance::new(args.seed);
    let share = args.executions.div_ceil(args.kills + 1);
    for _ in 0..args.kills {
        permits.add_permits(share);
        victim.ordeal(&mut chance, &addresses).await?;
    }
    permits.add_permits(args.executions);
    acknowledged(starters).await?;
    all_at_work(&mut workers)?;
    let seen = verdict::look(&addresses, &work, args.executions).await?;
    all_at_work(&mut workers)?;
    hard_enough(&victim, args.kills)?;
    Ok(json!({
        "executions": args.executions,
        "kills": victim.kills,
        "crashes": victim.crashes,
        "events": seen.events,
        "mapRuns": seen.map_runs,
        "asked": functions.asked(),
    }))
}

/// Starts all executions, each only when there is a permit for it.
fn start(
    executions: usize,
    addresses: &Addresses,
    work: &Arc<Work>,
    permits: &Arc<Semaphore>,
) -> JoinSet<Result<(), LoadError>> {
    let mut starters = JoinSet::new();
    for first in 0..STARTERS {
        let (mut client, work, permits) =
            (addresses.client(), Arc::clone(work), Arc::clone(permits));
        starters.spawn(async move {
            for number in (first..executions).step_by(STARTERS) {
                let permit = permits.acquire().await;
                permit
                    .map_err(|error| LoadError::Answer(error.to_string()))?
                    .forget();
                work.start(&mut client, number).await?;
            }
            Ok(())
        });
    }
    starters
}

async fn acknowledged(mut starters: JoinSet<Result<(), LoadError>>) -> Result<(), LoadError> {
    while let Some(starter) = starters.join_next().await {
        starter.map_err(|error| LoadError::Answer(error.to_string()))??;
    }
    Ok(())
}

/// A worker never ends; one that did says why.
fn all_at_work(workers: &mut JoinSet<Result<(), LoadError>>) -> Result<(), LoadError> {
    match workers.try_join_next() {
        None => Ok(()),
        Some(Ok(Ok(()))) => Err(LoadError::Answer("a worker of the activity ended".into())),
        Some(Ok(Err(error))) => Err(error),
        Some(Err(error)) => Err(LoadError::Answer(format!(
            "a worker of the activity ended: {error}"
        ))),
    }
}

/// A server that did not die as often as it was to, or never at a point, shows nothing.
fn hard_enough(victim: &Victim, kills: usize) -> Result<(), LoadError> {
    let deaths = victim.kills + victim.crashes;
    if deaths < kills {
        return Err(LoadError::Answer(format!(
            "the server died {deaths} times instead of {kills}"
        )));
    }
    if victim.crashes == 0 {
        return Err(LoadError::Answer(
            "the server never ended itself at a point around a write: give a debug build (a release build has no such points), \
             more executions, or another seed"
                .into(),
        ));
    }
    Ok(())
}
