//! The points around a write at which a debug build ends itself when `STATECRAFT_CRASH_AT=POINT:COUNT` says so, at the
//! `COUNT`th passage of the point: as if the power failed there. `cargo xtask torture` looks at what that leaves. A release
//! build has none of it.

/// Where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Point {
    /// A group is written and not committed.
    Written,
    /// A group is committed, and nobody knows of it.
    Committed,
    /// Those who wait for a group know that it is committed.
    Answered,
    /// A step is on disk, and nothing of what it wants is done.
    Recorded,
}

#[cfg(debug_assertions)]
impl Point {
    fn name(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Committed => "committed",
            Self::Answered => "answered",
            Self::Recorded => "recorded",
        }
    }
}

/// Says that a point is passed.
#[cfg(debug_assertions)]
pub(crate) fn passed(point: Point) {
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicU64, Ordering};

    static PLAN: LazyLock<Option<(String, u64)>> = LazyLock::new(|| {
        let plan = std::env::var("STATECRAFT_CRASH_AT").ok()?;
        let (point, count) = plan.split_once(':')?;
        Some((point.to_owned(), count.parse().ok()?))
    });
    static PASSAGES: AtomicU64 = AtomicU64::new(0);

    if let Some((name, count)) = &*PLAN
        && name == point.name()
        && PASSAGES.fetch_add(1, Ordering::Relaxed) + 1 >= *count
    {
        std::process::abort();
    }
}

/// Says that a point is passed, which is nothing to a release build.
#[cfg(not(debug_assertions))]
pub(crate) fn passed(_: Point) {}
