//! `package-lock.json` must not name download addresses: they would bind every clone to one mirror.

use crate::paths;
use crate::step::{Failure, read};

/// Looks for addresses in the lock files of the npm packages.
pub(crate) fn check() -> Result<(), Failure> {
    for folder in ["app", "tests/browser", "tests/jsonata"] {
        let path = paths::root().join(folder).join("package-lock.json");
        let text = String::from_utf8_lossy(&read(&path)?).into_owned();
        if let Some(line) = text
            .lines()
            .position(|line| line.contains("\"resolved\": \"http"))
        {
            return Err(Failure::Other(format!(
                "{}:{} names a download address. Write the lock file anew with \
                 `npm install --package-lock-only --omit-lockfile-registry-resolved`.",
                path.display(),
                line + 1
            )));
        }
    }
    Ok(())
}
