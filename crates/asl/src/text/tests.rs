use super::*;
use proptest::prelude::*;
use serde_json::{Value, json};

fn faults(text: &str) -> Vec<String> {
    Document::parse(text)
        .faults
        .into_iter()
        .map(|fault| fault.message)
        .collect()
}
fn value(text: &str) -> Option<Value> {
    Document::parse(text).root().and_then(Node::to_value)
}
fn pointer(text: &str) -> Pointer {
    text.parse().unwrap()
}
fn after_set(text: &str, at: &str, new: &Value, after: Option<&str>) -> String {
    let document = Document::parse(text);
    let edits = document.set(&pointer(at), new, after).unwrap();
    document.apply(&edits).unwrap().text().to_string()
}
fn after_remove(text: &str, at: &str) -> String {
    let document = Document::parse(text);
    let edits = document.remove(&pointer(at)).unwrap();
    document.apply(&edits).unwrap().text().to_string()
}

#[test]
fn valid_json_reads_as_serde_json_reads_it() {
    for text in [
        "null",
        " true ",
        "-0",
        "1e3",
        "12345678901234567890123",
        "0.1e-7",
        r#""aä😀\n\u00e9\ud83d\ude00\/""#,
        "[]",
        "[1,[2,{}],\"x\"]",
        r#"{"a":1,"b":{"c":[null]},"a":2}"#,
        "{ \"a\" : [ ] }\r\n",
    ] {
        assert_eq!(faults(text), Vec::<String>::new(), "{text}");
        assert_eq!(
            value(text),
            Some(serde_json::from_str(text).unwrap()),
            "{text}"
        );
    }
}

