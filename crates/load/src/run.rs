//! Executions a second, from start to end: every connection starts one, looks until it has ended, and starts the next.

use crate::LoadError;
use crate::client::{Client, text};
use crate::figures::latencies;
use crate::server::{Server, folder};
use crate::{Program, machines};
use hyper::StatusCode;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// Between two looks at an execution that runs.
const POLL: Duration = Duration::from_millis(2);
/// Longest time that one execution may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// The kind of machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Kind {
    /// StartExecution, then DescribeExecution until it has ended
    Standard,
    /// StartSyncExecution
    Express,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Standard => "STANDARD",
            Self::Express => "EXPRESS",
        }
    }
}

/// How much is asked, and by how many at a time.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Plan {
    /// Pass states in a row
    #[arg(long, default_value_t = 10)]
    states: usize,
    /// Executions that are measured
    #[arg(long, default_value_t = 20_000)]
    executions: usize,
    /// Connections that ask at the same time
    #[arg(long, default_value_t = 32)]
    connections: usize,
    /// Executions before the measurement begins
    #[arg(long, default_value_t = 500)]
    warmup: usize,
    /// Kind of machine
    #[arg(long, value_enum, default_value = "standard")]
    kind: Kind,
}

/// A server that runs already.
#[derive(Debug, clap::Args)]
pub(crate) struct RunArgs {
    /// Its address
    #[arg(long)]
    pub(crate) endpoint: String,
    #[command(flatten)]
    pub(crate) plan: Plan,
}

/// A server of its own.
#[derive(Debug, clap::Args)]
pub(crate) struct OwnArgs {
    #[command(flatten)]
    program: Program,
    #[command(flatten)]
    plan: Plan,
    /// Finished executions in the database before anything is measured
    #[arg(long, default_value_t = 0)]
    filled: usize,
    /// Rounds; the best one counts
    #[arg(long, default_value_t = 1)]
    rounds: usize,
}

/// Measures a server of its own.
pub(crate) async fn own(args: &OwnArgs) -> Result<Value, LoadError> {
    let folder = folder()?;
    let server = Server::start(&args.program.server, folder.path()).await?;
    if args.filled > 0 {
        fill(&server.address, args.filled, args.plan.connections).await?;
    }
    let mut best = Value::Null;
    for _ in 0..args.rounds.max(1) {
        let before = server.written()?;
        let mut found = run(&server.address, &args.plan).await?;
        let asked = args.plan.executions + args.plan.warmup;
        // Every byte goes to the disk twice: with its commit, and when the log is worked into the database.
        found["bytesPerExecution"] =
            json!((server.written()? - before) / (2 * asked.max(1) as u64));
        let rate = |value: &Value| value["perSecond"].as_f64().unwrap_or(0.0);
        if rate(&found) > rate(&best) {
            best = found;
        }
    }
    best["residentMiB"] = server.resident_mib()?.into();
    best["databaseMiB"] = (database_bytes(folder.path()) / 1_048_576).into();
    server.kill().await?;
    Ok(best)
}

fn database_bytes(folder: &Path) -> u64 {
    std::fs::metadata(folder.join("statecraft.db")).map_or(0, |found| found.len())
}

/// Starts and forgets so many executions, which have ended when their start is answered.
async fn fill(endpoint: &str, executions: usize, connections: usize) -> Result<(), LoadError> {
    let mut client = Client::connect(endpoint).await?;
    let machine = machines::create(&mut client, "filled", &machines::chain(10), "STANDARD").await?;
    let asked = Asked::new(&machine, Kind::Standard, executions, "old");
    let mut workers = JoinSet::new();
    for _ in 0..connections {
        let (mut client, asked) = (Client::connect(endpoint).await?, asked.clone());
        workers.spawn(async move {
            while let Some(body) = asked.next() {
                started(&mut client, body).await?;
            }
            Ok::<_, LoadError>(())
        });
    }
    all(workers).await.map(drop)
}

/// Measures the server at `endpoint`.
pub(crate) async fn run(endpoint: &str, plan: &Plan) -> Result<Value, LoadError> {
    let mut client = Client::connect(endpoint).await?;
    let name = format!("load-{}", unique());
    let definition = machines::chain(plan.states);
    let machine = machines::create(&mut client, &name, &definition, plan.kind.name()).await?;
    round(
        endpoint,
        plan,
        &Asked::new(&machine, plan.kind, plan.warmup, "w"),
    )
    .await?;
    let begin = Instant::now();
    let asked = Asked::new(&machine, plan.kind, plan.executions, "m");
    let times = round(endpoint, plan, &asked).await?;
    let rate = times.len() as f64 / begin.elapsed().as_secs_f64();
    let mut found = latencies(times);
    found["perSecond"] = json!((rate * 10.0).round() / 10.0);
    Ok(found)
}

