//! The formatter: forms that people expect, and that nothing but blanks changes.

use super::expressions::EXPRESSIONS;
use crate::editor::format;
use crate::editor::format::{laid_out, same};
use crate::editor::lexeme::Role;
use crate::editor::structure::scan;
use crate::syntax;

/// The program without places in the text.
pub(super) fn shape(text: &str) -> String {
    let printed = format!("{:?}", syntax::parse(text).0);
    let mut shape = String::new();
    let mut rest = printed.as_str();
    let places = ["start: ", "end: ", "position: "];
    while let Some(at) = places
        .iter()
        .filter_map(|place| Some(rest.find(place)? + place.len()))
        .min()
    {
        shape.push_str(&rest[..at]);
        rest = rest[at..].trim_start_matches(|digit: char| digit.is_ascii_digit());
    }
    shape + rest
}

/// Formats a text that can be read, and checks what must hold for all of them.
pub(super) fn checked(text: &str) -> String {
    let formatted = format(text).unwrap();
    let lexemes = scan(text);
    assert!(same(text, &lexemes, &laid_out(text, &lexemes)), "{text}");
    assert!(
        lexemes.iter().all(|lexeme| lexeme.role != Role::Broken),
        "{text}"
    );
    assert_eq!(shape(&formatted), shape(text), "{text}\n---\n{formatted}");
    assert_eq!(format(&formatted).unwrap(), formatted, "{text}");
    formatted
}

#[test]
fn every_expression_keeps_its_meaning_and_its_form() {
    assert!(EXPRESSIONS.len() > 100);
    for text in EXPRESSIONS {
        checked(text);
    }
}

#[test]
fn every_pair_of_expressions_keeps_its_meaning() {
    for (index, one) in EXPRESSIONS.iter().enumerate() {
        let two = EXPRESSIONS[(index * 7 + 3) % EXPRESSIONS.len()];
        checked(&format!(
            "$f({one}, {two}, [{one}, {{'key': ({two})}}]) & (\n{one};\n{two})"
        ));
    }
}

#[test]
fn what_fits_stands_in_one_line() {
    let forms = [
        ("a+b*-c", "a + b * -c"),
        ("$f( a ,b )", "$f(a, b)"),
        ("( a;b )", "(a; b)"),
        ("{'a':1,'b':[1 .. 2]}", "{'a': 1, 'b': [1..2]}"),
        ("a . b [ 0 ] ^ ( > c ) { d : e }", "a.b[0]^(>c){d: e}"),
        ("a @ $x # $i . b", "a@$x#$i.b"),
        ("function( $x )<n:n>{$x}", "function($x)<n:n> { $x }"),
        ("a?b:c", "a ? b : c"),
        ("$x:=1", "$x := 1"),
        ("a~>|b|{},'c'|", "a ~> |b|{}, 'c'|"),
        ("$f(?,1)", "$f(?, 1)"),
        ("a[ ] . b", "a[].b"),
        ("a/*c*/+b", "a /*c*/ + b"),
    ];
    for (text, formatted) in forms {
        assert_eq!(checked(text), formatted);
    }
}

#[test]
fn a_chain_breaks_before_its_arrows() {
    let text = "orders ~> $filter(function($order) { $order.price > 100 }) ~> $map(function($order) { $order.id })";
    let formatted = "orders\n  ~> $filter(function($order) { $order.price > 100 })\n  ~> $map(function($order) { $order.id })";
    assert_eq!(checked(text), formatted);
}

#[test]
fn a_block_has_a_line_for_each_statement() {
    let text = "($total := $sum(orders.lines.(price * count)); $tax := $total * 0.19; $total + $tax + shipping)";
    let formatted = "(\n  $total := $sum(orders.lines.(price * count));\n  $tax := $total * 0.19;\n  $total + $tax + shipping\n)";
    assert_eq!(checked(text), formatted);
}

#[test]
fn a_function_as_the_last_argument_begins_in_the_line_of_the_call() {
    let text = "$map(orders, function($order, $index) { {'position': $index, 'sum': $order.price * $order.count} })";
    let formatted = "$map(orders, function($order, $index) {\n  {'position': $index, 'sum': $order.price * $order.count}\n})";
    assert_eq!(checked(text), formatted);
}

#[test]
fn an_object_has_a_line_for_each_member() {
    let text = "orders.{'identifier': id, 'customer': customer.name, 'total': $sum(lines.(price * count))}";
    let formatted = "orders.{\n  'identifier': id,\n  'customer': customer.name,\n  'total': $sum(lines.(price * count))\n}";
    assert_eq!(checked(text), formatted);
}

#[test]
fn a_condition_breaks_before_its_signs() {
    let text = "$total := customer.status = 'premium' ? $sum(orders.price) * 0.9 : $sum(orders.price) + shipping";
    let formatted = "$total := customer.status = 'premium'\n  ? $sum(orders.price) * 0.9\n  : $sum(orders.price) + shipping";
    assert_eq!(checked(text), formatted);
}

#[test]
fn comments_stay_in_their_lines() {
    let text = "(  $a := 1; /* one */\n\n/* about b */\n$b := 2; $a /* last */)";
    let formatted = "(\n  $a := 1; /* one */\n  /* about b */\n  $b := 2;\n  $a /* last */\n)";
    assert_eq!(checked(text), formatted);
}

#[test]
fn literals_stay_as_they_are_written() {
    let text = "[ 1.50,1e3 , 'a\\u0041' ,\"b\" , /[ ]/i ]";
    let text = text.replace(", /[ ]/i", "") + " ~> $f(/[ ]/i)";
    assert_eq!(
        checked(&text),
        "[1.50, 1e3, 'a\\u0041', \"b\"] ~> $f(/[ ]/i)"
    );
}

#[test]
fn what_cannot_be_read_is_an_error() {
    for text in [
        "", "a +", "(a", "a)", "'open", "a b", "$f(a,", "[1, 2", "{a}", "/* open", "a ? : b", "1 2",
    ] {
        assert_eq!(
            format(text).unwrap_err(),
            syntax::parse(text).1[0],
            "{text}"
        );
    }
}

#[test]
fn deep_nesting_and_long_chains_take_little_work() {
    let deep = "(".repeat(200) + "1" + &")".repeat(200);
    checked(&deep);
    let calls = "$f([{'a': ".repeat(60) + "1" + &"}])".repeat(60);
    checked(&calls);
    let long = vec!["price * count"; 5_000].join(" + ");
    assert_eq!(format(&long).unwrap().lines().count(), 5_000);
}
