//! One connection that asks one thing after the other, as an AWS client does, with as little work as possible, so that the
//! server is what is measured.

use crate::LoadError;
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

/// Signed by nobody, but in the form by which servers of several services find the one that is meant.
const AUTHORIZATION: &str = "AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/states/aws4_request, \
                             SignedHeaders=host;x-amz-date, Signature=0000000000000000000000000000000000000000000000000000000000000000";

/// A connection that stays open.
pub(crate) struct Client {
    sender: SendRequest<Full<Bytes>>,
    host: String,
}

impl Client {
    /// Connects to `host:port`; a leading `http://` is allowed.
    pub(crate) async fn connect(endpoint: &str) -> Result<Self, LoadError> {
        let host = endpoint
            .trim_start_matches("http://")
            .trim_end_matches('/')
            .to_owned();
        let sender = connected(&host).await?;
        Ok(Self { sender, host })
    }

    /// Sends one operation and gives status and body as they came.
    pub(crate) async fn send(
        &mut self,
        operation: &str,
        body: String,
    ) -> Result<(StatusCode, Bytes), LoadError> {
        let request = Request::post("/")
            .header("host", &self.host)
            .header("content-type", "application/x-amz-json-1.0")
            .header("x-amz-target", format!("AWSStepFunctions.{operation}"))
            .header("x-amz-date", "20260101T000000Z")
            .header("authorization", AUTHORIZATION)
            .body(Full::new(Bytes::from(body)))
            .map_err(|error| LoadError::Answer(error.to_string()))?;
        if self.sender.ready().await.is_err() {
            // Some servers close a connection after each answer.
            self.sender = connected(&self.host).await?;
        }
        let reply = self.sender.send_request(request).await?;
        let status = reply.status();
        Ok((status, reply.into_body().collect().await?.to_bytes()))
    }

    /// Sends one operation that has to succeed.
    pub(crate) async fn ask(
        &mut self,
        operation: &'static str,
        body: &Value,
    ) -> Result<Value, LoadError> {
        let (status, reply) = self.send(operation, body.to_string()).await?;
        if status != StatusCode::OK {
            return Err(LoadError::Refused {
                operation,
                status: status.as_u16(),
                body: String::from_utf8_lossy(&reply).into_owned(),
            });
        }
        serde_json::from_slice(&reply)
            .map_err(|error| LoadError::Answer(format!("{operation}: {error}")))
    }
}

async fn connected(host: &str) -> Result<SendRequest<Full<Bytes>>, LoadError> {
    let stream = TcpStream::connect(host)
        .await
        .map_err(|error| LoadError::System("the server cannot be reached", error))?;
    stream
        .set_nodelay(true)
        .map_err(|error| LoadError::System("the connection cannot be set up", error))?;
    let (sender, connection) = handshake(TokioIo::new(stream)).await?;
    // It ends with the server or with the sender; either is seen by the next request.
    tokio::spawn(connection);
    Ok(sender)
}

/// A text member of an answer.
pub(crate) fn text(answer: &Value, member: &str) -> Result<String, LoadError> {
    let found = answer.get(member).and_then(Value::as_str);
    found
        .map(str::to_owned)
        .ok_or_else(|| LoadError::Answer(format!("{member} is missing in {answer}")))
}
