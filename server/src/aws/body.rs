//! Reads a request's body up to a limit.

use axum::body::Body;
use futures_util::StreamExt;

/// Why a body could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyError {
    /// It is longer than the limit.
    TooLong,
    /// The client went away or broke the protocol.
    Broken,
}

/// How much of a body that is too long is still read, so that the client gets to see the refusal: most clients send
/// everything before they listen.
const DRAINED: usize = 16 * 1024 * 1024;

/// The whole body, at most `limit` bytes.
pub(crate) async fn read_body(body: Body, limit: usize) -> Result<Vec<u8>, BodyError> {
    let mut stream = body.into_data_stream();
    let (mut bytes, mut length) = (Vec::new(), 0_usize);
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| BodyError::Broken)?;
        length += chunk.len();
        match length {
            _ if length <= limit => bytes.extend_from_slice(&chunk),
            _ if length > DRAINED => break,
            _ => bytes = Vec::new(),
        }
    }
    if length > limit {
        Err(BodyError::TooLong)
    } else {
        Ok(bytes)
    }
}
