use crate::text::*;
use proptest::prelude::*;
use serde_json::{Value, json};

fn read(text: &str) -> Document {
    Document::parse_yaml(text)
}
fn value(text: &str) -> Value {
    let document = read(text);
    assert_eq!(document.faults(), &[], "{text}");
    document.root().and_then(Node::to_value).unwrap()
}
fn faults(text: &str) -> Vec<String> {
    let faults = read(text).faults;
    faults.into_iter().map(|fault| fault.message).collect()
}
fn at(text: &str) -> Pointer {
    text.parse().unwrap()
}

#[test]
fn values_are_those_of_the_core_schema() {
    let text = "a: 1\nb: '1'\nc: yes\nd: true\ne: ~\nf:\ng: 007\nh: 0x1F\ni: 1e3\nj: \"x\\ty\"\nk: !!str 5\n";
    let wanted = json!({"a": 1, "b": "1", "c": "yes", "d": true, "e": null, "f": null, "g": 7, "h": 31, "i": 1e3, "j": "x\ty", "k": "5"});
    assert_eq!(value(text), wanted);
    let number = read("x: 1.50")
        .get(&at("/x"))
        .unwrap()
        .as_number()
        .map(str::to_owned);
    assert_eq!(number.as_deref(), Some("1.50"));
}

#[test]
fn block_scalars_keep_their_lines() {
    let text = "a: |\n  {% $x\n    + 1 %}\nb: >-   # note\n  one\n  two\nc: |+\n  x\n\nd: end\n";
    assert_eq!(
        value(text),
        json!({"a": "{% $x\n  + 1 %}\n", "b": "one two", "c": "x\n\n", "d": "end"})
    );
}

#[test]
fn every_value_has_its_own_text() {
    let text = "# head\na: &x\n  # note\n  b: 1   # c\n\n  c: |  # why\n    line\n     two\n\n  # after\nd:\n- x\n- y: {p: [1, 2], q}\n  z: >\n    t\n-\ne:\nf: plain\n  more\n";
    let document = read(text);
    assert_eq!(document.faults(), &[]);
    let slice = |pointer: &str| document.slice(document.get(&at(pointer)).unwrap().span);
    assert_eq!(
        slice("/a"),
        "b: 1   # c\n\n  c: |  # why\n    line\n     two"
    );
    assert_eq!(slice("/a/b"), "1");
    assert_eq!(slice("/a/c"), "|  # why\n    line\n     two");
    assert_eq!(slice("/d"), "- x\n- y: {p: [1, 2], q}\n  z: >\n    t\n-");
    assert_eq!(slice("/d/1/y"), "{p: [1, 2], q}");
    assert_eq!(slice("/d/1/y/p/1"), "2");
    assert_eq!(slice("/f"), "plain\n  more");
    for (pointer, before) in [("/e", "e:"), ("/d/2", "\n-")] {
        let span = document.get(&at(pointer)).unwrap().span;
        assert!(span.start == span.end && text[..span.start].ends_with(before));
    }
    let found = |needle: &str| {
        let offset = text.find(needle).unwrap();
        document.at_offset(offset).unwrap().0.to_string()
    };
    assert_eq!(found("line"), "/a/c");
    assert_eq!(found("2]"), "/d/1/y/p/1");
    assert_eq!(found("z:"), "/d/1/z");
}

#[test]
fn aliases_and_merge_keys_are_written_out() {
    let text =
        "base: &b {x: 1, y: [2]}\nuse: *b\nmore:\n  <<: *b\n  x: 5\nmany:\n  <<: [*b, {z: 3}]\n";
    let wanted = json!({
        "base": {"x": 1, "y": [2]}, "use": {"x": 1, "y": [2]}, "more": {"y": [2], "x": 5},
        "many": {"x": 1, "y": [2], "z": 3}
    });
    assert_eq!(value(text), wanted);
    let document = read(text);
    let copy = document.get(&at("/use/y/0")).unwrap();
    assert_eq!(document.slice(copy.span), "*b");
    let (pointer, _) = document.at_offset(text.find("*b").unwrap() + 1).unwrap();
    assert_eq!(pointer.to_string(), "/use");
}

