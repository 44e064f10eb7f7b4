use super::*;
use serde_json::json;

fn text(value: &str) -> Arc<str> {
    Arc::from(value)
}

fn failure() -> Failure {
    Failure {
        error: Some(text("E")),
        cause: Some(text("C")),
    }
}

fn kinds() -> Vec<EventKind> {
    let resource = || TaskResource {
        resource_type: text("lambda"),
        resource: text("invoke"),
    };
    let iteration = || Iteration {
        name: text("M"),
        index: 3,
    };
    let mut kinds: Vec<EventKind> = vec![EventKind::EvaluationFailed(EvaluationFailed {
        state: text("S"),
        location: Some(text("Output/x")),
        failure: failure(),
    })];
    kinds.extend(
        [
            ExecutionEvent::Started {
                input: text("{}"),
                role_arn: text("r"),
                alias_arn: None,
                version_arn: None,
            },
            ExecutionEvent::Succeeded { output: text("1") },
            ExecutionEvent::Failed(failure()),
            ExecutionEvent::Aborted(Failure::default()),
            ExecutionEvent::TimedOut(failure()),
            ExecutionEvent::Redriven { redrive_count: 1 },
        ]
        .map(EventKind::Execution),
    );
    for state_type in [
        "Task", "Pass", "Choice", "Wait", "Succeed", "Fail", "Parallel", "Map",
    ] {
        let event = json!({"stateEnteredEventDetails": {"name": "S", "input": "{}"}});
        kinds.extend(
            StateEvent::from_wire(&format!("{state_type}StateEntered"), &event)
                .map(EventKind::State),
        );
        let variables = json!({"x": "1"});
        let event = json!({"stateExitedEventDetails": {"name": "S", "output": "{}", "assignedVariables": variables}});
        kinds.extend(
            StateEvent::from_wire(&format!("{state_type}StateExited"), &event)
                .map(EventKind::State),
        );
        kinds.extend(
            StateEvent::from_wire(&format!("{state_type}StateAborted"), &json!({}))
                .map(EventKind::State),
        );
    }
    kinds.extend(
        [
            TaskEvent::Scheduled {
                resource: resource(),
                region: text("eu-west-1"),
                parameters: text("{}"),
                timeout_seconds: Some(5),
                heartbeat_seconds: None,
                role_arn: Some(text("r")),
            },
            TaskEvent::Started(resource()),
            TaskEvent::StartFailed(resource(), failure()),
            TaskEvent::Submitted(resource(), text("{}")),
            TaskEvent::SubmitFailed(resource(), failure()),
            TaskEvent::Succeeded(resource(), text("{}")),
            TaskEvent::Failed(resource(), failure()),
            TaskEvent::TimedOut(resource(), failure()),
        ]
        .map(EventKind::Task),
    );
    kinds.extend(
        [
            LambdaEvent::Scheduled {
                resource: text("f"),
                input: text("{}"),
                timeout_seconds: None,
                role_arn: None,
            },
            LambdaEvent::ScheduleFailed(failure()),
            LambdaEvent::Started,
            LambdaEvent::StartFailed(failure()),
            LambdaEvent::Succeeded(text("{}")),
            LambdaEvent::Failed(failure()),
            LambdaEvent::TimedOut(failure()),
        ]
        .map(EventKind::Lambda),
    );
    kinds.extend(
        [
            ActivityEvent::Scheduled {
                resource: text("a"),
                input: text("{}"),
                timeout_seconds: None,
                heartbeat_seconds: Some(5),
            },
            ActivityEvent::ScheduleFailed(failure()),
            ActivityEvent::Started { worker_name: None },
            ActivityEvent::Succeeded(text("{}")),
            ActivityEvent::Failed(failure()),
            ActivityEvent::TimedOut(failure()),
        ]
        .map(EventKind::Activity),
    );
    kinds.extend(
        [
            ParallelEvent::Started,
            ParallelEvent::Succeeded,
            ParallelEvent::Failed,
        ]
        .map(EventKind::Parallel),
    );
    kinds.extend(
        [
            MapEvent::Started { length: 2 },
            MapEvent::Succeeded,
            MapEvent::Failed,
            MapEvent::IterationStarted(iteration()),
            MapEvent::IterationSucceeded(iteration()),
            MapEvent::IterationFailed(iteration()),
            MapEvent::IterationAborted(iteration()),
            MapEvent::RunStarted(text("arn")),
            MapEvent::RunFailed(failure()),
            MapEvent::RunSucceeded,
            MapEvent::RunAborted,
            MapEvent::RunRedriven {
                map_run_arn: text("arn"),
                redrive_count: 1,
            },
        ]
        .map(EventKind::Map),
    );
    kinds
}

#[test]
fn there_are_sixty_two_types_of_event() {
    let names: std::collections::BTreeSet<_> = kinds().iter().map(EventKind::type_name).collect();
    assert_eq!(names.len(), 62);
}

#[test]
fn every_event_survives_the_wire_and_serde() {
    for (index, kind) in kinds().into_iter().enumerate() {
        let event = Event {
            timestamp_ms: 1_700_000_000_123,
            id: index as u64 + 1,
            previous_event_id: 0,
            kind,
        };
        assert_eq!(
            Event::from_wire(&event.to_wire()),
            Some(event.clone()),
            "{}",
            event.type_name()
        );
        let stored = serde_json::to_string(&event).unwrap();
        assert_eq!(serde_json::from_str::<Event>(&stored).unwrap(), event);
    }
}

#[test]
fn an_exited_event_names_its_variables_beside_its_output() {
    let event = json!({
        "timestamp": 1.5, "type": "PassStateExited", "id": 3, "previousEventId": 2,
        "stateExitedEventDetails": {
            "name": "S", "output": "{}", "outputDetails": {"truncated": false},
            "assignedVariables": {"x": "\"a\""}, "assignedVariablesDetails": {"truncated": false}
        }
    });
    assert_eq!(Event::from_wire(&event).unwrap().to_wire(), event);
}

#[test]
fn a_missing_error_is_left_out_and_not_empty() {
    let kind = EventKind::Execution(ExecutionEvent::Failed(Failure::default()));
    let event = Event {
        timestamp_ms: 0,
        id: 1,
        previous_event_id: 0,
        kind,
    };
    assert_eq!(event.to_wire()["executionFailedEventDetails"], json!({}));
}
