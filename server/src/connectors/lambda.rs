//! Functions behind a Lambda-compatible endpoint: tasks whose resource is a function's ARN, and `lambda:invoke`.
//!
//! Requests are not signed: the endpoint is one of the user's own (an emulator, a local runtime).

use super::{Connector, Job, Ran, TaskAnswer};
use asl::definition::{Pattern, Resource};
use asl::machine::TaskRequest;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::HeaderMap;
use reqwest::{Client, Response};
use serde::de::IgnoredAny;
use serde_json::{Map, Value, json};
use std::sync::Arc;
use std::time::Duration;

/// Lambda's own limit for one call.
const LONGEST_CALL: Duration = Duration::from_secs(900);
/// Lambda's own limit for what a function answers, in bytes.
const MAX_PAYLOAD: usize = 6_291_556;
const PATH_SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// A Lambda-compatible endpoint.
#[derive(Debug, Clone)]
pub(super) struct Lambda {
    endpoint: Arc<str>,
    client: Client,
}

/// Whether functions serve the resource.
pub(super) fn is_lambda(resource: &Resource) -> bool {
    match resource {
        Resource::Function(arn) => function_of_arn(arn).is_some(),
        Resource::Service { names, .. } => {
            &*names.resource_type == "lambda" && names.resource.split('.').next() == Some("invoke")
        }
        Resource::Activity(_) => false,
    }
}

/// The function's name and qualifier in `arn:<partition>:lambda:<region>:<account>:function:<name>[:<qualifier>]`.
fn function_of_arn(arn: &str) -> Option<(&str, Option<&str>)> {
    let mut parts = arn.splitn(7, ':');
    let head = [parts.next()?, parts.next()?, parts.next()?];
    let (_region, _account, kind, rest) =
        (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    (head[0] == "arn" && head[2] == "lambda" && kind == "function")
        .then(|| name_and_qualifier(rest))
}

fn name_and_qualifier(text: &str) -> (&str, Option<&str>) {
    text.split_once(':')
        .map_or((text, None), |(name, qualifier)| (name, Some(qualifier)))
}

/// One call of a function.
struct Call {
    function: String,
    qualifier: Option<String>,
    body: String,
    headers: Vec<(&'static str, String)>,
}

impl Call {
    /// A task whose resource is the function's ARN: the input is the event.
    fn of_function(arn: &str, input: &str) -> Self {
        let (name, qualifier) = function_of_arn(arn).unwrap_or((arn, None));
        Self {
            function: name.to_owned(),
            qualifier: qualifier.map(str::to_owned),
            body: input.to_owned(),
            headers: Vec::new(),
        }
    }

    /// A `lambda:invoke` task: the input says which function and gives the event in `Payload`.
    fn of_invoke(input: &str) -> Result<Self, TaskAnswer> {
        let input: Value = serde_json::from_str(input).unwrap_or_default();
        let text = |field: &str| input.get(field).and_then(Value::as_str).map(str::to_owned);
        let named = text("FunctionName").ok_or_else(|| {
            TaskAnswer::failed(
                "States.Runtime",
                "lambda:invoke needs FunctionName, the name or ARN of a function.",
            )
        })?;
        let (name, qualifier) = function_of_arn(&named)
            .or_else(|| {
                named
                    .split_once(":function:")
                    .map(|(_, rest)| name_and_qualifier(rest))
            })
            .unwrap_or_else(|| name_and_qualifier(&named));
        let fields = [
            ("X-Amz-Invocation-Type", "InvocationType"),
            ("X-Amz-Log-Type", "LogType"),
            ("X-Amz-Client-Context", "ClientContext"),
        ];
        Ok(Self {
            function: name.to_owned(),
            qualifier: text("Qualifier").or_else(|| qualifier.map(str::to_owned)),
            body: input.get("Payload").map(payload).unwrap_or_default(),
            headers: fields
                .into_iter()
                .filter_map(|(header, field)| Some((header, text(field)?)))
                .collect(),
        })
    }
}

/// The event that a `Payload` stands for: `null` is none, and a text that holds JSON is that JSON (recorded).
fn payload(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) if serde_json::from_str::<Value>(text).is_ok() => text.clone(),
        Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Array(_)
        | Value::Object(_) => value.to_string(),
    }
}

