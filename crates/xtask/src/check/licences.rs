//! Licences of everything that is linked, and crates that must stand only once in the lock file.

use crate::paths;
use crate::step::{Failure, capture};
use serde_json::Value;
use std::process::Command;

/// Licences that go with MIT OR Apache-2.0.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Two versions of one of these give confusing faults or a studio that is too big.
const ONCE: &[&str] = &[
    "axum",
    "leptos",
    "reactive_graph",
    "rusqlite",
    "serde",
    "serde_json",
    "tokio",
    "wasm-bindgen",
    "web-sys",
];

/// Checks all packages of the lock file.
pub(crate) fn check() -> Result<(), Failure> {
    let mut command = Command::new("cargo");
    command
        .args(["metadata", "--locked", "--format-version", "1"])
        .current_dir(paths::root());
    let text = capture("cargo metadata", &mut command)?;
    let metadata: Value = serde_json::from_str(&text)
        .map_err(|error| Failure::Other(format!("cargo metadata cannot be read: {error}")))?;
    let packages = metadata["packages"]
        .as_array()
        .map_or(&[] as &[Value], Vec::as_slice);
    let mut findings = unlicensed(packages);
    findings.extend(ONCE.iter().filter_map(|name| doubled(packages, name)));
    if findings.is_empty() {
        Ok(())
    } else {
        Err(Failure::Other(findings.join("\n")))
    }
}

fn unlicensed(packages: &[Value]) -> Vec<String> {
    let licence = |package: &Value| package["license"].as_str().unwrap_or_default().to_owned();
    let refused = packages
        .iter()
        .filter(|package| !is_allowed(&licence(package)));
    refused
        .map(|package| format!("{} has the licence `{}`", package["name"], licence(package)))
        .collect()
}

fn doubled(packages: &[Value], name: &str) -> Option<String> {
    let versions: Vec<&str> = packages
        .iter()
        .filter(|package| package["name"] == name)
        .filter_map(|package| package["version"].as_str())
        .collect();
    (versions.len() > 1).then(|| format!("{name} stands more than once: {}", versions.join(", ")))
}

/// Whether one of the alternatives of a licence expression is wholly allowed.
fn is_allowed(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ").replace(['(', ')'], "");
    let allowed = |name: &str| ALLOWED.contains(&name.trim());
    // `AND` binds tighter than `OR`; the brackets in use only group alternatives, so each group has one allowed member.
    if expression.contains(" AND ") {
        return expression
            .split(" AND ")
            .all(|part| part.split(" OR ").any(allowed));
    }
    expression.split(" OR ").any(allowed)
}

#[cfg(test)]
mod tests {
    use super::is_allowed;

    #[test]
    fn one_allowed_alternative_is_enough() {
        assert!(is_allowed("GPL-3.0 OR MIT"));
        assert!(is_allowed("MIT/Apache-2.0"));
        assert!(is_allowed("(MIT OR Apache-2.0) AND Unicode-3.0"));
    }

    #[test]
    fn a_licence_that_is_unknown_or_missing_is_refused() {
        assert!(!is_allowed("AGPL-3.0"));
        assert!(!is_allowed(""));
        assert!(!is_allowed("MIT AND GPL-3.0"));
    }
}
