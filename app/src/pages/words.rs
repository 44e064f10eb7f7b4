//! The reader's clock and calendar, and what both say of a moment here and now. How times are worded is `text::words`.

pub(crate) use crate::text::words::{
    ago, clock, clock_exact, due, duration, grouped, in_sentence, left, sentence, when,
};

use crate::api::Time;
use jiff::civil::DateTime;

/// Minutes that the reader's clock is ahead of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone(pub i32);

const MINUTE_MS: i64 = 60_000;

/// The present moment, by the browser's clock.
#[expect(clippy::cast_possible_truncation, reason = "whole milliseconds")]
pub fn now() -> Time {
    Time(js_sys::Date::now() as i64)
}

/// The present time, in milliseconds since 1970.
pub fn now_ms() -> u64 {
    u64::try_from(now().0).unwrap_or(0)
}

/// The reader's offset at a moment, by the browser's settings.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "minutes within a day"
)]
pub fn zone(at: Time) -> Zone {
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(at.0 as f64));
    Zone(-(date.get_timezone_offset() as i32))
}

/// The date and time of a moment, as the reader's calendar has it.
pub(crate) fn civil(at: Time, zone: Zone) -> Option<DateTime> {
    let shifted = at.0.checked_add(i64::from(zone.0) * MINUTE_MS)?;
    let timestamp = jiff::Timestamp::from_millisecond(shifted).ok()?;
    Some(jiff::tz::Offset::UTC.to_datetime(timestamp))
}

/// Whether both moments are on the same day for the reader.
pub fn same_day(a: Time, b: Time, zone: Zone) -> bool {
    civil(a, zone).map(DateTime::date) == civil(b, zone).map(DateTime::date)
}

/// [`when`] for the reader, now.
pub fn when_here(at: Time) -> String {
    when(at, now(), zone(at))
}

/// How many days lie between two dates.
pub(crate) fn days_between(from: DateTime, to: DateTime) -> Option<i32> {
    to.date()
        .since(from.date())
        .ok()
        .map(|span| span.get_days())
}

/// The initials of a name, two at most: "J. M." and "Jo Meyer" give "JM".
pub fn initials(name: &str) -> String {
    let words: Vec<char> = name
        .split_whitespace()
        .filter_map(|w| w.chars().find(|c| c.is_alphanumeric()))
        .collect();
    match words.as_slice() {
        [] => "?".to_owned(),
        [one] => one.to_uppercase().collect(),
        [first, .., last] => first.to_uppercase().chain(last.to_uppercase()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_gives_two_initials_at_most() {
        assert_eq!(initials("Jo Ann Meyer"), "JM");
        assert_eq!(initials("ada"), "A");
        assert_eq!(initials(" "), "?");
    }
}
