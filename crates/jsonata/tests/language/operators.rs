//! Operators, literals, numbers, conditions, and what is wrong with a text.

use crate::common::{check, evaluate};
use jsonata::{Code, Expression};
use serde_json::{Value, json};

const NOTHING: Value = Value::Null;

#[test]
fn numbers_are_those_of_javascript() {
    check(
        &NOTHING,
        &[
            ("0.1 + 0.2", "0.30000000000000004"),
            ("$string(0.1 + 0.2)", "\"0.3\""),
            ("9007199254740993", "9007199254740992"),
            ("5 % -3", "2"),
            ("-5 % 3", "-2"),
            ("$string(1e21)", "\"1e+21\""),
            ("$string(1e-7)", "\"1e-7\""),
            ("1/0 + 1", "D1001"),
            ("1e400", "S0102"),
            ("$power(10, -5)", "9.999999999999999e-6"),
            ("$round(2.5)", "2"),
            ("$round(-0.4)", "0"),
        ],
    );
}

#[test]
fn nothing_spreads_through_arithmetic_and_not_through_texts() {
    check(
        &json!({"a": 1}),
        &[
            ("a + missing", "nothing"),
            ("missing < 1", "nothing"),
            ("missing = missing", "false"),
            ("missing != 1", "false"),
            ("'x' & missing", "\"x\""),
            ("missing in [1]", "false"),
            ("missing and true", "false"),
        ],
    );
}

#[test]
fn comparisons_want_two_of_a_kind() {
    check(
        &NOTHING,
        &[
            ("1 < 2", "true"),
            ("'a' < 'b'", "true"),
            ("1 < 'a'", "T2009"),
            ("true < false", "T2010"),
            ("null < 1", "T2010"),
            ("[1, {'a': 2}] = [1, {'a': 2}]", "true"),
            ("{'a': 1, 'b': 2} = {'b': 2, 'a': 1}", "true"),
            ("'\u{ffff}' < '😀'", "false"),
        ],
    );
}

#[test]
fn and_and_or_look_no_further_than_they_must() {
    check(
        &NOTHING,
        &[
            ("false and $error('x')", "false"),
            ("true or $error('x')", "true"),
            ("true and $error('x')", "D3137"),
        ],
    );
}

#[test]
fn defaults_take_the_place_of_what_is_missing_or_empty() {
    check(
        &json!({"zero": 0, "text": ""}),
        &[
            ("zero ?: 5", "5"),
            ("zero ?? 5", "0"),
            ("missing ?? 'default'", "\"default\""),
            ("text ?: 'empty'", "\"empty\""),
            ("missing ? 1", "nothing"),
            ("missing ? 1 : 2", "2"),
        ],
    );
}

#[test]
fn ranges_are_never_written_out_before_they_must_be() {
    check(
        &NOTHING,
        &[
            ("[1..3]", "[1,2,3]"),
            ("[1..3, 7..8]", "[1,2,3,7,8]"),
            ("[3..1]", "[]"),
            ("$count([1..10000000])", "10000000"),
            ("[1..10000001]", "D2014"),
            ("[1.5..2]", "T2003"),
            ("[1..'a']", "T2004"),
        ],
    );
}

#[test]
fn texts_have_escapes_of_json() {
    check(
        &NOTHING,
        &[
            (r#""a\n\t\"\\\/\u0041""#, r#""a\n\t\"\\/A""#),
            (r#""\ud83d\ude00""#, "\"😀\""),
            (r#""\x""#, "S0103"),
            (r#""\u00g0""#, "S0104"),
            ("\"open", "S0101"),
            ("`open", "S0105"),
            ("/* open", "S0106"),
            ("1 /* a */ + /* b */ 2", "3"),
        ],
    );
}

#[test]
fn a_fault_of_the_text_says_where_it_is() {
    let place = |text: &str| {
        let error = Expression::parse(text).unwrap_err();
        (error.code(), error.span().unwrap())
    };
    assert_eq!(place("a.b +"), (Code::S0207, 5..5));
    assert_eq!(place("[1, 2"), (Code::S0203, 5..5));
    assert_eq!(place("[1 2]"), (Code::S0202, 3..4));
    assert_eq!(place("1 ) 2"), (Code::S0201, 2..3));
    assert_eq!(place("a.5"), (Code::S0213, 2..3));
    assert_eq!(place("é + * )"), (Code::S0201, 7..8));
    assert_eq!(place("a ~> /(/"), (Code::S0302, 5..8));
    assert_eq!(place("$match(a, /+/)"), (Code::S0303, 11..13));
}

#[test]
fn a_fault_of_an_evaluation_says_where_it_is() {
    let text = "1 + (2 - 'a')";
    let expression = Expression::parse(text).unwrap();
    let environment = jsonata::Environment::new();
    let error = expression
        .evaluate(
            jsonata::Value::Undefined,
            &environment,
            &mut crate::common::host(),
        )
        .unwrap_err();
    assert_eq!(&text[error.span().unwrap()], "2 - 'a'");
    assert_eq!(error.position(), Some(8));
    assert_eq!(
        error.message(),
        "The right side of the \"-\" operator must evaluate to a number"
    );
}

#[test]
fn a_broken_text_still_has_a_tree_and_all_its_first_faults() {
    let expression = Expression::read("[1, 2 + ) , $f(");
    assert!(!expression.errors().is_empty());
    assert_eq!(expression.errors()[0].code(), Code::S0211);
}

#[test]
fn what_cannot_stand_is_refused() {
    for (text, code) in [
        ("", "S0207"),
        ("()", "nothing"),
        ("1 := 2", "S0212"),
        ("function(1){1}", "S0208"),
        ("[1!2]", "S0204"),
        ("a ^ b", "S0202"),
        ("{'a' 1}", "S0202"),
        ("//", "S0301"),
        ("function($x)<s<n>>{$x}", "S0401"),
    ] {
        assert_eq!(evaluate(text, &NOTHING), code, "{text}");
    }
}
