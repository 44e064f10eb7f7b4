//! The dialog that deploys a pipeline.

use crate::text::words::counted;

pub(crate) const TITLE: &str = "Deploy";

// When it is deployed.

pub(crate) const DONE: &str =
    "The server has it, and new runs use it. Runs that go on keep the definition they began with.";
pub(crate) const BACK: &str = "Back to the studio";

pub(crate) fn done_title(name: &str) -> String {
    format!("{name} is deployed")
}

pub(crate) fn published(number: &str) -> String {
    format!(
        "Version {number} was published. An alias leads to it when you point it there, in Config."
    )
}

// The button.

pub(crate) const DEPLOYING: &str = "Deploying…";
pub(crate) const DEPLOY_CHANGES: &str = "Deploy the changes";
pub(crate) const PUBLISH_VERSION: &str = "Publish the version";
pub(crate) const DEPLOY_AGAIN: &str = "Deploy again";
pub(crate) const DEPLOY: &str = "Deploy this pipeline";

// What keeps it from being deployed.

pub(crate) const SETTINGS_FAULTS: &str = "The configuration has faults. Mend them in Config first.";

pub(crate) fn faults(count: usize) -> String {
    format!(
        "Mend {} first; AWS would refuse this definition, too.",
        counted(count, "fault", "faults")
    )
}

pub(crate) fn other_type(kind: &str) -> String {
    format!(
        "A pipeline of this name is there as {kind}. The type cannot be changed; choose another name."
    )
}

// What will change.

pub(crate) const EXPRESS_HINT: &str =
    "Runs are short, at most five minutes, and cannot wait for people or callbacks.";
pub(crate) const COMPARING: &str = "Comparing with the server…";
pub(crate) const PLAN: &str = "What will change";
pub(crate) const CREATES: &str = "A new pipeline is made on the server.";
pub(crate) const SAME: &str = "The server has this very definition already.";
pub(crate) const CHANGES: &str = "The pipeline on the server changes:";
pub(crate) const SETTINGS_CHANGE: &str = "Its configuration changes:";
pub(crate) const SETTINGS: &str = "Its configuration:";
pub(crate) const SAMPLES: &str = "Its sample results are sent along, so that runs can use them.";

pub(crate) fn people_answer(states: &[String]) -> String {
    format!(
        "People answer {}. Their questions appear on the Reviews page.",
        states.join(", ")
    )
}

/// A state asks people of another account or region than the server's own.
pub(crate) fn asks_elsewhere(state: &str, asked: (&str, &str), own: (&str, &str)) -> String {
    let ((account, region), (own_account, own_region)) = (asked, own);
    format!(
        "{state} asks people in account {account} in {region}, but this server is account {own_account} in {own_region}. Nobody will be asked until its Resource names this server's account and region."
    )
}

// Publishing a version with it.

pub(crate) const PUBLISH: &str = "Publish a version on deploy";
pub(crate) const PUBLISH_HINT: &str =
    "publish: a version is a revision that never changes; aliases lead to versions.";
pub(crate) const DESCRIPTION: &str = "Description of the version";
pub(crate) const DESCRIPTION_EXAMPLE: &str = "What is new in it (optional)";

pub(crate) fn description_too_long(characters: usize, allowed: usize) -> String {
    format!("The description of the version has {characters} characters; {allowed} are allowed.")
}
