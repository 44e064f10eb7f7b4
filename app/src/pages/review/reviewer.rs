//! Who is deciding: the name that a reviewer gave, kept in this browser.

/// Where the name lies.
const KEY: &str = "statecraft.reviewer";

/// The name given last; empty when none was.
pub fn remembered() -> String {
    let storage = web_sys::window().and_then(|w| w.local_storage().ok().flatten());
    storage
        .and_then(|s| s.get_item(KEY).ok().flatten())
        .unwrap_or_default()
}

/// Keeps the name for the next time. A browser without storage asks again, no more.
pub fn remember(name: &str) {
    if let Some(storage) = web_sys::window().and_then(|w| w.local_storage().ok().flatten()) {
        let _ = storage.set_item(KEY, name.trim());
    }
}

/// Whether both are the same person: capitals and spaces around do not matter.
pub fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// Whether a person may decide; an empty list means everybody.
pub fn may_decide(reviewers: &[String], name: &str) -> bool {
    reviewers.is_empty() || reviewers.iter().any(|r| same(r, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_in_any_capitals() {
        let reviewers = ["Ada Lovelace".to_owned()];
        assert!(may_decide(&reviewers, " ada lovelace"));
        assert!(!may_decide(&reviewers, "ada"));
        assert!(may_decide(&[], "anybody"));
    }
}
