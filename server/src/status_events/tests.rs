//! What becomes of events when nobody takes them.

use super::sender::{Patience, Sender};
use super::*;
use crate::app::App;
use crate::config::{Config, ObjectPlace, Operation};
use crate::engine::StartRequest;
use crate::store::{CreateMachine, Tags};
use asl::check::MachineType;
use axum::http::StatusCode;
use serde_json::json;
use tokio::sync::mpsc::UnboundedReceiver;

/// Longer than any test, unless something is broken.
const LONG: Duration = Duration::from_secs(60);

/// An execution on disk, and a change of it.
struct World {
    _folder: tempfile::TempDir,
    app: Arc<App>,
    change: Change,
}

impl World {
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let app = App::open(config(folder.path())).await.unwrap();
        let arn = app.config.home.machine("m");
        let machine = CreateMachine {
            arn: arn.clone(),
            machine_type: MachineType::Standard,
            definition: r#"{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}"#.into(),
            role_arn: "role".into(),
            settings: json!({}),
            tags: Tags::new(),
            publish: None,
        };
        app.store.create_machine(machine, 1).await.unwrap();
        let request = StartRequest {
            target: arn.into(),
            name: None,
            input: "{}".into(),
            case: None,
            trace_header: None,
        };
        let started = app.engine.start_execution(request).await.unwrap();
        let change = Change {
            execution: started.arn,
            status: ExecutionStatus::Running,
            at_ms: 1,
            failure: None,
            redrive_count: 0,
            redrive_ms: None,
            has_state: false,
            event: 1,
        };
        Self {
            _folder: folder,
            app,
            change,
        }
    }

    /// Sends to `url`, with room for two, and gives up soon.
    fn sending_to(&self, url: &str, in_all: Duration) -> (StatusEvents, Counter) {
        let sink = Receiver::read("statusEvents", &json!({"url": url})).unwrap();
        let pause = Duration::from_millis(1);
        let patience = Patience {
            request: LONG,
            first_pause: pause,
            longest_pause: pause,
            in_all,
        };
        let (dropped, home) = (Counter::default(), &self.app.config.home);
        let sender = Sender::new(&sink, home, &self.app.store, &dropped, patience).unwrap();
        (StatusEvents::with(sender, 2, dropped.clone()), dropped)
    }
}

fn config(folder: &std::path::Path) -> Config {
    Config {
        home: Home {
            region: "us-east-1".into(),
            account_id: "123456789012".into(),
        },
        data: folder.to_owned(),
        lambda_endpoint: None,
        objects: ObjectPlace::Folder,
        http_allow: Vec::new(),
        secret_key: None,
        access_keys: None,
        status_events: None,
        traces: None,
        mocks: None,
        operation: Operation::default(),
    }
}

/// An address that answers every request alike, or never, and what tells of each request.
async fn answering(status: Option<StatusCode>) -> (String, UnboundedReceiver<()>) {
    let (sender, asked) = mpsc::unbounded_channel();
    let routes = axum::Router::new().fallback(async move || {
        sender.send(()).unwrap();
        match status {
            Some(status) => status,
            None => std::future::pending().await,
        }
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, routes).await });
    (format!("http://{address}/"), asked)
}

#[tokio::test]
async fn what_finds_no_room_is_dropped_and_counted_and_the_end_waits_a_bounded_time() {
    let world = World::start().await;
    let (url, mut asked) = answering(None).await;
    let (events, dropped) = world.sending_to(&url, LONG);
    for _ in 0..5 {
        events.see(1, world.change.clone());
    }
    assert_eq!(dropped.get(), 3);
    tokio::time::timeout(LONG, asked.recv()).await.unwrap();
    events.drain(Duration::from_millis(1)).await;
    assert_eq!(dropped.get(), 3);
}

#[tokio::test]
async fn an_event_that_is_refused_for_good_is_sent_once_and_counted() {
    let world = World::start().await;
    let (url, mut asked) = answering(Some(StatusCode::FORBIDDEN)).await;
    let (events, dropped) = world.sending_to(&url, LONG);
    events.see(1, world.change.clone());
    events.drain(LONG).await;
    assert_eq!(dropped.get(), 1);
    assert!(asked.try_recv().is_ok() && asked.try_recv().is_err());
}

#[tokio::test]
async fn an_event_that_nobody_takes_is_given_up_after_a_while() {
    let world = World::start().await;
    let (url, mut asked) = answering(Some(StatusCode::BAD_GATEWAY)).await;
    let (events, dropped) = world.sending_to(&url, Duration::from_millis(200));
    events.see(1, world.change.clone());
    events.drain(LONG).await;
    assert_eq!(dropped.get(), 1);
    assert!(asked.try_recv().is_ok());
    // Whoever comes next has the room again.
    events.see(2, world.change.clone());
    events.drain(LONG).await;
    assert_eq!(dropped.get(), 2);
}

#[tokio::test]
async fn the_events_of_executions_that_are_gone_are_counted() {
    let world = World::start().await;
    let (url, mut asked) = answering(Some(StatusCode::OK)).await;
    let (events, dropped) = world.sending_to(&url, LONG);
    let mut change = world.change.clone();
    change.execution = world.app.config.home.execution("m", "gone");
    events.see(1, change);
    events.drain(LONG).await;
    assert_eq!(dropped.get(), 1);
    assert!(asked.try_recv().is_err());
}
