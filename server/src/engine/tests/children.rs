//! Executions that a task waits for, across a restart.

use super::*;
use crate::store::journal::{Finished, Record};

/// A machine whose only task starts the machine `child` and waits for it.
async fn parent_and_waiting_child(world: &World) -> (ExecutionArn, ExecutionArn) {
    let wait = json!({"Type": "Wait", "Seconds": 86_400, "End": true});
    let child = json!({"StartAt": "W", "States": {"W": wait}});
    let child = world.named_machine("child", &child).await;
    let task = json!({
        "Type": "Task",
        "Resource": "arn:aws:states:::states:startExecution.sync",
        "Parameters": {"StateMachineArn": child.as_str(), "Name": "made"},
        "End": true,
    });
    let definition = json!({"StartAt": "T", "States": {"T": task}});
    world.machine(&definition).await;
    let parent = world.start("run", &json!({})).await;
    world.until(&parent, "TaskSubmitted").await;
    (parent, world.home().execution("child", "made"))
}

impl World {
    /// Waits until an execution's last event is of this type.
    async fn until(&self, arn: &ExecutionArn, event: &str) {
        let mut progress = self.engine.subscribe_execution(arn);
        while self.history(arn).await.last().map(String::as_str) != Some(event) {
            let changed = tokio::time::timeout(DEADLINE, progress.changed());
            changed.await.unwrap().unwrap();
        }
    }
}

#[test]
fn a_child_whose_parent_ended_just_before_the_kill_is_stopped_after_the_restart() {
    restart(
        async |world| {
            let (parent, child) = parent_and_waiting_child(&world).await;
            let id = world.store.execution_id(&parent).await.unwrap().unwrap();
            // What the engine writes when the parent is stopped, without what it does then.
            let record = Record {
                execution: id,
                now_ms: 1,
                finished: Some(Finished {
                    status: ExecutionStatus::Aborted,
                    output: None,
                    error: None,
                    cause: None,
                    redrivable: None,
                }),
                ..Record::default()
            };
            world.store.record(record).await.unwrap();
            child
        },
        async |world, child| {
            let status = world.finished(&child).await.summary.status;
            assert_eq!(status, ExecutionStatus::Aborted);
            assert!(world.store.orphans(None).await.unwrap().is_empty());
        },
    );
}

#[test]
fn a_parent_that_is_stopped_after_a_restart_stops_its_child() {
    restart(
        async |world| parent_and_waiting_child(&world).await,
        async |world, (parent, child)| {
            let stopped = world.engine.stop_execution(&parent, None, None).await;
            stopped.unwrap();
            let status = world.finished(&child).await.summary.status;
            assert_eq!(status, ExecutionStatus::Aborted);
        },
    );
}
