//! Reading a mock file, and saying what is wrong with it.

use super::{Answer, Entry, MockConfig, MockError, Response, Responses};
use indexmap::IndexMap;
use serde_json::{Map, Value};
use std::sync::Arc;

type Object = Map<String, Value>;

/// Case, state: the name of the responses.
type Cases = IndexMap<String, IndexMap<String, String>>;

/// Longest latency that a mock may ask for: a year.
const MAX_DELAY_MS: u64 = 31_536_000_000;

fn refuse<T>(place: &str, message: impl Into<String>) -> Result<T, MockError> {
    Err(MockError {
        place: place.to_owned(),
        message: message.into(),
    })
}

pub(super) fn config(text: &str) -> Result<MockConfig, MockError> {
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => return refuse("the file", format!("it is no JSON: {error}")),
    };
    let root = object(&value, "the file")?;
    let responses = match root
        .get("MockedResponses")
        .or_else(|| root.get("MockedResponse"))
    {
        Some(value) => value,
        None => return refuse("the file", "MockedResponses is missing"),
    };
    let Some(machines) = root.get("StateMachines") else {
        return refuse("the file", "StateMachines is missing");
    };
    let config = MockConfig {
        responses: read_responses(responses)?,
        machines: read_machines(machines)?,
    };
    check_names(&config)?;
    Ok(config)
}

fn object<'a>(value: &'a Value, place: &str) -> Result<&'a Object, MockError> {
    match value.as_object() {
        Some(object) => Ok(object),
        None => refuse(place, "an object is expected here"),
    }
}

fn read_machines(value: &Value) -> Result<IndexMap<String, Cases>, MockError> {
    let mut machines = IndexMap::new();
    for (name, machine) in object(value, "StateMachines")? {
        let place = format!("StateMachines/{name}");
        let Some(cases) = object(machine, &place)?.get("TestCases") else {
            return refuse(&place, "TestCases is missing");
        };
        machines.insert(
            name.clone(),
            read_cases(cases, &format!("{place}/TestCases"))?,
        );
    }
    Ok(machines)
}

fn read_cases(value: &Value, place: &str) -> Result<Cases, MockError> {
    let mut cases = IndexMap::new();
    for (name, case) in object(value, place)? {
        let place = format!("{place}/{name}");
        let mut states = IndexMap::new();
        for (state, response) in object(case, &place)? {
            let Some(response) = response.as_str() else {
                return refuse(
                    &format!("{place}/{state}"),
                    "the name of a mocked response is expected here",
                );
            };
            states.insert(state.clone(), response.to_owned());
        }
        cases.insert(name.clone(), states);
    }
    Ok(cases)
}

/// Every response that a case names must be there.
fn check_names(config: &MockConfig) -> Result<(), MockError> {
    for (machine, cases) in &config.machines {
        for (case, states) in cases {
            for (state, response) in states {
                if !config.responses.contains_key(response) {
                    let place = format!("StateMachines/{machine}/TestCases/{case}/{state}");
                    return refuse(
                        &place,
                        format!("there is no mocked response \"{response}\""),
                    );
                }
            }
        }
    }
    Ok(())
}

fn read_responses(value: &Value) -> Result<IndexMap<String, Arc<Responses>>, MockError> {
    let mut responses = IndexMap::new();
    for (name, entries) in object(value, "MockedResponses")? {
        let place = format!("MockedResponses/{name}");
        let mut list = Responses::new();
        for (key, entry) in object(entries, &place)? {
            list.push(read_entry(key, entry, &format!("{place}/{key}"))?);
        }
        list.sort_by_key(|entry| entry.first);
        check_gapless(&list, &place)?;
        responses.insert(name.clone(), Arc::new(list));
    }
    Ok(responses)
}

/// The numbers must run from 0 without gap or overlap (MOCK-03).
fn check_gapless(entries: &[Entry], place: &str) -> Result<(), MockError> {
    let mut next = 0;
    for entry in entries {
        if entry.first != next {
            let message = format!(
                "the responses must be numbered from 0 without gap or overlap; {next} is expected here"
            );
            return refuse(&format!("{place}/{}", entry.first), message);
        }
        next = entry.last + 1;
    }
    if next == 0 {
        refuse(place, "at least the response 0 is needed")
    } else {
        Ok(())
    }
}

fn read_entry(key: &str, value: &Value, place: &str) -> Result<Entry, MockError> {
    let Some((first, last)) = read_range(key) else {
        return refuse(
            place,
            "a response is numbered \"0\" or, for several tasks, \"1-2\"",
        );
    };
    let entry = object(value, place)?;
    let answer = match (entry.get("Return"), entry.get("Throw")) {
        (Some(value), None) => Answer::Return(value.clone()),
        (None, Some(throw)) => read_throw(throw, &format!("{place}/Throw"))?,
        _ => return refuse(place, "exactly one of Return and Throw is expected here"),
    };
    let latency_ms = match entry.get("DelayMs") {
        None => 0,
        Some(delay) => match delay.as_u64() {
            Some(delay) if delay <= MAX_DELAY_MS => delay,
            _ => {
                return refuse(
                    &format!("{place}/DelayMs"),
                    "a number of milliseconds from 0 on is expected here",
                );
            }
        },
    };
    Ok(Entry {
        first,
        last,
        response: Response { answer, latency_ms },
    })
}

fn read_throw(value: &Value, place: &str) -> Result<Answer, MockError> {
    let throw = object(value, place)?;
    let text = |name: &str| match throw.get(name).and_then(Value::as_str) {
        Some(text) => Ok(text.to_owned()),
        None => refuse(place, format!("{name} must be a string")),
    };
    Ok(Answer::Throw {
        error: text("Error")?,
        cause: text("Cause")?,
    })
}

fn read_range(key: &str) -> Option<(u32, u32)> {
    let (first, last) = key.split_once('-').unwrap_or((key, key));
    let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (first <= last && last < u32::MAX).then_some((first, last))
}
