//! Starts the pages around the studio: pipelines, lists of runs, and reviews.

fn main() {
    app::shell::start_home();
}
