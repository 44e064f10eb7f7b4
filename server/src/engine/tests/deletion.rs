//! Machines that are being deleted, across a restart and with the children of map runs.

use super::*;
use crate::store::MachineStatus;
use futures_util::FutureExt;

impl World {
    async fn until_gone(&self, machine: &MachineArn) {
        let gone = async {
            while self.store.machine(machine).await.unwrap().is_some() {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(DEADLINE, gone).await.unwrap();
    }
}

#[test]
fn a_deletion_that_waits_goes_on_after_a_restart() {
    restart(
        async |world| {
            let activity = world.activity(false).await;
            let machine = world.machine(&activity_machine(&json!({}))).await;
            let execution = world.start("run", &json!({})).await;
            let task = world.engine.poll_activity(&activity, None).await;
            world.engine.delete_machine(&machine).await.unwrap();
            (machine, execution, task.unwrap().unwrap().token)
        },
        async |world, (machine, execution, token)| {
            let refused = world
                .engine
                .start_execution(world.request("other", &json!({})));
            let refused = refused.await.unwrap_err();
            assert!(
                matches!(refused, StartError::MachineIsDeleted(_)),
                "{refused}"
            );
            world.engine.task_success(&token, "1".into()).await.unwrap();
            let status = world.finished(&execution).await.summary.status;
            assert_eq!(status, ExecutionStatus::Aborted);
            world.until_gone(&machine).await;
        },
    );
}

#[tokio::test]
async fn the_children_of_a_map_run_end_with_their_machine() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    let activity = world.activity(false).await;
    let mut processor = activity_machine(&json!({}));
    processor["ProcessorConfig"] = json!({"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"});
    let map = json!({"Type": "Map", "ItemProcessor": processor, "End": true});
    let machine = world
        .machine(&json!({"StartAt": "M", "States": {"M": map}}))
        .await;
    let execution = world.start("run", &json!([1])).await;
    let task = world
        .engine
        .poll_activity(&activity, None)
        .await
        .unwrap()
        .unwrap();
    world.engine.delete_machine(&machine).await.unwrap();
    world
        .engine
        .task_success(&task.token, "1".into())
        .await
        .unwrap();
    let status = world.finished(&execution).await.summary.status;
    assert_eq!(status, ExecutionStatus::Aborted);
    world.until_gone(&machine).await;
}

#[tokio::test]
async fn a_deletion_goes_on_when_its_caller_hangs_up() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    let activity = world.activity(false).await;
    let machine = world.machine(&activity_machine(&json!({}))).await;
    let execution = world.start("run", &json!({})).await;
    let task = world.engine.poll_activity(&activity, None).await;
    let token = task.unwrap().unwrap().token;
    let gone = Box::pin(world.engine.delete_machine(&machine));
    assert!(gone.now_or_never().is_none());
    let is_marked = async || {
        let there = world.store.machine(&machine).await.unwrap().unwrap();
        there.status == MachineStatus::Deleting
    };
    let marked = async {
        while !is_marked().await {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(DEADLINE, marked).await.unwrap();
    // Whoever deletes it holds the order until memory knows, too.
    drop(world.engine.inner.deleting.order().await);
    world.engine.task_success(&token, "1".into()).await.unwrap();
    let status = world.finished(&execution).await.summary.status;
    assert_eq!(status, ExecutionStatus::Aborted);
    world.until_gone(&machine).await;
}

#[tokio::test]
async fn a_machine_is_made_before_or_after_a_deletion_and_not_in_its_midst() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    let wanted = create_machine(
        world.home().machine("m"),
        MachineType::Standard,
        &activity_machine(&json!({})),
    );
    let deletion = world.engine.inner.deleting.order().await;
    let creation = world.engine.create_machine(wanted);
    tokio::pin!(creation);
    assert!((&mut creation).now_or_never().is_none());
    assert_eq!(
        world
            .store
            .machine(&world.home().machine("m"))
            .await
            .unwrap(),
        None
    );
    drop(deletion);
    let created = tokio::time::timeout(DEADLINE, creation).await.unwrap();
    assert!(!created.unwrap().was_there);
}
