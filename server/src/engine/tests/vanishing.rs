//! Workers that take a task and are never heard of again.

use super::*;
use futures_util::FutureExt;

#[tokio::test]
async fn a_worker_that_goes_away_while_it_takes_a_task_leaves_it_to_the_next_one() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    let activity = world.activity(false).await;
    world.machine(&activity_machine(&json!({}))).await;
    let arn = world.start("run", &json!({})).await;
    let gone = Box::pin(world.engine.poll_activity(&activity, None));
    assert!(gone.now_or_never().is_none());
    let next = world.engine.poll_activity(&activity, None);
    let task = tokio::time::timeout(DEADLINE, next).await.unwrap();
    let token = task.unwrap().unwrap().token;
    world.engine.task_success(&token, "1".into()).await.unwrap();
    world.finished(&arn).await;
    let types = world.history(&arn).await;
    let started = types.iter().filter(|name| *name == "ActivityStarted");
    assert_eq!(started.count(), 1);
}

#[test]
fn a_task_without_limits_whose_worker_vanished_is_not_even_read_at_a_restart_and_takes_its_answer()
{
    restart(
        async |world| {
            let activity = world.activity(false).await;
            world.machine(&activity_machine(&json!({}))).await;
            let arn = world.start("run", &json!({})).await;
            let task = world.engine.poll_activity(&activity, None).await;
            (arn, task.unwrap().unwrap().token)
        },
        async |world, (arn, token)| {
            let read = world.store.awake(0, i64::MAX, 10).await.unwrap();
            assert!(read.is_empty());
            world.engine.task_success(&token, "1".into()).await.unwrap();
            assert_eq!(world.finished(&arn).await.output.as_deref(), Some("1"));
        },
    );
}

#[test]
fn a_task_whose_worker_vanished_ends_by_its_heartbeat_after_a_restart() {
    restart(
        async |world| {
            let activity = world.activity(false).await;
            let limits = json!({"TimeoutSeconds": 900, "HeartbeatSeconds": 1});
            world.machine(&activity_machine(&limits)).await;
            let arn = world.start("run", &json!({})).await;
            let task = world.engine.poll_activity(&activity, None).await;
            (arn, task.unwrap().unwrap().token)
        },
        async |world, (arn, token)| {
            let end = world.finished(&arn).await;
            assert_eq!(end.error.as_deref(), Some("States.Timeout"));
            let late = world.engine.task_heartbeat(&token).await;
            assert!(matches!(late, Err(AnswerError::Closed)), "{late:?}");
        },
    );
}