#[test]
fn aliases_have_a_budget_and_cannot_go_in_circles() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let inner = format!("*a{},", level - 1).repeat(10);
        bomb.push_str(&format!("a{level}: &a{level} [{inner}]\n"));
    }
    assert!(
        faults(&bomb)
            .iter()
            .any(|fault| fault.contains("repeat too much"))
    );
    assert!(faults("a: &a [*a]")[0].contains("inside the value that it repeats"));
    assert!(faults("a: *b\nb: &b 1")[0].contains("no anchor &b"));
}

#[test]
fn the_tags_of_templates_stand_for_what_a_deployment_knows() {
    let text = "a: !Ref A\nb: !GetAtt F.Arn\nc: !Sub \"x${A}\"\nd: !If [C, 1, 2]\ne: !Join\n  - ''\n  - [a, b]\nf: ${T}\n";
    let document = read(text);
    assert_eq!(document.faults(), &[]);
    for name in ["/a", "/b", "/c", "/d", "/e", "/f"] {
        assert!(document.get(&at(name)).unwrap().is_placeholder(), "{name}");
    }
    assert_eq!(
        document.get(&at("/b")).unwrap().to_value(),
        Some(json!({"Fn::GetAtt": ["F", "Arn"]}))
    );
    assert_eq!(
        document.slice(document.get(&at("/c")).unwrap().span),
        "!Sub \"x${A}\""
    );
    assert_eq!(document.open_placeholders(), ["T"]);
    assert!(faults("a: !Foo x")[0].contains("no tag !Foo"));
}

#[test]
fn placeholders_may_stand_inside_of_brackets() {
    let text = "{a: ${T}, b: [x-${A}.y, \"${Q}\"], c: $(n)}";
    let document = read(text);
    assert_eq!(document.faults(), &[]);
    assert_eq!(
        document.get(&at("/a")).unwrap().kind,
        NodeKind::Placeholder("${T}".into())
    );
    assert_eq!(
        document.get(&at("/b/0")).unwrap().as_str(),
        Some("x-${A}.y")
    );
    assert_eq!(document.get(&at("/b/1")).unwrap().as_str(), Some("${Q}"));
    assert_eq!(document.get(&at("/c")).unwrap().as_str(), Some("$(n)"));
}

#[test]
fn json_is_yaml() {
    let text = "{\"a\": [1, true, null, \"x\\u00e9\\/\"],\n\t\"b\": {}}";
    assert_eq!(value(text), serde_json::from_str::<Value>(text).unwrap());
}

#[test]
fn broken_yaml_keeps_the_rest_of_the_definition() {
    let states = "StartAt: A\nStates:\n  A:\n    Type: Pass\n    Next: B\n  B:\n    Type: Wait\n    Seconds: 5\n    End: true\n";
    for (from, to) in [
        ("    Next: B", "    Next: B: C"),
        ("    Next: B", "    Next: \"B"),
        ("    Next: B", "\t Next: B"),
        ("    Next: B", "    Next B"),
        ("    Next: B", "   Next: B"),
        ("    Next: B", "    Next: [B"),
        ("    Next: B", "    Next: @B"),
        ("    Next: B", "    Next: 'B' C"),
        ("    Next: B", "    Next: {x: ]"),
    ] {
        let text = states.replace(from, to);
        let document = read(&text);
        assert_eq!(
            document.faults().len(),
            1,
            "{text}: {:?}",
            document.faults()
        );
        let line = Positions::new(text.as_str())
            .line_column(document.faults()[0].span.start)
            .line;
        assert!(
            (5..=6).contains(&line),
            "{text}: {line} {:?}",
            document.faults()
        );
        let left = document.get(&at("/States/A/Type")).and_then(Node::as_str);
        assert_eq!(left, Some("Pass"), "{text}");
        assert!(
            document.get(&at("/States/B/End")).is_some(),
            "{text}: {:?}",
            document.root()
        );
    }
    for empty in ["", "# nothing\n", "@", "\"", "{", "- : ]"] {
        assert!(!faults(empty).is_empty(), "{empty:?}");
    }
}

