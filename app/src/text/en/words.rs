//! Times, durations and counts as people say them: "3 min 30 s", "11 Mar, 02:00", "2 errors".

use crate::api::Time;
use crate::pages::words::{Zone, civil, days_between};
use jiff::civil::DateTime;

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

// Units on a scale of time.

pub(crate) const MILLISECONDS: &str = "ms";
pub(crate) const SECONDS: &str = "s";
pub(crate) const MINUTES: &str = "min";
pub(crate) const HOURS: &str = "h";
pub(crate) const DAYS: &str = "d";

/// How long something took: "0.4 s", "48 s", "2 min 34 s", "1 h 09 min", "1 day 4 h".
pub(crate) fn duration(ms: i64) -> String {
    let ms = ms.max(0);
    match ms {
        0..50 => "0 s".to_owned(),
        50..10_000 => tenths(ms),
        10_000..59_500 => format!("{} s", (ms + 500) / SECOND),
        59_500..3_599_500 => pair((ms + 500) / SECOND, 60, "min", "s"),
        3_599_500..86_370_000 => pair((ms + 30 * SECOND) / MINUTE, 60, "h", "min"),
        _ => days((ms + 30 * MINUTE) / HOUR),
    }
}

fn tenths(ms: i64) -> String {
    let tenths = (ms + 50) / 100;
    match tenths % 10 {
        0 => format!("{} s", tenths / 10),
        rest => format!("{}.{rest} s", tenths / 10),
    }
}

fn pair(total: i64, size: i64, big: &str, small: &str) -> String {
    match total % size {
        0 => format!("{} {big}", total / size),
        rest => format!("{} {big} {rest:02} {small}", total / size),
    }
}

fn days(hours: i64) -> String {
    let (days, rest) = (hours / 24, hours % 24);
    let days_word = counted(days, "day", "days");
    if rest == 0 || days >= 7 {
        days_word
    } else {
        format!("{days_word} {rest} h")
    }
}

/// How long until then, coarsely: "5 days left", "1 day 4 h left", "4 h 20 min left", "less than a minute left".
pub(crate) fn left(ms: i64) -> String {
    match ms {
        ..MINUTE => "less than a minute left".to_owned(),
        MINUTE..HOUR => format!("{} min left", ms / MINUTE),
        HOUR..DAY => format!(
            "{} left",
            pair(ms / MINUTE, 60, "h", "min").replace(" 0", " ")
        ),
        _ if ms < 3 * DAY => format!("{} left", days(ms / HOUR)),
        _ => format!("{} left", counted(ms / DAY, "day", "days")),
    }
}

/// How long ago, coarsely: "just now", "4 min ago", "2 h ago", "3 days ago".
pub(crate) fn ago(ms: i64) -> String {
    match ms {
        ..MINUTE => "just now".to_owned(),
        MINUTE..HOUR => format!("{} min ago", ms / MINUTE),
        HOUR..DAY => format!("{} h ago", ms / HOUR),
        _ => format!("{} ago", counted(ms / DAY, "day", "days")),
    }
}

/// "1 error", "2 errors", "84,200 errors": how all counts with their word are written.
pub(crate) fn counted(n: impl TryInto<i64>, one: &str, many: &str) -> String {
    let n = n.try_into().unwrap_or(i64::MAX);
    format!("{} {}", grouped(n), if n == 1 { one } else { many })
}

/// A count as a word up to twelve, for headings: "Five decisions". Digits above.
pub(crate) fn spelled(n: usize) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    WORDS
        .get(n)
        .map_or_else(|| n.to_string(), |w| (*w).to_owned())
}

/// The first letter large.
pub(crate) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// "84,200"
pub(crate) fn grouped(n: impl TryInto<i64>) -> String {
    let n = n.try_into().unwrap_or(i64::MAX);
    let digits = n.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        out.push('−');
    }
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn month(at: DateTime) -> &'static str {
    usize::try_from(at.month() - 1)
        .ok()
        .and_then(|m| MONTHS.get(m))
        .copied()
        .unwrap_or("")
}

fn weekday(at: DateTime) -> &'static str {
    match at.weekday() {
        jiff::civil::Weekday::Monday => "Mon",
        jiff::civil::Weekday::Tuesday => "Tue",
        jiff::civil::Weekday::Wednesday => "Wed",
        jiff::civil::Weekday::Thursday => "Thu",
        jiff::civil::Weekday::Friday => "Fri",
        jiff::civil::Weekday::Saturday => "Sat",
        jiff::civil::Weekday::Sunday => "Sun",
    }
}

