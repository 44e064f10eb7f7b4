//! What paths, functions and rules become.

use super::{codes, same, state};
use serde_json::{Value, json};

/// What a query in a template becomes.
fn query(text: &str) -> Value {
    state(&json!({"Type": "Pass", "Parameters": {"x.$": text}}))["Output"]["x"].clone()
}

/// What a rule becomes.
fn condition(rule: Value) -> Value {
    let mut rule = rule;
    rule["Next"] = json!("Yes");
    state(&json!({"Type": "Choice", "Choices": [rule], "Default": "No"}))["Choices"][0]["Condition"]
        .clone()
}

#[test]
fn definite_paths_are_paths() {
    for (path, expected) in [
        ("$", "{% $states.input %}"),
        ("$.order.id", "{% $states.input.order.id %}"),
        ("$['order id'].in", "{% $states.input.`order id`.`in` %}"),
        ("$.items[0].name", "{% $states.input.items[0].name %}"),
        ("$.items[-1]", "{% $states.input.items[-1] %}"),
        ("$$.Execution.Name", "{% $states.context.Execution.Name %}"),
        ("$$", "{% $states.context %}"),
        ("$total.sum", "{% $total.sum %}"),
        ("$['a`b']", "{% $lookup($states.input, \"a`b\") %}"),
    ] {
        assert_eq!(query(path), expected, "{path}");
    }
}

#[test]
fn indefinite_paths_give_lists_whatever_they_meet() {
    for (path, expected) in [
        ("$.a[*]", "{% $states.input.a %}"),
        (
            "$.a[*].b",
            "{% ($assert($exists($states.input.a), \"input.a is missing\"); \
             $append([], $map($states.input.a, function($item) { $item.b })[])) %}",
        ),
        (
            "$.a[?(@.n > 1)].b",
            "{% ($assert($exists($states.input.a), \"input.a is missing\"); \
             $append([], $map($states.input.a[$type(n) = \"number\" and n > 1], function($item) { $item.b })[])) %}",
        ),
        (
            "$..b",
            "{% $append([], $map($states.input.**, function($item) { $item.b })[]) %}",
        ),
    ] {
        assert_eq!(query(path), expected, "{path}");
    }
    let state = json!({"Type": "Pass", "Parameters": {"x.$": "$.a[*].b"}});
    for a in [
        json!([]),
        json!([{"b": [1, 2]}]),
        json!([{"b": 1}, {}, {"b": [[3]]}]),
        json!([{"b": null}]),
    ] {
        same(&state, &json!({"a": a}));
    }
}

#[test]
fn a_step_that_jsonata_has_no_form_for_leaves_the_state_as_it_is() {
    let document = super::machine(&json!({"Type": "Pass", "InputPath": "$..[?(@.a)]"}));
    let (new, conversion) = super::converted(&document);
    assert_eq!(new.text(), document.text());
    assert_eq!(conversion.left.len(), 1);
    assert_eq!(
        conversion.findings[0].pointer.to_string(),
        "/States/S/InputPath"
    );
}

#[test]
fn functions_become_functions() {
    for (call, expected) in [
        ("States.Format('Hello')", "\"Hello\""),
        (
            "States.Format('{}', $$.State.Name)",
            "$string($states.context.State.Name)",
        ),
        (
            "States.Format('it\\'s {}!', $$.State.Name)",
            "\"it's \" & $states.context.State.Name & \"!\"",
        ),
        ("States.JsonToString($.a)", "$string($states.input.a)"),
        ("States.StringToJson($.a)", "$parse($states.input.a)"),
        (
            "States.ArrayPartition($.a, 2)",
            "$partition($states.input.a, 2)",
        ),
        ("States.ArrayRange(1, 5, 1)", "[1..5]"),
        ("States.ArrayRange(1, 9, 2)", "[$range(1, 9, 2)]"),
        ("States.ArrayGetItem($.a, 1)", "$states.input.a[1]"),
        ("States.ArrayUnique($.a)", "$distinct($states.input.a)"),
        ("States.Base64Encode($.a)", "$base64encode($states.input.a)"),
        ("States.Base64Decode($.a)", "$base64decode($states.input.a)"),
        ("States.Hash('x', 'SHA-1')", "$hash(\"x\", \"SHA-1\")"),
        ("States.MathAdd($.a, 1)", "$states.input.a + 1"),
        ("States.MathAdd($.a, -1)", "$states.input.a - 1"),
        ("States.MathRandom(0, 6)", "$floor($random() * 6)"),
        ("States.UUID()", "$uuid()"),
        (
            "States.StringSplit('a,b', ',')",
            "[$split(\"a,b\", \",\")[$ != \"\"]]",
        ),
        (
            "States.StringSplit('a,b', ', -')",
            "[$split(\"a,b\", /[ ,\\-]/)[$ != \"\"]]",
        ),
        (
            "States.JsonMerge($$.Execution, $$.StateMachine, false)",
            "$merge([$states.context.Execution, $states.context.StateMachine])",
        ),
    ] {
        assert_eq!(query(call), format!("{{% {expected} %}}"), "{call}");
    }
    assert_eq!(
        query("States.Array($.a, 1)"),
        json!(["{% $states.input.a %}", 1])
    );
}

