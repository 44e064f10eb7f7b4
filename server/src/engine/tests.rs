//! The engine as a whole, on a real database.

mod children;
mod clocks;
mod deletion;
mod express;
mod fairness;
mod many_map_runs;
mod redrive;
mod redriven_map_runs;
mod samples;
mod sweeps;
mod vanishing;

use super::*;
use crate::arn::{ActivityArn, ExecutionArn, MachineArn};
use crate::config::ObjectPlace;
use crate::store::{CreateMachine, Execution, ExecutionStatus, HistoryQuery, ReviewStatus, Tags};
use asl::check::MachineType;
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;

/// No step of a test takes longer, unless something is broken.
const DEADLINE: Duration = Duration::from_secs(20);

struct World {
    engine: Engine,
    store: Store,
}

fn config(folder: &Path) -> Config {
    let home = Home {
        region: "us-east-1".into(),
        account_id: "123456789012".into(),
    };
    Config {
        home,
        data: folder.to_owned(),
        lambda_endpoint: None,
        objects: ObjectPlace::Folder,
        http_allow: Vec::new(),
        secret_key: None,
        access_keys: None,
        status_events: None,
        traces: None,
        mocks: None,
        operation: crate::config::Operation::default(),
    }
}

async fn open(folder: &Path) -> World {
    open_at(folder, Clock::system()).await
}

async fn open_at(folder: &Path, clock: Clock) -> World {
    let config = config(folder);
    let store = Store::open(&config.data).unwrap();
    World {
        engine: Engine::start(&config, store.clone(), Vec::new(), clock)
            .await
            .unwrap(),
        store,
    }
}

impl World {
    fn home(&self) -> &Home {
        &self.engine.inner.home
    }

    async fn machine(&self, definition: &Value) -> MachineArn {
        self.named_machine("m", definition).await
    }

    async fn named_machine(&self, name: &str, definition: &Value) -> MachineArn {
        self.typed_machine(MachineType::Standard, name, definition)
            .await
    }

    async fn express_machine(&self, name: &str, definition: &Value) -> MachineArn {
        self.typed_machine(MachineType::Express, name, definition)
            .await
    }

    async fn typed_machine(
        &self,
        machine_type: MachineType,
        name: &str,
        definition: &Value,
    ) -> MachineArn {
        let arn = self.home().machine(name);
        let create = create_machine(arn.clone(), machine_type, definition);
        self.store.create_machine(create, 1).await.unwrap();
        arn
    }

    async fn activity(&self, people: bool) -> ActivityArn {
        let tags = people.then(|| ("statecraft:answered-by".to_owned(), "people".to_owned()));
        let arn = self.home().activity("ask");
        self.store
            .create_activity(&arn, tags.into_iter().collect(), 1)
            .await
            .unwrap()
            .arn
    }

    fn request(&self, name: &str, input: &Value) -> StartRequest {
        StartRequest {
            target: self.home().machine("m").into(),
            name: Some(name.into()),
            input: input.to_string(),
            case: None,
            trace_header: None,
        }
    }

    async fn start(&self, name: &str, input: &Value) -> ExecutionArn {
        self.engine
            .start_execution(self.request(name, input))
            .await
            .unwrap()
            .arn
    }

    async fn finished(&self, arn: &ExecutionArn) -> Execution {
        let mut progress = self.engine.subscribe_execution(arn);
        loop {
            let execution = self.store.execution(arn).await.unwrap().unwrap();
            if execution.summary.status != ExecutionStatus::Running {
                return execution;
            }
            tokio::time::timeout(DEADLINE, progress.changed())
                .await
                .unwrap()
                .unwrap();
        }
    }

    /// The types of all events, after a look at their ids.
    async fn history(&self, arn: &ExecutionArn) -> Vec<String> {
        let query = HistoryQuery {
            from: None,
            reverse: false,
            limit: 1000,
        };
        let events = self
            .store
            .history(arn, query)
            .await
            .unwrap()
            .unwrap()
            .events;
        let events: Vec<Value> = events
            .iter()
            .map(|event| serde_json::from_str(event.text.get()).unwrap())
            .collect();
        for (index, event) in events.iter().enumerate() {
            assert_eq!(event["id"], index + 1, "a gap in {events:?}");
            assert!(event["previousEventId"].as_u64().unwrap() <= index as u64);
        }
        events
            .iter()
            .map(|event| event["type"].as_str().unwrap().to_owned())
            .collect()
    }
}

