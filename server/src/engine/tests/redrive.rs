//! Redriving executions, on a real database.

use super::*;
use crate::store::ExecutionFilter;

/// Types of the events that a redrive appended.
fn appended(history: &[String]) -> Vec<&str> {
    let at = history.iter().rposition(|name| name == "ExecutionRedriven");
    history[at.expect("it was redriven")..]
        .iter()
        .map(String::as_str)
        .collect()
}

impl World {
    async fn redrive(&self, arn: &ExecutionArn, token: &str) -> Result<i64, RedriveError> {
        self.engine
            .redrive_execution(arn, Some(token.to_owned()))
            .await
    }

    async fn fetch(&self, activity: &ActivityArn) -> ActivityTask {
        let fetched = self.engine.poll_activity(activity, None);
        let fetched = tokio::time::timeout(DEADLINE, fetched).await.unwrap();
        fetched.unwrap().unwrap()
    }

    /// A run of the activity machine, failed by its worker.
    async fn failed(&self, activity: &ActivityArn) -> ExecutionArn {
        let arn = self.start("run", &json!({"x": 0})).await;
        let task = self.fetch(activity).await;
        let failure = self
            .engine
            .task_failure(&task.token, Some("E".into()), None);
        failure.await.unwrap();
        assert_eq!(
            self.finished(&arn).await.summary.status,
            ExecutionStatus::Failed
        );
        arn
    }

    async fn described(&self, arn: &ExecutionArn) -> Execution {
        self.store.execution(arn).await.unwrap().unwrap()
    }
}

#[tokio::test]
async fn a_failed_execution_goes_on_where_it_failed_and_appends_to_its_history() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    let activity = world.activity(false).await;
    world.machine(&activity_machine(&json!({}))).await;
    let arn = world.failed(&activity).await;
    let change = crate::store::MachineChange {
        definition: Some(json!({"StartAt": "F", "States": {"F": {"Type": "Fail"}}}).to_string()),
        ..crate::store::MachineChange::default()
    };
    let machine = world.home().machine("m");
    world
        .store
        .update_machine(&machine, change, None, 2)
        .await
        .unwrap()
        .unwrap();
    let mut live = world.engine.subscribe_live();
    let redriven_ms = world.redrive(&arn, "t").await.unwrap();
    let running = world.described(&arn).await;
    assert_eq!(
        (running.summary.status, running.summary.stop_ms),
        (ExecutionStatus::Running, None)
    );
    assert_eq!(running.summary.redrive_ms, Some(redriven_ms));
    assert_eq!((running.error, running.cause), (None, None));
    let Ok(LiveEvent::Execution(told)) = live.try_recv() else {
        panic!("lists are told that it runs again");
    };
    assert_eq!(
        (told.status, told.redrive_count),
        (ExecutionStatus::Running, 1)
    );
    let task = world.fetch(&activity).await;
    world
        .engine
        .task_success(&task.token, "7".into())
        .await
        .unwrap();
    let end = world.finished(&arn).await;
    assert_eq!(end.output.as_deref(), Some("7"));
    assert_eq!(end.summary.redrive_count, 1);
    assert_eq!(
        appended(&world.history(&arn).await),
        [
            "ExecutionRedriven",
            "ActivityScheduled",
            "ActivityStarted",
            "ActivitySucceeded",
            "TaskStateExited",
            "ExecutionSucceeded"
        ]
    );
}

#[tokio::test]
async fn a_client_token_redrives_once_and_another_one_only_what_has_ended() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    let activity = world.activity(false).await;
    world.machine(&activity_machine(&json!({}))).await;
    let arn = world.failed(&activity).await;
    let first = world.redrive(&arn, "t").await.unwrap();
    assert_eq!(world.redrive(&arn, "t").await.unwrap(), first);
    let other = world.redrive(&arn, "u").await;
    assert!(
        matches!(
            other,
            Err(RedriveError::NotRedrivable(NotRedrivable::Running))
        ),
        "{other:?}"
    );
    world.engine.stop_execution(&arn, None, None).await.unwrap();
    assert_eq!(world.redrive(&arn, "t").await.unwrap(), first);
    assert_eq!(
        world.described(&arn).await.summary.status,
        ExecutionStatus::Aborted,
        "the token was used before"
    );
    world.redrive(&arn, "u").await.unwrap();
    assert_eq!(world.described(&arn).await.summary.redrive_count, 2);
}

#[tokio::test]
async fn many_redrives_at_once_are_one() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    let activity = world.activity(false).await;
    world.machine(&activity_machine(&json!({}))).await;
    let arn = world.failed(&activity).await;
    let tokens: Vec<String> = (0..8).map(|at| format!("t{at}")).collect();
    let asked = tokens.iter().map(|token| world.redrive(&arn, token));
    let answers = futures_util::future::join_all(asked).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    let history = world.history(&arn).await;
    let redrives = history.iter().filter(|name| *name == "ExecutionRedriven");
    assert_eq!(redrives.count(), 1);
}

#[tokio::test]
async fn a_review_of_a_stopped_run_is_asked_anew_when_the_run_is_redriven() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    world.activity(true).await;
    world.machine(&activity_machine(&json!({}))).await;
    let arn = world.start("run", &json!({"Question": "Ship?"})).await;
    let first = world.store.reviews(false, 10).await.unwrap().remove(0);
    world.engine.stop_execution(&arn, None, None).await.unwrap();
    world.redrive(&arn, "t").await.unwrap();
    let second = world.store.reviews(false, 10).await.unwrap().remove(0);
    assert_ne!(first.id, second.id);
    let late = world
        .engine
        .decide(&first.id, decision("Ada", Verdict::Approve));
    assert!(matches!(late.await, Err(DecideError::Gone(_))));
    let decided = world
        .engine
        .decide(&second.id, decision("Ada", Verdict::Approve));
    decided.await.unwrap();
    assert_eq!(
        world.finished(&arn).await.summary.status,
        ExecutionStatus::Succeeded
    );
}

