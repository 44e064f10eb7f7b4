//! Where traces of executions go to.

use super::ConfigError;
use super::receiver::{Receiver, address};
use reqwest::header::HeaderMap;
use serde_json::Value;

const SETTING: &str = "traces";
/// Full address for traces alone (OpenTelemetry's exporter configuration).
const TRACES_ENDPOINT: &str = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
/// Base address for everything.
const ENDPOINT: &str = "OTEL_EXPORTER_OTLP_ENDPOINT";

/// A collector that takes traces by OTLP over HTTP.
#[derive(Debug, Clone)]
pub struct TraceSettings {
    /// The full address, with `/v1/traces`, and what is sent with every request.
    pub(crate) receiver: Receiver,
    /// The name of this server in traces (`OTEL_SERVICE_NAME`).
    pub(crate) service: String,
}

/// The collector that the environment or the settings file names; the environment wins.
pub(super) fn read(
    given: Option<&Value>,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<Option<TraceSettings>, ConfigError> {
    let receiver = match environment(variable)? {
        Some(receiver) => Some(receiver),
        None => given.map(from_file).transpose()?,
    };
    let service = variable("OTEL_SERVICE_NAME").unwrap_or_else(|| "statecraft".to_owned());
    Ok(receiver.map(|receiver| TraceSettings { receiver, service }))
}

fn from_file(given: &Value) -> Result<Receiver, ConfigError> {
    Receiver::read(SETTING, given).map(below)
}

fn environment(variable: &dyn Fn(&str) -> Option<String>) -> Result<Option<Receiver>, ConfigError> {
    let named = |name: &'static str| Some((name, variable(name)?));
    let Some((name, value)) = named(TRACES_ENDPOINT).or_else(|| named(ENDPOINT)) else {
        return Ok(None);
    };
    let Some(url) = address(&value) else {
        return Err(ConfigError::Endpoint {
            variable: name,
            needed: "Give an address that begins with http:// or https://, without user, password and fragment",
        });
    };
    let receiver = Receiver {
        url,
        headers: HeaderMap::new(),
    };
    Ok(Some(if name == ENDPOINT {
        below(receiver)
    } else {
        receiver
    }))
}

/// The address for traces below a base address.
fn below(mut base: Receiver) -> Receiver {
    let path = format!("{}/v1/traces", base.url.path().trim_end_matches('/'));
    base.url.set_path(&path);
    base
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn found(
        given: Option<&Value>,
        variables: &[(&str, &str)],
    ) -> Result<Option<TraceSettings>, ConfigError> {
        let variable = |name: &str| {
            let mut variables = variables.iter();
            let found = variables.find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        read(given, &variable)
    }

    fn url(settings: Option<TraceSettings>) -> String {
        settings.unwrap().receiver.url.to_string()
    }

    #[test]
    fn a_collector_comes_from_the_file_or_the_environment_which_wins() {
        let file = json!({"url": "http://file:4318/base/", "headers": {"a": "b"}});
        let file = || Some(&file);
        assert!(
            found(None, &[("OTEL_SERVICE_NAME", "x")])
                .unwrap()
                .is_none()
        );
        let settings = found(file(), &[]).unwrap().unwrap();
        assert_eq!(settings.service, "statecraft");
        assert_eq!(settings.receiver.headers["a"], "b");
        assert_eq!(url(Some(settings)), "http://file:4318/base/v1/traces");
        let base = (ENDPOINT, "http://all:4318");
        assert_eq!(
            url(found(file(), &[base]).unwrap()),
            "http://all:4318/v1/traces"
        );
        let own = (TRACES_ENDPOINT, "http://own:4318/in");
        assert_eq!(
            url(found(file(), &[base, own]).unwrap()),
            "http://own:4318/in"
        );
    }

    #[test]
    fn what_makes_no_sense_names_its_setting_or_variable_and_not_its_value() {
        let fault = found(Some(&json!({"url": 1})), &[])
            .unwrap_err()
            .to_string();
        assert!(fault.contains("traces"), "{fault}");
        for (variable, value) in [
            (ENDPOINT, "hush:4317"),
            (ENDPOINT, "http://me:hush@localhost:4318"),
            (TRACES_ENDPOINT, "https://localhost/#hush"),
        ] {
            let fault = found(None, &[(variable, value)]).unwrap_err();
            let (shown, fault) = (format!("{fault:?}"), fault.to_string());
            assert!(
                fault.contains(variable) && fault.contains("http://"),
                "{fault}"
            );
            assert!(!fault.contains("hush") && !shown.contains("hush"));
        }
    }
}
