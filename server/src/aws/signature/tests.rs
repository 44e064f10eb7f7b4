use super::*;
use axum::http::HeaderName;
use serde_json::json;

/// AWS's example secret (documentation of Signature Version 4).
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const ID: &str = "AKIDEXAMPLE_0001";
const TIME: &str = "20150830T123600Z";
const NOW_MS: i64 = 1_440_938_160_000;
const BODY: &[u8] = br#"{"maxResults": 5}"#;

fn keys() -> AccessKeys {
    AccessKeys::read(&json!({ID: SECRET})).unwrap()
}

fn scope(service: &str) -> Scope<'_> {
    Scope {
        key_id: ID,
        day: "20150830",
        region: "us-east-1",
        service,
    }
}

/// The headers of a request signed with a secret.
fn signed_with(secret: &str, scope: &Scope<'_>, body: &[u8]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("host", "127.0.0.1:8080"),
        ("x-amz-target", "AWSStepFunctions.ListStateMachines"),
        (DATE, TIME),
    ] {
        headers.insert(HeaderName::from_static(name), value.parse().unwrap());
    }
    let names = "host;x-amz-date;x-amz-target";
    let payload = hex(&Sha256::digest(body));
    let canonical = canonical_request(&headers, names, &payload).unwrap();
    let text = string_to_sign(TIME, scope, &canonical);
    let key = hmac::Key::new(hmac::HMAC_SHA256, signing_key(secret, scope).as_ref());
    let signature = hex(hmac::sign(&key, text.as_bytes()).as_ref());
    let (id, day, region, service) = (scope.key_id, scope.day, scope.region, scope.service);
    let authorization = format!(
        "{ALGORITHM} Credential={id}/{day}/{region}/{service}/{TERMINATOR}, SignedHeaders={names}, Signature={signature}"
    );
    headers.insert(header::AUTHORIZATION, authorization.parse().unwrap());
    headers
}

fn signed() -> HeaderMap {
    signed_with(SECRET, &scope("states"), BODY)
}

fn verified(headers: &HeaderMap, body: &[u8], now_ms: i64) -> Result<(), AwsError> {
    let request = Signed {
        headers,
        query: None,
        body,
        service: "states",
    };
    verify(request, &keys(), now_ms)
}

/// Name and text of a refusal.
fn refused(headers: &HeaderMap, body: &[u8], now_ms: i64) -> (&'static str, String) {
    let error = verified(headers, body, now_ms).unwrap_err();
    assert!(!error.to_string().contains(SECRET));
    (error.code(), error.to_string())
}

fn with(name: &'static str, value: &str) -> HeaderMap {
    let mut headers = signed();
    headers.insert(HeaderName::from_static(name), value.parse().unwrap());
    headers
}

/// A signed request whose header Authorization has a piece replaced.
fn with_authorization(from: &str, to: &str) -> HeaderMap {
    let headers = signed();
    let text = headers[header::AUTHORIZATION].to_str().unwrap();
    assert!(text.contains(from), "{text}");
    with("authorization", &text.replace(from, to))
}

#[test]
fn signing_keys_and_signatures_are_those_of_awss_examples() {
    let key = signing_key(SECRET, &scope("iam"));
    assert_eq!(
        hex(key.as_ref()),
        "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9"
    );
    let older = Scope {
        day: "20120215",
        ..scope("iam")
    };
    assert_eq!(
        hex(signing_key(SECRET, &older).as_ref()),
        "f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d"
    );
    let text = "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/iam/aws4_request\n\
                f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59";
    let key = hmac::Key::new(hmac::HMAC_SHA256, key.as_ref());
    assert_eq!(
        hex(hmac::sign(&key, text.as_bytes()).as_ref()),
        "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
    );
}

#[test]
fn a_signed_request_is_taken_whatever_the_region_and_unsigned_headers() {
    assert!(verified(&signed(), BODY, NOW_MS).is_ok());
    assert!(verified(&with("user-agent", "any"), BODY, NOW_MS).is_ok());
    let elsewhere = Scope {
        region: "nowhere",
        ..scope("states")
    };
    let headers = signed_with(SECRET, &elsewhere, BODY);
    assert!(verified(&headers, BODY, NOW_MS).is_ok());
    let payload = hex(&Sha256::digest(BODY));
    assert!(verified(&with(PAYLOAD, &payload), BODY, NOW_MS).is_ok());
}

