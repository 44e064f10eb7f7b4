//! Functions that find patterns: texts, regular expressions, and functions that a user has written to find something.
//!
//! A matcher is called with a text and gives an object with `match`, `start`, `end`, `groups` and `next`, a function that gives the next such object.
//! Regular expressions answer in the same way, but are asked directly.

use super::{argument, number_argument};
use crate::evaluate::{Callable, Function, Machine, NextMatch, Site};
use crate::fault::{Code, Fault};
use crate::functions::print;
use crate::regex::{Match, Regex};
use crate::value::{Array, ArrayBuilder, Flags, ObjectBuilder, Text, Value};
use std::ops::Range;
use std::sync::Arc;

type Result<'a> = std::result::Result<Value<'a>, Fault>;

/// Something that was found.
struct Found<'a> {
    text: Value<'a>,
    start: f64,
    end: f64,
    /// The same in bytes, when a regular expression has found it.
    bytes: Option<Range<usize>>,
    groups: Value<'a>,
    /// The object that a user's matcher gave.
    whole: Option<Value<'a>>,
    next: Next<'a>,
}

/// How to go on.
enum Next<'a> {
    Regex(&'a Regex, usize),
    Function(Function<'a>),
    Nothing,
}

/// Offsets that count as the reference counts them: in UTF-16 units.
struct Units<'t> {
    text: &'t str,
    /// Where the last answer was, to go on from.
    byte: usize,
    unit: usize,
    ascii: bool,
}

impl<'t> Units<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            byte: 0,
            unit: 0,
            ascii: text.is_ascii(),
        }
    }

    fn of_byte(&mut self, byte: usize) -> f64 {
        if self.ascii {
            return byte as f64;
        }
        if byte < self.byte {
            (self.byte, self.unit) = (0, 0);
        }
        let between = self.text.get(self.byte..byte).unwrap_or_default();
        self.unit += between.chars().map(char::len_utf16).sum::<usize>();
        self.byte = byte;
        self.unit as f64
    }
}

/// The byte at which a UTF-16 unit begins, or the next one that begins a character.
fn byte_of_unit(text: &str, unit: f64) -> usize {
    if unit.is_nan() || unit <= 0.0 {
        return 0;
    }
    let mut units = 0.0;
    for (byte, found) in text.char_indices() {
        if units >= unit {
            return byte;
        }
        units += found.len_utf16() as f64;
    }
    text.len()
}

fn find(
    machine: &mut Machine<'_, '_>,
    regex: &Regex,
    text: &str,
    from: usize,
) -> std::result::Result<Option<Match>, Fault> {
    machine.tick()?;
    let found = regex.find_at(text, from, &mut machine.budget.fuel);
    found.map_err(|_| machine.budget.out_of_fuel())
}

/// The parts of a regular expression's match.
fn groups_of<'a>(machine: &mut Machine<'a, '_>, text: &Text<'a>, found: &Match) -> Result<'a> {
    let mut groups = ArrayBuilder::with_capacity(found.groups.len());
    for group in &found.groups {
        let group = match group {
            Some(range) => super::strings::part(machine, text, range.clone())?,
            None => Value::Undefined,
        };
        machine.add(&mut groups, group)?;
    }
    groups.build(Flags::NONE).map(Value::Array)
}

fn found_by_regex<'a>(
    machine: &mut Machine<'a, '_>,
    regex: &'a Regex,
    text: &Text<'a>,
    from: usize,
    units: &mut Units<'_>,
) -> std::result::Result<Option<Found<'a>>, Fault> {
    let Some(found) = find(machine, regex, text, from)? else {
        return Ok(None);
    };
    Ok(Some(Found {
        text: super::strings::part(machine, text, found.range.clone())?,
        start: units.of_byte(found.range.start),
        end: units.of_byte(found.range.end),
        bytes: Some(found.range.clone()),
        groups: groups_of(machine, text, &found)?,
        whole: None,
        next: Next::Regex(regex, found.range.end),
    }))
}

