//! Access keys whose signatures the AWS API demands.

use super::ConfigError;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

const SETTING: &str = "accessKeys";
/// Characters of an access key id (service model of IAM).
const ID_LENGTH: std::ops::RangeInclusive<usize> = 16..=128;

/// Access key ids with their secrets, which are never printed. There is at least one.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessKeys(BTreeMap<String, String>);

impl fmt::Debug for AccessKeys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.0.keys()).finish()
    }
}

impl AccessKeys {
    /// Reads the setting: an object of secrets by id. A refusal names the id and repeats no secret.
    pub(crate) fn read(given: &Value) -> Result<Self, ConfigError> {
        let wrong = |fault: String| ConfigError::wrong(SETTING, fault);
        let object = given.as_object().filter(|object| !object.is_empty());
        let object = object.ok_or_else(|| {
            wrong("it must be an object with a secret for each access key id. Leave it out to take any credentials".into())
        })?;
        let keys = object.iter().map(|(id, secret)| {
            let secret = secret.as_str().filter(|secret| !secret.is_empty());
            match secret {
                _ if !is_id(id) => Err(wrong(format!(
                    "{id:?} is no access key id: it needs 16 to 128 letters, digits and underscores"
                ))),
                None => Err(wrong(format!(
                    "the secret of {id:?} must be a text that is not empty"
                ))),
                Some(secret) => Ok((id.clone(), secret.to_owned())),
            }
        });
        keys.collect::<Result<_, _>>().map(Self)
    }

    /// The secret of an id.
    pub(crate) fn secret(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(String::as_str)
    }
}

fn is_id(text: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    ID_LENGTH.contains(&text.len()) && text.bytes().all(is_letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fault(given: &Value) -> String {
        AccessKeys::read(given).unwrap_err().to_string()
    }

    #[test]
    fn secrets_are_found_by_their_ids_and_never_printed() {
        let keys = AccessKeys::read(&json!({"AKIDEXAMPLE_0001": "hush"})).unwrap();
        assert_eq!(keys.secret("AKIDEXAMPLE_0001"), Some("hush"));
        assert_eq!(keys.secret("AKIDEXAMPLE_0002"), None);
        let shown = format!("{keys:?}");
        assert!(
            shown.contains("AKIDEXAMPLE_0001") && !shown.contains("hush"),
            "{shown}"
        );
    }

    #[test]
    fn a_wrong_key_is_refused_by_its_id_without_its_secret() {
        for id in ["AKID", "AKIDEXAMPLE-0001", &"A".repeat(129)] {
            let fault = fault(&json!({id: "hush"}));
            assert!(
                fault.contains(id) && fault.contains("accessKeys") && !fault.contains("hush"),
                "{fault}"
            );
        }
        for secret in [json!(""), json!(4711), json!(["4711"]), Value::Null] {
            let fault = fault(&json!({"AKIDEXAMPLE_0001": secret}));
            assert!(
                fault.contains("AKIDEXAMPLE_0001") && !fault.contains("4711"),
                "{fault}"
            );
        }
    }

    #[test]
    fn a_setting_without_a_key_is_refused_rather_than_taken_for_an_open_door() {
        for given in [json!({}), json!([]), json!("AKIDEXAMPLE_0001:4711")] {
            let fault = fault(&given);
            assert!(
                fault.contains("Leave it out") && !fault.contains("4711"),
                "{fault}"
            );
        }
    }
}
