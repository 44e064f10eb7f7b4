//! Writes what is logged, off every other path.

use super::record::{Level, line};
use super::{BELIEF, Batch, CAPACITY, Message, Silent, file};
use crate::arn::MachineArn;
use crate::store::Store;
use prometheus_client::metrics::counter::Counter;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::PoisonError;
use std::time::Instant;
use tokio::sync::{mpsc, oneshot};

/// Steps written at a time.
const GROUP: usize = 256;

/// What a machine wants to be logged, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wanted {
    level: Level,
    with_data: bool,
    folder: PathBuf,
}

/// The writer of logs.
pub(super) struct Worker {
    store: Store,
    root: PathBuf,
    silent: Silent,
    dropped: Counter,
    known: HashMap<MachineArn, (Instant, Option<Wanted>)>,
}

impl Worker {
    pub(super) fn new(store: Store, root: PathBuf, silent: Silent, dropped: Counter) -> Self {
        Self {
            store,
            root,
            silent,
            dropped,
            known: HashMap::new(),
        }
    }

    /// Writes until nobody sends any more.
    pub(super) async fn run(mut self, mut queue: mpsc::Receiver<Message>) {
        let mut messages = Vec::with_capacity(GROUP);
        while queue.recv_many(&mut messages, GROUP).await > 0 {
            let mut lines = BTreeMap::new();
            let mut waiting: Vec<oneshot::Sender<()>> = Vec::new();
            for message in messages.drain(..) {
                match message {
                    Message::Write(batch) => {
                        if let Some(wanted) = self.wanted(&batch.machine).await {
                            gather(&mut lines, &batch, &wanted);
                        }
                    }
                    Message::Drained(sender) => waiting.push(sender),
                }
            }
            self.write(lines).await;
            for sender in waiting {
                // An error says that nobody waits any more.
                let _ = sender.send(());
            }
        }
    }

    async fn write(&self, lines: Lines) {
        let dropped = self.dropped.clone();
        // A writer that is cut off by the end of the process loses lines, as logs may.
        let written = tokio::task::spawn_blocking(move || write(lines, &dropped)).await;
        if let Err(error) = written {
            tracing::warn!(%error, "logs could not be written");
        }
    }

    /// What the machine wants, as it was a few seconds ago at most. A machine that is gone is logged as it was.
    async fn wanted(&mut self, machine: &MachineArn) -> Option<Wanted> {
        if let Some((found, wanted)) = self.known.get(machine)
            && found.elapsed() < BELIEF
        {
            return wanted.clone();
        }
        let before = self.known.remove(machine).and_then(|(_, wanted)| wanted);
        let wanted = match self.store.machine(machine).await {
            Ok(Some(there)) => read(&there.settings, &self.root),
            Ok(None) | Err(_) => before,
        };
        if self.known.len() >= CAPACITY {
            self.known.clear();
        }
        let found = Instant::now();
        self.known.insert(machine.clone(), (found, wanted.clone()));
        self.note(machine, found, wanted.is_none());
        wanted
    }

    fn note(&self, machine: &MachineArn, found: Instant, is_silent: bool) {
        let mut silent = self.silent.lock().unwrap_or_else(PoisonError::into_inner);
        if silent.len() >= CAPACITY {
            silent.clear();
        }
        if is_silent {
            silent.insert(machine.clone(), found);
        } else {
            silent.remove(machine);
        }
    }
}

/// The `loggingConfiguration` of a machine's settings; `None` when nothing is to be logged.
fn read(settings: &Value, root: &std::path::Path) -> Option<Wanted> {
    let logging = &settings["loggingConfiguration"];
    let group = &logging["destinations"][0]["cloudWatchLogsLogGroup"]["logGroupArn"];
    Some(Wanted {
        level: Level::parse(logging["level"].as_str()?)?,
        with_data: logging["includeExecutionData"].as_bool().unwrap_or(false),
        folder: file::folder(root, group.as_str()?)?,
    })
}

/// Lines by folder and day, and their number.
type Lines = BTreeMap<(PathBuf, String), (String, u64)>;

fn gather(lines: &mut Lines, batch: &Batch, wanted: &Wanted) {
    for event in batch
        .events
        .iter()
        .filter(|event| wanted.level.takes(event))
    {
        let day = crate::time::day(event.timestamp_ms);
        let (text, count) = lines.entry((wanted.folder.clone(), day)).or_default();
        text.push_str(&line(batch, event, wanted.with_data));
        text.push('\n');
        *count += 1;
    }
}

fn write(lines: Lines, dropped: &Counter) {
    for ((folder, day), (text, count)) in lines {
        if let Err(error) = file::append(&folder, &day, &text) {
            dropped.inc_by(count);
            tracing::warn!(folder = %folder.display(), %error, "a log could not be written");
        }
    }
}