fn create_machine(arn: MachineArn, machine_type: MachineType, definition: &Value) -> CreateMachine {
    CreateMachine {
        arn,
        machine_type,
        definition: definition.to_string(),
        role_arn: "role".into(),
        settings: json!({}),
        tags: Tags::new(),
        publish: None,
    }
}

fn activity_machine(extra: &Value) -> Value {
    let mut task = json!({
        "Type": "Task",
        "Resource": "arn:aws:states:us-east-1:123456789012:activity:ask",
        "End": true,
    });
    let (Some(task_fields), Some(extra)) = (task.as_object_mut(), extra.as_object()) else {
        panic!()
    };
    task_fields.extend(extra.clone());
    json!({"StartAt": "Ask", "States": {"Ask": task}})
}

#[tokio::test]
async fn a_task_of_an_activity_that_is_not_there_fails_the_run_before_it_is_scheduled() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    let activity = world.home().activity("gone");
    let task = json!({"Type": "Task", "Resource": activity.as_str(), "End": true});
    world
        .machine(&json!({"StartAt": "A", "States": {"A": task}}))
        .await;
    let arn = world.start("run", &json!({})).await;
    let end = world.finished(&arn).await;
    assert_eq!(end.error.as_deref(), Some("States.Runtime"));
    assert_eq!(
        world.history(&arn).await,
        ["ExecutionStarted", "TaskStateEntered", "ExecutionFailed"]
    );
}

#[tokio::test]
async fn a_chain_of_states_runs_to_its_end_in_one_commit() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    let definition = json!({"StartAt": "A", "States": {
        "A": {"Type": "Pass", "Result": 1, "ResultPath": "$.a", "Next": "B"},
        "B": {"Type": "Pass", "End": true},
    }});
    world.machine(&definition).await;
    let mut live = world.engine.subscribe_live();
    let arn = world.start("run", &json!({"x": 0})).await;
    let told: Vec<_> = std::iter::from_fn(|| live.try_recv().ok()).collect();
    let statuses: Vec<_> = told
        .iter()
        .map(|event| match event {
            LiveEvent::Execution(change) => change.status,
            LiveEvent::Review { .. } => panic!("{event:?}"),
        })
        .collect();
    assert_eq!(
        statuses,
        [ExecutionStatus::Running, ExecutionStatus::Succeeded]
    );
    // No waiting: the answer to the start came after everything was on disk.
    let execution = world.store.execution(&arn).await.unwrap().unwrap();
    assert_eq!(execution.summary.status, ExecutionStatus::Succeeded);
    assert_eq!(execution.output.as_deref(), Some(r#"{"x":0,"a":1}"#));
    let types = world.history(&arn).await;
    assert_eq!(types.len(), 6);
    assert_eq!(
        (types[0].as_str(), types[5].as_str()),
        ("ExecutionStarted", "ExecutionSucceeded")
    );
}

#[tokio::test]
async fn a_repeated_start_gives_the_first_answer_only_while_it_runs() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    world.activity(false).await;
    world.machine(&activity_machine(&json!({}))).await;
    let first = world
        .engine
        .start_execution(world.request("run", &json!({})))
        .await
        .unwrap();
    let again = world
        .engine
        .start_execution(world.request("run", &json!({})))
        .await
        .unwrap();
    assert_eq!(first, again);
    let other = world
        .engine
        .start_execution(world.request("run", &json!({"x": 1})))
        .await;
    assert!(
        matches!(other, Err(StartError::AlreadyExists(_))),
        "{other:?}"
    );
    world
        .engine
        .stop_execution(&first.arn, Some("Why".into()), None)
        .await
        .unwrap();
    assert_eq!(
        world.finished(&first.arn).await.summary.status,
        ExecutionStatus::Aborted
    );
    let closed = world
        .engine
        .start_execution(world.request("run", &json!({})))
        .await;
    assert!(
        matches!(closed, Err(StartError::AlreadyExists(_))),
        "{closed:?}"
    );
}

