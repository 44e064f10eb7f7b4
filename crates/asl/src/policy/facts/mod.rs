//! What each call of the catalog needs, in tables beside [`crate::catalog`]: AWS's "IAM policies for integrated services" and its service
//! authorization reference, as data.

mod compute;
mod containers;
mod data;
mod learning;
mod messages;
mod storage;

use crate::catalog::Form;

/// What one call needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Right {
    /// The service's name in ARNs of tasks.
    pub(super) service: &'static str,
    /// The call's name in them.
    pub(super) name: &'static str,
    /// The form of the ARN.
    pub(super) form: Form,
    /// What a state with the call does, behind its name: "starts a SageMaker training job".
    pub(super) does: &'static str,
    /// What it needs.
    pub(super) allows: &'static [Allow],
    /// How Step Functions learns that the job is done.
    pub(super) rule: Rule,
    /// What is needed outside of the policy.
    pub(super) elsewhere: &'static str,
}

/// Some actions on some resources.
#[derive(Debug, Clone, Copy)]
pub(super) struct Allow {
    /// `sagemaker:CreateTrainingJob`
    pub(super) actions: &'static [&'static str],
    /// Patterns; see `expand`.
    pub(super) on: &'static [&'static str],
    /// When it is needed.
    pub(super) when: When,
    /// What else must hold: operator, key, value; the value is a pattern of arguments.
    pub(super) only: &'static [(&'static str, &'static str, &'static str)],
    /// Why, behind the state's name; empty for what [`Right::does`] says.
    pub(super) why: &'static str,
    /// Why it reaches wider than what is used; empty where it does not, or where the pattern says it.
    pub(super) wide: &'static str,
}

/// When something is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// Always.
    Always,
    /// When the state waits for the job.
    Waiting,
    /// When an argument is there.
    Given(&'static str),
    /// When an argument is not there.
    Without(&'static str),
    /// When an argument has this value, or only a run knows it.
    Is(&'static str, &'static str),
    /// Unless the SQL in an argument only reads.
    Writes(&'static str),
}

/// How Step Functions learns that a job is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// It asks again and again, or does not wait at all.
    None,
    /// By a rule of EventBridge of this name.
    Named(&'static str),
    /// By a rule whose name AWS does not document, with this beginning.
    Begins(&'static str),
}

const TABLES: [&[Right]; 6] = [
    learning::RIGHTS,
    compute::RIGHTS,
    storage::RIGHTS,
    data::RIGHTS,
    messages::RIGHTS,
    containers::RIGHTS,
];

/// Every row.
pub(super) fn all() -> impl Iterator<Item = &'static Right> {
    TABLES.iter().copied().flatten()
}

/// What a call needs.
pub(super) fn of(form: Form, service: &str, name: &str) -> Option<&'static Right> {
    all().find(|right| right.form == form && right.service == service && right.name == name)
}

impl Right {
    const fn new(
        (service, name): (&'static str, &'static str),
        does: &'static str,
        allows: &'static [Allow],
    ) -> Self {
        Self {
            service,
            name,
            form: Form::Optimized,
            does,
            allows,
            rule: Rule::None,
            elsewhere: "",
        }
    }

    const fn sdk(self) -> Self {
        Self {
            form: Form::Sdk,
            ..self
        }
    }

    const fn rule(self, name: &'static str) -> Self {
        Self {
            rule: Rule::Named(name),
            ..self
        }
    }

    const fn elsewhere(self, words: &'static str) -> Self {
        Self {
            elsewhere: words,
            ..self
        }
    }
}

impl Allow {
    const fn when(self, when: When) -> Self {
        Self { when, ..self }
    }

    const fn why(self, why: &'static str) -> Self {
        Self { why, ..self }
    }

    const fn wide(self, wide: &'static str) -> Self {
        Self { wide, ..self }
    }

    const fn only(self, only: &'static [(&'static str, &'static str, &'static str)]) -> Self {
        Self { only, ..self }
    }
}

/// Some actions on some resources, always.
const fn allow(actions: &'static [&'static str], on: &'static [&'static str]) -> Allow {
    Allow {
        actions,
        on,
        when: When::Always,
        only: &[],
        why: "",
        wide: "",
    }
}

/// What waiting for a job needs.
const fn wait(actions: &'static [&'static str], on: &'static [&'static str]) -> Allow {
    allow(actions, on)
        .when(When::Waiting)
        .why("waits until that is done, and stops it when the execution is stopped")
}

/// Handing a role to a service.
const fn pass(
    on: &'static [&'static str],
    only: &'static [(&'static str, &'static str, &'static str)],
) -> Allow {
    allow(&["iam:PassRole"], on)
        .only(only)
        .why("gives the service the role to work with")
}

/// The condition on a role that it goes to this service only.
macro_rules! to {
    ($service:literal) => {
        &[("StringEquals", "iam:PassedToService", $service)]
    };
}
use to;

/// Why a call reaches all resources that has none of its own.
const NO_RESOURCES: &str = "The action knows no narrower resource.";