#[test]
fn a_definition_is_one_document() {
    assert_eq!(value("---\na: 1\n...\n"), json!({"a": 1}));
    let document = read("a: 1\n---\nb: 2\n");
    assert!(document.faults()[0].message.contains("second document"));
    assert_eq!(document.root().unwrap().to_value(), Some(json!({"a": 1})));
}

#[test]
fn names_are_texts_and_may_stand_twice() {
    assert_eq!(
        value("1: a\ntrue: b\n? c\n: d\n"),
        json!({"1": "a", "true": "b", "c": "d"})
    );
    assert_eq!(read("a: 1\na: 2").root().unwrap().members().len(), 2);
    assert!(faults("[a]: 1")[0].contains("must be a text"));
}

#[test]
fn nesting_too_deep_is_a_fault_and_no_crash() {
    let deep = |open: &str, close: &str, count: usize| {
        format!("{}1{}", open.repeat(count), close.repeat(count))
    };
    let steps: String = (0..1_500)
        .map(|depth| format!("{}a:\n", " ".repeat(depth)))
        .collect();
    for text in [
        deep("[", "]", 100_000),
        deep("{a: ", "}", 1_001),
        deep("- ", "", 5_000),
        steps,
    ] {
        assert!(faults(&text)[0].contains("deeper"), "{:?}", faults(&text));
    }
    let allowed = deep("[", "]", MAX_DEPTH);
    let check = move || assert_eq!(read(&allowed).faults(), &[]);
    std::thread::Builder::new()
        .stack_size(1 << 20)
        .spawn(check)
        .unwrap()
        .join()
        .unwrap();
}

fn after_set(text: &str, pointer: &str, new: &Value) -> String {
    let document = read(text);
    let edits = document.set(&at(pointer), new, None).unwrap();
    document.apply(&edits).unwrap().text().to_string()
}
fn after_remove(text: &str, pointer: &str) -> String {
    let document = read(text);
    let edits = document.remove(&at(pointer)).unwrap();
    document.apply(&edits).unwrap().text().to_string()
}

const COMMENTED: &str = "# head
States:
    # the first
    A:
        Type: Pass   # a pass
        Next: B

    # the second
    B:
        Type: Task  # works
        Catch:
        - ErrorEquals: [X]   # all
          Next: A
        Parameters: {}
";

#[test]
fn edits_leave_comments_and_indentation_alone() {
    let set = |pointer: &str, new: Value| after_set(COMMENTED, pointer, &new);
    assert_eq!(
        set("/States/A/Type", json!("Wait")),
        COMMENTED.replace("Pass   #", "Wait   #")
    );
    assert_eq!(
        set("/States/A/End", json!(true)),
        COMMENTED.replace("Next: B\n", "Next: B\n        End: true\n")
    );
    assert_eq!(
        set("/States/A/Type", json!({"x": [1]})),
        COMMENTED
            .replace(" Pass   #", "   #")
            .replace("pass\n", "pass\n            x:\n            - 1\n")
    );
    assert_eq!(
        set("/States/B/Catch/1", json!({"Next": "B"})),
        COMMENTED.replace("Next: A\n", "Next: A\n        - Next: B\n")
    );
    assert_eq!(
        set("/States/B/Catch/0/ErrorEquals/1", json!("Y")),
        COMMENTED.replace("[X]", "[X, \"Y\"]")
    );
    assert_eq!(
        set("/States/B/Parameters/p", json!("{% 1 %}")),
        COMMENTED.replace("Parameters: {}", "Parameters:\n            p: \"{% 1 %}\"")
    );
    assert_eq!(
        set("/States/B/Catch", json!(null)),
        COMMENTED.replace(
            "Catch:\n        - ErrorEquals: [X]   # all\n          Next: A\n",
            "Catch: null\n"
        )
    );
    assert_eq!(
        set("/States/A", json!({"Type": "Pass", "Next": "C"})),
        COMMENTED
            .replace("Pass   # a pass", "Pass")
            .replace("Next: B", "Next: C")
    );
}

