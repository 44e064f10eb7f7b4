//! How much the variables of an execution may hold (feature map, ASL-225).

use super::data::{Assigned, payload};
use super::error::StateError;
use super::execution::Variables;
use super::payload::{MAX_BYTES, Payload};
use super::run::Visit;
use indexmap::IndexMap;
use std::io;
use std::sync::Arc;

/// Longest text of all variables that a state can see, in bytes.
const MAX_ALL_BYTES: usize = 10 * 1024 * 1024;

/// The values of an `Assign`, when they are within the limits of one assignment and of all variables together.
pub(super) fn checked(
    assigned: Assigned,
    visit: &Visit<'_>,
) -> Result<IndexMap<Arc<str>, Payload>, StateError> {
    let values = assigned
        .into_iter()
        .map(|(name, value)| Ok((name, payload(value)?)));
    let values: IndexMap<_, _> = values.collect::<Result<_, StateError>>()?;
    let bytes: usize = values.values().map(|value| value.text().len()).sum();
    if bytes > MAX_BYTES {
        return Err(StateError::variables_limit(&visit.state.name));
    }
    if is_too_much(&visit.variables, &values, bytes) {
        return Err(StateError::all_variables_limit(&visit.state.name));
    }
    Ok(values)
}

/// Whether the variables that stay and those that are assigned are too much together. Each of them alone is within its
/// limit, so that a few need not be measured.
fn is_too_much(
    variables: &Variables,
    assigned: &IndexMap<Arc<str>, Payload>,
    assigned_bytes: usize,
) -> bool {
    if assigned.is_empty() || variables.len() < MAX_ALL_BYTES / MAX_BYTES {
        return false;
    }
    let mut length = Length(assigned_bytes);
    let stay = variables
        .iter()
        .filter(|(name, _)| !assigned.contains_key(name.as_str()));
    for (_, value) in stay {
        if serde_json::to_writer(&mut length, value).is_err() {
            return true;
        }
    }
    false
}

/// Counts what is written to it, and refuses what is beyond the limit.
struct Length(usize);

impl io::Write for Length {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        if self.0 > MAX_ALL_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
