//! Reads the ARNs that requests bring and words the refusals (feature map, 9.3 and API-116).
//!
//! The types themselves are [`crate::arn`]'s; whether the thing exists is asked elsewhere.

use super::error::AwsError;
use crate::arn::{ActivityArn, ExecutionArn, MachineArn, MapRunArn};

/// What a request about a machine may name: the machine, one of its versions or aliases, and a case of sample results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MachineTarget {
    /// The machine.
    pub(crate) machine: MachineArn,
    /// The version's number or the alias's name.
    pub(crate) qualifier: Option<String>,
    /// The case of sample results (feature map, MOCK-04).
    pub(crate) case: Option<String>,
}

/// Reads `<machine ARN>`, `<machine ARN>:<version or alias>` and either followed by `#<case>`.
pub(crate) fn machine_target(text: &str) -> Result<MachineTarget, AwsError> {
    let (arn, case) = match text.split_once('#') {
        Some((arn, case)) => (arn, Some(case.to_owned())),
        None => (text, None),
    };
    let rest = resource(arn, "stateMachine")?;
    let qualifier = rest.get(1).map(|qualifier| (*qualifier).to_owned());
    let head = qualifier
        .as_ref()
        .map_or(arn.len(), |found| arn.len() - found.len() - 1);
    let complete =
        rest.len() <= 2 && case.as_deref() != Some("") && qualifier.as_deref() != Some("");
    match MachineArn::parse(&arn[..head]) {
        Some(machine) if machine.is_labelled() => Err(AwsError::LabelledArn(machine.to_string())),
        Some(machine) if complete => Ok(MachineTarget {
            machine,
            qualifier,
            case,
        }),
        _ => Err(malformed(text)),
    }
}

/// Reads the ARN of a machine that must exist as such. A version or an alias is answered like a machine that does not
/// exist, since this server has none; a case makes no sense here.
pub(crate) fn machine(text: &str) -> Result<MachineArn, AwsError> {
    let target = machine_target(text)?;
    match (target.qualifier, target.case) {
        (None, None) => Ok(target.machine),
        (Some(_), None) => Err(AwsError::StateMachineDoesNotExist(text.to_owned())),
        (_, Some(_)) => Err(malformed(text)),
    }
}

/// Reads the ARN of an execution; those of Express executions are refused by kind, as AWS does (API-109).
pub(crate) fn execution(text: &str) -> Result<ExecutionArn, AwsError> {
    resource(text, "execution")?;
    ExecutionArn::parse(text).ok_or_else(|| malformed(text))
}

/// Reads the ARN of a map run.
pub(crate) fn map_run(text: &str) -> Result<MapRunArn, AwsError> {
    resource(text, "mapRun")?;
    MapRunArn::parse(text).ok_or_else(|| malformed(text))
}

/// Reads the ARN of an activity.
pub(crate) fn activity(text: &str) -> Result<ActivityArn, AwsError> {
    resource(text, "activity")?;
    ActivityArn::parse(text).ok_or_else(|| malformed(text))
}

/// Something that can carry tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Taggable {
    /// A machine.
    Machine(MachineArn),
    /// An activity.
    Activity(ActivityArn),
}

impl Taggable {
    /// The ARN as text.
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Machine(arn) => arn.as_str(),
            Self::Activity(arn) => arn.as_str(),
        }
    }
}

/// Reads the ARN of something that can carry tags; a version carries none (recorded).
pub(crate) fn taggable(text: &str) -> Result<Taggable, AwsError> {
    match kind(text)? {
        "activity" => activity(text).map(Taggable::Activity),
        _ => {
            let target = machine_target(text)?;
            match (target.qualifier, target.case) {
                (None, None) => Ok(Taggable::Machine(target.machine)),
                _ => Err(AwsError::ResourceNotFound(text.to_owned())),
            }
        }
    }
}

/// The parts behind the kind of resource, when the ARN is of this service and of this kind.
fn resource<'a>(text: &'a str, wanted: &str) -> Result<Vec<&'a str>, AwsError> {
    let found = kind(text)?;
    if found != wanted {
        let found = format!("Resource type not valid in this context: {found}");
        return Err(AwsError::InvalidArn(found));
    }
    Ok(text.split(':').skip(6).collect())
}

/// The kind of resource that an ARN of this service names.
fn kind(text: &str) -> Result<&str, AwsError> {
    let parts: Vec<&str> = text.split(':').collect();
    match parts.as_slice() {
        ["arn", _, "states", _, _, kind, _, ..] => Ok(kind),
        ["arn", ..] => Err(malformed(text)),
        _ => Err(AwsError::InvalidArn(format!("Invalid ARN prefix: {text}"))),
    }
}

fn malformed(text: &str) -> AwsError {
    AwsError::InvalidArn(format!("Malformed ARN: {text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MACHINE: &str = "arn:aws:states:us-east-1:123456789012:stateMachine:train";

    #[test]
    fn a_case_of_sample_results_and_a_version_are_told_apart() {
        let target = machine_target(&format!("{MACHINE}:7#HappyPath")).unwrap();
        assert_eq!(target.qualifier.as_deref(), Some("7"));
        assert_eq!(target.case.as_deref(), Some("HappyPath"));
        assert_eq!(target.machine.as_str(), MACHINE);
        assert_eq!(machine_target(MACHINE).unwrap().qualifier, None);
    }

    #[test]
    fn a_text_that_is_no_arn_is_refused_with_its_prefix() {
        let error = machine("not_a_valid_arn").unwrap_err();
        assert_eq!(
            error.to_string(),
            "Invalid Arn: 'Invalid ARN prefix: not_a_valid_arn'"
        );
    }

    #[test]
    fn an_arn_of_another_kind_is_refused_by_its_kind() {
        let error = execution("arn:aws:states:us-east-1:1:express:m:n:u").unwrap_err();
        assert_eq!(
            error.to_string(),
            "Invalid Arn: 'Resource type not valid in this context: express'"
        );
    }

    #[test]
    fn arns_with_empty_or_surplus_parts_are_refused() {
        for text in [
            "",
            "arn",
            "arn:aws:states:r:a:stateMachine:",
            "arn:aws:states:r:a:stateMachine",
            "arn:aws:states:r:a:stateMachine:x:1:2",
            "arn:aws:states:r:a:stateMachine:x:",
            "arn:aws:states:r:a:stateMachine:x#",
        ] {
            assert!(
                matches!(machine_target(text), Err(AwsError::InvalidArn(_))),
                "{text}"
            );
        }
        assert!(execution("arn:aws:states:r:a:execution:x").is_err());
        assert!(activity("arn:aws:states:r:a:activity:x:y").is_err());
    }

    #[test]
    fn a_version_cannot_be_tagged() {
        let version = format!("{MACHINE}:1");
        assert_eq!(
            taggable(&version),
            Err(AwsError::ResourceNotFound(version.clone()))
        );
        assert!(matches!(taggable(MACHINE), Ok(Taggable::Machine(_))));
    }
}
