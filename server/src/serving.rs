//! Takes connections and hands their requests to the routes, within limits that `axum::serve` does not have: a client that
//! is slow with its headers is cut, and so is one that keeps a connection idle or does not read its answer; only so many
//! connections are open at once.
//!
//! How long a request may take is decided by the routes.

use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_io_timeout::TimeoutStream;

/// Connections that may be open at once, when the system allows as many.
const MOST_CONNECTIONS: usize = 20_000;
/// Files that the server needs for other things: database, objects, logs, calls of its own.
const OTHER_FILES: usize = 512;
/// Pause after the system could not give a connection, which usually means that it has no files left.
const PAUSE: Duration = Duration::from_millis(100);

/// What clients may use up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limits {
    /// Longest time from the end of one request to the end of the headers of the next.
    pub(crate) headers: Duration,
    /// Longest time in which a client takes nothing of its answer.
    pub(crate) answer: Duration,
    /// Connections open at once; more wait until one is closed.
    pub(crate) connections: usize,
}

impl Limits {
    /// Those of a server, after asking the system for as many files as it gives.
    pub(crate) fn of_system() -> Self {
        let files = raise_files().unwrap_or(MOST_CONNECTIONS + OTHER_FILES);
        Self {
            headers: Duration::from_secs(20),
            answer: Duration::from_secs(20),
            connections: files
                .saturating_sub(OTHER_FILES)
                .clamp(64, MOST_CONNECTIONS),
        }
    }
}

/// Lets this process open as many files as it may at most; gives their number, when there is a limit.
#[cfg(unix)]
fn raise_files() -> Option<usize> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let found = getrlimit(Resource::Nofile);
    let wanted = Rlimit {
        current: found.maximum,
        maximum: found.maximum,
    };
    let files = match setrlimit(Resource::Nofile, wanted) {
        Ok(()) => found.maximum,
        Err(error) => {
            tracing::warn!(%error, "the limit of open files could not be raised");
            found.current
        }
    };
    files.and_then(|files| usize::try_from(files).ok())
}

/// Other systems do not tell.
#[cfg(not(unix))]
fn raise_files() -> Option<usize> {
    None
}

/// Answers requests until `stop`, then finishes those that have begun.
pub(crate) async fn serve(
    listener: TcpListener,
    routes: axum::Router,
    limits: Limits,
    stop: impl Future<Output = ()>,
) {
    let open = Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.headers);
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = accept(&listener, &open) => accepted,
        };
        let Some((stream, permit)) = accepted else {
            continue;
        };
        let service = TowerToHyperService::new(routes.clone());
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(limits.answer));
        let stream = TokioIo::new(Box::pin(stream));
        let connection = graceful.watch(http.serve_connection(stream, service));
        tokio::spawn(async move {
            let _permit = permit;
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection broke off");
            }
        });
    }
    drop(listener);
    graceful.shutdown().await;
}

/// The next connection, once there is room for one.
async fn accept(
    listener: &TcpListener,
    open: &Arc<Semaphore>,
) -> Option<(TcpStream, OwnedSemaphorePermit)> {
    let permit = Arc::clone(open).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, _)) => {
            // Answers are written whole: nothing is gained by holding their last part back.
            let _ = stream.set_nodelay(true);
            Some((stream, permit))
        }
        Err(error) => {
            tracing::warn!(%error, "a connection could not be taken");
            tokio::time::sleep(PAUSE).await;
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use std::net::SocketAddr;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::sync::oneshot;

    const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

    const LONG: Duration = Duration::from_secs(60);
    /// More than systems keep for a client that does not read.
    const LARGE: usize = 64 * 1024 * 1024;

    fn limits(connections: usize) -> Limits {
        Limits {
            headers: LONG,
            answer: LONG,
            connections,
        }
    }

    /// A server that answers `hello`, also at great length, and what ends it when it is dropped.
    async fn start(limits: Limits) -> (SocketAddr, oneshot::Sender<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (end, ended) = oneshot::channel::<()>();
        let routes = axum::Router::new()
            .route("/", get(|| async { "hello" }))
            .route("/large", get(|| async { "hello".repeat(LARGE / 5) }));
        tokio::spawn(serve(listener, routes, limits, async {
            let _ = ended.await;
        }));
        (address, end)
    }

    /// What comes until the server closes the connection, or the answer is there.
    async fn read(stream: &mut TcpStream) -> String {
        let mut text = Vec::new();
        let mut piece = [0; 1024];
        while !text.ends_with(b"hello") {
            match stream.read(&mut piece).await {
                Ok(0) | Err(_) => break,
                Ok(read) => text.extend_from_slice(&piece[..read]),
            }
        }
        String::from_utf8(text).unwrap()
    }

    #[tokio::test]
    async fn a_client_that_is_slow_with_its_headers_is_cut() {
        let (address, _end) = start(Limits {
            headers: Duration::from_millis(50),
            ..limits(10)
        })
        .await;
        let mut slow = TcpStream::connect(address).await.unwrap();
        slow.write_all(b"GET / HTTP/1.1\r\nHost: loc")
            .await
            .unwrap();
        assert!(!read(&mut slow).await.contains("200 OK"));
        let mut idle = TcpStream::connect(address).await.unwrap();
        idle.write_all(REQUEST).await.unwrap();
        assert!(read(&mut idle).await.ends_with("hello"));
        assert_eq!(read(&mut idle).await, "");
    }

    #[tokio::test]
    async fn a_client_that_does_not_read_its_answer_is_cut_and_makes_room() {
        let (address, _end) = start(Limits {
            answer: Duration::from_millis(50),
            ..limits(1)
        })
        .await;
        let mut deaf = TcpStream::connect(address).await.unwrap();
        let request = b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n";
        deaf.write_all(request).await.unwrap();
        let mut next = TcpStream::connect(address).await.unwrap();
        next.write_all(REQUEST).await.unwrap();
        assert!(read(&mut next).await.ends_with("hello"));
        let mut left = Vec::new();
        // However much the system had kept for it.
        let _ = deaf.read_to_end(&mut left).await;
        assert!(left.len() < LARGE, "{}", left.len());
    }

    #[tokio::test]
    async fn a_connection_beyond_the_limit_waits_until_one_is_closed() {
        let (address, _end) = start(limits(1)).await;
        let mut first = TcpStream::connect(address).await.unwrap();
        first.write_all(REQUEST).await.unwrap();
        assert!(read(&mut first).await.ends_with("hello"));
        let mut second = TcpStream::connect(address).await.unwrap();
        second.write_all(REQUEST).await.unwrap();
        drop(first);
        assert!(read(&mut second).await.ends_with("hello"));
    }

    #[tokio::test]
    async fn an_ending_server_closes_idle_connections() {
        let (address, end) = start(limits(10)).await;
        let mut idle = TcpStream::connect(address).await.unwrap();
        idle.write_all(REQUEST).await.unwrap();
        assert!(read(&mut idle).await.ends_with("hello"));
        drop(end);
        assert_eq!(read(&mut idle).await, "");
        assert!(TcpStream::connect(address).await.is_err());
    }
}
