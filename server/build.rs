//! Makes sure that the folder of the built studio exists, so that the server also builds without it.
fn main() {
    let dist = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist");
    println!("cargo::rerun-if-changed=../dist");
    if let Err(error) = std::fs::create_dir_all(&dist) {
        println!(
            "cargo::warning=the folder {} could not be made: {error}",
            dist.display()
        );
    }
}
