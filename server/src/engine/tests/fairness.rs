//! Many calls of one machine and few of another, through a connector that holds calls until the test lets them go.

use super::*;
use crate::connectors::{Job, Ran, TaskAnswer};
use asl::definition::Resource;
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, join_all};
use tokio::sync::{Semaphore, mpsc};

/// Tells of each call and answers it when there is a permit.
#[derive(Debug)]
struct Held {
    begun: mpsc::UnboundedSender<String>,
    let_go: Arc<Semaphore>,
}

impl Connector for Held {
    fn serves(&self, resource: &Resource) -> bool {
        matches!(resource, Resource::Function(_))
    }

    fn describe(&self) -> String {
        "A test".into()
    }

    fn calls_out(&self) -> bool {
        true
    }

    fn run(&self, job: Job) -> BoxFuture<'static, Ran> {
        self.begun.send(job.deployed_name().to_owned()).unwrap();
        let let_go = Arc::clone(&self.let_go);
        async move {
            let_go.acquire().await.unwrap().forget();
            let output = job.request.input;
            Ran::Answer(TaskAnswer::Succeeded { output })
        }
        .boxed()
    }
}

#[tokio::test]
async fn a_call_of_one_machine_does_not_wait_behind_hundreds_of_another_and_those_that_waited_are_answered()
 {
    let folder = tempfile::tempdir().unwrap();
    let (begun, mut calls) = mpsc::unbounded_channel();
    let let_go = Arc::new(Semaphore::new(0));
    let held = Held {
        begun,
        let_go: Arc::clone(&let_go),
    };
    let config = config(folder.path());
    let store = Store::open(&config.data).unwrap();
    let clock = Clock::system();
    let engine = Engine::start(&config, store.clone(), vec![Arc::new(held)], clock);
    let world = World {
        engine: engine.await.unwrap(),
        store,
    };
    let call = json!({"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "End": true});
    let block = json!({"StartAt": "T", "States": {"T": call}});
    world.machine(&block).await;
    let single = world.named_machine("single", &block).await;
    let names: Vec<String> = (0..500).map(|number| format!("run{number}")).collect();
    let input = json!({});
    let many = join_all(names.iter().map(|name| world.start(name, &input))).await;
    let mut next = async || {
        let call = tokio::time::timeout(DEADLINE, calls.recv()).await;
        call.unwrap().unwrap()
    };
    let (under_way, waiting) = world.engine.inner.calls.count();
    assert!(waiting > 0 && under_way + waiting == many.len());
    for _ in 0..under_way {
        assert_eq!(next().await, "m");
    }
    let request = StartRequest {
        target: single.into(),
        ..world.request("one", &json!({}))
    };
    let one = world.engine.start_execution(request).await.unwrap().arn;
    // A part of the places is kept from any one machine, so its call begins although none of the others has ended.
    assert_eq!(next().await, "single");
    let_go.add_permits(many.len() + 1);
    for arn in many.iter().chain([&one]) {
        let end = world.finished(arn).await;
        assert_eq!(end.summary.status, ExecutionStatus::Succeeded);
    }
    assert_eq!(world.engine.inner.calls.count(), (0, 0));
}
