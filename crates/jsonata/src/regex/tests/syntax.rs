//! How patterns are read: escapes, classes, what browsers let pass, and what is refused.

use super::{I, Regex, fault, find, find_with, matches, parts};

#[test]
fn class_escapes_match_what_they_stand_for() {
    assert_eq!(find(r"\d+", "a12b"), Some("12"));
    assert_eq!(find(r"\D+", "1ab2"), Some("ab"));
    assert_eq!(find(r"\w+", "-aZ_9é"), Some("aZ_9"));
    assert_eq!(find(r"\W+", "a-é1"), Some("-é"));
    assert_eq!(
        find(r"\s+", "a \t\n\u{A0}\u{FEFF}\u{2028}\u{3000}b"),
        Some(" \t\n\u{A0}\u{FEFF}\u{2028}\u{3000}")
    );
    assert_eq!(find(r"\S+", " ab\u{180E} "), Some("ab\u{180E}"));
}

#[test]
fn a_class_holds_characters_ranges_and_escapes() {
    assert_eq!(find("[abc]+", "xcab"), Some("cab"));
    assert_eq!(find("[a-cx]+", "dxb"), Some("xb"));
    assert_eq!(find("[^a-c]+", "abxy"), Some("xy"));
    assert_eq!(find(r"[\d\-x]+", "a1-x"), Some("1-x"));
    assert_eq!(find(r"[^\d\s]+", "1 a"), Some("a"));
    assert_eq!(find("[.*(|]+", "a(*|."), Some("(*|."));
    assert_eq!(find("[é-ü]", "ö"), Some("ö"));
    assert_eq!(find(r"[\]\\]+", r"a]\"), Some(r"]\"));
}

#[test]
fn a_dash_without_a_range_means_itself() {
    assert_eq!(find("[-a]+", "-a"), Some("-a"));
    assert_eq!(find("[a-]+", "a-b"), Some("a-"));
    assert_eq!(find(r"[\w-.]+", "a-.+"), Some("a-."));
    assert_eq!(find(r"[+-\d]+", "+-1,"), Some("+-1"));
    assert_eq!(find("[--/]+", "-./0"), Some("-./"));
}

#[test]
fn a_backspace_is_only_in_classes() {
    assert_eq!(find(r"[\b]", "\u{8}"), Some("\u{8}"));
    assert_eq!(find(r"[\B]", "B"), Some("B"));
}

#[test]
fn control_escapes_name_one_character() {
    assert_eq!(
        find(r"\t\n\v\f\r\0", "\t\n\u{B}\u{C}\r\0"),
        Some("\t\n\u{B}\u{C}\r\0")
    );
    assert_eq!(find(r"\cA\ca", "\u{1}\u{1}"), Some("\u{1}\u{1}"));
    assert_eq!(find(r"[\c1\c_]+", "\u{11}\u{1F}"), Some("\u{11}\u{1F}"));
}

#[test]
fn a_control_escape_without_a_letter_is_a_backslash() {
    assert_eq!(find(r"\c1", r"\c1"), Some(r"\c1"));
    assert_eq!(find(r"\c", r"\c"), Some(r"\c"));
    assert_eq!(find(r"[\c]+", r"c\"), Some(r"c\"));
}

#[test]
fn hexadecimal_escapes_name_one_character() {
    assert_eq!(find(r"\x41\u00e9", "Aé"), Some("Aé"));
    assert_eq!(find_with(r"\x61\u00e9", I, "AÉ"), Some("AÉ"));
    assert_eq!(find(r"[\x41-\u0043]+", "ABC"), Some("ABC"));
}

#[test]
fn an_incomplete_hexadecimal_escape_is_its_letter() {
    assert_eq!(find(r"\x4", "x4"), Some("x4"));
    assert_eq!(find(r"\u00e", "u00e"), Some("u00e"));
    assert_eq!(find(r"\u{2}", "uu"), Some("uu"));
}

#[test]
fn a_number_beyond_the_groups_is_octal() {
    assert_eq!(find(r"\1", "\u{1}"), Some("\u{1}"));
    assert_eq!(find(r"(a)\2", "a\u{2}"), Some("a\u{2}"));
    assert_eq!(find(r"(a)\12", "a\n"), Some("a\n"));
    assert_eq!(find(r"\101\377", "Aÿ"), Some("Aÿ"));
    assert_eq!(find(r"\400", " 0"), Some(" 0"));
    assert_eq!(find(r"\018", "\u{1}8"), Some("\u{1}8"));
    assert_eq!(find(r"\8\9", "89"), Some("89"));
    assert_eq!(find(r"(a)[\1]", "a\u{1}"), Some("a\u{1}"));
}

#[test]
fn groups_count_before_and_after_a_reference_but_not_in_classes() {
    assert_eq!(find(r"(a)(b)\2", "abb"), Some("abb"));
    assert_eq!(find(r"\2(a)(b)", "ab"), Some("ab"));
    assert_eq!(find(r"[(]\1", "(\u{1}"), Some("(\u{1}"));
    assert_eq!(find(r"\(\1", "(\u{1}"), Some("(\u{1}"));
}

#[test]
fn other_escapes_stand_for_themselves() {
    assert_eq!(find(r"\.\*\/\-\é\a", ".*/-éa"), Some(".*/-éa"));
    assert_eq!(find(r"\p{L}", "p{L}"), Some("p{L}"));
    assert_eq!(find(r"\k<n>", "k<n>"), Some("k<n>"));
}

#[test]
fn a_brace_that_is_no_quantifier_means_itself() {
    for pattern in [
        "a{", "a{}", "a{,2}", "a{x}", "a{1", "a{1,", "a{1,x}", "{", "}", "a}", "]", "^{a",
    ] {
        assert!(
            matches(pattern, pattern.trim_start_matches('^')),
            "{pattern}"
        );
    }
}

#[test]
fn lookaheads_may_be_repeated() {
    assert_eq!(find("(?=a)*b", "b"), Some("b"));
    assert_eq!(find("(?=a)+b", "b"), None);
    assert_eq!(find("(?!b){2}a", "a"), Some("a"));
}

#[test]
fn names_are_identifiers() {
    assert_eq!(parts(r"(?<$é_1>a)\k<$é_1>", "aa"), [Some("aa"), Some("a")]);
    assert_eq!(find(r"(?<\u0061>x)\k<a>", "xx"), Some("xx"));
    assert_eq!(find(r"(?<\u{61}>x)\k<a>", "xx"), Some("xx"));
    assert_eq!(fault("(?<1>a)").at, 0);
    assert_eq!(fault("(?<>a)").at, 0);
    assert_eq!(fault("(?<a").at, 0);
    assert_eq!(
        fault("a(?<n>a)(?<n>b)").message,
        "Another group already has this name."
    );
}

#[test]
fn a_reference_by_name_needs_a_group_of_that_name() {
    assert_eq!(fault(r"(?<a>x)\k<b>").at, 7);
    assert_eq!(fault(r"(?<a>x)\k").at, 7);
    assert_eq!(fault(r"(?<a>x)[\k]").at, 8);
}

#[test]
fn nothing_to_repeat_is_a_fault() {
    for pattern in [
        "*",
        "+a",
        "?",
        "a|*",
        "(*)",
        "a**",
        "{1}",
        "^*",
        "$+",
        r"\b?",
        "(?<=a)*",
        "(?<!a){1}",
    ] {
        let fault = fault(pattern);
        assert_eq!(
            fault.message, "There is nothing to repeat before this.",
            "{pattern}"
        );
    }
    assert_eq!(fault("ab**").at, 3);
}

#[test]
fn what_is_not_closed_is_a_fault() {
    assert_eq!(fault("a(b").message, "This group is not closed.");
    assert_eq!((fault("é(b(c)").at, fault("a)").at), (2, 1));
    assert_eq!(fault("a)").message, "This parenthesis closes no group.");
    assert_eq!(fault("a[b").message, "This class is not closed.");
    assert_eq!(
        fault("a\\").message,
        "The pattern ends in a single backslash."
    );
    assert_eq!(
        fault("[\\").message,
        "The pattern ends in a single backslash."
    );
}

#[test]
fn bounds_and_ranges_in_the_wrong_order_are_faults() {
    assert_eq!(
        fault("a{2,1}").message,
        "The lower bound is above the upper bound."
    );
    assert_eq!(fault("[b-a]").message, "The range ends before it starts.");
}

#[test]
fn unknown_groups_and_inline_modifiers_are_refused() {
    for pattern in [
        "(?a)", "(?", "(?i:a)", "(?-i:a)", "(?<", "(?>a)", "(?P<n>a)",
    ] {
        assert!(Regex::new(pattern, I).is_err(), "{pattern}");
    }
}
