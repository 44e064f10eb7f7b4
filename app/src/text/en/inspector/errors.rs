//! Time limits.

pub(crate) const TITLE: &str = "Time limits";
pub(crate) const STOP_AFTER: &str = "Stop after";
pub(crate) const STOP_AFTER_HINT: &str = "TimeoutSeconds: the state then fails with States.Timeout";
pub(crate) const HEARTBEAT: &str = "Expect a sign of life every";
pub(crate) const HEARTBEAT_HINT: &str = "HeartbeatSeconds: less than TimeoutSeconds";
pub(crate) const NOT_CHECKED: &str = "Not checked";