#[test]
fn what_is_removed_goes_with_its_lines() {
    assert_eq!(
        after_remove(COMMENTED, "/States/A/Type"),
        COMMENTED.replace("        Type: Pass   # a pass\n", "")
    );
    assert_eq!(
        after_remove(COMMENTED, "/States/B/Catch/0"),
        COMMENTED.replace(
            "Catch:\n        - ErrorEquals: [X]   # all\n          Next: A\n",
            "Catch: []\n"
        )
    );
    assert_eq!(
        after_remove(COMMENTED, "/States/B/Catch/0/ErrorEquals"),
        COMMENTED.replace("ErrorEquals: [X]   # all\n          ", "")
    );
    assert_eq!(
        after_remove("a: 1\nb: |+\n  x\n\nc: 2", "/c"),
        "a: 1\nb: |+\n  x\n\n"
    );
    assert_eq!(after_remove("a: 1\r\nb: 2\r\n", "/a"), "b: 2\r\n");
    assert_eq!(
        after_set("a: 1\r\n", "/b", &json!({"c": 2})),
        "a: 1\r\nb:\r\n  c: 2\r\n"
    );
}

#[test]
fn a_renamed_member_keeps_its_value_byte_for_byte() {
    let document = read("a :  [ 1,2 ] # x\n");
    let renamed = |name: &str| {
        let edits = document.rename_key(&at("/a"), name).unwrap();
        document.apply(&edits).unwrap().text().to_string()
    };
    assert_eq!(renamed("b c"), "b c :  [ 1,2 ] # x\n");
    assert_eq!(renamed("on: x"), "\"on: x\" :  [ 1,2 ] # x\n");
}

#[test]
fn what_is_written_once_for_several_places_is_not_taken_apart() {
    let text = "a: &x\n  b: 1\nc: *x\nd:\n  <<: *x\n  e: 2\n";
    let document = read(text);
    let tangled = |pointer: &str| Err(EditError::Tangled(pointer.to_owned()));
    assert_eq!(document.set(&at("/c/b"), &json!(2), None), tangled("/c/b"));
    assert_eq!(document.set(&at("/d/b"), &json!(2), None), tangled("/d/b"));
    assert_eq!(document.remove(&at("/a")), tangled("/a"));
    assert_eq!(
        after_set(text, "/c", &json!(5)),
        text.replace("c: *x", "c: 5")
    );
    assert_eq!(document.set(&at("/a"), &json!(5), None), tangled("/a"));
    assert_eq!(after_set("a: &x\n  b: 1\n", "/a", &json!(5)), "a: &x 5\n");
}

#[test]
fn formatting_keeps_comments_and_meaning() {
    let text = "\n\n# head\nA:   1  \nB:\n    -   x: |\n            text\n              more\n\n        # inner\n        y:   [1,\n           2]\n\n\n    # last\nC:\n- z   # note\n\n";
    let wanted = "# head\nA: 1\nB:\n  - x: |\n      text\n        more\n\n    # inner\n    y: [1,\n      2]\n\n  # last\nC:\n  - z   # note\n";
    assert_eq!(read(text).formatted().as_deref(), Some(wanted));
    assert_eq!(read(wanted).formatted().as_deref(), Some(wanted));
    assert_eq!(read("a: [").formatted(), None);
}

