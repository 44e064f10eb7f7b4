//! Picture strings: JSONata's patterns for integers, numbers, dates and times.
//!
//! These are the string ends of `$formatInteger`, `$parseInteger`, `$formatNumber`, `$fromMillis` and `$toMillis`. The
//! module is pure: it reads no clock and knows neither JSONata's values nor its signatures, and a missing argument is its
//! caller's to handle. Results and error codes follow the reference implementation, its oddities included.
//!
//! A picture can ask for more than it holds, so its size and its widths are bounded here.

mod datetime;
mod integer;
mod number;
mod units;
mod words;

pub(crate) use datetime::{format_datetime, parse_datetime};
pub(crate) use integer::{format_integer, parse_integer};
pub(crate) use number::{DecimalFormat, format_number};

use crate::fault::{Code, Fault};
use crate::number::{is_space, to_text};

/// The longest picture that is accepted, in bytes. The reference has no limit.
const MAX_PICTURE: usize = 32 * 1024;

/// The largest width that a width modifier can pad a number to. The reference has no limit.
const MAX_WIDTH: f64 = 1000.0;

/// Refuses a picture that is too long.
fn check_length(picture: &str) -> Result<(), Fault> {
    if picture.len() > MAX_PICTURE {
        Err(out_of_range(picture.len() as f64))
    } else {
        Ok(())
    }
}

/// The fault for a size that is not supported.
fn out_of_range(value: f64) -> Fault {
    Fault::with(Code::D1001, to_text(value))
}

/// The letter case that a picture asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Lower,
    Upper,
    Title,
}

impl Case {
    /// Applies the case to a text that is in title case.
    fn apply(self, title: &str) -> String {
        match self {
            Case::Lower => title.to_ascii_lowercase(),
            Case::Upper => title.to_ascii_uppercase(),
            Case::Title => title.to_owned(),
        }
    }
}

/// Whether a picture asks for "three" or for "third".
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Cardinal,
    Ordinal,
}

impl Style {
    /// The first for a cardinal, the second for an ordinal.
    fn pick<T>(self, cardinal: T, ordinal: T) -> T {
        match self {
            Style::Cardinal => cardinal,
            Style::Ordinal => ordinal,
        }
    }
}
