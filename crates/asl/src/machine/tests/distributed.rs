//! Distributed Maps: what the execution writes, and what its map run does.

mod redrive;

use super::*;
use crate::machine::map_run::{self, ChildRecord, Counts, MapRun, Object, Objects, Request};

/// A distributed Map as the only state, with `fields` beside the usual ones.
fn map(fields: &Value) -> Value {
    let mut map = json!({
        "Type": "Map", "End": true, "Label": "Each",
        "ItemProcessor": {
            "ProcessorConfig": {"Mode": "DISTRIBUTED"},
            "StartAt": "Work", "States": {"Work": {"Type": "Pass", "End": true}}
        }
    });
    for (name, value) in fields.as_object().into_iter().flatten() {
        map[name] = value.clone();
    }
    machine("M", json!({"M": map}))
}

/// A map run with its parent; children end as they are told.
struct MapBench {
    parent: Bench,
    id: MapRunId,
    run: MapRun,
    effects: Vec<map_run::Effect>,
    /// Children that were started, by number.
    children: Vec<Execution>,
    ended: Vec<ChildRecord>,
    steps: u8,
}

impl MapBench {
    fn started(fields: &Value, input: &str) -> Self {
        let mut parent = Bench::started(&map(fields), input);
        let effect = parent.effects.pop();
        let Some(Effect::StartMapRun(request)) = effect else {
            panic!("no map run was asked for: {:?}", parent.types());
        };
        let mut bench = Self {
            parent,
            id: request.map_run,
            run: request.run,
            effects: Vec::new(),
            children: Vec::new(),
            ended: Vec::new(),
            steps: 100,
        };
        bench.take(map_run::Input::Continue);
        bench
    }

    fn take(&mut self, input: map_run::Input) {
        self.steps = self.steps.wrapping_add(1);
        let moment = Moment {
            now_ms: 0,
            entropy: [self.steps; 32],
        };
        let outcome = map_run::step(&self.parent.machine, &mut self.run, input, moment);
        self.effects.clear();
        for effect in outcome.effects {
            match effect {
                map_run::Effect::StartChild {
                    child, execution, ..
                } => {
                    assert_eq!(
                        child as usize,
                        self.children.len(),
                        "children start in order"
                    );
                    self.children.push(*execution);
                }
                other => self.effects.push(other),
            }
        }
    }

    /// A child runs to its end, or fails with this error.
    fn end_child(&mut self, child: u32, error: Option<&str>) {
        let execution = &self.children[child as usize];
        let finish = match error {
            None => Finish::Succeeded {
                output: execution.input().clone(),
            },
            Some(error) => Finish::Failed {
                error: Some(error.to_owned()),
                cause: None,
            },
        };
        self.ended.push(ChildRecord {
            child,
            arn: execution.identity().execution_arn.clone(),
            name: execution.identity().execution_name.clone(),
            input: execution.input().clone(),
            finish: finish.clone(),
            start_ms: 0,
            stop_ms: 1_500,
            redrive_count: 0,
        });
        self.take(map_run::Input::ChildFinished { child, finish });
        if self.effects == [map_run::Effect::Gather] {
            self.ended.sort_by_key(|record| record.child);
            let records = self.ended.clone();
            self.take(map_run::Input::Gathered(records));
        }
        if let Some(map_run::Effect::Finish(end)) = self.effects.last() {
            let end = end.clone();
            self.parent.take(Input::MapRunFinished {
                map_run: self.id,
                end,
            });
        }
    }

    fn inputs(&self) -> Vec<&str> {
        self.children.iter().map(|child| &**child.input()).collect()
    }
}

