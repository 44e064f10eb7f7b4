//! Runs a map run to its end at once. What services answered to children is not recorded, so tasks of children give
//! back what they got.

use asl::definition::StateMachine;
use asl::dry_run::SampleObjects;
use asl::machine::map_run::{self, ChildRecord, MapRun};
use asl::machine::{Effect, Execution, Finish, Input, MapRunEnd, Moment, step};
use std::collections::VecDeque;
use std::sync::Arc;

/// Inputs after which a child is given up.
const MAX_STEPS: u8 = 200;

pub(crate) struct World<'a> {
    pub(crate) machine: &'a StateMachine,
    pub(crate) objects: &'a mut SampleObjects,
    pub(crate) now_ms: i64,
}

impl World<'_> {
    pub(crate) fn map_run(&mut self, mut run: MapRun) -> MapRunEnd {
        let mut due = VecDeque::from([map_run::Input::Continue]);
        let mut records = Vec::new();
        let mut entropy = [0; 32];
        while let Some(input) = due.pop_front() {
            entropy[0] += 1;
            let outcome = map_run::step(self.machine, &mut run, input, self.moment(entropy));
            for effect in outcome.effects {
                match effect {
                    map_run::Effect::Read(request) => due.push_back(map_run::Input::Read(
                        self.objects.read(&request, self.now_ms),
                    )),
                    map_run::Effect::StartChild {
                        child, execution, ..
                    } => {
                        let record = self.child(child, *execution);
                        due.push_back(map_run::Input::ChildFinished {
                            child,
                            finish: record.finish.clone(),
                        });
                        records.push(record);
                    }
                    map_run::Effect::StopChild { .. }
                    | map_run::Effect::RedriveChild { .. }
                    | map_run::Effect::RestartChild { .. }
                    | map_run::Effect::FindUnsuccessful { .. } => {}
                    map_run::Effect::Gather => {
                        due.push_back(map_run::Input::Gathered(std::mem::take(&mut records)));
                    }
                    map_run::Effect::Write(objects) => {
                        self.objects.write(&objects);
                        due.push_back(map_run::Input::Written(Ok(())));
                    }
                    map_run::Effect::Continue => due.push_back(map_run::Input::Continue),
                    map_run::Effect::Finish(end) => return end,
                }
            }
        }
        MapRunEnd::Aborted
    }

    fn child(&mut self, child: u32, mut execution: Execution) -> ChildRecord {
        let mut due = VecDeque::from([Input::Start]);
        for entropy in 0..MAX_STEPS {
            let Some(input) = due.pop_front() else { break };
            let moment = self.moment([entropy; 32]);
            let outcome = step(self.machine, &mut execution, input, moment);
            for effect in outcome.effects {
                match effect {
                    Effect::Schedule(request) => due.push_back(Input::TaskSucceeded {
                        task: request.task,
                        output: request.input,
                    }),
                    Effect::StartMapRun(request) => due.push_back(Input::MapRunFinished {
                        map_run: request.map_run,
                        end: self.map_run(request.run),
                    }),
                    Effect::SetTimer { timer, .. } => due.push_back(Input::TimerFired { timer }),
                    Effect::CancelTask { .. }
                    | Effect::RedriveMapRun { .. }
                    | Effect::AbortMapRun { .. }
                    | Effect::CancelTimer { .. }
                    | Effect::Finish(_) => {}
                }
            }
        }
        let identity = execution.identity();
        ChildRecord {
            child,
            arn: identity.execution_arn.clone(),
            name: identity.execution_name.clone(),
            input: Arc::clone(execution.input()),
            finish: execution.finish().cloned().unwrap_or(Finish::Aborted {
                error: None,
                cause: None,
            }),
            start_ms: self.now_ms,
            stop_ms: self.now_ms,
            redrive_count: 0,
        }
    }

    fn moment(&self, entropy: [u8; 32]) -> Moment {
        Moment {
            now_ms: self.now_ms,
            entropy,
        }
    }
}
