//! Makes a time of the parts that a text gave.
//!
//! A date is given by year, month and day or by year and day of the year; weeks cannot be read. What is missing before
//! the first part comes from now, what is missing behind the last is the least, and a gap between is an error.

use super::calendar::{Civil, DAY, Parts, clip};
use super::component::Component;
use crate::fault::{Code, Fault};

/// What a text gave, the last value where a component occurs twice.
#[derive(Default)]
pub(super) struct Given(Vec<(Component, Option<f64>)>);

/// The components that a date or a time can be made of, the largest first.
const DATE: [Component; 3] = [Component::Year, Component::Month, Component::Day];
const DAY_OF_YEAR: [Component; 2] = [Component::Year, Component::Day];
const CLOCK: [Component; 4] = [
    Component::Hour,
    Component::Minute,
    Component::Second,
    Component::Fraction,
];
const HALF_DAY_CLOCK: [Component; 5] = [
    Component::HalfDay,
    Component::HalfDayHour,
    Component::Minute,
    Component::Second,
    Component::Fraction,
];

impl Given {
    pub(super) fn set(&mut self, component: Component, value: Option<f64>) {
        self.0.retain(|&(other, _)| other != component);
        self.0.push((component, value));
    }

    fn get(&self, component: Component) -> Option<f64> {
        self.0
            .iter()
            .find(|&&(other, _)| other == component)
            .and_then(|&(_, value)| value)
    }

    /// The value of a component that is there by now.
    fn number(&self, component: Component) -> f64 {
        self.get(component).unwrap_or(f64::NAN)
    }

    /// Whether there are some of the first components and none of the others. A zero counts as not there.
    fn consists_of(&self, expected: &[Component], all: &[Component]) -> bool {
        let is_there = |component: &Component| {
            self.get(*component)
                .is_some_and(|value| value != 0.0 && !value.is_nan())
        };
        let mut there = all
            .iter()
            .filter(|component| is_there(component))
            .peekable();
        there.peek().is_some() && there.all(|component| expected.contains(component))
    }

    /// The time that the parts make.
    pub(super) fn time(mut self, now: f64) -> Result<Option<f64>, Fault> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let form = DateForm::of(&self);
        let half_days = self.has_half_days();
        let date: &[Component] = match form {
            DateForm::Date => &DATE,
            DateForm::DayOfYear => &DAY_OF_YEAR,
            DateForm::Week => return Err(Fault::new(Code::D3136)),
        };
        let clock: &[Component] = if half_days { &HALF_DAY_CLOCK } else { &CLOCK };
        self.fill(date.iter().chain(clock), now)?;
        let parts = self.parts(form, half_days);
        Ok(Some(parts.utc() - self.offset() * 60_000.0))
    }

    /// Whether the hours are counted twice a day.
    fn has_half_days(&self) -> bool {
        let all = [&HALF_DAY_CLOCK[..], &CLOCK[..]].concat();
        !self.consists_of(&CLOCK, &all) && self.consists_of(&HALF_DAY_CLOCK, &all)
    }

    /// Fills in what is missing: from now before the first given component, with the least value behind the last.
    fn fill<'a>(
        &mut self,
        components: impl Iterator<Item = &'a Component>,
        now: f64,
    ) -> Result<(), Fault> {
        let (mut started, mut ended) = (false, false);
        for &component in components {
            let value = match self.get(component) {
                Some(_) if ended => return Err(Fault::new(Code::D3136)),
                Some(value) => {
                    started = true;
                    value
                }
                None if started => {
                    ended = true;
                    if matches!(component, Component::Month | Component::Day) {
                        1.0
                    } else {
                        0.0
                    }
                }
                // The reference does not understand the half day that it finds here, and takes the first.
                None if component == Component::HalfDay => 0.0,
                None => component.value(now),
            };
            self.set(component, Some(value));
        }
        Ok(())
    }

    fn parts(&self, form: DateForm, half_days: bool) -> Parts {
        let (month, day) = match form {
            DateForm::DayOfYear => self.day_of_year(),
            DateForm::Date | DateForm::Week => (self.month(), self.number(Component::Day)),
        };
        Parts {
            hour: if half_days {
                self.half_day_hour()
            } else {
                self.number(Component::Hour)
            },
            minute: self.number(Component::Minute),
            second: self.number(Component::Second),
            milli: self.number(Component::Fraction),
            ..Parts::date(self.number(Component::Year), month, day)
        }
    }

    /// The month from zero; what is no month is the first.
    fn month(&self) -> f64 {
        let month = self.number(Component::Month);
        if month > 0.0 { month - 1.0 } else { 0.0 }
    }

    fn day_of_year(&self) -> (f64, f64) {
        let first = Parts::date(self.number(Component::Year), 0.0, 1.0).utc();
        let time = clip(first + (self.number(Component::DayOfYear) - 1.0) * DAY);
        Civil::of(time).map_or((f64::NAN, f64::NAN), |civil| {
            (civil.month as f64, civil.day as f64)
        })
    }

    fn half_day_hour(&self) -> f64 {
        let hour = self.number(Component::HalfDayHour);
        let hour = if hour == 12.0 { 0.0 } else { hour };
        if self.number(Component::HalfDay) == 1.0 {
            hour + 12.0
        } else {
            hour
        }
    }

    /// The offset in minutes; one that is no number is none.
    fn offset(&self) -> f64 {
        let zones = [Component::Zone, Component::NamedZone].map(|zone| self.number(zone));
        zones
            .into_iter()
            .find(|&minutes| minutes != 0.0 && !minutes.is_nan())
            .unwrap_or(0.0)
    }
}

/// What the date is given by.
#[derive(Clone, Copy)]
enum DateForm {
    /// Year, month and day, whatever else there is.
    Date,
    DayOfYear,
    /// A week of a year or month, which cannot be read.
    Week,
}

impl DateForm {
    fn of(given: &Given) -> Self {
        use Component::{Day, DayOfYear, Month, Week, WeekMonth, WeekOfMonth, WeekYear, Year};
        let all = [
            Year,
            WeekYear,
            Month,
            WeekMonth,
            Week,
            WeekOfMonth,
            DayOfYear,
            Day,
        ];
        if given.consists_of(&DATE, &all) {
            DateForm::Date
        } else if given.consists_of(&[Year, DayOfYear], &all) {
            DateForm::DayOfYear
        } else if given.consists_of(&[WeekYear, WeekMonth, WeekOfMonth], &all)
            || given.consists_of(&[WeekYear, Week], &all)
        {
            DateForm::Week
        } else {
            DateForm::Date
        }
    }
}
