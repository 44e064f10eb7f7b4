//! Redriving map runs, on a real database.

use super::*;
use crate::arn::MapRunArn;
use crate::store::redrive::Reopening;
use crate::store::{ExecutionFilter, ExecutionSummary, MapRun};
use asl::machine::Input;
use asl::machine::map_run::Progress;

/// A distributed Map whose children are tasks of a worker, one after the other.
fn distributed() -> Value {
    let mut child = activity_machine(&json!({}));
    child["ProcessorConfig"] = json!({"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"});
    let map = json!({"Type": "Map", "MaxConcurrency": 1, "ItemProcessor": child, "End": true});
    json!({"StartAt": "M", "States": {"M": map}})
}

impl World {
    /// Waits for the next task, which has this input.
    async fn task(&self, activity: &ActivityArn, input: &str) -> ActivityTask {
        let fetched = self.engine.poll_activity(activity, None);
        let fetched = tokio::time::timeout(DEADLINE, fetched).await.unwrap();
        let task = fetched.unwrap().unwrap();
        assert_eq!(&*task.input, input);
        task
    }

    async fn work(&self, activity: &ActivityArn, input: &str) {
        let task = self.task(activity, input).await;
        let done = self.engine.task_success(&task.token, input.into());
        done.await.unwrap();
    }

    async fn fail(&self, activity: &ActivityArn, input: &str) {
        let task = self.task(activity, input).await;
        let done = self
            .engine
            .task_failure(&task.token, Some("E".into()), None);
        done.await.unwrap();
    }

    /// A run of three items: the first succeeded, the second failed, the third did not begin.
    async fn failed_map(&self, activity: &ActivityArn) -> ExecutionArn {
        self.machine(&distributed()).await;
        let arn = self.start("run", &json!([1, 2, 3])).await;
        self.work(activity, "1").await;
        self.fail(activity, "2").await;
        let end = self.finished(&arn).await;
        let error = end.error.as_deref();
        assert_eq!(error, Some("States.ExceedToleratedFailureThreshold"));
        arn
    }

    async fn only_map_run(&self, execution: &ExecutionArn) -> (MapRun, Progress) {
        let mut page = self.store.map_runs(execution, None, 10).await.unwrap();
        assert_eq!(page.map_runs.len(), 1);
        let map_run = page.map_runs.remove(0);
        let progress = serde_json::from_str(&map_run.progress).unwrap();
        (map_run, progress)
    }

    /// The children, in the order of their numbers.
    async fn children(&self, map_run: &MapRunArn) -> Vec<ExecutionSummary> {
        let filter = ExecutionFilter {
            map_run: Some(map_run.clone()),
            ..ExecutionFilter::default()
        };
        let mut page = self.store.executions(filter, None, 100).await.unwrap();
        let number = |found: &ExecutionSummary| found.child_of.as_ref().unwrap().child;
        page.executions.sort_by_key(number);
        page.executions
    }

    /// Writes a redrive as the server does, without anything that follows from it.
    async fn commit_redrive_only(&self, arn: &ExecutionArn) {
        let inner = &self.engine.inner;
        let id = self.store.execution_id(arn).await.unwrap().unwrap();
        let slot = inner.slots.lock(id).await;
        let found = self.store.redrivable(id).await.unwrap().unwrap();
        let loaded = inner.load(found).await.unwrap();
        let how = Reopening::Redrive { token: None };
        let prepared = inner.prepare_again(slot, loaded, Input::Redrive, how);
        let record = prepared.await.unwrap().take_record();
        self.store.record(record).await.unwrap();
    }
}

