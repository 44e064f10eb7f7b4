//! The Task state: scheduling, answers, limits (asl-rules 3.2, 15, 16).

use super::context::Extras;
use super::data::Surroundings;
use super::error::{Origin, RUNTIME, StateError};
use super::execution::{Activity, OpenTask, Purpose, ThreadId, Work};
use super::payload::Payload;
use super::run::{Run, Visit, after_seconds};
use super::{Effect, FailurePoint, TaskId, TaskRequest};
use crate::definition::{DataFlow, Resource, StateKind, Task};
use crate::history::{ActivityEvent, EventKind, LambdaEvent, TaskEvent};
use std::sync::Arc;

/// The limits of one task, in seconds.
struct Limits {
    timeout: Option<u64>,
    heartbeat: Option<u64>,
}

impl<'m> Run<'m> {
    pub(super) fn begin_task(
        &mut self,
        visit: &Visit<'m>,
        task: &'m Task,
    ) -> Result<(), StateError> {
        let token = task.resource.has_token().then(|| self.entropy.token());
        let extras = Extras {
            token: token.clone(),
            item: None,
        };
        let around = self.surroundings(visit, extras);
        let (seen, input) = match &visit.state.data {
            DataFlow::JsonPath(flow) => {
                let seen = self.after_input_path(&around, flow)?;
                (seen.clone(), self.after_parameters(&around, flow, seen)?)
            }
            DataFlow::Jsonata(_) => (visit.input.clone(), self.effective_input(&around)?),
        };
        let limits = self.limits(&around, task, &seen)?;
        let role = task.role_arn.as_ref();
        let role = role
            .map(|field| self.text_field(&around, field, &seen, "RoleArn"))
            .transpose()?;
        if input.is_too_long() {
            return Err(StateError::data_limit(&visit.state.name));
        }
        self.find_activity(&task.resource)?;
        let id = TaskId(self.execution.number());
        let request = TaskRequest {
            task: id,
            state: visit.state.name.to_string(),
            resource: task.resource.arn().to_string(),
            input: input.text().clone(),
            token,
            attempt: visit.retries,
            timeout_seconds: limits.timeout,
            heartbeat_seconds: limits.heartbeat,
            role_arn: role,
        };
        self.schedule(visit, &task.resource, request);
        Ok(())
    }

    /// Refuses a task of an activity that is known not to be there.
    fn find_activity(&self, resource: &Resource) -> Result<(), StateError> {
        match resource {
            Resource::Activity(arn)
                if self
                    .execution
                    .absent_activities
                    .iter()
                    .any(|absent| **absent == **arn) =>
            {
                let cause = format!("The activity {arn} does not exist.");
                Err(StateError::fields("States.Runtime", &cause))
            }
            Resource::Activity(_) | Resource::Function(_) | Resource::Service { .. } => Ok(()),
        }
    }

    fn limits(
        &mut self,
        around: &Surroundings<'_, 'm>,
        task: &Task,
        input: &Payload,
    ) -> Result<Limits, StateError> {
        let timeout = task.timeout_seconds.as_ref();
        let timeout = timeout.map(|amount| self.count(around, amount, input, "TimeoutSeconds"));
        let timeout = timeout.transpose()?;
        let heartbeat = task.heartbeat_seconds.as_ref();
        let heartbeat =
            heartbeat.map(|amount| self.count(around, amount, input, "HeartbeatSeconds"));
        Ok(Limits {
            timeout,
            heartbeat: heartbeat.transpose()?,
        })
    }

    fn schedule(&mut self, visit: &Visit<'m>, resource: &Resource, request: TaskRequest) {
        let event = self.scheduled_event(resource, &request);
        self.emit(visit.thread, event);
        let id = request.task;
        let limit = request
            .timeout_seconds
            .map(|seconds| after_seconds(self.now_ms, seconds));
        let timeout = limit.map(|at_ms| self.set_timer(at_ms, Purpose::TaskTimeout(id)));
        self.want(Effect::Schedule(request.clone()));
        self.execution.tasks.insert(id, visit.thread);
        let open = OpenTask {
            request,
            started: false,
            timeout,
            heartbeat: None,
        };
        if let Some(thread) = self.thread(visit.thread) {
            thread.activity = Activity::Task(Box::new(open));
        }
        if !matches!(resource, Resource::Activity(_)) {
            self.execution.ready.push_back(Work::Started(id));
        }
    }

