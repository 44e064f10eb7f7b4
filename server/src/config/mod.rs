//! What the server is told from outside: settings file, environment variables, defaults. Later ones win in this order:
//! default, settings file, environment.

mod access_keys;
mod http;
mod operation;
mod receiver;
mod s3;
mod traces;

pub use access_keys::AccessKeys;
pub use http::AllowedHost;
pub use operation::Operation;
pub use receiver::Receiver;
pub use s3::{Credentials, ObjectPlace, S3Settings};
pub use traces::TraceSettings;

use crate::arn::Home;
use crate::connections::SecretKey;
use asl::dry_run::FileError;
use asl::dry_run::mocks::MockConfig;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The account of every ARN unless the settings say otherwise.
const ACCOUNT: &str = "123456789012";
const REGION: &str = "us-east-1";

/// All settings of a server.
#[derive(Debug, Clone)]
pub struct Config {
    /// Region and account that ARNs carry.
    pub home: Home,
    /// Folder of the database.
    pub data: PathBuf,
    /// Base address of the Lambda-compatible endpoint (`AWS_ENDPOINT_URL_LAMBDA`, else `AWS_ENDPOINT_URL`).
    pub lambda_endpoint: Option<String>,
    /// What the objects of distributed Maps are kept in.
    pub objects: ObjectPlace,
    /// Hosts that HTTP tasks may call although they have no public address or speak no https (`STATECRAFT_HTTP_ALLOW`).
    pub http_allow: Vec<AllowedHost>,
    /// The key of the secret store (`STATECRAFT_SECRET_KEY`); without, the server makes one in the data folder.
    pub secret_key: Option<SecretKey>,
    /// The keys that the AWS API demands; without, any credentials will do.
    pub access_keys: Option<AccessKeys>,
    /// What takes status events of executions; without, none are sent.
    pub status_events: Option<Receiver>,
    /// Where traces of executions go; without, none are made.
    pub traces: Option<TraceSettings>,
    /// The file named by `SFN_MOCK_CONFIG`.
    pub mocks: Option<MockConfig>,
    /// How the server is operated.
    pub operation: Operation,
}

/// Why the settings cannot be used. Every message says which setting and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file cannot be read.
    #[error("the {what} {} cannot be read: {source}", .file.display())]
    Unreadable {
        /// What kind of file.
        what: &'static str,
        /// Which.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The settings file is not what it should be.
    #[error("the settings file {} is wrong: {source}. README.md lists what it takes", .file.display())]
    Settings {
        /// Which.
        file: PathBuf,
        /// What is wrong.
        source: serde_json::Error,
    },
    /// A setting has a value that makes no sense.
    #[error("the setting {setting} is wrong: {fault}")]
    Value {
        /// Its name in the settings file.
        setting: &'static str,
        /// What is wrong, and what to write instead.
        fault: String,
    },
    /// The account is no account.
    #[error("the accountId {0:?} is no account: it needs twelve digits")]
    Account(String),
    /// The region is no region.
    #[error(
        "the region {0:?} is no region: it is made of small letters, digits and hyphens, as in us-east-1"
    )]
    Region(String),
    /// `STATECRAFT_OBJECTS` is no place.
    #[error(
        "STATECRAFT_OBJECTS is {0:?}. Set it to folder or s3, or leave it out: S3 is used when an endpoint or credentials are set"
    )]
    Objects(String),
    /// An endpoint is no address. Its value may hold a secret and is not repeated.
    #[error("{variable} is no address. {needed}")]
    Endpoint {
        /// The variable of the environment that holds it.
        variable: &'static str,
        /// What to write instead.
        needed: &'static str,
    },
    /// `STATECRAFT_HTTP_ALLOW` names something that is no host.
    #[error(
        "STATECRAFT_HTTP_ALLOW names {0:?}, which is no host. Give names or IP addresses, with a port or without, separated by commas: localhost:9000,10.0.0.7"
    )]
    HttpAllow(String),
    /// `STATECRAFT_SECRET_KEY` is no key; its value is not repeated.
    #[error(
        "STATECRAFT_SECRET_KEY is no key. Give 32 random bytes in base64 (`openssl rand -base64 32`) or as 64 hexadecimal digits"
    )]
    SecretKey,
    /// One half of the credentials is missing.
    #[error("only one of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY is set. Set both or none")]
    HalfCredentials,
    /// The mock file is not what it should be.
    #[error("the mock file {} (SFN_MOCK_CONFIG) is wrong: {source}", .file.display())]
    Mocks {
        /// Which.
        file: PathBuf,
        /// What is wrong.
        source: FileError,
    },
    /// No place for the data is known.
    #[error(
        "no folder for the data is known, since neither HOME nor XDG_DATA_HOME is set. Choose one with --data"
    )]
    NoDataFolder,
}