/// Lets all connections work until everything is asked.
async fn round(endpoint: &str, plan: &Plan, asked: &Asked) -> Result<Vec<Duration>, LoadError> {
    let mut workers = JoinSet::new();
    for _ in 0..plan.connections {
        let (mut client, asked) = (Client::connect(endpoint).await?, asked.clone());
        workers.spawn(async move {
            let mut times = Vec::new();
            while let Some(body) = asked.next() {
                let begin = Instant::now();
                match asked.kind {
                    Kind::Standard => to_the_end(&mut client, body, begin).await?,
                    Kind::Express => synchronous(&mut client, body).await?,
                }
                times.push(begin.elapsed());
            }
            Ok(times)
        });
    }
    Ok(all(workers).await?.into_iter().flatten().collect())
}

/// What all workers give, or what went wrong first.
pub(crate) async fn all<T: 'static>(
    mut workers: JoinSet<Result<T, LoadError>>,
) -> Result<Vec<T>, LoadError> {
    let mut results = Vec::new();
    while let Some(worker) = workers.join_next().await {
        let worker = worker.map_err(|error| LoadError::Answer(error.to_string()))?;
        results.push(worker?);
    }
    Ok(results)
}

/// What is still to be asked, shared by all connections.
#[derive(Clone)]
struct Asked {
    machine: Arc<str>,
    kind: Kind,
    left: Arc<AtomicUsize>,
    name: Arc<str>,
}

impl Asked {
    fn new(machine: &str, kind: Kind, count: usize, label: &str) -> Self {
        Self {
            machine: machine.into(),
            kind,
            left: Arc::new(AtomicUsize::new(count)),
            name: format!("{label}-{}", unique()).into(),
        }
    }

    /// The body of the next request.
    fn next(&self) -> Option<String> {
        let less = |left: usize| left.checked_sub(1);
        let left = self
            .left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, less)
            .ok()?;
        let (machine, name) = (&self.machine, &self.name);
        Some(format!(
            r#"{{"stateMachineArn":"{machine}","name":"{name}-{left}","input":"{{\"n\":1}}"}}"#
        ))
    }
}

fn unique() -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    format!("{:x}", now.unwrap_or_default().as_nanos())
}

async fn started(client: &mut Client, body: String) -> Result<String, LoadError> {
    let (status, reply) = client.send("StartExecution", body).await?;
    text(&accepted("StartExecution", status, &reply)?, "executionArn")
}

async fn synchronous(client: &mut Client, body: String) -> Result<(), LoadError> {
    let (status, reply) = client.send("StartSyncExecution", body).await?;
    has_succeeded(&accepted("StartSyncExecution", status, &reply)?).map(drop)
}

async fn to_the_end(client: &mut Client, body: String, begin: Instant) -> Result<(), LoadError> {
    let execution = started(client, body).await?;
    loop {
        let body = format!(r#"{{"executionArn":"{execution}"}}"#);
        let (status, reply) = client.send("DescribeExecution", body).await?;
        if has_succeeded(&accepted("DescribeExecution", status, &reply)?)? {
            return Ok(());
        }
        if begin.elapsed() > PATIENCE {
            return Err(LoadError::Answer(format!("{execution} does not end")));
        }
        tokio::time::sleep(POLL).await;
    }
}

/// The answer to an operation that has to succeed.
pub(crate) fn accepted(
    operation: &'static str,
    status: StatusCode,
    reply: &[u8],
) -> Result<Value, LoadError> {
    if status != StatusCode::OK {
        return Err(LoadError::Refused {
            operation,
            status: status.as_u16(),
            body: String::from_utf8_lossy(reply).into_owned(),
        });
    }
    serde_json::from_slice(reply)
        .map_err(|error| LoadError::Answer(format!("{operation}: {error}")))
}

/// `false` while it runs.
fn has_succeeded(answer: &Value) -> Result<bool, LoadError> {
    match text(answer, "status")?.as_str() {
        "RUNNING" => Ok(false),
        "SUCCEEDED" => Ok(true),
        _ => Err(LoadError::Answer(format!("an execution failed: {answer}"))),
    }
}
