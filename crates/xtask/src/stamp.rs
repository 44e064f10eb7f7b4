//! Remembers what something was built from, so that it is not built again of the same.
//!
//! It looks at contents, not at times: a checkout changes times.

use crate::front::files;
use crate::paths;
use crate::step::Failure;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

/// Folders that hold what was made, not what it was made from.
const MADE: [&str; 2] = ["node_modules", "generated"];

/// What a build was made from, under a name.
pub(crate) struct Stamp {
    file: PathBuf,
    now: String,
}

impl Stamp {
    /// The present state of these files and folders of the project.
    pub(crate) fn of(name: &str, inputs: &[&str]) -> Result<Self, Failure> {
        let mut hasher = DefaultHasher::new();
        for input in inputs {
            for path in inside(&paths::root().join(input))? {
                hasher.write(path.to_string_lossy().as_bytes());
                hasher.write(&std::fs::read(&path)?);
            }
        }
        Ok(Self {
            file: paths::target().join(format!("{name}.stamp")),
            now: format!("{:016x}", hasher.finish()),
        })
    }

    /// Whether the last build was made from just this.
    pub(crate) fn is_fresh(&self) -> bool {
        std::fs::read_to_string(&self.file).is_ok_and(|then| then == self.now)
    }

    /// Forgets the last build, before a new one begins: one that fails leaves nothing to rely on.
    pub(crate) fn forget(&self) -> Result<(), Failure> {
        if self.file.exists() {
            std::fs::remove_file(&self.file)?;
        }
        Ok(())
    }

    /// The build was made from this.
    pub(crate) fn keep(&self) -> Result<(), Failure> {
        std::fs::create_dir_all(paths::target())?;
        Ok(std::fs::write(&self.file, &self.now)?)
    }
}

/// A file, or all files of a folder that are not made.
fn inside(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if path.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(path)? {
        let path = entry?.path();
        let is_made = MADE.iter().any(|made| path.ends_with(made));
        if path.is_dir() && !is_made {
            found.extend(files(&path)?);
        } else if path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
