//! Reading a mock file, and saying what is wrong with it.

use super::super::file::{FileError, JsonFile, Place};
use super::{Answer, Entry, Failing, Latency, MockConfig, Response, Responses};
use indexmap::IndexMap;
use std::sync::Arc;

/// Case, state: the name of the responses.
type Cases = IndexMap<String, IndexMap<String, String>>;

/// Longest latency that a mock may ask for: a year.
const MAX_DELAY_MS: u64 = 31_536_000_000;

pub(super) fn config(text: &str) -> Result<MockConfig, FileError> {
    let file = JsonFile::parse(text)?;
    let root = file.root()?;
    root.shape(&["StateMachines", "MockedResponses", "MockedResponse", "Seed"])?;
    let written = match root.member("MockedResponse") {
        Some(place) if root.member("MockedResponses").is_none() => place,
        _ => root.required("MockedResponses")?,
    };
    let responses = read_responses(&written)?;
    let seed = root.member("Seed");
    let seed = seed.map(|place| place.count("a whole number", u64::MAX));
    Ok(MockConfig {
        machines: read_machines(&root.required("StateMachines")?, &responses)?,
        responses,
        seed: seed.transpose()?,
    })
}

type Named = IndexMap<String, Arc<Responses>>;

fn read_machines(
    place: &Place<'_>,
    responses: &Named,
) -> Result<IndexMap<String, Cases>, FileError> {
    let mut machines = IndexMap::new();
    for (name, machine) in place.members()? {
        machine.shape(&["TestCases"])?;
        let cases = read_cases(&machine.required("TestCases")?, responses)?;
        machines.insert(name.to_owned(), cases);
    }
    Ok(machines)
}

fn read_cases(place: &Place<'_>, responses: &Named) -> Result<Cases, FileError> {
    let mut cases = IndexMap::new();
    for (name, case) in place.members()? {
        let mut states = IndexMap::new();
        for (state, response) in case.members()? {
            let Ok(wanted) = response.string() else {
                return response.refuse("the name of a mocked response is expected here");
            };
            if !responses.contains_key(wanted) {
                return response.refuse(format!("there is no mocked response \"{wanted}\""));
            }
            states.insert(state.to_owned(), wanted.to_owned());
        }
        cases.insert(name.to_owned(), states);
    }
    Ok(cases)
}

fn read_responses(place: &Place<'_>) -> Result<Named, FileError> {
    let members = place.members()?.into_iter();
    let named = members.map(|(name, place)| Ok((name.to_owned(), Arc::new(responses(&place)?))));
    named.collect()
}

/// The responses of one name.
fn responses(place: &Place<'_>) -> Result<Responses, FileError> {
    let mut list = Vec::new();
    for (key, entry) in place.members()? {
        list.push((read_entry(key, &entry)?, entry));
    }
    list.sort_by_key(|(entry, _)| entry.first);
    check_gapless(&list, place)?;
    Ok(list.into_iter().map(|(entry, _)| entry).collect())
}

/// The numbers must run from 0 without gap or overlap (MOCK-03).
fn check_gapless(entries: &[(Entry, Place<'_>)], place: &Place<'_>) -> Result<(), FileError> {
    let mut next = 0;
    for (entry, place) in entries {
        if entry.first != next {
            return place.refuse(format!(
                "the responses must be numbered from 0 without gap or overlap; {next} is expected here"
            ));
        }
        next = entry.last + 1;
    }
    if next == 0 {
        place.refuse("at least the response 0 is needed")
    } else {
        Ok(())
    }
}

/// Responses by number, or one response for every task.
pub(super) fn responses_or_one(place: &Place<'_>) -> Result<Responses, FileError> {
    if place.member("Return").is_none() && place.member("Throw").is_none() {
        return responses(place);
    }
    Ok(vec![Entry {
        first: 0,
        last: u32::MAX - 1,
        response: read_response(place)?,
    }])
}

fn read_entry(key: &str, place: &Place<'_>) -> Result<Entry, FileError> {
    match read_range(key) {
        None => place.refuse("a response is numbered \"0\" or, for several tasks, \"1-2\""),
        Some((first, last)) => Ok(Entry {
            first,
            last,
            response: read_response(place)?,
        }),
    }
}

fn read_response(place: &Place<'_>) -> Result<Response, FileError> {
    place.shape(&["Return", "Throw", "DelayMs", "Failure"])?;
    let answer = match (place.member("Return"), place.member("Throw")) {
        (Some(result), None) => Answer::Return(result.value()?),
        (None, Some(throw)) => read_throw(&throw)?,
        _ => return place.refuse("exactly one of Return and Throw is expected here"),
    };
    let latency = place.member("DelayMs").as_ref().map(read_latency);
    let failing = place.member("Failure").as_ref().map(read_failing);
    if let (Answer::Throw { .. }, Some(Ok(_))) = (&answer, &failing) {
        return place.refuse("Failure goes with Return; a Throw always fails");
    }
    Ok(Response {
        answer,
        latency: latency.transpose()?.unwrap_or(Latency::Exactly(0)),
        failing: failing.transpose()?,
    })
}

fn read_throw(place: &Place<'_>) -> Result<Answer, FileError> {
    place.shape(&["Error", "Cause"])?;
    let (error, cause) = read_error(place)?;
    Ok(Answer::Throw { error, cause })
}

fn read_error(place: &Place<'_>) -> Result<(String, String), FileError> {
    let text = |name: &str| match place.required(name)?.string() {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => place.refuse(format!("{name} must be a string")),
    };
    Ok((text("Error")?, text("Cause")?))
}

/// `200`, or `{"Min": 100, "Max": 900}`.
fn read_latency(place: &Place<'_>) -> Result<Latency, FileError> {
    let ms = |place: &Place<'_>| place.count("a number of milliseconds", MAX_DELAY_MS);
    if !place.is_object() {
        return ms(place).map(Latency::Exactly);
    }
    place.shape(&["Min", "Max"])?;
    let (min_ms, max_ms) = (ms(&place.required("Min")?)?, ms(&place.required("Max")?)?);
    if min_ms > max_ms {
        return place.refuse("Min must not be greater than Max");
    }
    Ok(Latency::Between { min_ms, max_ms })
}

fn read_failing(place: &Place<'_>) -> Result<Failing, FileError> {
    place.shape(&["Rate", "Error", "Cause"])?;
    let rate = place.required("Rate")?.share()?;
    let (error, cause) = read_error(place)?;
    Ok(Failing { rate, error, cause })
}

fn read_range(key: &str) -> Option<(u32, u32)> {
    let (first, last) = key.split_once('-').unwrap_or((key, key));
    let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (first <= last && last < u32::MAX).then_some((first, last))
}