impl ConfigError {
    fn wrong(setting: &'static str, fault: impl Into<String>) -> Self {
        let fault = fault.into();
        Self::Value { setting, fault }
    }
}

/// The settings file. It holds secrets, so it cannot be printed.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Settings {
    region: Option<String>,
    account_id: Option<String>,
    retention_days: Option<u32>,
    /// Judged apart: an error about a type would repeat the value.
    #[serde(default, deserialize_with = "given")]
    access_keys: Option<serde_json::Value>,
    /// The same.
    #[serde(default, deserialize_with = "given")]
    status_events: Option<serde_json::Value>,
    /// The same.
    #[serde(default, deserialize_with = "given")]
    traces: Option<serde_json::Value>,
}

/// A member that is there counts, `null` too: keys that were left empty by mistake must not open the server.
fn given<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<serde_json::Value>, D::Error> {
    serde_json::Value::deserialize(from).map(Some)
}

impl Config {
    /// Gathers the settings; `variable` reads an environment variable.
    pub fn gather(
        data: Option<PathBuf>,
        file: Option<&Path>,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
        let settings = file.map(read_settings).transpose()?.unwrap_or_default();
        let operation = Operation::read(&settings)?;
        let access_keys = settings.access_keys.as_ref();
        let access_keys = access_keys.map(AccessKeys::read).transpose()?;
        let status_events = settings.status_events.as_ref();
        let read = |given| Receiver::read("statusEvents", given);
        let status_events = status_events.map(read).transpose()?;
        let traces = traces::read(settings.traces.as_ref(), &variable)?;
        let region = variable("AWS_REGION")
            .or_else(|| variable("AWS_DEFAULT_REGION"))
            .or(settings.region);
        let account_id = settings.account_id.unwrap_or_else(|| ACCOUNT.into());
        if account_id.len() != 12 || !account_id.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ConfigError::Account(account_id));
        }
        let region = region.unwrap_or_else(|| REGION.into());
        let is_region =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if region.is_empty() || !region.bytes().all(is_region) {
            return Err(ConfigError::Region(region));
        }
        Ok(Self {
            objects: s3::place(&region, &variable)?,
            http_allow: http::hosts(&variable("STATECRAFT_HTTP_ALLOW").unwrap_or_default())?,
            secret_key: variable("STATECRAFT_SECRET_KEY")
                .map(|text| SecretKey::parse(&text).ok_or(ConfigError::SecretKey))
                .transpose()?,
            home: Home { region, account_id },
            data: data_folder(data, &variable)?,
            lambda_endpoint: variable("AWS_ENDPOINT_URL_LAMBDA")
                .or_else(|| variable("AWS_ENDPOINT_URL")),
            access_keys,
            status_events,
            traces,
            mocks: variable("SFN_MOCK_CONFIG").map(read_mocks).transpose()?,
            operation,
        })
    }
}

