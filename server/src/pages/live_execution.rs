//! `GET /api/executions/{machine}/{execution}/live`: server-sent events of one execution.
//!
//! Everything comes from disk, page by page; the engine only says that there is more. So no event is missed and none comes
//! twice, however slow the listener is and wherever it begins.

use super::extract::{Asked, Names};
use super::failure::Failure;
use super::live::{ending, event};
use crate::app::App;
use crate::arn::ExecutionArn;
use crate::engine::Progress;
use crate::store::{Execution, ExecutionStatus, HistoryPage, HistoryQuery, StoreError};
use crate::time::rfc3339;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use tokio::sync::watch;

/// Most history events in one message.
const PAGE: usize = 200;

/// Where to begin.
#[derive(Debug, Deserialize)]
pub(crate) struct From {
    #[serde(default)]
    after: u64,
}

/// The status, the history from after `after`, and, when it has ended, the status again; then the stream ends.
pub(crate) async fn live(
    State(app): State<Arc<App>>,
    Names((machine, execution)): Names<(String, String)>,
    Asked(from): Asked<From>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let arn = app.config.home.execution(&machine, &execution);
    // Listening begins before reading, so that what happens in between is not missed.
    let progress = app.engine.subscribe_execution(&arn);
    let Some(present) = app.store.execution(&arn).await? else {
        let text = format!("There is no run named '{execution}' of '{machine}'.");
        return Err(Failure::not_found(text));
    };
    let resumed = last_event_id(&headers);
    let over = present.summary.status != ExecutionStatus::Running;
    let after = resumed.unwrap_or(from.after);
    if over && resumed.is_some() && page(&app, &arn, after).await?.events.is_empty() {
        // Browsers open a stream that ended again; without content they stop.
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let ready = VecDeque::from([event("status", &status(&present))]);
    let ending = ending(&app);
    let listener = Listener {
        app,
        arn,
        progress,
        after,
        over: false,
        ready,
    };
    let events = stream::unfold(listener, Listener::next).take_until(ending);
    Ok(Sse::new(events)
        .keep_alive(KeepAlive::default())
        .into_response())
}

/// What a browser sends when it opens a broken stream again.
fn last_event_id(headers: &HeaderMap) -> Option<u64> {
    headers.get("last-event-id")?.to_str().ok()?.parse().ok()
}

/// One stream.
struct Listener {
    app: Arc<App>,
    arn: ExecutionArn,
    progress: watch::Receiver<Progress>,
    /// Id of the last event sent.
    after: u64,
    /// Nothing more will come.
    over: bool,
    /// Read and not sent yet.
    ready: VecDeque<Event>,
}

impl Listener {
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        while self.ready.is_empty() && !self.over {
            if let Err(error) = self.read().await {
                tracing::error!(%error, "a live page cannot be read on");
                self.over = true;
            }
        }
        let event = self.ready.pop_front()?;
        Some((Ok(event), self))
    }

    /// Reads what is new; waits when nothing is. The status is read first: when it says that the run has ended, its whole
    /// history is on disk.
    async fn read(&mut self) -> Result<(), StoreError> {
        self.progress.borrow_and_update();
        let execution = self.app.store.execution(&self.arn).await?;
        let ended = execution.filter(|found| found.summary.status != ExecutionStatus::Running);
        let events = page(&self.app, &self.arn, self.after).await?;
        if let Some(last) = events.events.last() {
            self.after = last.id;
            let message = Event::default().event("history").id(last.id.to_string());
            let message = message.data(events.events_text());
            self.ready.push_back(message);
        } else if let Some(execution) = ended {
            self.ready.push_back(event("status", &status(&execution)));
            self.over = true;
        } else if self.progress.changed().await.is_err() {
            self.over = true;
        }
        Ok(())
    }
}

/// The events after `after`, at most a page of them.
async fn page(app: &App, arn: &ExecutionArn, after: u64) -> Result<HistoryPage, StoreError> {
    let query = HistoryQuery {
        from: Some(after.saturating_add(1)),
        reverse: false,
        limit: PAGE,
    };
    Ok(app.store.history(arn, query).await?.unwrap_or_default())
}

fn status(execution: &Execution) -> Value {
    json!({
        "status": execution.summary.status.name(),
        "startDate": rfc3339(execution.summary.start_ms),
        "stopDate": execution.summary.stop_ms.map(rfc3339),
        "output": execution.output,
        "error": execution.error,
        "cause": execution.cause,
    })
}
