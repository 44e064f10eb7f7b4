//! Tests of JSONPath: first what AWS recorded and documents, then Jayway's dialect, then limits.

use super::*;
use indexmap::IndexMap;
use proptest::prelude::*;
use serde_json::json;

fn eval_in(path: &str, input: &Value, context: &Value) -> Result<Value, QueryError> {
    let variables = IndexMap::from([
        ("answer".to_owned(), json!(42)),
        ("list".to_owned(), json!([{"x": 1}, {"x": 2}])),
    ]);
    Path::parse(path).unwrap().eval(&Scope {
        input,
        context,
        variables: &variables,
    })
}

fn eval(path: &str, input: &Value) -> Value {
    eval_in(path, input, &Value::Null).unwrap()
}

fn reason(path: &str, input: &Value) -> String {
    match eval_in(path, input, &Value::Null) {
        Err(QueryError::NotFound { reason, .. }) => reason,
        other => panic!("{path} gave {other:?}"),
    }
}

fn store() -> Value {
    json!({
        "store": {
            "book": [
                {"category": "reference", "author": "Nigel Rees", "title": "Sayings", "price": 8.95},
                {"category": "fiction", "author": "Evelyn Waugh", "title": "Sword", "price": 12.99},
                {"category": "fiction", "author": "Herman Melville", "title": "Moby Dick", "isbn": "0-553", "price": 8.99},
                {"category": "fiction", "author": "J. R. R. Tolkien", "title": "Rings", "isbn": "0-395", "price": 22.99}
            ],
            "bicycle": {"color": "red", "price": 19.95}
        },
        "expensive": 10
    })
}

#[test]
fn dots_and_brackets_lead_to_the_same_value() {
    let input = json!({"a": {"b c": [1, 2, 3]}});
    assert_eq!(eval("$.a['b c'][1]", &input), json!(2));
    assert_eq!(eval("$['a'][\"b c\"][-1]", &input), json!(3));
    assert_eq!(eval("$", &input), input);
    assert_eq!(eval("$.[\"a\"]", &input), json!({"b c": [1, 2, 3]}));
}

