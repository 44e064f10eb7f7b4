//! Completions: `|` marks the place.

use crate::editor::{CompletionKind, Completions, HostFunctionDoc, Sample, complete};
use crate::evaluate::Profile;
use serde_json::{Value as Json, json};

fn data() -> Json {
    json!({
        "customer": {"name": "Ann", "address": {"city": "Bern", "zip code": "3000"}},
        "orders": [
            {"id": 1, "Price": 10, "lines": [{"sku": "a", "count": 2}]},
            {"id": 2, "Price": 5, "lines": [{"sku": "b", "note": null}]},
        ],
        "odd names": {"and": 1, "1st": 2, "a`b": 3, "x-y": 4, "plain": 5},
    })
}

fn ask(marked: &str) -> Completions {
    let data = data();
    let states = json!({"input": {"order": {"total": 5}}, "context": {}});
    let mut sample = Sample::new(&data, Profile::Aws).with("states", &states);
    sample.functions.push(HostFunctionDoc {
        name: "hostCall".to_owned(),
        parameters: "url".to_owned(),
        text: "Calls".to_owned(),
    });
    let cursor = marked.find('|').unwrap();
    complete(&marked.replacen('|', "", 1), cursor, &sample)
}

fn labels(marked: &str) -> Vec<String> {
    ask(marked)
        .items
        .into_iter()
        .map(|item| item.label)
        .collect()
}

fn members(marked: &str) -> Vec<String> {
    let members = ask(marked)
        .items
        .into_iter()
        .filter(|item| item.kind == CompletionKind::Member);
    members.map(|item| item.label).collect()
}

fn inserts(marked: &str) -> Vec<String> {
    ask(marked)
        .items
        .into_iter()
        .map(|item| item.insert)
        .collect()
}

#[test]
fn behind_a_dot_the_members_of_the_path_are_offered() {
    assert_eq!(labels("customer.|"), ["name", "address"]);
    assert_eq!(labels("customer.address.ci|"), ["city"]);
    assert_eq!(labels("orders.|"), ["id", "Price", "lines"]);
    assert_eq!(labels("orders[0].lines.|"), ["sku", "count"]);
    assert_eq!(labels("1 + orders.lines.|"), ["sku", "count", "note"]);
    assert_eq!(labels("$states.in|"), ["input"]);
    assert_eq!(labels("$states.input.order.|"), ["total"]);
    assert_eq!(labels("$$.customer.|"), ["name", "address"]);
    assert_eq!(labels("orders^(Price).|"), ["id", "Price", "lines"]);
    assert_eq!(labels("**.|")[..2], ["customer", "orders"]);
}

#[test]
fn the_text_behind_the_place_does_not_matter() {
    assert_eq!(labels("customer.| + (1"), ["name", "address"]);
    assert_eq!(labels("customer.na|me.x"), ["name"]);
    assert_eq!(ask("customer.na|me.x").replace, 9..13);
}

#[test]
fn a_predicate_is_about_the_items() {
    assert_eq!(members("orders[|"), ["id", "Price", "lines"]);
    assert_eq!(members("orders[id = 1 and |]"), ["id", "Price", "lines"]);
    assert_eq!(members("orders[lines.|"), ["sku", "count", "note"]);
    assert_eq!(members("orders.lines[|"), ["sku", "count", "note"]);
    assert_eq!(members("orders[lines[|"), ["sku", "count", "note"]);
}

#[test]
fn steps_in_brackets_groupings_and_sortings_are_about_the_items() {
    assert_eq!(members("orders.(|"), ["id", "Price", "lines"]);
    assert_eq!(members("orders.{'x': lines.|"), ["sku", "count", "note"]);
    assert_eq!(members("orders.[|"), ["id", "Price", "lines"]);
    assert_eq!(members("orders{$string(|"), ["id", "Price", "lines"]);
    assert_eq!(members("orders^(>|"), ["id", "Price", "lines"]);
    assert_eq!(members("orders.lines.%.|"), ["id", "Price", "lines"]);
}

#[test]
fn the_update_of_a_transform_is_about_what_its_pattern_finds() {
    let data = data();
    let text = "$ ~> |orders[0]|{'x': lines.";
    let completions = complete(text, text.len(), &Sample::new(&data, Profile::Reference));
    assert_eq!(completions.items.len(), 2);
}