/// The first match.
fn first<'a>(
    machine: &mut Machine<'a, '_>,
    pattern: &Function<'a>,
    text: &Text<'a>,
    units: &mut Units<'_>,
    site: &Site<'a>,
) -> std::result::Result<Option<Found<'a>>, Fault> {
    if let Callable::Regex(regex) = pattern.0 {
        return found_by_regex(machine, regex, text, 0, units);
    }
    let answer = machine.call_now(pattern, vec![Value::Text(text.clone())], site)?;
    found_by_user(answer)
}

/// The match after one. A regular expression that matches nothing would never get on.
fn next<'a>(
    machine: &mut Machine<'a, '_>,
    after: &Next<'a>,
    text: &Text<'a>,
    units: &mut Units<'_>,
    site: &Site<'a>,
) -> std::result::Result<Option<Found<'a>>, Fault> {
    match after {
        Next::Nothing => Ok(None),
        Next::Regex(_, from) if *from >= text.len() => Ok(None),
        Next::Regex(regex, from) => {
            let found = found_by_regex(machine, regex, text, *from, units)?;
            match &found {
                Some(found) if found.text.as_str() == Some("") => Err(Fault::new(Code::D1004)),
                _ => Ok(found),
            }
        }
        Next::Function(function) => {
            let answer = machine.call_now(function, Vec::new(), site)?;
            found_by_user(answer)
        }
    }
}

/// Reads what a user's matcher gave.
fn found_by_user(answer: Value<'_>) -> std::result::Result<Option<Found<'_>>, Fault> {
    let member = |name: &str| match &answer {
        Value::Object(object) => object.get(name).unwrap_or_default(),
        _ => Value::Undefined,
    };
    if answer.is_undefined() {
        return Ok(None);
    }
    let (start, groups, next) = (member("start"), member("groups"), member("next"));
    let looks_right = matches!(start, Value::Number(_))
        || matches!(groups, Value::Array(_))
        || matches!(next, Value::Function(_));
    if !looks_right {
        return Err(Fault::new(Code::T1010));
    }
    let number = |value: Value<'_>| match value {
        Value::Number(number) => number,
        _ => 0.0,
    };
    Ok(Some(Found {
        text: member("match"),
        start: number(start),
        end: number(member("end")),
        bytes: None,
        groups,
        next: match next {
            Value::Function(function) => Next::Function(function),
            _ => Next::Nothing,
        },
        whole: Some(answer),
    }))
}

/// The object that stands for a match, for functions of the user's.
fn match_object<'a>(found: &Found<'a>, next: Value<'a>) -> Result<'a> {
    if let Some(whole) = &found.whole {
        return Ok(whole.clone());
    }
    let mut object = ObjectBuilder::default();
    object.insert(Text::Borrowed("match"), found.text.clone());
    object.insert(Text::Borrowed("start"), Value::Number(found.start));
    object.insert(Text::Borrowed("end"), Value::Number(found.end));
    object.insert(Text::Borrowed("groups"), found.groups.clone());
    object.insert(Text::Borrowed("next"), next);
    object.build().map(Value::Object)
}

fn next_function<'a>(regex: &'a Regex, text: Text<'a>, from: usize) -> Value<'a> {
    let next = NextMatch { regex, text, from };
    Value::Function(Function(Callable::NextMatch(Arc::new(next))))
}

/// A regular expression that is called like a function.
pub(crate) fn call<'a>(
    machine: &mut Machine<'a, '_>,
    regex: &'a Regex,
    arguments: &[Value<'a>],
) -> Result<'a> {
    let Value::Text(text) = argument(arguments, 0) else {
        return Ok(Value::Undefined);
    };
    let from = byte_of_unit(text, number_argument(arguments, 1).unwrap_or_default());
    answer(machine, regex, text, from)
}

fn answer<'a>(
    machine: &mut Machine<'a, '_>,
    regex: &'a Regex,
    text: &Text<'a>,
    from: usize,
) -> Result<'a> {
    machine.spend(text.len() as u64 / 16)?;
    let mut units = Units::new(text);
    match found_by_regex(machine, regex, text, from, &mut units)? {
        Some(found) => {
            let end = match found.next {
                Next::Regex(_, end) => end,
                Next::Function(_) | Next::Nothing => text.len(),
            };
            match_object(&found, next_function(regex, text.clone(), end))
        }
        None => Ok(Value::Undefined),
    }
}

