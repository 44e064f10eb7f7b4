//! Sends events to their address, off every other path.

use super::{Change, Waiting, form};
use crate::arn::Home;
use crate::config::Receiver;
use crate::ids;
use crate::store::Store;
use bytes::Bytes;
use prometheus_client::metrics::counter::Counter;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Client, StatusCode, Url, redirect};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::Instant;

/// How long is waited for whom.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// Longest time of one request.
    pub(super) request: Duration,
    /// Pause before the second request; each further one is twice as long.
    pub(super) first_pause: Duration,
    /// Longest pause.
    pub(super) longest_pause: Duration,
    /// From the first request of an event on; after that it is given up.
    pub(super) in_all: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            request: Duration::from_secs(10),
            first_pause: Duration::from_millis(200),
            longest_pause: Duration::from_secs(10),
            in_all: Duration::from_secs(60),
        }
    }
}

/// Why an event did not arrive.
#[derive(Debug, thiserror::Error)]
enum Fault {
    /// It may arrive when it is sent again.
    #[error("{0}")]
    Passing(String),
    /// It never will.
    #[error("{0}")]
    Lasting(String),
}

/// Sends events to one address.
#[derive(Debug)]
pub(super) struct Sender {
    client: Client,
    url: Url,
    headers: HeaderMap,
    home: Home,
    store: Store,
    dropped: Counter,
    patience: Patience,
}

impl Sender {
    /// `None` when no HTTP client can be made.
    pub(super) fn new(
        sink: &Receiver,
        home: &Home,
        store: &Store,
        dropped: &Counter,
        patience: Patience,
    ) -> Option<Self> {
        let client = Client::builder()
            .timeout(patience.request)
            .redirect(redirect::Policy::none())
            .no_proxy()
            .build();
        let client = client
            .inspect_err(|error| tracing::error!(%error, "no HTTP client can be made"))
            .ok()?;
        Some(Self {
            client,
            url: sink.url.clone(),
            headers: sink.headers.clone(),
            home: home.clone(),
            store: store.clone(),
            dropped: dropped.clone(),
            patience,
        })
    }

    /// Sends one event after the other until nobody gives any more.
    pub(super) async fn run(
        self: std::sync::Arc<Self>,
        mut changes: mpsc::UnboundedReceiver<Waiting>,
    ) {
        while let Some(waiting) = changes.recv().await {
            if let Err(fault) = self.deliver(&waiting.change).await {
                self.dropped.inc();
                let execution = &waiting.change.execution;
                tracing::warn!(%execution, %fault, "a status event was not delivered");
            }
        }
    }

    async fn deliver(&self, change: &Change) -> Result<(), Fault> {
        let found = self.store.execution(&change.execution).await;
        let found = found.map_err(|error| Fault::Lasting(error.to_string()))?;
        let execution =
            found.ok_or_else(|| Fault::Lasting("the execution was removed".to_owned()))?;
        let id = ids::uuid().map_err(|error| Fault::Lasting(error.to_string()))?;
        let event = form::event(&self.home, &id, change, execution);
        self.post_patiently(Bytes::from(event.to_string())).await
    }

    /// Sends until it arrives, it is clear that it never will, or patience is at its end.
    async fn post_patiently(&self, body: Bytes) -> Result<(), Fault> {
        let end = Instant::now() + self.patience.in_all;
        let mut pause = self.patience.first_pause;
        loop {
            match self.post(body.clone()).await {
                Err(Fault::Passing(_)) if Instant::now() + pause < end => {
                    tokio::time::sleep(pause).await;
                    pause = (pause * 2).min(self.patience.longest_pause);
                }
                result => return result,
            }
        }
    }

    async fn post(&self, body: Bytes) -> Result<(), Fault> {
        let request = self
            .client
            .post(self.url.clone())
            .headers(self.headers.clone())
            .header(CONTENT_TYPE, "application/json")
            .body(body);
        // The address may hold secrets.
        let failed = |error: reqwest::Error| Fault::Passing(error.without_url().to_string());
        let status = request.send().await.map_err(failed)?.status();
        if status.is_success() {
            return Ok(());
        }
        let fault = format!("the answer was {status}");
        Err(if is_passing(status) {
            Fault::Passing(fault)
        } else {
            Fault::Lasting(fault)
        })
    }
}

/// Answers of somebody who may take the same request later.
fn is_passing(status: StatusCode) -> bool {
    let waits = [StatusCode::REQUEST_TIMEOUT, StatusCode::TOO_MANY_REQUESTS];
    status.is_server_error() || waits.contains(&status)
}
