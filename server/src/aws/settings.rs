//! Settings of a machine that are kept and given back: logging, tracing, encryption.
//!
//! They mean nothing to this server, except that what it could not honour is refused.

use super::error::AwsError;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The settings in a request, or kept with a machine.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Settings {
    pub(super) logging_configuration: Logging,
    pub(super) tracing_configuration: Tracing,
    pub(super) encryption_configuration: Encryption,
}

/// The settings that a request names; the others stay as they are.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Given {
    logging_configuration: Option<Logging>,
    tracing_configuration: Option<Tracing>,
    encryption_configuration: Option<Encryption>,
}

/// `loggingConfiguration`
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Logging {
    #[serde(deserialize_with = "or_default")]
    level: Level,
    #[serde(deserialize_with = "or_default")]
    include_execution_data: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    destinations: Option<Vec<Value>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum Level {
    All,
    Error,
    Fatal,
    #[default]
    Off,
}

/// `tracingConfiguration`
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Tracing {
    #[serde(deserialize_with = "or_default")]
    enabled: bool,
}

/// `encryptionConfiguration`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Encryption {
    r#type: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kms_key_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kms_data_key_reuse_period_seconds: Option<i64>,
}

const AWS_OWNED_KEY: &str = "AWS_OWNED_KEY";

impl Default for Encryption {
    fn default() -> Self {
        let r#type = AWS_OWNED_KEY.to_owned();
        Self {
            r#type,
            kms_key_id: None,
            kms_data_key_reuse_period_seconds: None,
        }
    }
}

/// `null` counts as missing.
fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

impl Settings {
    /// Settings as they were kept.
    pub(super) fn read(kept: &Value) -> Self {
        serde_json::from_value(kept.clone()).unwrap_or_default()
    }

    /// The form in which they are kept, and answered.
    pub(super) fn to_value(&self) -> Value {
        serde_json::to_value(self).unwrap_or(Value::Null)
    }
}

impl Given {
    /// Whether the request names none.
    pub(super) fn is_empty(&self) -> bool {
        self.logging_configuration.is_none()
            && self.tracing_configuration.is_none()
            && self.encryption_configuration.is_none()
    }

    /// The settings after the request. Refuses what AWS refuses, and keys that this server does not have.
    pub(super) fn over(self, present: Settings) -> Result<Settings, AwsError> {
        if let Some(logging) = &self.logging_configuration {
            logging.check()?;
        }
        if let Some(encryption) = &self.encryption_configuration {
            encryption.check()?;
        }
        Ok(Settings {
            logging_configuration: self
                .logging_configuration
                .unwrap_or(present.logging_configuration),
            tracing_configuration: self
                .tracing_configuration
                .unwrap_or(present.tracing_configuration),
            encryption_configuration: self
                .encryption_configuration
                .unwrap_or(present.encryption_configuration),
        })
    }
}

impl Logging {
    fn check(&self) -> Result<(), AwsError> {
        let destinations = self.destinations.as_ref().map_or(0, Vec::len);
        if self.level != Level::Off && destinations != 1 || destinations > 1 {
            let text = "Must specify exactly one Log Destination.".to_owned();
            return Err(AwsError::InvalidLoggingConfiguration(text));
        }
        Ok(())
    }
}

impl Encryption {
    /// Refuses keys of a customer: an activity or a machine would seem to be encrypted with them and would not be.
    pub(super) fn check(&self) -> Result<(), AwsError> {
        if self.r#type == AWS_OWNED_KEY {
            return Ok(());
        }
        Err(AwsError::InvalidEncryptionConfiguration(
            "This server has no key management. Use the type AWS_OWNED_KEY".into(),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn settings(request: Value) -> Result<Value, AwsError> {
        let given: Given = serde_json::from_value(request).unwrap();
        given
            .over(Settings::default())
            .map(|settings| settings.to_value())
    }

    #[test]
    fn without_settings_logging_and_tracing_are_off() {
        assert_eq!(
            settings(json!({})).unwrap(),
            json!({
                "loggingConfiguration": {"level": "OFF", "includeExecutionData": false},
                "tracingConfiguration": {"enabled": false},
                "encryptionConfiguration": {"type": "AWS_OWNED_KEY"},
            })
        );
    }

    #[test]
    fn what_was_given_is_given_back() {
        let logging = json!({"level": "ALL", "includeExecutionData": true, "destinations": [{"cloudWatchLogsLogGroup": {"logGroupArn": "a"}}]});
        assert_eq!(
            settings(json!({"loggingConfiguration": logging})).unwrap()["loggingConfiguration"],
            logging
        );
        let empty =
            settings(json!({"loggingConfiguration": {"destinations": [], "level": null}})).unwrap();
        assert_eq!(
            empty["loggingConfiguration"],
            json!({"level": "OFF", "includeExecutionData": false, "destinations": []})
        );
    }

    #[test]
    fn logging_needs_exactly_one_destination() {
        for logging in [
            json!({"level": "ALL"}),
            json!({"level": "ERROR", "destinations": [{}, {}]}),
        ] {
            let error = settings(json!({"loggingConfiguration": logging})).unwrap_err();
            assert_eq!(
                error.to_string(),
                "Invalid Logging Configuration: Must specify exactly one Log Destination."
            );
        }
    }

    #[test]
    fn keys_of_a_customer_are_refused_and_not_ignored() {
        let error = settings(
            json!({"encryptionConfiguration": {"type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": "k"}}),
        );
        assert!(matches!(
            error,
            Err(AwsError::InvalidEncryptionConfiguration(_))
        ));
    }
}