#[tokio::test]
async fn a_state_that_fails_at_once_again_can_be_redriven_again() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    let definition = json!({"StartAt": "F", "States": {"F": {"Type": "Fail", "Error": "E"}}});
    world.machine(&definition).await;
    let arn = world.start("run", &json!({})).await;
    for count in 1..=3 {
        world.redrive(&arn, &format!("t{count}")).await.unwrap();
        let end = world.described(&arn).await;
        assert_eq!(end.summary.status, ExecutionStatus::Failed);
        assert_eq!(
            (end.summary.redrive_count, end.error.as_deref()),
            (count, Some("E"))
        );
    }
    assert_eq!(
        appended(&world.history(&arn).await),
        ["ExecutionRedriven", "FailStateEntered", "ExecutionFailed"]
    );
}

#[tokio::test]
async fn what_cannot_be_redriven_says_why_in_the_words_of_aws() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    let activity = world.activity(false).await;
    world.machine(&activity_machine(&json!({}))).await;
    let arn = world.failed(&activity).await;
    let failed = world.described(&arn).await;
    let stop_ms = failed.summary.stop_ms.unwrap();
    let day_ms = 24 * 60 * 60 * 1000;
    let reason = |execution: &Execution, now_ms: i64| match redrive_status(execution, now_ms) {
        RedriveStatus::Not(reason) => reason.to_string(),
        other => format!("{other:?}"),
    };
    assert_eq!(reason(&failed, stop_ms + 14 * day_ms - 1), "Redrivable");
    assert_eq!(
        reason(&failed, stop_ms + 14 * day_ms),
        "Execution redrivable period exceeded"
    );
    let mut old = failed.clone();
    old.summary.start_ms = stop_ms - 365 * day_ms;
    assert_eq!(
        reason(&old, stop_ms),
        "Execution has exceeded the max execution time"
    );
    let mut full = failed.clone();
    full.leftover.last_event = 24_999;
    assert_eq!(
        reason(&full, stop_ms),
        "Execution history event limit exceeded"
    );
    let mut older = failed.clone();
    older.leftover.has_state = false;
    older.leftover.is_older = true;
    assert_eq!(
        reason(&older, stop_ms),
        "Execution was started before the launch of RedriveExecution"
    );
    world
        .store
        .delete_machine(&world.home().machine("m"))
        .await
        .unwrap();
    let refused = world.redrive(&arn, "t").await.unwrap_err();
    assert_eq!(refused.to_string(), "State machine is in DELETING status");
}

#[tokio::test]
async fn neither_a_start_nor_a_redrive_exceeds_the_number_of_open_executions() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    let activity = world.activity(false).await;
    world.machine(&activity_machine(&json!({}))).await;
    let arn = world.failed(&activity).await;
    let open = &world.engine.inner.open;
    open.change(open::MOST_OPEN);
    let refused = world.redrive(&arn, "t").await;
    assert!(matches!(refused, Err(RedriveError::LimitExceeded)));
    let refused = world
        .engine
        .start_execution(world.request("other", &json!({})));
    assert!(matches!(refused.await, Err(StartError::LimitExceeded)));
    open.change(-1);
    world.redrive(&arn, "t").await.unwrap();
    assert!(open.is_full(), "it counts again");
    world.engine.stop_execution(&arn, None, None).await.unwrap();
    assert!(!open.is_full());
}

#[test]
fn after_a_restart_a_redriven_execution_goes_on_and_its_client_token_is_known() {
    restart(
        async |world| {
            let activity = world.activity(false).await;
            world.machine(&activity_machine(&json!({}))).await;
            let arn = world.failed(&activity).await;
            let redriven_ms = world.redrive(&arn, "t").await.unwrap();
            (arn, activity, redriven_ms)
        },
        async |world, (arn, activity, redriven_ms)| {
            assert_eq!(world.redrive(&arn, "t").await.unwrap(), redriven_ms);
            let task = world.fetch(&activity).await;
            world
                .engine
                .task_success(&task.token, "1".into())
                .await
                .unwrap();
            assert_eq!(world.finished(&arn).await.output.as_deref(), Some("1"));
            let filter = ExecutionFilter {
                redriven: Some(true),
                ..ExecutionFilter::default()
            };
            let listed = world.store.executions(filter, None, 10).await.unwrap();
            assert_eq!(listed.executions.len(), 1);
        },
    );
}

#[test]
fn a_failed_execution_can_be_redriven_after_a_restart_and_its_wait_begins_anew() {
    restart(
        async |world| {
            let wait = json!({"Type": "Wait", "Seconds": 1, "Next": "P"});
            let states = json!({"W": wait, "P": {"Type": "Pass", "End": true}});
            world
                .machine(&json!({"StartAt": "W", "States": states}))
                .await;
            let arn = world.start("run", &json!({})).await;
            world.engine.stop_execution(&arn, None, None).await.unwrap();
            arn
        },
        async |world, arn| {
            assert_eq!(
                world.described(&arn).await.summary.status,
                ExecutionStatus::Aborted
            );
            world.redrive(&arn, "t").await.unwrap();
            assert_eq!(
                world.finished(&arn).await.summary.status,
                ExecutionStatus::Succeeded
            );
        },
    );
}
