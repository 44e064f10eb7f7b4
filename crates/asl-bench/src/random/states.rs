//! The fields of each type of state.

use super::{Builder, ERRORS, EXPRESSIONS, INTRINSICS, PATHS, RESOURCES, VALUES};
use serde_json::{Map, Value, json};

/// A state without its transition; a Choice has its own.
pub(super) fn draw(builder: &mut Builder<'_>, jsonata: bool, names: &[String]) -> Value {
    let mut state = match builder.draw.below(12) {
        0..=2 => pass(builder, jsonata),
        3 | 4 => choice(builder, jsonata, names),
        5 => wait(builder, jsonata),
        6 if names.len() > 1 && builder.draw.once_in(3) => fail(builder, jsonata),
        6 => json!({"Type": "Succeed"}),
        7 | 8 => nested(builder, jsonata, names),
        _ => task(builder, jsonata, names),
    };
    data(builder, jsonata, &mut state);
    state
}

fn pass(builder: &mut Builder<'_>, jsonata: bool) -> Value {
    if !jsonata && builder.draw.once_in(3) {
        return json!({"Type": "Pass", "Result": written(builder)});
    }
    json!({"Type": "Pass"})
}

fn wait(builder: &mut Builder<'_>, jsonata: bool) -> Value {
    match (builder.draw.below(4), jsonata) {
        (0, true) => json!({"Type": "Wait", "Seconds": "{% $length($string($states.input.s)) %}"}),
        (1, true) => json!({"Type": "Wait", "Timestamp": "{% $states.input.when %}"}),
        (0, false) => json!({"Type": "Wait", "SecondsPath": "$.a"}),
        (1, false) => json!({"Type": "Wait", "TimestampPath": "$.when"}),
        (2, _) => json!({"Type": "Wait", "Timestamp": "2026-03-10T23:20:00Z"}),
        _ => json!({"Type": "Wait", "Seconds": builder.draw.below(100)}),
    }
}

fn fail(builder: &mut Builder<'_>, jsonata: bool) -> Value {
    match (builder.draw.below(3), jsonata) {
        (0, true) => json!({"Type": "Fail", "Error": "E", "Cause": "{% $string($states.input) %}"}),
        (0, false) => {
            json!({"Type": "Fail", "ErrorPath": "$.s", "CausePath": "States.JsonToString($)"})
        }
        (1, _) => json!({"Type": "Fail"}),
        _ => json!({"Type": "Fail", "Error": "Custom.Error", "Cause": "as drawn"}),
    }
}

fn choice(builder: &mut Builder<'_>, jsonata: bool, names: &[String]) -> Value {
    let count = 1 + builder.draw.below(3);
    let rules: Vec<Value> = (0..count)
        .map(|_| {
            let mut rule = if jsonata {
                json!({"Condition": expression(builder)})
            } else {
                condition(builder, 3)
            };
            rule["Next"] = json!(target(builder, names));
            rule
        })
        .collect();
    let mut state = json!({"Type": "Choice", "Choices": rules});
    if !builder.draw.once_in(6) {
        state["Default"] = json!(target(builder, names));
    }
    state
}

fn target(builder: &mut Builder<'_>, names: &[String]) -> String {
    names[builder.draw.below(names.len())].clone()
}

fn condition(builder: &mut Builder<'_>, depth: usize) -> Value {
    let kind = builder.draw.below(if depth == 0 { 1 } else { 6 });
    match kind {
        3 => json!({"And": [condition(builder, depth - 1), condition(builder, depth - 1)]}),
        4 => json!({"Or": [condition(builder, depth - 1), condition(builder, depth - 1)]}),
        5 => json!({"Not": condition(builder, depth - 1)}),
        _ => test(builder),
    }
}

