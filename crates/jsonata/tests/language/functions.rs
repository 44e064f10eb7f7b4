//! Functions: written, partly applied, chained, recursive, and those that call others.

use crate::common::{check, evaluate_in};
use jsonata::{Environment, Error, Value};
use serde_json::{Value as Json, json};

const NOTHING: Json = Json::Null;

#[test]
fn functions_see_where_they_were_written() {
    check(
        &NOTHING,
        &[
            (
                "($add := function($a){function($b){$a + $b}}; $add(1)(2))",
                "3",
            ),
            ("($x := 1; $f := function(){$x}; $x := 2; $f())", "2"),
            ("($x := 1; ($x := 2); $x)", "1"),
            ("(function($x, $y){$y})(1)", "nothing"),
            ("λ($x){$x}(4)", "4"),
        ],
    );
}

#[test]
fn recursion_of_the_last_call_needs_no_room() {
    check(
        &NOTHING,
        &[
            (
                "($f := function($n){$n = 0 ? 'done' : $f($n - 1)}; $f(200000))",
                "\"done\"",
            ),
            (
                "($even := function($n){$n = 0 ? true : $odd($n - 1)}; $odd := function($n){$n = 0 ? false : $even($n - 1)}; $even(10001))",
                "false",
            ),
            (
                "($f := function($n){($m := $n - 1; $m > 0 ? $f($m) : $m)}; $f(50000))",
                "0",
            ),
            (
                "($fact := function($n){$n < 2 ? 1 : $n * $fact($n - 1)}; $fact(20))",
                "2432902008176640000",
            ),
        ],
    );
}

#[test]
fn calls_can_leave_gaps() {
    check(
        &NOTHING,
        &[
            ("($first := $substring(?, 0, 2); $first('hello'))", "\"he\""),
            (
                "($f := function($a, $b, $c){[$a, $b, $c]}; $g := $f(?, 2, ?); $g(1, 3))",
                "[1,2,3]",
            ),
            ("$map([1, 2], $power(?, 2))", "[1,4]"),
            ("(missing)(?)", "T1008"),
        ],
    );
}

#[test]
fn values_and_functions_can_be_chained() {
    check(
        &json!({"name": "ann lee"}),
        &[
            ("name ~> $uppercase", "\"ANN LEE\""),
            ("name ~> $substringBefore(' ') ~> $uppercase()", "\"ANN\""),
            ("($shout := $uppercase ~> $trim; $shout('  hi '))", "\"HI\""),
            ("name ~> 5", "T2006"),
        ],
    );
}

#[test]
fn a_missing_dollar_is_noticed() {
    check(
        &NOTHING,
        &[
            ("sum([1, 2])", "T1005"),
            ("sum(?)", "T1007"),
            ("nonsense(1)", "T1006"),
            ("$nonsense(1)", "T1006"),
        ],
    );
}

#[test]
fn signatures_check_and_put_right() {
    check(
        &json!({"text": "abc"}),
        &[
            ("(function($x)<n:n>{$x + 1})('a')", "T0410"),
            ("(function($x)<a<n>:n>{$sum($x)})(4)", "4"),
            ("(function($x)<a<n>:n>{$sum($x)})(['a'])", "T0412"),
            ("text.(function($x)<s-:s>{$x & '!'})()", "\"abc!\""),
            ("5.(function($x)<s-:s>{$x})()", "S0213"),
            ("(5).(function($x)<s-:s>{$x})()", "T0411"),
        ],
    );
}

#[test]
fn functions_that_call_functions_give_them_what_they_take() {
    check(
        &NOTHING,
        &[
            (
                "$map(['a', 'b'], function($v, $i, $a){$v & $i & $count($a)})",
                "[\"a02\",\"b12\"]",
            ),
            ("$filter([1..6], function($v, $i){$i % 2 = 0})", "[1,3,5]"),
            ("$reduce([1..5], function($a, $b){$a * $b})", "120"),
            ("$reduce([], function($a, $b){$a}, 7)", "7"),
            ("$reduce([1, 2], function($a){$a})", "D3050"),
            (
                "$sift({'a': 1, 'b': 2}, function($v, $k){$k = 'b'})",
                "{\"b\":2}",
            ),
            (
                "$each({'a': 1, 'b': 2}, function($v, $k){$k & $v})",
                "[\"a1\",\"b2\"]",
            ),
            ("$single([1, 2, 3], function($v){$v > 2})", "3"),
            ("$single([1, 2, 3], function($v){$v > 1})", "D3138"),
            ("$single([1, 2, 3], function($v){$v > 3})", "D3139"),
            ("$sort([3, 1, 2], function($l, $r){$l < $r})", "[3,2,1]"),
            (
                "$map([1..3], function($n){$map([1..$n], function($m){$m})})",
                "[[1],[1,2],[1,2,3]]",
            ),
        ],
    );
}

