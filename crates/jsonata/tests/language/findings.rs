//! What comparing with the reference implementation and fuzzing have found, each as a test of its own.

use crate::common::check;
use serde_json::{Value, json};

const NOTHING: Value = Value::Null;

#[test]
fn the_last_call_of_a_function_gives_its_array_as_it_is() {
    let filtered = "$map([1, 2], function($x){$filter([1, 2], function($y){$y = $x})})";
    let mapped = "$map([1..2], function($n){$map([1..$n], function($m){$m})})";
    check(
        &NOTHING,
        &[(filtered, "[[1],[2]]"), (mapped, "[[1],[1,2]]")],
    );
}

#[test]
fn an_update_that_holds_the_object_it_is_made_to_ends() {
    let data = json!({"order": {"id": 1}});
    check(&data, &[("$ ~> |order|{'within': $}|", "D1016")]);
}

#[test]
fn a_predicate_behind_the_name_of_a_function_is_looked_at() {
    check(
        &NOTHING,
        &[("$exists[1](true)", "T1006"), ("$exists[0](true)", "true")],
    );
}

#[test]
fn an_array_of_nothing_is_neither_true_nor_false() {
    let data = json!({"a": {}});
    check(
        &data,
        &[
            ("$boolean(a.b[[true]][])", "nothing"),
            ("$boolean([a.b, a.b])", "false"),
        ],
    );
}

#[test]
fn a_part_without_a_start_is_empty_or_everything() {
    check(
        &json!({}),
        &[
            ("$substring('Hello', missing, 2)", "\"\""),
            ("$substring('Hello', missing)", "\"Hello\""),
        ],
    );
}

#[test]
fn a_partly_applied_function_takes_its_arguments_as_they_are() {
    let cut = "($f := $substringAfter(?, '(', 1) ~> $substringBefore(?, ')'); $f('a(b)c'))";
    let reduced = "($sum := $reduce(?, function($a, $b){$a + $b}); 15 ~> $sum())";
    check(&NOTHING, &[(cut, "\"b\""), (reduced, "nothing")]);
}

#[test]
fn a_comparison_that_gives_no_boolean_changes_nothing_unless_javascript_takes_it_for_true() {
    check(
        &NOTHING,
        &[
            ("$sort([1, 2, 3], function(){0})", "[1,2,3]"),
            ("$sort([1, 2, 3], function(){missing})", "[1,2,3]"),
        ],
    );
}

#[test]
fn the_members_of_nothing_are_gathered_all_the_same() {
    let last = "$map([1], function(){$each(missing, function($v){1})})";
    check(
        &json!({}),
        &[(last, "[]"), ("$each(missing, function(){1})", "nothing")],
    );
}

#[test]
fn whoever_has_nothing_to_go_over_needs_no_function() {
    check(
        &NOTHING,
        &[("$sift({})", "nothing"), ("$sift({'a': 1})", "T1006")],
    );
}

#[test]
fn a_text_is_never_replaced_with_a_function() {
    check(&NOTHING, &[("$replace('ab', 'b', $uppercase)", "D3012")]);
}

#[test]
fn a_backslash_at_the_end_is_an_escape_of_nothing() {
    check(&NOTHING, &[("\"\\", "S0103")]);
}

#[test]
fn a_long_path_takes_no_longer_than_it_is() {
    let path = vec!["a"; 100_000].join(".");
    check(&json!({}), &[(path.as_str(), "nothing")]);
}

#[test]
fn a_literal_that_is_sorted_is_no_step_of_a_longer_path() {
    check(
        &json!({"a": [{"b": 1}]}),
        &[
            ("2^(b).c", "S0213"),
            ("'a'^(b).b", "1"),
            ("a@$x[].$x.b", "[1]"),
            ("a#$i[].b", "[1]"),
            ("$[]^(b).a.b", "[1]"),
        ],
    );
}

#[test]
fn what_stands_behind_the_last_call_of_a_function_is_not_looked_at() {
    let last = "($g := function($x){$map($x, function($y){$y & 'b'})[]}; $g(['a']))";
    let within = "($g := function($x){($map($x, function($y){$y & 'b'})[])}; $g(['a']))";
    check(&NOTHING, &[(last, "\"ab\""), (within, "\"ab\"")]);
}
