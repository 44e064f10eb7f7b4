//! A Wait.

pub(crate) const TITLE: &str = "Wait";
pub(crate) const MODE: &str = "How long";
pub(crate) const CHANGE_MODE: &str = "Change the wait";
pub(crate) const FIXED: &str = "A fixed time";
pub(crate) const TO_DATE: &str = "To a date";
pub(crate) const FROM_INPUT: &str = "A time from the input";
pub(crate) const TO_DATE_FROM_INPUT: &str = "To a date from the input";
pub(crate) const TIME: &str = "Time";
pub(crate) const DATE: &str = "Date";
pub(crate) const DATE_HINT: &str = "Timestamp: RFC 3339, for example 2030-01-01T00:00:00Z";
pub(crate) const SECONDS_PATH: &str = "Path to the number of seconds";
pub(crate) const TIMESTAMP_PATH: &str = "Path to the date";