#[test]
fn transforms_change_a_copy() {
    check(
        &json!({"a": {"x": 1, "in": {"y": 2}}, "b": [{"x": 1}, {"x": 2}]}),
        &[
            (
                "$ ~> |b|{'x': x * 10}|",
                "{\"a\":{\"x\":1,\"in\":{\"y\":2}},\"b\":[{\"x\":10},{\"x\":20}]}",
            ),
            (
                "$ ~> |a|{'z': 3}, ['x', 'in']|",
                "{\"a\":{\"z\":3},\"b\":[{\"x\":1},{\"x\":2}]}",
            ),
            (
                "$ ~> |**[$exists(y)]|{'y': y + 1}|",
                "{\"a\":{\"x\":1,\"in\":{\"y\":3}},\"b\":[{\"x\":1},{\"x\":2}]}",
            ),
            (
                "($t := |b[0]|{'n': 1}|; $t($).b)",
                "[{\"x\":1,\"n\":1},{\"x\":2}]",
            ),
            ("$ ~> |b|5|", "T2011"),
            ("$ ~> |b|{}, 5|", "T2012"),
            ("5 ~> |b|{}|", "T0410"),
            ("($clone := 5; $ ~> |b|{}|)", "T2013"),
        ],
    );
}

#[test]
fn read_expressions_run_where_they_are_called() {
    check(
        &json!({"a": 3}),
        &[
            ("$eval('a + 1')", "4"),
            ("($x := 5; $eval('$x * 2'))", "10"),
            ("$eval('a + 1', {'a': 10})", "11"),
            ("$eval('function($n){$n + 1}')(1)", "2"),
            ("$eval('1 +')", "D3120"),
            ("$eval('1 + \"a\"')", "D3121"),
        ],
    );
}

#[test]
fn patterns_find_split_and_replace() {
    check(
        &NOTHING,
        &[
            (
                "$match('ab12cd3', /([a-z]+)(\\d)/)",
                "[{\"match\":\"ab1\",\"index\":0,\"groups\":[\"ab\",\"1\"]},{\"match\":\"cd3\",\"index\":4,\"groups\":[\"cd\",\"3\"]}]",
            ),
            ("$match('été 1', /1/).index", "4"),
            ("$contains('Hello', /hello/i)", "true"),
            ("$split('a1b22c', /\\d+/)", "[\"a\",\"b\",\"c\"]"),
            ("$split('a,b,c', ',', 2)", "[\"a\",\"b\"]"),
            (
                "$replace('John Smith', /(\\w+)\\s(\\w+)/, '$2, $1')",
                "\"Smith, John\"",
            ),
            (
                "$replace('abc', /b/, function($m){$uppercase($m.match)})",
                "\"aBc\"",
            ),
            ("$replace('$5', '$', '£')", "\"£5\""),
            ("$match('abc', /x*/)", "D1004"),
            ("$replace('a', 'a', true)", "T0410"),
            ("/b/('abc').start", "1"),
            ("$type(/a/)", "\"function\""),
        ],
    );
}

#[test]
fn host_functions_can_call_functions_and_are_refused_what_they_do_not_take() {
    let environment = Environment::new()
        .with_function("apply", Some("<fx:x>"), 2, |caller, arguments| {
            let mut arguments = arguments.into_iter();
            match (arguments.next(), arguments.next()) {
                (Some(Value::Function(function)), Some(value)) => {
                    caller.call(&function, vec![value])
                }
                _ => Err(Error::host("a function and a value are wanted")),
            }
        })
        .unwrap();
    let evaluate = |expression| evaluate_in(&environment, expression, None);
    assert_eq!(evaluate("$apply(function($x){$x * 2}, 4)"), "8");
    assert_eq!(evaluate("$apply($uppercase, 'a')"), "\"A\"");
    assert_eq!(evaluate("$apply(1, 2)"), "T0410");
    assert_eq!(
        evaluate("($f := function($n){$apply($f, $n)}; $f(1))"),
        "D1011"
    );
}

#[test]
fn functions_of_aws_are_there_when_asked_for() {
    let environment = Environment::aws();
    let evaluate = |expression| evaluate_in(&environment, expression, None);
    assert_eq!(
        evaluate("$partition([1, 2, 3, 4, 5], 2)"),
        "[[1,2],[3,4],[5]]"
    );
    assert_eq!(evaluate("$partition([0], 1)"), "[[0]]");
    assert_eq!(evaluate("$range(1, 9, 4)"), "[1,5,9]");
    assert_eq!(evaluate("$range(1, 9, 9)"), "1");
    assert_eq!(evaluate("$range(9, 1, -4)"), "[9,5,1]");
    assert_eq!(
        evaluate("$hash('abc', 'MD5')"),
        "\"900150983cd24fb0d6963f7d28e17f72\""
    );
    assert_eq!(evaluate("$hash('abc', 'MD4')"), "D3150");
    assert_eq!(evaluate("$random(7) = $random(7)"), "true");
    assert_eq!(
        evaluate(
            "$match($uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/).index"
        ),
        "0"
    );
    assert_eq!(evaluate("$parse('{\"a\": [1, null]}').a[0]"), "1");
    assert_eq!(evaluate("$parse('-0')"), "0");
    assert_eq!(evaluate("$parse('{')"), "D3150");
    assert_eq!(evaluate("$eval('1')"), "T1006");
}

#[test]
fn moments_come_from_the_host() {
    check(
        &NOTHING,
        &[
            ("$millis()", "1700000000000"),
            ("$now()", "\"2023-11-14T22:13:20.000Z\""),
            ("$now('[Y]/[M01]', '+0200')", "\"2023/11\""),
            ("$millis() = $toMillis($now())", "true"),
        ],
    );
}
