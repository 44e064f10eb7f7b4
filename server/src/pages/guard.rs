//! The guard in front of every route: only this machine's own pages and programs may ask.
//!
//! The server listens on loopback without authentication, so a page of another site must not reach it through the visitor's
//! browser. Two doors are closed: a foreign name that leads to this address (the `Host` header tells), and a request that a
//! foreign page sends (the `Origin` header tells). Cross-origin reading stays off: no CORS header is ever sent.

use super::failure::Failure;
use crate::aws::{AwsError, refusal};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::IpAddr;

/// Refuses foreign hosts and origins; adds the security headers to every answer.
pub(crate) async fn guard(request: Request, next: Next) -> Response {
    let mut response = match judge(&request) {
        Ok(()) => next.run(request).await,
        Err(message) if request.uri().path() == "/" && request.method() == Method::POST => {
            refusal(&AwsError::AccessDenied(message))
        }
        Err(message) => Failure::forbidden("forbidden", message).into_response(),
    };
    for (name, value) in SECURITY_HEADERS {
        let name = HeaderName::from_static(name);
        response
            .headers_mut()
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}

const SECURITY_HEADERS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
];

fn judge(request: &Request) -> Result<(), String> {
    // A machine that asks whether the server lives may call it by any name, and learns nothing of what runs.
    if matches!(request.uri().path(), "/healthz" | "/readyz") {
        return Ok(());
    }
    let host = host(request).unwrap_or_default();
    if !is_loopback(host) {
        return Err(format!(
            "This server answers on this machine only. Open it as http://127.0.0.1 or http://localhost, not as '{host}'."
        ));
    }
    match origin(request.headers()) {
        None => Ok(()),
        Some(origin) if is_same(origin, host) => Ok(()),
        Some(origin) => Err(format!(
            "Pages of another site cannot use this server: the request came from '{origin}'."
        )),
    }
}

/// The `Host` header, or the authority of the request itself.
fn host(request: &Request) -> Option<&str> {
    let header = request
        .headers()
        .get(header::HOST)
        .and_then(|value| value.to_str().ok());
    header.or_else(|| {
        request
            .uri()
            .authority()
            .map(|authority| authority.as_str())
    })
}

fn origin(headers: &HeaderMap) -> Option<&str> {
    headers
        .get(header::ORIGIN)
        .map(|value| value.to_str().unwrap_or("an unreadable origin"))
}

/// An origin is ours when it leads to the host that was asked, whatever the scheme.
fn is_same(origin: &str, host: &str) -> bool {
    origin
        .split_once("://")
        .is_some_and(|(_, authority)| authority.eq_ignore_ascii_case(host))
}

/// Whether a host, with or without a port, can only be this machine. AWS clients put `sync-` in front of the host for two
/// operations (feature map, 9.1).
fn is_loopback(host: &str) -> bool {
    let name = without_port(host).to_ascii_lowercase();
    let name = name.strip_prefix("sync-").unwrap_or(&name);
    let address = name
        .strip_prefix('[')
        .and_then(|name| name.strip_suffix(']'))
        .unwrap_or(name);
    name == "localhost"
        || name.ends_with(".localhost")
        || address
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port))
            if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            name
        }
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_loopback() {
        for host in [
            "localhost",
            "localhost:8080",
            "LOCALHOST:1",
            "127.0.0.1",
            "127.0.0.1:8080",
            "127.1.2.3:9",
            "[::1]:8080",
            "[::1]",
            "studio.localhost:80",
            "sync-localhost:8080",
        ] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "",
            "example.com",
            "localhost.example.com",
            "127.0.0.1.example.com",
            "10.0.0.1:80",
            "[::2]:80",
            "127.0.0.1:x",
            "localhost:",
            "evil:8080",
            "0.0.0.0:80",
            "localhost@evil.com",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }

    #[test]
    fn an_origin_is_ours_only_when_it_leads_to_the_same_host_and_port() {
        assert!(is_same("http://localhost:8080", "localhost:8080"));
        for origin in [
            "null",
            "http://localhost:9090",
            "http://localhost",
            "https://evil.example",
            "localhost:8080",
        ] {
            assert!(!is_same(origin, "localhost:8080"), "{origin}");
        }
    }
}
