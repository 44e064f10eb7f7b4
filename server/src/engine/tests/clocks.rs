//! What a wall clock that is set back and forth does to what runs: as little as possible.

use super::{DEADLINE, World, activity_machine, config, open_at, restart_at};
use crate::arn::ExecutionArn;
use crate::clock::Settable;
use crate::engine::retention::cutoff_ms;
use crate::engine::{StartRequest, Started};
use crate::store::{Execution, ExecutionStatus, HistoryQuery};
use asl::machine::Finish;
use serde_json::{Value, json};

/// Waits as its input says: `seconds` or `until`.
fn waiting() -> Value {
    json!({"StartAt": "Which", "States": {
        "Which": {"Type": "Choice", "Default": "Until", "Choices": [
            {"Variable": "$.seconds", "IsPresent": true, "Next": "Seconds"},
        ]},
        "Seconds": {"Type": "Wait", "SecondsPath": "$.seconds", "End": true},
        "Until": {"Type": "Wait", "TimestampPath": "$.until", "End": true},
    }})
}

async fn world(folder: &tempfile::TempDir) -> (World, Settable) {
    let wall = Settable::default();
    let world = open_at(folder.path(), wall.clock()).await;
    world.machine(&waiting()).await;
    (world, wall)
}

impl World {
    async fn status(&self, arn: &ExecutionArn) -> ExecutionStatus {
        let execution = self.store.execution(arn).await.unwrap().unwrap();
        execution.summary.status
    }

    /// Lets an execution wait for a second, after which every timer that was due before has fired.
    async fn a_second(&self, name: &str) -> Execution {
        let arn = self.start(name, &json!({"seconds": 1})).await;
        self.finished(&arn).await
    }

    async fn times(&self, arn: &ExecutionArn) -> Vec<f64> {
        let query = HistoryQuery {
            from: None,
            reverse: false,
            limit: 1000,
        };
        let page = self.store.history(arn, query).await.unwrap().unwrap();
        let event = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        let events = page.events.iter().map(|stored| event(stored.text.get()));
        events
            .map(|event| event["timestamp"].as_f64().unwrap())
            .collect()
    }
}

fn timestamp(ms: i64) -> Value {
    json!({"until": jiff::Timestamp::from_millisecond(ms).unwrap().to_string()})
}

#[tokio::test]
async fn a_short_wait_ends_in_its_time_when_the_clock_steps_back_and_no_event_is_older_than_one_before()
 {
    let folder = tempfile::tempdir().unwrap();
    let (world, wall) = world(&folder).await;
    let arn = world.start("run", &json!({"seconds": 1})).await;
    wall.step(-1);
    let end = world.finished(&arn).await.summary;
    assert!(end.stop_ms.unwrap() >= end.start_ms, "{end:?}");
    assert!(world.times(&arn).await.is_sorted());
    let after = world.a_second("after").await.summary;
    assert!(after.start_ms < end.start_ms, "the clock was not set back");
}

#[tokio::test]
async fn a_clock_that_steps_forth_fires_what_is_due_on_disk_and_nothing_that_is_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let (world, wall) = world(&folder).await;
    let soon = world.start("soon", &json!({"seconds": 50})).await;
    let later = world.start("later", &json!({"seconds": 600})).await;
    let at = timestamp(world.engine.now_ms() + 1_800_000);
    let moment = world.start("moment", &at).await;
    let far = world.start("far", &json!({"seconds": 7200})).await;
    wall.step(1);
    world.a_second("second").await;
    for arn in [&later, &moment] {
        world.finished(arn).await;
    }
    for arn in [&soon, &far] {
        assert_eq!(world.status(arn).await, ExecutionStatus::Running);
    }
}

