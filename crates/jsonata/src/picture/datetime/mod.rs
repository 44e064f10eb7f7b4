//! `$fromMillis` and `$toMillis`: times with a picture, and in ISO 8601 without one.
//!
//! [`picture`] reads a picture, [`mod@format`] writes with it, and [`parse`] reads with it after [`matcher`] has found which
//! part of the text belongs to which part of the picture; [`given`] makes a time of what was found. The calendar is
//! [`calendar`]'s alone. Time zones are offsets only: there are no zone names, no daylight saving time, and a time
//! without a zone is in UTC.

mod calendar;
mod component;
mod format;
mod given;
mod iso;
mod matcher;
mod parse;
mod picture;

pub(crate) use format::format_datetime;
pub(crate) use parse::parse_datetime;

#[cfg(test)]
mod tests;
