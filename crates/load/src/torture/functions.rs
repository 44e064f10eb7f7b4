//! Functions that tasks call, as a Lambda endpoint has them. What they answer follows from what they are asked, so that it
//! does not matter how often.

use super::steady::Addresses;
use crate::LoadError;
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::net::TcpListener;

/// The endpoint.
pub(super) struct Functions {
    /// `http://…`
    pub(super) address: String,
    asked: Arc<AtomicUsize>,
}

fn failed(error: std::io::Error) -> LoadError {
    LoadError::System("the functions cannot be served", error)
}

impl Functions {
    pub(super) async fn start(addresses: Addresses) -> Result<Self, LoadError> {
        let listener = TcpListener::bind("127.0.0.1:0").await.map_err(failed)?;
        let address = format!("http://{}", listener.local_addr().map_err(failed)?);
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (addresses, count) = (addresses.clone(), Arc::clone(&count));
                let service = service_fn(move |request| {
                    count.fetch_add(1, Ordering::Relaxed);
                    answer(request, addresses.clone())
                });
                let connection =
                    http1::Builder::new().serve_connection(TokioIo::new(stream), service);
                // A connection that breaks belongs to a server that was killed.
                tokio::spawn(async move { drop(connection.await) });
            }
        });
        Ok(Self { address, asked })
    }

    /// How often a function was asked.
    pub(super) fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }
}

async fn answer(
    request: Request<Incoming>,
    addresses: Addresses,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let name = request.uri().path().split('/').nth(3).unwrap_or_default();
    let name = name.rsplit("%3A").next().unwrap_or_default();
    let name = name.rsplit(':').next().unwrap_or_default().to_owned();
    let body = request.into_body().collect().await;
    let body = body.map_or_else(|_| Bytes::new(), |body| body.to_bytes());
    let input: Value = serde_json::from_slice(&body).unwrap_or_default();
    Ok(perform(&name, &input, addresses))
}

fn perform(name: &str, input: &Value, addresses: Addresses) -> Response<Full<Bytes>> {
    let n = input["n"].as_u64().unwrap_or_default();
    match name {
        "double" => plain(&json!({"n": 2 * n})),
        "flaky" if input["tries"] == 0 => failure(),
        "flaky" => plain(&json!({"n": 3 * n})),
        "later" => {
            let token = input["token"].as_str().unwrap_or_default().to_owned();
            tokio::spawn(call_back(token, n, addresses));
            plain(&Value::Null)
        }
        _ => failure(),
    }
}

/// Answers the task until the server says that it knows, or that nobody waits any more.
async fn call_back(token: String, n: u64, addresses: Addresses) {
    let body = json!({"taskToken": token, "output": json!({"n": n + 1}).to_string()});
    if let Err(error) = addresses.client().ask("SendTaskSuccess", &body).await {
        eprintln!("load: a token was not taken: {error}");
    }
}

fn plain(value: &Value) -> Response<Full<Bytes>> {
    Response::new(Full::new(value.to_string().into()))
}

fn failure() -> Response<Full<Bytes>> {
    let body = json!({"errorType": "Busy", "errorMessage": "try again"});
    let mut response = plain(&body);
    let unhandled = hyper::header::HeaderValue::from_static("Unhandled");
    response
        .headers_mut()
        .insert("x-amz-function-error", unhandled);
    response
}