#[tokio::test]
async fn a_clock_that_steps_back_and_forth_again_loses_no_timer_on_disk() {
    let folder = tempfile::tempdir().unwrap();
    let (world, wall) = world(&folder).await;
    let later = world.start("later", &json!({"seconds": 600})).await;
    wall.step(-1);
    world.a_second("back").await;
    assert_eq!(world.status(&later).await, ExecutionStatus::Running);
    wall.step(2);
    world.a_second("forth").await;
    world.finished(&later).await;
    assert!(world.times(&later).await.is_sorted());
}

#[tokio::test]
async fn a_task_times_out_in_its_time_when_the_clock_steps_back() {
    let folder = tempfile::tempdir().unwrap();
    let wall = Settable::default();
    let world = open_at(folder.path(), wall.clock()).await;
    let activity = world.activity(false).await;
    for (name, limit) in [
        ("whole", json!({"TimeoutSeconds": 1})),
        (
            "beat",
            json!({"TimeoutSeconds": 900, "HeartbeatSeconds": 1}),
        ),
    ] {
        let machine = world.named_machine(name, &activity_machine(&limit)).await;
        let request = StartRequest {
            target: machine.into(),
            ..world.request(name, &json!({}))
        };
        let Started { arn, .. } = world.engine.start_execution(request).await.unwrap();
        world.engine.poll_activity(&activity, None).await.unwrap();
        wall.step(-1);
        let end = world.finished(&arn).await;
        assert_eq!(end.error.as_deref(), Some("States.Timeout"));
    }
}

#[tokio::test]
async fn an_express_execution_waits_as_long_as_it_was_told() {
    let folder = tempfile::tempdir().unwrap();
    let (world, wall) = world(&folder).await;
    let machine = world.express_machine("express", &waiting()).await;
    let request = StartRequest {
        target: machine.into(),
        ..world.request("run", &json!({"seconds": 1}))
    };
    let engine = world.engine.clone();
    let run = tokio::spawn(async move { engine.run_express(request).await });
    let begun = async {
        let counted = "statecraft_executions_started_total{";
        while !world.engine.metrics_text().unwrap().contains(counted) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(DEADLINE, begun).await.unwrap();
    wall.step(-1);
    let ended = run.await.unwrap().unwrap();
    assert!(matches!(ended.finish, Finish::Succeeded { .. }));
    assert!(ended.stop_ms >= ended.started.start_ms);
}

#[test]
fn an_execution_goes_on_where_it_was_when_the_clock_is_an_hour_back_after_a_restart() {
    let clocks = [Settable::default(), Settable::default()];
    clocks[1].step(-1);
    let [before, after] = clocks.map(|wall| wall.clock());
    restart_at(
        [before, after],
        async |world| {
            let activity = world.activity(false).await;
            world.machine(&activity_machine(&json!({}))).await;
            (world.start("run", &json!({})).await, activity)
        },
        async |world, (arn, activity)| {
            let polled = world.engine.poll_activity(&activity, None).await;
            let token = polled.unwrap().unwrap().token;
            world.engine.task_success(&token, "1".into()).await.unwrap();
            let end = world.finished(&arn).await.summary;
            assert!(end.stop_ms.unwrap() >= end.start_ms, "{end:?}");
            assert!(world.times(&arn).await.is_sorted());
        },
    );
}

#[tokio::test]
async fn a_clock_that_was_a_year_ahead_for_a_moment_has_removed_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (world, wall) = world(&folder).await;
    let fail = json!({"StartAt": "F", "States": {"F": {"Type": "Fail"}}});
    world.named_machine("fails", &fail).await;
    let request = StartRequest {
        target: world.home().machine("fails").into(),
        ..world.request("run", &json!({}))
    };
    let Started { arn, .. } = world.engine.start_execution(request).await.unwrap();
    let stop_ms = world.finished(&arn).await.summary.stop_ms.unwrap();
    wall.step(24 * 365);
    let inner = &world.engine.inner;
    assert!(cutoff_ms(inner, config(folder.path()).operation.retention_days) < stop_ms);
    inner.drop_expired_states().await.unwrap();
    wall.step(-24 * 365);
    world.engine.redrive_execution(&arn, None).await.unwrap();
}
