//! That untrusted patterns and texts cost no more than they were granted.

use super::{NONE, OutOfFuel, Regex, fault, find, search};

fn fuel_for(pattern: &str, text: &str, granted: u64) -> Result<u64, OutOfFuel> {
    let mut fuel = granted;
    let regex = Regex::new(pattern, NONE).unwrap();
    regex.find_at(text, 0, &mut fuel).map(|_| granted - fuel)
}

#[test]
fn exponential_patterns_run_out_of_fuel() {
    let text = "a".repeat(100) + "!";
    for pattern in [
        "(a+)+$",
        "(a|a)*$",
        "(a*)*b",
        "(a|aa)+$",
        "(.*)*\\1x",
        "((a{0,9}){0,9}){0,9}$",
        "(?=(a+)+$)",
    ] {
        assert_eq!(
            fuel_for(pattern, &text, 1_000_000),
            Err(OutOfFuel),
            "{pattern}"
        );
    }
}

#[test]
fn nothing_is_left_when_the_fuel_runs_out() {
    let mut fuel = 10;
    let regex = Regex::new("(a+)+$", NONE).unwrap();
    assert!(regex.find_at("aaaaaaaaaa!", 0, &mut fuel).is_err());
    assert_eq!(fuel, 0);
}

#[test]
fn simple_searches_take_little_fuel() {
    let text = "a".repeat(10_000) + "b";
    assert!(fuel_for("b", &text, 100_000).unwrap() < 1_000);
    assert!(fuel_for("[^b]*b", &text, 100_000).unwrap() < 1_000);
    assert!(fuel_for("^b", &text, 100_000).unwrap() < 1_000);
    assert!(fuel_for("[xyz]", &text, 100_000).unwrap() < 1_000);
}

#[test]
fn the_stack_has_an_upper_bound_whatever_the_fuel() {
    let text = "ab".repeat(2_000_000);
    assert_eq!(fuel_for("(?:a|b)*$", &text, u64::MAX), Err(OutOfFuel));
}

#[test]
fn huge_counts_take_no_memory() {
    assert_eq!(find("a{0,4294967295}", "aaa"), Some("aaa"));
    assert_eq!(find("(?:ab){0,4294967295}", "abab"), Some("abab"));
    assert_eq!(find("(?:ab){1,99999999999999999999}", "abab"), Some("abab"));
    assert_eq!(find("(?:a{1000}){1000}", "aaa"), None);
    assert_eq!(find("(?:(?:(?:ab){999}){999}){999}", "abab"), None);
    assert_eq!(find("(){4294967295}(?=a){4294967295}a", "a"), Some("a"));
}

#[test]
fn groups_nest_up_to_a_limit() {
    let nested = |depth| "(?:".repeat(depth) + "a" + &")".repeat(depth);
    assert_eq!(find(&nested(250), "a"), Some("a"));
    assert_eq!(
        fault(&nested(251)).message,
        "The groups are nested too deeply."
    );
    assert_eq!(fault(&"(".repeat(1_000_000)).at, 250);
}

#[test]
fn the_deepest_pattern_needs_little_stack() {
    let pattern = "(x|c(?=".repeat(125) + "a" + &"|b)*y)+".repeat(125);
    let deep = move || search(&pattern, NONE, "aaa", 0).is_none();
    let thread = std::thread::Builder::new().stack_size(256 * 1024);
    assert!(thread.spawn(deep).unwrap().join().unwrap());
}

#[test]
fn a_long_text_needs_no_stack() {
    let text = "ab".repeat(50_000);
    assert_eq!(
        search("(?:a|b)*$", NONE, &text, 0).map(|found| found.range),
        Some(0..100_000)
    );
    assert_eq!(
        search("(?<=^(?:b|a)*)$", NONE, &text, 100_000).map(|found| found.range),
        Some(100_000..100_000)
    );
}

#[test]
fn there_are_only_so_many_groups() {
    assert_eq!(
        fault(&"()".repeat(40_000)).message,
        "There are too many groups."
    );
}
