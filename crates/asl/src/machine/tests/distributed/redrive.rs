//! Redriving executions with distributed Maps: the map run goes on where it ended.

use super::*;
use crate::machine::map_run::{Status, Unsuccess, Unsuccessful};

impl MapBench {
    /// Redrives the execution, and the map run as the execution asks.
    fn redrive(&mut self) {
        self.parent.take(Input::Redrive);
        let Some(Effect::RedriveMapRun {
            map_run,
            redrive_count,
            ..
        }) = self.parent.effects.pop()
        else {
            panic!("no map run is redriven: {:?}", self.parent.types());
        };
        assert_eq!(map_run, self.id);
        self.take(map_run::Input::Redrive { redrive_count });
    }

    /// Answers the question for children without success, all of which can be redriven, or none.
    fn find(&mut self, is_redrivable: bool) {
        let asked = self.effects.iter().find_map(|effect| match effect {
            map_run::Effect::FindUnsuccessful {
                redrive_count,
                after,
                most,
            } => Some((*redrive_count, *after, *most)),
            _ => None,
        });
        let (redrive_count, after, most) = asked.expect("unsuccessful children are asked for");
        self.ended.sort_by_key(|record| record.child);
        let mut children: Vec<Unsuccessful> = Vec::new();
        for record in &self.ended {
            children.retain(|found| found.child != record.child);
            let how = match record.finish {
                Finish::Succeeded { .. } => continue,
                Finish::Failed { .. } => Unsuccess::Failed,
                Finish::TimedOut { .. } => Unsuccess::TimedOut,
                Finish::Aborted { .. } => Unsuccess::Aborted,
            };
            if after.is_none_or(|after| record.child > after) {
                children.push(Unsuccessful {
                    child: record.child,
                    items: 1,
                    how,
                    is_redrivable,
                });
            }
        }
        children.truncate(most as usize);
        self.take(map_run::Input::Unsuccessful {
            redrive_count,
            children,
        });
    }

    /// A child that was redriven ends.
    fn end_again(&mut self, child: u32, error: Option<&str>) {
        self.ended.retain(|record| record.child != child);
        self.end_child(child, error);
    }

    fn is_redriven(&self, child: u32) -> bool {
        let wanted = map_run::Effect::RedriveChild { child };
        self.effects.contains(&wanted)
    }
}

#[test]
fn a_redriven_map_run_redrives_what_failed_begins_the_rest_and_keeps_what_succeeded() {
    let mut bench = MapBench::started(&json!({"MaxConcurrency": 1}), "[1, 2, 3]");
    bench.end_child(0, None);
    bench.end_child(1, Some("Boom"));
    assert_eq!(
        bench.parent.error().0,
        "States.ExceedToleratedFailureThreshold"
    );
    bench.redrive();
    assert_eq!(bench.run.progress().status(), Status::Running);
    assert_eq!(bench.run.execution_counts().pending_redrive, 1);
    assert_eq!(bench.run.execution_counts().failed, 0);
    bench.find(true);
    assert!(bench.is_redriven(1));
    assert_eq!(bench.children.len(), 2, "there is room for one");
    bench.end_again(1, None);
    bench.find(true);
    assert_eq!(bench.children.len(), 3);
    bench.end_child(2, None);
    assert_eq!(bench.parent.output(), "[1,2,3]");
    let types = bench.parent.types();
    let redriven = types.iter().position(|name| *name == "MapRunRedriven");
    let redriven = redriven.unwrap();
    assert_eq!(
        types[redriven - 1..],
        [
            "ExecutionRedriven",
            "MapRunRedriven",
            "MapRunSucceeded",
            "MapStateSucceeded",
            "MapStateExited",
            "ExecutionSucceeded"
        ]
    );
    let event = bench.parent.events[redriven].to_wire();
    assert_eq!(
        event["mapRunRedrivenEventDetails"],
        json!({"mapRunArn": bench.run.arn(), "redriveCount": 1})
    );
}

