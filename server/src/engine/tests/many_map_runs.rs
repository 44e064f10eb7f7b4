//! More map runs than may be open at once.

use super::*;
use crate::store::ExecutionFilter;

/// A distributed Map whose only child is a task of a worker.
fn one_child() -> Value {
    let mut child = activity_machine(&json!({}));
    child["ProcessorConfig"] = json!({"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"});
    let map = json!({"Type": "Map", "ItemProcessor": child, "End": true});
    json!({"StartAt": "M", "States": {"M": map}})
}

impl World {
    async fn next_task(&self, activity: &ActivityArn) -> ActivityTask {
        let fetched = self.engine.poll_activity(activity, None);
        tokio::time::timeout(DEADLINE, fetched)
            .await
            .unwrap()
            .unwrap()
            .unwrap()
    }

    async fn succeed(&self, task: &ActivityTask) {
        let done = self.engine.task_success(&task.token, "1".into());
        done.await.unwrap();
    }

    /// With room for one: a run whose map run failed and is redriven while another one has the room; and that one's task.
    async fn redriven_without_room(
        &self,
        activity: &ActivityArn,
    ) -> (ExecutionArn, ExecutionArn, ActivityTask) {
        let map_runs = &self.engine.inner.map_runs;
        map_runs.allow(1);
        self.machine(&one_child()).await;
        let failed = self.start("failed", &json!(["a"])).await;
        let task = self.next_task(activity).await;
        let done = self.engine.task_failure(&task.token, None, None);
        done.await.unwrap();
        self.finished(&failed).await;
        let other = self.start("other", &json!(["b"])).await;
        let task = self.next_task(activity).await;
        self.engine.redrive_execution(&failed, None).await.unwrap();
        assert_eq!(map_runs.waiting(), 1);
        (failed, other, task)
    }

    /// How many children the map run of an execution has.
    async fn count_of_children(&self, execution: &ExecutionArn) -> usize {
        let mut page = self.store.map_runs(execution, None, 1).await.unwrap();
        let filter = ExecutionFilter {
            map_run: Some(page.map_runs.remove(0).arn),
            ..ExecutionFilter::default()
        };
        let found = self.store.executions(filter, None, 10).await.unwrap();
        found.executions.len()
    }
}

#[test]
fn a_map_run_that_waited_begins_after_a_restart_when_there_is_room() {
    restart(
        async |world| {
            world.engine.inner.map_runs.allow(0);
            let activity = world.activity(false).await;
            world.machine(&one_child()).await;
            let waiting = world.start("run", &json!(["a"])).await;
            assert_eq!(world.count_of_children(&waiting).await, 0);
            (activity, waiting)
        },
        async |world, (activity, waiting)| {
            let task = world.next_task(&activity).await;
            let answered = world.engine.task_success(&task.token, "1".into()).await;
            answered.unwrap();
            let status = world.finished(&waiting).await.summary.status;
            assert_eq!(status, ExecutionStatus::Succeeded);
        },
    );
}

#[tokio::test]
async fn a_map_run_that_waits_has_no_children_and_one_that_is_stopped_makes_no_room() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    world.engine.inner.map_runs.allow(1);
    let activity = world.activity(false).await;
    world.machine(&one_child()).await;
    let first = world.start("first", &json!(["a"])).await;
    let task = world.next_task(&activity).await;
    let second = world.start("second", &json!(["b"])).await;
    let third = world.start("third", &json!(["c"])).await;
    world
        .engine
        .stop_execution(&second, None, None)
        .await
        .unwrap();
    world.finished(&second).await;
    assert_eq!(world.count_of_children(&third).await, 0);
    world
        .engine
        .task_success(&task.token, "1".into())
        .await
        .unwrap();
    world.finished(&first).await;
    assert_eq!(&*world.next_task(&activity).await.input, "\"c\"");
}

#[tokio::test]
async fn a_redriven_map_run_waits_until_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    let activity = world.activity(false).await;
    let (failed, other, task) = world.redriven_without_room(&activity).await;
    world.succeed(&task).await;
    world.finished(&other).await;
    let task = world.next_task(&activity).await;
    assert_eq!(&*task.input, "\"a\"");
    world.succeed(&task).await;
    let status = world.finished(&failed).await.summary.status;
    assert_eq!(status, ExecutionStatus::Succeeded);
}

#[tokio::test]
async fn a_redrive_that_is_stopped_while_it_waits_is_never_begun() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    let activity = world.activity(false).await;
    let (failed, other, task) = world.redriven_without_room(&activity).await;
    world
        .engine
        .stop_execution(&failed, None, None)
        .await
        .unwrap();
    assert_eq!(world.engine.inner.map_runs.waiting(), 0);
    world.start("third", &json!(["c"])).await;
    world.succeed(&task).await;
    world.finished(&other).await;
    assert_eq!(&*world.next_task(&activity).await.input, "\"c\"");
    world.engine.redrive_execution(&failed, None).await.unwrap();
    assert_eq!(world.engine.inner.map_runs.waiting(), 1);
}

#[test]
fn a_redrive_that_waits_reaches_its_map_run_after_a_restart() {
    restart(
        async |world| {
            let activity = world.activity(false).await;
            let (failed, other, _) = world.redriven_without_room(&activity).await;
            (activity, [failed, other])
        },
        async |world, (activity, executions)| {
            for _ in &executions {
                world.succeed(&world.next_task(&activity).await).await;
            }
            for execution in executions {
                let status = world.finished(&execution).await.summary.status;
                assert_eq!(status, ExecutionStatus::Succeeded);
            }
        },
    );
}