#[tokio::test]
async fn a_worker_fetches_beats_and_answers_once() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    let activity = world.activity(false).await;
    world
        .machine(&activity_machine(&json!({"HeartbeatSeconds": 60})))
        .await;
    let worker = world.engine.clone();
    let poll =
        tokio::spawn(async move { worker.poll_activity(&activity, Some("w1".into())).await });
    let arn = world.start("run", &json!({"x": 0})).await;
    let task = tokio::time::timeout(DEADLINE, poll)
        .await
        .unwrap()
        .unwrap()
        .unwrap()
        .unwrap();
    assert_eq!(&*task.input, r#"{"x":0}"#);
    world.engine.task_heartbeat(&task.token).await.unwrap();
    world
        .engine
        .task_success(&task.token, "[1]".into())
        .await
        .unwrap();
    assert_eq!(world.finished(&arn).await.output.as_deref(), Some("[1]"));
    let again = world.engine.task_success(&task.token, "[2]".into()).await;
    assert!(matches!(again, Err(AnswerError::Closed)), "{again:?}");
    let beat = world.engine.task_heartbeat(&task.token).await;
    assert!(matches!(beat, Err(AnswerError::Closed)), "{beat:?}");
    let unknown = world.engine.task_failure("nonsense", None, None).await;
    assert!(
        matches!(unknown, Err(AnswerError::UnknownToken)),
        "{unknown:?}"
    );
    let types = world.history(&arn).await;
    assert!(
        types
            .iter()
            .filter(|name| *name == "ActivityStarted")
            .count()
            == 1,
        "{types:?}"
    );
}

#[tokio::test]
async fn a_worker_that_goes_away_loses_no_task() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    let activity = world.activity(false).await;
    world.machine(&activity_machine(&json!({}))).await;
    let gone = world.engine.poll_activity(&activity, None);
    assert!(
        tokio::time::timeout(Duration::from_millis(20), gone)
            .await
            .is_err()
    );
    world.start("run", &json!({})).await;
    let poll = world.engine.poll_activity(&activity, None);
    assert!(
        tokio::time::timeout(DEADLINE, poll)
            .await
            .unwrap()
            .unwrap()
            .is_some()
    );
}

#[tokio::test]
async fn a_task_that_times_out_closes_its_token() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    let activity = world.activity(false).await;
    world
        .machine(&activity_machine(&json!({"TimeoutSeconds": 1})))
        .await;
    let arn = world.start("run", &json!({})).await;
    let task = world
        .engine
        .poll_activity(&activity, None)
        .await
        .unwrap()
        .unwrap();
    let execution = world.finished(&arn).await;
    assert_eq!(execution.error.as_deref(), Some("States.Timeout"));
    let late = world.engine.task_success(&task.token, "1".into()).await;
    assert!(matches!(late, Err(AnswerError::Closed)), "{late:?}");
}

fn decision(by: &str, verdict: Verdict) -> Decision {
    Decision {
        verdict,
        by: by.into(),
        comment: Some("fine".into()),
    }
}

#[tokio::test]
async fn a_person_decides_once_and_only_who_may() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    let activity = world.activity(true).await;
    world
        .machine(&activity_machine(&json!({"TimeoutSeconds": 600})))
        .await;
    let arn = world
        .start("run", &json!({"Question": "Ship?", "Reviewers": ["Ada"]}))
        .await;
    let review = world.store.reviews(false, 10).await.unwrap().remove(0);
    assert_eq!((review.state.as_str(), &review.execution), ("Ask", &arn));
    assert_eq!(review.due_ms, Some(review.asked_ms + 600_000));
    let refused = world.engine.poll_activity(&activity, None).await;
    assert!(
        matches!(refused, Err(PollError::AnsweredByPeople(_))),
        "{refused:?}"
    );
    let eve = world
        .engine
        .decide(&review.id, decision("Eve", Verdict::Approve))
        .await;
    assert!(
        matches!(eve, Err(DecideError::NotAllowed { .. })),
        "{eve:?}"
    );
    let decided = world
        .engine
        .decide(&review.id, decision("Ada", Verdict::Approve))
        .await
        .unwrap();
    assert_eq!(
        (decided.status, decided.decided_by.as_deref()),
        (ReviewStatus::Approved, Some("Ada"))
    );
    let output: Value = serde_json::from_str(&world.finished(&arn).await.output.unwrap()).unwrap();
    assert_eq!(
        (
            &output["decision"],
            &output["decidedBy"],
            &output["comment"]
        ),
        (&json!("approved"), &json!("Ada"), &json!("fine"))
    );
    let again = world
        .engine
        .decide(&review.id, decision("Ada", Verdict::Reject))
        .await;
    assert!(
        matches!(again, Err(DecideError::AlreadyDecided(_))),
        "{again:?}"
    );
    let types = world.history(&arn).await;
    assert_eq!(
        types[2..5],
        ["ActivityScheduled", "ActivityStarted", "ActivitySucceeded"]
    );
}