#[test]
fn children_that_cannot_be_redriven_have_failed_for_good() {
    let fields = json!({"ToleratedFailureCount": 1});
    let mut bench = MapBench::started(&fields, "[1, 2, 3]");
    bench.end_child(0, Some("Boom"));
    bench.end_child(1, Some("Boom"));
    bench.end_child(2, None);
    assert_eq!(bench.run.progress().status(), Status::Failed);
    bench.redrive();
    bench.find(false);
    let counts = bench.run.execution_counts();
    assert_eq!(
        (counts.failures_not_redrivable, counts.pending_redrive),
        (2, 0)
    );
    assert_eq!((counts.failed, counts.total), (2, 3));
    assert_eq!(bench.run.progress().status(), Status::Failed);
}

#[test]
fn what_still_waits_when_the_map_run_fails_again_is_as_it_had_ended() {
    let fields = json!({"MaxConcurrency": 2, "ToleratedFailureCount": 1});
    let mut bench = MapBench::started(&fields, "[1, 2, 3, 4]");
    for child in 0..3 {
        bench.end_child(child, Some("Boom"));
        if bench.run.progress().end().is_some() {
            break;
        }
    }
    bench.redrive();
    bench.find(true);
    bench.end_again(0, Some("Boom"));
    assert_eq!(bench.run.progress().pending_redrive_from(), Some(2));
    bench.end_again(1, Some("Boom"));
    let counts = bench.run.execution_counts();
    assert_eq!(counts.pending_redrive, 0);
    assert_eq!(counts.failed, 3);
    assert_eq!(bench.run.progress().status(), Status::Failed);
    bench.redrive();
    assert_eq!(bench.run.progress().redrive_count(), 2);
    assert_eq!(bench.run.execution_counts().pending_redrive, 3);
}

#[test]
fn a_map_run_that_still_stops_its_children_is_redriven_after_that() {
    let mut bench = MapBench::started(&json!({}), "[1, 2]");
    bench.parent.take(Input::Stop {
        error: None,
        cause: None,
    });
    bench.take(map_run::Input::Abort);
    bench.redrive();
    assert_eq!(bench.run.progress().status(), Status::Running);
    bench.end_child(0, Some("Stopped"));
    bench.end_child(1, None);
    assert_eq!(bench.effects, [map_run::Effect::Continue]);
    bench.take(map_run::Input::Continue);
    bench.find(true);
    assert!(bench.is_redriven(0) && !bench.is_redriven(1));
    bench.end_again(0, None);
    assert_eq!(bench.parent.output(), "[1,2]");
}

#[test]
fn a_map_run_whose_redrive_was_given_up_ends_with_its_children() {
    let mut bench = MapBench::started(&json!({}), "[1, 2]");
    let stop = || Input::Stop {
        error: None,
        cause: None,
    };
    bench.parent.take(stop());
    bench.take(map_run::Input::Abort);
    bench.redrive();
    bench.parent.take(stop());
    bench.take(map_run::Input::Abort);
    bench.end_child(0, Some("Stopped"));
    bench.end_child(1, Some("Stopped"));
    assert_eq!(bench.run.progress().status(), Status::Aborted);
}

#[test]
fn express_children_start_again_under_their_name() {
    let fields = json!({"ItemProcessor": {
        "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
        "StartAt": "Work", "States": {"Work": {"Type": "Pass", "End": true}}
    }});
    let mut bench = MapBench::started(&fields, "[1]");
    bench.end_child(0, Some("Boom"));
    bench.redrive();
    bench.find(false);
    assert_eq!(bench.effects[0], map_run::Effect::RestartChild { child: 0 });
    let first = &bench.children[0];
    let again = bench
        .run
        .child_again(&first.identity().execution_name, first.input().clone());
    assert_eq!(&again, first);
}

#[test]
fn a_map_run_whose_items_could_not_be_read_reads_them_again() {
    let fields = json!({"ItemReader": {
        "Resource": "arn:aws:states:::s3:getObject",
        "Parameters": {"Bucket": "b", "Key": "k.json"},
        "ReaderConfig": {"InputType": "JSON"}
    }});
    let mut bench = MapBench::started(&fields, "{}");
    let missing = map_run::ObjectError("There is no such object.".to_owned());
    bench.take(map_run::Input::Read(Err(missing)));
    let Some(map_run::Effect::Finish(end)) = bench.effects.pop() else {
        panic!("it fails");
    };
    let map_run = bench.id;
    bench.parent.take(Input::MapRunFinished { map_run, end });
    bench.redrive();
    assert!(matches!(bench.effects[..], [map_run::Effect::Read(_)]));
    let bytes = Arc::from(&b"[7]"[..]);
    let (bucket, key) = ("b".to_owned(), "k.json".to_owned());
    let objects = Objects::Contents(vec![Object { bucket, key, bytes }]);
    bench.take(map_run::Input::Read(Ok(objects)));
    bench.end_child(0, None);
    assert_eq!(bench.parent.output(), "[7]");
}

