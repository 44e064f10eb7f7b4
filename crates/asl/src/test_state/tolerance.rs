//! Failed iterations of a Map against what it tolerates (asl-rules 11).

use super::refusal::Refusal;
use crate::machine::{Observation, Stage};

/// The error of a Map in which too many iterations failed.
pub(super) const EXCEEDED: &str = "States.ExceedToleratedFailureThreshold";
/// Its cause.
pub(super) const CAUSE: &str = "The specified tolerated failure threshold was exceeded";

/// What a Map tolerates, and over how many iterations.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Tolerance {
    /// Iterations; none where the items are not known.
    pub(super) iterations: Option<u64>,
    count: Option<u64>,
    percentage: Option<f64>,
}

impl Tolerance {
    /// Reads what the interpreter observed.
    pub(super) fn of(observations: &[Observation], items_are_known: bool) -> Self {
        let value = |stage: Stage| {
            let seen = observations.iter().rev().find(|seen| seen.stage == stage)?;
            serde_json::from_str::<serde_json::Value>(&seen.value).ok()
        };
        let items = value(Stage::AfterItemsPath).filter(|_| items_are_known);
        let items = items.and_then(|items| items.as_array().map(Vec::len));
        Self {
            iterations: items.and_then(|count| u64::try_from(count).ok()),
            count: value(Stage::ToleratedFailureCount).and_then(|count| count.as_u64()),
            percentage: value(Stage::ToleratedFailurePercentage).and_then(|share| share.as_f64()),
        }
    }

    /// Whether so many failures are too many.
    ///
    /// # Errors
    ///
    /// There are not so many iterations.
    pub(super) fn is_exceeded_by(&self, failures: u64) -> Result<bool, Refusal> {
        if self.iterations.is_some_and(|count| failures > count) {
            return Err(Refusal::TooManyFailures);
        }
        if self.count.is_none() && self.percentage.is_none() {
            return Ok(failures > 0);
        }
        let by_count = self.count.is_some_and(|count| failures > count);
        #[expect(clippy::cast_precision_loss, reason = "counts of iterations are exact")]
        let share = |count: u64| failures as f64 * 100.0 / count as f64;
        let share = self.iterations.filter(|count| *count > 0).map(share);
        let by_share = self.percentage.zip(share);
        Ok(by_count || by_share.is_some_and(|(most, share)| share > most))
    }
}
