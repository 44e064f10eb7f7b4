//! The first page: pipelines, starters, import, deleting.

pub(crate) const FIRST: &str = "Draw your first pipeline";
pub(crate) const FIRST_HINT: &str =
    "Begin with a starter below, an empty canvas, or a file of your own.";
pub(crate) const NEW: &str = "New pipeline";
pub(crate) const NEW_NAME: &str = "new-pipeline";
pub(crate) const WITHOUT_SERVER: &str =
    "You can draw and dry-run here all the same; deploying, runs and reviews wait for the server.";

// The list of pipelines.

pub(crate) const LIST: &str = "Your pipelines";
pub(crate) const FIND: &str = "Find a pipeline";
pub(crate) const PIPELINE: &str = "Pipeline";
pub(crate) const WHERE: &str = "Where";
pub(crate) const LAST_RUN: &str = "Last run";
pub(crate) const CHANGED: &str = "Changed";
pub(crate) const NOTHING_FOUND: &str = "No pipeline has that in its name.";

pub(crate) const STAGE_DRAFT: &str = "Draft in this browser";
pub(crate) const STAGE_DRAFT_HINT: &str = "Not deployed; nobody else sees it.";
pub(crate) const STAGE_DEPLOYED: &str = "Deployed";
pub(crate) const STAGE_DEPLOYED_HINT: &str = "On the server.";
pub(crate) const STAGE_CHANGED: &str = "Deployed, with changes";
pub(crate) const STAGE_CHANGED_HINT: &str =
    "Your draft in this browser differs from what is deployed.";

pub(crate) fn delete(name: &str) -> String {
    format!("Delete {name}")
}

// Starters and files.

pub(crate) const STARTERS: &str = "Starter pipelines";
pub(crate) const STARTERS_HINT: &str =
    "Each opens as a draft of your own, with sample input and results, ready to dry-run.";
pub(crate) const IMPORT: &str = "Import a file…";
pub(crate) const IMPORT_HINT: &str =
    "A definition, or a template of SAM or CloudFormation. You can also drop it here, or paste it.";
pub(crate) const IMPORT_FIELD: &str = "Definition file";
pub(crate) const PASTED: &str = "pasted";
pub(crate) const NOT_PASTED: &str = "What was pasted is no definition. One has StartAt and States, a template of SAM or CloudFormation has Resources, in JSON or YAML.";

// Deleting.

pub(crate) const DELETE_DEPLOYED: &str = "Delete the pipeline";
pub(crate) const DELETE_DEPLOYED_EFFECT: &str = "The pipeline is deleted from the server, and your draft of it with its versions from this browser. Runs that go on are ended. This cannot be undone.";
pub(crate) const DELETE_DRAFT: &str = "Delete the draft";
pub(crate) const DELETE_DRAFT_EFFECT: &str =
    "The draft and its versions are only in this browser. This cannot be undone.";
pub(crate) const TYPE_BEFORE_NAME: &str = "Type ";
pub(crate) const TYPE_AFTER_NAME: &str = " to delete it";

pub(crate) fn delete_question(name: &str) -> String {
    format!("Delete {name}?")
}
