//! Opens a pipeline by its name: the draft in this browser, else what the server holds.

use super::{Draft, StoreError, load};
use crate::api::{ApiError, aws, studio};
use crate::text::drafts as text;
use asl::check::MachineType;

/// Why a pipeline cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Neither this browser nor the server knows the name.
    #[error("{}", text::unknown(.0))]
    Unknown(String),
    /// No draft is here, and the server could not be asked.
    #[error("{}", text::not_asked(.name, .error))]
    Unasked {
        /// The name.
        name: String,
        /// Why not.
        error: ApiError,
    },
    /// What is stored cannot be read.
    #[error("{0}")]
    Store(StoreError),
}

/// The draft of that name, or a fresh one of what the server holds. A browser without storage still opens deployed ones.
pub async fn open(name: &str) -> Result<Draft, OpenError> {
    match load(name) {
        Ok(Some(draft)) => Ok(draft),
        Ok(None) | Err(StoreError::Refused | StoreError::Full) => deployed(name).await,
        Err(error @ StoreError::Unreadable(_)) => Err(OpenError::Store(error)),
    }
}

async fn deployed(name: &str) -> Result<Draft, OpenError> {
    let unasked = |error: ApiError| OpenError::Unasked {
        name: name.to_owned(),
        error,
    };
    let machines = aws::list_state_machines().await.map_err(unasked)?;
    let machine = machines.into_iter().find(|m| m.name == name);
    let machine = machine.ok_or_else(|| OpenError::Unknown(name.to_owned()))?;
    let detail = aws::describe_state_machine(&machine.state_machine_arn)
        .await
        .map_err(unasked)?;
    let mut draft = Draft::new(name, detail.definition.clone());
    draft.deployed = Some(detail.definition);
    draft.machine_type = if machine.kind == "EXPRESS" {
        MachineType::Express
    } else {
        MachineType::Standard
    };
    draft.settings = aws::machine_settings(&machine.state_machine_arn)
        .await
        .map_err(unasked)?;
    draft.deployed_settings = Some(draft.settings.clone());
    draft.mocks = studio::mocks(name).await.ok().flatten().unwrap_or_default();
    Ok(draft)
}
