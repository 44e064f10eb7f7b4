//! Tests of intrinsic functions, most from recorded answers of AWS.

use super::*;
use indexmap::IndexMap;
use proptest::prelude::*;
use serde_json::json;

/// The same numbers every time.
pub(crate) struct Fixed(pub(crate) u64);

impl Entropy for Fixed {
    fn next_u64(&mut self) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        self.0
    }
}

fn try_eval(call: &str, input: &Value) -> Result<Value, QueryError> {
    let context = json!({"StateMachine": {"Name": "train-model"}});
    let variables = IndexMap::from([("v".to_owned(), json!("variable"))]);
    let scope = Scope {
        input,
        context: &context,
        variables: &variables,
    };
    Intrinsic::parse(call)
        .unwrap_or_else(|error| panic!("{call}: {error}"))
        .eval(&scope, &mut Fixed(1))
}

fn eval(call: &str, input: &Value) -> Value {
    try_eval(call, input).unwrap_or_else(|error| panic!("{call}: {error}"))
}

fn is_refused(call: &str) -> bool {
    matches!(
        try_eval(call, &json!({"a": [1, 2], "s": "text"})),
        Err(QueryError::Intrinsic { .. })
    )
}

#[test]
fn format_fills_its_slots() {
    let input =
        json!({"s": "x", "n": 1.1, "z": null, "o": {"Arg1": 1, "Arg2": []}, "f": "<{}|{}>"});
    assert_eq!(
        eval("States.Format('fst={} and snd={}.', $.s, $.n)", &input),
        json!("fst=x and snd=1.1.")
    );
    assert_eq!(
        eval("States.Format('{} {}', $.z, $.o)", &input),
        json!("null {Arg1=1, Arg2=[]}")
    );
    assert_eq!(
        eval(r"States.Format('it\'s \{\} \\ {}', true)", &input),
        json!(r"it's {} \ true")
    );
    assert_eq!(eval("States.Format($.f, 1, 'b')", &input), json!("<1|b>"));
    assert_eq!(eval("States.Format('none')", &input), json!("none"));
    assert!(is_refused("States.Format('{}')"));
    assert!(is_refused("States.Format('{}', 1, 2)"));
    assert!(is_refused(r"States.Format('a\b')"));
    assert!(is_refused("States.Format(1)"));
}

