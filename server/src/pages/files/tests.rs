//! Files from a made-up studio.

use super::*;
use rust_embed::Metadata;
use std::borrow::Cow;

fn file(name: &str) -> Option<EmbeddedFile> {
    let content: &'static [u8] = match name {
        "index.html" => b"<script>start()</script>",
        "app-430863f5dd77c25c.js" => b"plain",
        "app-430863f5dd77c25c.js.br" => b"brotli",
        "app-430863f5dd77c25c.js.gz" => b"gzip",
        "favicon.svg" => b"<svg/>",
        _ => return None,
    };
    let mut hash = [0; 32];
    hash[..content.len().min(16)].copy_from_slice(&content[..content.len().min(16)]);
    let metadata = Metadata::__rust_embed_new(hash, None, None);
    Some(EmbeddedFile {
        data: Cow::Borrowed(content),
        metadata,
    })
}

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    pairs
        .iter()
        .map(|(name, value)| {
            (
                header::HeaderName::from_static(name),
                HeaderValue::from_str(value).unwrap(),
            )
        })
        .collect()
}

fn header_of(response: &Response, name: header::HeaderName) -> String {
    response
        .headers()
        .get(name)
        .map(|value| value.to_str().unwrap().to_owned())
        .unwrap_or_default()
}

async fn text(response: Response) -> String {
    let bytes = axum::body::to_bytes(response.into_body(), 1_000_000)
        .await
        .unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn a_hashed_file_is_cached_for_ever_and_comes_compressed_when_that_is_taken() {
    let name = "app-430863f5dd77c25c.js";
    for (accept, encoding, content) in [
        ("gzip, br", "br", "brotli"),
        ("gzip", "gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip", "gzip"),
        ("", "", "plain"),
    ] {
        let response = answer(name, &headers(&[("accept-encoding", accept)]), file);
        assert_eq!(
            header_of(&response, header::CONTENT_ENCODING),
            encoding,
            "{accept}"
        );
        assert!(header_of(&response, header::CACHE_CONTROL).contains("immutable"));
        assert_eq!(
            header_of(&response, header::CONTENT_TYPE),
            "text/javascript; charset=utf-8"
        );
        assert_eq!(text(response).await, content);
    }
}

#[tokio::test]
async fn a_file_that_the_client_has_is_not_sent_again() {
    let etag = header_of(&answer("favicon.svg", &headers(&[]), file), header::ETAG);
    let known = format!("\"other\", W/{etag}");
    let response = answer("favicon.svg", &headers(&[("if-none-match", &known)]), file);
    assert_eq!(response.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(header_of(&response, header::CACHE_CONTROL), "no-cache");
    assert_eq!(text(response).await, "");
}

#[tokio::test]
async fn every_address_of_the_studio_gives_its_page_with_a_policy() {
    for name in [
        "",
        "index.html",
        "pipelines/train",
        "pipelines/state.machine_1",
        "a/b/c",
    ] {
        let response = answer(name, &headers(&[("accept", "text/html,*/*")]), file);
        assert_eq!(response.status(), StatusCode::OK, "{name}");
        assert!(header_of(&response, header::CONTENT_SECURITY_POLICY).contains("'sha256-"));
        assert_eq!(header_of(&response, header::CACHE_CONTROL), "no-cache");
        assert_eq!(text(response).await, "<script>start()</script>");
    }
}

#[tokio::test]
async fn the_service_worker_may_fetch_the_files_of_the_studio_and_nothing_else() {
    let response = answer(WORKER, &headers(&[]), |_| file("index.html"));
    assert_eq!(response.status(), StatusCode::OK);
    let policy = header_of(&response, header::CONTENT_SECURITY_POLICY);
    assert_eq!(policy, "default-src 'none'; connect-src 'self'");
    assert_eq!(header_of(&response, header::CACHE_CONTROL), "no-cache");
}

#[tokio::test]
async fn a_missing_file_is_a_404_and_not_the_page() {
    for (name, accept) in [
        ("gone.js", "text/html"),
        ("machines/train", "application/json"),
        ("x", ""),
    ] {
        let response = answer(name, &headers(&[("accept", accept)]), file);
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{name}");
    }
}

#[tokio::test]
async fn without_a_built_studio_a_page_says_what_to_do() {
    let response = answer("", &headers(&[]), |_| None);
    assert_eq!(response.status(), StatusCode::OK);
    assert!(text(response).await.contains("cargo xtask serve"));
}

#[test]
fn no_path_leads_out_of_the_folder() {
    for path in [
        "/../secret",
        "/a/../../b",
        "/%2e%2e/secret",
        "/..%2fsecret",
        "/a\\b",
        "/%00",
        "/%ff",
        "nothing",
        "/c:/x",
    ] {
        assert_eq!(file_name(path), None, "{path}");
    }
    assert_eq!(
        file_name("/fonts/inter%20latin.woff2").as_deref(),
        Some("fonts/inter latin.woff2")
    );
}

#[test]
fn only_names_with_a_hash_are_cached_for_ever() {
    for name in [
        "app-430863f5dd77c25c_bg.wasm",
        "main-34feb482508a8cb6.css",
        "x/start-84049eaeb7986332.js",
    ] {
        assert!(is_hashed(name), "{name}");
    }
    for name in [
        "editor.js",
        "index.html",
        "430863f5dd77c25c.js",
        "train-validate-approve-deploy.asl.json",
        "a-b.js",
    ] {
        assert!(!is_hashed(name), "{name}");
    }
}