impl Lambda {
    /// A connector to `endpoint`, for example `http://127.0.0.1:9001`; `None` when no HTTP client can be made.
    pub(super) fn new(endpoint: &str) -> Option<Self> {
        Self::with_limit(endpoint, LONGEST_CALL)
    }

    fn with_limit(endpoint: &str, longest_call: Duration) -> Option<Self> {
        let client = Client::builder().timeout(longest_call).build();
        let client = client
            .inspect_err(|error| tracing::error!(%error, "no HTTP client can be made"))
            .ok()?;
        Some(Self {
            endpoint: endpoint.trim_end_matches('/').into(),
            client,
        })
    }

    async fn send(&self, call: Call) -> Result<Response, TaskAnswer> {
        let name = utf8_percent_encode(&call.function, PATH_SEGMENT);
        let mut url = format!("{}/2015-03-31/functions/{name}/invocations", self.endpoint);
        if let Some(qualifier) = &call.qualifier {
            url.push_str(&format!(
                "?Qualifier={}",
                utf8_percent_encode(qualifier, PATH_SEGMENT)
            ));
        }
        let mut request = self
            .client
            .post(url)
            .header("Content-Type", "application/json")
            .body(call.body);
        for (name, value) in call.headers {
            request = request.header(name, value);
        }
        request
            .send()
            .await
            .map_err(|error| self.unreachable(&error))
    }

    fn unreachable(&self, error: &reqwest::Error) -> TaskAnswer {
        let cause =
            std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string);
        let cause = format!(
            "Unable to execute HTTP request to {}: {cause}",
            self.endpoint
        );
        TaskAnswer::failed("Lambda.SdkClientException", cause)
    }

    async fn work(self, request: TaskRequest) -> TaskAnswer {
        let done = match Resource::parse(&request.resource) {
            Resource::Service { pattern, .. } => self.invoke(&request.input, pattern).await,
            Resource::Function(arn) | Resource::Activity(arn) => self
                .call(Call::of_function(&arn, &request.input))
                .await
                .map(|reply| TaskAnswer::Succeeded {
                    output: json_text(reply.body).into(),
                }),
        };
        done.unwrap_or_else(|failed| failed)
    }

    async fn invoke(&self, input: &str, pattern: Pattern) -> Result<TaskAnswer, TaskAnswer> {
        let mut reply = match self.call(Call::of_invoke(input)?).await {
            Ok(reply) => reply,
            // A function's error document is written again without its blanks (asl-rules 18).
            Err(TaskAnswer::Failed { error, cause, at }) => {
                return Err(TaskAnswer::Failed {
                    error,
                    cause: cause.map(compact),
                    at,
                });
            }
            Err(other) => return Err(other),
        };
        let output: Arc<str> = reply.document().to_string().into();
        Ok(match pattern {
            Pattern::Callback => TaskAnswer::Submitted { output },
            Pattern::RequestResponse | Pattern::Sync => TaskAnswer::Succeeded { output },
        })
    }

    /// The body, which is never held longer than Lambda lets a function answer.
    async fn read(&self, mut response: Response) -> Result<String, TaskAnswer> {
        let mut body = Vec::new();
        while let Some(piece) = response
            .chunk()
            .await
            .map_err(|error| self.unreachable(&error))?
        {
            if body.len() + piece.len() > MAX_PAYLOAD {
                return Err(too_large());
            }
            body.extend_from_slice(&piece);
        }
        Ok(String::from_utf8(body)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
    }

    async fn call(&self, call: Call) -> Result<Reply, TaskAnswer> {
        let response = self.send(call).await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = self.read(response).await?;
        let reply = Reply {
            status,
            headers,
            body,
        };
        if status >= 300 {
            return Err(reply.service_error());
        }
        if reply.header("x-amz-function-error").is_some() {
            return Err(reply.function_error());
        }
        Ok(reply)
    }
}

/// What Lambda answers itself for a function whose answer is too long.
fn too_large() -> TaskAnswer {
    let error = "Function.ResponseSizeTooLarge";
    let message = format!(
        "Response payload size exceeded maximum allowed payload size ({MAX_PAYLOAD} bytes)."
    );
    let document = json!({"errorMessage": message, "errorType": error});
    TaskAnswer::failed(error, document.to_string())
}