/// Texts that are easily taken for something else.
fn nasty_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[-?:,\\[\\]{}#&*!|>'\"%@`=~ a\n\t$.]{0,8}",
        "[0-9xob_.:eE+-]{0,6}",
        "(yes|no|on|off|null|true|<<|\\.\\.\\.|---|\\{% \\$x %\\}|\\$\\{A\\})[ :#a\n]{0,2}",
        "[\u{0}-\u{20}\u{7f}-\u{a1}\u{2028}\u{2029}\u{feff}\u{fffe}é😀]{0,4}",
        " {0,2}([a-c:'\" ]{0,6}\n){0,4}",
    ]
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1000..1000_i32).prop_map(|n| Value::from(f64::from(n) / 8.0)),
        nasty_text().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((nasty_text(), inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("PROPTEST_CASES").is_some() { ProptestConfig::default().cases } else { 256 }))]

    #[test]
    fn json_becomes_yaml_and_json_again(value in any_value()) {
        let json = serde_json::to_string_pretty(&value).unwrap();
        let yaml = Document::parse(json.as_str()).to_yaml();
        let document = read(&yaml);
        prop_assert_eq!(document.faults(), &[], "{}", yaml);
        let back = document.to_json(&[]);
        let back: Value = serde_json::from_str(&back).unwrap();
        prop_assert_eq!(&back, &value, "{}", yaml);
    }

    #[test]
    fn formatting_twice_is_formatting_once(value in any_value(), unit in 1..5_usize) {
        let yaml = Document::parse(value.to_string()).to_yaml().replace("\n  ", &format!("\n{}", " ".repeat(unit)));
        let document = read(&yaml);
        let Some(once) = document.formatted() else { return Ok(()) };
        let again = read(&once);
        prop_assert_eq!(again.to_yaml(), document.to_yaml());
        prop_assert_eq!(again.formatted().unwrap(), once);
    }

    #[test]
    fn any_text_reads_without_a_panic(text in "[-a1:?,\\[\\]{}#&*!|>'\"%@ \n\t$\\\\é]{0,40}|(a: |  b: |- |&x |\\*x |!Sub |\\$\\{A\\}|\n|\\{|\\}|\\[|\\]|<<: |\\||>|'|\"|#){0,16}") {
        let document = read(&text);
        prop_assert!(document.root().is_some() || !document.faults().is_empty());
        for fault in document.faults() {
            prop_assert!(text.get(fault.span.start..fault.span.end).is_some());
        }
        for offset in 0..=text.len() {
            let Some((pointer, node)) = document.at_offset(offset) else { continue };
            prop_assert!(text.get(node.span.start..node.span.end).is_some());
            for edits in [document.set(&pointer.join("new"), &json!({"a": [1]}), None), document.remove(&pointer),
                document.set(&pointer, &json!([{}]), None), document.rename_key(&pointer, "k")].into_iter().flatten() {
                prop_assert!(document.apply(&edits).is_ok());
            }
        }
        let unchanged = document.apply(&[]).unwrap();
        prop_assert_eq!(&**unchanged.text(), text.as_str());
    }

    #[test]
    fn edits_do_what_they_do_in_memory(value in any_value(), new in any_value(), pick: prop::sample::Index, verb in 0..3_u8) {
        let yaml = Document::parse(value.to_string()).to_yaml();
        let document = read(&yaml);
        let mut all = Vec::new();
        places(&value, &Pointer::root(), &mut all);
        let place = pick.get(&all);
        let mut expected = value.clone();
        let edits = match verb {
            0 => {
                *expected.pointer_mut(&place.to_string()).unwrap() = new.clone();
                document.set(place, &new, None)
            }
            1 => {
                let at = match expected.pointer_mut(&place.to_string()).unwrap() {
                    Value::Object(map) => { map.insert("new".into(), new.clone()); place.join("new") }
                    Value::Array(items) => { items.push(new.clone()); place.join(items.len() - 1) }
                    _ => return Ok(()),
                };
                document.set(&at, &new, None)
            }
            _ => {
                let Some(parent) = place.parent() else { return Ok(()) };
                match (expected.pointer_mut(&parent.to_string()).unwrap(), place.0.last().unwrap()) {
                    (Value::Object(map), Step::Key(key)) => { map.shift_remove(&**key); }
                    (Value::Array(items), Step::Index(index)) => { items.remove(*index); }
                    _ => unreachable!(),
                }
                document.remove(place)
            }
        };
        let edits = edits.map_err(|error| TestCaseError::fail(format!("{yaml}\n{place}: {error}")))?;
        let edited = document.apply(&edits).unwrap();
        prop_assert_eq!(edited.faults(), &[], "{}\n{}", yaml, edited.text());
        prop_assert_eq!(edited.root().unwrap().to_value(), Some(expected), "{}\n{}", yaml, edited.text());
    }
}

fn places(value: &Value, at: &Pointer, found: &mut Vec<Pointer>) {
    found.push(at.clone());
    match value {
        Value::Object(map) => map
            .iter()
            .for_each(|(key, value)| places(value, &at.join(key.as_str()), found)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, item)| places(item, &at.join(index), found)),
        _ => {}
    }
}