fn test(builder: &mut Builder<'_>) -> Value {
    const TESTS: &[(&str, &str)] = &[
        ("IsPresent", "true"),
        ("IsNull", "false"),
        ("IsString", "true"),
        ("IsNumeric", "true"),
        ("IsBoolean", "true"),
        ("IsTimestamp", "true"),
        ("StringEquals", "\"text\""),
        ("StringLessThan", "\"m\""),
        ("StringMatches", "\"*ü*\""),
        ("NumericEquals", "1.0"),
        ("NumericLessThan", "9007199254740992"),
        ("NumericGreaterThanEquals", "-0.0"),
        ("BooleanEquals", "true"),
        ("TimestampEquals", "\"2026-03-10T23:20:00Z\""),
        ("TimestampLessThan", "\"2026-03-11T00:20:00+01:00\""),
        ("StringEqualsPath", "\"$.b.c\""),
        ("NumericLessThanPath", "\"$.list[0]\""),
    ];
    let (operator, operand) = builder.draw.pick(TESTS);
    let operand: Value = serde_json::from_str(operand).unwrap_or_default();
    json!({"Variable": path(builder), (operator): operand})
}

fn task(builder: &mut Builder<'_>, jsonata: bool, names: &[String]) -> Value {
    let resource = builder.draw.pick(RESOURCES);
    let mut state = json!({"Type": "Task", "Resource": resource});
    if builder.draw.once_in(2) {
        state["TimeoutSeconds"] = json!(10 + builder.draw.below(50));
    }
    if builder.draw.once_in(3) {
        state["HeartbeatSeconds"] = json!(1 + builder.draw.below(9));
    }
    if resource.ends_with("waitForTaskToken") {
        let (field, name, value) = if jsonata {
            ("Arguments", "Token", "{% $states.context.Task.Token %}")
        } else {
            ("Parameters", "Token.$", "$$.Task.Token")
        };
        state[field] = json!({(name): value});
    }
    errors(builder, jsonata, names, &mut state);
    state
}

fn nested(builder: &mut Builder<'_>, jsonata: bool, names: &[String]) -> Value {
    let Some(block) = builder.nested() else {
        return task(builder, jsonata, names);
    };
    let mut state = if builder.draw.once_in(2) {
        parallel(builder, block)
    } else {
        map(builder, jsonata, block)
    };
    errors(builder, jsonata, names, &mut state);
    state
}

fn parallel(builder: &mut Builder<'_>, first: Value) -> Value {
    let mut branches = vec![first];
    for _ in 0..builder.draw.below(3) {
        branches.extend(builder.nested());
    }
    json!({"Type": "Parallel", "Branches": branches})
}

fn map(builder: &mut Builder<'_>, jsonata: bool, mut processor: Value) -> Value {
    let is_distributed = builder.draw.once_in(3);
    processor["ProcessorConfig"] = if is_distributed {
        json!({"Mode": "DISTRIBUTED", "ExecutionType": builder.draw.pick(&["STANDARD", "EXPRESS"])})
    } else {
        json!({"Mode": "INLINE"})
    };
    let mut state =
        json!({"Type": "Map", "ItemProcessor": processor, "MaxConcurrency": builder.draw.below(4)});
    let (items, list, selector) = if jsonata {
        (
            "Items",
            "{% $states.input.list %}",
            json!({"item": "{% $states.context.Map.Item.Value %}", "a": "{% $states.context.Map.Item.Index %}"}),
        )
    } else {
        (
            "ItemsPath",
            "$.list",
            json!({"item.$": "$$.Map.Item.Value", "a.$": "$$.Map.Item.Index", "list.$": "$.list"}),
        )
    };
    state[items] = json!(list);
    if builder.draw.once_in(2) {
        state["ItemSelector"] = selector;
    }
    if builder.draw.once_in(3) {
        state["ToleratedFailurePercentage"] = json!(builder.draw.below(101));
    }
    if is_distributed && builder.draw.once_in(3) {
        state["ItemBatcher"] = json!({"MaxItemsPerBatch": 1 + builder.draw.below(3)});
    }
    state
}

/// `Retry` and `Catch`.
fn errors(builder: &mut Builder<'_>, jsonata: bool, names: &[String], state: &mut Value) {
    if builder.draw.once_in(2) {
        let mut retrier = json!({
            "ErrorEquals": [builder.draw.pick(ERRORS)],
            "IntervalSeconds": 1 + builder.draw.below(5),
            "MaxAttempts": builder.draw.below(4),
            "BackoffRate": builder.draw.pick(&[1.0, 1.5, 2.0, 10.0]),
        });
        if builder.draw.once_in(2) {
            retrier["MaxDelaySeconds"] = json!(6 + builder.draw.below(60));
            retrier["JitterStrategy"] = json!("FULL");
        }
        state["Retry"] = json!([retrier]);
    }
    if builder.draw.once_in(2) {
        let mut catcher =
            json!({"ErrorEquals": [builder.draw.pick(ERRORS)], "Next": target(builder, names)});
        if jsonata {
            catcher["Output"] =
                json!("{% {'error': $states.errorOutput, 'input': $states.input} %}");
            catcher["Assign"] = json!({"v": "{% $states.errorOutput.Error %}"});
        } else {
            catcher["ResultPath"] = json!("$.error");
            catcher["Assign"] = json!({"v.$": "$.Error"});
        }
        state["Catch"] = json!([catcher]);
    }
}

