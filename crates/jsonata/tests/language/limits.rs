//! Limits: whatever an expression asks for, it ends, and with the error of the limit that it passed.

use crate::common::{evaluate_in, evaluate_within};
use jsonata::{Environment, Expression, Host, Limits, Value};
use serde_json::Value as Json;

fn small() -> Limits {
    Limits {
        fuel: 200_000,
        depth: 500,
        sequence: 10_000,
        bytes: 4 << 20,
    }
}

#[test]
fn endless_loops_run_out_of_steps() {
    for text in [
        "($f := function(){$f()}; $f())",
        "($f := function($x){$f([$x])}; $f(1))",
        "($f := function($x){$g($x)}; $g := function($x){$f(function(){$x})}; $f(1))",
        "$map([1..10000], function($x){$map([1..10000], function($y){$x + $y})})",
        "$reduce([1..10000], function($a, $b){$reduce([1..10000], function($c, $d){$c + $d})})",
    ] {
        let end = evaluate_within(small(), text);
        assert!(
            ["D1014", "D1015", "D1016"].contains(&end.as_str()),
            "{text} ends with {end}"
        );
    }
}

#[test]
fn deep_recursion_ends_at_its_depth() {
    for text in [
        "($f := function($x){1 + $f($x)}; $f(1))",
        "($f := function($x){$map([$x], $f)}; $f(1))",
        "($f := function($x){[$f($x)]}; $f(1))",
        "($f := function($x){{'a': $f($x)}}; $f(1))",
        "($f := function($x){$f($f($x))}; $f(1))",
        "($f := function($x){$x ~> |a|{'b': $f($x)}|}; $f({'a': {}}))",
        "($f := function($x){$sort([2, 1], function($a, $b){$f(1) > 1})}; $f(1))",
        "($f := function($x){$x[$f(1)]}; $f([1]))",
        "($f := function($x){[1, 2]^($f(1))}; $f(1))",
        "($f := function($x){$eval('1 + $f(1)')}; $f(1))",
        "($f := function($x){$replace('a', /a/, function($m){$f(1)})}; $f(1))",
    ] {
        assert_eq!(evaluate_within(small(), text), "D1011", "{text}");
    }
}

#[test]
fn no_function_passes_the_limit_of_data_by_itself() {
    for text in [
        "$pad('', 100000000)",
        "$pad('x', -1e300)",
        "$join($map([1..9999], function(){'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'}), $pad('', 100000))",
        "($s := function($t, $n){$n = 0 ? $t : $s($t & $t, $n - 1)}; $s('x', 64))",
        "$replace($pad('', 10000, 'a'), 'a', $pad('', 10000))",
        "$replace($pad('', 10000, 'a'), /a/, $pad('', 10000))",
        "$formatNumber(1, $pad('', 10000000, '0'))",
        "$string($map([1..9999], function(){$pad('', 1000)}))",
        "$split($pad('', 1000000, 'a'), '')",
        "$formatBase(1, 2) & $pad('', 5000000)",
        "$encodeUrl($pad('', 2000000, 'é'))",
    ] {
        let end = evaluate_within(small(), text);
        assert!(
            ["D1014", "D1015", "D2015"].contains(&end.as_str()),
            "{text} ends with {end}"
        );
    }
}

#[test]
fn no_function_makes_a_longer_array_than_may_be() {
    for text in [
        "[1..10001]",
        "$append([1..9000], [1..9000])",
        "[[1..9000].($ & $), $split($pad('', 9000, 'a'), '')]",
        "[1..9000, 1..9000]",
        "$spread($merge($map([1..100], function($x){{$string($x): [1..9000]}})).*)",
    ] {
        let end = evaluate_within(small(), text);
        assert!(
            ["D2015", "D1014", "D1015"].contains(&end.as_str()),
            "{text} ends with {end}"
        );
    }
}

#[test]
fn data_is_never_nested_deeper_than_every_walk_can_go() {
    let generous = Limits {
        depth: 100_000,
        ..Limits::default()
    };
    for text in [
        "$reduce([1..100000], function($a, $b){[[$a]]})",
        "$reduce([1..100000], function($a, $b){{'a': $a}})",
        "$reduce([1..100000], function($a, $b){{'f': $a.f ~> $string}}, {'f': $sum})",
        "$reduce([1..100000], function($a, $b){($g := $a.f; {'f': $g(?)})}, {'f': $sum})",
        "$reduce([1..100000], function($a, $b){function(){$a}})",
        "$reduce([1..100000], function($a, $b){$zip([$a], [$b])})",
    ] {
        let end = evaluate_within(generous.clone(), text);
        assert!(
            end == "D1016" || end == "a function has no JSON form",
            "{text} ends with {end}"
        );
    }
}

