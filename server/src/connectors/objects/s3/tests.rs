//! S3 as a small service on the loopback interface that answers ListObjectsV2 in pages of two, GetObject and PutObject.

use super::*;
use crate::config::Credentials;
use crate::connectors::objects::packed;
use axum::body::Bytes;
use axum::extract::{Path as Part, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::collections::BTreeMap;

/// The service: objects by `bucket/key`, and how each request was signed.
#[derive(Debug, Default)]
struct Service {
    objects: Mutex<BTreeMap<String, Bytes>>,
    signatures: Mutex<Vec<Option<String>>>,
}

type Shared = State<Arc<Service>>;

fn fault(status: StatusCode, code: &str) -> Response {
    let body = format!("<Error><Code>{code}</Code><Message>{code} it is</Message></Error>");
    (status, body).into_response()
}

/// What the service answers in buckets that stand for its faults.
async fn trouble(bucket: &str) -> Option<Response> {
    match bucket {
        "denied" => Some(fault(StatusCode::FORBIDDEN, "AccessDenied")),
        "broken" => Some(fault(StatusCode::INTERNAL_SERVER_ERROR, "InternalError")),
        "slow" => std::future::pending().await,
        _ => None,
    }
}

async fn list(
    State(service): Shared,
    Part(bucket): Part<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    if let Some(trouble) = trouble(&bucket).await {
        return trouble;
    }
    let text = |name: &str| query.get(name).cloned().unwrap_or_default();
    let (prefix, after) = (text("prefix"), text("continuation-token"));
    assert_eq!(text("list-type"), "2");
    let objects = service.objects.lock().unwrap();
    let keys = objects.iter().filter_map(|(name, bytes)| {
        let key = name.strip_prefix(&format!("{bucket}/"))?;
        (key.starts_with(&prefix) && key > after.as_str()).then(|| (key.to_owned(), bytes.len()))
    });
    let mut keys: Vec<(String, usize)> = keys.collect();
    let is_truncated = keys.len() > 2;
    keys.truncate(2);
    let contents: String = keys
        .iter()
        .map(|(key, size)| {
            format!(
                "<Contents><Key>{key}</Key><LastModified>2026-01-02T03:04:05.678Z</LastModified>\
                 <ETag>&quot;e1&quot;</ETag><Size>{size}</Size></Contents>"
            )
        })
        .collect();
    let next = match keys.last() {
        Some((key, _)) if is_truncated => {
            format!("<NextContinuationToken>{key}</NextContinuationToken>")
        }
        _ => String::new(),
    };
    format!("<ListBucketResult><IsTruncated>{is_truncated}</IsTruncated>{next}{contents}</ListBucketResult>")
        .into_response()
}

async fn read(
    State(service): Shared,
    Part((bucket, key)): Part<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let signature = headers
        .get("authorization")
        .map(|it| it.to_str().unwrap().to_owned());
    service.signatures.lock().unwrap().push(signature);
    if let Some(trouble) = trouble(&bucket).await {
        return trouble;
    }
    let objects = service.objects.lock().unwrap();
    match objects.get(&format!("{bucket}/{key}")) {
        Some(bytes) => ([("etag", "\"e1\"")], bytes.clone()).into_response(),
        None => fault(StatusCode::NOT_FOUND, "NoSuchKey"),
    }
}

async fn write(
    State(service): Shared,
    Part((bucket, key)): Part<(String, String)>,
    body: Bytes,
) -> Response {
    if let Some(trouble) = trouble(&bucket).await {
        return trouble;
    }
    let mut objects = service.objects.lock().unwrap();
    objects.insert(format!("{bucket}/{key}"), body);
    [("etag", "\"e1\"")].into_response()
}

async fn endpoint(service: &Arc<Service>) -> String {
    let routes = axum::Router::new()
        .route("/{bucket}", get(list))
        .route("/{bucket}/{*key}", get(read).put(write))
        .with_state(Arc::clone(service));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, routes).await });
    format!("http://{address}")
}

fn settings(endpoint: String) -> S3Settings {
    S3Settings {
        endpoint: Some(endpoint),
        region: "eu-west-1".into(),
        credentials: None,
    }
}

async fn s3(service: &Arc<Service>) -> S3 {
    S3::new(settings(endpoint(service).await))
}

fn object(key: &str, bytes: &[u8]) -> Object {
    Object {
        bucket: "b".into(),
        key: key.into(),
        bytes: Arc::from(bytes),
    }
}

fn get_request(bucket: &str, key: &str) -> Request {
    Request::Get {
        bucket: bucket.into(),
        key: key.into(),
        version: None,
    }
}

async fn keys(s3: &S3, prefix: &str, most: u64) -> Vec<String> {
    let listed = s3.list("b", prefix, most).await.unwrap();
    listed.into_iter().map(|listed| listed.key).collect()
}

