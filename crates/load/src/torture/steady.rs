//! A client that outlives the server: it asks until it is answered, wherever the server listens by then.

use crate::LoadError;
use crate::client::Client;
use hyper::StatusCode;
use serde_json::Value;
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// Between two attempts.
const PAUSE: Duration = Duration::from_millis(20);
/// Longest time without an answer.
const PATIENCE: Duration = Duration::from_secs(180);

/// Where the server listens; each start has a port of its own.
#[derive(Debug, Clone, Default)]
pub(super) struct Addresses(watch::Sender<String>);

impl Addresses {
    pub(super) fn publish(&self, address: &str) {
        self.0.send_replace(address.to_owned());
    }

    pub(super) fn client(&self) -> Steady {
        Steady {
            address: self.0.subscribe(),
            client: None,
        }
    }
}

/// Such a client.
pub(super) struct Steady {
    address: watch::Receiver<String>,
    client: Option<Client>,
}

/// What the server said in the end.
pub(super) enum Said {
    /// Yes.
    Yes(Value),
    /// No, by the name of this error.
    No(String),
}

impl Steady {
    /// Asks until the server answers.
    pub(super) async fn ask(&mut self, operation: &str, body: &Value) -> Result<Said, LoadError> {
        let begin = Instant::now();
        loop {
            if let Ok((status, reply)) = self.attempt(operation, body).await
                && !status.is_server_error()
            {
                let reply: Value = serde_json::from_slice(&reply)
                    .map_err(|error| LoadError::Answer(format!("{operation}: {error}")))?;
                return Ok(said(status, reply));
            }
            self.client = None;
            if begin.elapsed() > PATIENCE {
                return Err(LoadError::Answer(format!("{operation} is not answered")));
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Asks for something that the server cannot refuse.
    pub(super) async fn must(&mut self, operation: &str, body: &Value) -> Result<Value, LoadError> {
        match self.ask(operation, body).await? {
            Said::Yes(answer) => Ok(answer),
            Said::No(error) => Err(LoadError::Answer(format!("{operation}: {error}: {body}"))),
        }
    }

    async fn attempt(
        &mut self,
        operation: &str,
        body: &Value,
    ) -> Result<(StatusCode, bytes::Bytes), LoadError> {
        let client = match &mut self.client {
            Some(client) => client,
            empty => {
                let address = self.address.borrow().clone();
                empty.insert(Client::connect(&address).await?)
            }
        };
        client.send(operation, body.to_string()).await
    }
}

fn said(status: StatusCode, reply: Value) -> Said {
    if status.is_success() {
        return Said::Yes(reply);
    }
    let kind = reply["__type"].as_str().unwrap_or_default();
    Said::No(kind.rsplit('#').next().unwrap_or_default().to_owned())
}
