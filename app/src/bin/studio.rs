//! Starts the studio, and the page of a run.

fn main() {
    app::shell::start_studio();
}