#[test]
fn the_history_of_a_distributed_map_names_its_run_and_no_iteration() {
    let mut bench = MapBench::started(&json!({}), r#"["a", "b"]"#);
    bench.end_child(1, None);
    bench.end_child(0, None);
    assert_eq!(bench.parent.output(), r#"["a","b"]"#);
    assert_eq!(
        bench.parent.types(),
        [
            "ExecutionStarted",
            "MapStateEntered",
            "MapStateStarted",
            "MapRunStarted",
            "MapRunSucceeded",
            "MapStateSucceeded",
            "MapStateExited",
            "ExecutionSucceeded"
        ]
    );
    // The exited event follows the start of the map run (asl-rules 16).
    assert_eq!(bench.parent.previous(), [0, 0, 2, 3, 4, 5, 4, 7]);
}

#[test]
fn a_map_run_and_its_children_carry_the_label_in_their_arns() {
    let bench = MapBench::started(&json!({}), "[1]");
    let arn = bench.run.arn();
    assert!(
        arn.starts_with("arn:aws:states:us-east-1:123456789012:mapRun:m/Each:"),
        "{arn}"
    );
    let child = bench.children[0].identity();
    assert_eq!(
        child.machine_arn,
        "arn:aws:states:us-east-1:123456789012:stateMachine:m/Each"
    );
    let name = &child.execution_name;
    assert_eq!(
        child.execution_arn,
        format!("arn:aws:states:us-east-1:123456789012:execution:m/Each:{name}")
    );
}

#[test]
fn an_item_selector_sees_the_state_and_the_item() {
    let fields = json!({
        "ItemsPath": "$.items",
        "ItemSelector": {
            "all.$": "$.factor", "index.$": "$$.Map.Item.Index", "value.$": "$$.Map.Item.Value",
            "source.$": "$$.Map.Item.Source", "machine.$": "$$.StateMachine.Name"
        }
    });
    let bench = MapBench::started(&fields, r#"{"items": [7, 8], "factor": 3}"#);
    let second: Value = serde_json::from_str(bench.inputs()[1]).unwrap();
    assert_eq!(
        second,
        json!({"all": 3, "index": 1, "value": 8, "source": "STATE_DATA", "machine": "m"})
    );
}

#[test]
fn the_members_of_an_object_are_items_with_a_key() {
    let bench = MapBench::started(&json!({}), r#"{"a": 1, "b": 2}"#);
    assert_eq!(
        bench.inputs(),
        [r#"{"Key":"a","Value":1}"#, r#"{"Key":"b","Value":2}"#]
    );
    let fields = json!({"ItemSelector": {"k.$": "$$.Map.Item.Key"}});
    let bench = MapBench::started(&fields, r#"{"a": 1}"#);
    assert_eq!(bench.inputs(), [r#"{"k":"a"}"#]);
}

#[test]
fn no_more_children_run_at_once_than_max_concurrency() {
    let mut bench = MapBench::started(&json!({"MaxConcurrency": 2}), "[1, 2, 3, 4]");
    assert_eq!(bench.children.len(), 2);
    bench.end_child(0, None);
    assert_eq!(bench.children.len(), 3);
    let counts = bench.run.item_counts();
    assert_eq!(
        (
            counts.pending,
            counts.running,
            counts.succeeded,
            counts.total
        ),
        (1, 2, 1, 4)
    );
}

#[test]
fn a_large_map_run_starts_its_children_in_shares() {
    let items = serde_json::to_string(&vec![0; 250]).unwrap();
    let mut bench = MapBench::started(&json!({}), &items);
    assert_eq!(
        (bench.children.len(), &bench.effects[..]),
        (100, &[map_run::Effect::Continue][..])
    );
    bench.take(map_run::Input::Continue);
    bench.take(map_run::Input::Continue);
    assert_eq!((bench.children.len(), bench.effects.len()), (250, 0));
}

#[test]
fn without_a_threshold_one_failed_child_fails_the_map() {
    let mut bench = MapBench::started(&json!({"MaxConcurrency": 2}), "[1, 2, 3]");
    bench.end_child(0, Some("Boom"));
    assert_eq!(bench.effects, [map_run::Effect::StopChild { child: 1 }]);
    let stopped = Finish::Aborted {
        error: None,
        cause: None,
    };
    bench.take(map_run::Input::ChildFinished {
        child: 1,
        finish: stopped,
    });
    let Some(map_run::Effect::Finish(end)) = bench.effects.pop() else {
        panic!("it is over when no child runs");
    };
    bench.parent.take(Input::MapRunFinished {
        map_run: bench.id,
        end,
    });
    assert_eq!(
        bench.parent.error(),
        (
            "States.ExceedToleratedFailureThreshold".to_owned(),
            "The specified tolerated failure threshold was exceeded".to_owned()
        )
    );
    let types = bench.parent.types();
    assert_eq!(
        types[4..],
        ["MapRunFailed", "MapStateFailed", "ExecutionFailed"]
    );
    let expected = Counts {
        pending: 1,
        failed: 1,
        aborted: 1,
        total: 3,
        ..Counts::default()
    };
    assert_eq!(bench.run.item_counts(), expected);
}

#[test]
fn a_tolerated_failure_is_described_among_the_results() {
    let fields = json!({"ToleratedFailurePercentage": 50});
    let mut bench = MapBench::started(&fields, "[1, 2]");
    bench.end_child(0, Some("Boom"));
    bench.end_child(1, None);
    let output: Value = serde_json::from_str(&bench.parent.output()).unwrap();
    assert_eq!(
        (&output[0]["Status"], &output[0]["Error"], &output[1]),
        (&json!("FAILED"), &json!("Boom"), &json!(2))
    );
}

#[test]
fn batches_hold_as_many_items_as_both_limits_allow() {
    let fields = json!({"ItemBatcher": {"MaxItemsPerBatch": 2, "BatchInput": {"from.$": "$[0]"}}});
    let mut bench = MapBench::started(&fields, "[1, 2, 3]");
    assert_eq!(
        bench.inputs(),
        [
            r#"{"BatchInput":{"from":1},"Items":[1,2]}"#,
            r#"{"BatchInput":{"from":1},"Items":[3]}"#
        ]
    );
    bench.end_child(0, None);
    assert_eq!(bench.run.item_counts().succeeded, 2);
    assert_eq!(bench.run.execution_counts().succeeded, 1);
    let fields = json!({"ItemBatcher": {"MaxInputBytesPerBatch": 21}});
    let bench = MapBench::started(
        &fields,
        r#"["aaa", "bbb", "a long one that fits nowhere", "c"]"#,
    );
    assert_eq!(
        bench.inputs(),
        [
            r#"{"Items":["aaa"]}"#,
            r#"{"Items":["bbb"]}"#,
            r#"{"Items":["a long one that fits nowhere"]}"#,
            r#"{"Items":["c"]}"#
        ]
    );
}

#[test]
fn an_item_that_the_selector_cannot_use_fails_the_map_run() {
    let fields = json!({"ItemSelector": {"x.$": "$$.Map.Item.Value.x"}, "MaxConcurrency": 1});
    let mut bench = MapBench::started(&fields, r#"[{"x": 1}, {}]"#);
    bench.end_child(0, None);
    let (error, cause) = bench.parent.error();
    assert_eq!(error, "States.Runtime");
    assert!(
        cause.starts_with(
            "An error occurred while executing the state 'M' (entered at the event id #2). "
        ),
        "{cause}"
    );
}

#[test]
fn a_reader_asks_for_its_object_and_its_items_are_counted_then() {
    let fields = json!({
        "ItemReader": {
            "Resource": "arn:aws:states:::s3:getObject",
            "Parameters": {"Bucket": "b", "Key.$": "$.key"},
            "ReaderConfig": {"InputType": "JSON", "MaxItems": 2}
        },
        "ItemSelector": {"source.$": "$$.Map.Item.Source"}
    });
    let mut bench = MapBench::started(&fields, r#"{"key": "k.json"}"#);
    let (bucket, key) = ("b".to_owned(), "k.json".to_owned());
    let version = None;
    let request = Request::Get {
        bucket: bucket.clone(),
        key: key.clone(),
        version,
    };
    assert_eq!(bench.effects, [map_run::Effect::Read(request)]);
    assert_eq!(bench.run.item_counts().total, 0);
    let bytes = Arc::from(&b"[1, 2, 3]"[..]);
    let objects = Objects::Contents(vec![Object { bucket, key, bytes }]);
    bench.take(map_run::Input::Read(Ok(objects)));
    assert_eq!(bench.inputs(), [r#"{"source":"S3://b/k.json"}"#; 2]);
    assert_eq!(bench.run.item_counts().total, 2);
    assert!(matches!(
        bench.parent.events[2].kind,
        EventKind::Map(crate::history::MapEvent::Started { length: 0 })
    ));
}

#[test]
fn a_negative_number_of_items_fails_the_reader_before_it_reads() {
    let fields = json!({"ItemReader": {
        "Resource": "arn:aws:states:::s3:listObjectsV2", "Parameters": {"Bucket": "b"},
        "ReaderConfig": {"MaxItemsPath": "$.most"}
    }});
    let bench = MapBench::started(&fields, r#"{"most": -1}"#);
    assert_eq!(
        bench.effects,
        [map_run::Effect::Finish(MapRunEnd::Failed {
            error: Some(Arc::from("States.ItemReaderFailed")),
            cause: Some(Arc::from("field MaxItems must be positive")),
        })]
    );
}

#[test]
fn a_writer_writes_results_by_kind_and_then_a_manifest() {
    let fields = json!({
        "ToleratedFailureCount": 1,
        "ResultWriter": {
            "Resource": "arn:aws:states:::s3:putObject",
            "Parameters": {"Bucket": "out", "Prefix": "runs"}
        }
    });
    let mut bench = MapBench::started(&fields, "[1, 2]");
    bench.end_child(1, Some("Boom"));
    bench.end_child(0, None);
    let Some(map_run::Effect::Write(objects)) = bench.effects.pop() else {
        panic!("the results are to be written");
    };
    let id = bench.run.arn().rsplit(':').next().unwrap().to_owned();
    let keys: Vec<&str> = objects.iter().map(|object| object.key.as_str()).collect();
    let path = |name: &str| format!("runs/{id}/{name}");
    assert_eq!(
        keys,
        [
            path("FAILED_0.json"),
            path("SUCCEEDED_0.json"),
            path("manifest.json")
        ]
    );
    let content =
        |index: usize| -> Value { serde_json::from_slice(&objects[index].bytes).unwrap() };
    assert_eq!(content(0)[0]["Status"], "FAILED");
    assert_eq!(
        (&content(1)[0]["Output"], &content(1)[0]["StopDate"]),
        (&json!("1"), &json!("1970-01-01T00:00:01.500Z"))
    );
    let manifest = content(2);
    assert_eq!(manifest["ResultFiles"]["PENDING"], json!([]));
    assert_eq!(
        manifest["ResultFiles"]["SUCCEEDED"][0]["Size"],
        objects[1].bytes.len()
    );
    bench.take(map_run::Input::Written(Ok(())));
    let end = match bench.effects.pop() {
        Some(map_run::Effect::Finish(MapRunEnd::Succeeded { output })) => output,
        other => panic!("it should have succeeded: {other:?}"),
    };
    let end: Value = serde_json::from_str(&end).unwrap();
    assert_eq!(
        end["ResultWriterDetails"],
        json!({"Bucket": "out", "Key": path("manifest.json")})
    );
    assert_eq!(bench.run.execution_counts().results_written, 2);
}

/// A map run that writes, works on one item at a time, and makes an object of each.
fn writing(more: &Value) -> MapBench {
    let mut fields = json!({
        "MaxConcurrency": 1,
        "ItemSelector": {"n.$": "$$.Map.Item.Value"},
        "ResultWriter": {
            "Resource": "arn:aws:states:::s3:putObject",
            "Parameters": {"Bucket": "out", "Prefix": "runs"}
        }
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        fields[name] = value.clone();
    }
    MapBench::started(&fields, "[1, 2, 3]")
}

/// What is to be written, by the names of the objects.
fn written(bench: &mut MapBench) -> Vec<(String, Value)> {
    let Some(map_run::Effect::Write(objects)) = bench.effects.pop() else {
        panic!("the results are to be written");
    };
    let name = |key: &str| key.rsplit('/').next().unwrap().to_owned();
    let content = |object: &Object| serde_json::from_slice(&object.bytes).unwrap();
    let objects = objects.iter();
    objects
        .map(|object| (name(&object.key), content(object)))
        .collect()
}

fn unstarted(input: &Value) -> Value {
    json!({"Input": input.to_string(), "InputDetails": {"Included": true}, "Status": "PENDING"})
}

#[test]
fn a_failed_map_run_writes_the_inputs_of_children_that_were_not_started() {
    let mut bench = writing(&json!({}));
    bench.end_child(0, Some("Boom"));
    let written = written(&mut bench);
    let names: Vec<&str> = written.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["FAILED_0.json", "PENDING_0.json", "manifest.json"]);
    let pending = json!([unstarted(&json!({"n": 2})), unstarted(&json!({"n": 3}))]);
    assert_eq!(written[1].1, pending);
    assert_eq!(
        written[2].1["ResultFiles"]["PENDING"][0]["Size"],
        pending.to_string().len()
    );
}

#[test]
fn an_aborted_map_run_writes_batches_that_were_not_started_and_ends_aborted_even_when_that_fails() {
    let mut bench = writing(&json!({"ItemBatcher": {"MaxItemsPerBatch": 2}}));
    bench.take(map_run::Input::Abort);
    bench.end_child(0, Some("Stopped"));
    let written = written(&mut bench);
    assert_eq!(written[1].0, "PENDING_0.json");
    assert_eq!(
        written[1].1,
        json!([unstarted(&json!({"Items": [{"n": 3}]}))])
    );
    let failed = map_run::ObjectError("The disk is full.".into());
    bench.take(map_run::Input::Written(Err(failed)));
    assert_eq!(bench.effects, [map_run::Effect::Finish(MapRunEnd::Aborted)]);
}

#[test]
fn an_abort_while_results_are_written_waits_for_them() {
    let mut bench = writing(&json!({}));
    for child in 0..3 {
        bench.end_child(child, None);
    }
    bench.take(map_run::Input::Abort);
    assert_eq!(bench.effects, []);
    bench.take(map_run::Input::Written(Ok(())));
    assert_eq!(bench.effects, [map_run::Effect::Finish(MapRunEnd::Aborted)]);
}

#[test]
fn stopping_the_execution_aborts_its_map_run() {
    let mut bench = MapBench::started(&json!({}), "[1]");
    bench.parent.take(Input::Stop {
        error: None,
        cause: None,
    });
    assert_eq!(
        bench.parent.effects[0],
        Effect::AbortMapRun { map_run: bench.id }
    );
    assert_eq!(
        bench.parent.types()[4..],
        ["MapRunAborted", "ExecutionAborted"]
    );
    bench.take(map_run::Input::Abort);
    assert_eq!(bench.effects, [map_run::Effect::StopChild { child: 0 }]);
    bench.end_child(0, None);
    assert_eq!(bench.run.progress().status(), map_run::Status::Aborted);
}

#[test]
fn a_failed_map_is_tried_again_with_a_new_run_and_then_caught() {
    let fields = json!({
        "Retry": [{"ErrorEquals": ["States.ExceedToleratedFailureThreshold"], "MaxAttempts": 1}],
        "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Caught"}]
    });
    let mut definition = map(&fields);
    definition["States"]["Caught"] = json!({"Type": "Succeed"});
    let mut bench = Bench::started(&definition, "[1]");
    let mut arns = Vec::new();
    for _ in 0..2 {
        let effect = bench.effects.pop();
        let Some(Effect::StartMapRun(request)) = effect else {
            panic!("no map run: {effect:?}");
        };
        arns.push(request.run.arn());
        let end = MapRunEnd::Failed {
            error: Some(Arc::from("States.ExceedToleratedFailureThreshold")),
            cause: None,
        };
        bench.take(Input::MapRunFinished {
            map_run: request.map_run,
            end,
        });
        if bench.execution.finish().is_none() {
            bench.fire();
        }
    }
    assert_ne!(arns[0], arns[1]);
    assert_eq!(
        bench.types()[2..10],
        [
            "MapStateStarted",
            "MapRunStarted",
            "MapRunFailed",
            "MapStateStarted",
            "MapRunStarted",
            "MapRunFailed",
            "MapStateFailed",
            "MapStateExited"
        ]
    );
}

#[test]
fn children_see_no_variables_of_the_machine_and_no_time_limit() {
    let mut definition = map(&json!({}));
    definition["TimeoutSeconds"] = json!(5);
    definition["States"]["M"]["ItemProcessor"]["States"]["Work"] =
        json!({"Type": "Pass", "Parameters": {"v.$": "$v"}, "End": true});
    definition["StartAt"] = json!("Set");
    definition["States"]["Set"] =
        json!({"Type": "Pass", "Assign": {"v": 1}, "Result": [1], "Next": "M"});
    let mut parent = Bench::started(&definition, "{}");
    let Some(Effect::StartMapRun(mut request)) = parent.effects.pop() else {
        panic!("a map run is asked for");
    };
    let moment = Moment {
        now_ms: 0,
        entropy: [9; 32],
    };
    let outcome = map_run::step(
        &parent.machine,
        &mut request.run,
        map_run::Input::Continue,
        moment,
    );
    let Some(map_run::Effect::StartChild { execution, .. }) = outcome.effects.into_iter().next()
    else {
        panic!("a child is started");
    };
    let mut child = *execution;
    let outcome = step(&parent.machine, &mut child, Input::Start, moment);
    assert!(
        !outcome
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::SetTimer { .. }))
    );
    assert!(matches!(child.finish(), Some(Finish::Failed { .. })));
}

#[test]
fn a_map_run_read_back_from_its_parts_goes_on() {
    let mut bench = MapBench::started(&json!({"MaxConcurrency": 1}), "[1, 2]");
    let text = |value: serde_json::Result<String>| value.unwrap();
    let plan = text(serde_json::to_string(bench.run.plan()));
    let items = text(serde_json::to_string(&bench.run.items()));
    let progress = text(serde_json::to_string(bench.run.progress()));
    let restored = MapRun::restore(
        serde_json::from_str(&plan).unwrap(),
        serde_json::from_str(&items).unwrap(),
        serde_json::from_str(&progress).unwrap(),
    );
    assert_eq!(restored, bench.run);
    assert_eq!(restored.open_effects(), [map_run::Effect::Continue]);
    bench.run = restored;
    bench.end_child(0, None);
    bench.end_child(1, None);
    assert_eq!(bench.parent.output(), "[1,2]");
}

#[test]
fn an_update_lets_more_children_run_and_fewer_fail() {
    let mut bench = MapBench::started(&json!({"MaxConcurrency": 1}), "[1, 2, 3]");
    bench.take(map_run::Input::Update(map_run::Update {
        max_concurrency: Some(3),
        tolerated_failure_count: Some(1),
        tolerated_failure_percentage: None,
    }));
    assert_eq!(bench.children.len(), 3);
    bench.end_child(0, Some("Boom"));
    assert_eq!(bench.run.progress().status(), map_run::Status::Running);
    bench.end_child(1, Some("Boom"));
    assert_eq!(bench.effects, [map_run::Effect::StopChild { child: 2 }]);
}
