//! The request that an HTTP task asks for, together with what its connection adds (feature map, INT-09).

use super::encode::{ArrayFormat, form, joined, text};
use crate::connections::{HttpParameters, Parameter};
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Url};
use serde_json::{Map, Value};

/// Headers that a definition must not set.
const FORBIDDEN: [&str; 34] = [
    "a-im",
    "accept-charset",
    "accept-datetime",
    "accept-encoding",
    "authorization",
    "cache-control",
    "connection",
    "content-encoding",
    "content-md5",
    "date",
    "expect",
    "forwarded",
    "from",
    "host",
    "http2-settings",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "max-forwards",
    "origin",
    "pragma",
    "proxy-authorization",
    "referer",
    "server",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
    "warning",
    "keep-alive",
    "proxy-connection",
];
const FORBIDDEN_PREFIXES: [&str; 3] = ["x-amz-", "x-amzn-", "x-forwarded-"];

/// Why no request can be made of the parameters; the text is AWS's where it is known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    #[error("The field '{0}' is required but was missing")]
    Missing(&'static str),
    #[error("The value of the field '{0}' has an invalid format")]
    Format(&'static str),
    #[error("The header '{0}' is not allowed in an HTTP task")]
    Header(String),
    #[error(
        "The request body of the connection cannot be merged with a RequestBody that is no object"
    )]
    Body,
}

/// A request, before its connection has been looked at.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Asked {
    pub(super) url: Url,
    pub(super) method: Method,
    pub(super) connection: String,
    pub(super) headers: HeaderMap,
    query: Vec<(String, String)>,
    body: Option<Value>,
    encoding: Encoding,
}

/// `Transform.RequestBodyEncoding`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    None,
    Url(ArrayFormat),
}

impl Asked {
    /// Reads the task's parameters.
    pub(super) fn read(input: &str) -> Result<Self, Fault> {
        let input: Value = serde_json::from_str(input).unwrap_or_default();
        let endpoint = required(&input, "ApiEndpoint")?;
        let mut url = Url::parse(endpoint).map_err(|_| Fault::Format("ApiEndpoint"))?;
        let is_http = matches!(url.scheme(), "http" | "https") && url.has_host();
        if !is_http || !url.username().is_empty() || url.password().is_some() {
            return Err(Fault::Format("ApiEndpoint"));
        }
        url.set_fragment(None);
        Ok(Self {
            url,
            method: method(required(&input, "Method")?)?,
            connection: connection(&input)?.to_owned(),
            headers: headers(input.get("Headers"))?,
            query: query(input.get("QueryParameters"))?,
            body: input.get("RequestBody").filter(|it| !it.is_null()).cloned(),
            encoding: encoding(input.get("Transform"))?,
        })
    }

    /// Adds what the connection says; its values win.
    pub(super) fn merge(&mut self, more: &HttpParameters) -> Result<(), Fault> {
        for Parameter { key, value, .. } in &more.header_parameters {
            self.set_header(key, value)?;
        }
        for Parameter { key, value, .. } in &more.query_string_parameters {
            self.query.retain(|(name, _)| name != key);
            self.query.push((key.clone(), value.clone()));
        }
        if more.body_parameters.is_empty() {
            return Ok(());
        }
        let body = self.body.get_or_insert_with(|| Value::Object(Map::new()));
        let members = body.as_object_mut().ok_or(Fault::Body)?;
        for Parameter { key, value, .. } in &more.body_parameters {
            members.insert(key.clone(), value.as_str().into());
        }
        Ok(())
    }

    /// Sets a header that the connection brings.
    pub(super) fn set_header(&mut self, name: &str, value: &str) -> Result<(), Fault> {
        let (name, mut value) = header(name, value)?;
        value.set_sensitive(true);
        let set = self.headers.try_insert(name, value);
        set.map(drop).map_err(|_| Fault::Format("Headers"))
    }

    /// The address with its query.
    pub(super) fn address(&self) -> Url {
        let mut url = self.url.clone();
        let added = joined(&self.query);
        match (url.query(), added.is_empty()) {
            (_, true) => {}
            (None | Some(""), false) => url.set_query(Some(&added)),
            (Some(there), false) => {
                let both = format!("{there}&{added}");
                url.set_query(Some(&both));
            }
        }
        url
    }

    /// The body as it is sent, and its type unless the headers name one.
    pub(super) fn content(&self) -> Result<Option<(String, &'static str)>, Fault> {
        let Some(body) = &self.body else {
            return Ok(None);
        };
        let json = "application/json; charset=UTF-8";
        Ok(Some(match (self.encoding, body) {
            (Encoding::Url(arrays), Value::Object(members)) => {
                (form(members, arrays), "application/x-www-form-urlencoded")
            }
            (_, Value::String(text)) => (text.clone(), json),
            (Encoding::Url(_), _) => return Err(Fault::Format("RequestBody")),
            (Encoding::None, body) => (body.to_string(), json),
        }))
    }

