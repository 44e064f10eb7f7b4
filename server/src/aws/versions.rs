//! What the operations on versions have in common.

use super::AwsError;
use crate::arn::MachineArn;
use crate::store::{INITIAL, Unpublished};

/// Why a revision did not become a version. `asked` is the revision that was named.
pub(super) fn unpublished(why: Unpublished, arn: &MachineArn, asked: Option<&str>) -> AwsError {
    match why {
        Unpublished::NoMachine => AwsError::StateMachineDoesNotExist(arn.to_string()),
        Unpublished::Deleting => AwsError::StateMachineDeleting(arn.to_string()),
        Unpublished::OtherRevision(present) => {
            let asked = asked.unwrap_or(INITIAL);
            let present = present.as_deref().unwrap_or(INITIAL);
            AwsError::Conflict(format!(
                "Failed to publish the State Machine version for revision {asked}. The current State Machine revision is {present}."
            ))
        }
        Unpublished::TooMany => AwsError::QuotaExceeded(format!(
            "The state machine '{arn}' has 1000 versions, the most it may have. Delete versions that are not used"
        )),
    }
}
