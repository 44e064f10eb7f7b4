//! Hands spans to the exporter of OpenTelemetry, which gathers them on a thread of its own and sends them.

use super::context::Context;
use crate::config::TraceSettings;
use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::{Request, Response};
use opentelemetry::trace::{SpanContext, SpanId, SpanKind, Status, TraceFlags, TraceState};
use opentelemetry::{InstrumentationScope, KeyValue};
use opentelemetry_http::{HttpClient, HttpError};
use opentelemetry_otlp::{Protocol, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{
    BatchConfigBuilder, BatchSpanProcessor, SpanData, SpanEvents, SpanExporter, SpanLinks,
    SpanProcessor,
};
use prometheus_client::metrics::counter::Counter;
use reqwest::header::HeaderMap;
use reqwest::{Client, redirect};
use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};
use tokio::runtime::Handle;

/// Spans that may wait to be sent.
const ROOM: usize = 8192;
/// Longest time of one request.
const LONGEST_CALL: Duration = Duration::from_secs(10);

/// A span that is over.
#[derive(Debug)]
pub(super) struct Finished {
    pub(super) id: SpanId,
    pub(super) parent: Option<SpanId>,
    /// Whether the parent is somebody else's.
    pub(super) is_parent_remote: bool,
    pub(super) name: String,
    /// Whether it asks somebody else for something.
    pub(super) is_call: bool,
    pub(super) start_ms: i64,
    pub(super) end_ms: i64,
    pub(super) attributes: Vec<KeyValue>,
    /// The error's name when it ended without success; empty where it has none.
    pub(super) error: Option<String>,
}

/// Takes spans and sends them to the collector.
#[derive(Debug)]
pub(super) struct Exporter {
    processor: BatchSpanProcessor,
    waiting: Arc<AtomicUsize>,
    dropped: Counter,
}

impl Exporter {
    /// `None` when no exporter can be made.
    pub(super) fn start(settings: &TraceSettings, dropped: Counter) -> Option<Self> {
        let exporter = otlp(settings)
            .inspect_err(|error| tracing::error!(%error, "no exporter of traces can be made"))
            .ok()?;
        let waiting = Arc::new(AtomicUsize::new(0));
        let exporter = Counted {
            exporter,
            waiting: Arc::clone(&waiting),
            dropped: dropped.clone(),
        };
        let config = BatchConfigBuilder::default().with_max_queue_size(ROOM);
        let mut processor = BatchSpanProcessor::builder(exporter)
            .with_batch_config(config.build())
            .build();
        let service = settings.service.clone();
        processor.set_resource(&Resource::builder().with_service_name(service).build());
        Some(Self {
            processor,
            waiting,
            dropped,
        })
    }

    /// Takes a span when there is room. Never waits.
    pub(super) fn give(&self, context: &Context, span: Finished) {
        if self.waiting.fetch_add(1, Ordering::Relaxed) < ROOM {
            self.processor.on_end(data(context, span));
        } else {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            self.dropped.inc();
        }
    }

    /// Sends what waits, and waits for that, within the library's limit.
    pub(super) fn flush(&self) {
        if let Err(error) = self.processor.force_flush() {
            tracing::warn!(%error, "spans were not sent");
        }
    }
}

fn data(context: &Context, span: Finished) -> SpanData {
    let mut attributes = span.attributes;
    let status = match span.error {
        None => Status::Unset,
        Some(error) => {
            if !error.is_empty() {
                attributes.push(KeyValue::new("error.type", error.clone()));
            }
            Status::error(error)
        }
    };
    let flags = TraceFlags::SAMPLED;
    SpanData {
        span_context: SpanContext::new(context.trace, span.id, flags, false, TraceState::NONE),
        parent_span_id: span.parent.unwrap_or(SpanId::INVALID),
        parent_span_is_remote: span.is_parent_remote && span.parent.is_some(),
        span_kind: if span.is_call {
            SpanKind::Client
        } else {
            SpanKind::Internal
        },
        name: Cow::Owned(span.name),
        start_time: time(span.start_ms),
        end_time: time(span.end_ms.max(span.start_ms)),
        attributes,
        dropped_attributes_count: 0,
        events: SpanEvents::default(),
        links: SpanLinks::default(),
        status,
        instrumentation_scope: InstrumentationScope::builder("statecraft")
            .with_version(env!("CARGO_PKG_VERSION"))
            .build(),
    }
}

fn time(milliseconds: i64) -> SystemTime {
    let since = Duration::from_millis(u64::try_from(milliseconds).unwrap_or(0));
    SystemTime::UNIX_EPOCH + since
}

fn otlp(
    settings: &TraceSettings,
) -> Result<opentelemetry_otlp::SpanExporter, Box<dyn std::error::Error>> {
    let client = Client::builder()
        .timeout(LONGEST_CALL)
        .redirect(redirect::Policy::none())
        .no_proxy()
        .build()?;
    let client = Calls {
        client,
        headers: settings.receiver.headers.clone(),
        runtime: Handle::current(),
    };
    let exporter = opentelemetry_otlp::SpanExporter::builder()
        .with_http()
        .with_protocol(Protocol::HttpBinary)
        .with_endpoint(settings.receiver.url.as_str())
        .with_http_client(client)
        .build()?;
    Ok(exporter)
}

/// Counts the spans that the collector did not take.
#[derive(Debug)]
struct Counted<E> {
    exporter: E,
    waiting: Arc<AtomicUsize>,
    dropped: Counter,
}

impl<E: SpanExporter> SpanExporter for Counted<E> {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let count = batch.len();
        let exported = self.exporter.export(batch).await;
        self.waiting.fetch_sub(count, Ordering::Relaxed);
        if exported.is_err() {
            self.dropped.inc_by(count as u64);
        }
        exported
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.exporter.shutdown_with_timeout(timeout)
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.exporter.force_flush()
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.exporter.set_resource(resource);
    }
}

/// The server's own HTTP client, for the exporter's thread.
#[derive(Debug)]
struct Calls {
    client: Client,
    headers: HeaderMap,
    runtime: Handle,
}

impl HttpClient for Calls {
    fn send_bytes<'a, 'b>(
        &'a self,
        mut request: Request<Bytes>,
    ) -> BoxFuture<'b, Result<Response<Bytes>, HttpError>>
    where
        'a: 'b,
        Self: 'b,
    {
        request.headers_mut().extend(self.headers.clone());
        let called = self.runtime.spawn(call(self.client.clone(), request));
        Box::pin(async move { called.await? })
    }
}

async fn call(client: Client, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
    // The address may hold secrets.
    let failed = |error: reqwest::Error| error.without_url();
    let request = request.try_into().map_err(failed)?;
    let received = client.execute(request).await.map_err(failed)?;
    let mut response = Response::builder().status(received.status());
    if let Some(headers) = response.headers_mut() {
        headers.clone_from(received.headers());
    }
    Ok(response.body(received.bytes().await.map_err(failed)?)?)
}