/// "02:00:04"
pub(crate) fn clock(at: Time, zone: Zone) -> String {
    civil(at, zone).map_or_else(String::new, |c| {
        format!("{:02}:{:02}:{:02}", c.hour(), c.minute(), c.second())
    })
}

/// "02:00:04.127", for events that lie close together.
pub(crate) fn clock_exact(at: Time, zone: Zone) -> String {
    format!("{}.{:03}", clock(at, zone), at.0.rem_euclid(SECOND))
}

/// "Today, 17:00", "Yesterday, 17:00", "11 Mar, 02:00", "11 Mar 2025, 02:00".
pub(crate) fn when(at: Time, now: Time, zone: Zone) -> String {
    dated(at, now, zone, |c, year| {
        format!("{} {}{year}", c.day(), &month(c)[..3])
    })
}

/// "Today, 17:00", "Thu 13 March, 17:00": for a moment by which something must be done.
pub(crate) fn due(at: Time, now: Time, zone: Zone) -> String {
    dated(at, now, zone, |c, year| {
        format!("{} {} {}{year}", weekday(c), c.day(), month(c))
    })
}

fn dated(at: Time, now: Time, zone: Zone, far: impl Fn(DateTime, &str) -> String) -> String {
    let (Some(then), Some(present)) = (civil(at, zone), civil(now, zone)) else {
        return String::new();
    };
    let year = if then.year() == present.year() {
        String::new()
    } else {
        format!(" {}", then.year())
    };
    let day = match days_between(present, then) {
        Some(0) => "Today".to_owned(),
        Some(1) => "Tomorrow".to_owned(),
        Some(-1) => "Yesterday".to_owned(),
        _ => far(then, &year),
    };
    format!("{day}, {:02}:{:02}", then.hour(), then.minute())
}

/// A moment inside a sentence: "today at 17:00", "on 11 Mar at 02:00".
pub(crate) fn in_sentence(words: &str) -> String {
    let relative = ["Today", "Yesterday", "Tomorrow"]
        .iter()
        .any(|w| words.starts_with(w));
    if relative {
        words.to_lowercase().replacen(", ", " at ", 1)
    } else {
        format!("on {}", words.replacen(", ", " at ", 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_reads_well_inside_a_sentence() {
        assert_eq!(in_sentence("Today, 17:00"), "today at 17:00");
        assert_eq!(in_sentence("11 Mar, 02:00"), "on 11 Mar at 02:00");
    }

    const UTC: Zone = Zone(0);
    /// Wed 12 March 2025, 12:40 UTC.
    const NOW: Time = Time(1_741_783_200_000);

    #[test]
    fn a_duration_has_two_units_at_most() {
        let cases = [
            (0, "0 s"),
            (400, "0.4 s"),
            (1000, "1 s"),
            (48_000, "48 s"),
            (59_700, "1 min"),
            (154_000, "2 min 34 s"),
            (123_000, "2 min 03 s"),
            (4_140_000, "1 h 09 min"),
            (100_800_000, "1 day 4 h"),
            (8 * DAY, "8 days"),
        ];
        for (ms, words) in cases {
            assert_eq!(duration(ms), words, "{ms} ms");
        }
    }

    #[test]
    fn a_moment_of_today_is_named_so() {
        assert_eq!(when(Time(NOW.0 + 4 * HOUR), NOW, UTC), "Today, 16:40");
        assert_eq!(when(Time(NOW.0 - DAY), NOW, UTC), "Yesterday, 12:40");
        assert_eq!(due(Time(NOW.0 + 5 * DAY), NOW, UTC), "Mon 17 March, 12:40");
        assert_eq!(when(Time(NOW.0 - 400 * DAY), NOW, UTC), "6 Feb 2024, 12:40");
    }

    #[test]
    fn the_day_is_the_reader_s_own() {
        let late = Time(NOW.0 + 11 * HOUR);
        assert_eq!(when(late, NOW, UTC), "Today, 23:40");
        assert_eq!(when(late, NOW, Zone(60)), "Tomorrow, 00:40");
    }

    #[test]
    fn what_is_left_is_said_coarsely() {
        assert_eq!(left(4 * HOUR + 20 * MINUTE), "4 h 20 min left");
        assert_eq!(left(4 * HOUR + 5 * MINUTE), "4 h 5 min left");
        assert_eq!(left(28 * HOUR), "1 day 4 h left");
        assert_eq!(left(6 * DAY + HOUR), "6 days left");
        assert_eq!(left(10), "less than a minute left");
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(grouped(84_200), "84,200");
        assert_eq!(grouped(-1_234_567), "−1,234,567");
        assert_eq!(counted(1, "error", "errors"), "1 error");
        assert_eq!(counted(84_200, "error", "errors"), "84,200 errors");
    }
}
