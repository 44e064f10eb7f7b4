//! Express executions that nobody waits for.

use super::*;
use crate::engine::express::MOST_UNAWAITED;

#[tokio::test]
async fn only_so_many_express_executions_run_that_nobody_waits_for() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    let wait = json!({"Type": "Wait", "Seconds": 1, "End": true});
    let wait = json!({"StartAt": "W", "States": {"W": wait}});
    world.express_machine("m", &wait).await;
    let room = &world.engine.inner.unawaited;
    let others = u32::try_from(MOST_UNAWAITED).unwrap() - 1;
    let _others = room.acquire_many(others).await.unwrap();
    let start = async || {
        world
            .engine
            .start_express(world.request("a", &json!({})))
            .await
    };
    start().await.unwrap();
    let refused = start().await.unwrap_err();
    assert!(matches!(refused, StartError::LimitExceeded), "{refused}");
    let awaited = world.engine.run_express(world.request("a", &json!({})));
    awaited.await.unwrap();
    // It gives its place back at its end.
    let place = tokio::time::timeout(DEADLINE, room.acquire()).await;
    drop(place.unwrap().unwrap());
    start().await.unwrap();
}
