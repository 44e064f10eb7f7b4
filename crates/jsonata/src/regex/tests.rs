//! What every piece of the syntax means, what is refused, and that nothing runs away. How all of it agrees with Node's
//! `RegExp` on random patterns was measured outside; the cases here need nothing but the module.

use super::{Flags, Match, OutOfFuel, PatternFault, Regex};

mod limits;
mod syntax;

const NONE: Flags = Flags {
    ignore_case: false,
    multi_line: false,
};
const I: Flags = Flags {
    ignore_case: true,
    ..NONE
};
const M: Flags = Flags {
    multi_line: true,
    ..NONE
};

fn search(pattern: &str, flags: Flags, text: &str, from: usize) -> Option<Match> {
    let regex = Regex::new(pattern, flags).unwrap();
    regex.find_at(text, from, &mut 1_000_000).unwrap()
}

/// The match and its groups.
fn parts_with<'t>(pattern: &str, flags: Flags, text: &'t str) -> Option<Vec<Option<&'t str>>> {
    let found = search(pattern, flags, text, 0)?;
    let groups = found.groups.iter().map(|group| Some(&text[group.clone()?]));
    Some(
        [Some(&text[found.range])]
            .into_iter()
            .chain(groups)
            .collect(),
    )
}

fn parts<'t>(pattern: &str, text: &'t str) -> Vec<Option<&'t str>> {
    parts_with(pattern, NONE, text).unwrap()
}

fn find_with<'t>(pattern: &str, flags: Flags, text: &'t str) -> Option<&'t str> {
    parts_with(pattern, flags, text)?.into_iter().next()?
}

fn find<'t>(pattern: &str, text: &'t str) -> Option<&'t str> {
    find_with(pattern, NONE, text)
}

fn matches(pattern: &str, text: &str) -> bool {
    find(pattern, text).is_some()
}

fn fault(pattern: &str) -> PatternFault {
    Regex::new(pattern, NONE).unwrap_err()
}

#[test]
fn the_leftmost_match_is_found() {
    assert_eq!(search("b+", NONE, "abbab", 0).unwrap().range, 1..3);
    assert_eq!(find("x", "abc"), None);
}

#[test]
fn a_search_starts_where_it_is_told_to() {
    assert_eq!(search("a", NONE, "abab", 1).unwrap().range, 2..3);
    assert_eq!(search("", NONE, "ab", 2).unwrap().range, 2..2);
    assert_eq!(search("", NONE, "ab", 3), None);
    assert_eq!(search(".", NONE, "éa", 1).unwrap().range, 2..3);
}

#[test]
fn what_stands_before_the_start_of_a_search_is_still_seen() {
    assert_eq!(search("^b", NONE, "ab", 1), None);
    assert_eq!(search(r"\bb", NONE, "ab", 1), None);
    assert_eq!(search("(?<=a)b", NONE, "ab", 1).unwrap().range, 1..2);
}

#[test]
fn the_first_alternative_that_fits_is_taken() {
    assert_eq!(find("a|ab", "ab"), Some("a"));
    assert_eq!(find("(?:a|ab)c", "abc"), Some("abc"));
    assert_eq!(find("x||y", "y"), Some(""));
}

#[test]
fn a_greedy_quantifier_takes_as_much_as_it_can() {
    assert_eq!(find("a*", "aab"), Some("aa"));
    assert_eq!(find("a+b", "caaab"), Some("aaab"));
    assert_eq!(find("ab?", "abb"), Some("ab"));
    assert_eq!(find("<.*>", "<a><b>"), Some("<a><b>"));
    assert_eq!(find("(?:ab)+", "ababa"), Some("abab"));
}

#[test]
fn a_lazy_quantifier_takes_as_little_as_it_can() {
    assert_eq!(find("a*?", "aa"), Some(""));
    assert_eq!(find("a+?", "aa"), Some("a"));
    assert_eq!(find("ab??c?", "abc"), Some("a"));
    assert_eq!(find("<.*?>", "<a><b>"), Some("<a>"));
    assert_eq!(find("(?:ab)+?", "abab"), Some("ab"));
    assert_eq!(find("^(?:ab){1,2}?$", "abab"), Some("abab"));
    assert_eq!(find("^a{1,2}?$", "aaa"), None);
}

#[test]
fn a_counted_quantifier_keeps_to_its_bounds() {
    assert_eq!(find("a{2}", "aaa"), Some("aa"));
    assert_eq!(find("a{2,}", "aaa"), Some("aaa"));
    assert_eq!(find("a{1,2}", "aaa"), Some("aa"));
    assert_eq!(find("a{0}b", "aab"), Some("b"));
    assert_eq!(find("(?:ab|c){2,3}", "abcabc"), Some("abcab"));
    assert_eq!(find("(?:ab){3}", "abab"), None);
}

