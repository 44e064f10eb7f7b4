//! Small helpers for the wire form of events. Nothing here knows a type of event.

use super::Failure;
use serde_json::{Map, Value};
use std::sync::Arc;

/// An object under construction; members keep the order in which they are put.
#[derive(Default)]
pub(super) struct Object(Map<String, Value>);

impl Object {
    pub(super) fn put(&mut self, name: &str, value: impl Into<Value>) {
        self.0.insert(name.to_owned(), value.into());
    }

    pub(super) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.put(name, value);
        self
    }

    pub(super) fn text(self, name: &str, value: &Arc<str>) -> Self {
        self.with(name, value.as_ref())
    }

    /// Puts a text only when there is one.
    pub(super) fn maybe_text(self, name: &str, value: Option<&Arc<str>>) -> Self {
        match value {
            Some(value) => self.text(name, value),
            None => self,
        }
    }

    /// Puts a number only when there is one.
    pub(super) fn maybe_number(self, name: &str, value: Option<u64>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Puts a payload text together with the member that says that it is whole.
    pub(super) fn payload(self, name: &str, details: &str, value: &Arc<str>) -> Self {
        self.text(name, value).with(details, truncated())
    }

    pub(super) fn input(self, value: &Arc<str>) -> Self {
        self.payload("input", "inputDetails", value)
    }

    pub(super) fn output(self, value: &Arc<str>) -> Self {
        self.payload("output", "outputDetails", value)
    }

    pub(super) fn failure(self, failure: &Failure) -> Self {
        self.maybe_text("error", failure.error.as_ref())
            .maybe_text("cause", failure.cause.as_ref())
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        Value::Object(object.0)
    }
}

/// `{"truncated": false}`: payloads are always given whole.
pub(super) fn truncated() -> Value {
    Object::default().with("truncated", false).into()
}

/// Seconds since 1970 with a fraction, as the AWS JSON protocol writes times.
pub(super) fn seconds(timestamp_ms: i64) -> Value {
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds of any real date are exact in a double"
    )]
    Value::from(timestamp_ms as f64 / 1000.0)
}

/// The inverse of [`seconds`].
pub(super) fn milliseconds(value: &Value) -> Option<i64> {
    let seconds = value.as_f64()?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a time outside the range of i64 saturates"
    )]
    Some((seconds * 1000.0).round() as i64)
}

pub(super) fn text(details: &Value, name: &str) -> Option<Arc<str>> {
    details.get(name)?.as_str().map(Arc::from)
}

pub(super) fn number(details: &Value, name: &str) -> Option<u64> {
    details.get(name)?.as_u64()
}

pub(super) fn failure(details: &Value) -> Failure {
    Failure {
        error: text(details, "error"),
        cause: text(details, "cause"),
    }
}
