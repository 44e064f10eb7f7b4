//! Dry runs: bar, time line, data, samples, cost.
