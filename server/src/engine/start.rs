//! Starting executions.

use super::route::Samples;
use super::slots::Loaded;
use super::{Engine, Inner, finish_anyway};
use crate::arn::{ExecutionArn, MachineArn, Qualifier, Target};
use crate::ids;
use crate::store::journal::{Existing, NewExecution, Recorded};
use crate::store::waiting::WaitedBy;
use crate::store::{ExecutionStatus, MachineStatus, Runnable, StoreError};
use asl::check::MachineType;
use asl::machine::{Execution, Identity};
use std::sync::Arc;

/// An execution to be started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartRequest {
    /// The machine, or one of its versions or aliases.
    pub target: Target,
    /// The execution's name, checked by the caller; made up when absent (API-102).
    pub name: Option<String>,
    /// JSON text, checked by the caller.
    pub input: String,
    /// The case of the sample results to run on.
    pub case: Option<String>,
    /// The X-Ray header of who starts it.
    pub trace_header: Option<String>,
}

/// A started execution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Started {
    /// Its ARN.
    pub arn: ExecutionArn,
    /// When it was started, in milliseconds since 1970.
    pub start_ms: i64,
}

/// Why an execution was not started.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StartError {
    /// The machine goes when its last execution has ended (API-108).
    #[error("the state machine is being deleted: {0}")]
    MachineIsDeleted(MachineArn),
    /// There is no such machine, version or alias.
    #[error("the state machine does not exist: {0}")]
    MachineDoesNotExist(Target),
    /// An execution of this name is there, closed or with another input (API-101).
    #[error("the execution already exists: {0}")]
    AlreadyExists(ExecutionArn),
    /// The machine has no sample results under this name.
    #[error("the state machine has no sample results named {0}")]
    UnknownCase(String),
    /// Express machines are not started this way.
    #[error("the state machine is an Express one: {0}")]
    Express(MachineArn),
    /// Too many executions are open (API-909).
    #[error("the maximum number of running executions has been reached")]
    LimitExceeded,
    /// The definition on disk cannot be run.
    #[error("the definition cannot be run: {0}")]
    Definition(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Engine {
    /// Starts an execution. Answers once it is on disk. The same name and input while it runs give the first answer again.
    pub async fn start_execution(&self, request: StartRequest) -> Result<Started, StartError> {
        let inner = Arc::clone(&self.inner);
        finish_anyway(async move { inner.start_execution(request, None).await }).await?
    }
}

impl Inner {
    pub(super) async fn start_execution(
        self: &Arc<Self>,
        request: StartRequest,
        waited_by: Option<WaitedBy>,
    ) -> Result<Started, StartError> {
        let runnable = self.runnable(&request.target).await?;
        let machine = &runnable.machine;
        if machine.machine_type == MachineType::Express {
            return Err(StartError::Express(machine.arn.clone()));
        }
        if self.open.is_full() {
            return Err(StartError::LimitExceeded);
        }
        let samples = self.start_samples(&request).await?;
        let program = self
            .compiled(runnable.revision, &machine.definition)
            .map_err(StartError::Definition)?;
        let name = match request.name {
            Some(name) => name,
            None => ids::uuid().map_err(StoreError::from)?,
        };
        let arn = self.home.execution(&machine.name, &name);
        let mut identity = self.identity(&runnable, &request.target, arn.to_string(), &name);
        identity.trace_header = self.kept_header(request.trace_header);
        let new = NewExecution {
            arn: arn.clone(),
            machine_arn: machine.arn.clone(),
            revision: runnable.revision,
            version: runnable.version,
            alias: alias(&request.target).map(str::to_owned),
            start_ms: self.clock.now_ms(),
            input: request.input.into(),
            case: request.case,
            child_of: None,
            waited_by,
        };
        let loaded = Loaded {
            id: self.next_execution(),
            arn,
            machine_arn: new.machine_arn.clone(),
            start_ms: new.start_ms,
            state: Execution::new(&program, identity, Arc::clone(&new.input)),
            program,
            samples,
            child_of: None,
        };
        self.begin_or_repeat(loaded, new).await
    }

    /// What an execution on `target` runs: behind an alias, the draw says which version.
    pub(super) async fn runnable(&self, target: &Target) -> Result<Runnable, StartError> {
        let draw = ids::below_hundred().map_err(StoreError::from)?;
        let found = self.store.runnable(target, draw).await?;
        let found = found.ok_or_else(|| StartError::MachineDoesNotExist(target.clone()))?;
        match found.machine.status {
            MachineStatus::Active => Ok(found),
            MachineStatus::Deleting => Err(StartError::MachineIsDeleted(found.machine.arn)),
        }
    }

    pub(super) async fn start_samples(
        &self,
        request: &StartRequest,
    ) -> Result<Samples, StartError> {
        let Some(case) = &request.case else {
            return Ok(Samples::None);
        };
        let found = self.samples(&request.target.machine, case).await?;
        let found = found.ok_or_else(|| StartError::UnknownCase(case.clone()))?;
        Ok(Samples::Case(Box::new(found)))
    }

    /// What an execution is told about itself.
    pub(super) fn identity(
        &self,
        runnable: &Runnable,
        target: &Target,
        execution_arn: String,
        name: &str,
    ) -> Identity {
        let machine = &runnable.machine;
        Identity {
            execution_arn,
            execution_name: name.to_owned(),
            machine_arn: machine.arn.to_string(),
            machine_name: machine.name.clone(),
            role_arn: machine.role_arn.clone(),
            region: self.home.region.clone(),
            alias_arn: alias(target).map(|name| machine.arn.alias(name)),
            version_arn: runnable.version.map(|number| machine.arn.version(number)),
            trace_header: None,
        }
    }

    /// A header is kept only where traces are made.
    pub(super) fn kept_header(&self, header: Option<String>) -> Option<String> {
        header.filter(|_| self.observer.makes_traces())
    }

    async fn begin_or_repeat(
        self: &Arc<Self>,
        loaded: Loaded,
        new: NewExecution,
    ) -> Result<Started, StartError> {
        let started = Started {
            arn: loaded.arn.clone(),
            start_ms: loaded.start_ms,
        };
        let (input, case) = (Arc::clone(&new.input), new.case.clone());
        match self.begin(loaded, new).await? {
            Recorded::Done { .. } => Ok(started),
            Recorded::NameTaken(there) if is_the_same(&there, &input, case.as_deref()) => {
                Ok(Started {
                    start_ms: there.start_ms,
                    ..started
                })
            }
            Recorded::NameTaken(_) => Err(StartError::AlreadyExists(started.arn)),
        }
    }
}

/// The name of the alias that a target names.
fn alias(target: &Target) -> Option<&str> {
    match &target.qualifier {
        Some(Qualifier::Alias(name)) => Some(name),
        Some(Qualifier::Version(_)) | None => None,
    }
}

/// Whether a second start of the same name is the first one, repeated.
fn is_the_same(there: &Existing, input: &str, case: Option<&str>) -> bool {
    there.status == ExecutionStatus::Running
        && there.input == input
        && there.case.as_deref() == case
}
