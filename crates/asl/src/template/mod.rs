//! Templates of SAM and CloudFormation: the state machines in one ([`read()`]), and one for a definition ([`write()`]) (feature map WS-62, WS-65).
//!
//! Values that only a deployment knows are texts with placeholders here: `{"Ref": "A"}` is `${A}`, `{"Fn::GetAtt": ["A", "Arn"]}` is `${A.Arn}`.
//! Nothing is deployed, no other file is opened, and functions that choose or look up (`Fn::If`, `Fn::FindInMap`) are not computed.

mod definition;
mod lift;
mod read;
mod reference;
mod role;
#[cfg(test)]
mod tests;
mod tree;
mod write;

pub use lift::{Candidate, candidates, lift};
pub use read::{is_template, read};
pub use write::{Deployment, Dialect, Role, Substitution, SubstitutionValue, WriteError, write};

use crate::check::MachineType;
use crate::text::{Format, Pointer, SyntaxFault};

/// A template that was read.
#[derive(Debug, Clone)]
pub struct Template {
    /// The state machines in it, in written order.
    pub machines: Vec<Machine>,
    /// What is wrong with the text as JSON or YAML; some machines may be missing then.
    pub faults: Vec<SyntaxFault>,
}

/// A state machine in a template. Texts are none where only CloudFormation can compute them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    /// The resource's name in the template.
    pub logical_id: String,
    /// What kind of resource it is.
    pub resource: ResourceKind,
    /// Where it stands in the template.
    pub pointer: Pointer,
    /// The machine's own name.
    pub name: Option<String>,
    /// Standard where nothing is said.
    pub machine_type: MachineType,
    /// Where its definition is.
    pub source: Source,
    /// What is put in for placeholders: names and texts.
    pub substitutions: Vec<(String, Option<String>)>,
    /// The ARN of its role.
    pub role: Option<String>,
    /// How it logs, where the template says so.
    pub logging: Option<Logging>,
    /// Whether it sends traces to X-Ray.
    pub tracing: bool,
    /// The customer's key that encrypts its data; none for a key that AWS owns, and for one that only CloudFormation can compute.
    pub encryption: Option<Encryption>,
    /// Its tags: names and texts.
    pub tags: Vec<(String, Option<String>)>,
}

/// The kinds of resources that are state machines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ResourceKind {
    /// `AWS::Serverless::StateMachine`, of SAM.
    Serverless,
    /// `AWS::StepFunctions::StateMachine`
    StepFunctions,
}

/// Where a definition is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// In the template.
    Text {
        /// The definition, its order and placeholders kept.
        text: String,
        /// How it is written.
        format: Format,
        /// How the template holds it.
        form: SourceForm,
    },
    /// In another file: a path beside the template, or `s3://bucket/key`.
    File(String),
    /// Nowhere that could be read; why, as a sentence.
    Unreadable(String),
}

/// How a template holds a definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SourceForm {
    /// As an object: `Definition`.
    Object,
    /// As a text: `DefinitionString`.
    Text,
    /// As a text with `Fn::Sub`.
    Sub,
    /// As a text in pieces, with `Fn::Join`.
    Join,
}

/// How a state machine logs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logging {
    /// `ALL`, `ERROR`, `FATAL` or `OFF`
    pub level: String,
    /// Whether inputs and outputs are logged.
    pub include_data: bool,
    /// The ARN of the log group; none for one that the template makes.
    pub destination: Option<String>,
}

/// A customer's key that encrypts definition and data of a state machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encryption {
    /// Id, ARN or alias of the KMS key, or a placeholder.
    pub key: String,
    /// How long a data key is used again, in seconds; AWS's own choice without it.
    pub reuse_seconds: Option<u32>,
}
