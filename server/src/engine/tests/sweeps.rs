//! What is removed after its time.

use super::open;
use crate::engine::retention::sweep;
use crate::store::MachineChange;
use serde_json::json;
use std::collections::HashSet;

#[tokio::test]
async fn a_sweep_removes_ended_executions_and_a_revision_that_was_unused_before() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    let pass = json!({"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}});
    let machine = world.machine(&pass).await;
    let arn = world.start("run", &json!({})).await;
    world.finished(&arn).await;
    for role in ["second", "third"] {
        let change = MachineChange {
            role_arn: Some(role.into()),
            ..MachineChange::default()
        };
        world
            .store
            .update_machine(&machine, change, None, 2)
            .await
            .unwrap()
            .unwrap();
    }
    let inner = &world.engine.inner;
    let mut unused = HashSet::new();
    let later = world.engine.now_ms() + 1_000;
    let gone = sweep(inner, later, &mut unused).await.unwrap();
    assert_eq!((gone, unused.len()), (1, 2));
    assert!(world.store.execution(&arn).await.unwrap().is_none());
    sweep(inner, later, &mut unused).await.unwrap();
    assert!(world.store.unused_revisions(10).await.unwrap().is_empty());
    world.start("run", &json!({})).await;
}
