//! PublishStateMachineVersion (feature map, VER-01 and 02).

use super::limits::{ARN, REVISION_ID, VERSION_DESCRIPTION};
use super::shape::{Member, optional, required};
use super::{AwsError, arn, versions};
use crate::app::App;
use crate::store::Publish;
use crate::time::seconds;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const INPUT: &[Member] = &[
    required("stateMachineArn", ARN),
    optional("revisionId", REVISION_ID),
    optional("description", VERSION_DESCRIPTION),
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    state_machine_arn: String,
    revision_id: Option<String>,
    description: Option<String>,
}

/// Publishes the present revision; one that is a version answers with that version.
pub(super) async fn answer(app: &App, request: Request) -> Result<Value, AwsError> {
    let arn = arn::machine(&request.state_machine_arn)?;
    let wanted = Publish {
        description: request.description,
    };
    let now_ms = app.engine.now_ms();
    let revision_id = request.revision_id;
    let published = app
        .store
        .publish_version(&arn, revision_id.clone(), wanted, now_ms)
        .await?;
    let version =
        published.map_err(|why| versions::unpublished(why, &arn, revision_id.as_deref()))?;
    Ok(json!({
        "stateMachineVersionArn": arn.version(version.number),
        "creationDate": seconds(version.created_ms),
    }))
}
