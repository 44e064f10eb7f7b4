//! Workers of the activity: they fetch tasks and answer them, whoever asked before.

use super::steady::{Addresses, Said};
use super::work::Work;
use crate::LoadError;
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::task::JoinSet;

const WORKERS: usize = 4;

/// Starts them; they end when the set is dropped.
pub(super) fn start(addresses: &Addresses, work: &Arc<Work>) -> JoinSet<Result<(), LoadError>> {
    let mut workers = JoinSet::new();
    for _ in 0..WORKERS {
        let (mut client, work) = (addresses.client(), Arc::clone(work));
        workers.spawn(async move {
            let poll = json!({"activityArn": work.activity});
            loop {
                let task = match client.ask("GetActivityTask", &poll).await? {
                    Said::Yes(task) => task,
                    Said::No(error) => return Err(LoadError::Answer(error)),
                };
                let Some(token) = task["taskToken"].as_str() else {
                    continue;
                };
                let input = task["input"].as_str().unwrap_or_default();
                let input: Value = serde_json::from_str(input).unwrap_or_default();
                let output = json!({"n": input["n"].as_u64().unwrap_or_default() + 100});
                let answer = json!({"taskToken": token, "output": output.to_string()});
                // A refusal says that the task was answered before.
                client.ask("SendTaskSuccess", &answer).await?;
            }
        });
    }
    workers
}
