//! Reads a date picture into literal texts and markers.
//!
//! A marker is little validated, as in the reference: what makes no sense shows when it is used, or not at all.

use super::super::integer::IntegerPicture;
use super::super::{Case, MAX_WIDTH, check_length, out_of_range};
use super::component::Component;
use crate::fault::{Code, Fault};
use crate::number::{is_space, parse_int};

/// A piece of a picture.
pub(super) enum Part {
    Literal(String),
    Marker(Marker),
}

/// A variable part of a picture.
pub(super) struct Marker {
    pub(super) component: Component,
    pub(super) presentation: Presentation,
    /// The longest a name may get. A minimum is already in the presentation, since only numbers follow it.
    pub(super) width: Option<Width>,
    /// Whether a zone without offset is written as "Z".
    pub(super) zulu: bool,
    /// The number of digits that a year is cut to.
    pub(super) year_digits: Option<f64>,
    /// The exact number of digits to read, given where another number follows at once.
    pub(super) read_digits: Option<f64>,
}

/// How a component is written.
pub(super) enum Presentation {
    Name(Case),
    Integer(IntegerPicture),
    /// Neither, for components that have one form only.
    Fixed,
}

/// A width modifier. Its numbers are whatever they read as, NaN among it.
#[derive(Clone, Copy)]
pub(super) struct Width {
    pub(super) min: Option<f64>,
    pub(super) max: Option<f64>,
}

/// Splits a picture into its parts.
pub(super) fn read(picture: &str) -> Result<Vec<Part>, Fault> {
    check_length(picture)?;
    let mut parts = Vec::new();
    let mut rest = picture;
    while let Some((literal, after)) = rest.split_once('[') {
        push_literal(&mut parts, literal);
        rest = match after.strip_prefix('[') {
            Some(after) => {
                parts.push(Part::Literal("[".to_owned()));
                after
            }
            None => {
                let (marker, after) = after
                    .split_once(']')
                    .ok_or_else(|| Fault::new(Code::D3135))?;
                push_marker(&mut parts, marker)?;
                after
            }
        };
    }
    push_literal(&mut parts, rest);
    Ok(parts)
}

fn push_literal(parts: &mut Vec<Part>, literal: &str) {
    if !literal.is_empty() {
        parts.push(Part::Literal(literal.replace("]]", "]")));
    }
}

fn push_marker(parts: &mut Vec<Part>, text: &str) -> Result<(), Fault> {
    let marker = Marker::read(text)?;
    if let (Some(Part::Marker(previous)), true) = (parts.last_mut(), marker.is_number()) {
        previous.fix_digits();
    }
    parts.push(Part::Marker(marker));
    Ok(())
}

impl Marker {
    fn read(text: &str) -> Result<Self, Fault> {
        let text: String = text.chars().filter(|&c| !is_space(c)).collect();
        let component = text.chars().next().map(Component::of);
        let (width, modifiers) = split_width(&text);
        let (first, second) = split_modifiers(modifiers);
        let default = component.and_then(|component| component.letter().1);
        let (Some(component), Some(first)) = (component, first.or(default)) else {
            return Err(Fault::with(
                Code::D3132,
                text.chars().take(1).collect::<String>(),
            ));
        };
        let mut marker = Marker {
            component,
            presentation: Presentation::of(component, first, second)?,
            width,
            zulu: second == Some('t'),
            year_digits: None,
            read_digits: None,
        };
        marker.apply_width()?;
        Ok(marker)
    }

    /// Whether it is read as an integer, which the number before it then has to leave room for.
    fn is_number(&self) -> bool {
        self.component.is_integer() && matches!(self.presentation, Presentation::Integer(_))
    }

    /// Takes the number of digits to read from the pattern.
    fn fix_digits(&mut self) {
        if let Presentation::Integer(picture) = &self.presentation {
            self.read_digits = picture.decimal().map(|decimal| decimal.mandatory);
        }
    }

    /// Lets the width say how many digits there are.
    fn apply_width(&mut self) -> Result<(), Fault> {
        let Presentation::Integer(picture) = &mut self.presentation else {
            return Ok(());
        };
        if !self.component.is_integer() {
            return Ok(());
        }
        let min = self.width.and_then(|width| width.min);
        let max = self
            .width
            .and_then(|width| width.max)
            .filter(|_| self.component == Component::Year);
        if let Some(decimal) = picture.decimal_mut() {
            if min.is_some_and(|min| decimal.mandatory < min) {
                decimal.mandatory = bounded(min.unwrap_or_default())?;
            }
            let digits = decimal.mandatory + decimal.optional;
            if let Some(max) = max {
                decimal.mandatory = bounded(max)?;
            } else if self.component == Component::Year && digits >= 2.0 {
                self.year_digits = Some(digits);
            }
        }
        // Minus one is how the reference notes that there is no limit.
        self.year_digits = max.or(self.year_digits).filter(|&digits| digits != -1.0);
        Ok(())
    }
}

/// Refuses a width that would make a result out of proportion to its picture.
fn bounded(width: f64) -> Result<f64, Fault> {
    if width > MAX_WIDTH {
        Err(out_of_range(width))
    } else {
        Ok(width)
    }
}

impl Presentation {
    fn of(component: Component, first: &str, second: Option<char>) -> Result<Self, Fault> {
        if component.zone_name().is_some() {
            return Ok(Presentation::Integer(IntegerPicture::read(first)?));
        }
        match first.as_bytes() {
            [b'n', ..] => Ok(Presentation::Name(Case::Lower)),
            [b'N', b'n', ..] => Ok(Presentation::Name(Case::Title)),
            [b'N', ..] => Ok(Presentation::Name(Case::Upper)),
            _ if component.is_integer() => {
                let mut pattern = first.to_owned();
                if let Some(second) = second {
                    pattern.push(';');
                    pattern.push(second);
                }
                Ok(Presentation::Integer(IntegerPicture::read(&pattern)?))
            }
            _ => Ok(Presentation::Fixed),
        }
    }
}

/// The width modifier, and what is left between it and the component.
fn split_width(text: &str) -> (Option<Width>, &str) {
    let after_component = |text: &str| text.chars().next().map_or(0, char::len_utf8);
    match text.rsplit_once(',') {
        // The reference takes a comma in the component's place for a modifier as well.
        Some(("", width)) => (Some(read_width(width)), ","),
        Some((before, width)) => (
            Some(read_width(width)),
            modifiers(before, after_component(before)),
        ),
        None => (None, modifiers(text, after_component(text))),
    }
}

/// What follows the component. One outside the basic plane leaves its second half there, which is a modifier.
fn modifiers(text: &str, start: usize) -> &str {
    if start == 4 {
        text
    } else {
        text.get(start..).unwrap_or_default()
    }
}

fn read_width(text: &str) -> Width {
    let read = |bound: &str| (bound != "*").then(|| parse_int(bound));
    match text.split_once('-') {
        Some((min, max)) => Width {
            min: read(min),
            max: read(max),
        },
        None => Width {
            min: read(text),
            max: None,
        },
    }
}

/// The first and the second presentation modifier.
fn split_modifiers(text: &str) -> (Option<&str>, Option<char>) {
    let mut before = text.chars();
    match before.next_back() {
        None => (None, None),
        Some(last @ ('a' | 't' | 'c' | 'o')) if !before.as_str().is_empty() => {
            (Some(before.as_str()), Some(last))
        }
        Some(_) => (Some(text), None),
    }
}