#[test]
fn a_run_gives_back_whole_characters() {
    assert_eq!(find("é*éb", "éééb"), Some("éééb"));
    assert_eq!(find("[^x]*€", "a€b€c"), Some("a€b€"));
    assert_eq!(find("(?<=a.*)x", "aééx"), Some("x"));
}

#[test]
fn groups_take_what_they_matched_last() {
    assert_eq!(parts("(a)(b)?", "a"), [Some("a"), Some("a"), None]);
    assert_eq!(parts("(a|b)*", "abab"), [Some("abab"), Some("b")]);
    assert_eq!(parts("((a)|b)+", "ba"), [Some("ba"), Some("a"), Some("a")]);
    assert_eq!(parts("(?<n>a)(?:b)", "ab"), [Some("ab"), Some("a")]);
}

#[test]
fn groups_are_forgotten_when_a_round_begins() {
    assert_eq!(parts("((a)|b)+", "ab"), [Some("ab"), Some("b"), None]);
    let all = parts("(z)((a+)?(b+)?(c))*", "zaacbbbcac");
    assert_eq!(all[2..], [Some("ac"), Some("a"), None, Some("c")]);
    assert_eq!(parts("(?:(a)|(b)){2}", "ab")[1..], [None, Some("b")]);
}

#[test]
fn a_group_that_failed_gives_back_what_it_took() {
    assert_eq!(parts("(?:(a)x|ab)", "ab"), [Some("ab"), None]);
    assert_eq!(parts("(?:(a)|b)*?bx", "abx"), [Some("abx"), Some("a")]);
}

#[test]
fn a_round_beyond_the_least_must_take_something() {
    assert_eq!(parts("(a*)*", "b"), [Some(""), None]);
    assert_eq!(parts("(a*)+", "b"), [Some(""), Some("")]);
    assert_eq!(parts("(?:a?)*?b", "aab"), [Some("aab")]);
    assert_eq!(parts("(a?){3}", "a"), [Some("a"), Some("")]);
    assert_eq!(parts("(?=(a)){0}a", "a"), [Some("a"), None]);
    assert_eq!(parts("(?=(a))?a", "a"), [Some("a"), None]);
    assert_eq!(parts("(?=(a)){1,}a", "a"), [Some("a"), Some("a")]);
    assert_eq!(parts("(|a)*", "a"), [Some("a"), Some("a")]);
}

#[test]
fn a_lookahead_takes_nothing() {
    assert_eq!(find("a(?=b)", "aab"), Some("a"));
    assert_eq!(search("a(?=b)", NONE, "aab", 0).unwrap().range, 1..2);
    assert_eq!(search("a(?!b)", NONE, "abac", 0).unwrap().range, 2..3);
    assert_eq!(parts("(?=(a+))a*b\\1", "baaabac")[1..], [Some("a")]);
}

#[test]
fn a_lookahead_that_held_is_not_tried_again() {
    assert_eq!(parts("(?=(a+))", "baaa"), [Some(""), Some("aaa")]);
    assert_eq!(find("(?=(a+?))\\1b", "aab"), Some("ab"));
    assert_eq!(find("(?=(a+))a\\1", "aaa"), None);
}

#[test]
fn a_lookaround_that_wants_no_match_leaves_no_groups() {
    assert_eq!(parts("(?!(a)b)a", "ac"), [Some("a"), None]);
    let all = parts("(.*?)a(?!(a+)b\\2c)\\2(.*)", "baaabaac");
    assert_eq!(all, [Some("baaabaac"), Some("ba"), None, Some("abaac")]);
}

#[test]
fn groups_in_a_lookahead_are_given_back_when_it_is_left_for_good() {
    assert_eq!(parts("(?:(?=(a))x|a)", "a"), [Some("a"), None]);
    assert_eq!(parts("(?:(?=(a))a){2}b|aa", "aa"), [Some("aa"), None]);
}

#[test]
fn a_lookbehind_matches_backwards() {
    assert_eq!(search("(?<=a)b", NONE, "bab", 0).unwrap().range, 2..3);
    assert_eq!(search("(?<!a)b", NONE, "abb", 0).unwrap().range, 2..3);
    assert_eq!(find(r"(?<=\$\d+\.)\d+", "$10.53"), Some("53"));
    assert_eq!(
        parts(r"(?<=(\d+)(\d+))$", "1053")[1..],
        [Some("1"), Some("053")]
    );
    assert_eq!(parts(r"(?<=\1(a))b", "aab")[1..], [Some("a")]);
    assert_eq!(find(r"(?<=(a)\1)b", "aab"), Some("b"));
    assert_eq!(find("(?<=(?:ab|c){2})x", "abcx"), Some("x"));
    assert_eq!(find("(?<=a(?=bc)b)c", "abc"), Some("c"));
}

