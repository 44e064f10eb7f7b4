//! The studio's files: the built front end, inside the binary (in debug builds read from disk).
//!
//! Hashed names are cached for ever, all others are asked for again with their ETag. A navigation to any address of the
//! studio gives its page; without a built studio a placeholder says what to do.

use super::csp::policy;
use super::failure::Failure;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "../dist"]
struct Studio;

/// The service worker, which asks for the other files.
const WORKER: &str = "worker.js";

/// The page that starts the studio.
const INDEX: &str = "index.html";

const PLACEHOLDER: &str = "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Statecraft</title></head>\n\
<body><main><h1>The studio is not built into this binary</h1>\n\
<p>The studio is not built into this binary. Run <code>cargo xtask serve</code>.</p>\n\
<p>The AWS API answers at this address nevertheless.</p></main></body>\n</html>\n";

/// Everything that no other route takes.
pub(crate) async fn files(request: Request) -> Response {
    let path = request.uri().path();
    let is_api = path == "/api" || path.starts_with("/api/");
    if is_api {
        return Failure::not_found("There is nothing at this address of the API.").into_response();
    }
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return Failure::method_not_allowed().into_response();
    }
    let Some(name) = file_name(path) else {
        return Failure::not_found("There is no such file.").into_response();
    };
    answer(&name, request.headers(), Studio::get)
}

/// A file by its name, or the studio's page for a navigation.
fn answer(name: &str, headers: &HeaderMap, get: impl Fn(&str) -> Option<EmbeddedFile>) -> Response {
    if name == INDEX || name.is_empty() {
        return index(headers, &get);
    }
    match get(name) {
        Some(file) if name == WORKER => worker(file, headers, &get),
        Some(file) => send(name, file, headers, &get),
        None if is_navigation(name, headers) => index(headers, &get),
        None => Failure::not_found("There is no such file.").into_response(),
    }
}

/// A path as the name of a file: decoded, and without a way out of the folder.
fn file_name(path: &str) -> Option<String> {
    let decoded = percent_encoding::percent_decode_str(path.strip_prefix('/')?)
        .decode_utf8()
        .ok()?;
    let safe = !decoded.contains(['\\', '\0', ':']) && !decoded.split('/').any(|part| part == "..");
    safe.then(|| decoded.into_owned())
}

/// A browser asks for a page, at an address that is no file. Names of pipelines may have dots in them, so that only a
/// known ending makes a file.
fn is_navigation(name: &str, headers: &HeaderMap) -> bool {
    let accept = headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok());
    let is_file = mime_guess::from_path(name).first().is_some();
    !is_file && accept.is_some_and(|accept| accept.contains("text/html"))
}

fn index(headers: &HeaderMap, get: &impl Fn(&str) -> Option<EmbeddedFile>) -> Response {
    let Some(file) = get(INDEX) else {
        return page(PLACEHOLDER.into(), StatusCode::OK);
    };
    let policy = policy(&String::from_utf8_lossy(&file.data));
    let mut response = send(INDEX, file, headers, get);
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response
            .headers_mut()
            .insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// The service worker may fetch the studio's files, and nothing else.
fn worker(
    file: EmbeddedFile,
    headers: &HeaderMap,
    get: &impl Fn(&str) -> Option<EmbeddedFile>,
) -> Response {
    let mut response = send(WORKER, file, headers, get);
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; connect-src 'self'"),
    );
    response
}

fn page(text: Bytes, status: StatusCode) -> Response {
    let mut response = (status, Body::from(text)).into_response();
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, html);
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// The file, compressed beforehand when the client takes that, or 304 when it has it.
fn send(
    name: &str,
    file: EmbeddedFile,
    headers: &HeaderMap,
    get: &impl Fn(&str) -> Option<EmbeddedFile>,
) -> Response {
    let compressed = encodings(headers)
        .into_iter()
        .find_map(|(encoding, ending)| {
            get(&format!("{name}{ending}")).map(|file| (encoding, file))
        });
    let (encoding, file) = match compressed {
        Some((encoding, file)) => (Some(encoding), file),
        None => (None, file),
    };
    let etag = etag(&file);
    let mut response = if has_it(headers, &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Body::from(file.data.into_owned()).into_response()
    };
    let out = response.headers_mut();
    if let Ok(kind) = HeaderValue::from_str(&content_type(name)) {
        out.insert(header::CONTENT_TYPE, kind);
    }
    if let Some(encoding) = encoding {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        out.insert(header::ETAG, etag);
    }
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    out.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static(caching(name)),
    );
    response
}

/// The encodings that the client takes, best first, with the endings of the files.
fn encodings(headers: &HeaderMap) -> Vec<(&'static str, &'static str)> {
    let given = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let takes = |wanted: &str| {
        given.split(',').any(|item| {
            let mut parts = item.split(';').map(str::trim);
            let name = parts.next().unwrap_or_default();
            let refused = parts.any(|part| {
                part.strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()) == Some(0.0)
            });
            name.eq_ignore_ascii_case(wanted) && !refused
        })
    };
    [("br", ".br"), ("gzip", ".gz")]
        .into_iter()
        .filter(|(encoding, _)| takes(encoding))
        .collect()
}

/// From the content of what is sent, so that each encoding has its own.
fn etag(file: &EmbeddedFile) -> String {
    let hash = file.metadata.sha256_hash();
    let short: String = hash[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("\"{short}\"")
}

fn has_it(headers: &HeaderMap, etag: &str) -> bool {
    let given = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    given.split(',').any(|one| {
        let one = one.trim();
        one == "*" || one.strip_prefix("W/").unwrap_or(one) == etag
    })
}

fn content_type(name: &str) -> String {
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    let is_text =
        kind.type_() == "text" || kind.subtype() == "javascript" || kind.subtype() == "json";
    if is_text {
        format!("{}; charset=utf-8", kind.essence_str())
    } else {
        kind.essence_str().to_owned()
    }
}

fn caching(name: &str) -> &'static str {
    if is_hashed(name) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

/// Whether a hash in the file's name changes whenever its content does: the build writes `app-1a2b3c4d5e6f7a8b_bg.wasm`.
fn is_hashed(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    let is_hash =
        |part: &str| part.len() >= 12 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    last.split(['-', '_', '.']).skip(1).any(is_hash)
}

#[cfg(test)]
mod tests;