    /// All headers of the request.
    pub(super) fn all_headers(&self, region: &str, content_type: Option<&str>) -> HeaderMap {
        let mut headers = self.headers.clone();
        headers.remove(CONTENT_LENGTH);
        let agent = format!("Amazon|StepFunctions|HttpInvoke|{region}");
        let own = [("user-agent", agent.as_str()), ("range", "bytes=0-262144")];
        for (name, value) in own {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
        let content_type = content_type.and_then(|text| HeaderValue::from_str(text).ok());
        if let Some(content_type) = content_type {
            headers.entry(CONTENT_TYPE).or_insert(content_type);
        }
        headers
    }
}

fn required<'i>(input: &'i Value, field: &'static str) -> Result<&'i str, Fault> {
    match input.get(field) {
        None | Some(Value::Null) => Err(Fault::Missing(field)),
        Some(value) => value.as_str().ok_or(Fault::Format(field)),
    }
}

fn method(name: &str) -> Result<Method, Fault> {
    let known = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"];
    let method = known.contains(&name).then(|| Method::try_from(name).ok());
    method.flatten().ok_or(Fault::Format("Method"))
}

fn connection(input: &Value) -> Result<&str, Fault> {
    let named = ["Authentication", "InvocationConfig"];
    let arn = named
        .iter()
        .find_map(|field| input.get(field)?.get("ConnectionArn")?.as_str());
    arn.ok_or(Fault::Missing("Authentication.ConnectionArn"))
}

fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), Fault> {
    let bad = || Fault::Header(name.to_owned());
    Ok((
        HeaderName::try_from(name).map_err(|_| bad())?,
        HeaderValue::try_from(value).map_err(|_| bad())?,
    ))
}

fn headers(given: Option<&Value>) -> Result<HeaderMap, Fault> {
    let mut headers = HeaderMap::new();
    let members = match given {
        None | Some(Value::Null) => return Ok(headers),
        Some(given) => given.as_object().ok_or(Fault::Format("Headers"))?,
    };
    for (name, value) in members {
        let lower = name.to_ascii_lowercase();
        let has_prefix = FORBIDDEN_PREFIXES.iter().any(|it| lower.starts_with(it));
        if has_prefix || FORBIDDEN.contains(&lower.as_str()) {
            return Err(Fault::Header(name.clone()));
        }
        let values = value
            .as_array()
            .map_or(std::slice::from_ref(value), Vec::as_slice);
        for value in values {
            if value.is_object() || value.is_array() {
                return Err(Fault::Format("Headers"));
            }
            let (name, value) = header(name, &text(value))?;
            let added = headers.try_append(name, value);
            added.map_err(|_| Fault::Format("Headers"))?;
        }
    }
    Ok(headers)
}

/// Query parameters: an object, a text, or an array of either.
fn query(given: Option<&Value>) -> Result<Vec<(String, String)>, Fault> {
    let mut pairs = Vec::new();
    match given {
        None | Some(Value::Null) => {}
        Some(Value::Object(members)) => {
            for (name, value) in members {
                let values = value
                    .as_array()
                    .map_or(std::slice::from_ref(value), Vec::as_slice);
                pairs.extend(values.iter().map(|value| (name.clone(), text(value))));
            }
        }
        Some(Value::Array(parts)) => {
            for part in parts {
                pairs.extend(query(Some(part))?);
            }
        }
        Some(Value::String(text)) => {
            let parts = text.trim_start_matches('?').split('&');
            let parts = parts.filter(|part| !part.is_empty());
            pairs.extend(parts.map(|part| {
                let (name, value) = part.split_once('=').unwrap_or((part, ""));
                (decoded(name), decoded(value))
            }));
        }
        Some(Value::Bool(_) | Value::Number(_)) => return Err(Fault::Format("QueryParameters")),
    }
    Ok(pairs)
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text)
        .decode_utf8_lossy()
        .into_owned()
}

