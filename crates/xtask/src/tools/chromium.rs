//! The browser of the browser tests: what `CHROMIUM` names, else Debian's.

use crate::step::{Failure, run, say, step, succeeds};
use std::path::PathBuf;
use std::process::Command;

/// The browser's program, when there is one.
pub(crate) fn find() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let usual = [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    ];
    named
        .into_iter()
        .chain(usual.map(PathBuf::from))
        .find(|path| path.is_file())
}

/// Installs Chromium from Debian's packages when we are root, else says how.
pub(crate) fn ensure() -> Result<(), Failure> {
    if find().is_some() {
        return Ok(());
    }
    if !is_root() {
        return Err(Failure::Other(
            "The browser tests need Chromium. Install it (`sudo apt-get install chromium`), or set CHROMIUM to the \
             program of an installed one."
                .to_owned(),
        ));
    }
    step("Install Chromium from Debian's packages", || {
        // The lists of a fresh machine may be missing or old, so a failed first try is worth a second with fresh ones.
        if run("Install Chromium", &mut install()).is_err() {
            say("  the package lists may be old; reading them anew");
            run("Read the package lists", apt().arg("update"))?;
            run("Install Chromium", &mut install())?;
        }
        Ok(())
    })
}

fn is_root() -> bool {
    Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|output| output.stdout.trim_ascii() == b"0")
        && succeeds(Command::new("apt-get").arg("--version"))
}

fn apt() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").arg("-qq");
    command
}

fn install() -> Command {
    let mut command = apt();
    command.args(["install", "-y", "--no-install-recommends", "chromium"]);
    command
}
