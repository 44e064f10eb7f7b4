//! Machines and their revisions.

use super::{Store, StoreError, Tags};
use crate::arn::MachineArn;
use asl::check::MachineType;
use serde_json::Value;

/// A machine in its newest revision.
#[derive(Debug, Clone, PartialEq)]
pub struct Machine {
    /// Its ARN.
    pub arn: MachineArn,
    /// Its name.
    pub name: String,
    /// Standard or Express; never changes.
    pub machine_type: MachineType,
    /// The definition, as it was given.
    pub definition: String,
    /// The role given.
    pub role_arn: String,
    /// Settings that are kept and given back, and mean nothing here (`loggingConfiguration`, `tracingConfiguration`, …).
    pub settings: Value,
    /// Identifies this revision.
    pub revision_id: String,
    /// When it was created, in milliseconds since 1970.
    pub created_ms: i64,
    /// When this revision was made, in milliseconds since 1970.
    pub updated_ms: i64,
}

/// A machine, as lists show it.
#[derive(Debug, Clone, PartialEq)]
pub struct MachineSummary {
    /// Its ARN.
    pub arn: MachineArn,
    /// Its name.
    pub name: String,
    /// Standard or Express.
    pub machine_type: MachineType,
    /// When it was created, in milliseconds since 1970.
    pub created_ms: i64,
}

/// One page of machines, by name.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MachinePage {
    /// The machines.
    pub machines: Vec<MachineSummary>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<String>,
}

/// A machine to be created.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateMachine {
    /// Its ARN; the name is in it.
    pub arn: MachineArn,
    /// Standard or Express.
    pub machine_type: MachineType,
    /// The definition, checked by the caller.
    pub definition: String,
    /// The role.
    pub role_arn: String,
    /// See [`Machine::settings`].
    pub settings: Value,
    /// Its tags.
    pub tags: Tags,
}

/// What an update changes; `None` leaves as it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MachineChange {
    /// The definition, checked by the caller.
    pub definition: Option<String>,
    /// The role.
    pub role_arn: Option<String>,
    /// See [`Machine::settings`].
    pub settings: Option<Value>,
}

impl Store {
    /// Creates a machine. When one of this name is there, changes nothing: the caller compares what comes back with what
    /// it asked for (API-105). The flag says whether it was created.
    pub async fn create_machine(
        &self,
        _machine: CreateMachine,
        _now_ms: i64,
    ) -> Result<(Machine, bool), StoreError> {
        unimplemented!()
    }
    /// Makes a new revision; running executions keep theirs (API-106). `None` when there is no such machine.
    pub async fn update_machine(
        &self,
        _arn: &MachineArn,
        _change: MachineChange,
        _now_ms: i64,
    ) -> Result<Option<Machine>, StoreError> {
        unimplemented!()
    }
    /// Deletes a machine; `false` when there was none. Its running executions go on with the revision they started with.
    pub async fn delete_machine(&self, _arn: &MachineArn) -> Result<bool, StoreError> {
        unimplemented!()
    }
    /// A machine in its newest revision.
    pub async fn machine(&self, _arn: &MachineArn) -> Result<Option<Machine>, StoreError> {
        unimplemented!()
    }
    /// Machines by name, after the name `after`.
    pub async fn machines(
        &self,
        _after: Option<String>,
        _limit: usize,
    ) -> Result<MachinePage, StoreError> {
        unimplemented!()
    }
    /// Tags of a machine or an activity; `None` when there is none with this ARN.
    pub async fn tags(&self, _arn: &str) -> Result<Option<Tags>, StoreError> {
        unimplemented!()
    }
    /// Sets and removes tags; `false` when there is nothing with this ARN.
    pub async fn change_tags(
        &self,
        _arn: &str,
        _set: Tags,
        _remove: Vec<String>,
    ) -> Result<bool, StoreError> {
        unimplemented!()
    }
}