#[tokio::test]
async fn what_was_written_is_listed_page_by_page_and_read() {
    let service = Arc::default();
    let s3 = s3(&service).await;
    let names = [
        "in/a.json",
        "in/b.json",
        "in/c d.json",
        "in/e.json",
        "in/f.json",
        "other",
    ];
    let objects: Vec<Object> = names.iter().map(|key| object(key, b"[1]")).collect();
    s3.write(&objects).await.unwrap();
    assert_eq!(keys(&s3, "in/", 0).await, names[..5]);
    assert_eq!(keys(&s3, "", 0).await, names);
    assert_eq!(keys(&s3, "in/", 3).await, names[..3]);
    // A prefix is the beginning of a key, not a folder.
    assert_eq!(keys(&s3, "o", 0).await, ["other"]);
    let all = Request::GetAll {
        bucket: "b".into(),
        keys: names.iter().map(|&key| key.to_owned()).collect(),
    };
    assert_eq!(s3.read(all).await.unwrap(), Read::Contents(objects));
}

#[tokio::test]
async fn a_listing_holds_what_s3_says_of_each_object() {
    let service = Arc::default();
    let s3 = s3(&service).await;
    s3.write(&[object("k", b"[1]")]).await.unwrap();
    let expected = Listed {
        key: "k".into(),
        size: 3,
        etag: "e1".into(),
        last_modified_ms: 1_767_323_045_678,
    };
    assert_eq!(s3.list("b", "", 0).await.unwrap(), [expected]);
}

#[tokio::test]
async fn markers_of_folders_keep_their_slash() {
    let service: Arc<Service> = Arc::default();
    let s3 = s3(&service).await;
    for (key, bytes) in [
        ("b/in/", ""),
        ("b/in/day/", ""),
        ("b/in/day/1", "x"),
        ("b/in/empty", ""),
    ] {
        let mut objects = service.objects.lock().unwrap();
        objects.insert(key.into(), Bytes::from(bytes));
    }
    assert_eq!(
        keys(&s3, "in/", 0).await,
        ["in/", "in/day/", "in/day/1", "in/empty"]
    );
}

#[tokio::test]
async fn packed_content_is_unpacked() {
    let service = Arc::default();
    let s3 = s3(&service).await;
    s3.write(&[object("k", &packed(b"[1, 2]"))]).await.unwrap();
    let read = s3.read(get_request("b", "k")).await.unwrap();
    assert_eq!(read, Read::Contents(vec![object("k", b"[1, 2]")]));
}

#[tokio::test]
async fn requests_are_signed_with_the_credentials_or_not_at_all() {
    let service: Arc<Service> = Arc::default();
    let mut settings = settings(endpoint(&service).await);
    let unsigned = S3::new(settings.clone());
    settings.credentials = Some(Credentials {
        access_key_id: "me".into(),
        secret_access_key: "hush".into(),
        session_token: None,
    });
    let signed = S3::new(settings);
    for s3 in [unsigned, signed] {
        s3.read(get_request("b", "k")).await.unwrap_err();
    }
    let signatures = service.signatures.lock().unwrap();
    let [None, Some(signature)] = &signatures[..] else {
        panic!("{signatures:?}")
    };
    assert!(
        signature.contains("Credential=me/") && signature.contains("/eu-west-1/s3/"),
        "{signature}"
    );
    assert!(!signature.contains("hush"));
}

#[tokio::test]
async fn faults_of_the_service_are_told_apart() {
    let service = Arc::default();
    let mut s3 = s3(&service).await;
    for (bucket, words) in [
        ("b", "no such object"),
        ("denied", "AWS_ACCESS_KEY_ID"),
        ("broken", "500 Internal Server Error"),
    ] {
        let read = s3.read(get_request(bucket, "k")).await.unwrap_err().0;
        assert!(
            read.contains(words) && read.contains("object k of the bucket"),
            "{read}"
        );
        if bucket != "b" {
            let listed = s3.list(bucket, "", 0).await.unwrap_err().0;
            assert!(
                listed.contains(words) && listed.contains("cannot be listed"),
                "{listed}"
            );
            let mut object = object("k", b"[]");
            object.bucket = bucket.into();
            let written = s3.write(&[object]).await.unwrap_err().0;
            assert!(
                written.contains(words) && written.contains("cannot be written"),
                "{written}"
            );
        }
    }
    s3.timeout = Duration::from_millis(50);
    let slow = s3.read(get_request("slow", "k")).await.unwrap_err().0;
    assert!(slow.contains("timed out"), "{slow}");
}

#[tokio::test]
async fn a_key_that_would_become_another_one_is_refused() {
    let service = Arc::default();
    let s3 = s3(&service).await;
    for (bucket, key) in [
        ("b", "/k"),
        ("b", "k/"),
        ("b", "a//b"),
        ("b", "../k"),
        ("b", ""),
        ("..", "k"),
        ("b/c", "k"),
    ] {
        let error = s3.read(get_request(bucket, key)).await.unwrap_err().0;
        assert!(error.contains("is no "), "{bucket} {key}: {error}");
    }
}
