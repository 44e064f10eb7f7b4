//! The `statecraft` command.

/// An execution's turn makes and drops thousands of small values on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    server::command::main()
}
