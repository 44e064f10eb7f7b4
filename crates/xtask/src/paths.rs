//! Where things are: the checkout and the cache folder of the user.

use std::path::{Path, PathBuf};

/// The root of the checkout.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// `$XDG_CACHE_HOME/statecraft/tools`, else `~/.cache/statecraft/tools`: shared by all clones, keyed by version.
pub(crate) fn tools() -> PathBuf {
    let cache = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(|| std::env::home_dir().map(|home| home.join(".cache")))
        .unwrap_or_else(|| root().join("target/cache"));
    cache.join("statecraft/tools")
}

/// Cargo's target folder.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The release build of the `statecraft` command.
pub(crate) fn statecraft() -> PathBuf {
    target().join("release/statecraft")
}
