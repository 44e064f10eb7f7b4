//! What a map run was told when it was asked for; it never changes.

use super::progress::{Counts, Progress};
use crate::definition::{
    BlockId, CsvHeaders, ExecutionType, InputType, OutputType, ReaderAction, ReaderTransformation,
    WriterTransformation,
};
use crate::machine::Identity;
use crate::machine::entropy::uuid_text;
use crate::machine::execution::{Execution, ThreadId};
use crate::machine::payload::Payload;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Seconds that an Express child may take (feature map, API-906).
const EXPRESS_SECONDS: u64 = 300;

/// The fixed part of a map run; its serde form is what the server stores.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    pub(in crate::machine) naming: Naming,
    /// The execution with nothing but the Map state: what `ItemSelector` is evaluated in.
    pub(in crate::machine) frame: Execution,
    pub(in crate::machine) thread: ThreadId,
    /// The effective input.
    pub(in crate::machine) input: Payload,
    pub(in crate::machine) block: BlockId,
    pub(in crate::machine) execution_type: ExecutionType,
    pub(in crate::machine) reader: Option<Reading>,
    pub(in crate::machine) batching: Option<Batching>,
    pub(in crate::machine) writing: Option<Writing>,
}

/// The names that map run and children carry (feature map, ASL-419).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::machine) struct Naming {
    /// `arn:<partition>:states:<region>:<account>`
    prefix: String,
    machine: String,
    label: String,
    pub(in crate::machine) id: String,
}

/// `ItemReader`, with the values of its fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::machine) struct Reading {
    pub(in crate::machine) action: ReaderAction,
    pub(in crate::machine) bucket: String,
    pub(in crate::machine) key: Option<String>,
    pub(in crate::machine) prefix: Option<String>,
    pub(in crate::machine) version: Option<String>,
    pub(in crate::machine) input_type: Option<InputType>,
    pub(in crate::machine) transformation: ReaderTransformation,
    pub(in crate::machine) csv_headers: CsvHeaders,
    pub(in crate::machine) csv_delimiter: char,
    pub(in crate::machine) items_pointer: Option<Arc<str>>,
    pub(in crate::machine) max_items: i64,
}

/// `ItemBatcher`, with the values of its fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::machine) struct Batching {
    pub(in crate::machine) max_items: Option<u64>,
    pub(in crate::machine) max_bytes: Option<u64>,
    pub(in crate::machine) input: Option<Payload>,
}

/// `ResultWriter`, with the values of its fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::machine) struct Writing {
    pub(in crate::machine) target: Option<Target>,
    pub(in crate::machine) transformation: Option<WriterTransformation>,
    pub(in crate::machine) output_type: OutputType,
}

/// Where results are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::machine) struct Target {
    pub(in crate::machine) bucket: String,
    pub(in crate::machine) prefix: String,
}

impl Plan {
    /// The map run's ARN.
    pub fn arn(&self) -> String {
        let Naming {
            prefix,
            machine,
            label,
            id,
        } = &self.naming;
        format!("{prefix}:mapRun:{machine}/{label}:{id}")
    }

    /// ARN of the machine as its children see it: the machine's, with the label behind a slash.
    pub fn machine_arn(&self) -> String {
        let Naming { prefix, .. } = &self.naming;
        format!("{prefix}:stateMachine:{}", self.naming.labelled())
    }

    /// The execution whose Map state asked.
    pub fn parent(&self) -> &Identity {
        self.frame.identity()
    }

    /// Whether its children are Express executions.
    pub fn is_express(&self) -> bool {
        match self.execution_type {
            ExecutionType::Standard => false,
            ExecutionType::Express => true,
        }
    }

    /// Children by what became of them. How many are pending is the least that the items left over need.
    pub fn execution_counts(&self, progress: &Progress) -> Counts {
        let items = progress.pending_items();
        progress.execution_counts(match &self.batching {
            None => items,
            Some(batching) => items.div_ceil(batching.max_items.unwrap_or(u64::MAX).max(1)),
        })
    }

    /// A child that has not started.
    pub(super) fn child(&self, uuid: &str, input: Payload) -> Execution {
        let parent = self.parent();
        let (prefix, labelled) = (&self.naming.prefix, self.naming.labelled());
        let identity = Identity {
            execution_arn: format!("{prefix}:execution:{labelled}:{uuid}"),
            execution_name: uuid.to_owned(),
            machine_arn: self.machine_arn(),
            machine_name: labelled,
            role_arn: parent.role_arn.clone(),
            region: parent.region.clone(),
            alias_arn: None,
            version_arn: None,
            trace_header: None,
        };
        let limit = match self.execution_type {
            ExecutionType::Standard => None,
            ExecutionType::Express => Some(EXPRESS_SECONDS),
        };
        Execution::child(identity, input, self.block, limit)
    }
}

impl Naming {
    /// The names of a map run of this state; `id` is new, and a state without a label has one that never changes.
    pub(in crate::machine) fn new(
        identity: &Identity,
        state: &str,
        label: Option<&str>,
        id: String,
    ) -> Self {
        let arn = &identity.machine_arn;
        let prefix = arn.split(":stateMachine:").next().unwrap_or(arn);
        // A child of a map run asks in the name of the machine.
        let name = &identity.machine_name;
        let machine = name.split('/').next().unwrap_or(name);
        Self {
            prefix: prefix.to_owned(),
            machine: machine.to_owned(),
            label: label.map_or_else(|| made_label(machine, state), str::to_owned),
            id,
        }
    }

    fn labelled(&self) -> String {
        format!("{}/{}", self.machine, self.label)
    }
}

/// The label of a state that has none: a UUID made from its name.
fn made_label(machine: &str, state: &str) -> String {
    let hash = Sha256::digest(format!("{machine}/{state}"));
    let mut bytes = [0; 16];
    for (target, source) in bytes.iter_mut().zip(hash) {
        *target = source;
    }
    uuid_text(bytes, 8)
}