#[test]
fn a_backslash_before_another_quote_stays() {
    assert_eq!(
        eval(r#"$['Test\""Name"']"#, &json!({"Test\\\"\"Name\"": "v"})),
        json!("v")
    );
    assert_eq!(eval(r"$['it\'s']", &json!({"it's": 1})), json!(1));
    assert_eq!(
        eval(
            r"$.foo\@bar.baz\[\[\.\?pretty",
            &json!({"foo@bar": {"baz[[.?pretty": 7}})
        ),
        json!(7)
    );
}

#[test]
fn names_with_hyphens_and_letters_of_any_script_need_no_quotes() {
    assert_eq!(
        eval("$.sub-values.größe", &json!({"sub-values": {"größe": 1}})),
        json!(1)
    );
    assert_eq!(
        eval("$.&Ж中.\u{e9}", &json!({"&Ж中": {"\u{e9}": 1}})),
        json!(1)
    );
}

#[test]
fn the_context_object_and_variables_are_read() {
    assert_eq!(
        eval_in(
            "$$.Task.Token",
            &json!({}),
            &json!({"Task": {"Token": "t"}})
        )
        .unwrap(),
        json!("t")
    );
    assert_eq!(
        eval_in("$$", &json!({}), &json!({"a": 1})).unwrap(),
        json!({"a": 1})
    );
    assert_eq!(eval("$answer", &json!({})), json!(42));
    assert_eq!(eval("$list[*].x", &json!({})), json!([1, 2]));
    assert_eq!(Path::parse("$list[0].x").unwrap().variable(), Some("list"));
}

#[test]
fn a_filter_with_one_hit_is_still_an_array() {
    let input = json!({"users": [{"year": 1997, "status": 0}, {"year": 1998, "status": 1}]});
    assert_eq!(
        eval("$.users[?(@.status == 0)]", &input),
        json!([{"year": 1997, "status": 0}])
    );
}

#[test]
fn slices_and_lists_of_indices_give_arrays() {
    let input = json!([0, 1, 2, 3, 4]);
    for (path, expected) in [
        ("$[1:3]", json!([1, 2])),
        ("$[3:]", json!([3, 4])),
        ("$[:2]", json!([0, 1])),
        ("$[-2:]", json!([3, 4])),
        ("$[:-3]", json!([0, 1])),
        ("$[-3:-1]", json!([2, 3])),
        ("$[0,2,9]", json!([0, 2])),
        ("$[7:]", json!([])),
    ] {
        assert_eq!(eval(path, &input), expected, "{path}");
    }
}

#[test]
fn several_names_at_the_end_make_an_object() {
    let input = json!([{"bucket": "b", "key": "k", "size": 1}, {"bucket": "c"}]);
    assert_eq!(
        eval("$.[*].['bucket', 'key']", &input),
        json!([{"bucket": "b", "key": "k"}, {"bucket": "c"}])
    );
    assert_eq!(
        eval("$['id','x']", &json!({"x": 1, "id": 2, "y": 3})),
        json!({"id": 2, "x": 1})
    );
}

#[test]
fn descent_finds_values_outer_ones_first() {
    assert_eq!(
        eval("$..price", &store()),
        json!([8.95, 12.99, 8.99, 22.99, 19.95])
    );
    assert_eq!(
        eval("$.store..author", &store()).as_array().map(Vec::len),
        Some(4)
    );
    assert_eq!(eval("$..book[0].title", &store()), json!(["Sayings"]));
    assert_eq!(eval("$..nothing", &store()), json!([]));
    assert_eq!(eval("$..*", &json!({"a": [1], "b": 2})), json!([[1], 2, 1]));
    assert_eq!(
        eval("$..[?(@.isbn)].title", &store()),
        json!(["Moby Dick", "Rings"])
    );
}

#[test]
fn filters_compare_combine_and_negate() {
    for (filter, titles) in [
        ("@.price < 10", vec!["Sayings", "Moby Dick"]),
        ("@.price >= $.expensive", vec!["Sword", "Rings"]),
        ("@.isbn", vec!["Moby Dick", "Rings"]),
        ("!@.isbn", vec!["Sayings", "Sword"]),
        ("!(@.isbn || @.price > 10)", vec!["Sayings"]),
        ("@.category == 'fiction' && @.price<10", vec!["Moby Dick"]),
        ("@.category==fiction && @.price < 10", vec!["Moby Dick"]),
        ("@.author =~ /.*tolkien/i", vec!["Rings"]),
        ("@.author =~ /Tolkien/", vec![]),
        ("@.title in ['Sword', 'Rings']", vec!["Sword", "Rings"]),
        (
            "@.title NIN [\"Sword\", \"Rings\"]",
            vec!["Sayings", "Moby Dick"],
        ),
        ("@.title size 5", vec!["Sword", "Rings"]),
        ("@.title contains 'ing'", vec!["Sayings", "Rings"]),
        (
            "'10' == $.expensive && @.isbn == '0-553'",
            vec!["Moby Dick"],
        ),
        ("@.isbn != '0-553' && @.isbn", vec!["Rings"]),
        ("@.price == 8.950", vec!["Sayings"]),
        ("@['price'] === 8.95", vec!["Sayings"]),
    ] {
        let found = eval(&format!("$.store.book[?({filter})].title"), &store());
        assert_eq!(found, json!(titles), "{filter}");
    }
}

#[test]
fn lists_are_compared_as_sets() {
    let input = json!([{"t": ["a", "b"]}, {"t": ["c"]}, {"t": []}]);
    for (filter, expected) in [
        (
            "@.t subsetof ['a','b','x']",
            json!([{"t": ["a", "b"]}, {"t": []}]),
        ),
        (
            "@.t anyof ['b','c']",
            json!([{"t": ["a", "b"]}, {"t": ["c"]}]),
        ),
        ("@.t noneof ['b','c']", json!([{"t": []}])),
        ("@.t contains 'c'", json!([{"t": ["c"]}])),
        ("@.t empty true", json!([{"t": []}])),
        ("@.t == ['c']", json!([{"t": ["c"]}])),
        ("@.t.length() > 1", json!([{"t": ["a", "b"]}])),
    ] {
        assert_eq!(
            eval(&format!("$[?({filter})]"), &input),
            expected,
            "{filter}"
        );
    }
}

#[test]
fn functions_work_on_what_the_path_leads_to() {
    let input = json!({"n": [3, 1, 2], "o": {"b": 1, "a": 2}, "s": ["x", "y"], "d": [2, 4, 4, 4, 5, 5, 7, 9]});
    for (path, expected) in [
        ("$.n.length()", json!(3)),
        ("$.o.length()", json!(2)),
        ("$.n.min()", json!(1.0)),
        ("$.n.max()", json!(3.0)),
        ("$.n.sum()", json!(6.0)),
        ("$.n.avg()", json!(2.0)),
        ("$.s.length().min(4, 2)", json!(2.0)),
        ("$.d.stddev()", json!(2.0)),
        ("$.o.keys()", json!(["b", "a"])),
        ("$.s.concat('-', $.n[0])", json!("xy-3")),
        ("$.n.append(9)", json!([3, 1, 2, 9])),
        ("$.n.first()", json!(3)),
        ("$.n.last()", json!(2)),
        ("$.n.index(1)", json!(1)),
        ("$.o.keys()[0]", json!("b")),
    ] {
        assert_eq!(eval(path, &input), expected, "{path}");
    }
}

#[test]
fn a_definite_path_that_finds_nothing_says_where_it_broke_off() {
    let input = json!({"a": {"s": "x", "n": null}, "l": [1]});
    assert_eq!(reason("$.b", &input), "No results for path: $['b']");
    assert_eq!(reason("$.a.b", &input), "No results for path: $['a']['b']");
    assert_eq!(reason("$.l[3]", &input), "No results for path: $['l'][3]");
    assert_eq!(reason("$.b.c.d", &input), "Missing property in path $['b']");
    assert_eq!(reason("$.b[*]", &input), "Missing property in path $['b']");
    assert_eq!(reason("$.a.n[0]", &input), "The path $['a']['n'] is null");
    assert_eq!(
        reason("$.a[0]", &input),
        "Filter: [0] can only be applied to arrays. Current context is: {s=x, n=null}"
    );
    assert!(reason("$.a.s.t", &input).starts_with("Expected to find an object with property ['t'] in path $['a']['s'] but found 'java.lang.String'."));
    assert_eq!(
        reason("$unset.x", &input),
        "No results for path: $['unset']"
    );
}

#[test]
fn after_an_indefinite_step_what_is_missing_is_passed_over() {
    let input = json!([{"a": {"b": 1}}, {"a": 2}, 3, null]);
    assert_eq!(eval("$[*].a.b", &input), json!([1]));
    assert_eq!(eval("$[?(@.zzz)].a", &input), json!([]));
    assert_eq!(eval("$[*][0]", &input), json!([]));
}

#[test]
fn definite_and_indefinite_paths_are_told_apart() {
    for path in [
        "$",
        "$.a",
        "$.a[0]['b']",
        "$['a','b']",
        "$.a.length()",
        "$$.x",
        "$v.x",
    ] {
        assert!(Path::parse(path).unwrap().is_definite(), "{path}");
    }
    for path in [
        "$.a[*]",
        "$..a",
        "$.a[0,1]",
        "$.a[1:]",
        "$.a[?(@.b)]",
        "$['a','b'].c",
    ] {
        assert!(!Path::parse(path).unwrap().is_definite(), "{path}");
    }
}

#[test]
fn faults_are_said_where_they_stand() {
    for (path, offset) in [
        ("", 0),
        ("a.b", 0),
        ("$.", 2),
        ("$..", 3),
        ("$.a..", 5),
        ("$.a b", 4),
        ("$.a[", 4),
        ("$.a[0", 5),
        ("$.a[b]", 4),
        ("$.a['b]", 4),
        ("$.a[99999999999]", 4),
        ("$.a[?(@.b ==)]", 12),
        ("$.a[?(@.b == 1]", 14),
        ("$.a[?@.b]", 5),
        ("$.a.nope()", 4),
        ("$.a[?(@.b =~ /(/)]", 13),
        ("$.a]", 3),
        ("$[:]", 3),
    ] {
        let error = Path::parse(path).expect_err(path);
        assert_eq!(error.offset, offset, "{path}: {error}");
    }
}

#[test]
fn a_thousand_levels_of_nesting_end_in_an_error() {
    for (open, close) in [
        ("[?(", ")]"),
        ("[?(@", ")]"),
        ("[?((", "))]"),
        ("[?(!", ")]"),
        ("[?(@==[", "])]"),
    ] {
        let path = format!("${}@.a{}", open.repeat(1_000), close.repeat(1_000));
        assert!(Path::parse(&path).is_err(), "{open}");
    }
    let lists = format!("$[?(@.a == {}{})]", "[".repeat(1_000), "]".repeat(1_000));
    assert!(Path::parse(&lists).is_err());
}

#[test]
fn work_is_bounded() {
    let wide = Value::Array((0..3_000).map(|n| json!({"n": n})).collect());
    let list = (0..2_000)
        .map(|n| format!("'{n}'"))
        .collect::<Vec<_>>()
        .join(",");
    for path in [
        "$[?($[?($[?(@.n == -1)])])]".to_owned(),
        format!("$[*][{list}]"),
        format!("$[*].append([{list}])"),
        format!("$[*][{}]", list.replace('\'', "")),
    ] {
        let result = eval_in(&path, &wide, &Value::Null);
        assert!(
            matches!(result, Err(QueryError::Limit(_))),
            "{}",
            &path[..20]
        );
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(text in "\\PC{0,40}") {
        let _ = Path::parse(&text);
    }

    #[test]
    fn no_path_makes_the_evaluation_panic(text in "\\$[.\\[\\]'ab*?()@=<!:0-9,$&|-]{0,24}") {
        if let Ok(path) = Path::parse(&text) {
            let (input, variables) = (json!({"a": [1, {"b": "x"}], "b": {"a": null}}), IndexMap::new());
            let _ = path.eval(&Scope { input: &input, context: &input, variables: &variables });
        }
    }

    #[test]
    fn any_name_is_reached_in_quotes(name in "\\PC{0,12}") {
        let path = format!("$['{}']", name.replace('\\', "\\\\").replace('\'', "\\'"));
        prop_assert_eq!(eval(&path, &json!({name.clone(): 1, "zzzzzzzzzzzzz": 2})), json!(1));
    }
}
