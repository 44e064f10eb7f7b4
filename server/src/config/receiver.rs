//! An address that takes what the server sends by itself: status events, traces.

use super::ConfigError;
use reqwest::Url;
use reqwest::header::{
    CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderMap, HeaderName, HeaderValue,
    TRANSFER_ENCODING,
};
use serde_json::{Map, Value};
use std::fmt;

/// Headers that follow from the request itself.
const OWN: [HeaderName; 5] = [
    HOST,
    CONTENT_TYPE,
    CONTENT_LENGTH,
    TRANSFER_ENCODING,
    CONNECTION,
];

/// An address, and what is sent with each request. Both may hold secrets, so only the host is ever printed.
#[derive(Clone)]
pub struct Receiver {
    /// Takes `POST` requests.
    pub(crate) url: Url,
    /// Sent with every request.
    pub(crate) headers: HeaderMap,
}

impl fmt::Debug for Receiver {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Receiver")
            .field("host", &self.url.host_str())
            .finish_non_exhaustive()
    }
}

impl Receiver {
    /// Reads a setting: `{"url", "headers"?}`. A refusal repeats no value.
    pub(crate) fn read(setting: &'static str, given: &Value) -> Result<Self, ConfigError> {
        read(given).map_err(|fault| ConfigError::wrong(setting, fault))
    }
}

/// The setting, or what is wrong with it.
fn read(given: &Value) -> Result<Receiver, String> {
    let object = given
        .as_object()
        .ok_or("it must be an object with the url of who takes them. Leave it out to send none")?;
    let mut names = object.keys();
    if let Some(unknown) = names.find(|name| !["url", "headers"].contains(&name.as_str())) {
        return Err(format!(
            "{unknown:?} is not known: it takes url and headers"
        ));
    }
    let headers = match object.get("headers") {
        None => HeaderMap::new(),
        Some(headers) => read_headers(headers.as_object().ok_or(NO_HEADERS)?)?,
    };
    let url = object.get("url").and_then(Value::as_str).and_then(address);
    Ok(Receiver {
        url: url.ok_or(NO_ADDRESS)?,
        headers,
    })
}

const NO_HEADERS: &str = "headers must be an object with a text for each name";
const NO_ADDRESS: &str = "url must be an address that begins with http:// or https://, without user, password and fragment; credentials go into headers";

/// An address that can be called as it stands.
pub(super) fn address(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let is_bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    let is_http = matches!(url.scheme(), "http" | "https") && url.has_host();
    (is_bare && is_http).then_some(url)
}

fn read_headers(given: &Map<String, Value>) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    for (name, value) in given {
        let header: HeaderName = name
            .parse()
            .map_err(|_| format!("{name:?} cannot be the name of a header"))?;
        if OWN.contains(&header) {
            return Err(format!(
                "the header {name:?} follows from the request and cannot be set"
            ));
        }
        let value = value.as_str().ok_or(NO_HEADERS)?;
        let mut value = HeaderValue::from_str(value)
            .map_err(|_| format!("the value of {name:?} cannot stand in a header"))?;
        value.set_sensitive(true);
        if headers.insert(header, value).is_some() {
            return Err(format!("the header {name:?} is given twice"));
        }
    }
    Ok(headers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const SETTING: &str = "statusEvents";

    #[test]
    fn an_address_and_headers_are_read_and_only_the_host_is_printed() {
        let given = json!({"url": "https://sink.example/in?key=hush", "headers": {"Authorization": "hush"}});
        let sink = Receiver::read(SETTING, &given).unwrap();
        assert_eq!(sink.url.as_str(), "https://sink.example/in?key=hush");
        assert_eq!(sink.headers["authorization"], "hush");
        let shown = format!("{sink:?}");
        assert!(
            shown.contains("sink.example") && !shown.contains("hush"),
            "{shown}"
        );
    }

    #[test]
    fn what_makes_no_sense_is_refused_without_its_values() {
        let url = "http://localhost:9000/";
        for (given, said) in [
            (Value::Null, "Leave it out"),
            (json!(url), "Leave it out"),
            (json!({}), "http://"),
            (json!({"url": "localhost:9000"}), "http://"),
            (json!({"url": "ftp://localhost/hush"}), "http://"),
            (json!({"url": "http://me:hush@localhost/"}), "headers"),
            (json!({"url": url, "uri": "hush"}), "\"uri\""),
            (json!({"url": url, "headers": ["hush"]}), "object"),
            (json!({"url": url, "headers": {"a": 1}}), "text"),
            (json!({"url": url, "headers": {"a b": "hush"}}), "\"a b\""),
            (json!({"url": url, "headers": {"a": "hush\n"}}), "\"a\""),
            (
                json!({"url": url, "headers": {"a": "1", "A": "hush"}}),
                "twice",
            ),
            (json!({"url": url, "headers": {"Host": "hush"}}), "\"Host\""),
        ] {
            let fault = Receiver::read(SETTING, &given).unwrap_err().to_string();
            assert!(
                fault.contains(said) && fault.contains(SETTING) && !fault.contains("hush"),
                "{fault}"
            );
        }
    }
}