/// The folder of the database: the one given, else `$XDG_DATA_HOME/statecraft`, else `~/.local/share/statecraft`.
pub(crate) fn data_folder(
    given: Option<PathBuf>,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<PathBuf, ConfigError> {
    given
        .or_else(|| default_data(variable))
        .ok_or(ConfigError::NoDataFolder)
}

fn default_data(variable: &dyn Fn(&str) -> Option<String>) -> Option<PathBuf> {
    let shared = variable("XDG_DATA_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute());
    let home = || Some(Path::new(&variable("HOME")?).join(".local/share"));
    Some(shared.or_else(home)?.join("statecraft"))
}

fn read_settings(file: &Path) -> Result<Settings, ConfigError> {
    let text = read("settings file", file)?;
    serde_json::from_str(&text).map_err(|source| ConfigError::Settings {
        file: file.to_owned(),
        source,
    })
}

fn read_mocks(file: String) -> Result<MockConfig, ConfigError> {
    let file = PathBuf::from(file);
    let text = read("mock file", &file)?;
    MockConfig::parse(&text).map_err(|source| ConfigError::Mocks { file, source })
}

fn read(what: &'static str, file: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(file).map_err(|source| ConfigError::Unreadable {
        what,
        file: file.to_owned(),
        source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gather(file: Option<&Path>, variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let variable = |name: &str| {
            variables
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        };
        Config::gather(None, file, &variable)
    }

    #[test]
    fn defaults_hold_where_nothing_is_said() {
        let config = gather(None, &[("HOME", "/home/ada")]).unwrap();
        assert_eq!(
            (config.home.region.as_str(), config.home.account_id.as_str()),
            (REGION, ACCOUNT)
        );
        assert_eq!(config.data, Path::new("/home/ada/.local/share/statecraft"));
        assert_eq!(config.lambda_endpoint, None);
    }

    #[test]
    fn the_environment_wins_over_the_settings_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.json");
        std::fs::write(
            &file,
            r#"{"region": "eu-west-1", "accountId": "111111111111"}"#,
        )
        .unwrap();
        let config = gather(Some(&file), &[("HOME", "/h")]).unwrap();
        assert_eq!(
            (config.home.region.as_str(), config.home.account_id.as_str()),
            ("eu-west-1", "111111111111")
        );
        let variables = [
            ("HOME", "/h"),
            ("AWS_REGION", "eu-north-1"),
            ("AWS_ENDPOINT_URL", "http://all"),
            ("AWS_ENDPOINT_URL_LAMBDA", "http://f"),
        ];
        let config = gather(Some(&file), &variables).unwrap();
        assert_eq!(config.home.region, "eu-north-1");
        assert_eq!(config.lambda_endpoint.as_deref(), Some("http://f"));
    }

    #[test]
    fn hosts_and_the_key_of_http_tasks_are_read_and_a_bad_key_is_not_repeated() {
        let key = "07".repeat(32);
        let variables = [
            ("HOME", "/h"),
            ("STATECRAFT_HTTP_ALLOW", "localhost:9000, 10.0.0.7,"),
            ("STATECRAFT_SECRET_KEY", key.as_str()),
        ];
        let config = gather(None, &variables).unwrap();
        assert_eq!(config.http_allow.len(), 2);
        assert!(config.secret_key.is_some() && !format!("{config:?}").contains("0707"));
        let bad = [("HOME", "/h"), ("STATECRAFT_SECRET_KEY", "hush")];
        let message = gather(None, &bad).unwrap_err().to_string();
        assert!(
            message.contains("openssl") && !message.contains("hush"),
            "{message}"
        );
        let bad = [
            ("HOME", "/h"),
            ("STATECRAFT_HTTP_ALLOW", "http://localhost"),
        ];
        let message = gather(None, &bad).unwrap_err().to_string();
        assert!(message.contains("\"http://localhost\""), "{message}");
    }

    #[test]
    fn access_keys_come_from_the_settings_file_and_no_part_of_the_settings_prints_a_secret() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.json");
        let written = |text: &str| {
            std::fs::write(&file, text).unwrap();
            gather(Some(&file), &[("HOME", "/h")])
        };
        let config = written(r#"{"accessKeys": {"AKIDEXAMPLE_0001": "hush"}}"#).unwrap();
        assert!(config.access_keys.is_some() && !format!("{config:?}").contains("hush"));
        let fault = written(r#"{"accessKeys": {"AKID": "hush"}}"#).unwrap_err();
        assert!(!format!("{fault} {fault:?}").contains("hush"), "{fault}");
        assert_eq!(written("{}").unwrap().access_keys, None);
        let left_empty = written(r#"{"accessKeys": null}"#).unwrap_err();
        assert!(left_empty.to_string().contains("Leave it out"));
    }

    #[test]
    fn wrong_settings_are_refused_with_the_file_and_the_fault() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.json");
        std::fs::write(&file, r#"{"regoin": "eu-west-1"}"#).unwrap();
        let message = gather(Some(&file), &[("HOME", "/h")])
            .unwrap_err()
            .to_string();
        assert!(
            message.contains("settings.json") && message.contains("regoin"),
            "{message}"
        );
        std::fs::write(&file, r#"{"region": "no where:"}"#).unwrap();
        assert!(matches!(
            gather(Some(&file), &[("HOME", "/h")]),
            Err(ConfigError::Region(_))
        ));
        std::fs::write(&file, r#"{"accountId": "1"}"#).unwrap();
        assert!(matches!(
            gather(Some(&file), &[("HOME", "/h")]),
            Err(ConfigError::Account(_))
        ));
        assert!(matches!(gather(None, &[]), Err(ConfigError::NoDataFolder)));
    }
}