/// The function `next` of a match.
pub(crate) fn call_next<'a>(machine: &mut Machine<'a, '_>, next: &NextMatch<'a>) -> Result<'a> {
    if next.from >= next.text.len() {
        return Ok(Value::Undefined);
    }
    let found = answer(machine, next.regex, &next.text, next.from)?;
    if let Value::Object(object) = &found
        && object
            .get("match")
            .is_some_and(|text| text.as_str() == Some(""))
    {
        return Err(Fault::new(Code::D1004));
    }
    Ok(found)
}

/// How many matches are wanted: below zero is an error.
fn limit(arguments: &[Value<'_>], index: usize, code: Code) -> std::result::Result<f64, Fault> {
    let limit = number_argument(arguments, index).unwrap_or(f64::INFINITY);
    if limit < 0.0 {
        return Err(Fault::new(code));
    }
    Ok(limit)
}

/// `$contains`
pub(super) fn contains<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    site: &Site<'a>,
) -> Result<'a> {
    let (Value::Text(text), pattern) = (argument(arguments, 0), argument(arguments, 1)) else {
        return Ok(Value::Undefined);
    };
    machine.spend(text.len() as u64 / 64)?;
    Ok(match pattern {
        Value::Text(part) => Value::Bool(text.contains(&**part)),
        Value::Function(function) => {
            let mut units = Units::new(text);
            Value::Bool(first(machine, function, text, &mut units, site)?.is_some())
        }
        _ => Value::Undefined,
    })
}

/// `$match`
pub(super) fn matches<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    site: &Site<'a>,
) -> Result<'a> {
    let Value::Text(text) = argument(arguments, 0) else {
        return Ok(Value::Undefined);
    };
    let limit = limit(arguments, 2, Code::D3040)?;
    let mut all = ArrayBuilder::default();
    each_match(
        machine,
        argument(arguments, 1),
        text,
        limit,
        site,
        |machine, found| {
            let mut object = ObjectBuilder::default();
            object.insert(Text::Borrowed("match"), found.text.clone());
            object.insert(Text::Borrowed("index"), found.whole_start());
            object.insert(Text::Borrowed("groups"), found.groups.clone());
            machine.budget.make(256)?;
            machine.add(&mut all, Value::Object(object.build()?))
        },
    )?;
    all.build(Flags::SEQUENCE).map(Value::Array)
}

impl<'a> Found<'a> {
    /// Where it is, in bytes. What a user's matcher says is counted from the beginning of the text each time.
    fn range(
        &self,
        machine: &mut Machine<'a, '_>,
        text: &str,
    ) -> std::result::Result<Range<usize>, Fault> {
        if let Some(bytes) = &self.bytes {
            return Ok(bytes.clone());
        }
        machine.spend(text.len() as u64 / 8)?;
        Ok(byte_of_unit(text, self.start)..byte_of_unit(text, self.end))
    }

    /// The start as it was given.
    fn whole_start(&self) -> Value<'a> {
        match &self.whole {
            Some(Value::Object(object)) => object.get("start").unwrap_or_default(),
            _ => Value::Number(self.start),
        }
    }
}

/// Goes over the matches of a pattern that is a function.
fn each_match<'a>(
    machine: &mut Machine<'a, '_>,
    pattern: &Value<'a>,
    text: &Text<'a>,
    limit: f64,
    site: &Site<'a>,
    mut see: impl FnMut(&mut Machine<'a, '_>, &Found<'a>) -> std::result::Result<(), Fault>,
) -> std::result::Result<usize, Fault> {
    let Value::Function(pattern) = pattern else {
        return Ok(0);
    };
    if limit <= 0.0 {
        return Ok(0);
    }
    machine.spend(text.len() as u64 / 64)?;
    let mut units = Units::new(text);
    let mut count = 0;
    let mut present = first(machine, pattern, text, &mut units, site)?;
    while let Some(found) = present {
        if count as f64 >= limit {
            break;
        }
        see(machine, &found)?;
        // The next match is looked for even when it is not wanted, which may be an error.
        present = next(machine, &found.next, text, &mut units, site)?;
        count += 1;
    }
    Ok(count)
}

