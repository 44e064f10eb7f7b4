//! The configuration of a pipeline.

pub(crate) const TITLE: &str = "Configuration";

// Name and type.

pub(crate) const PIPELINE: &str = "Pipeline";
pub(crate) const PIPELINE_HINT: &str = "What the server calls it, and how it runs.";
pub(crate) const FIXED: &str = "Name and type are fixed since the pipeline was deployed. To have others, deploy it under another name.";
pub(crate) const NOT_FIXED: &str = "Both can be changed until the pipeline is deployed.";
pub(crate) const EXPRESS_HINT: &str =
    "Runs take at most five minutes and cannot wait for people, callbacks or jobs.";

pub(crate) fn name_taken(name: &str) -> String {
    format!("There is a pipeline named {name} already.")
}

// The role.

pub(crate) const PERMISSIONS: &str = "Permissions";
pub(crate) const PERMISSIONS_HINT: &str = "AWS runs the pipeline with the rights of a role. A Statecraft server asks for none: leave it empty there.";
pub(crate) const ROLE: &str = "Role";
pub(crate) const ROLE_EXAMPLE: &str = "arn:aws:iam::123456789012:role/NAME";
pub(crate) const ROLE_NEEDS: &str = "What the role must be allowed…";

// Logging and tracing.

pub(crate) const LOGGING: &str = "Logging and tracing";
pub(crate) const LOGGING_HINT: &str = "AWS writes logs to CloudWatch; a Statecraft server writes them as files below logs/ in its data folder.";
pub(crate) const LEVEL: &str = "What is logged";
pub(crate) const LEVEL_HINT: &str = "loggingConfiguration.level: OFF, FATAL, ERROR or ALL";
pub(crate) const LOG_GROUP: &str = "Log group";
pub(crate) const LOG_GROUP_EXAMPLE: &str =
    "arn:aws:logs:us-east-1:123456789012:log-group:/aws/vendedlogs/states/NAME:*";
pub(crate) const USUAL_LOG_GROUP: &str = "Use the usual log group";
pub(crate) const LOG_DATA: &str = "Log inputs and outputs, too";
pub(crate) const TRACE: &str = "Trace runs with X-Ray";

// The key.

pub(crate) const ENCRYPTION: &str = "Encryption";
pub(crate) const ENCRYPTION_HINT: &str = "Definitions, inputs and outputs are encrypted with a key that AWS owns, unless you name one. A Statecraft server manages no keys and refuses one.";
pub(crate) const OWN_KEY: &str = "Encrypt with a key of your own";
pub(crate) const OWN_KEY_HINT: &str =
    "encryptionConfiguration.type: CUSTOMER_MANAGED_KMS_KEY or AWS_OWNED_KEY";
pub(crate) const KEY: &str = "Key";
pub(crate) const KEY_HINT: &str =
    "encryptionConfiguration.kmsKeyId: id, ARN or alias of a symmetric KMS key";
pub(crate) const KEY_EXAMPLE: &str = "alias/my-key";
pub(crate) const KEY_REUSE: &str = "A data key is used for";

// Tags.

pub(crate) const TAGS: &str = "Tags";
pub(crate) const TAGS_HINT: &str = "Words that find, group and bill resources.";
pub(crate) const NO_TAGS: &str = "No tags.";
pub(crate) const ADD_TAG: &str = "Add a tag";

pub(crate) fn tag_key(number: usize) -> String {
    format!("Key of tag {number}")
}

pub(crate) fn tag_value(number: usize) -> String {
    format!("Value of tag {number}")
}

pub(crate) fn remove_tag(number: usize) -> String {
    format!("Remove tag {number}")
}

// Published versions.

pub(crate) const VERSIONS: &str = "Versions";
pub(crate) const VERSIONS_HINT: &str = "A version is what was deployed at a moment, and never changes. Runs can be started on it, by an alias or its number.";
pub(crate) const NOT_DEPLOYED: &str = "The pipeline is not deployed yet, so it has no versions.";
pub(crate) const NO_VERSIONS: &str = "Nothing was published yet.";
pub(crate) const VERSION: &str = "Version";
pub(crate) const PUBLISHED: &str = "Published";
pub(crate) const WHAT_IS_NEW: &str = "What is new";
pub(crate) const DELETING: &str = "Deleting";
pub(crate) const PUBLISH: &str = "Publish what is deployed now";

pub(crate) fn show_all(count: usize) -> String {
    format!("Show all {count}")
}

pub(crate) fn delete_version(number: &str) -> String {
    format!("Delete version {number}…")
}

pub(crate) fn version_published(number: &str) -> String {
    format!("Version {number} is published")
}

// Aliases.