/// The answer of a function as JSON text: nothing is `null`, and what is no JSON is a string.
fn json_text(body: String) -> String {
    if body.trim().is_empty() {
        return "null".into();
    }
    match serde_json::from_str::<IgnoredAny>(&body) {
        Ok(_) => body,
        Err(_) => Value::String(body).to_string(),
    }
}

/// JSON text without blanks; other text as it is.
fn compact(text: String) -> String {
    serde_json::from_str::<Value>(&text).map_or(text, |value| value.to_string())
}

struct Reply {
    status: u16,
    headers: HeaderMap,
    body: String,
}

impl Reply {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    fn request_id(&self) -> &str {
        self.header("x-amzn-requestid").unwrap_or_default()
    }

    /// The function raised an error.
    fn function_error(self) -> TaskAnswer {
        let document: Value = serde_json::from_str(&self.body).unwrap_or_default();
        match document.get("errorType").and_then(Value::as_str) {
            Some(error) => TaskAnswer::failed(error, self.body),
            None => {
                let cause = format!(
                    "The cause could not be determined because Lambda did not return an error type. Returned payload: {}",
                    self.body
                );
                TaskAnswer::failed("Lambda.Unknown", cause)
            }
        }
    }

    /// The endpoint refused the call.
    fn service_error(&self) -> TaskAnswer {
        let document: Value = serde_json::from_str(&self.body).unwrap_or_default();
        let message = ["Message", "message"]
            .iter()
            .find_map(|field| document.get(field)?.as_str());
        let code = self
            .header("x-amzn-errortype")
            .map(|code| code.split(':').next().unwrap_or(code));
        let code = code.unwrap_or(if self.status == 404 {
            "ResourceNotFoundException"
        } else {
            "ServiceException"
        });
        let cause = format!(
            "{} (Service: AWSLambda; Status Code: {}; Error Code: {code}; Request ID: {}; Proxy: null)",
            message.unwrap_or(&self.body),
            self.status,
            self.request_id(),
        );
        TaskAnswer::failed(format!("Lambda.{code}"), cause)
    }

    /// The result of `lambda:invoke` (asl-rules 18).
    fn document(&mut self) -> Value {
        let mut document = Map::new();
        document.insert(
            "ExecutedVersion".into(),
            self.header("x-amz-executed-version")
                .unwrap_or("$LATEST")
                .into(),
        );
        if let Some(log) = self.header("x-amz-log-result") {
            document.insert("LogResult".into(), log.into());
        }
        let payload = std::mem::take(&mut self.body);
        if !payload.is_empty() {
            let parsed = serde_json::from_str(&payload);
            document.insert("Payload".into(), parsed.unwrap_or(Value::String(payload)));
        }
        document.insert("SdkHttpMetadata".into(), self.http_metadata());
        document.insert(
            "SdkResponseMetadata".into(),
            json!({"RequestId": self.request_id()}),
        );
        document.insert("StatusCode".into(), self.status.into());
        Value::Object(document)
    }

    fn http_metadata(&self) -> Value {
        let text = |value: &reqwest::header::HeaderValue| {
            String::from_utf8_lossy(value.as_bytes()).into_owned()
        };
        let (mut all, mut single) = (Map::new(), Map::new());
        for name in self.headers.keys() {
            let values: Vec<String> = self.headers.get_all(name).iter().map(text).collect();
            single.insert(name.to_string(), values.first().cloned().into());
            all.insert(name.to_string(), values.into());
        }
        json!({"AllHttpHeaders": all, "HttpHeaders": single, "HttpStatusCode": self.status})
    }
}

impl Connector for Lambda {
    fn serves(&self, resource: &Resource) -> bool {
        is_lambda(resource)
    }

    fn describe(&self) -> String {
        format!("Lambda-compatible endpoint {}", self.endpoint)
    }

    fn calls_out(&self) -> bool {
        true
    }

    fn run(&self, job: Job) -> BoxFuture<'static, Ran> {
        self.clone().work(job.request).map(Ran::Answer).boxed()
    }
}

#[cfg(test)]
mod tests;
