//! Where the objects of distributed Maps are: in folders, or behind an S3 endpoint.

use super::ConfigError;
use std::fmt;

/// What the objects of distributed Maps are kept in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ObjectPlace {
    /// Folders below the data folder, one for each bucket.
    Folder,
    /// S3, or what speaks its API.
    S3(S3Settings),
}

/// How S3 is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct S3Settings {
    /// Base address (`AWS_ENDPOINT_URL_S3`, else `AWS_ENDPOINT_URL`), with the bucket as the first part of the path; that of
    /// AWS in this region when it is absent.
    pub endpoint: Option<String>,
    /// The region that requests are signed for.
    pub region: String,
    /// Requests are not signed without.
    pub credentials: Option<Credentials>,
}

/// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`. The secret parts are never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The public half.
    pub access_key_id: String,
    /// The secret half.
    pub secret_access_key: String,
    /// The token of temporary credentials.
    pub session_token: Option<String>,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Credentials")
            .field("access_key_id", &self.access_key_id)
            .finish_non_exhaustive()
    }
}

/// The place that the environment asks for: S3 when an endpoint or credentials are set, unless `STATECRAFT_OBJECTS` says
/// otherwise.
pub(super) fn place(
    region: &str,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<ObjectPlace, ConfigError> {
    let settings = || {
        Ok::<_, ConfigError>(S3Settings {
            endpoint: endpoint(variable)?,
            region: region.to_owned(),
            credentials: credentials(variable)?,
        })
    };
    match variable("STATECRAFT_OBJECTS").as_deref() {
        Some("folder") => Ok(ObjectPlace::Folder),
        Some("s3") => settings().map(ObjectPlace::S3),
        Some(other) => Err(ConfigError::Objects(other.to_owned())),
        None => settings().map(|settings| {
            if settings.endpoint.is_some() || settings.credentials.is_some() {
                ObjectPlace::S3(settings)
            } else {
                ObjectPlace::Folder
            }
        }),
    }
}

fn endpoint(variable: &dyn Fn(&str) -> Option<String>) -> Result<Option<String>, ConfigError> {
    let named = ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"];
    let Some((name, value)) = named.iter().find_map(|name| Some((*name, variable(name)?))) else {
        return Ok(None);
    };
    let is_address = reqwest::Url::parse(&value)
        .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    if !is_address {
        return Err(ConfigError::Endpoint {
            variable: name,
            needed: "Give one that begins with http:// or https://",
        });
    }
    Ok(Some(value.trim_end_matches('/').to_owned()))
}

fn credentials(
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<Option<Credentials>, ConfigError> {
    match (
        variable("AWS_ACCESS_KEY_ID"),
        variable("AWS_SECRET_ACCESS_KEY"),
    ) {
        (None, None) => Ok(None),
        (Some(access_key_id), Some(secret_access_key)) => Ok(Some(Credentials {
            access_key_id,
            secret_access_key,
            session_token: variable("AWS_SESSION_TOKEN"),
        })),
        (Some(_), None) | (None, Some(_)) => Err(ConfigError::HalfCredentials),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(variables: &[(&str, &str)]) -> Result<ObjectPlace, ConfigError> {
        let variable = |name: &str| {
            variables
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        };
        place("eu-west-1", &variable)
    }

    const KEYS: [(&str, &str); 2] = [
        ("AWS_ACCESS_KEY_ID", "id"),
        ("AWS_SECRET_ACCESS_KEY", "hush"),
    ];

    #[test]
    fn objects_are_in_s3_when_an_endpoint_or_credentials_are_set() {
        assert_eq!(placed(&[]).unwrap(), ObjectPlace::Folder);
        let ObjectPlace::S3(settings) = placed(&KEYS).unwrap() else {
            panic!("credentials mean S3")
        };
        assert_eq!(
            (settings.endpoint, settings.region.as_str()),
            (None, "eu-west-1")
        );
        let all = [
            ("AWS_ENDPOINT_URL", "http://all/"),
            ("AWS_ENDPOINT_URL_S3", "http://s3/"),
        ];
        let ObjectPlace::S3(settings) = placed(&all).unwrap() else {
            panic!("an endpoint means S3")
        };
        assert_eq!(settings.endpoint.as_deref(), Some("http://s3"));
        assert_eq!(settings.credentials, None);
    }

    #[test]
    fn a_word_decides_against_what_else_is_set() {
        let mut variables = KEYS.to_vec();
        variables.push(("STATECRAFT_OBJECTS", "folder"));
        assert_eq!(placed(&variables).unwrap(), ObjectPlace::Folder);
        assert!(matches!(
            placed(&[("STATECRAFT_OBJECTS", "s3")]).unwrap(),
            ObjectPlace::S3(_)
        ));
        let message = placed(&[("STATECRAFT_OBJECTS", "disk")])
            .unwrap_err()
            .to_string();
        assert!(
            message.contains("\"disk\"") && message.contains("folder"),
            "{message}"
        );
    }

    #[test]
    fn half_of_the_credentials_and_a_broken_endpoint_are_refused() {
        assert!(matches!(
            placed(&KEYS[..1]),
            Err(ConfigError::HalfCredentials)
        ));
        let message = placed(&[("AWS_ENDPOINT_URL_S3", "hush:9000")])
            .unwrap_err()
            .to_string();
        assert!(
            message.contains("AWS_ENDPOINT_URL_S3") && message.contains("http://"),
            "{message}"
        );
        assert!(!message.contains("hush"), "{message}");
    }

    #[test]
    fn secrets_are_not_printed() {
        let printed = format!("{:?}", placed(&KEYS).unwrap());
        assert!(
            printed.contains("id") && !printed.contains("hush"),
            "{printed}"
        );
    }
}
