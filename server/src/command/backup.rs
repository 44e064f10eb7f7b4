//! `statecraft backup`: a copy of the database at one moment, also while a server writes.
//!
//! It reads as the server's own readers do and takes no lock that the server needs. `VACUUM INTO` reads one snapshot; SQLite's
//! backup interface would begin again with each write of another process. Objects of distributed Maps (`objects/`) and logs
//! (`logs/`) are plain files and are not in it.

use rusqlite::{Connection, OpenFlags};
use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What `statecraft backup` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct BackupArgs {
    /// Folder of the database, as given to `statecraft serve`
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Write over FILE when it is there
    #[arg(long)]
    force: bool,
    /// File to write the copy to
    file: PathBuf,
}

/// Writes the copy and says where.
pub(crate) fn run(args: BackupArgs) -> ExitCode {
    match backup(args) {
        Ok(file) => {
            println!("{} holds a copy of the database", file.display());
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("statecraft backup: {message}");
            ExitCode::from(2)
        }
    }
}

fn backup(args: BackupArgs) -> Result<PathBuf, String> {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let data =
        crate::config::data_folder(args.data, &variable).map_err(|error| error.to_string())?;
    refuse_own_files(&data, &args.file)?;
    let target = Target::new(args.file, args.force)?;
    copy(&data.join("statecraft.db"), &target.part)?;
    verify(&target.part)?;
    target.keep()
}

/// The database's own files are never written over, with `--force` neither: a server may have them open.
fn refuse_own_files(data: &Path, file: &Path) -> Result<(), String> {
    let own = ["statecraft.db", "statecraft.db-wal", "statecraft.db-shm"];
    let is_own_name = file
        .file_name()
        .is_some_and(|name| own.iter().any(|own| name == *own));
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let same_folder = match (folder.canonicalize(), data.canonicalize()) {
        (Ok(folder), Ok(data)) => folder == data,
        _ => false,
    };
    if is_own_name && same_folder {
        return Err(format!(
            "{} belongs to the database itself. Choose another file",
            file.display()
        ));
    }
    Ok(())
}

/// The file to be written, first under another name beside it, so that it is whole or not there.
struct Target {
    file: PathBuf,
    part: PathBuf,
    force: bool,
}

impl Target {
    fn new(file: PathBuf, force: bool) -> Result<Self, String> {
        if file.is_dir() {
            return Err(format!("{} is a folder. Name a file in it", file.display()));
        }
        if !force && file.exists() {
            return Err(taken(&file));
        }
        let mut name = OsString::from(&file);
        name.push(format!(".{}.part", std::process::id()));
        let part = name.into();
        Ok(Self { file, part, force })
    }

    /// Gives the finished copy its name, once it is on the disk.
    fn keep(&self) -> Result<PathBuf, String> {
        let failed = |error| format!("{} cannot be written: {error}", self.file.display());
        File::open(&self.part)
            .and_then(|file| file.sync_all())
            .map_err(failed)?;
        if self.force {
            std::fs::rename(&self.part, &self.file).map_err(failed)?;
        } else {
            // A link is refused when the name was taken meanwhile; renaming would write over it.
            std::fs::hard_link(&self.part, &self.file).map_err(|error| match error.kind() {
                std::io::ErrorKind::AlreadyExists => taken(&self.file),
                _ => failed(error),
            })?;
        }
        sync_folder(&self.file).map_err(failed)?;
        Ok(self.file.clone())
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        // It is not there when it was renamed, or never made.
        let _ = std::fs::remove_file(&self.part);
    }
}

fn taken(file: &Path) -> String {
    format!(
        "{} is there already. Choose another file, or write over it with --force",
        file.display()
    )
}

/// The new name is on the disk only once its folder is.
fn sync_folder(file: &Path) -> std::io::Result<()> {
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn copy(database: &Path, part: &Path) -> Result<(), String> {
    if !database.is_file() {
        return Err(format!(
            "there is no database {}. Name the server's data folder with --data",
            database.display()
        ));
    }
    let failed = |error| format!("{} cannot be copied: {error}", database.display());
    let part = part
        .to_str()
        .ok_or_else(|| format!("{} is no UTF-8 text. Choose another name", part.display()))?;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(database, flags).map_err(failed)?;
    connection
        .busy_timeout(std::time::Duration::from_secs(30))
        .and_then(|()| connection.execute("VACUUM INTO ?1", [part]))
        .map(drop)
        .map_err(failed)
}

/// Reads the whole copy, so that a backup that cannot be restored is not kept.
fn verify(part: &Path) -> Result<(), String> {
    let failed = |error| format!("the copy cannot be read: {error}");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(part, flags).map_err(failed)?;
    let found: String = connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(failed)?;
    if found == "ok" {
        Ok(())
    } else {
        Err(format!("the copy is damaged, and is not kept: {found}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_databases_own_files_are_refused_however_they_are_named() {
        let data = tempfile::tempdir().unwrap();
        std::fs::create_dir(data.path().join("below")).unwrap();
        let refused = |file: &str| refuse_own_files(data.path(), &data.path().join(file)).is_err();
        assert!(refused("statecraft.db") && refused("statecraft.db-wal"));
        assert!(refused("below/../statecraft.db"));
        assert!(!refused("copy.db") && !refused("below/statecraft.db"));
    }
}