#[test]
fn text_becomes_json_and_back() {
    let input = json!({"e": "", "b": " ", "m": "-0", "l": "[1, 2, \"HelloWorld\"]", "o": {"Arg1": 1, "Arg2": []}, "x": "{"});
    assert_eq!(eval("States.StringToJson($.e)", &input), json!(null));
    assert_eq!(eval("States.StringToJson($.b)", &input), json!(null));
    assert_eq!(eval("States.StringToJson($.m)", &input).to_string(), "0");
    assert_eq!(
        eval("States.StringToJson($.l)", &input),
        json!([1, 2, "HelloWorld"])
    );
    assert_eq!(
        eval("States.JsonToString($.o)", &input),
        json!(r#"{"Arg1":1,"Arg2":[]}"#)
    );
    assert!(try_eval("States.StringToJson($.x)", &input).is_err());
}

#[test]
fn arrays_are_made_cut_and_searched() {
    let input = json!({"a": [[1, 2, 3], 2, {"1": 2, "2": []}], "u": [1, 1.0, "1", [1], [1]]});
    assert_eq!(eval("States.Array()", &input), json!([]));
    assert_eq!(
        eval("States.Array('x', 1, null, $.a[1])", &input),
        json!(["x", 1, null, 2])
    );
    assert_eq!(
        eval("States.ArrayPartition(States.Array(1,2,3,4,5), 2)", &input),
        json!([[1, 2], [3, 4], [5]])
    );
    assert_eq!(
        eval("States.ArrayPartition(States.Array(), 4)", &input),
        json!([])
    );
    assert_eq!(
        eval("States.ArrayContains($.a, States.Array(1,2,3))", &input),
        json!(true)
    );
    assert_eq!(
        eval("States.ArrayContains($.a, $.a[2])", &input),
        json!(true)
    );
    assert_eq!(eval("States.ArrayContains($.a, 9)", &input), json!(false));
    assert_eq!(eval("States.ArrayLength($.a)", &input), json!(3));
    assert_eq!(
        eval("States.ArrayUnique($.u)", &input),
        json!([1, "1", [1]])
    );
    assert_eq!(eval("States.ArrayGetItem($.a, 1)", &input), json!(2));
    for call in [
        "States.ArrayGetItem($.a, 2)",
        "States.ArrayGetItem($.a, -1)",
        "States.ArrayPartition($.a, 0)",
        "States.ArrayLength($.s)",
    ] {
        assert!(is_refused(call), "{call}");
    }
}

#[test]
fn a_range_includes_its_end_when_hit() {
    for (call, expected) in [
        ("States.ArrayRange(0, 9, 3)", json!([0, 3, 6, 9])),
        ("States.ArrayRange(0, 10, 3)", json!([0, 3, 6, 9])),
        ("States.ArrayRange(1, 9, 9)", json!([1])),
        ("States.ArrayRange(5, 1, -2)", json!([5, 3, 1])),
        ("States.ArrayRange(1, 9, -1)", json!([])),
        ("States.ArrayRange(3, 3, 1)", json!([3])),
    ] {
        assert_eq!(eval(call, &json!({})), expected, "{call}");
    }
    assert_eq!(
        eval("States.ArrayRange(1, 1000, 1)", &json!({}))
            .as_array()
            .map(Vec::len),
        Some(1_000)
    );
    assert!(is_refused("States.ArrayRange(1, 1001, 1)"));
    assert!(is_refused("States.ArrayRange(1, 2, 0)"));
}

#[test]
fn sums_round_each_argument_half_up_first() {
    for (left, right, sum) in [
        (1.5, 1.51, 4),
        (-1.5, 0.0, -1),
        (-0.5, 0.5, 1),
        (-2.5, 0.0, -2),
        (-1.49, 0.0, -1),
        (-1.51, 0.0, -2),
        (2.5, 0.0, 3),
    ] {
        assert_eq!(
            eval("States.MathAdd($[0], $[1])", &json!([left, right])),
            json!(sum),
            "{left} + {right}"
        );
    }
    assert!(is_refused("States.MathAdd(2147483647, 1)"));
    assert!(is_refused("States.MathAdd('1', 1)"));
}

#[test]
fn random_numbers_stay_in_their_range_and_follow_their_seed() {
    let input = json!({});
    for _ in 0..20 {
        let drawn = eval("States.MathRandom(-3, 2)", &input).as_i64().unwrap();
        assert!((-3..2).contains(&drawn), "{drawn}");
    }
    assert_eq!(
        eval("States.MathRandom(0, 999, 3)", &input),
        eval("States.MathRandom(0, 999, 3)", &input)
    );
    assert_eq!(eval("States.MathRandom(5, 6)", &input), json!(5));
    assert!(eval("States.MathRandom(12.5, 44.51)", &input).is_i64());
    assert!(is_refused("States.MathRandom(5, 5)"));
}

#[test]
fn a_uuid_is_of_version_four() {
    let uuid = eval("States.UUID()", &json!({}));
    let text = uuid.as_str().unwrap();
    assert_eq!(text.len(), 36);
    assert_eq!(&text[14..15], "4");
    assert!(matches!(&text[19..20], "8" | "9" | "a" | "b"), "{text}");
    assert!(is_refused("States.UUID(1)"));
}

#[test]
fn data_is_encoded_and_hashed_as_aws_does() {
    let input = json!({"d": "input data", "e": ""});
    assert_eq!(
        eval("States.Base64Encode('Data to encode')", &input),
        json!("RGF0YSB0byBlbmNvZGU=")
    );
    assert_eq!(
        eval("States.Base64Decode('RGF0YSB0byBlbmNvZGU=')", &input),
        json!("Data to encode")
    );
    assert_eq!(eval("States.Base64Encode($.e)", &input), json!(""));
    assert_eq!(
        eval("States.Hash($.d, 'MD5')", &input),
        json!("812f45842bc6d66ee14572ce20db8e86")
    );
    assert_eq!(
        eval("States.Hash($.d, 'SHA-1')", &input),
        json!("aaff4a450a104cd177d28d18d74485e8cae074b7")
    );
    assert!(is_refused("States.Hash('x', 'sha-1')"));
    assert!(is_refused("States.Base64Decode('%')"));
}

#[test]
fn encoding_accepts_ten_thousand_characters() {
    let call =
        |length: usize| try_eval("States.Base64Encode($)", &Value::String("é".repeat(length)));
    assert!(call(10_000).is_ok());
    assert!(call(10_001).is_err());
}

#[test]
fn a_merge_keeps_the_first_order_of_keys() {
    let input =
        json!({"a": {"a": {"a1": 1}, "b": 2, "d": 3}, "b": {"a": {"a3": 1}, "c": 3, "d": 4}});
    assert_eq!(
        eval("States.JsonMerge($.a, $.b, false)", &input).to_string(),
        r#"{"a":{"a3":1},"b":2,"d":4,"c":3}"#
    );
    assert!(try_eval("States.JsonMerge($.a, $.b, true)", &input).is_err());
}

#[test]
fn every_character_of_the_delimiters_splits() {
    assert_eq!(
        eval("States.StringSplit('a.b+c', '.+')", &json!({})),
        json!(["a", "b", "c"])
    );
    assert_eq!(
        eval("States.StringSplit('a,,b', ',')", &json!({})),
        json!(["a", "b"])
    );
}

#[test]
fn calls_nest_and_read_context_and_variables() {
    assert_eq!(
        eval(
            "States.ArrayGetItem(States.StringSplit($$.StateMachine.Name, '-'), 0)",
            &json!({})
        ),
        json!("train")
    );
    assert_eq!(
        eval("States.Format( '{}' ,$v )", &json!({})),
        json!("variable")
    );
    let input = json!([{"x": "a,b)"}, {"x": "c"}]);
    assert_eq!(
        eval("States.Array($[?(@.x == 'a,b)')].x, $[0]['x'])", &input),
        json!([["a,b)"], "a,b)"])
    );
    assert_eq!(
        Intrinsic::parse("States.Array($v, States.Format('{}', $w.x))")
            .unwrap()
            .variables(),
        ["v", "w"]
    );
}

#[test]
fn calls_nest_ten_deep_and_no_deeper() {
    let nested = |depth: usize| format!("{}1{}", "States.Array(".repeat(depth), ")".repeat(depth));
    assert!(Intrinsic::parse(&nested(10)).is_ok());
    assert!(Intrinsic::parse(&nested(11)).is_err());
    assert!(Intrinsic::parse(&nested(100_000)).is_err());
}

#[test]
fn a_missing_argument_names_the_call() {
    let error = try_eval("States.Array($.gone)", &json!({"a": 1})).unwrap_err();
    let cause = "The function 'States.Array($.gone)' had the following error: The JsonPath argument for the field '$.gone' \
                 could not be found in the input '{\"a\":1}'";
    assert_eq!(error.cause(r#"{"a":1}"#), cause);
}

#[test]
fn faults_are_said_where_they_stand() {
    for (call, offset) in [
        ("", 0),
        ("States.Nope()", 0),
        ("States.Format ('x')", 13),
        ("States.Format('x'", 17),
        ("States.Format('x", 14),
        ("States.Format('x' 'y')", 18),
        ("States.Format('x',)", 18),
        ("States.Format('x') y", 19),
        ("States.Array($.a[)", 17),
        ("States.Array(1-2)", 13),
        ("states.format('x')", 0),
    ] {
        let error = Intrinsic::parse(call).expect_err(call);
        assert_eq!(error.offset, offset, "{call}: {error}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(text in "\\PC{0,40}") {
        let _ = Intrinsic::parse(&text);
        let _ = Intrinsic::parse(&format!("States.Format({text})"));
    }

    #[test]
    fn a_text_survives_as_a_literal(text in "\\PC{0,20}") {
        let escaped: String = text.chars().flat_map(|c| {
            let escape = matches!(c, '\'' | '{' | '}' | '\\').then_some('\\');
            escape.into_iter().chain([c])
        }).collect();
        prop_assert_eq!(eval(&format!("States.Format('{escaped}')"), &json!({})), Value::String(text));
    }
}
