//! Tokens of connections of the type `OAUTH_CLIENT_CREDENTIALS`: fetched when a task needs one, kept in memory until they
//! expire, and fetched again when an API refuses one.

use super::encode::joined;
use super::reply::body;
use crate::connections::{HttpParameters, OAuth, Opened, Parameter};
use reqwest::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use reqwest::{Client, Method, Url};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Longest answer of an authorization endpoint, in bytes.
const MAX_ANSWER: usize = 64 * 1024;
/// So long before its end a token is not used any more.
const MARGIN: Duration = Duration::from_secs(30);
/// How long a token is used that does not say how long it lasts.
const LIFETIME: Duration = Duration::from_secs(300);
/// Longest time that a token is taken to live, whatever its server says.
const LONGEST_LIFETIME: Duration = Duration::from_secs(24 * 60 * 60);
/// Tokens that are kept.
const CAPACITY: usize = 1024;

/// The tokens that are known, by the connection and the moment of its last change.
#[derive(Default)]
pub(super) struct Tokens(Mutex<HashMap<(String, i64), Token>>);

impl std::fmt::Debug for Tokens {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Tokens(…)")
    }
}

#[derive(Clone)]
struct Token {
    text: String,
    until: Instant,
}

#[derive(Deserialize)]
struct Answer {
    access_token: String,
    expires_in: Option<serde_json::Value>,
}

impl Answer {
    fn lifetime(&self) -> Duration {
        let seconds = self.expires_in.as_ref().and_then(|value| {
            let text = value.as_str().and_then(|text| text.parse().ok());
            value.as_u64().or(text)
        });
        seconds.map_or(LIFETIME, |seconds| {
            Duration::from_secs(seconds).min(LONGEST_LIFETIME)
        })
    }
}

impl Tokens {
    /// A token that was fetched before and has not expired.
    pub(super) fn known(&self, connection: &Opened) -> Option<String> {
        let tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let token = tokens.get(&key(connection))?;
        (Instant::now() < token.until).then(|| token.text.clone())
    }

    fn keep(&self, connection: &Opened, answer: Answer) -> String {
        let until = Instant::now() + answer.lifetime().saturating_sub(MARGIN);
        let text = answer.access_token;
        let mut tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tokens.len() >= CAPACITY {
            tokens.clear();
        }
        let kept = Token {
            text: text.clone(),
            until,
        };
        tokens.insert(key(connection), kept);
        text
    }

    /// Fetches a token. What went wrong is a plain sentence without secrets.
    pub(super) async fn fetch(
        &self,
        client: &Client,
        url: Url,
        oauth: &OAuth,
        connection: &Opened,
    ) -> Result<String, String> {
        let host = url.host_str().unwrap_or_default().to_owned();
        let failed = |why: &str| format!("The authorization endpoint at {host} {why}.");
        let request = request(client, url, oauth).ok_or_else(|| failed("cannot be asked"))?;
        let response = request
            .send()
            .await
            .map_err(|_| failed("cannot be reached"))?;
        let status = response.status();
        if !status.is_success() {
            return Err(failed(&format!(
                "answered with the status {}",
                status.as_u16()
            )));
        }
        let body = body(response, MAX_ANSWER).await;
        let body = body.map_err(|_| failed("broke off its answer"))?;
        let answer = body.and_then(|body| serde_json::from_slice::<Answer>(&body).ok());
        let answer = answer.ok_or_else(|| failed("gave no access_token"))?;
        Ok(self.keep(connection, answer))
    }
}

fn key(connection: &Opened) -> (String, i64) {
    (connection.arn.clone(), connection.modified_ms)
}

/// The client's id and secret as a form, or in the query of a GET.
fn request(client: &Client, mut url: Url, oauth: &OAuth) -> Option<reqwest::RequestBuilder> {
    let none = HttpParameters::default();
    let more = oauth.oauth_http_parameters.as_ref().unwrap_or(&none);
    let method = Method::try_from(oauth.http_method.as_str()).ok()?;
    let own = [
        ("grant_type", "client_credentials"),
        ("client_id", &oauth.client_parameters.client_id),
        ("client_secret", &oauth.client_parameters.client_secret),
    ];
    let given = more.body_parameters.iter().map(pair);
    let mut form: Vec<(String, String)> = given.collect();
    for (name, value) in own {
        if !form.iter().any(|(given, _)| given == name) {
            form.push((name.to_owned(), value.to_owned()));
        }
    }
    let mut query: Vec<(String, String)> = more.query_string_parameters.iter().map(pair).collect();
    if method == Method::GET {
        query.append(&mut form);
    }
    if !query.is_empty() {
        let there = url.query().map(|query| format!("{query}&"));
        let query = there.unwrap_or_default() + &joined(&query);
        url.set_query(Some(&query));
    }
    let mut request = client.request(method, url);
    for Parameter { key, value, .. } in &more.header_parameters {
        let mut value = HeaderValue::try_from(value).ok()?;
        value.set_sensitive(true);
        request = request.header(HeaderName::try_from(key).ok()?, value);
    }
    if form.is_empty() {
        return Some(request);
    }
    let kind = "application/x-www-form-urlencoded";
    Some(request.header(CONTENT_TYPE, kind).body(joined(&form)))
}

fn pair(parameter: &Parameter) -> (String, String) {
    (parameter.key.clone(), parameter.value.clone())
}
