//! The `statecraft` command.

fn main() -> std::process::ExitCode {
    server::command::main()
}