/// The filters or fields of data that the type of state has.
fn data(builder: &mut Builder<'_>, jsonata: bool, state: &mut Value) {
    let kind = state["Type"].as_str().unwrap_or_default().to_owned();
    let works = matches!(kind.as_str(), "Task" | "Parallel" | "Map");
    if kind == "Fail" {
        return;
    }
    if jsonata {
        if matches!(kind.as_str(), "Task" | "Parallel") && state.get("Arguments").is_none() {
            maybe(builder, state, "Arguments", 3, written_jsonata);
        }
        if kind != "Choice" {
            maybe(builder, state, "Output", 3, written_jsonata);
        }
    } else {
        maybe(builder, state, "InputPath", 8, |builder| {
            json!(path(builder))
        });
        maybe(builder, state, "OutputPath", 8, |builder| {
            json!(path(builder))
        });
        if works || kind == "Pass" {
            maybe(builder, state, "ResultPath", 2, |builder| {
                json!(builder.draw.pick(&["$.r", "$.b.r", "$", "$.list[0]"]))
            });
        }
        if matches!(kind.as_str(), "Task" | "Parallel" | "Pass")
            && state.get("Parameters").is_none()
            && state.get("Result").is_none()
        {
            maybe(builder, state, "Parameters", 3, template);
        }
        if works {
            maybe(builder, state, "ResultSelector", 5, template);
        }
    }
    if kind != "Succeed" {
        let value = if jsonata {
            assign_jsonata
        } else {
            assign_template
        };
        maybe(builder, state, "Assign", 3, value);
    }
}

fn maybe(
    builder: &mut Builder<'_>,
    state: &mut Value,
    field: &str,
    times: usize,
    value: impl Fn(&mut Builder<'_>) -> Value,
) {
    if builder.draw.once_in(times) {
        state[field] = value(builder);
    }
}

fn path(builder: &mut Builder<'_>) -> &'static str {
    builder.draw.pick(PATHS)
}

fn expression(builder: &mut Builder<'_>) -> String {
    format!("{{% {} %}}", builder.draw.pick(EXPRESSIONS))
}

/// A template that keeps the members that other states look for.
fn template(builder: &mut Builder<'_>) -> Value {
    let mut members = Map::new();
    for kept in ["a", "b", "list", "s", "when"] {
        if !builder.draw.once_in(5) {
            members.insert(format!("{kept}.$"), json!(format!("$.{kept}")));
        }
    }
    members.insert("x.$".to_owned(), json!(path(builder)));
    members.insert("y.$".to_owned(), json!(builder.draw.pick(INTRINSICS)));
    members.insert(
        "deep".to_owned(),
        json!([{"z.$": path(builder)}, written(builder)]),
    );
    Value::Object(members)
}

fn assign_template(builder: &mut Builder<'_>) -> Value {
    json!({"v.$": path(builder), "w": {"a.$": builder.draw.pick(INTRINSICS)}})
}

fn assign_jsonata(builder: &mut Builder<'_>) -> Value {
    json!({"v": expression(builder), "w": {"a": 1}})
}

fn written_jsonata(builder: &mut Builder<'_>) -> Value {
    if builder.draw.once_in(2) {
        return json!("{% $states.input %}");
    }
    let kept = "{% $states.input.list %}";
    json!({"a": expression(builder), "list": kept, "s": "plain", "b": [expression(builder), written(builder)]})
}

/// A value as written in a definition; numbers that no double holds are left out.
fn written(builder: &mut Builder<'_>) -> Value {
    let text = builder.draw.pick(VALUES);
    serde_json::from_str(text).unwrap_or(json!({"list": [1, 2], "a": 1.50}))
}
