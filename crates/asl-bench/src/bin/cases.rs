//! `bench-cases [FILE]`: each case of `asl_bench::cases` as a line of JSON, `{"case": text, "trace": text}`; those of a file of recordings follow.

use asl_bench::{case::Case, cases, trace};
use serde_json::json;
use std::io::{BufWriter, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut all = cases::generated();
    if let Some(file) = std::env::args().nth(1) {
        let recordings = std::fs::read_to_string(file)?;
        all.extend(recordings.lines().filter_map(cases::recorded));
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    all.iter().try_for_each(|case| write(&mut out, case))?;
    Ok(out.flush()?)
}

fn write(out: &mut impl Write, case: &Case) -> Result<(), Box<dyn std::error::Error>> {
    let line = json!({"case": serde_json::to_string(case)?, "trace": trace::of(case)});
    Ok(writeln!(out, "{line}")?)
}
