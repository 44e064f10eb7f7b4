//! What a server takes that has nothing to do, and how long it takes to be there.

use crate::LoadError;
use crate::client::Client;
use crate::figures::milliseconds;
use crate::server::{Server, folder};
use serde_json::{Value, json};
use std::path::Path;

/// Starts of which the median counts.
const STARTS: usize = 9;

/// Starts a server on an empty folder, then again on the same one, and lets it answer one request each time.
pub(crate) async fn idle(program: &Path) -> Result<Value, LoadError> {
    let folder = folder()?;
    let (mut starts, mut resident, mut first) = (Vec::new(), 0.0_f64, None);
    for _ in 0..STARTS {
        let server = Server::start(program, folder.path()).await?;
        let mut client = Client::connect(&server.address).await?;
        client.ask("ListStateMachines", &json!({})).await?;
        resident = resident.max(server.resident_mib()?);
        first.get_or_insert(server.start);
        starts.push(server.start);
        server.kill().await?;
    }
    starts.sort_unstable();
    let median = starts.get(STARTS / 2).copied().unwrap_or_default();
    Ok(json!({
        "residentMiB": resident,
        "startMs": milliseconds(median),
        "firstStartMs": milliseconds(first.unwrap_or_default()),
    }))
}
