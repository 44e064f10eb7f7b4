//! What the writer tells of its commits.

use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};
use std::time::Duration;

/// How long commits took, and how many writes were in one; cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct CommitStats {
    duration: Histogram,
    group: Histogram,
}

impl Default for CommitStats {
    fn default() -> Self {
        Self {
            duration: Histogram::new(exponential_buckets(0.000_1, 2.0, 16)),
            group: Histogram::new(exponential_buckets(1.0, 2.0, 10)),
        }
    }
}

impl CommitStats {
    /// A group of writes was committed.
    pub(super) fn note(&self, writes: usize, took: Duration) {
        self.duration.observe(took.as_secs_f64());
        self.group
            .observe(f64::from(u32::try_from(writes).unwrap_or(u32::MAX)));
    }

    /// Names them.
    pub(crate) fn register(&self, registry: &mut Registry) {
        let help = "From the first write of a group to the end of its commit";
        let duration = self.duration.clone();
        registry.register_with_unit("commit_duration", help, Unit::Seconds, duration);
        registry.register(
            "commit_group_size",
            "Writes in one commit",
            self.group.clone(),
        );
    }
}
