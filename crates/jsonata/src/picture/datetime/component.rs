//! The components of a date picture and their values at a time.

use super::calendar::{Civil, DAY, Month, Parts, weekday};

/// The English names of the months.
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

/// The English names of the days, from Monday.
const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// What a marker of a picture stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Component {
    Year,
    Month,
    Day,
    DayOfYear,
    Weekday,
    Week,
    WeekOfMonth,
    /// The year that the week belongs to.
    WeekYear,
    /// The month that the week belongs to.
    WeekMonth,
    Hour,
    HalfDayHour,
    HalfDay,
    Minute,
    Second,
    Fraction,
    Zone,
    /// The zone with "GMT" before it.
    NamedZone,
    Calendar,
    Era,
    /// A letter that means nothing. The reference only minds it where nothing follows it.
    Unknown(char),
}

impl Component {
    pub(super) fn of(letter: char) -> Self {
        match letter {
            'Y' => Component::Year,
            'M' => Component::Month,
            'D' => Component::Day,
            'd' => Component::DayOfYear,
            'F' => Component::Weekday,
            'W' => Component::Week,
            'w' => Component::WeekOfMonth,
            'X' => Component::WeekYear,
            'x' => Component::WeekMonth,
            'H' => Component::Hour,
            'h' => Component::HalfDayHour,
            'P' => Component::HalfDay,
            'm' => Component::Minute,
            's' => Component::Second,
            'f' => Component::Fraction,
            'Z' => Component::Zone,
            'z' => Component::NamedZone,
            'C' => Component::Calendar,
            'E' => Component::Era,
            other => Component::Unknown(other),
        }
    }

    /// The letter and the presentation that it has when the marker gives none.
    pub(super) fn letter(self) -> (char, Option<&'static str>) {
        let (letter, presentation) = match self {
            Component::Year => ('Y', "1"),
            Component::Month => ('M', "1"),
            Component::Day => ('D', "1"),
            Component::DayOfYear => ('d', "1"),
            Component::Weekday => ('F', "n"),
            Component::Week => ('W', "1"),
            Component::WeekOfMonth => ('w', "1"),
            Component::WeekYear => ('X', "1"),
            Component::WeekMonth => ('x', "1"),
            Component::Hour => ('H', "1"),
            Component::HalfDayHour => ('h', "1"),
            Component::HalfDay => ('P', "n"),
            Component::Minute => ('m', "01"),
            Component::Second => ('s', "01"),
            Component::Fraction => ('f', "1"),
            Component::Zone => ('Z', "01:01"),
            Component::NamedZone => ('z', "01:01"),
            Component::Calendar => ('C', "n"),
            Component::Era => ('E', "n"),
            Component::Unknown(letter) => return (letter, None),
        };
        (letter, Some(presentation))
    }

    /// Whether it is written as an integer unless its name is asked for.
    pub(super) fn is_integer(self) -> bool {
        match self {
            Component::Year
            | Component::Month
            | Component::Day
            | Component::DayOfYear
            | Component::Weekday
            | Component::Week
            | Component::WeekOfMonth
            | Component::WeekYear
            | Component::WeekMonth
            | Component::Hour
            | Component::HalfDayHour
            | Component::Minute
            | Component::Second
            | Component::Fraction => true,
            Component::HalfDay
            | Component::Zone
            | Component::NamedZone
            | Component::Calendar
            | Component::Era
            | Component::Unknown(_) => false,
        }
    }

    /// What a zone has before its offset, for a component that is one.
    pub(super) fn zone_name(self) -> Option<&'static str> {
        if self == Component::Zone {
            Some("")
        } else if self == Component::NamedZone {
            Some("GMT")
        } else {
            None
        }
    }

    /// The names of its values, for a component that has them.
    pub(super) fn names(self) -> Option<&'static [&'static str]> {
        if matches!(self, Component::Month | Component::WeekMonth) {
            Some(&MONTHS)
        } else if self == Component::Weekday {
            Some(&DAYS)
        } else {
            None
        }
    }

    /// The value at a time, NaN where there is none.
    pub(super) fn value(self, time: f64) -> f64 {
        Civil::of(time).map_or(f64::NAN, |civil| self.of_civil(time, &civil))
    }

    fn of_civil(self, time: f64, civil: &Civil) -> f64 {
        let hour = civil.clock / 3_600_000;
        let value = match self {
            Component::Year => civil.year,
            Component::Month => civil.month + 1,
            Component::Day => civil.day,
            Component::Hour => hour,
            Component::HalfDayHour => (hour + 11) % 12 + 1,
            Component::HalfDay => hour / 12,
            Component::Minute => civil.clock / 60_000 % 60,
            Component::Second => civil.clock / 1000 % 60,
            Component::Fraction => civil.clock % 1000,
            Component::DayOfYear => return day_of_year(civil),
            Component::Weekday => return weekday(time),
            Component::Week => return week(civil, Span::Year),
            Component::WeekOfMonth => return week(civil, Span::Month),
            Component::WeekYear => return owner(time, civil, Span::Year).year,
            Component::WeekMonth => return owner(time, civil, Span::Month).month + 1.0,
            Component::Zone
            | Component::NamedZone
            | Component::Calendar
            | Component::Era
            | Component::Unknown(_) => return f64::NAN,
        };
        value as f64
    }
}