#[test]
fn texts_that_are_no_json_have_faults() {
    for text in [
        "",
        " ",
        "{",
        "}",
        "[1,]",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{\"a\":}",
        "[1 2]",
        "01",
        "1.",
        "-",
        ".5",
        "tru",
        "'a'",
        "\"a",
        "\"\u{1}\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\ud800\"",
        "1 2",
        "// x\n1",
        "{a:1}",
        "1e999",
        "\u{feff}1",
        "[,1]",
        "{,}",
        "[1:2]",
        "{\"a\":1]",
        "[{\"a\":1]}",
        "nul",
        "\u{a0}1",
        "{1:2}",
        "{[1]}",
        "[}",
    ] {
        assert!(!faults(text).is_empty(), "{text:?}");
        assert!(serde_json::from_str::<Value>(text).is_err(), "{text:?}");
    }
}

#[test]
fn small_mistakes_lose_nothing_around_them() {
    let whole = json!({"a": 1, "b": {"c": [1, 2]}, "d": "x"});
    for text in [
        r#"{"a": 1 "b": {"c": [1, 2]}, "d": "x"}"#,
        r#"{"a": 1, "b": {"c": [1 2]}, "d": "x",}"#,
        r#"{"a" 1, "b": {"c": [1, 2]}, "d": "x"}"#,
        r#"{"a": 1, "b": {"c": [1, 2}, "d": "x"}"#,
        r#"{a: 1, 'b': {"c": [1, 2,]}, "d": x}"#,
        "{\"a\": 1, \"b\": {\"c\": [1, 2]}, // note\n \"d\": \"x\"",
        "{\"a\": 1, \"b\": {\"c\": [1, 2]},\n \"d\": \"x\n}",
        "{\"a\": 1, \"b\": {\"c\": [1, 2]},, \"d\": \"x\"}}",
    ] {
        assert!(!faults(text).is_empty(), "{text}");
        assert_eq!(value(text), Some(whole.clone()), "{text}");
    }
}

#[test]
fn an_unclosed_string_ends_with_its_line() {
    let text = "{\n  \"Type\": \"Pass,\n  \"End\": true\n}";
    assert_eq!(value(text), Some(json!({"Type": "Pass", "End": true})));
    assert_eq!(faults(text).len(), 1);
}

#[test]
fn a_missing_value_is_a_hole_in_the_tree() {
    let document = Document::parse(r#"{"a": , "b": 1}"#);
    assert!(document.get(&pointer("/a")).unwrap().is_missing());
    assert_eq!(
        document.get(&pointer("/b")).unwrap().to_value(),
        Some(json!(1))
    );
    assert_eq!(document.root().unwrap().to_value(), None);
}

#[test]
fn a_placeholder_outside_quotes_stands_for_a_value() {
    let document = Document::parse(r#"{"a": ${Limit}, "b": [${A}${B}, 1${C}], "x": 1}"#);
    assert_eq!(document.faults(), &[]);
    let kind = |at: &str| document.get(&pointer(at)).unwrap().kind.clone();
    assert_eq!(kind("/a"), NodeKind::Placeholder("${Limit}".into()));
    assert_eq!(kind("/b/0"), NodeKind::Placeholder("${A}${B}".into()));
    assert_eq!(kind("/b/1"), NodeKind::Placeholder("1${C}".into()));
    assert_eq!(kind("/x"), NodeKind::Number("1".into()));
    for broken in ["{\"a\": ${}}", "{\"a\": ${x", "{\"a\": $x}", "{${a}: 1}"] {
        assert!(!faults(broken).is_empty(), "{broken}");
    }
}

#[test]
fn a_placeholder_outside_quotes_is_one_fault_in_plain_json() {
    let document = Document::parse_strict(r#"{"TimeoutSeconds": ${Limit}, "x": 1}"#);
    assert_eq!(document.faults().len(), 1);
    assert_eq!(
        document.root().and_then(Node::to_value),
        Some(json!({"TimeoutSeconds": "${Limit}", "x": 1}))
    );
}

#[test]
fn a_placeholder_outside_quotes_can_be_moved() {
    let text = r#"{"a": {"b": ${T}, "c": "${T}"}}"#;
    let moved = Document::parse(text)
        .get(&pointer("/a"))
        .unwrap()
        .to_value();
    assert_eq!(
        after_set("{}", "/d", &moved.unwrap(), None),
        "{\n  \"d\": {\n    \"b\": ${T},\n    \"c\": \"${T}\"\n  }\n}"
    );
}

#[test]
fn an_open_bracket_is_told_with_its_line() {
    assert_eq!(
        faults("{\n \"a\": [1,\n 2"),
        ["The array that begins in line 2 is not closed; add `]` at its end."]
    );
}

#[test]
fn nesting_too_deep_is_a_fault_and_no_crash() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let text = format!("[{}1{}, 7]", open.repeat(200_000), close.repeat(200_000));
        let document = Document::parse(text);
        assert_eq!(document.faults().len(), 1);
        assert_eq!(document.get(&pointer("/1")).unwrap().as_number(), Some("7"));
        assert_eq!(document.root().unwrap().to_value(), None);
        assert!(!faults(&open.repeat(200_000)).is_empty());
    }
}

#[test]
fn the_deepest_allowed_value_fits_a_small_stack() {
    let depth = MAX_DEPTH;
    let read = move || {
        let text = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let document = Document::parse(text);
        assert!(document.faults().is_empty());
        assert!(document.root().unwrap().to_value().is_some());
    };
    std::thread::Builder::new()
        .stack_size(1 << 20)
        .spawn(read)
        .unwrap()
        .join()
        .unwrap();
}

#[test]
fn duplicate_members_are_kept_and_the_last_is_found() {
    let document = Document::parse(r#"{"a": 1, "a": 2}"#);
    assert_eq!(document.root().unwrap().members().len(), 2);
    assert_eq!(document.get(&pointer("/a")).unwrap().as_number(), Some("2"));
}

#[test]
fn the_cursor_finds_the_innermost_value() {
    let text = r#"{"a": {"bc": [10, 20]}}"#;
    let document = Document::parse(text);
    let at = |offset| document.at_offset(offset).unwrap().0.to_string();
    assert_eq!(at(0), "");
    assert_eq!(at(2), "/a");
    assert_eq!(at(8), "/a/bc");
    assert_eq!(at(14), "/a/bc/0");
    assert_eq!(at(18), "/a/bc/1");
    assert_eq!(at(text.len()), "");
    assert!(document.at_offset(text.len() + 1).is_none());
}

#[test]
fn a_new_member_takes_the_indentation_of_its_neighbours() {
    let text = "{\n\t\"a\": {\n\t\t\"b\": 1\n\t}\n}\n";
    assert_eq!(
        after_set(text, "/a/c", &json!({"d": 1}), None),
        "{\n\t\"a\": {\n\t\t\"b\": 1,\n\t\t\"c\": {\n\t\t\t\"d\": 1\n\t\t}\n\t}\n}\n"
    );
    assert_eq!(
        after_set(
            "{\r\n    \"a\": 1,\r\n    \"b\": 2\r\n}",
            "/c",
            &json!([1, "x"]),
            Some("a")
        ),
        "{\r\n    \"a\": 1,\r\n    \"c\": [1, \"x\"],\r\n    \"b\": 2\r\n}"
    );
}

#[test]
fn an_object_in_one_line_stays_there_until_it_is_long() {
    let text = "{\n  \"a\": { \"x\": 1 }\n}";
    assert_eq!(
        after_set(text, "/a/y", &json!(2), None),
        "{\n  \"a\": { \"x\": 1, \"y\": 2 }\n}"
    );
    let long = "z".repeat(100);
    assert_eq!(
        after_set(text, "/a/y", &json!(long), None),
        format!("{{\n  \"a\": {{\n    \"x\": 1,\n    \"y\": \"{long}\"\n  }}\n}}")
    );
    assert_eq!(
        after_set(r#"{"a":{"x":1}}"#, "/a/y", &json!({"z": [1, 2]}), None),
        r#"{"a":{"x":1,"y":{"z":[1,2]}}}"#
    );
}

#[test]
fn an_empty_text_or_object_can_be_filled() {
    assert_eq!(
        after_set("", "", &json!({"a": 1}), None),
        "{\n  \"a\": 1\n}"
    );
    assert_eq!(after_set("{}", "/a", &json!(1), None), "{\n  \"a\": 1\n}");
    assert_eq!(
        after_set("{\n    \"a\": {}\n}", "/a/b", &json!(1), None),
        "{\n    \"a\": {\n        \"b\": 1\n    }\n}"
    );
    assert_eq!(
        after_set("{\n  \"a\": []\n}", "/a/0", &json!(1), None),
        "{\n  \"a\": [\n    1\n  ]\n}"
    );
}

#[test]
fn a_replaced_value_leaves_its_surroundings_alone() {
    assert_eq!(
        after_set("{ \"a\" :1 ,\n\"b\":2}", "/a", &json!("x"), None),
        "{ \"a\" :\"x\" ,\n\"b\":2}"
    );
    assert_eq!(
        after_set("{\"a\": , \"b\": 1}", "/a", &json!(5), None),
        "{\"a\":5 , \"b\": 1}"
    );
    assert_eq!(
        value(&after_set("{\"a\" }", "/a", &json!(5), None)),
        Some(json!({"a": 5}))
    );
}

#[test]
fn a_removed_member_takes_its_comma_and_its_line() {
    let text = "{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}";
    assert_eq!(after_remove(text, "/a"), "{\n  \"b\": 2,\n  \"c\": 3\n}");
    assert_eq!(after_remove(text, "/b"), "{\n  \"a\": 1,\n  \"c\": 3\n}");
    assert_eq!(after_remove(text, "/c"), "{\n  \"a\": 1,\n  \"b\": 2\n}");
    assert_eq!(after_remove("{\n  \"a\": 1\n}", "/a"), "{}");
    assert_eq!(after_remove("[1, 2, 3]", "/1"), "[1, 3]");
}

#[test]
fn a_renamed_member_keeps_its_value_byte_for_byte() {
    let document = Document::parse("{\"a\" : [ 1,2 ]}");
    let edits = document.rename_key(&pointer("/a"), "x \"y\"").unwrap();
    assert_eq!(
        &**document.apply(&edits).unwrap().text(),
        "{\"x \\\"y\\\"\" : [ 1,2 ]}"
    );
}

#[test]
fn edits_that_cannot_be_made_say_so() {
    let document = Document::parse(r#"{"a": [1]}"#);
    let nowhere = |text: &str| Err(EditError::NoSuchPlace(text.to_owned()));
    assert_eq!(
        document.set(&pointer("/x/y"), &json!(1), None),
        nowhere("/x")
    );
    assert_eq!(
        document.set(&pointer("/a/5"), &json!(1), None),
        nowhere("/a/5")
    );
    assert_eq!(
        document.set(&pointer("/a/0/z"), &json!(1), None),
        nowhere("/a/0/z")
    );
    assert_eq!(document.remove(&pointer("")), nowhere(""));
    assert_eq!(document.remove(&pointer("/a/1")), nowhere("/a/1"));
    assert_eq!(document.rename_key(&pointer("/a/0"), "b"), nowhere("/a/0"));
    for (start, end) in [(0, 99), (3, 2), (99, 99)] {
        assert!(
            document
                .apply(&[TextEdit::new(Span::new(start, end), "")])
                .is_err()
        );
    }
    let twice = [
        TextEdit::new(Span::new(0, 4), ""),
        TextEdit::new(Span::new(3, 5), ""),
    ];
    assert_eq!(document.apply(&twice).unwrap_err(), EditError::Overlap);
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1000..1000_i32).prop_map(|n| Value::from(f64::from(n) / 8.0)),
        "[a-c\"\\\\/~é😀 \n]{0,4}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec(("[a-c/~\"0 ]{0,3}", inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// All places in a value.
fn places(value: &Value, at: &Pointer, found: &mut Vec<Pointer>) {
    found.push(at.clone());
    match value {
        Value::Object(map) => map
            .iter()
            .for_each(|(key, value)| places(value, &at.join(key.as_str()), found)),
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(index, item)| places(item, &at.join(index), found));
        }
        _ => {}
    }
}

fn written(value: &Value, pretty: bool) -> String {
    if pretty {
        serde_json::to_string_pretty(value).unwrap()
    } else {
        value.to_string()
    }
}

proptest! {
    #[test]
    fn any_text_reads_without_a_panic(text in "\\PC{0,60}|[\\[\\]{}\",:a1.\\\\/*$'\n -]{0,40}") {
        let document = Document::parse_strict(text.as_str());
        let serde = serde_json::from_str::<Value>(&text);
        prop_assert_eq!(document.faults().is_empty(), serde.is_ok());
        if let Ok(value) = serde {
            prop_assert_eq!(document.root().and_then(Node::to_value), Some(value));
        }
        for fault in document.faults() {
            prop_assert!(text.get(fault.span.start..fault.span.end).is_some());
        }
        for offset in 0..=text.len() {
            if let Some((_, node)) = document.at_offset(offset) {
                prop_assert!(text.get(node.span.start..node.span.end).is_some());
            }
        }
        let unchanged = document.apply(&[]).unwrap();
        prop_assert_eq!(&**unchanged.text(), text.as_str());
    }

    #[test]
    fn edits_of_broken_text_never_panic(text in "[\\[\\]{}\",:ab1 \n-]{0,40}") {
        let document = Document::parse(text.as_str());
        for offset in 0..=text.len() {
            let Some((pointer, _)) = document.at_offset(offset) else { continue };
            for edits in [document.set(&pointer.join("new"), &json!({"a": [1]}), None), document.remove(&pointer),
                document.set(&pointer, &json!([{}]), None), document.rename_key(&pointer, "k")].into_iter().flatten() {
                prop_assert!(document.apply(&edits).is_ok());
            }
        }
    }

    #[test]
    fn setting_a_value_does_what_it_does_in_memory(value in any_json(), new in any_json(), pick: prop::sample::Index, pretty: bool) {
        let document = Document::parse(written(&value, pretty));
        let mut all = Vec::new();
        places(&value, &Pointer::root(), &mut all);
        let at = pick.get(&all);
        let mut expected = value.clone();
        *expected.pointer_mut(&at.to_string()).unwrap() = new.clone();
        let edited = document.apply(&document.set(at, &new, None).unwrap()).unwrap();
        prop_assert_eq!(edited.faults(), &[]);
        prop_assert_eq!(edited.root().unwrap().to_value(), Some(expected));
    }

    #[test]
    fn adding_a_member_does_what_it_does_in_memory(value in any_json(), new in any_json(), pick: prop::sample::Index, pretty: bool) {
        let document = Document::parse(written(&value, pretty));
        let mut all = Vec::new();
        places(&value, &Pointer::root(), &mut all);
        let at = pick.get(&all);
        let mut expected = value.clone();
        let place = match expected.pointer_mut(&at.to_string()).unwrap() {
            Value::Object(map) => { map.insert("new".into(), new.clone()); at.join("new") }
            Value::Array(items) => { items.push(new.clone()); at.join(items.len() - 1) }
            _ => return Ok(()),
        };
        let edited = document.apply(&document.set(&place, &new, None).unwrap()).unwrap();
        prop_assert_eq!(edited.faults(), &[]);
        prop_assert_eq!(edited.root().unwrap().to_value(), Some(expected));
    }

    #[test]
    fn removing_does_what_it_does_in_memory(value in any_json(), pick: prop::sample::Index, pretty: bool) {
        let document = Document::parse(written(&value, pretty));
        let mut all = Vec::new();
        places(&value, &Pointer::root(), &mut all);
        let at = pick.get(&all);
        let Some(parent) = at.parent() else { return Ok(()) };
        let mut expected = value.clone();
        match (expected.pointer_mut(&parent.to_string()).unwrap(), at.0.last().unwrap()) {
            (Value::Object(map), Step::Key(key)) => { map.shift_remove(&**key); }
            (Value::Array(items), Step::Index(index)) => { items.remove(*index); }
            _ => unreachable!(),
        }
        let edited = document.apply(&document.remove(at).unwrap()).unwrap();
        prop_assert_eq!(edited.faults(), &[]);
        prop_assert_eq!(edited.root().unwrap().to_value(), Some(expected));
    }
}

#[test]
fn a_stray_bracket_is_one_fault_wherever_it_stands() {
    let text =
        r#"{"A": {"Type": "Pass", "On": true, "At": 1, "To": [1, {"B": "C"}], "Next": "D"}}"#;
    let whole = value(text);
    for (at, _) in text.match_indices([':', ',', '"', '{']) {
        let quotes = text[..at].matches('"').count();
        if quotes % 2 == 1 {
            continue;
        }
        let broken = format!("{}{{{}", &text[..at], &text[at..]);
        let document = Document::parse(broken.as_str());
        let [fault] = document.faults() else {
            // In front of the root, the object that is not closed is the outer one.
            assert!(
                document.faults().len() <= 2,
                "{broken}: {:?}",
                document.faults()
            );
            continue;
        };
        let Some(fix) = &fault.fix else {
            panic!("{broken}: no fix")
        };
        let mended = document.apply(std::slice::from_ref(fix)).unwrap();
        assert_eq!(mended.root().and_then(Node::to_value), whole, "{broken}");
    }
}

#[test]
fn a_missing_closing_bracket_is_no_stray_opening_one() {
    assert_eq!(
        faults("{\"A\": {\"B\": 1, \"C\": 2"),
        ["The object that begins in line 1 is not closed; add `}` at its end."]
    );
}
