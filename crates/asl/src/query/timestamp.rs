//! Timestamps of the language: RFC 3339 with a capital `T` and `Z` (asl-rules 14).

use jiff::civil;

/// An instant, in nanoseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i128);

impl Instant {
    /// The instant that a text names: `YYYY-MM-DDThh:mm:ss[.f…](Z|±hh:mm)`, up to nine digits of a second.
    pub fn parse(text: &str) -> Option<Self> {
        let (date, time) = text.split_once('T')?;
        let zone = time.find(['Z', '+', '-'])?;
        let (time, zone) = time.split_at(zone);
        let (time, fraction) = time
            .split_once('.')
            .map_or((time, None), |(time, fraction)| (time, Some(fraction)));
        let [year, month, day] = fields(date, '-', [4, 2, 2])?;
        let [hour, minute, second] = fields(time, ':', [2, 2, 2])?;
        let date =
            civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let days = i64::from(date.since(civil::date(1970, 1, 1)).ok()?.get_days());
        let seconds =
            days * 86_400 + i64::from(hour) * 3_600 + i64::from(minute) * 60 + i64::from(second);
        let nanoseconds = fraction.map_or(Some(0), nanoseconds)?;
        Some(Self(
            i128::from(seconds - offset(zone)?) * 1_000_000_000 + i128::from(nanoseconds),
        ))
    }

    /// The instant so many milliseconds after 1970-01-01T00:00:00Z.
    pub fn from_millis(millis: i64) -> Self {
        Self(i128::from(millis) * 1_000_000)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z, a part of one counting as a whole: a wait never ends too early.
    pub fn millis(self) -> i64 {
        i64::try_from(self.0.div_euclid(1_000_000) + i128::from(self.0.rem_euclid(1_000_000) != 0))
            .unwrap_or(i64::MAX)
    }
}

/// Fields of digits, each of the width given.
fn fields(text: &str, separator: char, widths: [usize; 3]) -> Option<[i16; 3]> {
    let mut parts = text.split(separator);
    let mut numbers = [0; 3];
    for (number, width) in numbers.iter_mut().zip(widths) {
        *number = digits(parts.next()?, width)?;
    }
    parts.next().is_none().then_some(numbers)
}

fn digits(text: &str, width: usize) -> Option<i16> {
    let fits = text.len() == width && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

fn nanoseconds(fraction: &str) -> Option<u32> {
    let fits =
        (1..=9).contains(&fraction.len()) && fraction.bytes().all(|byte| byte.is_ascii_digit());
    if fits {
        format!("{fraction:0<9}").parse().ok()
    } else {
        None
    }
}

/// Seconds east of Greenwich; Java knows no offset beyond 18 hours.
fn offset(zone: &str) -> Option<i64> {
    if zone == "Z" {
        return Some(0);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2)?);
    let valid = minutes < 60 && (hours < 18 || (hours == 18 && minutes == 0));
    valid.then_some(sign * (i64::from(hours) * 3_600 + i64::from(minutes) * 60))
}

/// A time as AWS prints it in the context object: three digits of a second, or none when they would be zero.
pub fn format_millis(millis: i64) -> String {
    match jiff::Timestamp::from_millisecond(millis) {
        Ok(time) if millis % 1_000 == 0 => time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        Ok(time) => time.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string(),
        Err(_) => millis.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_forms_that_aws_accepts_are_accepted() {
        for text in [
            "2016-03-14T01:59:00Z",
            "2016-03-14T01:59:00.00Z",
            "2016-03-14T01:59:00.000000Z",
            "2016-03-14T01:59:00.123456789Z",
            "2016-03-14T01:59:00+01:30",
        ] {
            assert!(Instant::parse(text).is_some(), "{text}");
        }
    }

    #[test]
    fn the_forms_that_aws_refuses_are_refused() {
        for text in [
            "2016-03-14T01:59:00",
            "2016-03-14 01:59:00Z",
            "2016-03-14t01:59:00Z",
            "2016-03-14T01:59:00z",
            "2016-13-14T01:59:00Z",
            "2016-02-30T01:59:00Z",
            "2016-03-14T25:59:00Z",
            "14-03-2016T01:59:00Z",
            "2016-03-14T01:59Z",
            "2016-03-14",
            "2016-03-14T01:59:00.Z",
            "2016-03-14T01:59:00.1234567890Z",
            "2016-03-14T01:59:00+19:00",
            "",
        ] {
            assert!(Instant::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn instants_compare_across_zones() {
        let at = |text| Instant::parse(text).unwrap();
        assert_eq!(
            at("2016-03-14T01:59:00Z"),
            at("2016-03-14T03:59:00.000+02:00")
        );
        assert!(at("1969-12-31T23:59:59Z") < Instant::from_millis(0));
        assert_eq!(at("1970-01-01T00:00:01.0001Z").millis(), 1_001);
    }

    #[test]
    fn fractions_are_printed_only_when_there_are_any() {
        assert_eq!(format_millis(1_700_000_000_000), "2023-11-14T22:13:20Z");
        assert_eq!(format_millis(1_700_000_000_120), "2023-11-14T22:13:20.120Z");
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(millis in -10_000_000_000_000i64..10_000_000_000_000) {
            prop_assert_eq!(Instant::parse(&format_millis(millis)).map(Instant::millis), Some(millis));
        }

        #[test]
        fn no_text_makes_the_parser_panic(text in "[0-9T:Z+.é-]{0,30}") {
            let _ = Instant::parse(&text);
        }
    }
}
