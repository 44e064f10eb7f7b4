//! Addresses of the pages: the only place that builds them.

/// A name as one segment of an address.
fn segment(name: &str) -> String {
    crate::api::path_segment(name)
}

/// All pipelines.
pub fn home() -> String {
    "/".to_owned()
}

/// A pipeline in the studio.
pub fn studio(pipeline: &str) -> String {
    format!("/pipelines/{}", segment(pipeline))
}

/// A pipeline in the studio with its dry run open.
pub fn dry_run(pipeline: &str) -> String {
    format!("{}?tab=dry-run", studio(pipeline))
}

/// A pipeline in the studio with one state selected, given by its pointer.
pub fn studio_state(pipeline: &str, pointer: &str) -> String {
    format!("{}?state={}", studio(pipeline), segment(pointer))
}

/// The page that opens a link with a pipeline in it, or a template.
pub fn open() -> String {
    "/open".to_owned()
}

/// The runs of a pipeline.
pub fn runs(pipeline: &str) -> String {
    format!("{}/runs", studio(pipeline))
}

/// One run.
pub fn run(pipeline: &str, run: &str) -> String {
    format!("{}/{}", runs(pipeline), segment(run))
}

/// The reviews that wait.
pub fn reviews() -> String {
    "/reviews".to_owned()
}

/// One review.
pub fn review(id: &str) -> String {
    format!("/reviews/{}", segment(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_one_address() {
        let all = [
            home(),
            studio("a b"),
            dry_run("a"),
            studio_state("a", "/States/Train"),
            open(),
            runs("a"),
            run("a", "r/1"),
            reviews(),
            review("x"),
        ];
        let wanted = [
            "/",
            "/pipelines/a%20b",
            "/pipelines/a?tab=dry-run",
            "/pipelines/a?state=%2FStates%2FTrain",
            "/open",
            "/pipelines/a/runs",
            "/pipelines/a/runs/r%2F1",
            "/reviews",
            "/reviews/x",
        ];
        assert_eq!(all, wanted);
    }
}