/// `$split`
pub(super) fn split<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    site: &Site<'a>,
) -> Result<'a> {
    let Value::Text(text) = argument(arguments, 0) else {
        return Ok(Value::Undefined);
    };
    let limit = limit(arguments, 2, Code::D3020)?;
    machine.spend(text.len() as u64 / 64)?;
    let mut parts = ArrayBuilder::default();
    match argument(arguments, 1) {
        Value::Text(separator) => split_by_text(machine, text, separator, limit, &mut parts)?,
        pattern @ Value::Function(_) if limit > 0.0 => {
            let mut start = 0;
            let count = each_match(machine, pattern, text, limit, site, |machine, found| {
                let range = found.range(machine, text)?;
                let kept = start..range.start.max(start);
                let part = super::strings::part(machine, text, kept)?;
                start = range.end;
                machine.add(&mut parts, part)
            })?;
            if (count as f64) < limit {
                let rest = super::strings::part(machine, text, start..text.len())?;
                machine.add(&mut parts, rest)?;
            }
        }
        // JavaScript gives the whole text when there is nothing to split at.
        Value::Undefined if limit > 0.0 => machine.add(&mut parts, Value::Text(text.clone()))?,
        _ => {}
    }
    parts.build(Flags::NONE).map(Value::Array)
}

/// An empty separator splits into characters.
fn split_by_text<'a>(
    machine: &mut Machine<'a, '_>,
    text: &Text<'a>,
    separator: &str,
    limit: f64,
    parts: &mut ArrayBuilder<'a>,
) -> std::result::Result<(), Fault> {
    let mut ranges: Box<dyn Iterator<Item = std::ops::Range<usize>>> = if separator.is_empty() {
        Box::new(
            text.char_indices()
                .map(|(at, found)| at..at + found.len_utf8()),
        )
    } else {
        let offset = |part: &str| part.as_ptr().addr() - text.as_ptr().addr();
        Box::new(
            text.split(separator)
                .map(move |part| offset(part)..offset(part) + part.len()),
        )
    };
    // JavaScript makes a whole number of the limit.
    while (parts.len() as f64) < limit.trunc() {
        let Some(range) = ranges.next() else {
            break;
        };
        machine.tick()?;
        let part = super::strings::part(machine, text, range)?;
        machine.add(parts, part)?;
    }
    Ok(())
}

/// `$replace`
pub(super) fn replace<'a>(
    machine: &mut Machine<'a, '_>,
    arguments: &[Value<'a>],
    site: &Site<'a>,
) -> Result<'a> {
    let Value::Text(text) = argument(arguments, 0) else {
        return Ok(Value::Undefined);
    };
    let pattern = argument(arguments, 1);
    if pattern.as_str() == Some("") {
        return Err(Fault::new(Code::D3010));
    }
    let limit = limit(arguments, 3, Code::D3011)?;
    let replacement = argument(arguments, 2);
    let mut replaced = Replaced {
        text,
        result: String::new(),
        position: 0,
    };
    match pattern {
        Value::Text(pattern) => {
            let with = match replacement {
                Value::Function(_) => return Err(Fault::new(Code::D3012)),
                // JavaScript writes the word when there is nothing to put in.
                other => other.as_str().unwrap_or("undefined"),
            };
            replaced.all(machine, pattern, with, limit)?;
        }
        pattern => {
            each_match(machine, pattern, text, limit, site, |machine, found| {
                let with = substitute(machine, found, replacement, text, site)?;
                let start = found.range(machine, text)?.start;
                let end = start + found.text.as_str().map_or(0, str::len);
                replaced.one(machine, start, end, &with)
            })?;
        }
    }
    replaced.rest(machine)
}

/// A text in which parts are being replaced.
struct Replaced<'t, 'a> {
    text: &'t Text<'a>,
    result: String,
    position: usize,
}

