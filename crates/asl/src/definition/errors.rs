//! Retriers and catchers (asl-rules 13).

use super::data::{read_assign, read_result_path};
use super::place::Place;
use super::{Assign, Names, QueryLanguage, ResultPath, StateId, target};
use serde_json::Value;
use std::sync::Arc;

/// When and how a failed state is tried again.
#[derive(Debug, Clone, PartialEq)]
pub struct Retrier {
    /// Names of errors, exact; `States.ALL` and `States.TaskFailed` stand for many.
    pub error_equals: Vec<Arc<str>>,
    /// Seconds before the first retry.
    pub interval_seconds: u64,
    /// Retries in one visit of the state.
    pub max_attempts: u64,
    /// Factor from one delay to the next.
    pub backoff_rate: f64,
    /// Longest delay in seconds.
    pub max_delay_seconds: Option<u64>,
    /// Whether the delay is drawn at random.
    pub jitter: Jitter,
}

/// `JitterStrategy`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Jitter {
    /// `NONE`: the delay as computed.
    #[default]
    None,
    /// `FULL`: between 0 and the delay as computed.
    Full,
}

/// Where a failed state goes.
#[derive(Debug, Clone, PartialEq)]
pub struct Catcher {
    /// Names of errors, exact; `States.ALL` and `States.TaskFailed` stand for many.
    pub error_equals: Vec<Arc<str>>,
    /// The state to go to.
    pub next: StateId,
    /// Where the error output goes (JSONPath).
    pub result_path: ResultPath,
    /// The output (JSONata); absent means the error output.
    pub output: Option<Value>,
    /// Variables to set.
    pub assign: Option<Assign>,
}

pub(super) fn read_retry(state: &Place<'_>) -> Vec<Retrier> {
    let list = state.member("Retry");
    let items = list.as_ref().and_then(Place::array).unwrap_or_default();
    items.iter().filter_map(read_retrier).collect()
}

fn read_retrier(place: &Place<'_>) -> Option<Retrier> {
    place.object()?;
    let count = |name: &str, default: u64| match place.member(name) {
        Some(place) => place.count(),
        None => Some(default),
    };
    Some(Retrier {
        error_equals: read_names(place)?,
        interval_seconds: count("IntervalSeconds", 1)?,
        max_attempts: count("MaxAttempts", 3)?,
        backoff_rate: read_backoff(place)?,
        max_delay_seconds: place
            .member("MaxDelaySeconds")
            .and_then(|place| place.positive()),
        jitter: read_jitter(place)?,
    })
}

fn read_backoff(retrier: &Place<'_>) -> Option<f64> {
    let Some(place) = retrier.member("BackoffRate") else {
        return Some(2.0);
    };
    let rate = place.number()?;
    if rate >= 1.0 {
        Some(rate)
    } else {
        place.refuse("BackoffRate must be 1.0 or more")
    }
}

fn read_jitter(retrier: &Place<'_>) -> Option<Jitter> {
    let Some(place) = retrier.member("JitterStrategy") else {
        return Some(Jitter::None);
    };
    match place.string()? {
        "FULL" => Some(Jitter::Full),
        "NONE" => Some(Jitter::None),
        _ => place.refuse("JitterStrategy must be \"FULL\" or \"NONE\""),
    }
}

fn read_names(place: &Place<'_>) -> Option<Vec<Arc<str>>> {
    let names = place.required("ErrorEquals")?.filled_array()?;
    names
        .iter()
        .map(|name| name.string().map(Arc::from))
        .collect()
}

pub(super) fn read_catch(
    state: &Place<'_>,
    language: QueryLanguage,
    names: &Names,
) -> Vec<Catcher> {
    let list = state.member("Catch");
    let items = list.as_ref().and_then(Place::array).unwrap_or_default();
    items
        .iter()
        .filter_map(|place| read_catcher(place, language, names))
        .collect()
}

fn read_catcher(place: &Place<'_>, language: QueryLanguage, names: &Names) -> Option<Catcher> {
    place.object()?;
    let json_path = language == QueryLanguage::JsonPath;
    let result_path = place.member("ResultPath").filter(|_| json_path);
    Some(Catcher {
        error_equals: read_names(place)?,
        next: target(&place.required("Next")?, names)?,
        result_path: result_path
            .and_then(|place| read_result_path(&place))
            .unwrap_or_default(),
        output: place
            .member("Output")
            .filter(|_| !json_path)
            .and_then(|place| place.value()),
        assign: read_assign(place, language),
    })
}
