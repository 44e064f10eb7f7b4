//! What a connection knows of the API that it leads to, with the names of EventBridge's API.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// How a connection authorizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Authorization {
    /// A user name and a password.
    Basic,
    /// A header with a key.
    ApiKey,
    /// A token that a client gets for its id and secret.
    #[serde(rename = "OAUTH_CLIENT_CREDENTIALS")]
    OAuth,
}

impl Authorization {
    /// AWS's name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Basic => "BASIC",
            Self::ApiKey => "API_KEY",
            Self::OAuth => "OAUTH_CLIENT_CREDENTIALS",
        }
    }

    /// The member of `AuthParameters` that belongs to it.
    fn member(self) -> &'static str {
        match self {
            Self::Basic => "BasicAuthParameters",
            Self::ApiKey => "ApiKeyAuthParameters",
            Self::OAuth => "OAuthParameters",
        }
    }
}

/// `AuthParameters` with all its secrets: never printed, and kept sealed.
#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct AuthParameters {
    pub(crate) basic_auth_parameters: Option<Basic>,
    pub(crate) api_key_auth_parameters: Option<ApiKey>,
    #[serde(rename = "OAuthParameters")]
    pub(crate) oauth_parameters: Option<OAuth>,
    pub(crate) invocation_http_parameters: Option<HttpParameters>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Basic {
    pub(crate) username: String,
    pub(crate) password: String,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct ApiKey {
    pub(crate) api_key_name: String,
    pub(crate) api_key_value: String,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct OAuth {
    pub(crate) client_parameters: Client,
    pub(crate) authorization_endpoint: String,
    pub(crate) http_method: String,
    #[serde(rename = "OAuthHttpParameters", default)]
    pub(crate) oauth_http_parameters: Option<HttpParameters>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Client {
    #[serde(rename = "ClientID")]
    pub(crate) client_id: String,
    #[serde(rename = "ClientSecret")]
    pub(crate) client_secret: String,
}

/// What is added to each request.
#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct HttpParameters {
    pub(crate) header_parameters: Vec<Parameter>,
    pub(crate) query_string_parameters: Vec<Parameter>,
    pub(crate) body_parameters: Vec<Parameter>,
}

#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Parameter {
    pub(crate) key: String,
    pub(crate) value: String,
    pub(crate) is_value_secret: bool,
}

/// What keeps parameters from being used; a plain sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct ParameterFault(String);

impl AuthParameters {
    /// Reads the parameters of this kind of authorization, as a request gives them; those of other kinds are left out.
    pub(crate) fn read(kind: Authorization, value: &Value) -> Result<Self, ParameterFault> {
        let mut kept = Map::new();
        for name in [kind.member(), "InvocationHttpParameters"] {
            if let Some(member) = value.get(name).filter(|member| !member.is_null()) {
                kept.insert(name.to_owned(), without_nulls(member));
            }
        }
        if !kept.contains_key(kind.member()) {
            let (kind, member) = (kind.name(), kind.member());
            return Err(ParameterFault(format!(
                "A connection of the type {kind} needs AuthParameters.{member}."
            )));
        }
        // The text of serde's error may hold values, which are secret.
        serde_json::from_value(Value::Object(kept)).map_err(|_| {
            let member = kind.member();
            ParameterFault(format!("AuthParameters.{member} is not complete."))
        })
    }

    /// The parameters with some exchanged, as UpdateConnection does it.
    pub(crate) fn updated(&self, by: &Value) -> Value {
        let mut value = serde_json::to_value(self).unwrap_or_default();
        merge(&mut value, by);
        value
    }

    /// What may be shown: no password, no key, no client's secret, and no value that is marked as secret.
    pub(crate) fn shown(&self) -> Value {
        let mut value = serde_json::to_value(self).unwrap_or_default();
        redact(&mut value);
        without_nulls(&value)
    }
}

/// Puts the members of `by` into `value`, object by object; `null` changes nothing.
fn merge(value: &mut Value, by: &Value) {
    match (value, by) {
        (Value::Object(members), Value::Object(by)) => {
            for (name, by) in by {
                merge(members.entry(name.clone()).or_insert(Value::Null), by);
            }
        }
        (_, Value::Null) => {}
        (value, by) => *value = by.clone(),
    }
}

fn redact(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for name in ["Password", "ApiKeyValue", "ClientSecret"] {
                members.remove(name);
            }
            if members.get("IsValueSecret").and_then(Value::as_bool) == Some(true) {
                members.remove("Value");
            }
            members.values_mut().for_each(redact);
        }
        Value::Array(items) => items.iter_mut().for_each(redact),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.iter().filter(|(_, value)| !value.is_null());
            Value::Object(
                members
                    .map(|(name, value)| (name.clone(), without_nulls(value)))
                    .collect(),
            )
        }
        Value::Array(items) => items.iter().map(without_nulls).collect(),
        plain @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => {
            plain.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn oauth() -> Value {
        json!({
            "OAuthParameters": {
                "ClientParameters": {"ClientID": "id", "ClientSecret": "hush"},
                "AuthorizationEndpoint": "https://example.com/token", "HttpMethod": "POST",
            },
            "InvocationHttpParameters": {"HeaderParameters": [
                {"Key": "a", "Value": "hush", "IsValueSecret": true}, {"Key": "b", "Value": "seen"},
            ]},
        })
    }

    #[test]
    fn nothing_secret_is_shown() {
        let shown = AuthParameters::read(Authorization::OAuth, &oauth())
            .unwrap()
            .shown();
        let text = shown.to_string();
        assert!(
            text.contains("\"ClientID\":\"id\"") && text.contains("seen"),
            "{text}"
        );
        assert!(!text.contains("hush"), "{text}");
    }

    #[test]
    fn an_update_changes_what_it_names() {
        let before = AuthParameters::read(Authorization::OAuth, &oauth()).unwrap();
        let by = json!({"OAuthParameters": {"ClientParameters": {"ClientSecret": "other"}}});
        let after = AuthParameters::read(Authorization::OAuth, &before.updated(&by)).unwrap();
        let client = after.oauth_parameters.unwrap().client_parameters;
        assert_eq!(
            (client.client_id.as_str(), client.client_secret.as_str()),
            ("id", "other")
        );
        assert!(before.invocation_http_parameters == after.invocation_http_parameters);
    }

    #[test]
    fn parameters_of_another_kind_do_not_count() {
        assert!(AuthParameters::read(Authorization::Basic, &oauth()).is_err());
        let half = json!({"BasicAuthParameters": {"Username": "hush"}});
        let fault = AuthParameters::read(Authorization::Basic, &half)
            .err()
            .unwrap();
        assert!(!fault.to_string().contains("hush"), "{fault}");
    }
}
