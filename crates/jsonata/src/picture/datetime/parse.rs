//! Reads times with a picture.

use super::super::integer::{Form, IntegerPicture, read_integer};
use super::super::{Style, out_of_range};
use super::calendar::clip;
use super::component::Component;
use super::given::Given;
use super::iso;
use super::matcher::{Class, Step, match_steps};
use super::picture::{Marker, Part, Presentation, read};
use crate::fault::{Code, Fault};
use crate::number::parse_int;

/// `$toMillis`. `None` is a text that the picture does not match; parts of the time that come before all that the picture
/// has are taken from `now`.
pub(crate) fn parse_datetime(
    text: &str,
    picture: Option<&str>,
    now_millis: f64,
) -> Result<Option<f64>, Fault> {
    let Some(picture) = picture else {
        return iso::parse(text).map(Some);
    };
    let parts = read(picture)?;
    let mut steps = Vec::new();
    let mut fields = Vec::new();
    for part in &parts {
        let start = steps.len();
        match part {
            Part::Literal(literal) => push_literal(&mut steps, literal),
            Part::Marker(marker) => {
                let reading = Reading::of(marker)?;
                reading.push_steps(&mut steps, marker.read_digits)?;
                fields.push((marker.component, reading, start..steps.len()));
            }
        }
    }
    let text: Vec<char> = text.chars().collect();
    let matched = match_steps(&steps, &text).map_err(|_| out_of_range(text.len() as f64))?;
    let Some(places) = matched else {
        return Ok(None);
    };
    let place = |step: usize| places.get(step).copied().unwrap_or(0);
    let mut given = Given::default();
    for (component, reading, range) in fields {
        let taken: String = text
            .get(place(range.start)..place(range.end))
            .unwrap_or_default()
            .iter()
            .collect();
        given.set(component, reading.value(&taken)?);
    }
    given.time(clip(now_millis))
}

/// How a marker is read.
enum Reading<'a> {
    Zone {
        name: &'static str,
        picture: &'a IntegerPicture,
    },
    Fraction,
    Integer(&'a IntegerPicture),
    /// A name, of which the width keeps so many letters.
    Name {
        names: &'static [&'static str],
        length: usize,
    },
    HalfDay,
}

impl<'a> Reading<'a> {
    fn of(marker: &'a Marker) -> Result<Self, Fault> {
        let component = marker.component;
        if component == Component::Fraction {
            return Ok(Reading::Fraction);
        }
        match &marker.presentation {
            Presentation::Integer(picture) => Ok(match component.zone_name() {
                Some(name) => Reading::Zone { name, picture },
                None => Reading::Integer(picture),
            }),
            Presentation::Name(_) | Presentation::Fixed => match component.names() {
                Some(names) => Ok(Reading::Name {
                    names,
                    length: marker.name_length(),
                }),
                None if component == Component::HalfDay => Ok(Reading::HalfDay),
                None => Err(Fault::with(Code::D3133, component.letter().0)),
            },
        }
    }

    /// Adds the steps that match it.
    fn push_steps(&self, steps: &mut Vec<Step>, digits: Option<f64>) -> Result<(), Fault> {
        match self {
            Reading::Zone { name, picture } => push_zone(steps, name, picture),
            Reading::Integer(picture) => push_integer(steps, picture, digits),
            Reading::Fraction => {
                steps.push(Step::Many(Class::Digit));
                Ok(())
            }
            Reading::Name { .. } | Reading::HalfDay => {
                steps.push(Step::Many(Class::Letter));
                Ok(())
            }
        }
    }

    /// What a part of the text means; `None` for a name that is none, such as one in another letter case.
    fn value(&self, text: &str) -> Result<Option<f64>, Fault> {
        match self {
            Reading::Zone { name, picture } => Ok(Some(zone(
                text.get(name.len()..).unwrap_or_default(),
                picture,
            ))),
            Reading::Integer(picture) => read_integer(text, picture).map(Some),
            Reading::Fraction => Ok(Some(fraction(text))),
            Reading::Name { names, length } => {
                // Of names that the width makes equal the last counts.
                let index = names
                    .iter()
                    .rposition(|name| name.get(..*length).unwrap_or(name) == text);
                Ok(index.map(|index| index as f64 + 1.0))
            }
            Reading::HalfDay => Ok(half_day(text)),
        }
    }
}

impl Marker {
    /// How many letters of a name are compared; a width of zero is none.
    fn name_length(&self) -> usize {
        let max = self
            .width
            .and_then(|width| width.max)
            .filter(|&max| max != 0.0 && !max.is_nan());
        max.map_or(usize::MAX, |max| max as usize)
    }
}

fn push_literal(steps: &mut Vec<Step>, literal: &str) {
    steps.extend(literal.chars().map(|c| Step::One(Class::Exactly(c))));
}

/// A zone: a sign and digits, in two halves where the pattern has a regular separator.
fn push_zone(steps: &mut Vec<Step>, name: &str, picture: &IntegerPicture) -> Result<(), Fault> {
    push_literal(steps, name);
    steps.push(Step::One(Class::Sign));
    steps.push(Step::Many(Class::Digit));
    if let Some(separator) = picture.separator() {
        let class = match separator {
            '.' => Class::Any,
            // In the reference these would be operators of its expression, most of them in a wrong place.
            '+' | '*' | '?' | '(' | ')' | '[' | '\\' | '|' | '^' | '$' => {
                return Err(Fault::with(Code::D3130, separator));
            }
            other => Class::Exactly(other),
        };
        steps.push(Step::One(class));
        steps.push(Step::Many(Class::Digit));
    }
    Ok(())
}

fn push_integer(
    steps: &mut Vec<Step>,
    picture: &IntegerPicture,
    digits: Option<f64>,
) -> Result<(), Fault> {
    match &picture.form {
        Form::Letters(_) => steps.push(Step::Many(Class::Letter)),
        Form::Roman(_) => steps.push(Step::Many(Class::Roman)),
        Form::Words(_) => steps.push(Step::Words),
        Form::Decimal(_) => {
            steps.push(match digits {
                Some(count) if count >= 1.0 => Step::Digits(count as usize),
                Some(_) | None => Step::Many(Class::Digit),
            });
            match picture.style {
                Style::Cardinal => {}
                Style::Ordinal => steps.push(Step::Suffix),
            }
        }
        Form::Sequence(token) => return Err(Fault::with(Code::D3130, token.as_str())),
    }
    Ok(())
}

fn half_day(text: &str) -> Option<f64> {
    match text {
        "am" | "AM" => Some(0.0),
        "pm" | "PM" => Some(1.0),
        _ => None,
    }
}

fn fraction(digits: &str) -> f64 {
    let first: String = digits.chars().take(3).collect();
    format!("0.{first}")
        .parse()
        .map_or(f64::NAN, |seconds: f64| seconds * 1000.0)
}

/// The minutes of a zone. A sign before the hours does not reach the minutes, in the reference as well.
fn zone(text: &str, picture: &IntegerPicture) -> f64 {
    let (hours, minutes) = match picture.separator() {
        Some(separator) => match text.split_once(separator) {
            // Behind a separator of two units the reference starts to read in its middle.
            Some((hours, minutes)) if separator.len_utf16() == 1 => {
                (parse_int(hours), parse_int(minutes))
            }
            Some(_) | None => (f64::NAN, f64::NAN),
        },
        None if text.len() <= 3 => (parse_int(text), 0.0),
        None => {
            let (hours, minutes) = text.split_at_checked(3).unwrap_or((text, ""));
            (parse_int(hours), parse_int(minutes))
        }
    };
    hours * 60.0 + minutes
}
