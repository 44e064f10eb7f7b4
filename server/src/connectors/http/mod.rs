//! HTTP tasks: `arn:aws:states:::http:invoke` (feature map, INT-09).
//!
//! A request is what the definition asks for and what its connection adds. Secrets of connections are in the request and
//! nowhere else: not in causes, not in the history. Redirects are not followed, so that they carry no secret away; they fail
//! like any other status that is no success.

mod addresses;
mod encode;
mod oauth;
mod reply;
mod request;
mod shown;

use super::{Connector, Job, Ran, Secrets, TaskAnswer, Trace};
use crate::config::AllowedHost;
use crate::connections::{Authorization, ConnectionError, Connections, Opened};
use addresses::{Allowed, PublicOnly, Reach};
use asl::definition::{Pattern, Resource};
use asl::machine::FailurePoint;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use oauth::Tokens;
use request::{Asked, Fault};
use reqwest::{Client, Response, StatusCode, Url, redirect};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// Longest time of a task (API-913).
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// Calls HTTP APIs.
#[derive(Debug, Clone)]
pub(crate) struct HttpTasks(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    clients: OnceLock<Clients>,
    allowed: Allowed,
    connections: Connections,
    tokens: Tokens,
    region: String,
    limit: Duration,
}

/// One client for each reach, made when the first task needs one.
#[derive(Debug)]
struct Clients {
    anywhere: Client,
    public: Client,
}

impl Clients {
    fn new() -> Result<Self, reqwest::Error> {
        // A proxy would look names up itself, and could be asked for any address.
        let common = || {
            Client::builder()
                .redirect(redirect::Policy::none())
                .no_proxy()
        };
        Ok(Self {
            anywhere: common().build()?,
            public: common().dns_resolver(Arc::new(PublicOnly)).build()?,
        })
    }
}