pub(crate) const ALIASES: &str = "Aliases";
pub(crate) const ALIASES_HINT: &str = "Callers start runs on an alias. Lead it to an older version to roll back; share runs out between two to try one.";
pub(crate) const ALIASES_UNKNOWN: &str = "Aliases are on the server, which cannot be asked.";
pub(crate) const VERSION_FIRST: &str = "An alias leads to a version. Publish one first.";
pub(crate) const NO_ALIASES: &str = "No aliases yet.";
pub(crate) const NEW_ALIAS: &str = "New alias…";

pub(crate) fn lead_elsewhere(alias: &str) -> String {
    format!("Lead {alias} elsewhere…")
}

pub(crate) fn delete_alias(alias: &str) -> String {
    format!("Delete {alias}…")
}

/// Where an alias leads: each version, with how many of a hundred runs it gets.
pub(crate) fn leads_to<'a>(versions: impl Iterator<Item = (&'a str, u8)>) -> String {
    let said = versions.map(|(number, weight)| match weight {
        100 => format!("version {number}"),
        weight => format!("{weight} % version {number}"),
    });
    format!("leads to {}", said.collect::<Vec<_>>().join(", "))
}

/// An alias, with the part of the runs that it sends to a version.
pub(crate) fn alias_weighted(alias: &str, weight: u8) -> String {
    match weight {
        100 => alias.to_owned(),
        weight => format!("{alias} ({weight} %)"),
    }
}

// The form of an alias.

pub(crate) const NEW_ALIAS_TITLE: &str = "New alias";
pub(crate) const SECOND_VERSION: &str = "Second version";
pub(crate) const NO_SECOND_VERSION: &str = "None: all runs get the first";
pub(crate) const WEIGHT: &str = "Runs that get the first version";
pub(crate) const MAKE_ALIAS: &str = "Make the alias";
pub(crate) const LEAD_THERE: &str = "Lead it there";
pub(crate) const SAME_VERSION: &str = "The two versions are the same one.";
pub(crate) const ALIAS_UNNAMED: &str = "Give the alias a name, for example PROD.";
pub(crate) const ALIAS_TOO_LONG: &str = "A name has at most 80 characters.";
pub(crate) const ALIAS_CHARACTERS: &str = "A name has letters, digits, _, - and . only.";
pub(crate) const ALIAS_NUMBER: &str = "A number alone would be taken for a version.";

pub(crate) fn lead_to(alias: &str) -> String {
    format!("Lead {alias} to")
}

pub(crate) fn described(number: &str, description: &str) -> String {
    format!("{number}: {description}")
}

pub(crate) fn alias_led(alias: &str) -> String {
    format!("{alias} is led there")
}

pub(crate) fn alias_made(alias: &str) -> String {
    format!("Made: alias {alias}")
}

// Deleting a version or an alias.

pub(crate) const VERSION_EFFECT: &str = "No run can be started on it afterwards; runs that go on end as they would. Its number is not given again. This cannot be undone.";
pub(crate) const ALIAS_EFFECT: &str = "Callers that start runs on it are refused from then on; runs that go on end as they would, and its versions stay. This cannot be undone.";

/// A version in [`delete_question`], [`delete`] and [`deleted`].
pub(crate) fn the_version(number: &str) -> String {
    format!("version {number}")
}

/// An alias in [`delete_question`], [`delete`] and [`deleted`].
pub(crate) fn the_alias(name: &str) -> String {
    format!("alias {name}")
}

pub(crate) fn delete_question(what: &str) -> String {
    format!("Delete {what}?")
}

pub(crate) fn delete(what: &str) -> String {
    format!("Delete {what}")
}

pub(crate) fn deleted(what: &str) -> String {
    format!("Deleted: {what}")
}

/// Which aliases hold a version, and what to do about it; none when none does.
pub(crate) fn held_by(aliases: &[&str]) -> Option<String> {
    match aliases {
        [] => None,
        [name] => Some(format!(
            "{name} leads to it. Lead {name} to another version or delete it first."
        )),
        [names @ .., last] => Some(format!(
            "{} and {last} lead to it. Lead them to other versions or delete them first.",
            names.join(", ")
        )),
    }
}

// Why something was not done.

pub(crate) const WAS_HELD: &str = "An alias led to it. Try again.";
pub(crate) const ALIAS_TAKEN: &str = "There is an alias of this name that leads elsewhere. Choose another name, or lead that one elsewhere.";

pub(crate) fn not_deleted(number: &str, why: &str) -> String {
    format!("Version {number} was not deleted: {why}")
}

pub(crate) fn not_led(alias: &str) -> String {
    format!(
        "{alias} was not led elsewhere: it or the version was deleted meanwhile. Look at the lists again and choose anew."
    )
}
