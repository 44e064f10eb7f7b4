//! The events of an execution, exactly with AWS's names and fields (feature map, section 10).

/// One event, as GetExecutionHistory gives it.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// Milliseconds since 1970; on the wire the AWS API writes seconds.
    pub timestamp_ms: i64,
    /// From 1, without gaps.
    pub id: u64,
    /// The event that caused it (asl-rules 16).
    pub previous_event_id: u64,
}
impl Event {
    /// AWS's name of the type, for example `TaskStateEntered`.
    pub fn type_name(&self) -> &'static str {
        unimplemented!()
    }
    /// The event exactly as GetExecutionHistory answers it (`timestamp` in seconds, `type`, `id`, `previousEventId`, details).
    pub fn to_wire(&self) -> serde_json::Value {
        unimplemented!()
    }
    /// Reads what [`Event::to_wire`] wrote.
    pub fn from_wire(_value: &serde_json::Value) -> Option<Self> {
        unimplemented!()
    }
}
