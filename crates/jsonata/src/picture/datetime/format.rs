//! Writes times with a picture.

use super::super::integer::{IntegerPicture, format_integer, write_integer};
use super::super::{Case, out_of_range};
use super::calendar::clip;
use super::component::Component;
use super::picture::{Marker, Part, Presentation, read};
use crate::fault::{Code, Fault};
use crate::number::{parse_int, power_of_ten};

/// The picture of ISO 8601, which is used when none is given.
const ISO: &str = "[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]";

/// `$fromMillis`.
pub(crate) fn format_datetime(
    millis: f64,
    picture: Option<&str>,
    timezone: Option<&str>,
) -> Result<String, Fault> {
    let offset = Offset::read(timezone);
    let time = clip(millis + (60.0 * offset.hours + offset.minutes) * 60_000.0);
    let mut written = String::new();
    for part in read(picture.unwrap_or(ISO))? {
        match part {
            Part::Literal(literal) => written.push_str(&literal),
            Part::Marker(marker) => written.push_str(
                &Writer {
                    marker: &marker,
                    time,
                    offset,
                }
                .write()?,
            ),
        }
    }
    Ok(written)
}

/// The offset of a time zone. Both parts count, so that a zone west of Greenwich with minutes, such as `-0530`, is an
/// hour farther west than it says; the reference reads it so.
#[derive(Clone, Copy)]
struct Offset {
    hours: f64,
    minutes: f64,
}

impl Offset {
    fn read(timezone: Option<&str>) -> Self {
        let digits = timezone.map_or(0.0, parse_int);
        Offset {
            hours: (digits / 100.0).floor(),
            minutes: digits % 100.0,
        }
    }

    /// Hours and minutes as the digits of one number.
    fn digits(self) -> f64 {
        self.hours * 100.0 + self.minutes
    }
}

/// Writes one marker.
struct Writer<'a> {
    marker: &'a Marker,
    time: f64,
    offset: Offset,
}

impl Writer<'_> {
    fn write(&self) -> Result<String, Fault> {
        let component = self.marker.component;
        if let Some(name) = component.zone_name() {
            self.zone(name)
        } else if component.is_integer() {
            self.integer_or_name()
        } else if component == Component::HalfDay {
            Ok(self.half_day())
        } else if matches!(component, Component::Calendar | Component::Era) {
            Ok("ISO".to_owned())
        } else {
            // The reference does not notice that it has nothing to write for an unknown letter.
            Ok("undefined".to_owned())
        }
    }

    fn integer_or_name(&self) -> Result<String, Fault> {
        let value = self.marker.component.value(self.time);
        match &self.marker.presentation {
            Presentation::Name(case) => self.name(value, *case),
            Presentation::Integer(picture) => write_integer(self.cut_year(value), picture),
            // Integer components have no fixed form, so nothing comes here.
            Presentation::Fixed => Ok(String::new()),
        }
    }

    /// Keeps the last digits of a year; the width is NaN where it does not read as a number.
    fn cut_year(&self, value: f64) -> f64 {
        match self.marker.year_digits {
            Some(digits) if digits < 400.0 => value % power_of_ten(digits as i32),
            Some(digits) if digits.is_nan() => f64::NAN,
            Some(_) | None => value,
        }
    }

    fn name(&self, value: f64, case: Case) -> Result<String, Fault> {
        let component = self.marker.component;
        let names = component
            .names()
            .ok_or_else(|| Fault::with(Code::D3133, component.letter().0))?;
        match names.get((value - 1.0) as usize).filter(|_| value >= 1.0) {
            Some(name) => Ok(self.shorten(case.apply(name))),
            // A time out of range has no month; in one case the reference does not notice.
            None if case == Case::Title && self.marker.width.is_none() => {
                Ok("undefined".to_owned())
            }
            None => Err(out_of_range(self.time)),
        }
    }

    fn shorten(&self, name: String) -> String {
        match self.marker.width.and_then(|width| width.max) {
            Some(max) if name.len() as f64 > max => name.chars().take(max as usize).collect(),
            Some(_) | None => name,
        }
    }

    fn half_day(&self) -> String {
        let half = if self.time.is_finite() && Component::HalfDay.value(self.time) == 1.0 {
            "pm"
        } else {
            "am"
        };
        match self.marker.presentation {
            Presentation::Name(Case::Upper) => half.to_ascii_uppercase(),
            Presentation::Name(Case::Lower | Case::Title)
            | Presentation::Integer(_)
            | Presentation::Fixed => half.to_owned(),
        }
    }

    fn zone(&self, name: &str) -> Result<String, Fault> {
        let Presentation::Integer(picture) = &self.marker.presentation else {
            return Ok(String::new());
        };
        let digits = self.offset.digits();
        let offset = self.zone_offset(picture)?;
        if digits == 0.0 && self.marker.zulu {
            return Ok("Z".to_owned());
        }
        let sign = if digits >= 0.0 { "+" } else { "" };
        Ok([name, sign, &offset].concat())
    }

    /// Writes the offset: in one number, or the minutes apart and only if there are any.
    fn zone_offset(&self, picture: &IntegerPicture) -> Result<String, Fault> {
        let digits = picture
            .decimal()
            .map_or(f64::NAN, |decimal| decimal.mandatory);
        if picture.separator().is_some() || digits == 3.0 || digits == 4.0 {
            return write_integer(self.offset.digits(), picture);
        }
        if digits != 1.0 && digits != 2.0 {
            return Err(Fault::new(Code::D3134));
        }
        let mut written = write_integer(self.offset.hours, picture)?;
        if self.offset.minutes != 0.0 {
            written.push(':');
            written.push_str(&format_integer(self.offset.minutes, "00")?);
        }
        Ok(written)
    }
}