    fn scheduled_event(&self, resource: &Resource, request: &TaskRequest) -> EventKind {
        let role_arn = request.role_arn.as_deref().map(Arc::from);
        let timeout_seconds = request.timeout_seconds;
        let heartbeat_seconds = request.heartbeat_seconds;
        let input = request.input.clone();
        match resource {
            Resource::Function(arn) => EventKind::Lambda(LambdaEvent::Scheduled {
                resource: arn.clone(),
                input,
                timeout_seconds,
                role_arn,
            }),
            Resource::Activity(arn) => EventKind::Activity(ActivityEvent::Scheduled {
                resource: arn.clone(),
                input,
                timeout_seconds,
                heartbeat_seconds,
            }),
            Resource::Service { names, .. } => EventKind::Task(TaskEvent::Scheduled {
                resource: names.clone(),
                region: Arc::from(self.execution.identity.region.as_str()),
                parameters: input,
                timeout_seconds,
                heartbeat_seconds,
                role_arn,
            }),
        }
    }

    // While it is open

    /// The thread, visit and resource of an open task.
    fn open_task(&mut self, id: TaskId) -> Option<(ThreadId, &'m Resource)> {
        let thread = *self.execution.tasks.get(&id)?;
        match &self.state_of(thread)?.kind {
            StateKind::Task(task) => Some((thread, &task.resource)),
            StateKind::Pass(_)
            | StateKind::Choice(_)
            | StateKind::Wait(_)
            | StateKind::Succeed
            | StateKind::Fail(_)
            | StateKind::Parallel(_)
            | StateKind::Map(_) => None,
        }
    }

    fn open(&mut self, thread: ThreadId) -> Option<&mut OpenTask> {
        match &mut self.thread(thread)?.activity {
            Activity::Task(task) => Some(task),
            Activity::Running
            | Activity::Waiting(_)
            | Activity::Retrying(_)
            | Activity::Fan(_)
            | Activity::Stopped(_)
            | Activity::MapRun(_) => None,
        }
    }

    /// A worker or service says that it has taken the task.
    pub(super) fn task_started(&mut self, id: TaskId, worker: Option<&str>) {
        self.write_started(id, worker);
    }

    pub(super) fn write_started(&mut self, id: TaskId, worker: Option<&str>) {
        let Some((thread, resource)) = self.open_task(id) else {
            return;
        };
        match self.open(thread) {
            Some(open) if !open.started => open.started = true,
            Some(_) | None => return,
        }
        let event = match resource {
            Resource::Function(_) => EventKind::Lambda(LambdaEvent::Started),
            Resource::Activity(_) => {
                let worker_name = worker.map(Arc::from);
                EventKind::Activity(ActivityEvent::Started { worker_name })
            }
            Resource::Service { names, .. } => EventKind::Task(TaskEvent::Started(names.clone())),
        };
        self.emit(thread, event);
        self.heartbeat(id);
    }

    /// The worker lives: its next heartbeat is due that much later.
    pub(super) fn heartbeat(&mut self, id: TaskId) {
        let Some((thread, resource)) = self.open_task(id) else {
            return;
        };
        if !resource.takes_heartbeats() {
            return;
        }
        let Some(open) = self.open(thread) else {
            return;
        };
        let Some(seconds) = open.request.heartbeat_seconds.filter(|_| open.started) else {
            return;
        };
        if let Some(timer) = open.heartbeat.take() {
            self.cancel_timer(timer);
        }
        let timer = self.set_timer(after_seconds(self.now_ms, seconds), Purpose::Heartbeat(id));
        if let Some(open) = self.open(thread) {
            open.heartbeat = Some(timer);
        }
    }

    pub(super) fn task_submitted(&mut self, id: TaskId, output: Arc<str>) {
        let Some((thread, resource)) = self.open_task(id) else {
            return;
        };
        if let Resource::Service { names, .. } = resource {
            self.write_started(id, None);
            self.emit(
                thread,
                EventKind::Task(TaskEvent::Submitted(names.clone(), output)),
            );
        }
    }

    // Its end

    /// Closes a task that was answered or timed out; gives its visit.
    fn close(&mut self, id: TaskId) -> Option<(Visit<'m>, &'m Resource)> {
        let (thread, resource) = self.open_task(id)?;
        self.execution.tasks.remove(&id);
        let open = self.open(thread)?;
        let timers = [open.timeout.take(), open.heartbeat.take()];
        timers
            .into_iter()
            .flatten()
            .for_each(|timer| self.cancel_timer(timer));
        if let Some(thread) = self.thread(thread) {
            thread.activity = Activity::Running;
        }
        Some((self.visit(thread)?, resource))
    }