impl<'a> Replaced<'_, 'a> {
    fn one(
        &mut self,
        machine: &mut Machine<'a, '_>,
        start: usize,
        end: usize,
        with: &str,
    ) -> std::result::Result<(), Fault> {
        let kept = self
            .text
            .get(self.position..start.max(self.position))
            .unwrap_or_default();
        machine.make_text(kept.len() + with.len())?;
        self.result.push_str(kept);
        self.result.push_str(with);
        self.position = end;
        Ok(())
    }

    fn all(
        &mut self,
        machine: &mut Machine<'a, '_>,
        pattern: &str,
        with: &str,
        limit: f64,
    ) -> std::result::Result<(), Fault> {
        let text = self.text;
        for (count, (start, found)) in text.match_indices(pattern).enumerate() {
            if count as f64 >= limit {
                break;
            }
            machine.tick()?;
            self.one(machine, start, start + found.len(), with)?;
        }
        Ok(())
    }

    fn rest(mut self, machine: &mut Machine<'a, '_>) -> Result<'a> {
        if self.position == 0 && self.result.is_empty() {
            return Ok(Value::Text(self.text.clone()));
        }
        let rest = self.text.get(self.position..).unwrap_or_default();
        machine.make_text(rest.len())?;
        self.result.push_str(rest);
        Ok(Value::Text(self.result.into()))
    }
}

/// What a match is replaced with: a text with `$1` for the first group, or what a function makes of the match.
fn substitute<'a>(
    machine: &mut Machine<'a, '_>,
    found: &Found<'a>,
    replacement: &Value<'a>,
    text: &Text<'a>,
    site: &Site<'a>,
) -> std::result::Result<String, Fault> {
    let function = match replacement {
        Value::Text(template) => return fill(machine, found, template),
        Value::Function(function) => function,
        _ => return Err(Fault::new(Code::D3012)),
    };
    let next = match found.next {
        Next::Regex(regex, end) => next_function(regex, text.clone(), end),
        Next::Function(_) | Next::Nothing => Value::Undefined,
    };
    let argument = match_object(found, next)?;
    match machine.call_now(function, vec![argument], site)? {
        Value::Text(with) => {
            machine.make_text(with.len())?;
            Ok(with.to_string())
        }
        other => Err(Fault::with(Code::D3012, print(&other))),
    }
}

/// `$$` is a dollar, `$0` the match, `$n` a group: as many digits as there can be groups.
fn fill<'a>(
    machine: &mut Machine<'a, '_>,
    found: &Found<'a>,
    template: &str,
) -> std::result::Result<String, Fault> {
    let none = Array::range(0.0, 0);
    let groups = match &found.groups {
        Value::Array(groups) => groups,
        _ => &none,
    };
    let mut filled = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('$') {
        filled.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('$') {
            filled.push('$');
            rest = after;
        } else if let Some(after) = rest.strip_prefix('0') {
            filled.push_str(found.text.as_str().unwrap_or_default());
            rest = after;
        } else if let Some((group, digits)) = group_number(rest, groups.len()) {
            let group = group.checked_sub(1).and_then(|place| groups.get(place));
            if let Some(text) = group.as_ref().and_then(Value::as_str) {
                machine.make_text(text.len())?;
                filled.push_str(text);
            }
            rest = rest.get(digits..).unwrap_or_default();
        } else {
            filled.push('$');
        }
        machine.make_text(at)?;
    }
    filled.push_str(rest);
    Ok(filled)
}

/// The number behind a dollar, and how many characters it takes.
fn group_number(text: &str, groups: usize) -> Option<(usize, usize)> {
    let most = if groups == 0 {
        1
    } else {
        groups.ilog10() as usize + 1
    };
    let number = |most: usize| {
        let digits = text
            .bytes()
            .take(most)
            .take_while(u8::is_ascii_digit)
            .count();
        text.get(..digits)?.parse::<usize>().ok()
    };
    let mut found = number(most)?;
    if most > 1 && found > groups {
        found = number(most - 1)?;
    }
    // Zeros in front are not counted, so they stay.
    Some((
        found,
        found
            .checked_ilog10()
            .map_or(1, |digits| digits as usize + 1),
    ))
}
