//! Random paths, functions and templates.

use super::inputs::scalar;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

pub(super) fn definite() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "$",
        "$.n",
        "$.s",
        "$.v",
        "$.o",
        "$.o.n",
        "$.o.v",
        "$.m",
        "$.m[0]",
        "$.m[-1]",
        "$.l",
        "$.l[0]",
        "$.l[1].v",
        "$.k",
        "$.k[0]",
        "$.k[1]",
        "$['x-y']",
        "$.missing",
        "$.o.missing",
        "$$.Execution.Name",
        "$$.Execution.Input.o.n",
        "$.l[0]['n','s']",
        "$.o['v','s']",
    ])
}

pub(super) fn indefinite() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "$.l[*]",
        "$.l[*].n",
        "$.l[*].v",
        "$.k[*]",
        "$.k[*][*]",
        "$.k[*][0]",
        "$.m[*]",
        "$.m[0,1]",
        "$.m[2,0]",
        "$.k[1,0]",
        "$.m[1:]",
        "$.m[:2]",
        "$.m[-2:]",
        "$.m[:-1]",
        "$.k[0:1]",
        "$.k[1:]",
        "$.l[0:2].v",
        "$.l[?(@.n > 1)]",
        "$.l[?(@.n > 1)].v",
        "$.l[?(@.s == 'a')]",
        "$.l[?(@.v)].s",
        "$.l[?(@.n != 1)].n",
        "$.l[?(@.n < 2 && @.s)].s",
        "$.l[?(!@.v || @.n >= 2)]",
        "$.l[?(@.s in ['a','b'])].n",
        "$.m[?(@ > 1)]",
        "$..n",
        "$..v",
        "$.o..v",
        "$.o.*",
        "$.l[?(@.s =~ /a.*/)].n",
        "$.l[?(@.n == $.n)].n",
        "$.o['s','v']",
        "$.l[*]['n','s']",
    ])
}

pub(super) fn path() -> impl Strategy<Value = &'static str> {
    prop_oneof![3 => definite(), 1 => indefinite()]
}

pub(super) fn call() -> impl Strategy<Value = String> {
    let simple = prop::sample::select(vec![
        "States.Format('a{}b{}', $.n, $.s)",
        "States.Format('{}', $.n)",
        "States.Format('it\\'s')",
        "States.Format('{}', $.s)",
        "States.Array($.n, $.s)",
        "States.Array($.v, 1)",
        "States.Array()",
        "States.ArrayPartition($.m, 2)",
        "States.ArrayContains($.m, 2)",
        "States.ArrayContains($.k, $.k[0])",
        "States.ArrayContains($.m, $.v)",
        "States.ArrayRange(1, 9, 2)",
        "States.ArrayRange(3, 3, 1)",
        "States.ArrayRange(1, $.n, 1)",
        "States.ArrayRange(5, $.n, -2)",
        "States.ArrayGetItem($.m, 1)",
        "States.ArrayGetItem($.k, 0)",
        "States.ArrayLength($.m)",
        "States.ArrayUnique($.m)",
        "States.ArrayUnique($.k)",
        "States.Base64Encode($.s)",
        "States.Hash($.s, 'SHA-256')",
        "States.Hash($.o, 'MD5')",
        "States.JsonMerge($.o, $.l[0], false)",
        "States.MathAdd($.n, -1)",
        "States.MathAdd(1.5, $.n)",
        "States.StringSplit($.s, 'a')",
        "States.StringSplit('a,b;;c', ',;')",
        "States.JsonToString($.o)",
        "States.JsonToString($.m)",
        "States.StringToJson('[1, {\"a\": 2}]')",
        "States.ArrayGetItem(States.StringSplit('a-b', '-'), 1)",
        "States.ArrayLength(States.Array($.s, $.s))",
        "States.Format('{}-{}', $$.State.Name, States.ArrayLength($.l))",
    ]);
    simple.prop_map(str::to_owned)
}

pub(super) fn query() -> impl Strategy<Value = String> {
    prop_oneof![2 => path().prop_map(str::to_owned), 1 => call()]
}

pub(super) fn template() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![3 => query().prop_map(Some), 1 => Just(None)];
    let members = prop::collection::vec(
        (
            prop::sample::select(vec!["a", "b", "c", "StateMachineArn", "Input"]),
            leaf,
            scalar(),
        ),
        0..4,
    );
    members.prop_map(|members| {
        let mut template = Map::new();
        for (name, query, plain) in members {
            if template.contains_key(name) || template.contains_key(&format!("{name}.$")) {
                continue;
            }
            match query {
                Some(query) => template.insert(format!("{name}.$"), Value::from(query)),
                None => template.insert(name.to_owned(), json!({"deep": [plain, {"n.$": "$.n"}]})),
            };
        }
        Value::Object(template)
    })
}

/// A path to an object or a plain value, `null`, or nothing.
pub(super) fn flow_path() -> impl Strategy<Value = Option<Value>> {
    let paths = prop::sample::select(vec![
        "$",
        "$.o",
        "$.l[0]",
        "$.missing",
        "$$.Execution.Input",
        "$.o['n','s']",
    ]);
    prop_oneof![
        3 => Just(None),
        1 => Just(Some(Value::Null)),
        3 => paths.prop_map(|path| Some(Value::from(path))),
    ]
}

/// As [`flow_path`], after a result was set.
pub(super) fn output_path() -> impl Strategy<Value = Option<Value>> {
    let paths = prop::sample::select(vec![
        "$.r", "$.o.r", "$.n", "$.p.q", "$.p.q.r", "$.o.v", "$['x-y']",
    ]);
    prop_oneof![flow_path(), paths.prop_map(|path| Some(Value::from(path)))]
}

pub(super) fn result_path() -> impl Strategy<Value = Option<Value>> {
    let paths = prop::sample::select(vec![
        "$", "$.r", "$.o", "$.o.r", "$.o.n", "$.p.q.r", "$.s.r", "$['x-y']",
    ]);
    prop_oneof![2 => Just(None), 1 => Just(Some(Value::Null)), 4 => paths.prop_map(|path| Some(Value::from(path)))]
}
