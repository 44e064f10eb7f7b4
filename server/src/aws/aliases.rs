//! What the operations on aliases have in common: where an alias may lead, and how refusals are worded.

use super::{AwsError, arn};
use crate::arn::{MachineArn, Qualifier, Target};
use crate::store::{AliasRefused, Routes};
use serde::Deserialize;

/// One version in a request's `routingConfiguration`; its limits are judged before.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Route {
    state_machine_version_arn: String,
    weight: u8,
}

/// The machine whose alias it is and where the alias leads, judged in AWS's order (recorded).
pub(super) fn read(routes: &[Route]) -> Result<(MachineArn, Routes), AwsError> {
    let targets = routes
        .iter()
        .map(|route| arn::target(&route.state_machine_version_arn))
        .collect::<Result<Vec<Target>, _>>()?;
    let versions = versions(&targets);
    let (Some((first, version)), true) = (versions.first(), versions.len() == targets.len()) else {
        return refused("must contain state machine version ARNs", &targets);
    };
    let other = versions.get(1);
    if other.is_some_and(|other| other == &(*first, *version)) {
        return refused("must contain distinct state machine version ARNs", &targets);
    }
    if other.is_some_and(|(machine, _)| machine != first) {
        return refused("must contain versions of one state machine", &targets);
    }
    let weights: Vec<u8> = routes.iter().map(|route| route.weight).collect();
    if weights.iter().map(|weight| u32::from(*weight)).sum::<u32>() != 100 {
        return Err(AwsError::InvalidRouting(format!(
            "Sum of routing configuration weights must equal 100. Received: {weights:?}"
        )));
    }
    let routes = Routes {
        version: *version,
        weight: weights.first().copied().unwrap_or_default(),
        other: other.map(|(_, number)| *number),
    };
    Ok(((*first).clone(), routes))
}

/// The targets that are versions.
fn versions(targets: &[Target]) -> Vec<(&MachineArn, u32)> {
    let version = |target: &Target| match target.qualifier {
        Some(Qualifier::Version(number)) => Some(number),
        Some(Qualifier::Alias(_)) | None => None,
    };
    targets
        .iter()
        .filter_map(|target| Some((&target.machine, version(target)?)))
        .collect()
}

fn refused<T>(what: &str, targets: &[Target]) -> Result<T, AwsError> {
    let received: Vec<String> = targets.iter().map(ToString::to_string).collect();
    Err(AwsError::InvalidRouting(format!(
        "Routing configuration {what}. Received: [{}]",
        received.join(", ")
    )))
}

/// Why an alias was not created or changed.
pub(super) fn not_written(why: &AliasRefused, machine: &MachineArn, name: &str) -> AwsError {
    match why {
        AliasRefused::Deleting => AwsError::StateMachineDeleting(machine.to_string()),
        AliasRefused::NoAlias => AwsError::ResourceNotFound(machine.alias(name)),
        AliasRefused::NoVersion(number) => AwsError::ResourceNotFound(machine.version(*number)),
        AliasRefused::NameTaken => AwsError::Conflict(
            "Failed to create alias because an alias with the same name and a different routing configuration already exists."
                .into(),
        ),
        AliasRefused::TooMany => AwsError::QuotaExceeded(format!(
            "The state machine '{machine}' has 100 aliases, the most it may have. Delete aliases that are not used"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn routes(given: &[(&str, u8)]) -> Result<(MachineArn, Routes), AwsError> {
        let route = |(qualifier, weight): &(&str, u8)| Route {
            state_machine_version_arn: format!("arn:aws:states:r:a:stateMachine:{qualifier}"),
            weight: *weight,
        };
        read(&given.iter().map(route).collect::<Vec<_>>())
    }

    #[test]
    fn one_version_or_two_of_one_machine_are_taken() {
        let (machine, alone) = routes(&[("m:7", 100)]).unwrap();
        assert_eq!((machine.name(), alone.version, alone.other), ("m", 7, None));
        let (_, two) = routes(&[("m:7", 30), ("m:8", 70)]).unwrap();
        assert_eq!((two.version, two.weight, two.other), (7, 30, Some(8)));
    }

    #[test]
    fn what_leads_nowhere_is_refused_in_the_recorded_words() {
        let texts: Vec<String> = [
            &[("m", 100)][..],
            &[("m:PROD", 50), ("m:1", 50)],
            &[("m:1", 50), ("m:1", 50)],
            &[("m:1", 50), ("n:1", 50)],
            &[("m:1", 70), ("m:2", 29)],
            &[("m:1", 99)],
        ]
        .into_iter()
        .map(|given| routes(given).unwrap_err().to_string())
        .map(|text| text.replace("arn:aws:states:r:a:stateMachine:", ""))
        .collect();
        assert_eq!(
            texts,
            [
                "Routing configuration must contain state machine version ARNs. Received: [m]",
                "Routing configuration must contain state machine version ARNs. Received: [m:PROD, m:1]",
                "Routing configuration must contain distinct state machine version ARNs. Received: [m:1, m:1]",
                "Routing configuration must contain versions of one state machine. Received: [m:1, n:1]",
                "Sum of routing configuration weights must equal 100. Received: [70, 29]",
                "Sum of routing configuration weights must equal 100. Received: [99]",
            ]
        );
    }
}