/// What weeks are counted in.
#[derive(Clone, Copy)]
enum Span {
    Year,
    Month,
}

impl Span {
    /// The span that a date is in.
    fn of(self, civil: &Civil) -> Month {
        let month = match self {
            Span::Year => 0.0,
            Span::Month => civil.month as f64,
        };
        Month {
            year: civil.year as f64,
            month,
        }
    }

    fn next(self, span: Month) -> Month {
        match self {
            Span::Year => Month {
                year: span.year + 1.0,
                ..span
            },
            Span::Month => span.next(),
        }
    }

    fn previous(self, span: Month) -> Month {
        match self {
            Span::Year => Month {
                year: span.year - 1.0,
                ..span
            },
            Span::Month => span.previous(),
        }
    }

    /// The number of weeks that every such span has.
    fn full_weeks(self) -> f64 {
        match self {
            Span::Year => 52.0,
            Span::Month => 4.0,
        }
    }
}

fn midnight(civil: &Civil) -> f64 {
    Parts::date(civil.year as f64, civil.month as f64, civil.day as f64).utc()
}

fn day_of_year(civil: &Civil) -> f64 {
    let first = Parts::date(civil.year as f64, 0.0, 1.0).utc();
    (midnight(civil) - first) / DAY + 1.0
}

/// The number of the week. A day before the first week or after the last is in one of the neighbouring span.
fn week(civil: &Civil, span: Span) -> f64 {
    let today = midnight(civil);
    let weeks_from = |start: f64| (today - start) / (DAY * 7.0) + 1.0;
    let this = span.of(civil);
    let week = weeks_from(this.first_week());
    if week > span.full_weeks() && today >= span.next(this).first_week() {
        1.0
    } else if week < 1.0 {
        weeks_from(span.previous(this).first_week()).floor()
    } else {
        week.floor()
    }
}

/// The year or month that the week of a time belongs to.
fn owner(time: f64, civil: &Civil, span: Span) -> Month {
    let this = span.of(civil);
    let next = span.next(this);
    if time < this.first_week() {
        span.previous(this)
    } else if time >= next.first_week() {
        next
    } else {
        this
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(year: f64, month: f64, day: f64) -> f64 {
        Parts {
            hour: 15.0,
            minute: 4.0,
            second: 5.0,
            milli: 6.0,
            ..Parts::date(year, month - 1.0, day)
        }
        .time()
    }

    #[test]
    fn the_turn_of_the_year_is_in_the_week_of_its_thursday() {
        let monday = at(2024.0, 12.0, 30.0);
        assert_eq!(
            (
                Component::Week.value(monday),
                Component::WeekYear.value(monday)
            ),
            (1.0, 2025.0)
        );
        assert_eq!(
            (
                Component::WeekOfMonth.value(monday),
                Component::WeekMonth.value(monday)
            ),
            (1.0, 1.0)
        );
        let friday = at(2021.0, 1.0, 1.0);
        assert_eq!(
            (
                Component::Week.value(friday),
                Component::WeekYear.value(friday)
            ),
            (53.0, 2020.0)
        );
        assert_eq!(
            (
                Component::WeekOfMonth.value(friday),
                Component::WeekMonth.value(friday)
            ),
            (5.0, 12.0)
        );
    }

    #[test]
    fn clock_parts_are_cut_from_the_day() {
        let time = at(2024.0, 2.0, 29.0);
        let values = [
            Component::Hour,
            Component::HalfDayHour,
            Component::HalfDay,
            Component::Minute,
            Component::Second,
            Component::Fraction,
            Component::DayOfYear,
            Component::Weekday,
        ]
        .map(|component| component.value(time));
        assert_eq!(values, [15.0, 3.0, 1.0, 4.0, 5.0, 6.0, 60.0, 4.0]);
    }

    #[test]
    fn every_letter_is_its_component() {
        for letter in "YMDdFWwXxHhPmsfZzCEQ".chars() {
            assert_eq!(Component::of(letter).letter().0, letter);
        }
    }
}
