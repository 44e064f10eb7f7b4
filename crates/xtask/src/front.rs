//! The studio: built by trunk, compressed beforehand, weighed.

use crate::stamp::Stamp;
use crate::step::{Failure, run, say, step};
use crate::{paths, tools};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the first view may cost a visitor, in bytes after brotli.
pub(crate) const FIRST_VIEW_BUDGET: u64 = 500_000;

/// What the studio is made from.
const INPUTS: &[&str] = &[
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "app",
    "crates/asl/Cargo.toml",
    "crates/asl/src",
    "crates/jsonata/Cargo.toml",
    "crates/jsonata/src",
    "crates/layout/Cargo.toml",
    "crates/layout/src",
    "public",
    "style",
];

/// Builds the studio into `dist/` and puts a `.br` and a `.gz` beside each file that shrinks; nothing when it stands there as it would become.
pub(crate) fn build() -> Result<(), Failure> {
    let stamp = Stamp::of("studio", INPUTS)?;
    if stamp.is_fresh() && dist().join("index.html").is_file() {
        return Ok(());
    }
    stamp.forget()?;
    step("Build the studio", || {
        run("Build the studio", &mut trunk()?)
    })?;
    step("Compress its files", || compress_all(&dist()))?;
    stamp.keep()
}

/// Where the built studio lies; the server embeds this folder.
pub(crate) fn dist() -> PathBuf {
    paths::root().join("dist")
}

fn trunk() -> Result<Command, Failure> {
    let mut command = Command::new("trunk");
    command
        .args(["build", "--release", "--offline=true"])
        .env("PATH", tools::path()?)
        // trunk reads NO_COLOR as a flag that must be true or false; other programs set it to 1.
        .env_remove("NO_COLOR")
        .current_dir(paths::root());
    Ok(command)
}

fn compress_all(folder: &Path) -> Result<(), Failure> {
    for path in files(folder)? {
        if is_compressible(&path) {
            let bytes = std::fs::read(&path)?;
            write_if_smaller(&path, "br", &bytes, &brotli(&bytes)?)?;
            write_if_smaller(&path, "gz", &bytes, &gzip(&bytes)?)?;
        }
    }
    Ok(())
}

/// All files of a folder and the folders in it.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_path_buf()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path)
            } else {
                found.push(path)
            }
        }
    }
    found.sort();
    Ok(found)
}

fn is_compressible(path: &Path) -> bool {
    let endings = ["html", "js", "css", "wasm", "json", "svg"];
    path.extension()
        .is_some_and(|ending| endings.iter().any(|known| ending == *known))
}

fn write_if_smaller(path: &Path, ending: &str, plain: &[u8], packed: &[u8]) -> Result<(), Failure> {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{ending}"));
    if packed.len() < plain.len() {
        std::fs::write(name, packed)?;
    }
    Ok(())
}

/// Packed as a server sends it.
pub(crate) fn brotli(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut packed = Vec::new();
    let settings = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &settings)?;
    Ok(packed)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// Weighs what a visitor's first view loads and fails when it is over the budget; says what the drawing program adds.
pub(crate) fn weigh() -> Result<(), Failure> {
    let mut totals = [0; 2];
    for path in files(&dist())? {
        let Some(load) = load_of(&path) else { continue };
        let size = packed_size(&path)?;
        totals[load as usize] += size;
        let name = path.strip_prefix(dist()).unwrap_or(&path);
        say(&format!("  {size:>9} bytes  {}", name.display()));
    }
    let [first, drawing] = totals;
    say(&format!("  {drawing:>9} bytes when a pipeline is drawn"));
    say(&format!(
        "  {first:>9} bytes of {FIRST_VIEW_BUDGET} in the first view"
    ));
    if first <= FIRST_VIEW_BUDGET {
        return Ok(());
    }
    Err(Failure::Other(format!(
        "The first view weighs {first} bytes, {} over its budget. Load more of it later, or take something out.",
        first - FIRST_VIEW_BUDGET
    )))
}

/// When a file is loaded.
#[derive(Clone, Copy)]
enum Load {
    /// With the first page: program, style and type.
    First,
    /// With a page that draws a pipeline.
    Drawing,
}

/// The code editor and the starters are loaded when they are wanted; sources and compressed copies are not files of their own.
fn load_of(path: &Path) -> Option<Load> {
    let name = path
        .strip_prefix(dist())
        .ok()?
        .to_string_lossy()
        .into_owned();
    let kinds = [".html", ".js", ".css", ".wasm", ".woff2"];
    let counts = kinds.iter().any(|kind| name.ends_with(kind))
        && !["editor-", "pipelines/", "worker.js"]
            .iter()
            .any(|later| name.starts_with(later));
    let drawing = name.starts_with("studio-") || name.starts_with("snippets/");
    counts.then_some(if drawing { Load::Drawing } else { Load::First })
}

fn packed_size(path: &Path) -> Result<u64, Failure> {
    let mut packed = path.as_os_str().to_owned();
    packed.push(".br");
    let packed = PathBuf::from(packed);
    let smallest = if packed.is_file() {
        packed
    } else {
        path.to_path_buf()
    };
    Ok(std::fs::metadata(smallest)?.len())
}