#[test]
fn parameters_are_the_items() {
    assert_eq!(
        members("$map(orders, function($o) { $o.|"),
        ["id", "Price", "lines"]
    );
    assert_eq!(
        members("$filter(orders.lines, function($l, $i) { $l.|"),
        ["sku", "count", "note"]
    );
    assert_eq!(
        members("orders ~> $map(function($o) { $o.lines.|"),
        ["sku", "count", "note"]
    );
    assert_eq!(
        members("orders[0] ~> $reverse ~> $map(function($o) { |"),
        ["customer", "orders", "odd names"]
    );
    assert_eq!(
        members("$reduce(orders, function($a, $o) { $o.|"),
        ["id", "Price", "lines"]
    );
    assert_eq!(
        members("$reduce(orders, function($a, $o) { $a.| }, {'sum': 0})"),
        ["sum"]
    );
    assert_eq!(
        members("$sort(orders, function($l, $r) { $r.|"),
        ["id", "Price", "lines"]
    );
    assert_eq!(
        members("$map(orders, function($o) { $map($o.lines, function($l) { $l.|"),
        ["sku", "count", "note"]
    );
    assert!(members("$x(orders, function($o) { $o.|").is_empty());
}

#[test]
fn variables_of_the_block_have_their_values() {
    assert_eq!(members("($o := orders; $o.|"), ["id", "Price", "lines"]);
    assert_eq!(
        members("($o := orders; $l := $o.lines; $error('x'); $l[|"),
        ["sku", "count", "note"]
    );
    assert_eq!(
        members("($x := ); $o := orders[0]; $o.|"),
        Vec::<String>::new()
    );
    assert_eq!(
        members("($x := ; $o := orders[0]; $o.|"),
        ["id", "Price", "lines"]
    );
    assert_eq!(
        members("orders@$o.customer.{'x': $o.|"),
        ["id", "Price", "lines"]
    );
    assert_eq!(members("orders@$o.customer[$o.|"), ["id", "Price", "lines"]);
}

#[test]
fn variables_are_offered_where_they_can_be_seen() {
    let seen = |marked: &str| {
        let items = ask(marked).items.into_iter();
        let variables = items.filter(|item| item.kind == CompletionKind::Variable);
        variables.map(|item| item.label).collect::<Vec<_>>()
    };
    assert_eq!(seen("($a := 1; ($b := 2); $|"), ["$a", "$states"]);
    assert_eq!(
        seen("($a := 1; function($p) { ($c := 1; $|"),
        ["$c", "$p", "$a", "$states"]
    );
    assert_eq!(seen("($f := function($p) { 1 }; $|"), ["$f", "$states"]);
    assert_eq!(seen("orders@$o#$i[$|"), ["$i", "$o", "$states"]);
    assert_eq!(seen("orders@$o.id + $|"), ["$states"]);
    assert_eq!(seen("($states := 1; $sta|"), ["$states"]);
}

#[test]
fn functions_are_those_of_the_profile_and_of_the_host() {
    assert_eq!(
        labels("$subs|"),
        ["$substring", "$substringAfter", "$substringBefore"]
    );
    assert_eq!(labels("$uui|"), ["$uuid"]);
    assert!(labels("$eval|").is_empty());
    assert_eq!(labels("$host|"), ["$hostCall"]);
    assert_eq!(ask("$host|").items[0].detail, "$hostCall(url)");
}

#[test]
fn the_best_comes_first() {
    assert_eq!(labels("orders.p|"), ["Price"]);
    assert_eq!(labels("$s|")[0], "$states");
    assert_eq!(labels("$case|"), ["$lowercase", "$uppercase"]);
    assert_eq!(labels("customer.A|"), ["address", "name"]);
}

#[test]
fn names_get_the_quotes_that_they_need() {
    assert_eq!(inserts("customer.address.|"), ["city", "`zip code`"]);
    assert_eq!(inserts("customer.address.`zi|"), ["`zip code`"]);
    assert_eq!(ask("customer.address.`zi|").replace, 17..20);
    assert_eq!(
        inserts("`odd names`.|"),
        ["`and`", "`1st`", "\"a`b\"", "`x-y`", "plain"]
    );
}

#[test]
fn words_are_offered_where_they_fit() {
    assert_eq!(labels("customer a|"), ["and"]);
    assert_eq!(labels("customer |"), ["and", "or", "in"]);
    assert!(labels("|").contains(&"true".to_owned()));
    assert_eq!(labels("tr|"), ["true"]);
}

#[test]
fn nothing_is_offered_inside_texts_regular_expressions_and_comments() {
    for marked in [
        "'cus|tomer'",
        "'cus|",
        "$match(a, /cu|s/)",
        "/* cu| */ a",
        "12|",
        "a@$|",
        "function($|",
        "/* cu|",
    ] {
        assert!(labels(marked).is_empty(), "{marked}");
    }
}

#[test]
fn members_come_with_kind_and_value() {
    let completions = ask("customer.|");
    assert_eq!(completions.items[1].detail, "object");
    assert_eq!(completions.items[0].documentation, "\"Ann\"");
}
