//! Writing what subcommands answer.

use std::io::Write;

/// Writes to standard output and says whether it could; a reader that has gone away is no failure.
pub(super) fn print(command: &str, text: &str) -> bool {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => true,
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => true,
        Err(error) => {
            eprintln!("statecraft {command}: cannot write the answer: {error}.");
            false
        }
    }
}
