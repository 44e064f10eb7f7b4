//! Rust's standard library for wasm32: from rustup where it can be reached, else built from the compiler's own sources.

use crate::paths;
use crate::step::{Failure, capture, run, say, step, succeeds};
use std::path::{Path, PathBuf};
use std::process::Command;

const TARGET: &str = "wasm32-unknown-unknown";

/// Installs the target unless the compiler has it.
pub(crate) fn ensure() -> Result<(), Failure> {
    let sysroot = sysroot()?;
    let libraries = sysroot.join("lib/rustlib").join(TARGET).join("lib");
    if has_library(&libraries) {
        return Ok(());
    }
    step("Install Rust's wasm32 target", || {
        if succeeds(Command::new("rustup").args(["target", "add", TARGET]))
            && has_library(&libraries)
        {
            return Ok(());
        }
        say("  rustup could not bring it; building it from Debian's rust-src");
        build_from_source(&sysroot, &libraries)
    })
}

fn sysroot() -> Result<PathBuf, Failure> {
    let printed = capture(
        "Ask rustc",
        Command::new("rustc").args(["--print", "sysroot"]),
    )?;
    Ok(PathBuf::from(printed.trim()))
}

fn has_library(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|entries| {
        entries
            .flatten()
            .any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
    })
}

fn build_from_source(sysroot: &Path, libraries: &Path) -> Result<(), Failure> {
    let sources = sysroot.join("lib/rustlib/src/rust");
    if !sources.join("library/std/Cargo.toml").is_file() {
        fetch_sources(&sources)?;
    }
    let project = paths::tools().join("build-std");
    write_empty_crate(&project)?;
    run("Build the standard library", &mut build_command(&project))?;
    copy_libraries(
        &project.join("target").join(TARGET).join("release/deps"),
        libraries,
    )
}

/// Only the compiler's exact version fits. Debian keeps it among the backports of its stable release.
fn fetch_sources(sources: &Path) -> Result<(), Failure> {
    let folder = paths::tools().join("rust-src");
    for inner in ["lists/partial", "cache/archives/partial"] {
        std::fs::create_dir_all(folder.join(inner))?;
    }
    let keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
    let line =
        format!("deb [signed-by={keyring}] http://deb.debian.org/debian trixie-backports main\n");
    std::fs::write(folder.join("sources.list"), line)?;
    run(
        "Read the package lists",
        apt(&folder).args(["-qq", "update"]),
    )?;
    let package = format!("rust-src={}*", compiler_version()?);
    run(
        "Download rust-src",
        apt(&folder).args(["-qq", "download", &package]),
    )?;
    unpack(&folder, sources)
}

fn apt(folder: &Path) -> Command {
    let mut command = Command::new("apt-get");
    command.current_dir(folder);
    for (name, value) in [
        ("Dir::Etc::sourcelist", "sources.list"),
        ("Dir::State::lists", "lists"),
        ("Dir::Cache", "cache"),
    ] {
        command
            .arg("-o")
            .arg(format!("{name}={}", folder.join(value).display()));
    }
    command.args([
        "-o",
        "Dir::Etc::sourceparts=-",
        "-o",
        "APT::Sandbox::User=root",
    ]);
    command
}

fn compiler_version() -> Result<String, Failure> {
    let printed = capture("Ask rustc", Command::new("rustc").arg("--version"))?;
    let version = printed.split_whitespace().nth(1).map(str::to_owned);
    version
        .ok_or_else(|| Failure::Other(format!("rustc's version cannot be read from `{printed}`")))
}

fn unpack(folder: &Path, sources: &Path) -> Result<(), Failure> {
    let package = newest(folder, ".deb").ok_or_else(|| {
        Failure::Other(format!("no rust-src package came to {}", folder.display()))
    })?;
    let tree = folder.join("tree");
    run(
        "Unpack rust-src",
        Command::new("dpkg").arg("-x").arg(&package).arg(&tree),
    )?;
    let usr_src = tree.join("usr/src");
    let unpacked = newest(&usr_src, "").ok_or_else(|| {
        Failure::Other(format!(
            "rust-src has no sources under {}",
            usr_src.display()
        ))
    })?;
    std::fs::create_dir_all(sources)?;
    let mut copy = Command::new("cp");
    copy.arg("-rL").arg(unpacked.join("library")).arg(sources);
    run("Copy the sources into the toolchain", &mut copy)?;
    let lock = unpacked.join("Cargo.lock");
    if lock.is_file() {
        std::fs::copy(lock, sources.join("Cargo.lock"))?;
    }
    Ok(())
}

fn newest(folder: &Path, ending: &str) -> Option<PathBuf> {
    let entries = std::fs::read_dir(folder).ok()?;
    let paths = entries.flatten().map(|entry| entry.path());
    paths
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .max()
}

fn write_empty_crate(project: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(project.join("src"))?;
    let manifest =
        "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n";
    std::fs::write(project.join("Cargo.toml"), manifest)?;
    Ok(std::fs::write(project.join("src/lib.rs"), "")?)
}

/// Without bitcode in the libraries, link-time optimisation of the studio would fail.
fn build_command(project: &Path) -> Command {
    let mut command = Command::new("cargo");
    command
        .args([
            "build",
            "-Zbuild-std=std,panic_abort,test",
            "--release",
            "--quiet",
            "--target",
            TARGET,
        ])
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env_remove("CARGO_TARGET_DIR")
        .current_dir(project);
    command
}

fn copy_libraries(from: &Path, to: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".rlib") && !name.starts_with("libempty-") {
            std::fs::copy(entry.path(), to.join(name))?;
        }
    }
    Ok(())
}