    pub(super) fn task_succeeded(&mut self, id: TaskId, output: Arc<str>) {
        self.write_started(id, None);
        let Some((visit, resource)) = self.close(id) else {
            return;
        };
        let result = match Payload::checked(output) {
            Some(result) if result.is_too_long() => {
                let error = StateError::data_limit(limited_name(resource));
                self.write_failed(&visit, resource, &error, FailurePoint::Work);
                return self.fail(&visit, error);
            }
            Some(result) => result,
            None => {
                let cause = "The result of the task is no JSON, or it is nested too deeply.";
                return self.fail(&visit, StateError::runtime(cause));
            }
        };
        let output = result.text().clone();
        let event = match resource {
            Resource::Function(_) => EventKind::Lambda(LambdaEvent::Succeeded(output)),
            Resource::Activity(_) => EventKind::Activity(ActivityEvent::Succeeded(output)),
            Resource::Service { names, .. } => {
                EventKind::Task(TaskEvent::Succeeded(names.clone(), output))
            }
        };
        self.emit(visit.thread, event);
        let around = self.surroundings(&visit, Extras::default());
        let left = self.after_work(&around, &result);
        if let Err(error) = left.and_then(|outgoing| self.leave(&visit, outgoing)) {
            self.fail(&visit, error);
        }
    }

    pub(super) fn task_failed(&mut self, id: TaskId, error: StateError, at: FailurePoint) {
        if at == FailurePoint::Work {
            self.write_started(id, None);
        }
        let Some((visit, resource)) = self.close(id) else {
            return;
        };
        if error.error.as_deref() == Some(RUNTIME) && at == FailurePoint::Schedule {
            return self.fail(
                &visit,
                StateError {
                    origin: Origin::Fields,
                    ..error
                },
            );
        }
        self.write_failed(&visit, resource, &error, at);
        self.fail(&visit, error);
    }

    fn write_failed(
        &mut self,
        visit: &Visit<'m>,
        resource: &Resource,
        error: &StateError,
        at: FailurePoint,
    ) {
        let failure = error.failure();
        let event = match (resource, at) {
            (Resource::Function(_), FailurePoint::Schedule) => {
                EventKind::Lambda(LambdaEvent::ScheduleFailed(failure))
            }
            (Resource::Function(_), FailurePoint::Start) => {
                EventKind::Lambda(LambdaEvent::StartFailed(failure))
            }
            (Resource::Function(_), FailurePoint::Submit | FailurePoint::Work) => {
                EventKind::Lambda(LambdaEvent::Failed(failure))
            }
            (Resource::Activity(_), FailurePoint::Schedule) => {
                EventKind::Activity(ActivityEvent::ScheduleFailed(failure))
            }
            (Resource::Activity(_), _) => EventKind::Activity(ActivityEvent::Failed(failure)),
            (Resource::Service { names, .. }, FailurePoint::Submit) => {
                EventKind::Task(TaskEvent::SubmitFailed(names.clone(), failure))
            }
            (Resource::Service { names, .. }, FailurePoint::Start) => {
                EventKind::Task(TaskEvent::StartFailed(names.clone(), failure))
            }
            (Resource::Service { names, .. }, FailurePoint::Schedule | FailurePoint::Work) => {
                EventKind::Task(TaskEvent::Failed(names.clone(), failure))
            }
        };
        self.emit(visit.thread, event);
    }

    /// The limit of a task has passed, or its heartbeat is lost.
    pub(super) fn task_timed_out(&mut self, id: TaskId, error: StateError) {
        let Some((visit, resource)) = self.close(id) else {
            return;
        };
        self.want(Effect::CancelTask { task: id });
        let failure = error.failure();
        let event = match resource {
            Resource::Function(_) => EventKind::Lambda(LambdaEvent::TimedOut(failure)),
            Resource::Activity(_) => EventKind::Activity(ActivityEvent::TimedOut(failure)),
            Resource::Service { names, .. } => {
                EventKind::Task(TaskEvent::TimedOut(names.clone(), failure))
            }
        };
        self.emit(visit.thread, event);
        self.fail(&visit, error);
    }
}

/// How the cause of a result that is too long names the task (asl-rules 13).
fn limited_name(resource: &Resource) -> &str {
    match resource {
        Resource::Function(arn) | Resource::Activity(arn) => arn,
        Resource::Service { names, .. } => &names.resource_type,
    }
}
