//! Times as the language writes them (asl-rules 14).

use jiff::Timestamp;

/// Milliseconds since 1970 of an RFC 3339 time with capital `T` and a zone (`Z` or an offset); `None` for any other text.
pub fn parse(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    let digits = |range: std::ops::Range<usize>| {
        bytes
            .get(range)
            .is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    let shape = digits(0..4)
        && digits(5..7)
        && digits(8..10)
        && digits(11..13)
        && digits(14..16)
        && digits(17..19);
    let marks = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    if !shape
        || marks.iter().any(|(at, mark)| bytes.get(*at) != Some(mark))
        || !zone(text.get(19..)?)
    {
        return None;
    }
    text.parse::<Timestamp>()
        .ok()
        .map(Timestamp::as_millisecond)
}

/// A fraction, when there is one, and then `Z` or `±hh:mm`.
fn zone(rest: &str) -> bool {
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => {
            let end = fraction
                .find(|letter: char| !letter.is_ascii_digit())
                .unwrap_or(fraction.len());
            if end == 0 || end > 9 {
                return false;
            }
            &fraction[end..]
        }
        None => rest,
    };
    let bytes = rest.as_bytes();
    let offset = matches!(bytes, [b'+' | b'-', a, b, b':', c, d] if [a, b, c, d].iter().all(|d| d.is_ascii_digit()));
    rest == "Z" || offset
}

/// A moment as the context object writes it: RFC 3339 in UTC with milliseconds.
pub fn write(ms: i64) -> String {
    let moment = Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH);
    format!("{moment:.3}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_rfc_3339_with_capital_letters_and_a_zone_is_a_time() {
        for good in [
            "2016-03-14T01:59:00Z",
            "2016-03-14T01:59:00.000000Z",
            "2016-03-14T01:59:00.123456789+02:00",
        ] {
            assert!(parse(good).is_some(), "{good}");
        }
        let bad = [
            "2016-03-14T01:59:00",
            "2016-03-14 01:59:00Z",
            "2016-13-14T01:59:00Z",
            "2016-03-14T25:59:00Z",
        ];
        for bad in bad.into_iter().chain([
            "14-03-2016T01:59:00Z",
            "",
            "{% $now() %}",
            "2016-03-14t01:59:00z",
        ]) {
            assert!(parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_moment_is_written_with_milliseconds() {
        assert_eq!(write(1_457_920_740_005), "2016-03-14T01:59:00.005Z");
        assert_eq!(parse(&write(1_457_920_740_005)), Some(1_457_920_740_005));
    }
}
