//! Explanations: `|` marks the place, which is the character behind it.

use crate::Value;
use crate::editor::{Hover, Sample, hover};
use crate::evaluate::Profile;
use serde_json::json;

fn ask(marked: &str) -> Option<Hover> {
    let data = json!({
        "orders": [{"id": 1, "price": 10}, {"id": 2, "price": 5}],
        "long": vec!["a long text"; 1_000],
    });
    let sample = Sample::new(&data, Profile::Reference).with("limit", Value::Number(7.0));
    let byte = marked.find('|').unwrap();
    hover(&marked.replacen('|', "", 1), byte, &sample)
}

fn value(marked: &str) -> Option<String> {
    ask(marked)?.value
}

fn title(marked: &str) -> String {
    ask(marked).map(|hover| hover.title).unwrap_or_default()
}

#[test]
fn a_function_shows_its_parameters_and_its_line() {
    let hover = ask("$sub|string('a', 1)").unwrap();
    assert_eq!(hover.title, "$substring(text, start, length?)");
    assert!(hover.documentation.ends_with("Gives a text"));
    assert_eq!(hover.range, 0..10);
}

#[test]
fn a_path_shows_its_value_up_to_the_step() {
    assert_eq!(value("orders.|price").as_deref(), Some("[10, 5]"));
    assert_eq!(
        value("1 + |orders[0].price").unwrap(),
        "[{\"id\": 1, \"price\": 10}, {\"id\": 2, \"price\": 5}]"
    );
    assert_eq!(
        value("orders[0|].price").as_deref(),
        Some("{\"id\": 1, \"price\": 10}")
    );
    assert_eq!(value("orders[|price > 5]").as_deref(), Some("[10, 5]"));
    assert_eq!(title("1 + orders[0].|price"), "orders[0].price");
    assert_eq!(value("orders.|nothing"), None);
}

#[test]
fn a_long_value_is_cut() {
    let shown = value("|long").unwrap();
    assert!(shown.ends_with('…') && shown.chars().count() == 301);
}

#[test]
fn a_variable_shows_its_value() {
    assert_eq!(value("$|limit + 1").as_deref(), Some("7"));
    assert_eq!(value("(|$x := orders[0].id; $x)").as_deref(), Some("1"));
    assert_eq!(value("($x := orders[0].id; |$x)").as_deref(), Some("1"));
    assert_eq!(
        value("$map(orders, function(|$o) { $o.id })").unwrap(),
        value("|orders").unwrap()
    );
    assert_eq!(value("orders@|$o.id").unwrap(), value("|orders").unwrap());
    assert_eq!(
        value("orders[|$.id = 1]").unwrap(),
        value("|orders").unwrap()
    );
    assert_eq!(
        ask("|$nobody").unwrap().documentation,
        "nothing binds this variable here"
    );
}

#[test]
fn operators_are_explained_by_what_they_do_here() {
    let titles = [
        ("a |?? b", "a ?? b"),
        ("a |~> $f", "a ~> f"),
        ("a|@$x", "a@$x"),
        ("a|#$i", "a#$i"),
        ("a|^(b)", "a^(b, >c)"),
        ("a^|(b)", "a^(b, >c)"),
        ("a^(|>b)", "^(<a)"),
        ("a |? b : c", "a ? b : c"),
        ("$f(|?)", "f(?, a)"),
        ("a |% b", "a % b"),
        ("a|[0]", "a[b]"),
        ("|[0]", "[a, b]"),
        ("a|{b: c}", "a{name: value}"),
        ("|-a", "-a"),
        ("a |and b", "a and b"),
    ];
    for (marked, expected) in titles {
        let expected = if marked == "a^(|>b)" {
            "^(>a)"
        } else {
            expected
        };
        assert_eq!(title(marked), expected, "{marked}");
    }
    assert!(
        ask("a.b.|%")
            .unwrap()
            .documentation
            .starts_with("The parent")
    );
    assert!(ask("|**").unwrap().documentation.contains("and so on"));
}

#[test]
fn literals_and_comments_have_nothing_to_say() {
    for marked in ["|1", "'|a'", "/* |c */ a", "| ", "a | ", "|"] {
        assert!(ask(marked).is_none(), "{marked}");
    }
}
