//! Colours.

use crate::editor::{Class, tokens};

fn shown(text: &str) -> Vec<(&str, Class)> {
    tokens(text)
        .into_iter()
        .map(|token| (&text[token.range], token.class))
        .collect()
}

#[test]
fn every_kind_of_token_has_a_class() {
    let text = "$sum(a) and $own(1, true) /* c */ & 'x' ~> /r/i";
    let classes = [
        ("$sum", Class::Function),
        ("(", Class::Bracket),
        ("a", Class::Name),
        (")", Class::Bracket),
        ("and", Class::Keyword),
        ("$own", Class::UnknownFunction),
        ("(", Class::Bracket),
        ("1", Class::Number),
        (",", Class::Operator),
        ("true", Class::Literal),
        (")", Class::Bracket),
        ("/* c */", Class::Comment),
        ("&", Class::Operator),
        ("'x'", Class::Text),
        ("~>", Class::Operator),
        ("/r/i", Class::Regex),
    ];
    assert_eq!(shown(text), classes);
}

#[test]
fn a_function_has_keyword_and_signature() {
    let text = "function($x)<s-n:s>{$x}";
    assert_eq!(shown(text)[0], ("function", Class::Keyword));
    assert!(shown(text).contains(&("<s-n:s>", Class::Signature)));
    assert_eq!(shown("function.x")[0], ("function", Class::Name));
}

#[test]
fn words_that_stand_for_members_are_names() {
    assert_eq!(
        shown("and.or"),
        [
            ("and", Class::Name),
            (".", Class::Operator),
            ("or", Class::Name)
        ]
    );
}

#[test]
fn a_variable_that_hides_a_function_is_a_variable() {
    assert_eq!(
        shown("($count := 1; $count)")[1],
        ("$count", Class::Variable)
    );
}

#[test]
fn an_open_text_ends_with_its_line() {
    let classes = [
        ("a", Class::Name),
        ("&", Class::Operator),
        ("'open", Class::Error),
        ("b", Class::Name),
    ];
    assert_eq!(shown("a & 'open\nb"), classes);
}

#[test]
fn a_bad_escape_breaks_only_its_text() {
    let classes = [
        ("'a\\q b'", Class::Error),
        ("&", Class::Operator),
        ("c", Class::Name),
    ];
    assert_eq!(shown("'a\\q b' & c"), classes);
}

#[test]
fn a_bracket_that_closes_nothing_is_an_error() {
    assert_eq!(shown("a]")[1], ("]", Class::Error));
    assert_eq!(shown("(a]")[2], ("]", Class::Error));
}

#[test]
fn an_open_comment_reaches_to_the_end() {
    assert_eq!(
        shown("a /* b\nc"),
        [("a", Class::Name), ("/* b\nc", Class::Error)]
    );
}