#[test]
fn a_map_state_that_failed_by_its_own_fields_starts_another_map_run() {
    let fields = json!({"ResultSelector": {"x.$": "$.missing"}});
    let mut bench = MapBench::started(&fields, "[1]");
    bench.end_child(0, None);
    assert_eq!(bench.parent.error().0, "States.Runtime");
    bench.parent.take(Input::Redrive);
    let Some(Effect::StartMapRun(request)) = bench.parent.effects.pop() else {
        panic!("{:?}", bench.parent.types());
    };
    assert_ne!(request.run.arn(), bench.run.arn());
}

#[test]
fn a_map_run_that_was_over_when_the_execution_was_stopped_gives_its_end_again() {
    let mut bench = MapBench::started(&json!({}), "[1]");
    bench.parent.take(Input::Stop {
        error: None,
        cause: None,
    });
    bench.end_child(0, None);
    assert_eq!(bench.run.progress().status(), Status::Succeeded);
    bench.redrive();
    let Some(map_run::Effect::Finish(end)) = bench.effects.pop() else {
        panic!("its end is given again");
    };
    let map_run = bench.id;
    bench.parent.take(Input::MapRunFinished { map_run, end });
    assert_eq!(bench.parent.output(), "[1]");
}

#[test]
fn a_thousand_redrives_of_one_map_run_are_the_most() {
    let mut bench = MapBench::started(&json!({}), "[1]");
    bench.end_child(0, Some("Boom"));
    for _ in 0..1_000 {
        bench.redrive();
        bench.find(true);
        bench.end_again(0, Some("Boom"));
    }
    bench.parent.take(Input::Redrive);
    assert_eq!(bench.parent.error().0, "States.Runtime");
    assert_eq!(bench.run.progress().redrive_count(), 1_000);
}

#[test]
fn a_map_run_is_redriven_after_it_and_its_execution_were_stored() {
    let mut bench = MapBench::started(&json!({"MaxConcurrency": 1}), "[1, 2]");
    bench.end_child(0, Some("Boom"));
    let stored = serde_json::to_string(&bench.parent.execution).unwrap();
    bench.parent.execution = serde_json::from_str(&stored).unwrap();
    bench.redrive();
    let text = serde_json::to_string(bench.run.progress()).unwrap();
    let progress = serde_json::from_str(&text).unwrap();
    let restored = MapRun::restore(
        bench.run.plan().clone(),
        bench.run.items().cloned(),
        progress,
    );
    assert_eq!(restored, bench.run);
    let question = bench.effects.clone();
    assert_eq!(restored.open_effects()[..1], question);
    bench.run = restored;
    bench.find(true);
    bench.end_again(0, None);
    bench.find(true);
    bench.end_child(1, None);
    assert_eq!(bench.parent.output(), "[1,2]");
}

#[test]
fn what_was_stored_before_there_was_a_redrive_is_read_and_starts_another_map_run() {
    let mut bench = MapBench::started(&json!({}), "[1]");
    let mut progress: Value = serde_json::to_value(bench.run.progress()).unwrap();
    progress.as_object_mut().unwrap().remove("redrive");
    let progress = serde_json::from_value(progress).unwrap();
    bench.run = MapRun::restore(
        bench.run.plan().clone(),
        bench.run.items().cloned(),
        progress,
    );
    let mut stored: Value = serde_json::to_value(&bench.parent.execution).unwrap();
    for thread in stored["threads"].as_object_mut().unwrap().values_mut() {
        let open = thread["activity"]["MapRun"].as_object_mut().unwrap();
        open.remove("arn");
        open.remove("redrives");
    }
    bench.parent.execution = serde_json::from_value(stored).unwrap();
    bench.end_child(0, Some("Boom"));
    bench.parent.take(Input::Redrive);
    assert!(matches!(
        bench.parent.effects.last(),
        Some(Effect::StartMapRun(_))
    ));
}