#[tokio::test]
async fn a_redriven_map_run_goes_on_with_its_children() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    let activity = world.activity(false).await;
    let arn = world.failed_map(&activity).await;
    let (before, _) = world.only_map_run(&arn).await;
    let failed = world.children(&before.arn).await;
    world.engine.redrive_execution(&arn, None).await.unwrap();
    let task = world.task(&activity, "2").await;
    let (running, progress) = world.only_map_run(&arn).await;
    assert_eq!((&running.arn, running.stop_ms), (&before.arn, None));
    assert_eq!(progress.redrive_count(), 1);
    let done = world.engine.task_success(&task.token, "20".into());
    done.await.unwrap();
    world.work(&activity, "3").await;
    let end = world.finished(&arn).await;
    assert_eq!(end.output.as_deref(), Some("[1,20,3]"));
    let children = world.children(&before.arn).await;
    let counts: Vec<u32> = children.iter().map(|child| child.redrive_count).collect();
    assert_eq!(counts, [0, 1, 0]);
    assert_eq!(children[1].arn, failed[1].arn);
    let history = world.history(&children[1].arn).await;
    let redriven = history.iter().position(|name| name == "ExecutionRedriven");
    assert_eq!(redriven, Some(6), "{history:?}");
    let (_, progress) = world.only_map_run(&arn).await;
    let counts = progress.item_counts();
    assert_eq!((counts.succeeded, counts.failed, counts.total), (3, 0, 3));
}

#[test]
fn a_redrive_whose_effects_were_never_done_reaches_the_map_run_after_a_restart() {
    restart(
        async |world| {
            let activity = world.activity(false).await;
            let arn = world.failed_map(&activity).await;
            world.commit_redrive_only(&arn).await;
            (arn, activity)
        },
        async |world, (arn, activity)| {
            world.work(&activity, "2").await;
            world.work(&activity, "3").await;
            let end = world.finished(&arn).await;
            assert_eq!(end.output.as_deref(), Some("[1,2,3]"));
            let (_, progress) = world.only_map_run(&arn).await;
            assert_eq!(progress.redrive_count(), 1);
        },
    );
}

#[test]
fn a_redriven_map_run_goes_on_after_a_restart_and_can_fail_and_be_redriven_again() {
    restart(
        async |world| {
            let activity = world.activity(false).await;
            let arn = world.failed_map(&activity).await;
            world.engine.redrive_execution(&arn, None).await.unwrap();
            world.fail(&activity, "2").await;
            world.finished(&arn).await;
            world.engine.redrive_execution(&arn, None).await.unwrap();
            world.task(&activity, "2").await;
            (arn, activity)
        },
        async |world, (arn, activity)| {
            world.work(&activity, "2").await;
            world.work(&activity, "3").await;
            let end = world.finished(&arn).await;
            assert_eq!(end.output.as_deref(), Some("[1,2,3]"));
            let (map_run, progress) = world.only_map_run(&arn).await;
            assert_eq!(progress.redrive_count(), 2);
            let children = world.children(&map_run.arn).await;
            assert_eq!(children[1].redrive_count, 2);
        },
    );
}

#[tokio::test]
async fn a_stopped_execution_redrives_its_map_run_once_the_children_have_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    let activity = world.activity(false).await;
    world.machine(&distributed()).await;
    let arn = world.start("run", &json!([1, 2])).await;
    world.task(&activity, "1").await;
    world.engine.stop_execution(&arn, None, None).await.unwrap();
    world.engine.redrive_execution(&arn, None).await.unwrap();
    world.work(&activity, "1").await;
    world.work(&activity, "2").await;
    let end = world.finished(&arn).await;
    assert_eq!(end.output.as_deref(), Some("[1,2]"));
    let types = world.history(&arn).await;
    assert!(types.contains(&"MapRunRedriven".to_owned()), "{types:?}");
}

#[tokio::test]
async fn items_of_a_failed_map_run_are_kept_only_as_long_as_it_can_be_redriven() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    let activity = world.activity(false).await;
    let arn = world.failed_map(&activity).await;
    let (map_run, _) = world.only_map_run(&arn).await;
    let has_items = async || {
        let stored = world.store.stored_map_run(map_run.id).await.unwrap();
        stored.unwrap().items.is_some()
    };
    assert!(has_items().await);
    let later_ms = world.engine.now_ms() + 15 * 24 * 60 * 60 * 1000;
    let dropped = world.store.drop_expired_states(later_ms, 100);
    assert_eq!(dropped.await.unwrap(), 2, "the execution and its child");
    assert!(!has_items().await);
}
