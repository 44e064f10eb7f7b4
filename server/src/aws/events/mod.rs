//! The part of EventBridge's API that manages the connections of HTTP tasks: `X-Amz-Target: AWSEvents.<operation>` on the same
//! endpoint, so that `boto3.client("events", endpoint_url=…)` works. One file for each operation.
//!
//! Secrets are taken here and not given out. Rules, buses and everything else of EventBridge is not here.

mod create_connection;
mod delete_connection;
mod describe_connection;
mod list_connections;
mod shapes;
mod update_connection;

use super::dispatch::read;
use super::error::AwsError;
use crate::app::App;
use crate::connections::{ConnectionError, SecretError};
use crate::store::connections::StoredConnection;
use crate::time::seconds;
use serde_json::{Value, json};

/// Names every operation once.
macro_rules! operations {
    ($($operation:literal => $module:ident),+ $(,)?) => {
        /// Answers one request.
        pub(super) async fn perform(
            app: &App,
            operation: &str,
            request: Value,
        ) -> Result<Value, AwsError> {
            match operation {
                $($operation => $module::answer(app, read(request, $module::INPUT)?).await,)+
                other => Err(unknown(other)),
            }
        }

        /// Every operation's name, with what its requests must look like.
        #[cfg(test)]
        pub(super) const TABLES: &[(&str, &[super::shape::Member])] = &[$(($operation, $module::INPUT)),+];

        /// Refuses an operation that is not there.
        pub(super) fn check(operation: &str) -> Result<(), AwsError> {
            match operation {
                $($operation)|+ => Ok(()),
                other => Err(unknown(other)),
            }
        }
    };
}

operations! {
    "CreateConnection" => create_connection,
    "DeleteConnection" => delete_connection,
    "DescribeConnection" => describe_connection,
    "ListConnections" => list_connections,
    "UpdateConnection" => update_connection,
}

fn unknown(operation: &str) -> AwsError {
    AwsError::UnknownOperation(format!(
        "Of EventBridge, this server has only the operations on connections, and none named '{operation}'"
    ))
}

impl From<ConnectionError> for AwsError {
    fn from(error: ConnectionError) -> Self {
        let text = error.to_string();
        match error {
            ConnectionError::AlreadyExists(_) => Self::ConnectionAlreadyExists(text),
            ConnectionError::DoesNotExist(_) => Self::ConnectionDoesNotExist(text),
            ConnectionError::Changed(_) => Self::ConnectionChanged(text),
            ConnectionError::Parameters(_) => Self::Validation(text),
            ConnectionError::Secret(SecretError::OtherKey) => Self::Validation(text),
            ConnectionError::Secret(_) => Self::Internal(text),
            ConnectionError::Store(error) => error.into(),
        }
    }
}

/// The state of every connection: whether its credentials are right is found out by the tasks that use them.
const STATE: &str = "AUTHORIZED";

/// What all answers say of a connection.
fn summary(connection: &StoredConnection) -> Value {
    json!({
        "ConnectionArn": connection.arn,
        "ConnectionState": STATE,
        "CreationTime": seconds(connection.created_ms),
        "LastModifiedTime": seconds(connection.modified_ms),
    })
}

/// The same with the time of the last authorization.
fn authorized(connection: &StoredConnection) -> Value {
    let mut answer = summary(connection);
    answer["LastAuthorizedTime"] = seconds(connection.modified_ms);
    answer
}
