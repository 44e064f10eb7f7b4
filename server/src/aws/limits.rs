//! Shapes that several operations share, with the limits of the service model (feature map, section 8).

use super::error::AwsError;
use super::shape::{Member, Shape, optional, required};
use crate::arn::is_alias_name;

/// Longest request body, in bytes (API-902).
pub(crate) const MAX_BODY: usize = 1024 * 1024;
/// Most bytes of an execution's input or a task's output (API-901).
pub(crate) const MAX_DATA: usize = 262_144;
/// Most tags on one resource (API-915).
pub(crate) const MAX_TAGS: usize = 50;

/// Name of a machine, an execution, an activity or a worker (API-904).
pub(crate) const NAME: Shape = Shape::Text {
    min: 1,
    max: 80,
    secret: false,
};
/// Any ARN.
pub(crate) const ARN: Shape = Shape::Text {
    min: 1,
    max: 256,
    secret: false,
};
/// ARN of a Map Run.
pub(crate) const LONG_ARN: Shape = Shape::Text {
    min: 1,
    max: 2000,
    secret: false,
};
/// Text of a definition.
pub(crate) const DEFINITION: Shape = Shape::Text {
    min: 1,
    max: 1_048_576,
    secret: true,
};
/// JSON text of an input or output.
pub(crate) const DATA: Shape = Shape::Text {
    min: 0,
    max: MAX_DATA,
    secret: true,
};
/// An error's name.
pub(crate) const ERROR: Shape = Shape::Text {
    min: 0,
    max: 256,
    secret: true,
};
/// A cause.
pub(crate) const CAUSE: Shape = Shape::Text {
    min: 0,
    max: 32_768,
    secret: true,
};
/// A task's token.
pub(crate) const TASK_TOKEN: Shape = Shape::Text {
    min: 1,
    max: 2048,
    secret: true,
};
/// A client's token, which makes repeated requests one (RED-04).
pub(crate) const CLIENT_TOKEN: Shape = Shape::Pattern {
    min: 1,
    max: 64,
    fits: |text| text.bytes().all(|byte| byte.is_ascii_graphic()),
    pattern: "[!-~]+",
};
/// A page's length; 0 means 100.
pub(crate) const PAGE_SIZE: Shape = Shape::Integer { min: 0, max: 1000 };
/// A page's token.
pub(crate) const PAGE_TOKEN: Shape = Shape::Text {
    min: 1,
    max: 1024,
    secret: false,
};
/// A page's token in ListExecutions.
pub(crate) const EXECUTIONS_PAGE_TOKEN: Shape = Shape::Text {
    min: 1,
    max: 3096,
    secret: false,
};
/// A machine's type.
pub(crate) const MACHINE_TYPE: Shape = Shape::OneOf(&["STANDARD", "EXPRESS"]);
/// Whether data comes with the answer (API-110).
pub(crate) const INCLUDED_DATA: Shape = Shape::OneOf(&["ALL_DATA", "METADATA_ONLY"]);
/// An execution's status, in the order in which AWS lists it in refusals (recorded).
pub(crate) const EXECUTION_STATUS: Shape = Shape::OneOf(&[
    "SUCCEEDED",
    "TIMED_OUT",
    "PENDING_REDRIVE",
    "ABORTED",
    "FAILED",
    "RUNNING",
]);
/// A version's description.
pub(crate) const VERSION_DESCRIPTION: Shape = Shape::Text {
    min: 0,
    max: 256,
    secret: true,
};
/// What is said about an alias.
pub(crate) const ALIAS_DESCRIPTION: Shape = VERSION_DESCRIPTION;
/// An alias's name (API-905).
pub(crate) const ALIAS_NAME: Shape = Shape::Pattern {
    min: 1,
    max: 80,
    fits: is_alias_name,
    pattern: r"^(?=.*[a-zA-Z_\-\.])[a-zA-Z0-9_\-\.]+$",
};
const ROUTE: Shape = Shape::Structure(&[
    required("stateMachineVersionArn", ARN),
    required("weight", Shape::Integer { min: 0, max: 100 }),
]);
/// Where an alias leads (VER-04).
pub(crate) const ROUTES: Shape = Shape::Few {
    min: 1,
    max: 2,
    member: &ROUTE,
    name: "RoutingConfigurationListItem",
};
/// A revision's id.
pub(crate) const REVISION_ID: Shape = Shape::Text {
    min: 0,
    max: usize::MAX,
    secret: false,
};
/// An X-Ray header.
pub(crate) const TRACE_HEADER: Shape = Shape::Text {
    min: 0,
    max: 256,
    secret: false,
};

/// A tag's key.
pub(crate) const TAG_KEY: Shape = Shape::Text {
    min: 1,
    max: 128,
    secret: false,
};
const TAG: Shape = Shape::Structure(&[
    optional("key", TAG_KEY),
    optional(
        "value",
        Shape::Text {
            min: 0,
            max: 256,
            secret: false,
        },
    ),
]);
/// Tags.
pub(crate) const TAGS: Shape = Shape::List(&TAG);
/// Keys of tags.
pub(crate) const TAG_KEYS: Shape = Shape::List(&TAG_KEY);

const LOG_DESTINATION: Shape = Shape::Structure(&[optional(
    "cloudWatchLogsLogGroup",
    Shape::Structure(&[optional("logGroupArn", ARN)]),
)]);
/// What a machine logs, and where.
pub(crate) const LOGGING: Shape = Shape::Structure(&[
    optional("level", Shape::OneOf(&["ALL", "ERROR", "FATAL", "OFF"])),
    optional("includeExecutionData", Shape::Flag),
    optional("destinations", Shape::List(&LOG_DESTINATION)),
]);
/// Whether a machine is traced.
pub(crate) const TRACING: Shape = Shape::Structure(&[optional("enabled", Shape::Flag)]);
const ENCRYPTION_MEMBERS: &[Member] = &[
    optional(
        "kmsKeyId",
        Shape::Text {
            min: 1,
            max: 2048,
            secret: false,
        },
    ),
    optional(
        "kmsDataKeyReusePeriodSeconds",
        Shape::Integer { min: 60, max: 900 },
    ),
    required(
        "type",
        Shape::OneOf(&["AWS_OWNED_KEY", "CUSTOMER_MANAGED_KMS_KEY"]),
    ),
];
/// Which keys encrypt the data.
pub(crate) const ENCRYPTION: Shape = Shape::Structure(ENCRYPTION_MEMBERS);

/// Refuses names with characters that AWS refuses (API-904); lengths are judged by [`NAME`].
pub(crate) fn check_name(name: &str) -> Result<(), AwsError> {
    if name
        .chars()
        .any(|c| c.is_whitespace() || c.is_control() || FORBIDDEN.contains(c))
    {
        return Err(AwsError::InvalidName(name.to_owned()));
    }
    Ok(())
}

const FORBIDDEN: &str = "?*<>{}[]\"#%\\^~$&,;:/|`";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_forbidden_characters_are_refused_and_others_pass() {
        for name in [
            "a b", "a\tb", "a:b", "a/b", "a#b", "a\u{7f}b", "a\u{85}b", "ü|x", "a`b",
        ] {
            assert_eq!(
                check_name(name),
                Err(AwsError::InvalidName(name.into())),
                "{name:?}"
            );
        }
        for name in ["train-validate_1.0", "Modell-prüfen", "a'b(c)=d+e@f!"] {
            assert_eq!(check_name(name), Ok(()), "{name:?}");
        }
    }
}
