//! The dry-run drawer: input, sample results, stepping, values and events. The engine itself lives in `asl::dry_run`.