#[test]
fn a_back_reference_matches_what_its_group_took() {
    assert_eq!(find(r"(a|b)\1", "abb"), Some("bb"));
    assert_eq!(find(r"(?<q>['x]).*?\k<q>", "x'a'"), Some("'a'"));
    assert_eq!(find(r"\k<n>(?<n>a)", "a"), Some("a"));
    assert_eq!(find(r"(é+)-\1", "éé-é"), Some("é-é"));
}

#[test]
fn a_back_reference_to_nothing_matches_nothing() {
    assert_eq!(find(r"\1(a)", "a"), Some("a"));
    assert_eq!(find(r"(a\1)", "aa"), Some("a"));
    assert_eq!(find(r"(?:(a)|b)\1", "b"), Some("b"));
    assert_eq!(find(r"(?:\1b|(a))*", "abb"), Some("abb"));
}

#[test]
fn anchors_hold_at_the_ends_of_the_text() {
    assert_eq!(find("^a$", "a"), Some("a"));
    assert!(!matches("^a$", "a\n"));
    assert!(!matches("a^b", "ab"));
    assert_eq!(search("^a|b", NONE, "cb", 0).unwrap().range, 1..2);
}

#[test]
fn anchors_hold_at_line_ends_with_the_flag_m() {
    for end in ["\n", "\r", "\u{2028}", "\u{2029}"] {
        let text = format!("a{end}b{end}c");
        assert_eq!(find_with("^b$", M, &text), Some("b"));
        assert_eq!(find_with("^b$", NONE, &text), None);
    }
}

#[test]
fn word_edges_know_ascii_words_only() {
    assert_eq!(find(r"\bb\w*", "ab bc"), Some("bc"));
    assert_eq!(search(r"\Bb", NONE, "b ab", 0).unwrap().range, 3..4);
    assert_eq!(find(r"é\b", "éa"), Some("é"));
    assert_eq!(find(r"\b", ""), None);
    assert_eq!(find(r"\B", ""), Some(""));
}

#[test]
fn a_dot_matches_a_character_but_no_line_end() {
    assert_eq!(find(".+", "\n\r\u{2028}\u{2029}é😀\n"), Some("é😀"));
    assert_eq!(find("[^]", "\n"), Some("\n"));
    assert_eq!(find("[]", "a"), None);
}

#[test]
fn case_is_ignored_with_the_flag_i() {
    assert_eq!(find_with("aBc", I, "xABC"), Some("ABC"));
    assert_eq!(find_with("é", I, "É"), Some("É"));
    assert_eq!(find_with("Σ", I, "ς"), Some("ς"));
    assert_eq!(find_with("[a-c]+", I, "aBC"), Some("aBC"));
    assert_eq!(find_with("[^a-c]+", I, "ABdC"), Some("d"));
    assert_eq!(find_with("[à-é]+", I, "ÀÉ"), Some("ÀÉ"));
    assert_eq!(find_with("[^\\W]", I, "ſ"), None);
    assert_eq!(find_with(r"(aé)\1", I, "aéAÉ"), Some("aéAÉ"));
    assert_eq!(find_with(r"(?<=\1(Ⱥ))b", I, "ⱥȺb"), Some("b"));
}

#[test]
fn ignoring_case_keeps_to_single_characters_and_off_ascii() {
    assert_eq!(find_with("ß", I, "SS"), None);
    assert_eq!(find_with("k", I, "\u{212A}"), None);
    assert_eq!(find_with("s", I, "ſ"), None);
    assert_eq!(find_with("i", I, "ı"), None);
    assert_eq!(find_with("µ", I, "Μ"), Some("Μ"));
    assert_eq!(find_with("𐐀", I, "𐐨"), None);
}

#[test]
fn a_character_is_a_code_point() {
    assert_eq!(find("^.$", "😀"), Some("😀"));
    assert_eq!(find("😀{2}", "😀😀"), Some("😀😀"));
    assert_eq!(find(r"\uD83D\uDE00", "😀"), Some("😀"));
    assert_eq!(find(r"[\uD83D\uDE00-\uD83D\uDE02]+", "😁😀"), Some("😁😀"));
    assert_eq!(find("[^a]", "😀"), Some("😀"));
    assert_eq!(find(r"\uD83D", "😀"), None);
    assert_eq!(find(r"[^\uD83D]", "a"), Some("a"));
}

#[test]
fn a_pattern_can_be_shared_and_tells_what_it_is() {
    fn shared<T: Clone + Send + Sync>(_: &T) {}
    let regex = Regex::new("a(b)", I).unwrap();
    shared(&regex);
    assert_eq!((regex.pattern(), regex.flags()), ("a(b)", I));
    assert_eq!(format!("{regex:?}"), "/a(b)/i");
}
