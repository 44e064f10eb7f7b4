//! `GET /api/live`: server-sent events about all executions and reviews.

use super::extract::Asked;
use crate::app::App;
use crate::engine::LiveEvent;
use crate::store::ExecutionSummary;
use crate::time::rfc3339;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::{Stream, StreamExt};
use serde::Deserialize;
use serde_json::{Value, json};
use std::convert::Infallible;
use std::sync::Arc;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::wrappers::errors::BroadcastStreamRecvError;

/// Which executions.
#[derive(Debug, Deserialize)]
pub(crate) struct Which {
    machine: Option<String>,
}

/// Every change from now on. Who lags is told to read again.
pub(crate) async fn live(
    State(app): State<Arc<App>>,
    Asked(which): Asked<Which>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let news = BroadcastStream::new(app.engine.subscribe_live());
    let machine = which.machine;
    let events =
        news.filter_map(move |news| std::future::ready(to_event(news, machine.as_deref()).map(Ok)));
    Sse::new(events.take_until(ending(&app))).keep_alive(KeepAlive::default())
}

/// Comes true when the server ends, so that streams end with it instead of holding it up.
pub(super) fn ending(app: &App) -> impl Future<Output = ()> + Send + use<> {
    let mut ending = app.engine.ending();
    async move {
        // An error says that the engine is gone, which ends the stream as well.
        let _ = ending.wait_for(|ending| *ending).await;
    }
}

fn to_event(
    news: Result<LiveEvent, BroadcastStreamRecvError>,
    machine: Option<&str>,
) -> Option<Event> {
    match news {
        Ok(LiveEvent::Execution(execution)) => {
            let wanted = machine.is_none_or(|name| name == execution.arn.machine_name());
            wanted.then(|| event("execution", &to_json(&execution)))
        }
        Ok(LiveEvent::Review { id, status }) => {
            Some(event("review", &json!({"id": id, "status": status.name()})))
        }
        Err(BroadcastStreamRecvError::Lagged(_)) => Some(event("lagged", &json!({}))),
    }
}

/// An event with JSON in it.
pub(super) fn event(name: &str, data: &Value) -> Event {
    Event::default().event(name).data(data.to_string())
}

fn to_json(execution: &ExecutionSummary) -> Value {
    json!({
        "executionArn": execution.arn.as_str(),
        "name": execution.arn.name(),
        "machine": execution.arn.machine_name(),
        "status": execution.status.name(),
        "startDate": rfc3339(execution.start_ms),
        "stopDate": execution.stop_ms.map(rfc3339),
    })
}
