//! Timestamps as the language takes them: RFC 3339 with a capital T and Z (asl-rules 14).

/// Whether `text` is such a timestamp and names a real moment.
pub(super) fn is_timestamp(text: &str) -> bool {
    let Some((date, rest)) = text.split_once('T') else {
        return false;
    };
    let Some(zone_at) = rest.find(['Z', '+', '-']) else {
        return false;
    };
    let (time, zone) = rest.split_at(zone_at);
    is_date(date) && is_time(time) && is_zone(zone)
}

fn is_date(text: &str) -> bool {
    let [year, month, day] = numbers(text, '-', [4, 2, 2]);
    let (Some(year), Some(month), Some(day)) = (year, month, day) else {
        return false;
    };
    text.len() == 10 && (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day)
}

fn days_in(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn is_time(text: &str) -> bool {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let [hour, minute, second] = numbers(whole, ':', [2, 2, 2]);
    let digits = fraction.is_none_or(|f| !f.is_empty() && f.bytes().all(|b| b.is_ascii_digit()));
    let within = |value: Option<u32>, below| value.is_some_and(|value| value < below);
    whole.len() == 8 && digits && within(hour, 24) && within(minute, 60) && within(second, 60)
}

fn is_zone(text: &str) -> bool {
    if text == "Z" {
        return true;
    }
    let Some(offset) = text.strip_prefix(['+', '-']) else {
        return false;
    };
    let [hour, minute, _] = numbers(offset, ':', [2, 2, 0]);
    offset.len() == 5
        && hour.is_some_and(|hour| hour < 24)
        && minute.is_some_and(|minute| minute < 60)
}

/// The numbers in `text`, each with its number of digits.
fn numbers(text: &str, separator: char, widths: [usize; 3]) -> [Option<u32>; 3] {
    let mut parts = text.split(separator);
    widths.map(|width| {
        let part = parts.next()?;
        let plain = part.len() == width && part.bytes().all(|b| b.is_ascii_digit());
        if plain { part.parse().ok() } else { None }
    })
}

#[cfg(test)]
mod tests {
    use super::is_timestamp;

    #[test]
    fn timestamps_need_date_time_and_zone() {
        for good in [
            "2016-03-14T01:59:00Z",
            "2016-03-14T01:59:00.000000Z",
            "2024-02-29T23:59:59+02:00",
            "2016-03-14T01:59:00.123-11:30",
        ] {
            assert!(is_timestamp(good), "{good}");
        }
        for bad in [
            "2016-03-14 01:59:00Z",
            "2016-03-14T01:59:00",
            "14-03-2016T01:59:00Z",
            "2016-13-14T01:59:00Z",
            "2016-03-14T25:59:00Z",
            "2016-03-14T01:59:00z",
            "2016-03-14t01:59:00Z",
            "2023-02-29T00:00:00Z",
            "2016-03-14T01:59:00.Z",
            "2016-03-14T01:59:00+2",
            "",
            "{% $now() %}",
            "2016-03-14T1:59:00Z",
        ] {
            assert!(!is_timestamp(bad), "{bad}");
        }
    }
}