#[test]
fn functions_that_count_or_look_assert_what_they_look_at() {
    let expected = "{% ($assert($exists($states.input.a), \"input.a is missing\"); $count($states.input.a)) %}";
    assert_eq!(query("States.ArrayLength($.a)"), expected);
    let expected = "{% ($assert($exists($states.input.a) and $exists($states.input.b), \
                    \"A value is missing: input.a, input.b\"); $exists($states.input.a[$ = $states.input.b])) %}";
    assert_eq!(query("States.ArrayContains($.a, $.b)"), expected);
}

#[test]
fn a_format_that_is_read_at_run_time_is_split_at_its_slots() {
    let state = json!({"Type": "Pass", "Parameters": {"x.$": "States.Format($.f, $.a)"}});
    for f in ["<{}>", "{}", "none", "{}{}"] {
        same(&state, &json!({"f": f, "a": 1}));
    }
    assert_eq!(codes(&state), ["PRINTED_STRUCTURE", "FORMAT_ESCAPES"]);
}

#[test]
fn comparisons_look_at_types_where_jsonata_would_fail() {
    let asserted = |body: &str| {
        format!("{{% ($assert($exists($states.input.v), \"input.v is missing\"); {body}) %}}")
    };
    for (operator, operand, expected) in [
        ("StringEquals", json!("a"), "$states.input.v = \"a\""),
        (
            "StringLessThan",
            json!("a"),
            "$type($states.input.v) = \"string\" and $states.input.v < \"a\"",
        ),
        (
            "NumericGreaterThanEquals",
            json!(1),
            "$type($states.input.v) = \"number\" and $states.input.v >= 1",
        ),
        ("BooleanEquals", json!(true), "$states.input.v = true"),
        (
            "StringMatches",
            json!("log-*.txt"),
            "$type($states.input.v) = \"string\" and $contains($states.input.v, /^log-[\\s\\S]*\\.txt$/)",
        ),
        (
            "StringMatches",
            json!("*.txt"),
            "$type($states.input.v) = \"string\" and $contains($states.input.v, /\\.txt$/)",
        ),
        (
            "StringMatches",
            json!("a/*"),
            "$type($states.input.v) = \"string\" and $contains($states.input.v, /^a\\//)",
        ),
        (
            "StringMatches",
            json!("*b*"),
            "$type($states.input.v) = \"string\" and $contains($states.input.v, \"b\")",
        ),
        ("StringMatches", json!("a\\*b"), "$states.input.v = \"a*b\""),
        (
            "StringMatches",
            json!("*"),
            "$type($states.input.v) = \"string\"",
        ),
        ("IsNull", json!(true), "$states.input.v = null"),
        (
            "IsNumeric",
            json!(false),
            "$type($states.input.v) != \"number\"",
        ),
    ] {
        let rule = json!({"Variable": "$.v", operator: operand});
        assert_eq!(condition(rule), asserted(expected), "{operator}");
    }
    assert_eq!(
        condition(json!({"Variable": "$.v", "IsPresent": true})),
        "{% $exists($states.input.v) %}"
    );
    assert_eq!(
        condition(json!({"Variable": "$.v", "IsPresent": false})),
        "{% $not($exists($states.input.v)) %}"
    );
}

#[test]
fn what_was_asked_for_is_not_asserted_again() {
    let rule = json!({"And": [{"Variable": "$.v", "IsPresent": true}, {"Variable": "$.v", "StringEquals": "a"}]});
    assert_eq!(
        condition(rule),
        "{% $exists($states.input.v) and $states.input.v = \"a\" %}"
    );
    let rule = json!({"Or": [{"Variable": "$.v", "IsPresent": false}, {"Not": {"Variable": "$.v", "IsNull": true}}]});
    assert_eq!(
        condition(rule),
        "{% $not($exists($states.input.v)) or $not($states.input.v = null) %}"
    );
    let rules = json!([{"Variable": "$.v", "StringEquals": "a", "Next": "Yes"}, {"Variable": "$.v", "StringEquals": "b", "Next": "Yes"}]);
    let choice = state(&json!({"Type": "Choice", "Choices": rules, "Default": "No"}));
    assert_eq!(
        choice["Choices"][1]["Condition"],
        "{% $states.input.v = \"b\" %}"
    );
}

#[test]
fn a_variable_that_is_missing_fails_only_where_its_turn_comes() {
    let rule = |rule: Value| {
        let mut rule = rule;
        rule["Next"] = json!("Yes");
        json!({"Type": "Choice", "Choices": [rule], "Default": "No"})
    };
    let or = rule(
        json!({"Or": [{"Variable": "$.a", "IsNull": true}, {"Variable": "$.b", "StringEquals": "x"}]}),
    );
    let and = rule(
        json!({"And": [{"Variable": "$.a", "IsNull": true}, {"Variable": "$.b", "StringEquals": "x"}]}),
    );
    for state in [or, and] {
        for input in [
            json!({"a": null}),
            json!({"a": 1}),
            json!({"b": "x"}),
            json!({"a": 1, "b": "x"}),
            json!({"a": null, "b": 1}),
        ] {
            same(&state, &input);
        }
    }
}

#[test]
fn a_pattern_that_always_fails_is_not_converted() {
    let rule = json!({"Variable": "$.v", "StringMatches": "a\\b", "Next": "Yes"});
    let document = super::machine(&json!({"Type": "Choice", "Choices": [rule], "Default": "No"}));
    assert_eq!(super::converted(&document).1.left.len(), 1);
}
