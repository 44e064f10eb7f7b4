//! One step of a command: says what it does, runs it, says how long it took.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// Why a command stopped.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// A program ended with an error.
    #[error("`{name}` failed. To see it by hand, run:\n\n    {by_hand}\n")]
    Step {
        /// The step.
        name: String,
        /// What to type.
        by_hand: String,
    },
    /// A program could not be started.
    #[error("`{program}` could not be started: {source}. {advice}")]
    Start {
        /// The program.
        program: String,
        /// Why.
        source: std::io::Error,
        /// What to do.
        advice: String,
    },
    /// Something else, with what to do about it.
    #[error("{0}")]
    Other(String),
    /// Several steps failed; each was reported where it ran.
    #[error("{} failed: {}", .0.len(), .0.join(", "))]
    Several(Vec<String>),
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Other(format!("Reading or writing a file failed: {error}"))
    }
}

/// Reads a file; a failure names it.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path)
        .map_err(|error| Failure::Other(format!("{} cannot be read: {error}", path.display())))
}

/// Prints a line for the person who typed the command.
#[expect(
    clippy::print_stdout,
    reason = "this is a command line tool; here is its only voice"
)]
pub(crate) fn say(line: &str) {
    println!("{line}");
}

/// Runs `work` under a name and says how long it took.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    say(&format!("▸ {name}"));
    let begin = Instant::now();
    let outcome = work();
    let seconds = begin.elapsed().as_secs_f32();
    match &outcome {
        Ok(_) => say(&format!("  done in {seconds:.1} s")),
        Err(_) => say(&format!("  failed after {seconds:.1} s")),
    }
    outcome
}

/// Runs a program to its end, its output passed on.
pub(crate) fn run(name: &str, command: &mut Command) -> Result<(), Failure> {
    let status = command
        .status()
        .map_err(|source| not_started(command, source))?;
    if status.success() {
        Ok(())
    } else {
        Err(failed(name, command))
    }
}

/// Runs a program and gives what it printed.
pub(crate) fn capture(name: &str, command: &mut Command) -> Result<String, Failure> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|source| not_started(command, source))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(failed(name, command))
    }
}

/// Whether a program runs and succeeds; its output is dropped.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// The failure of a program that ran.
pub(crate) fn failed(name: &str, command: &Command) -> Failure {
    Failure::Step {
        name: name.to_owned(),
        by_hand: by_hand(command),
    }
}

fn not_started(command: &Command, source: std::io::Error) -> Failure {
    let program = command.get_program().to_string_lossy().into_owned();
    let advice = "Install it, or put it on the PATH.".to_owned();
    Failure::Start {
        program,
        source,
        advice,
    }
}

/// What to type to repeat a command: its folder, its settings, its words.
fn by_hand(command: &Command) -> String {
    let mut words = Vec::new();
    if let Some(folder) = command.get_current_dir() {
        words.push(format!("cd {} &&", quoted(&folder.to_string_lossy())));
    }
    for (name, value) in command.get_envs() {
        if let Some(value) = value {
            words.push(format!(
                "{}={}",
                name.to_string_lossy(),
                quoted(&value.to_string_lossy())
            ));
        }
    }
    words.push(quoted(&command.get_program().to_string_lossy()));
    words.extend(
        command
            .get_args()
            .map(|word| quoted(&word.to_string_lossy())),
    );
    words.join(" ")
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:@+,%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_folder_the_settings_and_the_words_to_type() {
        let mut command = Command::new("cargo");
        command
            .current_dir("/somewhere")
            .env("RUSTFLAGS", "-D warnings")
            .args(["test", "it's"]);
        assert_eq!(
            by_hand(&command),
            r"cd /somewhere && RUSTFLAGS='-D warnings' cargo test 'it'\''s'"
        );
    }

    #[test]
    fn a_program_that_does_not_exist_is_said_with_what_to_do() {
        let failure = run("x", &mut Command::new("no-such-program-here")).unwrap_err();
        assert!(
            failure
                .to_string()
                .contains("`no-such-program-here` could not be started")
        );
    }
}
