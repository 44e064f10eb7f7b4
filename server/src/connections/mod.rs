//! Connections: how HTTP tasks authorize at the APIs that they call, kept in a store of secrets in the database.
//!
//! Secrets are sealed with one key (`STATECRAFT_SECRET_KEY`, else `secret.key` in the data folder, made when the first
//! connection is) and opened only when a task or a change needs them. Nothing here is printed, and no answer shows them but that of TestState to who
//! asks with `revealSecrets` (AWS wants the permission `states:RevealSecrets` for that; who can ask this server is trusted).
//! Whether credentials are right is found out by the tasks that use them.

mod parameters;
mod secret;

pub(crate) use parameters::OAuth;
pub(crate) use parameters::{
    AuthParameters, Authorization, HttpParameters, Parameter, ParameterFault,
};
pub use secret::{SecretError, SecretKey};

use crate::arn::Home;
use crate::config::Config;
use crate::ids::{self, NoRandomness};
use crate::store::connections::StoredConnection;
use crate::store::{Store, StoreError};
use serde_json::Value;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The connections of a server; cheap to clone.
#[derive(Debug, Clone)]
pub struct Connections(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    home: Home,
    store: Store,
    folder: PathBuf,
    key: OnceLock<SecretKey>,
    /// Held while the key is read or made, so that it is made once.
    making: Mutex<()>,
}

/// Why a connection is not there or cannot be used.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum ConnectionError {
    /// A connection of this name is there.
    #[error("Connection {0} already exists.")]
    AlreadyExists(String),
    /// There is none of this name or ARN.
    #[error("Connection {0} does not exist.")]
    DoesNotExist(String),
    /// Another request changed it at the same time.
    #[error("Connection {0} is being changed by another request. Try again.")]
    Changed(String),
    /// Its parameters are not what they should be.
    #[error(transparent)]
    Parameters(#[from] ParameterFault),
    /// Its secrets cannot be sealed or opened.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<NoRandomness> for ConnectionError {
    fn from(error: NoRandomness) -> Self {
        Self::Store(error.into())
    }
}

/// A connection with its secrets.
pub(crate) struct Opened {
    pub(crate) arn: String,
    /// When it was made or changed last, in milliseconds since 1970.
    pub(crate) modified_ms: i64,
    pub(crate) authorization: Authorization,
    pub(crate) parameters: AuthParameters,
}

/// What CreateConnection and UpdateConnection say.
pub(crate) struct Wanted {
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) authorization: Option<Authorization>,
    pub(crate) parameters: Option<Value>,
}

impl Connections {
    pub(crate) fn new(config: &Config, store: Store) -> Self {
        let key = OnceLock::new();
        if let Some(given) = &config.secret_key {
            key.get_or_init(|| given.clone());
        }
        Self(Arc::new(Inner {
            home: config.home.clone(),
            store,
            folder: config.data.clone(),
            key,
            making: Mutex::new(()),
        }))
    }

    fn key(&self) -> Result<&SecretKey, SecretError> {
        let _making = self.0.making.lock().unwrap_or_else(PoisonError::into_inner);
        match self.0.key.get() {
            Some(key) => Ok(key),
            None => {
                let key = SecretKey::of_folder(&self.0.folder)?;
                Ok(self.0.key.get_or_init(|| key))
            }
        }
    }

    /// Makes a connection.
    pub(crate) async fn create(
        &self,
        wanted: Wanted,
        authorization: Authorization,
        now_ms: i64,
    ) -> Result<StoredConnection, ConnectionError> {
        let given = wanted.parameters.unwrap_or_default();
        let parameters = AuthParameters::read(authorization, &given)?;
        let (Home { region, account_id }, id) = (&self.0.home, ids::uuid()?);
        let name = wanted.name;
        let arn = format!("arn:aws:events:{region}:{account_id}:connection/{name}/{id}");
        let new = StoredConnection {
            sealed: self.sealed(&arn, &parameters)?,
            shown: parameters.shown().to_string(),
            description: wanted.description,
            authorization: authorization.name().to_owned(),
            created_ms: now_ms,
            modified_ms: now_ms,
            name,
            arn,
        };
        if self.0.store.create_connection(new.clone()).await? {
            Ok(new)
        } else {
            Err(ConnectionError::AlreadyExists(new.name))
        }
    }

    /// Changes what a connection holds; what is not said stays. Secrets that cannot be opened any more must be said again.
    pub(crate) async fn update(
        &self,
        wanted: Wanted,
        now_ms: i64,
    ) -> Result<StoredConnection, ConnectionError> {
        let mut stored = self.stored(&wanted.name).await?;
        let seen = stored.sealed.clone();
        let before = self.opened(&stored);
        let (authorization, parameters) = match (before, wanted.authorization, wanted.parameters) {
            (Ok(before), kind, given) => (
                kind.unwrap_or(before.authorization),
                before.parameters.updated(&given.unwrap_or_default()),
            ),
            (Err(ConnectionError::Secret(SecretError::OtherKey)), Some(kind), Some(given)) => {
                (kind, given)
            }
            (Err(error), ..) => return Err(error),
        };
        let parameters = AuthParameters::read(authorization, &parameters)?;
        stored.sealed = self.sealed(&stored.arn, &parameters)?;
        stored.shown = parameters.shown().to_string();
        stored.authorization = authorization.name().to_owned();
        stored.description = wanted.description.or(stored.description);
        stored.modified_ms = now_ms.max(stored.modified_ms + 1);
        if self.0.store.update_connection(stored.clone(), seen).await? {
            Ok(stored)
        } else {
            Err(ConnectionError::Changed(stored.name))
        }
    }

    /// A connection as it is stored.
    pub(crate) async fn stored(&self, name: &str) -> Result<StoredConnection, ConnectionError> {
        let found = self.0.store.connection(name).await?;
        found.ok_or_else(|| ConnectionError::DoesNotExist(name.to_owned()))
    }

    /// A connection with its secrets, by its ARN.
    pub(crate) async fn open(&self, arn: &str) -> Result<Opened, ConnectionError> {
        let found = self.0.store.connection_of_arn(arn).await?;
        let found = found.ok_or_else(|| ConnectionError::DoesNotExist(arn.to_owned()))?;
        self.opened(&found)
    }

    fn sealed(&self, arn: &str, parameters: &AuthParameters) -> Result<Vec<u8>, SecretError> {
        let text = serde_json::to_string(parameters).map_err(|_| SecretError::NotSealed)?;
        self.key()?.seal(arn, &text)
    }

    fn opened(&self, stored: &StoredConnection) -> Result<Opened, ConnectionError> {
        let text = self.key()?.open(&stored.arn, &stored.sealed)?;
        let parameters = serde_json::from_str(&text).map_err(|_| SecretError::OtherKey)?;
        let authorization = Value::from(stored.authorization.as_str());
        let authorization =
            serde_json::from_value(authorization).map_err(|_| SecretError::OtherKey)?;
        Ok(Opened {
            arn: stored.arn.clone(),
            modified_ms: stored.modified_ms,
            authorization,
            parameters,
        })
    }
}
