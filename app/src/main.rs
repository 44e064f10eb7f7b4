//! Starts the studio in the page.

fn main() {
    app::shell::start();
}
