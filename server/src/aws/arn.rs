//! Reads the ARNs that requests bring and words the refusals (feature map, 9.3 and API-116).
//!
//! The types themselves are [`crate::arn`]'s; whether the thing exists is asked elsewhere.

use super::error::AwsError;
use crate::arn::{ActivityArn, ExecutionArn, MachineArn, MapRunArn, Qualifier, Target};

/// What a request to start an execution names: a machine, one of its versions or aliases, and a case of sample results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MachineTarget {
    /// The machine, version or alias.
    pub(crate) target: Target,
    /// The case of sample results (feature map, MOCK-04).
    pub(crate) case: Option<String>,
}

/// Reads `<machine ARN>`, `<machine ARN>:<version or alias>` and either followed by `#<case>`.
pub(crate) fn machine_target(text: &str) -> Result<MachineTarget, AwsError> {
    let (arn, case) = match text.split_once('#') {
        Some((arn, case)) => (arn, Some(case.to_owned())),
        None => (text, None),
    };
    resource(arn, "stateMachine")?;
    match Target::parse(arn) {
        Some(target) if target.machine.is_labelled() => {
            Err(AwsError::LabelledArn(target.to_string()))
        }
        Some(target) if case.as_deref() != Some("") => Ok(MachineTarget { target, case }),
        _ => Err(malformed(text)),
    }
}

/// Reads the ARN of a machine, a version or an alias, where a case makes no sense.
pub(crate) fn target(text: &str) -> Result<Target, AwsError> {
    let MachineTarget { target, case } = machine_target(text)?;
    match case {
        None => Ok(target),
        Some(_) => Err(malformed(text)),
    }
}

/// Reads the ARN of a machine, where versions and aliases are no machines.
pub(crate) fn machine(text: &str) -> Result<MachineArn, AwsError> {
    let target = target(text)?;
    match target.qualifier {
        None => Ok(target.machine),
        Some(_) => Err(AwsError::StateMachineDoesNotExist(text.to_owned())),
    }
}

/// Reads the ARN of a version: its machine and its number.
pub(crate) fn version(text: &str) -> Result<(MachineArn, u32), AwsError> {
    let target = target(text)?;
    match target.qualifier {
        Some(Qualifier::Version(number)) => Ok((target.machine, number)),
        Some(Qualifier::Alias(_)) | None => Err(AwsError::InvalidArn(format!(
            "Not the ARN of a state machine version: {text}"
        ))),
    }
}

/// Reads the ARN of an alias: its machine and its name.
pub(crate) fn alias(text: &str) -> Result<(MachineArn, String), AwsError> {
    let target = target(text)?;
    match target.qualifier {
        Some(Qualifier::Alias(name)) => Ok((target.machine, name)),
        Some(Qualifier::Version(_)) | None => Err(AwsError::InvalidArn(format!(
            "Not the ARN of a state machine alias: {text}"
        ))),
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

/// Reads the ARN of something that can carry tags; versions and aliases carry none (recorded).
pub(crate) fn taggable(text: &str) -> Result<Taggable, AwsError> {
    match kind(text)? {
        "activity" => activity(text).map(Taggable::Activity),
        _ => {
            let MachineTarget { target, case } = machine_target(text)?;
            match (target.qualifier, case) {
                (None, None) => Ok(Taggable::Machine(target.machine)),
                _ => Err(AwsError::ResourceNotFound(text.to_owned())),
            }
        }
    }
}

/// Refuses ARNs of another service or another kind of resource.
fn resource(text: &str, wanted: &str) -> Result<(), AwsError> {
    let found = kind(text)?;
    if found != wanted {
        let found = format!("Resource type not valid in this context: {found}");
        return Err(AwsError::InvalidArn(found));
    }
    Ok(())
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
        let found = machine_target(&format!("{MACHINE}:7#HappyPath")).unwrap();
        assert_eq!(found.target.qualifier, Some(Qualifier::Version(7)));
        assert_eq!(found.case.as_deref(), Some("HappyPath"));
        assert_eq!(found.target.machine.as_str(), MACHINE);
        assert_eq!(machine_target(MACHINE).unwrap().target.qualifier, None);
    }

    #[test]
    fn versions_and_aliases_are_read_only_as_what_they_are() {
        let (by_number, by_name) = (format!("{MACHINE}:7"), format!("{MACHINE}:PROD"));
        assert_eq!(version(&by_number).unwrap().1, 7);
        assert_eq!(alias(&by_name).unwrap().1, "PROD");
        for refused in [
            version(&by_name).map(drop),
            alias(&by_number).map(drop),
            version(MACHINE).map(drop),
            alias(MACHINE).map(drop),
        ] {
            assert!(
                matches!(refused, Err(AwsError::InvalidArn(_))),
                "{refused:?}"
            );
        }
        assert!(matches!(
            machine(&by_name),
            Err(AwsError::StateMachineDoesNotExist(_))
        ));
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