/// Why a task fails.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// No request can be made of the parameters.
    #[error(transparent)]
    Parameters(#[from] Fault),
    /// The address may not be called.
    #[error("{0}")]
    Address(String),
    /// The connection is not there or cannot be used.
    #[error(transparent)]
    Connection(#[from] ConnectionError),
    /// No token was given for the connection's credentials.
    #[error("{0}")]
    Token(String),
    /// Nothing came back.
    #[error("{0}")]
    Socket(String),
}

impl Failure {
    fn answer(&self, input: &str) -> TaskAnswer {
        let error = match self {
            Self::Parameters(fault) => {
                let cause = format!(
                    "The Parameters '{input}' could not be used to start the Task: [{fault}]"
                );
                return TaskAnswer::Failed {
                    error: Some("States.Runtime".into()),
                    cause: Some(cause),
                    at: FailurePoint::Schedule,
                };
            }
            Self::Address(_) => "States.Runtime",
            Self::Connection(ConnectionError::DoesNotExist(_)) => {
                "Events.ConnectionResource.ResourceNotFound"
            }
            Self::Connection(_) => "Events.ConnectionResource.InternalError",
            Self::Token(_) => "Events.ConnectionResource.InvalidConnectionState",
            Self::Socket(_) => "States.Http.Socket",
        };
        TaskAnswer::failed(error, self.to_string())
    }
}

impl HttpTasks {
    pub(crate) fn new(hosts: &[AllowedHost], region: &str, connections: Connections) -> Self {
        Self::with_limit(hosts, region, connections, TIME_LIMIT)
    }

    fn with_limit(
        hosts: &[AllowedHost],
        region: &str,
        connections: Connections,
        limit: Duration,
    ) -> Self {
        Self(Arc::new(Inner {
            clients: OnceLock::new(),
            allowed: Allowed::new(hosts),
            connections,
            tokens: Tokens::default(),
            region: region.to_owned(),
            limit,
        }))
    }
}

impl Inner {
    async fn work(&self, input: &str, trace: Option<&Trace>) -> TaskAnswer {
        let answer = tokio::time::timeout(self.limit, self.call(input, trace)).await;
        let late = || {
            let seconds = self.limit.as_secs();
            Err(Failure::Socket(format!(
                "The HTTP task timed out after {seconds} seconds"
            )))
        };
        answer
            .unwrap_or_else(|_| late())
            .unwrap_or_else(|failure| failure.answer(input))
    }

    async fn call(&self, input: &str, trace: Option<&Trace>) -> Result<TaskAnswer, Failure> {
        let mut asked = Asked::read(input)?;
        let client = self.client(&asked.url).map_err(Failure::Address)?;
        self.show(&asked, trace);
        let connection = self.connections.open(&asked.connection).await?;
        if let Some(more) = &connection.parameters.invocation_http_parameters {
            asked.merge(more)?;
        }
        let known = self.authorize(&mut asked, &connection).await?;
        self.reveal(&asked, trace);
        let mut response = self.send(client, &asked).await?;
        let is_refused = response.status() == StatusCode::UNAUTHORIZED;
        if is_refused && known == Known::Before {
            self.renew(&mut asked, &connection).await?;
            self.reveal(&asked, trace);
            response = self.send(client, &asked).await?;
        }
        let received = reply::receive(response, trace.is_some()).await;
        let received = received.map_err(|error| socket(&error))?;
        if let Some(trace) = trace {
            let shown = shown::response(&asked, &received);
            trace.note(|seen| seen.response = Some(shown));
        }
        Ok(received.answer())
    }

    /// Notes the request.
    fn show(&self, asked: &Asked, trace: Option<&Trace>) {
        if let Some(trace) = trace {
            let shown = shown::request(asked, &self.region);
            trace.note(|seen| seen.request = Some(shown));
        }
    }

    /// Notes the request with what the connection has added, when that may be seen.
    fn reveal(&self, asked: &Asked, trace: Option<&Trace>) {
        self.show(
            asked,
            trace.filter(|trace| trace.secrets() == Secrets::Revealed),
        );
    }

    /// The client that reaches what this address may stand for, or why none may.
    fn client(&self, url: &Url) -> Result<&Client, String> {
        let reach = self.allowed.check(url)?;
        let clients = match self.clients.get() {
            Some(clients) => clients,
            None => {
                let clients = Clients::new().map_err(|error| error.to_string())?;
                self.clients.get_or_init(|| clients)
            }
        };
        Ok(match reach {
            Reach::Anywhere => &clients.anywhere,
            Reach::Public => &clients.public,
        })
    }

    /// Puts the connection's credentials into the request.
    async fn authorize(&self, asked: &mut Asked, connection: &Opened) -> Result<Known, Failure> {
        let parameters = &connection.parameters;
        if let Some(basic) = &parameters.basic_auth_parameters {
            let pair = format!("{}:{}", basic.username, basic.password);
            asked.set_header("authorization", &format!("Basic {}", STANDARD.encode(pair)))?;
        }
        if let Some(key) = &parameters.api_key_auth_parameters {
            asked.set_header(&key.api_key_name, &key.api_key_value)?;
        }
        if connection.authorization != Authorization::OAuth {
            return Ok(Known::Now);
        }
        match self.tokens.known(connection) {
            Some(token) => {
                asked.set_header("authorization", &format!("Bearer {token}"))?;
                Ok(Known::Before)
            }
            None => self.renew(asked, connection).await.map(|()| Known::Now),
        }
    }

    /// Fetches a token, also when one is known.
    async fn renew(&self, asked: &mut Asked, connection: &Opened) -> Result<(), Failure> {
        let Some(oauth) = &connection.parameters.oauth_parameters else {
            return Ok(());
        };
        let url = Url::parse(&oauth.authorization_endpoint)
            .map_err(|_| Failure::Token("The AuthorizationEndpoint is no address.".into()))?;
        let client = self.client(&url).map_err(Failure::Token)?;
        let token = self.tokens.fetch(client, url, oauth, connection);
        let token = token.await.map_err(Failure::Token)?;
        asked.set_header("authorization", &format!("Bearer {token}"))?;
        Ok(())
    }

    async fn send(&self, client: &Client, asked: &Asked) -> Result<Response, Failure> {
        let content = asked.content()?;
        let kind = content.as_ref().map(|(_, kind)| *kind);
        let headers = asked.all_headers(&self.region, kind);
        let mut request = client
            .request(asked.method.clone(), asked.address())
            .headers(headers);
        if let Some((body, _)) = content {
            request = request.body(body);
        }
        request.send().await.map_err(|error| socket(&error))
    }
}

/// Whether credentials may have expired since they were fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    Before,
    Now,
}

/// The innermost reason; the address is left out, since a query may hold secrets.
fn socket(error: &reqwest::Error) -> Failure {
    let mut innermost: &dyn std::error::Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    let reason = if std::ptr::addr_eq(innermost, error) {
        "the request failed".to_owned()
    } else {
        innermost.to_string()
    };
    Failure::Socket(format!("The HTTP endpoint could not be called: {reason}"))
}

impl Connector for HttpTasks {
    fn serves(&self, resource: &Resource) -> bool {
        match resource {
            Resource::Service { names, pattern, .. } => {
                (&*names.resource_type, &*names.resource) == ("http", "invoke")
                    && *pattern == Pattern::RequestResponse
            }
            Resource::Function(_) | Resource::Activity(_) => false,
        }
    }

    fn describe(&self) -> String {
        "HTTP APIs, by connections".into()
    }

    fn calls_out(&self) -> bool {
        true
    }

    fn run(&self, job: Job) -> BoxFuture<'static, Ran> {
        let inner = Arc::clone(&self.0);
        async move { Ran::Answer(inner.work(&job.request.input, job.trace.as_ref()).await) }.boxed()
    }
}

#[cfg(test)]
mod tests;
