//! A JSON value that is passed on as text for as long as nobody looks inside (asl-rules 17).
//!
//! The text is the truth: it is what events show and what is stored. The parsed value is kept beside it once it was needed.

use crate::query::json;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use std::sync::{Arc, OnceLock};

/// Longest payload in bytes (feature map, API-901).
pub(crate) const MAX_BYTES: usize = 262_144;

/// A JSON value as text, parsed at most once.
#[derive(Clone)]
pub(crate) struct Payload {
    text: OnceLock<Arc<str>>,
    value: OnceLock<Arc<Value>>,
}

/// A value that is nested too deeply to be passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooDeep;

impl Payload {
    /// A text that is known to be JSON.
    pub(crate) fn from_text(text: Arc<str>) -> Self {
        Self {
            text: OnceLock::from(text),
            value: OnceLock::new(),
        }
    }

    /// A text from outside; `None` when it is no JSON, or nested too deeply.
    pub(crate) fn checked(text: Arc<str>) -> Option<Self> {
        let value: Value = serde_json::from_str(&text).ok()?;
        if json::is_deep(&value) {
            return None;
        }
        Some(Self {
            text: OnceLock::from(text),
            value: OnceLock::from(Arc::new(value)),
        })
    }

    /// A value that was computed.
    pub(crate) fn from_value(value: Value) -> Result<Self, TooDeep> {
        if json::is_deep(&value) {
            return Err(TooDeep);
        }
        Ok(Self {
            text: OnceLock::new(),
            value: OnceLock::from(Arc::new(value)),
        })
    }

    /// `{}`
    pub(crate) fn empty_object() -> Self {
        Self::from_text(Arc::from("{}"))
    }

    /// The JSON text: as written, or compact where the value was computed.
    pub(crate) fn text(&self) -> &Arc<str> {
        self.text.get_or_init(|| {
            let value = self.value.get().map_or(&Value::Null, |value| value);
            Arc::from(value.to_string())
        })
    }

    /// The value.
    pub(crate) fn value(&self) -> &Arc<Value> {
        self.value.get_or_init(|| {
            let text = self.text.get().map_or("null", |text| text);
            Arc::new(serde_json::from_str(text).unwrap_or(Value::Null))
        })
    }

    /// The value, for a caller that changes it.
    pub(crate) fn to_value(&self) -> Value {
        Value::clone(self.value())
    }

    pub(crate) fn is_too_long(&self) -> bool {
        self.text().len() > MAX_BYTES
    }
}

impl std::fmt::Debug for Payload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.text())
    }
}

impl PartialEq for Payload {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}

impl Serialize for Payload {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.text())
    }
}

impl<'de> Deserialize<'de> for Payload {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Arc::<str>::deserialize(deserializer).map(Self::from_text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stays_as_written_after_its_value_was_read() {
        let payload = Payload::from_text(Arc::from("[1, 2,  3]"));
        assert_eq!(payload.value().as_array().map(Vec::len), Some(3));
        assert_eq!(&**payload.text(), "[1, 2,  3]");
    }

    #[test]
    fn a_computed_value_is_written_compactly() {
        let payload = Payload::from_value(serde_json::json!({"b": 0.0, "a": [1, 2]})).unwrap();
        assert_eq!(&**payload.text(), r#"{"b":0.0,"a":[1,2]}"#);
    }

    #[test]
    fn a_value_that_could_not_be_read_back_is_refused() {
        let deep = (0..json::MAX_DEPTH).fold(Value::Null, |inner, _| Value::Array(vec![inner]));
        let payload = Payload::from_value(deep.clone()).unwrap();
        assert!(Payload::checked(payload.text().clone()).is_some());
        assert_eq!(Payload::from_value(Value::Array(vec![deep])), Err(TooDeep));
    }

    #[test]
    fn a_payload_is_stored_as_its_text_alone() {
        let payload = Payload::from_value(serde_json::json!([1])).unwrap();
        let stored = serde_json::to_string(&payload).unwrap();
        assert_eq!(stored, r#""[1]""#);
        assert_eq!(serde_json::from_str::<Payload>(&stored).unwrap(), payload);
    }
}
