//! The civil calendar, in milliseconds since 1970 and always in UTC.
//!
//! Times are `f64` as in JavaScript, and NaN is a time that does not exist: arithmetic on it gives NaN again, so that a
//! time out of range reaches its picture the way it does in the reference. Time zones are not known here.

/// The milliseconds of a day.
pub(super) const DAY: f64 = 86_400_000.0;

/// The latest time that a date can have, and the earliest with the other sign.
const LAST: f64 = 8.64e15;

/// Brings a time to whole milliseconds; NaN when it is too far away.
pub(super) fn clip(time: f64) -> f64 {
    if time.abs() <= LAST {
        time.trunc()
    } else {
        f64::NAN
    }
}

/// A point of time by its parts, which need not be in range: the month counts from zero, the day from one.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    pub(super) year: f64,
    pub(super) month: f64,
    pub(super) day: f64,
    pub(super) hour: f64,
    pub(super) minute: f64,
    pub(super) second: f64,
    pub(super) milli: f64,
}

impl Parts {
    /// Midnight of a day.
    pub(super) fn date(year: f64, month: f64, day: f64) -> Self {
        Parts {
            year,
            month,
            day,
            hour: 0.0,
            minute: 0.0,
            second: 0.0,
            milli: 0.0,
        }
    }

    /// The time, with every part taken as it is.
    pub(super) fn time(self) -> f64 {
        let clock = self.hour.trunc() * 3_600_000.0
            + self.minute.trunc() * 60_000.0
            + self.second.trunc() * 1000.0
            + self.milli.trunc();
        clip(days_before(self.year, self.month, self.day) * DAY + clock)
    }

    /// The time as JavaScript's `Date.UTC` has it, which takes the years 0 to 99 for those from 1900 on.
    pub(super) fn utc(self) -> f64 {
        let year = self.year.trunc();
        let year = if (0.0..=99.0).contains(&year) {
            year + 1900.0
        } else {
            year
        };
        Parts { year, ..self }.time()
    }
}

/// The days from 1970 to a date.
fn days_before(year: f64, month: f64, day: f64) -> f64 {
    let (year, month) = (year.trunc(), month.trunc());
    // Farther away no day exists that a date could name.
    if !(year.abs() <= 1e6 && month.abs() <= 1e7) {
        return f64::NAN;
    }
    let years = year as i64 + (month as i64).div_euclid(12);
    let month = (month as i64).rem_euclid(12);
    first_of_month(years, month) as f64 + day.trunc() - 1.0
}

/// The days from 1970 to the first of a month. The year is counted from March, so that the leap day is its last.
fn first_of_month(year: i64, month: i64) -> i64 {
    let (year, month) = if month < 2 {
        (year - 1, month + 10)
    } else {
        (year, month - 2)
    };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + (month * 153 + 2) / 5 - 719_468
}

/// The parts of a time that exists.
pub(super) struct Civil {
    pub(super) year: i64,
    /// From zero.
    pub(super) month: i64,
    pub(super) day: i64,
    /// Milliseconds since midnight.
    pub(super) clock: i64,
}

impl Civil {
    /// The parts of a time, `None` for NaN.
    pub(super) fn of(time: f64) -> Option<Self> {
        if clip(time).is_nan() {
            return None;
        }
        let millis = time as i64;
        let (days, clock) = (millis.div_euclid(86_400_000), millis.rem_euclid(86_400_000));
        let (year, month) = month_of(days);
        Some(Civil {
            year,
            month,
            day: days - first_of_month(year, month) + 1,
            clock,
        })
    }
}

/// The year and month of a day since 1970: first guessed by the mean length of a year, then corrected.
fn month_of(days: i64) -> (i64, i64) {
    let mut year = 1970 + (days * 400).div_euclid(146_097);
    if first_of_month(year, 0) > days {
        year -= 1;
    } else if first_of_month(year + 1, 0) <= days {
        year += 1;
    }
    let month = (1..12)
        .rev()
        .find(|&month| first_of_month(year, month) <= days)
        .unwrap_or(0);
    (year, month)
}

/// The day of the week, from one for Monday to seven.
pub(super) fn weekday(time: f64) -> f64 {
    ((time / DAY).floor() + 3.0).rem_euclid(7.0) + 1.0
}

/// A month of a year, counted from zero; for whole years it is the first.
#[derive(Clone, Copy)]
pub(super) struct Month {
    pub(super) year: f64,
    pub(super) month: f64,
}

impl Month {
    pub(super) fn next(self) -> Self {
        if self.month == 11.0 {
            Month {
                year: self.year + 1.0,
                month: 0.0,
            }
        } else {
            Month {
                month: self.month + 1.0,
                ..self
            }
        }
    }

    pub(super) fn previous(self) -> Self {
        if self.month == 0.0 {
            Month {
                year: self.year - 1.0,
                month: 11.0,
            }
        } else {
            Month {
                month: self.month - 1.0,
                ..self
            }
        }
    }

    /// When the first week starts: on the Monday of the week with the first Thursday.
    pub(super) fn first_week(self) -> f64 {
        let first = Parts::date(self.year, self.month, 1.0).utc();
        let weekday = weekday(first);
        if weekday > 4.0 {
            first + (8.0 - weekday) * DAY
        } else {
            first - (weekday - 1.0) * DAY
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_has_the_parts_that_make_it() {
        for day in (-100_000_000..=100_000_000).step_by(9_973) {
            let time = day as f64 * DAY;
            let civil = Civil::of(time).unwrap();
            let back = Parts::date(civil.year as f64, civil.month as f64, civil.day as f64).time();
            assert_eq!(back, time, "{}-{}-{}", civil.year, civil.month, civil.day);
            assert!((0..12).contains(&civil.month) && (1..=31).contains(&civil.day));
        }
    }

    #[test]
    fn times_too_far_away_do_not_exist() {
        assert!(clip(8.64e15 + 2.0).is_nan());
        assert!(Civil::of(f64::NAN).is_none());
        assert!(Parts::date(275_761.0, 0.0, 1.0).utc().is_nan());
    }

    #[test]
    fn the_first_week_has_the_first_thursday() {
        let start = |year| Month { year, month: 0.0 }.first_week();
        assert_eq!(start(2018.0), Parts::date(2018.0, 0.0, 1.0).time());
        assert_eq!(start(2021.0), Parts::date(2021.0, 0.0, 4.0).time());
        assert_eq!(start(2020.0), Parts::date(2019.0, 11.0, 30.0).time());
    }

    #[test]
    fn two_digit_years_are_of_the_last_century() {
        assert_eq!(Parts::date(70.0, 0.0, 1.0).utc(), 0.0);
        assert!(Parts::date(70.0, 0.0, 1.0).time() < 0.0);
    }
}