fn encoding(transform: Option<&Value>) -> Result<Encoding, Fault> {
    let fault = Fault::Format("Transform");
    let Some(transform) = transform.filter(|transform| !transform.is_null()) else {
        return Ok(Encoding::None);
    };
    match transform.get("RequestBodyEncoding").and_then(Value::as_str) {
        None | Some("NONE") => Ok(Encoding::None),
        Some("URL_ENCODED") => {
            let options = transform.get("RequestEncodingOptions");
            match options.and_then(|options| options.get("ArrayFormat")) {
                None | Some(Value::Null) => Ok(Encoding::Url(ArrayFormat::default())),
                Some(format) => {
                    let format = format.as_str().and_then(ArrayFormat::parse);
                    format.map(Encoding::Url).ok_or(fault)
                }
            }
        }
        Some(_) => Err(fault),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn asked(more: &Value) -> Result<Asked, Fault> {
        let mut input = json!({
            "ApiEndpoint": "https://example.com/path", "Method": "POST",
            "Authentication": {"ConnectionArn": "arn"},
        });
        for (name, value) in more.as_object().into_iter().flatten() {
            input[name] = value.clone();
        }
        Asked::read(&input.to_string())
    }

    fn parameters(value: &Value) -> HttpParameters {
        serde_json::from_value(value.clone()).unwrap()
    }

    /// The example of AWS's documentation on merging.
    #[test]
    fn the_values_of_the_connection_win() {
        let mut asked = asked(&json!({
            "Headers": {"Request-Id": "r", "Header-Param": "task"},
            "RequestBody": {"Job": "Engineer", "BodyParam": "task"},
            "QueryParameters": {"QueryParam": "task"},
        }))
        .unwrap();
        let connection = parameters(&json!({
            "HeaderParameters": [{"Key": "Header-Param", "Value": "connection"}],
            "BodyParameters": [{"Key": "BodyParam", "Value": "connection"}],
            "QueryStringParameters": [{"Key": "QueryParam", "Value": "connection"}],
        }));
        asked.merge(&connection).unwrap();
        assert_eq!(
            asked.address().as_str(),
            "https://example.com/path?QueryParam=connection"
        );
        let (body, kind) = asked.content().unwrap().unwrap();
        assert_eq!(body, r#"{"Job":"Engineer","BodyParam":"connection"}"#);
        let headers = asked.all_headers("eu-west-1", Some(kind));
        for (name, value) in [
            ("header-param", "connection"),
            ("request-id", "r"),
            ("content-type", "application/json; charset=UTF-8"),
            ("range", "bytes=0-262144"),
            ("user-agent", "Amazon|StepFunctions|HttpInvoke|eu-west-1"),
        ] {
            assert_eq!(headers[name], value);
        }
    }

    #[test]
    fn a_body_that_is_a_text_cannot_be_merged() {
        let mut asked = asked(&json!({"RequestBody": "text"})).unwrap();
        assert_eq!(asked.content().unwrap().unwrap().0, "text");
        let connection = parameters(&json!({"BodyParameters": [{"Key": "k", "Value": "v"}]}));
        assert_eq!(asked.merge(&connection), Err(Fault::Body));
    }

    #[test]
    fn query_parameters_are_objects_texts_and_arrays_and_come_behind_those_of_the_address() {
        for (given, expected) in [
            (json!({"a": ["x", "y z"], "b": 1}), "q=0&a=x&a=y%20z&b=1"),
            (json!("a=x%20y&b"), "q=0&a=x%20y&b="),
            (json!(["a=x", {"b": true}]), "q=0&a=x&b=true"),
            (Value::Null, "q=0"),
        ] {
            let more =
                json!({"ApiEndpoint": "https://example.com/?q=0#f", "QueryParameters": given});
            assert_eq!(asked(&more).unwrap().address().query(), Some(expected));
        }
    }

    #[test]
    fn headers_that_belong_to_the_protocol_or_to_aws_are_refused() {
        for name in [
            "Host",
            "authorization",
            "X-Amz-Date",
            "x-forwarded-for",
            "Transfer-Encoding",
            "a b",
        ] {
            let fault = asked(&json!({"Headers": {name: "x"}})).unwrap_err();
            assert_eq!(fault, Fault::Header(name.to_owned()));
        }
        let split = json!({"Headers": {"a": "x\r\nhost: y"}});
        assert_eq!(asked(&split).unwrap_err(), Fault::Header("a".into()));
        let several = asked(&json!({"Headers": {"a": ["x", 1]}})).unwrap();
        assert_eq!(several.headers.get_all("a").iter().count(), 2);
    }

    #[test]
    fn what_is_missing_or_malformed_is_named() {
        for (more, fault) in [
            (json!({"ApiEndpoint": null}), Fault::Missing("ApiEndpoint")),
            (
                json!({"ApiEndpoint": "nowhere"}),
                Fault::Format("ApiEndpoint"),
            ),
            (
                json!({"ApiEndpoint": "file:///etc/passwd"}),
                Fault::Format("ApiEndpoint"),
            ),
            (
                json!({"ApiEndpoint": "https://u:p@example.com/"}),
                Fault::Format("ApiEndpoint"),
            ),
            (json!({"Method": "TRACE"}), Fault::Format("Method")),
            (
                json!({"Authentication": {}}),
                Fault::Missing("Authentication.ConnectionArn"),
            ),
            (json!({"Headers": "a: b"}), Fault::Format("Headers")),
            (
                json!({"QueryParameters": 1}),
                Fault::Format("QueryParameters"),
            ),
            (
                json!({"Transform": {"RequestBodyEncoding": "GZIP"}}),
                Fault::Format("Transform"),
            ),
        ] {
            assert_eq!(asked(&more).unwrap_err(), fault, "{more}");
        }
        let form = json!({"Transform": {"RequestBodyEncoding": "URL_ENCODED"}, "RequestBody": [1]});
        assert_eq!(
            asked(&form).unwrap().content(),
            Err(Fault::Format("RequestBody"))
        );
    }
}