#[test]
fn a_changed_body_header_or_secret_is_an_invalid_signature() {
    let changed = refused(&signed(), br#"{"maxResults": 6}"#, NOW_MS);
    assert_eq!(
        changed,
        ("InvalidSignatureException", DOES_NOT_MATCH.into())
    );
    let target = with("x-amz-target", "AWSStepFunctions.DeleteStateMachine");
    let host = with("host", "127.0.0.1:8081");
    let secret = signed_with("other", &scope("states"), BODY);
    let signature = with_authorization("Signature=", "Signature=00");
    for headers in [target, host, secret, signature] {
        let refusal = refused(&headers, BODY, NOW_MS);
        assert_eq!(
            refusal,
            ("InvalidSignatureException", DOES_NOT_MATCH.into())
        );
    }
}

#[test]
fn the_hash_that_a_header_tells_must_be_that_of_the_body() {
    for told in ["UNSIGNED-PAYLOAD", "00"] {
        let (code, text) = refused(&with(PAYLOAD, told), BODY, NOW_MS);
        assert_eq!(code, "InvalidSignatureException");
        assert!(text.contains("X-Amz-Content-SHA256"), "{text}");
    }
}

#[test]
fn a_signature_is_good_for_fifteen_minutes_before_and_after() {
    let limit = i64::try_from(TOLERANCE_MS).unwrap();
    for now_ms in [NOW_MS - limit, NOW_MS + limit] {
        assert!(verified(&signed(), BODY, now_ms).is_ok());
    }
    let (code, late) = refused(&signed(), BODY, NOW_MS + limit + 1);
    assert_eq!(code, "InvalidSignatureException");
    assert!(
        late.starts_with("Signature expired: 20150830T123600Z"),
        "{late}"
    );
    let (code, early) = refused(&signed(), BODY, NOW_MS - limit - 1);
    assert_eq!(code, "InvalidSignatureException");
    assert!(early.starts_with("Signature not yet current"), "{early}");
}

#[test]
fn a_scope_of_another_service_or_day_says_so() {
    let (code, text) = refused(&signed_with(SECRET, &scope("iam"), BODY), BODY, NOW_MS);
    assert_eq!(code, "InvalidSignatureException");
    assert!(text.ends_with("'states'"), "{text}");
    for day in ["20150829", "2015", ""] {
        let headers = signed_with(
            SECRET,
            &Scope {
                day,
                ..scope("states")
            },
            BODY,
        );
        let (code, text) = refused(&headers, BODY, NOW_MS);
        assert_eq!(code, "InvalidSignatureException");
        assert!(text.contains("20150830"), "{text}");
    }
}

#[test]
fn an_unknown_key_and_a_missing_signature_have_their_own_errors() {
    let unknown = with_authorization(ID, "AKIDEXAMPLE_0002");
    assert_eq!(
        refused(&unknown, BODY, NOW_MS).0,
        "UnrecognizedClientException"
    );
    let mut unsigned = signed();
    unsigned.remove(header::AUTHORIZATION);
    assert_eq!(
        refused(&unsigned, BODY, NOW_MS).0,
        "MissingAuthenticationTokenException"
    );
}

#[test]
fn what_cannot_be_read_as_a_signature_is_incomplete() {
    let mut without_date = signed();
    without_date.remove(DATE);
    let mut twice = signed();
    twice.append(header::AUTHORIZATION, "Basic eA==".parse().unwrap());
    for headers in [
        without_date,
        twice,
        with(DATE, "2015-08-30"),
        with(DATE, "20159930T123600Z"),
        with("authorization", "Bearer x"),
        with("authorization", "AWS4-HMAC-SHA2561 x"),
        with("authorization", "AWS4-HMAC-SHA256"),
        with_authorization("Signature=", "Seal="),
        with_authorization("Signature=", "Signature=x"),
        with_authorization("SignedHeaders=host;", "SignedHeaders="),
        with_authorization("/states/", "/"),
        with_authorization(TERMINATOR, "aws5_request"),
    ] {
        let (code, text) = refused(&headers, BODY, NOW_MS);
        assert_eq!(code, "IncompleteSignatureException", "{headers:?}: {text}");
    }
}

#[test]
fn a_query_and_a_signed_header_that_is_not_there_are_refused() {
    let headers = signed();
    let request = Signed {
        headers: &headers,
        query: Some("a=1"),
        body: BODY,
        service: "states",
    };
    let error = verify(request, &keys(), NOW_MS).unwrap_err();
    assert_eq!(error.code(), "IncompleteSignatureException");
    let mut headers = signed();
    headers.remove("x-amz-target");
    let (code, text) = refused(&headers, BODY, NOW_MS);
    assert_eq!(code, "InvalidSignatureException");
    assert!(text.contains("x-amz-target"), "{text}");
}

#[test]
fn only_an_unsigned_request_from_the_same_origin_is_the_studios() {
    let site = |site: &str| {
        let mut headers = HeaderMap::new();
        headers.insert("sec-fetch-site", site.parse().unwrap());
        headers
    };
    assert!(is_of_studio(&site("same-origin")));
    for other in ["same-site", "cross-site", "none"] {
        assert!(!is_of_studio(&site(other)), "{other}");
    }
    assert!(!is_of_studio(&HeaderMap::new()));
    let mut signed = signed();
    signed.extend(site("same-origin"));
    assert!(!is_of_studio(&signed));
}