#[tokio::test]
async fn a_rejection_is_an_error_that_a_catch_takes() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    world.activity(true).await;
    let catch = json!([{"ErrorEquals": ["Approval.Rejected"], "Next": "No"}]);
    let mut definition = activity_machine(&json!({"Catch": catch}));
    definition["States"]["No"] = json!({"Type": "Pass", "End": true});
    world.machine(&definition).await;
    let arn = world.start("run", &json!({"Question": "Ship?"})).await;
    let review = world.store.reviews(false, 10).await.unwrap().remove(0);
    world
        .engine
        .decide(&review.id, decision("Bob", Verdict::Reject))
        .await
        .unwrap();
    let output: Value = serde_json::from_str(&world.finished(&arn).await.output.unwrap()).unwrap();
    let cause: Value = serde_json::from_str(output["Cause"].as_str().unwrap()).unwrap();
    assert_eq!(
        (&output["Error"], &cause["decision"]),
        (&json!("Approval.Rejected"), &json!("rejected"))
    );
}

#[tokio::test]
async fn a_review_of_a_stopped_run_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    world.activity(true).await;
    world.machine(&activity_machine(&json!({}))).await;
    let mut live = world.engine.subscribe_live();
    let arn = world.start("run", &json!({"Question": "Ship?"})).await;
    let review = world.store.reviews(false, 10).await.unwrap().remove(0);
    world.engine.stop_execution(&arn, None, None).await.unwrap();
    let late = world
        .engine
        .decide(&review.id, decision("Ada", Verdict::Approve))
        .await;
    assert!(matches!(late, Err(DecideError::Gone(_))), "{late:?}");
    let none = world
        .engine
        .decide("nonsense", decision("Ada", Verdict::Approve))
        .await;
    assert!(matches!(none, Err(DecideError::NotFound)), "{none:?}");
    let mut reviews = Vec::new();
    while let Ok(event) = live.try_recv() {
        if let LiveEvent::Review { status, .. } = event {
            reviews.push(status);
        }
    }
    assert_eq!(reviews, [ReviewStatus::Waiting, ReviewStatus::Gone]);
}

#[tokio::test]
async fn a_task_that_nobody_serves_fails_and_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    let task = json!({"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "End": true});
    world
        .machine(&json!({"StartAt": "T", "States": {"T": task}}))
        .await;
    let arn = world.start("run", &json!({})).await;
    let execution = world.finished(&arn).await;
    assert_eq!(execution.error.as_deref(), Some("States.TaskFailed"));
    assert!(execution.cause.unwrap().contains("AWS_ENDPOINT_URL_LAMBDA"));
}

#[tokio::test]
async fn running_executions_keep_their_definition() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    let activity = world.activity(false).await;
    let machine = world.machine(&activity_machine(&json!({}))).await;
    let arn = world.start("run", &json!({})).await;
    let pass = json!({"StartAt": "P", "States": {"P": {"Type": "Pass", "Result": 2, "End": true}}});
    let change = crate::store::MachineChange {
        definition: Some(pass.to_string()),
        ..Default::default()
    };
    world
        .store
        .update_machine(&machine, change, None, 2)
        .await
        .unwrap()
        .unwrap();
    let task = world
        .engine
        .poll_activity(&activity, None)
        .await
        .unwrap()
        .unwrap();
    world
        .engine
        .task_success(&task.token, "1".into())
        .await
        .unwrap();
    assert_eq!(world.finished(&arn).await.output.as_deref(), Some("1"));
    let second = world.start("second", &json!({})).await;
    assert_eq!(world.finished(&second).await.output.as_deref(), Some("2"));
}

/// Ends everything that runs, as the end of the process would, and begins again on the same folder.
fn restart<A>(first: impl AsyncFnOnce(World) -> A, second: impl AsyncFnOnce(World, A)) {
    restart_at([Clock::system(), Clock::system()], first, second);
}

/// Likewise, with a clock for each life.
fn restart_at<A>(
    [before, after]: [Clock; 2],
    first: impl AsyncFnOnce(World) -> A,
    second: impl AsyncFnOnce(World, A),
) {
    let folder = tempfile::tempdir().unwrap();
    let runtime = || {
        tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .unwrap()
    };
    let life = runtime();
    let kept = life.block_on(async { first(open_at(folder.path(), before).await).await });
    drop(life);
    runtime().block_on(async { second(open_at(folder.path(), after).await, kept).await });
}

