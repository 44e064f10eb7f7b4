//! Files that are on the disk, whole, when their writing is answered: written under another name, synced, renamed, and the
//! folders synced that hold the new names.

use crate::ids;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::Path;

/// Who may read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Readers {
    /// Whoever may read the folder.
    All,
    /// The owner alone.
    Owner,
}

/// Writes a file, or writes over it. Until it is whole, it is another file in the folder `unfinished`, which must be on the
/// same file system. Folders that are missing are made.
pub(crate) fn replace(
    path: &Path,
    unfinished: &Path,
    bytes: &[u8],
    readers: Readers,
) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    make_folders(folder)?;
    make_folders(unfinished)?;
    let name = ids::uuid().map_err(|error| std::io::Error::other(error.to_string()))?;
    let draft = unfinished.join(format!("{name}.unfinished"));
    let written = write(&draft, bytes, readers).and_then(|()| fs::rename(&draft, path));
    if written.is_err() {
        // It may never have been made; what counts is the first fault.
        let _ = fs::remove_file(&draft);
    }
    written?;
    sync(folder)
}

fn write(path: &Path, bytes: &[u8], readers: Readers) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if readers == Readers::Owner {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes a folder and those above it, each on the disk before the next.
fn make_folders(folder: &Path) -> std::io::Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    let above = folder.parent().unwrap_or(Path::new("."));
    make_folders(above)?;
    match fs::create_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists && folder.is_dir() => {}
        made => made?,
    }
    sync(above)
}

/// A new name is on the disk only once its folder is.
fn sync(folder: &Path) -> std::io::Result<()> {
    let here = Path::new(".");
    let folder = if folder.as_os_str().is_empty() {
        here
    } else {
        folder
    };
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_made_with_its_folders_and_written_over_leaving_nothing_behind() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("a/b/c.json");
        let drafts = root.path().join(".drafts");
        for text in ["first", "second"] {
            replace(&path, &drafts, text.as_bytes(), Readers::All).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        assert_eq!(fs::read_dir(&drafts).unwrap().count(), 0);
    }

    #[test]
    fn what_cannot_be_written_leaves_what_was_there() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("folder");
        fs::create_dir(&path).unwrap();
        assert!(replace(&path, root.path(), b"text", Readers::All).is_err());
        assert!(path.is_dir());
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    }
}
