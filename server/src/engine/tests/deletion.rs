//! Machines that are being deleted, across a restart and with the children of map runs.

use super::*;

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