#[test]
fn after_a_restart_a_wait_a_review_and_a_task_go_on() {
    let parallel = |world: &World| {
        let ask = |name: &str| json!({"Type": "Task", "Resource": world.home().activity(name).as_str(), "End": true});
        json!({"StartAt": "All", "States": {"All": {"Type": "Parallel", "End": true, "Branches": [
            {"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 1, "Next": "Done"}, "Done": {"Type": "Pass", "Result": "waited", "End": true}}},
            {"StartAt": "Ask", "States": {"Ask": ask("ask")}},
            {"StartAt": "Work", "States": {"Work": ask("work")}},
        ]}}})
    };
    restart(
        async |world| {
            world.activity(true).await;
            let work = world.home().activity("work");
            world
                .store
                .create_activity(&work, Tags::new(), 1)
                .await
                .unwrap();
            world.machine(&parallel(&world)).await;
            let arn = world.start("run", &json!({"Question": "Ship?"})).await;
            (
                arn,
                world
                    .engine
                    .poll_activity(&work, None)
                    .await
                    .unwrap()
                    .unwrap(),
            )
        },
        async |world, (arn, task)| {
            let review = world.store.reviews(false, 10).await.unwrap().remove(0);
            world
                .engine
                .decide(&review.id, decision("Ada", Verdict::Approve))
                .await
                .unwrap();
            world
                .engine
                .task_success(&task.token, r#""worked""#.into())
                .await
                .unwrap();
            let execution = world.finished(&arn).await;
            let output: Value = serde_json::from_str(&execution.output.unwrap()).unwrap();
            assert_eq!(
                (&output[0], &output[2]),
                (&json!("waited"), &json!("worked"))
            );
            assert_eq!(output[1]["decidedBy"], "Ada");
            world.history(&arn).await;
        },
    );
}

#[test]
fn after_a_restart_a_task_that_was_not_answered_is_handed_out_with_the_same_token() {
    restart(
        async |world| {
            let activity = world.activity(false).await;
            world.machine(&activity_machine(&json!({}))).await;
            let arn = world.start("run", &json!({})).await;
            (
                arn,
                activity.clone(),
                world
                    .engine
                    .poll_activity(&activity, None)
                    .await
                    .unwrap()
                    .unwrap(),
            )
        },
        async |world, (arn, activity, first)| {
            let second = world
                .engine
                .poll_activity(&activity, None)
                .await
                .unwrap()
                .unwrap();
            assert_eq!(first, second);
            world
                .engine
                .task_success(&second.token, "1".into())
                .await
                .unwrap();
            assert_eq!(
                world.finished(&arn).await.summary.status,
                ExecutionStatus::Succeeded
            );
            let types = world.history(&arn).await;
            assert_eq!(
                types
                    .iter()
                    .filter(|name| *name == "ActivityStarted")
                    .count(),
                1
            );
        },
    );
}

#[tokio::test]
async fn an_execution_starts_another_and_waits_for_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let world = open(folder.path()).await;
    let pass = json!({"Type": "Pass", "Result": {"n": 1}, "End": true});
    let child = json!({"StartAt": "P", "States": {"P": pass}});
    let child = world.named_machine("child", &child).await;
    let task = json!({
        "Type": "Task",
        "Resource": "arn:aws:states:::states:startExecution.sync:2",
        "Parameters": {"StateMachineArn": child.as_str(), "Input": {"a": 1}},
        "OutputPath": "$.Output",
        "End": true,
    });
    world
        .machine(&json!({"StartAt": "T", "States": {"T": task}}))
        .await;
    let arn = world.start("run", &json!({})).await;
    assert_eq!(
        world.finished(&arn).await.output.as_deref(),
        Some(r#"{"n":1}"#)
    );
    let types = world.history(&arn).await;
    assert_eq!(
        types[2..6],
        [
            "TaskScheduled",
            "TaskStarted",
            "TaskSubmitted",
            "TaskSucceeded"
        ]
    );
    let forged = world
        .engine
        .task_success(&format!("{arn} 2"), "{}".into())
        .await;
    assert!(
        matches!(forged, Err(AnswerError::UnknownToken)),
        "{forged:?}"
    );
}
