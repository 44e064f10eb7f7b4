//! A bound on label values: every one that a Prometheus ever saw stays in its memory.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

/// Stands for all names behind the limit.
pub(super) const OTHER: &str = "other";

/// Names told apart, up to a limit.
#[derive(Debug)]
pub(super) struct Names {
    known: Mutex<HashSet<String>>,
    limit: usize,
}

impl Names {
    /// None known yet.
    pub(super) fn up_to(limit: usize) -> Self {
        Self {
            known: Mutex::default(),
            limit,
        }
    }

    /// The name itself while there is room, then `other` for every new one.
    pub(super) fn admit(&self, name: &str) -> String {
        if self.admits(name) { name } else { OTHER }.to_owned()
    }

    /// Whether a name is told apart: it was before, or there is room.
    pub(super) fn admits(&self, name: &str) -> bool {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.contains(name) || known.len() < self.limit && known.insert(name.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_behind_the_limit_count_as_one_and_known_ones_stay() {
        let names = Names::up_to(2);
        let admitted = ["a", "b", "c", "a", "d"].map(|name| names.admit(name));
        assert_eq!(admitted, ["a", "b", OTHER, "a", OTHER]);
    }
}
