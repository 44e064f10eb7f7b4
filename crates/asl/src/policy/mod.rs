//! The least-privilege policy of a state machine's role, derived from its definition, with the reason for each line (feature map WS-51).
//!
//! [`derive()`] walks the states and looks up in `facts` what each call needs, following AWS's "IAM policies for integrated services". Resources are as
//! narrow as the arguments allow; where a value is known only at run time they are wider, and the reason says so. It neither calls AWS nor says
//! whether a role that exists has these rights, and it knows nothing of what functions and jobs do with roles of their own.

mod arguments;
mod derive;
mod expand;
mod expression;
mod facts;
mod gather;
mod map;
mod print;
mod sdk;
#[cfg(test)]
mod tests;
mod when;

pub use derive::derive;
pub use print::trust_policy;

use crate::text::Pointer;
use std::sync::Arc;

/// What is known of the state machine besides its definition.
#[derive(Debug, Clone, Default)]
pub struct Subject {
    /// Where it runs.
    pub home: Home,
    /// Its name; rights on the machine itself (distributed Maps, HTTP tasks) reach wider without it.
    pub name: Option<String>,
    /// Whether it writes logs.
    pub logging: bool,
    /// Whether it sends traces to X-Ray.
    pub tracing: bool,
    /// The ARN of the customer-managed key that encrypts it.
    pub key: Option<String>,
}

/// Where a state machine runs, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Home {
    /// `aws`, `aws-cn`, `aws-us-gov`
    pub partition: Option<String>,
    /// `us-east-1`
    pub region: Option<String>,
    /// The twelve digits of the account.
    pub account: Option<String>,
    /// What stands in ARNs for what is not known.
    pub unknown: Unknown,
}

/// What stands in ARNs for a partition, region or account that is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Unknown {
    /// `aws`, `*` and `*`: a policy that can be attached as it is.
    #[default]
    Any,
    /// `${AWS::Partition}`, `${AWS::Region}` and `${AWS::AccountId}`, which a template fills in.
    Template,
}

/// What a role may do. All statements allow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Policy {
    /// What the machine's own role needs.
    pub statements: Vec<Statement>,
    /// What the roles need that tasks with `Credentials` work with.
    pub assumed: Vec<Assumed>,
    /// What cannot be said in a policy, or is a guess.
    pub notes: Vec<Note>,
}

/// A role that tasks with `Credentials` work with, and what it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumed {
    /// The role's ARN, or `*` in its place when it is known only at run time.
    pub role: String,
    /// What it needs.
    pub statements: Vec<Statement>,
}

/// One statement of a policy: these actions on these resources, under all of these conditions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Its name, letters and digits, unique in the policy.
    pub sid: String,
    /// `sagemaker:CreateTrainingJob`
    pub actions: Vec<String>,
    /// ARNs, with `*` where they reach wider.
    pub resources: Vec<String>,
    /// What must hold besides.
    pub conditions: Vec<Condition>,
    /// Why, for each place in the definition that needs it.
    pub reasons: Vec<Reason>,
}

/// A condition of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// `StringEquals`
    pub operator: &'static str,
    /// `iam:PassedToService`
    pub key: &'static str,
    /// One of these.
    pub values: Vec<String>,
}

/// Why a statement is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The place that needs it; the root for what the machine needs as a whole.
    pub pointer: Pointer,
    /// The state's name.
    pub state: Option<Arc<str>>,
    /// Why, as a sentence.
    pub words: String,
    /// Which of the statement's resources it is about.
    pub resources: Vec<String>,
    /// Why these reach wider than what is used, as a sentence.
    pub wide: Option<String>,
}

/// What a policy cannot say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What it is about.
    pub pointer: Pointer,
    /// The state's name.
    pub state: Option<Arc<str>>,
    /// Which kind it is.
    pub kind: NoteKind,
    /// What to know, as sentences.
    pub words: String,
}

/// Which kind a note is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoteKind {
    /// The policy lacks something: what is called is not known before a run, or not at all.
    Missing,
    /// The names of actions were made by AWS's usual rule and were not looked up.
    Guessed,
    /// Something outside of this policy is needed, too.
    Elsewhere,
}

impl Home {
    /// The partition in ARNs.
    pub fn partition(&self) -> &str {
        self.part(self.partition.as_deref(), "aws", "${AWS::Partition}")
    }

    /// The region in ARNs.
    pub fn region(&self) -> &str {
        self.part(self.region.as_deref(), "*", "${AWS::Region}")
    }

    /// The account in ARNs.
    pub fn account(&self) -> &str {
        self.part(self.account.as_deref(), "*", "${AWS::AccountId}")
    }

    fn part<'a>(&self, known: Option<&'a str>, any: &'a str, template: &'a str) -> &'a str {
        known.unwrap_or(match self.unknown {
            Unknown::Any => any,
            Unknown::Template => template,
        })
    }
}

impl Subject {
    /// The machine's name in ARNs.
    fn name(&self) -> &str {
        self.name.as_deref().unwrap_or("*")
    }
}