#[test]
fn hostile_patterns_run_out_of_steps() {
    for text in [
        "$match($pad('', 40, 'a'), /(a+)+$b/)",
        "$contains($pad('', 5000, 'a'), /(.*)*\\1x/)",
        "$split($pad('', 60, 'a'), /(a|aa)+$c/)",
        "$replace($pad('', 60, 'x'), /(x+x+)+y/, '')",
    ] {
        assert_eq!(evaluate_within(small(), text), "D1014", "{text}");
    }
}

#[test]
fn deep_texts_are_refused_and_long_ones_are_read() {
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("{'a':", "}"),
        ("-", "1"),
        ("$f(", ")"),
        ("function(){", "}"),
        ("a[", "]"),
        ("1 ? ", ""),
        ("a ?? ", ""),
    ] {
        let text = format!("{}1{}", open.repeat(1_000), close.repeat(1_000));
        let error = Expression::parse(&text).unwrap_err();
        assert_eq!(error.code().as_str(), "S0501", "{open}");
    }
    let long = format!("0{}", " + 1".repeat(20_000));
    assert_eq!(
        evaluate_within(
            Limits {
                depth: 100_000,
                ..Limits::default()
            },
            &long
        ),
        "20000"
    );
    let chain = format!("'x'{}", " ~> $string()".repeat(2_000));
    assert_eq!(evaluate_within(Limits::default(), &chain), "\"x\"");
    let path = format!("$.{}", vec!["a"; 20_000].join("."));
    assert_eq!(evaluate_within(Limits::default(), &path), "nothing");
}

#[test]
fn deep_input_is_walked_without_harm() {
    let mut json = serde_json::json!(1);
    for _ in 0..1_500 {
        json = Json::Object(
            [("a".to_owned(), Json::Array(vec![json]))]
                .into_iter()
                .collect(),
        );
    }
    for text in [
        "**",
        "*",
        "$string($)",
        "$ = $",
        "$clone($)",
        "$boolean($)",
        "$keys($)",
        "$distinct([$, $])",
        "$spread($)",
        "$ ~> |**|{}|",
    ] {
        evaluate_in(&Environment::new(), text, Some(&json));
    }
    // Its own drop would recurse as deep as it is.
    std::mem::forget(json);
}

#[test]
fn the_host_can_stop_an_evaluation() {
    struct Impatient(u32);
    impl Host for Impatient {
        fn now_millis(&mut self) -> f64 {
            0.0
        }
        fn next_u64(&mut self) -> u64 {
            0
        }
        fn interrupted(&mut self) -> bool {
            self.0 += 1;
            self.0 > 3
        }
    }
    let expression = Expression::parse("($f := function(){$f()}; $f())").unwrap();
    let environment = Environment::new();
    let end = expression.evaluate(Value::Undefined, &environment, &mut Impatient(0));
    assert_eq!(end.unwrap_err().code().as_str(), "D1012");
}

#[test]
fn the_same_evaluation_takes_the_same_steps() {
    let limits = |fuel| Limits {
        fuel,
        ..Limits::default()
    };
    let text = "$sum($map([1..100], function($x){$x * 2}))";
    let enough = (1..10_000)
        .find(|fuel| evaluate_within(limits(*fuel), text) == "10100")
        .unwrap();
    assert_eq!(evaluate_within(limits(enough - 1), text), "D1014");
    assert_eq!(evaluate_within(limits(enough), text), "10100");
}

#[test]
fn what_only_looks_at_much_takes_steps_as_well() {
    let big = "($t := $pad('', 1000000, 'a'); $u := $t & 'b'; $v := $t & 'c'; $n := [1..9000]; $m := $append($n, 1); ";
    for look in [
        "$map([1..10000], function(){$u = $v})",
        "$map([1..10000], function(){$u < $v})",
        "$map([1..10000], function(){$m = $append($n, 2)})",
        "$map([1..10000], function(){0 in $m})",
        "$map([1..10000], function(){$boolean([0, $m])})",
        "$map([1..10000], function(){$length($t)})",
        "$map([1..10000], function(){$lookup({}, $t)})",
        "$map([1..10000], function(){(function($x)<a<n>:n>{1})($m)})",
        "$map([1..10000], function(){$contains($t, 'b')})",
        "$map([1..10000], function(){$sum($m)})",
        "$m[$m]",
        "$map([1..10000], function(){$toMillis($t, '[Y]')})",
    ] {
        let limits = Limits {
            bytes: 64 << 20,
            ..small()
        };
        let end = evaluate_within(limits, &format!("{big}{look})"));
        assert_eq!(end, "D1014", "{look}");
    }
}
